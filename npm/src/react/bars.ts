import { useMemo, useState } from "react";
import type { WorkerBars } from "../worker/bars.js";
import type { TvfWorker } from "../worker/start.js";
import { Bars, type BarSource } from "../bars.js";
import { useHeld } from "./held.js";
import { useTvf } from "./provider.js";

/**
 * Bars of a source, freed when the component goes or gets another source; undefined until the module runs and while
 * there is no source. A source is the same if it has the same columns, so that
 * `useBars({ time, close })` need not be memoised, but the columns, and arrays of bars, must be.
 *
 * Bars follow a feed with `push` and `replace`; the component is not rendered again for that.
 */
export function useBars(source: BarSource | null | undefined): Bars | undefined {
  const { ready } = useTvf();
  const same = useSame(source ?? undefined);
  return useHeld(
    ready ? same : undefined,
    (source) => Bars.from(source),
    (bars) => bars.free(),
  );
}

/**
 * Bars of a source in a worker, which is the caller's: undefined until they are loaded, and while there is no worker or
 * no source. Otherwise as {@link useBars}; the columns must not change before they are loaded.
 */
export function useWorkerBars(
  worker: TvfWorker | null | undefined,
  source: BarSource | null | undefined,
): WorkerBars | undefined {
  const same = useSame(source ?? undefined);
  const key = useMemo(() => (worker && same ? { worker, source: same } : undefined), [worker, same]);
  return useHeld(
    key,
    ({ worker, source }) => worker.bars(source),
    (bars) => bars.free(),
  );
}

/** The source of the last time, if this one has the same columns. */
function useSame(source: BarSource | undefined): BarSource | undefined {
  const [last, setLast] = useState(source);
  if (isSame(last, source)) return last;
  setLast(source);
  return source;
}

function isSame(a: BarSource | undefined, b: BarSource | undefined): boolean {
  if (a === b) return true;
  if (!a || !b || Array.isArray(a) || Array.isArray(b)) return false;
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => name in other && one[name] === other[name]);
}
