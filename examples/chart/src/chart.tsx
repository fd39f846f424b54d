import { createChart, type IChartApi } from "lightweight-charts";
import { useEffect, useRef, useState } from "react";
import type { Bars, Entry } from "tvf";
import { type ChartBars, chartBars, type ChartIndicator } from "tvf/lightweight-charts";
import { Legend } from "./legend";
import { type Active, memberOf, nameOf } from "./members";
import { chartOptions, type ThemeName } from "./theme";

interface Props {
  bars: Bars | undefined;
  active: readonly Active[];
  entries: readonly Entry[];
  theme: ThemeName;
  zone: string;
  onLive: (live: ChartBars | undefined) => void;
}

/** An indicator on the chart, and what it was made of. */
interface Drawn {
  readonly active: Active;
  readonly indicator: ChartIndicator;
}

/** The chart: it follows the bars by itself, React only tells it what to draw. */
export function ChartView({ bars, active, entries, theme, zone, onLive }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const legends = useRef<HTMLDivElement>(null);
  const drawn = useRef(new Map<number, Drawn>());
  const [live, setLive] = useState<ChartBars>();
  const [legend, setLegend] = useState<Legend>();

  // Bars and chart come and go together: the adapter first, then the chart.
  useEffect(() => {
    if (!bars || bars.isFreed || !place.current || !legends.current) return undefined;
    const chart = createChart(place.current, { autoSize: true, ...chartOptions(theme) });
    const live = chartBars(chart, bars, { volume: true, theme, zone });
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
  }, [bars]);

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
