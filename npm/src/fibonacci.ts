import { type Column, layInput, type TimeColumn } from "./columns.js";
import { type Core, core, exchanging, failure } from "./core.js";
import { kindOf, TvfError } from "./errors.js";
import { describe } from "./members.js";
import { orNull, takeColumns } from "./results.js";
import { frozen, tell } from "./tell.js";
import { FIGURES } from "./texts.js";

/** A way to draw levels. */
export type FibonacciKind = "retracement" | "extension" | "projection" | "fan" | "arcs" | "time_zones";

/** A point of a swing. */
export interface FibonacciPoint {
  /** The bar's position. */
  readonly bar: number;
  /** The bar's time in milliseconds since 1970 UTC; null where there is none. */
  readonly time: number | null;
  readonly price: number;
}

/** A level. What its kind has no number for is null. */
export interface FibonacciLevel {
  /** Which figure it belongs to. */
  readonly kind: FibonacciKind;
  readonly ratio: number;
  /** The price; of a fan's line and of an arc that at B's bar. */
  readonly price: number | null;
  /** The bar of a time zone; of an arc the bar at which it is at B's price again. */
  readonly bar: number | null;
  /** How much a fan's line rises a bar, in prices, on a log scale in their logarithms. */
  readonly slope: number | null;
  /** A: bar and price. */
  readonly from: readonly [number, number];
  /** B: bar and price. */
  readonly to: readonly [number, number];
  /** C, of a projection. */
  readonly then: readonly [number, number] | null;
}

/** Levels of several swings that are near each other. */
export interface FibonacciCluster {
  /** The lowest of them. */
  readonly low: number;
  /** The highest. */
  readonly high: number;
  /** How many swings they are of. */
  readonly swings: number;
  /** How many levels there are. */
  readonly count: number;
  /** 0 to 1: how many of the swings agree, and how closely. */
  readonly score: number;
  /** The levels, lowest first. */
  readonly parts: readonly { readonly kind: FibonacciKind; readonly ratio: number }[];
}

/** Levels, the clusters they make, and the points of the swings. */
export interface Fibonacci {
  /** Kind by kind, swing by swing, in the order of the ratios. */
  readonly levels: readonly FibonacciLevel[];
  /** Prices where levels of several swings meet, lowest first. */
  readonly clusters: readonly FibonacciCluster[];
  /** Oldest first. */
  readonly points: readonly FibonacciPoint[];
}

/** How levels are drawn. */
export interface FibonacciOptions {
  /** One figure or several; `retracement` if not said. */
  kind?: FibonacciKind | readonly FibonacciKind[];
  /** Ratios for all kinds, in the place of their own. */
  ratios?: Column;
  /** Whether ratios share prices or their logarithms. */
  scale?: "linear" | "log";
  /** How far apart the levels of a cluster may be, in percent of the lowest; 0.5 if not said. */
  tolerance?: number;
  /** How much price is drawn as wide as a bar, which gives arcs their shape; 0 draws each swing at 45 degrees. */
  unit?: number;
}

/** How the swings of a series are found. */
export interface FibonacciSwingOptions extends FibonacciOptions {
  /** How many of the last swings are drawn, 1 to 100; 1 if not said. */
  swings?: number;
  /** What makes a turn: `atr`, price comes back by so many average true ranges; `percent`; `bars` on both sides. */
  pivots?: "atr" | "percent" | "bars";
  /** How much that is; 2 if not said. */
  reversal?: number;
}

/** Columns in which swings are found. */
export interface FibonacciColumns {
  high: Column;
  low: Column;
  /** For the ranges that `pivots: "atr"` needs; the middle of high and low if not given. */
  close?: Column;
  time?: TimeColumn;
}

/** A figure: its definition. */
export interface FibonacciFigure {
  readonly id: FibonacciKind;
  readonly doc: string;
  readonly formula: string;
  /** How many points a swing of it has. */
  readonly points: number;
  /** The ratios that are drawn unless told otherwise. */
  readonly ratios: readonly number[];
}

let known: readonly FibonacciFigure[] | undefined;

/** The figures that {@link fibonacci} draws. */
export function fibonacciFigures(): readonly FibonacciFigure[] {
  const { glue } = core();
  known ??= tell(frozen(glue.fibonacci_figures()), FIGURES);
  return known;
}

