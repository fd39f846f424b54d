import type { Span } from "./page.js";

/**
 * The bars of a page as a chart counts them: seconds that rise. Of bars that share a time a chart shows the last one;
 * bars without a time it cannot show.
 */
export class Timeline implements Span {
  readonly from: number;
  /** The seconds of each point. */
  readonly seconds: number[] = [];
  /** The bar of each point. */
  readonly bars: number[] = [];
  /** Whether it ends with the last bar there is. */
  readonly isLast: boolean;
  #to: number;
  #future: number[] = [];

  /** Of the times of the bars `from..`, in milliseconds. */
  constructor(from: number, times: ArrayLike<number>, isLast: boolean) {
    this.from = from;
    this.isLast = isLast;
    this.#to = from;
    for (let i = 0; i < times.length; i++) this.add(times[i] as number);
  }

  get to(): number {
    return this.#to;
  }

  /** Takes the next bar. */
  add(time: number): void {
    const bar = this.#to++;
    if (!Number.isFinite(time)) return;
    this.#future = [];
    const second = time / 1000;
    const last = this.seconds.length - 1;
    if (last >= 0 && second === this.seconds[last]) {
      this.bars[last] = bar;
      return;
    }
    this.seconds.push(second);
    this.bars.push(bar);
  }

  /** The time of the last point, in seconds. */
  get last(): number | undefined {
    return this.seconds[this.seconds.length - 1];
  }

  /** The first point at or after a time in seconds. */
  pointAt(second: number): number {
    let [low, high] = [0, this.seconds.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.seconds[middle] as number) < second) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The bars between two times in seconds, both included. */
  between(first: number, last: number): Span {
    if (this.seconds.length === 0) return { from: this.from, to: this.from };
    const start = Math.min(this.pointAt(first), this.seconds.length - 1);
    const end = this.pointAt(last);
    const shown = this.seconds[end] === last ? end : end - 1;
    const from = this.bars[start] as number;
    return { from, to: Math.max(from, (this.bars[Math.max(shown, start)] as number) + 1) };
  }

  /** The point of a bar, if it has one in this page. */
  pointOf(bar: number): number | undefined {
    // Where no bar is left out, which is nearly always.
    const guess = bar - this.from;
    if (this.bars[guess] === bar) return guess;
    let [low, high] = [0, this.bars.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.bars[middle] as number) < bar) low = middle + 1;
      else high = middle;
    }
    return low < this.bars.length ? low : undefined;
  }

  /** The times of bars that are yet to come: as far apart as the latest, and without weekends where those had none. */
  future(bars: number): readonly number[] {
    if (this.#future.length >= bars) return this.#future.length > bars ? this.#future.slice(0, bars) : this.#future;
    const step = this.#step();
    const last = this.last;
    if (last === undefined || step === undefined) return [];
    const weekends = step < DAY || step >= 2 * DAY || this.seconds.slice(-RECENT).some(isWeekend);
    const times: number[] = [];
    for (let at = last + step; times.length < bars; at += step) if (weekends || !isWeekend(at)) times.push(at);
    this.#future = times;
    return times;
  }

  /** The usual distance of two bars. */
  #step(): number | undefined {
    const recent = this.seconds.slice(-RECENT);
    const apart = recent.slice(1).map((second, i) => second - (recent[i] as number));
    return apart.sort((a, b) => a - b)[apart.length >> 1];
  }
}

const DAY = 86_400;
/** How many bars tell how far apart bars are. */
const RECENT = 60;

function isWeekend(second: number): boolean {
  const day = new Date(second * 1000).getUTCDay();
  return day === 0 || day === 6;
}
