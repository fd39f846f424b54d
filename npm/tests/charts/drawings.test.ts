// What is drawn without a series of its own: marks, levels, the profile, and the areas between lines.
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import init, { Bars, smaCross } from "../../src/index.js";
import { chartBars } from "../../src/lightweight-charts/index.js";
import { barAt, slice, walk } from "../support.js";
import { asChart, FakeChart, strokesOf } from "./fake.js";

interface Mark {
  time: number;
  position: string;
  shape: string;
  text?: string;
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

const data = walk(1200);

function setUp(to = 800, page = 400) {
  const bars = Bars.from(slice(data, 0, to));
  const chart = new FakeChart();
  const shown = chartBars(asChart(chart), bars, { page, schedule: () => () => {} });
  return { bars, chart, shown, price: chart.series[0]! };
}

test("crossings of the page are marked, up below their bars and down above them", () => {
  const { bars, shown } = setUp();
  const added = shown.add({ id: "sma_cross", fast: 5, slow: 20 });
  const wanted = () => {
    const { close, time } = bars.window();
    return [...smaCross(close!, time!, { fast: 5, slow: 20 })].filter(({ index }) => index >= shown.page.from);
  };
  const told = () => marks.map(({ time, shape }) => [time, shape]);
  const said = () => wanted().map(({ time, direction }) => [time / 1000, direction > 0 ? "arrowUp" : "arrowDown"]);
  expect(said().length).toBeGreaterThan(10);
  expect(told()).toEqual(said());
  expect(marks.every(({ shape, position }) => position === (shape === "arrowUp" ? "belowBar" : "aboveBar"))).toBe(true);
  // A crossing of the bar that still forms may come, and go again.
  const seen = new Set<number>();
  for (let i = 800; i < 860; i++) {
    bars.push(barAt(data, i));
    for (const close of [1, 1000, data.close[i]!]) {
      bars.replace({ ...barAt(data, i), close, low: Math.min(close, 1), high: 1000 });
      shown.flush();
      seen.add(marks.length);
      expect(told()).toEqual(said());
    }
  }
  expect(seen.size).toBeGreaterThan(3);
  added.setVisible(false);
  expect(marks).toEqual([]);
  added.remove();
  expect(isAttached).toBe(false);
});

test("turns are marked at their own bars, not where they are known", () => {
  const { shown } = setUp();
  const { handle } = shown.add("heartbeat");
  const turns = [...handle!.copy()].filter(({ pivot, index }) => pivot >= shown.page.from && index >= shown.page.from);
  expect(turns.length).toBeGreaterThan(5);
  expect(marks.slice(-turns.length)).toMatchObject(
    turns.map(({ time, direction, duration }) => ({
      time: time / 1000,
      position: direction > 0 ? "aboveBar" : "belowBar",
      text: String(duration),
    })),
  );
});

test("the profile is that of the bars that are seen", () => {
  const { bars, chart, shown, price } = setUp();
  shown.add({ id: "volume_profile", bins: 10 });
  for (const [from, to] of [[700, 799], [500, 650]] as const) {
    shown.see(from, to + 1);
    chart.draw();
    shown.flush();
    const [table] = bars.compute([{ id: "volume_profile", bins: 10 }], shown.seen());
    const rectangles = strokesOf(price).filter(([name]) => name === "fillRect");
    expect(rectangles).toHaveLength(2 * table.length);
    // The longest row takes its share of the pane, all begin at the right edge.
    const buys = rectangles.filter((_, i) => i % 2 === 0);
    expect(buys.every(([, x = 0, , width = 0]) => Math.abs(x + width - 1000) < 1e-9)).toBe(true);
    const longest = Math.max(...rectangles.filter((_, i) => i % 2 === 1).map(([, x = 0]) => 1000 - x));
    expect(longest).toBeCloseTo(220, 6);
  }
});

test("of the levels in sight the ones with the most touches are drawn, from where they began", () => {
  const { shown, price } = setUp();
  const { handle } = shown.add({ id: "support_resistance", tolerance: 0.2 });
  const inSight = [...handle!.copy()].filter((row) => row.price >= 0 && row.price <= 500);
  expect(inSight.length).toBeGreaterThan(12);
  const strokes = strokesOf(price);
  const lines = strokes.filter(([name]) => name === "moveTo");
  expect(lines).toHaveLength(12);
  const least = inSight.map(({ touches }) => touches).sort((a, b) => b - a)[11]!;
  const texts = strokes.filter(([name]) => name === "fillText").map(([, text]) => Number(String(text).slice(1)));
  expect(Math.min(...texts)).toBe(least);
  expect(lines.every(([, x = -1]) => x >= 0)).toBe(true);
});

test("a band is one area, a cloud changes where its edges cross, and reaches beyond the last bar", () => {
  const { bars, chart, shown } = setUp();
  const bands = shown.add("bbands");
  const cloud = shown.add({ id: "ichimoku", conversion: 3, base: 6, span: 12 });
  const seriesOf = (api: unknown) => chart.series.find((one) => (one as unknown) === api)!;
  const areas = (api: unknown) => strokesOf(seriesOf(api)).filter(([name]) => name === "fill").length;
  expect(areas(bands.series[0])).toBe(1);
  const { from, to } = shown.seen();
  const { span_a: a, span_b: b } = cloud.handle!.copy();
  let crossings = 0;
  for (let bar = from - 25; bar < to; bar++) if ((a[bar - 1]! - b[bar - 1]!) * (a[bar]! - b[bar]!) < 0) crossings++;
  expect(crossings).toBeGreaterThan(0);
  expect(Math.abs(areas(cloud.series[2]) - 1 - crossings)).toBeLessThanOrEqual(1);
  const corners = strokesOf(seriesOf(cloud.series[2])).filter(([name]) => name === "lineTo");
  const [first] = shown.page.seconds;
  const last = chart.timeScale().timeToIndex(first!)! + shown.page.seconds.length - 1;
  const ahead = Math.max(...corners.map(([, x = 0]) => x)) - chart.timeScale().logicalToCoordinate(last);
  expect(ahead).toBeCloseTo(250, 6);
  bands.setVisible(false);
  expect(areas(bands.series[0])).toBe(0);
  bars.free();
  expect(areas(cloud.series[2])).toBe(0);
});
