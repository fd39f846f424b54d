// A chart's indicators all at once, and live: this package against plain JavaScript, an application's usual code and
// packages of npm. The same code runs in a page and in Node; whoever calls it passes the package and the rivals in.
//
//   const race = new Race(tvf, peers);  race.open(bars);  race.round() ..;  race.live(bars, rounds);  race.rows
//
// No time is taken before values agree.

import { app } from "./app.js";
import { plain } from "./plain.js";
import { barAt, walk } from "./walk.js";

export const SET = [
  { id: "sma", period: 20 },
  { id: "ema", period: 20 },
  { id: "wma", period: 20 },
  { id: "hma", period: 20 },
  { id: "vwma", period: 20 },
  { id: "rsi", period: 14 },
  { id: "atr", period: 14 },
  { id: "adx", period: 14 },
  { id: "stoch", period: 14, k: 3, d: 3 },
  { id: "macd" },
  { id: "bbands" },
  { id: "psar" },
  { id: "obv" },
  { id: "ichimoku" },
  { id: "keltner" },
  { id: "vwap" },
];
export const TICKS = 100_000;

const TOLERANCE = 1e-9;
const COMPARED = 50_000; // bars: what follows goes through the same code, in which a plain loop's sums drift
const SAMPLE_MS = 4;
const SLOW_ROUNDS = 5;
const SLOW_MS = 100;
const SLOWEST_MS = 1_000; // one round is enough
const HISTORY = 1_000;

const columnsOf = (result) => (ArrayBuffer.isView(result) ? [result] : Object.values(result));

// Where two columns differ by more than a share of the largest value; `theirs` may lack bars at its beginning.
function farthest(own, theirs, settled) {
  const offset = own.length - theirs.length;
  let size = 0;
  let far = 0;
  for (let i = settled; i < Math.min(own.length, COMPARED); i++) {
    const found = i < offset ? NaN : (theirs[i - offset] ?? NaN);
    if (Number.isNaN(own[i]) !== Number.isNaN(found)) return Infinity;
    if (Number.isNaN(found)) continue;
    size = Math.max(size, Math.abs(own[i]));
    far = Math.max(far, Math.abs(own[i] - found));
  }
  return size === 0 ? far : far / size;
}

export function assertClose(name, own, theirs, { settled = 0, close = TOLERANCE } = {}) {
  theirs.forEach((column, i) => {
    const far = farthest(own[i], column, settled);
    if (!(far <= close)) throw new Error(`${name}, output ${i}: apart by ${far.toExponential(1)}: no time is believed`);
  });
}

const clock = (run, repeats) => {
  const start = performance.now();
  for (let i = 0; i < repeats; i++) run();
  return (performance.now() - start) / repeats;
};

