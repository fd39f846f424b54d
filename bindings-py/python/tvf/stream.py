# Written by `cargo xtask gen`: change the definitions in core/, not this.
# ruff: noqa: A002
"""The indicators bar by bar: `tvf.Stream` with the arguments of each spelt out."""

from __future__ import annotations

from typing import Literal, Self

from tvf import results
from tvf._core import Stream
from tvf._sessions import Opening
from tvf._types import A, Column, Compat, Frame, Moment

__all__ = [
    "T3",
    "Adl",
    "Adx",
    "Alma",
    "Aroon",
    "Atr",
    "Awesome",
    "Bbands",
    "Cci",
    "ChaikinOscillator",
    "Cmf",
    "Cmo",
    "Dema",
    "Donchian",
    "Dpo",
    "Ehma",
    "Ema",
    "Fractals",
    "Frama",
    "Heartbeat",
    "Hma",
    "Ichimoku",
    "Jma",
    "Kama",
    "Keltner",
    "Laguerre",
    "LinearRegression",
    "Lsma",
    "Macd",
    "Mama",
    "Mcginley",
    "Mfi",
    "Momentum",
    "Natr",
    "Obv",
    "PivotPoints",
    "Ppo",
    "Psar",
    "Rma",
    "Roc",
    "Rsi",
    "Rvol",
    "Sma",
    "SmaAtrChannel",
    "SmaCross",
    "Stddev",
    "Stoch",
    "StochRsi",
    "SuperSmoother",
    "Supertrend",
    "SupportResistance",
    "Swma",
    "Tema",
    "Thma",
    "Trima",
    "Trix",
    "Tsi",
    "Ultimate",
    "Vidya",
    "VolumeProfile",
    "Vortex",
    "Vwap",
    "Vwma",
    "WilliamsR",
    "Wma",
    "Zigzag",
    "Zlema",
]


