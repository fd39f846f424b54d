"""Timing (TD): the rules of the family in plain Python, setup by setup over a whole series.

First all setups are found, then each is followed: how it is perfected, what its countdown and its combo
come to.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Row = dict[str, Any]
Variants = dict[str, str]

DEFAULTS = {
    "flip": "strict",
    "tdst": "extreme",
    "countdown": "sequential",
    "qualifier": "bar_8",
    "intersection": "off",
    "cancellation": "true_low",
    "recycling": "qualified",
    "combo": "version_1",
}

NINE, THIRTEEN = 9, 13


@dataclass
class Side:
    """The bars as one side sees them: the seller's upside down."""

    sign: int
    index: NDArray[np.int64]
    open: Floats
    high: Floats
    low: Floats
    close: Floats
    true_high: Floats = field(init=False)
    true_low: Floats = field(init=False)
    falls: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        before = np.concatenate([self.close[:1], self.close[:-1]])
        self.true_high = np.where(before > self.high, before, self.high)
        self.true_low = np.where(before < self.low, before, self.low)
        self.falls = np.zeros(len(self.close), bool)
        self.falls[4:] = self.close[4:] < self.close[:-4]

    def runs(self) -> list[tuple[int, int]]:
        """First and last bar of each run of closes below the close four bars earlier."""
        edges = np.flatnonzero(np.diff(np.concatenate([[False], self.falls, [False]]).astype(int)))
        return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]

    def risk(self, bars: range) -> tuple[float, float]:
        """The lowest true low, and the level as far below it as the first bar that has it is long."""
        at = bars.start + int(np.argmin(self.true_low[bars.start : bars.stop]))
        low = self.true_low[at]
        return low, low - (self.true_high[at] - low)


@dataclass
class Setup:
    """The nine bars from `first` on; `extended` where they are bars 10 to 18 of a run."""

    first: int
    extended: bool
    line: float
    range: float
    highest: float
    lowest: float
    perfection: float
    steadiness: float
    level: float | None = None

    @property
    def last(self) -> int:
        return self.first + NINE - 1

    @property
    def bars(self) -> range:
        return range(self.first, self.first + NINE)


def td(
    high: Floats,
    low: Floats,
    close: Floats,
    open: Floats | None = None,  # noqa: A002
    **chosen: str,
) -> list[Row]:
    """The patterns of the family, in the order of their confirmation."""
    variants = DEFAULTS | chosen
    opens = np.full(len(close), np.nan) if open is None else open
    whole = np.isfinite(high) & np.isfinite(low) & np.isfinite(close)
    index = np.flatnonzero(whole)
    high, low, close, opens = (column[whole] for column in (high, low, close, opens))
    buyer = Side(1, index, opens, high, low, close)
    seller = Side(-1, index, -opens, -low, -high, -close)
    setups = {side.sign: _setups(side, variants) for side in (buyer, seller)}
    rows: list[Row] = []
    for side in (buyer, seller):
        own, other = setups[side.sign], setups[-side.sign]
        _judge_levels(side, own, other)
        ends = [s.last for s in other if not s.extended]
        rows += [_setup_row(side, setup) for setup in own if not setup.extended]
        rows += _perfected(side, own, ends, variants["cancellation"])
        rows += _countdowns(side, own, ends, variants)
        if variants["combo"] != "off":
            rows += _combos(side, own, ends, variants)
    return sorted(rows, key=lambda row: row["confirmed"])


def _setups(side: Side, variants: Variants) -> list[Setup]:
    found = []
    for first, last in side.runs():
        if first < 5:
            continue  # What came before the run is not known.
        before = side.close[first - 1] - side.close[first - 5]
        if not (before > 0 or (variants["flip"] == "loose" and before == 0)):
            continue
        starts = [start for start in (first, first + NINE) if start + NINE - 1 <= last]
        found += [_setup(side, start, start != first, variants["tdst"]) for start in starts]
    return found


