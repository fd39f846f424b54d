import { convergedFrom } from "../batch.js";
import { type Definition, findEntry } from "../catalog.js";
import { TvfError } from "../errors.js";
import type { Id } from "../indicators.js";
import type { Change } from "../listeners.js";
import type { Member, Spec } from "../members.js";
import type { Result, Value } from "../results.js";
import type { WorkerAttached, WorkerBars } from "../worker/bars.js";
import type { Span } from "./page.js";
import type { Columns } from "./series.js";
import type { Followed, Source } from "./source.js";

/** So many bars are fetched beside a page: what is drawn ahead of its bars or behind them comes from there. */
const BESIDE = 128;

/** Some of the bars with what follows them, as a page has them. */
interface Copy {
  readonly from: number;
  to: number;
  readonly columns: Readonly<Record<string, number[]>>;
  readonly results: ReadonlyMap<Mirrored, Part>;
}

/** What an indicator gave for the bars of a copy: columns by output, or rows. */
type Part = { readonly columns: readonly number[][] } | { readonly table: unknown };

/**
 * Bars of a worker as a chart reads them: a copy of the bars around those that are seen. A tick comes with the answer of
 * the worker and is added to it; other bars are fetched before the chart turns to them. Tables are fetched with each
 * new bar.
 */
export class Mirror implements Source {
  readonly #bars: WorkerBars;
  readonly #followed = new Set<Mirrored>();
  /** The copy in use, and behind it one that has come and is yet to be used. */
  #copies: readonly Copy[] = [];
  /** The bars that the chart reads. */
  #page: Span | undefined;
  /** Whether the copy in use goes on to the last bar, also where that is yet to be told. */
  #isLast = true;
  /** How many bars can be told of. */
  #length: number;
  /** Whether what is in use is to be fetched anew. */
  #isOld = false;
  /** Other bars that are to be fetched. */
  #wanted: Span | undefined;
  #isFetching = false;
  #tell: (change: Change | "page") => void = () => {};

  constructor(bars: WorkerBars) {
    this.#bars = bars;
    this.#length = bars.length;
  }

  get columns(): readonly string[] {
    return this.#bars.columns;
  }

  get length(): number {
    return this.#length;
  }

  get isFreed(): boolean {
    return this.#bars.isFreed;
  }

