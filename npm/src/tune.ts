import { type Column, layInput } from "./columns.js";
import { exchanging, failure } from "./core.js";
import type { Indicators } from "./indicators.js";
import { type Compat, describe } from "./members.js";
import { takeColumns } from "./results.js";
import { TUNABLE, type TunableId } from "./tunable.js";

/** Where a descent begins, and how it goes. */
export interface TuneOptions<K extends TunableId = TunableId> {
  /** The bars that are learnt from, the first one and the first after them; all of them if not said. */
  window?: readonly [from: number, to?: number];
  /** Where it begins, and what stays as it is; the defaults if not said. */
  params?: Indicators[K]["options"];
  /**
   * What is tuned: names, or names with other bounds such as `{ period: [5, 50] }`; all that `tunable()` has if not
   * said. A start out of the bounds is moved to the nearest of them.
   */
  knobs?: readonly string[] | Readonly<Record<string, readonly [low: number, high: number] | undefined>>;
  /** Bars ahead that the average is a forecast of, 1 to 1000; 1 if not said. */
  horizon?: number;
  /** Weight of how much the average bends, 0 to 1000000; 1 if not said. */
  smoothness?: number;
  /** The most steps, 1 to 10000; 100 if not said. */
  iterations?: number;
  /** Whose definition is followed where the market disagrees. */
  compat?: Compat;
}

/** What came of tuning. The parameters go into the function of the average: `kama(close, tuned.params)`. */
export interface Tuned<K extends TunableId = TunableId> {
  readonly id: K;
  /** What was given, and what was tuned. */
  readonly params: Indicators[K]["options"];
  /** The loss where the descent began. */
  readonly before: number;
  /** The loss of the parameters, never above the one before. */
  readonly after: number;
  /** The loss curve: where it began, and every step. */
  readonly losses: Float64Array;
  /** The values of what was tuned along the curve; whole numbers lie between two of them. */
  readonly values: Readonly<Record<string, Float64Array>>;
  /** Why it ended: no step goes down any more, nothing changes the loss, or the most steps were made. */
  readonly end: "converged" | "flat" | "limit";
  /** How often the average was computed. */
  readonly evaluations: number;
}

const ENDS = ["converged", "flat", "limit"] as const;

/** The averages that can be tuned, and of each the parameters with their usual bounds. */
export function tunable(): Readonly<Record<TunableId, Readonly<Record<string, readonly [number, number]>>>> {
  return TUNABLE;
}

/**
 * Fits the parameters of an average to a window of a series, by gradient descent on a stated loss: the average's error
 * as a forecast `horizon` bars ahead, and how much it bends, weighed by `smoothness`. Nothing after the window is read,
 * and the result has the same bits in every build and in Python. docs/tuning.md has the formula.
 *
 * `kama(close, tune("kama", close, { window: [0, 2000] }).params)`
 */
export function tune<K extends TunableId>(id: K, source: Column, options: TuneOptions<K> = {}): Tuned<K> {
  const { window = [0], params = {}, knobs = [], horizon = NaN, smoothness = NaN, iterations = NaN, compat } = options;
  const named: [string, readonly [number, number] | undefined][] = Array.isArray(knobs)
    ? knobs.map((name: string) => [name, undefined])
    : Object.entries(knobs as Record<string, readonly [number, number] | undefined>);
  return exchanging((core) => {
    describe(core, [{ ...params, id, ...(compat && { compat }) }]);
    layInput(core, "source", source);
    layInput(core, "knobs", named.flatMap(([, bounds]) => bounds ?? [NaN, NaN]));
    const names = named.map(([name]) => name).join(",");
    const [from, to = NaN] = window;
    const { exchange, glue } = core;
    if (!glue.tune(exchange, id, names, from, to, horizon, smoothness, iterations)) throw failure(core);
    const order = named.length > 0 ? named.map(([name]) => name) : Object.keys(TUNABLE[id]);
    const [numbers] = takeColumns(core, 0, 1) as [Float64Array];
    const [before, after, end, evaluations, ...tuned] = numbers as unknown as [number, number, number, number];
    const [losses] = takeColumns(core, 1, 1) as [Float64Array];
    const along = takeColumns(core, 2, order.length);
    const found = Object.fromEntries(order.map((name, i) => [name, (tuned as number[])[i]]));
    return {
      id,
      params: { ...params, ...found } as Indicators[K]["options"],
      before,
      after,
      losses,
      values: Object.fromEntries(order.map((name, i) => [name, along[i] as Float64Array])),
      end: ENDS[end] as Tuned["end"],
      evaluations,
    };
  });
}
