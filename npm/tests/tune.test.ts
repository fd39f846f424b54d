import { beforeAll, expect, test } from "vitest";
import init, { kama, sma, tunable, tune } from "../src/index.js";
import { expectCode, walk } from "./support.js";

beforeAll(() => init());

const { close } = walk(1500, 3);

test("every step goes down, and the parameters go into the function", () => {
  const tuned = tune("kama", close, { window: [100, 1200] });
  const falls = tuned.losses.slice(1).every((loss, i) => loss < tuned.losses[i]!);
  expect(falls).toBe(true);
  expect(tuned.after).toBeLessThanOrEqual(tuned.before);
  expect(Object.keys(tuned.params)).toEqual(["period", "fast", "slow"]);
  expect(Object.keys(tuned.values)).toEqual(["period", "fast", "slow"]);
  expect(tuned.values["period"]!.length).toBe(tuned.losses.length);
  expect(["converged", "limit"]).toContain(tuned.end);
  expect(kama(close, tuned.params).length).toBe(close.length);
});

test("what comes after the window changes nothing", () => {
  const part = tune("ema", close.slice(0, 1000));
  expect(tune("ema", close, { window: [0, 1000] })).toEqual(part);
});

test("only what is named moves, within its bounds", () => {
  const { params, values } = tune("alma", close, { params: { period: 21 }, knobs: { sigma: [1, 3], offset: undefined } });
  expect(params.period).toBe(21);
  expect(params.sigma).toBeGreaterThanOrEqual(1);
  expect(params.sigma).toBeLessThanOrEqual(3);
  expect(Object.keys(values)).toEqual(["sigma", "offset"]);
  expect(tune("sma", close, { knobs: ["period"], iterations: 1 }).losses.length).toBeLessThanOrEqual(2);
  expect(sma(close, tune("sma", close).params).length).toBe(close.length);
});

test("what cannot be tuned is told", () => {
  expect(tunable().kama.period).toEqual([2, 100]);
  expectCode(() => tune("rsi" as "ema", close), "param_choice");
  expectCode(() => tune("nothing" as "ema", close), "unknown_indicator");
  expectCode(() => tune("ema", close, { knobs: ["sigma"] }), "unknown_param");
  expectCode(() => tune("ema", close, { knobs: { period: [9, 5] } }), "param_range");
  expectCode(() => tune("ema", close, { window: [0, 5] }), "param_range");
  expectCode(() => tune("ema", close, { window: [0, 5000] }), "param_range");
  expectCode(() => tune("ema", close, { horizon: 0 }), "param_range");
});
