import { beforeAll, expect, test } from "vitest";
import init, { aroon, composite, compositeSources, type CompositeOptions, rsi } from "../src/index.js";
import { expectCode, walk } from "./support.js";

beforeAll(() => init());

const bars = walk(1500, 3);

test("contributions add up to the score, the greatest first", () => {
  const { reasons, score, strength, bar, time, silent } = composite(bars);
  const sizes = reasons.map(({ contribution }) => Math.abs(contribution));
  expect(sizes.length).toBeGreaterThan(10);
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  expect(reasons.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(score, 12);
  expect(strength).toBe(Math.abs(score));
  expect([bar, silent]).toEqual([1499, []]);
  expect(time).toBe(Number(bars.time.at(-1)));
});

test("votes are those of the indicators", () => {
  const { reasons } = composite(bars, { sources: ["aroon", "rsi"] });
  const of = (id: string) => reasons.find(({ source }) => source === id)!;
  expect(of("aroon").vote).toBe(aroon(bars.high, bars.low).oscillator.at(-1)! / 100);
  expect(of("rsi").measured).toBe(rsi(bars.close).at(-1));
});

test("what cannot vote says why", () => {
  const { high, low, close } = bars;
  const { silent } = composite({ high, low, close });
  expect(Object.fromEntries(silent.map(({ source, why }) => [source, why]))).toEqual({
    candlesticks: "there is no open",
    mfi: "there is no volume",
    cmf: "there is no volume",
    obv: "there is no volume",
  });
  const short = composite({ high: high.slice(0, 40), low: low.slice(0, 40), close: close.slice(0, 40) });
  expect(short.silent).toContainEqual({ source: "sma_cross", why: "it has no value at the last bar" });
  expectCode(() => composite({ high, low, close }, { sources: ["mfi"] }), "input_count");
});

test("every source can vote alone, under its own names", () => {
  for (const { id, names, inputs } of compositeSources()) {
    expect(inputs.every((name) => name in bars)).toBe(true);
    for (const reason of composite(bars, { sources: [id] }).reasons) {
      expect(reason.source).toBe(id);
      expect(names).toContain(reason.name);
    }
  }
});

test("errors name what is wrong", () => {
  const ask = (options: object) => () => composite(bars, options as CompositeOptions);
  expectCode(ask({ sources: ["nobody"] }), "param_choice");
  expectCode(ask({ weights: { rsy: 1 } }), "param_choice");
  expectCode(ask({ sources: ["rsi,aroon"] }), "param_choice");
  expectCode(ask({ weights: { rsi: -1 } }), "param_range");
  expectCode(ask({ sources: [] }), "param_range");
  expectCode(ask({ half_life: 0 }), "param_range");
  expectCode(ask({ halflife: 5 }), "unknown_param");
  expectCode(() => composite(undefined as never), "input_type");
  expectCode(() => composite({ ...bars, low: bars.low.slice(1) }), "input_length");
  expect(composite({ high: [], low: [], close: [] }).bar).toBeNull();
});
