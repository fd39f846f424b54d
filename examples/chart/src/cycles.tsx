// A page for the tests: a chart with indicators that is mounted and unmounted as often as it is told.
import { createChart } from "lightweight-charts";
import { StrictMode, useEffect, useRef } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { chartBars } from "tvf/lightweight-charts";
import { TvfProvider, useBars, useIndicators, useTvf } from "tvf/react";

const close = Float64Array.from({ length: 400 }, (_, i) => 100 + 10 * Math.sin(i / 9));
const columns = {
  time: close.map((_, i) => 1.7e12 + i * 60_000),
  open: close,
  high: close.map((price) => price + 1),
  low: close.map((price) => price - 1),
  close,
  volume: close.map((_, i) => 100 + (i % 17)),
};

/** One of each kind of drawing. */
const KINDS = ["bbands", "ichimoku", "psar", "macd", "sma_cross", "support_resistance", "volume_profile"] as const;

/** Which goes first: all orders happen in applications. */
type Order = "adapter" | "chart" | "neither";

function Chart({ order, onDone }: { order: Order; onDone: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  const bars = useBars(columns);
  const [rsi] = useIndicators(bars, [{ id: "rsi" }, { id: "macd" }], { live: true });
  useEffect(() => {
    if (!bars || !rsi || !place.current) return undefined;
    const chart = createChart(place.current, { width: 200, height: 150 });
    const live = chartBars(chart, bars, { volume: true });
    for (const id of KINDS) live.add(id);
    bars.replace({ ...bars.at(-1), close: 101 });
    const done = requestAnimationFrame(onDone);
    return () => {
      cancelAnimationFrame(done);
      if (order === "adapter") live.remove();
      chart.remove();
      if (order === "chart") live.remove();
    };
  }, [bars, rsi]);
  return <div ref={place} />;
}

function Ready({ onReady }: { onReady: () => void }) {
  const { ready } = useTvf();
  useEffect(() => {
    if (ready) onReady();
  }, [ready]);
  return null;
}

const root = createRoot(document.getElementById("root") as HTMLElement);
const show = (node: React.ReactNode) =>
  flushSync(() =>
    root.render(
      <StrictMode>
        <TvfProvider>{node}</TvfProvider>
      </StrictMode>,
    ),
  );

async function cycle(order: Order): Promise<void> {
  await new Promise<void>((resolve) => show(<Chart order={order} onDone={resolve} />));
  show(null);
}

await new Promise<void>((resolve) => show(<Ready onReady={resolve} />));
Object.assign(globalThis, { cycle });
