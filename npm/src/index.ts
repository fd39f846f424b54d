/// <reference lib="esnext.disposable" preserve="true" />
/**
 * Technical analysis in WebAssembly. Await {@link init} once; then load {@link Bars}, follow a {@link Stream}, or call
 * an indicator's function. Everything is full length, and NaN where there is no value yet.
 */
export { default, type Build, build, type InitOptions, type ModuleSource, threads, version } from "./loader.js";
export { type Bar, type BarColumns, Bars, type BarSource, type ComputeOptions, type KeepOptions } from "./bars.js";
export type { Kept } from "./kept.js";
export type { Change } from "./listeners.js";
export {
  BarBuilder,
  type BuilderEvent,
  type BuilderOptions,
  type BuiltBar,
  type BuiltBars,
  type Dropped,
  resample,
  type ResampleOptions,
  type Tick,
  type TickColumns,
} from "./builder.js";
export {
  evaluate,
  type EvaluatedForecast,
  type EvaluatedProbabilities,
  type EvaluatedReturns,
  type EvaluatedTrades,
} from "./evaluation.js";
export type { ForecastEvaluation, ProbabilitiesEvaluation, ReturnsEvaluation, TradesEvaluation } from "./metrics.js";
export type { Attached, AttachedSeries, AttachedTable } from "./attached.js";
export { type Candlestick, CANDLESTICKS } from "./candlestick_names.js";
export {
  candlestick,
  type CandlestickOptions,
  type CandlestickPattern,
  candlestickPatterns,
  type CandlestickResults,
  Candlesticks,
  candlesticks,
  type CandlesticksOptions,
  type Condition,
  explainCandlestick,
} from "./candlesticks.js";
export {
  type Composite,
  composite,
  type CompositeColumns,
  type CompositeOptions,
  type CompositeReason,
  type CompositeSilent,
  type CompositeSource,
  compositeSources,
} from "./composite.js";
export type { CompositeSourceId } from "./composite_sources.js";
export { convergedFrom, shifts } from "./batch.js";
export { Stream } from "./stream.js";
export { catalog, type Entry, type EntryChart, type EntryInput, type EntryOutput, type EntryParam } from "./catalog.js";
export { type SessionOptions, sessions } from "./sessions.js";
export { TvfError } from "./errors.js";
export type { Column, Time, TimeColumn } from "./columns.js";
export type { Compat, Member, Options, Source, Spec } from "./members.js";
export type { Numbers, Result, Table, Value } from "./results.js";
export {
  families,
  type FamilyWord,
  type FindOptions,
  type Found,
  type Pattern,
  type PatternBar,
  type PatternColumns,
  type PatternCondition,
  type PatternFamily,
  type PatternMiss,
  type PatternPoint,
  PatternWatch,
} from "./patterns.js";
export {
  type Fibonacci,
  fibonacci,
  type FibonacciCluster,
  type FibonacciColumns,
  type FibonacciFigure,
  fibonacciFigures,
  type FibonacciKind,
  type FibonacciLevel,
  type FibonacciOptions,
  type FibonacciPoint,
  type FibonacciSwingOptions,
} from "./fibonacci.js";
export {
  Transform,
  transform,
  type TransformBar,
  type TransformDefinition,
  type TransformOptions,
  type TransformRows,
  transforms,
  type TransformSource,
} from "./transforms.js";
export { TransformedBars } from "./transformed.js";
export { tunable, tune, type Tuned, type TuneOptions } from "./tune.js";
export type { TunableId } from "./tunable.js";
export type { TransformColumnsOf, TransformKind, TransformParams } from "./transform_kinds.js";
export * from "./families.js";
export * from "./indicators.js";
