# Written by `cargo xtask gen`: change the definitions in core/, not this.
"""What indicators with several outputs give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tvf._table import Table
from tvf._types import T

__all__ = [
    "Adx",
    "Aroon",
    "Bbands",
    "Donchian",
    "Fractals",
    "FractalsRow",
    "Heartbeat",
    "HeartbeatRow",
    "Ichimoku",
    "Keltner",
    "LinearRegression",
    "Macd",
    "Mama",
    "PivotPoints",
    "Ppo",
    "Psar",
    "SmaAtrChannel",
    "SmaCross",
    "SmaCrossRow",
    "Stoch",
    "StochRsi",
    "Supertrend",
    "SupportResistance",
    "SupportResistanceRow",
    "Table",
    "Tsi",
    "VolumeProfile",
    "VolumeProfileRow",
    "Vortex",
    "Vwap",
    "Zigzag",
    "ZigzagRow",
]


class Mama(NamedTuple, Generic[T]):
    """MESA Adaptive Moving Average."""

    mama: T
    """The adaptive average."""
    fama: T
    """The average that follows it."""


class Stoch(NamedTuple, Generic[T]):
    """Stochastic Oscillator."""

    k: T
    """The position in the range, smoothed."""
    d: T
    """The mean of k, its signal line."""


class Macd(NamedTuple, Generic[T]):
    """Moving Average Convergence Divergence."""

    macd: T
    """The distance of the averages."""
    signal: T
    """The average of macd."""
    hist: T
    """The distance of macd from its signal."""


class Bbands(NamedTuple, Generic[T]):
    """Bollinger Bands."""

    upper: T
    """The upper band."""
    middle: T
    """The mean, equal to sma to the last bit."""
    lower: T
    """The lower band."""


class Adx(NamedTuple, Generic[T]):
    """Average Directional Index."""

    adx: T
    """The strength of the trend, 0 to 100."""
    plus_di: T
    """The upward movement's share of the range, 0 to 100."""
    minus_di: T
    """The downward movement's share of the range, 0 to 100."""


class Ichimoku(NamedTuple, Generic[T]):
    """Ichimoku Kinko Hyo."""

    conversion: T
    """The middle of the short range (tenkan-sen)."""
    base: T
    """The middle of the middle range (kijun-sen)."""
    span_a: T
    """The mean of conversion and base, drawn ahead (senkou span A)."""
    span_b: T
    """The middle of the long range, drawn ahead (senkou span B)."""
    lagging: T
    """The close, drawn behind (chikou span)."""


class Psar(NamedTuple, Generic[T]):
    """Parabolic SAR."""

    value: T
    """The stop."""
    trend: T
    """1 while the trend rises and the stop is below, −1 while it falls."""


class Keltner(NamedTuple, Generic[T]):
    """Keltner Channel."""

    upper: T
    """The upper band."""
    middle: T
    """The average."""
    lower: T
    """The lower band."""


class Vwap(NamedTuple, Generic[T]):
    """Volume-Weighted Average Price."""

    vwap: T
    """The average price."""
    upper: T
    """The upper band."""
    lower: T
    """The lower band."""


class SmaAtrChannel(NamedTuple, Generic[T]):
    """SMA ATR Channel."""

    upper: T
    """The upper band."""
    middle: T
    """The mean, equal to sma to the last bit."""
    lower: T
    """The lower band."""


class Supertrend(NamedTuple, Generic[T]):
    """Supertrend."""

    value: T
    """The stop."""
    trend: T
    """1 while the trend rises and the stop is below, −1 while it falls."""


class Donchian(NamedTuple, Generic[T]):
    """Donchian Channel."""

    upper: T
    """The highest high."""
    middle: T
    """The middle of the range."""
    lower: T
    """The lowest low."""


class Aroon(NamedTuple, Generic[T]):
    """Aroon."""

    up: T
    """How young the highest high is, 0 to 100."""
    down: T
    """How young the lowest low is, 0 to 100."""
    oscillator: T
    """The difference, −100 to 100."""


class StochRsi(NamedTuple, Generic[T]):
    """Stochastic RSI."""

    k: T
    """The place in the range, smoothed."""
    d: T
    """The mean of k, its signal line."""


class Ppo(NamedTuple, Generic[T]):
    """Percentage Price Oscillator."""

    ppo: T
    """The distance of the averages, in percent."""
    signal: T
    """The average of ppo."""
    hist: T
    """The distance of ppo from its signal."""


