import { type Column, layInput } from "../columns.js";
import { type Core, exchanging, failure, viewNumbers } from "../core.js";
import { arrayFor, numeric } from "./look.js";

/** Points that stand for a line. */
export interface Points {
  /** How many there are. Arrays that were given to be filled may be longer. */
  length: number;
  /** The number of each point's bar, ascending. */
  at: Float64Array;
  value: Float64Array;
}

/**
 * The numbers of at most so many points of a line that span the largest triangles (LTTB: S. Steinarsson, "Downsampling
 * Time Series for Visual Representation", 2013). The first and the last stay; points without a coordinate are left out.
 */
export function lttb(x: Column, y: Column, most: number): Float64Array {
  return exchanging((core) => {
    layInput(core, "x", x);
    layInput(core, "y", y);
    if (!core.glue.lttb(core.exchange, numeric("most", most))) throw failure(core);
    return answered(core, 0, 0);
  });
}

/** A copy of a column of the answer. */
export function answered({ exchange, memory }: Core, member: number, column: number, length = exchange.length(member)): Float64Array {
  return new Float64Array(memory.buffer, exchange.result(member, column), length).slice();
}

/** @internal Copies points out of the module. */
export function takePoints(core: Core, bars: number, values: number, length: number, into: Points | undefined): Points {
  const points = (into ?? {}) as Points;
  points.length = length;
  points.at = arrayFor(length, points.at);
  points.at.set(viewNumbers(core, bars, length));
  points.value = arrayFor(length, points.value);
  points.value.set(viewNumbers(core, values, length));
  return points;
}
