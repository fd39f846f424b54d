import { beforeAll, expect, test } from "vitest";
import init, { Bars, transform, TransformedBars, type TransformKind, type TransformParams } from "../src/index.js";
import { barAt, expectCode, slice, walk } from "./support.js";

beforeAll(() => init());

const data = walk(900);
const KINDS: readonly [TransformKind, object][] = [
  ["heikin_ashi", {}],
  ["renko", { brick: 1.5 }],
  ["kagi", { reversal: 2 }],
  ["point_and_figure", { box: 1 }],
  ["line_break", {}],
  ["range_bars", { size: 6 }],
  ["tick_bars", { size: 7 }],
  ["volume_bars", { size: 4000 }],
  ["dollar_bars", { size: 500_000 }],
];

function transformed(bars: Bars, kind: TransformKind, params: object): TransformedBars {
  return new TransformedBars(bars, { kind, ...params } as { kind: TransformKind } & TransformParams[TransformKind]);
}

/** The rows that closed bars have closed, each a second behind the one of the same time. */
function expectedRows(bars: Bars, kind: TransformKind, params: object): Record<string, number[]> {
  const rows = transform(kind, bars.window(0, bars.length - 1) as never, params as never) as unknown as Record<string, Float64Array>;
  let last = -Infinity;
  const time = Array.from(rows["time"]!, (at) => (last = at <= last ? last + 1000 : at));
  const names = ["open", "high", "low", "close", "volume", "direction"];
  return { time, ...Object.fromEntries(names.map((name) => [name, Array.from(rows[name]!)])) };
}

test.each(KINDS)("%s follows the bars: what has closed is the transform of what has closed", (kind, params) => {
  const bars = Bars.from(slice(data, 0, 100));
  const follower = transformed(bars, kind, params);
  const closes = () => Array.from(follower.bars.window()["close"]!);
  let [next, state] = [100, 7];
  for (let step = 0; step < 300; step++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const choice = (state >>> 16) % 8;
    if (choice < 4) bars.replace({ ...barAt(data, next - 1), high: 200, low: 40, close: 60 + ((state >>> 8) % 90) });
    else if (choice < 7) bars.push(barAt(data, next++));
    else bars.append(slice(data, next, (next += 2)));
    const found = follower.bars.window(0, -1);
    const expected = expectedRows(bars, kind, params);
    for (const [name, column] of Object.entries(expected)) expect(Array.from(found[name]!), `${name}, step ${step}`).toEqual(column);
    expect(follower.bars.at(-1)!["time"]).toBeGreaterThan(expected["time"]!.at(-1) ?? -Infinity);
  }
  // One that begins now has the same rows, the unfinished one too.
  const again = transformed(bars, kind, params);
  expect(closes()).toEqual(Array.from(again.bars.window()["close"]!));
  expect(follower.bars.at(-1)).toEqual(again.bars.at(-1));
  again.free();
  bars.free();
  expect(follower.bars.isFreed).toBe(true);
});

test("what the last bar would close stays one row until it has closed", () => {
  const time = [0, 60_000, 120_000];
  const bars = Bars.from({ time, close: [100, 100, 105] });
  const { bars: rows } = new TransformedBars(bars, { kind: "renko" });
  // Five bricks, and where the next one begins.
  expect(rows.length).toBe(1);
  expect(rows.at(0)).toMatchObject({ open: 100, close: 105, direction: 1, time: 120_000 });
  bars.replace({ time: 120_000, close: 100 });
  expect(rows.length).toBe(1);
  expect(rows.at(0)).toMatchObject({ open: 100, high: 100, low: 100, close: 100 });
  bars.replace({ time: 120_000, close: 103 });
  bars.push({ time: 180_000, close: 103 });
  expect(Array.from(rows.window()["close"]!)).toEqual([101, 102, 103, 103]);
  expect(Array.from(rows.window()["time"]!)).toEqual([120_000, 121_000, 122_000, 180_000]);
});

test("indicators are attached to the rows, and bars may come later", () => {
  const bars = Bars.from({ time: [], open: [], high: [], low: [], close: [] });
  const { bars: rows } = new TransformedBars(bars, { kind: "line_break" });
  const [sma] = rows.attach([{ id: "sma", period: 2 }]);
  expect(rows.length).toBe(0);
  for (let i = 0; i < 5; i++) bars.push({ time: i * 1000, open: i, high: i, low: i, close: i });
  expect(Array.from(rows.window()["close"]!)).toEqual([1, 2, 3, 4]);
  expect(sma.last()).toBe(3.5);
});

test("what cannot be is said", () => {
  expectCode(() => new TransformedBars(Bars.from({ time: [1], high: [1] }), { kind: "renko" }), "unknown_column");
  const bars = Bars.from(slice(data, 0, 10));
  expectCode(() => new TransformedBars(bars, { kind: "renko", brick: 0 }), "param_range");
  expectCode(() => new TransformedBars(bars, { kind: "renko", brick: 1e-9 }), "param_range");
});

test("a long history is taken at once, and so is a long append", () => {
  const long = walk(300_000);
  const bars = Bars.from(slice(long, 0, 150_000));
  const rows = new TransformedBars(bars, { kind: "heikin_ashi" });
  bars.append(slice(long, 150_000, 300_000));
  expect(rows.bars.length).toBe(300_000);
  rows.free();
});
