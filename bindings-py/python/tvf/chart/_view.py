"""Looks at bars and at lines: which are seen, how high they reach, and the few that stand for many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tvf import _core
from tvf._columns import check_indexes, read, scalar
from tvf._compute import _frame
from tvf._types import Column, Frame, Moment
from tvf.chart._axes import ScaleKind
from tvf.chart._numbers import numeric, plain
from tvf.errors import InputTypeError, InputValueError, ParamError, UnknownNameError
from tvf.indicators import volume_profile
from tvf.results import VolumeProfile

Floats = NDArray[np.float64]

NAMES = ("time", "open", "high", "low", "close", "volume")
ALL = slice(None)


class Ends(NamedTuple):
    """The ends of an axis."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, eq=False)
class Candles:
    """Candles column by column, each of as many bars."""

    start: int
    """The number of the first bar of the first candle, at or before the window's first."""
    step: int
    """How many bars a candle stands for: a power of two. The last may have less."""
    time: Floats
    """The first bar's time, NaN without a column of that name, as in the others."""
    open: Floats
    high: Floats
    low: Floats
    close: Floats
    volume: Floats

    def __len__(self) -> int:
        return len(self.close)


class Points(NamedTuple):
    """Points that stand for a line."""

    at: NDArray[np.int64]
    """The number of each point's bar, ascending."""
    value: Floats


class _Look:
    """What looks at bars and at lines have in common."""

    _look: _core.Look

    def __len__(self) -> int:
        """How many bars there are."""
        return self._look.bars

    def cull_time(self, first: Moment, last: Moment, margin: int = 0) -> slice:
        """The bars whose time lies from one moment to another, both included.

        Args:
            first: The one moment: milliseconds since 1970 UTC, or a date and time.
            last: The other.
            margin: So many bars more at both ends: with 1 a line runs to the edges.
        """
        moments = scalar(first, "time"), scalar(last, "time")
        return slice(*self._look.cull_time(*moments, numeric("margin", margin)))

    def cull_index(self, first: float, last: float, margin: int = 0) -> slice:
        """The bars that are seen between two places on an axis of bar numbers: a bar is as wide as 1,
        with its number in the middle."""
        places = numeric("from", first), numeric("to", last)
        return slice(*self._look.cull_index(*places, numeric("margin", margin)))

    def range(
        self, window: slice = ALL, *, top: float = 0.0, bottom: float = 0.0, scale: ScaleKind = "linear"
    ) -> Ends | None:
        """The ends of an axis on which the bars of a window lie; None where there is nothing to be seen.
        What is flat is widened by a hundredth on both sides, around 0 by 1. The time it takes grows with
        the logarithm of the window.

        Args:
            window: Some of the bars.
            top: The share of the axis that stays empty above them.
            bottom: The share that stays empty below.
            scale: What the axis is: on a log scale values of 0 and below are not seen.
        """
        start, stop = self._within(window)
        room = numeric("top", top), numeric("bottom", bottom)
        found = self._look.range(start, stop, str(scale), *room)
        return None if found is None else Ends(*found)

    def _within(self, window: Any) -> tuple[int, int]:
        if not isinstance(window, slice) or window.step not in (None, 1):
            bound = "a slice of bars such as slice(-200, None)"
            raise ParamError(f"window is not {bound}", "param_type", "window", str(window), bound)
        try:
            start, stop, _ = window.indices(len(self))
        except TypeError:
            bound = "a slice of whole numbers"
            raise ParamError(f"window is not {bound}", "param_type", "window", str(window), bound) from None
        return start, max(start, stop)

    def _values(self, values: dict[str, Any]) -> tuple[float, float, float, float, float, float]:
        """The values of a bar in their order."""
        known = [name for name, given in zip(NAMES, self._look.given, strict=True) if given]
        for name in values:
            if name not in known:
                bound = ", ".join(known)
                why = f"a bar has no value {name}; it has {bound}"
                raise InputTypeError(why, "input_count", name, "unknown", bound)
        for name in known:
            if name not in values:
                why = f"a bar needs the values {', '.join(known)} but {name} is missing"
                raise InputTypeError(why, "input_count", name, "", ", ".join(known))
        one = [scalar(values[name], name) if name in values else np.nan for name in NAMES]
        return one[0], one[1], one[2], one[3], one[4], one[5]

    def _push(self, values: dict[str, Any]) -> None:
        bar = self._values(values)
        self._look.append(
            tuple(np.array([x]) if given else None for x, given in zip(bar, self._look.given, strict=True))
        )


