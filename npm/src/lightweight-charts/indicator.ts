import type { IPaneApi, IPriceLine, ISeriesApi, SeriesType, Time } from "lightweight-charts";
import type { Attached } from "../attached.js";
import { shifts } from "../batch.js";
import { type Definition, entryOf } from "../catalog.js";
import type { Id } from "../indicators.js";
import type { Member, Spec } from "../members.js";
import { Area } from "./area.js";
import type { Layer, Stage } from "./layer.js";
import { Levels } from "./levels.js";
import { Markers } from "./markers.js";
import type { Span } from "./page.js";
import { type Planned, planOf } from "./plan.js";
import type { Read } from "./points.js";
import { Profile } from "./profile.js";
import { isRemoved } from "./removed.js";
import { type Columns, OutputSeries } from "./series.js";
import type { Followed } from "./source.js";
import { faint, type Theme } from "./theme.js";
import type { Timeline } from "./timeline.js";

/** How an indicator is added to a chart. */
export interface AddOptions {
  /** Colours of its lines, one after the other, instead of the theme's. */
  colours?: readonly string[];
  /** The pane it goes to: a number, or that of another indicator. Its definition decides, if not said. */
  pane?: number | ChartIndicator;
  /** Whether the levels of its definition are drawn, such as 30 and 70. */
  levels?: boolean;
}

/** A value of an indicator as a legend shows it. */
export interface Shown {
  readonly name: string;
  readonly value: number;
  readonly colour: string;
}

/** What is given when an indicator is added to a chart: take it off again with `remove`. */
export class ChartIndicator<K extends Id = Id> {
  readonly member: Member<K>;
  /**
   * Its results in the module; none where it is computed over what is seen, as `volume_profile` is, and none where the
   * bars are those of a worker.
   */
  readonly handle: Attached<K> | undefined;
  /**
   * Fulfilled when there is something to draw: at once, unless the bars are those of a worker. Then it is rejected if
   * the member is wrong, and the indicator is taken off again.
   */
  readonly ready: Promise<void>;
  /** Its series on the chart, one for each output that is drawn as a line or as columns. */
  readonly series: readonly ISeriesApi<SeriesType>[];
  readonly #results: Followed<K> | undefined;
  readonly #entry: Definition;
  readonly #stage: Stage;
  readonly #forget: () => void;
  readonly #drawn: readonly OutputSeries[];
  readonly #others: readonly Layer[];
  readonly #area: Area | undefined;
  readonly #profile: Profile | undefined;
  /** @internal */
  readonly options: AddOptions;
  /** @internal Which of the theme's colours is its first. */
  readonly turn: number;
  #removed = false;