def _setup(side: Side, first: int, extended: bool, tdst: str) -> Setup:
    bars = slice(first, first + NINE)
    highest, lowest = float(side.true_high[bars].max()), float(side.true_low[bars].min())
    reached = min(side.low[first + 7], side.low[first + 8])
    return Setup(
        first=first,
        extended=extended,
        line=highest if tdst == "extreme" else float(side.true_high[first]),
        range=highest - lowest,
        highest=highest,
        lowest=lowest,
        perfection=sum(bool(reached <= side.low[first + i]) for i in (5, 6)) / 2,
        steadiness=int((np.diff(side.close[bars]) < 0).sum()) / 8,
    )


def _judge_levels(side: Side, own: list[Setup], other: list[Setup]) -> None:
    for setup in own:
        lines = [-s.line for s in other if not s.extended and s.last < setup.last]
        if lines:
            held = side.close[setup.first : setup.last + 1] >= lines[-1]
            setup.level = 1.0 if held.all() else 0.0


def _beyond(side: Side, bar: int, line: float, cancellation: str) -> bool:
    prices = {"true_low": side.true_low, "close": side.close}
    return cancellation in prices and bool(prices[cancellation][bar] > line)


def _perfected(side: Side, own: list[Setup], opposite: list[int], cancellation: str) -> list[Row]:
    rows = []
    nines = [s.last for s in own if not s.extended]
    for setup in own:
        if setup.extended:
            continue
        if setup.perfection == 1.0:
            rows.append(_perfected_row(side, setup, setup.last))
            continue
        need = min(side.low[setup.first + 5], side.low[setup.first + 6])
        # A setup ends the waiting after the perfection of its own last bar is looked at.
        end = min([bar for bar in nines + opposite if bar > setup.last], default=len(side.close) - 1)
        for bar in range(setup.last + 1, end + 1):
            if _beyond(side, bar, setup.line, cancellation):
                break
            if side.low[bar] <= need:
                rows.append(_perfected_row(side, setup, bar))
                break
    return rows


def _recycles(old: Setup, new: Setup, side: Side, recycling: str) -> bool:
    if new.extended:
        return recycling in ("extended", "qualified")
    if recycling == "always":
        return True
    if recycling not in ("size", "qualified"):
        return False
    sized = old.range <= new.range < 1.618 * old.range
    closes = side.close[new.first : new.last + 1]
    within = new.lowest >= old.lowest and bool((closes <= old.highest).all())
    return sized and not (recycling == "qualified" and within)


def _countdowns(side: Side, own: list[Setup], opposite: list[int], variants: Variants) -> list[Row]:
    rows = []
    free_from = 0
    for setup in own:
        if setup.last < free_from or setup.extended:
            continue
        counted_setup: Setup | None = setup
        while counted_setup is not None:
            bars, end, following = _count(side, counted_setup, own, opposite, variants)
            if len(bars) == THIRTEEN:
                taken = bars[-1] - counted_setup.last + 1
                rows.append(_full_row(side, "countdown", counted_setup, bars, counted_setup.last, taken))
            free_from, counted_setup = end, following
    return rows


def _count(
    side: Side, setup: Setup, own: list[Setup], opposite: list[int], variants: Variants
) -> tuple[list[int], int, Setup | None]:
    """The counted bars, the bar at which the count ended, and the setup that began it anew."""
    later = {s.last: s for s in own if s.last > setup.last}
    stops = set(opposite)
    crossed = variants["intersection"] == "off" or _overlaps(side, setup, setup.first + 7)
    bars: list[int] = []
    for bar in range(setup.last, len(side.close)):
        if bar > setup.last and _beyond(side, bar, setup.line, variants["cancellation"]):
            return bars, bar, None
        crossed = crossed or _overlaps(side, setup, bar)
        if crossed and _counts(side, bars, bar, variants):
            bars.append(bar)
            if len(bars) == THIRTEEN:
                return bars, bar, None
        if bar in stops:
            return bars, bar, None
        if bar in later and _recycles(setup, later[bar], side, variants["recycling"]):
            return bars, bar, later[bar]
    return bars, len(side.close), None


def _overlaps(side: Side, setup: Setup, bar: int) -> bool:
    older = side.low[setup.first : min(setup.last + 1, bar - 2)]
    return bool(side.high[bar] >= older.min())


