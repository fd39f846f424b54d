import { type Column, layInput } from "../columns.js";
import { core, exchanging, failure } from "../core.js";
import { arrayFor, type Ends, numeric } from "./look.js";
import { answered } from "./points.js";
import { type Ticks, ticksOf } from "./ticks.js";

/** What an axis shows: prices, prices with equal ratios equally far apart, percent from a base, or a base of 100. */
export type ScaleKind = "linear" | "log" | "percent" | "indexed";

/** An axis in pixels. */
export interface ScaleOptions {
  /** Its height in pixels; the top is 0. */
  height: number;
  /** The price that is 0 percent, or 100: what `percent` and `indexed` need. Often the first close that is seen. */
  base?: number;
  /** Whether its low end is at the top. */
  inverted?: boolean;
}

/**
 * An axis of prices. It goes from `low` to `high` in what it shows: prices, percent, or an index; so several symbols
 * share an axis of percent, each with a scale of its own base.
 */
export class Scale {
  readonly kind: ScaleKind;
  readonly low: number;
  readonly high: number;
  readonly height: number;
  readonly base: number;
  readonly inverted: boolean;
  readonly #kind: number;

  /** Refuses a range that is none, a log scale down to 0, a height below 0, and a base of 0. */
  constructor(kind: ScaleKind, { low, high }: Ends, { height, base = NaN, inverted = false }: ScaleOptions) {
    const running = core();
    const number = running.glue.scale_kind(running.exchange, String(kind));
    if (number === undefined) throw failure(running);
    this.kind = kind;
    this.#kind = number;
    this.low = numeric("low", low);
    this.high = numeric("high", high);
    this.height = numeric("height", height);
    this.base = numeric("base", base);
    this.inverted = Boolean(inverted);
    this.#at(0, NaN);
    if (running.exchange.failed()) throw failure(running);
  }

  /** The pixel of a price, also beyond the axis; NaN for a missing one, and on a log scale for 0 and below. */
  y(price: number): number {
    return this.#at(0, price);
  }

  /** The price at a pixel; NaN on an axis without height. */
  price(y: number): number {
    return this.#at(1, y);
  }

  /** What the axis shows of a price. A higher price shows more, also where the base is below 0. */
  shown(price: number): number {
    return this.#at(2, price);
  }

  /** The price of what the axis shows. */
  priceOf(shown: number): number {
    return this.#at(3, shown);
  }

  /** The pixel of what the axis shows, such as a tick. */
  yOf(shown: number): number {
    return this.#at(4, shown);
  }

  /** The pixels of many prices; `into` is filled where it is long enough. */
  ys(prices: Column, into?: Float64Array): Float64Array {
    return exchanging((core) => {
      layInput(core, "prices", prices);
      const { low, high, height, base, inverted } = this;
      const done = core.glue.scale_all(core.exchange, 0, this.#kind, low, high, height, base, inverted);
      if (!done) throw failure(core);
      const found = answered(core, 0, 0);
      if (into === undefined) return found;
      const array = arrayFor(found.length, into);
      array.set(found);
      return array;
    });
  }

  /**
   * Round numbers in what the axis shows, at most one more than `most`; `unit` is the least change of a price, of which
   * they are to be multiples.
   */
  ticks(most: number, unit = 0): Ticks {
    return ticksOf(this.low, this.high, most, unit, this.kind === "log");
  }

  #at(place: number, x: number): number {
    const { glue, exchange } = core();
    const { low, high, height, base, inverted } = this;
    return glue.scale(exchange, place, this.#kind, low, high, height, base, inverted, numeric("x", x));
  }
}
