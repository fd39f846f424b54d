// What the page says about a job: columns of numbers under the keys that records.py knows, or a hash of each case's,
// as digest.py makes it.

import { pack } from "./frame.js";

const nameOf = ([, path, part, output]) => `${path}/${part}/${output}`;
const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

// Engines may change a NaN's payload: one stands for all.
function alike(bytes, start) {
  const numbers = new Float64Array(bytes.buffer, start);
  const bits = new BigUint64Array(bytes.buffer, start);
  for (let i = 0; i < numbers.length; i++) if (numbers[i] !== numbers[i]) bits[i] = 0x7ff8_0000_0000_0000n;
}

// A copy of which one bit differs.
function flipped(column, at) {
  const copy = Float64Array.from(column);
  new BigUint64Array(copy.buffer)[at] ^= 1n;
  return copy;
}

export class Report {
  #columns = [];
  #arrays = [];
  #failures = [];
  #snapshots = [];
  #digests = [];
  #values;
  #flip;

  // `values` asks for the columns themselves. `flip` names a bit to change: by it the tests prove that one is seen.
  constructor({ values, flip }) {
    this.#values = values;
    this.#flip = flip;
  }

  // Keeps the columns of one part of a path, in the order of the outputs.
  add(index, path, part, outputs, arrays) {
    outputs.forEach((output, i) => {
      this.#columns.push([index, path, part, output, arrays[i].length]);
      this.#arrays.push(i === 0 && this.#flips(index, path, part) ? flipped(arrays[i], this.#flip.index) : arrays[i]);
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
    if (this.#flips(index, "snapshot", "bytes")) bytes[this.#flip.index] ^= 1;
    this.#snapshots.push([index, bytes.toBase64()]);
  }

  // Ends a case: its columns are kept if they were asked for, else their hash alone.
  async close(index) {
    if (this.#values) return;
    const order = this.#columns.map((_, i) => i);
    const names = this.#columns.map(nameOf);
    order.sort((i, j) => (names[i] < names[j] ? -1 : 1));
    const header = {
      columns: order.map((i) => this.#columns[i].slice(1)),
      snapshot: this.#snapshots[0]?.[1] ?? null,
      failures: this.#failures,
    };
    const arrays = order.map((i) => this.#arrays[i]);
    const bytes = pack(header, arrays);
    alike(bytes, bytes.length - 8 * arrays.reduce((sum, { length }) => sum + length, 0));
    this.#digests.push([index, hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)))]);
    this.#columns = [];
    this.#arrays = [];
    this.#failures = [];
    this.#snapshots = [];
  }

  pack() {
    if (!this.#values) return pack({ digests: this.#digests }, []);
    const header = { columns: this.#columns, failures: this.#failures, snapshots: this.#snapshots };
    return pack(header, this.#arrays);
  }

  #flips(index, path, part) {
    const { case: flipped, path: itsPath, part: itsPart } = this.#flip ?? {};
    return flipped === index && itsPath === path && itsPart === part;
  }
}
