// What evaluations look like from JavaScript: their shape, and what is refused.
import { beforeAll, describe, expect, expectTypeOf, test } from "vitest";
import init, { evaluate, type ReturnsEvaluation, type TradesEvaluation } from "../src/index.js";
import { expectCode, wasm } from "./support.js";

beforeAll(() => init({ module: wasm() }));

const returns = [0.1, -0.2, null, 0.125, 0.2, -0.1];

describe("evaluate", () => {
  test("returns", () => {
    const found = evaluate({ returns, benchmark: 0.01, periods: 6 });
    expectTypeOf(found).toEqualTypeOf<ReturnsEvaluation>();
    expect(found.totalReturn).toBeCloseTo(0.0692, 14);
    expect(found.annualReturn).toBeCloseTo(0.0692, 14);
    expect(found.maxDrawdown).toBeCloseTo(-0.2, 14);
    expect(found.maxDrawdownDuration).toBe(3);
    expect(found.winRate).toBe(0.6);
    expect(found.beta).toBeNaN();
    expect(found.trackingError).toBeGreaterThan(0);
    expect(evaluate({ returns }).trackingError).toBeNaN();
    const rates = new Float64Array(6).fill(0.001);
    expect(evaluate({ returns, riskFree: rates })).toEqual(evaluate({ returns, riskFree: 0.001 }));
    expect(evaluate({ returns, trials: 10, trialsDeviation: 0.5 }).deflatedSharpe).toBeLessThan(
      evaluate({ returns }).deflatedSharpe,
    );
  });

  test("trades", () => {
    const found = evaluate({ trades: { profit: [10, -4, 6], entry: [0, 5, 6], exit: [4, 7, 10] } });
    expectTypeOf(found).toEqualTypeOf<TradesEvaluation>();
    expect([found.trades, found.netProfit, found.payoff, found.exposure]).toEqual([3, 12, 2, 0.9]);
    expect(found.totalReturn).toBeNaN();
    const [entry, exit] = [[new Date(0)], [new Date(5000)]];
    expect(evaluate({ trades: { profit: [1], return: [0.5], entry, exit } })).toMatchObject({
      averageDuration: 5000,
      totalReturn: 0.5,
    });
  });

  test("probabilities and forecasts", () => {
    const probabilities = [
      [0.5, 0.25, 0.25],
      [0.25, 0.5, 0.25],
    ];
    const found = evaluate({ probabilities, outcomes: [0, 2] });
    expect(found.crossEntropy).toBeCloseTo(Math.log(8) / 2, 14);
    expect([found.accuracy, evaluate({ probabilities: [], outcomes: [] }).accuracy]).toEqual([0.5, NaN]);
    expect(evaluate({ actual: [1, 2], predicted: [2, 0] })).toMatchObject({ mae: 1.5, bias: -0.5 });
  });

  test("what makes no sense is refused", () => {
    const messages = [
      [() => evaluate({} as never), "input_count"],
      [() => evaluate({ returns, trades: { profit: [1] } } as never), "input_count"],
      [() => evaluate({ returns: "abc" as never }), "input_type"],
      [() => evaluate({ returns, benchmark: [1, 2] }), "input_length"],
      [() => evaluate({ returns, periods: 0 }), "param_range"],
      [() => evaluate({ returns, confidence: "1" as never }), "param_type"],
      [() => evaluate({ trades: { profit: [1], entry: [2], exit: [1] } }), "input_range"],
      [() => evaluate({ trades: { profit: [1, 2], exit: [5, 4] } }), "input_range"],
      [() => evaluate({ probabilities: [[0.5, 0.5], [1]], outcomes: [0, 0] }), "input_length"],
      [() => evaluate({ probabilities: [[0.5, 0.4]], outcomes: [0] }), "input_range"],
    ] as const;
    for (const [act, code] of messages) expectCode(act, code);
  });
});