class Tsi(NamedTuple, Generic[T]):
    """True Strength Index."""

    tsi: T
    """The index, −scale to scale."""
    signal: T
    """The average of tsi."""


class LinearRegression(NamedTuple, Generic[T]):
    """Linear Regression."""

    value: T
    """The line at the current bar."""
    slope: T
    """The line's rise per bar."""
    intercept: T
    """The line at the window's first bar."""
    angle: T
    """The slope as an angle, in degrees."""
    r_squared: T
    """The share of the variance that the line explains, 0 to 1."""


class Vortex(NamedTuple, Generic[T]):
    """Vortex Indicator."""

    plus: T
    """The upward movement's share of the range."""
    minus: T
    """The downward movement's share of the range."""


class ZigzagRow(NamedTuple):
    """A row of Zigzag."""

    index: int  # type: ignore[assignment]
    """The bar that confirmed the turn, counted from 0."""
    pivot: int
    """The bar of the turn."""
    time: int | None
    """The time of the turn, if given."""
    price: float
    """The price of the turn."""
    direction: int
    """+1 top, −1 bottom."""


@dataclass(frozen=True, eq=False, repr=False)
class Zigzag(Table[ZigzagRow]):
    """Zigzag, column by column."""

    _row = ZigzagRow
    _times = ("time",)
    _numbers = ("leg_price", "leg_pivot", "leg_direction")

    index: NDArray[np.int64]
    """The bar that confirmed the turn, counted from 0."""
    pivot: NDArray[np.int64]
    """The bar of the turn."""
    time: NDArray[np.int64]
    """The time of the turn, if given. Milliseconds since 1970 UTC, the least integer where missing."""
    price: NDArray[np.float64]
    """The price of the turn."""
    direction: NDArray[np.int8]
    """+1 top, −1 bottom."""
    leg_price: float
    """The end of the last leg so far."""
    leg_pivot: float
    """Its bar."""
    leg_direction: float
    """1 if the last leg rises, −1 if it falls."""


class FractalsRow(NamedTuple):
    """A row of Fractals."""

    index: int  # type: ignore[assignment]
    """The bar that confirms, counted from 0."""
    pivot: int
    """The bar of the high or low."""
    time: int | None
    """The time of that bar, if given."""
    high: float
    """The high, if it is one."""
    low: float
    """The low, if it is one."""


@dataclass(frozen=True, eq=False, repr=False)
class Fractals(Table[FractalsRow]):
    """Fractals, column by column."""

    _row = FractalsRow
    _times = ("time",)

    index: NDArray[np.int64]
    """The bar that confirms, counted from 0."""
    pivot: NDArray[np.int64]
    """The bar of the high or low."""
    time: NDArray[np.int64]
    """The time of that bar, if given. Milliseconds since 1970 UTC, the least integer where missing."""
    high: NDArray[np.float64]
    """The high, if it is one."""
    low: NDArray[np.float64]
    """The low, if it is one."""


class PivotPoints(NamedTuple, Generic[T]):
    """Pivot Points."""

    pivot: T
    """The pivot."""
    r1: T
    """The first resistance."""
    s1: T
    """The first support."""
    r2: T
    """The second resistance."""
    s2: T
    """The second support."""
    r3: T
    """The third resistance."""
    s3: T
    """The third support."""
    r4: T
    """The fourth resistance."""
    s4: T
    """The fourth support."""


class SmaCrossRow(NamedTuple):
    """A row of SMA Cross Events."""

    index: int  # type: ignore[assignment]
    """The bar, counted from 0."""
    time: int | None
    """The bar's time, if given."""
    direction: int
    """+1 up, −1 down."""
    fast: float
    """The fast mean at that bar."""
    slow: float
    """The slow mean at that bar."""


@dataclass(frozen=True, eq=False, repr=False)
class SmaCross(Table[SmaCrossRow]):
    """SMA Cross Events, column by column."""

    _row = SmaCrossRow
    _times = ("time",)

    index: NDArray[np.int64]
    """The bar, counted from 0."""
    time: NDArray[np.int64]
    """The bar's time, if given. Milliseconds since 1970 UTC, the least integer where missing."""
    direction: NDArray[np.int8]
    """+1 up, −1 down."""
    fast: NDArray[np.float64]
    """The fast mean at that bar."""
    slow: NDArray[np.float64]
    """The slow mean at that bar."""