class View(_Look):
    """A chart's look at bars as candles.

    It keeps a copy of them, and follows what is appended, pushed or replaced.

    Args:
        bars: Columns by name: a dict, or a frame of Polars, pandas or PyArrow, whose columns are found as
            `tvf.compute` does. It needs `close`, which stands for open, high and low where they are missing.
    """

    def __init__(self, bars: Frame) -> None:
        found = _columns(bars)
        if "close" not in found:
            known = ", ".join(found)
            why = f'the bars have no column "close"; there are {known}'
            raise UnknownNameError(why, "unknown_column", "close", "close", known)
        self._look = _core.Look(tuple(found.get(name) for name in NAMES))

    def append(self, bars: Frame) -> None:
        """Adds bars at the end; they must have the columns that are there."""
        found = _columns(bars)
        own = [name for name, given in zip(NAMES, self._look.given, strict=True) if given]
        for name in own:
            if name not in found:
                known = ", ".join(found)
                why = f'the bars have no column "{name}"; there are {known}'
                raise UnknownNameError(why, "unknown_column", name, name, known)
        self._look.append(tuple(found[name] if name in own else None for name in NAMES))

    def push(self, **bar: Any) -> None:
        """Adds a closed bar: a value for each column that is there."""
        self._push(bar)

    def replace(self, **bar: Any) -> None:
        """Puts a bar in the place of the last one, which was still forming."""
        self._look.replace(self._values(bar))

    def candles(self, window: slice = ALL, most: int = 2000) -> Candles:
        """Draws the bars of a window with few candles: at most one more than `most`, each of the same
        power of two of bars, cut at multiples of it from the first bar of all. So a candle has the same
        bars wherever the chart is dragged to, and the first and the last may reach beyond the window.

        A candle has the first open and the last close that are there, the greatest high, the least low,
        and the sum of the volumes.
        """
        start, step, columns = self._look.candles(*self._within(window), numeric("most", most))
        return Candles(start, step, *columns)

    def volume_profile(self, window: slice = ALL, **options: Any) -> VolumeProfile:
        """The volume profile of a window: `tvf.volume_profile` of its bars. It takes time in proportion
        to the bars seen."""
        start, stop = self._within(window)
        given = self._look.given
        for name in ("high", "low", "volume"):
            if not given[NAMES.index(name)]:
                known = ", ".join(name for name, there in zip(NAMES, given, strict=True) if there)
                why = f'the bars have no column "{name}"; there are {known}'
                raise UnknownNameError(why, "unknown_column", name, name, known)
        high, low, close, volume = (self._look.column(i, start, stop) for i in range(2, 6))
        return volume_profile(high, low, close, volume, **options)


class Line(_Look):
    """A chart's look at one line, such as an indicator: a copy of it, which follows what is appended,
    pushed or replaced.

    Args:
        values: A value per bar.
        time: The bars' times, to find them by.
    """

    def __init__(self, values: Column, time: Column | None = None) -> None:
        moments = None if time is None else read(time, "time")
        line = read(values, "values")
        if moments is not None:
            check_indexes([("values", line), ("time", moments)])
        own = None if moments is None else moments.joined()
        self._look = _core.Look((own, None, None, None, line.joined(), None))

    def append(self, values: Column, time: Column | None = None) -> None:
        """Adds values at the end, and their times if there are some."""
        self._timed(time)
        own = None if time is None else plain("time", time)
        self._look.append((own, None, None, None, plain("values", values), None))

    def push(self, value: float, time: Moment | None = None) -> None:
        """Adds a value."""
        self._timed(time)
        self._push(self._bar(value, time))

    def replace(self, value: float, time: Moment | None = None) -> None:
        """Puts a value in the place of the last one."""
        self._timed(time)
        self._look.replace(self._values(self._bar(value, time)))

    def extremes(self, window: slice = ALL, most: int = 2000) -> Points:
        """Draws the line with the least and the greatest value of few buckets, which are divided as
        `View.candles` does: at most two points each. A bucket without a value gives one point that is
        NaN, so that a gap stays one. Steady while a chart is dragged."""
        return Points(*self._look.extremes(*self._within(window), numeric("most", most)))

    def lttb(self, window: slice = ALL, most: int = 2000) -> Points:
        """Draws the line with at most so many points that span the largest triangles (LTTB:
        S. Steinarsson, 2013); bars count as equally far apart. What is chosen depends on the whole
        window."""
        start, stop = self._within(window)
        line = self._look.column(NAMES.index("close"), start, stop)
        chosen = lttb(np.arange(start, stop, dtype=np.float64), line, most)
        return Points(chosen + start, line[chosen])

    def _bar(self, value: Any, time: Any) -> dict[str, Any]:
        return {"close": value} if time is None else {"close": value, "time": time}

    def _timed(self, time: Any) -> None:
        if (time is not None) != self._look.given[0]:
            bound = "times as in the beginning: for all values or for none"
            got = "none" if time is None else "given"
            raise InputValueError(f"time is {got}; give {bound}", "input_count", "time", got, bound)


def lttb(x: Column, y: Column, most: int) -> NDArray[np.int64]:
    """The numbers of at most so many points of a line that span the largest triangles.

    LTTB: S. Steinarsson, "Downsampling Time Series for Visual Representation", 2013. The first and the
    last point stay; points without a coordinate are left out before anything else.

    Args:
        x: To the right, ascending.
        y: The values.
        most: The most points: with 1 it is the first, with 2 the first and the last.
    """
    columns = [(name, read(value, name)) for name, value in (("x", x), ("y", y))]
    check_indexes(columns)
    return _core.lttb(columns[0][1].joined(), columns[1][1].joined(), numeric("most", most))


def _columns(bars: Any) -> dict[str, Floats]:
    """The columns of a frame that a chart knows, as plain arrays."""
    found = _frame(bars)
    named = {
        name: (name, found.read(key, name)) for name, key in zip(*found.names(), strict=True) if name in NAMES
    }
    check_indexes(named.values())
    return {name: column.joined() for name, (_, column) in named.items()}
