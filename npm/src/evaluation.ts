import { numeric } from "./chart/look.js";
import { answered } from "./chart/points.js";
import { type Column, layInput, lengthOf, type TimeColumn } from "./columns.js";
import { type Core, exchanging, failure } from "./core.js";
import { TvfError } from "./errors.js";
import {
  type ForecastEvaluation,
  METRICS,
  type ProbabilitiesEvaluation,
  type ReturnsEvaluation,
  type TradesEvaluation,
} from "./metrics.js";

/** Simple returns, and what they are held against. */
export interface EvaluatedReturns {
  /** One per period: 0.01 is one percent. One below −1 loses more than all. */
  returns: Column;
  /** The returns of a benchmark in the same periods, or one for all; without it what depends on it is NaN. */
  benchmark?: Column | number;
  /** How many periods a year has: 252 days if not said. */
  periods?: number;
  /** The risk-free return of a period, or one for each; 0 if not said. */
  riskFree?: Column | number;
  /** The return of a period below which it falls short, or one for each; 0 if not said. */
  requiredReturn?: Column | number;
  /** That of VaR and CVaR, between 0 and 1; 0.95 if not said. */
  confidence?: number;
  /** The yearly Sharpe ratio that the probabilistic one is held against; 0 if not said. */
  targetSharpe?: number;
  /** How many strategies were tried before this one was chosen, for the deflated Sharpe ratio; 1 if not said. */
  trials?: number;
  /** The standard deviation of their yearly Sharpe ratios. */
  trialsDeviation?: number;
}

/** Closed trades in the order of their exits, column by column; another order is refused. */
export interface EvaluatedTrades {
  trades: {
    /** What each earned, costs taken off. */
    profit: Column;
    /** The same as a share of what was at stake. */
    return?: Column;
    /** When each began: bars or moments. */
    entry?: TimeColumn;
    /** When each ended, in the same. */
    exit?: TimeColumn;
  };
}

/** Probabilities of classes, and what came. */
export interface EvaluatedProbabilities {
  /** A row per bar with a number per class, such as buy, sell and hold: 1 together. */
  probabilities: readonly Column[];
  /** The class that came, by its place in the rows from 0. */
  outcomes: Column;
}

/** Numbers that came, and what had been predicted for them. */
export interface EvaluatedForecast {
  actual: Column;
  predicted: Column;
}

/**
 * What a strategy was worth, from one of four things: its returns, its trades, the probabilities that it gave, or its
 * forecasts. A missing value is passed over with what stands beside it, and what is not defined is NaN. An evaluation is
 * of a whole series; there is no form bar by bar.
 */
export function evaluate(of: EvaluatedReturns): ReturnsEvaluation;
export function evaluate(of: EvaluatedTrades): TradesEvaluation;
export function evaluate(of: EvaluatedProbabilities): ProbabilitiesEvaluation;
export function evaluate(of: EvaluatedForecast): ForecastEvaluation;
export function evaluate(of: object): object {
  const kind = kindIn(of);
  return exchanging((core) => {
    if (!ACTS[kind](core, of as never)) throw failure(core);
    const numbers = answered(core, 0, 0);
    return Object.fromEntries(METRICS[GROUPS[kind]].map((name, i) => [name, numbers[i]]));
  });
}

type Kind = keyof typeof GROUPS;

/** What can be evaluated, and the metrics of it. */
const GROUPS = { returns: "returns", trades: "trades", probabilities: "probabilities", actual: "forecast" } as const;

/** The one thing that is to be evaluated. */
function kindIn(of: unknown): Kind {
  const given = typeof of === "object" && of !== null ? (of as Record<string, unknown>) : {};
  const kinds = (Object.keys(GROUPS) as Kind[]).filter((name) => given[name] !== undefined && given[name] !== null);
  if (kinds.length === 1) return kinds[0] as Kind;
  const bound = "one of returns, trades, probabilities and actual";
  const got = kinds.join(" and ") || "none";
  throw new TvfError("input_count", `evaluate takes ${bound}, and was given ${got}`, "evaluate", got, bound);
}

const ACTS = {
  returns(core: Core, of: EvaluatedReturns): boolean {
    const { returns, benchmark, riskFree = 0, requiredReturn = 0 } = of;
    const { periods = 252, confidence = 0.95, targetSharpe = 0, trials = 1, trialsDeviation = NaN } = of;
    layInput(core, "returns", returns);
    layRate(core, "risk_free", riskFree);
    layRate(core, "required_return", requiredReturn);
    if (benchmark !== undefined && benchmark !== null) layRate(core, "benchmark", benchmark);
    return core.glue.evaluate_returns(
      core.exchange,
      numeric("periods", periods),
      numeric("confidence", confidence),
      numeric("target_sharpe", targetSharpe),
      numeric("trials", trials),
      numeric("trials_deviation", trialsDeviation),
    );
  },

  trades(core: Core, { trades }: EvaluatedTrades): boolean {
    layInput(core, "profit", trades.profit);
    const has = (name: "return" | "entry" | "exit") => {
      if (trades[name] === undefined || trades[name] === null) return false;
      layInput(core, name, trades[name]);
      return true;
    };
    return core.glue.evaluate_trades(core.exchange, has("return"), has("entry"), has("exit"));
  },

  probabilities(core: Core, { probabilities, outcomes }: EvaluatedProbabilities): boolean {
    layInput(core, "outcomes", outcomes);
    for (const column of classesOf(probabilities)) layInput(core, "probabilities", column);
    return core.glue.evaluate_probabilities(core.exchange);
  },

  actual(core: Core, { actual, predicted }: EvaluatedForecast): boolean {
    layInput(core, "actual", actual);
    layInput(core, "predicted", predicted);
    return core.glue.evaluate_forecast(core.exchange);
  },
};

/** A column, or one number for all periods. */
function layRate(core: Core, name: string, rate: Column | number): void {
  layInput(core, name, typeof rate === "number" ? [rate] : rate);
}

/** Rows as a column per class. */
function classesOf(rows: readonly Column[]): Column[] {
  lengthOf("probabilities", rows);
  const classes = rows.length === 0 ? BUY_SELL_HOLD : lengthOf("probabilities", rows[0]);
  for (const [i, row] of rows.entries()) {
    const length = lengthOf("probabilities", row);
    if (length === classes) continue;
    const why = `row ${i} of probabilities has ${length} numbers but row 0 has ${classes}`;
    throw new TvfError("input_length", why, "probabilities", String(length), String(classes));
  }
  return Array.from({ length: classes }, (_, j) => rows.map((row) => row[j]));
}

/** How many classes there are where no row tells. */
const BUY_SELL_HOLD = 3;
