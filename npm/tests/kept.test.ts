// Results that stay in the module: seen where they are, copied when asked, gone when freed.
import { beforeAll, describe, expect, expectTypeOf, test } from "vitest";
import init, { Bars, type Macd, type Member } from "../src/index.js";
import { core } from "../src/core.js";
import { bits, errorOf, expectCode, walk } from "./support.js";

beforeAll(() => init());

const data = walk(500);
const MEMBERS = [
  { id: "ema", period: 9, source: { id: "rsi", period: 14 } },
  { id: "macd" },
  { id: "ema", period: 9, source: { id: "rsi", period: 14 } },
  { id: "sma_cross", fast: 5, slow: 20 },
  { id: "vwap", zone: "America/New_York", open: "09:30" },
  { id: "volume_profile" },
  { id: "heartbeat" },
  { id: "ichimoku" },
] as const satisfies readonly Member[];

describe("results that are kept", () => {
  test("are those that compute gives, to the bit", () => {
    const bars = Bars.from(data);
    for (const options of [{}, { from: 100, to: 200 }, { from: -50 }, { shifted: true }, { from: 7, to: 7 }]) {
      using kept = bars.keep(MEMBERS, options);
      const expected = bits(bars.compute(MEMBERS, options));
      expect(bits(kept.view())).toEqual(expected);
      expect(bits(kept.copy())).toEqual(expected);
    }
    const named = { fast: { id: "ema", period: 12 }, trend: { id: "macd" } } as const;
    using kept = bars.keep(named);
    expect(bits(kept.view())).toEqual(bits(bars.compute(named)));
    expectTypeOf(kept.view().trend).toEqualTypeOf<Macd<Float64Array>>();
    expect(bars.keep([]).view()).toEqual([]);
  });

  test("lie in the module's memory, and a copy does not", () => {
    using kept = Bars.from(data).keep([{ id: "ema" }]);
    const { memory } = core();
    expect(kept.view()[0].buffer).toBe(memory.buffer);
    expect(kept.copy()[0].buffer).not.toBe(memory.buffer);
    expect(kept.isShared).toBe(false);
  });

  test("stay what they are while bars go on, others are computed and memory grows", () => {
    const bars = Bars.from(data);
    const expected = bits(bars.compute(MEMBERS));
    const kept = bars.keep(MEMBERS);
    bars.push({ time: data.time.at(-1)! + 60_000, open: 1, high: 1, low: 1, close: 1, volume: 1 });
    bars.compute(MEMBERS);
    const before = core().memory.buffer.byteLength;
    using _ = Bars.from({ close: new Float64Array(before / 8) });
    expect(core().memory.buffer.byteLength).toBeGreaterThan(before);
    expect(bits(kept.view())).toEqual(expected);
    bars.free();
    expect(bits(kept.view())).toEqual(expected);
    kept.free();
  });

  test("give their memory back", () => {
    const bars = Bars.from(walk(100_000));
    bars.keep([{ id: "ichimoku" }]).free();
    const before = core().memory.buffer.byteLength;
    for (let i = 0; i < 50; i++) bars.keep([{ id: "ichimoku" }]).free();
    expect(core().memory.buffer.byteLength).toBe(before);
  });

  test("are an error once they are freed", () => {
    const kept = Bars.from(data).keep([{ id: "rsi" }]);
    kept.free();
    kept.free();
    expect(kept.isFreed).toBe(true);
    expectCode(() => kept.view(), "freed");
    expectCode(() => kept.copy(), "freed");
  });

  test("have the names that the members had", () => {
    const named: Record<string, Member> = { one: { id: "ema" }, two: { id: "rsi" } };
    using kept = Bars.from(data).keep(named);
    delete named["one"];
    expect(Object.keys(kept.view())).toEqual(["one", "two"]);
  });

  test("mistakes are told as compute tells them, and leave nothing behind", () => {
    const bars = Bars.from(data);
    for (const members of [[{ id: "rsi", period: 0 }], [{ id: "nope" }], 7] as never[]) {
      expect(errorOf(() => bars.keep(members)).message).toBe(errorOf(() => bars.compute(members)).message);
    }
    const { code, message } = errorOf(() => bars.keep([{ id: "rsi" }], { into: [] } as never));
    expect([code, message]).toEqual(["unknown_param", "keep has no option into; it has from, to, shifted"]);
    expect(bits(bars.keep([{ id: "rsi" }]).view())).toEqual(bits(bars.compute([{ id: "rsi" }])));
  });
});
