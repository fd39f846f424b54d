// Patterns on a chart: what is told of closed bars, what of the one that is not, and what is drawn.
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import init, { Bars, candlesticks, elliott, type FamilyId, harmonic, type Pattern, pricePatterns, td, TransformedBars } from "../../src/index.js";
import { chartBars } from "../../src/lightweight-charts/index.js";
import { Labels, uncovered } from "../../src/lightweight-charts/pattern_drawing.js";
import { barAt, expectCode, slice, walk } from "../support.js";
import { asChart, FakeChart, strokesOf } from "./fake.js";

interface Mark {
  time: number;
  position: string;
  text: string;
}

let marks: Mark[] = [];
let isAttached = false;
vi.mock("lightweight-charts", async (original) => ({
  ...(await original<object>()),
  createSeriesMarkers: () => {
    isAttached = true;
    return { setMarkers: (given: Mark[]) => void (marks = given), detach: () => void (isAttached = false) };
  },
}));

beforeAll(() => init());
beforeEach(() => {
  marks = [];
});

const data = walk(1500);
// With these there are some among the bars.
const HARMONIC = { tolerance: 0.2, reversal: 1 } as const;
const FAMILIES: readonly FamilyId[] = ["price_patterns", "harmonic", "td", "elliott"];

function setUp(to = 800, style?: Parameters<typeof chartBars>[2]) {
  const bars = Bars.from(slice(data, 0, to));
  const chart = new FakeChart();
  const shown = chartBars(asChart(chart), bars, { page: 400, schedule: () => () => {}, ...style });
  return { bars, chart, shown, price: chart.series[0]! };
}

/** What the family's function finds in some bars. */
function found(family: FamilyId, bars: Bars, to: number, forming = false): Pattern[] {
  const { time, open, high, low, close, volume } = bars.window(0, to) as Record<string, Float64Array>;
  const options = { forming, ...(family === "harmonic" ? HARMONIC : {}) };
  if (family === "price_patterns") return pricePatterns(high!, low!, close!, volume!, time!, options);
  if (family === "td") return td(high!, low!, close!, time!, open!, options);
  return (family === "harmonic" ? harmonic : elliott)(high!, low!, close!, time!, options);
}

function words(price: ReturnType<typeof setUp>["price"]): string[] {
  return strokesOf(price).filter(([name]) => name === "fillText").map(([, text]) => String(text));
}

test.each(FAMILIES)("%s of closed bars are certain, those of the last bar are not", (family) => {
  const { bars, shown } = setUp();
  const patterns = shown.addPatterns(family === "harmonic" ? { family, ...HARMONIC } : family);
  const told = vi.fn();
  const end = patterns.subscribe(told);
  let [next, changes] = [800, 0];
  for (let i = 0; i < 400; i++) {
    const before = patterns.patterns;
    if (i % 3 === 0) bars.replace({ ...barAt(data, next - 1), close: barAt(data, next - 1).low });
    bars.push(barAt(data, next++));
    shown.flush();
    changes += Number(patterns.patterns !== before);
    if (i % 40 !== 0) continue;
    expect(patterns.patterns).toEqual(found(family, bars, bars.length - 1));
    const alone = found(family, bars, bars.length).slice(patterns.patterns.length);
    const forming = [...found(family, bars, bars.length - 1, true), ...alone.map((one) => ({ ...one, confirmed: null }))];
    expect(patterns.forming).toEqual(forming);
  }
  expect(changes).toBeGreaterThan(2);
  expect(told.mock.calls.length).toBeGreaterThanOrEqual(changes);
  end();
  const calls = told.mock.calls.length;
  patterns.select(patterns.patterns[0]);
  expect(told.mock.calls.length).toBe(calls);
});

