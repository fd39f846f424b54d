// What a chart computes: against twins that look at every bar, live, and for whatever a caller may hand over.
import { beforeAll, describe, expect, test } from "vitest";
import {
  type Candles,
  FIBONACCI,
  fibonacci,
  hitFibonacci,
  hitLevels,
  hitLine,
  hitPolyline,
  hitRay,
  hitRectangle,
  hitSegment,
  Line,
  lttb,
  Scale,
  ticks,
  timeTicks,
  View,
} from "../src/chart/index.js";
import init, { Bars } from "../src/index.js";
import { barAt, bits, expectCode, slice, walk, wasm } from "./support.js";

beforeAll(() => init({ module: wasm() }));

const N = 5000;
const data = walk(N);

/** Candles by looking at each bar. */
function slow(bars: typeof data, { start, step, length }: Candles) {
  const n = bars.close.length;
  return Array.from({ length }, (_, i) => {
    const [from, to] = [start + i * step, Math.min(start + (i + 1) * step, n)];
    const part = (name: keyof typeof bars) => bars[name].subarray(from, to);
    return {
      time: part("time")[0],
      open: part("open")[0],
      high: Math.max(...part("high")),
      low: Math.min(...part("low")),
      close: part("close").at(-1),
      volume: part("volume").reduce((sum, x) => sum + x, 0),
    };
  });
}

function rows(candles: Candles) {
  const { time, open, high, low, close, volume, length } = candles;
  return Array.from({ length }, (_, i) => ({
    time: time[i],
    open: open[i],
    high: high[i],
    low: low[i],
    close: close[i],
    volume: volume[i],
  }));
}

describe("View", () => {
  const bars = () => Bars.from(data);

  test("finds bars by time and by place", () => {
    const view = new View(bars());
    const time = (i: number) => data.time[i] as number;
    expect(view.cullTime(time(10), time(20))).toEqual({ from: 10, to: 21 });
    expect(view.cullTime(time(10) + 1, new Date(time(20) - 1), 2)).toEqual({ from: 9, to: 22 });
    expect(view.cullTime(-Infinity, Infinity)).toEqual({ from: 0, to: N });
    expect(view.cullTime(0, 1)).toEqual({ from: 0, to: 0 });
    expect(view.cullIndex(-3.2, 4.4)).toEqual({ from: 0, to: 5 });
    expect(view.cullIndex(10.5, 20.5, 1)).toEqual({ from: 10, to: 22 });
  });

  test.each([
    [{}, 2000],
    [{ from: 17, to: 4321 }, 100],
    [{ from: -700 }, 33],
    [{ from: 40, to: 90 }, 2000],
    [{ from: 9, to: 10 }, 1],
  ])("draws %o with %i candles as a twin does", (window, most) => {
    const candles = new View(bars()).candles(window, most);
    expect(candles.length).toBeLessThanOrEqual(most + 1);
    expect(rows(candles)).toEqual(slow(data, candles));
  });

  test("follows what is pushed, replaced and appended as if it were new", () => {
    const live = Bars.from(slice(data, 0, 1000));
    const view = new View(live);
    for (let i = 1000; i < 1100; i++) {
      live.push({ ...barAt(data, i), high: 1e6 });
      if (i % 3) view.range();
      live.replace(barAt(data, i));
    }
    live.append(slice(data, 1100, 3000));
    const whole = new View(Bars.from(slice(data, 0, 3000)));
    expect(view.range()).toEqual(whole.range());
    expect(bits(view.candles({ from: 900 }, 50))).toEqual(bits(whole.candles({ from: 900 }, 50)));
  });

  test("fills the arrays of a call before", () => {
    const view = new View(bars());
    const candles = view.candles({ from: 0, to: 4000 }, 100);
    const { high } = candles;
    const again = view.candles({ from: 100, to: 4050 }, 90, candles);
    expect(again).toBe(candles);
    expect(again.high).toBe(high);
    expect(rows(again)).toEqual(slow(data, again));
    expect(view.candles({}, 4000, candles).high).not.toBe(high);
  });

  test("gives the ends of an axis, with room", () => {
    const view = new View(bars());
    const [low, high] = [Math.min(...data.low.subarray(5, 99)), Math.max(...data.high.subarray(5, 99))];
    expect(view.range({ from: 5, to: 99 })).toEqual({ low, high });
    const room = view.range({ from: 5, to: 99 }, { top: 0.25, bottom: 0.25 })!;
    expect(room.low).toBeCloseTo(low - (high - low) / 2, 10);
    expect(view.range({ from: 7, to: 7 })).toBeUndefined();
    const flat = new View(Bars.from({ close: [5, 5] }));
    expect(flat.range()).toEqual({ low: 4.95, high: 5.05 });
    const below = new View(Bars.from({ high: [2, 30], low: [-1, 20], close: [1, 25] }));
    expect(below.range({}, { scale: "log" })!.low).toBeCloseTo(20, 10);
  });

  test("has the profile of what is seen", () => {
    const own = bars();
    const profile = new View(own).volumeProfile({ from: 100, to: 400 }, { bins: 12 });
    const [other] = own.compute([{ id: "volume_profile", bins: 12 }], { from: 100, to: 400 });
    expect([...profile]).toEqual([...other]);
    expect(profile.length).toBe(12);
  });

  test("a close alone is all that it needs", () => {
    const candles = new View(Bars.from({ close: [1, NaN, 3, 2] })).candles({}, 2);
    expect(rows(candles)).toEqual([
      { time: NaN, open: 1, high: 1, low: 1, close: 1, volume: NaN },
      { time: NaN, open: 3, high: 3, low: 2, close: 2, volume: NaN },
    ]);
    expectCode(() => new View(Bars.from({ high: [1] })), "unknown_column");
  });

  test("is refused what makes no sense", () => {
    const view = new View(bars());
    expect(expectCode(() => view.candles({}, 0), "param_range").message).toBe("most 0 is below 1");
    expectCode(() => view.candles({}, NaN), "param_range");
    expectCode(() => view.candles({}, "9" as never), "param_type");
    expectCode(() => view.candles({ from: 1.5 }, 9), "param_type");
    expectCode(() => view.cullTime(NaN, 1), "param_range");
    expectCode(() => view.cullIndex(1, 2, -1), "param_range");
    expectCode(() => view.range({}, { top: 0.6, bottom: 0.6 }), "param_range");
    expectCode(() => view.range({}, { scale: "cubic" as never }), "param_choice");
    expectCode(() => new View({} as never), "input_type");
  });

  test("is freed", () => {
    const own = bars();
    const view = new View(own);
    view.free();
    view.free();
    expectCode(() => view.range(), "freed");
    const other = new View(own);
    own.free();
    expectCode(() => other.candles(), "freed");
    expectCode(() => other.volumeProfile(), "freed");
  });
});

