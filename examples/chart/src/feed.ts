import type { Bars } from "tvf";
import { timeAfter } from "./data";
import { normalFrom } from "./random";

/** How many ticks make a bar. */
const PER_BAR = 120;
/** How often ticks arrive: a timer of a browser fires no faster than this. */
const TURN = 16;

interface LiveBar {
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

/** A simulated feed: ticks that walk on from the last close, always the same ones. It also tells what a tick costs. */
export class Feed {
  readonly #bars: Bars;
  readonly #step: number;
  readonly #normal = normalFrom(23);
  readonly #volatility: number;
  /** What is traded in a tick, on average. */
  readonly #volume: number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #bar: LiveBar;
  #ticks = 0;
  #due = 0;
  #spent = 0;
  #counted = 0;

  constructor(bars: Bars, step: number) {
    this.#bars = bars;
    this.#step = step;
    this.#bar = bars.at(-1) as unknown as LiveBar;
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

  #tick(): void {
    const price = this.#bar.close * Math.exp(this.#volatility * this.#normal());
    const volume = Math.round(this.#volume * (0.6 + 0.5 * Math.abs(this.#normal())));
    if (this.#ticks++ % PER_BAR === 0) {
      const time = timeAfter(this.#bar.time, this.#step);
      this.#bar = { time, open: price, high: price, low: price, close: price, volume };
      this.#bars.push(this.#bar);
      return;
    }
    const { high, low, volume: before } = this.#bar;
    this.#bar = { ...this.#bar, high: Math.max(high, price), low: Math.min(low, price), close: price, volume: before + volume };
    this.#bars.replace(this.#bar);
  }
}
