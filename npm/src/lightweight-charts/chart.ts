import type { IChartApi, ISeriesApi, IRange, SeriesType, Time } from "lightweight-charts";
import { Bars } from "../bars.js";
import type { Candlestick } from "../candlestick_names.js";
import type { CandlesticksOptions } from "../candlesticks.js";
import { findEntry } from "../catalog.js";
import { core } from "../core.js";
import { TvfError } from "../errors.js";
import type { Id } from "../indicators.js";
import type { Member } from "../members.js";
import { Frames, type Schedule } from "../frames.js";
import type { FamilyId } from "../families.js";
import { ChartCandlesticks } from "./candlesticks.js";
import { type AddOptions, ChartIndicator } from "./indicator.js";
import type { Layer, Stage } from "./layer.js";
import { Kagi } from "./kagi.js";
import { Mirror } from "./mirror.js";
import { lastPage, pageAround, pageSize, type Span, turned } from "./page.js";
import { ChartPatterns, type PatternMember, type PatternOptions } from "./patterns.js";
import { checkBox, PointAndFigure } from "./point_and_figure.js";
import { PriceLayer, VolumeLayer } from "./price.js";
import { isRemoved } from "./removed.js";
import { type AnyBars, PageSource, type Source } from "./source.js";
import { type Theme, themeOf } from "./theme.js";
import { Timeline } from "./timeline.js";
import type { WorkerBars } from "../worker/bars.js";
import { zoneOptions } from "./zone.js";

/** How bars are shown. */
export interface ChartBarsOptions {
  /**
   * The caller's own series of prices, whose data stay the caller's. Without it candles are drawn, or a line of closes
   * where bars have no more.
   */
  series?: ISeriesApi<SeriesType>;
  /**
   * How prices are drawn: as candles, or the rows of {@link TransformedBars} as a line of Kagi or as columns of X and O;
   * boxes of another size than 1 are told by `box`.
   */
  style?: "candles" | "kagi" | { readonly box: number };
  /** Whether the volume is drawn at the foot of the prices. */
  volume?: boolean;
  /**
   * How many bars each series holds at most; 5000 if not said. It holds some times what is seen, others are fetched as
   * they come into sight.
   */
  page?: number;
  /** The colours; for a dark background, if not said. */
  theme?: "dark" | "light" | Theme;
  /** The zone in which times are shown, such as `America/New_York`, or `local`; UTC if not said. */
  zone?: string;
  /** In whose manner dates are written; the browser's if not said. */
  locale?: string;
  /** When to draw: before the next frame, if not said. For tests and for hosts without frames. */
  schedule?: Schedule;
}

/** How long a frame may be held by moving series to another page, in milliseconds. */
const BUDGET = 6;
/** How many bars are taken to be seen until the chart has a size. */
const FIRST = 200;
/** For how many frames a chart may keep what it was asked to show waiting. */
const PATIENCE = 3;
/** More new bars than this at once are a new page. */
const BURST = 256;

/** Bars on a chart with the indicators that were added to it. It follows the bars, once a frame. */
export class ChartBars<B extends AnyBars = Bars> implements Stage {
  readonly chart: IChartApi;
  readonly bars: B;
  /** What is read of the bars, wherever they live. */
  readonly source: Source;
  readonly #most: number;
  readonly #own: readonly Layer[];
  readonly #price: ISeriesApi<SeriesType>;
  readonly #indicators = new Set<ChartIndicator>();
  readonly #found = new Set<ChartPatterns | ChartCandlesticks>();
  readonly #frames: Frames;
  readonly #unsubscribe: () => void;
  readonly #onRange: () => void;
  /** Series that have yet to be moved to the page. */
  readonly #stale = new Set<Layer>();
  readonly #locale: string | undefined;
  /** What the chart was asked to show, until it does. */
  #asked: { readonly range: IRange<number>; waited: number } | undefined;
  #page: Timeline;
  #theme: Theme;
  /** How many bars are drawn, or would be if they were on the page. */
  #known: number;
  #changed = false;
  /** Whether bars have come that were to be fetched. */
  #renewed = false;
  /** What is to be shown when it has come. */
  #wish: Span | undefined;
  #moved = true;
  #turn = 0;
  #isOver = false;

