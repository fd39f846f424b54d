import type {
  IChartApi,
  IPrimitivePaneRenderer,
  ISeriesApi,
  ISeriesPrimitive,
  PrimitivePaneViewZOrder,
  SeriesType,
  Time,
} from "lightweight-charts";
import type { Timeline } from "./timeline.js";

/** Where the drawing goes, in CSS pixels. */
export interface Canvas {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
}

/** Something drawn on a pane that is no series: it hangs on one, and is drawn with it. */
export abstract class Primitive implements ISeriesPrimitive<Time> {
  readonly #views;
  #redraw: (() => void) | undefined;
  #isVisible = true;

  constructor(order: PrimitivePaneViewZOrder = "bottom") {
    const renderer: IPrimitivePaneRenderer = {
      draw: (target) =>
        target.useMediaCoordinateSpace(({ context, mediaSize }) =>
          this.#isVisible ? this.draw({ context, width: mediaSize.width, height: mediaSize.height }) : undefined,
        ),
    };
    this.#views = [{ zOrder: () => order, renderer: () => renderer }];
  }

  attached({ requestUpdate }: { requestUpdate: () => void }): void {
    this.#redraw = requestUpdate;
  }

  detached(): void {
    this.#redraw = undefined;
  }

  paneViews() {
    return this.#views;
  }

  setVisible(visible: boolean): void {
    this.#isVisible = visible;
    this.redraw();
  }

  /** Has it drawn again. */
  redraw(): void {
    this.#redraw?.();
  }

  protected abstract draw(canvas: Canvas): void;
}

/** The points of a page that are seen, and where: bars to come count on behind the last point. */
export function seenPoints(chart: IChartApi, page: Timeline, ahead = 0) {
  const scale = chart.timeScale();
  const range = scale.getVisibleLogicalRange();
  const [first] = page.seconds;
  if (first === undefined || !range) return undefined;
  const start = scale.timeToIndex(first as Time) as number | null;
  if (start === null) return undefined;
  const end = page.seconds.length + ahead;
  return {
    from: Math.max(0, Math.floor(range.from - start)),
    to: Math.min(end, Math.ceil(range.to - start) + 1),
    x: (point: number) => scale.logicalToCoordinate((start + point) as never) as number | null,
  };
}

/** Where a price is, or nothing where the pane has no scale yet. */
export function height(series: ISeriesApi<SeriesType>, price: number | undefined): number | null {
  return price === undefined || !Number.isFinite(price) ? null : series.priceToCoordinate(price);
}
