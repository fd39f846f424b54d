import { type Column, layInput } from "../columns.js";
import { type Core, core, exchanging, failure } from "../core.js";
import { kindOf, TvfError } from "../errors.js";
import { numeric } from "./look.js";
import { answered } from "./points.js";
import type { Scale } from "./scale.js";

/** A place in pixels. */
export interface Point {
  x: number;
  y: number;
}

/** An end of a drawing: a place on the axis of time, in pixels, and a price. */
export interface Anchor {
  x: number;
  price: number;
}

/** What is nearest. */
export interface Hit {
  /** In pixels; infinite where there is nothing. */
  distance: number;
  /** The number of the part, or of the level. */
  part: number;
}

/** The ratios of Fibonacci's levels that charts draw unless told otherwise. */
export const FIBONACCI: readonly number[] = [0, 0.236, 0.382, 0.5, 0.618, 0.786, 1];

/**
 * How many pixels a point is from the line between two others. As for all drawings: one with a coordinate that is no
 * number is infinitely far away, and one whose points are the same is that point.
 */
export function hitSegment(at: Point, a: Point, b: Point): number {
  return core().glue.hit_line(...numbers(at, "at"), ...numbers(a, "a"), ...numbers(b, "b"), 0);
}

/** How many pixels a point is from the line that begins at `a` and goes through `b` without an end. */
export function hitRay(at: Point, a: Point, b: Point): number {
  return core().glue.hit_line(...numbers(at, "at"), ...numbers(a, "a"), ...numbers(b, "b"), 1);
}

/** How many pixels a point is from the line through two others, which has no end. */
export function hitLine(at: Point, a: Point, b: Point): number {
  return core().glue.hit_line(...numbers(at, "at"), ...numbers(a, "a"), ...numbers(b, "b"), 2);
}

/** How many pixels a point is from the edge of a rectangle between two opposite corners; 0 inside of a filled one. */
export function hitRectangle(at: Point, a: Point, b: Point, filled = false): number {
  const place = [...numbers(at, "at"), ...numbers(a, "a"), ...numbers(b, "b")] as const;
  return core().glue.hit_rectangle(...place, Boolean(filled));
}

/**
 * How many pixels a point is from a line through many, and which of its parts is nearest: 0 is between the first two. A
 * point that is NaN is a gap.
 */
export function hitPolyline(at: Point, x: Column, y: Column): Hit {
  return exchanging((core) => {
    const { length } = layInput(core, "x", x);
    const other = layInput(core, "y", y).length;
    if (other !== length) {
      core.exchange.differs("y", other, "x", length);
      throw failure(core);
    }
    core.glue.hit_polyline(core.exchange, ...numbers(at, "at"));
    return nearest(core);
  });
}

/**
 * How many pixels a point is from horizontal lines at some heights that go from one place to another, `extended` to the
 * right without end, and which of them is nearest.
 */
export function hitLevels(at: Point, from: number, to: number, heights: Column, extended = false): Hit {
  return exchanging((core) => {
    layInput(core, "heights", heights);
    const ends = [numeric("from", from), numeric("to", to)] as const;
    core.glue.hit_levels(core.exchange, ...numbers(at, "at"), ...ends, Boolean(extended));
    return nearest(core);
  });
}

/** The price of a level of Fibonacci's: a ratio of 0 is where a move ended, 1 where it began. */
export function fibonacci(from: number, to: number, ratio: number): number {
  return core().glue.fibonacci(numeric("from", from), numeric("to", to), numeric("ratio", ratio));
}

/** How many pixels a point is from Fibonacci's levels of the move from one end to another, and which ratio is nearest. */
export function hitFibonacci(
  at: Point,
  a: Anchor,
  b: Anchor,
  scale: Scale,
  ratios: readonly number[] = FIBONACCI,
  extended = false,
): Hit {
  const heights = ratios.map((ratio) => scale.y(fibonacci(a.price, b.price, ratio)));
  return hitLevels(at, a.x, b.x, heights, extended);
}

function nearest(core: Core): Hit {
  const [distance, part] = answered(core, 0, 0) as unknown as [number, number];
  return { distance, part };
}

function numbers(point: Point, name: string): [number, number] {
  if (typeof point !== "object" || point === null) {
    throw new TvfError("param_type", `${name} must be a point such as { x: 0, y: 0 }, not ${kindOf(point)}`, name);
  }
  return [numeric(`${name}.x`, point.x), numeric(`${name}.y`, point.y)];
}
