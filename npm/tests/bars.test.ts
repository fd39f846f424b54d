import { beforeAll, describe, expect, test } from "vitest";
import init, { Bars, type Member } from "../src/index.js";
import * as tvf from "../src/index.js";
import { barAt, bits, expectCode, slice, walk } from "./support.js";

beforeAll(() => init());

const data = walk(1000);
const MEMBERS = [
  { id: "ema", period: 9, source: { id: "rsi", period: 14 } },
  { id: "rsi", period: 14 },
  { id: "macd" },
  { id: "stoch", k: 3 },
  { id: "sma_cross", fast: 5, slow: 20 },
  { id: "atr" },
  { id: "adx", compat: "talib" },
  { id: "vwap", anchor: "session" },
  { id: "rsi", period: 14 },
] as const satisfies readonly Member[];

describe("some of the bars, and where a chart draws them", () => {
  const members = [{ id: "volume_profile" }, { id: "rsi" }, { id: "heartbeat" }, { id: "ichimoku" }] as const;

  test("a range is computed as if there were no other bars", () => {
    const bars = Bars.from(data);
    const ranges = [
      [{}, 0, 1000],
      [{ from: 300 }, 300, 1000],
      [{ to: 300 }, 0, 300],
      [{ from: 250, to: 700 }, 250, 700],
      [{ from: -200 }, 800, 1000],
      [{ from: -200, to: -50 }, 800, 950],
      [{ from: 900, to: 5000 }, 900, 1000],
      [{ from: 600, to: 300 }, 600, 600],
      [{ from: -5000, to: -4000 }, 0, 0],
    ] as const;
    for (const [options, from, to] of ranges) {
      expect(bits(bars.compute(members, options))).toEqual(bits(Bars.from(slice(data, from, to)).compute(members)));
    }
    const [visible] = bars.compute(members, { from: 250, to: 700 });
    const traded = data.volume.subarray(250, 700).reduce((sum, x) => sum + x, 0);
    expect(visible.volume.reduce((sum, x) => sum + x, 0)).toBeCloseTo(traded, 6);
  });

  test("a range follows the sessions of a zone", () => {
    const zoned = [{ id: "vwap", zone: "America/New_York", open: "09:30" }] as const;
    const part = Bars.from(slice(data, 250, 700)).compute(zoned);
    expect(bits(Bars.from(data).compute(zoned, { from: 250, to: 700 }))).toEqual(bits(part));
  });

  test("sets are moved as functions are", () => {
    const bars = Bars.from(data);
    const [, rsi, , cloud] = bars.compute(members, { shifted: true });
    expect(bits(cloud)).toEqual(bits(tvf.ichimoku(data.high, data.low, data.close, { shifted: true })));
    expect(bits(rsi)).toEqual(bits(tvf.rsi(data.close)));
    expect(bits(bars.compute(members, { shifted: false })[3])).not.toEqual(bits(cloud));
  });

  test("wrong options are refused", () => {
    const bars = Bars.from(data);
    const wrong = [null, 5, [1, 2], { from: 1.5 }, { to: "3" }, { from: NaN }, { shifted: 1 }, { shifted: "yes" }];
    for (const options of wrong) expectCode(() => bars.compute(members, options as never), "param_type");
    expectCode(() => tvf.ichimoku([1], [1], [1], { shifted: 1 as never }), "param_type");
    const error = expectCode(() => tvf.rsi([1], { shifted: true } as never), "param_choice");
    expect(error.message).toBe("rsi has no shifted form: a chart draws all of it at its own bars");
  });

  test("a state follows the bars and is told of the last one, whatever was peeked at", () => {
    const bars = Bars.from(slice(data, 0, 900));
    const handles = bars.attach([{ id: "volume_profile" }, { id: "support_resistance" }, { id: "heartbeat" }, { id: "rsi" }]);
    const [profile, levels, heart, rsi] = handles;
    const now = (n: number) => Bars.from(slice(data, 0, n)).compute([{ id: "volume_profile" }, { id: "support_resistance" }]);
    for (let i = 900; i < 1000; i++) {
      const far = { ...barAt(data, i), high: 200 + i };
      const [before] = now(i);
      const [, peeked] = bars.peek(far, [rsi, profile]);
      expect(peeked.at(-1)?.high).toBe(200 + i);
      expect(bits(profile.last())).toEqual(bits([...before.rows()]));
      expect(profile.table.poc).toBe(before.poc);
      bars.push(far);
      if (i % 3 === 0) expect(profile.table.at(-1)?.high).toBe(200 + i);
      bars.replace(barAt(data, i));
      const [own, others] = now(i + 1);
      expect(bits(profile.copy())).toEqual(bits(own));
      expect(bits(levels.table)).toEqual(bits(others));
    }
    const [whole] = Bars.from(data).compute([{ id: "heartbeat" }]);
    expect(bits(heart.table)).toEqual(bits(whole));
  });
});

