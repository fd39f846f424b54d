"""Axes: where a price is in pixels, and the round numbers and moments that label them."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tvf import _core
from tvf._columns import scalar
from tvf._sessions import _changes, _zone
from tvf._types import Column, Moment
from tvf.chart._numbers import numeric, plain

ScaleKind: TypeAlias = Literal["linear", "log", "percent", "indexed"]
"""What an axis shows: prices, prices with equal ratios equally far apart, percent from a base, or a base
of 100."""

TimeUnit: TypeAlias = Literal["millisecond", "second", "minute", "hour", "day", "month", "year"]
"""A length of the calendar."""


class Ticks(NamedTuple):
    """Round numbers that an axis is labelled with."""

    values: NDArray[np.float64]
    """Ascending."""
    step: float
    """From each to the next; 0 on a log scale and where there are not two."""
    decimals: int
    """How many digits after the point tell them apart."""


class TimeTicks(NamedTuple):
    """Moments that an axis is labelled at."""

    time: NDArray[np.int64]
    """Milliseconds since 1970 UTC, ascending."""
    unit: list[TimeUnit]
    """The longest unit that begins at each: a label says that part of the date."""


class Scale:
    """An axis of prices. It goes from `low` to `high` in what it shows: prices, percent, or an index; so
    several symbols share an axis of percent, each with a scale of its own base.

    Args:
        kind: What it shows.
        ends: Low and high, such as `View.range` gives them.
        height: In pixels; the top is 0.
        base: The price that is 0 percent, or 100: what "percent" and "indexed" need.
        inverted: Whether the low end is at the top.
    """

    def __init__(
        self,
        kind: ScaleKind,
        ends: tuple[float, float],
        height: float,
        base: float = np.nan,
        inverted: bool = False,
    ) -> None:
        low, high = ends
        self.kind: ScaleKind = kind
        self.low, self.high = numeric("low", low), numeric("high", high)
        self.height, self.base = numeric("height", height), numeric("base", base)
        self.inverted = bool(inverted)
        axis = self.low, self.high, self.height, self.base, self.inverted
        self._axis = _core.Axis(str(kind), *axis)

    def y(self, price: float) -> float:
        """The pixel of a price, also beyond the axis; NaN for a missing one, and on a log scale for 0 and
        below."""
        return self._axis.y(numeric("price", price))

    def price(self, y: float) -> float:
        """The price at a pixel; NaN on an axis without height."""
        return self._axis.price(numeric("y", y))

    def shown(self, price: float) -> float:
        """What the axis shows of a price. A higher price shows more, also where the base is below 0."""
        return self._axis.shown(numeric("price", price))

    def price_of(self, shown: float) -> float:
        """The price of what the axis shows."""
        return self._axis.price_of(numeric("shown", shown))

    def y_of(self, shown: float) -> float:
        """The pixel of what the axis shows, such as a tick."""
        return self._axis.y_of(numeric("shown", shown))

    def ys(self, prices: Column) -> NDArray[np.float64]:
        """The pixels of many prices."""
        return self._axis.ys(plain("prices", prices))

    def ticks(self, most: int, unit: float = 0.0) -> Ticks:
        """Round numbers in what the axis shows, at most one more than `most`; `unit` is the least change
        of a price, of which they are to be multiples."""
        return _ticks(self.low, self.high, most, unit, self.kind == "log")


def ticks(low: float, high: float, most: int, unit: float = 0.0) -> Ticks:
    """The multiples of 1, 2 or 5 times a power of ten from `low` to `high`, at most one more than `most`.

    Each is the number nearest to its decimal: printed with `decimals` digits it loses nothing. `unit` is
    the least change of a price, of which they are to be multiples.
    """
    return _ticks(low, high, most, unit, False)


def time_ticks(first: Moment, last: Moment, most: int, zone: str = "UTC") -> TimeTicks:
    """Where units of the local calendar begin, from one moment to another: milliseconds up to years, in
    steps of which so many are as long.

    Where clocks go forward, what would begin in the hour that is left out begins at the change; where
    they go back, hours begin twice and days once.

    Args:
        first: The one moment: milliseconds since 1970 UTC, or a date and time.
        last: The other.
        most: How many steps are as long as what lies between.
        zone: IANA name of the zone whose calendar is followed.
    """
    start, stop = scalar(first, "time"), scalar(last, "time")
    _zone(zone)
    changes = _changes(zone, start, stop) if np.isfinite([start, stop]).all() else []
    return TimeTicks(*_core.time_ticks(start, stop, numeric("most", most), changes))


def _ticks(low: Any, high: Any, most: Any, unit: Any, log: bool) -> Ticks:
    ends = numeric("low", low), numeric("high", high)
    return Ticks(*_core.ticks(*ends, numeric("most", most), numeric("unit", unit), log))
