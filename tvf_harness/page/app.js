// What charts in typical applications run: arrays of `{ time, value }` objects built with slice, map, filter and
// reduce, a window at a time. Written to be read, not to be fast. Defaults and definitions are the catalog's.

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const closes = (bars) => bars.map(({ time, close }) => ({ time, value: close }));

// A chart draws no warm-up: points exist from the first full window on.
const windows = (points, period, compute) =>
  points.slice(period - 1).map(({ time }, i) => {
    const window = points.slice(i, i + period).map(({ value }) => value);
    return { time, value: compute(window) };
  });

// Smooths points by `value += (x - value) * factor` from the mean of the first `period` on.
const smoothed = (points, period, factor) => {
  const result = [];
  points.forEach(({ time, value }, i) => {
    if (i + 1 < period) return;
    const previous = result[result.length - 1];
    if (previous) result.push({ time, value: previous.value + (value - previous.value) * factor });
    else result.push({ time, value: mean(points.slice(0, period).map((p) => p.value)) });
  });
  return result;
};

const wilder = (points, period) => smoothed(points, period, 1 / period);
const smaOf = (points, period) => windows(points, period, mean);
const emaOf = (points, period) => smoothed(points, period, 2 / (period + 1));
const joined = (left, right, compute) => {
  const at = new Map(right.map(({ time, value }) => [time, value]));
  return left
    .filter(({ time }) => at.has(time))
    .map(({ time, value }) => ({ time, value: compute(value, at.get(time)) }));
};

const sma = (bars, { period }) => ({ value: smaOf(closes(bars), period) });
const ema = (bars, { period }) => ({ value: emaOf(closes(bars), period) });

const wma = (bars, { period }) => {
  const weights = (period * (period + 1)) / 2;
  const weigh = (values) => values.reduce((sum, value, i) => sum + value * (i + 1), 0) / weights;
  return { value: windows(closes(bars), period, weigh) };
};

const hma = (bars, { period }) => {
  const weigh = (values) =>
    values.reduce((sum, value, i) => sum + value * (i + 1), 0) / ((values.length * (values.length + 1)) / 2);
  const wmaOf = (points, length) => windows(points, length, weigh);
  const points = closes(bars);
  const half = wmaOf(points, Math.max(Math.floor(period / 2), 1));
  const ahead = joined(half, wmaOf(points, period), (short, long) => 2 * short - long);
  return { value: wmaOf(ahead, Math.floor(Math.sqrt(period))) };
};

const total = (values) => values.reduce((sum, value) => sum + value, 0);
const spans = (bars, period, compute) =>
  bars.slice(period - 1).map(({ time }, i) => ({ time, value: compute(bars.slice(i, i + period)) }));

const vwma = (bars, { period }) => {
  const average = (span) => total(span.map((b) => b.close * b.volume)) / total(span.map((b) => b.volume));
  return { value: spans(bars, period, average) };
};

const cmf = (bars, { period }) => {
  const share = ({ high, low, close }) => (high > low ? (close - low - (high - close)) / (high - low) : 0);
  const flow = (span) => total(span.map((b) => share(b) * b.volume)) / total(span.map((b) => b.volume));
  return { value: spans(bars, period, flow) };
};

const rvol = (bars, { period, by }) => {
  if (by !== "time_of_day") {
    const times = (span) => (span[span.length - 1].volume * span.length) / total(span.map((b) => b.volume));
    return { value: spans(bars, period, times) };
  }
  const seen = {};
  const points = bars.map(({ time, volume }) => {
    const at = new Date(time).toISOString().slice(11, 19);
    const usual = (seen[at] ?? []).slice(-period);
    seen[at] = [...usual, volume];
    return { time, value: usual.length < period ? NaN : volume / mean(usual) };
  });
  return { value: points.filter(({ value }) => !Number.isNaN(value)) };
};

const rsi = (bars, { period }) => {
  const changes = bars.slice(1).map(({ time, close }, i) => ({ time, value: close - bars[i].close }));
  const gains = wilder(changes.map(({ time, value }) => ({ time, value: Math.max(value, 0) })), period);
  const losses = wilder(changes.map(({ time, value }) => ({ time, value: Math.max(-value, 0) })), period);
  return { value: joined(gains, losses, (up, down) => (down === 0 ? 100 : 100 - 100 / (1 + up / down))) };
};

