"""Turning points by the rules of the core, leg by leg over a whole series."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Turn(NamedTuple):
    """A top or bottom, and the bar that made it certain."""

    bar: int
    price: float
    top: bool
    certain: int


def turns(high: Floats, low: Floats, close: Floats, pivots: str, reversal: float) -> list[Turn]:
    """All turns of a series without missing prices, in the order in which they become certain."""
    if pivots == "bars":
        return _by_neighbours(high, low, max(int(reversal), 1))
    if pivots == "percent":
        return _by_reversal(high, low, lambda _, price: reversal / 100 * abs(price))
    average = average_true_range(high, low, close)
    # The average may be 0, and a turn then needs any move at all.
    return _by_reversal(high, low, lambda bar, _: reversal * average[bar] if reversal > 0 else 0.0)


def average_true_range(high: Floats, low: Floats, close: Floats, period: int = 14) -> Floats:
    """Wilder's average; missing for the first bars."""
    result = np.full(len(close), np.nan)
    ranges = [
        max(high[i] - low[i], abs(high[i] - close[i - 1]), abs(low[i] - close[i - 1]))
        if i
        else high[i] - low[i]
        for i in range(len(close))
    ]
    if len(ranges) >= period:
        result[period - 1] = math.fsum(ranges[:period]) / period
    for i in range(period, len(close)):
        result[i] = result[i - 1] + (ranges[i] - result[i - 1]) / period
    return result


Threshold = Callable[[int, float], float]


def _ends(ahead: Floats, back: Floats, start: int, threshold: Threshold) -> Iterator[tuple[int, int]]:
    """Where a leg upwards from a bar may have its top, and the bar that makes it certain."""
    extreme, lowest = start, math.inf
    for bar in range(start + 1, len(ahead)):
        if ahead[bar] > ahead[extreme]:
            extreme, lowest = bar, math.inf
        elif back[bar] < lowest:
            lowest = back[bar]
            if ahead[extreme] - lowest > threshold(bar, ahead[extreme]):
                yield extreme, bar


def _by_reversal(high: Floats, low: Floats, threshold: Threshold) -> list[Turn]:
    def ends(top: bool, start: int) -> Iterator[tuple[int, int]]:
        return _ends(high, low, start, threshold) if top else _ends(-low, -high, start, threshold)

    # The first end of either kind only tells the direction, and both at once tell nothing.
    first = {top: {bar for _, bar in ends(top, 0)} for top in (True, False)}
    either = first[True] ^ first[False]
    if not either:
        return []
    start = min(either)
    top = start in first[False]
    found = []
    while (end := next(ends(top, start), None)) is not None:
        bar, start = end
        found.append(Turn(bar, float(high[bar] if top else low[bar]), top, start))
        top = not top
    return found


def _by_neighbours(high: Floats, low: Floats, reach: int) -> list[Turn]:
    def extreme(prices: Floats, bar: int) -> bool:
        before, after = prices[bar - reach : bar], prices[bar + 1 : bar + reach + 1]
        return bool((before <= prices[bar]).all() and (after < prices[bar]).all())

    found: list[Turn] = []
    candidate: Turn | None = None
    for bar in range(reach, len(high) - reach):
        top, bottom = extreme(high, bar), extreme(-low, bar)
        if top == bottom:
            continue
        turn = Turn(bar, float(high[bar] if top else low[bar]), top, bar + reach)
        if candidate is None:
            candidate = turn
        elif candidate.top != turn.top:
            found.append(candidate._replace(certain=turn.certain))
            candidate = turn
        elif turn.price > candidate.price if turn.top else turn.price < candidate.price:
            candidate = turn
    return found
