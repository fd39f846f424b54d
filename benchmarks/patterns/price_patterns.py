"""Price patterns: the rules of the family in plain Python, bar by bar over a whole series."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .turns import Turn, origin, tips, turns

Floats = NDArray[np.float64]
Row = dict[str, Any]
Line = Callable[[int], float]
Condition = tuple[str, float, float, float]
Parts = dict[str, float]

KINDS = ("tops", "bottoms", "lines", "cups", "inverted cups", "rounding bottoms", "rounding tops")
LAST = 12
"""Turns that are looked at."""


@dataclass
class Bars:
    """The bars that have prices, and the parameters."""

    high: Floats
    low: Floats
    close: Floats
    volume: Floats
    tolerance: float
    breakout: float
    volume_ratio: float
    longest: int

    def mean(self, column: Floats, first: int, last: int) -> float:
        values = [x for x in column[first : last + 1].tolist() if math.isfinite(x)]
        return sum(values) / len(values) if values else math.nan


@dataclass
class Waiting:
    """A pattern that has not broken out. The way is +1 up, −1 down, 0 either."""

    name: str
    way: int
    points: list[tuple[str, int, float]]
    first: int
    last: int
    detected: int
    height: float
    upper: Line
    lower: Line
    parts: Parts
    reach: float = math.nan
    target: float = math.nan
    volume: float = math.nan
    patience: float = 0
    counts: list[int] = field(default_factory=list)
    bowl: tuple[Turn, Turn] | None = None
    told: bool = False

    def __post_init__(self) -> None:
        self.patience = self.patience or self.last - self.first
        if math.isnan(self.reach):
            self.reach = self.height

    def broken(self, way: int) -> Line:
        return self.upper if way > 0 else self.lower

    def row(self, way: int, parts: Parts, bar: int, breakout: float) -> Row:
        line = self.broken(way)(bar)
        edge = line + way * breakout * self.height
        target = line + way * self.reach if math.isnan(self.target) else self.target
        return {
            "name": self.name,
            "direction": way,
            "detected": self.detected,
            "confirmed": None,
            "score": sum(parts.values()) / len(parts),
            "invalidation": self.broken(-way)(bar) if way else math.nan,
            "zone_low": min(line, edge) if way else math.nan,
            "zone_high": max(line, edge) if way else math.nan,
            "points": list(self.points),
            "parts": parts,
            "targets": {"measured": target} if way else {},
        }


@dataclass
class Found:
    """What a search has come to."""

    patterns: list[Row] = field(default_factory=list)
    misses: list[Row] = field(default_factory=list)


def price_patterns(
    high: Floats,
    low: Floats,
    close: Floats,
    volume: Floats | None = None,
    *,
    pivots: str = "atr",
    reversal: float = 2.0,
    tolerance: float = 0.15,
    breakout: float = 0.05,
    volume_ratio: float = 0.0,
    longest: int = 250,
    forming: bool = False,
    misses: bool = False,
) -> list[Row]:
    """The patterns of the family in the order of their confirmation; or those that still form, or the
    near misses."""
    whole = np.isfinite(high) & np.isfinite(low) & np.isfinite(close)
    index = np.flatnonzero(whole)
    if volume is None:
        volume = np.full(len(close), np.nan)
    bars = Bars(
        high[whole], low[whole], close[whole], volume[whole], tolerance, breakout, volume_ratio, longest
    )
    prices = (bars.high, bars.low, bars.close)
    known = turns(*prices, pivots, reversal)
    first = origin(*prices, pivots, reversal)
    extremes = tips(bars.high, bars.low, known, pivots, reversal)
    certain = {turn.certain: i for i, turn in enumerate(known)}
    waiting: dict[str, Waiting] = {}
    spent = dict.fromkeys(KINDS, -1)
    found = Found()
    seen: list[Turn] = []
    for bar in range(len(bars.close)):
        if bar in certain:
            end = certain[bar] + 1
            before = [first] if first else []
            seen = [*before, *known[:end]][-LAST:]
            looked = _look(bars, seen, first, bar, found)
            waiting |= {kind: new for kind, new in looked if new.last > spent[kind]}
        _settle(bars, waiting, spent, seen, extremes[bar], bar, found)
    rows = found.misses if misses else found.patterns
    if forming and len(bars.close):
        rows = list(_forming(bars, waiting))
    for row in rows:
        row["points"] = [(role, int(index[bar]), price) for role, bar, price in row["points"]]
        for name in ("detected", "confirmed", "bar"):
            if row.get(name) is not None:
                row[name] = int(index[row[name]])
    return rows


def _look(
    bars: Bars, seen: list[Turn], first: Turn | None, bar: int, found: Found
) -> Iterator[tuple[str, Waiting]]:
    """What the newest turn makes, kind by kind."""
    top = seen[-1].top
    for kind, search in (
        ("lines", _lines),
        ("tops" if top else "bottoms", _reversal),
        ("inverted cups" if top else "cups", _cup),
        ("rounding tops" if top else "rounding bottoms", _rounding),
    ):
        candidate = search(bars, seen, first, bar, found)
        if candidate is not None:
            candidate.volume = bars.mean(bars.volume, candidate.first, candidate.last)
            yield kind, candidate


def _settle(
    bars: Bars,
    waiting: dict[str, Waiting],
    spent: dict[str, int],
    seen: list[Turn],
    tip: Turn | None,
    bar: int,
    found: Found,
) -> None:
    """What the bar's close does to those that wait."""
    close, told = bars.close[bar], set()
    for kind in KINDS:
        if kind not in waiting:
            continue
        it = waiting[kind]
        upper, lower, margin = it.upper(bar), it.lower(bar), bars.breakout * it.height
        if bar - it.last > it.patience or upper <= lower:
            del waiting[kind]
            continue
        way = 1 if close > upper + margin else -1 if close < lower - margin else 0
        if not way:
            continue
        if it.way == -way:
            del waiting[kind]
            continue
        parts = dict(it.parts)
        if it.bowl:
            conditions, bowl_parts = _bowl(bars, it.bowl[0].price, it.bowl[1], it.bowl[0].bar, bar)
            if not _judge(bars, it.name, it.way, conditions, it.points, bar, found):
                del waiting[kind]
                continue
            parts |= bowl_parts
        volume = bars.volume[bar] / it.volume if it.volume > 0 else math.nan
        if 0 <= volume < math.inf:
            condition = ("volume", volume, bars.volume_ratio, math.inf)
            if volume < bars.volume_ratio:
                if not it.told:
                    _judge(bars, it.name, it.way, [condition], it.points, bar, found)
                it.told = True
                continue
            parts["volume"] = _share(volume / 2)
        if way not in told:
            row = it.row(way, parts, bar, bars.breakout)
            _late_points(bars, it, row, way, seen, tip, bar)
            row["confirmed"] = bar
            found.patterns.append(row)
        told.add(way)
        spent[kind] = bar
        del waiting[kind]


