import { beforeAll, describe, expect, test } from "vitest";
import init, { BarBuilder, Bars, type BuilderOptions, resample, type Tick } from "../src/index.js";
import { bits, expectCode, walk } from "./support.js";

beforeAll(() => init());

const START = Date.parse("2024-01-02T14:30Z"); // 09:30 in New York
const MINUTE = 60_000;
const NEW_YORK = { zone: "America/New_York", session: "09:30-16:00" };
const bar = (time: number, open: number, high: number, low: number, close: number, volume: number) => ({
  time,
  open,
  high,
  low,
  close,
  volume,
});

/** Ticks that are always the same, some of them late. */
function ticks(n: number, start = START, pace = 20_000): (Tick & { time: number; size: number })[] {
  let state = 7;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  let [time, price] = [start, 100];
  return Array.from({ length: n }, () => {
    time += Math.floor(random() * pace);
    price += random() - 0.5;
    const back = random() < 0.1 ? Math.floor(random() * pace * 2) : 0;
    return { time: time - back, price, size: Math.floor(random() * 50) };
  });
}

const columns = (list: readonly Tick[]) => ({
  time: list.map(({ time }) => time as number),
  price: list.map(({ price }) => price),
  size: list.map(({ size }) => size ?? 1),
});

test("words and what they mean", () => {
  const builder = new BarBuilder("1m");
  expect(builder.forming).toBeUndefined();
  expect(builder.tick({ time: START, price: 10, size: 2 })).toBe("push");
  expect(builder.tick({ time: new Date(START + 1), price: 12, size: 3, id: 5n })).toBe("replace");
  expect(builder.forming).toEqual(bar(START, 10, 12, 10, 12, 5));
  expect(builder.tick({ time: START + 2, price: 13, id: 5 })).toBe("dropped");
  expect(builder.tick({ time: START - 1, price: 9 })).toBe("dropped");
  expect(builder.closed).toEqual([]);
  expect(builder.tick({ time: START + MINUTE, price: 11 })).toBe("push");
  expect(builder.closed).toEqual([bar(START, 10, 12, 10, 12, 5)]);
  expect(builder.changes).toEqual([{ event: "push", bar: bar(START + MINUTE, 11, 11, 11, 11, 1) }]);
  expect(builder.dropped).toEqual({ late: 1, duplicate: 1, outside: 0, missing: 0 });
  expect(builder.close(START + 2 * MINUTE - 1).time).toHaveLength(0);
  expect(Array.from(builder.close(START + 2 * MINUTE).close)).toEqual([11]);
  expect(builder.forming).toBeUndefined();
  builder.free();
  expectCode(() => builder.tick({ time: START, price: 1 }), "freed");
});

test.each([
  ["1m", {}],
  ["5m", NEW_YORK],
  ["1h", { zone: "Australia/Lord_Howe", open: "09:30", late: "merge" }],
  ["1m", { ...NEW_YORK, fill: "previous", limit: 3, outside: "keep" }],
] as [string, BuilderOptions][])("columns equal single ticks: %s %o", (timeframe, options) => {
  const list = ticks(500);
  const [whole, single] = [new BarBuilder(timeframe, options), new BarBuilder(timeframe, options)];
  const found = list.flatMap((tick) => {
    single.tick(tick);
    return single.closed;
  });
  const closed = whole.ticks(columns(list));
  const rows = Array.from(closed.time, (time, i) => {
    const [open, high, low, close, volume] = (["open", "high", "low", "close", "volume"] as const).map((n) => closed[n][i]!);
    return { time, open, high, low, close, volume };
  });
  expect(rows).toEqual(found);
  expect(whole.snapshot()).toEqual(single.snapshot());
  expect(whole.dropped).toEqual(single.dropped);
  const restored = BarBuilder.restore(whole.snapshot());
  expect(restored.params).toEqual(whole.params);
  expect(restored.forming).toEqual(whole.forming);
});

