// Measures what the adapter for lightweight-charts adds to a tick, in Node: 16 indicators follow the last of 50,000 bars,
// and a chart that draws nothing is told of each tick. In a page ticks are gathered until the next frame, so that only
// the last of them costs this. Times are the processor's, which other work on the machine changes little.
//
//   node scripts/measure_chart.mjs [--json PATH]
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import init, { Bars, build } from "../dist/index.js";
import { chartBars } from "../dist/lightweight-charts/index.js";

const SET = [
  "sma", "ema", "wma", "hma", "vwma", "bbands", "keltner", "sma_atr_channel", "ichimoku", "psar", "rsi", "macd", "stoch",
  "adx", "atr", "obv",
]; // prettier-ignore
const [BARS, TICKS, RUNS] = [50_000, 20_000, 7];
const WANTED = 20; // microseconds a tick, all indicators and the adapter
const { values: options } = parseArgs({ options: { json: { type: "string" } } });

await init();

let told = 0;
const series = () => ({
  setData: () => {},
  update: () => told++,
  applyOptions: () => {},
  priceScale: () => ({ applyOptions: () => {} }),
  getPane: () => ({ paneIndex: () => 0, getStretchFactor: () => 1, setStretchFactor: () => {} }),
  createPriceLine: () => ({}),
  attachPrimitive: () => {},
  detachPrimitive: () => {},
});
const chart = {
  addSeries: series,
  removeSeries: () => {},
  panes: () => [{ getStretchFactor: () => 1, setStretchFactor: () => {} }],
  chartElement: () => ({ parentElement: {} }),
  timeScale: () => ({
    getVisibleLogicalRange: () => null,
    getVisibleRange: () => null,
    timeToIndex: () => null,
    subscribeVisibleLogicalRangeChange: () => {},
    unsubscribeVisibleLogicalRangeChange: () => {},
  }),
};

let state = 1;
const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
let price = 100;
const history = Array.from({ length: BARS }, (_, i) => {
  const open = price;
  price *= 1 + (random() - 0.5) / 500;
  const [high, low] = [Math.max(open, price) * 1.0005, Math.min(open, price) * 0.9995];
  return { time: 1.7e12 + i * 60_000, open, high, low, close: price, volume: 100 + Math.floor(900 * random()) };
});
const last = history.at(-1);
const ticks = Array.from({ length: 1000 }, () => {
  const close = last.open * (1 + (random() - 0.5) / 1000);
  return { ...last, close, high: Math.max(last.high, close), low: Math.min(last.low, close) };
});

const results = [];

/** Microseconds a tick: the median of the runs, with the fastest and the slowest. */
function measure(name, act) {
  for (let i = 0; i < 2000; i++) act(ticks[i % 1000]);
  const runs = Array.from({ length: RUNS }, () => {
    const began = process.cpuUsage().user;
    for (let i = 0; i < TICKS; i++) act(ticks[i % 1000]);
    return (process.cpuUsage().user - began) / TICKS;
  }).sort((a, b) => a - b);
  const row = { name, median: runs[RUNS >> 1], min: runs[0], max: runs.at(-1) };
  results.push(row);
  const [median, least, most] = [row.median, row.min, row.max].map((us) => us.toFixed(2));
  console.log(`${name.padEnd(58)}${median.padStart(8)} us (${least} to ${most})`);
}

const alone = Bars.from(history);
alone.attach(SET.map((id) => ({ id })));
const bars = Bars.from(history);
const shown = chartBars(chart, bars, { schedule: () => () => {} });
for (const id of SET) shown.add(id);
const outputs = shown.indicators.reduce((count, one) => count + one.series.length, 0);

console.log(`${build()} build, ${BARS} bars, ${SET.length} indicators with ${outputs} series`);
measure("a tick, bars with attached indicators alone", (tick) => alone.replace(tick));
measure("a tick, on a chart, drawn at the next frame", (tick) => bars.replace(tick));
const before = told;
measure("a tick, on a chart, every single one drawn", (tick) => {
  bars.replace(tick);
  shown.flush();
});
const updates = (told - before) / (2000 + RUNS * TICKS);
if (updates !== outputs + 1) throw new Error(`the chart was told ${updates} times a tick, not ${outputs + 1}`);
if (options.json) {
  const value = results.at(-1).min;
  const what = `a tick of ${SET.length} indicators with the chart's adapter, every single one drawn`;
  const target = { what, unit: "µs", bound: WANTED, value, reached: value < WANTED, at_least: false };
  const report = { build: build(), bars: BARS, indicators: SET.length, outputs, results, targets: [target] };
  mkdirSync(dirname(options.json), { recursive: true });
  writeFileSync(options.json, `${JSON.stringify(report, null, 1)}\n`);
}
