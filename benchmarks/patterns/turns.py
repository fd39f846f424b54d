"""Turning points by the rules of the core, leg by leg over a whole series."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Threshold = Callable[[int, float], float]


class Turn(NamedTuple):
    """A top or bottom, and the bar that made it certain."""

    bar: int
    price: float
    top: bool
    certain: int


def turns(high: Floats, low: Floats, close: Floats, pivots: str, reversal: float) -> list[Turn]:
    """All turns of a series without missing prices, in the order in which they become certain."""
    if pivots == "bars":
        return _by_neighbours(high, low, max(int(reversal), 1))[0]
    return _by_reversal(high, low, _threshold(high, low, close, pivots, reversal))


def origin(high: Floats, low: Floats, close: Floats, pivots: str, reversal: float) -> Turn | None:
    """The extreme from which price first moved away; none with neighbours."""
    if pivots == "bars":
        return None
    first = _first_move(high, low, _threshold(high, low, close, pivots, reversal))
    if first is None:
        return None
    bar, up = first
    at = int(np.argmin(low[: bar + 1]) if up else np.argmax(high[: bar + 1]))
    return Turn(at, float(low[at] if up else high[at]), not up, bar)


def tips(high: Floats, low: Floats, found: list[Turn], pivots: str, reversal: float) -> list[Turn | None]:
    """For every bar the extreme since the last turn that was certain by then."""
    if pivots == "bars":
        return _by_neighbours(high, low, max(int(reversal), 1))[1]
    tips: list[Turn | None] = [None] * len(high)
    for turn, following in zip(found, [*found[1:], None], strict=True):
        prices = low if turn.top else high
        extreme = turn.certain
        for bar in range(turn.certain, following.certain if following else len(high)):
            if prices[bar] < prices[extreme] if turn.top else prices[bar] > prices[extreme]:
                extreme = bar
            tips[bar] = Turn(extreme, float(prices[extreme]), not turn.top, bar)
    return tips


def _threshold(high: Floats, low: Floats, close: Floats, pivots: str, reversal: float) -> Threshold:
    if pivots == "percent":
        return lambda _, price: reversal / 100 * abs(price)
    average = average_true_range(high, low, close)
    # The average may be 0, and a turn then needs any move at all.
    return lambda bar, _: reversal * average[bar] if reversal > 0 else 0.0


def average_true_range(high: Floats, low: Floats, close: Floats, period: int = 14) -> Floats:
    """Wilder's average; for the first bars the mean of the ranges so far."""
    result = np.full(len(close), np.nan)
    ranges = [
        max(high[i] - low[i], abs(high[i] - close[i - 1]), abs(low[i] - close[i - 1]))
        if i
        else high[i] - low[i]
        for i in range(len(close))
    ]
    for i in range(min(period, len(close))):
        result[i] = math.fsum(ranges[: i + 1]) / (i + 1)
    for i in range(period, len(close)):
        result[i] = result[i - 1] + (ranges[i] - result[i - 1]) / period
    return result


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


def _legs(
    high: Floats, low: Floats, top: bool, start: int, threshold: Threshold
) -> Iterator[tuple[int, int]]:
    return _ends(high, low, start, threshold) if top else _ends(-low, -high, start, threshold)


def _first_move(high: Floats, low: Floats, threshold: Threshold) -> tuple[int, bool] | None:
    """The bar that tells the direction, and whether it is up; both at once tell nothing."""
    first = {top: {bar for _, bar in _legs(high, low, top, 0, threshold)} for top in (True, False)}
    either = first[True] ^ first[False]
    return (min(either), min(either) in first[False]) if either else None


def _by_reversal(high: Floats, low: Floats, threshold: Threshold) -> list[Turn]:
    first = _first_move(high, low, threshold)
    if first is None:
        return []
    start, top = first
    found = []
    while (end := next(_legs(high, low, top, start, threshold), None)) is not None:
        bar, start = end
        found.append(Turn(bar, float(high[bar] if top else low[bar]), top, start))
        top = not top
    return found


def _by_neighbours(high: Floats, low: Floats, reach: int) -> tuple[list[Turn], list[Turn | None]]:
    """The turns, and for every bar the extreme that is the next one unless there is a greater."""

    def extreme(prices: Floats, bar: int) -> bool:
        before, after = prices[bar - reach : bar], prices[bar + 1 : bar + reach + 1]
        return bool((before <= prices[bar]).all() and (after < prices[bar]).all())

    found: list[Turn] = []
    candidates: list[Turn | None] = [None] * len(high)
    candidate: Turn | None = None
    for bar in range(reach, len(high) - reach):
        top, bottom = extreme(high, bar), extreme(-low, bar)
        if top != bottom:
            turn = Turn(bar, float(high[bar] if top else low[bar]), top, bar + reach)
            if candidate and candidate.top != turn.top:
                found.append(candidate._replace(certain=turn.certain))
                candidate = turn
            elif candidate is None or (
                turn.price > candidate.price if turn.top else turn.price < candidate.price
            ):
                candidate = turn
        candidates[bar + reach] = candidate
    return found, candidates
