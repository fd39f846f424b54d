import { useEffect, useState } from "react";
import { type Bars, candlestickPatterns, type Composite, composite, type CompositeReason, compositeSources } from "tvf";

/** The bars that it looks back on: what fades within some dozen bars needs no more. */
const LOOK_BACK = 2000;
/** How often it is computed anew while ticks come, in milliseconds. */
const PACE = 500;

const TITLES = new Map(compositeSources().map(({ id, title }) => [id, title]));

/** What all families of patterns and fifteen indicators together say of the last bar, and why. */
export function SignalPanel({ bars }: { bars: Bars | undefined }) {
  const signal = useComposite(bars);
  if (!signal) return <section className="signal" aria-label="Signal" />;
  const { direction, score, strength, confidence, reasons, silent } = signal;
  const word = direction > 0 ? "Rise" : direction < 0 ? "Fall" : "No direction";
  return (
    <section className="signal" aria-label="Signal">
      <div className="verdict">
        <strong className={direction > 0 ? "rise" : direction < 0 ? "fall" : ""} data-stat="direction">
          {word}
        </strong>
        <span className="gauge" role="img" aria-label={`Score ${score.toFixed(2)} of −1 to 1`}>
          <i style={{ left: `${50 + 50 * score}%` }} className={score < 0 ? "fall" : "rise"} />
        </span>
        <dl className="details">
          <div>
            <dt>Score</dt>
            <dd data-stat="score" data-value={score}>
              {signed(score)}
            </dd>
          </div>
          <div>
            <dt title="The size of the score">Strength</dt>
            <dd>
              <meter min={0} max={1} value={strength} aria-label="Strength" /> {strength.toFixed(2)}
            </dd>
          </div>
          <div>
            <dt title="How much the sources agree, times how many of them spoke">Confidence</dt>
            <dd>
              <meter min={0} max={1} value={confidence} aria-label="Confidence" /> {confidence.toFixed(2)}
            </dd>
          </div>
        </dl>
      </div>
      <h2>
        Reasons <span className="count">{reasons.length}</span>
      </h2>
      <ol className="reasons">
        {reasons.map((reason) => (
          <Reason key={`${reason.source} ${reason.name} ${reason.bar}`} reason={reason} most={Math.abs(reasons[0]?.contribution ?? 1)} />
        ))}
      </ol>
      {silent.length > 0 && (
        <details className="choices">
          <summary>
            Said nothing <span className="count">{silent.length}</span>
          </summary>
          <ul>
            {silent.map(({ source, why }) => (
              <li key={source}>
                {TITLES.get(source)}: {why}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Reason({ reason, most }: { reason: CompositeReason; most: number }) {
  const { source, name, vote, weight, contribution } = reason;
  const title = TITLES.get(source) ?? source;
  const said = candlestickPatterns().find(({ id }) => id === name)?.title ?? name.replaceAll("_", " ");
  return (
    <li title={`Vote ${signed(vote)}, weight ${weight}`} data-source={source}>
      <span className="name">
        {title}
        {said.toLowerCase() !== title.toLowerCase() && said !== source && <em> {said}</em>}
      </span>
      <span className="share" aria-hidden="true">
        <i className={contribution < 0 ? "fall" : "rise"} style={{ width: `${(50 * Math.abs(contribution)) / most}%` }} />
      </span>
      <b>{signed(contribution)}</b>
    </li>
  );
}

/** With a sign that is as wide as another. */
function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}

function useComposite(bars: Bars | undefined): Composite | undefined {
  const [signal, setSignal] = useState<Composite>();
  useEffect(() => {
    if (!bars || bars.isFreed) return setSignal(undefined);
    let [timer, isStale]: [ReturnType<typeof setTimeout> | undefined, boolean] = [undefined, false];
    const compute = () => {
      if (bars.isFreed) return;
      setSignal(composite(bars.window(-LOOK_BACK) as unknown as Parameters<typeof composite>[0]));
      isStale = false;
      timer = setTimeout(() => {
        timer = undefined;
        if (isStale) compute();
      }, PACE);
    };
    compute();
    const unsubscribe = bars.subscribe((change) => {
      if (change === "free") return clearTimeout(timer);
      isStale = true;
      if (timer === undefined) timer = setTimeout(compute, 0);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [bars]);
  return signal;
}
