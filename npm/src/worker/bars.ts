import {
  type AnyBar,
  type BarSource,
  type ComputeOptions,
  type Each,
  likeMembers,
  listOf,
  type Named,
} from "../bars.js";
import type { Definition } from "../catalog.js";
import { numberOf } from "../columns.js";
import { kindOf, TvfError } from "../errors.js";
import type { Id } from "../indicators.js";
import { type Change, Listeners } from "../listeners.js";
import type { Member } from "../members.js";
import { fieldsOf, freed } from "../resident.js";
import { arraysOf, type Result, shapeResult, type Value } from "../results.js";
import type { Connection, Way } from "./connection.js";
import { WorkerKept } from "./kept.js";
import { sendable } from "./members.js";
import { cargoOfBars } from "./parts.js";
import type { BarsState, Columns, Given, Operation, Progress, Range } from "./protocol.js";
import { taken } from "./take.js";

/** How columns go to the worker. */
export interface SendOptions {
  /**
   * Whether typed arrays are transferred: nothing is copied, and the caller's arrays are empty afterwards, as are all
   * others over the same buffers. What cannot be transferred, such as plain arrays, is copied.
   */
  transfer?: boolean;
  /** Told how many bars are on their way, at most once a frame. */
  onProgress?: (progress: Progress) => void;
}

/** Over which bars a set is computed, and how to follow or end it. */
export interface WorkerComputeOptions extends Omit<ComputeOptions, "into"> {
  /** Ends the computation: the promise is rejected with the signal's reason, and the worker keeps nothing. */
  signal?: AbortSignal;
  /** Told how many indicators are computed, at most once a frame. */
  onProgress?: (progress: Progress) => void;
}

type Handles = readonly { readonly id: Id }[];

/** What the last bar gave; nothing of a table that describes a state, as nobody may want it with every bar. */
export type Last<K extends Id> = Value<K> extends readonly unknown[] ? Value<K> | undefined : Value<K>;

/** What bars of a worker need to know of it. */
export interface Home {
  readonly connection: Connection;
  entryOf(id: string): Definition;
  /** A number that nothing has yet. */
  number(): number;
  shape<K extends Id>(columns: Columns): Result<K>;
}

/** Bars in the worker's memory: as `Bars`, but what is computed comes as a promise. */
export class WorkerBars {
  readonly #home: Home;
  readonly #number: number;
  readonly #names: readonly string[];
  readonly #handles = new Map<number, WorkerAttached>();
  readonly #listeners = new Listeners();
  #length: number;
  #last: readonly number[];
  #isFree = false;

  /** @internal */
  constructor(home: Home, number: number, names: readonly string[], { length, bar }: BarsState) {
    this.#home = home;
    this.#number = number;
    this.#names = names;
    this.#length = length;
    this.#last = bar;
    forgotten.register(this, { home, number }, this);
  }

  /** How many bars there are, as the worker answered last. */
  get length(): number {
    return this.#length;
  }

  /** The names of the columns. */
  get columns(): readonly string[] {
    return this.#names;
  }

  /** Makes room for so many bars in all. */
  async reserve(bars: number): Promise<void> {
    await this.#change("reserve", { room: bars });
  }

