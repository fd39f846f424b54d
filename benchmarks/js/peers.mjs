// Packages of npm in one form, for the page and for Node. `npm run build` puts them into one module.
//
// For each indicator: `member`, what tvf calls the package's definition; `run`, which computes all bars in the form that
// the package wants; `show`, the outputs as columns, which may lack bars at their beginning. `live` begins anew and gives
// a function that takes a bar; true as its second argument replaces the last bar, where the package can do that.
// `settled`: from which bar on values agree, where the package begins otherwise. `close`: how far they may be off, where
// the package rounds. `lacks` says why an indicator of the set is missing.
import { IndicatorsSync } from "@ixjb94/indicators";
import * as ti from "technicalindicators";
import * as signals from "trading-signals";

const one = (column) => [column];
const fields = (...names) => (rows) => names.map((name) => rows.map((row) => row?.[name] ?? NaN));
const SETTLED = 1000;

const sma = { id: "sma", period: 20 };
const ema = { id: "ema", period: 20 };
const wma = { id: "wma", period: 20 };
const hma = { id: "hma", period: 20 };
const vwma = { id: "vwma", period: 20 };
const rsi = { id: "rsi", period: 14 };
const atr = { id: "atr", period: 14 };
const adx = { id: "adx", period: 14 };
const stoch = { id: "stoch", period: 14, k: 3, d: 3 };
const psar = { id: "psar", compat: "talib" };
const vwap = { id: "vwap", anchor: "none" };

function technicalIndicators({ high, low, close, volume }) {
  const made = (member, make, input, show, more = {}) => ({
    member,
    run: () => make.calculate(input()),
    show,
    live: () => {
      const empty = Object.fromEntries(Object.entries(input()).map(([k, v]) => [k, Array.isArray(v) ? [] : v]));
      const indicator = new make(empty);
      return "values" in empty ? (bar) => indicator.nextValue(bar.close) : (bar) => indicator.nextValue(bar);
    },
    ...more,
  });
  const late = { settled: SETTLED };
  return {
    indicators: {
      sma: made(sma, ti.SMA, () => ({ period: 20, values: close }), one),
      ema: made(ema, ti.EMA, () => ({ period: 20, values: close }), one),
      wma: made(wma, ti.WMA, () => ({ period: 20, values: close }), one),
      rsi: made(rsi, ti.RSI, () => ({ period: 14, values: close }), one, { close: 1e-4 }),
      atr: made(atr, ti.ATR, () => ({ period: 14, high, low, close }), one, late),
      adx: made(adx, ti.ADX, () => ({ period: 14, high, low, close }), fields("adx", "pdi", "mdi"), late),
      stoch: made(
        { ...stoch, k: 1 },
        ti.Stochastic,
        () => ({ period: 14, signalPeriod: 3, high, low, close }),
        fields("k", "d"),
      ),
      macd: made(
        { id: "macd" },
        ti.MACD,
        () => ({
          values: close,
          fastPeriod: 12,
          slowPeriod: 26,
          signalPeriod: 9,
          SimpleMAOscillator: false,
          SimpleMASignal: false,
        }),
        fields("MACD", "signal", "histogram"),
      ),
      bbands: made(
        { id: "bbands" },
        ti.BollingerBands,
        () => ({ period: 20, stdDev: 2, values: close }),
        fields("upper", "middle", "lower"),
      ),
      psar: made(psar, ti.PSAR, () => ({ step: 0.02, max: 0.2, high, low }), one, late),
      obv: made({ id: "obv" }, ti.OBV, () => ({ close, volume }), one),
      ichimoku: made(
        { id: "ichimoku" },
        ti.IchimokuCloud,
        () => ({ conversionPeriod: 9, basePeriod: 26, spanPeriod: 52, displacement: 26, high, low }),
        fields("conversion", "base", "spanA", "spanB"),
        late,
      ),
      keltner: made(
        { id: "keltner" },
        ti.KeltnerChannels,
        () => ({ maPeriod: 20, atrPeriod: 10, useSMA: false, multiplier: 2, high, low, close }),
        fields("upper", "middle", "lower"),
        late,
      ),
      vwap: made(vwap, ti.VWAP, () => ({ high, low, close, volume }), one),
    },
    lacks: { hma: "no such indicator", vwma: "no such indicator" },
  };
}