  constructor(chart: IChartApi, bars: B, options: ChartBarsOptions = {}) {
    if (!bars.columns.includes("time")) {
      const known = bars.columns.join(", ");
      throw new TvfError("unknown_column", `a chart needs the column "time"; there are ${known}`, "time", "", known);
    }
    const { series, style = "candles", page = 5000, volume = false, zone, locale, schedule } = options;
    if (!(Number.isInteger(page) && page >= 100)) {
      throw new TvfError("param_range", `page ${String(page)} is below 100`, "page", String(page), "100");
    }
    // Refused before anything of it is on the chart.
    if (style !== "candles" && style !== "kagi") checkBox(style.box);
    // Of bars that are gone nothing is left to follow.
    const before = ofCharts.get(chart);
    if (before?.bars.isFreed) before.remove();
    this.chart = chart;
    this.bars = bars;
    const source = bars instanceof Bars ? new PageSource(bars) : new Mirror(bars as WorkerBars);
    this.source = source;
    this.#most = page;
    this.#theme = themeOf(options.theme);
    this.#known = bars.length;
    const end = { from: Math.max(0, bars.length - FIRST), to: bars.length };
    this.#page = this.#timeline(lastPage(end, bars.length, pageSize(end, page)));
    const prices = series ? undefined : new PriceLayer(chart, source, this.#theme, style === "candles");
    this.#price = series ?? (prices as PriceLayer).series;
    const rows = style === "candles" ? [] : [style === "kagi" ? new Kagi(this) : new PointAndFigure(this, style.box)];
    const volumes = volume && bars.columns.includes("volume") ? [new VolumeLayer(chart, source, this.#theme)] : [];
    this.#own = [...(prices ? [prices] : []), ...rows, ...volumes];
    this.#own.forEach((layer) => layer.show(this.#page));
    this.#locale = locale;
    if (zone !== undefined) this.setZone(zone);
    this.#frames = new Frames(() => this.flush(), schedule);
    this.#unsubscribe = source.subscribe((change) => {
      if (change === "free") return this.#end();
      this.#changed = true;
      this.#renewed ||= change === "page";
      this.#frames.ask();
    });
    this.#onRange = () => {
      this.#moved = true;
      this.#frames.ask();
    };
    chart.timeScale().subscribeVisibleLogicalRangeChange(this.#onRange);
    ofCharts.set(chart, this);
  }

  get price(): ISeriesApi<SeriesType> {
    return this.#price;
  }

  get theme(): Theme {
    return this.#theme;
  }

  /** The bars that the series hold. */
  get page(): Timeline {
    return this.#page;
  }

  /** The indicators that were added, in their order. */
  get indicators(): readonly ChartIndicator[] {
    return [...this.#indicators];
  }

  /**
   * Adds an indicator: in the pane, the colours and the styles that its definition tells, following the bars from now
   * on. `add("rsi")` takes the defaults.
   */
  add<K extends Id>(member: K | Member<K>, options: AddOptions = {}): ChartIndicator<K> {
    return this.#add(member, options, this.#turn);
  }

  /**
   * Shows the patterns of a family, and follows the bars from now on: `addPatterns("harmonic")`, or
   * `addPatterns({ family: "harmonic", tolerance: 0.1 })`. The last bar is taken to be unfinished.
   */
  addPatterns(member: FamilyId | PatternMember, options: PatternOptions = {}): ChartPatterns {
    this.#ownBars("patterns");
    const known = typeof member === "string" ? { family: member } : member;
    return this.#addFound(new ChartPatterns(this, known, options, (one) => this.#drop(one)));
  }

  /**
   * Marks the bars of candlestick patterns, and follows the bars from now on: `addCandlesticks({ patterns: ["hammer"] })`;
   * all patterns, if none are named. The last bar is taken to be unfinished.
   */
  addCandlesticks<P extends Candlestick>(options: CandlesticksOptions<P> = {}): ChartCandlesticks {
    this.#ownBars("candlesticks");
    const { patterns, ...rest } = options;
    return this.#addFound(new ChartCandlesticks(this, patterns, rest, (one) => this.#drop(one)));
  }

  /** Patterns are found where the bars are, and drawn on the page. */
  #ownBars(what: string): void {
    if (this.bars instanceof Bars) return;
    const bound = "bars of the page";
    throw new TvfError("input_type", `${what} are drawn of ${bound}, not of a worker's`, "bars", "WorkerBars", bound);
  }

  #addFound<F extends ChartPatterns | ChartCandlesticks>(found: F): F {
    this.#found.add(found);
    found.show(this.#page);
    return found;
  }

  #drop(found: ChartPatterns | ChartCandlesticks): void {
    if (!this.#found.delete(found)) return;
    this.#stale.delete(found);
    if (!isRemoved(this.chart)) found.takeOff();
    found.release();
  }

  /** Puts an indicator in the place of another: in its pane, with its colours. For other parameters. */
  replace<K extends Id>(old: ChartIndicator, member: K | Member<K>): ChartIndicator<K> {
    const added = this.#add(member, { ...old.options, pane: old }, old.turn);
    // Its place in the chart's list as well.
    const all = [...this.#indicators].filter((one) => one !== added);
    this.#indicators.clear();
    for (const one of all) this.#indicators.add(one === old ? added : one);
    this.#indicators.add(old);
    old.remove();
    return added;
  }

  #add<K extends Id>(member: K | Member<K>, options: AddOptions, turn: number): ChartIndicator<K> {
    const known = (typeof member === "string" ? { id: member } : member) as Member<K>;
    const entry = findEntry(known?.id);
    // Computed over what is seen, it has no use for the rest.
    const isSeen = entry?.id === "volume_profile";
    const results = isSeen ? undefined : this.source.attach(known);
    // Whether its parameters are right, it has to tell now and not at the next frame.
    const ready = results?.ready ?? this.source.check(known as Member);
    const forget = () => this.#forget(added);
    const added: ChartIndicator<K> = new ChartIndicator<K>(this, known, results, ready, options, turn, forget);
    // One after the other, so that two of the same kind can be told apart.
    if (turn === this.#turn) this.#turn += Math.max(added.series.length, 1);
    this.#indicators.add(added);
    this.#keepingSight(() => added.show(this.#page));
    this.#moved = true;
    this.#frames.ask();
    return added;
  }

  /**
   * Draws what has changed, at once: otherwise it is done before the next frame. While the chart is about to show other
   * bars it waits, as it cannot tell which.
   */
  flush(): void {
    if (this.#isOver || this.#isGone()) return;
    if (this.#isMoving()) return this.#frames.ask();
    const isRenewed = this.#renewed;
    if (isRenewed) this.#renew();
    if (this.#changed) this.#followBars(isRenewed);
    if (this.#stale.size > 0) this.#moveSeries();
    else if (this.#moved) this.#turnPage();
    for (const indicator of this.#indicators) if (indicator.needsSeen) indicator.see(this.seen());
    this.#moved = false;
    if (this.#stale.size > 0) this.#frames.ask();
  }

  /** The bars that are seen. */
  seen(): Span {
    const range = this.chart.timeScale().getVisibleRange() as IRange<Time> | null;
    if (!range) return { from: Math.max(this.#page.from, this.#page.to - FIRST), to: this.#page.to };
    return this.#page.between(range.from as number, range.to as number);
  }

  /** Shows some of the bars. */
  see(from: number, to: number): void {
    const { length } = this.source;
    const span = { from: Math.max(0, from), to: Math.min(to, length) };
    const page = this.#page;
    const inside = span.from >= page.from && span.to <= page.to;
    if (!inside) {
      const around = pageAround(span, length, Math.max(pageSize(span, this.#most), span.to - span.from));
      this.#wish = this.source.holds(around) ? undefined : span;
      if (this.#wish) return;
      this.#show(around);
    }
    const [first, last] = [this.#page.pointOf(span.from), this.#page.pointOf(span.to - 1)];
    if (first === undefined || last === undefined) return;
    const start = this.#page.seconds[0] as number;
    const at = (this.chart.timeScale().timeToIndex(start as Time) as number | null) ?? 0;
    this.#goTo({ from: at + first, to: at + last });
  }

  /** Shows the last bars, and follows them. */
  seeLast(bars?: number): void {
    const seen = this.seen();
    const count = bars ?? seen.to - seen.from;
    if (this.#page.isLast && bars === undefined) this.chart.timeScale().scrollToRealTime();
    else this.see(this.source.length - count, this.source.length);
  }

  /** The bar at a time of the chart, as its events tell it. */
  barAt(time: Time | undefined): number | undefined {
    if (time === undefined) return undefined;
    const point = this.#page.pointAt(time as number);
    const { seconds, bars, to, isLast } = this.#page;
    if (seconds[point] === time) return bars[point];
    const ahead = isLast ? this.#page.future(100).indexOf(time as number) : -1;
    return ahead < 0 ? undefined : to + ahead;
  }

  /** Shows times in a zone, such as `America/New_York`, in that of the viewer (`local`), or in `UTC`. */
  setZone(zone: string): void {
    const options = zoneOptions(zone, () => this.#page, this.#locale);
    if (!isRemoved(this.chart)) this.chart.applyOptions(options as object);
  }

  /** Takes the colours of another theme. Those of the chart itself are the caller's. */
  setTheme(theme: "dark" | "light" | Theme): void {
    this.#theme = themeOf(theme);
    if (this.#isOver || this.#isGone()) return;
    this.#own.forEach((layer) => {
      layer.paint(this.#theme);
      if (layer instanceof VolumeLayer) layer.show(this.#page);
    });
    this.#indicators.forEach((indicator) => indicator.paint(this.#theme));
    this.#found.forEach((found) => found.paint(this.#theme));
  }

  /** Takes everything off the chart and frees it. The bars stay; they or the chart may be gone already. */
  remove(): void {
    const there = ofCharts.get(this.chart) === this && !isRemoved(this.chart);
    if (there) {
      this.#indicators.forEach((indicator) => indicator.takeOff());
      this.#found.forEach((found) => found.takeOff());
      this.#own.forEach((layer) => layer.remove());
    }
    this.#end();
    if (there) this.chart.timeScale().unsubscribeVisibleLogicalRangeChange(this.#onRange);
    if (ofCharts.get(this.chart) === this) ofCharts.delete(this.chart);
    for (const one of [...this.#indicators, ...this.#found]) one.release();
    this.#indicators.clear();
    this.#found.clear();
  }

  [Symbol.dispose](): void {
    this.remove();
  }

  /** Follows no longer: what is drawn stays as it is. */
  #end(): void {
    this.#isOver = true;
    this.#frames.callOff();
    this.#unsubscribe();
  }

  /** Whether the chart was removed by its owner; then everything else goes, too. */
  #isGone(): boolean {
    if (!isRemoved(this.chart)) return false;
    this.remove();
    return true;
  }

  #forget(indicator: ChartIndicator): void {
    if (!this.#indicators.delete(indicator)) return;
    this.#stale.delete(indicator);
    if (!isRemoved(this.chart)) this.#keepingSight(() => indicator.takeOff());
    indicator.release();
  }

  /** A page; without a bar as long as they are on their way. */
  #timeline(span: Span): Timeline {
    const { source } = this;
    const { from, to } = source.holds(span) ? span : { from: span.to, to: span.to };
    return new Timeline(from, source.window(from, to)["time"] ?? [], to === source.length);
  }

  /** Takes what has come: the same page anew, the first one of all, or the one that was wished for. */
  #renew(): void {
    this.#renewed = false;
    this.#moved = true;
    const page = this.#page;
    const wish = this.#wish;
    if (page.seconds.length === 0) {
      this.#known = this.source.length;
      const seen = this.seen();
      this.#show(lastPage(seen, this.#known, pageSize(seen, this.#most)));
    } else if (wish) this.see(wish.from, wish.to);
    else if (this.source.holds({ from: page.from, to: page.to })) for (const layer of this.#layers()) this.#stale.add(layer);
  }

  /** Draws bars that are new, and the last one, which may have changed. */
  #followBars(isRenewed: boolean): void {
    this.#changed = false;
    const bars = this.source;
    const length = bars.length;
    const page = this.#page;
    const last = this.#known - 1;
    const added = length - this.#known;
    this.#known = length;
    if (!page.isLast) return;
    const isMoved = last >= 0 && page.bars.at(-1) === last && (bars.at(last)?.["time"] as number) / 1000 !== page.last;
    const [seen, isFirst] = [this.seen(), page.seconds.length === 0];
    const size = pageSize(seen, this.#most);
    const isFull = page.to - page.from + added > 1.25 * size;
    this.#keepingLast(added, (isSeen) => {
      // What is asked of the chart twice it may do at different times: whoever keeps the last bar keeps the rest as well.
      const lay = (budget: number) => (isSeen ? this.#layStale(budget) : this.#moveSeries(budget));
      if (added > BURST || isMoved || isFull) {
        const move = isSeen ? added : 0;
        this.#turnTo(lastPage({ from: seen.from + move, to: seen.to + move }, length, size));
        lay(isFirst || isMoved ? Infinity : BUDGET);
        return;
      }
      for (let bar = page.to; bar < length; bar++) page.add(bars.at(bar)?.["time"] as number);
      const from = Math.max(last, 0);
      for (const layer of this.#layers()) if (!this.#stale.has(layer)) layer.follow(page, from);
      if (isRenewed) lay(Infinity);
    });
  }

  *#layers(): Iterable<Layer> {
    yield* this.#own;
    yield* this.#indicators;
    yield* this.#found;
  }

  #turnPage(): void {
    const seen = this.seen();
    const next = turned(this.#page, seen, this.source.length, pageSize(seen, this.#most));
    if (!next || !this.source.holds(next)) return;
    this.#turnTo(next);
    this.#moveSeries();
  }

  #turnTo(span: Span): void {
    this.#page = this.#timeline(span);
    for (const layer of this.#layers()) this.#stale.add(layer);
  }

  /** Draws a page at once. */
  #show(span: Span): void {
    this.#turnTo(span);
    this.#moveSeries(Infinity);
  }

  /** Moves series to the page, and has the chart show the same bars. */
  #moveSeries(budget = BUDGET): void {
    this.#keepingSight(() => this.#layStale(budget));
  }

  /** Moves series to the page, at least one: to move all in one frame would be seen as a jerk. */
  #layStale(budget: number): void {
    const began = performance.now();
    for (const layer of this.#stale) {
      this.#stale.delete(layer);
      layer.show(this.#page);
      if (performance.now() - began > budget) break;
    }
  }

  /**
   * Has a chart that shows the last bar go on with new ones, as it does by itself; but it takes what is drawn ahead of
   * the bars, a cloud for example, for the last bar.
   */
  #keepingLast(added: number, act: (isSeen: boolean) => void): void {
    const scale = this.chart.timeScale();
    const place = () => scale.timeToIndex(this.#page.last as Time) as number | null;
    const range = added > 0 && this.#page.last !== undefined ? this.#range() : null;
    const before = range && place();
    const isSeen = range !== null && before !== null && range.to >= before && scale.options().shiftVisibleRangeOnNewBar;
    act(isSeen);
    if (isSeen) this.#setSight(range, (place() ?? before) - before);
  }

  /** Has the chart show a range moved by some bars, unless it does already. */
  #setSight(range: IRange<number>, moved: number): void {
    const wanted = { from: range.from + moved, to: range.to + moved };
    if (this.#asked || !isNear(this.chart.timeScale().getVisibleLogicalRange(), wanted)) this.#goTo(wanted);
  }

  /** Has the chart show a range, which it does when it draws the next time. */
  #goTo(range: IRange<number>): void {
    this.#asked = { range, waited: 0 };
    this.chart.timeScale().setVisibleLogicalRange(range);
  }

  /** Whether it has yet to show what it was asked for; it may also have a reason not to. */
  #isMoving(): boolean {
    if (!this.#asked) return false;
    const isThere = isNear(this.chart.timeScale().getVisibleLogicalRange(), this.#asked.range);
    if (!isThere && this.#asked.waited++ < PATIENCE) return true;
    this.#asked = undefined;
    return false;
  }

  /** What the chart shows, or is about to. */
  #range(): IRange<number> | null {
    return this.#asked?.range ?? this.chart.timeScale().getVisibleLogicalRange();
  }

  /** Has the chart show the same bars after something that changes how it counts them. */
  #keepingSight(act: () => void): void {
    const scale = this.chart.timeScale();
    const [range, times] = [this.#range(), scale.getVisibleRange()];
    const indexOf = (time: Time) => scale.timeToIndex(time) as number | null;
    const anchors = times ? [times.from, times.to] : [];
    const before = anchors.map(indexOf);
    act();
    const moves = anchors.map((time, i) => (indexOf(time) ?? NaN) - (before[i] ?? NaN));
    const moved = moves.find(Number.isFinite);
    if (range && moved !== undefined) this.#setSight(range, moved);
  }
}

function isNear(one: IRange<number> | null, other: IRange<number>): boolean {
  return one !== null && Math.abs(one.from - other.from) < 1e-3 && Math.abs(one.to - other.to) < 1e-3;
}

const ofCharts = new WeakMap<IChartApi, ChartBars<AnyBars>>();

/**
 * Shows bars on a chart; what it gives back takes indicators, and follows the bars. Those of a worker are fetched page by
 * page; the module of the page tells how indicators are drawn.
 */
export function chartBars<B extends AnyBars>(chart: IChartApi, bars: B, options: ChartBarsOptions = {}): ChartBars<B> {
  core();
  return new ChartBars(chart, bars, options);
}

/** Adds an indicator to a chart: `addIndicator(chart, bars, "rsi")`. The bars are shown too if they are not yet. */
export function addIndicator<K extends Id>(
  chart: IChartApi,
  bars: AnyBars,
  member: K | Member<K>,
  options: AddOptions & ChartBarsOptions = {},
): ChartIndicator<K> {
  const there = ofCharts.get(chart);
  const shown = there?.bars === bars ? there : new ChartBars<AnyBars>(chart, bars, options);
  return shown.add(member, options);
}