class SupportResistanceRow(NamedTuple):
    """A row of Support and Resistance."""

    price: float
    """The level, a mean of its pivots; rows are in its order."""
    touches: float
    """How many pivots it has."""
    strength: float
    """How far they threw the price back, in average true ranges."""
    first: int
    """The bar of the first pivot, counted from 0."""
    last: int
    """The bar of the last pivot."""
    role: int
    """+1 support, −1 resistance."""


@dataclass(frozen=True, eq=False, repr=False)
class SupportResistance(Table[SupportResistanceRow]):
    """Support and Resistance, column by column."""

    _row = SupportResistanceRow
    _times = ()

    price: NDArray[np.float64]
    """The level, a mean of its pivots; rows are in its order."""
    touches: NDArray[np.float64]
    """How many pivots it has."""
    strength: NDArray[np.float64]
    """How far they threw the price back, in average true ranges."""
    first: NDArray[np.int64]
    """The bar of the first pivot, counted from 0."""
    last: NDArray[np.int64]
    """The bar of the last pivot."""
    role: NDArray[np.int8]
    """+1 support, −1 resistance."""


class VolumeProfileRow(NamedTuple):
    """A row of Volume Profile."""

    low: float
    """The row's lower edge."""
    high: float
    """The row's upper edge."""
    volume: float
    """What was traded in it."""
    buy: float
    """The buyers' part of it."""
    sell: float
    """The sellers' part of it."""
    node: int
    """+1 a node of high volume, −1 of low volume."""


@dataclass(frozen=True, eq=False, repr=False)
class VolumeProfile(Table[VolumeProfileRow]):
    """Volume Profile, column by column."""

    _row = VolumeProfileRow
    _times = ()
    _numbers = ("poc", "value_low", "value_high")

    low: NDArray[np.float64]
    """The row's lower edge."""
    high: NDArray[np.float64]
    """The row's upper edge."""
    volume: NDArray[np.float64]
    """What was traded in it."""
    buy: NDArray[np.float64]
    """The buyers' part of it."""
    sell: NDArray[np.float64]
    """The sellers' part of it."""
    node: NDArray[np.int8]
    """+1 a node of high volume, −1 of low volume."""
    poc: float
    """The point of control: the price traded most."""
    value_low: float
    """The lower edge of the value area."""
    value_high: float
    """The upper edge of the value area."""


class HeartbeatRow(NamedTuple):
    """A row of Heartbeat Analysis."""

    index: int  # type: ignore[assignment]
    """The bar that confirmed the turn, counted from 0."""
    pivot: int
    """The bar of the turn."""
    time: int | None
    """The time of the turn, if given."""
    price: float
    """The high or low of the turn."""
    direction: int
    """+1 top, −1 bottom."""
    duration: float
    """Bars since the turn before; missing for the first."""
    amplitude: float
    """Distance in price from the turn before; missing for the first."""


@dataclass(frozen=True, eq=False, repr=False)
class Heartbeat(Table[HeartbeatRow]):
    """Heartbeat Analysis, column by column."""

    _row = HeartbeatRow
    _times = ("time",)
    _numbers = ("beat", "regularity", "cycle", "due_from", "due_to", "confidence")

    index: NDArray[np.int64]
    """The bar that confirmed the turn, counted from 0."""
    pivot: NDArray[np.int64]
    """The bar of the turn."""
    time: NDArray[np.int64]
    """The time of the turn, if given. Milliseconds since 1970 UTC, the least integer where missing."""
    price: NDArray[np.float64]
    """The high or low of the turn."""
    direction: NDArray[np.int8]
    """+1 top, −1 bottom."""
    duration: NDArray[np.float64]
    """Bars since the turn before; missing for the first."""
    amplitude: NDArray[np.float64]
    """Distance in price from the turn before; missing for the first."""
    beat: float
    """Mean duration of the last swings, in bars."""
    regularity: float
    """How alike the durations are: 1 the same, 0 anything."""
    cycle: float
    """The dominant cycle of the closes, in bars."""
    due_from: float
    """The bar from which the next turn is due."""
    due_to: float
    """The bar up to which the next turn is due."""
    confidence: float
    """How far to trust the rhythm, 0 to 1."""