describe("loading", () => {
  test("all forms of columns give the same", () => {
    const { time, close } = data;
    const wanted = bits(Bars.from({ time, close }).compute([{ id: "sma_cross", fast: 2, slow: 5 }]));
    const times = [
      Array.from(time),
      BigInt64Array.from(time, BigInt),
      BigUint64Array.from(time, BigInt),
      Array.from(time, (t) => new Date(t)),
      Array.from(time, BigInt),
    ];
    for (const form of times) {
      const bars = Bars.from({ time: form, close: Array.from(close) });
      expect(bits(bars.compute([{ id: "sma_cross", fast: 2, slow: 5 }]))).toEqual(wanted);
    }
  });

  test("small numbers in any typed array", () => {
    const values = [1, 5, 3, 8, 2];
    const kinds = [Float32Array, Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array];
    for (const Kind of kinds) expect(tvf.sma(Kind.from(values), { period: 2 })).toEqual(Float64Array.of(NaN, 3, 4, 5.5, 5));
  });

  test("an array of bars", () => {
    const bars = Bars.from(Array.from({ length: 50 }, (_, i) => ({ ...barAt(data, i), symbol: "X" })));
    expect(bars.length).toBe(50);
    expect(bars.columns).toEqual(["time", "open", "high", "low", "close", "volume"]);
    expect(bits(bars.compute(MEMBERS))).toEqual(bits(Bars.from(slice(data, 0, 50)).compute(MEMBERS)));
  });

  test("no bars yet, in both forms", () => {
    for (const bars of [Bars.from([]), Bars.from(slice(data, 0, 0))]) {
      const [rsi] = bars.compute([{ id: "rsi" }]);
      expect(rsi).toEqual(new Float64Array(0));
      const [handle] = bars.attach([{ id: "rsi" }]);
      expect(handle.last()).toBeNaN();
      bars.push(barAt(data, 0));
      expect(handle.copy()).toEqual(Float64Array.of(NaN));
    }
  });

  test("missing values are NaN", () => {
    const bars = Bars.from({ close: [1, null, undefined, 4] });
    expect(bars.compute([{ id: "sma", period: 1 }])[0]).toEqual(Float64Array.of(1, NaN, NaN, 4));
    expect(Bars.from([{ close: 1 }, {}]).compute([{ id: "sma", period: 1 }])[0]).toEqual(Float64Array.of(1, NaN));
  });

  test("columns of other names can be sources", () => {
    const bars = Bars.from({ mood: [1, 2, 3] });
    expect(bars.compute([{ id: "sma", period: 2, source: "mood" }])[0]).toEqual(Float64Array.of(NaN, 1.5, 2.5));
  });

  test("what cannot be bars is refused", () => {
    const { time, close } = data;
    expectCode(() => Bars.from({ time, close: close.subarray(1) }), "input_length");
    expect(expectCode(() => Bars.from({ time: time.map((t) => t / 1000), close }), "time_unit").message).toContain(
      "looks like seconds: multiply by 1000",
    );
    for (const bad of [null, undefined, 5, "bars", close]) expectCode(() => Bars.from(bad as never), "input_type");
    for (const bad of [null, 5, "1,2", {}, new DataView(new ArrayBuffer(8)), new ArrayBuffer(8), [1, "2"], [1, {}], [1n], [true]]) {
      expectCode(() => Bars.from({ close: bad } as never), "input_type");
    }
    expectCode(() => Bars.from([{ close: "1" as never }]), "input_type");
    expectCode(() => Bars.from([null as never]), "input_type");
    expectCode(() => Bars.from({ time: ["2024-01-01"] as never }), "input_type");
    const moved = close.slice();
    structuredClone(moved, { transfer: [moved.buffer] });
    expectCode(() => Bars.from({ close: moved }), "input_type");
    expectCode(() => tvf.sma(moved), "input_type");
  });

  test("arrays of other realms are arrays", async () => {
    const { runInNewContext } = await import("node:vm");
    const foreign = runInNewContext("({close: new Float64Array([1, 2, 3]), time: [new Date(1), new Date(2), new Date(3)]})") as never;
    expect(Bars.from(foreign).compute([{ id: "sma", period: 2 }])[0]).toEqual(Float64Array.of(NaN, 1.5, 2.5));
  });
});