const stoch = (bars, { period, k, d }) => {
  const raw = bars.slice(period - 1).map(({ time, close }, i) => {
    const window = bars.slice(i, i + period);
    const high = Math.max(...window.map((bar) => bar.high));
    const low = Math.min(...window.map((bar) => bar.low));
    return { time, value: (100 * (close - low)) / (high - low) };
  });
  const slow = smaOf(raw, k);
  return { k: slow, d: smaOf(slow, d) };
};

const macd = (bars, { fast, slow, signal }) => {
  const points = closes(bars);
  const line = joined(emaOf(points, fast), emaOf(points, slow), (a, b) => a - b);
  const trigger = emaOf(line, signal);
  return { macd: line, signal: trigger, hist: joined(line, trigger, (a, b) => a - b) };
};

const bbands = (bars, { period, mult }) => {
  const deviation = (values) => {
    const centre = mean(values);
    return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
  };
  const middle = smaOf(closes(bars), period);
  const width = windows(closes(bars), period, deviation);
  return {
    upper: joined(middle, width, (m, w) => m + mult * w),
    middle,
    lower: joined(middle, width, (m, w) => m - mult * w),
  };
};

const trueRange = (bars) =>
  bars.map(({ time, high, low }, i) => {
    if (i === 0) return { time, value: high - low };
    const { close } = bars[i - 1];
    return { time, value: Math.max(high - low, Math.abs(high - close), Math.abs(low - close)) };
  });

const atr = (bars, { period }) => ({ value: wilder(trueRange(bars), period) });

const channel = (middle, width, mult) => ({
  upper: joined(middle, width, (m, w) => m + mult * w),
  middle,
  lower: joined(middle, width, (m, w) => m - mult * w),
});

const keltner = (bars, { period, mult, atr_period }) =>
  channel(emaOf(closes(bars), period), wilder(trueRange(bars), atr_period), mult);

const smaAtrChannel = (bars, { period, mult, atr_period }) =>
  channel(smaOf(closes(bars), period), wilder(trueRange(bars), atr_period), mult);

const psar = (bars, { start, step, max }) => {
  let state = null;
  const points = bars.slice(1).map(({ time, high, low, close }, i) => {
    const before = bars.slice(Math.max(i - 1, 0), i + 1);
    if (state === null) {
      const up = close > bars[0].close;
      state = { up, stop: up ? bars[0].low : bars[0].high, extreme: up ? high : low, pace: start };
    }
    let { up, stop, extreme, pace } = state;
    stop += pace * (extreme - stop);
    if (up ? low < stop : high > stop) {
      stop = up ? Math.max(high, extreme) : Math.min(low, extreme);
      [up, extreme, pace] = [!up, up ? low : high, start];
    } else if (up ? high > extreme : low < extreme) {
      [extreme, pace] = [up ? high : low, Math.min(pace + step, max)];
    }
    stop = up ? Math.min(stop, ...before.map((b) => b.low)) : Math.max(stop, ...before.map((b) => b.high));
    state = { up, stop, extreme, pace };
    return { time, value: stop, trend: up ? 1 : -1 };
  });
  return {
    value: points.map(({ time, value }) => ({ time, value })),
    trend: points.map(({ time, trend }) => ({ time, value: trend })),
  };
};

const adx = (bars, { period }) => {
  const moves = bars.slice(1).map(({ time, high, low }, i) => {
    const up = high - bars[i].high;
    const down = bars[i].low - low;
    return { time, plus: up > down && up > 0 ? up : 0, minus: down > up && down > 0 ? down : 0 };
  });
  const range = wilder(trueRange(bars).slice(1), period);
  const plus = wilder(moves.map(({ time, plus }) => ({ time, value: plus })), period);
  const minus = wilder(moves.map(({ time, minus }) => ({ time, value: minus })), period);
  const plusDi = joined(plus, range, (move, tr) => (100 * move) / tr);
  const minusDi = joined(minus, range, (move, tr) => (100 * move) / tr);
  const dx = joined(plusDi, minusDi, (p, m) => (100 * Math.abs(p - m)) / (p + m));
  return { adx: wilder(dx, period), plus_di: plusDi, minus_di: minusDi };
};

