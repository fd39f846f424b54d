import type * as Glue from "../wasm/simd/tvf.js";
import { type Candlestick, CANDLESTICKS } from "./candlestick_names.js";
import { type Column, layInput, numberOf } from "./columns.js";
import { type Core, core, exchanging, failure } from "./core.js";
import { kindOf, shown, TvfError } from "./errors.js";
import { freed } from "./resident.js";
import { restored } from "./snapshot.js";
import { frozen, tell } from "./tell.js";
import { CANDLESTICKS as TEXTS } from "./texts.js";

/** What may be asked of candlestick patterns besides their rules; the defaults are TA-Lib's. */
export interface CandlestickOptions {
  /**
   * How deep a candle must reach into another's body, as a share of it, in `abandonedbaby`, `darkcloudcover`, `mathold`
   * and the stars; what each says, if not said.
   */
  penetration?: number | undefined;
  /**
   * Whether bodies that share an end with the other count in `engulfing`, `harami` and `haramicross`, at ±80: true if not
   * said. Without it only whole ones count.
   */
  partial?: boolean | undefined;
  /**
   * Bars in the mean of the closes that tells the trend. With it a reversal counts only against the trend and a
   * continuation only along it: the close of the bar before the pattern's first candle must be above the mean there in a
   * rising market, below it in a falling one. Patterns of indecision count in any trend.
   */
  trend?: number | undefined;
}

/** Options of {@link candlesticks}. */
export interface CandlesticksOptions<P extends Candlestick = Candlestick> extends CandlestickOptions {
  /** The names to look for; all if not said. */
  patterns?: readonly P[];
}

/** For each pattern a whole number a bar. */
export type CandlestickResults<P extends Candlestick = Candlestick> = Record<P, Int32Array>;

/** A condition of a pattern's rule, and how a bar meets it. */
export interface Condition {
  /** Which result it is for: 100, -100, or 0 for both. */
  sign: number;
  /** Whether it only tells a whole pattern from one at ±80. */
  whole: boolean;
  /** Empty if it must hold; else the alternative it belongs to: of 1a, 1b and so on one must hold. */
  branch: string;
  /** What is demanded. */
  text: string;
  /** What the bar has; NaN where there is nothing. */
  measured: number;
  /** How the two must compare. */
  relation: ">" | ">=" | "<" | "<=";
  /** What it is compared with. */
  needed: number;
  /** Whether it is met. */
  met: boolean;
  /** The same in a sentence with its numbers. */
  sentence: string;
}

/** The definition of a pattern. */
export interface CandlestickPattern {
  /** Its name. */
  id: Candlestick;
  /** Its name in books. */
  title: string;
  /** What it shows. */
  summary: string;
  /** Candles that the rule looks at. */
  candles: number;
  /** Bars before the first one that can have a result. */
  lookback: number;
  /** What it says about the move it follows. */
  kind: "reversal" | "continuation" | "indecision";
  /** The results it can give besides 0. */
  values: readonly number[];
  /** Its default, where the rule asks for one. */
  penetration: number | null;
  /** Who published it. */
  source: string;
}

const PRICES = ["open", "high", "low", "close"] as const;

/**
 * Looks for a candlestick pattern: for each bar 100 where it is positive, -100 where it is negative, ±80 where two bodies
 * share an end, ±200 where a hikkake is confirmed, and 0 elsewhere. The same integers as TA-Lib's. For reversals and
 * continuations positive means bullish. A bar with a missing price matches nothing, and behind it everything begins anew.
 */
export function candlestick(
  open: Column,
  high: Column,
  low: Column,
  close: Column,
  pattern: Candlestick,
  options?: CandlestickOptions,
): Int32Array {
  return candlesticks(open, high, low, close, { ...options, patterns: [pattern] })[pattern];
}

/** Looks for many candlestick patterns in one call, which shares what they have in common. */
export function candlesticks<P extends Candlestick = Candlestick>(
  open: Column,
  high: Column,
  low: Column,
  close: Column,
  options: CandlesticksOptions<P> = {},
): CandlestickResults<P> {
  const { patterns, ...rest } = options;
  const names = namesOf(patterns);
  const settings = asked(rest);
  return exchanging((core) => {
    layPrices(core, [open, high, low, close]);
    const found = core.glue.candlesticks(core.exchange, names.join(","), ...settings);
    if (!found) throw failure(core);
    return resultsOf(names, found);
  });
}