def _late_points(
    bars: Bars, it: Waiting, row: Row, way: int, seen: list[Turn], tip: Turn | None, bar: int
) -> None:
    """Adds the turn and the touch that are only known with the breakout."""
    if not it.counts:
        return
    counts = list(it.counts)
    points = row["points"]
    if (
        tip
        and tip.top == (way < 0)
        and seen[-1].bar == it.last < tip.bar < bar
        and abs(tip.price - it.broken(-way)(tip.bar)) <= bars.tolerance * it.height
    ):
        counts[tip.top] += 1
        points.append((_role(tip.top), tip.bar, tip.price))
        row["detected"] = bar
    if counts[way > 0] < counts[way < 0] and bar - 1 > points[-1][1]:
        points.append(("exit", bar - 1, float((bars.high if way > 0 else bars.low)[bar - 1])))
        row["detected"] = bar


def _forming(bars: Bars, waiting: dict[str, Waiting]) -> Iterator[Row]:
    bar = len(bars.close) - 1
    for kind in KINDS:
        if kind not in waiting:
            continue
        it = waiting[kind]
        parts = dict(it.parts)
        if it.bowl:
            conditions, bowl_parts = _bowl(bars, it.bowl[0].price, it.bowl[1], it.bowl[0].bar, bar)
            if not all(low <= x <= high for _, x, low, high in conditions):
                continue
            parts |= bowl_parts
        yield it.row(it.way, parts, bar, bars.breakout)


