// The adapter against a chart that draws nothing: what a chart holds is what a new one would be given.
import { beforeAll, describe, expect, test } from "vitest";
import init, { Bars, catalog, type Member } from "../../src/index.js";
import { addIndicator, ChartBars, chartBars, type ChartBarsOptions } from "../../src/lightweight-charts/index.js";
import { barAt, expectCode, slice, walk } from "../support.js";
import { asChart, FakeChart } from "./fake.js";

beforeAll(() => init());

const data = walk(3000);
const SERIES = ["sma", "bbands", "ichimoku", "psar", "macd", "rvol", "rsi", "vwap"] as const;

function setUp(from: number, to: number, options: ChartBarsOptions = {}) {
  const bars = Bars.from(slice(data, from, to));
  const chart = new FakeChart();
  const frames: (() => void)[] = [];
  const schedule = (act: () => void) => {
    frames.push(act);
    return () => void frames.splice(frames.indexOf(act), 1);
  };
  const shown = chartBars(asChart(chart), bars, { schedule, page: 400, ...options });
  const frame = () => {
    chart.draw();
    for (let i = 0; i < 50 && frames.length > 0; i++) {
      frames.shift()!();
      chart.draw();
    }
  };
  frame();
  return { bars, chart, shown, frame, frames };
}

/** What the series of a chart hold from a time on. */
const held = (chart: FakeChart, from: number) =>
  chart.series.map(({ items }) => items.filter(({ time }) => time >= from));

describe("following", () => {
  test("whatever comes, the chart holds what a new one would be given", () => {
    const { bars, chart, shown, frame } = setUp(0, 600, { volume: true });
    for (const id of SERIES) shown.add(id);
    let next = 600;
    const steps: ((i: number) => void)[] = [
      () => bars.push(barAt(data, next++)),
      (i) => bars.replace({ ...barAt(data, next - 1), close: 100 + i, high: 200, volume: 7 }),
      () => bars.append(slice(data, next, (next += 3))),
      () => bars.append(slice(data, next, (next += 300))),
      () => frame(),
    ];
    let state = 1;
    for (let i = 0; i < 400 && next < 2500; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const which = (state >>> 8) % 97 === 0 ? 3 : [0, 1, 1, 1, 2, 4, 4][(state >>> 8) % 7]!;
      steps[which]!(i);
    }
    frame();
    const other = new FakeChart();
    const again = chartBars(asChart(other), bars, { page: 400, volume: true, schedule: () => () => {} });
    for (const id of SERIES) again.add(id);
    const from = Math.max(shown.page.seconds[0]!, again.page.seconds[0]!);
    expect(shown.page.to).toBe(bars.length);
    expect(held(chart, from)).toEqual(held(other, from));
  });

  test("ticks between two frames are drawn once", () => {
    const { bars, chart, shown, frame, frames } = setUp(0, 600);
    shown.add("ema");
    frame();
    const before = chart.series.map(({ calls }) => calls.update);
    for (let i = 0; i < 100; i++) bars.replace({ ...barAt(data, 599), close: 100 + i });
    expect(frames).toHaveLength(1);
    frame();
    expect(chart.series.map(({ calls }, i) => calls.update - before[i]!)).toEqual([1, 1]);
    expect(chart.series[0]!.items.at(-1)!.close).toBe(199);
  });

  test("a page that turns with a new bar asks for one range at most", () => {
    // The real chart takes up what it is asked later, and may have gone on by itself: the older of two could win.
    const { bars, chart, shown, frame } = setUp(0, 2000);
    shown.add("bbands");
    frame();
    let turns = 0;
    for (let i = 2000; i < 2300; i++) {
      const [{ from }, before] = [shown.page, chart.asks];
      bars.push(barAt(data, i));
      shown.flush();
      expect(chart.asks - before).toBeLessThanOrEqual(1);
      turns += Number(shown.page.from !== from);
      frame();
    }
    expect(turns).toBeGreaterThan(1);
    expect(shown.seen().to).toBe(bars.length);
  });

  test("series hold a page, however many bars there are and come", () => {
    const { bars, chart, shown, frame } = setUp(0, 2000);
    shown.add("bbands");
    for (let i = 2000; i < 2600; i++) {
      bars.push(barAt(data, i));
      if (i % 5 === 0) frame();
    }
    frame();
    for (const { items } of chart.series) expect(items.length).toBeLessThanOrEqual(501);
    expect(chart.series[0]!.items.at(-1)!.time).toBe(data.time[2599]! / 1000);
  });

  test("bars of the past come into sight, and the chart stays where it is", () => {
    const { chart, shown, frame } = setUp(0, 3000);
    shown.add("sma");
    frame();
    const leftmost = () => chart.times()[Math.round(chart.range.from)]!;
    for (let i = 0; i < 60; i++) {
      const { from } = chart.range;
      const wanted = chart.times()[Math.max(0, Math.round(from) - 60)]!;
      chart.timeScale().setVisibleLogicalRange({ from: Math.max(0, from - 60), to: Math.max(0, from - 60) + 100 });
      frame();
      expect(leftmost()).toBe(wanted);
    }
    expect(shown.page.from).toBe(0);
    for (const { items } of chart.series) expect(items.length).toBe(400);
    shown.see(1000, 1100);
    frame();
    expect(leftmost()).toBe(data.time[1000]! / 1000);
    shown.seeLast(100);
    frame();
    expect(leftmost()).toBe(data.time[2900]! / 1000);
  });

  test("a last bar that gets another time does not leave the old one behind", () => {
    const { bars, chart, shown, frame } = setUp(0, 600);
    shown.add("sma");
    bars.replace({ ...barAt(data, 599), time: data.time[599]! + 7_000 });
    frame();
    for (const { items } of chart.series) expect(items.at(-1)!.time).toBe(data.time[599]! / 1000 + 7);
    expect(chart.times().filter((time) => time > data.time[598]! / 1000)).toHaveLength(1);
  });

  test("an empty chart fills as bars come", () => {
    const { bars, chart, shown, frame } = setUp(0, 0);
    shown.add("sma");
    for (let i = 0; i < 30; i++) bars.push(barAt(data, i));
    frame();
    expect(chart.series.map(({ items }) => items.length)).toEqual([30, 30]);
  });
});

