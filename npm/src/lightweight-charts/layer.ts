import type { IChartApi, ISeriesApi, SeriesType } from "lightweight-charts";
import type { Span } from "./page.js";
import type { Source } from "./source.js";
import type { Theme } from "./theme.js";
import type { Timeline } from "./timeline.js";

/** One thing that is drawn, a series for example. */
export interface Layer {
  /** Draws a page. */
  show(page: Timeline): void;
  /** Draws the bars from one on, which are new or have changed, behind those that are there. */
  follow(page: Timeline, from: number): void;
  /** Takes the colours of a theme. */
  paint(theme: Theme): void;
  /** Shows or hides it; it goes on following. */
  setVisible(visible: boolean): void;
  /** Takes it off a chart that is still there. */
  remove(): void;
}

/** What layers draw on. */
export interface Stage {
  readonly chart: IChartApi;
  readonly source: Source;
  /** The series of the prices, which carries what is drawn without a series of its own. */
  readonly price: ISeriesApi<SeriesType>;
  readonly theme: Theme;
  /** The page that the chart has. */
  readonly page: Timeline;
  /** The bars that are seen. */
  seen(): Span;
}