test("a pattern is drawn with its points and its zone, and a selected one with what follows from it", () => {
  const { bars, chart, shown, price } = setUp();
  const patterns = shown.addPatterns({ family: "harmonic", ...HARMONIC }, { forming: false });
  expect(patterns.forming).toEqual([]);
  expect(patterns.member).toMatchObject({ family: "harmonic", tolerance: 0.2 });
  const pattern = patterns.patterns.findLast(({ points }) => points.length === 5)!;
  shown.see(pattern.points[0]!.bar - 10, pattern.confirmed! + 10);
  chart.draw();
  shown.flush();
  const title = `${pattern.name.replaceAll("_", " ")} ${pattern.score.toFixed(2)}`;
  expect(words(price)).toContain(title);
  expect(words(price).some((one) => one.startsWith("target"))).toBe(false);
  const rects = strokesOf(price).filter(([name]) => name === "fillRect").length;
  expect(rects).toBeGreaterThan(0);
  patterns.select(pattern);
  for (const { role } of pattern.points) expect(words(price)).toContain(role);
  const target = Object.values(pattern.targets)[0]!;
  expect(words(price).some((one) => one.startsWith("target") && one.endsWith(target.toFixed(2)))).toBe(true);
  expect(words(price)).toContain(`failure ${pattern.invalidation!.toFixed(2)}`);
  // Where the bars are: ten pixels apart, and prices are their own pixels.
  const start = shown.page.seconds.indexOf(pattern.points[0]!.time! / 1000);
  const x = 10 * (start - chart.range.from);
  const moves = strokesOf(price).filter(([name]) => name === "moveTo");
  expect(moves.some(([, at, y]) => Math.abs((at as number) - x) < 1e-9 && y === pattern.points[0]!.price)).toBe(true);
  patterns.setVisible(false);
  expect(strokesOf(price)).toEqual([]);
  patterns.setVisible(true);
  patterns.remove();
  expect(strokesOf(price)).toEqual([]);
  expect(bars.length).toBe(800);
});

test("bars of TD are counted beside them, and lines of price patterns go through their points", () => {
  const { shown, price } = setUp();
  shown.addPatterns("td");
  expect(words(price)).toContain("9");
  const other = setUp();
  const patterns = other.shown.addPatterns("price_patterns");
  const lines = patterns.patterns.find(({ points }) => points.filter(({ role }) => role === "upper line").length > 1)!;
  other.shown.see(lines.points[0]!.bar, lines.confirmed!);
  other.chart.draw();
  other.shown.flush();
  const [first] = lines.points.filter(({ role }) => role === "upper line");
  expect(strokesOf(other.price).some(([name, , y]) => name === "moveTo" && y === first!.price)).toBe(true);
});

test("of patterns over each other the best is drawn, and whichever is selected", () => {
  const at = (from: number, to: number, score: number) =>
    ({ score, confirmed: to, points: [from, to].map((bar) => ({ bar })) }) as unknown as Pattern;
  const [good, bad, apart, long] = [at(0, 10, 0.9), at(1, 11, 0.5), at(20, 30, 0.4), at(0, 100, 0.2)] as const;
  expect(uncovered([bad, good, apart, long], undefined, "elliott")).toEqual([good, apart, long]);
  expect(uncovered([bad, good, apart, long], bad, "elliott")).toEqual([bad, apart, long]);
  expect(uncovered([bad, good], undefined, "td")).toEqual([good, bad]);
});

test("words are not written over words", () => {
  const written: string[] = [];
  const context = { measureText: (words: string) => ({ width: 6 * words.length }), fillText: (words: string) => written.push(words) };
  const labels = new Labels();
  const write = (words: string, y: number, always = false) =>
    labels.write(context as unknown as CanvasRenderingContext2D, words, 100, y, "above", "#fff", always);
  write("one", 50);
  write("two", 55);
  write("three", 80);
  write("four", 52, true);
  expect(written).toEqual(["one", "three", "four"]);
});

