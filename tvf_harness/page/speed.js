// Times the contenders in the page. The harness calls `speed.sample` in rounds, so that what disturbs the machine
// disturbs all alike. The build with threads runs in a worker, as it must, and so does all that is timed beside it.

import init, { Bars } from "/pkg/dist/index.js";
import { app } from "./app.js";
import { pack, unpack } from "./frame.js";
import { plain } from "./plain.js";
import { tuned } from "./tuned.js";

const asked = new URLSearchParams(location.search).get("build");
const state = globalThis.document?.getElementById("state");
const apart = asked === "threads" && state !== undefined;

const columns = {};
let header;
let bars;
async function open() {
  await init({ build: asked });
  const found = unpack(await (await fetch("/api/bars")).arrayBuffer());
  header = found.header;
  header.columns.forEach((name, i) => {
    columns[name] = found.numbers.slice(i * header.bars, (i + 1) * header.bars);
  });
  bars = Bars.from(columns);
}

// As an application has them; made when first asked for, as a million objects weigh on every later collection.
let objects;
const objectsOf = () => {
  const names = header.columns;
  objects ??= Array.from({ length: header.bars }, (_, i) => Object.fromEntries(names.map((n) => [n, columns[n][i]])));
  return objects;
};

const arraysFor = ({ outputs }) =>
  Object.fromEntries(outputs.map((name) => [name, new Float64Array(header.bars)]));
const loop = (functions, job) => {
  if (!(job.id in functions)) return null;
  const results = arraysFor(job);
  return () => ({ results, rows: functions[job.id](columns, job.params, results) });
};

// Each makes, for a job, a function without arguments to be timed.
const contenders = {
  // Wasm over resident columns: computing alone, with results left in its memory. What a table tells is computed when
  // it is read.
  resident: ({ member }) => () => {
    const [handle] = bars.attach([member]);
    handle.view();
    handle.free();
  },
  // The same, with the results copied into arrays of JavaScript.
  copied: ({ member }) => () => bars.compute([member]),
  plain: (job) => loop(plain, job),
  tuned: (job) => loop(tuned, job),
  app: (job) => (job.id in app ? () => app[job.id](objectsOf(), job.params) : null),
  // The columns into wasm memory: once for all that is computed on them.
  load: () => () => Bars.from(columns).free(),
  // One resident result into an array of JavaScript.
  take: () => {
    const [handle] = bars.attach([{ id: "sma" }]);
    return () => handle.copy();
  },
};

const prepared = new Map();
function runner(contender, job) {
  const key = `${contender} ${job.name}`;
  if (!prepared.has(key)) prepared.set(key, { run: contenders[contender](job), repeats: 0 });
  return prepared.get(key);
}

const clock = (run, repeats) => {
  const start = performance.now();
  for (let i = 0; i < repeats; i++) run();
  return (performance.now() - start) / repeats;
};

const speed = {
  // Milliseconds a run; enough runs are timed together to last `atLeast` milliseconds.
  sample(contender, job, atLeast) {
    const item = runner(contender, job);
    if (item.repeats === 0) {
      const once = clock(item.run, 1);
      // Warm: the compiler has to see a function often enough before it optimises it.
      if (once < 20) clock(item.run, Math.ceil(60 / Math.max(once, 0.01)));
      item.repeats = Math.max(1, Math.ceil(atLeast / Math.max(clock(item.run, 1), 0.002)));
    }
    return clock(item.run, item.repeats);
  },

  has: (contender, job) => runner(contender, job).run !== null,

  // Posts what a contender computes: columns as long as the bars, or a table's.
  async show(contender, job) {
    const value = runner(contender, job).run();
    let arrays;
    if (contender === "copied") {
      const [result] = value;
      arrays = job.outputs.map((name) => (result instanceof Float64Array ? result : result[name]));
    } else if (contender === "app") {
      arrays = job.outputs.map((name) => pointsAt(value[name] ?? value, name, job.table));
    } else {
      arrays = job.outputs.map((name) => value.results[name].subarray(0, value.rows ?? header.bars));
    }
    const lengths = arrays.map((array) => array.length);
    await fetch(`/api/shown/${asked}`, { method: "POST", body: pack({ lengths }, arrays) });
  },
};

// An application's points as a column: NaN where it has none.
function pointsAt(points, name, table) {
  if (table) return Float64Array.from(points, (row) => row[name]);
  const column = new Float64Array(header.bars).fill(NaN);
  const at = new Map(points.map(({ time, value }) => [time, value]));
  columns.time.forEach((time, i) => {
    if (at.has(time)) column[i] = at.get(time);
  });
  return column;
}

/** The same in a worker: each call is a message, and its answer another. */
async function inWorker() {
  const worker = new Worker(import.meta.url + location.search, { type: "module" });
  const waiting = [];
  worker.onerror = ({ message }) => {
    throw new Error(`in the worker: ${message}`);
  };
  worker.onmessage = ({ data }) => waiting.shift()(data);
  const ask = (message) => new Promise((resolve) => waiting.push(resolve) && worker.postMessage(message));
  await new Promise((resolve) => waiting.push(resolve)); // it is ready
  return Object.fromEntries(Object.keys(speed).map((name) => [name, (...given) => ask([name, given])]));
}

if (apart) {
  globalThis.speed = await inWorker();
} else {
  await open();
  globalThis.speed = speed;
}
if (state) {
  state.textContent = `${asked}: ready`;
} else {
  globalThis.onmessage = async ({ data: [name, given] }) => postMessage(await speed[name](...given));
  postMessage("ready");
}