/**
 * Tells why a pattern is at a bar or why it is not: every condition of its rule, with what the bar has and what it needs.
 * Where the bar has too few bars before it, that is the only condition. A bar is counted from the end if negative.
 */
export function explainCandlestick(
  open: Column,
  high: Column,
  low: Column,
  close: Column,
  pattern: Candlestick,
  bar: number,
  options?: CandlestickOptions,
): Condition[] {
  const [name = ""] = namesOf([pattern]);
  const settings = asked(options);
  return exchanging((core) => {
    layPrices(core, [open, high, low, close]);
    return conditionsOf(core, bar, (place) =>
      core.glue.explain_candlestick(core.exchange, name, place, ...settings),
    );
  });
}

/** All patterns, in the order of the documentation. */
export function candlestickPatterns(): readonly CandlestickPattern[] {
  return tell(frozen(core().glue.candlestick_patterns()), TEXTS);
}

/**
 * Candlestick patterns bar by bar: `update` takes a closed bar, `peek` looks at the forming one, `replace` revises the
 * last one. However a series is cut into calls, the results are those of {@link candlesticks} over the whole of it. The
 * state can be kept as bytes, which Python resumes as well.
 */
export class Candlesticks<P extends Candlestick = Candlestick> {
  readonly #core: Core = core();
  #raw: Glue.Candlesticks | undefined;
  /** The names that are looked for. */
  readonly patterns: readonly P[];

  /** Begins before the first bar: `new Candlesticks(["doji", "hammer"])`; all patterns if none are given. */
  constructor(patterns?: readonly P[], options?: CandlestickOptions);
  /** @internal */
  constructor(patterns: undefined, options: undefined, restored: Glue.Candlesticks);
  constructor(patterns?: readonly P[], options?: CandlestickOptions, restored?: Glue.Candlesticks) {
    this.#raw = restored ?? opened(this.#core, namesOf(patterns), options);
    this.patterns = this.#raw.names.split(",").filter((name) => name !== "") as P[];
  }

  /** Goes on where a snapshot was taken, here or in Python. */
  static restore<P extends Candlestick = Candlestick>(snapshot: Uint8Array | ArrayBuffer): Candlesticks<P> {
    const raw = restored(snapshot, ({ glue, exchange }) => glue.Candlesticks.restore(exchange));
    return new Candlesticks<P>(undefined, undefined, raw);
  }

  /** Bars taken so far. */
  get bars(): number {
    return this.#open.bars;
  }

  /** Takes a closed bar, and gives its results by pattern. */
  update(open: number, high: number, low: number, close: number): Record<P, number> {
    return this.#named(this.#open.update(...barOf(open, high, low, close)));
  }

  /** Tells what a bar would give as the next one, and keeps nothing of it. */
  peek(open: number, high: number, low: number, close: number): Record<P, number> {
    return this.#named(this.#open.peek(...barOf(open, high, low, close)));
  }

