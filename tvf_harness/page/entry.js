// Every case of one entry by every path, as wheel.py does it.

import { Report } from "./report.js";

const camel = (id) => id.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());

// A batch result as columns in the order of the outputs: a series alone is an array, several are an object of them.
// The numbers beside a table's rows follow, a column of one value each.
export const outputsOf = (entry, result) =>
  result instanceof Float64Array
    ? [result]
    : [...entry.outputs.map((output) => result[output]), ...entry.numbers.map((name) => [result[name]])];
export const namesOf = (entry) => [...entry.outputs, ...entry.numbers];

// Whether a column tells of the last bar alone, so that later bars put another in its place.
const isLast = (entry, name) => entry.rows === "state" || entry.numbers.includes(name);
const anyLast = (entry) => namesOf(entry).some((name) => isLast(entry, name));

// Gathers what one call per bar gives: a number, an object of them, or a table's new rows.
export class Collector {
  constructor(entry) {
    this.entry = entry;
    this.columns = entry.outputs.map(() => []);
  }

  push(result) {
    const { entry, columns } = this;
    if (entry.kind === "table") for (const row of result) this.#row(row);
    else if (columns.length === 1) columns[0].push(result);
    else this.#row(result);
  }

  #row(row) {
    this.entry.outputs.forEach((output, i) => this.columns[i].push(row[output]));
  }
}

const inputsOf = (entry, columns) => entry.inputs.map((name) => columns[name === "source" ? "close" : name]);

// Another bar for bar i, with the same time: what a forming bar may look like before it closes.
function barsOf(entry, inputs, count) {
  const at = (i, j) => inputs.map((column, k) => column[entry.inputs[k] === "time" ? i : j]);
  const order = Array.from({ length: count }, (_, i) => i);
  return { bars: order.map((i) => at(i, i)), others: order.map((i) => at(i, (i * 7 + 3) % count)) };
}

// Restores a snapshot taken at the pause, revises the last bar, and goes on to the end of the walk.
function resume(Stream, entry, bytes, pause, bars, others) {
  const stream = Stream.restore(bytes);
  const results = new Collector(entry);
  if (pause > 0) {
    stream.replace(...others[pause - 1]);
    results.push(stream.replace(...bars[pause - 1]));
  }
  for (const bar of bars.slice(pause)) results.push(stream.update(...bar));
  stream.free();
  return results.columns;
}

export async function runEntry(tvf, job, datasets) {
  const { entry } = job;
  const { Bars, Stream } = tvf;
  const compute = tvf[camel(entry.id)];
  const report = new Report(job);
  const resident = new Map();

  for (const { index, options, dataset, walk, cuts, pause, snapshot } of job.cases) {
    const columns = datasets[dataset];
    const inputs = inputsOf(entry, columns);
    const { bars, others } = barsOf(entry, inputs, walk);
    const member = { id: entry.id, ...options };
    const attempt = (path, part, work) => report.attempt(index, path, part, work);
    const names = namesOf(entry);
    const add = (path, part, found) => report.add(index, path, part, names.slice(0, found.length), found);
    const streaming = (path, part, work) =>
      attempt(path, part, () => {
        const stream = new Stream(member);
        work(stream);
        stream.free();
      });

    attempt("batch", "function", () => {
      add("batch", "function", outputsOf(entry, compute(...inputs, options)));
      if (!anyLast(entry)) return;
      const walked = inputs.map((column) => column.subarray(0, walk));
      add("batch", "prefix", outputsOf(entry, compute(...walked, options)));
    });
    attempt("batch", "resident", () => {
      if (!resident.has(dataset)) resident.set(dataset, Bars.from(columns));
      add("batch", "resident", outputsOf(entry, resident.get(dataset).compute([member])[0]));
    });

    streaming("split", "extend", (stream) => {
      const results = names.map((name) => (entry.numbers.includes(name) ? [NaN] : []));
      let start = 0;
      for (const length of cuts) {
        const piece = stream.extend(...inputs.map((column) => column.subarray(start, start + length)));
        outputsOf(entry, piece).forEach((column, i) => {
          if (isLast(entry, names[i])) results[i].length = 0;
          results[i].push(...column);
        });
        start += length;
      }
      add("split", "extend", results);
    });

    streaming("stream", "update", (stream) => {
      const results = new Collector(entry);
      let last = null;
      for (const bar of bars) results.push((last = stream.update(...bar)));
      add("stream", "update", results.columns);
      if (!anyLast(entry)) return;
      const final = new Collector(entry);
      if (last !== null) final.push(last);
      const { summary } = stream;
      add("stream", "final", [...final.columns, ...entry.numbers.map((name) => [summary[name]])]);
    });

    streaming("peek", "own", (stream) => {
      const peeked = new Collector(entry);
      const own = new Collector(entry);
      for (let i = 0; i < walk; i++) {
        peeked.push(stream.peek(...others[i]));
        own.push(stream.peek(...bars[i]));
        stream.update(...bars[i]);
      }
      add("peek", "other", peeked.columns);
      add("peek", "own", own.columns);
    });

    streaming("replace", "right", (stream) => {
      const wrong = new Collector(entry);
      const right = new Collector(entry);
      for (let i = 0; i < walk; i++) {
        wrong.push(stream.update(...others[i]));
        if (i % 3 === 1) stream.peek(...bars[i]);
        else if (i % 3 === 2) stream.replace(...others[i]);
        right.push(stream.replace(...bars[i]));
      }
      add("replace", "wrong", wrong.columns);
      add("replace", "right", right.columns);
    });

    streaming("snapshot", "bytes", (stream) => {
      if (pause > 0) stream.extend(...inputs.map((column) => column.subarray(0, pause)));
      report.snapshot(index, stream.snapshot());
    });
    attempt("snapshot", "resumed", () =>
      add("snapshot", "resumed", resume(Stream, entry, Uint8Array.fromBase64(snapshot), pause, bars, others)),
    );
    await report.close(index);
  }
  for (const bars of resident.values()) bars.free();
  return report.pack();
}
