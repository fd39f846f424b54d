import { layInput, numberOf, type Time } from "../columns.js";
import { exchanging, failure } from "../core.js";
import { changesOf, checkZone } from "../zones.js";
import { numeric } from "./look.js";
import { answered } from "./points.js";

/** Round numbers that an axis is labelled with. */
export interface Ticks {
  /** Ascending. */
  values: Float64Array;
  /** From each to the next; 0 on a log scale and where there are not two. */
  step: number;
  /** How many digits after the point tell them apart: for `toFixed`. */
  decimals: number;
}

/** A length of the calendar. */
export type TimeUnit = "millisecond" | "second" | "minute" | "hour" | "day" | "month" | "year";

/** Moments that an axis is labelled at. */
export interface TimeTicks {
  /** Milliseconds since 1970 UTC, ascending. */
  time: Float64Array;
  /** The longest unit that begins at each: a label says that part of the date. */
  unit: TimeUnit[];
}

/** How moments are chosen. */
export interface TimeTicksOptions {
  /** The time zone whose calendar is followed, such as `America/New_York`; UTC if not said. */
  zone?: string;
}

/**
 * The multiples of 1, 2 or 5 times a power of ten from `low` to `high`, at most one more than `most`. Each is the number
 * nearest to its decimal: `toFixed(decimals)` loses nothing. `unit` is the least change of a price, of which they are
 * to be multiples.
 */
export function ticks(low: number, high: number, most: number, unit = 0): Ticks {
  return ticksOf(low, high, most, unit, false);
}

/** @internal Ticks of an axis, linear or not. */
export function ticksOf(low: number, high: number, most: number, unit: number, log: boolean): Ticks {
  return exchanging((core) => {
    const range = [numeric("low", low), numeric("high", high), numeric("most", most), numeric("unit", unit)] as const;
    if (!core.glue.ticks(core.exchange, ...range, log)) throw failure(core);
    const [step, decimals] = answered(core, 1, 0) as unknown as [number, number];
    return { values: answered(core, 0, 0), step, decimals };
  });
}

/**
 * Where units of the local calendar begin, from one moment to another: milliseconds up to years, in steps of which so
 * many are as long. Where clocks go forward, what would begin in the hour that is left out begins at the change; where
 * they go back, hours begin twice and days once.
 */
export function timeTicks(from: Time, to: Time, most: number, { zone = "UTC" }: TimeTicksOptions = {}): TimeTicks {
  const [first, last] = [numberOf("time", from), numberOf("time", to)];
  checkZone(zone);
  return exchanging((core) => {
    if (Number.isFinite(first) && Number.isFinite(last)) {
      const { moments, offsets } = changesOf(zone, whole(first), whole(last));
      layInput(core, "moments", moments);
      layInput(core, "offsets", offsets);
    }
    if (!core.glue.time_ticks(core.exchange, first, last, numeric("most", most))) throw failure(core);
    const units = answered(core, 0, 1);
    return { time: answered(core, 0, 0), unit: Array.from(units, (unit) => UNITS[unit] as TimeUnit) };
  });
}

const UNITS: readonly (TimeUnit | "week")[] = ["millisecond", "second", "minute", "hour", "day", "week", "month", "year"];

function whole(moment: number): number {
  return Math.floor(moment / 1000) * 1000;
}