  /** Puts another bar in the place of the last one, and gives its results. */
  replace(open: number, high: number, low: number, close: number): Record<P, number> {
    const found = this.#open.replace(this.#core.exchange, ...barOf(open, high, low, close));
    if (!found) throw failure(this.#core);
    return this.#named(found);
  }

  /** Takes any number of closed bars, column by column, and gives the columns of their results. */
  extend(open: Column, high: Column, low: Column, close: Column): CandlestickResults<P> {
    const raw = this.#open;
    return exchanging((core) => {
      layPrices(core, [open, high, low, close]);
      const found = raw.extend(core.exchange);
      if (!found) throw failure(core);
      return resultsOf(this.patterns, found);
    });
  }

  /** The whole state as bytes. */
  snapshot(): Uint8Array {
    const bytes = this.#open.snapshot(this.#core.exchange);
    if (!bytes) throw failure(this.#core);
    return bytes;
  }

  /** Gives the memory back. Using the detector afterwards is an error. */
  free(): void {
    this.#raw?.free();
    this.#raw = undefined;
  }

  /** Whether the memory was given back. */
  get isFreed(): boolean {
    return this.#raw === undefined;
  }

  [Symbol.dispose](): void {
    this.free();
  }

  get #open(): Glue.Candlesticks {
    if (this.#raw) return this.#raw;
    throw freed("candlesticks");
  }

  #named(values: Int32Array): Record<P, number> {
    return Object.fromEntries(this.patterns.map((name, i) => [name, values[i]])) as Record<P, number>;
  }
}

function opened(core: Core, names: readonly string[], options: CandlestickOptions | undefined): Glue.Candlesticks {
  const raw = core.glue.Candlesticks.open(core.exchange, names.join(","), ...asked(options));
  if (!raw) throw failure(core);
  return raw;
}

function barOf(...bar: [number, number, number, number]): [number, number, number, number] {
  return bar.map((value, i) => numberOf(PRICES[i] as string, value)) as [number, number, number, number];
}

function layPrices(core: Core, prices: readonly Column[]): void {
  prices.forEach((column, i) => layInput(core, PRICES[i] as string, column));
}

/** Names that were given, or all. */
export function namesOf<P extends Candlestick>(patterns: readonly P[] | undefined): readonly P[] {
  if (patterns === undefined) return CANDLESTICKS as readonly Candlestick[] as readonly P[];
  const list: unknown = patterns;
  if (!Array.isArray(list)) {
    const bound = 'names such as ["engulfing", "doji"]';
    throw new TvfError("param_type", `patterns must be ${bound}, not ${kindOf(list)}`, "patterns", "", bound);
  }
  const names: readonly unknown[] = list;
  names.forEach((name, i) => {
    if (typeof name !== "string" || name.includes(",") || name === "") {
      const bound = "the name of a pattern";
      throw new TvfError("unknown_pattern", `pattern must be ${bound}, not ${shown(name)}`, "pattern", "", bound);
    }
    if (names.indexOf(name) < i) {
      const bound = "names that differ";
      throw new TvfError("param_choice", `pattern ${name} is given twice`, "patterns", name, bound);
    }
  });
  return patterns;
}

/** Options as the module takes them. */
export function asked(options: CandlestickOptions = {}): [penetration: number, partial: boolean, trend: number] {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const bound = "an object such as { trend: 20 }";
    throw new TvfError("param_type", `options must be ${bound}, not ${kindOf(options)}`, "options", "", bound);
  }
  const known = ["penetration", "partial", "trend"];
  const other = Object.keys(options).find((name) => !known.includes(name));
  if (other !== undefined) {
    const bound = known.join(", ");
    throw new TvfError("unknown_param", `candlesticks have no option ${other}; they have ${bound}`, other, "", bound);
  }
  const { penetration, partial, trend } = options as Record<string, unknown>;
  if (penetration !== undefined) refuseUnless(typeof penetration === "number", "penetration", penetration, "a number");
  if (partial !== undefined) refuseUnless(typeof partial === "boolean", "partial", partial, "true or false");
  if (trend !== undefined) refuseUnless(Number.isInteger(trend), "trend", trend, "a whole number");
  // What the module reads as "not said" must not be what someone said.
  if (Number.isNaN(penetration)) throw outOf("penetration", penetration, "finite and at least 0");
  if (trend !== undefined && Number(trend) < 1) throw outOf("trend", trend, "at least 1");
  return [Number(penetration), partial !== false, trend === undefined ? 0 : Number(trend)];
}

function refuseUnless(is: boolean, name: string, value: unknown, bound: string): void {
  if (is) return;
  throw new TvfError("param_type", `${name} must be ${bound}, not ${shown(value)}`, name, String(value), bound);
}

function outOf(name: string, value: unknown, bound: string): TvfError {
  return new TvfError("param_range", `${name} ${String(value)} is out of its bounds: ${bound}`, name, String(value), bound);
}

/** Results that lie pattern by pattern, by their names. */
export function resultsOf<P extends Candlestick>(names: readonly P[], found: Int32Array): CandlestickResults<P> {
  const bars = names.length === 0 ? 0 : found.length / names.length;
  const parts = names.map((name, i) => [name, found.subarray(i * bars, (i + 1) * bars)]);
  return Object.fromEntries(parts) as CandlestickResults<P>;
}

/** The conditions at a bar, from the text that the module gives. */
export function conditionsOf(
  core: Core,
  bar: number,
  explain: (bar: number) => string | undefined,
): Condition[] {
  refuseUnless(Number.isInteger(bar), "bar", bar, "a whole number");
  const text = explain(bar);
  if (text === undefined) throw failure(core);
  const rows = JSON.parse(text) as (Omit<Condition, "measured" | "needed"> & Record<"measured" | "needed", number | null>)[];
  return rows.map((row) => ({ ...row, measured: row.measured ?? NaN, needed: row.needed ?? NaN }));
}
