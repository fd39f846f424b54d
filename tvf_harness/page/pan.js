// A chart that is dragged and zoomed: which bars are seen, between which prices they lie, and the candles to draw.
// Nothing is timed before the answers are those of a loop over the bars.

import { walk } from "/page/walk.js";

const MINUTE = 60_000;

export class Pan {
  constructor(tvf, chart) {
    this.tvf = tvf;
    this.chart = chart;
  }

  open(count, most) {
    const columns = walk(count);
    this.columns = columns;
    this.count = count;
    this.most = most;
    this.start = columns.time[0];
    this.bars = this.tvf.Bars.from(columns);
    this.view = new this.chart.View(this.bars);
    const began = performance.now();
    this.view.range();
    this.built = performance.now() - began;
    this.candles = this.view.candles({}, most);
  }

  shut() {
    this.view.free();
    this.bars.free();
  }

  // One step: what a chart does for a frame.
  step(from, to) {
    const { view } = this;
    const seen = view.cullTime(this.start + from * MINUTE, this.start + to * MINUTE, 1);
    const ends = view.range(seen, { top: 0.1, bottom: 0.1 });
    this.candles = view.candles(seen, this.most, this.candles);
    return [seen, ends];
  }

  check(seen) {
    for (const from of [0, 0.37, 1]) {
      const first = Math.floor((this.count - seen) * from);
      const [window] = this.step(first, first + seen - 1);
      const { high, low } = this.columns;
      let [least, greatest] = [Infinity, -Infinity];
      for (let i = window.from; i < window.to; i++) {
        if (low[i] < least) least = low[i];
        if (high[i] > greatest) greatest = high[i];
      }
      const ends = this.view.range(window);
      if (ends.low !== least || ends.high !== greatest) throw new Error(`bars ${first}: the range is another`);
      const { length, start, step } = this.candles;
      for (let c = 0; c < length; c++) {
        let top = -Infinity;
        for (let i = start + c * step; i < Math.min(start + (c + 1) * step, this.count); i++) {
          if (high[i] > top) top = high[i];
        }
        if (this.candles.high[c] !== top) throw new Error(`bars ${first}: candle ${c} is another`);
      }
    }
  }

  // Microseconds of each step of a drag over all bars, `seen` at a time.
  drag(seen, steps) {
    this.check(seen);
    const found = [];
    for (let i = 0; i < steps; i++) {
      const from = ((this.count - seen) * i) / steps;
      const began = performance.now();
      this.step(from, from + seen - 1);
      found.push((performance.now() - began) * 1000);
    }
    return found;
  }

  // The same for a zoom from few bars to all of them and back, and a tick before each step.
  zoom(steps) {
    const found = [];
    const last = this.count - 1;
    const bar = Object.fromEntries(Object.entries(this.columns).map(([name, column]) => [name, column[last]]));
    for (let i = 0; i < steps; i++) {
      const share = Math.abs((2 * i) / steps - 1);
      const seen = Math.max(50, Math.floor(this.count * share ** 4));
      this.bars.replace(bar);
      const began = performance.now();
      this.step(last - seen + 1, last);
      found.push((performance.now() - began) * 1000);
    }
    return found;
  }
}