  /** @internal */
  constructor(
    stage: Stage,
    member: Member<K>,
    results: Followed<K> | undefined,
    ready: Promise<void>,
    options: AddOptions,
    turn: number,
    forget: () => void,
  ) {
    const entry = entryOf(member.id);
    this.member = member;
    this.handle = results?.handle;
    this.#results = results;
    this.ready = this.#takenOffUnless(ready);
    this.#entry = entry;
    this.#stage = stage;
    this.#forget = forget;
    this.options = options;
    this.turn = turn;
    const planned = planOf(entry);
    const { chart, price, theme } = stage;
    const isTable = entry.kind === "table";
    const moves = entry.outputs.some(({ shift }) => shift) ? shifts(plainOf(member)) : {};
    let pane = paneOf(options.pane) ?? (entry.chart.overlay ? price.getPane().paneIndex() : chart.panes().length);
    const alone = !entry.chart.overlay && options.pane === undefined;
    const base = entry.chart.levels[0] ?? 0;
    const drawn: OutputSeries[] = [];
    for (const plan of planned) {
      if (plan.kind !== "series") continue;
      const name = entry.outputs[plan.output]?.name ?? "";
      const look = { colour: this.#colour(plan.output), shift: moves[name] ?? 0, base, overlay: entry.chart.overlay };
      const series = new OutputSeries(chart, plan, look, pane, theme);
      if (drawn.length === 0) pane = series.api.getPane().paneIndex();
      drawn.push(series);
    }
    this.#drawn = drawn;
    this.series = drawn.map(({ api }) => api as ISeriesApi<SeriesType>);
    const [first] = this.series;
    if (first && options.levels !== false && !isTable) this.#drawLevels(first);
    if (first && alone) shareHeight(chart.panes(), first.getPane());
    this.#area = this.#makeArea(planned, moves);
    const rows = planned[0]?.kind;
    this.#profile = rows === "profile" ? new Profile(stage, member as never) : undefined;
    if (rows === "markers") this.#others = [new Markers(stage, results as Followed as Followed<never>, entry)];
    else if (rows === "levels") this.#others = [new Levels(stage, results as Followed as Followed<"support_resistance">)];
    else this.#others = this.#profile ? [this.#profile] : [];
  }

  get id(): K {
    return this.member.id as K;
  }

  /** Its pane; that of the prices, where it lies over them. */
  get pane(): IPaneApi<Time> {
    return (this.series[0] ?? this.#stage.price).getPane();
  }

  /** What it shows at a bar, the last one if not said: for a legend. Tables have no values at bars. */
  values(bar?: number): Shown[] {
    if (!this.#results || this.#results.isFreed || this.#entry.kind === "table") return [];
    const at = bar ?? this.#stage.source.length - 1;
    const columns = this.#columns();
    return this.#drawn.map(({ plan, look }) => ({
      name: this.#entry.outputs[plan.output]?.name ?? "",
      value: columns(plan.output)(at - look.shift) ?? NaN,
      colour: look.colour,
    }));
  }