describe("what is added", () => {
  test("panes, levels and kinds are those of the catalog", () => {
    for (const entry of catalog().filter(({ kind }) => kind === "series")) {
      const { chart, shown } = setUp(0, 300);
      const added = shown.add(entry.id);
      const own = chart.series.slice(1);
      const drawn = entry.chart.styles.filter((style) => style !== "hidden");
      expect(own.map(({ type }) => type)).toEqual(drawn.map((style) => (style === "histogram" ? "Histogram" : "Line")));
      expect(own.map(({ pane }) => pane)).toEqual(own.map(() => (entry.chart.overlay ? 0 : 1)));
      expect(own[0]!.levels).toEqual(entry.chart.levels);
      const names = entry.outputs.filter((_, i) => entry.chart.styles[i] !== "hidden").map(({ name }) => name);
      expect(added.values().map(({ name }) => name)).toEqual(names);
      expect(own.every(({ items }) => items.length >= 300 - 26)).toBe(true);
    }
  });

  test("values are those of the handle, in their places", () => {
    const { bars, shown } = setUp(0, 600);
    const rsi = shown.add({ id: "rsi", period: 5 });
    expect(rsi.values(100)).toMatchObject([{ name: "value", value: rsi.handle!.view()[100] }]);
    const cloud = shown.add("ichimoku");
    const [, , a] = cloud.values(bars.length - 1 + 25);
    expect(a).toMatchObject({ name: "span_a", value: cloud.handle!.last().span_a });
    expect(shown.barAt((data.time[250]! / 1000) as never)).toBe(250);
    expect(shown.barAt((data.time[599]! / 1000 + 60) as never)).toBe(600);
    expect(shown.barAt(12_345 as never)).toBeUndefined();
  });

  test("one line adds an indicator to a chart, and another one to the same", () => {
    const bars = Bars.from(slice(data, 0, 200));
    const chart = new FakeChart();
    const options = { schedule: () => () => {} };
    addIndicator(asChart(chart), bars, "rsi", options);
    const macd = addIndicator(asChart(chart), bars, { id: "macd", fast: 5 }, options);
    expect(chart.series.map(({ pane }) => pane)).toEqual([0, 1, 2, 2, 2]);
    macd.remove();
    expect(chart.series.map(({ pane }) => pane)).toEqual([0, 1]);
  });

  test("colours: the theme's in turn, the caller's before them, others with another theme", () => {
    const { chart, shown } = setUp(0, 200);
    shown.add("sma");
    shown.add("sma", { colours: ["#123456"] });
    const colours = () => chart.series.slice(1).map(({ options }) => options["color"]);
    const [first, second] = colours();
    expect(second).toBe("#123456");
    shown.setTheme("light");
    expect(colours()[0]).not.toBe(first);
    expect(colours()[1]).toBe("#123456");
  });
});

