# Written by `cargo xtask gen`: change the definitions in core/, not this.
# ruff: noqa: RUF001
"""What `tvf.evaluate` gives: metrics by name, NaN where one is not defined."""

from __future__ import annotations

from dataclasses import dataclass

from tvf._evaluation import Evaluation

__all__ = [
    "Evaluation",
    "ForecastEvaluation",
    "ProbabilitiesEvaluation",
    "ReturnsEvaluation",
    "TradesEvaluation",
]


@dataclass(frozen=True, eq=False, repr=False)
class ReturnsEvaluation(Evaluation):
    """What simple returns, one per period, were worth; beside a benchmark if there is one."""

    total_return: float
    """Total return (share: 0.01 is one percent): Π(1 + returns) − 1. NaN without a return. Source:
    common."""
    annual_return: float
    """Annual return (share a year: 0.01 is one percent): (1 + total_return)^(periods ÷ n) − 1; n
    counts missing returns as well. NaN without a return, and where more than all was lost; a total
    loss gives −1. Source: common."""
    cagr: float
    """Compound annual growth rate: the annual return by its other name (share a year: 0.01 is one
    percent): (1 + total_return)^(periods ÷ n) − 1; n counts missing returns as well. NaN without a
    return, and where more than all was lost; a total loss gives −1. Source: common."""
    mean_return: float
    """Mean return (share a period: 0.01 is one percent): mean(returns). NaN without a return.
    Source: common."""
    volatility: float
    """Volatility (share a year: 0.01 is one percent): deviation(returns) × √periods, the deviation
    that of a sample (n − 1). NaN below two returns. Source: common."""
    skewness: float
    """Skewness (number, 0 where both sides are alike): mean((returns − mean)³) ÷ σ³, σ that of a
    population (n). NaN without variation. Source: K. Pearson, 1895."""
    kurtosis: float
    """Excess kurtosis (number, 0 for a normal distribution): mean((returns − mean)⁴) ÷ σ⁴ − 3, σ
    that of a population (n). NaN without variation. Source: K. Pearson, 1905."""
    sharpe: float
    """Sharpe ratio (ratio, yearly): mean(returns − risk_free) ÷ deviation(returns − risk_free) ×
    √periods, the deviation that of a sample (n − 1). Infinite without variation, NaN if the mean is
    0 as well, and below two returns. Source: W. F. Sharpe, 1966 and 1994."""
    sortino: float
    """Sortino ratio (ratio, yearly): mean(returns − required_return) × periods ÷
    downside_deviation. Infinite where no return falls short, NaN if the mean is 0 as well, and
    below two returns. Source: F. A. Sortino and R. van der Meer, 1991."""
    calmar: float
    """Calmar ratio (ratio): annual_return ÷ −max_drawdown. NaN without a drawdown. Source: T. W.
    Young, 1991."""
    omega: float
    """Omega ratio (ratio): Σ of what is above 0 ÷ −Σ of what is below 0, of returns − risk_free −
    required_return. NaN where nothing is below, and below two returns. Source: C. Keating and W. F.
    Shadwick, 2002."""
    downside_deviation: float
    """Downside deviation (share a year: 0.01 is one percent): √(Σ(returns − required_return)² ÷ n)
    × √periods, the sum over those below required_return, n all of them. 0 where no return falls
    short, NaN without a return. Source: F. A. Sortino and R. van der Meer, 1991."""
    max_drawdown: float
    """Maximum drawdown (share, 0 or below: −0.01 is one percent): least of equity ÷ peak − 1; the
    equity begins with 1, which is the first peak. 0 where no peak is left, NaN without a return.
    Source: common."""
    max_drawdown_duration: float
    """Duration of the maximum drawdown (periods): periods from its peak until that is reached
    again, or until the end, that close below it. 0 where no peak is left, NaN without a return.
    Source: common."""
    longest_drawdown: float
    """Longest drawdown (periods): most periods in a row that close below a peak. 0 where no peak is
    left, NaN without a return. Source: common."""
    ulcer_index: float
    """Ulcer index (share: 0.01 is one percent): √mean((equity ÷ peak − 1)²). NaN without a return.
    Source: P. Martin and B. McCann, The Investor's Guide to Fidelity Funds, 1989."""
    var_historical: float
    """Value at risk, historical (share: 0.01 is one percent): the quantile q = 1 − confidence of
    the returns, between two of them in proportion. NaN without a return. Source: quantile:
    definition 7 of R. J. Hyndman and Y. Fan, 1996."""
    var_normal: float
    """Value at risk, normal (share: 0.01 is one percent): μ + z × σ. NaN below two returns. Source:
    J. P. Morgan, RiskMetrics, 1996."""
    var_cornish_fisher: float
    """Value at risk, Cornish-Fisher (share: 0.01 is one percent): μ + σ × (z + (z² − 1) × S ÷ 6 +
    (z³ − 3z) × K ÷ 24 − (2z³ − 5z) × S² ÷ 36). NaN without variation. The expansion holds for small
    S and K alone. Source: E. A. Cornish and R. A. Fisher, 1938; L. Favre and J.-A. Galeano,
    2002."""
    cvar_historical: float
    """Conditional value at risk, historical (share: 0.01 is one percent): mean of the ⌊(n − 1) × q⌋
    + 1 least returns: those not above var_historical. NaN without a return. Source: R. T.
    Rockafellar and S. Uryasev, 2000."""
    cvar_normal: float
    """Conditional value at risk, normal (share: 0.01 is one percent): μ − σ × φ(z) ÷ q. NaN below
    two returns. Source: R. T. Rockafellar and S. Uryasev, 2000."""
    cvar_cornish_fisher: float
    """Conditional value at risk, Cornish-Fisher (share: 0.01 is one percent): μ − σ × φ(z) ÷ q × (1
    + z × S ÷ 6 + (z² − 1) × K ÷ 24 − (2z² − 1) × S² ÷ 36): the mean of var_cornish_fisher beyond
    the confidence. NaN without variation. The expansion holds for small S and K alone. Source: D.
    Maillard, A User's Guide to the Cornish Fisher Expansion, 2012."""
    win_rate: float
    """Win rate (share: 0.01 is one percent): share of the returns other than 0 that are above 0.
    NaN without one. Source: common."""
    average_win: float
    """Average win (as what was given): mean of what is above 0. NaN without a win. Source:
    common."""
    average_loss: float
    """Average loss (as what was given): mean of what is below 0. NaN without a loss; below 0
    otherwise. Source: common."""
    payoff: float
    """Payoff ratio (ratio): average_win ÷ −average_loss. NaN without a win or without a loss.
    Source: common."""
    profit_factor: float
    """Profit factor (ratio): Σ of what is above 0 ÷ −Σ of what is below 0. Infinite without a loss,
    NaN without a win as well. Source: common."""
    expectancy: float
    """Expectancy (as what was given): mean of the returns other than 0. NaN without one. Source:
    common."""
    exposure: float
    """Exposure (share: 0.01 is one percent): share of the returns that are not 0. NaN without a
    return. Source: common."""
    probabilistic_sharpe: float
    """Probabilistic Sharpe ratio (probability, 0 to 1): Φ((s − s*) × √(n − 1) ÷ √(1 − S × s + (K +
    2) ÷ 4 × s²)), s = sharpe ÷ √periods, s* = target_sharpe ÷ √periods, S and K skewness and excess
    kurtosis of returns − risk_free. NaN without variation. Source: D. H. Bailey and M. López de
    Prado, The Sharpe Ratio Efficient Frontier, 2012."""
    deflated_sharpe: float
    """Deflated Sharpe ratio (probability, 0 to 1): probabilistic_sharpe against trials_deviation ×
    ((1 − γ) × Φ⁻¹(1 − 1 ÷ trials) + γ × Φ⁻¹(1 − 1 ÷ (trials × e))), γ = 0.5772…: the best that so
    many trials without skill would show. Against 0 for one trial; NaN for more whose deviation is
    not said, and without variation. Source: D. H. Bailey and M. López de Prado, The Deflated Sharpe
    Ratio, 2014."""
    alpha: float
    """Alpha (share a year: 0.01 is one percent): (1 + mean((returns − risk_free) − beta ×
    (benchmark − risk_free)))^periods − 1. NaN where beta is. Source: M. C. Jensen, 1968."""
    beta: float
    """Beta (ratio): covariance(returns, benchmark) ÷ variance(benchmark), risk_free taken off both.
    NaN without a benchmark that varies, and below two pairs. Source: W. F. Sharpe, 1964."""
    correlation: float
    """Correlation with the benchmark (−1 to 1): covariance(returns, benchmark) ÷
    (deviation(returns) × deviation(benchmark)). NaN unless both vary. Source: K. Pearson, 1895."""
    tracking_error: float
    """Tracking error (share a year: 0.01 is one percent): deviation(returns − benchmark) ×
    √periods, the deviation that of a sample (n − 1). NaN without a benchmark, and below two pairs.
    Source: R. C. Grinold and R. N. Kahn, Active Portfolio Management, 1995."""
    information_ratio: float
    """Information ratio of a period (ratio, of a period): mean(returns − benchmark) ÷
    deviation(returns − benchmark), of a period: times √periods it is yearly. Infinite where the
    difference never varies, NaN if it is 0 as well, and without a benchmark. Source: J. L. Treynor
    and F. Black, 1973."""
    capture: float
    """Capture (ratio): annual_return ÷ annual return of the benchmark. NaN without a benchmark.
    Source: Morningstar."""
    up_capture: float
    """Up capture (ratio): annual return ÷ that of the benchmark, both over the periods in which the
    benchmark rose. NaN without such a period. Source: Morningstar."""
    down_capture: float
    """Down capture (ratio): annual return ÷ that of the benchmark, both over the periods in which
    the benchmark fell. NaN without such a period. Source: Morningstar."""
    capture_ratio: float
    """Capture ratio (ratio): up_capture ÷ down_capture. NaN where one of them is. Source:
    Morningstar."""


