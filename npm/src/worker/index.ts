/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The package off the main thread: {@link startWorker} gives an object with the same functions as the package, whose
 * results come as promises. Importing it starts nothing.
 */
export { type CallOptions, startWorker, TvfWorker, type WorkerOptions } from "./start.js";
export { type Last, type SendOptions, WorkerAttached, WorkerBars, type WorkerComputeOptions } from "./bars.js";
export type { WorkerKept } from "./kept.js";
export type { WorkerLike } from "./port.js";
export type { Progress } from "./protocol.js";
export { TvfError } from "../errors.js";
