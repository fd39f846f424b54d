import { describe, expect, test } from "vitest";
import * as tvf from "../src/index.js";
import init, { Stream } from "../src/index.js";
import { bits, expectCode, walk } from "./support.js";

// Before the tests are collected: they go over the catalog.
await init();

const data = walk(400);

/** A stream as tests over the whole catalog see it. */
interface AnyStream {
  update(...bar: unknown[]): unknown;
  peek(...bar: unknown[]): unknown;
  replace(...bar: unknown[]): unknown;
  extend(...columns: unknown[]): unknown;
}

const open = (spec: object) => new Stream(spec as { id: "rsi" }) as unknown as Stream & AnyStream;

const SPECS = tvf.catalog().map(({ id }) => (id === "sma_cross" ? { id, fast: 5, slow: 12 } : { id }));

describe.each(SPECS)("$id", (spec) => {
  const inputs = () => {
    const entry = tvf.catalog().find(({ id }) => id === spec.id)!;
    const columns = entry.inputs.map(({ name }) => data[(name === "source" ? "close" : name) as "close"]);
    const bar = (i: number) => columns.map((column) => column[i]!);
    const time = entry.inputs.findIndex(({ name }) => name === "time");
    /** Another bar at the time of bar `i`: times do not go back. */
    const other = (i: number, j: number) => bar(j).map((value, place) => (place === time ? data.time[i]! : value));
    return { entry, columns, bar, other };
  };

  test("bar by bar, in pieces and at once give the same bits", () => {
    const { entry, columns, bar, other } = inputs();
    const whole = open(spec).extend(...columns);
    const pieces = open(spec);
    const names = entry.outputs.map(({ name }) => name);
    const collected = names.map((): number[] => []);
    const collect = (result: unknown) => {
      // Each bar puts other rows in the place of those before.
      if (entry.rows === "state") for (const column of collected) column.length = 0;
      if (entry.kind === "table") for (const row of result as Record<string, number>[]) add(row);
      else if (names.length === 1) collected[0]!.push(result as number);
      else add(result as Record<string, number>);
    };
    const add = (row: Record<string, number>) => names.forEach((name, i) => collected[i]!.push(row[name]!));
    for (let i = 0; i < 400; i++) {
      pieces.peek(...other(i, 399 - i));
      if (i % 2 === 0) collect(pieces.update(...bar(i)));
      else {
        pieces.update(...other(i, 399 - i));
        collect(pieces.replace(...bar(i)));
      }
    }
    const columnsOf = (result: unknown) =>
      result instanceof Float64Array ? [result] : names.map((name) => Float64Array.from((result as never)[name]));
    expect(bits(collected.map((column) => Float64Array.from(column)))).toEqual(bits(columnsOf(whole)));
    expect(pieces.bars).toBe(400);
  });

  test("snapshots go on, with the bar that can be revised", () => {
    const { columns, bar, other } = inputs();
    const first = open(spec);
    first.extend(...columns.map((column) => column.subarray(0, 200)));
    const bytes = first.snapshot();
    const second = Stream.restore(bytes) as unknown as Stream & AnyStream;
    expect([second.id, second.bars, second.compat, second.params]).toEqual([spec.id, 200, "tradingview", first.params]);
    expect(bits(second.replace(...other(200, 300)))).toEqual(bits(first.replace(...other(200, 300))));
    expect(bits(second.update(...bar(201)))).toEqual(bits(first.update(...bar(201))));
    expect(second.snapshot()).toEqual(first.snapshot());
    expect(Stream.restore(bytes.slice().buffer).bars).toBe(200);
  });

  test("wrong use is refused", () => {
    const { entry, bar } = inputs();
    const stream = open(spec);
    expectCode(() => stream.replace(...bar(0)), "nothing_to_replace");
    const good = bar(0);
    expectCode(() => stream.update(), "input_count");
    expectCode(() => stream.update(...good, 1), "input_count");
    for (const bad of ["1", {}, true, 1n, []]) expectCode(() => stream.update(bad, ...good.slice(1)), "input_type");
    expect(stream.bars).toBe(0);
    expectCode(() => open({ ...spec, nonsense: 1 }), "unknown_param");
    expectCode(() => open({ ...spec, compat: "excel" }), "unknown_profile");
    expectCode(() => open({ ...spec, [entry.inputs[0]!.name]: { id: "ema" } }), "unknown_param");
    for (const { name, type } of entry.params) {
      for (const bad of [null, [], true, () => 1]) {
        const column = name === "anchor" && Array.isArray(bad);
        expectCode(() => open({ ...spec, [name]: bad }), column ? "session" : "param_type");
      }
      for (const bad of [NaN, Infinity, 1e300]) {
        expectCode(() => open({ ...spec, [name]: bad }), type === "choice" ? "param_type" : "param_range");
      }
    }
  });

  test("odd numbers go through", () => {
    const { columns, entry } = inputs();
    for (const odd of [NaN, Infinity, -Infinity, 0, -0, 5e-324, 1.7e308, -1]) {
      const stream = open(spec);
      for (let i = 0; i < 30; i++) stream.update(...entry.inputs.map(({ name }) => (name === "time" ? i * 60_000 : odd)));
      expect(stream.bars).toBe(30);
    }
    for (const n of [0, 1]) {
      expect(() => open(spec).extend(...columns.map((column) => column.subarray(0, n)))).not.toThrow();
    }
  });
});