/**
 * Levels that share a swing in fixed ratios, and prices where levels of several swings meet. A swing goes from A to B; a
 * projection also has C, the turn after B. Swings are those between the points given as [bar, price], or the last ones
 * of columns; these count once both of their turns are certain, so no level moves afterwards.
 *
 * `fibonacci([[10, 100], [42, 131.5]], { kind: "extension" })`,
 * `fibonacci({ high, low, close }, { kind: ["retracement", "extension"], swings: 6 }).clusters`.
 */
export function fibonacci(points: readonly (readonly [number, number])[], options?: FibonacciOptions): Fibonacci;
export function fibonacci(columns: FibonacciColumns, options?: FibonacciSwingOptions): Fibonacci;
export function fibonacci(given: unknown, options: FibonacciSwingOptions = {}): Fibonacci {
  const { kind = "retracement", ratios, ...params } = options;
  const isPoints = Array.isArray(given);
  return exchanging((core) => {
    describe(core, [{ ...params, id: "fibonacci" }]);
    if (isPoints) layPoints(core, given);
    else layColumns(core, given);
    if (ratios !== undefined) layInput(core, "ratios", ratios);
    const kinds = wordsOf(kind).join(",");
    if (!core.glue.fibonacci_levels(core.exchange, kinds, isPoints, ratios !== undefined)) throw failure(core);
    return told(core);
  });
}

function wordsOf(kind: unknown): string[] {
  const kinds: readonly unknown[] = Array.isArray(kind) ? kind : [kind];
  return kinds.map((name) => {
    if (typeof name === "string") return name;
    throw new TvfError("param_type", `kind is ${kindOf(name)}, not a text`, "kind");
  });
}

function layPoints(core: Core, points: readonly unknown[]): void {
  const pairs = points.map((point) => {
    if (Array.isArray(point) && point.length === 2) return point as [number, number];
    const bound = "pairs of bar and price";
    throw new TvfError("input_type", `points are not ${bound}`, "points", kindOf(point), bound);
  });
  layInput(core, "bar", pairs.map(([bar]) => bar));
  layInput(core, "time", pairs.map(() => NaN));
  layInput(core, "price", pairs.map(([, price]) => price));
}

function layColumns(core: Core, columns: unknown): void {
  if (typeof columns !== "object" || columns === null) {
    const bound = "columns such as { high, low }, or points";
    throw new TvfError("input_type", `fibonacci takes ${bound}, not ${kindOf(columns)}`, "columns", "", bound);
  }
  const fields = columns as Record<string, unknown>;
  for (const name of ["high", "low"]) {
    if (fields[name] !== undefined) continue;
    const bound = "high and low, or points";
    throw new TvfError("input_count", `fibonacci needs ${bound}; there is no ${name}`, name, "", bound);
  }
  for (const name of ["high", "low", "close", "time"]) layInput(core, name, fields[name] ?? []);
}

/** The rows of a group of columns. */
function rowsOf(core: Core, group: number, columns: number): number[][] {
  const numbers = takeColumns(core, group, columns);
  return Array.from({ length: core.exchange.length(group) }, (_, row) => numbers.map((column) => column[row] as number));
}

function told(core: Core): Fibonacci {
  const figures = fibonacciFigures();
  const name = (place: number | undefined): FibonacciKind => (figures[place as number] as FibonacciFigure).id;
  const parts = rowsOf(core, 3, 2).map(([kind, ratio]) => ({ kind: name(kind), ratio: ratio as number }));
  let next = 0;
  return {
    points: rowsOf(core, 0, 3).map(([bar, time, price]) => ({
      bar: bar as number,
      time: orNull(time),
      price: price as number,
    })),
    levels: rowsOf(core, 1, 11).map(([kind, ratio, price, bar, slope, ...ends]) => {
      const [a, b, c, d, thenBar, thenPrice] = ends as [number, number, number, number, number, number];
      return {
        kind: name(kind),
        ratio: ratio as number,
        price: orNull(price),
        bar: orNull(bar),
        slope: orNull(slope),
        from: [a, b],
        to: [c, d],
        then: Number.isNaN(thenBar) ? null : [thenBar, thenPrice],
      };
    }),
    clusters: rowsOf(core, 2, 5).map((row) => {
      const [low, high, swings, count, score] = row as [number, number, number, number, number];
      next += count;
      return { low, high, swings, count, score, parts: parts.slice(next - count, next) };
    }),
  };
}
