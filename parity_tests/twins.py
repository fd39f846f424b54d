"""Slow twins of entries that no reference covers in full: the definitions, bar by bar, in plain Python."""

import math

Column = list[float]
NAN = math.nan


def mean_of(values: Column) -> float:
    return math.fsum(values) / len(values)


def sma(source: Column, period: int) -> Column:
    """The mean of each window; missing while one of its values is."""
    windows = [source[i + 1 - period : i + 1] if i + 1 >= period else [NAN] for i in range(len(source))]
    return [mean_of(window) if all(map(math.isfinite, window)) else NAN for window in windows]


def smoothed(source: Column, weight: float, seed: int, skip: int = 0) -> Column:
    """Smoothing from the mean of ``seed`` finite values in a row; a missing value begins it anew."""
    result = []
    value = NAN
    first: Column = []
    for x in source:
        if not math.isfinite(x):
            value, first = NAN, []
        elif skip > 0:
            skip -= 1
        elif math.isnan(value):
            first.append(x)
            if len(first) == seed:
                value, first = mean_of(first), []
        else:
            value += weight * (x - value)
        result.append(value)
    return result


def true_range(high: Column, low: Column, close: Column) -> Column:
    """The first complete bar has no close before it that counts, and takes high - low."""
    result = []
    before = None
    for hi, lo, c in zip(high, low, close, strict=True):
        if before is None:
            complete = math.isfinite(hi + lo + c)
            result.append(hi - lo if complete else NAN)
            before = c if complete else None
        else:
            parts = [hi - lo, abs(hi - before), abs(lo - before)]
            result.append(NAN if any(map(math.isnan, parts)) else max(parts))
            before = c
    return result


def atr(high: Column, low: Column, close: Column, period: int, first_bar: str) -> Column:
    return smoothed(true_range(high, low, close), 1 / period, period, int(first_bar == "skip"))


def sma_atr_channel(
    high: Column, low: Column, close: Column, period: int, atr_period: int, mult: float, first_bar: str
) -> list[Column]:
    middle = sma(close, period)
    width = atr(high, low, close, atr_period, first_bar)
    pairs = list(zip(middle, width, strict=True))
    return [[m + mult * w for m, w in pairs], middle, [m - mult * w for m, w in pairs]]


def keltner(
    high: Column,
    low: Column,
    close: Column,
    period: int,
    mult: float,
    atr_period: int,
    band: str,
    price: str,
    first_bar: str,
    seed: str,
) -> list[Column]:
    bars = list(zip(high, low, close, strict=True))
    source = close if price == "close" else [(hi + lo + c) / 3 for hi, lo, c in bars]
    ranges = [hi - lo for hi, lo, _ in bars] if band == "range" else true_range(high, low, close)
    length = atr_period if band == "atr" else period
    weight = 1 / length if band == "atr" else 2 / (length + 1)
    skip = int(first_bar == "skip") if band == "atr" else int(band == "tr")
    late = 0
    if seed == "aligned":
        # Both seeds end on the bar where the later one can.
        end = max(period - 1, length - 1 + skip)
        late, skip = end - (period - 1), end - (length - 1)
    middle = smoothed(source, 2 / (period + 1), period, late)
    width = smoothed(ranges, weight, length, skip)
    pairs = list(zip(middle, width, strict=True))
    return [[m + mult * w for m, w in pairs], middle, [m - mult * w for m, w in pairs]]


def ratio(above: float, below: float) -> float:
    return above / below if below else NAN


def vwma(source: Column, volume: Column, period: int, single: str) -> Column:
    if period == 1 and single == "source":
        return source
    turnover = sma([s * v for s, v in zip(source, volume, strict=True)], period)
    return [ratio(a, b) for a, b in zip(turnover, sma(volume, period), strict=True)]


def cmf(high: Column, low: Column, close: Column, volume: Column, period: int, empty: str) -> Column:
    def flow(hi: float, lo: float, c: float, v: float) -> float:
        if not math.isfinite(hi + lo + c + v):
            return NAN
        return v * ((c - lo) - (hi - c)) / (hi - lo) if hi > lo else 0.0

    flows = sma([flow(*bar) for bar in zip(high, low, close, volume, strict=True)], period)
    result = []
    for above, below in zip(flows, sma(volume, period), strict=True):
        nothing = empty == "zero" and below == 0 and not math.isnan(above)
        result.append(0.0 if nothing else ratio(above, below))
    return result


