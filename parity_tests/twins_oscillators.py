"""Slow twins of oscillators, channels and levels: the definitions, bar by bar, in plain Python."""

import datetime as dt
import math

from twins import NAN, Column, mean_of, smoothed, true_range

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def finite(*values: float) -> bool:
    return all(map(math.isfinite, values))


def windows(column: Column, period: int) -> list[Column]:
    """The last values at each bar; empty while one of them is missing."""
    found = [column[i + 1 - period : i + 1] if i + 1 >= period else [] for i in range(len(column))]
    return [window if finite(*window) else [] for window in found]


def sums(column: Column, period: int) -> Column:
    return [math.fsum(window) if window else NAN for window in windows(column, period)]


def share(above: float, below: float, empty: str) -> float:
    if below == 0 and not math.isnan(above):
        return 0.0 if empty == "zero" else NAN
    return above / below if below else NAN


def shares(above: Column, below: Column, empty: str) -> Column:
    return [share(a, b, empty) for a, b in zip(above, below, strict=True)]


def before(column: Column, bars: int = 1) -> Column:
    return [NAN] * min(bars, len(column)) + column[: max(0, len(column) - bars)]


def supertrend(
    high: Column, low: Column, close: Column, period: int, mult: float, first_bar: str, first: str
) -> list[Column]:
    ranges = smoothed(true_range(high, low, close), 1 / period, period, int(first_bar == "skip"))
    values, trends = [], []
    up: bool | None = None
    top = bottom = last = NAN
    for hi, lo, c, r in zip(high, low, close, ranges, strict=True):
        if not finite(hi, lo, c, r):
            up = None
            values.append(NAN)
            trends.append(NAN)
            continue
        upper, lower = (hi + lo) / 2 + mult * r, (hi + lo) / 2 - mult * r
        if up is None:
            up, top, bottom = first == "up", upper, lower
        else:
            top = upper if upper < top or last > top else top
            bottom = lower if lower > bottom or last < bottom else bottom
            up = not c < bottom if up else c > top
        last = c
        values.append(bottom if up else top)
        trends.append(1.0 if up else -1.0)
    return [values, trends]


def donchian(high: Column, low: Column, period: int, counted: str) -> list[Column]:
    top = [max(w) if w else NAN for w in windows(high, period)]
    bottom = [min(w) if w else NAN for w in windows(low, period)]
    if counted == "without_current":
        whole = [finite(hi, lo) for hi, lo in zip(high, low, strict=True)]
        top = [x if here else NAN for x, here in zip(before(top), whole, strict=True)]
        bottom = [x if here else NAN for x, here in zip(before(bottom), whole, strict=True)]
    return [top, [(t + b) / 2 for t, b in zip(top, bottom, strict=True)], bottom]


def cci(high: Column, low: Column, close: Column, period: int, empty: str) -> Column:
    typical = [(hi + lo + c) / 3 for hi, lo, c in zip(high, low, close, strict=True)]
    result = []
    for window in windows(typical, period):
        if not window:
            result.append(NAN)
            continue
        mean = mean_of(window)
        spread = mean_of([abs(x - mean) for x in window])
        still = spread <= 1e-14 * abs(mean)
        result.append(share(0.0, 0.0, empty) if still else (window[-1] - mean) / (0.015 * spread))
    return result


def mfi(
    high: Column, low: Column, close: Column, volume: Column, period: int, first_bar: str, empty: str
) -> Column:
    up, down = [], []
    last = NAN
    begun = False
    for hi, lo, c, v in zip(high, low, close, volume, strict=True):
        price = (hi + lo + c) / 3
        money = price * v
        if first_bar == "both" and not begun:
            pair = (money, money)
        elif not finite(price, last, money):
            pair = (NAN, NAN)
        elif abs(price - last) <= 1e-14 * (abs(price) + abs(last)):
            pair = (0.0, 0.0)
        else:
            pair = (money, 0.0) if price > last else (0.0, money)
        begun = begun or finite(money)
        last = price
        up.append(pair[0])
        down.append(pair[1])
    rising, falling = sums(up, period), sums(down, period)
    both = [a + b for a, b in zip(rising, falling, strict=True)]
    return [100 * x for x in shares(rising, both, empty)]


