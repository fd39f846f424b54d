import type { Id } from "tvf";

/** Sixteen at once: what the project's own figures are about. */
export const SET_OF_16 = [
  "sma",
  "ema",
  "hma",
  "vwma",
  "bbands",
  "keltner",
  "ichimoku",
  "psar",
  "vwap",
  "rsi",
  "macd",
  "stoch",
  "adx",
  "atr",
  "obv",
  "cmf",
] as const satisfies readonly Id[];
