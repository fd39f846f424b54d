"""Writes docs/benchmarks.md, its charts and the JSON that is kept from what a run left in reports/.

    python benchmarks/report.py [--reports reports] [--docs docs] [--gate]

The page is made from the kept JSON alone: it can be written anew without a run.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from statistics import quantiles
from string import Template
from typing import Any

import tables
from charts import Bar, chart

sys.path.insert(0, str(Path(__file__).parents[1]))
from tvf_harness.errors import HarnessError
from tvf_harness.files import read_json, write_json

ROOT = Path(__file__).parents[1]
SOURCES = {
    "rust": "bench-rust.json",
    "python": "bench-python.json",
    "chromium": "bench-chromium.json",
    "node": "bench-node.json",
    "entries": "speed.json",
    "worker": "bench-worker.json",
    "threads": "bench-threads.json",
    "pan": "bench-pan.json",
    "adapter": "bench-adapter.json",
}
"""The kept JSON, and the report that it is trimmed from."""
PAGE = Path(__file__).parent / "page.md"
"""The words between the tables."""


def trimmed(value: Any) -> Any:
    """Without raw samples, of which quartiles stay; figures to five digits."""
    if isinstance(value, dict):
        rest = {k: trimmed(v) for k, v in value.items() if k not in ("samples", "samples_ms")}
        samples = value.get("samples") or []
        if len(samples) > 1:
            low, _, high = quantiles(samples, n=4)
            rest |= {"p25": trimmed(low), "p75": trimmed(high)}
        return rest
    if isinstance(value, list):
        return [trimmed(item) for item in value]
    return float(f"{value:.5g}") if isinstance(value, float) else value


def keep(reports: Path, kept: Path) -> None:
    for name, source in SOURCES.items():
        if (reports / source).exists():
            report = read_json(reports / source, "remove it")
            write_json(kept / f"{name}.json", trimmed(report))


def of_kind(report: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [row for row in report["results"] if row["kind"] == kind]


def about(reports: dict[str, dict[str, Any]]) -> str:
    machine = reports["python"]["machine"]
    versions: dict[str, str] = {}
    for report in reports.values():
        versions |= report.get("versions", {})
    versions |= {report["host"].split()[0]: report["host"].split()[1] for report in hosts(reports).values()}
    facts = {
        "machine": f"{machine['cores']} cores of {machine['cpu']}, {machine['arch']}",
        "system": machine["system"],
        "load when Python began": machine["load"],
        "versions": ", ".join(f"{name} {version}" for name, version in sorted(versions.items()) if version),
    }
    skipped = {k: v for report in reports.values() for k, v in report.get("skipped", {}).items()}
    if skipped:
        facts["skipped"] = "; ".join(f"{name} ({why})" for name, why in skipped.items())
    return tables.table(["", ""], [[name, str(fact)] for name, fact in facts.items()]).replace("--:", "---")


def missed(reports: dict[str, dict[str, Any]]) -> list[str]:
    """The wanted figures of any host that were measured and are not reached."""
    return [
        f"not reached, {name}: {target['what']}"
        for name, report in reports.items()
        for target in report.get("targets", [])
        if target["reached"] is False
    ]


def hosts(reports: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {name: reports[name] for name in ("chromium", "node")}


def page(reports: dict[str, dict[str, Any]]) -> str:
    python, entries = reports["python"], reports["entries"]
    each = list(hosts(reports).values())
    return Template(PAGE.read_text("utf-8")).substitute(
        date=python["created"][:10],
        about=about(reports),
        targets=tables.targets(reports),
        batches=tables.sizes(of_kind(python, "batch"), "ns per bar"),
        notes=tables.notes(python),
        calls=tables.libraries(of_kind(python, "call")),
        lives=tables.libraries(of_kind(python, "live")),
        sets=tables.sets(of_kind(python, "set")),
        threads=tables.threads(of_kind(python, "threads")),
        browser=entries["browser"],
        entries=tables.entries(entries),
        builds=tables.builds(entries),
        worker=tables.worker(reports["worker"]),
        worker_bars=f"{reports['worker']['bars']:,}",
        worker_build=reports["worker"]["build"],
        wasm_threads=tables.wasm_threads(reports["threads"]),
        wasm_threads_bars=f"{reports['threads']['bars']:,}",
        pan=tables.pan(reports["pan"]),
        pan_bars=f"{reports['pan']['bars']:,}",
        pan_candles=f"{reports['pan']['candles']:,}",
        pan_built=f"{reports['pan']['built']:.1f}",
        adapter=tables.adapter(reports["adapter"]),
        adapter_bars=f"{reports['adapter']['bars']:,}",
        adapter_outputs=str(reports["adapter"]["outputs"]),
        races="\n\n".join(f"**{host['host']}**\n\n{tables.races(host['results'])}" for host in each),
        lacks=tables.lacks(reports["chromium"]),
        ticks="\n\n".join(f"**{host['host']}**\n\n{tables.ticks(host['results'])}" for host in each),
        core=tables.core(reports["rust"]["results"]),
    )


def pictures(reports: dict[str, dict[str, Any]]) -> dict[str, str]:
    python, chromium = reports["python"], reports["chromium"]
    batch = of_kind(python, "batch")

    def gain(case: str, bars: int) -> float | None:
        least = {r["library"]: r["min"] for r in batch if r["case"] == case and r["bars"] == bars}
        return least["talib"] / least["tvf"] if "talib" in least else None

    gains: list[tuple[str, list[Bar]]] = []
    for case in dict.fromkeys(row["case"] for row in batch):
        sized = (("other", "5,000", gain(case, 5_000)), ("own", "1M", gain(case, 1_000_000)))
        bars: list[Bar] = [(kind, x, f"{x:.2f}×, {size} bars") for kind, size, x in sized if x is not None]
        if bars:
            gains.append((case, bars))

    def times(rows: list[dict[str, Any]], key: str) -> list[tuple[str, list[Bar]]]:
        found = sorted((row for row in rows if row["bars"] == 50_000), key=lambda row: row["min"])
        return [
            (
                tables.TITLES.get(row[key], row[key]),
                [
                    (
                        "own" if row[key].startswith("tvf") else "other",
                        row["min"] * row["bars"] / 1e3,
                        f"{row['min'] * row['bars'] / 1e6:,.2f} ms, {row['members']} of 16",
                    )
                ],
            )
            for row in found
        ]

    logarithmic = "shorter is better; the scale is logarithmic"
    return {
        "bench-python.svg": chart(
            "TA-Lib's time over tvf's, one indicator from Python",
            "right of the line tvf is faster",
            gains,
            1.0,
        ),
        "bench-sets.svg": chart(
            "Sixteen indicators over 50,000 bars from Python",
            logarithmic,
            times(of_kind(python, "set"), "library"),
        ),
        "bench-browser.svg": chart(
            f"A chart's indicators over 50,000 bars in {chromium['host']}",
            logarithmic,
            times(of_kind(chromium, "set"), "name"),
        ),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--reports", type=Path, default=ROOT / "reports", help="what a run left; default: reports"
    )
    parser.add_argument("--docs", type=Path, default=ROOT / "docs", help="default: docs")
    parser.add_argument(
        "--gate",
        action="store_true",
        help="fail if a wanted figure of Python, Chromium or Node is not reached",
    )
    options = parser.parse_args()
    kept = options.docs / "benchmarks"
    try:
        keep(options.reports, kept)
        missing = [name for name in SOURCES if not (kept / f"{name}.json").exists()]
        if missing:
            print(f"not written: {', '.join(missing)} not measured yet; `make bench` measures all")
            return
        reports = {name: read_json(kept / f"{name}.json", "run `make bench`") for name in SOURCES}
    except HarnessError as error:
        sys.exit(f"error: {error}")
    drawn = pictures(reports)
    (options.docs / "pictures").mkdir(exist_ok=True)
    for name, text in drawn.items():
        (options.docs / "pictures" / name).write_text(text, "utf-8")
    (options.docs / "benchmarks.md").write_text(page(reports), "utf-8")
    print(f"see {options.docs / 'benchmarks.md'}, {len(drawn)} pictures and {kept}")
    lines = missed(reports)
    if lines:
        print("\n".join(lines))
    if options.gate and lines:
        sys.exit(f"error: {len(lines)} wanted figures are not reached")


if __name__ == "__main__":
    main()