const ichimoku = (bars, { conversion, base, span }) => {
  const middle = (period) =>
    spans(bars, period, (window) => {
      const high = Math.max(...window.map((bar) => bar.high));
      return (high + Math.min(...window.map((bar) => bar.low))) / 2;
    });
  const [short, middling] = [middle(conversion), middle(base)];
  const mid = joined(short, middling, (a, b) => (a + b) / 2);
  return { conversion: short, base: middling, span_a: mid, span_b: middle(span), lagging: closes(bars) };
};

const obv = (bars) => {
  let total = 0;
  const value = bars.slice(1).map(({ time, close, volume }, i) => {
    if (close > bars[i].close) total += volume;
    if (close < bars[i].close) total -= volume;
    return { time, value: total };
  });
  return { value };
};

const vwap = (bars, { anchor, mult }) => {
  const dayOf = (time) => (anchor === "none" ? "" : new Date(time).toISOString().slice(0, 10));
  let session = { day: null };
  const points = bars.map(({ time, high, low, close, volume }) => {
    const typical = (high + low + close) / 3;
    const day = dayOf(time);
    if (day !== session.day) session = { day, volume: 0, value: typical, squares: 0 };
    const total = session.volume + volume;
    const value = session.value + ((typical - session.value) * volume) / total;
    const squares = session.squares + volume * (typical - session.value) * (typical - value);
    session = { day, volume: total, value, squares };
    const width = mult * Math.sqrt(squares / total);
    return { time, value, upper: value + width, lower: value - width };
  });
  return {
    vwap: points.map(({ time, value }) => ({ time, value })),
    upper: points.map(({ time, upper }) => ({ time, value: upper })),
    lower: points.map(({ time, lower }) => ({ time, value: lower })),
  };
};

const smaCross = (bars, { fast, slow }) => {
  const points = closes(bars);
  const places = new Map(bars.map(({ time }, i) => [time, i]));
  const slowLine = smaOf(points, slow);
  const fastLine = new Map(smaOf(points, fast).map(({ time, value }) => [time, value]));
  const both = slowLine
    .filter(({ time }) => fastLine.has(time))
    .map(({ time, value }) => ({ time, fast: fastLine.get(time), slow: value }));
  return both
    .map((now, i) => ({ ...now, before: both[i - 1] }))
    .filter(({ before, fast, slow }) => before && before.fast > before.slow !== fast > slow)
    .map(({ time, fast, slow }) => ({
      index: places.get(time),
      time,
      direction: fast > slow ? 1 : -1,
      fast,
      slow,
    }));
};

const supportResistance = (bars, { left, right, tolerance, atr_period, min_touches }) => {
  const ranges = new Map(wilder(trueRange(bars), atr_period).map(({ time, value }) => [time, value]));
  const isPivot = (at, price) => {
    const before = bars.slice(at - left, at).map(price);
    const after = bars.slice(at + 1, at + right + 1).map(price);
    const own = price(bars[at]);
    return before.every((p) => p <= own) && after.every((p) => p < own);
  };
  const pivots = bars.flatMap((bar, at) => {
    if (at < left || at + right >= bars.length) return [];
    const after = bars.slice(at + 1, at + right + 1);
    const range = ranges.get(bars[at + right].time);
    const top = { at, range, price: bar.high, thrown: bar.high - Math.min(...after.map(({ low }) => low)) };
    const bottom = { at, range, price: bar.low, thrown: Math.max(...after.map(({ high }) => high)) - bar.low };
    return [isPivot(at, ({ high }) => high) && top, isPivot(at, ({ low }) => -low) && bottom].filter(Boolean);
  });
  const levels = pivots
    .filter(({ range }) => range !== undefined)
    .reduce((found, pivot) => {
      const price = (level) => mean(level.map((p) => p.price));
      const distance = (level) => Math.abs(pivot.price - price(level));
      const [nearest] = [...found].sort((x, y) => distance(x) - distance(y) || price(x) - price(y));
      if (!nearest || distance(nearest) > tolerance * pivot.range) return [...found, [pivot]];
      return found.map((level) => (level === nearest ? [...level, pivot] : level));
    }, []);
  const { close } = bars[bars.length - 1];
  return levels
    .filter((level) => level.length >= min_touches)
    .map((level) => ({
      price: mean(level.map(({ price }) => price)),
      touches: level.length,
      strength: level.reduce((sum, { thrown, range }) => sum + (range > 0 ? thrown / range : 0), 0),
      first: level[0].at,
      last: level[level.length - 1].at,
    }))
    .map((level) => ({ ...level, role: level.price <= close ? 1 : -1 }))
    .sort((x, y) => x.price - y.price);
};

