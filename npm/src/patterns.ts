import { isOptions, withoutTail } from "./batch.js";
import type { Column, TimeColumn } from "./columns.js";
import { type Core, core, exchanging, failure } from "./core.js";
import type { EntryInput, EntryParam } from "./catalog.js";
import { TvfError } from "./errors.js";
import type { FamilyId } from "./families.js";
import { columnsOf, fieldsOf, layNamed } from "./following.js";
import { describe } from "./members.js";
import { freed } from "./resident.js";
import { orNull, takeColumns } from "./results.js";
import { frozen, tell } from "./tell.js";
import { FAMILIES } from "./texts.js";
import type * as Glue from "../wasm/simd/tvf.js";

/** A point that a pattern is made of. */
export interface PatternPoint {
  /** What it is in the pattern, such as `left shoulder`. */
  readonly role: string;
  /** The bar's position, from 0. */
  readonly bar: number;
  /** The bar's time in milliseconds since 1970 UTC; null without a column of times. */
  readonly time: number | null;
  readonly price: number;
}

/** A pattern. */
export interface Pattern {
  /** Which one. */
  readonly name: string;
  /** +1 where price is expected to rise, −1 to fall, 0 where the market has not chosen. */
  readonly direction: number;
  /** The bar at which all of its points were known. */
  readonly detected: number;
  /** The bar that confirmed it; null as long as it forms. */
  readonly confirmed: number | null;
  /** How well it fits, 0 to 1. */
  readonly score: number;
  /** The price beyond which it has failed; null if there is none. */
  readonly invalidation: number | null;
  /** Where the next turn is expected, lower and upper price; null if nowhere. */
  readonly zone: readonly [number, number] | null;
  /** Its points, oldest first. */
  readonly points: readonly PatternPoint[];
  /** What the score is the mean of. */
  readonly parts: Readonly<Record<string, number>>;
  /** The prices it aims at, nearest first. */
  readonly targets: Readonly<Record<string, number>>;
}

/** What a rule asks of a number. */
export interface PatternCondition {
  readonly name: string;
  /** What the number is. */
  readonly measured: number;
  /** The least that will do; −Infinity if anything low will. */
  readonly low: number;
  /** The most that will do. */
  readonly high: number;
}

/** Points that came near a pattern, and why they are none. */
export interface PatternMiss {
  /** The pattern they come nearest to. */
  readonly name: string;
  readonly direction: number;
  /** The bar at which it was decided. */
  readonly bar: number;
  /** The share of the conditions that were met. */
  readonly score: number;
  readonly points: readonly PatternPoint[];
  /** Every condition, those that were met too. */
  readonly conditions: readonly PatternCondition[];
}

/** What to give in the place of the patterns that are certain. */
export interface FindOptions {
  /** Those that the last bar leaves unfinished: later bars may move them, or end them. */
  forming?: boolean;
  /** The near misses. */
  misses?: boolean;
}

/** What a search with these options gives. */
export type Found<O extends FindOptions> = O extends { misses: true } ? PatternMiss[] : Pattern[];

/** A word that patterns of a family use, and what it means. */
export interface FamilyWord {
  readonly name: string;
  readonly doc: string;
}

/** A family of patterns: its definition. */
export interface PatternFamily {
  readonly id: FamilyId;
  readonly title: string;
  readonly summary: string;
  /** How its patterns are found. */
  readonly rules: readonly string[];
  /** Who published it. */
  readonly source: string;
  readonly inputs: readonly EntryInput[];
  readonly params: readonly EntryParam[];
  /** Its patterns. */
  readonly shapes: readonly FamilyWord[];
  /** What points are called. */
  readonly roles: readonly FamilyWord[];
  /** What scores are made of. */
  readonly parts: readonly FamilyWord[];
  readonly targets: readonly FamilyWord[];
  /** What conditions of near misses are called. */
  readonly conditions: readonly FamilyWord[];
}

let known: readonly PatternFamily[] | undefined;

/** The definitions of all families of patterns. */
export function families(): readonly PatternFamily[] {
  const { glue } = core();
  known ??= tell(frozen(glue.families()), FAMILIES);
  return known;
}

function familyOf(id: string): PatternFamily {
  return families().find((family) => family.id === id) as PatternFamily;
}

/** The columns of a family's inputs, or the values of one bar, by their names. */
export interface PatternColumns {
  time?: TimeColumn;
  open?: Column;
  high?: Column;
  low?: Column;
  close?: Column;
  volume?: Column;
}

/** A bar of a family's inputs. */
export type PatternBar = { [K in keyof PatternColumns]?: K extends "time" ? number | Date : number };

/**
 * Follows a series and finds the patterns of a family bar by bar: what the family's function finds in whole columns.
 * `new PatternWatch({ family: "harmonic", tolerance: 0.1 })`.
 */
export class PatternWatch {
  readonly #core: Core;
  readonly #family: PatternFamily;
  #raw: Glue.Watch | undefined;

  constructor({ family, ...params }: { readonly family: FamilyId; readonly [param: string]: unknown }) {
    this.#core = core();
    this.#raw = open(family, params);
    this.#family = familyOf(family);
  }

  /** The family. */
  get family(): PatternFamily {
    return this.#family;
  }

