// A chart of bars that live in a worker; the tests push bars and look at what it shows.
import { createChart } from "lightweight-charts";
import { StrictMode, use, useEffect, useRef } from "react";
import { createRoot } from "react-dom/client";
import { chartBars } from "tvf/lightweight-charts";
import { TvfProvider, useIndicators, useWorkerBars } from "tvf/react";
import { startWorker } from "tvf/worker";
import { loadDatasets } from "./data";
import { chartOptions } from "./theme";

// One thread computes faster than a chart draws.
const started = Promise.all([startWorker({ build: "simd" }), loadDatasets()]);

function Chart() {
  const [worker, datasets] = use(started);
  const place = useRef<HTMLDivElement>(null);
  const columns = datasets.find(({ name }) => name === "intraday")?.columns;
  const bars = useWorkerBars(worker, columns);
  const { rsi } = useIndicators(bars, { rsi: { id: "rsi" } }, { live: true });
  useEffect(() => {
    if (!bars || !place.current) return undefined;
    const chart = createChart(place.current, { autoSize: true, ...chartOptions("light") });
    const live = chartBars(chart, bars, { volume: true, theme: "light", zone: "America/New_York" });
    for (const id of ["bbands", "ema", "macd", "volume_profile"] as const) live.add(id);
    Object.assign(globalThis, { example: { bars, live } });
    return () => {
      live.remove();
      chart.remove();
    };
  }, [bars]);
  return (
    <>
      <output>{rsi?.last()}</output>
      <div ref={place} style={{ height: "90vh" }} />
    </>
  );
}

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <TvfProvider fallback="Loading">
      <Chart />
    </TvfProvider>
  </StrictMode>,
);
