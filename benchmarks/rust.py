"""Runs the benchmarks of the core and keeps what they print: each entry, whole and bar by bar.

python benchmarks/rust.py [--json PATH] [FILTER]
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from tvf_harness.machine import machine

ROOT = Path(__file__).parents[1]
NS = {"ps": 1e-3, "ns": 1.0, "µs": 1e3, "ms": 1e6, "s": 1e9}
UPDATES = 1_000
"""Bars in a sample of the bench `updates`."""
LINE = re.compile(r"^(?P<indent>[│ ]*)[├╰]─ (?P<name>\S+)\s*(?P<cells>.*)$")


def read(lines: list[str]) -> list[dict[str, Any]]:
    """The rows of divan's tree: its bench, its number of bars and its entry are levels of the indent."""
    rows = []
    path: list[str] = []
    for line in lines:
        found = LINE.match(line)
        if not found:
            continue
        path = [*path[: len(found["indent"]) // 3], found["name"]]
        times = re.findall(r"([\d.]+) (ps|ns|µs|ms|s)\b(?!/)", found["cells"])
        if len(times) < 4:
            continue
        bench, *sizes, entry = path
        bars = int(sizes[0]) if sizes else UPDATES
        fastest, slowest, median, _ = (float(value) * NS[unit] / bars for value, unit in times)
        rows.append(
            {"kind": bench, "case": entry, "bars": bars, "median": median, "min": fastest, "max": slowest}
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, help="where the figures go")
    parser.add_argument("filter", nargs="*", help="some of them, such as batches.*rsi")
    options = parser.parse_args()
    command = ["cargo", "bench", "--locked", "-p", "tvf-core", "--bench", "catalog", "--", *options.filter]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        lines = []
        for line in running.stdout:
            print(line, end="", flush=True)
            lines.append(line.rstrip("\n"))
    if running.returncode:
        sys.exit(running.returncode)
    rows = read(lines)
    if not rows:
        sys.exit(
            "error: no figure in what cargo bench printed; to mend it: look at read() in benchmarks/rust.py"
        )
    version = subprocess.run(
        ["rustc", "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[1]
    about = {
        "created": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "versions": {"rustc": version},
        "unit": "ns per bar",
    }
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(about | {"results": rows}, indent=1) + "\n")
        print(f"see {options.json}")


if __name__ == "__main__":
    main()
