// A chart of bars that live in a worker: it holds what one of the page's bars holds, once all has come.
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import init, { Bars, type Member } from "../../src/index.js";
import { chartBars, type ChartBarsOptions } from "../../src/lightweight-charts/index.js";
import { startWorker, type WorkerBars } from "../../src/worker/index.js";
import { portOf } from "../../src/worker/port.js";
import { Host } from "../../src/worker/serve.js";
import { barAt, errorOf, expectCode, slice, walk } from "../support.js";
import { asChart, FakeChart, type FakeSeries, type Item, strokesOf } from "./fake.js";

/** What hangs on a series as marks, by the order in which it came. */
const marks = new Map<FakeSeries, Item[][]>();
vi.mock("lightweight-charts", async (original) => ({
  ...(await original<object>()),
  createSeriesMarkers: (series: FakeSeries) => {
    const all = marks.get(series) ?? [];
    const place = all.push([]) - 1;
    marks.set(series, all);
    return { setMarkers: (given: Item[]) => void (all[place] = given), detach: () => {} };
  },
}));

beforeAll(() => init());

const data = walk(3000);
const SERIES = ["sma", "bbands", "ichimoku", "psar", "macd", "rsi"].map((id) => ({ id })) as readonly Member[];
const TABLES = [
  { id: "sma_cross", fast: 5, slow: 20 },
  { id: "support_resistance" },
  { id: "heartbeat" },
  { id: "volume_profile" },
] as readonly Member[];

const opened: { close(): void }[] = [];
afterEach(() => opened.splice(0).forEach((one) => one.close()));

/** Bars in a worker, here over a channel within one thread. */
async function load(from: number, to: number): Promise<WorkerBars> {
  const { port1, port2 } = new MessageChannel();
  new Host(portOf(port2));
  opened.push(port1);
  const worker = await startWorker({ worker: port1 });
  return worker.bars(slice(data, from, to));
}

function draw<B extends Bars | WorkerBars>(bars: B, options: ChartBarsOptions = {}) {
  const chart = new FakeChart();
  const frames: (() => void)[] = [];
  const schedule = (act: () => void) => {
    frames.push(act);
    return () => void frames.splice(frames.indexOf(act), 1);
  };
  const shown = chartBars(asChart(chart), bars, { schedule, page: 400, volume: true, ...options });
  const frame = () => {
    chart.draw();
    for (let i = 0; i < 50 && frames.length > 0; i++) {
      frames.shift()!();
      chart.draw();
    }
  };
  /** Lets all come that is on its way, and draws it. */
  const settle = async () => {
    for (let i = 0; i < 12; i++) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      frame();
    }
  };
  return { bars, chart, shown, frame, settle };
}

/** What the series of a chart hold between two times. */
const held = (chart: FakeChart, from: number, to = Infinity) =>
  chart.series.map(({ items }) => items.filter(({ time }) => time >= from && time <= to));

test("whatever comes, the chart holds what one of the page's bars holds", async () => {
  const there = draw(await load(0, 1200));
  const here = draw(Bars.from(slice(data, 0, 1200)));
  for (const { shown } of [there, here]) for (const member of [...SERIES, ...TABLES]) shown.add(member);
  await there.settle();
  let next = 1200;
  const steps: ((bars: Bars | WorkerBars, i: number) => unknown)[] = [
    (bars) => bars.push(barAt(data, next)),
    (bars, i) => bars.replace({ ...barAt(data, next - 1), close: 100 + i, high: 200, volume: 7 }),
    (bars) => bars.append(slice(data, next, next + 3)),
    (bars) => bars.append(slice(data, next, next + 300)),
  ];
  let state = 3;
  for (let i = 0; i < 120 && next < 2600; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const which = i % 40 === 39 ? 3 : [0, 1, 1, 2][(state >>> 8) % 4]!;
    for (const { bars } of [there, here]) void steps[which]!(bars, i);
    next += [1, 0, 3, 300][which]!;
    if ((state >>> 16) % 3 > 0) continue;
    here.frame();
    // Now and then all has come, and mostly it has not.
    if ((state >>> 16) % 5 === 0) await there.settle();
    else there.frame();
  }
  here.frame();
  await there.settle();
  // Tables come with the next bar.
  for (const { bars } of [there, here]) void bars.push(barAt(data, next));
  await there.settle();
  here.frame();
  const first = Math.max(there.shown.page.seconds[0]!, here.shown.page.seconds[0]!);
  expect(there.shown.page.to).toBe(here.bars.length);
  expect(held(there.chart, first)).toEqual(held(here.chart, first));
  expect(there.shown.indicators.map((one) => one.values())).toEqual(here.shown.indicators.map((one) => one.values()));
  const marked = ({ series: [price] }: FakeChart) =>
    marks.get(price as FakeSeries)!.map((items) => items.filter(({ time }) => time >= first));
  expect(marked(here.chart).map(({ length }) => length > 5)).toEqual([true, true]);
  expect(marked(there.chart)).toEqual(marked(here.chart));
  for (const { shown, settle } of [there, here]) {
    shown.see(here.bars.length - 150, here.bars.length - 20);
    await settle();
  }
  const strokes = strokesOf(here.chart.series[0]!);
  expect(strokes.length).toBeGreaterThan(50);
  expect(strokesOf(there.chart.series[0]!)).toEqual(strokes);
});