const volumeProfile = (bars, { bins, value_area, spread }) => {
  const bottom = bars.reduce((least, { low }) => Math.min(least, low), Infinity);
  const top = bars.reduce((most, { high }) => Math.max(most, high), -Infinity);
  const count = top > bottom ? bins : 1;
  const edge = (row) => (row === count ? top : bottom + ((top - bottom) * row) / count);
  const empty = Array.from({ length: count }, (_, row) => ({ low: edge(row), high: edge(row + 1) }));
  const holds = (row, price) => price >= row.low && (price < row.high || row.high === top);
  const shareOf = (row, { high, low, close }) => {
    if (spread === "close" || high === low) return holds(row, close) ? 1 : 0;
    return Math.max(0, Math.min(high, row.high) - Math.max(low, row.low)) / (high - low);
  };
  const bought = ({ high, low, close }) => (high > low ? (close - low) / (high - low) : 0.5);
  const filled = empty.map((row) => {
    const parts = bars.map((bar) => ({ part: bar.volume * shareOf(row, bar), buy: bought(bar) }));
    const volume = parts.reduce((sum, { part }) => sum + part, 0);
    const buy = parts.reduce((sum, { part, buy }) => sum + part * buy, 0);
    return { ...row, volume, buy, sell: volume - buy };
  });
  const volumes = filled.map(({ volume }) => volume);
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  const different = (row, step) => {
    let next = row + step;
    while (volumes[next] === volumes[row]) next += step;
    return volumes[next];
  };
  const node = (volume, row) => {
    const beside = [different(row, -1), different(row, 1)].filter((v) => v !== undefined);
    const apart = volume - sum(volumes) / count;
    if (beside.length > 0 && beside.every((v) => v < volume) && apart > 0) return 1;
    return beside.length === 2 && beside.every((v) => v > volume) && apart < 0 ? -1 : 0;
  };
  const rows = filled.map((row, i) => ({ ...row, node: node(row.volume, i) }));
  const offCentre = (row) => Math.abs(row - (count - 1) / 2);
  const [poc] = [...volumes.keys()].sort((x, y) => volumes[y] - volumes[x] || offCentre(x) - offCentre(y) || x - y);
  let [below, above] = [poc, poc];
  while (sum(volumes.slice(below, above + 1)) < value_area * sum(volumes) && above - below + 1 < count) {
    const up = volumes.slice(above + 1, above + 3);
    const down = volumes.slice(Math.max(below - 2, 0), below);
    if (down.length === 0 || (up.length > 0 && sum(up) >= sum(down))) above += up.length;
    else below -= down.length;
  }
  const area = { value_low: rows[below].low, value_high: rows[above].high };
  return Object.assign(rows, { poc: (rows[poc].low + rows[poc].high) / 2, ...area });
};

// The lag of the first high peak in the correlation of the last closes with themselves.
const cycleOf = (points) => {
  const none = { length: NaN, strength: 0 };
  if (points.length < 64) return none;
  const values = points.slice(-256).map(({ value }) => value);
  const middle = (values.length - 1) / 2;
  const center = mean(values);
  const slope =
    values.reduce((sum, value, i) => sum + (i - middle) * value, 0) /
    values.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  const rest = values.map((value, i) => value - center - slope * (i - middle));
  const product = (left, right) => left.reduce((sum, value, i) => sum + value * right[i], 0);
  const lags = Array.from({ length: Math.floor(rest.length / 2) + 1 }, (_, length) => {
    const [earlier, later] = [rest.slice(0, rest.length - length), rest.slice(length)];
    return { length, strength: product(earlier, later) / Math.sqrt(product(earlier, earlier) * product(later, later)) };
  });
  const crossing = lags.findIndex(({ strength }) => strength <= 0);
  if (crossing < 0) return none;
  const stretches = lags.slice(crossing).reduce(
    (found, lag) => {
      if (lag.strength > 0) found[found.length - 1].push(lag);
      else found.push([]);
      return found;
    },
    [[]],
  );
  const peaks = stretches
    .filter((stretch) => stretch.length > 0)
    .map((stretch) => stretch.reduce((best, lag) => (lag.strength > best.strength ? lag : best)))
    .filter(({ length }) => length < lags.length - 1);
  const highest = Math.max(...peaks.map(({ strength }) => strength));
  return peaks.find(({ strength }) => strength >= 0.9 * highest) ?? none;
};