  /** Shows or hides it; it goes on following the bars. */
  setVisible(visible: boolean): void {
    if (this.#removed || isRemoved(this.#stage.chart)) return;
    this.series.forEach((series) => series.applyOptions({ visible }));
    this.#others.forEach((layer) => layer.setVisible(visible));
    this.#area?.setVisible(visible);
  }

  /** Takes it off the chart and frees what it holds. The chart or the bars may be gone already. */
  remove(): void {
    if (this.#removed) return;
    this.#removed = true;
    this.#forget();
  }

  [Symbol.dispose](): void {
    this.remove();
  }

  /** @internal */
  show(page: Timeline): void {
    if (this.#results?.isFreed) return;
    const columns = this.#drawn.length > 0 ? this.#columns() : NONE;
    this.#drawn.forEach((series) => series.show(page, columns));
    this.#others.forEach((layer) => layer.show(page));
  }

  /** @internal */
  follow(page: Timeline, from: number): void {
    if (this.#results?.isFreed) return;
    if (this.#drawn.length > 0) {
      const columns = from === page.to - 1 ? this.#lastValues(from) : this.#columns();
      for (const series of this.#drawn) series.follow(page, from, columns);
    }
    for (const layer of this.#others) layer.follow(page, from);
  }

  /** @internal Computes what depends on which bars are seen. */
  see(seen: Span): void {
    this.#profile?.see(seen);
  }

  /** @internal */
  get needsSeen(): boolean {
    return this.#profile !== undefined;
  }

  /** @internal */
  paint(theme: Theme): void {
    for (const series of this.#drawn) {
      series.look.colour = this.#colour(series.plan.output);
      series.paint(theme);
      // Columns and dots have their colours in their points.
      if (series.plan.style === "histogram" || series.plan.sign !== undefined) {
        if (!this.#results?.isFreed) series.show(this.#stage.page, this.#columns());
      }
    }
    this.#others.forEach((layer) => layer.paint(theme));
    this.#area?.redraw();
  }

  /** @internal Takes it off the chart, which is still there. */
  takeOff(): void {
    this.#others.forEach((layer) => layer.remove());
    this.#drawn.forEach((series) => series.remove());
  }

  /** @internal */
  release(): void {
    this.#removed = true;
    this.#results?.free();
  }

  /** All columns where they are: to be read at once. */
  #columns(): Columns {
    return this.#results?.columns() ?? NONE;
  }

  /** The values of the last bar alone, which cost less to ask for. */
  #lastValues(last: number): Columns {
    const value: unknown = this.#results?.last();
    if (typeof value === "number") return () => () => value;
    const { outputs } = this.#entry;
    const values = value as Record<string, number> | undefined;
    // A series that is drawn elsewhere, or one with bars of the same time, may ask for others.
    return (output) => (bar) => (bar === last ? values?.[outputs[output]?.name ?? ""] : this.#columns()(output)(bar));
  }

  async #takenOffUnless(ready: Promise<void>): Promise<void> {
    try {
      await ready;
    } catch (error) {
      // What was taken off or freed before it was there is nobody's concern any more.
      if (this.#removed || this.#stage.source.isFreed) return;
      this.remove();
      throw error;
    }
  }

  #colour(output: number): string {
    const colours = this.options.colours ?? [];
    const { lines, quiet } = this.#stage.theme;
    const { styles } = this.#entry.chart;
    const edges = styles.flatMap((style, i) => (style === "band" ? [i] : []));
    const place = edges.indexOf(output);
    const own = place > 0 && this.#cloudless ? (edges[0] as number) : output;
    return colours[own] ?? lines[(this.turn + own) % lines.length] ?? quiet;
  }

  /** Whether both edges have one colour. */
  get #cloudless(): boolean {
    return !this.#entry.outputs.some(({ shift }) => shift);
  }

  #drawLevels(series: ISeriesApi<SeriesType>): IPriceLine[] {
    const color = faint(this.#stage.theme.quiet, 0.6);
    return this.#entry.chart.levels.map((price) =>
      series.createPriceLine({ price, color, lineWidth: 1, lineStyle: 2, axisLabelVisible: false, title: "" }),
    );
  }

  #makeArea(planned: readonly Planned[], moves: Readonly<Record<string, number>>): Area | undefined {
    const plan = planned.find((one) => one.kind === "area");
    const series = this.#drawn.find(({ plan: { output } }) => output === plan?.edges[0]);
    if (!plan || !series) return undefined;
    const [first, second] = plan.edges;
    const shift = moves[this.#entry.outputs[first]?.name ?? ""] ?? 0;
    const area = new Area(() => {
      const { chart, page, theme } = this.#stage;
      const columns = this.#results && !this.#results.isFreed ? this.#columns() : undefined;
      const edges = columns && ([columns(first), columns(second)] as const);
      const tones = plan.cloud ? [theme.rise, theme.fall] : [series.look.colour, series.look.colour];
      const colours = tones.map((tone) => faint(tone, theme.fill)) as [string, string];
      return { chart, series: series.api as ISeriesApi<SeriesType>, page, shift, edges, colours };
    });
    series.api.attachPrimitive(area);
    return area;
  }
}

const NONE: Columns = (): Read => () => undefined;

/** The parameters alone: what an indicator reads does not matter to how far it is moved. */
function plainOf(member: Member): Spec {
  const { inputs } = entryOf(member.id);
  const names = inputs.map(({ name }) => name);
  return Object.fromEntries(Object.entries(member).filter(([name]) => !names.includes(name))) as unknown as Spec;
}

function paneOf(pane: AddOptions["pane"]): number | undefined {
  return typeof pane === "object" ? pane.pane.paneIndex() : pane;
}

/** A pane is a third as high as that of the prices, and all of them leave it two fifths of the chart. */
function shareHeight(panes: readonly IPaneApi<Time>[], added: IPaneApi<Time>): void {
  const [prices] = panes;
  prices?.setStretchFactor(Math.max(prices.getStretchFactor(), 3, 0.67 * (panes.length - 1)));
  added.setStretchFactor(1);
}
