import { useMemo, useState, useSyncExternalStore } from "react";
import { type Candlestick, candlestickPatterns, families, type FamilyId, type Pattern } from "tvf";
import type { CandlestickMark, ChartBars, ChartCandlesticks, ChartPatterns } from "tvf/lightweight-charts";

/** What is looked for on the chart. */
export interface Wanted {
  readonly families: readonly FamilyId[];
  readonly candlesticks: readonly Candlestick[];
}

/** What was found, by the chart's adapter. */
export interface Found {
  readonly families: ReadonlyMap<FamilyId, ChartPatterns>;
  readonly candlesticks: ChartCandlesticks | undefined;
}

/** Those that most traders know. */
const KNOWN: readonly Candlestick[] = ["engulfing", "hammer", "shootingstar", "morningstar", "eveningstar", "3whitesoldiers", "3blackcrows"];
/** How many are listed. */
const LISTED = 30;

interface Props {
  wanted: Wanted;
  found: Found;
  live: ChartBars | undefined;
  onChange: (wanted: Wanted) => void;
}

/** The families of patterns to switch on, and what they have found. */
export function PatternsPanel({ wanted, found, live, onChange }: Props) {
  const all = useMemo(() => families(), []);
  const toggle = (id: FamilyId) => {
    const rest = wanted.families.filter((one) => one !== id);
    onChange({ ...wanted, families: rest.length < wanted.families.length ? rest : [...rest, id] });
  };
  return (
    <section className="patterns" aria-label="Patterns">
      {all.map(({ id, title, summary }) => {
        const patterns = found.families.get(id);
        const isOn = wanted.families.includes(id);
        return (
          <div key={id}>
            <Switch id={id} title={title} summary={summary} isOn={isOn} onToggle={() => toggle(id)} />
            {isOn && patterns && live && <PatternList patterns={patterns} live={live} />}
          </div>
        );
      })}
      <Candlesticks {...{ wanted, found, live, onChange }} />
    </section>
  );
}

interface SwitchProps {
  id: string;
  title: string;
  summary: string;
  isOn: boolean;
  onToggle: () => void;
}

function Switch({ id, title, summary, isOn, onToggle }: SwitchProps) {
  return (
    <button className="switch" aria-pressed={isOn} title={summary} data-family={id} onClick={onToggle}>
      <span className="tick" aria-hidden="true" />
      <span className="name">{title}</span>
    </button>
  );
}