class Sma(Stream):
    """The mean price of the last bars: the plainest view of a trend.

    Simple Moving Average: value = (source[0] + … + source[period − 1]) / period.

    Args:
        period: Bars in the mean (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 19 bars have no value.
        - With the default parameters, from bar 19 on the start of the data changes values by less
          than 1e-6.

    Source:
        Common statistical usage; R. D. Edwards and J. Magee, Technical Analysis of Stock Trends,
        1948.
    """

    _id = "sma"

    def __new__(cls, period: int = 20, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "sma", compat=compat, period=period)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Ema(Stream):
    """A mean price that follows recent bars more closely than older ones.

    Exponential Moving Average: value = a · source + (1 − a) · value[1] with a = 2 / (period + 1);
    the first value is the mean of the first period sources.

    Args:
        period: Bars in the seed; the weight of the newest bar is 2 / (period + 1) (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 19 bars have no value.
        - With the default parameters, from bar 158 on the start of the data changes values by less
          than 1e-6.

    Source:
        P. N. Haurlan, Measuring Trend Values, 1968.
    """

    _id = "ema"

    def __new__(cls, period: int = 20, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "ema", compat=compat, period=period)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Wma(Stream):
    """A mean price whose weights fall in a straight line from the newest bar to the oldest.

    Weighted Moving Average: value = (period · source[0] + (period − 1) · source[1] + … + 1 ·
    source[period − 1]) / (period · (period + 1) / 2).

    Args:
        period: Bars in the mean (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 19 bars have no value.
        - With the default parameters, from bar 19 on the start of the data changes values by less
          than 1e-6.

    Source:
        Common statistical usage; P. J. Kaufman, Trading Systems and Methods, 1978.
    """

    _id = "wma"

    def __new__(cls, period: int = 20, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "wma", compat=compat, period=period)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Hma(Stream):
    """A smooth mean price with little delay: it turns sooner than other averages, and overshoots
    sharp turns.

    Hull Moving Average: value = wma(2 · wma(source, period / 2) − wma(source, period), √period),
    both lengths rounded down, at least 1.

    Args:
        period: Bars in the longest mean (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 22 bars have no value.
        - With the default parameters, from bar 22 on the start of the data changes values by less
          than 1e-6.

    Source:
        A. Hull, How to reduce lag in a moving average, 2005.
    """

    _id = "hma"

    def __new__(cls, period: int = 20, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "hma", compat=compat, period=period)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Rma(Stream):
    """Wilder's average, inside his RSI, ATR and ADX: about as slow as an EMA of twice the period.

    Smoothed Moving Average: value = value[1] + (source − value[1]) / period; the first value is the
    mean of the first period sources.

    Args:
        period: Bars in the seed; the newest bar weighs 1 / period (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 6 bars have no value.
        - With the default parameters, from bar 96 on the start of the data changes values by less
          than 1e-6.

    Source:
        J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """

    _id = "rma"

    def __new__(cls, period: int = 7, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "rma", compat=compat, period=period)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Dema(Stream):
    """An exponential average with much of its delay taken off: it overshoots sharp turns.

    Double Exponential Moving Average: value = 2 · e1 − e2; e1 = ema(source, period); e2 = ema(e1,
    period).

    Args:
        period: Bars of each average (1 to 1000000).
        stages: Whether averages of averages begin with the mean of their first bars, or with the
            first alone; None means "mean", or "mean" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 16 bars have no value.
        - With the default parameters, from bar 89 on the start of the data changes values by less
          than 1e-6.

    Source:
        P. G. Mulloy, Smoothing Data with Faster Moving Averages, 1994.
    """

    _id = "dema"

    def __new__(
        cls,
        period: int = 9,
        *,
        stages: Literal["mean", "first"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "dema", compat=compat, period=period, stages=stages)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Tema(Stream):
    """An exponential average with almost all of its delay taken off: the closest of the three to
    the price.

    Triple Exponential Moving Average: value = 3 · e1 − 3 · e2 + e3; e1 = ema(source, period); e2 =
    ema(e1, period); e3 = ema(e2, period).

    Args:
        period: Bars of each average (1 to 1000000).
        stages: Whether averages of averages begin with the mean of their first bars, or with the
            first alone; None means "mean", or "mean" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 24 bars have no value.
        - With the default parameters, from bar 104 on the start of the data changes values by less
          than 1e-6.

    Source:
        P. G. Mulloy, Smoothing Data with Less Lag, 1994.
    """

    _id = "tema"

    def __new__(
        cls,
        period: int = 9,
        *,
        stages: Literal["mean", "first"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "tema", compat=compat, period=period, stages=stages)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class T3(Stream):
    """A very smooth average with little delay: six exponential averages, combined so that their
    delays cancel.

    T3 Moving Average: value = −f³ · e6 + (3f² + 3f³) · e5 − (6f² + 3f + 3f³) · e4 + (1 + 3f + f³ +
    3f²) · e3, where e1 = ema(source, period), e2 = ema(e1, period) and so on, and f = factor.

    Args:
        period: Bars of each average (1 to 1000000).
        factor: How much of the delay is taken off (0 to 1).
        stages: Whether each average begins with the mean of its first bars, or with the first
            alone; None means "mean", or "mean" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A factor of 0 gives e3, a factor of 1 the triple DEMA.
        - With the default parameters the first 24 bars have no value.
        - With the default parameters, from bar 75 on the start of the data changes values by less
          than 1e-6.

    Source:
        T. Tillson, Smoothing Techniques for More Accurate Signals, 1998.
    """

    _id = "t3"

    def __new__(
        cls,
        period: int = 5,
        factor: float = 0.7,
        *,
        stages: Literal["mean", "first"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "t3", compat=compat, period=period, factor=factor, stages=stages)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Trima(Stream):
    """A mean of means: its weights rise to the middle of the window and fall again.

    Triangular Moving Average: value = sma(sma(source, inner), outer) with inner = period / 2
    rounded up and outer = period / 2 rounded down + 1.

    Args:
        period: Bars in the window (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 19 bars have no value.
        - With the default parameters, from bar 19 on the start of the data changes values by less
          than 1e-6.

    Source:
        Common statistical usage; TA-Lib since 2001.
    """

    _id = "trima"

    def __new__(cls, period: int = 20, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "trima", compat=compat, period=period)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Zlema(Stream):
    """An exponential average of the price plus its latest change: it turns with the price and
    overshoots.

    Zero-Lag Exponential Moving Average: value = ema(2 · source − source[lag], period) with lag =
    (period − 1) / 2 rounded down.

    Args:
        period: Bars of the average (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - Periods of 1 and 2 have no lag: they give the EMA.
        - With the default parameters the first 28 bars have no value.
        - With the default parameters, from bar 167 on the start of the data changes values by less
          than 1e-6.

    Source:
        J. F. Ehlers, R. Way, Zero Lag (Well, Almost), 2010.
    """

    _id = "zlema"

    def __new__(cls, period: int = 20, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "zlema", compat=compat, period=period)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Ehma(Stream):
    """The Hull average with exponential means in place of weighted ones: a little later and
    smoother.

    Exponential Hull Moving Average: value = ema(2 · ema(source, period / 2) − ema(source, period),
    √period), both lengths rounded down, at least 1.

    Args:
        period: Bars in the longest mean (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 22 bars have no value.
        - With the default parameters, from bar 159 on the start of the data changes values by less
          than 1e-6.

    Source:
        InSilico, Hull Suite (TradingView script); after A. Hull, How to reduce lag in a moving
        average, 2005.
    """

    _id = "ehma"

    def __new__(cls, period: int = 20, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "ehma", compat=compat, period=period)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Thma(Stream):
    """The Hull average with a third, shorter mean and a longer smoothing: smoother than hma of the
    same period.

    Triple Hull Moving Average: value = wma(3 · wma(source, period / 3) − wma(source, period / 2) −
    wma(source, period), period), lengths rounded down, at least 1.

    Args:
        period: Bars in the longest mean (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 38 bars have no value.
        - With the default parameters, from bar 38 on the start of the data changes values by less
          than 1e-6.

    Source:
        InSilico, Hull Suite (TradingView script); after A. Hull, How to reduce lag in a moving
        average, 2005.
    """

    _id = "thma"

    def __new__(cls, period: int = 20, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "thma", compat=compat, period=period)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Swma(Stream):
    """A short smoothing of the last four bars, the middle two of which count twice.

    Symmetrically Weighted Moving Average: value = (source[3] + 2 · source[2] + 2 · source[1] +
    source[0]) / 6.

    Args:
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - It is trima of period 4.
        - With the default parameters the first 3 bars have no value.
        - With the default parameters, from bar 3 on the start of the data changes values by less
          than 1e-6.

    Source:
        J. F. Ehlers, Cybernetic Analysis for Stocks and Futures, 2004; TradingView's ta.swma.
    """

    _id = "swma"

    def __new__(cls, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "swma", compat=compat)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Lsma(Stream):
    """The end of the straight line that fits the last bars best: it follows a trend without delay.

    Least Squares Moving Average: value = a + b · (period − 1 − offset), where a + b · i fits source
    best in least squares, i = 0 for the oldest of the last period bars.

    Args:
        period: Bars that the line is fitted to (1 to 1000000).
        offset: Bars before the line's end at which it is read; negative ahead of it (-1000 to
            1000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A period of 1 gives the source itself.
        - With the default parameters the first 24 bars have no value.
        - With the default parameters, from bar 24 on the start of the data changes values by less
          than 1e-6.

    Source:
        Common statistical usage; C. F. Gauss, Theoria motus corporum coelestium, 1809.
    """

    _id = "lsma"

    def __new__(cls, period: int = 25, offset: int = 0, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "lsma", compat=compat, period=period, offset=offset)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Alma(Stream):
    """A mean whose weights form a bell near the newest bars: smooth, with little delay.

    Arnaud Legoux Moving Average: value = Σ wᵢ · sourceᵢ / Σ wᵢ over the last period bars, the
    oldest being i = 0; wᵢ = exp(−(i − m)² / (2s²)), m = offset · (period − 1), s = period / sigma.

    Args:
        period: Bars in the mean (1 to 10000).
        offset: Where the bell stands: 0 at the oldest bar, 1 at the newest (0 to 1).
        sigma: How narrow the bell is (0.01 to 100).
        center: Whether the bell stands between two bars, or on the older of them; None means
            "exact", or "floor" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A period of 1 gives the source itself.
        - A bar costs more the longer the period is.
        - With the default parameters the first 8 bars have no value.
        - With the default parameters, from bar 8 on the start of the data changes values by less
          than 1e-6.

    Source:
        A. Legoux, D. Kouzis Loukas, ALMA, 2009.
    """

    _id = "alma"

    def __new__(
        cls,
        period: int = 9,
        offset: float = 0.85,
        sigma: float = 6.0,
        *,
        center: Literal["exact", "floor"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(
            cls,
            "alma",
            compat=compat,
            period=period,
            offset=offset,
            sigma=sigma,
            center=center,
        )

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Kama(Stream):
    """An average that hurries while the price goes one way and waits while it goes back and forth.

    Kaufman's Adaptive Moving Average: value = value[1] + c² · (source − value[1]); c = slowest + e
    · (fastest − slowest); e = |source − source[period]| / Σ |source − source[1]| over period bars;
    fastest = 2 / (fast + 1), slowest = 2 / (slow + 1); it begins from the source before its first
    bar.

    Args:
        period: Changes that the trend is judged by (1 to 1000000).
        fast: Bars of the average in a trend (1 to 1000000).
        slow: Bars of the average without one (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A market that has not moved counts as a trend: e is 1.
        - How soon it forgets where the data begins depends on the prices.
        - With the default parameters the first 10 bars have no value.
        - The start of the data may matter however many bars follow.

    Source:
        P. J. Kaufman, Smarter Trading, 1995.
    """

    _id = "kama"

    def __new__(
        cls,
        period: int = 10,
        fast: int = 2,
        slow: int = 30,
        *,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "kama", compat=compat, period=period, fast=fast, slow=slow)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Vidya(Stream):
    """An exponential average that is as fast as the recent movement is one-sided, and stands still
    in a balanced market.

    Variable Index Dynamic Average: value = value[1] + k · (source − value[1]); k = 2 / (period + 1)
    · |rises − falls| / (rises + falls), summed over the last cmo_period changes, or over those
    since the start while there are fewer; it begins with the first source.

    Args:
        period: Bars of the average where all movement goes one way (1 to 1000000).
        cmo_period: Changes that the movement is judged by (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A market that has not moved leaves it where it is.
        - How soon it forgets where the data begins depends on the prices.
        - With the default parameters the first 9 bars have no value.
        - The start of the data may matter however many bars follow.

    Source:
        T. S. Chande, Adapting Moving Averages to Market Volatility, 1992; by its oscillator: T. S.
        Chande, S. Kroll, The New Technical Trader, 1994.
    """

    _id = "vidya"

    def __new__(cls, period: int = 12, cmo_period: int = 9, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "vidya", compat=compat, period=period, cmo_period=cmo_period)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Frama(Stream):
    """An average that hurries where the price runs straight and hardly moves where it is ragged.

    Fractal Adaptive Moving Average: value = a · price + (1 − a) · value[1]; price = (high + low) /
    2; a = exp(−4.6 · (d − 1)), at most 1; d = 1 + log₂((r₁ + r₂) / r), r₁ and r₂ being the ranges
    of the two halves of the last period bars and r that of all; it begins from the price before its
    first bar.

    Args:
        period: Bars whose raggedness is measured (2 to 1000000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - Halves without a range count as straight: the value is the price.
        - An odd period counts as the even one below it.
        - How soon it forgets where the data begins depends on the prices.
        - With the default parameters the first 16 bars have no value.
        - The start of the data may matter however many bars follow.

    Source:
        J. F. Ehlers, FRAMA: Fractal Adaptive Moving Average, 2005.
    """

    _id = "frama"

    def __new__(cls, period: int = 16, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "frama", compat=compat, period=period)

    def update(self, high: float, low: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low)

    def peek(self, high: float, low: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low)

    def replace(self, high: float, low: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low)

    def extend(self, high: A, low: Column, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, nulls=nulls)


class Mcginley(Stream):
    """An average that speeds up while the price is below it and slows down while it is above.

    McGinley Dynamic: value = value[1] + (source − value[1]) / (factor · period · (source /
    value[1])⁴); the first value is the mean of the first period sources.

    Args:
        period: Bars in the seed; a step goes 1 / (factor · period) of the way to a price near the
            line (1 to 1000000).
        factor: Makes steps smaller; McGinley speaks of 0.6 (0.01 to 10).
        seed: Whether it begins with the mean of the first period bars, or unseen with the first
            alone; None means "mean", or "first" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A step that is no number, as at a price of 0, leaves it where it is.
        - A price far below the line throws it off, by the fourth power of the distance.
        - How soon it forgets where the data begins depends on the prices.
        - With the default parameters the first 13 bars have no value.
        - The start of the data may matter however many bars follow.

    Source:
        J. R. McGinley, McGinley Dynamics, 1997.
    """

    _id = "mcginley"

    def __new__(
        cls,
        period: int = 14,
        factor: float = 1.0,
        *,
        seed: Literal["mean", "first"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "mcginley", compat=compat, period=period, factor=factor, seed=seed)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Jma(Stream):
    """A smooth average that turns early: the form published for charts. Jurik's own, which adapts
    to volatility, is a trade secret.

    Jurik-like Moving Average: value = value[1] + e2; e0 = (1 − a) · source + a · e0[1]; e1 =
    (source − e0) · (1 − b) + b · e1[1]; e2 = (e0 + p · e1 − value[1]) · (1 − a)² + a² · e2[1]; b =
    0.45 · (period − 1) / (0.45 · (period − 1) + 2), a = b², p = phase / 100 + 1.5; value and e0
    begin with the first source, e1 and e2 with 0.

    Args:
        period: How smooth it is (1 to 1000000).
        phase: How early it turns: -100 late and smooth, 100 early and overshooting (-100 to 100).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A period of 1 gives the source itself.
        - There is no warm-up: values begin with the first bar.
        - With the default parameters, from bar 30 on the start of the data changes values by less
          than 1e-6.

    Source:
        everget, Jurik Moving Average (TradingView script nZuBWW9j), with its power of 2.
    """

    _id = "jma"

    def __new__(cls, period: int = 7, phase: float = 50.0, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "jma", compat=compat, period=period, phase=phase)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Laguerre(Stream):
    """A smooth average that looks far back with four numbers, by letting time run slower the older
    it is.

    Laguerre Filter: value = (l0 + 2 · l1 + 2 · l2 + l3) / 6; l0 = (1 − gamma) · source + gamma ·
    l0[1]; l1 = −gamma · l0 + l0[1] + gamma · l1[1]; l2 and l3 follow from l1 and l2 as l1 does from
    l0; all begin with the first source.

    Args:
        gamma: How much time is slowed down: 0 not at all (0 to 0.97).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A gamma of 0 is swma behind its first bars.
        - There is no warm-up: values begin with the first bar.
        - With the default parameters, from bar 107 on the start of the data changes values by less
          than 1e-6.

    Source:
        J. F. Ehlers, Time Warp: Without Space Travel, 2004.
    """

    _id = "laguerre"

    def __new__(cls, gamma: float = 0.8, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "laguerre", compat=compat, gamma=gamma)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class SuperSmoother(Stream):
    """An average that takes out waves shorter than the period and delays longer ones little.

    Super Smoother: value = c1 · (source + source[1]) / 2 + c2 · value[1] + c3 · value[2]; a =
    exp(−√2 · π / period), c2 = 2 · a · cos(√2 · π / period), c3 = −a², c1 = 1 − c2 − c3; all before
    the first source counts as equal to it.

    Args:
        period: Bars of the shortest wave that is let through (2 to 1000000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A flat market gives its price, to rounding.
        - There is no warm-up: values begin with the first bar.
        - With the default parameters, from bar 42 on the start of the data changes values by less
          than 1e-6.

    Source:
        J. F. Ehlers, Cycle Analytics for Traders, 2013.
    """

    _id = "super_smoother"

    def __new__(cls, period: int = 10, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "super_smoother", compat=compat, period=period)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Mama(Stream):
    """An average that jumps to the price when the cycle turns and then holds, with a slower one
    that follows it: their crosses mark turns.

    MESA Adaptive Moving Average: mama = a · source + (1 − a) · mama[1]; fama = a / 2 · mama + (1 −
    a / 2) · fama[1]; a = fast / (phase[1] − phase), between slow and fast; phase in degrees is that
    of the dominant cycle, by Hilbert transforms of source.

    Args:
        fast: Most that the newest bar weighs (0.01 to 0.99).
        slow: Least that the newest bar weighs (0.01 to 0.99).
        start: Whether the lines begin with the mean of six bars, or with 0 after twelve; None means
            "mean", or "zero" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a named tuple of floats, NaN while there is no value.

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

    _id = "mama"

    def __new__(
        cls,
        fast: float = 0.5,
        slow: float = 0.05,
        *,
        start: Literal["mean", "zero"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "mama", compat=compat, fast=fast, slow=slow, start=start)

    def update(self, source: float) -> results.Mama[float]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> results.Mama[float]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> results.Mama[float]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> results.Mama[A]:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Rsi(Stream):
    """The share of rises in the recent movement, 0 to 100: how one-sided a move has become.

    Relative Strength Index: value = 100 · up / (up + down), where up and down are Wilder averages
    (weight 1 / period, seeded with the mean of the first period) of the rises and falls of source.

    Args:
        period: Changes in the seed; the newest change weighs 1 / period (1 to 1000000).
        flat: The value for a market that has not moved at all (0 to 100); None means 100.0, or 50.0
            with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

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

    _id = "rsi"

    def __new__(cls, period: int = 14, *, flat: float | None = None, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "rsi", compat=compat, period=period, flat=flat)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Stoch(Stream):
    """Where the close lies in the range of the last bars, 0 at its bottom to 100 at its top.

    Stochastic Oscillator: raw = 100 · (close − lowest(low, period)) / (highest(high, period) −
    lowest(low, period)); k = sma(raw, k); d = sma(k, d).

    Args:
        period: Bars in the range (1 to 1000000).
        k: Bars in the mean that gives k; 1 leaves it raw (1 to 1000000).
        d: Bars in the mean that gives d (1 to 1000000).
        flat: The raw value of a window without range; None means "nan", or "zero" with
            compat="talib".
        shown: Whether k starts when it can, or with d; None means "own", or "together" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a named tuple of floats, NaN while there is no value.

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

    _id = "stoch"

    def __new__(
        cls,
        period: int = 14,
        k: int = 1,
        d: int = 3,
        *,
        flat: Literal["nan", "zero"] | None = None,
        shown: Literal["own", "together"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "stoch", compat=compat, period=period, k=k, d=d, flat=flat, shown=shown)

    def update(self, high: float, low: float, close: float) -> results.Stoch[float]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close)

    def peek(self, high: float, low: float, close: float) -> results.Stoch[float]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close)

    def replace(self, high: float, low: float, close: float) -> results.Stoch[float]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close)

    def extend(self, high: A, low: Column, close: Column, *, nulls: bool = False) -> results.Stoch[A]:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, nulls=nulls)


class Macd(Stream):
    """The distance between a fast and a slow average: whether a trend gains or loses speed.

    Moving Average Convergence Divergence: macd = ema(source, fast) − ema(source, slow); signal =
    ema(macd, signal); hist = macd − signal.

    Args:
        fast: Bars of the fast average (1 to 1000000).
        slow: Bars of the slow average (1 to 1000000).
        signal: Bars of the signal line (1 to 1000000).
        seed: Whether the fast average begins as early as it can, or together with the slow one;
            None means "own", or "aligned" with compat="talib".
        shown: Whether macd starts when it can, or with its signal; None means "own", or "together"
            with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a named tuple of floats, NaN while there is no value.

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

    _id = "macd"

    def __new__(
        cls,
        fast: int = 12,
        slow: int = 26,
        signal: int = 9,
        *,
        seed: Literal["own", "aligned"] | None = None,
        shown: Literal["own", "together"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(
            cls,
            "macd",
            compat=compat,
            fast=fast,
            slow=slow,
            signal=signal,
            seed=seed,
            shown=shown,
        )

    def update(self, source: float) -> results.Macd[float]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> results.Macd[float]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> results.Macd[float]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> results.Macd[A]:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Bbands(Stream):
    """A mean with a band around it that widens with volatility: whether a price is high or low for
    its time.

    Bollinger Bands: middle = sma(source, period); sd = √(Σ (source − middle)² / period); upper =
    middle + mult · sd; lower = middle − mult · sd.

    Args:
        period: Bars in the mean and the deviation (1 to 1000000).
        mult: Deviations from the mean to a band (0 to 1000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a named tuple of floats, NaN while there is no value.

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

    _id = "bbands"

    def __new__(cls, period: int = 20, mult: float = 2.0, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "bbands", compat=compat, period=period, mult=mult)

    def update(self, source: float) -> results.Bbands[float]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> results.Bbands[float]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> results.Bbands[float]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> results.Bbands[A]:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Atr(Stream):
    """How far the market moves in a bar, gaps included: the yardstick for stops and position size.

    Average True Range: value = (value[1] · (period − 1) + tr) / period with tr = max(high − low,
    |high − close[1]|, |low − close[1]|); the first value is the mean of the first period tr.

    Args:
        period: Bars in the seed; the newest bar weighs 1 / period (1 to 1000000).
        first_bar: The first bar has no close before it: take high − low, or begin with the second
            bar; None means "range", or "skip" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - Bars without range and gap give a true range of 0; a flat market gives 0.
        - With the default parameters the first 13 bars have no value.
        - With the default parameters, from bar 200 on the start of the data changes values by less
          than 1e-6.

    Source:
        J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """

    _id = "atr"

    def __new__(
        cls,
        period: int = 14,
        *,
        first_bar: Literal["range", "skip"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "atr", compat=compat, period=period, first_bar=first_bar)

    def update(self, high: float, low: float, close: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close)

    def peek(self, high: float, low: float, close: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close)

    def replace(self, high: float, low: float, close: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close)

    def extend(self, high: A, low: Column, close: Column, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, nulls=nulls)


class Adx(Stream):
    """How strong a trend is, whatever its direction, with the two lines that tell the direction.

    Average Directional Index: plus_di = 100 · wilder(+dm) / wilder(tr) and minus_di likewise over
    di_period, with +dm = high − high[1] where that is positive and above low[1] − low, else 0; adx
    = wilder(100 · |plus_di − minus_di| / (plus_di + minus_di), period).

    Args:
        period: Bars that smooth adx (1 to 1000000).
        di_period: Bars that smooth the movements; period if not given (1 to 1000000); None means
            the same as period.
        seed: How the averages of movement begin, and what bars without range give; None means
            "mean", or "sum" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a named tuple of floats, NaN while there is no value.

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

    _id = "adx"

    def __new__(
        cls,
        period: int = 14,
        di_period: int | None = None,
        *,
        seed: Literal["mean", "sum"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "adx", compat=compat, period=period, di_period=di_period, seed=seed)

    def update(self, high: float, low: float, close: float) -> results.Adx[float]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close)

    def peek(self, high: float, low: float, close: float) -> results.Adx[float]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close)

    def replace(self, high: float, low: float, close: float) -> results.Adx[float]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close)

    def extend(self, high: A, low: Column, close: Column, *, nulls: bool = False) -> results.Adx[A]:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, nulls=nulls)


class Ichimoku(Stream):
    """Where price stands in its short, middle and long range, and the cloud between two of them
    that is drawn ahead of it.

    Ichimoku Kinko Hyo: conversion = middle(conversion); base = middle(base); span_a = (conversion +
    base) / 2; span_b = middle(span); lagging = close, with middle(n) = (highest(high, n) +
    lowest(low, n)) / 2.

    Args:
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

    Returns:
        From update, peek and replace: a named tuple of floats, NaN while there is no value.

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

    _id = "ichimoku"

    def __new__(
        cls,
        conversion: int = 9,
        base: int = 26,
        span: int = 52,
        displacement: int = 26,
        *,
        counted: Literal["with_current", "without_current"] | None = None,
        shown: Literal["own", "together"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(
            cls,
            "ichimoku",
            compat=compat,
            conversion=conversion,
            base=base,
            span=span,
            displacement=displacement,
            counted=counted,
            shown=shown,
        )

    def update(self, high: float, low: float, close: float) -> results.Ichimoku[float]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close)

    def peek(self, high: float, low: float, close: float) -> results.Ichimoku[float]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close)

    def replace(self, high: float, low: float, close: float) -> results.Ichimoku[float]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close)

    def extend(self, high: A, low: Column, close: Column, *, nulls: bool = False) -> results.Ichimoku[A]:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, nulls=nulls)


class Psar(Stream):
    """A stop that follows the price ever faster and changes sides when the price reaches it: where
    to get out, and which way the trend points.

    Parabolic SAR: value = value[1] + a · (extreme − value[1]), not beyond the last two lows (highs
    in a falling trend); a begins with start and grows by step, up to max, with each new extreme of
    the trend; a bar beyond value turns the trend, and value begins again at the old trend's
    extreme.

    Args:
        start: Acceleration at the start of a trend (0 to 1).
        step: What a new extreme adds to the acceleration (0 to 1).
        max: Largest acceleration (0 to 1).
        first: The first direction; "auto" takes it from the first two bars.
        turn: Whether a price has to pass value or only to touch it, with the beginning that goes
            with it; None means "pass", or "touch" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a named tuple of floats, NaN while there is no value.

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

    _id = "psar"

    def __new__(
        cls,
        start: float = 0.02,
        step: float = 0.02,
        max: float = 0.2,
        first: Literal["auto", "up", "down"] = "auto",
        *,
        turn: Literal["pass", "touch"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(
            cls,
            "psar",
            compat=compat,
            start=start,
            step=step,
            max=max,
            first=first,
            turn=turn,
        )

    def update(self, high: float, low: float, close: float) -> results.Psar[float]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close)

    def peek(self, high: float, low: float, close: float) -> results.Psar[float]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close)

    def replace(self, high: float, low: float, close: float) -> results.Psar[float]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close)

    def extend(self, high: A, low: Column, close: Column, *, nulls: bool = False) -> results.Psar[A]:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, nulls=nulls)


class Keltner(Stream):
    """An average with a channel as wide as the market's usual moves: a close outside shows
    strength, a return inside its end.

    Keltner Channel: middle = ema(price, period); upper = middle + mult · width; lower = middle −
    mult · width, with width = atr(atr_period), ema(tr, period) or ema(high − low, period) for the
    band atr, tr or range.

    Args:
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

    Returns:
        From update, peek and replace: a named tuple of floats, NaN while there is no value.

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

    _id = "keltner"

    def __new__(
        cls,
        period: int = 20,
        mult: float = 2.0,
        atr_period: int = 10,
        band: Literal["atr", "tr", "range"] = "atr",
        *,
        price: Literal["close", "typical"] | None = None,
        first_bar: Literal["range", "skip"] | None = None,
        seed: Literal["own", "aligned"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(
            cls,
            "keltner",
            compat=compat,
            period=period,
            mult=mult,
            atr_period=atr_period,
            band=band,
            price=price,
            first_bar=first_bar,
            seed=seed,
        )

    def update(self, high: float, low: float, close: float) -> results.Keltner[float]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close)

    def peek(self, high: float, low: float, close: float) -> results.Keltner[float]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close)

    def replace(self, high: float, low: float, close: float) -> results.Keltner[float]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close)

    def extend(self, high: A, low: Column, close: Column, *, nulls: bool = False) -> results.Keltner[A]:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, nulls=nulls)


class Vwap(Stream):
    """What was paid on average since the session began, with bands of deviation: the price large
    orders are measured against.

    Volume-Weighted Average Price: vwap = Σ volume · typical / Σ volume since the anchor, with
    typical = (high + low + close) / 3; upper and lower = vwap ± mult · √(Σ volume · (typical −
    vwap)² / Σ volume).

    Args:
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

    Returns:
        From update, peek and replace: a named tuple of floats, NaN while there is no value.

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

    _id = "vwap"

    def __new__(
        cls,
        anchor: Literal["none", "session", "week", "month", "number"] | int = "session",
        mult: float = 1.0,
        utc_offset: int = 0,
        open: Opening = 0,
        *,
        empty: Literal["nan", "zero"] | None = None,
        zone: str | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(
            cls,
            "vwap",
            compat=compat,
            anchor=anchor,
            mult=mult,
            utc_offset=utc_offset,
            open=open,
            empty=empty,
            zone=zone,
        )

    def update(
        self,
        high: float,
        low: float,
        close: float,
        volume: float,
        time: Moment | None = None,
    ) -> results.Vwap[float]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close, volume, time)

    def peek(
        self,
        high: float,
        low: float,
        close: float,
        volume: float,
        time: Moment | None = None,
    ) -> results.Vwap[float]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close, volume, time)

    def replace(
        self,
        high: float,
        low: float,
        close: float,
        volume: float,
        time: Moment | None = None,
    ) -> results.Vwap[float]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close, volume, time)

    def extend(
        self,
        high: A,
        low: Column,
        close: Column,
        volume: Column,
        time: Column | None = None,
        *,
        nulls: bool = False,
    ) -> results.Vwap[A]:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            volume: Traded volumes.
            time: Opening times: milliseconds since 1970 UTC, or dates and times.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, volume, time, nulls=nulls)


