# Written by `cargo xtask gen`: change the definitions in core/, not this.
# ruff: noqa: A002
"""The indicators as Polars expressions over one or several columns.

Columns are named or given as expressions. Several outputs come as the fields of a struct.
Tables have no expression, as they have no row per bar.
"""

from __future__ import annotations

from typing import Literal

import polars as pl

from tvf._polars import Input, expression
from tvf._sessions import Opening
from tvf._types import Compat

__all__ = [
    "adl",
    "adx",
    "alma",
    "aroon",
    "atr",
    "awesome",
    "bbands",
    "cci",
    "chaikin_oscillator",
    "cmf",
    "cmo",
    "dema",
    "donchian",
    "dpo",
    "ehma",
    "ema",
    "frama",
    "hma",
    "ichimoku",
    "jma",
    "kama",
    "keltner",
    "laguerre",
    "linear_regression",
    "lsma",
    "macd",
    "mama",
    "mcginley",
    "mfi",
    "momentum",
    "natr",
    "obv",
    "pivot_points",
    "ppo",
    "psar",
    "rma",
    "roc",
    "rsi",
    "rvol",
    "sma",
    "sma_atr_channel",
    "stddev",
    "stoch",
    "stoch_rsi",
    "super_smoother",
    "supertrend",
    "swma",
    "t3",
    "tema",
    "thma",
    "trima",
    "trix",
    "tsi",
    "ultimate",
    "vidya",
    "vortex",
    "vwap",
    "vwma",
    "williams_r",
    "wma",
    "zlema",
]


