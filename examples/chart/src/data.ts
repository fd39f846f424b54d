import type { BuilderOptions } from "tvf";
import { EXCHANGE, openingOf, SESSION } from "./market";
import { normalFrom, randomFrom } from "./random";

/** Bars by column, as tvf takes them. */
export interface Columns {
  time: Float64Array;
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  volume: Float64Array;
}

export type DatasetName = "daily" | "intraday";

/** What a builder of bars is told. */
export interface Rule {
  readonly timeframe: string;
  readonly options: BuilderOptions;
  /** How much of a session a bar takes, in milliseconds. */
  readonly length: number;
}

export interface Dataset {
  readonly name: DatasetName;
  readonly title: string;
  readonly note: string;
  readonly columns: Columns;
  /** By which rule ticks go on with these bars. */
  readonly rule: Rule;
}

const QUARTER = 15 * 60_000;
/** Quarters of an hour in a session of the exchange. */
const PER_DAY = SESSION / QUARTER;
export const INTRADAY_BARS = 50_000;

/** The daily bars of a real symbol, and quarters of an hour made from them. */
export async function loadDatasets(): Promise<readonly Dataset[]> {
  const answer = await fetch("./bars.json");
  if (!answer.ok) throw new Error(`bars.json is not there (${answer.status}): scripts/example makes it`);
  const { symbol, about, ...columns } = (await answer.json()) as { symbol: string; about: string } & Record<string, number[]>;
  const daily = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, Float64Array.from(column)]),
  ) as unknown as Columns;
  return [
    {
      name: "daily",
      title: `${symbol} 1D`,
      note: about,
      columns: daily,
      // Its times are midnights in UTC, so that its days are those of UTC.
      rule: { timeframe: "1d", options: {}, length: SESSION },
    },
    {
      name: "intraday",
      title: `${symbol} 15m`,
      note: "50,000 bars of 15 minutes, generated within the real days",
      columns: intradayOf(daily),
      rule: { timeframe: "15m", options: EXCHANGE, length: QUARTER },
    },
  ];
}

/** A path within each of the last days: from its open to its close, by way of its high and low. */
function intradayOf(daily: Columns): Columns {
  const days = Math.ceil(INTRADAY_BARS / PER_DAY);
  const first = daily.time.length - days;
  const [random, normal] = [randomFrom(7), normalFrom(11)];
  const made = Object.fromEntries(
    Object.keys(daily).map((name) => [name, new Float64Array(days * PER_DAY)]),
  ) as unknown as Columns;
  const path = new Float64Array(PER_DAY + 1);
  for (let d = 0; d < days; d++) {
    const day = first + d;
    const [open, high, low, close] = (["open", "high", "low", "close"] as const).map((name) => daily[name][day] as number) as
      [number, number, number, number];
    const step = (high - low) / 7;
    path[0] = open;
    for (let i = 1; i <= PER_DAY; i++) path[i] = (path[i - 1] as number) + step * normal();
    const miss = close - (path[PER_DAY] as number);
    let [top, bottom] = [0, 0];
    for (let i = 0; i <= PER_DAY; i++) {
      path[i] = Math.min(high, Math.max(low, (path[i] as number) + (miss * i) / PER_DAY));
      if ((path[i] as number) > (path[top] as number)) top = i;
      if ((path[i] as number) < (path[bottom] as number)) bottom = i;
    }
    const start = openingOf(daily.time[day] as number);
    for (let i = 0; i < PER_DAY; i++) {
      const at = d * PER_DAY + i;
      const [a, b] = [path[i] as number, path[i + 1] as number];
      made.time[at] = start + i * QUARTER;
      made.open[at] = a;
      made.close[at] = b;
      made.high[at] = i === Math.min(top, PER_DAY - 1) ? high : Math.min(high, Math.max(a, b) + 0.3 * step * random());
      made.low[at] = i === Math.min(bottom, PER_DAY - 1) ? low : Math.max(low, Math.min(a, b) - 0.3 * step * random());
      // Most is traded when the session begins and when it ends.
      const share = 1 + 2.2 * ((2 * i) / (PER_DAY - 1) - 1) ** 2;
      made.volume[at] = Math.round((((daily.volume[day] as number) * share) / 45) * (0.7 + 0.6 * random()));
    }
  }
  const extra = days * PER_DAY - INTRADAY_BARS;
  return Object.fromEntries(Object.entries(made).map(([name, column]) => [name, column.slice(extra)])) as unknown as Columns;
}