class Vwma(Stream):
    """A mean price in which busy bars count for more than quiet ones: apart from the sma, it shows
    where volume pulls.

    Volume-Weighted Moving Average: value = Σ source · volume / Σ volume over the last period bars.

    Args:
        period: Bars in the mean (1 to 1000000).
        single: What a period of 1 gives: a mean like any other, missing without volume, or the
            source; None means "weighted", or "source" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

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

    _id = "vwma"

    def __new__(
        cls,
        period: int = 20,
        *,
        single: Literal["weighted", "source"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "vwma", compat=compat, period=period, single=single)

    def update(self, source: float, volume: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source, volume)

    def peek(self, source: float, volume: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source, volume)

    def replace(self, source: float, volume: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source, volume)

    def extend(self, source: A, volume: Column, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            volume: Traded volumes.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, volume, nulls=nulls)


class Obv(Stream):
    """The volume of rising bars less that of falling ones: whether volume backs the price.

    On-Balance Volume: value = value[1] + volume where close > close[1], − volume where close <
    close[1], + 0 otherwise.

    Args:
        start: What the sum starts from, and whether the first bar has a value; None means "zero",
            or "volume" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - TradingView starts at 0 and shows nothing at the first bar; TA-Lib starts at the first
          bar's volume.
        - Only differences matter: the level depends on where the data begins.
        - With the default parameters the first 1 bar has no value.
        - The start of the data may matter however many bars follow.

    Source:
        J. E. Granville, Granville's New Key to Stock Market Profits, 1963.
    """

    _id = "obv"

    def __new__(
        cls,
        *,
        start: Literal["zero", "volume"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "obv", compat=compat, start=start)

    def update(self, close: float, volume: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, close, volume)

    def peek(self, close: float, volume: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, close, volume)

    def replace(self, close: float, volume: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, close, volume)

    def extend(self, close: A, volume: Column, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            close: Closing prices.
            volume: Traded volumes.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, close, volume, nulls=nulls)


class Cmf(Stream):
    """Whether volume comes in on closes near the high or near the low, −1 to 1: buying or selling
    pressure.

    Chaikin Money Flow: value = Σ flow / Σ volume over the last period bars, with flow = volume ·
    ((close − low) − (high − close)) / (high − low).

    Args:
        period: Bars in the sums (1 to 1000000).
        empty: The value of a window without volume; None means "nan", or "zero" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

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

    _id = "cmf"

    def __new__(
        cls,
        period: int = 20,
        *,
        empty: Literal["nan", "zero"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "cmf", compat=compat, period=period, empty=empty)

    def update(self, high: float, low: float, close: float, volume: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close, volume)

    def peek(self, high: float, low: float, close: float, volume: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close, volume)

    def replace(self, high: float, low: float, close: float, volume: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close, volume)

    def extend(self, high: A, low: Column, close: Column, volume: Column, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            volume: Traded volumes.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, volume, nulls=nulls)


class Rvol(Stream):
    """How many times the usual volume is traded: moves on 2 and more have many behind them.

    Relative Volume: value = volume / usual, where usual is sma(volume, period) or, by time_of_day,
    the mean of the last period volumes that came before at the same time of day.

    Args:
        period: Bars, or days with a bar at that time, in the mean (1 to 1000000).
        by: What is usual: the mean of the last bars, or that of the same time of day, which needs
            the time.
        current: With "bars", whether the bar itself counts in its mean; None means "included", or
            "excluded" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

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

    _id = "rvol"

    def __new__(
        cls,
        period: int = 20,
        by: Literal["bars", "time_of_day"] = "bars",
        *,
        current: Literal["included", "excluded"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "rvol", compat=compat, period=period, by=by, current=current)

    def update(self, volume: float, time: Moment | None = None) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, volume, time)

    def peek(self, volume: float, time: Moment | None = None) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, volume, time)

    def replace(self, volume: float, time: Moment | None = None) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, volume, time)

    def extend(self, volume: A, time: Column | None = None, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            volume: Traded volumes.
            time: Opening times: milliseconds since 1970 UTC, or dates and times.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, volume, time, nulls=nulls)


class SmaAtrChannel(Stream):
    """A mean price with a channel as wide as the market's usual moves: closes outside it are no
    everyday noise.

    SMA ATR Channel: middle = sma(close, period); upper = middle + mult · atr(atr_period); lower =
    middle − mult · atr(atr_period).

    Args:
        period: Bars in the mean (1 to 1000000).
        atr_period: Bars that smooth the true range (1 to 1000000).
        mult: Average true ranges from the mean to a band (0 to 1000).
        first_bar: The first bar has no close before it: take high − low, or begin with the second
            bar; None means "range", or "skip" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a named tuple of floats, NaN while there is no value.

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

    _id = "sma_atr_channel"

    def __new__(
        cls,
        period: int = 20,
        atr_period: int = 14,
        mult: float = 2.0,
        *,
        first_bar: Literal["range", "skip"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(
            cls,
            "sma_atr_channel",
            compat=compat,
            period=period,
            atr_period=atr_period,
            mult=mult,
            first_bar=first_bar,
        )

    def update(self, high: float, low: float, close: float) -> results.SmaAtrChannel[float]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close)

    def peek(self, high: float, low: float, close: float) -> results.SmaAtrChannel[float]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close)

    def replace(self, high: float, low: float, close: float) -> results.SmaAtrChannel[float]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close)

    def extend(self, high: A, low: Column, close: Column, *, nulls: bool = False) -> results.SmaAtrChannel[A]:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, nulls=nulls)


