import { createSeriesMarkers, type ISeriesMarkersPluginApi, type SeriesMarker, type Time } from "lightweight-charts";
import type { Candlestick } from "../candlestick_names.js";
import { type CandlestickOptions, candlestickPatterns, Candlesticks } from "../candlesticks.js";
import { TvfError } from "../errors.js";
import { Listeners } from "../listeners.js";
import type { Stage } from "./layer.js";
import type { Theme } from "./theme.js";
import type { Timeline } from "./timeline.js";

/** A candlestick pattern at a bar. */
export interface CandlestickMark {
  readonly bar: number;
  readonly pattern: Candlestick;
  /** What it is there: 100 or more where it is positive, -100 or less where it is negative, ±80 where bodies share an end. */
  readonly value: number;
}

const PRICES = ["open", "high", "low", "close"] as const;

/**
 * Candlestick patterns as marks at their bars. They follow the bars: the last bar is taken to be unfinished, and what it
 * would give is among `forming`.
 */
export class ChartCandlesticks {
  readonly #stage: Stage;
  readonly #stream: Candlesticks;
  readonly #forget: (candlesticks: ChartCandlesticks) => void;
  readonly #marks: ISeriesMarkersPluginApi<Time>;
  readonly #listeners = new Listeners<void>();
  readonly #titles: ReadonlyMap<Candlestick, string>;
  #certain: readonly CandlestickMark[] = [];
  #forming: readonly CandlestickMark[] = [];
  #taken = 0;
  #isVisible = true;

  /** @internal */
  constructor(
    stage: Stage,
    patterns: readonly Candlestick[] | undefined,
    options: CandlestickOptions,
    forget: (candlesticks: ChartCandlesticks) => void,
  ) {
    const { columns } = stage.source;
    const missing = PRICES.find((name) => !columns.includes(name));
    if (missing) {
      const known = columns.join(", ");
      throw new TvfError("unknown_column", `candlesticks need the column "${missing}"; there are ${known}`, missing, "", known);
    }
    this.#stream = new Candlesticks(patterns, options);
    this.#titles = new Map(candlestickPatterns().map(({ id, title }) => [id, title]));
    this.#stage = stage;
    this.#forget = forget;
    this.#marks = createSeriesMarkers(stage.price, []);
  }

  /** Those of closed bars, oldest first; another array when there are more. */
  get marks(): readonly CandlestickMark[] {
    return this.#certain;
  }

  /** What the last bar would give if it closed now. */
  get forming(): readonly CandlestickMark[] {
    return this.#forming;
  }

  /** The names that are looked for. */
  get patterns(): readonly Candlestick[] {
    return this.#stream.patterns;
  }

  /** Tells whenever the marks have changed; what is given back ends it. */
  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  /** @internal */
  show(page: Timeline): void {
    this.#take();
    this.#draw(page);
  }

  /** @internal */
  follow(page: Timeline): void {
    if (this.#take()) this.#draw(page);
  }

  /** @internal */
  paint(_: Theme): void {
    this.#draw(this.#stage.page);
  }

  /** Shows or hides them; they go on following. */
  setVisible(visible: boolean): void {
    this.#isVisible = visible;
    this.#draw(this.#stage.page);
  }

  /** Takes them off the chart and gives their memory back. */
  remove(): void {
    this.#forget(this);
  }

  /** @internal Takes them off a chart that is still there. */
  takeOff(): void {
    this.#marks.detach();
  }

  /** @internal Gives the memory back. */
  release(): void {
    this.#stream.free();
    this.#listeners.clear();
  }

  /** Takes the bars that have closed since, and looks at the one that has not; tells whether anything changed. */
  #take(): boolean {
    const { source } = this.#stage;
    if (source.isFreed) return false;
    const closed = Math.max(source.length - 1, 0);
    const before = this.#certain;
    if (closed > this.#taken) {
      const columns = source.window(this.#taken, closed);
      const [open, high, low, close] = PRICES.map((name) => columns[name] as Float64Array) as Prices;
      const found = this.#found(this.#stream.extend(open, high, low, close));
      if (found.length > 0) this.#certain = [...before, ...found];
      this.#taken = closed;
    }
    const last = source.at(closed);
    const forming = last
      ? this.#named(closed, this.#stream.peek(...(PRICES.map((name) => last[name] ?? NaN) as [number, number, number, number])))
      : [];
    const isSame = before === this.#certain && JSON.stringify(forming) === JSON.stringify(this.#forming);
    if (isSame) return false;
    this.#forming = forming;
    this.#listeners.tell();
    return true;
  }

  /** The marks of new bars, in their order. */
  #found(columns: Readonly<Record<Candlestick, Int32Array>>): CandlestickMark[] {
    const marks = this.patterns.flatMap((pattern) =>
      Array.from(columns[pattern].entries())
        .filter(([, value]) => value !== 0)
        .map(([i, value]) => ({ bar: this.#taken + i, pattern, value })),
    );
    return marks.sort((a, b) => a.bar - b.bar);
  }

  #named(bar: number, values: Readonly<Record<Candlestick, number>>): CandlestickMark[] {
    return this.patterns.flatMap((pattern) => (values[pattern] === 0 ? [] : [{ bar, pattern, value: values[pattern] }]));
  }

  /** The first mark at or behind a bar. */
  #firstFrom(bar: number): number {
    let [low, high] = [0, this.#certain.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#certain[middle] as CandlestickMark).bar < bar) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** One mark for each bar and side, whose text names all that is there. */
  #draw(page: Timeline): void {
    const { theme } = this.#stage;
    const marks = new Map<string, SeriesMarker<Time>>();
    const shown = this.#isVisible ? [...this.#certain.slice(this.#firstFrom(page.from)), ...this.#forming] : [];
    for (const { bar, pattern, value } of shown) {
      if (bar >= page.to) break;
      const second = page.seconds[page.pointOf(bar) ?? -1];
      if (second === undefined) continue;
      const up = value > 0;
      const key = `${bar} ${up}`;
      const there = marks.get(key);
      const title = this.#titles.get(pattern) ?? pattern;
      marks.set(key, {
        time: second as Time,
        position: up ? "belowBar" : "aboveBar",
        shape: up ? "arrowUp" : "arrowDown",
        color: up ? theme.rise : theme.fall,
        size: 0.7,
        text: there?.text ? `${there.text}, ${title}` : title,
      });
    }
    this.#marks.setMarkers([...marks.values()]);
  }
}

type Prices = [Float64Array, Float64Array, Float64Array, Float64Array];
