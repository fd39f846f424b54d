import { freed } from "../resident.js";

/** Results of `WorkerBars.keep`. Free them when they are no longer needed. */
export class WorkerKept<Results> {
  /** Whether they lie in the worker's memory, seen from here, and stay there until they are freed. */
  readonly isShared: boolean;
  #results: Results | undefined;
  readonly #drop: () => void;

  /** @internal */
  constructor(results: Results, arrays: readonly object[], areShared: boolean, drop: () => void) {
    this.isShared = areShared;
    this.#results = results;
    this.#drop = drop;
    if (!areShared) return;
    for (const array of arrays) keeper.set(array, this);
    forgotten.register(this, drop, this);
  }

  /** The results where they are; `free` leaves them without meaning if they are shared. */
  view(): Results {
    if (this.#results === undefined) throw freed("results");
    return this.#results;
  }

  /** Gives the memory back. */
  free(): void {
    if (this.isFreed) return;
    this.#results = undefined;
    forgotten.unregister(this);
    if (this.isShared) this.#drop();
  }

  /** Whether the memory was given back. */
  get isFreed(): boolean {
    return this.#results === undefined;
  }

  [Symbol.dispose](): void {
    this.free();
  }
}

/** As long as an array is there that shows them, results are not forgotten. */
const keeper = new WeakMap<object, unknown>();

/** Frees results that nobody has any more. */
const forgotten = new FinalizationRegistry((drop: () => void) => drop());
