import type { Exchange } from "../wasm/simd/tvf.js";
import { TvfError } from "./errors.js";
import type { Code } from "./indicators.js";

type Simd = typeof import("../wasm/simd/tvf.js");

/** The JavaScript around the module: what every build's has. The compiler holds each to it. */
export interface Glue extends Omit<Simd, "default" | "initSync"> {
  default(options: { module_or_path: WebAssembly.Module }): Promise<{ readonly memory: WebAssembly.Memory }>;
}

/** A running wasm module: what everything else here works with. */
export interface Core {
  readonly glue: Glue;
  readonly memory: WebAssembly.Memory;
  /** Where both sides lay what the other shall take. */
  readonly exchange: Exchange;
}

let running: Core | undefined;
/** The memory as numbers; it is detached, and so empty, after the memory has grown. */
let numbers = new Float64Array(0);
/** Whether threads share the memory: then it is not detached when it grows, only too short. */
let shared = false;

export function run(core: Core): void {
  running = core;
  numbers = new Float64Array(0);
  shared = isShared(core.memory.buffer);
}

export function core(): Core {
  if (running) return running;
  throw new TvfError("not_ready", "tvf is not ready: await init() first");
}

/** All memory as numbers, for single values: the one at address `a` is at `a / 8`. */
export function memoryNumbers({ memory }: Core): Float64Array {
  if (numbers.length === 0 || (shared && numbers.buffer !== memory.buffer)) numbers = new Float64Array(memory.buffer);
  return numbers;
}

/** `n` numbers that live at an address; valid until memory grows. */
export function viewNumbers({ memory }: Core, address: number, n: number): Float64Array {
  return new Float64Array(memory.buffer, address, n);
}

/** Whether a buffer is the module's memory, or was before that grew. */
export function isOwn({ memory }: Core, buffer: ArrayBufferLike): boolean {
  return buffer === memory.buffer || (shared && isShared(buffer));
}

/** Whether memory is shared with threads. */
export function isShared(buffer: ArrayBufferLike): boolean {
  return Object.prototype.toString.call(buffer) === "[object SharedArrayBuffer]";
}

/** The error of the last call that said it failed. */
export function failure({ exchange }: Core): TvfError {
  const { code, message, parameter, value, bound } = exchange;
  return new TvfError(code as Code, message, parameter, value, bound);
}

/** Does something with the exchange and leaves it empty. */
export function exchanging<T>(act: (core: Core) => T): T {
  const running = core();
  try {
    return act(running);
  } finally {
    running.exchange.clear();
  }
}
