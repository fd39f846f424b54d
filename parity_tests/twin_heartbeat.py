"""The heartbeat in plain Python, written from its definition: slow and obvious, to judge the core by."""

from math import inf, isfinite, nan, sqrt
from typing import NamedTuple

WINDOW = 256


class Turn(NamedTuple):
    """A row of the table."""

    index: int  # type: ignore[assignment]
    pivot: int
    price: float
    direction: int
    duration: float
    amplitude: float


def average_true_range(high: list[float], low: list[float], close: list[float], period: int) -> list[float]:
    """Wilder's average; a missing range begins it anew with the mean of the next `period` ranges."""
    averages, seed, value = [], [], nan
    begun = False
    for i in range(len(close)):
        if begun:
            apart = [high[i] - low[i], abs(high[i] - close[i - 1]), abs(low[i] - close[i - 1])]
            true_range = max(apart) if all(map(isfinite, apart)) else nan
        else:
            begun = all(map(isfinite, (high[i], low[i], close[i])))
            true_range = high[i] - low[i] if begun else nan
        if not isfinite(true_range):
            seed, value = [], nan
        elif len(seed) < period:
            seed.append(true_range)
            value = sum(seed) / period if len(seed) == period else nan
        else:
            value = (value * (period - 1) + true_range) / period
        averages.append(value)
    return averages


def turns(
    high: list[float],
    low: list[float],
    close: list[float],
    mult: float = 2.0,
    atr_period: int = 14,
    threshold: str = "atr",
) -> list[Turn]:
    """Every turn, looking over the whole swing again at each bar."""
    atr = average_true_range(high, low, close, atr_period)
    complete = [all(map(isfinite, bar)) for bar in zip(high, low, close, strict=True)]
    # A bottom is a top of the prices below zero.
    ahead = {1: high, -1: [-x for x in low]}
    back = {1: low, -1: [-x for x in high]}

    def extreme(direction: int, first: int, now: int) -> int | None:
        """The bar that this one makes a turn."""
        bars = [i for i in range(first, now + 1) if complete[i]]
        top = max(bars, key=lambda i: ahead[direction][i])
        price, far = ahead[direction][top], back[direction]
        if top == now or any(far[i] <= far[now] for i in bars if top < i < now):
            return None
        limit = mult * atr[now] if threshold == "atr" else mult / 100 * abs(price)
        return top if price - far[now] > limit else None

    found: list[Turn] = []
    sought, first = 0, 0
    for now in range(len(close)):
        if not complete[now]:
            continue
        ends = {d: extreme(d, first, now) for d in ([1, -1] if sought == 0 else [sought])}
        ends = {d: bar for d, bar in ends.items() if bar is not None}
        if len(ends) != 1:
            continue
        ((direction, pivot),) = ends.items()
        if sought != 0:
            price = (high if direction > 0 else low)[pivot]
            before = found[-1] if found else None
            duration = pivot - before.pivot if before else nan
            amplitude = abs(price - before.price) if before else nan
            found.append(Turn(now, pivot, price, direction, duration, amplitude))
        sought, first = -direction, pivot + 1
    return found


def dominant_cycle(close: list[float]) -> tuple[float, float]:
    """Its length and the correlation at it; (NaN, 0) where there is none."""
    filled: list[float] = []
    for price in close:
        if isfinite(price) or filled:
            filled.append(price if isfinite(price) else filled[-1])
    window = filled[-WINDOW:]
    n = len(window)
    if n < 64:
        return nan, 0.0
    mean, middle = sum(window) / n, (n - 1) / 2
    moment = sum((i - middle) * (window[i] - mean) for i in range(n))
    slope = moment / sum((i - middle) ** 2 for i in range(n))
    rest = [window[i] - mean - slope * (i - middle) for i in range(n)]
    if max(map(abs, rest)) <= max(map(abs, window)) * 2.0**-40:
        return nan, 0.0
    by_lag = []
    for lag in range(n // 2 + 1):
        pairs = [(rest[i], rest[i + lag]) for i in range(n - lag)]
        squares = sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs)
        by_lag.append(sum(a * b for a, b in pairs) / sqrt(squares))
    peaks, at = [], next((lag for lag, r in enumerate(by_lag) if r <= 0), len(by_lag))
    while at < len(by_lag):
        stretch = []
        while at < len(by_lag) and by_lag[at] > 0:
            stretch.append(at)
            at += 1
        if stretch:
            peak = max(stretch, key=lambda lag: by_lag[lag])
            if peak < len(by_lag) - 1:
                peaks.append(peak)
        at += 1
    highest = max((by_lag[lag] for lag in peaks), default=inf)
    return next(((float(lag), by_lag[lag]) for lag in peaks if by_lag[lag] >= 0.9 * highest), (nan, 0.0))


def quartile(numbers: list[float], quarter: int) -> float:
    """Interpolated between the two sorted numbers beside the position."""
    ordered = sorted(numbers)
    whole, rest = divmod((len(ordered) - 1) * quarter, 4)
    upper = ordered[min(whole + 1, len(ordered) - 1)]
    return ordered[whole] + (upper - ordered[whole]) * rest / 4


def summary(rows: list[Turn], close: list[float], beats: int = 10) -> dict[str, float]:
    """The numbers beside the rows as of the last bar."""
    durations = [row.duration for row in rows[1:]][-beats:]
    n = len(durations)
    cycle, strength = dominant_cycle(close)
    numbers = dict.fromkeys(["beat", "regularity", "cycle", "due_from", "due_to", "confidence"], nan)
    numbers["cycle"] = cycle
    beat = sum(durations) / n if n else nan
    numbers["beat"] = beat
    if n > 1:
        deviation = sqrt(sum((d - beat) ** 2 for d in durations) / n)
        regularity = max(0.0, 1 - deviation / beat)
        agreement = strength * min(cycle, 2 * beat) / max(cycle, 2 * beat) if isfinite(cycle) else 0.0
        numbers["regularity"] = regularity
        numbers["due_from"] = rows[-1].pivot + quartile(durations, 1)
        numbers["due_to"] = rows[-1].pivot + quartile(durations, 3)
        numbers["confidence"] = regularity * n / beats * (1 + agreement) / 2
    return numbers
