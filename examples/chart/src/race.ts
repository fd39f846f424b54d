import type { Bars, Member } from "tvf";
import { catalog } from "tvf";
// The plain JavaScript that the harness measures against: the same definitions, typed arrays, nothing allocated per bar.
import { plain } from "../../../tvf_harness/page/plain.js";
import { SET_OF_16 } from "./set";

export type Engine = "wasm" | "js";
type Outputs = Record<string, Float64Array>;
type Plain = Record<string, (bars: Outputs, params: Record<string, unknown>, outputs: Outputs) => unknown>;

const RUNS = 9;

/** Milliseconds to compute the set over all bars, with arrays that are there: the median of some runs. */
export function timeEngine(engine: Engine, bars: Bars): number {
  const run = engine === "wasm" ? wasmRun(bars) : jsRun(bars);
  run();
  run();
  const times = Array.from({ length: RUNS }, () => {
    const began = performance.now();
    run();
    return performance.now() - began;
  });
  return times.sort((a, b) => a - b)[RUNS >> 1] as number;
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
