"use client";
/// <reference lib="esnext.disposable" preserve="true" />
/**
 * tvf in React 18 and 19: a {@link TvfProvider} loads the module, {@link useBars} and {@link useIndicators} hold what
 * lives in its memory as long as a component shows it, and free it afterwards.
 */
export { TvfProvider, type TvfProviderProps, type TvfState, useTvf } from "./provider.js";
export { useBars, useWorkerBars } from "./bars.js";
export { type IndicatorsOptions, useIndicators } from "./indicators.js";
