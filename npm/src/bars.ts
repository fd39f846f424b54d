import { type Attached, attached, type Group, isAttached } from "./attached.js";
import { movesOf } from "./batch.js";
import { type Clock, followed, plain } from "./clock.js";
import type { Candlestick } from "./candlestick_names.js";
import {
  asked,
  type CandlestickOptions,
  type CandlestickResults,
  type Condition,
  conditionsOf,
  namesOf,
  resultsOf,
} from "./candlesticks.js";
import type { Column, Time, TimeColumn } from "./columns.js";
import { type Core, exchanging, failure, memoryNumbers, viewNumbers } from "./core.js";
import { kindOf, TvfError } from "./errors.js";
import type { Id } from "./indicators.js";
import { Intake } from "./intake.js";
import { Kept } from "./kept.js";
import type { Change } from "./listeners.js";
import { describe, type Member } from "./members.js";
import { type Range, rangeWithin } from "./range.js";
import { type ByName, fieldsOf, Resident, residentOf } from "./resident.js";
import type { Result, Value } from "./results.js";

/** Bars column by column. What no indicator reads may be left out. */
export interface BarColumns {
  /** Opening times in milliseconds since 1970 UTC. */
  time?: TimeColumn;
  open?: Column;
  high?: Column;
  low?: Column;
  close?: Column;
  volume?: Column;
}

/** One bar. */
export interface Bar {
  /** Opening time in milliseconds since 1970 UTC. */
  time?: Time;
  open?: number;
  high?: number;
  low?: number;
  close?: number;
  volume?: number;
}

/** What bars are loaded from: columns, also of other names for members to use as `source`, or an array of bars. */
export type BarSource = BarColumns | ByName<TimeColumn> | readonly Bar[];

/** Over which bars a set is computed, where its columns lie, and whose memory they take. */
export interface ComputeOptions<Results = unknown> {
  /** The first bar, as `Array.slice` counts: from the end if negative. The first of all, if not said. */
  from?: number;
  /** The bar before which it ends, counted in the same way. Behind the last of all, if not said. */
  to?: number;
  /**
   * Whether columns that a chart draws beside their bars, such as the spans of `ichimoku`, are moved there; all others
   * stay. Moved to the left, a column tells at a bar what was only known later: for charts, never for tests of a
   * strategy.
   */
  shifted?: boolean;
  /**
   * Results of a call before with the same members over as many bars: their arrays are filled anew and given back.
   * New arrays cost a browser more than computing what goes into them. Tables are made anew.
   */
  into?: Results;
}

/** Over which bars results are computed that stay in the module, and where their columns lie. */
export type KeepOptions = Omit<ComputeOptions, "into">;

export type AnyBar = Bar | ByName<Time>;
export type Handles = readonly { readonly id: Id }[];
export type Named = Readonly<Record<string, Member>>;
export type Each<M extends Handles, T extends { [I in keyof M]: unknown }> = { -readonly [I in keyof M]: T[I] };

/** Which options a call has. */
const KNOWN = { compute: ["from", "to", "shifted", "into"], keep: ["from", "to", "shifted"] };

const NAMES = ["time", "open", "high", "low", "close", "volume"] as const;

/**
 * Bars that live in the module's memory: loaded once, computed on many times, followed live. Free them when they are
 * no longer needed (`free`, or `using bars = ..`); forgotten ones are freed when JavaScript collects them.
 */
export class Bars {
  readonly #resident: Resident;

  private constructor(resident: Resident) {
    this.#resident = resident;
    residentOf.set(this, resident);
  }

  /** Takes bars, as columns or as an array of bars. */
  static from(source: BarSource): Bars {
    const columns = columnsOf(source);
    const resident = new Resident(Object.keys(columns));
    try {
      resident.append(columns);
    } catch (error) {
      resident.free();
      throw error;
    }
    return new Bars(resident);
  }

  /** How many bars there are. */
  get length(): number {
    return this.#resident.length;
  }

  /** The names of the columns. */
  get columns(): readonly string[] {
    return this.#resident.names;
  }

  /** Makes room for so many bars in all, so that memory need not grow while they arrive. */
  reserve(bars: number): void {
    if (!(bars >= 0)) throw new TvfError("input_type", `reserve ${String(bars)} is no number of bars`, "reserve");
    const { raw, core } = this.#resident;
    this.#resident.succeed(raw.reserve(core.exchange, bars));
  }

