// A chart that draws nothing and keeps what it is given, as strict about the order of times as the real one.
import type { IChartApi } from "lightweight-charts";

export interface Item {
  time: number;
  value?: number;
  close?: number;
  color?: string;
}

export interface FakePrimitive {
  paneViews(): readonly { renderer(): { draw(target: unknown): void } }[];
}

/** What was drawn, by the names of a canvas. */
export type Stroke = readonly [name: string, ...numbers: number[]];

/** Has all that hangs on a series drawn, on a canvas of 1000 x 500. */
export function strokesOf(series: FakeSeries): Stroke[] {
  const strokes: Stroke[] = [];
  const names = ["fillRect", "moveTo", "lineTo", "fillText", "fill", "ellipse"];
  const keep = (name: string) => [name, (...given: unknown[]) => strokes.push([name, ...(given as number[])])] as const;
  const quiet = ["beginPath", "closePath", "stroke", "save", "restore", "setLineDash"].map((name) => [name, () => {}]);
  const measureText = (words: string) => ({ width: 6 * words.length });
  const context = { measureText, ...Object.fromEntries(quiet), ...Object.fromEntries(names.map(keep)) };
  const target = {
    useMediaCoordinateSpace: (draw: (scope: object) => void) => draw({ context, mediaSize: { width: 1000, height: 500 } }),
  };
  for (const primitive of series.primitives) primitive.paneViews()[0]!.renderer().draw(target);
  return strokes;
}

export class FakeSeries {
  items: Item[] = [];
  calls = { setData: 0, update: 0 };
  options: Record<string, unknown> = {};
  levels: number[] = [];
  primitives: FakePrimitive[] = [];
  constructor(
    readonly chart: FakeChart,
    readonly type: string,
    public pane: number,
  ) {}
  setData(items: Item[]): void {
    this.chart.check();
    this.calls.setData++;
    items.forEach(({ time }, i) => {
      if (i > 0 && !(time > items[i - 1]!.time)) throw new Error("data must be asc ordered by time");
    });
    this.items = [...items];
  }
  update(item: Item): void {
    this.chart.check();
    this.calls.update++;
    const last = this.items.at(-1);
    if (last && item.time < last.time) throw new Error("Cannot update oldest data");
    if (last && item.time === last.time) this.items[this.items.length - 1] = item;
    else this.items.push(item);
  }
  applyOptions(options: object): void {
    this.chart.check();
    Object.assign(this.options, options);
  }
  priceScale() {
    return { applyOptions: () => {} };
  }
  getPane() {
    return { paneIndex: () => this.pane, getStretchFactor: () => 1, setStretchFactor: () => {} };
  }
  createPriceLine({ price }: { price: number }) {
    this.levels.push(price);
    return {};
  }
  attachPrimitive(primitive: FakePrimitive): void {
    this.primitives.push(primitive);
  }
  detachPrimitive(primitive: FakePrimitive): void {
    this.chart.check();
    this.primitives = this.primitives.filter((one) => one !== primitive);
  }
  priceToCoordinate(price: number): number {
    return price;
  }
}

export class FakeChart {
  series: FakeSeries[] = [];
  /** How often it was asked to show a range. */
  asks = 0;
  #asked: { from: number; to: number } | undefined;
  #range: { from: number; to: number } | undefined;
  isRemoved = false;
  listeners = new Set<() => void>();

  /** What is seen: the last bars, until somebody says otherwise. */
  get range() {
    const end = this.times().length - 1;
    return this.#range ?? { from: Math.max(0, end - 100), to: end };
  }
  /** As the real one, it shows what it was asked to when it draws the next time. */
  draw(): void {
    if (!this.#asked) return;
    this.#range = this.#asked;
    this.#asked = undefined;
    this.listeners.forEach((tell) => tell());
  }
  check(): void {
    if (this.isRemoved) throw new Error("the chart was removed");
  }
  /** The times of all series. */
  times(): number[] {
    return [...new Set(this.series.flatMap(({ items }) => items.map(({ time }) => time)))].sort((a, b) => a - b);
  }
  addSeries({ type }: { type: string }, options: object = {}, pane = 0): FakeSeries {
    this.check();
    const made = new FakeSeries(this, type, pane);
    Object.assign(made.options, options);
    this.series.push(made);
    return made;
  }
  removeSeries(series: FakeSeries): void {
    this.check();
    if (!this.series.includes(series)) throw new Error("no such series");
    this.series = this.series.filter((one) => one !== series);
  }
  panes() {
    const count = Math.max(0, ...this.series.map(({ pane }) => pane)) + 1;
    return Array.from({ length: count }, () => ({ getStretchFactor: () => 1, setStretchFactor: () => {} }));
  }
  applyOptions(): void {}
  chartElement() {
    return { parentElement: this.isRemoved ? null : {} };
  }
  remove(): void {
    this.check();
    this.isRemoved = true;
  }
  timeScale() {
    return {
      getVisibleLogicalRange: () => ({ ...this.range }),
      setVisibleLogicalRange: (range: { from: number; to: number }) => {
        this.asks++;
        this.#asked = { ...range };
      },
      getVisibleRange: () => {
        const times = this.times();
        const place = (i: number) => times[Math.min(Math.max(Math.round(i), 0), times.length - 1)];
        return times.length > 0 ? { from: place(this.range.from), to: place(this.range.to) } : null;
      },
      logicalToCoordinate: (index: number) => 10 * (index - this.range.from),
      timeToIndex: (time: number) => {
        const at = this.times().indexOf(time);
        return at < 0 ? null : at;
      },
      subscribeVisibleLogicalRangeChange: (tell: () => void) => this.listeners.add(tell),
      unsubscribeVisibleLogicalRangeChange: (tell: () => void) => this.listeners.delete(tell),
      options: () => ({ shiftVisibleRangeOnNewBar: true }),
      scrollToRealTime: () => {},
    };
  }
}

export function asChart(chart: FakeChart): IChartApi {
  return chart as unknown as IChartApi;
}