const heartbeat = (bars, { mult, atr_period, beats, threshold }) => {
  const ranges = new Map(wilder(trueRange(bars), atr_period).map(({ time, value }) => [time, value]));
  const search = (index) => ({ index, back: null });
  const sides = {
    1: { ahead: (bar) => bar.high, back: (bar) => bar.low },
    [-1]: { ahead: (bar) => -bar.low, back: (bar) => -bar.high },
  };
  // Whether a bar makes the extreme of a search a turn.
  const ends = (found, direction, index) => {
    const { ahead, back } = sides[direction];
    const [extreme, bar] = [bars[found.index], bars[index]];
    if (ahead(bar) > ahead(extreme)) {
      Object.assign(found, search(index));
      return false;
    }
    if (found.back !== null && back(bar) >= found.back) return false;
    found.back = back(bar);
    const reach = threshold === "percent" ? (mult / 100) * Math.abs(ahead(extreme)) : mult * ranges.get(bar.time);
    return ahead(extreme) - back(bar) > reach;
  };
  const rows = [];
  let sought = [1, -1];
  const searches = { 1: search(0), [-1]: search(0) };
  bars.slice(1).forEach((_, i) => {
    const index = i + 1;
    const ended = sought.filter((direction) => ends(searches[direction], direction, index));
    if (ended.length !== 1) return;
    const [direction] = ended;
    const pivot = searches[direction].index;
    if (sought.length === 1) {
      const price = direction > 0 ? bars[pivot].high : bars[pivot].low;
      const before = rows[rows.length - 1];
      rows.push({
        index,
        pivot,
        time: bars[pivot].time,
        price,
        direction,
        duration: before ? pivot - before.pivot : NaN,
        amplitude: before ? Math.abs(price - before.price) : NaN,
      });
    }
    sought = [-direction];
    searches[-direction] = search(index);
  });
  const cycle = cycleOf(closes(bars));
  const durations = rows.slice(1).slice(-beats).map(({ duration }) => duration);
  const beat = mean(durations);
  const regularity = Math.max(0, 1 - Math.sqrt(mean(durations.map((d) => (d - beat) ** 2))) / beat);
  const sorted = [...durations].sort((a, b) => a - b);
  const quantile = (share) => {
    const at = (sorted.length - 1) * share;
    const below = sorted[Math.floor(at)];
    return below + (sorted[Math.ceil(at)] - below) * (at % 1);
  };
  const last = rows.length > 0 ? rows[rows.length - 1].pivot : NaN;
  const [shorter, longer] = [cycle.length, 2 * beat].sort((a, b) => a - b);
  const agreement = cycle.strength > 0 ? (cycle.strength * shorter) / longer : 0;
  const confidence = (regularity * (durations.length / beats) * (1 + agreement)) / 2;
  const due = { due_from: last + quantile(0.25), due_to: last + quantile(0.75) };
  return Object.assign(rows, { beat, regularity, cycle: cycle.length, ...due, confidence });
};

export const app = {
  sma,
  ema,
  wma,
  hma,
  vwma,
  rsi,
  stoch,
  macd,
  bbands,
  keltner,
  sma_atr_channel: smaAtrChannel,
  psar,
  atr,
  adx,
  ichimoku,
  obv,
  cmf,
  rvol,
  vwap,
  sma_cross: smaCross,
  support_resistance: supportResistance,
  volume_profile: volumeProfile,
  heartbeat,
};