def rvol(volume: Column, time: Column, period: int, by: str, current: str) -> Column:
    result = []
    for i, v in enumerate(volume):
        if by == "time_of_day":
            at = time[i] // 1000 % 86_400
            usual = [
                w
                for w, t in zip(volume[:i], time[:i], strict=True)
                if t // 1000 % 86_400 == at and math.isfinite(w)
            ]
        else:
            usual = volume[: i + 1] if current == "included" else volume[:i]
        usual = usual[-period:]
        whole = len(usual) == period and all(map(math.isfinite, usual))
        result.append(ratio(v, mean_of(usual)) if whole else NAN)
    return result


def psar(
    high: Column,
    low: Column,
    close: Column,
    start: float,
    step: float,
    max: float,  # noqa: A002
    turn: str,
    first: str,
) -> list[Column]:
    """Each run of complete bars is a market of its own."""
    values, trends = [], []
    run: list[tuple[float, float, float]] = []
    for bar in [*zip(high, low, close, strict=True), (NAN, NAN, NAN)]:
        if math.isfinite(sum(bar)):
            run.append(bar)
            continue
        rule = psar_of_touch if turn == "touch" else psar_of_pass
        for value, trend in [*rule(run, start, step, max, first), (NAN, NAN)]:
            values.append(value)
            trends.append(trend)
        run = []
    return [values[:-1], trends[:-1]]


def psar_of_pass(
    bars: list[tuple[float, float, float]], start: float, step: float, most: float, first: str
) -> list[tuple[float, float]]:
    result = [(NAN, NAN)][: len(bars)]
    stop = extreme = pace = 0.0
    up = False
    for i in range(1, len(bars)):
        hi, lo, c = bars[i]
        lows, highs = ([bar[side] for bar in bars[max(0, i - 2) : i]] for side in (1, 0))
        if i == 1:
            up = c > bars[0][2] if first == "auto" else first == "up"
            stop, extreme, pace = (bars[0][1], hi, start) if up else (bars[0][0], lo, start)
        stop += pace * (extreme - stop)
        if up and lo < stop:
            up, stop, extreme, pace = False, max(hi, extreme), lo, start
        elif not up and hi > stop:
            up, stop, extreme, pace = True, min(lo, extreme), hi, start
        elif up and hi > extreme:
            extreme, pace = hi, min(pace + step, most)
        elif not up and lo < extreme:
            extreme, pace = lo, min(pace + step, most)
        stop = min(stop, *lows) if up else max(stop, *highs)
        result.append((stop, 1.0 if up else -1.0))
    return result


def psar_of_touch(
    bars: list[tuple[float, float, float]], start: float, step: float, most: float, first: str
) -> list[tuple[float, float]]:
    result = [(NAN, NAN)][: len(bars)]
    start = min(start, most)
    stop = extreme = 0.0
    pace = start
    up = False
    for i in range(1, len(bars)):
        hi, lo, _ = bars[i]
        before = bars[max(1, i - 1)]
        if i == 1:
            rise, fall = hi - bars[0][0], bars[0][1] - lo
            up = not (fall > 0 and fall > rise) if first == "auto" else first == "up"
            stop, extreme = (bars[0][1], hi) if up else (bars[0][0], lo)
        if up and lo <= stop:
            up, shown, extreme, pace = False, max(extreme, before[0], hi), lo, start
        elif not up and hi >= stop:
            up, shown, extreme, pace = True, min(extreme, before[1], lo), hi, start
        else:
            shown = stop
            further = hi > extreme if up else lo < extreme
            if further:
                extreme, pace = hi if up else lo, min(pace + step, most)
        result.append((shown, 1.0 if up else -1.0))
        stop = shown + pace * (extreme - shown)
        stop = min(stop, before[1], lo) if up else max(stop, before[0], hi)
    return result
