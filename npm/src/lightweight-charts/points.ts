import type { UTCTimestamp } from "lightweight-charts";
import type { Timeline } from "./timeline.js";

/** What a series takes: a value, or a time without one, which leaves a gap. */
export interface Point {
  time: UTCTimestamp;
  value?: number;
  color?: string;
}

/** The value of a bar; none where there is no such bar. */
export type Read = (bar: number) => number | undefined;
/** The colour of a value, where each has its own. */
export type Colour = (value: number, bar: number) => string;

/** A point. */
export function pointOf(second: number, bar: number, read: Read, colour?: Colour): Point {
  const time = second as UTCTimestamp;
  const value = read(bar);
  if (value === undefined || !Number.isFinite(value)) return { time };
  return colour ? { time, value, color: colour(value, bar) } : { time, value };
}

/**
 * A column as the points of a page. A chart draws the value of bar `i` at bar `i + shift`: before the first bar there is
 * no room for it, behind the last one there is. What is missing, the warm-up for one, is a point without a value.
 */
export function pointsOf(timeline: Timeline, read: Read, shift: number, colour?: Colour): Point[] {
  const { seconds, bars } = timeline;
  // Drawn to the left, the values of the last page end before it does, and go on from there.
  const behind = timeline.isLast && shift < 0 ? bars.findIndex((bar) => bar - shift >= timeline.to) : -1;
  const own = behind < 0 ? seconds : seconds.slice(0, behind);
  const points = own.map((second, i) => pointOf(second, (bars[i] as number) - shift, read, colour));
  if (shift > 0 && timeline.isLast) {
    timeline.future(shift).forEach((second, i) => points.push(pointOf(second, timeline.to + i - shift, read, colour)));
  }
  return points;
}