describe("compute", () => {
  test("equals the functions, and single members", () => {
    const bars = Bars.from(data);
    const all = bars.compute(MEMBERS);
    MEMBERS.forEach((member, i) => expect(bits(bars.compute([member])[0])).toEqual(bits(all[i])));
    const { high, low, close, volume, time } = data;
    expect(bits(tvf.rsi(close, { period: 14 }))).toEqual(bits(all[1]));
    expect(bits(tvf.macd(Array.from(close)))).toEqual(bits(all[2]));
    expect(bits(tvf.stoch(high, low, close, { k: 3 }))).toEqual(bits(all[3]));
    expect(bits(tvf.smaCross(close, time, { fast: 5, slow: 20 }))).toEqual(bits(all[4]));
    expect(bits(tvf.vwap(high, low, close, volume, time))).toEqual(bits(all[7]));
    expect(bits(tvf.ema(tvf.rsi(close), { period: 9 }))).toEqual(bits(all[0]));
  });

  test("optional columns and options may be left out", () => {
    const { high, low, close, volume } = data;
    const table = tvf.smaCross(close, { fast: 5, slow: 20 });
    expect(bits(table.index)).toEqual(bits(tvf.smaCross(close, undefined, { fast: 5, slow: 20 }).index));
    expect(tvf.smaCross(close).length).toBe(tvf.smaCross(close, {}).length);
    expect(tvf.vwap(high, low, close, volume, { anchor: "none" }).vwap.length).toBe(1000);
    expectCode(() => tvf.vwap(high, low, close, volume), "input_count");
  });

  test("tables have rows", () => {
    const table = tvf.smaCross(data.close, data.time, { fast: 5, slow: 20 });
    const rows = [...table];
    expect(rows.length).toBe(table.length);
    expect(rows.at(-1)).toEqual({
      index: table.index.at(-1),
      time: table.time.at(-1),
      direction: table.direction.at(-1),
      fast: table.fast.at(-1),
      slow: table.slow.at(-1),
    });
    expect([...table.rows()]).toEqual(rows);
    expect(Object.keys(table)).toEqual(["index", "time", "direction", "fast", "slow"]);
    for (const row of [0, 2, -1, -rows.length, rows.length, -rows.length - 1, 1.5, NaN]) {
      expect(table.at(row)).toEqual(rows.at(row));
    }
    for (const range of [[], [0, 2], [-3], [1, -1], [5, 2]] as [number?, number?][]) {
      const part = table.slice(...range);
      expect([...part]).toEqual(rows.slice(...range));
      expect(part.direction.length).toBe(part.length);
    }
  });

  test("sources: columns, members, outputs", () => {
    const bars = Bars.from(data);
    const [of, signal, first] = bars.compute([
      { id: "sma", period: 3, source: "high" },
      { id: "sma", period: 3, source: { id: "macd", output: "signal" } },
      { id: "atr", high: "close", low: "close", period: 5 },
    ]);
    expect(bits(of)).toEqual(bits(tvf.sma(data.high, { period: 3 })));
    expect(bits(signal)).toEqual(bits(tvf.sma(tvf.macd(data.close).signal, { period: 3 })));
    expect(bits(first)).toEqual(bits(tvf.atr(data.close, data.close, data.close, { period: 5 })));
  });

  test("results are the caller's own", () => {
    const bars = Bars.from(data);
    const [a, b] = bars.compute([{ id: "rsi" }, { id: "rsi" }]);
    a.fill(0);
    expect(bits(b)).toEqual(bits(tvf.rsi(data.close)));
  });

  test("wrong members are refused with the words of the core", () => {
    const bars = Bars.from(data);
    const wrong: [object, tvf.Code, string][] = [
      [{ id: "rsi", period: 0 }, "param_range", "rsi: period 0 is below 1"],
      [{ id: "rsi", period: -1 }, "param_range", "period -1 is below 1"],
      [{ id: "rsi", period: 1.5 }, "param_type", "period 1.5 is not a whole number"],
      [{ id: "rsi", period: NaN }, "param_range", "period NaN is not finite"],
      [{ id: "rsi", period: Infinity }, "param_range", "period infinity is not finite"],
      [{ id: "rsi", period: "14" }, "param_type", 'period "14" is not a number'],
      [{ id: "rsi", period: null }, "param_type", "period must be a number, a text or an indicator, not null"],
      [{ id: "rsi", period: true }, "param_type", "period must be a number, a text or an indicator, not a boolean"],
      [{ id: "rsi", period: [1] }, "param_type", "period must be a number, a text or an indicator, not an array"],
      [{ id: "rsi", length: 3 }, "unknown_param", 'rsi has no parameter "length"; it has period, flat'],
      [{ id: "rsi", compat: "excel" }, "unknown_profile", 'compat "excel" is none of "tradingview", "talib"'],
      [{ id: "rsi", output: "value" }, "unknown_param", 'rsi has no parameter "output"; it has period, flat'],
      [{ id: "ema", source: "mood" }, "unknown_column", "mood"],
      [{ id: "ema", source: { id: "sma_cross" } }, "source", "sma_cross gives a table, which cannot be a source"],
      [{ id: "ema", source: { id: "macd", output: "x" } }, "source", 'macd has no output "x"; it has macd, signal, hist'],
      [{ id: "ema", period: { id: "rsi" } }, "source", 'ema has no input "period"; it has source'],
    ];
    for (const [member, code, message] of wrong) {
      expect(expectCode(() => bars.compute([member as Member]), code).message).toContain(message);
      expect(expectCode(() => bars.attach([member as Member]), code).message).toContain(message);
    }
    expect(expectCode(() => bars.compute([{ id: "nope" as "rsi" }]), "unknown_indicator")).toMatchObject({
      parameter: "id",
      value: "nope",
    });
    for (const bad of [null, undefined, 5, "rsi", {}]) expectCode(() => bars.compute([bad as never]), "param_type");
    for (const bad of [null, undefined, 5, { id: "rsi" }]) expectCode(() => bars.compute(bad as never), "param_type");
    const cycle: Record<string, unknown> = { id: "ema" };
    cycle["source"] = cycle;
    expect(expectCode(() => bars.compute([cycle as never]), "source").message).toContain("nest deeper");
    expectCode(() => Bars.from({}).compute([{ id: "rsi" }]), "unknown_column");
    expect(bars.compute([])).toEqual([]);
  });
});