  /** Adds bars at the end; they must have the columns that are there. Attached indicators follow. */
  append(source: BarSource): void {
    this.#resident.append(columnsOf(source, this.columns));
  }

  /**
   * Adds a closed bar. Attached indicators follow, each in the same time however long the history is; the rows of a
   * table that describes a state are computed when they are read.
   */
  push(bar: AnyBar): void {
    const resident = this.#resident;
    resident.write(bar);
    resident.succeed(resident.raw.push(resident.core.exchange));
    resident.changed(1);
  }

  /** Puts a bar in the place of the last one, which was still forming. Attached indicators follow. */
  replace(bar: AnyBar): void {
    const resident = this.#resident;
    resident.write(bar);
    resident.succeed(resident.raw.replace(resident.core.exchange));
    resident.changed(0);
  }

  /**
   * A bar by its number, from the end if negative: all columns that are there, as numbers. Undefined where there is
   * none.
   */
  at(bar: number): Readonly<Record<string, number>> | undefined {
    const { raw, core, names, length } = this.#resident;
    const place = Math.trunc(bar) || 0;
    const i = place < 0 ? place + length : place;
    if (!(i >= 0 && i < length)) return undefined;
    const values: Record<string, number> = {};
    for (let c = 0; c < names.length; c++) {
      values[names[c] as string] = memoryNumbers(core)[raw.column(c) / 8 + i] as number;
    }
    return values;
  }

  /** Some of the bars as columns of numbers that are yours, counted as `Array.slice` counts them. */
  window(from?: number, to?: number): Readonly<Record<string, Float64Array>> {
    const { raw, core, names, length } = this.#resident;
    const range = rangeWithin(from, to, length);
    const read = (i: number) => viewNumbers(core, raw.column(i), length).slice(range.from, range.to);
    return Object.fromEntries(names.map((name, i) => [name, read(i)]));
  }

  /**
   * Calls a function after each change, until what it gives back is called: for what follows the bars, such as a chart.
   * It is called once a tick, so that it should only note that there is something to do, and it must not throw.
   */
  subscribe(listener: (change: Change) => void): () => void {
    return this.#resident.listeners.add(listener);
  }

  /** What attached indicators would give if a bar were pushed; nothing is kept of it. Only those given are told. */
  peek<const H extends Handles>(
    bar: AnyBar,
    handles: H,
  ): Each<H, { [I in keyof H]: Value<H[I]["id"]> }> {
    const resident = this.#resident;
    const known = handlesOf(handles);
    resident.write(bar);
    known.forEach((handle) => handle.want(resident));
    resident.succeed(resident.raw.peek(resident.core.exchange));
    const values = known.map((handle) => handle.peeked());
    return values as Each<H, { [I in keyof H]: Value<H[I]["id"]> }>;
  }

