// What other flags of the compiler cost: two modules of the same source, each in processes of its own that take turns, in
// Node. Of each entry and of a chart's sixteen the fastest of all runs counts, over 50,000 bars that lie in the module.
//
//   node scripts/compare.mjs BEFORE.wasm [AFTER.wasm] [rounds]     without the second: wasm/simd
import { readFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { SIXTEEN } from "./sixteen.mjs";
import { sizes } from "./size.mjs";

const N = 50_000;

/** Times everything with one module, and prints the milliseconds by name. */
async function measure(file) {
  const { default: init, Bars, catalog } = await import("../dist/index.js");
  await init({ build: "simd", module: readFileSync(file) });
  const close = Float64Array.from({ length: N }, (_, i) => 100 + 10 * Math.sin(i / 50) + Math.sin(i * 7));
  const bars = Bars.from({
    time: close.map((_, i) => i * 60_000),
    open: close.map((x) => x - 0.25),
    high: close.map((x) => x + 1),
    low: close.map((x) => x - 1),
    close,
    volume: close.map((x) => 1000 + 10 * x),
  });
  const fastest = (members) => {
    let best = Infinity;
    for (let run = 0; run < 5; run++) {
      const began = performance.now();
      const handles = bars.attach(members);
      best = Math.min(best, performance.now() - began);
      for (const handle of handles) handle.free();
    }
    return best;
  };
  const times = { sixteen: fastest(SIXTEEN) };
  for (const { id } of catalog()) times[id] = fastest([{ id }]);
  console.log(JSON.stringify(times));
}

const here = fileURLToPath(import.meta.url);
if (process.argv[2] === "--measure") {
  await measure(process.argv[3]);
} else {
  const [before, after = fileURLToPath(new URL("../wasm/simd/tvf_bg.wasm", import.meta.url)), rounds = "5"] =
    process.argv.slice(2);
  if (before === undefined) {
    console.error("error: no module to compare with; to mend it: name the .wasm file of another build of the same source");
    process.exit(1);
  }
  for (const file of [before, after]) console.log(`${file}: ${sizes(readFileSync(file))}`);
  const best = [{}, {}];
  for (let round = 0; round < Number(rounds); round++) {
    for (const [which, file] of [before, after].entries()) {
      const run = spawnSync(process.execPath, [here, "--measure", file], { encoding: "utf8" });
      if (run.status !== 0) throw new Error(`${file} does not run: ${run.stderr}`);
      for (const [name, ms] of Object.entries(JSON.parse(run.stdout)))
        best[which][name] = Math.min(best[which][name] ?? Infinity, ms);
    }
  }
  const ratios = Object.keys(best[0]).map((name) => [name, best[1][name] / best[0][name]]);
  const entries = ratios.filter(([name]) => name !== "sixteen").sort((a, b) => b[1] - a[1]);
  const mean = Math.exp(entries.reduce((sum, [, ratio]) => sum + Math.log(ratio), 0) / entries.length);
  const show = ([name, ratio]) => `${name} ${ratio.toFixed(2)}`;
  console.log(`\nTime after / before: all ${entries.length} entries ${mean.toFixed(3)} (geometric mean), ${show(ratios[0])}`);
  console.log(`slowest: ${entries.slice(0, 5).map(show).join(", ")}; fastest: ${entries.slice(-5).map(show).join(", ")}`);
}