describe("live", () => {
  test("attached indicators equal computed ones, however the bars come", () => {
    const bars = Bars.from(slice(data, 0, 300));
    const handles = bars.attach(MEMBERS);
    bars.reserve(400);
    bars.append(slice(data, 300, 500));
    for (let i = 500; i < 700; i++) {
      // Another bar at this one's time, which does not go back.
      const other = (j: number) => ({ ...barAt(data, j), time: data.time[i]! });
      bars.push(other(i % 3 === 0 ? 999 - i : i));
      if (i % 2 === 0) bars.peek(other(5), handles);
      if (i % 3 === 0) bars.replace(barAt(data, i));
    }
    bars.append(Array.from({ length: 300 }, (_, i) => barAt(data, 700 + i)));
    const wanted = Bars.from(data).compute(MEMBERS);
    expect(bits(handles.map((handle) => handle.copy()))).toEqual(bits(wanted));
    expect(bits(bars.compute(MEMBERS))).toEqual(bits(wanted));
  });

  test("last and peek tell of one bar", () => {
    const bars = Bars.from(slice(data, 0, 999));
    const handles = bars.attach(MEMBERS);
    const before = bits(handles.map((handle) => handle.last()));
    const peeked = bars.peek(barAt(data, 999), handles);
    expect(bits(handles.map((handle) => handle.last()))).toEqual(before);
    bars.push(barAt(data, 999));
    expect(bits(peeked)).toEqual(bits(handles.map((handle) => handle.last())));
    const [, rsi, macd] = handles;
    expect(rsi.last()).toBe(rsi.copy().at(-1));
    expect(macd.last().signal).toBe(macd.view().signal.at(-1));
  });

  test("a table's last rows come and go with the last bar", () => {
    const close = [1, 1, 1, 1, 5];
    const bars = Bars.from({ close });
    const [cross] = bars.attach([{ id: "sma_cross", fast: 1, slow: 3 }]);
    expect(cross.last()).toEqual([{ index: 4, time: NaN, direction: 1, fast: 5, slow: expect.closeTo(7 / 3) as number }]);
    expect(cross.table.length).toBe(1);
    bars.replace({ close: 1 });
    expect(cross.last()).toEqual([]);
    expect(cross.table.length).toBe(0);
    expect(bars.peek({ close: 0.5 }, [cross])[0].map((row) => row.direction)).toEqual([-1]);
    expect(cross.table.length).toBe(0);
  });

  test("a table's summary and view follow the bars", () => {
    const bars = Bars.from(slice(data, 0, 300));
    const { profile, levels, cross } = bars.attach({
      profile: { id: "volume_profile", bins: 12 },
      levels: { id: "support_resistance" },
      cross: { id: "sma_cross", fast: 5, slow: 20 },
    });
    for (let i = 300; i < 320; i++) {
      bars.push(barAt(data, i));
      const [high, low, close, volume] = [data.high, data.low, data.close, data.volume].map((c) => c.subarray(0, i + 1));
      const whole = tvf.volumeProfile(high!, low!, close!, volume!, { bins: 12 });
      const { poc, value_low, value_high } = whole;
      expect(bits(profile.summary)).toEqual(bits({ poc, value_low, value_high }));
      expect(bits(profile.view())).toEqual(bits(whole));
      expect(bits(levels.view())).toEqual(bits(levels.table));
    }
    expect(profile.view().low.buffer.byteLength).toBeGreaterThan(profile.copy().low.buffer.byteLength);
    expect(profile.view().slice(0, 2).low.buffer.byteLength).toBe(16);
    expect([cross.summary, levels.summary]).toEqual([{}, {}]);
    profile.free();
    for (const act of [() => profile.summary, () => profile.view()]) expectCode(act, "freed");
  });

  test("members may have names", () => {
    const bars = Bars.from(data);
    const members = { fast: { id: "ema", period: 12 }, again: { id: "ema", period: 12 }, trend: { id: "macd" } } as const;
    const found = bars.compute(members);
    const [ema, macd] = bars.compute([{ id: "ema", period: 12 }, { id: "macd" }]);
    expect(Object.keys(found)).toEqual(["fast", "again", "trend"]);
    expect(bits(found)).toEqual(bits({ fast: ema, again: ema, trend: macd }));
    const { again, trend } = bars.attach(members);
    expect([again.last(), trend.last().signal]).toEqual([ema.at(-1), macd.signal.at(-1)]);
    expect(bars.compute({})).toEqual({});
  });

  test("times do not go back", () => {
    const minute = (i: number) => 1_700_000_000_000 + i * 60_000;
    const at = (i: number) => ({ time: minute(i), close: i });
    const why = (row: number, time: number, last: number) =>
      `time goes back at bar ${row}: ${minute(time)} after ${minute(last)}`;
    expect(expectCode(() => Bars.from([at(0), at(2), at(1)]), "time_order").message).toBe(why(2, 1, 2));
    const bars = Bars.from([at(0), at(2)]);
    const [handle] = bars.attach([{ id: "sma_cross" }]);
    const refused: [() => unknown, string][] = [
      [() => bars.push(at(1)), why(2, 1, 2)],
      [() => bars.peek(at(1), [handle]), why(2, 1, 2)],
      [() => bars.append([at(2), at(3), at(1)]), why(4, 1, 3)],
      [() => tvf.smaCross([1, 2], [minute(1), minute(0)]), why(1, 0, 1)],
    ];
    for (const [act, words] of refused) {
      const error = expectCode(act, "time_order");
      expect([error.message, error.parameter]).toEqual([words, "time"]);
    }
    expect(bars.length).toBe(2);
    bars.push(at(2));
    bars.replace(at(5));
    bars.push({ time: null, close: 1 });
    expect(expectCode(() => bars.push(at(4)), "time_order").message).toBe(why(4, 4, 5));
    bars.replace(at(6));
    expectCode(() => bars.replace(at(4)), "time_order");
    expect(bars.length).toBe(4);
  });

  test("views follow memory that grows", () => {
    const bars = Bars.from(slice(data, 0, 10));
    const [handle] = bars.attach([{ id: "sma", period: 2 }]);
    const early = handle.view();
    expect(early.length).toBe(10);
    const more = Bars.from(walk(400_000));
    expect(early.length).toBe(0); // detached, never garbage
    expect(bits(handle.view())).toEqual(bits(tvf.sma(data.close.subarray(0, 10), { period: 2 })));
    more.free();
  });

  test("a view is a column like any other", () => {
    const bars = Bars.from(data);
    const [handle] = bars.attach([{ id: "rsi" }]);
    const wanted = bits(tvf.sma(handle.copy(), { period: 3 }));
    expect(bits(tvf.sma(handle.view(), { period: 3 }))).toEqual(wanted);
    expect(bits(Bars.from({ close: handle.view() }).compute([{ id: "sma", period: 3 }])[0])).toEqual(wanted);
  });

  test("wrong bars leave everything as it was", () => {
    const bars = Bars.from(slice(data, 0, 100));
    const handles = bars.attach(MEMBERS);
    const before = bits(handles.map((handle) => handle.copy()));
    const bar = barAt(data, 100);
    for (const act of ["push", "replace"] as const) {
      for (const bad of [null, undefined, 5, {}, { ...bar, close: "1" }, { ...bar, close: undefined }, { ...bar, time: {} }]) {
        expectCode(() => bars[act](bad as never), "input_type");
      }
      expectCode(() => bars[act]({ ...bar, time: 1_700_000_000 }), "time_unit");
    }
    expectCode(() => bars.append({ close: [1] }), "input_type");
    expectCode(() => bars.append({ ...slice(data, 100, 110), close: [1] }), "input_length");
    expectCode(() => bars.append({ ...slice(data, 100, 110), time: new Float64Array(10).fill(1_700_000_000) }), "time_unit");
    for (const bad of [-1, NaN, "x"]) expectCode(() => bars.reserve(bad as number), "input_type");
    for (const much of [2 ** 32 + 5, 1e15, Infinity]) expectCode(() => bars.reserve(much), "out_of_memory");
    expect(bars.length).toBe(100);
    expect(bits(handles.map((handle) => handle.copy()))).toEqual(before);
    expectCode(() => Bars.from({ close: [] }).replace({ close: 1 }), "nothing_to_replace");
  });

  test("a bar may have missing values and other forms of time", () => {
    const bars = Bars.from({ time: [0], close: [1] });
    bars.push({ time: new Date(60_000), close: null as never });
    bars.push({ time: 120_000n, close: 3 });
    expect(bars.compute([{ id: "sma", period: 1 }])[0]).toEqual(Float64Array.of(1, NaN, 3));
  });
});

