import { useEffect, useRef, useState } from "react";
import type { Bars } from "tvf";
import { useTvf } from "tvf/react";
import type { Feed } from "./feed";
import { FrameMeter } from "./meter";
import { type Engine, timeEngine } from "./race";

interface Props {
  bars: Bars | undefined;
  feed: Feed | undefined;
  rate: number;
  count: number;
}

/** What runs, and how fast. */
export function Status({ bars, feed, rate, count }: Props) {
  const { build } = useTvf();
  const [meter] = useState(() => new FrameMeter());
  const [now, setNow] = useState<{ p95?: number | undefined; cost?: number | undefined; length: number }>({ length: 0 });
  useEffect(() => meter.start(), [meter]);
  // What is told is about what is there now.
  useEffect(() => meter.clear(), [meter, bars, count, rate]);
  const cost = useRef<number>(undefined);
  useEffect(() => {
    cost.current = undefined;
    const timer = setInterval(() => {
      cost.current = feed?.cost() ?? cost.current;
      setNow({ p95: meter.p95(), cost: rate > 0 ? cost.current : undefined, length: bars && !bars.isFreed ? bars.length : 0 });
    }, 500);
    return () => clearInterval(timer);
  }, [meter, feed, bars, rate]);
  return (
    <footer>
      <span>
        Build <b data-stat="build">{build}</b>
      </span>
      <span>
        Bars <b data-stat="bars">{now.length.toLocaleString("en-US")}</b>
      </span>
      <span title="Bars, indicators and the notes for the next frame; without the chart's own drawing">
        Tick <b data-stat="tick">{now.cost === undefined ? "–" : `${now.cost.toFixed(1)} µs`}</b>
      </span>
      <span title="95 of 100 frames of the last seconds took no longer">
        Frame p95 <b data-stat="frame">{now.p95 === undefined ? "–" : `${now.p95.toFixed(1)} ms`}</b>
      </span>
      <span className="fill" />
      <Race bars={bars} />
    </footer>
  );
}

/** The set of 16 over the bars that are there, in WebAssembly and in JavaScript. */
function Race({ bars }: { bars: Bars | undefined }) {
  const [engine, setEngine] = useState<Engine>();
  const [times, setTimes] = useState<Partial<Record<Engine, number>>>({});
  const [of, setOf] = useState(bars);
  if (of !== bars) {
    setOf(bars);
    setEngine(undefined);
    setTimes({});
  }
  const run = (chosen: Engine) => {
    if (!bars || bars.isFreed) return;
    setEngine(chosen);
    setTimes((known) => ({ ...known, [chosen]: timeEngine(chosen, bars) }));
  };
  const { wasm, js } = times;
  return (
    <div className="race">
      <span className="wide">16 indicators</span>
      <div className="segments small" role="group" aria-label="Time 16 indicators over these bars" title="The fastest of half a second of runs over these bars">
        {(["wasm", "js"] as const).map((one) => (
          <button key={one} aria-pressed={engine === one} onClick={() => run(one)}>
            {one === "wasm" ? "WASM" : "JS"}
            {times[one] !== undefined && <b data-stat={one}> {times[one].toFixed(1)} ms</b>}
          </button>
        ))}
      </div>
      {wasm !== undefined && js !== undefined && <b className="ratio">{(js / wasm).toFixed(1)}×</b>}
    </div>
  );
}
