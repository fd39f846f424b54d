// Takes one job after the other from the harness, runs it with the package, and posts what came out.

import init, * as tvf from "tvf";
import { loadDatasets } from "./datasets.js";
import { runEntry } from "./entry.js";
import { unpack } from "./frame.js";
import { runMistakes } from "./mistakes.js";
import { runSets } from "./sets.js";

const asked = new URLSearchParams(location.search).get("build");
const state = document.getElementById("state");

const get = async (path) => (await fetch(path)).arrayBuffer();
const post = (path, body) => fetch(path, { method: "POST", body });

const run = { entry: runEntry, sets: runSets, mistakes: runMistakes };

await init({ build: asked });
const datasets = await loadDatasets();
await post(
  `/api/${asked}/hello`,
  JSON.stringify({
    build: tvf.build(),
    version: tvf.version(),
    isolated: crossOriginIsolated,
    agent: navigator.userAgent,
    catalog: tvf.catalog(),
  }),
);
for (let done = 0; ; done++) {
  const { header: job } = unpack(await get(`/api/${asked}/job`));
  if (job.kind === "done") break;
  state.textContent = `${asked}: job ${done}, ${job.kind} ${job.entry?.id ?? ""}`;
  await post(`/api/${asked}/result`, run[job.kind](tvf, job, datasets));
}
state.textContent = `${asked}: done`;