describe("lifetimes", () => {
  test("freed bars and handles say so", () => {
    const bars = Bars.from(data);
    const [rsi, cross] = bars.attach([{ id: "rsi" }, { id: "sma_cross" }]);
    const [ema] = bars.attach([{ id: "ema" }]);
    ema.free();
    ema.free();
    for (const act of [() => ema.view(), () => ema.copy(), () => ema.last()]) expectCode(act, "freed");
    bars.push(barAt(data, 999));
    expect(rsi.copy().length).toBe(1001);
    bars.free();
    bars.free();
    const uses = [
      () => rsi.view(),
      () => rsi.copy(),
      () => rsi.last(),
      () => cross.table,
      () => bars.push(barAt(data, 0)),
      () => bars.replace(barAt(data, 0)),
      () => bars.peek(barAt(data, 0), [rsi]),
      () => bars.append(data),
      () => bars.reserve(5),
      () => bars.compute([{ id: "rsi" }]),
      () => bars.attach([{ id: "rsi" }]),
    ];
    for (const act of uses) expectCode(act, "freed");
    rsi.free();
  });

  test("handles belong to their bars", () => {
    const [rsi] = Bars.from(data).attach([{ id: "rsi" }]);
    expectCode(() => Bars.from(data).peek(barAt(data, 999), [rsi]), "source");
  });

  test("a set fills the arrays of a call before", () => {
    using bars = Bars.from(data);
    const members = [{ id: "ema", period: 12 }, { id: "macd" }, { id: "volume_profile" }] as const;
    const room = bars.compute([{ id: "ema", period: 26 }, { id: "macd", fast: 5 }, { id: "volume_profile" }]);
    const fresh = bars.compute(members);
    const filled = bars.compute(members, { into: room });
    expect(filled[0]).toBe(room[0]);
    expect(filled[1].hist).toBe(room[1].hist);
    for (const i of [0, 1, 2] as const) expect(bits(filled[i])).toEqual(bits(fresh[i]));
    const named = bars.compute({ fast: { id: "ema", period: 12 } }, { into: { fast: room[0] } });
    expect(named.fast).toBe(room[0]);

    const one = [{ id: "ema" }] as const;
    expect(expectCode(() => bars.compute(one, { too: 5 } as never), "unknown_param").parameter).toBe("too");
    expect(expectCode(() => bars.compute(one, { into: [new Float64Array(7)] }), "input_length").value).toBe("7");
    expectCode(() => bars.compute(one, { from: 1, into: [room[0]] }), "input_length");
    for (const into of [{ 0: room[0] }, null, 5, "x"]) expectCode(() => bars.compute(one, { into: into as never }), "param_type");
    for (const into of [["x"], [null], [5]]) expectCode(() => bars.compute(one, { into: into as never }), "input_type");
    expectCode(() => bars.compute([{ id: "macd" }], { into: [room[0]] as never }), "input_type");
    // A result that is not there is made.
    expect(bits(bars.compute(one, { into: [] as never })[0])).toEqual(bits(bars.compute(one)[0]));
  });

  test("disposal frees", () => {
    const bars = Bars.from(data);
    const [rsi] = bars.attach([{ id: "rsi" }]);
    rsi[Symbol.dispose]();
    expectCode(() => rsi.view(), "freed");
    bars[Symbol.dispose]();
    expectCode(() => bars.compute([]), "freed");
  });

  test("memory comes back", () => {
    const cycle = () => {
      const bars = Bars.from(data);
      const handles = bars.attach(MEMBERS);
      bars.compute(MEMBERS);
      bars.push(barAt(data, 999));
      handles[0].free();
      bars.free();
    };
    cycle();
    const before = memory();
    for (let i = 0; i < 500; i++) cycle();
    expect(memory()).toBe(before);
  });
});

/** How much memory the module has: it only ever grows. */
function memory(): number {
  const [handle] = Bars.from({ close: [1] }).attach([{ id: "sma", period: 1 }]);
  return handle.view().buffer.byteLength;
}
