// How long a page is held up while indicators are computed in a worker: the longest time between two pings that the
// page sends itself through a MessageChannel.

import init, { Bars } from "/pkg/dist/index.js";
import { startWorker } from "/pkg/dist/worker/index.js";
import { SET } from "/page/race.js";
import { barAt, walk } from "/page/walk.js";

/** Twenty indicators: a chart's sixteen, and four more. */
export const TWENTY = [...SET, { id: "cmf" }, { id: "rvol" }, { id: "sma_atr_channel" }, { id: "ema", period: 9, source: { id: "rsi" } }];

const PUSHES = 1_000;

/** Does something while pings go round; gives how long it took and the longest time between two of them. */
async function held(act) {
  const { port1, port2 } = new MessageChannel();
  let last = performance.now();
  let gap = 0;
  let pings = 0;
  const look = () => {
    const now = performance.now();
    gap = Math.max(gap, now - last);
    last = now;
  };
  port1.onmessage = () => {
    look();
    pings++;
    port2.postMessage(0);
  };
  port2.postMessage(0);
  await new Promise((resolve) => setTimeout(resolve, 20));
  gap = 0;
  const began = performance.now();
  const made = await act();
  const took = performance.now() - began;
  // The page may still be held by what the answer left to do.
  await new Promise((resolve) => setTimeout(resolve, 20));
  look();
  port1.close();
  return { made, gap, took, pings };
}

/** One round over so many bars: what was done, how long it took and how long it held the page, in milliseconds. */
export async function round(length, build) {
  const rows = [];
  const measure = async (name, act) => {
    const { made, ...row } = await held(act);
    rows.push({ name, ...row });
    return made;
  };
  const columns = walk(length);
  const members = TWENTY;

  await measure("nothing", () => new Promise((resolve) => setTimeout(resolve, 200)));
  const tvf = await startWorker({ build });
  const bars = await measure("columns copied", () => tvf.bars(columns));
  // The engine still compiles what is computed, on threads of its own beside the worker and the page.
  let found = await measure("20 indicators, first time", () => bars.compute(members));
  // What they take the place of is freed meanwhile.
  await measure("20 indicators anew, 4 times", async () => {
    for (let i = 0; i < 4; i++) found = await bars.compute(members, { onProgress() {} });
  });
  const kept = await measure("20 indicators, kept", () => bars.keep(members));
  await measure("20 attached", () => bars.attach(members));
  await measure(`${PUSHES} bars pushed, 20 attached`, async () => {
    for (let i = 0; i < PUSHES; i++) await bars.push({ ...barAt(columns, i), time: 1.9e12 + 60_000 * i });
  });

  // The same on the page itself, and whether it is the same.
  // A page may not wait for threads.
  await init(build === "threads" ? {} : { build });
  const own = Bars.from(columns);
  const expected = await measure("20 indicators on the page itself", async () => own.compute(members));
  const parts = (result) => (ArrayBuffer.isView(result) ? [result] : Object.values(result));
  const agrees = (results) => members.every((_, i) =>
    parts(expected[i]).every((column, j) => column.every((x, k) => Object.is(x, parts(results[i])[j][k]))));
  if (!agrees(found) || !agrees(kept.view())) throw new Error("the worker's values are not those of the page: no time is believed");
  own.free();
  kept.free();

  bars.free();
  // Last, as so many objects make each of the page's own collections of garbage longer.
  const list = Array.from({ length }, (_, i) => barAt(columns, i));
  (await measure("columns transferred", () => tvf.bars(columns, { transfer: true }))).free();
  await measure("nothing, beside an array of objects", () => new Promise((resolve) => setTimeout(resolve, 200)));
  await measure("bars from an array of objects", () => tvf.bars(list));
  const running = tvf.build();
  tvf.terminate();
  return { rows, build: running };
}