def sma(
    source: Input = "close",
    period: int = 20,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """The mean price of the last bars: the plainest view of a trend.

    Simple Moving Average: value = (source[0] + … + source[period − 1]) / period.

    Args:
        source: Prices, or any other series of numbers.
        period: Bars in the mean (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 19 bars have no value.
        - With the default parameters, from bar 19 on the start of the data changes values by less
          than 1e-6.

    Source:
        Common statistical usage; R. D. Edwards and J. Magee, Technical Analysis of Stock Trends,
        1948.
    """
    return expression(
        "sma",
        (source,),
        period=period,
        compat=compat,
        nulls=nulls,
    )


def ema(
    source: Input = "close",
    period: int = 20,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """A mean price that follows recent bars more closely than older ones.

    Exponential Moving Average: value = a · source + (1 − a) · value[1] with a = 2 / (period + 1);
    the first value is the mean of the first period sources.

    Args:
        source: Prices, or any other series of numbers.
        period: Bars in the seed; the weight of the newest bar is 2 / (period + 1) (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 19 bars have no value.
        - With the default parameters, from bar 158 on the start of the data changes values by less
          than 1e-6.

    Source:
        P. N. Haurlan, Measuring Trend Values, 1968.
    """
    return expression(
        "ema",
        (source,),
        period=period,
        compat=compat,
        nulls=nulls,
    )


def wma(
    source: Input = "close",
    period: int = 20,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """A mean price whose weights fall in a straight line from the newest bar to the oldest.

    Weighted Moving Average: value = (period · source[0] + (period − 1) · source[1] + … + 1 ·
    source[period − 1]) / (period · (period + 1) / 2).

    Args:
        source: Prices, or any other series of numbers.
        period: Bars in the mean (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 19 bars have no value.
        - With the default parameters, from bar 19 on the start of the data changes values by less
          than 1e-6.

    Source:
        Common statistical usage; P. J. Kaufman, Trading Systems and Methods, 1978.
    """
    return expression(
        "wma",
        (source,),
        period=period,
        compat=compat,
        nulls=nulls,
    )


def hma(
    source: Input = "close",
    period: int = 20,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """A smooth mean price with little delay: it turns sooner than other averages, and overshoots
    sharp turns.

    Hull Moving Average: value = wma(2 · wma(source, period / 2) − wma(source, period), √period),
    both lengths rounded down, at least 1.

    Args:
        source: Prices, or any other series of numbers.
        period: Bars in the longest mean (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 22 bars have no value.
        - With the default parameters, from bar 22 on the start of the data changes values by less
          than 1e-6.

    Source:
        A. Hull, How to reduce lag in a moving average, 2005.
    """
    return expression(
        "hma",
        (source,),
        period=period,
        compat=compat,
        nulls=nulls,
    )


def rma(
    source: Input = "close",
    period: int = 7,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """Wilder's average, inside his RSI, ATR and ADX: about as slow as an EMA of twice the period.

    Smoothed Moving Average: value = value[1] + (source − value[1]) / period; the first value is the
    mean of the first period sources.

    Args:
        source: Prices, or any other series of numbers.
        period: Bars in the seed; the newest bar weighs 1 / period (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 6 bars have no value.
        - With the default parameters, from bar 96 on the start of the data changes values by less
          than 1e-6.

    Source:
        J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return expression(
        "rma",
        (source,),
        period=period,
        compat=compat,
        nulls=nulls,
    )


def dema(
    source: Input = "close",
    period: int = 9,
    *,
    stages: Literal["mean", "first"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """An exponential average with much of its delay taken off: it overshoots sharp turns.

    Double Exponential Moving Average: value = 2 · e1 − e2; e1 = ema(source, period); e2 = ema(e1,
    period).

    Args:
        source: Prices, or any other series of numbers.
        period: Bars of each average (1 to 1000000).
        stages: Whether averages of averages begin with the mean of their first bars, or with the
            first alone; None means "mean", or "mean" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 16 bars have no value.
        - With the default parameters, from bar 89 on the start of the data changes values by less
          than 1e-6.

    Source:
        P. G. Mulloy, Smoothing Data with Faster Moving Averages, 1994.
    """
    return expression(
        "dema",
        (source,),
        period=period,
        stages=stages,
        compat=compat,
        nulls=nulls,
    )


def tema(
    source: Input = "close",
    period: int = 9,
    *,
    stages: Literal["mean", "first"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """An exponential average with almost all of its delay taken off: the closest of the three to
    the price.

    Triple Exponential Moving Average: value = 3 · e1 − 3 · e2 + e3; e1 = ema(source, period); e2 =
    ema(e1, period); e3 = ema(e2, period).

    Args:
        source: Prices, or any other series of numbers.
        period: Bars of each average (1 to 1000000).
        stages: Whether averages of averages begin with the mean of their first bars, or with the
            first alone; None means "mean", or "mean" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 24 bars have no value.
        - With the default parameters, from bar 104 on the start of the data changes values by less
          than 1e-6.

    Source:
        P. G. Mulloy, Smoothing Data with Less Lag, 1994.
    """
    return expression(
        "tema",
        (source,),
        period=period,
        stages=stages,
        compat=compat,
        nulls=nulls,
    )


def t3(
    source: Input = "close",
    period: int = 5,
    factor: float = 0.7,
    *,
    stages: Literal["mean", "first"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """A very smooth average with little delay: six exponential averages, combined so that their
    delays cancel.

    T3 Moving Average: value = −f³ · e6 + (3f² + 3f³) · e5 − (6f² + 3f + 3f³) · e4 + (1 + 3f + f³ +
    3f²) · e3, where e1 = ema(source, period), e2 = ema(e1, period) and so on, and f = factor.

    Args:
        source: Prices, or any other series of numbers.
        period: Bars of each average (1 to 1000000).
        factor: How much of the delay is taken off (0 to 1).
        stages: Whether each average begins with the mean of its first bars, or with the first
            alone; None means "mean", or "mean" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A factor of 0 gives e3, a factor of 1 the triple DEMA.
        - With the default parameters the first 24 bars have no value.
        - With the default parameters, from bar 75 on the start of the data changes values by less
          than 1e-6.

    Source:
        T. Tillson, Smoothing Techniques for More Accurate Signals, 1998.
    """
    return expression(
        "t3",
        (source,),
        period=period,
        factor=factor,
        stages=stages,
        compat=compat,
        nulls=nulls,
    )


def trima(
    source: Input = "close",
    period: int = 20,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """A mean of means: its weights rise to the middle of the window and fall again.

    Triangular Moving Average: value = sma(sma(source, inner), outer) with inner = period / 2
    rounded up and outer = period / 2 rounded down + 1.

    Args:
        source: Prices, or any other series of numbers.
        period: Bars in the window (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 19 bars have no value.
        - With the default parameters, from bar 19 on the start of the data changes values by less
          than 1e-6.

    Source:
        Common statistical usage; TA-Lib since 2001.
    """
    return expression(
        "trima",
        (source,),
        period=period,
        compat=compat,
        nulls=nulls,
    )


def zlema(
    source: Input = "close",
    period: int = 20,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """An exponential average of the price plus its latest change: it turns with the price and
    overshoots.

    Zero-Lag Exponential Moving Average: value = ema(2 · source − source[lag], period) with lag =
    (period − 1) / 2 rounded down.

    Args:
        source: Prices, or any other series of numbers.
        period: Bars of the average (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - Periods of 1 and 2 have no lag: they give the EMA.
        - With the default parameters the first 28 bars have no value.
        - With the default parameters, from bar 167 on the start of the data changes values by less
          than 1e-6.

    Source:
        J. F. Ehlers, R. Way, Zero Lag (Well, Almost), 2010.
    """
    return expression(
        "zlema",
        (source,),
        period=period,
        compat=compat,
        nulls=nulls,
    )


def ehma(
    source: Input = "close",
    period: int = 20,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """The Hull average with exponential means in place of weighted ones: a little later and
    smoother.

    Exponential Hull Moving Average: value = ema(2 · ema(source, period / 2) − ema(source, period),
    √period), both lengths rounded down, at least 1.

    Args:
        source: Prices, or any other series of numbers.
        period: Bars in the longest mean (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 22 bars have no value.
        - With the default parameters, from bar 159 on the start of the data changes values by less
          than 1e-6.

    Source:
        InSilico, Hull Suite (TradingView script); after A. Hull, How to reduce lag in a moving
        average, 2005.
    """
    return expression(
        "ehma",
        (source,),
        period=period,
        compat=compat,
        nulls=nulls,
    )


def thma(
    source: Input = "close",
    period: int = 20,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """The Hull average with a third, shorter mean and a longer smoothing: smoother than hma of the
    same period.

    Triple Hull Moving Average: value = wma(3 · wma(source, period / 3) − wma(source, period / 2) −
    wma(source, period), period), lengths rounded down, at least 1.

    Args:
        source: Prices, or any other series of numbers.
        period: Bars in the longest mean (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 38 bars have no value.
        - With the default parameters, from bar 38 on the start of the data changes values by less
          than 1e-6.

    Source:
        InSilico, Hull Suite (TradingView script); after A. Hull, How to reduce lag in a moving
        average, 2005.
    """
    return expression(
        "thma",
        (source,),
        period=period,
        compat=compat,
        nulls=nulls,
    )


def swma(
    source: Input = "close",
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """A short smoothing of the last four bars, the middle two of which count twice.

    Symmetrically Weighted Moving Average: value = (source[3] + 2 · source[2] + 2 · source[1] +
    source[0]) / 6.

    Args:
        source: Prices, or any other series of numbers.
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - It is trima of period 4.
        - With the default parameters the first 3 bars have no value.
        - With the default parameters, from bar 3 on the start of the data changes values by less
          than 1e-6.

    Source:
        J. F. Ehlers, Cybernetic Analysis for Stocks and Futures, 2004; TradingView's ta.swma.
    """
    return expression(
        "swma",
        (source,),
        compat=compat,
        nulls=nulls,
    )


def lsma(
    source: Input = "close",
    period: int = 25,
    offset: int = 0,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """The end of the straight line that fits the last bars best: it follows a trend without delay.

    Least Squares Moving Average: value = a + b · (period − 1 − offset), where a + b · i fits source
    best in least squares, i = 0 for the oldest of the last period bars.

    Args:
        source: Prices, or any other series of numbers.
        period: Bars that the line is fitted to (1 to 1000000).
        offset: Bars before the line's end at which it is read; negative ahead of it (-1000 to
            1000).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 24 bars have no value.
        - With the default parameters, from bar 24 on the start of the data changes values by less
          than 1e-6.

    Source:
        Common statistical usage; C. F. Gauss, Theoria motus corporum coelestium, 1809.
    """
    return expression(
        "lsma",
        (source,),
        period=period,
        offset=offset,
        compat=compat,
        nulls=nulls,
    )


def alma(
    source: Input = "close",
    period: int = 9,
    offset: float = 0.85,
    sigma: float = 6.0,
    *,
    center: Literal["exact", "floor"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """A mean whose weights form a bell near the newest bars: smooth, with little delay.

    Arnaud Legoux Moving Average: value = Σ wᵢ · sourceᵢ / Σ wᵢ over the last period bars, the
    oldest being i = 0; wᵢ = exp(−(i − m)² / (2s²)), m = offset · (period − 1), s = period / sigma.

    Args:
        source: Prices, or any other series of numbers.
        period: Bars in the mean (1 to 10000).
        offset: Where the bell stands: 0 at the oldest bar, 1 at the newest (0 to 1).
        sigma: How narrow the bell is (0.01 to 100).
        center: Whether the bell stands between two bars, or on the older of them; None means
            "exact", or "floor" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A period of 1 gives the source itself.
        - A bar costs more the longer the period is.
        - With the default parameters the first 8 bars have no value.
        - With the default parameters, from bar 8 on the start of the data changes values by less
          than 1e-6.

    Source:
        A. Legoux, D. Kouzis Loukas, ALMA, 2009.
    """
    return expression(
        "alma",
        (source,),
        period=period,
        offset=offset,
        sigma=sigma,
        center=center,
        compat=compat,
        nulls=nulls,
    )


def kama(
    source: Input = "close",
    period: int = 10,
    fast: int = 2,
    slow: int = 30,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """An average that hurries while the price goes one way and waits while it goes back and forth.

    Kaufman's Adaptive Moving Average: value = value[1] + c² · (source − value[1]); c = slowest + e
    · (fastest − slowest); e = |source − source[period]| / Σ |source − source[1]| over period bars;
    fastest = 2 / (fast + 1), slowest = 2 / (slow + 1); it begins from the source before its first
    bar.

    Args:
        source: Prices, or any other series of numbers.
        period: Changes that the trend is judged by (1 to 1000000).
        fast: Bars of the average in a trend (1 to 1000000).
        slow: Bars of the average without one (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A market that has not moved counts as a trend: e is 1.
        - How soon it forgets where the data begins depends on the prices.
        - With the default parameters the first 10 bars have no value.
        - The start of the data may matter however many bars follow.

    Source:
        P. J. Kaufman, Smarter Trading, 1995.
    """
    return expression(
        "kama",
        (source,),
        period=period,
        fast=fast,
        slow=slow,
        compat=compat,
        nulls=nulls,
    )


def vidya(
    source: Input = "close",
    period: int = 12,
    cmo_period: int = 9,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """An exponential average that is as fast as the recent movement is one-sided, and stands still
    in a balanced market.

    Variable Index Dynamic Average: value = value[1] + k · (source − value[1]); k = 2 / (period + 1)
    · |rises − falls| / (rises + falls), summed over the last cmo_period changes, or over those
    since the start while there are fewer; it begins with the first source.

    Args:
        source: Prices, or any other series of numbers.
        period: Bars of the average where all movement goes one way (1 to 1000000).
        cmo_period: Changes that the movement is judged by (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A market that has not moved leaves it where it is.
        - How soon it forgets where the data begins depends on the prices.
        - With the default parameters the first 9 bars have no value.
        - The start of the data may matter however many bars follow.

    Source:
        T. S. Chande, Adapting Moving Averages to Market Volatility, 1992; by its oscillator: T. S.
        Chande, S. Kroll, The New Technical Trader, 1994.
    """
    return expression(
        "vidya",
        (source,),
        period=period,
        cmo_period=cmo_period,
        compat=compat,
        nulls=nulls,
    )


def frama(
    high: Input = "high",
    low: Input = "low",
    period: int = 16,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """An average that hurries where the price runs straight and hardly moves where it is ragged.

    Fractal Adaptive Moving Average: value = a · price + (1 − a) · value[1]; price = (high + low) /
    2; a = exp(−4.6 · (d − 1)), at most 1; d = 1 + log₂((r₁ + r₂) / r), r₁ and r₂ being the ranges
    of the two halves of the last period bars and r that of all; it begins from the price before its
    first bar.

    Args:
        high: Highest prices.
        low: Lowest prices.
        period: Bars whose raggedness is measured (2 to 1000000).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - Halves without a range count as straight: the value is the price.
        - An odd period counts as the even one below it.
        - How soon it forgets where the data begins depends on the prices.
        - With the default parameters the first 16 bars have no value.
        - The start of the data may matter however many bars follow.

    Source:
        J. F. Ehlers, FRAMA: Fractal Adaptive Moving Average, 2005.
    """
    return expression(
        "frama",
        (high, low),
        period=period,
        compat=compat,
        nulls=nulls,
    )


def mcginley(
    source: Input = "close",
    period: int = 14,
    factor: float = 1.0,
    *,
    seed: Literal["mean", "first"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """An average that speeds up while the price is below it and slows down while it is above.

    McGinley Dynamic: value = value[1] + (source − value[1]) / (factor · period · (source /
    value[1])⁴); the first value is the mean of the first period sources.

    Args:
        source: Prices, or any other series of numbers.
        period: Bars in the seed; a step goes 1 / (factor · period) of the way to a price near the
            line (1 to 1000000).
        factor: Makes steps smaller; McGinley speaks of 0.6 (0.01 to 10).
        seed: Whether it begins with the mean of the first period bars, or unseen with the first
            alone; None means "mean", or "first" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A step that is no number, as at a price of 0, leaves it where it is.
        - A price far below the line throws it off, by the fourth power of the distance.
        - How soon it forgets where the data begins depends on the prices.
        - With the default parameters the first 13 bars have no value.
        - The start of the data may matter however many bars follow.

    Source:
        J. R. McGinley, McGinley Dynamics, 1997.
    """
    return expression(
        "mcginley",
        (source,),
        period=period,
        factor=factor,
        seed=seed,
        compat=compat,
        nulls=nulls,
    )


def jma(
    source: Input = "close",
    period: int = 7,
    phase: float = 50.0,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """A smooth average that turns early: the form published for charts. Jurik's own, which adapts
    to volatility, is a trade secret.

    Jurik-like Moving Average: value = value[1] + e2; e0 = (1 − a) · source + a · e0[1]; e1 =
    (source − e0) · (1 − b) + b · e1[1]; e2 = (e0 + p · e1 − value[1]) · (1 − a)² + a² · e2[1]; b =
    0.45 · (period − 1) / (0.45 · (period − 1) + 2), a = b², p = phase / 100 + 1.5; value and e0
    begin with the first source, e1 and e2 with 0.

    Args:
        source: Prices, or any other series of numbers.
        period: How smooth it is (1 to 1000000).
        phase: How early it turns: -100 late and smooth, 100 early and overshooting (-100 to 100).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A period of 1 gives the source itself.
        - There is no warm-up: values begin with the first bar.
        - With the default parameters, from bar 30 on the start of the data changes values by less
          than 1e-6.

    Source:
        everget, Jurik Moving Average (TradingView script nZuBWW9j), with its power of 2.
    """
    return expression(
        "jma",
        (source,),
        period=period,
        phase=phase,
        compat=compat,
        nulls=nulls,
    )


def laguerre(
    source: Input = "close",
    gamma: float = 0.8,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """A smooth average that looks far back with four numbers, by letting time run slower the older
    it is.

    Laguerre Filter: value = (l0 + 2 · l1 + 2 · l2 + l3) / 6; l0 = (1 − gamma) · source + gamma ·
    l0[1]; l1 = −gamma · l0 + l0[1] + gamma · l1[1]; l2 and l3 follow from l1 and l2 as l1 does from
    l0; all begin with the first source.

    Args:
        source: Prices, or any other series of numbers.
        gamma: How much time is slowed down: 0 not at all (0 to 0.97).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A gamma of 0 is swma behind its first bars.
        - There is no warm-up: values begin with the first bar.
        - With the default parameters, from bar 107 on the start of the data changes values by less
          than 1e-6.

    Source:
        J. F. Ehlers, Time Warp: Without Space Travel, 2004.
    """
    return expression(
        "laguerre",
        (source,),
        gamma=gamma,
        compat=compat,
        nulls=nulls,
    )


def super_smoother(
    source: Input = "close",
    period: int = 10,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """An average that takes out waves shorter than the period and delays longer ones little.

    Super Smoother: value = c1 · (source + source[1]) / 2 + c2 · value[1] + c3 · value[2]; a =
    exp(−√2 · π / period), c2 = 2 · a · cos(√2 · π / period), c3 = −a², c1 = 1 − c2 − c3; all before
    the first source counts as equal to it.

    Args:
        source: Prices, or any other series of numbers.
        period: Bars of the shortest wave that is let through (2 to 1000000).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A flat market gives its price, to rounding.
        - There is no warm-up: values begin with the first bar.
        - With the default parameters, from bar 42 on the start of the data changes values by less
          than 1e-6.

    Source:
        J. F. Ehlers, Cycle Analytics for Traders, 2013.
    """
    return expression(
        "super_smoother",
        (source,),
        period=period,
        compat=compat,
        nulls=nulls,
    )


def mama(
    source: Input = "close",
    fast: float = 0.5,
    slow: float = 0.05,
    *,
    start: Literal["mean", "zero"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """An average that jumps to the price when the cycle turns and then holds, with a slower one
    that follows it: their crosses mark turns.

    MESA Adaptive Moving Average: mama = a · source + (1 − a) · mama[1]; fama = a / 2 · mama + (1 −
    a / 2) · fama[1]; a = fast / (phase[1] − phase), between slow and fast; phase in degrees is that
    of the dominant cycle, by Hilbert transforms of source.

    Args:
        source: Prices, or any other series of numbers.
        fast: Most that the newest bar weighs (0.01 to 0.99).
        slow: Least that the newest bar weighs (0.01 to 0.99).
        start: Whether the lines begin with the mean of six bars, or with 0 after twelve; None means
            "mean", or "zero" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A struct of float64: mama, fama.

    Notes:
        - TA-Lib begins both lines with 0 and hides the first 32 bars; here they begin with the mean
          of six sources.
        - A market that does not move has no phase: a is fast.
        - How soon it forgets where the data begins depends on the prices.
        - With the default parameters the first 5 bars have no value.
        - The start of the data may matter however many bars follow.

    Source:
        J. F. Ehlers, MAMA: The Mother of Adaptive Moving Averages, 2001.
    """
    return expression(
        "mama",
        (source,),
        fast=fast,
        slow=slow,
        start=start,
        compat=compat,
        nulls=nulls,
    )


def rsi(
    source: Input = "close",
    period: int = 14,
    *,
    flat: float | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """The share of rises in the recent movement, 0 to 100: how one-sided a move has become.

    Relative Strength Index: value = 100 · up / (up + down), where up and down are Wilder averages
    (weight 1 / period, seeded with the mean of the first period) of the rises and falls of source.

    Args:
        source: Prices, or any other series of numbers.
        period: Changes in the seed; the newest change weighs 1 / period (1 to 1000000).
        flat: The value for a market that has not moved at all (0 to 100); None means 100.0, or 50.0
            with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - Only rises give 100, only falls give 0.
        - A market that has not moved at all gives flat: 100 on TradingView, where nothing fell; 50
          in TA-Lib since 0.8.3.
        - With the default parameters the first 14 bars have no value.
        - With the default parameters, from bar 201 on the start of the data changes values by less
          than 1e-6.

    Source:
        J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return expression(
        "rsi",
        (source,),
        period=period,
        flat=flat,
        compat=compat,
        nulls=nulls,
    )


def stoch(
    high: Input = "high",
    low: Input = "low",
    close: Input = "close",
    period: int = 14,
    k: int = 1,
    d: int = 3,
    *,
    flat: Literal["nan", "zero"] | None = None,
    shown: Literal["own", "together"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """Where the close lies in the range of the last bars, 0 at its bottom to 100 at its top.

    Stochastic Oscillator: raw = 100 · (close − lowest(low, period)) / (highest(high, period) −
    lowest(low, period)); k = sma(raw, k); d = sma(k, d).

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        period: Bars in the range (1 to 1000000).
        k: Bars in the mean that gives k; 1 leaves it raw (1 to 1000000).
        d: Bars in the mean that gives d (1 to 1000000).
        flat: The raw value of a window without range; None means "nan", or "zero" with
            compat="talib".
        shown: Whether k starts when it can, or with d; None means "own", or "together" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A struct of float64: k, d.

    Notes:
        - A window without range has no raw value: nan leaves it missing, as TradingView does, and
          with it the means it is in; zero counts it as 0, as TA-Lib does where the range is below
          1e−14 of the prices.
        - TA-Lib shows k only where d exists.
        - A close outside high and low, as bad data has it, gives values outside 0 to 100.
        - With the default parameters the first 13 (k) and 15 (d) bars have no value.
        - With the default parameters, from bar 15 on the start of the data changes values by less
          than 1e-6.

    Source:
        G. C. Lane, Lane's Stochastics, 1984.
    """
    return expression(
        "stoch",
        (high, low, close),
        period=period,
        k=k,
        d=d,
        flat=flat,
        shown=shown,
        compat=compat,
        nulls=nulls,
    )


def macd(
    source: Input = "close",
    fast: int = 12,
    slow: int = 26,
    signal: int = 9,
    *,
    seed: Literal["own", "aligned"] | None = None,
    shown: Literal["own", "together"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """The distance between a fast and a slow average: whether a trend gains or loses speed.

    Moving Average Convergence Divergence: macd = ema(source, fast) − ema(source, slow); signal =
    ema(macd, signal); hist = macd − signal.

    Args:
        source: Prices, or any other series of numbers.
        fast: Bars of the fast average (1 to 1000000).
        slow: Bars of the slow average (1 to 1000000).
        signal: Bars of the signal line (1 to 1000000).
        seed: Whether the fast average begins as early as it can, or together with the slow one;
            None means "own", or "aligned" with compat="talib".
        shown: Whether macd starts when it can, or with its signal; None means "own", or "together"
            with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A struct of float64: macd, signal, hist.

    Notes:
        - TradingView seeds each average with the mean of its own first bars and shows macd as soon
          as the slow one exists.
        - TA-Lib seeds the fast average on bars that end where the slow one's seed does, takes the
          longer period as the slow one, and shows all three lines from the first signal on.
        - With the default parameters the first 25 (macd), 33 (signal) and 33 (hist) bars have no
          value.
        - With the default parameters, from bar 210 on the start of the data changes values by less
          than 1e-6.

    Source:
        G. Appel, The Moving Average Convergence-Divergence Method, 1979; histogram: T. Aspray,
        1986.
    """
    return expression(
        "macd",
        (source,),
        fast=fast,
        slow=slow,
        signal=signal,
        seed=seed,
        shown=shown,
        compat=compat,
        nulls=nulls,
    )


def bbands(
    source: Input = "close",
    period: int = 20,
    mult: float = 2.0,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """A mean with a band around it that widens with volatility: whether a price is high or low for
    its time.

    Bollinger Bands: middle = sma(source, period); sd = √(Σ (source − middle)² / period); upper =
    middle + mult · sd; lower = middle − mult · sd.

    Args:
        source: Prices, or any other series of numbers.
        period: Bars in the mean and the deviation (1 to 1000000).
        mult: Deviations from the mean to a band (0 to 1000).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A struct of float64: upper, middle, lower.

    Notes:
        - The deviation is that of the population (divided by period), as on TradingView and in
          TA-Lib.
        - A window without movement has all three lines on its mean.
        - With the default parameters the first 19 bars have no value.
        - With the default parameters, from bar 19 on the start of the data changes values by less
          than 1e-6.

    Source:
        J. Bollinger, Bollinger on Bollinger Bands, 2001.
    """
    return expression(
        "bbands",
        (source,),
        period=period,
        mult=mult,
        compat=compat,
        nulls=nulls,
    )


def atr(
    high: Input = "high",
    low: Input = "low",
    close: Input = "close",
    period: int = 14,
    *,
    first_bar: Literal["range", "skip"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """How far the market moves in a bar, gaps included: the yardstick for stops and position size.

    Average True Range: value = (value[1] · (period − 1) + tr) / period with tr = max(high − low,
    |high − close[1]|, |low − close[1]|); the first value is the mean of the first period tr.

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        period: Bars in the seed; the newest bar weighs 1 / period (1 to 1000000).
        first_bar: The first bar has no close before it: take high − low, or begin with the second
            bar; None means "range", or "skip" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - Bars without range and gap give a true range of 0; a flat market gives 0.
        - With the default parameters the first 13 bars have no value.
        - With the default parameters, from bar 200 on the start of the data changes values by less
          than 1e-6.

    Source:
        J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return expression(
        "atr",
        (high, low, close),
        period=period,
        first_bar=first_bar,
        compat=compat,
        nulls=nulls,
    )


def adx(
    high: Input = "high",
    low: Input = "low",
    close: Input = "close",
    period: int = 14,
    di_period: int | None = None,
    *,
    seed: Literal["mean", "sum"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """How strong a trend is, whatever its direction, with the two lines that tell the direction.

    Average Directional Index: plus_di = 100 · wilder(+dm) / wilder(tr) and minus_di likewise over
    di_period, with +dm = high − high[1] where that is positive and above low[1] − low, else 0; adx
    = wilder(100 · |plus_di − minus_di| / (plus_di + minus_di), period).

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        period: Bars that smooth adx (1 to 1000000).
        di_period: Bars that smooth the movements; period if not given (1 to 1000000); None means
            the same as period.
        seed: How the averages of movement begin, and what bars without range give; None means
            "mean", or "sum" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A struct of float64: adx, plus_di, minus_di.

    Notes:
        - TradingView seeds the averages of movement with the mean of the first di_period; TA-Lib
          with the sum of one less, divided by di_period, and one step of smoothing.
        - Bars without any true range: TradingView keeps the last plus_di and minus_di (0 if there
          are none yet) and counts 0 into adx where both are 0; TA-Lib gives 0 for both and keeps
          adx.
        - With the default parameters the first 27 (adx), 14 (plus_di) and 14 (minus_di) bars have
          no value.
        - With the default parameters, from bar 240 on the start of the data changes values by less
          than 1e-6.

    Source:
        J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return expression(
        "adx",
        (high, low, close),
        period=period,
        di_period=di_period,
        seed=seed,
        compat=compat,
        nulls=nulls,
    )


def ichimoku(
    high: Input = "high",
    low: Input = "low",
    close: Input = "close",
    conversion: int = 9,
    base: int = 26,
    span: int = 52,
    displacement: int = 26,
    *,
    counted: Literal["with_current", "without_current"] | None = None,
    shown: Literal["own", "together"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """Where price stands in its short, middle and long range, and the cloud between two of them
    that is drawn ahead of it.

    Ichimoku Kinko Hyo: conversion = middle(conversion); base = middle(base); span_a = (conversion +
    base) / 2; span_b = middle(span); lagging = close, with middle(n) = (highest(high, n) +
    lowest(low, n)) / 2.

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        conversion: Bars in the range of the conversion line (tenkan-sen) (1 to 1000000).
        base: Bars in the range of the base line (kijun-sen) (1 to 1000000).
        span: Bars in the range of the second leading span (senkou span B) (1 to 1000000).
        displacement: Bars by which a chart draws the spans ahead and the lagging line behind (1 to
            1000000).
        counted: Whether the current bar is one of the displacement's; None means "with_current", or
            "without_current" with compat="talib".
        shown: Whether each line starts when it can, or all with the last one; None means "own", or
            "together" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A struct of float64: conversion, base, span_a, span_b, lagging.

    Notes:
        - Every value stands at the bar that it is known from; a chart draws span_a and span_b
          displacement bars later and lagging as many bars earlier. The catalog tells that shift,
          and the shifted form has the columns moved by it.
        - TradingView counts the current bar as one of displacement, so that 26 moves a line by 25
          bars; elsewhere it moves by 26.
        - TA-Lib shows its four lines from the bar on where the longest range is complete; it has no
          lagging line.
        - With the default parameters the first 8 (conversion), 25 (base), 25 (span_a), 51 (span_b)
          and 0 (lagging) bars have no value.
        - With the default parameters, from bar 51 on the start of the data changes values by less
          than 1e-6.

    Source:
        G. Hosoda (Ichimoku Sanjin), Ichimoku Kinko Hyo, 1969.
    """
    return expression(
        "ichimoku",
        (high, low, close),
        conversion=conversion,
        base=base,
        span=span,
        displacement=displacement,
        counted=counted,
        shown=shown,
        compat=compat,
        nulls=nulls,
    )


def psar(
    high: Input = "high",
    low: Input = "low",
    close: Input = "close",
    start: float = 0.02,
    step: float = 0.02,
    max: float = 0.2,
    first: Literal["auto", "up", "down"] = "auto",
    *,
    turn: Literal["pass", "touch"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """A stop that follows the price ever faster and changes sides when the price reaches it: where
    to get out, and which way the trend points.

    Parabolic SAR: value = value[1] + a · (extreme − value[1]), not beyond the last two lows (highs
    in a falling trend); a begins with start and grows by step, up to max, with each new extreme of
    the trend; a bar beyond value turns the trend, and value begins again at the old trend's
    extreme.

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        start: Acceleration at the start of a trend (0 to 1).
        step: What a new extreme adds to the acceleration (0 to 1).
        max: Largest acceleration (0 to 1).
        first: The first direction; "auto" takes it from the first two bars.
        turn: Whether a price has to pass value or only to touch it, with the beginning that goes
            with it; None means "pass", or "touch" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A struct of float64: value, trend.

    Notes:
        - TradingView takes the first direction from the first two closes, falling if they are
          equal, and turns the trend where a price passes value before it is held back to the last
          two bars.
        - TA-Lib takes it from the larger movement of the first two bars, rising if neither is down,
          turns the trend where a price touches value, leaves the first bar out of what holds value
          back, and counts a start above max as max.
        - The second bar shows the first bar's low or high, unless it turns the trend at once.
        - Where the data begins matters until the market turns at a bar from either beginning, which
          no number of bars assures.
        - A flat market keeps its price as value: falling on TradingView, while TA-Lib turns with
          each bar.
        - With the default parameters the first 1 bar has no value.
        - The start of the data may matter however many bars follow.

    Source:
        J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return expression(
        "psar",
        (high, low, close),
        start=start,
        step=step,
        max=max,
        first=first,
        turn=turn,
        compat=compat,
        nulls=nulls,
    )


def keltner(
    high: Input = "high",
    low: Input = "low",
    close: Input = "close",
    period: int = 20,
    mult: float = 2.0,
    atr_period: int = 10,
    band: Literal["atr", "tr", "range"] = "atr",
    *,
    price: Literal["close", "typical"] | None = None,
    first_bar: Literal["range", "skip"] | None = None,
    seed: Literal["own", "aligned"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """An average with a channel as wide as the market's usual moves: a close outside shows
    strength, a return inside its end.

    Keltner Channel: middle = ema(price, period); upper = middle + mult · width; lower = middle −
    mult · width, with width = atr(atr_period), ema(tr, period) or ema(high − low, period) for the
    band atr, tr or range.

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        period: Bars of the average, and of the ranges of "tr" and "range" (1 to 1000000).
        mult: Ranges from the average to a band (0 to 1000).
        atr_period: Bars that smooth the range of "atr" (1 to 1000000).
        band: The range: Wilder's average of atr_period true ranges, or the exponential average of
            period true ranges or of period high − low.
        price: What is averaged: the close, or (high + low + close) / 3; None means "close", or
            "typical" with compat="talib".
        first_bar: With "atr", the first bar has no close before it: take high − low, or begin with
            the second bar; None means "range", or "skip" with compat="talib".
        seed: Whether average and range each begin as early as they can, or together; None means
            "own", or "aligned" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A struct of float64: upper, middle, lower.

    Notes:
        - The price is the close on TradingView and (high + low + close) / 3 in TA-Lib.
        - TA-Lib seeds average and range on bars that end together, where both can exist, and shows
          all three lines from there on; TradingView seeds each with its own first bars.
        - The band "tr" begins with the second bar's true range, as ta.kc does.
        - A flat market has all three lines on its price.
        - With the default parameters the first 19 bars have no value.
        - With the default parameters, from bar 158 on the start of the data changes values by less
          than 1e-6.

    Source:
        C. W. Keltner, How to Make Money in Commodities, 1960; with true ranges: L. B. Raschke,
        1980s.
    """
    return expression(
        "keltner",
        (high, low, close),
        period=period,
        mult=mult,
        atr_period=atr_period,
        band=band,
        price=price,
        first_bar=first_bar,
        seed=seed,
        compat=compat,
        nulls=nulls,
    )


def vwap(
    high: Input = "high",
    low: Input = "low",
    close: Input = "close",
    volume: Input = "volume",
    time: Input | None = "time",
    anchor: Literal["none", "session", "week", "month", "number"] | int = "session",
    mult: float = 1.0,
    utc_offset: int = 0,
    open: Opening = 0,
    *,
    empty: Literal["nan", "zero"] | None = None,
    zone: str | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """What was paid on average since the session began, with bands of deviation: the price large
    orders are measured against.

    Volume-Weighted Average Price: vwap = Σ volume · typical / Σ volume since the anchor, with
    typical = (high + low + close) / 3; upper and lower = vwap ± mult · √(Σ volume · (typical −
    vwap)² / Σ volume).

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        volume: Traded volumes.
        time: Opening times: milliseconds since 1970 UTC, or dates and times.
        anchor: Where the sums begin anew: never, each session, week or month, every so many
            minutes, or where the number per bar changes; all but "none" need the time.
        mult: Deviations from the average to a band (0 to 1000).
        utc_offset: Local time minus UTC, in minutes (-1440 to 1440).
        open: Opening of the session, in minutes after local midnight (0 to 1439); or a text such as
            "09:30".
        empty: The value while nothing has traded; None means "nan", or "zero" with compat="talib".
        zone: IANA name of the zone that the opening is in, such as "America/New_York"; its clock
            changes are followed.
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A struct of float64: vwap, upper, lower.

    Notes:
        - As long as nothing has traded since the anchor there is no average: nan leaves it missing,
          zero gives 0, as TA-Lib does.
        - A session that opens at noon or later belongs to the following day; weeks begin with
          Monday's session.
        - An anchor in minutes shows nothing before the first change, as ta.vwap with
          timeframe.change does: a sum that began in the middle is no average of its span.
        - From the first new session, week, month, span or number in the data on, results do not
          depend on where the data begins; before it, and with anchor "none", they do.
        - With anchor "number" the time column holds a number per bar, and each change of it begins
          a new sum.
        - There is no warm-up: values begin with the first bar.
        - The start of the data may matter however many bars follow.

    Source:
        S. A. Berkowitz, D. E. Logue, E. A. Noser, The Total Cost of Transactions on the NYSE, 1988.
    """
    return expression(
        "vwap",
        (high, low, close, volume, time),
        anchor=anchor,
        mult=mult,
        utc_offset=utc_offset,
        open=open,
        empty=empty,
        zone=zone,
        compat=compat,
        nulls=nulls,
    )


def vwma(
    source: Input = "close",
    volume: Input = "volume",
    period: int = 20,
    *,
    single: Literal["weighted", "source"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """A mean price in which busy bars count for more than quiet ones: apart from the sma, it shows
    where volume pulls.

    Volume-Weighted Moving Average: value = Σ source · volume / Σ volume over the last period bars.

    Args:
        source: Prices, or any other series of numbers.
        volume: Traded volumes.
        period: Bars in the mean (1 to 1000000).
        single: What a period of 1 gives: a mean like any other, missing without volume, or the
            source; None means "weighted", or "source" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A window without any volume has no value.
        - A period of 1 gives the source itself, on TradingView only where there is volume, in
          TA-Lib everywhere.
        - With the default parameters the first 19 bars have no value.
        - With the default parameters, from bar 19 on the start of the data changes values by less
          than 1e-6.

    Source:
        Common usage of charting packages; B. Dormeier, Buff Up Your Moving Averages, Stocks &
        Commodities, 2001.
    """
    return expression(
        "vwma",
        (source, volume),
        period=period,
        single=single,
        compat=compat,
        nulls=nulls,
    )


def obv(
    close: Input = "close",
    volume: Input = "volume",
    *,
    start: Literal["zero", "volume"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """The volume of rising bars less that of falling ones: whether volume backs the price.

    On-Balance Volume: value = value[1] + volume where close > close[1], − volume where close <
    close[1], + 0 otherwise.

    Args:
        close: Closing prices.
        volume: Traded volumes.
        start: What the sum starts from, and whether the first bar has a value; None means "zero",
            or "volume" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - TradingView starts at 0 and shows nothing at the first bar; TA-Lib starts at the first
          bar's volume.
        - Only differences matter: the level depends on where the data begins.
        - With the default parameters the first 1 bar has no value.
        - The start of the data may matter however many bars follow.

    Source:
        J. E. Granville, Granville's New Key to Stock Market Profits, 1963.
    """
    return expression(
        "obv",
        (close, volume),
        start=start,
        compat=compat,
        nulls=nulls,
    )


def cmf(
    high: Input = "high",
    low: Input = "low",
    close: Input = "close",
    volume: Input = "volume",
    period: int = 20,
    *,
    empty: Literal["nan", "zero"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """Whether volume comes in on closes near the high or near the low, −1 to 1: buying or selling
    pressure.

    Chaikin Money Flow: value = Σ flow / Σ volume over the last period bars, with flow = volume ·
    ((close − low) − (high − close)) / (high − low).

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        volume: Traded volumes.
        period: Bars in the sums (1 to 1000000).
        empty: The value of a window without volume; None means "nan", or "zero" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A bar without range has no flow but counts with its volume.
        - A window without any volume: nan leaves it missing, as TradingView does; zero gives 0, as
          TA-Lib does.
        - A close outside high and low, as bad data has it, gives values outside −1 to 1; a bar
          whose high lies below its low has no flow.
        - With the default parameters the first 19 bars have no value.
        - With the default parameters, from bar 19 on the start of the data changes values by less
          than 1e-6.

    Source:
        M. Chaikin; described in C. D. Kirkpatrick and J. R. Dahlquist, Technical Analysis, 2006.
    """
    return expression(
        "cmf",
        (high, low, close, volume),
        period=period,
        empty=empty,
        compat=compat,
        nulls=nulls,
    )


def rvol(
    volume: Input = "volume",
    time: Input | None = None,
    period: int = 20,
    by: Literal["bars", "time_of_day"] = "bars",
    *,
    current: Literal["included", "excluded"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """How many times the usual volume is traded: moves on 2 and more have many behind them.

    Relative Volume: value = volume / usual, where usual is sma(volume, period) or, by time_of_day,
    the mean of the last period volumes that came before at the same time of day.

    Args:
        volume: Traded volumes.
        time: Opening times: milliseconds since 1970 UTC, or dates and times.
        period: Bars, or days with a bar at that time, in the mean (1 to 1000000).
        by: What is usual: the mean of the last bars, or that of the same time of day, which needs
            the time.
        current: With "bars", whether the bar itself counts in its mean; None means "included", or
            "excluded" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - By bars TradingView's users count the bar itself into its mean; TA-Lib takes the period
          bars before it.
        - Where the usual volume is 0 there is no value.
        - By time of day, days without a bar at that time do not count, and a bar without volume or
          time is passed over: it has no value and later means do not count it.
        - Times of day are whole seconds of the time column, so there are no more than 86,400 of
          them; bars of the same second count one by one.
        - By time of day, results do not depend on where the data begins once period days have
          passed, however many bars those have.
        - The time column is in UTC; give local times for a market that keeps daylight saving time.
        - With the default parameters the first 19 bars have no value.
        - With the default parameters, from bar 19 on the start of the data changes values by less
          than 1e-6.

    Source:
        Common usage of stock scanners since the 1990s.
    """
    return expression(
        "rvol",
        (volume, time),
        period=period,
        by=by,
        current=current,
        compat=compat,
        nulls=nulls,
    )


def sma_atr_channel(
    high: Input = "high",
    low: Input = "low",
    close: Input = "close",
    period: int = 20,
    atr_period: int = 14,
    mult: float = 2.0,
    *,
    first_bar: Literal["range", "skip"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """A mean price with a channel as wide as the market's usual moves: closes outside it are no
    everyday noise.

    SMA ATR Channel: middle = sma(close, period); upper = middle + mult · atr(atr_period); lower =
    middle − mult · atr(atr_period).

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        period: Bars in the mean (1 to 1000000).
        atr_period: Bars that smooth the true range (1 to 1000000).
        mult: Average true ranges from the mean to a band (0 to 1000).
        first_bar: The first bar has no close before it: take high − low, or begin with the second
            bar; None means "range", or "skip" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A struct of float64: upper, middle, lower.

    Notes:
        - The bands begin when both the mean and the range exist; middle begins on its own.
        - A flat market has all three lines on its price.
        - With the default parameters the first 19 bars have no value.
        - With the default parameters, from bar 200 on the start of the data changes values by less
          than 1e-6.

    Source:
        After C. W. Keltner, How to Make Money in Commodities, 1960, with the range of J. Welles
        Wilder, 1978.
    """
    return expression(
        "sma_atr_channel",
        (high, low, close),
        period=period,
        atr_period=atr_period,
        mult=mult,
        first_bar=first_bar,
        compat=compat,
        nulls=nulls,
    )


def supertrend(
    high: Input = "high",
    low: Input = "low",
    close: Input = "close",
    period: int = 10,
    mult: float = 3.0,
    *,
    first_bar: Literal["range", "skip"] | None = None,
    first: Literal["down", "up"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """A stop some average ranges away from the price, below it in a rising trend and above it in a
    falling one; a close beyond it turns the trend.

    Supertrend: upper = (high + low) / 2 + mult · atr(period), kept at upper[1] unless it is lower
    or close[1] > upper[1]; lower likewise with −; value = lower while the trend rises, until close
    < lower; upper while it falls, until close > upper.

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        period: Bars that smooth the true range (1 to 1000000).
        mult: Average ranges from the middle of a bar to the stop (0 to 1000).
        first_bar: The first bar has no close before it: take high − low, or begin with the second
            bar; None means "range", or "skip" with compat="talib".
        first: The first direction; None means "down", or "up" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A struct of float64: value, trend.

    Notes:
        - TradingView takes the first bar's high − low as its true range and begins with a falling
          trend; TA-Lib begins the ranges with the second bar, and with a rising trend.
        - trend is 1 while the market rises; ta.supertrend gives −1 there.
        - Where the data begins matters until both sides of it have turned at the same bar, which no
          number of bars assures.
        - A flat market keeps its first trend and has value on its price.
        - With the default parameters the first 9 bars have no value.
        - The start of the data may matter however many bars follow.

    Source:
        O. Seban, Tout le monde mérite d'être riche, 2008.
    """
    return expression(
        "supertrend",
        (high, low, close),
        period=period,
        mult=mult,
        first_bar=first_bar,
        first=first,
        compat=compat,
        nulls=nulls,
    )


def donchian(
    high: Input = "high",
    low: Input = "low",
    period: int = 20,
    counted: Literal["with_current", "without_current"] = "with_current",
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """The highest and the lowest price of the last bars: a close beyond them breaks out.

    Donchian Channel: upper = highest(high, period); lower = lowest(low, period); middle = (upper +
    lower) / 2.

    Args:
        high: Highest prices.
        low: Lowest prices.
        period: Bars in the range (1 to 1000000).
        counted: Whether the current bar is one of them.
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A struct of float64: upper, middle, lower.

    Notes:
        - The current bar is one of the period, as on TradingView and in TA-Lib; without_current
          leaves it out, so that a bar can break the channel; a bar with a missing value has no
          channel either way.
        - With the default parameters the first 19 bars have no value.
        - With the default parameters, from bar 19 on the start of the data changes values by less
          than 1e-6.

    Source:
        R. D. Donchian, Trend-Following Methods in Commodity Price Analysis, 1957.
    """
    return expression(
        "donchian",
        (high, low),
        period=period,
        counted=counted,
        compat=compat,
        nulls=nulls,
    )


def cci(
    high: Input = "high",
    low: Input = "low",
    close: Input = "close",
    period: int = 20,
    *,
    empty: Literal["nan", "zero"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """How far the price is from its mean, in units of its usual distance: beyond ±100 a move is out
    of the ordinary.

    Commodity Channel Index: value = (typical − sma(typical, period)) / (0.015 · d), with d = Σ
    |typical − sma| / period over the window and typical = (high + low + close) / 3.

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        period: Bars in the mean and the distance (1 to 1000000).
        empty: The value of a window whose prices are all the same; None means "nan", or "zero" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A window whose prices are all the same has no distance to measure by: nan leaves it
          missing, as TradingView does; zero gives 0, as TA-Lib does; the same are those within
          1e−14 of the mean.
        - A bar looks at its whole window, and costs more the longer the period is.
        - With the default parameters the first 19 bars have no value.
        - With the default parameters, from bar 19 on the start of the data changes values by less
          than 1e-6.

    Source:
        D. R. Lambert, Commodity Channel Index, Commodities, 1980.
    """
    return expression(
        "cci",
        (high, low, close),
        period=period,
        empty=empty,
        compat=compat,
        nulls=nulls,
    )


def mfi(
    high: Input = "high",
    low: Input = "low",
    close: Input = "close",
    volume: Input = "volume",
    period: int = 14,
    *,
    first_bar: Literal["both", "skip"] | None = None,
    empty: Literal["nan", "zero"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """The share of rising bars in the money that changed hands, 0 to 100: a strength index that
    volume weighs.

    Money Flow Index: value = 100 · up / (up + down), where up and down are the sums over period
    bars of typical · volume where typical > typical[1], and where it is below; typical = (high +
    low + close) / 3.

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        volume: Traded volumes.
        period: Bars in the sums (1 to 1000000).
        first_bar: The first bar has no change: count its money on both sides, or begin with the
            second bar; None means "both", or "skip" with compat="talib".
        empty: The value of a window without money on either side; None means "nan", or "zero" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - The first bar has no change: ta.mfi counts its money on both sides, and has a value a bar
          earlier; TA-Lib begins with the second bar.
        - A change that is no more than rounding (1e−14 of both prices) is none, and its money
          counts on neither side.
        - A window without money on either side: nan leaves it missing, as TradingView does; zero
          gives 0, as TA-Lib does.
        - With the default parameters the first 13 bars have no value.
        - With the default parameters, from bar 14 on the start of the data changes values by less
          than 1e-6.

    Source:
        G. Quong and A. Soudack, Volume-Weighted RSI: Money Flow, Stocks & Commodities, 1989.
    """
    return expression(
        "mfi",
        (high, low, close, volume),
        period=period,
        first_bar=first_bar,
        empty=empty,
        compat=compat,
        nulls=nulls,
    )


def williams_r(
    high: Input = "high",
    low: Input = "low",
    close: Input = "close",
    period: int = 14,
    *,
    flat: Literal["nan", "zero"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """How far the close is below the top of the last bars' range, 0 at its top to −100 at its
    bottom.

    Williams %R: value = 100 · (close − highest(high, period)) / (highest(high, period) −
    lowest(low, period)).

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        period: Bars in the range (1 to 1000000).
        flat: The value of a window without range; None means "nan", or "zero" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A window without range: nan leaves it missing, as TradingView does; zero gives 0, as
          TA-Lib does where the range is below 1e−14 of the prices.
        - A close outside high and low, as bad data has it, gives values outside −100 to 0.
        - With the default parameters the first 13 bars have no value.
        - With the default parameters, from bar 13 on the start of the data changes values by less
          than 1e-6.

    Source:
        L. Williams, How I Made One Million Dollars Last Year Trading Commodities, 1973.
    """
    return expression(
        "williams_r",
        (high, low, close),
        period=period,
        flat=flat,
        compat=compat,
        nulls=nulls,
    )


def roc(
    source: Input = "close",
    period: int = 9,
    *,
    empty: Literal["nan", "zero"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """By how much the price changed in so many bars, in percent.

    Rate of Change: value = 100 · (source − source[period]) / source[period].

    Args:
        source: Prices, or any other series of numbers.
        period: Bars from one price to the other (1 to 1000000).
        empty: The rate from a price of 0; None means "nan", or "zero" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - From a price of 0 there is no rate: nan leaves it missing, zero gives 0, as TA-Lib does.
        - With the default parameters the first 9 bars have no value.
        - With the default parameters, from bar 9 on the start of the data changes values by less
          than 1e-6.

    Source:
        Common usage; G. Appel and F. Hitschler, Stock Market Trading Systems, 1980.
    """
    return expression(
        "roc",
        (source,),
        period=period,
        empty=empty,
        compat=compat,
        nulls=nulls,
    )


def momentum(
    source: Input = "close",
    period: int = 10,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """By how much the price changed in so many bars: whether a move gains or loses speed.

    Momentum: value = source − source[period].

    Args:
        source: Prices, or any other series of numbers.
        period: Bars from one price to the other (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A flat market gives 0.
        - With the default parameters the first 10 bars have no value.
        - With the default parameters, from bar 10 on the start of the data changes values by less
          than 1e-6.

    Source:
        Common usage; J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """
    return expression(
        "momentum",
        (source,),
        period=period,
        compat=compat,
        nulls=nulls,
    )


def cmo(
    source: Input = "close",
    period: int = 9,
    *,
    smoothing: Literal["sum", "wilder"] | None = None,
    empty: Literal["nan", "zero"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """By how much rises exceed falls, as a share of all movement, −100 to 100.

    Chande Momentum Oscillator: value = 100 · (up − down) / (up + down), where up and down are the
    sums of the rises and falls of source over period changes, or their Wilder averages.

    Args:
        source: Prices, or any other series of numbers.
        period: Changes in the sums (1 to 1000000).
        smoothing: Whether changes are added over a window or smoothed; None means "sum", or
            "wilder" with compat="talib".
        empty: The value where nothing has moved; None means "nan", or "zero" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - TradingView adds the changes, as T. S. Chande did; TA-Lib smooths them as Wilder's index
          does.
        - Where nothing has moved: nan leaves it missing, as TradingView does; zero gives 0, as
          TA-Lib does.
        - With the default parameters the first 9 bars have no value.
        - With the default parameters, from bar 9 on the start of the data changes values by less
          than 1e-6.

    Source:
        T. S. Chande and S. Kroll, The New Technical Trader, 1994.
    """
    return expression(
        "cmo",
        (source,),
        period=period,
        smoothing=smoothing,
        empty=empty,
        compat=compat,
        nulls=nulls,
    )


def aroon(
    high: Input = "high",
    low: Input = "low",
    period: int = 14,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """How long ago the highest and the lowest price of the last bars were: a young high means a
    rising trend.

    Aroon: up = 100 · (period − bars since highest(high, period + 1)) / period; down likewise for
    lowest(low, period + 1); oscillator = up − down.

    Args:
        high: Highest prices.
        low: Lowest prices.
        period: Bars before the current one that are looked at (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A struct of float64: up, down, oscillator.

    Notes:
        - Of equal highs or lows the latest counts, as in TA-Lib.
        - A flat market has up and down at 100.
        - With the default parameters the first 14 bars have no value.
        - With the default parameters, from bar 14 on the start of the data changes values by less
          than 1e-6.

    Source:
        T. S. Chande, A Time Price Oscillator, Stocks & Commodities, 1995.
    """
    return expression(
        "aroon",
        (high, low),
        period=period,
        compat=compat,
        nulls=nulls,
    )


def stoch_rsi(
    source: Input = "close",
    period: int = 14,
    range: int = 14,
    k: int = 3,
    d: int = 3,
    *,
    flat: Literal["nan", "zero"] | None = None,
    shown: Literal["own", "together"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """Where the strength index lies in its own range of late, 0 to 100: it turns sooner than the
    index.

    Stochastic RSI: r = rsi(source, period); raw = 100 · (r − lowest(r, range)) / (highest(r, range)
    − lowest(r, range)); k = sma(raw, k); d = sma(k, d).

    Args:
        source: Prices, or any other series of numbers.
        period: Changes in the seed of the strength index (1 to 1000000).
        range: Bars in the range of the index (1 to 1000000).
        k: Bars in the mean that gives k; 1 leaves it raw (1 to 1000000).
        d: Bars in the mean that gives d (1 to 1000000).
        flat: The raw value of a window in which the index stays the same; None means "nan", or
            "zero" with compat="talib".
        shown: Whether k starts when it can, or with d; None means "own", or "together" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A struct of float64: k, d.

    Notes:
        - A window in which the index stays the same has no raw value: nan leaves it missing, and
          with it the means it is in, as TradingView does; zero counts it as 0, as TA-Lib does.
        - The index of a market that has not moved at all is 100 with nan, 50 with zero, as rsi has
          it in each profile.
        - TA-Lib does not smooth k, and shows it only where d exists.
        - With the default parameters the first 29 (k) and 31 (d) bars have no value.
        - With the default parameters, from bar 218 on the start of the data changes values by less
          than 1e-6.

    Source:
        T. S. Chande and S. Kroll, The New Technical Trader, 1994.
    """
    return expression(
        "stoch_rsi",
        (source,),
        period=period,
        range=range,
        k=k,
        d=d,
        flat=flat,
        shown=shown,
        compat=compat,
        nulls=nulls,
    )


def ppo(
    source: Input = "close",
    fast: int = 12,
    slow: int = 26,
    signal: int = 9,
    *,
    order: Literal["given", "sorted"] | None = None,
    empty: Literal["nan", "zero"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """The distance between a fast and a slow average in percent of the slow one: macd in a unit
    that markets share.

    Percentage Price Oscillator: ppo = 100 · (ema(source, fast) − ema(source, slow)) / ema(source,
    slow); signal = ema(ppo, signal); hist = ppo − signal.

    Args:
        source: Prices, or any other series of numbers.
        fast: Bars of the fast average (1 to 1000000).
        slow: Bars of the slow average (1 to 1000000).
        signal: Bars of the signal line (1 to 1000000).
        order: Whether fast and slow are what they are called, or the shorter and the longer of the
            two; None means "given", or "sorted" with compat="talib".
        empty: The value of ppo where the slow average is 0; None means "nan", or "zero" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A struct of float64: ppo, signal, hist.

    Notes:
        - Each average is seeded with the mean of its own first bars.
        - TA-Lib takes the longer period as the slow one, has ppo alone, and takes simple averages
          unless told that it be exponential ones, as here.
        - A slow average of 0: nan leaves ppo missing, and signal begins anew; zero gives 0, as
          TA-Lib does.
        - With the default parameters the first 25 (ppo), 33 (signal) and 33 (hist) bars have no
          value.
        - With the default parameters, from bar 210 on the start of the data changes values by less
          than 1e-6.

    Source:
        G. Appel, Technical Analysis: Power Tools for Active Investors, 2005.
    """
    return expression(
        "ppo",
        (source,),
        fast=fast,
        slow=slow,
        signal=signal,
        order=order,
        empty=empty,
        compat=compat,
        nulls=nulls,
    )


def trix(
    source: Input = "close",
    period: int = 18,
    seed: Literal["mean", "value"] = "mean",
    *,
    empty: Literal["nan", "zero"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """The rate of change of a price that is smoothed three times: short moves are gone, what is
    left is the trend.

    TRIX: value = 100 · (e − e[1]) / e[1] with e = ema(ema(ema(source, period), period), period).

    Args:
        source: Prices, or any other series of numbers.
        period: Bars of each average (1 to 1000000).
        seed: How the second and the third average begin.
        empty: The rate from an average of 0; None means "nan", or "zero" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - mean seeds each average with the mean of its first period, as TA-Lib does; value seeds the
          second and the third with the first value that they see.
        - TradingView's built-in takes logarithms of the price first and the change times 10000:
          nearly 100 times these numbers.
        - From an average of 0 there is no rate: nan leaves it missing, zero gives 0.
        - With the default parameters the first 52 bars have no value.
        - With the default parameters, from bar 240 on the start of the data changes values by less
          than 1e-6.

    Source:
        J. K. Hutson, Good TRIX, Stocks & Commodities, 1983.
    """
    return expression(
        "trix",
        (source,),
        period=period,
        seed=seed,
        empty=empty,
        compat=compat,
        nulls=nulls,
    )


def tsi(
    source: Input = "close",
    long: int = 25,
    short: int = 13,
    signal: int = 13,
    *,
    scale: float | None = None,
    empty: Literal["nan", "zero"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """The changes of a price over their sizes, both smoothed twice: which way the market moves, and
    how single-mindedly.

    True Strength Index: tsi = scale · ema(ema(c, long), short) / ema(ema(|c|, long), short) with c
    = source − source[1]; signal = ema(tsi, signal).

    Args:
        source: Prices, or any other series of numbers.
        long: Changes in the first smoothing (1 to 1000000).
        short: Values in the second smoothing (1 to 1000000).
        signal: Bars of the signal line (1 to 1000000).
        scale: The value of a market that only rises (0 to 1000); None means 1.0, or 100.0 with
            compat="talib".
        empty: The value of a market that has not moved at all; None means "nan", or "zero" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A struct of float64: tsi, signal.

    Notes:
        - ta.tsi goes from −1 to 1; TA-Lib, which has no signal, and most others go from −100 to
          100.
        - Each average is seeded with the mean of its own first values.
        - A market that has not moved at all: nan leaves tsi missing, and signal begins anew; zero
          gives 0, as TA-Lib does.
        - With the default parameters the first 37 (tsi) and 49 (signal) bars have no value.
        - With the default parameters, from bar 219 on the start of the data changes values by less
          than 1e-6.

    Source:
        W. Blau, True Strength Index, Stocks & Commodities, 1991.
    """
    return expression(
        "tsi",
        (source,),
        long=long,
        short=short,
        signal=signal,
        scale=scale,
        empty=empty,
        compat=compat,
        nulls=nulls,
    )


def natr(
    high: Input = "high",
    low: Input = "low",
    close: Input = "close",
    period: int = 14,
    *,
    first_bar: Literal["range", "skip"] | None = None,
    empty: Literal["nan", "zero"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """How far the market moves in a bar, in percent of its price: comparable between markets and
    over years.

    Normalised Average True Range: value = 100 · atr(period) / close.

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        period: Bars in the seed; the newest bar weighs 1 / period (1 to 1000000).
        first_bar: The first bar has no close before it: take high − low, or begin with the second
            bar; None means "range", or "skip" with compat="talib".
        empty: The value at a close of 0; None means "nan", or "zero" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A close of 0: nan leaves the value missing, zero gives 0, as TA-Lib does.
        - TA-Lib gives the true range itself, not its share of the close, for a period of 1.
        - With the default parameters the first 13 bars have no value.
        - With the default parameters, from bar 200 on the start of the data changes values by less
          than 1e-6.

    Source:
        J. Forman, Cross-Market Evaluations with Normalized Average True Range, Stocks &
        Commodities, 2006.
    """
    return expression(
        "natr",
        (high, low, close),
        period=period,
        first_bar=first_bar,
        empty=empty,
        compat=compat,
        nulls=nulls,
    )


def stddev(
    source: Input = "close",
    period: int = 20,
    mult: float = 1.0,
    of: Literal["population", "sample"] = "population",
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """How far the last prices lie from their mean: how much the market swings.

    Standard Deviation: value = mult · √(Σ (source − sma(source, period))² / n), with n = period, or
    period − 1 for a sample.

    Args:
        source: Prices, or any other series of numbers.
        period: Bars in the window (2 to 1000000).
        mult: Deviations that make the value (0 to 1000).
        of: Whether the squares are divided by the bars, or by one less.
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A window without movement gives 0.
        - With the default parameters the first 19 bars have no value.
        - With the default parameters, from bar 19 on the start of the data changes values by less
          than 1e-6.

    Source:
        K. Pearson, Contributions to the Mathematical Theory of Evolution, 1894.
    """
    return expression(
        "stddev",
        (source,),
        period=period,
        mult=mult,
        of=of,
        compat=compat,
        nulls=nulls,
    )


def linear_regression(
    source: Input = "close",
    period: int = 14,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """The straight line that lies nearest to the last prices: where it ends, how steep it is, and
    how well it fits.

    Linear Regression: slope = Σ (i − ī) · source / Σ (i − ī)² over the positions i of period bars;
    value = sma + slope · (period − 1) / 2, the line's end; intercept = sma − slope · (period − 1) /
    2, its begin; angle = atan(slope) in degrees; r_squared = slope² · Σ (i − ī)² / Σ (source −
    sma)².

    Args:
        source: Prices, or any other series of numbers.
        period: Bars that the line is laid through (2 to 1000000).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A struct of float64: value, slope, intercept, angle, r_squared.

    Notes:
        - A flat window has a slope of 0, and no r_squared: there is nothing that a line could
          explain.
        - The angle is that of one bar to one unit of price, as in TA-Lib: it compares with itself
          only.
        - With the default parameters the first 13 bars have no value.
        - With the default parameters, from bar 13 on the start of the data changes values by less
          than 1e-6.

    Source:
        A. M. Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805.
    """
    return expression(
        "linear_regression",
        (source,),
        period=period,
        compat=compat,
        nulls=nulls,
    )


def adl(
    high: Input = "high",
    low: Input = "low",
    close: Input = "close",
    volume: Input = "volume",
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """The running sum of volume that came in on closes near the high, less that near the low:
    whether volume backs the price.

    Accumulation/Distribution Line: value = value[1] + volume · ((close − low) − (high − close)) /
    (high − low).

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        volume: Traded volumes.
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A bar without range adds nothing.
        - Only differences matter: the level depends on where the data begins.
        - There is no warm-up: values begin with the first bar.
        - The start of the data may matter however many bars follow.

    Source:
        M. Chaikin, 1970s; described in S. B. Achelis, Technical Analysis from A to Z, 1995.
    """
    return expression(
        "adl",
        (high, low, close, volume),
        compat=compat,
        nulls=nulls,
    )


def chaikin_oscillator(
    high: Input = "high",
    low: Input = "low",
    close: Input = "close",
    volume: Input = "volume",
    fast: int = 3,
    slow: int = 10,
    *,
    seed: Literal["mean", "value"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """The distance between a fast and a slow average of the accumulation/distribution line: whether
    money flows in faster than it did.

    Chaikin Oscillator: value = ema(adl, fast) − ema(adl, slow).

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        volume: Traded volumes.
        fast: Bars of the fast average (1 to 1000000).
        slow: Bars of the slow average (1 to 1000000).
        seed: How the averages begin; None means "mean", or "value" with compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - TradingView seeds each average with the mean of its first bars; TA-Lib seeds both with the
          line's first value, and shows nothing before the longer one has seen its bars.
        - A bar with a missing value has no value, and the averages begin anew behind it.
        - With the default parameters the first 9 bars have no value.
        - With the default parameters, from bar 78 on the start of the data changes values by less
          than 1e-6.

    Source:
        M. Chaikin; described in S. B. Achelis, Technical Analysis from A to Z, 1995.
    """
    return expression(
        "chaikin_oscillator",
        (high, low, close, volume),
        fast=fast,
        slow=slow,
        seed=seed,
        compat=compat,
        nulls=nulls,
    )


def vortex(
    high: Input = "high",
    low: Input = "low",
    close: Input = "close",
    period: int = 14,
    *,
    empty: Literal["nan", "zero"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """How far highs reach above the low before, and lows below the high before: the larger of the
    two tells the trend.

    Vortex Indicator: plus = Σ |high − low[1]| / Σ tr and minus = Σ |low − high[1]| / Σ tr over
    period bars.

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        period: Bars in the sums (1 to 1000000).
        empty: The value of a window without any true range; None means "nan", or "zero" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A struct of float64: plus, minus.

    Notes:
        - A window without any true range: nan leaves both missing, zero gives 0, as TA-Lib does.
        - With the default parameters the first 14 bars have no value.
        - With the default parameters, from bar 14 on the start of the data changes values by less
          than 1e-6.

    Source:
        E. Botes and D. Siepman, The Vortex Indicator, Stocks & Commodities, 2010.
    """
    return expression(
        "vortex",
        (high, low, close),
        period=period,
        empty=empty,
        compat=compat,
        nulls=nulls,
    )


def awesome(
    high: Input = "high",
    low: Input = "low",
    fast: int = 5,
    slow: int = 34,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """The distance between a fast and a slow mean of the middle of the bars: whether a trend gains
    or loses speed.

    Awesome Oscillator: value = sma(m, fast) − sma(m, slow) with m = (high + low) / 2.

    Args:
        high: Highest prices.
        low: Lowest prices.
        fast: Bars of the fast mean (1 to 1000000).
        slow: Bars of the slow mean (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A flat market gives 0, but for the rounding of its means.
        - With the default parameters the first 33 bars have no value.
        - With the default parameters, from bar 33 on the start of the data changes values by less
          than 1e-6.

    Source:
        B. Williams, New Trading Dimensions, 1998.
    """
    return expression(
        "awesome",
        (high, low),
        fast=fast,
        slow=slow,
        compat=compat,
        nulls=nulls,
    )


def dpo(
    source: Input = "close",
    period: int = 21,
    *,
    older: Literal["mean", "price"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """The price less the mean of half a cycle earlier: what is left is the cycle, without the
    trend.

    Detrended Price Oscillator: value = source − sma(source, period)[b], or source[b] − sma(source,
    period), with b = ⌊period / 2⌋ + 1.

    Args:
        source: Prices, or any other series of numbers.
        period: Bars in the mean, about one cycle (1 to 1000000).
        older: Which of the two is taken from b bars before; None means "mean", or "price" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - TradingView takes today's price and an older mean. TA-Lib takes an older price and today's
          mean, which a chart draws b bars earlier, at the bar of the price; the catalog tells that
          shift, and the shifted form has the column moved by it.
        - A flat market gives 0, but for the rounding of its mean.
        - With the default parameters the first 31 bars have no value.
        - With the default parameters, from bar 31 on the start of the data changes values by less
          than 1e-6.

    Source:
        S. B. Achelis, Technical Analysis from A to Z, 1995.
    """
    return expression(
        "dpo",
        (source,),
        period=period,
        older=older,
        compat=compat,
        nulls=nulls,
    )


def ultimate(
    high: Input = "high",
    low: Input = "low",
    close: Input = "close",
    short: int = 7,
    medium: int = 14,
    long: int = 28,
    *,
    order: Literal["given", "sorted"] | None = None,
    empty: Literal["nan", "zero"] | None = None,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """How much of the movement is buying, 0 to 100, over three spans at once: one that turns late
    cannot mislead alone.

    Ultimate Oscillator: value = 100 · (4 · s(short) + 2 · s(medium) + s(long)) / 7 with s(n) = Σ
    (close − min(low, close[1])) / Σ tr over n bars.

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        short: Bars of the span that weighs 4 (1 to 1000000).
        medium: Bars of the span that weighs 2 (1 to 1000000).
        long: Bars of the span that weighs 1 (1 to 1000000).
        order: Whether the periods weigh as they are called, or by their length; None means "given",
            or "sorted" with compat="talib".
        empty: The share of a span without any true range; None means "nan", or "zero" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A column of float64.

    Notes:
        - A span without any true range has no share: nan leaves the value missing, zero counts it
          as 0, as TA-Lib does.
        - TA-Lib sorts the three periods.
        - With the default parameters the first 28 bars have no value.
        - With the default parameters, from bar 28 on the start of the data changes values by less
          than 1e-6.

    Source:
        L. Williams, The Ultimate Oscillator, Stocks & Commodities, 1985.
    """
    return expression(
        "ultimate",
        (high, low, close),
        short=short,
        medium=medium,
        long=long,
        order=order,
        empty=empty,
        compat=compat,
        nulls=nulls,
    )


def pivot_points(
    open: Input = "open",
    high: Input = "high",
    low: Input = "low",
    close: Input = "close",
    time: Input = "time",
    method: Literal["classic", "fibonacci", "camarilla", "woodie", "demark"] = "classic",
    span: Literal["session", "week", "month", "number"] = "session",
    utc_offset: int = 0,
    opening: int = 0,
    *,
    compat: Compat = "tradingview",
    nulls: bool = False,
) -> pl.Expr:
    """Levels that the prices of the session, week or month before give for this one: where floor
    traders expect it to turn.

    Pivot Points: of the span before, with p = (high + low + close) / 3 and d = high − low: classic
    pivot = p, r1 = 2p − low, r2 = p + d, r3 = r1 + d, r4 = 3p + high − 3 · low; woodie the same
    with p = (high + low + 2 · this span's open) / 4, and r4 = r3 + d; fibonacci r = p + (0.382,
    0.618, 1) · d; camarilla r = close + 1.1 · d / (12, 6, 4, 2); demark pivot = x / 4, r1 = x / 2 −
    low, s1 = x / 2 − high, with x = high + low + close and another low, high or close where close <
    open, > open or = open; s mirrors r at p (camarilla: at close).

    Args:
        open: Opening prices.
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        time: Opening times: milliseconds since 1970 UTC, or dates and times.
        method: Whose levels.
        span: What one set of levels holds for.
        utc_offset: Local time minus UTC, in minutes (-1440 to 1440).
        opening: Opening of the session, in minutes after local midnight (0 to 1439).
        compat: Whose definition is followed where the market disagrees.
        nulls: Whether missing values leave as null rather than NaN, where the kind of column has
            both.

    Returns:
        A struct of float64: pivot, r1, s1, r2, s2, r3, s3, r4, s4.

    Notes:
        - The levels stay from the first bar of a span to its last. The first span has none; those
          of the second tell of a span that may have begun before the data.
        - classic is what TradingView calls Traditional.
        - fibonacci has no fourth levels; demark has a pivot, r1 and s1.
        - A session that opens at noon or later belongs to the following day; weeks begin with
          Monday's session.
        - With span "number" the time column holds a number per bar, such as tvf.sessions gives for
          a zone, and each change of it begins a span.
        - With the default parameters the first 1 bar has no value.
        - The start of the data may matter however many bars follow.

    Source:
        Floor traders; J. L. Person, A Complete Guide to Technical Trading Tactics, 2004; T. R.
        DeMark, The New Science of Technical Analysis, 1994.
    """
    return expression(
        "pivot_points",
        (open, high, low, close, time),
        method=method,
        span=span,
        utc_offset=utc_offset,
        opening=opening,
        compat=compat,
        nulls=nulls,
    )
