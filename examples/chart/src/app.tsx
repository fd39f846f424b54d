import { use, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { catalog, type Id } from "tvf";
import type { ChartBars } from "tvf/lightweight-charts";
import { useBars } from "tvf/react";
import { ActiveList } from "./active";
import { ChartView } from "./chart";
import { loadDatasets, type DatasetName } from "./data";
import { Feed } from "./feed";
import { IndicatorList } from "./list";
import type { Active } from "./members";
import { type Found, PatternsPanel, type Wanted } from "./patterns";
import { Quote } from "./quote";
import { SET_OF_16 } from "./set";
import { SignalPanel } from "./signal";
import { Status } from "./status";
import { type Style, useStyled } from "./styles";
import { StyleField } from "./style_field";
import { Tabs, type TabName } from "./tabs";
import type { ThemeName } from "./theme";

const datasets = loadDatasets();
// Whoever waits for it is told; until then it is nobody's mistake.
datasets.catch(() => {});
const FIRST: readonly Id[] = ["bbands", "ema", "rsi", "macd"];
const RATES = [0, 10, 100, 1000];
const ZONES = [
  ["America/New_York", "Exchange"],
  ["local", "Local"],
  ["UTC", "UTC"],
] as const;

const NOTHING: Found = { families: new Map(), candlesticks: undefined };

let nextKey = 1;
const activeOf = (id: Id): Active => ({ key: nextKey++, id, params: {} });

export function App() {
  const all = use(datasets);
  const [name, setName] = useState<DatasetName>("daily");
  const dataset = all.find((one) => one.name === name) as (typeof all)[number];
  const bars = useBars(dataset.columns);
  const entries = useMemo(() => catalog(), []);
  const [active, setActive] = useState<readonly Active[]>(() => FIRST.map(activeOf));
  const [theme, setTheme] = useTheme();
  const [zone, setZone] = useState<string>(ZONES[0][0]);
  const [rate, setRate] = useState(0);
  const [style, setStyle] = useState<Style>({ name: "candles" });
  const [shown, styleError] = useStyled(bars, style);
  const [tab, setTab] = useState<TabName>("indicators");
  const [wanted, setWanted] = useState<Wanted>({ families: [], candlesticks: [] });
  const [found, setFound] = useState(NOTHING);
  const [live, setLive] = useState<ChartBars>();
  const [isOpen, setOpen] = useState(false);
  const isNarrow = useMedia("(max-width: 820px)");
  const menu = useRef<HTMLButtonElement>(null);

  const [feed, setFeed] = useState<Feed>();
  useEffect(() => {
    if (!bars || bars.isFreed) return undefined;
    const feed = new Feed(bars, dataset.rule);
    setFeed(feed);
    return () => {
      setFeed(undefined);
      feed.free();
    };
  }, [bars, dataset]);
  useEffect(() => {
    feed?.run(rate);
    return () => feed?.run(0);
  }, [feed, rate]);
  // For the console, and for the tests of this page.
  useEffect(() => {
    Object.assign(globalThis, { example: { bars, live, feed, found } });
  }, [bars, live, feed, found]);

  const close = useCallback(() => {
    setOpen(false);
    menu.current?.focus();
  }, []);
  const toggle = (id: Id) =>
    setActive((list) => (list.some((one) => one.id === id) ? list.filter((one) => one.id !== id) : [...list, activeOf(id)]));
  const choose = (name: DatasetName) => {
    setName(name);
    // A size that suits one is of no use for the other.
    setStyle(({ name }) => ({ name }));
  };
  const change = (key: number, param: string, value: number | string) =>
    setActive((list) =>
      list.map((one) => (one.key === key ? { ...one, params: { ...one.params, [param]: value } } : one)),
    );

  return (
    <div className="page">
      <header>
        <button
          ref={menu}
          className="menu"
          aria-expanded={isOpen}
          aria-controls="panel"
          aria-label="Side panel"
          onClick={() => setOpen(!isOpen)}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M3 5h14M3 10h14M3 15h9" />
          </svg>
        </button>
        <div className="segments" role="group" aria-label="Bars">
          {all.map((one) => (
            <button key={one.name} title={one.note} aria-pressed={one.name === name} onClick={() => choose(one.name)}>
              {one.title}
            </button>
          ))}
        </div>
        <StyleField style={style} size={shown?.size} error={styleError} onChange={setStyle} />
        <Quote bars={bars} />
        <span className="fill" />
        <label className="field" title="Ticks a second">
          <span>Feed</span>
          <select value={rate} onChange={(event) => setRate(Number(event.target.value))} aria-label="Live feed">
            {RATES.map((one) => (
              <option key={one} value={one}>
                {one === 0 ? "Off" : `${one}/s`}
              </option>
            ))}
          </select>
        </label>
        <label className="field wide">
          <span>Time</span>
          <select value={zone} onChange={(event) => setZone(event.target.value)} aria-label="Time zone">
            {ZONES.map(([value, title]) => (
              <option key={value} value={value}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <button
          className="icon"
          aria-label={theme === "dark" ? "Light theme" : "Dark theme"}
          onClick={() => setTheme(theme === "dark" ? "light" : "dark")}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true">
            {theme === "dark" ? (
              <path d="M10 3v2M10 15v2M3 10h2M15 10h2M5 5l1.5 1.5M13.5 13.5 15 15M15 5l-1.5 1.5M6.5 13.5 5 15M10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6" />
            ) : (
              <path d="M16 12A7 7 0 0 1 8 4a6.5 6.5 0 1 0 8 8Z" />
            )}
          </svg>
        </button>
      </header>
      <main>
        {isOpen && <div className="shade" onClick={close} />}
        <aside
          id="panel"
          className={isOpen ? "open" : ""}
          inert={isNarrow && !isOpen}
          aria-label="Side panel"
          onKeyDown={(event) => event.key === "Escape" && isOpen && close()}
        >
          <Tabs tab={tab} onTab={setTab} />
          <div role="tabpanel" id={`tab-${tab}`} aria-labelledby={`of-${tab}`}>
            {tab === "indicators" && (
              <>
                <ActiveList
                  entries={entries}
                  active={active}
                  live={live}
                  onChange={change}
                  onRemove={(key) => setActive((list) => list.filter((one) => one.key !== key))}
                  onClear={() => setActive([])}
                />
                <IndicatorList
                  entries={entries}
                  active={active}
                  onToggle={toggle}
                  onSet={() => setActive(SET_OF_16.map(activeOf))}
                />
              </>
            )}
            {tab === "patterns" && <PatternsPanel wanted={wanted} found={found} live={live} onChange={setWanted} />}
            {tab === "signal" && <SignalPanel bars={bars} />}
          </div>
        </aside>
        <ChartView
          shown={shown}
          active={active}
          entries={entries}
          wanted={wanted}
          theme={theme}
          zone={zone}
          onLive={setLive}
          onFound={setFound}
        />
      </main>
      <Status bars={bars} feed={feed} rate={rate} count={active.length} />
    </div>
  );
}

/** The theme of the system, until somebody chooses. */
function useTheme(): [ThemeName, (theme: ThemeName) => void] {
  const isLight = useMedia("(prefers-color-scheme: light)");
  const [chosen, choose] = useState<ThemeName>();
  const theme = chosen ?? (isLight ? "light" : "dark");
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  return [theme, choose];
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    useCallback(
      (tell: () => void) => {
        const media = matchMedia(query);
        media.addEventListener("change", tell);
        return () => media.removeEventListener("change", tell);
      },
      [query],
    ),
    () => matchMedia(query).matches,
  );
}
