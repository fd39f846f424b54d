import { type Column, layInput, numberOf, type TimeColumn } from "./columns.js";
import { COMPOSITE_SOURCES, type CompositeSourceId } from "./composite_sources.js";
import { core, exchanging, failure } from "./core.js";
import { kindOf, TvfError } from "./errors.js";
import { describe } from "./members.js";
import { orNull, takeColumns } from "./results.js";

/** A source of votes: its definition. */
export interface CompositeSource {
  readonly id: CompositeSourceId;
  /** Its name for people. */
  readonly title: string;
  /** What kind of opinion it has. */
  readonly group: "pattern" | "trend" | "reversal" | "volume";
  /** How its vote comes about. */
  readonly rule: string;
  /** Its weight, unless a caller says another. */
  readonly weight: number;
  /** The columns that it cannot do without. */
  readonly inputs: readonly string[];
  /** What its reasons may be called. */
  readonly names: readonly string[];
  /** Who published it. */
  readonly source: string;
}

/** What a source said, and what came of it. */
export interface CompositeReason {
  readonly source: CompositeSourceId;
  /** What was said: the pattern's name, or the indicator's. */
  readonly name: string;
  /** From −1, price is expected to fall, to 1. */
  readonly vote: number;
  /** The source's weight. */
  readonly weight: number;
  /** How much of the score it is; the contributions add up to the score. */
  readonly contribution: number;
  /** The bar that made it certain. */
  readonly bar: number;
  /** What it rests on: a pattern's score, a candlestick's value, an indicator's first value, a retracement. */
  readonly measured: number;
}

/** A source that did not vote. */
export interface CompositeSilent {
  readonly source: CompositeSourceId;
  /** Why: the column that it lacks, or that it has no value at the last bar. */
  readonly why: string;
}

/** The signal at the last bar. */
export interface Composite {
  /** The last bar's position; null without bars. */
  readonly bar: number | null;
  /** Its time in milliseconds since 1970 UTC; null without a column of times. */
  readonly time: number | null;
  /** +1 where price is expected to rise, −1 to fall, 0 where the strength is below `neutral`. */
  readonly direction: number;
  /** The weighted mean of the votes, −1 to 1. */
  readonly score: number;
  /** Its size. */
  readonly strength: number;
  /** How much the sources agree, times how many of them spoke, 0 to 1. */
  readonly confidence: number;
  /** What was said, the greatest contributions first. */
  readonly reasons: readonly CompositeReason[];
  /** The sources that could not vote. */
  readonly silent: readonly CompositeSilent[];
}

/** Bars, column by column; without `open` candlesticks do not vote, without `volume` those that read it. */
export interface CompositeColumns {
  open?: Column | undefined;
  high: Column;
  low: Column;
  close: Column;
  volume?: Column | undefined;
  time?: TimeColumn | undefined;
}

/** Who votes, and how. */
export interface CompositeOptions {
  /** Other weights than the sources' own, by their names; 0 leaves one out. */
  weights?: Readonly<Partial<Record<CompositeSourceId, number>>>;
  /** The only sources that vote, if not all. */
  sources?: readonly CompositeSourceId[];
  /** Bars after which a pattern counts half; 10 if not said. Candlesticks fade three times as fast. */
  half_life?: number;
  /** The strength below which there is no direction; 0.1 if not said. */
  neutral?: number;
}

const COLUMNS = ["open", "high", "low", "close", "volume", "time"] as const;

/** Every source of votes of {@link composite}, in the order of the documentation. */
export function compositeSources(): readonly CompositeSource[] {
  return COMPOSITE_SOURCES;
}

/**
 * What all families of patterns and fifteen indicators together say of the last bar. Every source has a vote from −1 to
 * 1 and a weight; `score` is the weighted mean, and `confidence` tells how much they agree and how many spoke. Nothing
 * looks ahead, and the result has the same bits in every build and in Python.
 *
 * `composite({ open, high, low, close, volume }, { weights: { rsi: 2 } }).direction`
 */
export function composite(columns: CompositeColumns, options: CompositeOptions = {}): Composite {
  core();
  if (typeof columns !== "object" || columns === null) {
    const bound = "columns such as { high, low, close }";
    throw new TvfError("input_type", `composite takes ${bound}, not ${kindOf(columns)}`, "columns", "", bound);
  }
  const { weights = {}, sources, ...params } = options;
  const named = Object.entries(weights).filter(([, weight]) => weight !== undefined);
  return exchanging((core) => {
    describe(core, [{ ...params, id: "composite" }]);
    for (const name of COLUMNS) layInput(core, name, columns[name] ?? []);
    layInput(core, "weights", named.map(([, weight]) => numberOf("weights", weight)));
    const ids = named.map(([id]) => plainId(id)).join(",");
    const only = sources === undefined ? undefined : sources.map(plainId).join(",");
    if (!core.glue.composite(core.exchange, ids, only)) throw failure(core);
    const [bar, time, direction, score, strength, confidence] = takeColumns(core, 0, 1)[0] as unknown as Signal;
    return {
      bar: orNull(bar),
      time: orNull(time),
      direction,
      score,
      strength,
      confidence,
      reasons: rows(takeColumns(core, 1, 7), ([source, name, vote, weight, contribution, bar, measured]) => ({
        source: sourceOf(source).id,
        name: sourceOf(source).names[name as number] as string,
        vote: vote as number,
        weight: weight as number,
        contribution: contribution as number,
        bar: bar as number,
        measured: measured as number,
      })),
      silent: rows(takeColumns(core, 2, 2), ([source, column]) => ({
        source: sourceOf(source).id,
        why: Number.isNaN(column) ? "it has no value at the last bar" : `there is no ${COLUMNS[column as number]}`,
      })),
    };
  });
}

type Signal = [number, number, number, number, number, number];

function sourceOf(place: number | undefined): CompositeSource {
  return COMPOSITE_SOURCES[place as number] as CompositeSource;
}

/** A name that the module can be told among others; it refuses the rest by its own words. */
function plainId(id: unknown): string {
  if (typeof id === "string" && !id.includes(",")) return id;
  const bound = COMPOSITE_SOURCES.map((source) => source.id).join(", ");
  throw new TvfError("param_choice", `unknown source of votes ${String(id)}; there are ${bound}`, "source", String(id), bound);
}

function rows<T>(columns: readonly Float64Array[], row: (cells: readonly (number | undefined)[]) => T): T[] {
  return Array.from({ length: columns[0]?.length ?? 0 }, (_, i) => row(columns.map((column) => column[i])));
}
