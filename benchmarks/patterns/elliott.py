"""Elliott waves: the rules of the family in plain Python, over all turns of a series."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .turns import Turn, turns

Floats = NDArray[np.float64]
Row = dict[str, Any]

MARKS = ("{}", "({})", "(({}))", "[{}]")
REMEMBERED = 28
DRIVE, CORRECT, THREE = (1, 5), (1, 3), (3,)


class Waves:
    """The ends of a count, prices in the direction of its first wave."""

    def __init__(self, ends: Sequence[Turn], before: Turn | None) -> None:
        self.sign = -1 if ends[0].top else 1
        self.p = [self.sign * end.price for end in ends]
        rises = [b - a for a, b in zip(self.p, self.p[1:], strict=False)]
        self.w = [math.nan, *(rise if i % 2 == 0 else -rise for i, rise in enumerate(rises))]
        self.before = math.nan if before is None else self.sign * before.price

    def by(self, of: int, other: int) -> float:
        return self.w[of] / self.w[other]

    def beyond(self, end: int, other: int, wave: int) -> float:
        return (self.p[end] - self.p[other]) / self.w[wave]


Measure = Callable[[Waves], float]
Rules = list[tuple[str, float, float, Measure]]
Parts = list[tuple[str, tuple[float, ...] | None, Measure]]


@dataclass
class Shape:
    """What tells a shape from others."""

    roles: str
    spans: list[tuple[int, ...]]
    rules: Rules
    parts: Parts
    shares: tuple[str, ...]


def _channel(w: Waves) -> float:
    return 1.0 - abs(w.p[5] - (w.p[3] + (w.p[4] - w.p[2]))) / w.w[3]


INF = math.inf
TWO: tuple[str, float, float, Measure] = ("2/1", -INF, 1.0, lambda w: w.by(2, 1))
THREE_BEYOND: tuple[str, float, float, Measure] = ("3 beyond 1", 0.0, INF, lambda w: w.beyond(3, 1, 1))
IMPULSE: Rules = [
    TWO,
    THREE_BEYOND,
    ("3/shorter of 1 and 5", 1.0, INF, lambda w: w.w[3] / min(w.w[1], w.w[5])),
    ("4 above 1", 0.0, INF, lambda w: w.beyond(4, 1, 1)),
    ("5/4", 0.618, INF, lambda w: w.by(5, 4)),
]
WEDGE: Rules = [
    TWO,
    THREE_BEYOND,
    ("3/1", -INF, 1.0, lambda w: w.by(3, 1)),
    ("4 above 1", -INF, 0.0, lambda w: w.beyond(4, 1, 1)),
    ("4 above 2", 0.0, INF, lambda w: w.beyond(4, 2, 1)),
    ("4/2", -INF, 1.0, lambda w: w.by(4, 2)),
    ("5 beyond 3", 0.0, INF, lambda w: w.beyond(5, 3, 3)),
    ("5/3", -INF, 1.0, lambda w: w.by(5, 3)),
]


def _place(low: float, high: float) -> tuple[str, float, float, Measure]:
    return ("0 above the turn before", low, high, lambda w: (w.p[0] - w.before) / w.w[1])


def _b(low: float, high: float) -> tuple[str, float, float, Measure]:
    return ("B/A", low, high, lambda w: w.by(2, 1))


def _c(low: float, high: float) -> tuple[str, float, float, Measure]:
    return ("C beyond A", low, high, lambda w: w.beyond(3, 1, 1))


IMPULSE_PARTS: Parts = [
    ("2/1", (0.5, 0.618), lambda w: w.by(2, 1)),
    ("3/1", (1.0, 1.618, 2.618), lambda w: w.by(3, 1)),
    ("4/3", (0.236, 0.382), lambda w: w.by(4, 3)),
    ("5/1", (0.618, 1.0, 1.618), lambda w: w.by(5, 1)),
    ("alternation", None, lambda w: abs(w.by(2, 1) - w.by(4, 3)) / 0.25),
    ("channel", None, _channel),
]
WEDGE_PARTS: Parts = [
    ("2/1", (0.5, 0.618), lambda w: w.by(2, 1)),
    ("4/2", (0.618, 0.786), lambda w: w.by(4, 2)),
    ("wedge", (0.618, 0.786), lambda w: 0.5 * (w.by(3, 1) + w.by(5, 3))),
    ("channel", None, _channel),
]


def _abc(b: tuple[float, ...], c: tuple[float, ...]) -> Parts:
    return [("B/A", b, lambda w: w.by(2, 1)), ("C/A", c, lambda w: w.by(3, 1))]


DRIVES = [DRIVE, CORRECT, DRIVE, CORRECT, DRIVE]
FLAT = [CORRECT, CORRECT, DRIVE]
MOTIVE, CORRECTIVE = ("0.382", "0.5", "0.618"), ("0.618", "1.0", "1.618")
SHAPES: dict[str, Shape] = {
    "impulse": Shape("012345", DRIVES, IMPULSE, IMPULSE_PARTS, MOTIVE),
    "leading_diagonal": Shape("012345", DRIVES, [*WEDGE, _place(-INF, 0.0)], WEDGE_PARTS, MOTIVE),
    "ending_diagonal": Shape("012345", [CORRECT] * 5, [*WEDGE, _place(0.0, INF)], WEDGE_PARTS, MOTIVE),
    "zigzag": Shape(
        "0ABC",
        [DRIVE, CORRECT, DRIVE],
        [_b(-INF, 0.9), _c(0.0, INF)],
        _abc((0.382, 0.5, 0.618), (0.618, 1.0, 1.618)),
        CORRECTIVE,
    ),
    "regular_flat": Shape("0ABC", FLAT, [_b(0.9, 1.05), _c(0.0, 0.272)], _abc((1.0,), (1.0,)), CORRECTIVE),
    "expanded_flat": Shape(
        "0ABC", FLAT, [_b(1.05, 1.618), _c(0.0, INF)], _abc((1.236, 1.382), (1.618,)), CORRECTIVE
    ),
    "running_flat": Shape(
        "0ABC",
        FLAT,
        [_b(1.05, 1.618), _c(-INF, 0.0), ("C/B", 0.618, INF, lambda w: w.by(3, 2))],
        _abc((1.236, 1.382), (1.0,)),
        CORRECTIVE,
    ),
    "triangle": Shape(
        "0ABCDE",
        [CORRECT] * 5,
        [
            _b(0.382, 1.236),
            ("C/B", -INF, 1.0, lambda w: w.by(3, 2)),
            ("D/C", -INF, 1.0, lambda w: w.by(4, 3)),
            ("E/D", -INF, 1.0, lambda w: w.by(5, 4)),
            _c(-INF, 0.0),
        ],
        [
            ("C/A", (0.618,), lambda w: w.by(3, 1)),
            ("D/B", (0.618,), lambda w: w.by(4, 2)),
            ("E/C", (0.618,), lambda w: w.by(5, 3)),
        ],
        CORRECTIVE,
    ),
    "double_three": Shape(
        "0WXY",
        [THREE, CORRECT, THREE],
        [("X/W", 0.236, 1.0, lambda w: w.by(2, 1)), ("Y beyond W", 0.0, INF, lambda w: w.beyond(3, 1, 1))],
        [("X/W", (0.5, 0.618), lambda w: w.by(2, 1)), ("Y/W", (0.618, 1.0), lambda w: w.by(3, 1))],
        CORRECTIVE,
    ),
}


def elliott(
    high: Floats,
    low: Floats,
    close: Floats,
    *,
    degrees: int = 3,
    counts: int = 3,
    pivots: str = "atr",
    reversal: float = 2.0,
    misses: bool = False,
) -> list[Row]:
    """The counts of the family, in the order of their confirmation; or the near misses."""
    whole = np.isfinite(high) & np.isfinite(low) & np.isfinite(close)
    index = np.flatnonzero(whole).tolist()
    columns = high[whole], low[whole], close[whole]
    rows: list[Row] = []
    for degree in range(degrees):
        found = turns(*columns, pivots, reversal * 2**degree)
        for last in range(len(found)):
            window = found[max(0, last + 1 - REMEMBERED) : last + 1]
            rows += _misses(window, index) if misses else _best(window, counts, MARKS[degree], index)
    # Stable: of one bar the first degree comes first.
    return sorted(rows, key=lambda row: row["bar"] if misses else row["confirmed"])


def _best(window: list[Turn], most: int, mark: str, index: list[int]) -> list[Row]:
    met = []
    for name, shape in SHAPES.items():
        for ends, waves in _counts(window, shape.spans):
            if all(low <= _measured(measure, waves) <= high for _, low, high, measure in shape.rules):
                parts = {part: _share(wish, _measured(measure, waves)) for part, wish, measure in shape.parts}
                score = 0.0
                for value in parts.values():
                    score += value
                met.append((score / len(parts), name, shape, ends, waves, parts))
    met.sort(key=lambda count: -count[0])
    return [_row(*count, mark, index) for count in met[:most]]


def _misses(window: list[Turn], index: list[int]) -> list[Row]:
    rows = []
    for name, shape in SHAPES.items():
        for _, waves in _counts(window, [(1,)] * len(shape.spans)):
            measured = [
                (rule, _measured(measure, waves), low, high) for rule, low, high, measure in shape.rules
            ]
            unmet = [(rule, value) for rule, value, low, high in measured if not low <= value <= high]
            if len(unmet) == 1 and math.isfinite(unmet[0][1]):
                rows.append({"name": name, "bar": index[window[-1].certain], "unmet": unmet[0][0]})
    return rows


def _counts(window: list[Turn], spans: Sequence[Sequence[int]]) -> Iterator[tuple[list[Turn], Waves]]:
    """Every way to count waves that end at the last turn, those with shorter waves at the end first."""
    for choice in product(*reversed(spans)):
        places = [len(window) - 1]
        for swings in choice:
            places.append(places[-1] - swings)
        places.reverse()
        if places[0] < 0:
            continue
        pairs = pairwise(places)
        if all(_is_wave(window[begin : end + 1]) for begin, end in pairs):
            ends = [window[place] for place in places]
            yield ends, Waves(ends, window[places[0] - 2] if places[0] >= 2 else None)


def _is_wave(part: list[Turn]) -> bool:
    sign = 1 if part[-1].top else -1
    low, high = sign * part[0].price, sign * part[-1].price
    return low < high and all(low <= sign * turn.price <= high for turn in part)


def _measured(measure: Measure, waves: Waves) -> float:
    try:
        return measure(waves)
    except ZeroDivisionError:
        return math.nan


def _share(wish: tuple[float, ...] | None, measured: float) -> float:
    if math.isnan(measured):
        return 0.0
    if wish is None:
        return min(max(measured, 0.0), 1.0)
    return max(0.0, *(1.0 - abs(measured - ratio) / (0.382 * ratio) for ratio in wish))


def _row(
    score: float,
    name: str,
    shape: Shape,
    ends: list[Turn],
    waves: Waves,
    parts: dict[str, float],
    mark: str,
    index: list[int],
) -> Row:
    start, end = ends[0].price, ends[-1].price
    certain = index[ends[-1].certain]
    return {
        "name": name,
        "direction": -waves.sign,
        "detected": certain,
        "confirmed": certain,
        "score": score,
        "invalidation": end,
        "zone_low": math.nan,
        "zone_high": math.nan,
        "points": [
            (mark.format(role), index[turn.bar], turn.price)
            for role, turn in zip(shape.roles, ends, strict=True)
        ],
        "parts": parts,
        "targets": {share: end + float(share) * (start - end) for share in shape.shares},
    }
