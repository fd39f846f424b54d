// Times the contenders in the page. The harness calls `speed.sample` in rounds, so that what disturbs the machine
// disturbs all alike. The build with threads runs in a worker, as it must, and so does all that is timed beside it.

import init, { Bars } from "/pkg/dist/index.js";
import { app } from "./app.js";
import { pack, unpack } from "./frame.js";
import { plain } from "./plain.js";
import { assertClose } from "./race.js";
import { tuned } from "./tuned.js";

const query = new URLSearchParams(location.search);
const asked = query.get("build");
const state = globalThis.document?.getElementById("state");
const apart = asked === "threads" && state !== undefined;

const columns = {};
let header;
let bars;
let packages = {};
async function open() {
  await init({ build: asked });
  const found = unpack(await (await fetch("/api/bars")).arrayBuffer());
  header = found.header;
  header.columns.forEach((name, i) => {
    columns[name] = found.numbers.slice(i * header.bars, (i + 1) * header.bars);
  });
  bars = Bars.from(columns);
  if (query.has("peers")) packages = (await import("/peers/peers.js")).peers(columns);
  for (const [name, found] of Object.entries(packages)) contenders[name] = fromPackage(name, found);
}

// As an application has them; made when first asked for, as a million objects weigh on every later collection.
let objects;
const objectsOf = () => {
  const names = header.columns;
  objects ??= Array.from({ length: header.bars }, (_, i) => Object.fromEntries(names.map((n) => [n, columns[n][i]])));
  return objects;
};

const membersOf = (job) => job.members.map(({ member }) => member);
const columnsOf = (result) => (ArrayBuffer.isView(result) ? [result] : Object.values(result));
const arraysFor = ({ outputs }) =>
  Object.fromEntries(outputs.map((name) => [name, new Float64Array(header.bars)]));
const known = (functions, job) => job.members.every(({ id }) => id in functions);
const loop = (functions, job) => {
  if (!known(functions, job)) return null;
  const results = job.members.map(arraysFor);
  return () =>
    job.members.map(({ id, params }, i) => ({ results: results[i], rows: functions[id](columns, params, results[i]) }));
};

// A package of npm, for an indicator that it has with the very parameters; what it computes is compared first.
const fromPackage = (name, { indicators }) => ({ members: [one, ...others] }) => {
  const same = ({ id, ...rest }) => id === one.id && Object.entries(rest).every(([k, v]) => one.params[k] === v);
  const found = Object.values(indicators).find(({ member }) => same(member));
  if (!found || others.length > 0) return null;
  const [own] = bars.compute([found.member]);
  assertClose(`${name} ${one.id}`, columnsOf(own), found.show(found.run()), found);
  return found.run;
};

// Each makes, for a job, a function without arguments to be timed.
const contenders = {
  // The columns that the job reads, into wasm memory.
  in: ({ inputs }) => {
    const read = Object.fromEntries(inputs.map((name) => [name, columns[name]]));
    return () => Bars.from(read).free();
  },
  // Wasm over resident columns, with results left in its memory. What a table tells is computed when it is read.
  compute: (job) => () => {
    const handles = bars.attach(membersOf(job));
    for (const handle of handles) handle.view();
    for (const handle of handles) handle.free();
  },
  // Results that are there into arrays of JavaScript.
  out: (job) => {
    const handles = bars.attach(membersOf(job));
    const run = () => handles.map((handle) => handle.copy());
    run.done = () => handles.forEach((handle) => handle.free());
    return run;
  },
  // The two together, as most code calls it.
  copied: (job) => () => bars.compute(membersOf(job)),
  plain: (job) => loop(plain, job),
  tuned: (job) => loop(tuned, job),
  app: (job) => {
    if (!known(app, job)) return null;
    return () => job.members.map(({ id, params }) => app[id](objectsOf(), params));
  },
};

const prepared = new Map();
function runner(contender, job) {
  const key = `${contender} ${job.name}`;
  if (!prepared.has(key)) prepared.set(key, { run: contenders[contender](job), repeats: 0 });
  return prepared.get(key);
}

// Who takes longer needs no warming up.
const SLOW_MS = 100;

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
      if (once > SLOW_MS) return once;
      // Warm: the compiler has to see a function often enough before it optimises it.
      if (once < 20) clock(item.run, Math.ceil(30 / Math.max(once, 0.01)));
      item.repeats = Math.max(1, Math.ceil(atLeast / Math.max(clock(item.run, 1), 0.002)));
    }
    return clock(item.run, item.repeats);
  },

  has: (contender, job) => runner(contender, job).run !== null,

  // Frees what a job's contenders keep.
  forget() {
    for (const { run } of prepared.values()) run?.done?.();
    prepared.clear();
  },

  // The packages of npm that take part.
  packages: () => Object.keys(packages),

  // Posts what a contender computes: columns as long as the bars, or a table's.
  async show(contender, job) {
    const found = runner(contender, job).run();
    const arrays = job.members.flatMap((member, i) => shown(contender, member, found[i]));
    const lengths = arrays.map((array) => array.length);
    await fetch(`/api/shown/${asked}`, { method: "POST", body: pack({ lengths }, arrays) });
  },
};

function shown(contender, { outputs, table }, value) {
  if (contender === "copied") return outputs.map((name) => (value instanceof Float64Array ? value : value[name]));
  if (contender === "app") return outputs.map((name) => pointsAt(value[name] ?? value, name, table));
  return outputs.map((name) => value.results[name].subarray(0, value.rows ?? header.bars));
}

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