def _judge(
    bars: Bars,
    name: str,
    way: int,
    conditions: list[Condition],
    points: list[tuple[str, int, float]],
    bar: int,
    found: Found,
) -> bool:
    """Whether all conditions are met; one that is not, by little, makes a near miss."""
    unmet = [(x, low, high) for _, x, low, high in conditions if not low <= x <= high]
    if len(unmet) == 1:
        [(x, low, high)] = unmet
        if (low - x if x < low else x - high) <= 3 * bars.tolerance:
            found.misses.append(
                {"name": name, "direction": way, "bar": bar, "points": points, "conditions": conditions}
            )
    return not unmet


def _share(x: float) -> float:
    return min(max(x, 0.0), 1.0)


def _closeness(measured: float, allowed: float) -> float:
    return _share(1 - measured / allowed) if allowed > 0 else 1.0


def _balance(a: int, b: int) -> float:
    return min(a, b) / max(a, b)


def _flat(price: float) -> Line:
    return lambda _: price


def _through(a: Turn, b: Turn) -> Line:
    slope = (b.price - a.price) / (b.bar - a.bar)
    return lambda bar: a.price + slope * (bar - a.bar)


def _role(top: bool) -> str:
    return "upper line" if top else "lower line"


def _too_long(bars: Bars, turn: Turn, bar: int) -> bool:
    return bar - turn.bar > bars.longest


# Tops and bottoms.


def _reversal(bars: Bars, seen: list[Turn], _: Turn | None, bar: int, found: Found) -> Waiting | None:
    for count, search in ((5, _head_and_shoulders), (5, _triple), (3, _double)):
        if len(seen) > count and not _too_long(bars, seen[-count], bar):
            result = search(bars, seen[-count - 1], seen[-count:], bar, found)
            if result is not None:
                return result
    return None


def _double(bars: Bars, before: Turn, turns: list[Turn], bar: int, found: Found) -> Waiting | None:
    sign = 1 if turns[-1].top else -1
    first, neck, second = (sign * turn.price for turn in turns)
    height = (first + second) / 2 - neck
    if not 0 < height < math.inf:
        return None
    level, trend = abs(first - second) / height, (neck - sign * before.price) / height
    conditions = [("level", level, -math.inf, bars.tolerance), ("trend", trend, bars.tolerance, math.inf)]
    left, right = turns[1].bar - turns[0].bar, turns[2].bar - turns[1].bar
    parts = {
        "level": _closeness(level, bars.tolerance),
        "trend": _share(trend),
        "time": _balance(left, right),
    }
    name = "double_top" if sign > 0 else "double_bottom"
    outer = sign * max(first, second)
    return _outer(
        bars, name, turns, conditions, height, (_flat(outer), _flat(turns[1].price)), parts, bar, found
    )


def _triple(bars: Bars, before: Turn, turns: list[Turn], bar: int, found: Found) -> Waiting | None:
    sign = 1 if turns[-1].top else -1
    prices = [sign * turn.price for turn in turns]
    tops, necks = prices[::2], prices[1::2]
    height = sum(tops) / 3 - sum(necks) / 2
    if not 0 < height < math.inf:
        return None
    level, neckline = (max(tops) - min(tops)) / height, abs(necks[0] - necks[1]) / height
    trend = (min(necks) - sign * before.price) / height
    conditions = [
        ("level", level, -math.inf, bars.tolerance),
        ("neckline", neckline, -math.inf, bars.tolerance),
        ("trend", trend, bars.tolerance, math.inf),
    ]
    parts = {
        "level": _closeness(level, bars.tolerance),
        "neckline": _closeness(neckline, bars.tolerance),
        "trend": _share(trend),
        "time": _balance(turns[2].bar - turns[0].bar, turns[4].bar - turns[2].bar),
    }
    name = "triple_top" if sign > 0 else "triple_bottom"
    lines = (_flat(sign * max(tops)), _flat(sign * min(necks)))
    return _outer(bars, name, turns, conditions, height, lines, parts, bar, found)


