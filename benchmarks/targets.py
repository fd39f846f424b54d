"""The figures that the project wants of the wheel, and what a run says of them."""

from __future__ import annotations

from math import exp, log
from typing import Any

from timing import find, ratio

Rows = list[dict[str, Any]]

NATIVE = (
    *("sma", "ema", "wma", "rsi", "stoch", "macd", "bbands", "atr"),
    *("hma", "adx", "psar", "obv", "keltner", "vwap", "vwma", "cmf"),
)
"""Entries that are to be as fast as the fastest of FAST."""
FAST = ("talib", "kand", "vector_ta", "tulipy")
SLOWER = 1.05
CALL, SET, ABOVE = 500.0, 2.5, 80.0
ONE_INPUT = ("sma", "ema", "rsi", "macd", "bbands")


def against(rows: Rows, case: str, bars: int, library: str) -> float | None:
    """How many times as long a library takes as tvf with that library's definition."""
    cells = {
        r["library"]: r for r in rows if r["kind"] == "batch" and r["case"] == case and r["bars"] == bars
    }
    if library not in cells:
        return None
    return ratio(cells[library], cells.get(f"tvf, as {library}", cells["tvf"]))


def targets(rows: Rows) -> list[dict[str, Any]]:
    found = []

    def judge(what: str, unit: str, bound: float, value: float | None, *, at_least: bool) -> None:
        reached = None if value is None else value >= bound if at_least else value <= bound
        found.append(
            {
                "what": what,
                "unit": unit,
                "bound": bound,
                "value": value,
                "reached": reached,
                "at_least": at_least,
            }
        )

    timed = {r["case"] for r in rows}
    for bars in (5_000, 1_000_000):
        gains = []
        for case in NATIVE:
            if case not in timed:
                continue
            ratios = {name: r for name in FAST if (r := against(rows, case, bars, name)) is not None}
            fastest = min(ratios, key=lambda name: ratios[name], default="none")
            slower = 1 / ratios[fastest] if ratios else None
            judge(f"{case}, {bars:,} bars: tvf's time / {fastest}'s", "x", SLOWER, slower, at_least=False)
            if "talib" in ratios:
                gains.append(ratios["talib"])
        mean = exp(sum(map(log, gains)) / len(gains)) if gains else None
        judge(f"{bars:,} bars: TA-Lib's time / tvf's, geometric mean", "x", 2.0, mean, at_least=True)
    if "sixteen" in timed:
        ours, theirs = (find(rows, kind="set", library=name, bars=5_000) for name in ("tvf", "talib"))
        value = ratio(theirs, ours) if ours and theirs else None
        judge("set of sixteen, 5,000 bars: TA-Lib's time / tvf's", "x", SET, value, at_least=True)
    for case in ONE_INPUT:
        if case not in timed:
            continue
        ours, empty, talib = (
            find(rows, kind="live", case=case, library=name) for name in ("tvf", "empty", "talib")
        )
        value = ours["min"] - empty["min"] if ours and empty else None
        judge(f"{case}, Stream.update above an empty call", "ns", ABOVE, value, at_least=False)
        value = 1 / ratio(talib, ours) if ours and talib else None
        judge(f"{case}, Stream.update: tvf's time / TA-Lib's", "x", 1.0, value, at_least=False)
    for case in ("sma", "ema"):
        if case not in timed:
            continue
        ours = find(rows, kind="call", case=case, library="tvf")
        judge(f"{case}, a call with one bar", "ns", CALL, ours and ours["min"], at_least=False)
        for of, words in (("kand", "period 20"), ("kand, period 2", "period 2")):
            kand = find(rows, kind="call", case=case, library=of)
            same = find(rows, kind="call", case=case, library=of.replace("kand", "tvf, as kand"))
            value = 1 / ratio(kand, same) if kand and same else None
            judge(f"{case} on kand's array, {words}: tvf's time / kand's", "x", 1.0, value, at_least=False)
            value = 1 / ratio(kand, ours) if kand and ours else None
            judge(f"{case} on one bar: tvf's time / kand's, {words}", "x", 1.0, value, at_least=False)
    return found


def print_targets(found: list[dict[str, Any]]) -> None:
    print("\nFigures to reach, by the fastest samples\n")
    for target in found:
        if target["reached"] is None:
            print(f"  {target['what']:<60} not measured: a rival is missing")
            continue
        digits = 2 if target["unit"] == "x" else 0
        word = "reached" if target["reached"] else "not reached"
        figure = f"{target['value']:.{digits}f} {target['unit']}, wanted {target['bound']:.{digits}f}"
        print(f"  {target['what']:<60} {figure:<24} {word}")