test("other bars come before the chart turns to them", async () => {
  const there = draw(await load(0, 3000));
  const here = draw(Bars.from(data));
  for (const { shown } of [there, here]) for (const member of SERIES) shown.add(member);
  await there.settle();
  for (const from of [0, 700, 650, 2890, 1500]) {
    here.shown.see(from, from + 90);
    here.frame();
    there.shown.see(from, from + 90);
    const before = held(there.chart, 0).map((items) => items.length);
    // Until they are there, the chart keeps what it has.
    there.frame();
    expect(held(there.chart, 0).map((items) => items.length)).toEqual(before);
    await there.settle();
    expect(there.shown.seen()).toEqual(here.shown.seen());
    const [first, last] = [data.time[from]! / 1000, data.time[from + 89]! / 1000];
    expect(held(there.chart, first, last)).toEqual(held(here.chart, first, last));
    expect(held(there.chart, first, last)[0]).toHaveLength(90);
  }
});

test("what a member lacks is told later, and it is taken off", async () => {
  const { shown, settle, chart } = draw(await load(0, 500));
  await settle();
  const rsi = shown.add({ id: "rsi", period: 5 });
  await rsi.ready;
  const before = chart.series.length;
  for (const member of [{ id: "sma", period: 0 }, { id: "volume_profile", bins: 0 }] as const) {
    const error = await shown.add(member).ready.catch((error: unknown) => error);
    expectCode(() => {
      throw error;
    }, "param_range");
  }
  // What is no indicator at all cannot be drawn until then, and is refused at once as by the page's bars.
  const page = draw(Bars.from(slice(data, 0, 500))).shown;
  for (const member of ["nope", { id: "nope" }, 5] as never[]) {
    const { code } = errorOf(() => page.add(member));
    expectCode(() => shown.add(member), code);
  }
  expect([shown.indicators.length, chart.series.length]).toEqual([1, before]);
  rsi.remove();
  expect(shown.indicators).toEqual([]);
});

test("bars, chart and adapter may go in any order", async () => {
  for (const order of ["bars", "chart", "adapter", "at once"]) {
    const { bars, shown, chart, settle } = draw(await load(0, 500));
    if (order !== "at once") await settle();
    for (const member of [...SERIES, ...TABLES]) shown.add(member);
    if (order === "bars") bars.free();
    if (order === "chart") chart.remove();
    shown.remove();
    if (order !== "bars") bars.free();
    await settle();
    expect(shown.indicators).toEqual([]);
  }
});

test("bars that begin with none are drawn as they come", async () => {
  const { bars, chart, settle } = draw(await load(0, 0));
  await settle();
  for (let i = 0; i < 5; i++) await bars.push(barAt(data, i));
  await settle();
  expect(chart.series[0]!.items).toHaveLength(5);
});

test("patterns of bars that are elsewhere cannot be followed here", async () => {
  const { shown } = draw(await load(0, 100));
  expect(expectCode(() => shown.addPatterns("td"), "input_type").bound).toBe("bars of the page");
  expectCode(() => shown.addCandlesticks(), "input_type");
});