class Supertrend(Stream):
    """A stop some average ranges away from the price, below it in a rising trend and above it in a
    falling one; a close beyond it turns the trend.

    Supertrend: upper = (high + low) / 2 + mult · atr(period), kept at upper[1] unless it is lower
    or close[1] > upper[1]; lower likewise with −; value = lower while the trend rises, until close
    < lower; upper while it falls, until close > upper.

    Args:
        period: Bars that smooth the true range (1 to 1000000).
        mult: Average ranges from the middle of a bar to the stop (0 to 1000).
        first_bar: The first bar has no close before it: take high − low, or begin with the second
            bar; None means "range", or "skip" with compat="talib".
        first: The first direction; None means "down", or "up" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a named tuple of floats, NaN while there is no value.

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

    _id = "supertrend"

    def __new__(
        cls,
        period: int = 10,
        mult: float = 3.0,
        *,
        first_bar: Literal["range", "skip"] | None = None,
        first: Literal["down", "up"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(
            cls,
            "supertrend",
            compat=compat,
            period=period,
            mult=mult,
            first_bar=first_bar,
            first=first,
        )

    def update(self, high: float, low: float, close: float) -> results.Supertrend[float]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close)

    def peek(self, high: float, low: float, close: float) -> results.Supertrend[float]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close)

    def replace(self, high: float, low: float, close: float) -> results.Supertrend[float]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close)

    def extend(self, high: A, low: Column, close: Column, *, nulls: bool = False) -> results.Supertrend[A]:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, nulls=nulls)


class Donchian(Stream):
    """The highest and the lowest price of the last bars: a close beyond them breaks out.

    Donchian Channel: upper = highest(high, period); lower = lowest(low, period); middle = (upper +
    lower) / 2.

    Args:
        period: Bars in the range (1 to 1000000).
        counted: Whether the current bar is one of them.
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a named tuple of floats, NaN while there is no value.

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

    _id = "donchian"

    def __new__(
        cls,
        period: int = 20,
        counted: Literal["with_current", "without_current"] = "with_current",
        *,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "donchian", compat=compat, period=period, counted=counted)

    def update(self, high: float, low: float) -> results.Donchian[float]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low)

    def peek(self, high: float, low: float) -> results.Donchian[float]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low)

    def replace(self, high: float, low: float) -> results.Donchian[float]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low)

    def extend(self, high: A, low: Column, *, nulls: bool = False) -> results.Donchian[A]:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, nulls=nulls)


