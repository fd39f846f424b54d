import {
  CandlestickSeries,
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  type SeriesType,
  type UTCTimestamp,
} from "lightweight-charts";
import type { Layer } from "./layer.js";
import type { Source } from "./source.js";
import { faint, type Theme } from "./theme.js";
import type { Timeline } from "./timeline.js";

const CLEAR = "#0000";
const PRICES = ["open", "high", "low", "close"] as const;

/** The prices: candles, or a line where bars have no more than a close. What else draws them needs only their scale. */
export class PriceLayer implements Layer {
  readonly series: ISeriesApi<SeriesType>;
  readonly #source: Source;
  readonly #chart: IChartApi;
  readonly #names: readonly string[];
  readonly #isDrawn: boolean;

  constructor(chart: IChartApi, source: Source, theme: Theme, isDrawn = true) {
    this.#isDrawn = isDrawn;
    this.#chart = chart;
    this.#source = source;
    const whole = PRICES.every((name) => source.columns.includes(name));
    this.#names = whole ? PRICES : source.columns.filter((name) => name === "close");
    const close = source.at(-1)?.["close"] ?? 100;
    const options = { priceFormat: { type: "price" as const, ...precisionOf(close) } };
    this.series = whole ? chart.addSeries(CandlestickSeries, options) : chart.addSeries(LineSeries, options);
    this.paint(theme);
  }

  show(page: Timeline): void {
    const columns = this.#source.window(page.from, page.to);
    const items = page.seconds.map((second, i) => {
      const at = (page.bars[i] as number) - page.from;
      return this.#item(second, (name) => columns[name]?.[at]);
    });
    this.series.setData(items);
    this.series.applyOptions({ lastValueVisible: page.isLast, priceLineVisible: page.isLast });
  }

  follow(page: Timeline, from: number): void {
    const start = page.pointOf(from) ?? page.seconds.length;
    for (let i = start; i < page.seconds.length; i++) {
      const bar = this.#source.at(page.bars[i] as number);
      if (bar) this.series.update(this.#item(page.seconds[i] as number, (name) => bar[name]));
    }
  }

  paint(theme: Theme): void {
    const { rise, fall, lines } = this.#isDrawn ? theme : { rise: CLEAR, fall: CLEAR, lines: [CLEAR] };
    this.series.applyOptions(
      this.#names.length === 4
        ? { upColor: rise, downColor: fall, wickUpColor: rise, wickDownColor: fall, borderVisible: false }
        : { color: lines[0] ?? rise, lineWidth: 2 },
    );
  }

  setVisible(visible: boolean): void {
    this.series.applyOptions({ visible });
  }

  remove(): void {
    this.#chart.removeSeries(this.series);
  }

  #item(second: number, read: (name: string) => number | undefined) {
    const time = second as UTCTimestamp;
    const values = this.#names.map(read);
    if (values.length === 0 || !values.every(Number.isFinite)) return { time };
    if (values.length === 1) return { time, value: values[0] as number };
    const [open, high, low, close] = values as [number, number, number, number];
    return { time, open, high, low, close };
  }
}

/** The traded volume, at the foot of the prices. */
export class VolumeLayer implements Layer {
  readonly #series: ISeriesApi<"Histogram">;
  readonly #source: Source;
  readonly #chart: IChartApi;
  #theme: Theme;

  constructor(chart: IChartApi, source: Source, theme: Theme) {
    this.#chart = chart;
    this.#source = source;
    this.#theme = theme;
    const look = { priceFormat: { type: "volume" as const }, priceScaleId: "volume", lastValueVisible: false };
    this.#series = chart.addSeries(HistogramSeries, { ...look, priceLineVisible: false });
    this.#series.priceScale().applyOptions({ scaleMargins: { top: 0.86, bottom: 0 } });
  }

  show(page: Timeline): void {
    const { volume, open, close } = this.#source.window(page.from, page.to);
    this.#series.setData(
      page.seconds.map((second, i) => {
        const at = (page.bars[i] as number) - page.from;
        return this.#item(second, volume?.[at], (close?.[at] ?? 0) >= (open?.[at] ?? 0));
      }),
    );
  }

  follow(page: Timeline, from: number): void {
    const start = page.pointOf(from) ?? page.seconds.length;
    for (let i = start; i < page.seconds.length; i++) {
      const { volume, open, close } = this.#source.at(page.bars[i] as number) ?? {};
      this.#series.update(this.#item(page.seconds[i] as number, volume, (close ?? 0) >= (open ?? 0)));
    }
  }

  paint(theme: Theme): void {
    this.#theme = theme;
  }

  setVisible(visible: boolean): void {
    this.#series.applyOptions({ visible });
  }

  remove(): void {
    this.#chart.removeSeries(this.#series);
  }

  #item(second: number, value: number | undefined, rises: boolean) {
    const time = second as UTCTimestamp;
    if (value === undefined || !Number.isFinite(value)) return { time };
    const { rise, fall } = this.#theme;
    return { time, value, color: faint(rises ? rise : fall, 0.35) };
  }
}

/** The decimals of a price: two, or for one below 1 as many as five digits need. */
export function precisionOf(price: number): { precision: number; minMove: number } {
  const size = Math.abs(price);
  const precision = size > 0 && size < 1 ? Math.min(4 - Math.floor(Math.log10(size)), 10) : 2;
  return { precision, minMove: 10 ** -precision };
}