describe("order of going", () => {
  const orders: Record<string, (parts: ReturnType<typeof setUp>) => void> = {
    "indicator, adapter, chart, bars": ({ shown, chart, bars }) => {
      shown.indicators.forEach((one) => one.remove());
      shown.remove();
      chart.remove();
      bars.free();
    },
    "chart first": ({ shown, chart, bars }) => {
      chart.remove();
      shown.indicators.forEach((one) => one.remove());
      shown.remove();
      bars.free();
    },
    "bars first": ({ shown, chart, bars }) => {
      bars.free();
      shown.setTheme("light");
      shown.indicators.forEach((one) => one.remove());
      shown.remove();
      chart.remove();
    },
    "chart and bars, and nothing else": ({ chart, bars, frame }) => {
      bars.push(barAt(data, 600));
      chart.remove();
      frame();
      bars.push(barAt(data, 601));
      frame();
      bars.free();
    },
    "everything twice": ({ shown, chart, bars }) => {
      const all = shown.indicators;
      for (let i = 0; i < 2; i++) {
        all.forEach((one) => one.remove());
        shown.remove();
        bars.free();
      }
      chart.remove();
    },
  };

  test.each(Object.entries(orders))("%s", (_, go) => {
    const parts = setUp(0, 600);
    const handles = SERIES.map((id) => parts.shown.add(id).handle!);
    parts.frame();
    expect(() => go(parts)).not.toThrow();
    parts.frame();
    expect(handles.every((handle) => handle.isFreed)).toBe(true);
    expect(parts.chart.listeners.size === 0 || parts.chart.isRemoved).toBe(true);
  });

  test("taking one off leaves the others as they are", () => {
    const { bars, chart, shown, frame } = setUp(0, 600);
    const [a, b] = [shown.add("rsi"), shown.add("macd")];
    frame();
    a.remove();
    bars.push(barAt(data, 600));
    frame();
    expect(chart.series).toHaveLength(4);
    expect(chart.series[1]!.items.at(-1)!.value).toBe(b.handle!.last().macd);
  });
});

test("new bars take the place of those that are gone", () => {
  const { bars, chart, shown } = setUp(0, 300);
  shown.add("rsi");
  bars.free();
  const next = Bars.from(slice(data, 300, 500));
  addIndicator(asChart(chart), next, "macd", { schedule: () => () => {} });
  expect(chart.series.map(({ pane }) => pane)).toEqual([0, 1, 1, 1]);
  expect(chart.series[0]!.items.at(-1)!.time).toBe(data.time[499]! / 1000);
});

test("what is hidden goes on following", () => {
  const { bars, chart, shown, frame } = setUp(0, 300);
  const sma = shown.add("sma");
  sma.setVisible(false);
  bars.push(barAt(data, 300));
  frame();
  expect(chart.series[1]!.options["visible"]).toBe(false);
  expect(chart.series[1]!.items.at(-1)!.value).toBe(sma.handle!.last());
  chart.remove();
  expect(() => sma.setVisible(true)).not.toThrow();
});

describe("mistakes", () => {
  test("are told in the module's words, and leave nothing on the chart", () => {
    const { chart, shown } = setUp(0, 100);
    const wrong: [unknown, string][] = [
      [{ id: "rsi", period: 0 }, "param_range"],
      [{ id: "volume_profile", bins: -1 }, "param_range"],
      ["nothing", "unknown_indicator"],
      [undefined, "param_type"],
      [{}, "param_type"],
    ];
    for (const [member, code] of wrong) expectCode(() => shown.add(member as Member), code as never);
    expect(chart.series).toHaveLength(1);
    expect(shown.indicators).toEqual([]);
    expectCode(() => new ChartBars(asChart(chart), Bars.from({ close: [1, 2] })), "unknown_column");
    expectCode(() => chartBars(asChart(chart), Bars.from(slice(data, 0, 5)), { page: 3 }), "param_range");
  });
});

test("an indicator in the place of another has its pane and its colours", () => {
  const { chart, shown, frame } = setUp(0, 300);
  const old = shown.add({ id: "rsi", period: 14 });
  shown.add("macd");
  const colour = () => chart.series.find(({ pane, type }) => pane === 1 && type === "Line")!.options["color"];
  const before = colour();
  const next = shown.replace(old, { id: "rsi", period: 5 });
  frame();
  expect(chart.series.map(({ pane }) => pane).sort()).toEqual([0, 1, 2, 2, 2]);
  expect(colour()).toBe(before);
  expect(shown.indicators.map(({ id }) => id)).toEqual(["rsi", "macd"]);
  expect([old.handle!.isFreed, next.handle!.isFreed]).toEqual([true, false]);
  expectCode(() => shown.replace(next, { id: "rsi", period: 0 }), "param_range");
  expect(shown.indicators[0]).toBe(next);
});
