import { type Definition, entryOf } from "./catalog.js";
import { viewNumbers } from "./core.js";
import { TvfError } from "./errors.js";
import type { Id, Indicators } from "./indicators.js";
import { freed, type Resident } from "./resident.js";
import { type Range, rangeWithin } from "./range.js";
import { arrayOf, type Numbers, type Result, shapeNumbers, shapeResult, shapeValue, type Value } from "./results.js";

/** The handle of an attached indicator: its results follow the bars. */
export type Attached<K extends Id = Id> = K extends Id
  ? Indicators[K]["value"] extends readonly unknown[]
    ? AttachedTable<K>
    : AttachedSeries<K>
  : never;

/** Indicators attached by one call; the module lets them go together, when the last handle is freed. */
export interface Group {
  readonly resident: Resident;
  readonly number: number;
  handles: number;
}

abstract class Handle<K extends Id> {
  /** Its indicator. */
  readonly id: K;
  readonly #sink: number;
  #group: Group | undefined;

  /** @internal */
  constructor(id: K, group: Group, sink: number) {
    this.id = id;
    this.#group = group;
    this.#sink = sink;
  }

  /**
   * The results where they are, without a copy. Ask for it anew after each change of the bars: memory that grows
   * leaves older arrays empty, and freeing the bars leaves them without meaning.
   */
  view(): Result<K> {
    return this.read(false);
  }

  /** Values that JavaScript owns: a snapshot of the results so far. */
  copy(): Result<K> {
    return this.read(true);
  }

  /**
   * Values of some of the bars that JavaScript owns, counted as `Array.slice` counts them; `into`, the result of a call
   * before over as many bars, takes them. Of a table of events these are the rows of those bars; one that describes a
   * state gives all of its rows.
   */
  window(from?: number, to?: number, into?: Result<K>): Result<K> {
    const { raw, resident, number, sink } = this.place();
    const entry = entryOf(this.id);
    const range = rangeWithin(from, to, resident.length);
    if (entry.kind === "table") return rowsWithin(entry, this.read(true), range) as Result<K>;
    return shapeResult(
      entry,
      range.to - range.from,
      (output) => {
        const whole = viewNumbers(resident.core, raw.result(number, sink, output), resident.length);
        const values = whole.subarray(range.from, range.to);
        const room = arrayOf(entry, into, output, values.length);
        room?.set(values);
        return room ?? values.slice();
      },
      () => NaN,
    );
  }

  /** Whether it, or the bars it follows, were freed. */
  get isFreed(): boolean {
    return this.#group?.resident.isFreed ?? true;
  }

  /** What the last bar gave. */
  last(): Value<K> {
    const { raw, number, sink } = this.place();
    const settled = raw.settled(number, sink);
    const rows = raw.rows(number, sink) - settled;
    const entry = entryOf(this.id);
    if (entry.kind === "series") return shapeValue(entry, 0, (output) => raw.last(number, sink, output));
    return shapeValue(entry, rows, (output, row) => raw.cell(number, sink, output, settled + row));
  }

  /** Lets the indicator go; the bars stay. */
  free(): void {
    const group = this.#group;
    this.#group = undefined;
    if (group && --group.handles === 0 && !group.resident.isFreed) group.resident.raw.detach(group.number);
  }

  [Symbol.dispose](): void {
    this.free();
  }

  /** @internal Has the next peek look at it. */
  want(peeking: Resident): void {
    const { raw, resident, number, sink } = this.place();
    if (resident !== peeking) throw new TvfError("source", `${this.id} is attached to other bars`, this.id);
    raw.want(number, sink);
  }

  /** @internal What the last peek gave. */
  peeked(): Value<K> {
    const { raw, number, sink } = this.place();
    const entry = entryOf(this.id);
    if (entry.kind === "series") return shapeValue(entry, 0, (output) => raw.value(number, sink, output));
    const rows = raw.fresh_rows(number, sink);
    return shapeValue(entry, rows, (column, row) => raw.fresh(number, sink, column, row));
  }

  /** @internal The numbers beside a table's rows. */
  protected numbers(): Numbers<K> {
    const { raw, number, sink } = this.place();
    return shapeNumbers(entryOf(this.id), (i) => raw.summary(number, sink, i));
  }

  /** @internal */
  protected read(copy: boolean): Result<K> {
    const { raw, resident, number, sink } = this.place();
    const entry = entryOf(this.id);
    const length = entry.kind === "table" ? raw.rows(number, sink) : resident.length;
    const column = (output: number) => {
      const view = viewNumbers(resident.core, raw.result(number, sink, output), length);
      return copy ? view.slice() : view;
    };
    return shapeResult(entry, length, column, (i) => raw.summary(number, sink, i));
  }

  /** @internal Where its results are. */
  place() {
    const group = this.#group;
    if (!group) throw freed(this.id);
    const { resident, number } = group;
    return { raw: resident.raw, resident, number, sink: this.#sink };
  }
}

/** The handle of attached series. */
export class AttachedSeries<K extends Id = Id> extends Handle<K> {}

/** The handle of an attached table. */
export class AttachedTable<K extends Id = Id> extends Handle<K> {
  /** The rows so far, as a copy. */
  get table(): Result<K> {
    return this.copy();
  }

  /** The numbers beside the rows, as of the last bar; empty where there are none. */
  get summary(): Numbers<K> {
    return this.numbers();
  }
}

/** The rows of some of the bars, by the table's first column of positions; those come in order. */
function rowsWithin({ rows, outputs }: Definition, table: unknown, { from, to }: Range): unknown {
  if (rows !== "events") return table;
  const whole = table as { slice(from: number, to: number): unknown };
  const place = outputs.find(({ kind }) => kind === "index") as { name: string };
  const positions = (table as Record<string, Float64Array>)[place.name] as Float64Array;
  const before = (bar: number) => {
    const at = positions.findIndex((position) => position >= bar);
    return at < 0 ? positions.length : at;
  };
  return whole.slice(before(from), before(to));
}

export function isAttached(value: unknown): value is Attached {
  return value instanceof Handle;
}

/** Makes the handle that suits the indicator. */
export function attached(id: Id, group: Group, sink: number): Attached {
  const Kind = entryOf(id).kind === "table" ? AttachedTable : AttachedSeries;
  return new Kind(id, group, sink) as unknown as Attached;
}
