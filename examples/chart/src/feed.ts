import { BarBuilder, type Bars } from "tvf";
import type { Rule } from "./data";
import { nextOpening, SESSION } from "./market";
import { normalFrom } from "./random";

/** How many ticks make a bar. */
const PER_BAR = 120;
/** How often ticks arrive: a timer of a browser fires no faster than this. */
const TURN = 16;

/**
 * A simulated feed: trades that walk on from the last close, always the same ones. A builder makes bars of them, and has
 * the bars and all that is attached to them follow. It also tells what a tick costs.
 */
export class Feed {
  readonly #bars: Bars;
  readonly #builder: BarBuilder;
  /** The time between two ticks while the market is open, in milliseconds. */
  readonly #pace: number;
  readonly #normal = normalFrom(23);
  readonly #volatility: number;
  /** What is traded in a tick, on average. */
  readonly #volume: number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #price: number;
  #time: number;
  /** When the session of the last tick ends; a history ends with a session. */
  #closing = -Infinity;
  #due = 0;
  #spent = 0;
  #counted = 0;

  constructor(bars: Bars, { timeframe, options, length }: Rule) {
    this.#bars = bars;
    this.#builder = new BarBuilder(timeframe, options).into(bars);
    this.#pace = length / PER_BAR;
    const { time = 0, close: last = 100 } = bars.at(-1) ?? {};
    this.#time = time;
    this.#price = last;
    const { close = new Float64Array(), volume = new Float64Array() } = bars.window(-200);
    this.#volume = volume.reduce((sum, traded) => sum + traded, 0) / Math.max(volume.length, 1) / PER_BAR;
    const moves = close.slice(1).map((price, i) => Math.log(price / (close[i] as number)) ** 2);
    this.#volatility = Math.sqrt(moves.reduce((sum, move) => sum + move, 0) / Math.max(moves.length, 1) / PER_BAR);
  }

  /** Ticks a second; 0 stops it. */
  run(rate: number): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (rate <= 0) return;
    let last = performance.now();
    this.#timer = setInterval(() => {
      const now = performance.now();
      // A page in the background gets few turns; it does not make up for them.
      this.#due = Math.min(this.#due + ((now - last) * rate) / 1000, rate);
      last = now;
      const count = Math.floor(this.#due);
      this.#due -= count;
      this.ticks(count);
    }, TURN);
  }

  /** So many ticks at once. */
  ticks(count: number): void {
    if (this.#bars.isFreed) return this.run(0);
    const began = performance.now();
    for (let i = 0; i < count; i++) this.#tick();
    this.#spent += performance.now() - began;
    this.#counted += count;
  }

  /** Microseconds a tick since it was asked for before, all that follows the bars included. */
  cost(): number | undefined {
    if (this.#counted === 0) return undefined;
    const cost = (1000 * this.#spent) / this.#counted;
    this.#spent = 0;
    this.#counted = 0;
    return cost;
  }

  /** Ends it, and gives the builder's memory back. */
  free(): void {
    this.run(0);
    this.#builder.free();
  }

  #tick(): void {
    this.#time += this.#pace;
    if (this.#time >= this.#closing) {
      this.#time = nextOpening(this.#time);
      this.#closing = this.#time + SESSION;
    }
    this.#price *= Math.exp(this.#volatility * this.#normal());
    const size = Math.round(this.#volume * (0.6 + 0.5 * Math.abs(this.#normal())));
    this.#builder.tick({ time: this.#time, price: this.#price, size });
  }
}