class Cci(Stream):
    """How far the price is from its mean, in units of its usual distance: beyond ±100 a move is out
    of the ordinary.

    Commodity Channel Index: value = (typical − sma(typical, period)) / (0.015 · d), with d = Σ
    |typical − sma| / period over the window and typical = (high + low + close) / 3.

    Args:
        period: Bars in the mean and the distance (1 to 1000000).
        empty: The value of a window whose prices are all the same; None means "nan", or "zero" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

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

    _id = "cci"

    def __new__(
        cls,
        period: int = 20,
        *,
        empty: Literal["nan", "zero"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "cci", compat=compat, period=period, empty=empty)

    def update(self, high: float, low: float, close: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close)

    def peek(self, high: float, low: float, close: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close)

    def replace(self, high: float, low: float, close: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close)

    def extend(self, high: A, low: Column, close: Column, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, nulls=nulls)


class Mfi(Stream):
    """The share of rising bars in the money that changed hands, 0 to 100: a strength index that
    volume weighs.

    Money Flow Index: value = 100 · up / (up + down), where up and down are the sums over period
    bars of typical · volume where typical > typical[1], and where it is below; typical = (high +
    low + close) / 3.

    Args:
        period: Bars in the sums (1 to 1000000).
        first_bar: The first bar has no change: count its money on both sides, or begin with the
            second bar; None means "both", or "skip" with compat="talib".
        empty: The value of a window without money on either side; None means "nan", or "zero" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

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

    _id = "mfi"

    def __new__(
        cls,
        period: int = 14,
        *,
        first_bar: Literal["both", "skip"] | None = None,
        empty: Literal["nan", "zero"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "mfi", compat=compat, period=period, first_bar=first_bar, empty=empty)

    def update(self, high: float, low: float, close: float, volume: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close, volume)

    def peek(self, high: float, low: float, close: float, volume: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close, volume)

    def replace(self, high: float, low: float, close: float, volume: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close, volume)

    def extend(self, high: A, low: Column, close: Column, volume: Column, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            volume: Traded volumes.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, volume, nulls=nulls)


class WilliamsR(Stream):
    """How far the close is below the top of the last bars' range, 0 at its top to −100 at its
    bottom.

    Williams %R: value = 100 · (close − highest(high, period)) / (highest(high, period) −
    lowest(low, period)).

    Args:
        period: Bars in the range (1 to 1000000).
        flat: The value of a window without range; None means "nan", or "zero" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

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

    _id = "williams_r"

    def __new__(
        cls,
        period: int = 14,
        *,
        flat: Literal["nan", "zero"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "williams_r", compat=compat, period=period, flat=flat)

    def update(self, high: float, low: float, close: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close)

    def peek(self, high: float, low: float, close: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close)

    def replace(self, high: float, low: float, close: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close)

    def extend(self, high: A, low: Column, close: Column, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, nulls=nulls)


class Roc(Stream):
    """By how much the price changed in so many bars, in percent.

    Rate of Change: value = 100 · (source − source[period]) / source[period].

    Args:
        period: Bars from one price to the other (1 to 1000000).
        empty: The rate from a price of 0; None means "nan", or "zero" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - From a price of 0 there is no rate: nan leaves it missing, zero gives 0, as TA-Lib does.
        - With the default parameters the first 9 bars have no value.
        - With the default parameters, from bar 9 on the start of the data changes values by less
          than 1e-6.

    Source:
        Common usage; G. Appel and F. Hitschler, Stock Market Trading Systems, 1980.
    """

    _id = "roc"

    def __new__(
        cls,
        period: int = 9,
        *,
        empty: Literal["nan", "zero"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "roc", compat=compat, period=period, empty=empty)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Momentum(Stream):
    """By how much the price changed in so many bars: whether a move gains or loses speed.

    Momentum: value = source − source[period].

    Args:
        period: Bars from one price to the other (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A flat market gives 0.
        - With the default parameters the first 10 bars have no value.
        - With the default parameters, from bar 10 on the start of the data changes values by less
          than 1e-6.

    Source:
        Common usage; J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
    """

    _id = "momentum"

    def __new__(cls, period: int = 10, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "momentum", compat=compat, period=period)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Cmo(Stream):
    """By how much rises exceed falls, as a share of all movement, −100 to 100.

    Chande Momentum Oscillator: value = 100 · (up − down) / (up + down), where up and down are the
    sums of the rises and falls of source over period changes, or their Wilder averages.

    Args:
        period: Changes in the sums (1 to 1000000).
        smoothing: Whether changes are added over a window or smoothed; None means "sum", or
            "wilder" with compat="talib".
        empty: The value where nothing has moved; None means "nan", or "zero" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

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

    _id = "cmo"

    def __new__(
        cls,
        period: int = 9,
        *,
        smoothing: Literal["sum", "wilder"] | None = None,
        empty: Literal["nan", "zero"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "cmo", compat=compat, period=period, smoothing=smoothing, empty=empty)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Aroon(Stream):
    """How long ago the highest and the lowest price of the last bars were: a young high means a
    rising trend.

    Aroon: up = 100 · (period − bars since highest(high, period + 1)) / period; down likewise for
    lowest(low, period + 1); oscillator = up − down.

    Args:
        period: Bars before the current one that are looked at (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a named tuple of floats, NaN while there is no value.

    Notes:
        - Of equal highs or lows the latest counts, as in TA-Lib.
        - A flat market has up and down at 100.
        - With the default parameters the first 14 bars have no value.
        - With the default parameters, from bar 14 on the start of the data changes values by less
          than 1e-6.

    Source:
        T. S. Chande, A Time Price Oscillator, Stocks & Commodities, 1995.
    """

    _id = "aroon"

    def __new__(cls, period: int = 14, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "aroon", compat=compat, period=period)

    def update(self, high: float, low: float) -> results.Aroon[float]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low)

    def peek(self, high: float, low: float) -> results.Aroon[float]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low)

    def replace(self, high: float, low: float) -> results.Aroon[float]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low)

    def extend(self, high: A, low: Column, *, nulls: bool = False) -> results.Aroon[A]:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, nulls=nulls)