describe("Line", () => {
  test("draws a column with its extremes", () => {
    const line = new Line(Bars.from(data), "volume");
    const { at, value, length } = line.extremes({}, 100);
    expect(length).toBeLessThanOrEqual(202);
    expect(Math.max(...value)).toBe(Math.max(...data.volume));
    expect(Math.min(...value)).toBe(Math.min(...data.volume));
    at.forEach((bar, i) => expect(data.volume[bar]).toBe(value[i]));
    expect([...at].every((x, i) => i === 0 || x > (at[i - 1] as number))).toBe(true);
  });

  test("draws a column with the largest triangles", () => {
    const line = new Line(Bars.from(data));
    const points = line.lttb({ from: 100, to: 4000 }, 50);
    const chosen = lttb(data.time.subarray(100, 4000), data.close.subarray(100, 4000), 50);
    expect([...points.at]).toEqual([...chosen].map((i) => i + 100));
    expect(points.length).toBe(50);
    expect(line.lttb({}, 50, points)).toBe(points);
    expect([...lttb([1, 2, 3], [1, NaN, 3], 9)]).toEqual([0, 2]);
    expectCode(() => lttb([1, 2], [1], 9), "input_length");
  });

  test("follows an attached indicator, gaps included", () => {
    const bars = Bars.from(slice(data, 0, 400));
    const [rsi, macd] = bars.attach([{ id: "rsi" }, { id: "macd" }]);
    const line = new Line(rsi);
    const signal = new Line(macd, "signal");
    for (let i = 400; i < 500; i++) {
      bars.push(barAt(data, i));
      if (i % 7 === 0) line.range();
    }
    const values = [...rsi.copy()].filter((x) => !Number.isNaN(x));
    expect(line.range()).toEqual({ low: Math.min(...values), high: Math.max(...values) });
    const shown = [...macd.copy().signal].filter((x) => !Number.isNaN(x));
    expect(signal.range()).toEqual({ low: Math.min(...shown), high: Math.max(...shown) });
    expect(line.extremes({ from: 0, to: 8 }, 2).value).toEqual(Float64Array.of(NaN, NaN));
    expect(line.cullTime(data.time[3]!, data.time[5]!)).toEqual({ from: 3, to: 6 });
    rsi.free();
    macd.free();
    // Another group takes the place of the one that was freed.
    bars.attach([{ id: "sma" }]);
    expectCode(() => line.range(), "freed");
    expectCode(() => signal.extremes(), "freed");
  });

  test("is refused what is no line", () => {
    const bars = Bars.from(data);
    const [profile, macd] = bars.attach([{ id: "volume_profile" }, { id: "macd" }]);
    expectCode(() => new Line(profile as never), "source");
    expectCode(() => new Line(macd, "nothing"), "source");
    expectCode(() => new Line(bars, "nothing"), "unknown_column");
    expectCode(() => new Line(null as never), "input_type");
  });
});

