// Answers calls of what a chart computes, and evaluations, which are written as names with arguments:
// parity_tests/test_chart_parity.py and test_evaluation_parity.py have the wheel's answers.

// Calls and answers travel as JSON, in which these numbers are words.
const ODD = { NaN, Infinity, "-Infinity": -Infinity, "-0": -0 };
const read = (_, value) => (typeof value === "string" && Object.hasOwn(ODD, value) ? ODD[value] : value);

const plain = (value) => {
  if (ArrayBuffer.isView(value)) return plain(Array.from(value));
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "number") return value ?? null;
  return Object.is(value, -0) ? "-0" : Number.isFinite(value) ? value : String(value);
};

const point = ([x, y]) => ({ x, y });

function axis(chart, [kind, low, high, height, base, inverted]) {
  return new chart.Scale(kind, { low, high }, { height, base, inverted });
}

function callsOf(tvf, chart, bars) {
  const view = new chart.View(bars);
  const lines = new Map();
  const lineOf = (name) => {
    if (!lines.has(name)) lines.set(name, new chart.Line(bars, name));
    return lines.get(name);
  };
  const windowOf = ([from, to]) => ({ from, to });
  return {
    cullTime: (...args) => Object.values(view.cullTime(...args)),
    cullIndex: (...args) => Object.values(view.cullIndex(...args)),
    range: (window, scale, top, bottom) => {
      const ends = view.range(windowOf(window), { scale, top, bottom });
      return ends && [ends.low, ends.high];
    },
    candles: (window, most) => {
      const { start, step, time, open, high, low, close, volume } = view.candles(windowOf(window), most);
      return [start, step, time, open, high, low, close, volume];
    },
    lineRange: (name, window) => {
      const ends = lineOf(name).range(windowOf(window));
      return ends && [ends.low, ends.high];
    },
    extremes: (name, window, most) => {
      const { at, value } = lineOf(name).extremes(windowOf(window), most);
      return [at, value];
    },
    lttb: (name, window, most) => {
      const { at, value } = lineOf(name).lttb(windowOf(window), most);
      return [at, value];
    },
    scale: (about, prices, pixels, shown) => {
      const scale = axis(chart, about);
      const each = (values, act) => values.map((x) => act.call(scale, x));
      return [
        each(prices, scale.y),
        scale.ys(prices),
        each(pixels, scale.price),
        each(prices, scale.shown),
        each(shown, scale.priceOf),
        each(shown, scale.yOf),
      ];
    },
    scaleTicks: (about, most, unit) => {
      const { values, step, decimals } = axis(chart, about).ticks(most, unit);
      return [values, step, decimals];
    },
    ticks: (...args) => {
      const { values, step, decimals } = chart.ticks(...args);
      return [values, step, decimals];
    },
    timeTicks: (from, to, most, zone) => {
      const { time, unit } = chart.timeTicks(from, to, most, { zone });
      return [time, unit];
    },
    hits: (at, a, b) => {
      const points = [at, a, b].map(point);
      return [
        chart.hitSegment(...points),
        chart.hitRay(...points),
        chart.hitLine(...points),
        chart.hitRectangle(...points),
        chart.hitRectangle(...points, true),
      ];
    },
    polyline: (at, x, y) => Object.values(chart.hitPolyline(point(at), x, y)),
    evaluate: (of) => Object.values(tvf.evaluate(of)),
    levels: (at, from, to, heights, extended) => Object.values(chart.hitLevels(point(at), from, to, heights, extended)),
    fibonacci: (at, [ax, a], [bx, b], about) =>
      Object.values(chart.hitFibonacci(point(at), { x: ax, price: a }, { x: bx, price: b }, axis(chart, about))),
  };
}

export function answers(tvf, chart, text) {
  const { columns, calls } = JSON.parse(text, read);
  const known = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, Float64Array.from(values)]));
  const bars = tvf.Bars.from(known);
  const functions = callsOf(tvf, chart, bars);
  const answer = ([name, ...args]) => {
    try {
      return plain(functions[name](...args));
    } catch (error) {
      if (!(error instanceof tvf.TvfError)) throw error;
      return { code: error.code, message: error.message };
    }
  };
  try {
    return JSON.stringify(calls.map(answer));
  } finally {
    bars.free();
  }
}
