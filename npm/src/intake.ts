import { entryOf } from "./catalog.js";
import { type Core, viewNumbers } from "./core.js";
import type { Id } from "./indicators.js";
import { copyColumn, type Result, takeResult } from "./results.js";

/** Takes results out of the module, those of threads as soon as they are there: one copies while the others compute. */
export class Intake {
  readonly #core: Core;
  readonly #ids: readonly Id[];
  readonly #rooms: readonly unknown[];
  readonly #length: number;
  readonly #columns: Float64Array[][];

  constructor(core: Core, ids: readonly Id[], rooms: readonly unknown[], length: number) {
    this.#core = core;
    this.#ids = ids;
    this.#rooms = rooms;
    this.#length = length;
    this.#columns = ids.map(() => []);
  }

  /** Called by the module while it computes. */
  take(member: number, column: number, address: number): void {
    try {
      const values = viewNumbers(this.#core, address, this.#length);
      const copy = copyColumn(entryOf(this.#ids[member] as Id), this.#rooms[member], column, values);
      (this.#columns[member] as Float64Array[])[column] = copy;
    } catch {
      // Threads are at work, and nothing may end this call before them: the second attempt says what is wrong.
    }
  }

  /** What each member gave, with what was not taken yet. */
  results(): Result[] {
    return this.#ids.map((id, i) => takeResult(this.#core, id, i, this.#rooms[i], this.#columns[i]));
  }
}
