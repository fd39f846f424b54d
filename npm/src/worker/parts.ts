import { type BarSource, columnsOf } from "../bars.js";
import { isTyped, lengthOf, numberOf, type TimeColumn, write } from "../columns.js";
import { fieldOf, fieldsOf } from "../resident.js";
import type { Part, Values } from "./protocol.js";

/** What one message carries of a column: copying it keeps a page for a fraction of a millisecond. */
export const PART = 16_384;

/** So many bars are read at a time: objects take longer, and each has several values. */
const BARS = 4_096;

/** Columns on their way to a worker. */
export interface Cargo {
  readonly names: readonly string[];
  /** Values to send, in all columns. */
  readonly total: number;
  /** Values of one column. */
  readonly length: number;
  /** The parts, made when they are asked for, so that the page can do something else in between. */
  parts(): Iterable<Part>;
  /** Typed arrays to send as they are. */
  readonly whole: readonly Part[];
}

/** Bars as a source of parts; an array of bars must not be made columns at once, which may take long. */
export function cargoOfBars(source: BarSource, names: readonly string[] | undefined, transfer: boolean): Cargo {
  if (!Array.isArray(source)) return cargoOf(columnsOf(source, names), transfer);
  const bars: readonly object[] = source;
  const first = columnsOf(bars.slice(0, 1), names);
  const known = Object.keys(first);
  const length = bars.length;
  return {
    names: known,
    length,
    total: length * known.length,
    whole: [],
    *parts() {
      for (const [at, to] of spans(length, BARS)) {
        for (const column of known) yield { column, length, at, values: valuesOf(bars, column, at, to) };
      }
    },
  };
}

/** What some bars have under a name, read where they are: arrays in between are what a page's collections wait for. */
function valuesOf(bars: readonly unknown[], name: string, from: number, to: number): Float64Array {
  const values = new Float64Array(to - from);
  for (let i = from; i < to; i++) {
    const value = fieldOf(fieldsOf(bars[i]), name);
    values[i - from] = typeof value === "number" ? value : numberOf(name, value, i);
  }
  return values;
}

/** Columns by their names. */
export function cargoOf(columns: Readonly<Record<string, unknown>>, transfer: boolean, shown = (name: string) => name): Cargo {
  const names = Object.keys(columns);
  const lengths = names.map((name) => lengthOf(shown(name), columns[name]));
  const copied: [string, TimeColumn, number][] = [];
  const whole: Part[] = [];
  names.forEach((column, i) => {
    const values = columns[column] as TimeColumn;
    const length = lengths[i] as number;
    if (transfer && isTyped(values) && values.buffer instanceof ArrayBuffer) {
      whole.push({ column, length, at: 0, values });
    } else {
      copied.push([column, values, length]);
    }
  });
  return {
    names,
    length: lengths[0] ?? 0,
    total: lengths.reduce((sum, length) => sum + length, 0),
    whole,
    *parts() {
      for (const [column, values, length] of copied) yield* partsOf(column, values, length, shown(column));
    },
  };
}

/** All that has to be copied, with columns that were to be transferred and cannot. */
export function* copiesOf({ parts }: Cargo, refused: readonly Part[]): Iterable<Part> {
  yield* parts();
  for (const { column, values, length } of refused) yield* partsOf(column, values, length);
}

/** A column in copies of a bounded size. */
function* partsOf(column: string, values: TimeColumn, length: number, shown = column): Iterable<Part> {
  for (const [at, to] of spans(length)) {
    const some = isTyped(values) ? values.subarray(at, to) : values.slice(at, to);
    yield { column, length, at, values: numbersOf(shown, some, at) };
  }
}

function numbersOf(name: string, some: TimeColumn, first: number): Float64Array {
  const numbers = new Float64Array(some.length);
  write(name, some, numbers, first);
  return numbers;
}

/** Spans of so many values; one that is empty for a column that is, so that it arrives. */
function* spans(length: number, size = PART): Iterable<[from: number, to: number]> {
  for (let from = 0; from === 0 || from < length; from += size) yield [from, Math.min(from + size, length)];
}

/** Columns as they arrive. */
export class Arrival {
  readonly #columns = new Map<string, Values>();
  #failure: unknown;

  take(parts: readonly Part[]): void {
    try {
      for (const part of parts) this.#take(part);
    } catch (error) {
      // There may be no memory for so long a column; whoever asks for it shall know.
      this.#failure ??= error;
    }
  }

  columns(names: readonly string[]): Record<string, Values> {
    return Object.fromEntries(names.map((name) => [name, this.column(name) as Values]));
  }

  column(name: string): Values | undefined {
    if (this.#failure !== undefined) throw this.#failure;
    return this.#columns.get(name);
  }

  #take({ column, length, at, values }: Part): void {
    if (at === 0 && values.length === length) {
      this.#columns.set(column, values);
      return;
    }
    const whole = this.#columns.get(column) ?? new Float64Array(length);
    this.#columns.set(column, whole);
    (whole as Float64Array).set(values as Float64Array, at);
  }
}
