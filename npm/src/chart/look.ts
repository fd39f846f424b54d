import type * as Glue from "../../wasm/simd/tvf.js";
import { rangeOf } from "../bars.js";
import { numberOf, type Time } from "../columns.js";
import { failure, memoryNumbers } from "../core.js";
import { kindOf, TvfError } from "../errors.js";
import { freed, type Resident } from "../resident.js";
import type { ScaleKind } from "./scale.js";

/** Some of the bars, as `Array.slice` counts them; all that are not said. */
export interface Window {
  from?: number;
  to?: number;
}

/** The bars that are seen: from the first to the one before which they end. */
export interface Culled {
  from: number;
  to: number;
}

/** The ends of an axis. */
export interface Ends {
  low: number;
  high: number;
}

/** Room on an axis, as shares of it: at least 0, and less than 1 together. */
export interface Padding {
  top?: number;
  bottom?: number;
  /** What the axis is: on a log scale values of 0 and below are not seen. "linear" if not said. */
  scale?: ScaleKind;
}

/** What looks at bars have in common: the module's side of them, a tree that follows the bars when it is asked. */
export abstract class Look {
  /** @internal */
  protected readonly resident: Resident;
  #raw: Glue.View | undefined;

  /** @internal */
  protected constructor(resident: Resident) {
    this.resident = resident;
    this.#raw = new resident.core.glue.View();
  }

  /**
   * The bars whose time lies from one moment to another, both included. `margin` adds so many at both ends: with 1 a
   * line runs to the edges. Bars without a time have nothing to be found by.
   */
  cullTime(from: Time, to: Time, margin = 0): Culled {
    const { raw, core, bars } = this.open();
    const [first, last] = [numberOf("time", from), numberOf("time", to)];
    this.succeed(raw.cull_time(core.exchange, bars, first, last, numeric("margin", margin)));
    return this.culled();
  }

  /**
   * The bars that are seen between two places on an axis of bar numbers, such as a chart's logical range: a bar is as
   * wide as 1, with its number in the middle.
   */
  cullIndex(from: number, to: number, margin = 0): Culled {
    const { raw, core, bars } = this.open();
    const places = [numeric("from", from), numeric("to", to), numeric("margin", margin)] as const;
    this.succeed(raw.cull_index(core.exchange, bars, ...places));
    return this.culled();
  }

  /**
   * The ends of an axis on which the bars of a window lie, with room above and below; undefined where there is nothing to
   * be seen. What is flat is widened by a hundredth on both sides, around 0 by 1. The time it takes grows with the
   * logarithm of the window.
   */
  range(window: Window = {}, { top = 0, bottom = 0, scale = "linear" }: Padding = {}): Ends | undefined {
    const { raw, core, bars } = this.open();
    const { from, to } = this.window(window);
    const room = [String(scale), numeric("top", top), numeric("bottom", bottom)] as const;
    this.succeed(raw.range(core.exchange, bars, from, to, ...room));
    const low = this.number(0);
    return Number.isNaN(low) ? undefined : { low, high: this.number(1) };
  }

  /** Gives the memory back; the bars stay. Using it afterwards is an error. */
  free(): void {
    this.#raw?.free();
    this.#raw = undefined;
  }

  [Symbol.dispose](): void {
    this.free();
  }

  /** @internal The objects in the module; an error once they are freed. */
  protected open(): { raw: Glue.View; core: Resident["core"]; bars: Glue.Bars } {
    if (!this.#raw) throw freed("view");
    return { raw: this.#raw, core: this.resident.core, bars: this.resident.raw };
  }

  /** @internal */
  protected window(window: Window): Culled {
    return rangeOf(window, this.resident.length);
  }

  /** @internal A number of the last answer. */
  protected number(i: number): number {
    const { raw, core } = this.open();
    return memoryNumbers(core)[raw.numbers() / 8 + i] as number;
  }

  /** @internal */
  protected succeed(answer: boolean): void {
    if (!answer) throw failure(this.resident.core);
  }

  private culled(): Culled {
    return { from: this.number(0), to: this.number(1) };
  }
}

/** A number that a caller gave; anything else is refused before the module would read it as one. */
export function numeric(name: string, value: unknown): number {
  if (typeof value === "number") return value;
  throw new TvfError("param_type", `${name} must be a number, not ${kindOf(value)}`, name, "", "a number");
}

/** An array of at least so many values: one that is there, or a new one. */
export function arrayFor(length: number, room: unknown): Float64Array {
  return room instanceof Float64Array && room.length >= length ? room : new Float64Array(length);
}
