import { createChart, type IChartApi } from "lightweight-charts";
import { useEffect, useRef, useState } from "react";
import type { Entry, FamilyId } from "tvf";
import { type ChartBars, chartBars, type ChartCandlesticks, type ChartIndicator, type ChartPatterns } from "tvf/lightweight-charts";
import { Legend } from "./legend";
import { type Active, memberOf, nameOf } from "./members";
import type { Found, Wanted } from "./patterns";
import type { Shown } from "./styles";
import { chartOptions, type ThemeName } from "./theme";

interface Props {
  shown: Shown | undefined;
  active: readonly Active[];
  entries: readonly Entry[];
  wanted: Wanted;
  theme: ThemeName;
  zone: string;
  onLive: (live: ChartBars | undefined) => void;
  onFound: (found: Found) => void;
}

const [FEW, WIDEST] = [150, 16];

/** An indicator on the chart, and what it was made of. */
interface Drawn {
  readonly active: Active;
  readonly indicator: ChartIndicator;
}

/** The chart: it follows the bars by itself, React only tells it what to draw. */
export function ChartView({ shown, active, entries, wanted, theme, zone, onLive, onFound }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const legends = useRef<HTMLDivElement>(null);
  const drawn = useRef(new Map<number, Drawn>());
  const [live, setLive] = useState<ChartBars>();
  const [legend, setLegend] = useState<Legend>();

  // Bars and chart come and go together: the adapter first, then the chart.
  useEffect(() => {
    if (!shown || shown.bars.isFreed || !place.current || !legends.current) return undefined;
    const chart = createChart(place.current, { autoSize: true, ...chartOptions(theme) });
    const live = chartBars(chart, shown.bars, { volume: true, theme, zone, ...(shown.drawn ? { style: shown.drawn } : {}) });
    const { length } = shown.bars;
    // Few rows are drawn wide, and all of them are seen.
    if (length < FEW) chart.timeScale().applyOptions({ barSpacing: Math.min(place.current.clientWidth / (length + 12), WIDEST) });
    const legend = new Legend(legends.current, live);
    setLive(live);
    setLegend(legend);
    onLive(live);
    return () => {
      setLive(undefined);
      setLegend(undefined);
      onLive(undefined);
      drawn.current.clear();
      legend.remove();
      live.remove();
      chart.remove();
    };
    // Theme and zone are told to the chart that is there.
  }, [shown]);

  useEffect(() => {
    live?.chart.applyOptions(chartOptions(theme));
    live?.setTheme(theme);
    legend?.ask();
  }, [live, legend, theme]);
  useEffect(() => live?.setZone(zone), [live, zone]);

  useEffect(() => {
    if (!live || live.bars.isFreed) return;
    const known = drawn.current;
    for (const [key, { indicator }] of known) {
      if (active.some((one) => one.key === key)) continue;
      indicator.remove();
      known.delete(key);
    }
    for (const one of active) {
      const there = known.get(one.key);
      if (there?.active === one) continue;
      const indicator = there ? live.replace(there.indicator, memberOf(one)) : live.add(memberOf(one));
      known.set(one.key, { active: one, indicator: indicator as ChartIndicator });
    }
    const rows = active.flatMap((one) => {
      const entry = entries.find(({ id }) => id === one.id);
      const indicator = known.get(one.key)?.indicator;
      return entry && indicator ? [{ key: one.key, name: nameOf(entry, one), indicator }] : [];
    });
    legend?.show(rows);
  }, [live, legend, active, entries]);

  useFound(live, shown?.drawn === "candles" ? wanted : { ...wanted, candlesticks: NONE }, onFound);

  return (
    <div className="chart">
      <div
        className="canvas"
        ref={place}
        tabIndex={0}
        role="application"
        aria-label="Chart. Arrow keys move it, plus and minus zoom, Home and End go to the first and the last bars."
        onKeyDown={(event) => live && move(live, live.chart, event)}
      />
      <div className="legends" ref={legends} />
    </div>
  );
}

/** Lines and columns of boxes have no candles. */
const NONE: Wanted["candlesticks"] = [];

/** Has the chart show what is looked for, and tells what that is. */
function useFound(live: ChartBars | undefined, wanted: Wanted, onFound: (found: Found) => void): void {
  const { families, candlesticks } = wanted;
  const [patterns, setPatterns] = useState<ReadonlyMap<FamilyId, ChartPatterns>>(new Map());
  const [marks, setMarks] = useState<ChartCandlesticks>();
  useEffect(() => {
    if (!live || live.bars.isFreed) return undefined;
    const all = new Map(families.map((id) => [id, live.addPatterns(id)]));
    setPatterns(all);
    return () => {
      setPatterns(new Map());
      all.forEach((one) => one.remove());
    };
  }, [live, families]);
  useEffect(() => {
    if (!live || live.bars.isFreed || candlesticks.length === 0) return undefined;
    const marks = live.addCandlesticks({ patterns: candlesticks });
    setMarks(marks);
    return () => {
      setMarks(undefined);
      marks.remove();
    };
  }, [live, candlesticks]);
  useEffect(() => onFound({ families: patterns, candlesticks: marks }), [patterns, marks, onFound]);
}

/** What a mouse does, by keys. */
function move(live: ChartBars, chart: IChartApi, event: React.KeyboardEvent): void {
  const scale = chart.timeScale();
  const range = scale.getVisibleLogicalRange();
  if (!range) return;
  const span = range.to - range.from;
  const shown = (from: number, to: number) => scale.setVisibleLogicalRange({ from, to });
  const keys: Record<string, () => void> = {
    ArrowLeft: () => shown(range.from - span / 10, range.to - span / 10),
    ArrowRight: () => shown(range.from + span / 10, range.to + span / 10),
    "+": () => shown(range.from + span / 8, range.to),
    "-": () => shown(range.from - span / 6, range.to),
    Home: () => live.see(0, Math.round(span)),
    End: () => live.seeLast(Math.round(span)),
  };
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}