  /**
   * Computes indicators over all bars: for each member a `Float64Array`, an object of them for several outputs, or a
   * table. What members share is computed once. Members in an array give an array, named ones an object:
   * `bars.compute({ fast: { id: "ema", period: 12 } }).fast`.
   *
   * `{ from, to }` takes some of the bars only, as if there were no others: the volume profile of what a chart shows is
   * `bars.compute([{ id: "volume_profile" }], { from, to })`, that of the last 200 bars `{ from: -200 }`. Columns are as
   * long as the range, and positions in a table count from its first bar.
   */
  compute<const M extends readonly Member[]>(
    members: M,
    options?: ComputeOptions<{ readonly [I in keyof M]: Result<M[I]["id"]> }>,
  ): Each<M, { [I in keyof M]: Result<M[I]["id"]> }>;
  compute<const M extends Named>(
    members: M,
    options?: ComputeOptions<{ readonly [N in keyof M]: Result<M[N]["id"]> }>,
  ): { -readonly [N in keyof M]: Result<M[N]["id"]> };
  compute(members: readonly Member[] | Named, options: ComputeOptions = {}): unknown {
    return this.#compute("compute", members, options, (core, ids, run, length) => {
      const intake = new Intake(core, ids, roomsOf(members, options.into), length);
      run(intake);
      return likeMembers(members, intake.results());
    });
  }

  /**
   * Computes as `compute` does, but leaves the results in the module: nothing is copied until `copy` asks for it, and
   * `view` shows them where they are. In the build `threads`, where copies take the longer the more threads compute, that
   * is memory that workers and the page can share.
   */
  keep<const M extends readonly Member[]>(members: M, options?: KeepOptions): Kept<Each<M, { [I in keyof M]: Result<M[I]["id"]> }>>;
  keep<const M extends Named>(members: M, options?: KeepOptions): Kept<{ -readonly [N in keyof M]: Result<M[N]["id"]> }>;
  keep(members: readonly Member[] | Named, options: KeepOptions = {}): unknown {
    return this.#compute("keep", members, options, (core, ids, run) => {
      run();
      // A copy: the caller's may be another one when the results are asked for.
      const names: readonly Member[] | Named = Array.isArray(members) ? [] : { ...members };
      return new Kept(core, ids, (each) => likeMembers(names, each));
    });
  }

  /**
   * Attaches indicators: their results stay in the module and follow every bar. One handle a member, named as in
   * `compute`.
   */
  attach<const M extends readonly Member[]>(members: M): Each<M, { [I in keyof M]: Attached<M[I]["id"]> }>;
  attach<const M extends Named>(members: M): { -readonly [N in keyof M]: Attached<M[N]["id"]> };
  attach(members: readonly Member[] | Named): unknown {
    const resident = this.#resident;
    const { raw } = resident;
    const own = plainMembers(listOf(members), (given) => {
      const clock = followed(given);
      if (!isKnown(resident, clock)) {
        resident.addHidden(clock.name, clock.sessions.numbers(resident.times()));
        resident.clocks.push(clock);
      }
      return clock;
    });
    return exchanging((core) => {
      describe(core, own);
      const number = raw.attach(core.exchange);
      if (number === undefined) throw failure(core);
      const group: Group = { resident, number, handles: own.length };
      return likeMembers(members, own.map(({ id }, i) => attached(id, group, raw.sink(number, i))));
    });
  }

  /** The results of a candlestick pattern: see {@link candlestick}. */
  candlestick(pattern: Candlestick, options?: CandlestickOptions): Int32Array {
    return this.candlesticks([pattern], options)[pattern];
  }

  /** The results of many candlestick patterns in one call, by their names; of all if none are given. */
  candlesticks<P extends Candlestick = Candlestick>(
    patterns?: readonly P[],
    options?: CandlestickOptions,
  ): CandlestickResults<P> {
    const { raw, core } = this.#resident;
    const names = namesOf(patterns);
    const found = raw.candlesticks(core.exchange, names.join(","), ...asked(options));
    if (!found) throw failure(core);
    return resultsOf(names, found);
  }

  /** Tells why a pattern is at a bar or why it is not: see {@link explainCandlestick}. */
  explainCandlestick(pattern: Candlestick, bar: number, options?: CandlestickOptions): Condition[] {
    const { raw, core } = this.#resident;
    const [name = ""] = namesOf([pattern]);
    return conditionsOf(core, bar, (place) =>
      raw.explain_candlestick(core.exchange, name, place, ...asked(options)),
    );
  }

  /** Gives the memory back, that of attached indicators too. Using the bars or a handle afterwards is an error. */
  free(): void {
    this.#resident.free();
  }

  /** Whether the memory was given back. */
  get isFreed(): boolean {
    return this.#resident.isFreed;
  }

  [Symbol.dispose](): void {
    this.free();
  }

  /** Has the module compute when `act` says so, and leaves neither columns nor results behind. */
  #compute<T>(
    what: keyof typeof KNOWN,
    members: readonly Member[] | Named,
    options: ComputeOptions,
    act: (core: Core, ids: readonly Id[], run: (intake?: Intake) => void, length: number) => T,
  ): T {
    const resident = this.#resident;
    const { raw } = resident;
    const range = rangeOf(options, resident.length, what);
    const moves = movesOf(options.shifted);
    const known = raw.width;
    try {
      const own = plainMembers(listOf(members), (clock) => {
        if (isKnown(resident, clock)) return clock;
        const unique = { ...clock, name: `${clock.name} ${raw.width}` };
        const isZone = "sessions" in clock;
        resident.addHidden(unique.name, isZone ? clock.sessions.numbers(resident.times()) : clock.numbers);
        return unique;
      });
      return exchanging((core) => {
        describe(core, own);
        const run = (intake?: Intake) => {
          if (!raw.compute(core.exchange, range.from, range.to, moves, intake)) throw failure(core);
        };
        return act(core, own.map(({ id }) => id), run, range.to - range.from);
      });
    } finally {
      raw.narrow(known);
    }
  }
}

