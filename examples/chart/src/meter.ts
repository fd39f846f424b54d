/** How long frames take: the time that 95 of 100 do not exceed, over the last seconds. */
export class FrameMeter {
  readonly #times: number[] = [];
  #request = 0;
  #last = 0;

  start(): () => void {
    const tick = (now: number) => {
      if (this.#last > 0) this.#times.push(now - this.#last);
      if (this.#times.length > 300) this.#times.shift();
      this.#last = now;
      this.#request = requestAnimationFrame(tick);
    };
    this.#request = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(this.#request);
  }

  /** Forgets what was. */
  clear(): void {
    this.#times.length = 0;
    this.#last = 0;
  }

  get count(): number {
    return this.#times.length;
  }

  p95(): number | undefined {
    if (this.#times.length < 20) return undefined;
    const sorted = this.#times.toSorted((a, b) => a - b);
    return sorted[Math.ceil(0.95 * sorted.length) - 1];
  }
}
