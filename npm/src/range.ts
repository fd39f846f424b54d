import { kindOf, TvfError } from "./errors.js";

/** Bars from one to before another. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The bars that two numbers name, as `Array.slice` counts them, within those that there are. */
export function rangeWithin(from: number | undefined, to: number | undefined, length: number): Range {
  const first = placeOf("from", from, 0, length);
  return { from: first, to: Math.max(first, placeOf("to", to, length, length)) };
}

function placeOf(name: string, given: unknown, otherwise: number, length: number): number {
  if (given === undefined) return otherwise;
  if (!Number.isInteger(given)) {
    const bound = "the number of a bar";
    const got = typeof given === "number" ? String(given) : kindOf(given);
    throw new TvfError("param_type", `${name} must be ${bound}, not ${got}`, name, got, bound);
  }
  const bar = given as number;
  return Math.min(Math.max(bar < 0 ? bar + length : bar, 0), length);
}