/** The bars that options name, within those that there are. */
export function rangeOf(options: ComputeOptions, length: number, what: keyof typeof KNOWN = "compute"): Range {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const bound = "an object such as { from: -200 }";
    throw new TvfError("param_type", `options must be ${bound}, not ${kindOf(options)}`, "options", "", bound);
  }
  const known = KNOWN[what];
  const other = Object.keys(options).find((name) => !known.includes(name));
  if (other !== undefined) {
    const bound = known.join(", ");
    throw new TvfError("unknown_param", `${what} has no option ${other}; it has ${bound}`, other, "", bound);
  }
  return rangeWithin(options.from, options.to, length);
}

function isKnown({ clocks }: Resident, { name }: Clock): boolean {
  return clocks.some((clock) => clock.name === name);
}

/** The members, which may have names. */
export function listOf(members: readonly Member[] | Named): readonly Member[] {
  if (Array.isArray(members)) return members;
  // A member alone would be read as names.
  const alone = typeof members === "object" && members !== null && "id" in members && isText(members.id);
  if (typeof members === "object" && members !== null && !alone) return Object.values(members);
  const got = alone ? "a member alone" : kindOf(members);
  throw new TvfError("param_type", `members must be an array or an object of names, not ${got}`, "members");
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

/** What each member gave, in an array or by the members' names. */
export function likeMembers(members: readonly Member[] | Named, each: readonly unknown[]): unknown {
  if (Array.isArray(members)) return each;
  return Object.fromEntries(Object.keys(members).map((name, i) => [name, each[i]]));
}

/** For each member the result whose arrays are to be filled, if there are any. */
function roomsOf(members: readonly Member[] | Named, into: unknown): readonly unknown[] {
  if (into === undefined) return [];
  const named = !Array.isArray(members);
  if (typeof into !== "object" || into === null || Array.isArray(into) === named) {
    const bound = `${named ? "an object" : "an array"} of results, as members are`;
    throw new TvfError("param_type", `into must be ${bound}, not ${kindOf(into)}`, "into", "", bound);
  }
  const results = into as ByName<unknown>;
  return Object.keys(members).map((name) => results[name]);
}

/** Members without what only the host understands; `use` tells which column a clock has. */
function plainMembers(members: readonly Member[], use: (clock: Clock) => Clock): { id: Id }[] {
  return members.map((member) => plain(member, use) as { id: Id });
}

function handlesOf(handles: unknown): readonly Attached[] {
  const list: readonly unknown[] | undefined = Array.isArray(handles) ? handles : undefined;
  const wrong = list ? list.find((handle) => !isAttached(handle)) : handles;
  if (list && list.every(isAttached)) return list;
  const what = list ? "a handle must be what attach gave" : "handles must be an array of what attach gave";
  throw new TvfError("param_type", `${what}, not ${kindOf(wrong)}`, "handles");
}

/** Columns of what was given; bars in an array tell by the first which columns they have. */
export function columnsOf(source: BarSource, names?: readonly string[]): ByName<TimeColumn> {
  if (typeof source !== "object" || source === null || ArrayBuffer.isView(source)) {
    throw new TvfError("input_type", `bars must be columns or an array of bars, not ${kindOf(source)}`, "bars");
  }
  if (!Array.isArray(source)) {
    return Object.fromEntries(Object.entries(source).filter(([, column]) => column !== undefined));
  }
  const first = source.length > 0 ? fieldsOf(source[0]) : undefined;
  const wanted = names ?? (first ? NAMES.filter((name) => first[name] !== undefined) : NAMES);
  const read = (name: string) => source.map((bar: unknown) => fieldsOf(bar)[name]);
  return Object.fromEntries(wanted.map((name) => [name, read(name)]));
}
