// What the page says about a job: columns of numbers under the keys that records.py knows.

import { pack } from "./frame.js";

export class Report {
  #columns = [];
  #arrays = [];
  #failures = [];
  #snapshots = [];

  // Keeps the columns of one part of a path, in the order of the outputs.
  add(index, path, part, outputs, arrays) {
    outputs.forEach((output, i) => {
      this.#columns.push([index, path, part, output, arrays[i].length]);
      this.#arrays.push(arrays[i]);
    });
  }

  // Runs one part; what it throws is reported, and the next part still runs.
  attempt(index, path, part, work) {
    try {
      work();
    } catch (error) {
      this.#failures.push([index, path, part, String(error)]);
    }
  }

  snapshot(index, bytes) {
    this.#snapshots.push([index, bytes.toBase64()]);
  }

  pack() {
    const header = { columns: this.#columns, failures: this.#failures, snapshots: this.#snapshots };
    return pack(header, this.#arrays);
  }
}
