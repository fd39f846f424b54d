import { beforeAll, expect, test } from "vitest";
import init, {
  type Column,
  elliott,
  families,
  type FamilyId,
  harmonic,
  type Pattern,
  type PatternMiss,
  PatternWatch,
  pricePatterns,
  td,
  TvfError,
} from "../src/index.js";
import { errorOf, expectCode, walk } from "./support.js";

beforeAll(() => init());

/** Bars of a random walk with swings of many bars. */
function swings(n = 3000, seed = 1) {
  const bars = walk(n, seed);
  const wave = (i: number) => 1 + 0.1 * Math.sin(i / 9) + 0.07 * Math.sin(i / 23);
  for (const name of ["open", "high", "low", "close"] as const) {
    bars[name] = bars[name].map((x, i) => x * wave(i));
  }
  return bars;
}

const SEARCHES = { elliott, harmonic, td, price_patterns: pricePatterns } as Record<
  FamilyId,
  (...args: readonly unknown[]) => Pattern[]
>;
const IDS = Object.keys(SEARCHES) as FamilyId[];

function columnsOf(id: FamilyId, bars: ReturnType<typeof swings>): Float64Array[] {
  const { inputs } = families().find((family) => family.id === id)!;
  return inputs.map(({ name }) => bars[name as keyof typeof bars]);
}

test("every family has a function, and texts", () => {
  expect(families().map(({ id }) => id).sort()).toEqual([...IDS].sort());
  for (const family of families()) {
    expect(family.summary).not.toBe("");
    expect(family.rules.length).toBeGreaterThan(2);
    for (const words of [family.shapes, family.roles, family.parts, family.targets, family.conditions, family.params]) {
      for (const { name, doc } of words) expect([name, typeof doc, doc === ""]).toEqual([name, "string", false]);
    }
  }
});

test.each(IDS)("%s: what is found speaks the family's words", (id) => {
  const family = families().find((family) => family.id === id)!;
  const found = SEARCHES[id](...columnsOf(id, swings()));
  expect(found.length).toBeGreaterThan(3);
  const has = (words: readonly { name: string }[], name: string) => words.some((word) => word.name === name);
  for (const pattern of found) {
    expect(has(family.shapes, pattern.name)).toBe(true);
    expect(pattern.points.every(({ role, time, bar }) => has(family.roles, role) && time === swings().time[bar])).toBe(true);
    expect(Object.keys(pattern.parts).every((name) => has(family.parts, name))).toBe(true);
    expect(Object.keys(pattern.targets).every((name) => has(family.targets, name))).toBe(true);
    expect(pattern.confirmed).toBeGreaterThanOrEqual(pattern.detected);
  }
});

test.each(IDS)("%s: bar by bar as at once, revised bars included", (id) => {
  const bars = swings(900);
  const columns = columnsOf(id, bars);
  using watch = new PatternWatch({ family: id });
  const found: Pattern[] = [];
  for (let i = 0; i < 900; i++) {
    const { time, open, high, low, close, volume } = Object.fromEntries(
      Object.entries(bars).map(([name, column]) => [name, column[i]]),
    ) as Record<"time" | "open" | "high" | "low" | "close" | "volume", number>;
    const bar = { time, open, high, low, close, volume };
    watch.update({ ...bar, high: high * 1.1 });
    const certain = watch.replace(bar);
    if (i % 50 === 0) {
      const next = watch.forming();
      watch.peek({ ...bar, high: high * 2, low: low / 2 });
      expect([watch.bars, watch.forming()]).toEqual([i + 1, next]);
    }
    found.push(...certain);
  }
  expect(found).toEqual(SEARCHES[id](...columns));
  expect(watch.forming()).toEqual(SEARCHES[id](...columns, { forming: true }));
  expect(watch.bars).toBe(900);
});

test.each(IDS)("%s: near misses name what is not met", (id) => {
  const misses = SEARCHES[id](...columnsOf(id, swings()), { misses: true }) as unknown as PatternMiss[];
  expect(misses.length).toBeGreaterThan(0);
  for (const { conditions } of misses) {
    expect(conditions.some(({ measured, low, high }) => !(low <= measured && measured <= high))).toBe(true);
  }
});

test("wrong calls are errors with name and bound", () => {
  const { high, low, close } = swings(50);
  expect(expectCode(() => harmonic(high, low, close, { tolerance: -1 }), "param_range").parameter).toBe("tolerance");
  expectCode(() => harmonic(high, low.subarray(1), close), "input_length");
  expectCode(() => harmonic(high, low, undefined as unknown as Column), "input_count");
  expectCode(() => harmonic(high, low, close, { forming: true, misses: true } as never), "param_choice");
  expect(expectCode(() => pricePatterns(high, low, close, { volume_ratio: 1.5 }), "param_range").parameter).toBe("volume_ratio");
  expectCode(() => pricePatterns(high, low, close, high.map((x) => -x)), "input_range");
  expectCode(() => new PatternWatch({ family: "harmonics" as FamilyId }), "unknown_family");
  const watch = new PatternWatch({ family: "harmonic" });
  expectCode(() => watch.replace({ high: 2, low: 1, close: 1.5 }), "nothing_to_replace");
  expect(expectCode(() => watch.update({ high: 2, low: 1 }), "input_count").parameter).toBe("close");
  expectCode(() => watch.peek(2 as never), "input_type");
  watch.free();
  expectCode(() => watch.update({ high: 2, low: 1, close: 1.5 }), "freed");
  expect(errorOf(() => watch.bars)).toBeInstanceOf(TvfError);
});
