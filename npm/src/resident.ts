import type * as Glue from "../wasm/simd/tvf.js";
import type { ZoneClock } from "./clock.js";
import { lengthOf, numberOf, safe, type Time, type TimeColumn, write } from "./columns.js";
import { type Core, core, failure, memoryNumbers, viewNumbers } from "./core.js";
import { kindOf, TvfError } from "./errors.js";
import { Listeners } from "./listeners.js";

export type ByName<T> = Readonly<Record<string, T | null | undefined>>;

/** The module's side of bars: its columns, shared by the bars and by the handles of what is attached to them. */
export class Resident {
  readonly core: Core = core();
  /** How many bars there are. */
  length = 0;
  /** The caller's columns. */
  readonly names: readonly string[];
  /** Columns behind those, for the numbers of sessions. */
  readonly clocks: ZoneClock[] = [];
  /** Who is told of each change. */
  readonly listeners = new Listeners();
  #raw: Glue.Bars | undefined = new this.core.glue.Bars();

  constructor(names: readonly string[]) {
    this.names = names;
    for (const name of names) this.succeed(this.raw.add(this.core.exchange, name));
  }

  /** The object in the module; an error once it is freed. */
  get raw(): Glue.Bars {
    if (this.#raw) return this.#raw;
    throw freed("bars");
  }

  get isFreed(): boolean {
    return this.#raw === undefined;
  }

  free(): void {
    if (this.isFreed) return;
    this.#raw?.free();
    this.#raw = undefined;
    this.listeners.tell("free");
  }

  /** Passes on that a call succeeded, or throws the error it left. */
  succeed(answer: boolean): void {
    if (!answer) throw failure(this.core);
  }

  /** Adds bars at the end. */
  append(columns: ByName<TimeColumn>): void {
    const { raw, core, names } = this;
    const added = this.#lengthOf(columns);
    const clocks = this.clocks.map(({ sessions }) => sessions.numbers(columns["time"] as TimeColumn));
    const own = names.map((name) => safe(core, columns[name] as TimeColumn));
    this.succeed(raw.open(core.exchange, added));
    [...own, ...clocks].forEach((column, i) => {
      write(names[i] ?? "time", column, viewNumbers(core, raw.column(i) + 8 * this.length, added));
    });
    this.succeed(raw.commit(core.exchange));
    this.length += added;
    this.listeners.tell("append");
  }

  /** Counts bars that were pushed, none where only the last one changed. */
  changed(pushed: number): void {
    this.length += pushed;
    this.listeners.tell(pushed === 0 ? "replace" : pushed === 1 ? "push" : "append");
  }

  /** Writes the values of a bar to where the module expects them. */
  write(bar: object): void {
    const fields = fieldsOf(bar);
    const { core, names, clocks, raw } = this;
    // Before the memory is looked at: to ask a zone may make it grow.
    const numbers = clocks.length > 0 ? clocks.map(({ sessions }) => sessions.number(timeOf(fields))) : [];
    const at = raw.bar() / 8;
    const memory = memoryNumbers(core);
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      const value = fieldOf(fields, name);
      memory[at + i] = typeof value === "number" ? value : numberOf(name, value);
    }
    numbers.forEach((number, i) => (memory[at + names.length + i] = number));
  }

  /** Adds a column that the caller does not see, and fills it for the bars that are there. */
  addHidden(name: string, column: TimeColumn): void {
    const { raw, core } = this;
    const given = lengthOf("anchor", column);
    if (given !== this.length) throw this.#differs("anchor", given, "bars", this.length);
    const values = safe(core, column);
    const place = raw.width;
    this.succeed(raw.add(core.exchange, name));
    write("anchor", values, viewNumbers(core, raw.column(place), given));
  }

  /** The times of the bars, as a copy. */
  times(): Float64Array {
    const place = this.names.indexOf("time");
    if (place < 0) {
      const known = this.names.join(", ");
      throw new TvfError("unknown_column", `a zone needs the column "time"; there are ${known}`, "time", "", known);
    }
    return viewNumbers(this.core, this.raw.column(place), this.length).slice();
  }

  #lengthOf(columns: ByName<TimeColumn>): number {
    const [first] = this.names;
    if (first === undefined) return 0;
    const length = lengthOf(first, columns[first]);
    for (const name of this.names) {
      const other = lengthOf(name, columns[name]);
      if (other !== length) throw this.#differs(name, other, first, length);
    }
    return length;
  }

  #differs(name: string, length: number, first: string, expected: number): TvfError {
    this.core.exchange.differs(name, length, first, expected);
    return failure(this.core);
  }
}

/** The module's side of bars that a caller has. */
export const residentOf = new WeakMap<object, Resident>();

/** The values of a bar. */
export function fieldsOf(bar: unknown): ByName<Time> {
  if (typeof bar === "object" && bar !== null && !Array.isArray(bar)) return bar as ByName<Time>;
  throw new TvfError("input_type", `a bar must be an object, not ${kindOf(bar)}`, "bar");
}

function timeOf({ time }: ByName<Time>): number {
  return typeof time === "number" ? time : numberOf("time", time);
}

/** What a bar has under a name. The usual ones are written out: an engine reads a property faster by a name that it sees in the code. */
export function fieldOf(bar: ByName<Time>, name: string): Time | null | undefined {
  switch (name) {
    case "time":
      return bar["time"];
    case "open":
      return bar["open"];
    case "high":
      return bar["high"];
    case "low":
      return bar["low"];
    case "close":
      return bar["close"];
    case "volume":
      return bar["volume"];
    default:
      return bar[name];
  }
}

export function freed(what: string): TvfError {
  return new TvfError("freed", `${what} cannot be used any more: freed`, what);
}
