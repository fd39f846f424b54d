/// <reference lib="esnext.disposable" preserve="true" />
/**
 * Bars and indicators on a chart of lightweight-charts 5: `addIndicator(chart, bars, "rsi")`, or {@link chartBars} for
 * more than one. Times of a chart are seconds, those of bars milliseconds; this is the only place where both meet.
 */
export { addIndicator, ChartBars, chartBars, type ChartBarsOptions } from "./chart.js";
export { type CandlestickMark, ChartCandlesticks } from "./candlesticks.js";
export { type AddOptions, ChartIndicator, type Shown } from "./indicator.js";
export type { Schedule } from "../frames.js";
export type { Span } from "./page.js";
export { ChartPatterns, type PatternMember, type PatternOptions } from "./patterns.js";
export { DARK, LIGHT, type Theme } from "./theme.js";
export { zoneOptions, type ZoneOptions } from "./zone.js";
