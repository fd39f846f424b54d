"""Slow twins of entries that no reference covers in full: the definitions, bar by bar, in plain Python."""

import itertools
import math
from collections.abc import Callable, Iterator

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


def weighted(source: Column, weights: Column) -> Column:
    """The last bars with these weights, the oldest first; missing while one of them is."""
    result = []
    for i in range(len(source)):
        window = source[max(0, i + 1 - len(weights)) : i + 1]
        whole = len(window) == len(weights) and all(map(math.isfinite, window))
        result.append(math.fsum(w * x for w, x in zip(weights, window, strict=True)) if whole else NAN)
    return result


def wma(source: Column, period: int) -> Column:
    sum_of_weights = period * (period + 1) / 2
    return weighted(source, [(i + 1) / sum_of_weights for i in range(period)])


def ema(source: Column, period: int) -> Column:
    return smoothed(source, 2 / (period + 1), period)


def combined(shares: Column, *columns: Column) -> Column:
    return [sum(s * x for s, x in zip(shares, row, strict=True)) for row in zip(*columns, strict=True)]


def ehma(source: Column, period: int) -> Column:
    raw = combined([2, -1], ema(source, max(period // 2, 1)), ema(source, period))
    return ema(raw, math.isqrt(period))


def thma(source: Column, period: int) -> Column:
    parts = [wma(source, max(period // part, 1)) for part in (3, 2, 1)]
    return wma(combined([3, -1, -1], *parts), period)


def swma(source: Column) -> Column:
    return weighted(source, [1 / 6, 2 / 6, 2 / 6, 1 / 6])


def trima(source: Column, period: int) -> Column:
    """Weights that rise and fall by one a bar."""
    rise = [float(min(i + 1, period - i)) for i in range(period)]
    return weighted(source, [x / sum(rise) for x in rise])


def alma(source: Column, period: int, offset: float, sigma: float, center: str) -> Column:
    middle = offset * (period - 1)
    if center == "floor":
        middle = math.floor(middle)
    bell = [math.exp(-((i - middle) ** 2) / (2 * (period / sigma) ** 2)) for i in range(period)]
    return weighted(source, [x / math.fsum(bell) for x in bell])


def lsma(source: Column, period: int, offset: int) -> Column:
    """The weights with which least squares reads the line at one of its bars."""
    middle = (period - 1) / 2
    spread = math.fsum((i - middle) ** 2 for i in range(period)) or 1.0
    at = period - 1 - offset - middle
    return weighted(source, [1 / period + at * (i - middle) / spread for i in range(period)])


def kama(source: Column, period: int, fast: int, slow: int) -> Column:
    result = []
    value = NAN
    for i, now in enumerate(source):
        window = source[max(0, i - period) : i + 1]
        if len(window) <= period or not all(map(math.isfinite, window)):
            value = NAN
        else:
            way = abs(now - window[0])
            steps = math.fsum(abs(b - a) for a, b in itertools.pairwise(window))
            efficiency = way / steps if steps else 1.0
            speed = 2 / (slow + 1) + efficiency * (2 / (fast + 1) - 2 / (slow + 1))
            begin = source[i - 1] if math.isnan(value) else value
            value = begin + speed**2 * (now - begin)
        result.append(value)
    return result


def runs(source: Column) -> Iterator[Column]:
    """The source in pieces: of finite values, and of single ones that are not."""
    for finite, values in itertools.groupby(source, math.isfinite):
        run = list(values)
        if finite:
            yield run
        else:
            yield from ([x] for x in run)


def mcginley(source: Column, period: int, factor: float, seed: str) -> Column:
    result = []
    for run in runs(source):
        line = [NAN] * len(run)
        begin = period - 1 if seed == "mean" else 0
        if len(run) > begin and math.isfinite(run[0]):
            line[begin] = mean_of(run[: begin + 1])
            for i in range(begin + 1, len(run)):
                last = line[i - 1]
                line[i] = last + (run[i] - last) / (factor * period * (run[i] / last) ** 4)
        result += [x if i >= period - 1 else NAN for i, x in enumerate(line)]
    return result


def filtered(source: Column, rule: Callable[[Column], Column]) -> Column:
    """Each run of finite values by itself."""
    return [x for run in runs(source) for x in (rule(run) if math.isfinite(run[0]) else [NAN])]


def jma(source: Column, period: int, phase: float) -> Column:
    beta = 0.45 * (period - 1) / (0.45 * (period - 1) + 2)
    alpha = beta**2

    def rule(run: Column) -> Column:
        e0, e1, e2, line = run[0], 0.0, 0.0, run[0]
        result = []
        for x in run:
            e0 = (1 - alpha) * x + alpha * e0
            e1 = (x - e0) * (1 - beta) + beta * e1
            e2 = (e0 + (phase / 100 + 1.5) * e1 - line) * (1 - alpha) ** 2 + alpha**2 * e2
            line += e2
            result.append(line)
        return result

    return filtered(source, rule)


def laguerre(source: Column, gamma: float) -> Column:
    """By sections, each over the whole run: the first an average, the others all-pass."""

    def rule(run: Column) -> Column:
        section = smoothed(run, 1 - gamma, 1)
        sections = [section]
        for _ in range(3):
            passed = []
            for i, x in enumerate(section):
                before, last = (section[i - 1], passed[-1]) if i else (run[0], run[0])
                passed.append(before - gamma * x + gamma * last)
            section = passed
            sections.append(section)
        return combined([1 / 6, 2 / 6, 2 / 6, 1 / 6], *sections)

    return filtered(source, rule)


def super_smoother(source: Column, period: int) -> Column:
    angle = math.sqrt(2) * math.pi / period
    kept = math.exp(-angle)
    c2, c3 = 2 * kept * math.cos(angle), -(kept**2)

    def rule(run: Column) -> Column:
        result = [run[0]] * 2
        for before, x in itertools.pairwise([run[0], *run]):
            result.append((1 - c2 - c3) * (x + before) / 2 + c2 * result[-1] + c3 * result[-2])
        return result[2:]

    return filtered(source, rule)
