// The race of tvf_harness/page/race.js in Node.
//
//   node node.mjs [--json PATH] [--rounds N]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import * as tvf from "../../npm/dist/index.js";
import { Race } from "../../tvf_harness/page/race.js";

const { values: options } = parseArgs({
  options: { json: { type: "string" }, rounds: { type: "string", default: "15" } },
});
const rounds = Number(options.rounds);
const built = fileURLToPath(new URL("dist/peers.js", import.meta.url));
const peers = existsSync(built) ? (await import(built)).peers : undefined;
if (!peers) console.log("skipped: the packages of npm; to have them: scripts/setup bench");

await tvf.default();
const race = new Race(tvf, peers);
for (const bars of [5_000, 50_000, 500_000]) {
  console.log(`    the set over ${bars} bars`);
  race.open(bars);
  for (let i = 0; i < rounds; i++) race.round();
  race.shut();
}
for (const bars of [1_000, 1_000_000]) {
  console.log(`    live after ${bars} bars`);
  race.live(bars, Math.min(rounds, 5));
}
console.log("    packages of npm live");
race.livePeers(Math.min(rounds, 3));

for (const { kind, name, bars, members, unit, median, min } of race.rows) {
  const what = `${kind}: ${name}, ${members} indicators, ${bars} bars`;
  console.log(`  ${what.padEnd(64)}${median.toFixed(1).padStart(10)} ${unit} (${min.toFixed(1)})`);
}
if (options.json) {
  const { devDependencies } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
  const report = {
    created: new Date().toISOString(),
    host: `Node ${process.version.slice(1)}`,
    versions: { tvf: tvf.version?.() ?? "", ...(peers ? devDependencies : {}) },
    rounds,
    lacks: race.lacks,
    results: race.rows,
  };
  mkdirSync(dirname(options.json), { recursive: true });
  writeFileSync(options.json, `${JSON.stringify(report, null, 1)}\n`);
  console.log(`see ${options.json}`);
}