test("candlesticks are marked at their bars, and those of the last bar are its own", () => {
  const { bars, shown } = setUp();
  const names = ["engulfing", "hammer", "doji"] as const;
  const drawn = shown.addCandlesticks({ patterns: names });
  const expected = (to: number) => {
    const { open, high, low, close } = bars.window(0, to) as Record<string, Float64Array>;
    const columns = candlesticks(open!, high!, low!, close!, { patterns: names });
    const all = names.flatMap((pattern) => Array.from(columns[pattern], (value, bar) => ({ bar, pattern, value })));
    return all.filter(({ value }) => value !== 0).sort((a, b) => a.bar - b.bar);
  };
  for (let next = 800; next < 1100; next++) {
    bars.push(barAt(data, next));
    bars.replace({ ...barAt(data, next), close: barAt(data, next).open });
    shown.flush();
    expect(drawn.forming).toEqual(expected(bars.length).filter(({ bar }) => bar === bars.length - 1));
    bars.replace(barAt(data, next));
  }
  shown.flush();
  expect(drawn.marks).toEqual(expected(bars.length - 1));
  const page = [...drawn.marks, ...drawn.forming].filter(({ bar }) => bar >= shown.page.from);
  const sides = new Set(page.map(({ bar, value }) => `${bar} ${value > 0}`));
  expect(marks.length).toBe(sides.size);
  const [first] = page;
  expect(marks[0]).toMatchObject({ time: barAt(data, first!.bar).time / 1000, position: first!.value > 0 ? "belowBar" : "aboveBar" });
  drawn.setVisible(false);
  expect(marks).toEqual([]);
  drawn.setVisible(true);
  drawn.remove();
  expect(isAttached).toBe(false);
});

test("patterns go with the chart and with the bars", () => {
  const { bars, chart, shown, price } = setUp();
  const patterns = shown.addPatterns("td");
  const drawn = shown.addCandlesticks({ patterns: ["doji"] });
  shown.setTheme("light");
  shown.remove();
  expect(price.primitives).toEqual([]);
  expect(isAttached).toBe(false);
  patterns.remove();
  drawn.remove();
  const again = setUp();
  again.shown.addPatterns("td");
  again.bars.free();
  again.shown.flush();
  // The chart may draw once more before it goes, too.
  expect(strokesOf(again.price)).toEqual([]);
  again.shown.remove();
  expect([chart.isRemoved, bars.isFreed]).toEqual([false, false]);
});

test("what cannot be drawn is said", () => {
  const { shown } = setUp();
  expectCode(() => shown.addPatterns("triangles" as FamilyId), "unknown_family");
  expectCode(() => shown.addPatterns({ family: "harmonic", tolerance: 7 }), "param_range");
  expectCode(() => shown.addCandlesticks({ patterns: ["nothing" as "doji"] }), "unknown_pattern");
  const closes = chartBars(asChart(new FakeChart()), Bars.from({ time: [1, 2], close: [1, 2] }));
  expectCode(() => closes.addCandlesticks(), "unknown_column");
});

test("a line of Kagi turns beside itself, and columns have a box for each step", () => {
  const bars = Bars.from(slice(data, 0, 800));
  const draw = (kind: "kagi" | "point_and_figure", style: "kagi" | { box: number }) => {
    const rows = new TransformedBars(bars, kind === "kagi" ? { kind, reversal: 3 } : { kind, box: 5 }).bars;
    const chart = new FakeChart();
    chartBars(asChart(chart), rows, { style, page: 400, schedule: () => () => {} });
    return { rows, strokes: strokesOf(chart.series[0]!), again: () => strokesOf(chart.series[0]!) };
  };
  const kagi = draw("kagi", "kagi");
  const last = kagi.rows.at(-1)!;
  expect(kagi.strokes.at(-1)).toEqual(["lineTo", expect.any(Number), last["close"]]);
  const figure = draw("point_and_figure", { box: 5 });
  const { direction, high, low } = figure.rows.at(-1)!;
  const boxes = Math.round((high! - low!) / 5) + 1;
  const column = figure.strokes.slice(direction! > 0 ? -4 * boxes : -boxes);
  expect(column.every(([name]) => (direction! > 0 ? name !== "ellipse" : name === "ellipse"))).toBe(true);
  expect(figure.strokes.some(([name]) => name === "ellipse") && figure.strokes.some(([name]) => name === "lineTo")).toBe(true);
  const untouched = new FakeChart();
  expectCode(() => chartBars(asChart(untouched), bars, { style: { box: 0 } }), "param_range");
  expect(untouched.series).toEqual([]);
  bars.free();
  expect([kagi.again(), figure.again()]).toEqual([[], []]);
});
