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
    "Bbands",
    "Heartbeat",
    "HeartbeatRow",
    "Ichimoku",
    "Keltner",
    "Macd",
    "Mama",
    "Psar",
    "SmaAtrChannel",
    "SmaCross",
    "SmaCrossRow",
    "Stoch",
    "SupportResistance",
    "SupportResistanceRow",
    "Table",
    "VolumeProfile",
    "VolumeProfileRow",
    "Vwap",
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
