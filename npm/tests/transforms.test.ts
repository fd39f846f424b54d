import { beforeAll, describe, expect, test } from "vitest";
import init, { fibonacci, fibonacciFigures, resample, Transform, transform, transforms } from "../src/index.js";
import { expectCode, walk } from "./support.js";

const close = [100.2, 101, 102.9, 101.1, 100, 103.4];
const time = close.map((_, i) => 1.7e12 + 60_000 * i);

beforeAll(() => init());

describe("transform", () => {
  test("rows are columns, times and volumes missing where none were given", () => {
    const rows = transform("renko", { close });
    expect(Array.from(rows.index)).toEqual([1, 2, 4, 5, 5]);
    expect(Array.from(rows.direction)).toEqual([1, 1, -1, 1, 1]);
    expect(Array.from(rows.close)).toEqual([101, 102, 100, 102, 103]);
    expect(rows.time.every(Number.isNaN) && rows.volume.every(Number.isNaN)).toBe(true);
    expect(Array.from(transform("renko", { close, time }).time)).toEqual([1, 2, 4, 5, 5].map((i) => time[i]));
  });

  test("kinds have columns of their own, and what forms comes apart", () => {
    const columns = transform("point_and_figure", { close }, { reversal: 2 });
    expect(Array.from(columns.boxes)).toEqual([2, 2]);
    const forming = transform("kagi", { close }, { reversal: 1.5, forming: true });
    expect(forming.close.length).toBe(1);
    expect(forming.close[0]).toBe(103.4);
  });

  test.each(["heikin_ashi", "renko", "kagi", "point_and_figure", "line_break", "range_bars", "tick_bars"] as const)(
    "%s bar by bar is the whole",
    (kind) => {
      const bars = walk(300);
      const whole = transform(kind, bars);
      const series = new Transform({ kind });
      const found: number[] = [];
      for (let i = 0; i < 300; i++) {
        const bar = Object.fromEntries(Object.entries(bars).map(([name, column]) => [name, column[i]])) as {
          close: number;
        };
        series.update({ ...bar, close: bar.close + 1 });
        const closed = series.replace(bar).close;
        const forming = series.forming();
        series.peek({ ...bar, close: bar.close + 40 });
        expect([series.bars, series.forming()]).toEqual([i + 1, forming]);
        found.push(...closed);
      }
      expect(found).toEqual(Array.from(whole.close));
      expect(series.forming()).toEqual(transform(kind, bars, { forming: true }));
      expect(series.bars).toBe(300);
      series.free();
      expectCode(() => series.bars, "freed");
    },
  );

  test("resample is the builder's", () => {
    const bars = walk(100);
    const options = { timeframe: "1h" };
    const [closed, last] = [transform("resample", bars, options), transform("resample", bars, { ...options, forming: true })];
    expect([...closed.close, ...last.close]).toEqual(Array.from(resample(bars, "1h").close));
  });

  test("definitions tell parameters and columns", () => {
    for (const { id, params, columns } of transforms()) {
      const series = new Transform({ kind: id });
      expect(Object.keys(series.params)).toEqual(params.map(({ name }) => name));
      expect(Object.keys(series.forming())).toEqual(columns.map(({ name }) => name));
      series.free();
    }
  });

  test("what is wrong is named", () => {
    expectCode(() => transform("reenko" as "renko", { close }), "unknown_transform");
    expectCode(() => transform("renko", { close }, { brick: 0 }), "param_range");
    expectCode(() => transform("renko", { close: [1, 1e9] }, { brick: 1e-3 }), "param_range");
    expectCode(() => transform("volume_bars", { close }), "input_count");
    expectCode(() => transform("renko", close as never), "input_type");
    expectCode(() => transform("resample", { close, time }, {} as never), "param_type");
    expectCode(() => new Transform({ kind: "renko" }).replace({ close: 1 }), "nothing_to_replace");
    expectCode(() => new Transform({ kind: "renko" }).peek({} as never), "input_count");
  });
});

describe("fibonacci", () => {
  test("levels of given points", () => {
    const { levels, points } = fibonacci([[0, 100], [10, 200], [14, 150]], { kind: "projection", ratios: [1, 2] });
    expect(levels.map(({ price }) => price)).toEqual([250, 350]);
    expect(levels[0]).toMatchObject({ kind: "projection", from: [0, 100], to: [10, 200], then: [14, 150], bar: null });
    expect(points[0]).toEqual({ bar: 0, time: null, price: 100 });
    const zones = fibonacci([[0, 1], [10, 2]], { kind: "time_zones" }).levels;
    expect(zones.slice(0, 3).map(({ bar }) => bar)).toEqual([10, 20, 30]);
  });

  test("clusters of the swings of a series", () => {
    const { high, low, close, time } = walk(2000);
    const found = fibonacci({ high, low, close, time }, { kind: ["retracement", "extension"], swings: 8, tolerance: 2 });
    expect(found.levels.length).toBe(8 * 13);
    expect(found.clusters.length).toBeGreaterThan(0);
    for (const { low, high, swings, count, parts } of found.clusters) {
      expect(low).toBeLessThanOrEqual(high);
      expect(swings).toBeGreaterThan(1);
      expect(parts.length).toBe(count);
    }
    expect(fibonacciFigures().map(({ points }) => points)).toEqual([2, 2, 3, 2, 2, 2]);
  });

  test("what is wrong is named", () => {
    expectCode(() => fibonacci([[0, 1], [1, 2]], { kind: "circle" as "fan" }), "param_choice");
    expectCode(() => fibonacci([[0, 1]], {}), "input_length");
    expectCode(() => fibonacci([1, 2] as never), "input_type");
    expectCode(() => fibonacci({ high: [1] } as never), "input_count");
    expectCode(() => fibonacci([[0, 1], [1, 2]], { ratios: [NaN] }), "param_range");
  });
});
