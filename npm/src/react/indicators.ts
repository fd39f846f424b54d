import { useEffect, useMemo, useReducer } from "react";
import type { Attached } from "../attached.js";
import type { Bars } from "../bars.js";
import { Frames } from "../frames.js";
import type { Member } from "../members.js";
import type { WorkerAttached, WorkerBars } from "../worker/bars.js";
import { useHeld } from "./held.js";

export interface IndicatorsOptions {
  /**
   * Whether the component is rendered again when the bars change, once a frame at most. It is not, if not said: read
   * the handles when you draw.
   */
  live?: boolean;
}

type Named = Readonly<Record<string, Member>>;
type Handles<M> = { -readonly [I in keyof M]: M[I] extends Member ? Attached<M[I]["id"]> | undefined : never };
type WorkerHandles<M> = { -readonly [I in keyof M]: M[I] extends Member ? WorkerAttached<M[I]["id"]> | undefined : never };

/**
 * Indicators that follow bars, freed when the component goes or gets others: a handle for each member, in an array or
 * by name as `bars.attach` gives them, each undefined until the bars are there. Members are compared by what they say,
 * so that they may be written where the hook is called. Of bars in a worker the handles are those of the worker.
 */
export function useIndicators<const M extends readonly Member[] | Named>(
  bars: Bars | undefined,
  members: M,
  options?: IndicatorsOptions,
): Handles<M>;
export function useIndicators<const M extends readonly Member[] | Named>(
  bars: WorkerBars | undefined,
  members: M,
  options?: IndicatorsOptions,
): WorkerHandles<M>;
export function useIndicators(
  bars: Bars | WorkerBars | undefined,
  members: readonly Member[] | Named,
  { live = false }: IndicatorsOptions = {},
): object {
  const said = JSON.stringify(members);
  // The bars of another component may be gone before this one is told.
  const key = useMemo(() => (bars && !bars.isFreed ? { bars, members } : undefined), [bars, said]);
  const handles = useHeld(
    key,
    ({ bars, members }) => (bars.isFreed ? EMPTY : attach(bars, members as readonly Member[])),
    (handles) => Object.values(handles).forEach((handle: Attached | WorkerAttached) => handle.free()),
  );
  useChanges(live ? bars : undefined);
  return handles ?? EMPTY;
}

/** Attaches to bars of either kind, whose types a union does not let one call. */
function attach(bars: Bars | WorkerBars, members: readonly Member[]): object | Promise<object> {
  return (bars as Bars).attach(members);
}

/** Neither a member by its place nor by its name. */
const EMPTY: object = Object.freeze([]);

/** Renders again when bars change, once a frame at most. */
function useChanges(bars: Bars | WorkerBars | undefined): void {
  const [, render] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    if (!bars || bars.isFreed) return undefined;
    const frames = new Frames(render);
    const unsubscribe = bars.subscribe(() => frames.ask());
    return () => {
      unsubscribe();
      frames.callOff();
    };
  }, [bars]);
}
