// Takes one job after the other from the harness, runs it with the package, and posts what came out. The build with
// threads runs in a worker, as it must; the others in the page.

import init, * as tvf from "/pkg/dist/index.js";
import { loadDatasets } from "./datasets.js";
import { runEntry } from "./entry.js";
import { unpack } from "./frame.js";
import { runMistakes } from "./mistakes.js";
import { runSets } from "./sets.js";

const query = new URLSearchParams(location.search);
const [asked, lane] = [query.get("build"), query.get("lane")];
const state = globalThis.document?.getElementById("state");
const tell = (text) => {
  if (state) state.textContent = `${asked}: ${text}`;
};

const get = async (path) => (await fetch(path)).arrayBuffer();
const post = (path, body) => fetch(path, { method: "POST", body });

const run = { entry: runEntry, sets: runSets, mistakes: runMistakes };

async function work() {
  await init({ build: asked, threads: 2 });
  if (!state) postMessage("started");
  const datasets = await loadDatasets();
  const hello = {
    build: tvf.build(),
    threads: tvf.threads(),
    version: tvf.version(),
    isolated: crossOriginIsolated,
    agent: navigator.userAgent,
    catalog: tvf.catalog(),
  };
  await post(`/api/${lane}/hello`, JSON.stringify(hello));
  for (let done = 0; ; done++) {
    const { header: job } = unpack(await get(`/api/${lane}/job`));
    if (job.kind === "done") break;
    tell(`job ${done}, ${job.kind} ${job.entry?.id ?? ""}`);
    await post(`/api/${lane}/result`, await run[job.kind](tvf, job, datasets));
  }
  tell("done");
}

// Firefox, while it is driven from outside, at times never loads a worker's workers; it does for the next worker.
const PATIENCE_MS = 20_000;
const TRIES = 5;
let worker; // Firefox collects workers that nothing points at

async function workApart() {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    worker = new Worker(import.meta.url + location.search, { type: "module" });
    worker.onerror = ({ message }) => {
      throw new Error(`in the worker: ${message}`);
    };
    const started = new Promise((resolve) => (worker.onmessage = () => resolve(true)));
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    if (await Promise.race([started, late])) return;
    worker.terminate();
  }
  throw new Error(`the threads did not start in ${TRIES} tries`);
}

await (asked === "threads" && state ? workApart() : work());