class StochRsi(Stream):
    """Where the strength index lies in its own range of late, 0 to 100: it turns sooner than the
    index.

    Stochastic RSI: r = rsi(source, period); raw = 100 · (r − lowest(r, range)) / (highest(r, range)
    − lowest(r, range)); k = sma(raw, k); d = sma(k, d).

    Args:
        period: Changes in the seed of the strength index (1 to 1000000).
        range: Bars in the range of the index (1 to 1000000).
        k: Bars in the mean that gives k; 1 leaves it raw (1 to 1000000).
        d: Bars in the mean that gives d (1 to 1000000).
        flat: The raw value of a window in which the index stays the same; None means "nan", or
            "zero" with compat="talib".
        shown: Whether k starts when it can, or with d; None means "own", or "together" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a named tuple of floats, NaN while there is no value.

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

    _id = "stoch_rsi"

    def __new__(
        cls,
        period: int = 14,
        range: int = 14,
        k: int = 3,
        d: int = 3,
        *,
        flat: Literal["nan", "zero"] | None = None,
        shown: Literal["own", "together"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(
            cls,
            "stoch_rsi",
            compat=compat,
            period=period,
            range=range,
            k=k,
            d=d,
            flat=flat,
            shown=shown,
        )

    def update(self, source: float) -> results.StochRsi[float]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> results.StochRsi[float]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> results.StochRsi[float]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> results.StochRsi[A]:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Ppo(Stream):
    """The distance between a fast and a slow average in percent of the slow one: macd in a unit
    that markets share.

    Percentage Price Oscillator: ppo = 100 · (ema(source, fast) − ema(source, slow)) / ema(source,
    slow); signal = ema(ppo, signal); hist = ppo − signal.

    Args:
        fast: Bars of the fast average (1 to 1000000).
        slow: Bars of the slow average (1 to 1000000).
        signal: Bars of the signal line (1 to 1000000).
        order: Whether fast and slow are what they are called, or the shorter and the longer of the
            two; None means "given", or "sorted" with compat="talib".
        empty: The value of ppo where the slow average is 0; None means "nan", or "zero" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a named tuple of floats, NaN while there is no value.

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

    _id = "ppo"

    def __new__(
        cls,
        fast: int = 12,
        slow: int = 26,
        signal: int = 9,
        *,
        order: Literal["given", "sorted"] | None = None,
        empty: Literal["nan", "zero"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(
            cls,
            "ppo",
            compat=compat,
            fast=fast,
            slow=slow,
            signal=signal,
            order=order,
            empty=empty,
        )

    def update(self, source: float) -> results.Ppo[float]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> results.Ppo[float]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> results.Ppo[float]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> results.Ppo[A]:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Trix(Stream):
    """The rate of change of a price that is smoothed three times: short moves are gone, what is
    left is the trend.

    TRIX: value = 100 · (e − e[1]) / e[1] with e = ema(ema(ema(source, period), period), period).

    Args:
        period: Bars of each average (1 to 1000000).
        seed: How the second and the third average begin.
        empty: The rate from an average of 0; None means "nan", or "zero" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

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

    _id = "trix"

    def __new__(
        cls,
        period: int = 18,
        seed: Literal["mean", "value"] = "mean",
        *,
        empty: Literal["nan", "zero"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "trix", compat=compat, period=period, seed=seed, empty=empty)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Tsi(Stream):
    """The changes of a price over their sizes, both smoothed twice: which way the market moves, and
    how single-mindedly.

    True Strength Index: tsi = scale · ema(ema(c, long), short) / ema(ema(|c|, long), short) with c
    = source − source[1]; signal = ema(tsi, signal).

    Args:
        long: Changes in the first smoothing (1 to 1000000).
        short: Values in the second smoothing (1 to 1000000).
        signal: Bars of the signal line (1 to 1000000).
        scale: The value of a market that only rises (0 to 1000); None means 1.0, or 100.0 with
            compat="talib".
        empty: The value of a market that has not moved at all; None means "nan", or "zero" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a named tuple of floats, NaN while there is no value.

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

    _id = "tsi"

    def __new__(
        cls,
        long: int = 25,
        short: int = 13,
        signal: int = 13,
        *,
        scale: float | None = None,
        empty: Literal["nan", "zero"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(
            cls,
            "tsi",
            compat=compat,
            long=long,
            short=short,
            signal=signal,
            scale=scale,
            empty=empty,
        )

    def update(self, source: float) -> results.Tsi[float]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> results.Tsi[float]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> results.Tsi[float]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> results.Tsi[A]:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Natr(Stream):
    """How far the market moves in a bar, in percent of its price: comparable between markets and
    over years.

    Normalised Average True Range: value = 100 · atr(period) / close.

    Args:
        period: Bars in the seed; the newest bar weighs 1 / period (1 to 1000000).
        first_bar: The first bar has no close before it: take high − low, or begin with the second
            bar; None means "range", or "skip" with compat="talib".
        empty: The value at a close of 0; None means "nan", or "zero" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

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

    _id = "natr"

    def __new__(
        cls,
        period: int = 14,
        *,
        first_bar: Literal["range", "skip"] | None = None,
        empty: Literal["nan", "zero"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "natr", compat=compat, period=period, first_bar=first_bar, empty=empty)

    def update(self, high: float, low: float, close: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close)

    def peek(self, high: float, low: float, close: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close)

    def replace(self, high: float, low: float, close: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close)

    def extend(self, high: A, low: Column, close: Column, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, nulls=nulls)


class Stddev(Stream):
    """How far the last prices lie from their mean: how much the market swings.

    Standard Deviation: value = mult · √(Σ (source − sma(source, period))² / n), with n = period, or
    period − 1 for a sample.

    Args:
        period: Bars in the window (2 to 1000000).
        mult: Deviations that make the value (0 to 1000).
        of: Whether the squares are divided by the bars, or by one less.
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A window without movement gives 0.
        - With the default parameters the first 19 bars have no value.
        - With the default parameters, from bar 19 on the start of the data changes values by less
          than 1e-6.

    Source:
        K. Pearson, Contributions to the Mathematical Theory of Evolution, 1894.
    """

    _id = "stddev"

    def __new__(
        cls,
        period: int = 20,
        mult: float = 1.0,
        of: Literal["population", "sample"] = "population",
        *,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "stddev", compat=compat, period=period, mult=mult, of=of)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class LinearRegression(Stream):
    """The straight line that lies nearest to the last prices: where it ends, how steep it is, and
    how well it fits.

    Linear Regression: slope = Σ (i − ī) · source / Σ (i − ī)² over the positions i of period bars;
    value = sma + slope · (period − 1) / 2, the line's end; intercept = sma − slope · (period − 1) /
    2, its begin; angle = atan(slope) in degrees; r_squared = slope² · Σ (i − ī)² / Σ (source −
    sma)².

    Args:
        period: Bars that the line is laid through (2 to 1000000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a named tuple of floats, NaN while there is no value.

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

    _id = "linear_regression"

    def __new__(cls, period: int = 14, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "linear_regression", compat=compat, period=period)

    def update(self, source: float) -> results.LinearRegression[float]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> results.LinearRegression[float]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> results.LinearRegression[float]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> results.LinearRegression[A]:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Adl(Stream):
    """The running sum of volume that came in on closes near the high, less that near the low:
    whether volume backs the price.

    Accumulation/Distribution Line: value = value[1] + volume · ((close − low) − (high − close)) /
    (high − low).

    Args:
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A bar without range adds nothing.
        - Only differences matter: the level depends on where the data begins.
        - There is no warm-up: values begin with the first bar.
        - The start of the data may matter however many bars follow.

    Source:
        M. Chaikin, 1970s; described in S. B. Achelis, Technical Analysis from A to Z, 1995.
    """

    _id = "adl"

    def __new__(cls, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "adl", compat=compat)

    def update(self, high: float, low: float, close: float, volume: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close, volume)

    def peek(self, high: float, low: float, close: float, volume: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close, volume)

    def replace(self, high: float, low: float, close: float, volume: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close, volume)

    def extend(self, high: A, low: Column, close: Column, volume: Column, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            volume: Traded volumes.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, volume, nulls=nulls)


class ChaikinOscillator(Stream):
    """The distance between a fast and a slow average of the accumulation/distribution line: whether
    money flows in faster than it did.

    Chaikin Oscillator: value = ema(adl, fast) − ema(adl, slow).

    Args:
        fast: Bars of the fast average (1 to 1000000).
        slow: Bars of the slow average (1 to 1000000).
        seed: How the averages begin; None means "mean", or "value" with compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

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

    _id = "chaikin_oscillator"

    def __new__(
        cls,
        fast: int = 3,
        slow: int = 10,
        *,
        seed: Literal["mean", "value"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "chaikin_oscillator", compat=compat, fast=fast, slow=slow, seed=seed)

    def update(self, high: float, low: float, close: float, volume: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close, volume)

    def peek(self, high: float, low: float, close: float, volume: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close, volume)

    def replace(self, high: float, low: float, close: float, volume: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close, volume)

    def extend(self, high: A, low: Column, close: Column, volume: Column, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            volume: Traded volumes.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, volume, nulls=nulls)


class Vortex(Stream):
    """How far highs reach above the low before, and lows below the high before: the larger of the
    two tells the trend.

    Vortex Indicator: plus = Σ |high − low[1]| / Σ tr and minus = Σ |low − high[1]| / Σ tr over
    period bars.

    Args:
        period: Bars in the sums (1 to 1000000).
        empty: The value of a window without any true range; None means "nan", or "zero" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a named tuple of floats, NaN while there is no value.

    Notes:
        - A window without any true range: nan leaves both missing, zero gives 0, as TA-Lib does.
        - With the default parameters the first 14 bars have no value.
        - With the default parameters, from bar 14 on the start of the data changes values by less
          than 1e-6.

    Source:
        E. Botes and D. Siepman, The Vortex Indicator, Stocks & Commodities, 2010.
    """

    _id = "vortex"

    def __new__(
        cls,
        period: int = 14,
        *,
        empty: Literal["nan", "zero"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "vortex", compat=compat, period=period, empty=empty)

    def update(self, high: float, low: float, close: float) -> results.Vortex[float]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close)

    def peek(self, high: float, low: float, close: float) -> results.Vortex[float]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close)

    def replace(self, high: float, low: float, close: float) -> results.Vortex[float]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close)

    def extend(self, high: A, low: Column, close: Column, *, nulls: bool = False) -> results.Vortex[A]:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, nulls=nulls)


class Awesome(Stream):
    """The distance between a fast and a slow mean of the middle of the bars: whether a trend gains
    or loses speed.

    Awesome Oscillator: value = sma(m, fast) − sma(m, slow) with m = (high + low) / 2.

    Args:
        fast: Bars of the fast mean (1 to 1000000).
        slow: Bars of the slow mean (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

    Notes:
        - A flat market gives 0, but for the rounding of its means.
        - With the default parameters the first 33 bars have no value.
        - With the default parameters, from bar 33 on the start of the data changes values by less
          than 1e-6.

    Source:
        B. Williams, New Trading Dimensions, 1998.
    """

    _id = "awesome"

    def __new__(cls, fast: int = 5, slow: int = 34, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "awesome", compat=compat, fast=fast, slow=slow)

    def update(self, high: float, low: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low)

    def peek(self, high: float, low: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low)

    def replace(self, high: float, low: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low)

    def extend(self, high: A, low: Column, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, nulls=nulls)


class Dpo(Stream):
    """The price less the mean of half a cycle earlier: what is left is the cycle, without the
    trend.

    Detrended Price Oscillator: value = source − sma(source, period)[b], or source[b] − sma(source,
    period), with b = ⌊period / 2⌋ + 1.

    Args:
        period: Bars in the mean, about one cycle (1 to 1000000).
        older: Which of the two is taken from b bars before; None means "mean", or "price" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

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

    _id = "dpo"

    def __new__(
        cls,
        period: int = 21,
        *,
        older: Literal["mean", "price"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "dpo", compat=compat, period=period, older=older)

    def update(self, source: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source)

    def peek(self, source: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source)

    def replace(self, source: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source)

    def extend(self, source: A, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, nulls=nulls)


class Ultimate(Stream):
    """How much of the movement is buying, 0 to 100, over three spans at once: one that turns late
    cannot mislead alone.

    Ultimate Oscillator: value = 100 · (4 · s(short) + 2 · s(medium) + s(long)) / 7 with s(n) = Σ
    (close − min(low, close[1])) / Σ tr over n bars.

    Args:
        short: Bars of the span that weighs 4 (1 to 1000000).
        medium: Bars of the span that weighs 2 (1 to 1000000).
        long: Bars of the span that weighs 1 (1 to 1000000).
        order: Whether the periods weigh as they are called, or by their length; None means "given",
            or "sorted" with compat="talib".
        empty: The share of a span without any true range; None means "nan", or "zero" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a float, NaN while there is no value.

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

    _id = "ultimate"

    def __new__(
        cls,
        short: int = 7,
        medium: int = 14,
        long: int = 28,
        *,
        order: Literal["given", "sorted"] | None = None,
        empty: Literal["nan", "zero"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(
            cls,
            "ultimate",
            compat=compat,
            short=short,
            medium=medium,
            long=long,
            order=order,
            empty=empty,
        )

    def update(self, high: float, low: float, close: float) -> float:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close)

    def peek(self, high: float, low: float, close: float) -> float:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close)

    def replace(self, high: float, low: float, close: float) -> float:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close)

    def extend(self, high: A, low: Column, close: Column, *, nulls: bool = False) -> A:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, nulls=nulls)


class Zigzag(Stream):
    """The turns of the market, without the moves between them that are smaller than a percentage.

    Zigzag: a top is the highest price since the bottom before it, confirmed by the first later bar
    that comes back further than all others since, and more than percent of the top; a bottom
    likewise.

    Args:
        percent: How far the price must come back to make a turn (0 to 1000).
        price: What turns: highs make tops and lows make bottoms, or closes make both.
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: the list of the bar's rows.

    Notes:
        - A row is final when the bar closes that confirms its turn, and never moves: pivot tells
          the bar of the turn, index the bar at which it was known.
        - The last leg is in the summary, and repaints: its end is the highest (or lowest) price
          since the last turn, until a later bar confirms it or goes beyond it.
        - A bar that extends a leg does not end it. Of equal prices the first counts.
        - The first extreme tells the direction, and is no turn: how the price came to it is not
          known.
        - A bar with a missing value is passed over, and still counts in index.
        - ZIGZAG of TA-Lib tells at each bar how far the leg has come. It begins as if falling, and
          a price that only touches the percentage turns it.
        - A flat market has no turns.
        - With the default parameters no row belongs to one of the first 0 bars.
        - The start of the data may matter however many bars follow.

    Source:
        A. A. Merrill, Filtered Waves, 1977.
    """

    _id = "zigzag"

    def __new__(
        cls,
        percent: float = 5.0,
        price: Literal["range", "close"] = "range",
        *,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "zigzag", compat=compat, percent=percent, price=price)

    def update(
        self,
        high: float,
        low: float,
        close: float,
        time: Moment | None = None,
    ) -> list[results.ZigzagRow]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close, time)

    def peek(
        self,
        high: float,
        low: float,
        close: float,
        time: Moment | None = None,
    ) -> list[results.ZigzagRow]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close, time)

    def replace(
        self,
        high: float,
        low: float,
        close: float,
        time: Moment | None = None,
    ) -> list[results.ZigzagRow]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close, time)

    def extend(
        self,
        high: A,
        low: Column,
        close: Column,
        time: Column | None = None,
        *,
        nulls: bool = False,
    ) -> results.Zigzag | Frame:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            time: Opening times: milliseconds since 1970 UTC, or dates and times.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, time, nulls=nulls)


class Fractals(Stream):
    """Highs above and lows below the bars around them, told when the last of those bars is there:
    where stops and breakouts are set.

    Fractals: high = high[right] where the left bars before it are no higher and the right bars
    after it are lower; low likewise.

    Args:
        left: Bars before the pivot (1 to 1000000).
        right: Bars after the pivot, which confirm it (1 to 1000000).
        ties: Whether bars before the pivot may be equal to it; None means "left", or "none" with
            compat="talib".
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: the list of the bar's rows.

    Notes:
        - A row stands at the bar that confirms it, right bars after its pivot, and is final when
          that bar closes.
        - ta.pivothigh and ta.pivotlow let bars before the pivot be equal, so that of two equal
          highs the later one counts; TA-Lib wants all bars around it to stay short of it.
        - A bar may be a high and a low at once; the one that it is not is missing.
        - A missing value is part of no fractal, nor are the bars around it.
        - A flat market has no fractals.
        - With the default parameters no row belongs to one of the first 4 bars.
        - With the default parameters, from bar 4 on the start of the data changes values by less
          than 1e-6.

    Source:
        B. Williams, Trading Chaos, 1995.
    """

    _id = "fractals"

    def __new__(
        cls,
        left: int = 2,
        right: int = 2,
        *,
        ties: Literal["left", "none"] | None = None,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "fractals", compat=compat, left=left, right=right, ties=ties)

    def update(self, high: float, low: float, time: Moment | None = None) -> list[results.FractalsRow]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, time)

    def peek(self, high: float, low: float, time: Moment | None = None) -> list[results.FractalsRow]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, time)

    def replace(self, high: float, low: float, time: Moment | None = None) -> list[results.FractalsRow]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, time)

    def extend(
        self,
        high: A,
        low: Column,
        time: Column | None = None,
        *,
        nulls: bool = False,
    ) -> results.Fractals | Frame:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            time: Opening times: milliseconds since 1970 UTC, or dates and times.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, time, nulls=nulls)


class PivotPoints(Stream):
    """Levels that the prices of the session, week or month before give for this one: where floor
    traders expect it to turn.

    Pivot Points: of the span before, with p = (high + low + close) / 3 and d = high − low: classic
    pivot = p, r1 = 2p − low, r2 = p + d, r3 = r1 + d, r4 = 3p + high − 3 · low; woodie the same
    with p = (high + low + 2 · this span's open) / 4, and r4 = r3 + d; fibonacci r = p + (0.382,
    0.618, 1) · d; camarilla r = close + 1.1 · d / (12, 6, 4, 2); demark pivot = x / 4, r1 = x / 2 −
    low, s1 = x / 2 − high, with x = high + low + close and another low, high or close where close <
    open, > open or = open; s mirrors r at p (camarilla: at close).

    Args:
        method: Whose levels.
        span: What one set of levels holds for.
        utc_offset: Local time minus UTC, in minutes (-1440 to 1440).
        opening: Opening of the session, in minutes after local midnight (0 to 1439).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: a named tuple of floats, NaN while there is no value.

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

    _id = "pivot_points"

    def __new__(
        cls,
        method: Literal["classic", "fibonacci", "camarilla", "woodie", "demark"] = "classic",
        span: Literal["session", "week", "month", "number"] = "session",
        utc_offset: int = 0,
        opening: int = 0,
        *,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(
            cls,
            "pivot_points",
            compat=compat,
            method=method,
            span=span,
            utc_offset=utc_offset,
            opening=opening,
        )

    def update(
        self,
        open: float,
        high: float,
        low: float,
        close: float,
        time: Moment,
    ) -> results.PivotPoints[float]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, open, high, low, close, time)

    def peek(
        self,
        open: float,
        high: float,
        low: float,
        close: float,
        time: Moment,
    ) -> results.PivotPoints[float]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, open, high, low, close, time)

    def replace(
        self,
        open: float,
        high: float,
        low: float,
        close: float,
        time: Moment,
    ) -> results.PivotPoints[float]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, open, high, low, close, time)

    def extend(
        self,
        open: A,
        high: Column,
        low: Column,
        close: Column,
        time: Column,
        *,
        nulls: bool = False,
    ) -> results.PivotPoints[A]:
        """Takes any number of closed bars, column by column.

        Args:
            open: Opening prices.
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            time: Opening times: milliseconds since 1970 UTC, or dates and times.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, open, high, low, close, time, nulls=nulls)


class SmaCross(Stream):
    """The bars where a fast mean crosses a slow one: golden and death crosses.

    SMA Cross Events: up where fast > slow and fast[1] ≤ slow[1]; down where fast < slow and fast[1]
    ≥ slow[1].

    Args:
        fast: Bars in the fast mean (1 to 1000000).
        slow: Bars in the slow mean (1 to 1000000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: the list of the bar's rows.

    Notes:
        - Means that meet and part again on the same side count as a crossing at the parting, as
          TradingView's ta.crossover does.
        - Means that differ by no more than the rounding of their sums, (fast + slow) · 2⁻⁵³ of
          them, are equal: a flat market has no crossing.
        - Equal periods never cross.
        - A row is final when its bar closes.
        - With the default parameters no row belongs to one of the first 200 bars.
        - With the default parameters, from bar 200 on the start of the data changes values by less
          than 1e-6.

    Source:
        Common usage; R. D. Edwards and J. Magee, Technical Analysis of Stock Trends, 1948.
    """

    _id = "sma_cross"

    def __new__(cls, fast: int = 50, slow: int = 200, *, compat: Compat = "tradingview") -> Self:
        """A stream before its first bar."""
        return Stream.__new__(cls, "sma_cross", compat=compat, fast=fast, slow=slow)

    def update(self, source: float, time: Moment | None = None) -> list[results.SmaCrossRow]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, source, time)

    def peek(self, source: float, time: Moment | None = None) -> list[results.SmaCrossRow]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, source, time)

    def replace(self, source: float, time: Moment | None = None) -> list[results.SmaCrossRow]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, source, time)

    def extend(
        self,
        source: A,
        time: Column | None = None,
        *,
        nulls: bool = False,
    ) -> results.SmaCross | Frame:
        """Takes any number of closed bars, column by column.

        Args:
            source: Prices, or any other series of numbers.
            time: Opening times: milliseconds since 1970 UTC, or dates and times.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, source, time, nulls=nulls)


class SupportResistance(Stream):
    """Prices that turned the market more than once, with how often and how hard: where the next
    turn, or a break, may come.

    Support and Resistance: pivot high = a high that no high of the left bars before it exceeds and
    that all highs of the right bars after it stay below, known right bars later; pivot low
    likewise; a pivot joins the nearest level if |pivot − price| ≤ tolerance · atr(atr_period) of
    the bar that confirms it, or begins a level; price = mean of the level's pivots; touches = their
    number; strength = Σ (pivot high − lowest low of the right bars after it, or highest high −
    pivot low) / atr.

    Args:
        left: Bars before a pivot that do not surpass it (1 to 1000000).
        right: Bars after a pivot that stay short of it, and confirm it (1 to 1000000).
        tolerance: How far from a level a pivot may be to touch it, in average true ranges (0 to
            100).
        atr_period: Bars in the average true range (1 to 1000000).
        min_touches: Touches that a level needs to be shown (1 to 1000).
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: the list of the bar's rows.

    Notes:
        - Pivots are those of TradingView's ta.pivothigh and ta.pivotlow: of two equal highs the
          later one counts. Highs and lows share levels, so that a broken resistance becomes a
          support.
        - Of two levels equally near a pivot the lower one takes it; where a bar confirms a high and
          a low, the high comes first.
        - A touch is final when its pivot is confirmed: touches never fall and first never changes.
          The price moves only with a further touch, and role follows the last close: at or above
          the price it is a support.
        - A bar with a missing value gives no pivot, nor do the left bars after it and the right
          bars before it. As long as the average true range is missing, pivots begin and touch no
          level; levels that are there stay.
        - With an average true range of 0 a pivot joins only a level of its own price; what it adds
          to strength is 0 wherever the quotient is not finite.
        - At most 1000 levels are kept: before another one begins, the level with the fewest touches
          goes, of several the one untouched for longest, of those the lowest.
        - A bar that confirms a pivot costs more with more levels, and each look at the rows costs
          as much as there are levels; all other bars cost the same.
        - With the default parameters no row belongs to one of the first 13 bars.
        - The start of the data may matter however many bars follow.

    Source:
        R. D. Edwards and J. Magee, Technical Analysis of Stock Trends, 1948 (levels and their
        change of role); pivots as in TradingView's Pine Script reference; the clustering by average
        true range is ours, 2026.
    """

    _id = "support_resistance"

    def __new__(
        cls,
        left: int = 5,
        right: int = 5,
        tolerance: float = 0.5,
        atr_period: int = 14,
        min_touches: int = 2,
        *,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(
            cls,
            "support_resistance",
            compat=compat,
            left=left,
            right=right,
            tolerance=tolerance,
            atr_period=atr_period,
            min_touches=min_touches,
        )

    def update(self, high: float, low: float, close: float) -> list[results.SupportResistanceRow]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close)

    def peek(self, high: float, low: float, close: float) -> list[results.SupportResistanceRow]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close)

    def replace(self, high: float, low: float, close: float) -> list[results.SupportResistanceRow]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close)

    def extend(
        self,
        high: A,
        low: Column,
        close: Column,
        *,
        nulls: bool = False,
    ) -> results.SupportResistance | Frame:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, nulls=nulls)


class VolumeProfile(Stream):
    """How much was traded at which price: where the market found value, and which prices it hurried
    through.

    Volume Profile: bins equally wide rows from the lowest low to the highest high of all bars;
    volume = Σ over the bars of volume · share of high − low that lies in the row, or of the volume
    of the bars that close in it; buy = the same of volume · (close − low) / (high − low); sell =
    volume − buy; poc = middle of the fullest row; value_low to value_high = the fullest row and,
    pair by pair, the two rows above or the two below, whichever hold more, until value_area of the
    volume is inside; node = +1 in a peak of the rows above their mean, −1 in a valley below it, 0
    elsewhere.

    Args:
        bins: Rows of the profile (1 to 1000).
        value_area: Share of the volume inside the value area (0 to 1).
        spread: Where a bar's volume lies: evenly over its range, or at its close.
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: the list of the bar's rows.

    Notes:
        - A bar with a missing or infinite value, a negative volume, or a high below its low is
          passed over. A close outside its bar counts as the nearer edge.
        - With spread "close" the volume lies at the close; the rows still reach from the lowest low
          to the highest high.
        - A price on the edge of two rows belongs to the upper one, the highest high to the last
          row. A bar without range lies in one row, half of it bought and half sold.
        - Of several fullest rows the one nearest the middle counts, of those the lower one. Of two
          equal pairs of rows the upper one joins the value area; where one row is left on a side,
          it stands for the pair.
        - A peak or valley is a run of equal rows whose neighbours are all lower, or all higher. A
          run at the end of the profile may be a peak and is never a valley; equal rows throughout
          are neither.
        - A flat market has a single row without width, which holds everything, and poc, value_low
          and value_high are its price. Without a bar, and where a double cannot hold the range,
          there are no rows and the summary is missing. Where nothing was traded, all rows are
          equally full.
        - The profile is that of all bars up to the last one: for one of the last bars, or of those
          that a chart shows, give those alone. Bars are kept, all of them, and laid out when
          somebody looks: a look costs as much as there are rows and bars since the look before, and
          where the range has grown, as much as there are bars.
        - With the default parameters no row belongs to one of the first 0 bars.
        - The start of the data may matter however many bars follow.

    Source:
        J. P. Steidlmayer, Chicago Board of Trade, Market Profile, 1984 (value area, two rows at a
        time); the shares of buyers and sellers by the close's place in the bar, as in M. Chaikin's
        money flow, 1966.
    """

    _id = "volume_profile"

    def __new__(
        cls,
        bins: int = 24,
        value_area: float = 0.7,
        spread: Literal["range", "close"] = "range",
        *,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(
            cls,
            "volume_profile",
            compat=compat,
            bins=bins,
            value_area=value_area,
            spread=spread,
        )

    def update(self, high: float, low: float, close: float, volume: float) -> list[results.VolumeProfileRow]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close, volume)

    def peek(self, high: float, low: float, close: float, volume: float) -> list[results.VolumeProfileRow]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close, volume)

    def replace(self, high: float, low: float, close: float, volume: float) -> list[results.VolumeProfileRow]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close, volume)

    def extend(
        self,
        high: A,
        low: Column,
        close: Column,
        volume: Column,
        *,
        nulls: bool = False,
    ) -> results.VolumeProfile | Frame:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            volume: Traded volumes.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, volume, nulls=nulls)


