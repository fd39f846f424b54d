import type { BarColumns } from "./bars.js";
import { BarBuilder, type BuiltBars, type ResampleOptions } from "./builder.js";
import type { EntryInput, EntryParam } from "./catalog.js";
import type { Column, TimeColumn } from "./columns.js";
import { type Core, core, exchanging, failure } from "./core.js";
import { shown, TvfError } from "./errors.js";
import { columnsOf, fieldsOf, layNamed } from "./following.js";
import { describe } from "./members.js";
import { freed } from "./resident.js";
import { takeColumns } from "./results.js";
import { frozen, tell } from "./tell.js";
import { TRANSFORMS } from "./texts.js";
import type { TransformColumnsOf, TransformKind, TransformParams } from "./transform_kinds.js";
import type * as Glue from "../wasm/simd/tvf.js";

/** Columns of bars; of ticks, whose prices are `close` and whose sizes are `volume`. */
export interface TransformSource {
  time?: TimeColumn;
  open?: Column;
  high?: Column;
  low?: Column;
  close: Column;
  volume?: Column;
}

/** A bar, or a tick: its price is `close` and its size `volume`. */
export type TransformBar = { [K in keyof TransformSource]: K extends "time" ? number | Date : number };

/** Rows column by column. Times are NaN without a column of times, volumes without one of volumes. */
export type TransformRows<K extends TransformKind = TransformKind> = {
  readonly [Name in TransformColumnsOf<K>]: Float64Array;
};

/** What to give in the place of the rows that have closed. */
export interface TransformOptions {
  /** The row that the last bar leaves unfinished: later bars may change it. */
  forming?: boolean;
}

/** A kind of chart transform: its definition. */
export interface TransformDefinition {
  readonly id: TransformKind;
  readonly title: string;
  readonly summary: string;
  /** How its rows are made. */
  readonly rules: readonly string[];
  /** Who published it. */
  readonly source: string;
  readonly inputs: readonly EntryInput[];
  readonly params: readonly EntryParam[];
  /** The columns of its rows. */
  readonly columns: readonly { readonly name: string; readonly doc: string; readonly kind: string }[];
}

let known: readonly TransformDefinition[] | undefined;

/** The definitions of all kinds of chart transforms; `resample` is described at {@link resample}. */
export function transforms(): readonly TransformDefinition[] {
  const { glue } = core();
  known ??= tell(frozen(glue.transforms()), TRANSFORMS);
  return known;
}

/**
 * Other bars made of bars or ticks, by price or by activity rather than by time:
 * `transform("renko", { close, time }, { brick: 2 })`. A row is told at the bar that closes it and never changes
 * afterwards. A step so small beside a gap of prices that there are a million more rows than bars is an error.
 *
 * `resample` takes the options of {@link resample} and a `timeframe`; it gives the bars that have closed.
 */
export function transform<K extends TransformKind>(
  kind: K,
  columns: TransformSource,
  options?: TransformParams[K] & TransformOptions,
): TransformRows<K>;
export function transform(
  kind: "resample",
  columns: TransformSource,
  options: ResampleOptions & TransformOptions & { timeframe: string },
): BuiltBars;
export function transform(kind: string, columns: unknown, options: unknown = {}): unknown {
  const { forming = false, ...params } = fieldsOf("options", options);
  const source = fieldsOf("columns", columns);
  if (kind === "resample") return resampled(source, params, Boolean(forming));
  const series = new Transform({ ...params, kind: kind as TransformKind });
  try {
    const closed = series.extend(source as unknown as TransformSource);
    return forming ? series.forming() : closed;
  } finally {
    series.free();
  }
}

/**
 * Follows a series and transforms it bar by bar: what {@link transform} makes of whole columns.
 * `new Transform({ kind: "renko", brick: 2 }).update({ close: 101.5 })`.
 */
export class Transform<K extends TransformKind = TransformKind> {
  readonly #core: Core;
  readonly #definition: TransformDefinition;
  #raw: Glue.Transform | undefined;