test("values have the shape of the indicator", () => {
  const stoch = new Stream({ id: "stoch", period: 2, d: 1 });
  stoch.update(2, 1, 1.5);
  const { k, d } = stoch.update(2, 1, 1.25);
  expect([k, d]).toEqual([25, 25]);
  const cross = new Stream({ id: "sma_cross", fast: 1, slow: 2 });
  for (const close of [3, 3]) expect(cross.update(close, 1_600_000_000_000)).toEqual([]);
  expect(cross.update(5, new Date(1_700_000_000_000))).toEqual([
    { index: 2, time: 1_700_000_000_000, direction: 1, fast: 5, slow: 4 },
  ]);
  expectCode(() => cross.update(5, 1_700_000_000), "time_unit");
});

test("a missing value is null or NaN", () => {
  const stream = new Stream({ id: "sma", period: 1 });
  expect(stream.update(null as never)).toBeNaN();
  expect(stream.update(NaN)).toBeNaN();
  expect(stream.update(3)).toBe(3);
});

test("freed streams say so", () => {
  const stream = new Stream({ id: "rsi" });
  stream[Symbol.dispose]();
  stream.free();
  const uses = [
    () => stream.update(1),
    () => stream.peek(1),
    () => stream.replace(1),
    () => stream.extend([1]),
    () => stream.snapshot(),
    () => stream.bars,
    () => stream.params,
    () => stream.compat,
  ];
  for (const act of uses) expectCode(act, "freed");
});

test("bytes that are no snapshot are refused", () => {
  const stream = new Stream({ id: "rsi" });
  stream.extend(data.close);
  const good = stream.snapshot();
  for (const bad of [null, undefined, "TVFS", [84], {}, new Float64Array(4)]) {
    expectCode(() => Stream.restore(bad as never), "snapshot_format");
  }
  expectCode(() => Stream.restore(new Uint8Array(0)), "snapshot_format");
  for (let i = 0; i < good.length; i++) {
    expect(() => Stream.restore(good.subarray(0, i))).toThrow(tvf.TvfError);
    const altered = good.slice();
    altered[i]! ^= 0x40;
    expect(() => Stream.restore(altered)).toThrow(tvf.TvfError);
  }
  const newer = good.slice();
  newer[4] = 99;
  expectCode(() => Stream.restore(newer), "snapshot_version");
  expect(Stream.restore(good).bars).toBe(400);
});

test("very long periods are refused where memory ends, and never trap", () => {
  // Room that is asked for and never touched: what is left of the module's 4 GiB ends soon.
  const room = tvf.Bars.from({ open: [], close: [] });
  room.reserve(230_000_000);
  const kept = [];
  const many = 1_000_000;
  const members = [
    { id: "bbands", period: many },
    { id: "support_resistance", left: many, right: many },
  ] as const;
  const prices = [1, 2, 3];
  const bars = tvf.Bars.from({ high: prices, low: prices, close: prices });
  try {
    for (let i = 0; i < 40; i++) kept.push(bars.attach(members));
    throw new Error("memory never ended");
  } catch (error) {
    expect(error).toBeInstanceOf(tvf.TvfError);
    expect((error as tvf.TvfError).code).toBe("out_of_memory");
  }
  bars.push({ high: 4, low: 4, close: 4 });
  bars.free();
  room.free();
  expect(tvf.sma([1, 2, 3], { period: 3 })).toEqual(Float64Array.of(NaN, NaN, 2));
});

test("what keeps all bars says so where memory ends, and never traps", () => {
  // No column may be longer than 2 GiB: two of them leave little of the module's 4.
  const room = tvf.Bars.from({ open: [], close: [] });
  room.reserve(230_000_000);
  const many = 1_000_000;
  const prices = new Float64Array(many).map((_, i) => 100 + (i % 50));
  const columns = { high: prices, low: prices, close: prices, volume: prices };
  const untilMemoryEnds = (act: () => unknown) => {
    expectCode(() => {
      for (let i = 0; i < 100; i++) act();
    }, "out_of_memory");
  };
  const bars = tvf.Bars.from(columns);
  const [profile] = bars.attach([{ id: "volume_profile" }]);
  untilMemoryEnds(() => bars.append(columns));
  expect(bars.length).toBeGreaterThan(many);
  const { volume } = profile.table;
  expect(volume.length).toBe(24);
  expect(volume.reduce((sum, x) => sum + x, 0) / (bars.length * 124.5)).toBeCloseTo(1, 9);
  bars.free();
  const stream = new Stream({ id: "volume_profile" });
  untilMemoryEnds(() => stream.extend(prices, prices, prices, prices));
  expect(stream.bars).toBeGreaterThan(many);
  expectCode(() => stream.snapshot(), "out_of_memory");
  stream.free();
  room.free();
  expect(tvf.sma([1, 2, 3], { period: 3 })).toEqual(Float64Array.of(NaN, NaN, 2));
});

test("windows that were granted find their memory when their bars come", () => {
  const room = tvf.Bars.from({ open: [], close: [] });
  room.reserve(230_000_000);
  const many = 1_000_000;
  const bars = tvf.Bars.from({ high: [], low: [], close: [] });
  bars.reserve(2.5 * many);
  const handles: tvf.Attached<"support_resistance">[] = [];
  expectCode(() => {
    for (let i = 0; i < 40; i++) {
      handles.push(bars.attach([{ id: "support_resistance", left: many, right: many - i, atr_period: 1 }])[0]);
    }
  }, "out_of_memory");
  expect(handles.length).toBeGreaterThan(1);
  const prices = new Float64Array(many / 2).map((_, i) => 100 + (i % 50));
  for (let i = 0; i < 5; i++) bars.append({ high: prices, low: prices, close: prices });
  expect(handles.map((handle) => handle.table.length)).toEqual(handles.map(() => 0));
  bars.free();
  room.free();
});