class Heartbeat(Stream):
    """The rhythm of the market: each swing's turn and length, how regular they are, and when the
    next turn is due.

    Heartbeat Analysis: A top is the highest high since the bottom before, confirmed by the first
    later bar whose low is the lowest since and more than mult · atr (or mult % of the high) below
    it; a bottom likewise. beat = mean of the last beats durations between turns; regularity = 1 −
    deviation / beat of them, at least 0; due_from and due_to = the last turn's bar + the lower and
    upper quartile of them; cycle = the lag of the first peak in the autocorrelation of the last 256
    closes, less their least-squares line; confidence = regularity · (durations / beats) · (1 +
    agreement) / 2, with agreement = correlation at cycle · min(cycle, 2 · beat) / max(cycle, 2 ·
    beat).

    Args:
        mult: How far price must move away to make a turn, in average true ranges or in percent (0
            to 1000).
        atr_period: Bars in the average true range (1 to 1000000).
        beats: Durations in the summary, the last so many (2 to 1000).
        threshold: What mult counts: average true ranges, or percent of the extreme's price.
        compat: Whose definition is followed where the market disagrees.

    Returns:
        From update, peek and replace: the list of the bar's rows.

    Notes:
        - A row is final when the bar closes that confirms its turn; it never moves: pivot tells the
          bar of the turn, index the bar at which it was known.
        - Highs make tops and lows make bottoms; of equal ones the first counts. The distance is
          measured to the low (or high) of the confirming bar and must be more than the threshold of
          that bar.
        - A bar that extends the swing does not end it, since within a bar nobody knows what came
          first: a later bar confirms the turn.
        - The confirming bar comes back further than every bar since the extreme: a threshold that
          shrinks while price rests confirms nothing. So it is the next swing's extreme so far, and
          nothing between two turns lies beyond them.
        - At the start both a top and a bottom are sought; the first one found only tells the
          direction and is no turn, since how price came to it is not known. Both at once, with a
          bar inside the first, tell nothing.
        - A turn needs atr: none is confirmed during its warm-up, though extremes are kept from the
          first bar on. With threshold "percent" there is no warm-up.
        - A bar with a missing high, low or close is passed over and still counts in durations; atr
          starts anew after it, as in the indicator atr. In the autocorrelation the close before
          stands in for it.
        - beat needs one duration; regularity, the due bars and confidence need two. The deviation
          is that of the durations themselves (divided by their number); quartiles are interpolated
          linearly at position (n − 1) / 4 and 3 · (n − 1) / 4 of the sorted durations.
        - The due bars may lie in the past: then the turn is overdue, or it came and is not
          confirmed yet.
        - cycle: correlations are taken at lags up to half the window, each divided by the root of
          the two parts' sums of squares. Beyond the first lag that is not positive, each stretch of
          positive lags has its greatest value as its peak, unless the last lag is the greatest; the
          first peak of at least 0.9 of the highest counts. Missing before 64 closes, and where no
          peak is or the closes lie on a line; agreement is then 0.
        - Random prices have cycles too, at random: agreement tells whether cycle and swings say the
          same.
        - The summary is computed when it is asked for, at the cost of window × lags (about 25 000
          multiplications and additions); a bar alone costs nothing of it.
        - Which extremes are turns depends on where the data begins, until two beginnings have a
          turn in common.
        - A flat market has no turns, and its summary is missing.
        - With the default parameters no row belongs to one of the first 13 bars.
        - The start of the data may matter however many bars follow.

    Source:
        Swings: A. A. Merrill, Filtered Waves, 1977; cycles: J. M. Hurst, The Profit Magic of Stock
        Transaction Timing, 1970; peak rule: P. McLeod and G. Wyvill, A Smarter Way to Find Pitch,
        2005.
    """

    _id = "heartbeat"

    def __new__(
        cls,
        mult: float = 2.0,
        atr_period: int = 14,
        beats: int = 10,
        threshold: Literal["atr", "percent"] = "atr",
        *,
        compat: Compat = "tradingview",
    ) -> Self:
        """A stream before its first bar."""
        return Stream.__new__(
            cls,
            "heartbeat",
            compat=compat,
            mult=mult,
            atr_period=atr_period,
            beats=beats,
            threshold=threshold,
        )

    def update(
        self,
        high: float,
        low: float,
        close: float,
        time: Moment | None = None,
    ) -> list[results.HeartbeatRow]:
        """Takes a closed bar and gives its result."""
        return Stream.update(self, high, low, close, time)

    def peek(
        self,
        high: float,
        low: float,
        close: float,
        time: Moment | None = None,
    ) -> list[results.HeartbeatRow]:
        """Tells what a bar would give as the next one, and keeps nothing of it."""
        return Stream.peek(self, high, low, close, time)

    def replace(
        self,
        high: float,
        low: float,
        close: float,
        time: Moment | None = None,
    ) -> list[results.HeartbeatRow]:
        """Puts another bar in the place of the last one and gives its result."""
        return Stream.replace(self, high, low, close, time)

    def extend(
        self,
        high: A,
        low: Column,
        close: Column,
        time: Column | None = None,
        *,
        nulls: bool = False,
    ) -> results.Heartbeat | Frame:
        """Takes any number of closed bars, column by column.

        Args:
            high: Highest prices.
            low: Lowest prices.
            close: Closing prices.
            time: Opening times: milliseconds since 1970 UTC, or dates and times.
            nulls: Whether missing values leave as null rather than NaN, where the kind of column
                has both.
        """
        return Stream.extend(self, high, low, close, time, nulls=nulls)
