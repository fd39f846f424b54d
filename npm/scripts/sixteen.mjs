/** The indicators of a busy chart, by which the figures for a set are measured. */
export const SIXTEEN = [
  { id: "sma" }, { id: "ema" }, { id: "wma" }, { id: "rsi" }, { id: "stoch" }, { id: "macd" }, { id: "bbands" },
  { id: "atr" }, { id: "adx" }, { id: "obv" }, { id: "vwap" }, { id: "sma_cross" }, { id: "ema", period: 50 },
  { id: "sma", period: 50 }, { id: "rsi", period: 7 }, { id: "ema", period: 9, source: { id: "rsi" } },
];
