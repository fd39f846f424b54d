// Sets of members in one call: over resident columns, over appended ones, and live, bar by bar.

import { Report } from "./report.js";
import { Collector, namesOf, outputsOf } from "./entry.js";

const slice = (columns, start, stop) =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.subarray(start, stop)]));
const barAt = (columns, i, j = i) =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[name === "time" ? i : j]]));

// Loads half of the bars, then closes the others one by one; each is peeked at first, and some are wrong at first.
// `peeked` gathers what the peeks gave.
function live(Bars, members, columns, count, peeked) {
  const half = count >> 1;
  const bars = Bars.from(slice(columns, 0, half));
  const handles = bars.attach(members);
  for (let i = half; i < count; i++) {
    const bar = barAt(columns, i);
    bars.peek(bar, handles).forEach((value, k) => peeked[k].push(value));
    if (i % 4 === 0) {
      bars.push(barAt(columns, i, (i * 7 + 3) % count));
      bars.replace(bar);
    } else bars.push(bar);
  }
  const results = handles.map((handle) => handle.copy());
  bars.free();
  return results;
}

function appended(Bars, members, columns, count) {
  const third = Math.floor(count / 3);
  const bars = Bars.from(slice(columns, 0, third));
  bars.reserve(count);
  bars.append(slice(columns, third, 2 * third));
  bars.append(slice(columns, 2 * third, count));
  const results = bars.compute(members);
  bars.free();
  return results;
}

const computed = (optionsOf) => (Bars, members, columns, count) => {
  const bars = Bars.from(columns);
  const results = bars.compute(members, optionsOf(count));
  bars.free();
  return results;
};
// What a chart draws, and some of the bars, as sets.py cuts them out.
const whole = computed(() => ({}));
const shifted = computed(() => ({ shifted: true }));
const range = computed((count) => ({ from: Math.floor(count / 4), to: count - Math.floor(count / 8) }));

export async function runSets(tvf, job, datasets) {
  const { Bars } = tvf;
  const report = new Report(job);
  const parts = { compute: whole, live, append: appended, shifted, range };
  for (const { index, members, dataset } of job.cases) {
    const columns = datasets[dataset];
    const entries = members.map(({ id }) => job.entries[id]);
    const add = (part, results) =>
      entries.forEach((entry, i) => {
        const names = namesOf(entry).map((name) => `${i}.${name}`);
        report.add(index, "set", part, names.slice(0, results[i].length), results[i]);
      });
    for (const [part, run] of Object.entries(parts)) {
      report.attempt(index, "set", part, () => {
        const peeked = entries.map((entry) => new Collector(entry));
        const results = run(Bars, members, columns, columns.close.length, peeked);
        add(part, results.map((result, i) => outputsOf(entries[i], result)));
        if (run === live) add("peeked", peeked.map(({ columns }, i) => (entries[i].rows === "state" ? [] : columns)));
      });
    }
    await report.close(index);
  }
  return report.pack();
}