  holds(page: Span): boolean {
    const { from, to } = page;
    const found = this.#copies.findLast((copy) => copy.from <= from && copy.to >= to);
    if (!found) {
      this.#wanted = { from, to };
      this.#fetch();
      return false;
    }
    this.#copies = [found];
    this.#page = { from, to };
    this.#isLast = found.to >= this.#length;
    // Ticks make it longer and longer.
    if (this.#isOld || found.to - found.from > 2 * (to - from + 2 * BESIDE)) this.renew();
    return true;
  }

  at(bar: number): Readonly<Record<string, number>> | undefined {
    const place = bar < 0 ? bar + this.#length : bar;
    if (place === this.#length - 1) return this.#bars.last();
    const copy = this.copyOf(place);
    return copy && Object.fromEntries(this.columns.map((name) => [name, copy.columns[name]?.[place - copy.from] as number]));
  }

  window(from: number, to: number): Readonly<Record<string, readonly number[]>> {
    const copy = this.copyOf(from);
    const read = (name: string) => copy?.columns[name]?.slice(from - copy.from, to - copy.from) ?? [];
    return Object.fromEntries(this.columns.map((name) => [name, read(name)]));
  }

  subscribe(listener: (change: Change | "page") => void): () => void {
    this.#tell = listener;
    const leave = this.#bars.subscribe((change) => this.#follow(change));
    return () => {
      leave();
      this.#tell = () => {};
    };
  }

  attach<K extends Id>(member: Member<K>): Followed<K> {
    const entry = findEntry(member?.id);
    // What is unknown, or no member at all, is refused at once, in the module's words.
    if (!entry) convergedFrom(member as Spec);
    const followed = new Mirrored<K>(this, entry as Definition, this.#bars.attach([member] as readonly Member[]));
    this.#followed.add(followed as unknown as Mirrored);
    return followed;
  }

  async check(member: Member): Promise<void> {
    await this.#bars.compute([member], { from: 0, to: 0 });
  }

  profile(member: Member<"volume_profile">, span: Span, take: (table: Result<"volume_profile">) => void): void {
    this.#bars.compute([member], span).then(([table]) => take(table), ignoreFreed);
  }

  /** The copy that has a bar. */
  copyOf(bar: number): Copy | undefined {
    return this.#copies.find(({ from, to }) => bar >= from && bar < to);
  }

  /** The copy in use. */
  get copy(): Copy | undefined {
    return this.#copies[0];
  }

  forget(followed: Mirrored): void {
    this.#followed.delete(followed);
  }

  /** Has what is in use fetched anew. */
  renew(): void {
    this.#isOld = true;
    this.#fetch();
  }

  #fetch(): void {
    if (!this.#isFetching) void this.#work();
  }

  async #work(): Promise<void> {
    this.#isFetching = true;
    try {
      for (let span = this.#next(); span && !this.isFreed; span = this.#next()) {
        const copy = await this.#copyFrom(span);
        this.#copies = [...this.#copies.slice(0, 1), copy];
        this.#length = this.#bars.length;
        this.#tell("page");
      }
    } catch (error) {
      ignoreFreed(error);
    } finally {
      this.#isFetching = false;
    }
  }

  /** What is to be fetched next; of several wishes the last one counts. */
  #next(): Span | undefined {
    if (this.#isOld && this.#page) {
      this.#isOld = false;
      return { from: this.#page.from, to: this.#isLast ? this.#bars.length : this.#page.to };
    }
    const span = this.#wanted;
    this.#wanted = undefined;
    return span;
  }

  /** Asks for all at once, so that no change comes in between: the worker answers in order. */
  async #copyFrom(span: Span): Promise<Copy> {
    const from = Math.max(0, span.from - BESIDE);
    const to = span.to + BESIDE < this.#bars.length ? span.to + BESIDE : undefined;
    const followed = [...this.#followed].filter(({ isThere }) => isThere);
    const [columns, ...parts] = await Promise.all([
      this.#bars.window(from, to),
      ...followed.map((one) => one.part(from, to)),
    ]);
    const arrays = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, [...column]]));
    const length = Object.values(arrays)[0]?.length ?? 0;
    return { from, to: from + length, columns: arrays, results: new Map(followed.map((one, i) => [one, parts[i] as Part])) };
  }

  /** Adds what the worker told of a change. */
  #follow(change: Change): void {
    const last = this.#bars.last();
    if (change === "append") {
      // What was added is not told: the bars behind the copy's are fetched, and only then heard of.
      if (this.#copies.some(({ to }) => to === this.#length)) return this.renew();
      this.#length = this.#bars.length;
    } else if (change !== "free" && last) {
      // Behind bars that are still to come there is nothing to be added to.
      if (this.#length + (change === "push" ? 1 : 0) !== this.#bars.length) return;
      for (const copy of this.#copies) if (copy.to === this.#length) this.#addTo(copy, last, change === "push");
      this.#length = this.#bars.length;
      if (change === "push" && [...this.#followed].some(({ isTable }) => isTable)) this.renew();
    }
    this.#tell(change);
  }

  #addTo(copy: Copy, last: Readonly<Record<string, number>>, isNew: boolean): void {
    if (isNew) copy.to++;
    const place = copy.to - 1 - copy.from;
    for (const name of this.columns) (copy.columns[name] as number[])[place] = last[name] as number;
    for (const [followed, part] of copy.results) if ("columns" in part) followed.addTo(part.columns, place);
  }
}

/** The results of an indicator in a worker, as a chart reads them. */
class Mirrored<K extends Id = Id> implements Followed<K> {
  readonly handle = undefined;
  readonly ready: Promise<void>;
  readonly isTable: boolean;
  readonly #mirror: Mirror;
  readonly #entry: Definition;
  #there: WorkerAttached<K> | undefined;
  #isFreed = false;

  constructor(mirror: Mirror, entry: Definition, attaching: Promise<readonly unknown[]>) {
    this.#mirror = mirror;
    this.#entry = entry;
    this.isTable = entry.kind === "table";
    this.ready = attaching.then(([handle]) => {
      this.#there = handle as WorkerAttached<K>;
      if (this.#isFreed) this.#there.free();
      else mirror.renew();
    });
  }

  get isFreed(): boolean {
    return this.#isFreed || this.#mirror.isFreed;
  }

  /** Whether it can be asked. */
  get isThere(): boolean {
    return this.#there !== undefined && !this.isFreed;
  }

  columns(): Columns {
    return (output) => (bar) => {
      const copy = this.#mirror.copyOf(bar);
      const part = copy?.results.get(this as unknown as Mirrored);
      return copy && part && "columns" in part ? part.columns[output]?.[bar - copy.from] : undefined;
    };
  }

  last(): Value<K> | undefined {
    return this.#there?.last() as Value<K> | undefined;
  }

  rows(): Result<K> | undefined {
    return this.table();
  }

  table(): Result<K> | undefined {
    const part = this.#mirror.copy?.results.get(this as unknown as Mirrored);
    return part && "table" in part ? (part.table as Result<K>) : undefined;
  }

  free(): void {
    if (this.#isFreed) return;
    this.#isFreed = true;
    this.#mirror.forget(this as unknown as Mirrored);
    this.#there?.free();
  }

  /** Fetches what it gave for some bars; a turn of the market is told by a later one, so that rows go on to the end. */
  async part(from: number, to: number | undefined): Promise<Part> {
    const there = this.#there as WorkerAttached<K>;
    if (this.isTable) return { table: await there.window(from) };
    const found: unknown = await there.window(from, to);
    const columns = found instanceof Float64Array ? [found] : this.#named((name) => (found as Record<string, Float64Array>)[name]);
    return { columns: columns.map((column) => [...(column as Float64Array)]) };
  }

  /** Lays what the last bar gave at its place. */
  addTo(columns: readonly number[][], place: number): void {
    if (!this.isThere) return;
    const value: unknown = this.last();
    const values = typeof value === "number" ? [value] : this.#named((name) => (value as Record<string, number>)[name]);
    columns.forEach((column, output) => (column[place] = values[output] as number));
  }

  #named<T>(read: (name: string) => T): T[] {
    return this.#entry.outputs.map(({ name }) => read(name));
  }
}

/** Who frees bars, or ends their worker, does not wait for an answer any more. */
function ignoreFreed(error: unknown): void {
  if (!(error instanceof TvfError && error.code === "freed")) throw error;
}
