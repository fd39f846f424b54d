import type { Bars } from "tvf";
import { useIndicators } from "tvf/react";

/** The last price and what two indicators say of it; rendered again once a frame while ticks come. */
export function Quote({ bars }: { bars: Bars | undefined }) {
  const { rsi, atr } = useIndicators(bars, { rsi: { id: "rsi" }, atr: { id: "atr" } }, { live: true });
  const [last, before] = [bars && !bars.isFreed ? bars.at(-1) : undefined, bars && !bars.isFreed ? bars.at(-2) : undefined];
  if (!last || !before || !rsi || !atr || rsi.isFreed || atr.isFreed) return <div className="quote" />;
  const close = last["close"] as number;
  const change = close / (before["close"] as number) - 1;
  return (
    <div className="quote">
      <strong>{close.toFixed(2)}</strong>
      <span className={change < 0 ? "fall" : "rise"}>
        {change < 0 ? "−" : "+"}
        {(100 * Math.abs(change)).toFixed(2)} %
      </span>
      <span className="wide">
        RSI <b>{rsi.last().toFixed(1)}</b>
      </span>
      <span className="wide">
        ATR <b>{atr.last().toFixed(2)}</b>
      </span>
    </div>
  );
}
