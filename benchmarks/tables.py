"""The figures as Markdown: each table shows where tvf is slower as plainly as where it is faster."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Report = dict[str, Any]
Rows = list[dict[str, Any]]

FASTER, SLOWER, SAME = "▲", "▼", "≈"
MARGIN = 1.05
"""Closer than that is called the same."""
TITLES = {
    "talib": "TA-Lib",
    "kand": "kand",
    "vector_ta": "vector-ta",
    "tulipy": "tulipy",
    "polars_talib": "polars-talib",
}


def number(x: float) -> str:
    return f"{x:.2f}" if x < 10 else f"{x:.1f}" if x < 100 else f"{x:,.0f}"


def mark(ratio: float) -> str:
    """What a rival's time over tvf's says."""
    return FASTER if ratio >= MARGIN else SLOWER if ratio <= 1 / MARGIN else SAME


def against(theirs: float, ours: float) -> str:
    ratio = theirs / ours
    return f"{number(theirs)} ({number(ratio)}× {mark(ratio)})"


def table(heads: list[str], lines: Iterable[list[str]]) -> str:
    def line(cells: list[str]) -> str:
        return f"| {' | '.join(cells)} |"

    rule = "|" + "|".join(["---", *["--:"] * (len(heads) - 1)]) + "|"
    return "\n".join([line(heads), rule, *(line(cells) for cells in lines)])


def targets(reports: dict[str, Report]) -> str:
    lines = []
    for report in reports.values():
        for target in report.get("targets", []):
            wanted = f"{'at least' if target['at_least'] else 'at most'} {target['bound']:g} {target['unit']}"
            if target["value"] is None:
                lines.append([target["what"], "not measured", wanted, ""])
                continue
            digits = 2 if target["unit"] == "x" else 0
            value = f"{target['value']:.{digits}f} {target['unit']}"
            lines.append([target["what"], value, wanted, "✓" if target["reached"] else "✗"])
    reached = sum(line[-1] == "✓" for line in lines)
    return f"{reached} of {len(lines)} are reached.\n\n" + table(["figure", "this run", "wanted", ""], lines)


def libraries(rows: Rows) -> str:
    """A row for each case: tvf, then each library with its time over tvf's with the same definition."""
    present = [name for name in TITLES if any(row["library"] == name for row in rows)]
    lines = []
    for case in dict.fromkeys(row["case"] for row in rows):
        least = {row["library"]: row["min"] for row in rows if row["case"] == case}
        if "tvf" not in least:
            continue
        cells = [f"`{case}`", number(least["tvf"])]
        for name in present:
            own = least.get(f"tvf, as {name}", least["tvf"])
            cells.append(against(least[name], own) if name in least else "–")
        lines.append(cells)
    return table(["", "tvf", *(TITLES[name] for name in present)], lines)


def sizes(rows: Rows, unit: str) -> str:
    """The same by size, a heading each."""
    found = dict.fromkeys(row["bars"] for row in rows)
    return "\n\n".join(
        f"**{bars:,} bars**, {unit}\n\n{libraries([r for r in rows if r['bars'] == bars])}" for bars in found
    )


def sets(rows: Rows) -> str:
    found = dict.fromkeys(row["bars"] for row in rows)
    names = dict.fromkeys(row["library"] for row in rows)
    lines = []
    for name in names:
        cells = {row["bars"]: row for row in rows if row["library"] == name}
        own = {row["bars"]: row for row in rows if row["library"] == f"tvf, as {name}"} or {
            row["bars"]: row for row in rows if row["library"] == "tvf"
        }
        members = next(iter(cells.values()))["members"]
        times = []
        for bars in found:
            microseconds = cells[bars]["min"] * bars / 1e3
            ours = own[bars]["min"] * bars / 1e3
            times.append(number(microseconds) if name.startswith("tvf") else against(microseconds, ours))
        lines.append([TITLES.get(name, name), str(members), *times])
    return table(["", "indicators", *(f"{bars:,} bars, µs" for bars in found)], lines)


def threads(rows: Rows) -> str:
    lines = []
    for name in dict.fromkeys(row["library"] for row in rows):
        one, many = sorted((r for r in rows if r["library"] == name), key=lambda r: r["threads"])
        times = [number(r["min"] * r["bars"] / 1e3) for r in (one, many)]
        lines.append([TITLES.get(name, name), *times, f"{one['min'] / many['min']:.2f}×"])
    count = max(row["threads"] for row in rows)
    return table(["", "1 thread, µs a set", f"{count} threads", "gain"], lines)


PARTS = {"in": "data in", "compute": "compute", "out": "results out"}
NOT_PACKAGES = ("wheel", "plain", "tuned", "app")


def entries(report: Report) -> str:
    """Each entry in the page by size: this package's parts, its builds, and JavaScript, ns per bar."""
    return "\n\n".join(
        f"**{size['bars']:,} bars**, ns per bar\n\n{_entries(_without_sets(size['entries']))}"
        for size in report["sizes"]
    )


def _without_sets(found: Rows) -> Rows:
    return [entry for entry in found if not entry["name"].startswith("set of ")]


