import type { TimeColumn } from "../columns.js";
import { TvfError } from "../errors.js";
import type { Code, Id } from "../indicators.js";
import type { InitOptions } from "../loader.js";

/** What a page asks of its worker, and what it gets back. Bars and handles have numbers, which the page chooses. */
export interface Operations {
  start: [options: HostOptions, Started];
  load: [{ bars: number; columns: readonly string[] }, BarsState];
  append: [{ bars: number; columns: readonly string[] }, BarsState];
  reserve: [{ bars: number; room: number }, BarsState];
  push: [{ bars: number; bar: OneBar }, BarsState];
  replace: [{ bars: number; bar: OneBar }, BarsState];
  peek: [{ bars: number; bar: OneBar; handles: readonly number[] }, readonly unknown[]];
  /** The results are sent one by one before the answer. */
  compute: [{ bars: number; members: readonly unknown[]; options: object }, undefined];
  /** Likewise; whether they are shared, and so stay until they are dropped. */
  keep: [{ bars: number; members: readonly unknown[]; options: object; kept: number }, boolean];
  drop: [{ kept: number }, undefined];
  /** The handles are numbered from `first` on. */
  attach: [{ bars: number; members: readonly unknown[]; first: number }, BarsState];
  window: [{ bars: number; range: Range }, readonly Float64Array[]];
  read: [{ bars: number; handle: number; range?: Range }, Columns];
  detach: [{ bars: number; handle: number }, undefined];
  free: [{ bars: number }, undefined];
  call: [{ id: string; inputs: number; options: object | undefined }, Columns];
  shifts: [{ spec: unknown }, Readonly<Record<string, number>>];
  convergedFrom: [{ spec: unknown }, number | null];
  sessions: [{ options: unknown }, Float64Array];
}

export type Operation = keyof Operations;
export type Given<O extends Operation> = Operations[O][0];
export type Answer<O extends Operation> = Operations[O][1];

/** How the worker loads the module. */
export interface HostOptions {
  build?: InitOptions["build"] | undefined;
  url?: string | undefined;
  module?: WebAssembly.Module | BufferSource | undefined;
  threads?: number | undefined;
}

export interface Started {
  readonly build: string;
  readonly version: string;
  /** The catalog as the module writes it. */
  readonly catalog: string;
}

/** Values by name. */
export type OneBar = Readonly<Record<string, number>>;

/** From one value to before another, as `Array.slice` counts. */
export type Range = readonly [from: number | undefined, to: number | undefined];

/** Where bars stand after something was done to them. */
export interface BarsState {
  readonly length: number;
  /** The values of the last bar, column by column; none if there is no bar. */
  readonly bar: readonly number[];
  /** What the last bar gave, by the numbers of handles. */
  readonly last: readonly (readonly [handle: number, value: unknown])[];
}

/** A result: its columns and the numbers beside them, in the order of the catalog. */
export interface Columns {
  readonly id: Id;
  readonly length: number;
  readonly columns: readonly (Float64Array | Int8Array)[];
  readonly numbers: readonly number[];
}

/** Some values of a column that a request takes: a copy, or a whole column whose buffer was given away. */
export interface Part {
  readonly column: string;
  /** How many values the column has in all. */
  readonly length: number;
  /** Which of them are here, from this one on. */
  readonly at: number;
  readonly values: Values;
}

/** A typed array of any kind. */
export type Values = Exclude<TimeColumn, readonly unknown[]>;

/** Every message has `tvf`, so that a worker may be shared with other messages. */
export type ToWorker =
  | { tvf: "parts"; id: number; parts: readonly Part[] }
  | { [O in Operation]: { tvf: "ask"; id: number; what: O; given: Given<O>; progress: boolean } }[Operation]
  | { tvf: "cancel"; id: number };

export type FromWorker =
  | { tvf: "answer"; id: number; value: unknown }
  | { tvf: "result"; id: number; value: Columns }
  | { tvf: "error"; id: number; failure: Failure }
  | { tvf: "progress"; id: number; progress: Progress };

/** How far a request has come. */
export interface Progress {
  /** Indicators that are computed, or bars that are on their way. */
  readonly done: number;
  readonly total: number;
}

/** An error as it crosses; cloning an `Error` would lose its fields. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly tvf?: { readonly code: Code; readonly parameter: string; readonly value: string; readonly bound: string };
}

export function failureOf(error: unknown): Failure {
  if (error instanceof TvfError) {
    const { name, message, code, parameter, value, bound } = error;
    return { name, message, tvf: { code, parameter, value, bound } };
  }
  return error instanceof Error ? { name: error.name, message: error.message } : { name: "Error", message: String(error) };
}

export function errorOf({ name, message, tvf }: Failure): Error {
  if (tvf) return new TvfError(tvf.code, message, tvf.parameter, tvf.value, tvf.bound);
  return Object.assign(new Error(message), { name });
}

/** Whether a message is part of this; whatever else goes through the same worker is left alone. */
export function isOurs(message: unknown): message is { tvf: string; id: number } {
  return typeof message === "object" && message !== null && "tvf" in message;
}