def cmo(source: Column, period: int, smoothing: str, empty: str) -> Column:
    changes = [x - b for x, b in zip(source, before(source), strict=True)]
    up = [max(c, 0.0) if finite(c) else NAN for c in changes]
    down = [max(-c, 0.0) if finite(c) else NAN for c in changes]
    if smoothing == "sum":
        rises, falls = sums(up, period), sums(down, period)
    else:
        rises, falls = smoothed(up, 1 / period, period), smoothed(down, 1 / period, period)
    apart = [a - b for a, b in zip(rises, falls, strict=True)]
    both = [a + b for a, b in zip(rises, falls, strict=True)]
    return [100 * x for x in shares(apart, both, empty)]


def aroon(high: Column, low: Column, period: int) -> list[Column]:
    def young(column: Column) -> Column:
        result = []
        for window in windows(column, period + 1):
            newest_first = window[::-1]
            age = newest_first.index(max(window)) if window else NAN
            result.append(100 * (period - age) / period)
        return result

    up, down = young(high), young([-x for x in low])
    return [up, down, [a - b for a, b in zip(up, down, strict=True)]]


def stddev(source: Column, period: int, mult: float, of: str) -> Column:
    result = []
    for window in windows(source, period):
        mean = mean_of(window) if window else NAN
        squares = math.fsum((x - mean) ** 2 for x in window)
        result.append(mult * math.sqrt(squares / (period - (of == "sample"))) if window else NAN)
    return result


def linear_regression(source: Column, period: int) -> list[Column]:
    rows = []
    middle = (period - 1) / 2
    places = [i - middle for i in range(period)]
    squares = math.fsum(p * p for p in places)
    for window in windows(source, period):
        if not window:
            rows.append([NAN] * 5)
            continue
        mean = mean_of(window)
        apart = [x - mean for x in window]
        slope = math.fsum(p * a for p, a in zip(places, apart, strict=True)) / squares
        variance = math.fsum(a * a for a in apart)
        fit = slope**2 * squares / variance if len(set(window)) > 1 else NAN
        rows.append(
            [mean + slope * middle, slope, mean - slope * middle, math.degrees(math.atan(slope)), fit]
        )
    return [list(column) for column in zip(*rows, strict=True)]


def vortex(high: Column, low: Column, close: Column, period: int, empty: str) -> list[Column]:
    ranges = sums(true_range(high, low, close), period)
    plus = [abs(hi - lo) for hi, lo in zip(high, before(low), strict=True)]
    minus = [abs(lo - hi) for lo, hi in zip(low, before(high), strict=True)]
    return [shares(sums(moved, period), ranges, empty) for moved in (plus, minus)]


def ultimate(
    high: Column, low: Column, close: Column, short: int, medium: int, long: int, order: str, empty: str
) -> Column:
    ranges = true_range(high, low, close)
    buying = [
        c - min(lo, b) if finite(c, lo, b) else NAN
        for c, lo, b in zip(close, low, before(close), strict=True)
    ]
    periods = sorted([short, medium, long]) if order == "sorted" else [short, medium, long]
    spans = [shares(sums(buying, n), sums(ranges, n), empty) for n in periods]
    return [100 * (4 * a + 2 * b + c) / 7 for a, b, c in zip(*spans, strict=True)]


def period_of(time: float, span: str, utc_offset: int, opening: int) -> object:
    """What tells the spans of time apart."""
    if span == "number":
        return time
    local = EPOCH + dt.timedelta(milliseconds=time, minutes=utc_offset - opening)
    if opening >= 720:
        local += dt.timedelta(days=1)
    if span == "month":
        return local.year, local.month
    return local.isocalendar()[:2] if span == "week" else local.date()


