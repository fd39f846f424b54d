import type { Bars, Member } from "tvf";
import { catalog } from "tvf";
// The plain JavaScript that the harness measures against: the same definitions, typed arrays, nothing allocated per bar.
import { plain } from "../../../tvf_harness/page/plain.js";
import { SET_OF_16 } from "./set";

export type Engine = "wasm" | "js";
type Outputs = Record<string, Float64Array>;
type Plain = Record<string, (bars: Outputs, params: Record<string, unknown>, outputs: Outputs) => unknown>;

/** For how long an engine is run, in milliseconds. */
const PATIENCE = 500;

/**
 * Milliseconds to compute the set over all bars, with arrays that are there: the fastest of the runs, as whatever else
 * the machine does only makes them slower.
 */
export function timeEngine(engine: Engine, bars: Bars): number {
  const run = engine === "wasm" ? wasmRun(bars) : jsRun(bars);
  let fastest = Infinity;
  const end = performance.now() + PATIENCE;
  for (let i = 0; i < 5 || performance.now() < end; i++) {
    const began = performance.now();
    run();
    fastest = Math.min(fastest, performance.now() - began);
  }
  return fastest;
}

function wasmRun(bars: Bars): () => void {
  const members = SET_OF_16.map((id) => ({ id })) as readonly Member[];
  let into = bars.compute(members);
  return () => {
    into = bars.compute(members, { into });
  };
}

function jsRun(bars: Bars): () => void {
  const columns = bars.window() as Outputs;
  const entries = catalog();
  const jobs = SET_OF_16.map((id) => {
    const entry = entries.find((one) => one.id === id);
    if (!entry) throw new Error(`no ${id}`);
    const params = Object.fromEntries(entry.params.filter((p) => p.default !== null).map((p) => [p.name, p.default]));
    const outputs = Object.fromEntries(entry.outputs.map(({ name }) => [name, new Float64Array(bars.length)]));
    const act = (plain as Plain)[id];
    if (!act) throw new Error(`no plain ${id}`);
    return () => act(columns, params, outputs);
  });
  return () => jobs.forEach((job) => job());
}
