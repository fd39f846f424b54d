"""Support and resistance, and the volume profile, written from their definitions.

Slow, obvious, and without our code: the judge of both entries.
"""

from fractions import Fraction
from math import isfinite, nan
from typing import NamedTuple


class Level(NamedTuple):
    price: float
    touches: int
    strength: float
    first: int
    last: int
    role: int


def complete(*values: float) -> bool:
    return all(isfinite(x) for x in values)


def average_true_range(high, low, close, period: int) -> list[float]:
    """Wilder's average, seeded with the mean of the first ranges; a missing one begins a new seed."""
    average, seed, result = nan, [], []
    known = False  # whether there has been a complete bar
    for i in range(len(high)):
        tr = nan
        if complete(high[i], low[i], close[i]):
            if not known:
                tr = high[i] - low[i]
            elif complete(close[i - 1]):
                tr = max(high[i], close[i - 1]) - min(low[i], close[i - 1])
        known = known or complete(high[i], low[i], close[i])
        if not isfinite(tr):
            average, seed = nan, []
        elif isfinite(average):
            average = (average * (period - 1) + tr) / period
        else:
            seed.append(tr)
            if len(seed) == period:
                average, seed = sum(seed) / period, []
        result.append(average)
    return result


def pivots(values, left: int, right: int, sign: int) -> list[int]:
    """The bars that are pivot highs (sign +1) or pivot lows (sign -1)."""
    found = []
    for at in range(left, len(values) - right):
        window = values[at - left : at + right + 1]
        before, after = values[at - left : at], values[at + 1 : at + right + 1]
        here = values[at]
        if (
            complete(*window)
            and all(sign * here >= sign * x for x in before)
            and all(sign * here > sign * x for x in after)
        ):
            found.append(at)
    return found


def support_resistance(high, low, close, left=5, right=5, tolerance=0.5, atr_period=14, min_touches=2):
    whole = [complete(*bar) for bar in zip(high, low, close, strict=True)]
    highs = [x if ok else nan for x, ok in zip(high, whole, strict=True)]
    lows = [x if ok else nan for x, ok in zip(low, whole, strict=True)]
    atr = average_true_range(high, low, close, atr_period)
    turns = [(at, 0, highs[at]) for at in pivots(highs, left, right, +1)]
    turns += [(at, 1, lows[at]) for at in pivots(lows, left, right, -1)]
    levels: list[list[tuple[int, float, float]]] = []  # bar, price, strength of each touch

    def price_of(level):
        return sum(price for _, price, _ in level) / len(level)

    for at, side, price in sorted(turns):
        confirmed = at + right
        unit = atr[confirmed]
        if not isfinite(unit):
            continue
        after = slice(at + 1, confirmed + 1)
        thrown = price - min(lows[after]) if side == 0 else max(highs[after]) - price
        touch = (at, price, thrown / unit if unit > 0 else 0.0)
        by_distance = sorted(levels, key=lambda level: (abs(price - price_of(level)), price_of(level)))
        if by_distance and abs(price - price_of(by_distance[0])) <= tolerance * unit:
            by_distance[0].append(touch)
        else:
            levels.append([touch])
    last_close = [c for c, ok in zip(close, whole, strict=True) if ok][-1:] or [nan]
    rows = [
        Level(
            price_of(level),
            len(level),
            sum(strength for _, _, strength in level),
            level[0][0],
            level[-1][0],
            1 if price_of(level) <= last_close[0] else -1,
        )
        for level in levels
        if len(level) >= min_touches
    ]
    return sorted(rows)


class Row(NamedTuple):
    low: float
    high: float
    volume: float
    buy: float
    sell: float
    node: int


class Profile(NamedTuple):
    rows: list[Row]
    poc: float
    value_low: float
    value_high: float


def volume_profile(high, low, close, volume, bins=24, value_area=0.7, spread="range") -> Profile:
    """In fractions, so that what is equal by definition is equal here."""
    bars = [
        tuple(map(Fraction, bar))
        for bar in zip(high, low, close, volume, strict=True)
        if complete(*bar) and bar[3] >= 0 and bar[0] >= bar[1]
    ]
    if not bars:
        return Profile([], nan, nan, nan)
    bottom, top = min(bar[1] for bar in bars), max(bar[0] for bar in bars)
    if top == bottom:
        bins = 1
    edges = [bottom + (top - bottom) * i / bins for i in range(bins + 1)]
    traded, bought = [Fraction(0)] * bins, [Fraction(0)] * bins

    def row_of(price):
        return max(i for i in range(bins) if edges[i] <= price or i == 0)

    for h, lo, c, v in bars:
        c = min(max(c, lo), h)
        share = (c - lo) / (h - lo) if h > lo else Fraction(1, 2)
        for i in range(bins):
            if spread == "close":
                part = Fraction(row_of(c) == i)
            elif h > lo:
                part = max(Fraction(0), min(h, edges[i + 1]) - max(lo, edges[i])) / (h - lo)
            else:
                part = Fraction(row_of(h) == i)
            traded[i] += v * part
            bought[i] += v * part * share

    middle = Fraction(bins - 1, 2)
    poc = min(range(bins), key=lambda i: (-traded[i], abs(i - middle), i))
    below, above = poc, poc
    while sum(traded[below : above + 1]) < Fraction(value_area) * sum(traded):
        up, down = traded[above + 1 : above + 3], traded[max(below - 2, 0) : below]
        if up and (not down or sum(up) >= sum(down)):
            above += len(up)
        else:
            below -= len(down)

    def node(i):
        first = last = i
        while first > 0 and traded[first - 1] == traded[i]:
            first -= 1
        while last < bins - 1 and traded[last + 1] == traded[i]:
            last += 1
        beside = [traded[j] for j in (first - 1, last + 1) if 0 <= j < bins]
        mean = sum(traded) / bins
        if beside and all(x < traded[i] for x in beside) and traded[i] > mean:
            return 1
        if len(beside) == 2 and all(x > traded[i] for x in beside) and traded[i] < mean:
            return -1
        return 0

    rows = [
        Row(
            float(edges[i]),
            float(edges[i + 1]),
            float(traded[i]),
            float(bought[i]),
            float(traded[i] - bought[i]),
            node(i),
        )
        for i in range(bins)
    ]
    return Profile(
        rows, float((edges[poc] + edges[poc + 1]) / 2), float(edges[below]), float(edges[above + 1])
    )