  /** The parameters, those with default values too. */
  get params(): Readonly<Record<string, number | string>> {
    return JSON.parse(this.#open.params) as Record<string, number | string>;
  }

  /** How many bars were taken. */
  get bars(): number {
    return this.#open.bars;
  }

  /** Takes a closed bar, and gives the patterns that it makes certain. */
  update(bar: PatternBar): Pattern[] {
    const raw = this.#open;
    return this.#found(columnsOf(bar), (core) => raw.update(core.exchange));
  }

  /** Tells the patterns that a bar would make certain as the next one, and keeps nothing of it. */
  peek(bar: PatternBar): Pattern[] {
    const raw = this.#open;
    return this.#found(columnsOf(bar), (core) => raw.peek(core.exchange));
  }

  /**
   * Puts another bar in the place of the last one, as a forming bar changes, and gives the patterns that it makes
   * certain; what the one before it had made certain is void.
   */
  replace(bar: PatternBar): Pattern[] {
    const raw = this.#open;
    return this.#found(columnsOf(bar), (core) => raw.replace(core.exchange));
  }

  /** Takes any number of closed bars, column by column, and gives the patterns that they make certain. */
  extend(columns: PatternColumns): Pattern[] {
    const raw = this.#open;
    return this.#found(fieldsOf("columns", columns), (core) => raw.extend(core.exchange, false));
  }

  /** The patterns that the last bar leaves unfinished: later bars may move them, or end them. */
  forming(): Pattern[] {
    const raw = this.#open;
    return exchanging((core) => {
      raw.forming(core.exchange);
      return patterns(core, this.#family);
    });
  }

  /** Gives the memory back. Using the watch afterwards is an error. */
  free(): void {
    this.#raw?.free();
    this.#raw = undefined;
  }

  [Symbol.dispose](): void {
    this.free();
  }

  get #open(): Glue.Watch {
    if (this.#raw && core() === this.#core) return this.#raw;
    throw freed("watch");
  }

  #found(columns: object, act: (core: Core) => boolean): Pattern[] {
    return exchanging((core) => {
      layNamed(core, this.#family, columns);
      if (!act(core)) throw failure(core);
      return patterns(core, this.#family);
    });
  }
}

/** Finds the patterns of a family in whole columns, which come in the order of its inputs, the options last. */
export function find<O extends FindOptions>(id: FamilyId, args: readonly unknown[]): Found<O> {
  const given = withoutTail(args);
  const options = isOptions(given.at(-1)) ? (given.pop() as FindOptions) : {};
  const { forming = false, misses = false, ...params } = options;
  if (forming && misses) {
    const bound = "one of forming and misses";
    throw new TvfError("param_choice", `only ${bound} can be asked for`, "misses", "true", bound);
  }
  const raw = open(id, params);
  try {
    const family = familyOf(id);
    return exchanging((core) => {
      layNamed(core, family, Object.fromEntries(family.inputs.map(({ name }, i) => [name, given[i]])));
      if (!raw.extend(core.exchange, misses)) throw failure(core);
      if (forming) raw.forming(core.exchange);
      return misses ? missesOf(core, family) : patterns(core, family);
    }) as Found<O>;
  } finally {
    raw.free();
  }
}

function open(family: string, params: Record<string, unknown>): Glue.Watch {
  return exchanging((core) => {
    describe(core, [{ ...params, id: family }]);
    const raw = core.glue.Watch.open(core.exchange);
    if (raw) return raw;
    throw failure(core);
  });
}

/** Cuts what belongs to rows out of columns of all. */
class Cells {
  #next = 0;

  constructor(readonly columns: readonly Float64Array[]) {}

  take<T>(count: number, make: (cell: (column: number) => number) => T): T[] {
    return Array.from({ length: count }, () => {
      const i = this.#next++;
      return make((column) => this.columns[column]?.[i] ?? NaN);
    });
  }
}

function nameOf(words: readonly FamilyWord[], place: number): string {
  return words[place]?.name ?? "";
}

function pointsOf(cells: Cells, count: number, { roles }: PatternFamily): PatternPoint[] {
  return cells.take(count, (cell) => ({
    role: nameOf(roles, cell(0)),
    bar: cell(1),
    time: orNull(cell(2)),
    price: cell(3),
  }));
}

function namedOf(cells: Cells, count: number, words: readonly FamilyWord[]): Record<string, number> {
  return Object.fromEntries(cells.take(count, (cell) => [nameOf(words, cell(0)), cell(1)]));
}

function patterns(core: Core, family: PatternFamily): Pattern[] {
  const rows = new Cells(takeColumns(core, 0, 11));
  const [points, parts, targets] = [new Cells(takeColumns(core, 1, 4)), new Cells(takeColumns(core, 2, 2)), new Cells(takeColumns(core, 3, 2))];
  return rows.take(rows.columns[0]?.length ?? 0, (cell) => ({
    name: nameOf(family.shapes, cell(0)),
    direction: cell(1),
    detected: cell(2),
    confirmed: orNull(cell(3)),
    score: cell(4),
    invalidation: orNull(cell(5)),
    zone: Number.isNaN(cell(6)) ? null : [cell(6), cell(7)],
    points: pointsOf(points, cell(8), family),
    parts: namedOf(parts, cell(9), family.parts),
    targets: namedOf(targets, cell(10), family.targets),
  }));
}

function missesOf(core: Core, family: PatternFamily): PatternMiss[] {
  const rows = new Cells(takeColumns(core, 0, 11));
  const [points, conditions] = [new Cells(takeColumns(core, 1, 4)), new Cells(takeColumns(core, 2, 4))];
  return rows.take(rows.columns[0]?.length ?? 0, (cell) => ({
    name: nameOf(family.shapes, cell(0)),
    direction: cell(1),
    bar: cell(2),
    score: cell(4),
    points: pointsOf(points, cell(8), family),
    conditions: conditions.take(cell(9), (condition) => ({
      name: nameOf(family.conditions, condition(0)),
      measured: condition(1),
      low: condition(2),
      high: condition(3),
    })),
  }));
}
