import type * as Glue from "../wasm/simd/tvf.js";
import { TvfError } from "./errors.js";
import type { Code } from "./indicators.js";

/** A running wasm module: what everything else here works with. */
export interface Core {
  readonly glue: typeof Glue;
  readonly memory: WebAssembly.Memory;
  /** Where both sides lay what the other shall take. */
  readonly exchange: Glue.Exchange;
}

let running: Core | undefined;
/** The memory as numbers; it is detached, and so empty, after the memory has grown. */
let numbers = new Float64Array(0);

export function run(core: Core): void {
  running = core;
  numbers = new Float64Array(0);
}

export function core(): Core {
  if (running) return running;
  throw new TvfError("not_ready", "tvf is not ready: await init() first");
}

/** All memory as numbers, for single values: the one at address `a` is at `a / 8`. */
export function memoryNumbers({ memory }: Core): Float64Array {
  if (numbers.length === 0) numbers = new Float64Array(memory.buffer);
  return numbers;
}

/** `n` numbers that live at an address; valid until memory grows. */
export function viewNumbers({ memory }: Core, address: number, n: number): Float64Array {
  return new Float64Array(memory.buffer, address, n);
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
