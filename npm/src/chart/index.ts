/// <reference lib="esnext.disposable" preserve="true" />
/**
 * What a chart computes besides indicators: which bars are seen, between which prices they lie, where a price is in
 * pixels, which few candles stand for many bars, and how far the mouse is from a drawing. `init` of the package's root
 * comes first. Python has the same in `tvf.chart`, to the last bit.
 */
export { Line, type LineSource } from "./line.js";
export { type Candles, View } from "./view.js";
export type { Culled, Ends, Padding, Window } from "./look.js";
export { lttb, type Points } from "./points.js";
export { Scale, type ScaleKind, type ScaleOptions } from "./scale.js";
export { type Ticks, ticks, type TimeTicks, timeTicks, type TimeTicksOptions, type TimeUnit } from "./ticks.js";
export {
  type Anchor,
  fibonacci,
  FIBONACCI,
  type Hit,
  hitFibonacci,
  hitLevels,
  hitLine,
  hitPolyline,
  hitRay,
  hitRectangle,
  hitSegment,
  type Point,
} from "./hits.js";