describe("bars that follow", () => {
  const MEMBERS = [{ id: "ema", period: 3 }, { id: "vwap" }] as const;
  const zoned = [...MEMBERS, { id: "vwap", zone: "America/New_York", open: "09:30" }] as const;

  test.each([
    ["in one call", MEMBERS],
    ["with sessions of a zone", zoned],
  ])("%s", (_, members) => {
    const list = ticks(300);
    const options = { ...NEW_YORK, fill: "previous" } as const;
    const bars = Bars.from({ time: [], open: [], high: [], low: [], close: [], volume: [] });
    const handles = bars.attach(members);
    const builder = new BarBuilder("1m", options).into(bars);
    const plain = new BarBuilder("1m", options);
    const words = list.map((tick) => builder.tick(tick));
    expect(words).toEqual(list.map((tick) => plain.tick(tick)));
    const expected = resample(columns(list), "1m", { ...options, late: "drop" });
    expect(bars.length).toBe(expected.time.length);
    const fresh = Bars.from({ ...expected });
    expect(handles.map((handle) => bits(handle!.copy()))).toEqual(fresh.compute(members).map(bits));

    // Columns, and the clock, drive them as well.
    const more = ticks(200, list.at(-1)!.time + MINUTE);
    builder.ticks(columns(more));
    builder.close(more.at(-1)!.time + 5 * MINUTE);
    for (const tick of more) plain.tick(tick);
    const all = new BarBuilder("1m", options);
    const parts = [all.ticks(columns([...list, ...more])), all.close(more.at(-1)!.time + 5 * MINUTE)];
    const whole = Bars.from({ ...parts[0] });
    whole.append({ ...parts[1] });
    expect(bars.length).toBe(whole.length);
    expect(handles.map((handle) => bits(handle!.copy()))).toEqual(whole.compute(members).map(bits));
  });

  test("a history goes on with its last bar", () => {
    const bars = Bars.from([bar(START, 3, 4, 2, 3, 10), bar(START + 5 * MINUTE, 3, 4, 2, 3.5, 10)]);
    const [sma] = bars.attach([{ id: "sma", period: 1, source: "high" }]);
    const builder = new BarBuilder("5m", NEW_YORK).into(bars);
    expect(builder.tick({ time: START + 6 * MINUTE, price: 5, size: 1 })).toBe("replace");
    expect(builder.forming).toEqual(bar(START + 5 * MINUTE, 3, 5, 2, 5, 11));
    expect([bars.length, sma.last()]).toEqual([2, 5]);
    expect(builder.tick({ time: START + 11 * MINUTE, price: 7 })).toBe("push");
    expect([bars.length, sma.last()]).toEqual([3, 7]);
    const off = new BarBuilder("5m", NEW_YORK).into(Bars.from([bar(START + 1, 3, 4, 2, 3, 10)]));
    expect(expectCode(() => off.tick({ time: START + 6 * MINUTE, price: 5 }), "input_range").parameter).toBe("time");
  });

  test("who follows the bars is told of what the builder does", () => {
    const bars = Bars.from({ time: [], open: [], high: [], low: [], close: [] });
    const told: string[] = [];
    bars.subscribe((change) => told.push(`${change} ${bars.length}`));
    const builder = new BarBuilder("1m", { fill: "previous" }).into(bars);
    builder.tick({ time: START, price: 1 });
    builder.tick({ time: START + 1, price: 2 });
    builder.tick({ time: START - MINUTE, price: 2 });
    builder.tick({ time: START + 3 * MINUTE, price: 3 });
    builder.ticks({ time: [START + 4 * MINUTE], price: [1] });
    expect(told).toEqual(["push 1", "replace 1", "append 4", "push 5"]);
  });

  test("a restored builder finds its bar again", () => {
    const bars = Bars.from({ time: [], open: [], high: [], low: [], close: [] });
    const builder = new BarBuilder("1m").into(bars);
    for (const tick of ticks(20)) builder.tick(tick);
    const before = bars.length;
    const again = BarBuilder.restore(builder.snapshot()).into(bars);
    expect(bars.length).toBe(before);
    again.tick({ time: ticks(20).at(-1)!.time + 10 * MINUTE, price: 1 });
    expect(bars.length).toBe(before + 1);
  });

  test("minutes drive hours, also as they are sent again", () => {
    const minutes = walk(180);
    const hours = Bars.from({ time: [], open: [], high: [], low: [], close: [], volume: [] });
    const builder = new BarBuilder("1h").into(hours);
    for (let i = 0; i < 180; i++) {
      const at = bar(minutes.time[i]!, minutes.open[i]!, minutes.high[i]!, minutes.low[i]!, minutes.close[i]!, minutes.volume[i]!);
      builder.bar({ ...at, high: 1e9, volume: 1e9 });
      builder.bar(at);
    }
    const [high] = hours.compute([{ id: "sma", period: 1, source: "high" }]);
    expect(bits(high)).toEqual(bits(resample(minutes, "1h").high));
  });

  test("what cannot follow", () => {
    const builder = new BarBuilder("1h");
    expectCode(() => builder.into(Bars.from({ close: [1] })), "unknown_column");
    expectCode(() => builder.into([] as unknown as Bars), "param_type");
    const bars = Bars.from([bar(START, 1, 1, 1, 1, 1)]);
    builder.into(bars);
    bars.free();
    expectCode(() => builder.tick({ time: START, price: 1 }), "freed");
  });
});

