import {
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  type LineWidth,
  type SeriesType,
} from "lightweight-charts";
import type { PlannedSeries } from "./plan.js";
import { type Colour, type Point, pointOf, pointsOf, type Read } from "./points.js";
import { faint, type Theme } from "./theme.js";
import type { Timeline } from "./timeline.js";

/** What a series reads: columns of an indicator, by number. */
export type Columns = (output: number) => Read;

/** How a series looks beside what its plan says. */
export interface Look {
  /** Its colour; a theme may change it. */
  colour: string;
  readonly shift: number;
  /** The level that columns stand on. */
  readonly base: number;
  readonly overlay: boolean;
}

/** An output drawn as a series of its own. */
export class OutputSeries {
  readonly api: ISeriesApi<"Line"> | ISeriesApi<"Histogram">;
  readonly plan: PlannedSeries;
  readonly look: Look;
  readonly #chart: IChartApi;
  readonly #isLabelled: boolean;
  /** Above and below the base; rising and falling. */
  #tones: readonly [string, string] = ["", ""];

  constructor(chart: IChartApi, plan: PlannedSeries, look: Look, pane: number, theme: Theme) {
    this.plan = plan;
    this.look = look;
    this.#chart = chart;
    // Over the prices the labels of many lines would cover one another.
    this.#isLabelled = !look.overlay && plan.style !== "edge";
    const shared = {
      priceLineVisible: false,
      lastValueVisible: this.#isLabelled,
      ...(look.overlay ? {} : { priceFormat: { type: "custom" as const, formatter: compact, minMove: 1e-8 } }),
    };
    if (plan.style === "histogram") {
      this.api = chart.addSeries(HistogramSeries, { ...shared, base: look.base }, pane);
    } else {
      const dots = plan.style === "dots";
      const thin = { lineVisible: !dots, pointMarkersVisible: dots, pointMarkersRadius: 1.5 };
      const width = (plan.style === "line" ? 2 : 1) as LineWidth;
      const options = { ...shared, ...thin, lineWidth: width, crosshairMarkerVisible: !dots };
      this.api = chart.addSeries(LineSeries, options, pane);
    }
    this.paint(theme);
  }

  show(page: Timeline, columns: Columns): void {
    const { output } = this.plan;
    this.#give().setData(pointsOf(page, columns(output), this.look.shift, this.#colour(columns)));
    // The last value of a page of the past is none that anybody asks for.
    if (this.#isLabelled) this.api.applyOptions({ lastValueVisible: page.isLast });
  }

  follow(page: Timeline, from: number, columns: Columns): void {
    const { shift } = this.look;
    // A new bar may have come at another time than was foreseen, and then all the bars to come have others.
    if (shift > 0 && from < page.to - 1) return this.show(page, columns);
    const read = columns(this.plan.output);
    const colour = this.#colour(columns);
    if (shift > 0) {
      const second = page.future(shift)[shift - 1];
      if (second !== undefined) this.#give().update(pointOf(second, page.to - 1, read, colour));
      return;
    }
    const first = page.pointOf(from + shift);
    const end = page.pointOf(page.to - 1 + shift);
    if (first === undefined || end === undefined) return;
    for (let i = first; i <= end; i++) {
      const bar = (page.bars[i] as number) - shift;
      if (bar >= page.from) this.#give().update(pointOf(page.seconds[i] as number, bar, read, colour));
    }
  }

  paint(theme: Theme): void {
    const { colour, overlay, base } = this.look;
    const { rise, fall, quiet } = theme;
    const isHistogram = this.plan.style === "histogram";
    const [above, below] = isHistogram && base !== 0 ? [colour, quiet] : [rise, fall];
    this.#tones = isHistogram ? [faint(above, 0.65), faint(below, 0.65)] : [above, below];
    this.api.applyOptions({ color: this.plan.style === "edge" && overlay ? faint(colour, 0.7) : colour });
  }

  remove(): void {
    this.#chart.removeSeries(this.api as ISeriesApi<SeriesType>);
  }

  /** Columns that stand on a level have a colour by their side, dots by the sign beside them. */
  #colour(columns: Columns): Colour | undefined {
    const { style, sign } = this.plan;
    if (style === "line" || style === "edge" || (style === "dots" && sign === undefined)) return undefined;
    const [above, below] = this.#tones;
    if (style === "histogram") return (value) => (value >= this.look.base ? above : below);
    const signs = columns(sign as number);
    return (_, bar) => ((signs(bar) ?? 0) < 0 ? below : above);
  }

  #give(): { setData(points: Point[]): void; update(point: Point): void } {
    return this.api as unknown as { setData(points: Point[]): void; update(point: Point): void };
  }
}

/** A number as an axis shows it: few digits, and K, M, B where it is large. */
export function compact(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e12) return `${(value / 1e12).toFixed(2)}T`;
  if (size >= 1e9) return `${(value / 1e9).toFixed(2)}B`;
  if (size >= 1e6) return `${(value / 1e6).toFixed(2)}M`;
  if (size >= 1e4) return `${(value / 1e3).toFixed(1)}K`;
  if (size >= 1e3) return value.toFixed(0);
  return size >= 0.1 || size === 0 ? value.toFixed(2) : value.toPrecision(3);
}
