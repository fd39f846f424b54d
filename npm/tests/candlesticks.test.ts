import { beforeAll, expect, test } from "vitest";
import init, {
  Bars,
  CANDLESTICKS,
  candlestick,
  candlestickPatterns,
  Candlesticks,
  candlesticks,
  explainCandlestick,
} from "../src/index.js";
import { expectCode, walk } from "./support.js";

beforeAll(() => init());

/** Bars in whole ticks, by which many patterns come about. */
function ticks(n: number, seed = 1) {
  const { open, high, low, close } = walk(n, seed);
  const round = (column: Float64Array) => column.map((x) => Math.round(x * 4) / 4);
  return { open: round(open), high: round(high), low: round(low), close: round(close) };
}

const columnsOf = ({ open, high, low, close }: ReturnType<typeof ticks>) => [open, high, low, close] as const;
const part = (bars: ReturnType<typeof ticks>, from: number, to?: number) =>
  columnsOf(bars).map((column) => column.subarray(from, to)) as unknown as ReturnType<typeof columnsOf>;

test("engulfing as in the book", () => {
  const prices = [[10, 9, 7.5, 7], [10.5, 9, 9.5, 12], [8.5, 7.5, 7, 6], [9, 8, 9, 11]] as const;
  expect(Array.from(candlestick(...prices, "engulfing"))).toEqual([0, 0, 80, 0]);
  expect(Array.from(candlestick(...prices, "engulfing", { partial: false }))).toEqual([0, 0, 0, 0]);
});

test("all at once are each alone, of columns and of bars", () => {
  const source = ticks(3000);
  const all = candlesticks(...columnsOf(source));
  expect(Object.keys(all)).toEqual([...CANDLESTICKS]);
  expect(CANDLESTICKS).toHaveLength(61);
  using bars = Bars.from(source);
  const resident = bars.candlesticks();
  let seen = 0;
  for (const name of CANDLESTICKS) {
    expect(all[name]).toBeInstanceOf(Int32Array);
    // As texts: an array is compared a number at a time.
    const expected = all[name].join();
    expect(resident[name].join()).toBe(expected);
    expect(candlestick(...columnsOf(source), name).join()).toBe(expected);
    expect(bars.candlestick(name).join()).toBe(expected);
    if (all[name].some((value) => value !== 0)) seen++;
  }
  expect(seen).toBeGreaterThan(20);
  const some = candlesticks(...columnsOf(source), { patterns: ["doji", "2crows"], trend: 10 });
  expect(Object.keys(some).sort()).toEqual(["2crows", "doji"]);
  expect(candlesticks([], [], [], []).doji).toHaveLength(0);
});

test("bar by bar is the whole series", () => {
  const source = ticks(300);
  const options = { trend: 20, penetration: 0.2 };
  const whole = candlesticks(...columnsOf(source), options);
  const at = (i: number) => Object.fromEntries(CANDLESTICKS.map((name) => [name, whole[name][i]]));
  let detector = new Candlesticks(undefined, options);
  const first = detector.extend(...part(source, 0, 150));
  for (const name of CANDLESTICKS) expect(first[name]).toEqual(whole[name].subarray(0, 150));
  for (let i = 150; i < 300; i++) {
    const bar = columnsOf(source).map((column) => column[i]) as [number, number, number, number];
    expect(detector.peek(...bar)).toEqual(at(i));
    detector.update(1, 2, 0.5, 1.5);
    expect(detector.replace(...bar)).toEqual(at(i));
    if (i % 50 === 0) {
      const state = detector.snapshot();
      detector.free();
      detector = Candlesticks.restore(state);
    }
  }
  expect(detector.bars).toBe(300);
  expect(detector.patterns).toEqual(CANDLESTICKS);
  detector.free();
  expect(detector.isFreed).toBe(true);
  expectCode(() => detector.update(1, 2, 0, 1), "freed");
});

test("a miss says why", () => {
  const source = ticks(100);
  const prices = columnsOf(source);
  using bars = Bars.from(source);
  for (const name of CANDLESTICKS) {
    const found = explainCandlestick(...prices, name, -1);
    expect(found).toEqual(explainCandlestick(...prices, name, 99));
    expect(bars.explainCandlestick(name, -1)).toEqual(found);
    const must = found.filter(({ sign, branch }) => sign === 0 && branch === "").every(({ met }) => met);
    expect(must || candlestick(...prices, name)[99] === 0).toBe(true);
  }
  const early = explainCandlestick(...prices, "doji", 3);
  expect(early.map(({ measured, needed, met }) => [measured, needed, met])).toEqual([[3, 10, false]]);
});

test("the definitions", () => {
  const found = candlestickPatterns();
  expect(found.map(({ id }) => id)).toEqual([...CANDLESTICKS]);
  expect(found.find(({ id }) => id === "engulfing")?.values).toEqual([-100, -80, 80, 100]);
  expect(found.find(({ id }) => id === "mathold")?.penetration).toBe(0.5);
});

test("what is wrong is said", () => {
  const prices = columnsOf(ticks(20));
  const wrong = (value: unknown) => value as never;
  const error = expectCode(() => candlestick(...prices, wrong("engulfin")), "unknown_pattern");
  expect(error.bound).toMatch(/^engulfing, /);
  expectCode(() => candlestick(...prices, wrong(3)), "unknown_pattern");
  for (const penetration of [-0.1, NaN, Infinity]) {
    expectCode(() => candlestick(...prices, "mathold", { penetration }), "param_range");
  }
  expectCode(() => candlestick(...prices, "doji", { partial: wrong(1) }), "param_type");
  for (const trend of [0, -1, 1e9]) expectCode(() => candlestick(...prices, "doji", { trend }), "param_range");
  expectCode(() => candlestick(...prices, "doji", { trend: 1.5 }), "param_type");
  expectCode(() => candlestick(...prices, "doji", wrong({ trends: 3 })), "unknown_param");
  expectCode(() => candlestick(prices[0], prices[1], [1], prices[3], "doji"), "input_length");
  expectCode(() => candlesticks(...prices, { patterns: wrong("doji") }), "param_type");
  expectCode(() => candlesticks(...prices, { patterns: ["doji", "doji"] }), "param_choice");
  for (const bar of [20, -21]) expectCode(() => explainCandlestick(...prices, "doji", bar), "input_range");
  using detector = new Candlesticks(["doji"]);
  expectCode(() => detector.replace(1, 2, 0, 1), "nothing_to_replace");
  expectCode(() => Candlesticks.restore(new Uint8Array(4)), "snapshot_format");
  using bars = Bars.from({ close: [1, 2] });
  expectCode(() => bars.candlestick("doji"), "unknown_column");
});