test("hours begin with the session, on either side of a change of the clocks", () => {
  const time = Float64Array.from({ length: 14 * 96 }, (_, i) => Date.parse("2024-03-04T00:00Z") + i * 15 * MINUTE);
  const price = time.map((_, i) => i);
  const local = (t: number) =>
    new Date(t).toLocaleTimeString("en-GB", { timeZone: "America/New_York", hour: "2-digit", minute: "2-digit" });
  const found = (timeframe: string) => Array.from(resample({ time, price }, timeframe, NEW_YORK).time, local);
  expect(new Set(found("1h"))).toEqual(new Set(["09:30", "10:30", "11:30", "12:30", "13:30", "14:30", "15:30"]));
  expect(found("4h")).toEqual(Array.from({ length: 28 }, (_, i) => (i % 2 ? "13:30" : "09:30")));
});

test.each([
  [["5x"], "param_choice"],
  [["48h"], "param_range"],
  [[5], "param_type"],
  [["5m", { zone: "Mars" }], "session"],
  [["5m", { open: "24:00" }], "session"],
  [["5m", { session: "" }], "session"],
  [["5m", { session: 930 }], "param_type"],
  [["5m", { open: 0, session: "09:30-16:00" }], "session"],
  [["5m", { outside: "x" }], "param_choice"],
  [["5m", { late: "x" }], "param_choice"],
  [["5m", { fill: "x" }], "param_choice"],
  [["5m", { limit: 0.5 }], "param_range"],
  [["5m", { limit: "9" }], "param_type"],
  [["5m", { timezone: "UTC" }], "unknown_param"],
  [["5m", null], "param_type"],
] as const)("settings that are refused: %o", (settings, code) => {
  expectCode(() => new BarBuilder(...(settings as unknown as [string, BuilderOptions])), code);
});

test.each([
  [{ time: NaN, price: 1 }, "input_range", "time"],
  [{ time: START / 1000, price: 1 }, "time_unit", "time"],
  [{ time: START, price: Infinity }, "input_range", "price"],
  [{ time: START }, "input_type", "price"],
  [{ time: START, price: "1" }, "input_type", "price"],
  [{ time: START, price: 1, size: -1 }, "input_range", "size"],
  [{ time: START, price: 1, id: 0.5 }, "input_range", "id"],
  [null, "input_type", "bar"],
] as const)("ticks that are refused: %o", (tick, code, parameter) => {
  const builder = new BarBuilder("5m", NEW_YORK);
  const before = builder.snapshot();
  expect(expectCode(() => builder.tick(tick as unknown as Tick), code).parameter).toBe(parameter);
  expect(builder.snapshot()).toEqual(before);
});

test("ticks and bars do not mix, and columns are taken as a whole", () => {
  const builder = new BarBuilder("5m", NEW_YORK);
  expectCode(() => builder.ticks({ time: [START, START + 1], price: [1, NaN] }), "input_range");
  expectCode(() => builder.ticks({ time: [START, START + 1], price: [1] }), "input_length");
  expect(builder.forming).toBeUndefined();
  builder.tick({ time: START, price: 1 });
  expectCode(() => builder.bar(bar(START, 1, 1, 1, 1, 1)), "mixed_feed");
  expectCode(() => builder.begin(bar(START, 1, 1, 1, 1, 1)), "mixed_feed");
  expectCode(() => builder.close(NaN), "input_range");
  expectCode(() => BarBuilder.restore(new Uint8Array(3)), "snapshot_format");
  expectCode(() => resample({ time: [2 * MINUTE, 0], price: [1, 1] }, "1m"), "time_order");
});