/** The newest patterns of a family; one that is chosen is shown with its targets. */
function PatternList({ patterns, live }: { patterns: ChartPatterns; live: ChartBars }) {
  const subscribe = useMemo(() => (tell: () => void) => patterns.subscribe(tell), [patterns]);
  const certain = useSyncExternalStore(subscribe, () => patterns.patterns);
  const forming = useSyncExternalStore(subscribe, () => patterns.forming);
  const selected = useSyncExternalStore(subscribe, () => patterns.selected);
  const choose = (pattern: Pattern) => {
    const isChosen = pattern === selected;
    patterns.select(isChosen ? undefined : pattern);
    if (isChosen || live.bars.isFreed) return;
    const [first, last] = [pattern.points[0]?.bar ?? 0, pattern.confirmed ?? live.bars.length - 1];
    const around = Math.max(Math.round(1.2 * (last - first)), 30);
    live.see(first - around, last + around);
  };
  const rows = [...forming.toReversed(), ...certain.slice(-LISTED).toReversed()];
  const key = (pattern: Pattern) => `${pattern.name} ${pattern.confirmed ?? "forming"} ${pattern.points.map(({ bar }) => bar).join()}`;
  return (
    <>
      <p className="none" data-count={patterns.family.id}>
        {certain.length.toLocaleString("en-US")} found{forming.length > 0 && `, ${forming.length} forming`}
      </p>
      <ul>
        {rows.map((pattern) => (
          <li key={key(pattern)}>
            <button className="pattern" aria-pressed={pattern === selected} onClick={() => choose(pattern)} title={reasonOf(pattern)}>
              <span className={pattern.direction > 0 ? "rise" : pattern.direction < 0 ? "fall" : "quiet"}>
                {pattern.direction > 0 ? "▲" : pattern.direction < 0 ? "▼" : "◆"}
              </span>
              <span className="name">{pattern.name.replaceAll("_", " ")}</span>
              <time>{pattern.confirmed === null ? "forming" : dateOf(live, pattern.confirmed)}</time>
              <b>{pattern.score.toFixed(2)}</b>
            </button>
            {pattern === selected && <Details pattern={pattern} />}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What the score is the mean of, where it aims, and when it has failed. */
function Details({ pattern }: { pattern: Pattern }) {
  const { parts, targets, zone, invalidation } = pattern;
  const prices = [
    ...Object.entries(targets).map(([name, price]) => [`Target ${name}`, price.toFixed(2)]),
    ...(zone ? [["Zone", `${zone[0].toFixed(2)} – ${zone[1].toFixed(2)}`]] : []),
    ...(invalidation === null ? [] : [["Failed beyond", invalidation.toFixed(2)]]),
  ];
  return (
    <dl className="details">
      {prices.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {Object.entries(parts).map(([name, value]) => (
        <div key={`part ${name}`}>
          <dt>Score: {name.replaceAll("_", " ")}</dt>
          <dd>
            <meter min={0} max={1} value={value} aria-label={name} /> {value.toFixed(2)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const reasonOf = ({ parts }: Pattern) => Object.entries(parts).map(([name, value]) => `${name} ${value.toFixed(2)}`).join(", ");

function dateOf(live: ChartBars, bar: number): string {
  const time = live.bars.isFreed ? undefined : live.bars.at(bar)?.["time"];
  return time === undefined ? "" : new Date(time).toISOString().slice(0, 10);
}

/** Candlestick patterns to choose from, and the newest marks. */
function Candlesticks({ wanted, found, live, onChange }: Props) {
  const all = useMemo(() => candlestickPatterns(), []);
  const [word, setWord] = useState("");
  const isOn = wanted.candlesticks.length > 0;
  const set = (candlesticks: readonly Candlestick[]) => onChange({ ...wanted, candlesticks });
  const fitting = all.filter(({ id, title }) => `${id} ${title}`.toLowerCase().includes(word.toLowerCase()));
  return (
    <div>
      <Switch
        id="candlesticks"
        title="Candlesticks"
        summary={`${all.length} patterns of one to five candles`}
        isOn={isOn}
        onToggle={() => set(isOn ? [] : KNOWN)}
      />
      {isOn && found.candlesticks && live && <MarkList candlesticks={found.candlesticks} live={live} all={all} />}
      {isOn && (
        <details className="choices">
          <summary>
            Which ones <span className="count">{wanted.candlesticks.length}</span>
          </summary>
          <div className="search">
            <input type="search" placeholder={`Search ${all.length} patterns`} aria-label="Search candlesticks" value={word} onChange={(event) => setWord(event.target.value)} />
            <button className="plain" onClick={() => set(all.map(({ id }) => id))}>
              All
            </button>
          </div>
          {fitting.map(({ id, title, summary }) => (
            <label key={id} title={summary}>
              <input
                type="checkbox"
                checked={wanted.candlesticks.includes(id)}
                onChange={({ target }) => set(target.checked ? [...wanted.candlesticks, id] : wanted.candlesticks.filter((one) => one !== id))}
              />
              {title}
            </label>
          ))}
        </details>
      )}
    </div>
  );
}

interface MarkListProps {
  candlesticks: ChartCandlesticks;
  live: ChartBars;
  all: ReturnType<typeof candlestickPatterns>;
}

function MarkList({ candlesticks, live, all }: MarkListProps) {
  const subscribe = useMemo(() => (tell: () => void) => candlesticks.subscribe(tell), [candlesticks]);
  const marks = useSyncExternalStore(subscribe, () => candlesticks.marks);
  const forming = useSyncExternalStore(subscribe, () => candlesticks.forming);
  const rows = [...forming.map((mark) => ({ ...mark, isForming: true })), ...marks.slice(-LISTED).toReversed().map((mark) => ({ ...mark, isForming: false }))];
  const see = ({ bar }: CandlestickMark) => !live.bars.isFreed && live.see(bar - 40, bar + 40);
  return (
    <>
      <p className="none" data-count="candlesticks">
        {marks.length.toLocaleString("en-US")} found{forming.length > 0 && `, ${forming.length} forming`}
      </p>
      <ul className="short">
        {rows.map((mark) => (
          <li key={`${mark.bar} ${mark.pattern}`}>
            <button className="pattern" onClick={() => see(mark)}>
              <span className={mark.value > 0 ? "rise" : "fall"}>{mark.value > 0 ? "▲" : "▼"}</span>
              <span className="name">{all.find(({ id }) => id === mark.pattern)?.title}</span>
              <time>{mark.isForming ? "forming" : dateOf(live, mark.bar)}</time>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