def levels_of(method: str, o: float, h: float, l: float, c: float, now: float) -> Column:  # noqa: E741
    """The pivot, then resistances and supports in turn."""
    d, p = h - l, (h + l + c) / 3
    if method == "fibonacci":
        return [p, *(p + sign * k * d for k in (0.382, 0.618, 1) for sign in (1, -1)), NAN, NAN]
    if method == "camarilla":
        return [p, *(c + sign * 1.1 * d / k for k in (12, 6, 4, 2) for sign in (1, -1))]
    if method == "demark":
        x = h + l + c + (l if c < o else h if c > o else c)
        return [x / 4, x / 2 - l, x / 2 - h, *[NAN] * 6]
    p = (h + l + 2 * now) / 4 if method == "woodie" else p
    first, below = 2 * p - l, 2 * p - h
    last = (3 * p + h - 3 * l, 3 * p - 3 * h + l) if method == "classic" else (first + 2 * d, below - 2 * d)
    return [p, first, below, p + d, p - d, first + d, below - d, *last]


def pivot_points(
    open: Column,  # noqa: A002
    high: Column,
    low: Column,
    close: Column,
    time: Column,
    method: str,
    span: str,
    utc_offset: int,
    opening: int,
) -> list[Column]:
    rows = []
    held: object = None
    bars: list[tuple[float, ...]] = []
    levels = [NAN] * 9
    for bar in zip(open, high, low, close, time, strict=True):
        if not finite(*bar):
            rows.append([NAN] * 9)
            continue
        found = period_of(bar[4], span, utc_offset, opening)
        if found != held:
            if bars:
                h, l = max(b[1] for b in bars), min(b[2] for b in bars)  # noqa: E741
                levels = levels_of(method, bars[0][0], h, l, bars[-1][3], bar[0])
            held, bars = found, []
        bars.append(bar)
        rows.append(levels)
    return [list(column) for column in zip(*rows, strict=True)]


def zigzag(high: Column, low: Column, close: Column, percent: float, price: str) -> list[tuple[float, ...]]:
    """Rows (index, pivot, price, direction), then the last leg (its price, its bar, its direction)."""
    if price == "close":
        highs = lows = [c if finite(hi, lo, c) else NAN for hi, lo, c in zip(high, low, close, strict=True)]
    else:
        highs = [hi if finite(hi, lo, c) else NAN for hi, lo, c in zip(high, low, close, strict=True)]
        lows = [lo if finite(hi, lo, c) else NAN for hi, lo, c in zip(high, low, close, strict=True)]

    def turned(side: int, since: int, i: int) -> int | None:
        """The bar that bar ``i`` makes a top (or a bottom) of what came since another bar."""
        ahead, back = (highs, lows) if side > 0 else (lows, highs)
        seen = [k for k in range(since, i + 1) if finite(highs[k])]
        best = max(seen, key=lambda k: (side * ahead[k], -k))
        after = [side * back[k] for k in seen if k > best]
        if not after or after[-1] != min(after) or after.count(after[-1]) > 1:
            return None
        return best if side * ahead[best] - after[-1] > percent / 100 * abs(ahead[best]) else None

    rows: list[tuple[float, ...]] = []
    side, since = 0, {1: 0, -1: 0}
    for i in range(len(highs)):
        if not finite(highs[i]):
            continue
        found = {s: turned(s, since[s], i) for s in (1, -1) if side in (0, s)}
        told = [s for s, at in found.items() if at is not None]
        if len(told) != 1:
            continue
        (s,) = told
        at = found[s]
        assert at is not None
        if side:
            rows.append((i, at, (highs if s > 0 else lows)[at], s))
        side, since[-s] = -s, i
    seen = [k for k in range(since[side] if side else 0, len(highs)) if finite(highs[k])]
    if not side or not seen:
        return [*rows, (NAN, NAN, NAN)]
    ahead = highs if side > 0 else lows
    best = max(seen, key=lambda k: (side * ahead[k], -k))
    return [*rows, (ahead[best], best, side)]


def fractals(high: Column, low: Column, left: int, right: int, ties: str) -> list[tuple[float, ...]]:
    """Rows (index, pivot, high, low)."""

    def stands(column: Column, at: int) -> bool:
        older, x, newer = column[at - left : at], column[at], column[at + 1 : at + 1 + right]
        if not finite(*older, x, *newer):
            return False
        return all(x > y or (x == y and ties == "left") for y in older) and all(x > y for y in newer)

    rows = []
    for i in range(left + right, len(high)):
        at = i - right
        top, bottom = stands(high, at), stands([-x for x in low], at)
        if top or bottom:
            rows.append((i, at, high[at] if top else NAN, low[at] if bottom else NAN))
    return rows
