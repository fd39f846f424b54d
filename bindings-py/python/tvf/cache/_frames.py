"""Frames of bars as the store's columns, and back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tvf._columns import Floats, read_all, scalar
from tvf._compute import read_frame
from tvf._types import Moment
from tvf.errors import InputTypeError, InputValueError, ParamError

if TYPE_CHECKING:
    import polars as pl

Columns: TypeAlias = tuple[NDArray[np.int64], list[Floats]]
"""Times, and open, high, low, close and volume."""

Bound: TypeAlias = Moment | str
"""A moment as people write it: milliseconds since 1970 UTC, a date and time, or such in ISO 8601."""

VALUES = ("open", "high", "low", "close", "volume")
BEGIN, END = np.iinfo(np.int64).min, np.iinfo(np.int64).max


def to_columns(frame: Any) -> Columns:
    """The columns of a frame of any kind. A volume that is not there is not known."""
    found = read_frame(frame, ("time", *VALUES))
    for name in ("time", "open", "high", "low", "close"):
        if name not in found:
            known = ", ".join(found) or "none of these"
            bound = "time, open, high, low, close and perhaps volume"
            why = f"bars need the column {name}; there are {known}"
            raise InputTypeError(why, "input_count", name, known, bound)
    arrays, _ = read_all({name: found.get(name) for name in ("time", *VALUES)})
    time, *values = arrays
    assert time is not None
    missing = np.full(len(time), np.nan)
    return _whole(time), [missing if column is None else column for column in values]


def _whole(time: Floats) -> NDArray[np.int64]:
    wrong = ~(np.isfinite(time) & (time == np.floor(time)))
    if wrong.any():
        row = int(wrong.argmax())
        value, bound = f"{time[row]:g}", "whole milliseconds since 1970 UTC"
        why = f"time of bar {row} is {value}, not {bound}"
        raise InputValueError(why, "input_range", "time", value, bound)
    return time.astype(np.int64)


def to_frame(columns: Columns) -> pl.DataFrame:
    """A frame of Polars of the store's columns."""
    try:
        import polars as pl
    except ImportError:
        why = "frames of a cache are those of Polars: pip install 'tvf[cache]'"
        raise ModuleNotFoundError(why, name="polars") from None

    time, values = columns
    stamps = pl.Series("time", time).cast(pl.Datetime("ms", "UTC"))
    return pl.DataFrame([stamps, *map(pl.Series, VALUES, values)])


def within(start: Bound | None, end: Bound | None, first: int = BEGIN, last: int = END) -> tuple[int, int]:
    """Bounds in milliseconds, both included; the first and the last where none is given."""
    bounds = first if start is None else _moment(start, "start"), last if end is None else _moment(end, "end")
    if bounds[0] > bounds[1] and start is not None and end is not None:
        why = f"start {bounds[0]} is after end {bounds[1]}"
        raise ParamError(why, "param_range", "start", str(bounds[0]), f"at most {bounds[1]}")
    return bounds


def _moment(value: Any, name: str) -> int:
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value)
        except ValueError:
            bound = 'a date and time such as "2024-01-31" or "2024-01-31T14:30+00:00"'
            raise ParamError(f"{name} {value!r} is not {bound}", "param_type", name, value, bound) from None
    try:
        found = scalar(value, "time")
    except InputTypeError:
        found = np.nan
    # What is infinite or beyond is no moment.
    if not abs(found) < 2**53:
        bound = "milliseconds since 1970 UTC, or a date and time"
        raise ParamError(f"{name} {value!r} is not {bound}", "param_type", name, str(value), bound)
    return int(found)
