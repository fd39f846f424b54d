/// <reference lib="esnext.disposable" preserve="true" />
/**
 * Technical analysis in WebAssembly. Await {@link init} once; then load {@link Bars}, follow a {@link Stream}, or call
 * an indicator's function. Everything is full length, and NaN where there is no value yet.
 */
export { default, type Build, build, type InitOptions, type ModuleSource, threads, version } from "./loader.js";
export { type Bar, type BarColumns, Bars, type BarSource, type ComputeOptions } from "./bars.js";
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
export * from "./families.js";
export * from "./indicators.js";
