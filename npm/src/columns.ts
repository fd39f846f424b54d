import { type Core, failure, isOwn, viewNumbers } from "./core.js";
import { kindOf, TvfError } from "./errors.js";

type Numbers =
  | Float64Array
  | Float32Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array;

/** A number per bar. `null` and `undefined` stand for a missing value, as NaN does. */
export type Column = Numbers | readonly (number | null | undefined)[];

/** A moment: milliseconds since 1970 UTC, or a date. */
export type Time = number | bigint | Date;

/** A moment per bar. */
export type TimeColumn = Column | BigInt64Array | BigUint64Array | readonly (Time | null | undefined)[];

/** How many values a column has. Whatever cannot be read as one is refused. */
export function lengthOf(name: string, column: unknown): number {
  if (Array.isArray(column)) return column.length;
  if (!isTyped(column)) {
    throw new TvfError("input_type", `input ${name} must be an array of numbers, not ${kindOf(column)}`, name);
  }
  if (column.length === 0 && isDetached(column.buffer)) {
    throw new TvfError("input_type", `input ${name} was transferred away and holds nothing`, name);
  }
  return column.length;
}

/** Writes a column to where the module expects it; `first` is the place of its first value, for a part of a column. */
export function write(name: string, column: TimeColumn, target: Float64Array, first = 0): void {
  if (!isTyped(column)) {
    for (let i = 0; i < target.length; i++) {
      const value = column[i];
      target[i] = typeof value === "number" ? value : numberOf(name, value, first + i);
    }
  } else if (isBig(column)) {
    for (let i = 0; i < target.length; i++) target[i] = Number(column[i]);
  } else {
    target.set(column);
  }
}

/** Lays a column into the exchange, and shows it there until memory grows. */
export function layInput(core: Core, name: string, column: unknown): Float64Array {
  const n = lengthOf(name, column);
  const values = safe(core, column as TimeColumn);
  const address = core.exchange.input(n);
  if (address === 0) throw failure(core);
  const target = viewNumbers(core, address, n);
  write(name, values, target);
  return target;
}

/** A copy of what lies in the module's own memory: it would not outlive the growth of that memory. */
export function safe(core: Core, column: TimeColumn): TimeColumn {
  return isTyped(column) && isOwn(core, column.buffer) ? column.slice() : column;
}

/** A single value of a bar; `place` is its position where it comes from a column. */
export function numberOf(name: string, value: unknown, place?: number): number {
  if (typeof value === "number") return value;
  if (value === null || (value === undefined && place !== undefined)) return NaN;
  if (isTime(name)) {
    if (typeof value === "bigint") return Number(value);
    if (isDate(value)) return value.getTime();
  }
  const where = place === undefined ? name : `${name}[${place}]`;
  const bound = isTime(name) ? "a number or a date and time" : "a number";
  // A text may be long; its beginning tells which it is.
  const got = typeof value === "string" ? `"${value.slice(0, 40)}"` : kindOf(value);
  throw new TvfError("input_type", `input ${where} is ${got}, not ${bound}`, name, got, bound);
}

function isTime(name: string): boolean {
  return name === "time" || name === "entry" || name === "exit";
}

// Arrays and dates may come from another realm, where `instanceof` says no.

export function isTyped(column: unknown): column is Numbers | BigInt64Array | BigUint64Array {
  return ArrayBuffer.isView(column) && "length" in column;
}

function isBig(column: Numbers | BigInt64Array | BigUint64Array): column is BigInt64Array | BigUint64Array {
  return column[Symbol.toStringTag].startsWith("Big");
}

function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === "[object Date]";
}

function isDetached(buffer: ArrayBufferLike): boolean {
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}
