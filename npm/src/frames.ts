/** Calls back before the next frame is drawn; what it gives back calls that off. */
export type Schedule = (act: () => void) => () => void;

/** The browser's frames; where there are none, as on a server, the next turn. */
export const nextFrame: Schedule = (act) => {
  if (typeof requestAnimationFrame === "function") {
    const number = requestAnimationFrame(act);
    return () => cancelAnimationFrame(number);
  }
  const number = setTimeout(act, 0);
  return () => clearTimeout(number);
};

/** Something to do at most once a frame, however often it is asked for. */
export class Frames {
  readonly #act: () => void;
  readonly #schedule: Schedule;
  #callOff: (() => void) | undefined;

  constructor(act: () => void, schedule: Schedule = nextFrame) {
    this.#act = act;
    this.#schedule = schedule;
  }

  /** Has it done before the next frame. */
  ask(): void {
    this.#callOff ??= this.#schedule(() => {
      this.#callOff = undefined;
      this.#act();
    });
  }

  /** Does it no more, unless it is asked again. */
  callOff(): void {
    this.#callOff?.();
    this.#callOff = undefined;
  }
}