def _entries(found: Rows) -> str:
    names = list(dict.fromkeys(name for entry in found for name in entry["contenders"]))
    builds = [name for name in names if name.endswith(" compute") and not name.startswith("simd")]
    packages = [name for name in names if " " not in name and name not in NOT_PACKAGES]
    own = ["wheel", *(f"simd {part}" for part in PARTS), "simd copied", *builds]
    rivals = ["plain", "tuned", "app", *packages]
    lines = []
    for entry in found:
        least = {name: timing["min"] for name, timing in entry["contenders"].items()}
        cells = [number(least[name]) if name in least else "–" for name in own]
        for name in rivals:
            both = name in least and "simd copied" in least
            cells.append(against(least[name], least["simd copied"]) if both else "–")
        lines.append([f"`{entry['name']}`", *cells])
    heads = ["wheel", *(f"simd: {title}" for title in PARTS.values()), "simd: one call"]
    heads += [name.replace(" ", ": ") for name in builds]
    return table(["", *heads, *rivals], lines)


def builds(report: Report) -> str:
    """A chart's set by each build, µs for all bars: the data in, computing, the results out."""
    sections = []
    for size in report["sizes"]:
        for entry in size["entries"]:
            if not entry["name"].startswith("set of "):
                continue
            scale = size["bars"] / 1e3
            least = {name: timing["min"] * scale for name, timing in entry["contenders"].items()}
            names = [name.removesuffix(" compute") for name in least if name.endswith(" compute")]
            lines = [
                [name, *(number(least[f"{name} {part}"]) for part in (*PARTS, "copied"))] for name in names
            ]
            lines += [
                [name, "", number(least[name]), "", against(least[name], least[f"{names[0]} copied"])]
                for name in NOT_PACKAGES
                if name in least
            ]
            heads = ["", *PARTS.values(), "compute and results out"]
            sections.append(f"**{size['bars']:,} bars**, µs\n\n{table(heads, lines)}")
    return "\n\n".join(sections) or "Not measured."


def pan(report: Report) -> str:
    lines = [
        [row["kind"], f"{row['seen']:,}", *(f"{row[name]:.0f}" for name in ("median", "p95", "max"))]
        for row in report["rows"]
    ]
    return table(["", "seen", "median, µs", "p95", "longest"], lines)


def worker(report: Report) -> str:
    lines = [
        [row["name"], *(f"{row[name]:.1f}" for name in ("held_max", "held_median", "took_median"))]
        for row in report["results"]
    ]
    return table(["", "held at most, ms", "held, median", "took, median"], lines)


def wasm_threads(report: Report) -> str:
    names = list(report["results"][0]["times"])
    lines = [
        [row["way"], *(number(row["times"][name]["min"]) for name in names), f"{row['gain']:.2f}×"]
        for row in report["results"]
    ]
    return table(["", *(f"{name}, ms" for name in names), "gain"], lines)


def adapter(report: Report) -> str:
    lines = [
        [row["name"], *(number(row[name]) for name in ("median", "min", "max"))] for row in report["results"]
    ]
    return table(["", "median, µs", "fastest", "slowest"], lines)


def races(rows: Rows) -> str:
    """A chart's set in one host, µs for all bars."""
    least = {(row["name"], row["bars"]): row for row in rows if row["kind"] == "set"}
    found = dict.fromkeys(bars for _, bars in least)
    lines = []
    for name in dict.fromkeys(name for name, _ in least):
        cells = [name, str(next(row["members"] for (n, _), row in least.items() if n == name))]
        for bars in found:
            own = least.get((f"tvf, as {name}", bars), least["tvf", bars])
            times = [row["min"] * bars / 1e3 for row in (least[name, bars], own)]
            cells.append(number(times[0]) if name.startswith("tvf") else against(*times))
        lines.append(cells)
    return table(["", "indicators", *(f"{bars:,} bars, µs" for bars in found)], lines)


def ticks(rows: Rows) -> str:
    least = {(row["name"], row["bars"], row["kind"]): row for row in rows if row["kind"] != "set"}
    lines = []
    for name, bars in dict.fromkeys((name, bars) for name, bars, _ in least):
        row = next(row for (n, b, _), row in least.items() if (n, b) == (name, bars))
        cells = [name, str(row["members"]), f"{bars:,}"]
        for kind in ("push", "replace"):
            found = least.get((name, bars, kind))
            own = least.get(("tvf", bars, kind))
            if found is None or own is None:
                cells.append("–")
            else:
                cells.append(number(found["min"]) if name == "tvf" else against(found["min"], own["min"]))
        lines.append(cells)
    return table(["", "indicators", "bars before", "push, ns", "replace, ns"], lines)


def core(rows: Rows) -> str:
    found = [("batches", bars) for bars in dict.fromkeys(r["bars"] for r in rows if r["kind"] == "batches")]
    found += [("updates", bars) for bars in dict.fromkeys(r["bars"] for r in rows if r["kind"] == "updates")]
    least = {(row["kind"], row["bars"], row["case"]): row["min"] for row in rows}
    heads = ["bar by bar" if kind == "updates" else f"{bars:,} bars" for kind, bars in found]
    lines = [
        [f"`{case}`", *(number(least[kind, bars, case]) for kind, bars in found)]
        for case in dict.fromkeys(row["case"] for row in rows)
    ]
    return table(["", *heads], lines)


def notes(report: Report) -> str:
    return "\n".join(f"- `{case}`: {words}" for case, words in report["notes"].items())


def lacks(report: Report) -> str:
    lines = [
        f"- {name}: " + "; ".join(f"`{case}`: {why}" for case, why in found.items())
        for name, found in report["lacks"].items()
        if found
    ]
    return "\n".join(lines) or "Each has all of them."