@dataclass(frozen=True, eq=False, repr=False)
class TradesEvaluation(Evaluation):
    """What closed trades were worth."""

    trades: float
    """Trades (trades): number of trades whose profit is not missing. 0 without one. Source:
    common."""
    net_profit: float
    """Net profit (as the profits): gross_profit + gross_loss. 0 without a trade. Source: common."""
    gross_profit: float
    """Gross profit (as the profits): Σ of the profits above 0. 0 without a win. Source: common."""
    gross_loss: float
    """Gross loss (as the profits): Σ of the profits below 0. 0 without a loss; below 0 otherwise.
    Source: common."""
    win_rate: float
    """Win rate (share: 0.01 is one percent): share of the trades with a profit above 0; one that
    breaks even is no win. NaN without one. Source: common."""
    average_win: float
    """Average win (as what was given): mean of what is above 0. NaN without a win. Source:
    common."""
    average_loss: float
    """Average loss (as what was given): mean of what is below 0. NaN without a loss; below 0
    otherwise. Source: common."""
    payoff: float
    """Payoff ratio (ratio): average_win ÷ −average_loss. NaN without a win or without a loss.
    Source: common."""
    profit_factor: float
    """Profit factor (ratio): Σ of what is above 0 ÷ −Σ of what is below 0. Infinite without a loss,
    NaN without a win as well. Source: common."""
    expectancy: float
    """Expectancy (as what was given): net_profit ÷ trades. NaN without one. Source: common."""
    max_drawdown: float
    """Maximum drawdown of the closed trades (as the profits): least of profit so far − its peak;
    both begin with 0. 0 where no peak is left, NaN without a trade. Source: common."""
    winning_streak: float
    """Longest winning streak (trades): most trades in a row with a profit above 0. 0 without a win.
    Source: common."""
    losing_streak: float
    """Longest losing streak (trades): most trades in a row with a profit below 0. 0 without a loss.
    Source: common."""
    total_return: float
    """Total return (share: 0.01 is one percent): Π(1 + return) − 1: what all trades earn one after
    the other, each with all there is. NaN without the column return. Source: common."""
    average_return: float
    """Average return (share: 0.01 is one percent): mean(return). NaN without the column return.
    Source: common."""
    average_duration: float
    """Average duration (as the entries: bars, or milliseconds where they are moments): mean(exit −
    entry). NaN without the columns entry and exit. Source: common."""
    exposure: float
    """Exposure (share: 0.01 is one percent): share of the time from the first entry to the last
    exit in which there was a trade. NaN without the columns entry and exit, and where no time
    passes. Source: common."""


