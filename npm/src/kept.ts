import type { Answer } from "../wasm/simd/tvf.js";
import { type Core, isShared } from "./core.js";
import type { Id } from "./indicators.js";
import { freed } from "./resident.js";
import { arraysOf, showResult, takeResult } from "./results.js";

/** Results that stay in the module's memory, as `Bars.keep` gives them. Free them when they are no longer needed. */
export class Kept<Results> {
  readonly #core: Core;
  readonly #ids: readonly Id[];
  readonly #shape: (each: readonly unknown[]) => Results;
  #answer: Answer | undefined;

  /** @internal */
  constructor(core: Core, ids: readonly Id[], shape: (each: readonly unknown[]) => Results) {
    this.#core = core;
    this.#ids = ids;
    this.#shape = shape;
    this.#answer = core.exchange.keep();
  }

  /**
   * The results where they are, without a copy. In the build `threads` they are shared memory, which stays where it is and
   * can be posted to other workers and the page, who see the same values. In the other builds memory that grows leaves
   * them empty: ask for them anew. Everywhere `free` leaves them without meaning.
   */
  view(): Results {
    const answer = this.#place();
    const each = this.#ids.map((id, i) => showResult(this.#core, id, i, answer));
    for (const array of each.flatMap(arraysOf)) keeper.set(array, this);
    return this.#shape(each);
  }

  /** Values that JavaScript owns. */
  copy(): Results {
    const answer = this.#place();
    return this.#shape(this.#ids.map((id, i) => takeResult(this.#core, id, i, undefined, [], answer)));
  }

  /** Whether `view` shows memory that workers can share. */
  get isShared(): boolean {
    return isShared(this.#core.memory.buffer);
  }

  /** Gives the memory back. */
  free(): void {
    this.#answer?.free();
    this.#answer = undefined;
  }

  /** Whether the memory was given back. */
  get isFreed(): boolean {
    return this.#answer === undefined;
  }

  [Symbol.dispose](): void {
    this.free();
  }

  #place(): Answer {
    if (this.#answer) return this.#answer;
    throw freed("results");
  }
}

/** As long as an array is there that shows them, results are not forgotten. */
const keeper = new WeakMap<object, unknown>();