def _head_and_shoulders(
    bars: Bars, before: Turn, turns: list[Turn], bar: int, found: Found
) -> Waiting | None:
    sign = 1 if turns[-1].top else -1
    left, neck, head, other_neck, right = (sign * turn.price for turn in turns)
    line = _through(turns[1], turns[3])
    height = head - sign * line(turns[2].bar)
    if not 0 < height < math.inf:
        return None
    above = min(left - sign * line(turns[0].bar), right - sign * line(turns[4].bar))
    shoulders, neckline = abs(left - right) / height, abs(neck - other_neck) / height
    trend = (neck - sign * before.price) / height
    conditions = [
        ("head", (head - max(left, right)) / height, bars.tolerance, math.inf),
        ("shoulders", shoulders, -math.inf, 2 * bars.tolerance),
        ("shoulder height", above / height, bars.tolerance, math.inf),
        ("neckline", neckline, -math.inf, 2 * bars.tolerance),
        ("trend", trend, bars.tolerance, math.inf),
    ]
    parts = {
        "level": _closeness(shoulders, 2 * bars.tolerance),
        "neckline": _closeness(neckline, 2 * bars.tolerance),
        "trend": _share(trend),
        "time": _balance(turns[2].bar - turns[0].bar, turns[4].bar - turns[2].bar),
    }
    name = "head_and_shoulders" if sign > 0 else "inverse_head_and_shoulders"
    lines = (_flat(turns[-1].price), line)
    return _outer(bars, name, turns, conditions, height, lines, parts, bar, found)