  /** Adds bars at the end; do not change the arrays before it is done. Attached indicators follow. */
  async append(source: BarSource, { transfer = false, onProgress }: SendOptions = {}): Promise<void> {
    this.check();
    const cargo = cargoOfBars(source, this.#names, transfer);
    const given = { bars: this.#number, columns: this.#names };
    this.#stand(await this.#home.connection.ask("append", given, { onProgress }, this.#number, cargo), "append");
  }

  /** Adds a closed bar. Attached indicators follow: their `last` is that of this bar when the promise is fulfilled. */
  async push(bar: AnyBar): Promise<void> {
    await this.#change("push", { bar: this.#read(bar) });
  }

  /** Puts a bar in the place of the last one, which was still forming. Attached indicators follow. */
  async replace(bar: AnyBar): Promise<void> {
    await this.#change("replace", { bar: this.#read(bar) });
  }

  /** The last bar, as the worker answered last: all columns that are there, as numbers. Undefined if there is none. */
  last(): Readonly<Record<string, number>> | undefined {
    if (this.#length === 0) return undefined;
    return Object.fromEntries(this.#names.map((name, i) => [name, this.#last[i] as number]));
  }

  /** Some of the bars as columns of numbers that are yours, counted as `Array.slice` counts them. */
  async window(from?: number, to?: number): Promise<Readonly<Record<string, Float64Array>>> {
    this.check();
    const given = { bars: this.#number, range: [from, to] } as const;
    const columns = await this.#home.connection.ask("window", given, {}, this.#number);
    return Object.fromEntries(this.#names.map((name, i) => [name, columns[i] as Float64Array]));
  }

  /**
   * Calls a function after each change, until what it gives back is called: when the worker has answered, so that
   * `length` and each handle's `last` are those of the change. It must not throw.
   */
  subscribe(listener: (change: Change) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** What attached indicators would give if a bar were pushed; nothing is kept of it. */
  async peek<const H extends Handles>(bar: AnyBar, handles: H): Promise<Each<H, { [I in keyof H]: Value<H[I]["id"]> }>> {
    this.check();
    const numbers = handlesOf(handles).map((handle) => handle.number(this));
    const given = { bars: this.#number, bar: this.#read(bar), handles: numbers };
    const values = await this.#home.connection.ask("peek", given, {}, this.#number);
    return values as Each<H, { [I in keyof H]: Value<H[I]["id"]> }>;
  }

  /**
   * Computes indicators over the bars, as `Bars.compute` does. Requests are answered in their order; one that is
   * aborted gives way to the next.
   */
  compute<const M extends readonly Member[]>(
    members: M,
    options?: WorkerComputeOptions,
  ): Promise<Each<M, { [I in keyof M]: Result<M[I]["id"]> }>>;
  compute<const M extends Named>(
    members: M,
    options?: WorkerComputeOptions,
  ): Promise<{ -readonly [N in keyof M]: Result<M[N]["id"]> }>;
  async compute(members: readonly Member[] | Named, options: WorkerComputeOptions = {}): Promise<unknown> {
    this.check();
    const { way, ...range } = wayOf(options);
    const results: Result[] = [];
    const onResult = (columns: Columns) => results.push(this.#home.shape(columns));
    const given = { bars: this.#number, members: this.#members(members), options: range };
    await this.#home.connection.ask("compute", given, { ...way, onResult }, this.#number);
    return likeMembers(members, results);
  }

  /**
   * Computes as `compute` does, but leaves the results where they are: with the build `threads` in memory that the page
   * sees too, so that nothing is copied. In other builds they are moved to the page.
   */
  keep<const M extends readonly Member[]>(
    members: M,
    options?: WorkerComputeOptions,
  ): Promise<WorkerKept<Each<M, { [I in keyof M]: Result<M[I]["id"]> }>>>;
  keep<const M extends Named>(
    members: M,
    options?: WorkerComputeOptions,
  ): Promise<WorkerKept<{ -readonly [N in keyof M]: Result<M[N]["id"]> }>>;
  async keep(members: readonly Member[] | Named, options: WorkerComputeOptions = {}): Promise<unknown> {
    this.check();
    const { connection, number, shape } = this.#home;
    const { way, ...range } = wayOf(options, "keep");
    const kept = number();
    const results: Result[] = [];
    const onResult = (columns: Columns) => results.push(shape(columns));
    const given = { bars: this.#number, members: this.#members(members), options: range, kept };
    const drop = dropOf(connection, kept);
    try {
      const areShared = await connection.ask("keep", given, { ...way, onResult }, this.#number);
      return new WorkerKept(likeMembers(members, results), results.flatMap(arraysOf), areShared, drop);
    } catch (error) {
      // They may have been computed before an abort was heard of.
      drop();
      throw error;
    }
  }

  /** Attaches indicators: their results stay in the worker and follow every bar. */
  attach<const M extends readonly Member[]>(members: M): Promise<Each<M, { [I in keyof M]: WorkerAttached<M[I]["id"]> }>>;
  attach<const M extends Named>(members: M): Promise<{ -readonly [N in keyof M]: WorkerAttached<M[N]["id"]> }>;
  async attach(members: readonly Member[] | Named): Promise<unknown> {
    this.check();
    const own = this.#members(members);
    const numbers = own.map(() => this.#home.number());
    const given = { bars: this.#number, members: own, first: numbers[0] ?? 0 };
    const state = await this.#home.connection.ask("attach", given, {}, this.#number);
    const handles = numbers.map((number, i) => {
      const handle = new WorkerAttached((own[i] as Member).id, this, number);
      this.#handles.set(number, handle);
      return handle;
    });
    this.#stand(state);
    return likeMembers(members, handles);
  }

  /** Gives the memory back, that of attached indicators too. Using the bars or a handle afterwards is an error. */
  free(): void {
    if (this.#isFree) return;
    this.#isFree = true;
    this.#handles.clear();
    forgotten.unregister(this);
    this.#home.connection.tell("free", { bars: this.#number }, this.#number);
    this.#listeners.tell("free");
  }

  /** Whether the memory was given back. */
  get isFreed(): boolean {
    return this.#isFree;
  }

  [Symbol.dispose](): void {
    this.free();
  }

  /** @internal */
  async read<K extends Id>(handle: number, range?: Range): Promise<Result<K>> {
    this.check();
    const given = { bars: this.#number, handle, ...(range && { range }) };
    return this.#home.shape(await this.#home.connection.ask("read", given, {}, this.#number));
  }

  /** @internal */
  detach(handle: number): void {
    if (this.#handles.delete(handle)) {
      this.#home.connection.tell("detach", { bars: this.#number, handle }, this.#number);
    }
  }

  async #change<O extends "reserve" | "push" | "replace">(what: O, given: Omit<Given<O>, "bars">): Promise<void> {
    this.check();
    const whole = { bars: this.#number, ...given } as Given<Operation> as Given<O>;
    const state = (await this.#home.connection.ask(what, whole, {}, this.#number)) as BarsState;
    this.#stand(state, what === "reserve" ? undefined : what);
  }

  #stand({ length, bar, last }: BarsState, change?: Change): void {
    this.#length = length;
    this.#last = bar;
    for (const [number, value] of last) this.#handles.get(number)?.follow(value as never);
    // What was on its way when the bars were freed is nobody's concern any more.
    if (change && !this.#isFree) this.#listeners.tell(change);
  }

  /** A bar as numbers, so that dates and objects of any kind can be sent. */
  #read(bar: AnyBar): Record<string, number> {
    const fields = fieldsOf(bar);
    return Object.fromEntries(this.#names.map((name) => [name, numberOf(name, fields[name])]));
  }

  #members(members: readonly Member[] | Named): unknown[] {
    return listOf(members).map((member) => sendable("member", member));
  }

  /** @internal */
  check(): void {
    if (this.#isFree) throw freed("bars");
  }
}

/** The handle of an indicator that is attached to bars in a worker. */
export class WorkerAttached<K extends Id = Id> {
  /** Its indicator. */
  readonly id: K;
  readonly #bars: WorkerBars;
  readonly #number: number;
  #last: Last<K> | undefined;
  #isFree = false;

  /** @internal */
  constructor(id: K, bars: WorkerBars, number: number) {
    this.id = id;
    this.#bars = bars;
    this.#number = number;
  }

  /**
   * What the last bar gave: it comes with the answer to each change of the bars. Undefined for a table that describes a
   * state (`support_resistance`, `volume_profile`), which `copy` computes.
   */
  last(): Last<K> {
    this.number(this.#bars);
    return this.#last as Last<K>;
  }

  /** The results so far. */
  async copy(): Promise<Result<K>> {
    this.number(this.#bars);
    return this.#bars.read(this.#number);
  }

  /**
   * The results for some of the bars, counted as `Array.slice` counts. Of a table of events these are the rows of those
   * bars; one that describes a state gives all of its rows.
   */
  async window(from?: number, to?: number): Promise<Result<K>> {
    this.number(this.#bars);
    return this.#bars.read(this.#number, [from, to]);
  }

  /** Lets the indicator go; the bars stay. */
  free(): void {
    this.#isFree = true;
    this.#bars.detach(this.#number);
  }

  [Symbol.dispose](): void {
    this.free();
  }

  /** @internal */
  follow(value: Last<K>): void {
    this.#last = value;
  }

  /** @internal Its number, if it can be used with these bars. */
  number(bars: WorkerBars): number {
    if (this.#isFree) throw freed(this.id);
    this.#bars.check();
    if (bars === this.#bars) return this.#number;
    throw new TvfError("source", `${this.id} is attached to other bars`, this.id);
  }
}

/** Frees bars that nobody has any more. */
const forgotten = new FinalizationRegistry(({ home, number }: { home: Home; number: number }) => {
  home.connection.tell("free", { bars: number }, number);
});

/** What has the worker let results go; on its own, so that it holds none of them. */
function dropOf(connection: Connection, kept: number): () => void {
  return () => connection.tell("drop", { kept }, kept);
}

/** Makes results of what came from the worker. */
export function shape<K extends Id>(entry: Definition, { length, columns, numbers }: Columns): Result<K> {
  return shapeResult(entry, length, (i) => taken(columns[i] as Float64Array), (i) => numbers[i] as number);
}

/** Takes apart which options are for this side. */
function wayOf(options: WorkerComputeOptions, what = "compute"): { way: Way } & Omit<ComputeOptions, "into"> {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const bound = "an object such as { from: -200 }";
    throw new TvfError("param_type", `options must be ${bound}, not ${kindOf(options)}`, "options", "", bound);
  }
  const { signal, onProgress, ...range } = options;
  if ("into" in range) {
    const bound = "from, to, shifted, signal, onProgress";
    throw new TvfError("unknown_param", `${what} in a worker has no option into; it has ${bound}`, "into", "", bound);
  }
  return { way: { signal, onProgress }, ...range };
}

function handlesOf(handles: unknown): readonly WorkerAttached[] {
  const list: readonly unknown[] | undefined = Array.isArray(handles) ? handles : undefined;
  const isHandle = (handle: unknown): handle is WorkerAttached => handle instanceof WorkerAttached;
  if (list?.every(isHandle)) return list;
  const what = list ? "a handle must be what attach gave" : "handles must be an array of what attach gave";
  throw new TvfError("param_type", `${what}, not ${kindOf(list ? list.find((one) => !isHandle(one)) : handles)}`, "handles");
}