function tradingSignals({ bars, close }) {
  const { EMA } = signals;
  const made = (member, make, show = one, more = {}) => {
    const prices = more.of === "close";
    return {
      member,
      run: () => make().updates(prices ? close : bars, false),
      show,
      live: () => {
        const indicator = make();
        return prices
          ? (bar, replace) => indicator.update(bar.close, replace)
          : (bar, replace) => indicator.update(bar, replace);
      },
      ...more,
    };
  };
  const price = { of: "close" };
  const late = { settled: SETTLED };
  const bands = fields("upper", "middle", "lower");
  return {
    indicators: {
      sma: made(sma, () => new signals.SMA(20), one, price),
      ema: made(ema, () => new EMA(20), one, { ...price, ...late }),
      wma: made(wma, () => new signals.WMA(20), one, price),
      hma: made(hma, () => new signals.HMA(20), one, price),
      vwma: made(vwma, () => new signals.VWMA(20)),
      rsi: made(rsi, () => new signals.RSI(14), one, { ...price, ...late }),
      atr: made(atr, () => new signals.ATR(14), one, late),
      adx: made(adx, () => new signals.ADX(14), one, late),
      stoch: made(
        stoch,
        () => new signals.StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 3, dPeriod: 3 }),
        fields("stochK", "stochD"),
        late,
      ),
      macd: made(
        { id: "macd" },
        () => new signals.MACD(new EMA(12), new EMA(26), new EMA(9)),
        fields("macd", "signal", "histogram"),
        { ...price, ...late },
      ),
      bbands: made({ id: "bbands" }, () => new signals.BollingerBands(20, 2), bands, price),
      obv: made({ id: "obv" }, () => new signals.OBV(2)),
      ichimoku: made(
        { id: "ichimoku" },
        () => new signals.IchimokuCloud(),
        fields("conversion", "base", "spanA", "spanB"),
        late,
      ),
      keltner: made({ id: "keltner" }, () => new signals.KeltnerChannels(), bands, late),
      vwap: made(vwap, () => new signals.VWAP()),
    },
    replaces: true,
    lacks: { psar: "another line: it puts a rising stop 0.01 below the low" },
  };
}

function ixjb94({ high, low, close, volume }) {
  const all = new IndicatorsSync();
  const made = (member, run, show = one, more = {}) => ({ member, run, show, ...more });
  const late = { settled: SETTLED };
  const same = (columns) => columns;
  const bands = ([lower, middle, upper]) => [upper, middle, lower];
  return {
    indicators: {
      sma: made(sma, () => all.sma(close, 20)),
      ema: made(ema, () => all.ema(close, 20), one, late),
      wma: made(wma, () => all.wma(close, 20)),
      hma: made(hma, () => all.hma(close, 20)),
      vwma: made(vwma, () => all.vwma(close, volume, 20)),
      rsi: made(rsi, () => all.rsi(close, 14), one, late),
      atr: made(atr, () => all.atr(high, low, close, 14), one, late),
      adx: made(adx, () => all.adx(high, low, 14), one, late),
      stoch: made(stoch, () => all.stoch(high, low, close, 14, 3, 3), same, late),
      macd: made({ id: "macd" }, () => all.macd(close, 12, 26, 9), same, late),
      bbands: made({ id: "bbands" }, () => all.bbands(close, 20, 2), bands),
      psar: made(psar, () => all.psar(high, low, 0.02, 0.2), one, late),
      obv: made({ id: "obv" }, () => all.obv(close, volume), one, late),
    },
    lacks: {
      ichimoku: "no such indicator",
      keltner: "the range is an average of other weights",
      vwap: "a window of its own",
    },
  };
}

/** The packages over columns, which they get in the form they are documented to take: plain arrays, or objects. */
export function peers(columns) {
  const names = Object.keys(columns);
  const plain = Object.fromEntries(names.map((name) => [name, Array.from(columns[name])]));
  const bars = plain.close.map((_, i) => Object.fromEntries(names.map((name) => [name, plain[name][i]])));
  const all = { ...plain, bars };
  return {
    technicalindicators: technicalIndicators(all),
    "trading-signals": tradingSignals(all),
    "@ixjb94/indicators": ixjb94(all),
  };
}