def _counts(side: Side, bars: list[int], bar: int, variants: Variants) -> bool:
    number = len(bars) + 1
    price = side.low[bar] if variants["countdown"] == "aggressive" else side.close[bar]
    if variants["countdown"] == "termination" and number == THIRTEEN and side.open[bar] < price:
        price = side.open[bar]
    if price > side.low[bar - 2]:
        return False
    if number == THIRTEEN and variants["qualifier"] != "off":
        return bool(side.low[bar] <= side.close[bars[7]])
    if number == 8 and variants["qualifier"] == "bars_5_and_8":
        return bool(side.low[bar] <= side.close[bars[4]])
    return True


def _combos(side: Side, own: list[Setup], opposite: list[int], variants: Variants) -> list[Row]:
    rows = []
    free_from = 0
    for setup in own:
        if setup.last < free_from or setup.extended:
            continue
        begun: Setup | None = setup
        while begun is not None:
            bars, end, following = _combine(side, begun, own, opposite, variants)
            if len(bars) == THIRTEEN:
                taken = bars[-1] - begun.first + 1
                rows.append(_full_row(side, "combo", begun, bars, begun.first, taken))
            free_from, begun = end, following
    return rows


def _combine(
    side: Side, setup: Setup, own: list[Setup], opposite: list[int], variants: Variants
) -> tuple[list[int], int, Setup | None]:
    later = {s.last: s for s in own if s.last > setup.last}
    stops = set(opposite)
    bars: list[int] = []
    for bar in range(setup.first, len(side.close)):
        if bar > setup.last and _beyond(side, bar, setup.line, variants["cancellation"]):
            return bars, bar, None
        if _combo_counts(side, bars, bar, variants["combo"]):
            bars.append(bar)
            if len(bars) == THIRTEEN:
                return bars, bar, None
        if bar <= setup.last:
            continue
        if bar in stops:
            return bars, bar, None
        if bar in later and _recycles(setup, later[bar], side, variants["recycling"]):
            return bars, bar, later[bar]
    return bars, len(side.close), None


def _combo_counts(side: Side, bars: list[int], bar: int, version: str) -> bool:
    close, low = side.close, side.low
    if bars and not close[bar] < close[bars[-1]]:
        return False
    if version == "version_2" and len(bars) >= 10:
        return True
    return bool(close[bar] <= low[bar - 2] and low[bar] <= low[bar - 1] and close[bar] < close[bar - 1])


def _row(
    side: Side,
    name: str,
    bars: list[int] | range,
    confirmed: int,
    parts: dict[str, float],
    risk: range,
    line: float,
) -> Row:
    lowest, level = side.risk(risk)
    edges = sorted(side.sign * price for price in (lowest, level))
    return {
        "name": name,
        "direction": side.sign,
        "detected": int(side.index[bars[-1]]),
        "confirmed": int(side.index[confirmed]),
        "score": math.fsum(parts.values()) / len(parts),
        "invalidation": side.sign * level,
        "zone_low": edges[0],
        "zone_high": edges[1],
        "points": [
            (str(n), int(side.index[bar]), side.sign * float(side.low[bar])) for n, bar in enumerate(bars, 1)
        ],
        "parts": parts,
        "targets": {"tdst": side.sign * line} if line > side.close[confirmed] else {},
    }


def _qualities(setup: Setup) -> dict[str, float]:
    level = {} if setup.level is None else {"level": setup.level}
    return {"steadiness": setup.steadiness, **level}


def _setup_row(side: Side, setup: Setup) -> Row:
    parts = {"perfection": setup.perfection, **_qualities(setup)}
    return _row(side, "setup", setup.bars, setup.last, parts, setup.bars, setup.line)


def _perfected_row(side: Side, setup: Setup, bar: int) -> Row:
    parts = {"promptness": NINE / (NINE + bar - setup.last), **_qualities(setup)}
    return _row(side, "perfected_setup", setup.bars, bar, parts, setup.bars, setup.line)


def _full_row(side: Side, name: str, setup: Setup, bars: list[int], first: int, taken: int) -> Row:
    parts = {"promptness": THIRTEEN / taken, "perfection": setup.perfection}
    if name == "countdown":
        lower = [side.close[b] < side.close[a] for a, b in pairwise(bars)]
        parts["steadiness"] = sum(map(bool, lower)) / (THIRTEEN - 1)
    return _row(side, name, bars, bars[-1], parts, range(first, bars[-1] + 1), setup.line)