def _outer(
    bars: Bars,
    name: str,
    turns: list[Turn],
    conditions: list[Condition],
    height: float,
    lines: tuple[Line, Line],
    parts: Parts,
    bar: int,
    found: Found,
) -> Waiting | None:
    """A top or bottom, if its conditions are met; the lines are the outer level and the neckline."""
    top = turns[-1].top
    if "shoulder" in name:
        roles = ["left shoulder", "neckline", "head", "neckline", "right shoulder"]
    else:
        roles = ["top" if turn.top else "bottom" for turn in turns]
        roles[1::2] = ["neckline"] * (len(turns) // 2)
    points = [(role, turn.bar, turn.price) for role, turn in zip(roles, turns, strict=True)]
    way = -1 if top else 1
    if not _judge(bars, name, way, conditions, points, bar, found):
        return None
    upper, lower = lines if top else lines[::-1]
    return Waiting(name, way, points, turns[0].bar, turns[-1].bar, bar, height, upper, lower, parts)


# Between two lines.


@dataclass
class Band:
    """The lines through the first and last top and bottom."""

    upper: Line
    lower: Line
    height: float
    width: float
    misfit: float
    rises: tuple[float, float]


def _band(turns: list[Turn]) -> Band | None:
    tops, bottoms = ([turn for turn in turns if turn.top == top] for top in (True, False))
    upper, lower = _through(tops[0], tops[-1]), _through(bottoms[0], bottoms[-1])
    start, end = turns[0].bar, turns[-1].bar
    height = upper(start) - lower(start)
    if not 0 < height < math.inf:
        return None
    off = [abs(turn.price - (upper if turn.top else lower)(turn.bar)) / height for turn in turns]
    rises = ((upper(end) - upper(start)) / height, (lower(end) - lower(start)) / height)
    return Band(upper, lower, height, (upper(end) - lower(end)) / height, max(off), rises)


def _form(band: Band, tolerance: float) -> tuple[str, int] | None:
    """What the lines are together, and where it breaks out."""
    upper, lower = (0 if abs(rise) <= tolerance else math.copysign(1, rise) for rise in band.rises)
    closing = band.rises[1] - band.rises[0]
    simple = {
        (0, 0): ("rectangle", 0),
        (0, 1): ("ascending_triangle", 1),
        (-1, 0): ("descending_triangle", -1),
        (-1, 1): ("symmetrical_triangle", 0),
    }
    if (upper, lower) in simple:
        return simple[upper, lower]
    if upper != lower:
        return None
    if abs(closing) <= tolerance:
        return ("rising_channel" if upper > 0 else "falling_channel", 0)
    if closing < 0:
        return None
    return ("rising_wedge", -1) if upper > 0 else ("falling_wedge", 1)


def _lines(bars: Bars, seen: list[Turn], first: Turn | None, bar: int, found: Found) -> Waiting | None:
    for count in (8, 7, 6, 5):
        turns = seen[-count:]
        if len(turns) < count or turns[0] is first or _too_long(bars, turns[0], bar):
            continue
        band = _band(turns)
        form = _form(band, bars.tolerance) if band else None
        if band is None or form is None or (form[0] == "rectangle" and count == 5):
            continue
        name, way = form
        points = [(_role(turn.top), turn.bar, turn.price) for turn in turns]
        conditions = [("fit", band.misfit, -math.inf, bars.tolerance), ("width", band.width, 0.0, math.inf)]
        told = found if count == 5 else Found()
        if not _judge(bars, name, way, conditions, points, bar, told):
            continue
        parts = {"fit": _closeness(band.misfit, bars.tolerance), "touches": (count - 4) / 4}
        prices = [turn.price for turn in turns]
        target = {"rising_wedge": min(prices), "falling_wedge": max(prices)}.get(name, math.nan)
        ends = (turns[0].bar, turns[-1].bar, bar)
        tops = sum(turn.top for turn in turns)
        counts = [count - tops, tops]
        return Waiting(
            name, way, points, *ends, band.height, band.upper, band.lower, parts, target=target, counts=counts
        )
    return _flag(bars, seen, bar, found)


def _flag(bars: Bars, seen: list[Turn], bar: int, found: Found) -> Waiting | None:
    if len(seen) < 5 or _too_long(bars, seen[-5], bar):
        return None
    start, rest = seen[-5], seen[-4:]
    band = _band(rest)
    form = _form(band, bars.tolerance) if band else None
    if band is None or form is None:
        return None
    way = 1 if rest[0].top else -1
    onwards = {1: ("rising_channel", "rising_wedge"), -1: ("falling_channel", "falling_wedge")}[way]
    if form[0] in onwards:
        return None
    name = "flag" if form[0] == "rectangle" or "channel" in form[0] else "pennant"
    pole = way * (rest[0].price - start.price)
    back = max(way * (rest[0].price - turn.price) for turn in rest)
    retraced = back / pole
    length = (rest[-1].bar - rest[0].bar) / (rest[0].bar - start.bar)
    conditions = [
        ("pole", pole / band.height, 2.0, math.inf),
        ("retraced", retraced, -math.inf, 0.5),
        ("length", length, -math.inf, 4.0),
        ("width", band.width, 0.0, math.inf),
    ]
    points = [("pole", start.bar, start.price), *((_role(turn.top), turn.bar, turn.price) for turn in rest)]
    if not _judge(bars, name, way, conditions, points, bar, found):
        return None
    parts = {
        "pole": _share(1 - band.height / pole),
        "depth": _closeness(retraced, 0.5),
        "time": _closeness(length, 4.0),
    }
    ends = (start.bar, rest[-1].bar, bar)
    return Waiting(
        name, way, points, *ends, band.height, band.upper, band.lower, parts, reach=pole, counts=[2, 2]
    )


# Bowls.


def _bowl(bars: Bars, rim: float, bottom: Turn, left: int, right: int) -> tuple[list[Condition], Parts]:
    too_old = right - left > bars.longest
    mean = math.nan if too_old else bars.mean(bars.close, left, right)
    roundness = (rim - mean) / (rim - bottom.price)
    centre = (bottom.bar - left) / (right - left)
    conditions = [("roundness", roundness, 0.6, 0.85), ("centre", centre, 0.25, 0.75)]
    parts = {
        "roundness": _closeness(abs(roundness - 2 / 3), 1 / 3),
        "centre": _closeness(abs(centre - 0.5), 0.5),
    }
    return conditions, parts


def _cup(bars: Bars, seen: list[Turn], _: Turn | None, bar: int, found: Found) -> Waiting | None:
    if len(seen) < 5:
        return None
    right, handle = seen[-2:]
    sign = 1 if right.top else -1
    for place in range(len(seen) - 4, 0, -2):
        left, before, between = seen[place], seen[place - 1], seen[place + 1 : -2]
        # Of equal bottoms the latest.
        bottom = min(reversed(between[::2]), key=lambda turn: sign * turn.price)
        depth = sign * ((left.price + right.price) / 2 - bottom.price)
        apart = sign * (left.price - right.price) / depth if depth else math.inf
        if not 0 < depth < math.inf or apart > bars.tolerance or _too_long(bars, left, bar):
            return None
        if apart < -bars.tolerance or right.bar - left.bar < 20:
            continue
        middle = (left.price + right.price) / 2
        conditions, parts = _bowl(bars, middle, bottom, left.bar, right.bar)
        given_back = sign * (right.price - handle.price) / depth
        advance = sign * (left.price - before.price) / depth
        length = (handle.bar - right.bar) / (right.bar - left.bar)
        conditions += [
            ("handle", given_back, -math.inf, 0.5),
            ("length", length, -math.inf, 0.5),
            ("trend", advance, 0.5, math.inf),
        ]
        roles = ("left rim", "bowl", "right rim", "handle")
        corners = (left, bottom, right, handle)
        points = [(role, turn.bar, turn.price) for role, turn in zip(roles, corners, strict=True)]
        name = "cup_and_handle" if sign > 0 else "inverted_cup_and_handle"
        if not _judge(bars, name, sign, conditions, points, bar, found):
            return None
        parts |= {
            "level": _closeness(abs(apart), bars.tolerance),
            "depth": _closeness(given_back, 0.5),
            "trend": _share(advance),
        }
        rim, floor = _flat(sign * max(sign * left.price, sign * right.price)), _flat(handle.price)
        upper, lower = (rim, floor) if sign > 0 else (floor, rim)
        return Waiting(name, sign, points, left.bar, handle.bar, bar, depth, upper, lower, parts)
    return None


def _rounding(bars: Bars, seen: list[Turn], first: Turn | None, bar: int, _: Found) -> Waiting | None:
    newest = seen[-1]
    sign = -1 if newest.top else 1
    for place in range(len(seen) - 2, -1, -2):
        left, later = seen[place], seen[place + 1 :]
        if left is first or _too_long(bars, left, bar):
            return None
        if any(sign * turn.price >= sign * left.price for turn in later if turn.top == left.top):
            continue
        if bar - left.bar < 20:
            continue
        bottom = min(reversed(later[::2]), key=lambda turn: sign * turn.price)
        depth = sign * (left.price - bottom.price)
        if not 0 < depth < math.inf:
            return None
        name = "rounding_bottom" if sign > 0 else "rounding_top"
        points = [("left rim", left.bar, left.price), ("bowl", bottom.bar, bottom.price)]
        rim, floor = _flat(left.price), _flat(bottom.price)
        upper, lower = (rim, floor) if sign > 0 else (floor, rim)
        ends = (left.bar, newest.bar, bar)
        patience = 3 * (newest.bar - left.bar)
        return Waiting(
            name, sign, points, *ends, depth, upper, lower, {}, patience=patience, bowl=(left, bottom)
        )
    return None
