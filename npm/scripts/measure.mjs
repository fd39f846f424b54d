// Measures what the package promises, in Node: start-up, a live bar, a column. Each figure is the median of several
// runs, with the fastest and the slowest beside it.
//
//   node scripts/measure.mjs [baseline|simd]
import { readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { SIXTEEN } from "./sixteen.mjs";
import { sizes } from "./size.mjs";

const here = fileURLToPath(import.meta.url);
const build = process.argv[2] ?? "simd";

/** Runs something so many times and shows the median. */
function report(name, unit, runs, measure) {
  const values = Array.from({ length: runs }, measure).sort((a, b) => a - b);
  const show = (x) => x.toFixed(x < 10 ? 2 : 1);
  const [median, least, most] = [values[values.length >> 1], values[0], values.at(-1)];
  console.log(`${name.padEnd(44)}${show(median).padStart(9)} ${unit.padEnd(7)} (${show(least)} to ${show(most)})`);
}

if (process.argv[3] === "start") {
  const { default: init } = await import("../dist/index.js");
  const began = performance.now();
  await init({ build });
  process.stdout.write(String(performance.now() - began));
  process.exit();
}

const { default: init, Bars, ema, Stream } = await import("../dist/index.js");
await init({ build });
const wasm = readFileSync(new URL(`../wasm/${build}/tvf_bg.wasm`, import.meta.url));
console.log(`${build}: ${sizes(wasm)}`);
console.log(`Node ${process.version}, ${process.arch}\n`);

report("init in a new process", "ms", 15, () => Number(spawnSync(process.execPath, [here, build, "start"]).stdout));

const time = (runs, act) => {
  const began = performance.now();
  for (let i = 0; i < runs; i++) act(i);
  return ((performance.now() - began) * 1e6) / runs;
};
const N = 1_000_000;
const column = Float64Array.from({ length: N }, (_, i) => 100 + 10 * Math.sin(i / 50) + Math.sin(i * 7));
const bars = Bars.from({
  time: Float64Array.from({ length: N }, (_, i) => i * 60_000),
  open: column,
  high: column.map((x) => x + 1),
  low: column.map((x) => x - 1),
  close: column,
  volume: column,
});
const bar = (i) => ({ time: (N + i) * 60_000, open: 100, high: 102 + (i % 3), low: 98, close: 100 + (i % 5), volume: 7 });
const several = Array.from({ length: 1000 }, (_, i) => bar(i));

const perBar = (act) => () => time(3, act) / N;
const compute = (member) =>
  perBar(() => {
    const [handle] = bars.attach([member]);
    handle.free();
  });
report("EMA 20 over a resident column, attach", "ns/bar", 15, compute({ id: "ema", period: 20 }));
report("SMA 20 over a resident column, attach", "ns/bar", 15, compute({ id: "sma", period: 20 }));
report("EMA 20 over a resident column, with copy out", "ns/bar", 15, perBar(() => bars.compute([{ id: "ema", period: 20 }])));
report("EMA 20 by function, copied in and out", "ns/bar", 15, perBar(() => ema(column, { period: 20 })));
bars.free();

/** The bars come again and again, their times may not. */
let now = (N + 1000) * 60_000;
const next = (i) => {
  const bar = several[i % 1000];
  bar.time = now += 60_000;
  return bar;
};
for (const members of [[], [{ id: "ema" }], SIXTEEN]) {
  const live = Bars.from(Array.from({ length: 1000 }, (_, i) => bar(i)));
  live.reserve(2_000_000);
  const handles = live.attach(members);
  const acts = {
    push: () => (i) => live.push(next(i)),
    replace: () => (i) => live.replace(next(i)),
    peek: () => (i) => live.peek(next(i), handles),
  };
  for (const [name, act] of Object.entries(acts)) {
    report(`${name}, ${members.length} attached`, "ns", 15, () => time(20_000, act()));
  }
  live.free();
}

for (const id of ["ema", "rsi"]) {
  const stream = new Stream({ id });
  report(`Stream ${id}.update`, "ns", 15, () => time(200_000, (i) => stream.update(column[i])));
}
report("EMA by function, one bar", "ns", 15, () => time(20_000, () => ema([1])));
report("EMA by function, 100 bars", "ns", 15, () => time(20_000, () => ema(column.subarray(0, 100))));
