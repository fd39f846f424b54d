import { type Core, viewNumbers } from "./core.js";
import { type Definition, entryOf } from "./catalog.js";
import { TvfError } from "./errors.js";
import type { Id, Indicators } from "./indicators.js";

/** What an indicator gives for many bars: a column, an object of columns, or a table. */
export type Result<K extends Id = Id> = Indicators[K]["result"];

/** What an indicator gives for one bar: a number, an object of numbers, or the bar's rows. */
export type Value<K extends Id = Id> = Indicators[K]["value"];

/** Rows that belong to single bars, as columns of the same length. */
export interface Table<Row> extends Iterable<Row> {
  /** How many rows there are. */
  readonly length: number;
  /** Goes over the rows. */
  rows(): IterableIterator<Row>;
  /** A row by its number, from the end if negative; undefined where there is none. */
  at(row: number): Row | undefined;
  /** A table with the rows from one to before another, as `Array.slice` counts them. */
  slice(start?: number, end?: number): this;
}

type Columns = Record<string, Float64Array | Int8Array>;
type Row = Record<string, number>;

class Rows implements Table<Row> {
  declare readonly length: number;
  readonly #columns: Columns;
  readonly #numbers: Row;

  constructor(columns: Columns, length: number, numbers: Row) {
    Object.assign(this, columns, numbers);
    // Not enumerable, so that the columns and the numbers beside them are what one sees of it.
    Object.defineProperty(this, "length", { value: length });
    this.#columns = columns;
    this.#numbers = numbers;
  }

  *rows(): IterableIterator<Row> {
    for (let i = 0; i < this.length; i++) yield this.#row(i);
  }

  at(row: number): Row | undefined {
    const place = Math.trunc(row) || 0;
    const i = place < 0 ? place + this.length : place;
    return i >= 0 && i < this.length ? this.#row(i) : undefined;
  }

  slice(start?: number, end?: number): this {
    const parts = Object.entries(this.#columns).map(([name, column]) => [name, column.slice(start, end)] as const);
    return new Rows(Object.fromEntries(parts), parts[0]?.[1].length ?? 0, this.#numbers) as this;
  }

  #row(i: number): Row {
    return Object.fromEntries(Object.entries(this.#columns).map(([name, column]) => [name, column[i] as number]));
  }

  [Symbol.iterator](): IterableIterator<Row> {
    return this.rows();
  }
}

/** The numbers that a table has beside its rows. */
export type Numbers<K extends Id = Id> = Readonly<Record<Indicators[K]["numbers"], number>>;

/** Reads the numbers beside a table's rows. */
export function shapeNumbers<K extends Id>({ numbers }: Definition, number: (i: number) => number): Numbers<K> {
  return Object.fromEntries(numbers.map(({ name }, i) => [name, number(i)])) as Numbers<K>;
}

/**
 * Reads what an indicator gave for many bars; `column` copies one of its columns, or shows it, `number` is one of those
 * beside a table's rows.
 */
export function shapeResult<K extends Id>(
  entry: Definition,
  length: number,
  column: (i: number) => Float64Array,
  number: (i: number) => number,
): Result<K> {
  const { kind, outputs } = entry;
  if (kind === "series" && outputs.length === 1) return column(0) as Result<K>;
  // First, as what they are computed with may make memory grow, which leaves columns that are shown empty.
  const beside = shapeNumbers(entry, number);
  const columns: Columns = {};
  outputs.forEach(({ name, kind }, i) => {
    columns[name] = kind === "sign" ? Int8Array.from(column(i)) : column(i);
  });
  const whole = kind === "table" ? new Rows(columns, length, beside) : columns;
  return whole as unknown as Result<K>;
}

/** Reads what an indicator gave for one bar. */
export function shapeValue<K extends Id>(
  { kind, outputs }: Definition,
  rows: number,
  value: (output: number, row: number) => number,
): Value<K> {
  if (kind === "series" && outputs.length === 1) return value(0, 0) as Value<K>;
  const read = (row: number): Row => {
    const values: Row = {};
    for (let i = 0; i < outputs.length; i++) values[(outputs[i] as { name: string }).name] = value(i, row);
    return values;
  };
  return (kind === "table" ? Array.from({ length: rows }, (_, row) => read(row)) : read(0)) as unknown as Value<K>;
}

/** Where results of a call lie in the module: the exchange, or what was kept of it. */
export interface Place {
  result(member: number, column: number): number;
  length(member: number): number;
  summary(member: number, number: number): number;
}

/**
 * Copies the result of a member out of the module: into new arrays, or into those of a result that is there; `taken` are
 * columns of it that were copied before.
 */
export function takeResult<K extends Id>(
  core: Core,
  id: string,
  member: number,
  room?: unknown,
  taken: readonly (Float64Array | undefined)[] = [],
  place: Place = core.exchange,
): Result<K> {
  const entry = entryOf(id);
  const length = place.length(member);
  return shapeResult(
    entry,
    length,
    (i) => taken[i] ?? copyColumn(entry, room, i, viewNumbers(core, place.result(member, i), length)),
    (i) => place.summary(member, i),
  );
}

/** Shows the result of a member where it lies. */
export function showResult<K extends Id>(core: Core, id: string, member: number, place: Place): Result<K> {
  const length = place.length(member);
  const column = (i: number) => viewNumbers(core, place.result(member, i), length);
  return shapeResult(entryOf(id), length, column, (i) => place.summary(member, i));
}

/** Copies a column into the array of a result that is there, or into a new one. */
export function copyColumn(entry: Definition, room: unknown, i: number, values: Float64Array): Float64Array {
  const array = arrayOf(entry, room, i, values.length);
  array?.set(values);
  return array ?? values.slice();
}

/** The arrays that a result is made of. */
export function arraysOf(result: unknown): (Float64Array | Int8Array)[] {
  const parts: unknown[] = ArrayBuffer.isView(result) ? [result] : Object.values(result as object);
  return parts.filter((part) => ArrayBuffer.isView(part)) as (Float64Array | Int8Array)[];
}

/** The array of a result that a column goes into, if there is one. */
export function arrayOf({ id, kind, outputs }: Definition, room: unknown, i: number, length: number): Float64Array | undefined {
  if (room === undefined || kind === "table") return undefined;
  const array: unknown = outputs.length === 1 ? room : (room as Columns | null)?.[(outputs[i] as { name: string }).name];
  if (!(array instanceof Float64Array)) {
    const bound = "a result of the same members";
    throw new TvfError("input_type", `into has no array for ${id}; give it ${bound}`, "into", "", bound);
  }
  if (array.length !== length) {
    const why = `into has ${array.length} values for ${id}, not ${length}`;
    throw new TvfError("input_length", why, "into", String(array.length), String(length));
  }
  return array;
}

/** Copies columns of one length out of the exchange: those of one of the results that lie there. */
export function takeColumns(core: Core, place: number, columns: number): Float64Array[] {
  const { exchange } = core;
  const n = exchange.length(place);
  return Array.from({ length: columns }, (_, i) => viewNumbers(core, exchange.result(place, i), n).slice());
}

/** A number, or null where there is none. */
export function orNull(x: number | undefined): number | null {
  return x === undefined || Number.isNaN(x) ? null : x;
}
