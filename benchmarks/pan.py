"""How long a chart of a million bars computes for one step of a drag or a zoom, in Chromium.

A step is what a frame needs: which bars are seen, between which prices they lie, and 2,000 candles.

python benchmarks/pan.py [--build baseline] [--bars 1000000] [--json FILE]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))
from tvf_harness.artifacts import packed
from tvf_harness.files import write_json
from tvf_harness.pan import BARS, run_pan

BOUND = 1_000.0
"""Microseconds that a step may take."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default="simd")
    parser.add_argument("--bars", type=int, default=BARS)
    parser.add_argument("--json", type=Path, default=None, help="where to keep the figures")
    options = parser.parse_args()
    with packed(None) as package:
        report = run_pan(package, build=options.build, bars=options.bars)
    print(
        f"{report['host']}, {report['build']} build, {report['bars']:,} bars, {report['candles']:,} candles"
    )
    print(f"the tree over all bars, once: {report['built']:.1f} ms")
    print(f"{'':34}{'seen':>12}{'median':>10}{'p95':>10}{'max':>10}   µs")
    for row in report["rows"]:
        times = "".join(f"{row[name]:10.0f}" for name in ("median", "p95", "max"))
        verdict = "" if row["p95"] < BOUND else f"   not below {BOUND:.0f}"
        print(f"{row['kind']:34}{row['seen']:12,}{times}{verdict}")
    if options.json:
        write_json(options.json, {**report, "targets": [target(report)]})


def target(report: dict[str, Any]) -> dict[str, Any]:
    """What the project wants of the slowest kind of step."""
    worst = max(row["p95"] for row in report["rows"])
    what = f"a step of a drag or zoom over {report['bars']:,} bars, 95 of 100"
    bounds = {"unit": "µs", "bound": BOUND, "value": worst, "reached": worst < BOUND, "at_least": False}
    return {"what": what, **bounds}


if __name__ == "__main__":
    main()