@dataclass(frozen=True, eq=False, repr=False)
class ProbabilitiesEvaluation(Evaluation):
    """How far probabilities, such as those of buy, sell and hold, can be relied on."""

    cross_entropy: float
    """Cross-entropy (nats: 0 for certainty, ln 3 for three equal chances): mean(−ln p), p the
    probability that was given to the class that came. Infinite where something came that was given
    no chance, NaN without a row. Source: I. J. Good, Rational Decisions, 1952."""
    confidence: float
    """Confidence score (probability, 0 to 1): e^(−cross_entropy): the geometric mean of the
    probabilities of what came. 0 where something came that was given no chance, NaN without a row.
    Source: I. J. Good, Rational Decisions, 1952."""
    accuracy: float
    """Accuracy (share: 0.01 is one percent): share of the rows whose greatest probability, the
    first of equal ones, is that of the class that came. NaN without a row. Source: common."""
    brier: float
    """Brier score (0 for certainty to 2): mean over rows of Σ(p − o)², o 1 for the class that came
    and 0 for others. NaN without a row. Source: G. W. Brier, 1950."""


@dataclass(frozen=True, eq=False, repr=False)
class ForecastEvaluation(Evaluation):
    """How far predicted numbers are from what came."""

    rmse: float
    """Root mean squared error (as the numbers): √mean((predicted − actual)²). NaN without a pair.
    Source: common."""
    mae: float
    """Mean absolute error (as the numbers): mean(|predicted − actual|). NaN without a pair. Source:
    common."""
    bias: float
    """Bias (as the numbers): mean(predicted − actual). NaN without a pair. Source: common."""
