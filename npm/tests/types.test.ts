// What the compiler says: `npm run check` is the test, running it is only a formality.
import { readFileSync } from "node:fs";
import { beforeAll, expect, expectTypeOf, test } from "vitest";
import init, {
  type AttachedSeries,
  type AttachedTable,
  Bars,
  type Macd,
  macd,
  type Member,
  rsi,
  smaCross,
  type SmaCrossRow,
  type SmaCrossTable,
  type Stoch,
  Stream,
  type VolumeProfileTable,
  vwap,
} from "../src/index.js";
import type { Glue } from "../src/core.js";
import type { TvfWorker } from "../src/worker/index.js";

beforeAll(() => init());

const bars = () => Bars.from({ time: [0], high: [2], low: [1], close: [1], volume: [1] });

test("results have the type of their member", () => {
  const [a, b, c] = bars().compute([{ id: "rsi", period: 14 }, { id: "macd" }, { id: "sma_cross" }]);
  expectTypeOf(a).toEqualTypeOf<Float64Array>();
  expectTypeOf(b).toEqualTypeOf<Macd<Float64Array>>();
  expectTypeOf(c).toEqualTypeOf<SmaCrossTable>();
  expectTypeOf(rsi([1])).toEqualTypeOf<Float64Array>();
  expectTypeOf(macd([1]).hist).toEqualTypeOf<Float64Array>();
  expectTypeOf(smaCross([1], { fast: 2 }).direction).toEqualTypeOf<Int8Array>();
  expectTypeOf(vwap([1], [1], [1], [1], [0], { anchor: "week" }).upper).toEqualTypeOf<Float64Array>();
  expect(a.length).toBe(1);
});

test("handles and streams likewise", () => {
  const live = bars();
  const handles = live.attach([{ id: "stoch" }, { id: "sma_cross" }]);
  expectTypeOf(handles[0]).toEqualTypeOf<AttachedSeries<"stoch">>();
  expectTypeOf(handles[1]).toEqualTypeOf<AttachedTable<"sma_cross">>();
  expectTypeOf(handles[0].last()).toEqualTypeOf<Stoch<number>>();
  expectTypeOf(handles[1].last()).toEqualTypeOf<SmaCrossRow[]>();
  const [k, rows] = live.peek({ time: 60_000, high: 1, low: 1, close: 1, volume: 1 }, handles);
  expectTypeOf(k).toEqualTypeOf<Stoch<number>>();
  expectTypeOf(rows).toEqualTypeOf<SmaCrossRow[]>();
  const stream = new Stream({ id: "stoch" });
  expectTypeOf(stream.update).parameters.toEqualTypeOf<[high: number, low: number, close: number]>();
  expectTypeOf(stream.update(1, 1, 1)).toEqualTypeOf<Stoch<number>>();
  expectTypeOf(new Stream({ id: "rsi" }).extend([1])).toEqualTypeOf<Float64Array>();
});

test("a worker gives the same, as promises", () => {
  const within = async (tvf: TvfWorker) => {
    const far = await tvf.bars({ time: [0], high: [2], low: [1], close: [1], volume: [1] });
    const [a, c] = await far.compute([{ id: "macd" }, { id: "sma_cross" }], { from: -1 });
    expectTypeOf(a).toEqualTypeOf<Macd<Float64Array>>();
    expectTypeOf(c).toEqualTypeOf<SmaCrossTable>();
    const { fast, crosses, profile } = await far.attach({
      fast: { id: "stoch" },
      crosses: { id: "sma_cross" },
      profile: { id: "volume_profile" },
    });
    expectTypeOf(fast.last()).toEqualTypeOf<Stoch<number>>();
    expectTypeOf(crosses.last()).toEqualTypeOf<SmaCrossRow[] | undefined>();
    expectTypeOf(await profile.copy()).toEqualTypeOf<VolumeProfileTable>();
    expectTypeOf(await far.peek({ close: 1 }, [fast])).toEqualTypeOf<[Stoch<number>]>();
    expectTypeOf(await tvf.call("rvol", [[1]], { period: 5 })).toEqualTypeOf<Float64Array>();
    // @ts-expect-error there is no such indicator
    await far.compute([{ id: "nope" }]);
    // @ts-expect-error there are no arrays of the page's to write into
    await far.compute([{ id: "rsi" }], { into: [] });
    // @ts-expect-error three columns
    await tvf.call("atr", [[1]]);
    // @ts-expect-error no such parameter
    await tvf.call("rsi", [[1]], { length: 5 });
  };
  expect(within.length).toBe(1);
});

test("mistakes are seen by the compiler", () => {
  const wrong = () => {
    // @ts-expect-error there is no such indicator
    bars().compute([{ id: "nope" }]);
    // @ts-expect-error a number
    bars().compute([{ id: "rsi", period: "14" }]);
    // @ts-expect-error no such parameter
    rsi([1], { length: 14 });
    // @ts-expect-error a table is no source
    bars().compute([{ id: "ema", source: { id: "sma_cross" } }]);
    // @ts-expect-error no such output
    bars().compute([{ id: "ema", source: { id: "macd", output: "upper" } }]);
    // @ts-expect-error three inputs
    new Stream({ id: "stoch" }).update(1);
    // @ts-expect-error a stream takes its inputs from update
    new Stream({ id: "ema", source: "high" });
  };
  expect(wrong).toBeTypeOf("function");
});

test("every build has what the package's one set of types says", () => {
  expectTypeOf<typeof import("../wasm/baseline/tvf.js")>().toExtend<Glue>();
  expectTypeOf<typeof import("../wasm/simd/tvf.js")>().toExtend<Glue>();
  expectTypeOf<typeof import("../wasm/threads/tvf.js")>().toExtend<Glue>();
  expectTypeOf<typeof import("../wasm/memory64/tvf.js")>().toExtend<Glue>();
  const calls = ["baseline", "simd", "threads", "memory64"].map((build) => {
    const text = readFileSync(new URL(`../wasm/${build}/tvf.d.ts`, import.meta.url), "utf8");
    // Up to where it tells what the instance exports; and but for the pool of threads.
    const own = text.slice(0, text.indexOf("export type InitInput"));
    return own.replace(/^export (class wbg_rayon\w+ \{[^}]*\}|function (initThreadPool|wbg_rayon\w+).*)\n\n?/gm, "");
  });
  for (const call of calls) expect(call).toBe(calls[0]);
});

test("members may be kept in variables", () => {
  const members: Member[] = [{ id: "rsi" }, { id: "ema", source: { id: "macd", output: "signal" } }];
  expect(bars().compute(members).length).toBe(2);
});