  constructor({ kind, ...params }: { readonly kind: K } & TransformParams[K]) {
    this.#core = core();
    this.#raw = exchanging((core) => {
      describe(core, [{ ...params, id: kind }]);
      const raw = core.glue.Transform.open(core.exchange);
      if (raw) return raw;
      throw failure(core);
    });
    this.#definition = transforms().find(({ id }) => id === kind) as TransformDefinition;
  }

  /** The definition. */
  get definition(): TransformDefinition {
    return this.#definition;
  }

  /** The parameters, those with default values too. */
  get params(): Readonly<Record<string, number | string>> {
    return JSON.parse(this.#open.params) as Record<string, number | string>;
  }

  /** How many bars were taken. */
  get bars(): number {
    return this.#open.bars;
  }

  /** Takes a closed bar or a tick, and gives the rows that it closes. */
  update(bar: TransformBar): TransformRows<K> {
    const raw = this.#open;
    return this.#rows(columnsOf(bar), (core) => raw.update(core.exchange));
  }

  /** Tells the rows that a bar would close as the next one, and keeps nothing of it. */
  peek(bar: TransformBar): TransformRows<K> {
    const raw = this.#open;
    return this.#rows(columnsOf(bar), (core) => raw.peek(core.exchange));
  }

  /**
   * Puts another bar in the place of the last one, as a forming bar changes, and gives the rows that it closes; those
   * that the one before it had closed are void.
   */
  replace(bar: TransformBar): TransformRows<K> {
    const raw = this.#open;
    return this.#rows(columnsOf(bar), (core) => raw.replace(core.exchange));
  }

  /** Takes any number of closed bars, column by column, and gives the rows that they close. */
  extend(columns: TransformSource): TransformRows<K> {
    const raw = this.#open;
    return this.#rows(fieldsOf("columns", columns), (core) => raw.extend(core.exchange));
  }

  /** The row that the last bar leaves unfinished, if the kind has one: later bars may change it. */
  forming(): TransformRows<K> {
    const raw = this.#open;
    return this.#rows(undefined, (core) => raw.forming(core.exchange));
  }

  /** Gives the memory back. Using the transform afterwards is an error. */
  free(): void {
    this.#raw?.free();
    this.#raw = undefined;
  }

  [Symbol.dispose](): void {
    this.free();
  }

  get #open(): Glue.Transform {
    if (this.#raw && core() === this.#core) return this.#raw;
    throw freed("transform");
  }

  #rows(columns: object | undefined, act: (core: Core) => boolean): TransformRows<K> {
    const names = this.#definition.columns;
    return exchanging((core) => {
      if (columns) layNamed(core, this.#definition, columns);
      if (!act(core)) throw failure(core);
      const taken = takeColumns(core, 0, names.length);
      const rows = names.map(({ name }, i) => [name, taken[i]]);
      return Object.fromEntries(rows) as TransformRows<K>;
    });
  }
}

function resampled(columns: Record<string, unknown>, params: Record<string, unknown>, forming: boolean): BuiltBars {
  const { timeframe, ...options } = params;
  if (typeof timeframe !== "string") {
    const why = `timeframe ${shown(timeframe)} is not a text such as "1h"`;
    throw new TvfError("param_type", why, "timeframe", String(timeframe).slice(0, 40), "a text");
  }
  const builder = new BarBuilder(timeframe, { late: "error", ...options } as ResampleOptions);
  try {
    const { time, open, high, low, close, volume } = columns;
    const isTicks = open === undefined && high === undefined && low === undefined;
    const size = volume === undefined ? {} : { size: volume };
    const traded = volume === undefined ? {} : { volume };
    const closed = isTicks
      ? builder.ticks({ time, price: close, ...size } as Parameters<BarBuilder["ticks"]>[0])
      : builder.bars({ time, open: open ?? close, high: high ?? close, low: low ?? close, close, ...traded } as BarColumns);
    return forming ? builder.close() : closed;
  } finally {
    builder.free();
  }
}