const middle = (sorted) => {
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

export class Race {
  rows = [];
  lacks = {};

  /** `peers` is the function of benchmarks/js/peers.mjs; without it they do not take part. */
  constructor({ Bars, catalog }, peers) {
    this.Bars = Bars;
    this.catalog = new Map(catalog().map((entry) => [entry.id, entry]));
    this.peers = peers;
  }

  /** Puts bars in, compares what all contenders compute on them, and readies them for rounds. */
  open(length) {
    const columns = walk(length);
    const bars = this.Bars.from(columns);
    const values = (members) => bars.compute(members).map(columnsOf);
    this.contenders = [];
    this.length = length;
    const add = (name, run, members) => this.contenders.push({ name, run, members: members.length, samples: [] });

    add("tvf", () => bars.compute(SET), SET);
    const into = bars.compute(SET);
    add("tvf, into the same arrays", () => bars.compute(SET, { into }), SET);
    add("tvf, left in its memory", () => bars.attach(SET).forEach((handle) => handle.free()), SET);

    const params = SET.map((member) => ({
      ...Object.fromEntries(this.catalog.get(member.id).params.map((p) => [p.name, p.default])),
      ...member,
    }));
    const makeOutputs = () =>
      SET.map(({ id }) => Object.fromEntries(this.catalog.get(id).outputs.map((o) => [o.name, new Float64Array(length)])));
    const loops = (outputs) => SET.forEach(({ id }, i) => plain[id](columns, params[i], outputs[i]));
    const kept = makeOutputs();
    loops(kept);
    const own = values(SET);
    SET.forEach(({ id }, i) => assertClose(`plain ${id}`, own[i], Object.values(kept[i])));
    add("plain", () => loops(kept), SET);
    add("plain, new arrays", () => loops(makeOutputs()), SET);

    const objects = Array.from({ length }, (_, i) => barAt(columns, i));
    add("app", () => SET.forEach(({ id }, i) => app[id](objects, params[i])), SET);

    for (const [name, { indicators, lacks }] of Object.entries(this.peers?.(columns) ?? {})) {
      const list = Object.values(indicators);
      const members = list.map(({ member }) => member);
      const expected = values(members);
      list.forEach((one, i) => assertClose(`${name} ${one.member.id}`, expected[i], one.show(one.run()), one));
      add(name, () => list.forEach((one) => one.run()), members);
      add(`tvf, as ${name}`, () => bars.compute(members), members);
      this.lacks[name] = lacks;
    }
    this.close = () => bars.free();
    this.turn = 0;
  }

  /** One sample of each contender, in another order each round. Slow ones leave after some rounds. */
  round() {
    const { contenders, turn } = this;
    for (let i = 0; i < contenders.length; i++) {
      const one = contenders[(i + turn) % contenders.length];
      if (one.repeats === undefined) {
        // Warm: the compiler has to see a function often enough before it optimises it.
        const once = clock(one.run, 1);
        if (once < SLOW_MS) clock(one.run, Math.ceil(SLOW_MS / Math.max(once, 0.01)));
        one.once = once > SLOWEST_MS ? once : clock(one.run, 1);
        one.repeats = Math.max(1, Math.ceil(SAMPLE_MS / Math.max(one.once, 0.002)));
      }
      const most = one.once > SLOWEST_MS ? 1 : one.once > SLOW_MS ? SLOW_ROUNDS : Infinity;
      if (one.samples.length >= most) continue;
      one.samples.push(clock(one.run, one.repeats));
    }
    this.turn++;
  }

  /** Ends the rounds and keeps their samples. */
  shut() {
    for (const { name, samples, members } of this.contenders) {
      this.keep("set", name, this.length, "ns per bar", samples.map((ms) => (ms * 1e6) / this.length), { members });
    }
    this.close();
    this.contenders = [];
  }

  keep(kind, name, bars, unit, samples, more) {
    const sorted = samples.toSorted((a, b) => a - b);
    const summary = { median: middle(sorted), min: sorted[0], max: sorted.at(-1), samples };
    this.rows.push({ kind, name, bars, unit, ...more, ...summary });
  }

  /** The set live after so many bars: all ticks in one timed loop, first as closed bars, then as changes of the last. */
  live(length, rounds) {
    const columns = walk(length + TICKS);
    const before = Object.fromEntries(Object.entries(columns).map(([name, all]) => [name, all.slice(0, length)]));
    const ticks = Array.from({ length: TICKS }, (_, i) => barAt(columns, length + i));
    const changes = ticks.map((tick) => ({ ...tick, time: ticks[TICKS - 1].time }));
    const times = { push: [], replace: [] };
    for (let round = 0; round <= rounds; round++) {
      const bars = this.Bars.from(before);
      bars.reserve(length + TICKS);
      const handles = bars.attach(SET);
      const push = clock(() => ticks.forEach((tick) => bars.push(tick)), 1) / TICKS;
      const replace = clock(() => changes.forEach((tick) => bars.replace(tick)), 1) / TICKS;
      if (round === 0) {
        const whole = bars.compute(SET).map(columnsOf);
        handles.forEach((handle, i) => assertLast(`live ${SET[i].id}`, whole[i], handle.last(), { close: 0 }));
      } else {
        times.push.push(push * 1e6);
        times.replace.push(replace * 1e6);
      }
      bars.free();
    }
    for (const [kind, samples] of Object.entries(times)) {
      this.keep(kind, "tvf", length, "ns per tick", samples, { members: SET.length });
    }
  }

  /** Packages that take one bar after the other, after a short history. */
  livePeers(rounds) {
    const columns = walk(HISTORY + TICKS);
    const bars = this.Bars.from(columns);
    const all = Array.from({ length: HISTORY + TICKS }, (_, i) => barAt(columns, i));
    for (const [name, { indicators, replaces }] of Object.entries(this.peers?.(columns) ?? {})) {
      const list = Object.values(indicators).filter(({ live }) => live);
      if (list.length === 0) continue;
      const times = { push: [], replace: [] };
      let last = [];
      for (let round = 0; round <= rounds; round++) {
        const steps = list.map(({ live }) => live());
        const feed = (from, to, replace) => {
          for (let i = from; i < to; i++) last = steps.map((step) => step(all[i], replace));
        };
        feed(0, HISTORY, false);
        const push = clock(() => feed(HISTORY, HISTORY + TICKS, false), 1) / TICKS;
        const replace = replaces ? clock(() => feed(HISTORY, HISTORY + TICKS, true), 1) / TICKS : NaN;
        if (round === 0) {
          const whole = bars.compute(list.map(({ member }) => member)).map(columnsOf);
          list.forEach((one, i) => assertLast(`live ${name} ${one.member.id}`, whole[i], one.show([last[i]]).flat(), one));
        } else {
          times.push.push(push * 1e6);
          if (replaces) times.replace.push(replace * 1e6);
        }
      }
      for (const [kind, samples] of Object.entries(times)) {
        if (samples.length > 0) this.keep(kind, name, HISTORY, "ns per tick", samples, { members: list.length });
      }
    }
    bars.free();
  }
}

// What a live indicator says last must be what the whole series says there.
function assertLast(name, whole, last, { close = TOLERANCE } = {}) {
  const values = typeof last === "number" ? [last] : Object.values(last);
  assertClose(name, whole.map((column) => column.subarray(-1)), values.map((value) => [value]), { close });
}
