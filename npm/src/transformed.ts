import { type Bar, Bars } from "./bars.js";
import { TvfError } from "./errors.js";
import type { Change } from "./listeners.js";
import { Transform, type TransformBar } from "./transforms.js";
import type { TransformKind, TransformParams } from "./transform_kinds.js";

const NAMES = ["time", "open", "high", "low", "close", "volume", "direction"] as const;
/** Columns of some kinds only. */
const OWN = ["line", "turned", "boxes"] as const;
/** What rows of the same time are moved apart by, in milliseconds. */
const APART = 1000;

type Row = Record<string, number>;

/**
 * Bars that a transform makes of other bars, and that follow them: for a chart of bricks, with indicators of its own.
 * `new TransformedBars(bars, { kind: "renko", brick: 2 }).bars`.
 *
 * The last row is always what the last bar leaves unfinished, which later bars may change: where that bar would close
 * several rows it is all of them in one, and where it would make none, it is a line at its close. All rows before are
 * closed, by bars that have closed. Rows of the same bar have the same time; here each comes a second after the one before,
 * since a chart shows one row at a time.
 */
export class TransformedBars<K extends TransformKind = TransformKind> {
  /** The rows, as bars: with the direction, and what the kind has besides. */
  readonly bars: Bars;
  readonly #source: Bars;
  readonly #transform: Transform<K>;
  readonly #names: readonly string[];
  readonly #unsubscribe: () => void;
  /** How many bars the transform has; the last one is not closed. */
  #taken = 0;
  /** The rows that the last bar would close. */
  #open: readonly Row[] = [];
  /** The time of the last row that is closed. */
  #last = -Infinity;

  constructor(source: Bars, member: { readonly kind: K } & TransformParams[K]) {
    if (!source.columns.includes("close")) {
      const known = source.columns.join(", ");
      throw new TvfError("unknown_column", `a transform needs the column "close"; there are ${known}`, "close", "", known);
    }
    this.#source = source;
    this.#transform = new Transform<K>(member);
    const { columns } = this.#transform.definition;
    const own: readonly string[] = OWN.filter((name) => columns.some((column) => column.name === name));
    this.#names = [...NAMES, ...own].filter((name) => source.columns.includes(name) || !["time", "volume"].includes(name));
    try {
      const rows = this.#rows();
      const columnOf = (name: string) => Float64Array.from(rows, (row) => row[name] ?? NaN);
      this.bars = Bars.from(Object.fromEntries(this.#names.map((name) => [name, columnOf(name)])));
    } catch (error) {
      this.#transform.free();
      throw error;
    }
    this.#unsubscribe = source.subscribe((change) => this.#follow(change));
  }

  /** Ends it, and gives the memory of the rows back; the bars that they are made of stay. */
  free(): void {
    this.#unsubscribe();
    this.#transform.free();
    this.bars.free();
  }

  [Symbol.dispose](): void {
    this.free();
  }

  #follow(change: Change): void {
    if (change === "free") return this.free();
    const { bars } = this;
    for (const [i, row] of this.#rows().entries()) {
      const values = Object.fromEntries(this.#names.map((name) => [name, row[name] ?? NaN])) as Bar;
      // The first takes the place of what was unfinished.
      if (i === 0 && bars.length > 0) bars.replace(values);
      else bars.push(values);
    }
  }

  /** The rows that have closed since, and the one that is unfinished; each behind the one before. */
  #rows(): readonly Row[] {
    const closed = this.#take();
    const unfinished = this.#unfinished();
    return [...closed, ...(unfinished ? [unfinished] : [])].map((row, i) => {
      const time = row["time"] ?? NaN;
      const moved = time <= this.#last ? this.#last + APART : time;
      // What is unfinished may yet be another row: it takes no time from the next.
      if (i < closed.length) this.#last = moved;
      return { ...row, time: moved };
    });
  }

  /** Takes what is new of the bars, and gives the rows that closed bars have closed since. */
  #take(): readonly Row[] {
    const { length } = this.#source;
    if (length === 0) return [];
    const before = this.#taken;
    // The bar that was the last may have changed since.
    if (before > 0) this.#open = rowsOf(this.#transform.replace(this.#bar(before - 1)));
    if (length === before) return [];
    const ended = before > 0 ? this.#open : [];
    const passed = length > before + 1 ? rowsOf(this.#transform.extend(this.#columns(before, length - 1))) : [];
    this.#open = rowsOf(this.#transform.update(this.#bar(length - 1)));
    this.#taken = length;
    return [...ended, ...passed];
  }

  /** What the last bar leaves unfinished, in one row. */
  #unfinished(): Row | undefined {
    const bar = this.#source.at(-1);
    if (!bar) return undefined;
    const rows = [...this.#open, ...rowsOf(this.#transform.forming())];
    const close = bar["close"] ?? NaN;
    const [first, last] = [rows[0], rows.at(-1)];
    if (!first || !last) {
      return { time: bar["time"] ?? NaN, open: close, high: close, low: close, close, volume: 0, direction: 0 };
    }
    const all = (name: string, join: (a: number, b: number) => number) =>
      rows.map((row) => row[name] ?? NaN).reduce(join);
    return {
      ...last,
      open: first["open"] ?? NaN,
      high: all("high", Math.max),
      low: all("low", Math.min),
      volume: all("volume", (a, b) => a + b),
    };
  }

  #bar(at: number): TransformBar {
    return this.#source.at(at) as unknown as TransformBar;
  }

  #columns(from: number, to: number) {
    const columns = this.#source.window(from, to);
    return columns as unknown as Parameters<Transform<K>["extend"]>[0];
  }
}

/** The rows of columns, one by one. */
function rowsOf(columns: object): Row[] {
  const named = Object.entries(columns as Readonly<Record<string, Float64Array>>);
  return Array.from({ length: named[0]?.[1].length ?? 0 }, (_, i) => Object.fromEntries(named.map(([name, column]) => [name, column[i] as number])));
}