describe("axes", () => {
  test("place prices", () => {
    const linear = new Scale("linear", { low: 100, high: 200 }, { height: 400 });
    expect([linear.y(150), linear.price(100), linear.y(NaN)]).toEqual([200, 175, NaN]);
    expect([...linear.ys([100, 200, null])]).toEqual([400, 0, NaN]);
    const into = new Float64Array(9);
    expect(linear.ys(Float64Array.of(100), into)).toBe(into);
    const log = new Scale("log", { low: 1, high: 100 }, { height: 200, inverted: true });
    expect([log.y(10), log.y(0)]).toEqual([100, NaN]);
    const percent = new Scale("percent", { low: -10, high: 10 }, { height: 100, base: 50 });
    expect([percent.shown(55), percent.y(55), percent.priceOf(10), percent.yOf(0)]).toEqual([10, 0, 55, 50]);
    expect([...percent.ticks(4).values]).toEqual([-10, -5, 0, 5, 10]);
    expect([...log.ticks(2).values]).toEqual([1, 10, 100]);
  });

  test("are refused what is none", () => {
    const axis = (kind: unknown, low: unknown, high: unknown, height: unknown = 9, base?: number) =>
      new Scale(kind as never, { low, high } as never, { height, ...(base === undefined ? {} : { base }) } as never);
    expect(expectCode(() => axis("linear", 2, 2), "param_range").message).toBe("low 2 is not below 2");
    expectCode(() => axis("log", 0, 2), "param_range");
    expectCode(() => axis("percent", 0, 2), "param_range");
    expectCode(() => axis("percent", 0, 2, 9, 0), "param_range");
    expectCode(() => axis("linear", 0, 2, -1), "param_range");
    expectCode(() => axis("linear", 0n, 2), "param_type");
    expectCode(() => axis("cubic", 0, 2), "param_choice");
    expectCode(() => axis(undefined, 0, 2), "param_choice");
    expectCode(() => axis("linear", 0, 2).y("1" as never), "param_type");
  });

  test("have round numbers", () => {
    expect(ticks(0.1, 0.7, 6)).toEqual({ values: Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7), step: 0.1, decimals: 1 });
    expect([...ticks(100.1, 100.9, 4, 0.25).values]).toEqual([100.25, 100.5, 100.75]);
    expectCode(() => ticks(0, 1, 0), "param_range");
    expectCode(() => ticks(0, 1, 1e9), "param_range");
    expectCode(() => ticks(1, 0, 5), "param_range");
  });

  test("have round moments, in the time of a zone", () => {
    const found = timeTicks(Date.UTC(2024, 2, 9, 6), Date.UTC(2024, 2, 12), 3, { zone: "America/New_York" });
    expect([...found.time]).toEqual([9, 10, 11].map((day) => Date.UTC(2024, 2, day, day === 11 ? 4 : 5)).filter((t) => t >= Date.UTC(2024, 2, 9, 6)));
    expect(found.unit.every((unit) => unit === "day")).toBe(true);
    const years = timeTicks(new Date(0), new Date(Date.UTC(2020, 0)), 5);
    expect([...years.time].map((t) => new Date(t).getUTCFullYear())).toEqual([1970, 1980, 1990, 2000, 2010, 2020]);
    expect(years.unit[0]).toBe("year");
    expectCode(() => timeTicks(0, Infinity, 5), "param_range");
    expectCode(() => timeTicks(NaN, 1, 5), "param_range");
    expectCode(() => timeTicks(0, 1, 5, { zone: "Nowhere/None" }), "session");
  });
});

describe("drawings", () => {
  const [at, a, b] = [{ x: 13, y: 4 }, { x: 0, y: 0 }, { x: 10, y: 0 }];

  test("are so many pixels away", () => {
    expect([hitSegment(at, a, b), hitRay(at, a, b), hitRay(at, b, a), hitLine(at, b, a)]).toEqual([5, 4, 5, 4]);
    expect(hitRectangle({ x: 5, y: 2 }, a, { x: 10, y: 10 })).toBe(2);
    expect(hitRectangle({ x: 5, y: 2 }, a, { x: 10, y: 10 }, true)).toBe(0);
    expect(hitPolyline(at, [0, 10, NaN, 10, 20], [0, 0, 0, 9, 9])).toEqual({ distance: 5, part: 0 });
    expect(hitLevels({ x: 5, y: 18 }, 0, 10, [10, 20, 40])).toEqual({ distance: 2, part: 1 });
    expect(hitLevels(at, 0, 10, [])).toEqual({ distance: Infinity, part: 0 });
    expect(hitSegment({ x: NaN, y: 0 }, a, b)).toBe(Infinity);
  });

  test("of Fibonacci lie at their prices", () => {
    const scale = new Scale("linear", { low: 100, high: 200 }, { height: 100 });
    expect(fibonacci(100, 200, 0.5)).toBe(150);
    const hit = hitFibonacci({ x: 5, y: 51 }, { x: 0, price: 100 }, { x: 10, price: 200 }, scale);
    expect(hit).toEqual({ distance: 1, part: FIBONACCI.indexOf(0.5) });
  });

  test("are refused what is no point", () => {
    expectCode(() => hitSegment(null as never, a, b), "param_type");
    expectCode(() => hitSegment({ x: 1n, y: 0 } as never, a, b), "param_type");
    expectCode(() => hitPolyline(at, [1, 2], [1]), "input_length");
    expectCode(() => hitPolyline(at, 5 as never, [1]), "input_type");
  });
});
