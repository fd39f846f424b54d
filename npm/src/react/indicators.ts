import { useEffect, useMemo, useReducer } from "react";
import type { Attached } from "../attached.js";
import type { Bars } from "../bars.js";
import { Frames } from "../frames.js";
import type { Member } from "../members.js";
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

/**
 * Indicators that follow bars, freed when the component goes or gets others: a handle for each member, in an array or
 * by name as `bars.attach` gives them, each undefined until the bars are there. Members are compared by what they say,
 * so that they may be written where the hook is called.
 */
export function useIndicators<const M extends readonly Member[] | Named>(
  bars: Bars | undefined,
  members: M,
  { live = false }: IndicatorsOptions = {},
): Handles<M> {
  const said = JSON.stringify(members);
  // The bars of another component may be gone before this one is told.
  const key = useMemo(() => (bars && !bars.isFreed ? { bars, members } : undefined), [bars, said]);
  const handles = useHeld(
    key,
    ({ bars, members }): object => (bars.isFreed ? EMPTY : bars.attach(members as readonly Member[])),
    (handles) => Object.values(handles).forEach((handle: Attached) => handle.free()),
  );
  useChanges(live ? bars : undefined);
  return (handles ?? EMPTY) as Handles<M>;
}

/** Neither a member by its place nor by its name. */
const EMPTY: object = Object.freeze([]);

/** Renders again when bars change, once a frame at most. */
function useChanges(bars: Bars | undefined): void {
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
