import type { Attached } from "../attached.js";
import type { Bars } from "../bars.js";
import { entryOf } from "../catalog.js";
import type { Id } from "../indicators.js";
import type { Change } from "../listeners.js";
import type { Member } from "../members.js";
import type { Result, Value } from "../results.js";
import type { WorkerBars } from "../worker/bars.js";
import type { Span } from "./page.js";
import type { Columns } from "./series.js";

/** Bars that a chart can show: those of the page, or those of a worker. */
export type AnyBars = Bars | WorkerBars;

/** What a chart reads of bars, wherever they live. */
export interface Source {
  readonly columns: readonly string[];
  readonly length: number;
  readonly isFreed: boolean;
  /** Whether these bars can be read now. If not they are on their way: listeners hear `page` when they are there. */
  holds(span: Span): boolean;
  at(bar: number): Readonly<Record<string, number>> | undefined;
  window(from: number, to: number): Readonly<Record<string, ArrayLike<number>>>;
  subscribe(listener: (change: Change | "page") => void): () => void;
  attach<K extends Id>(member: Member<K>): Followed<K>;
  /** Fails, now or later, if a member is wrong. */
  check(member: Member): Promise<void>;
  /** Gives the volume profile of some bars, at once or when it is there. */
  profile(member: Member<"volume_profile">, span: Span, take: (table: Result<"volume_profile">) => void): void;
}

/** Results that follow bars, as a chart reads them. */
export interface Followed<K extends Id = Id> {
  /** The handle, if the bars are those of the page. */
  readonly handle: Attached<K> | undefined;
  /** Fulfilled when results are there. */
  readonly ready: Promise<void>;
  readonly isFreed: boolean;
  /** The columns of a series: to be read at once. */
  columns(): Columns;
  /** What the last bar gave; nothing until it is there. */
  last(): Value<K> | undefined;
  /** The rows of a table of events from a bar on, and as many before as there are at hand. */
  rows(from: number): Result<K> | undefined;
  /** All rows that are at hand, to be read at once. */
  table(): Result<K> | undefined;
  free(): void;
}

/** Bars of the page: all is at hand, and read where it is. */
export class PageSource implements Source {
  readonly #bars: Bars;

  constructor(bars: Bars) {
    this.#bars = bars;
  }

  get columns(): readonly string[] {
    return this.#bars.columns;
  }

  get length(): number {
    return this.#bars.length;
  }

  get isFreed(): boolean {
    return this.#bars.isFreed;
  }

  holds(): boolean {
    return true;
  }

  at(bar: number): Readonly<Record<string, number>> | undefined {
    return this.#bars.at(bar);
  }

  window(from: number, to: number): Readonly<Record<string, Float64Array>> {
    return this.#bars.window(from, to);
  }

  subscribe(listener: (change: Change) => void): () => void {
    return this.#bars.subscribe(listener);
  }

  attach<K extends Id>(member: Member<K>): Followed<K> {
    const [handle] = this.#bars.attach([member] as readonly Member[]);
    return new PageFollowed(handle as Attached<K>);
  }

  check(member: Member): Promise<void> {
    this.#bars.compute([member], { from: 0, to: 0 });
    return READY;
  }

  profile(member: Member<"volume_profile">, span: Span, take: (table: Result<"volume_profile">) => void): void {
    take(this.#bars.compute([member], span)[0]);
  }
}

class PageFollowed<K extends Id> implements Followed<K> {
  readonly handle: Attached<K>;
  readonly ready = READY;

  constructor(handle: Attached<K>) {
    this.handle = handle;
  }

  get isFreed(): boolean {
    return this.handle.isFreed;
  }

  columns(): Columns {
    const whole: unknown = this.handle.view();
    if (whole instanceof Float64Array) return () => (bar) => whole[bar];
    const { outputs } = entryOf(this.handle.id);
    const columns = outputs.map(({ name }) => (whole as Record<string, Float64Array>)[name]);
    return (output) => {
      const column = columns[output];
      return (bar) => column?.[bar];
    };
  }

  last(): Value<K> {
    return this.handle.last() as Value<K>;
  }

  rows(from: number): Result<K> {
    return this.handle.window(from) as Result<K>;
  }

  table(): Result<K> {
    return this.handle.view() as Result<K>;
  }

  free(): void {
    this.handle.free();
  }
}

const READY = Promise.resolve();
