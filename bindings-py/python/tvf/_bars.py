"""Bars that a builder makes, and the resampling of whole frames."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, NoReturn, TypeVar

import numpy as np
from numpy.typing import NDArray

from tvf import _core
from tvf._columns import Floats, number, read
from tvf._compute import TIMES
from tvf._frames import INDEX, kind_of, refuse
from tvf._sessions import Opening, _shown, _zone, minutes
from tvf._table import Table
from tvf._types import Late, Outside
from tvf.errors import InputTypeError, InputValueError, ParamError, UnknownNameError

F = TypeVar("F")
"""The kind of frame that was given and comes back."""

LIMIT = 1440
PRICES = ("open", "high", "low", "close")


class Bar(NamedTuple):
    """A bar."""

    time: int
    """When it opens: milliseconds since 1970 UTC."""
    open: float
    """The first price."""
    high: float
    """The highest price."""
    low: float
    """The lowest price."""
    close: float
    """The last price."""
    volume: float
    """The sum of sizes."""


@dataclass(frozen=True, eq=False, repr=False)
class Bars(Table[Bar]):
    """Bars, column by column."""

    _row = Bar
    _times = ("time",)

    time: NDArray[np.int64]
    """When each opens: milliseconds since 1970 UTC."""
    open: NDArray[np.float64]
    """First prices."""
    high: NDArray[np.float64]
    """Highest prices."""
    low: NDArray[np.float64]
    """Lowest prices."""
    close: NDArray[np.float64]
    """Last prices."""
    volume: NDArray[np.float64]
    """Sums of sizes."""


def resample(
    frame: F,
    timeframe: str,
    *,
    zone: str = "UTC",
    open: Opening | None = None,  # noqa: A002
    session: str | None = None,
    outside: Outside = "drop",
    late: Late = "error",
    fill: Literal["previous"] | None = None,
    limit: int = LIMIT,
) -> F:
    """Bars of a longer timeframe from a frame of bars, or of ticks: what a `BarBuilder` makes of them,
    the last bar included, however complete it is.

        tvf.resample(minutes, "1h", zone="America/New_York", session="09:30-16:00")

    Args:
        frame: Columns by name: a dict, a named tuple, or a Polars, pandas or Arrow frame. Time is the
            column time, date, timestamp or datetime, or the index of a pandas frame. Bars have open,
            high, low and close, and volume if there is any, in any case; ticks have price, and size
            if there is any. Other columns are left out.
        timeframe: A count with a unit: "30s", "5m", "4h", "1d", "1w", "1M".
        zone: IANA name of the zone that openings are in; its clock changes are followed.
        open: Opening of the session: "HH:MM", or minutes after local midnight. Bars of seconds,
            minutes and hours count from it.
        session: Opening and closing, such as "09:30-16:00", in the place of `open`.
        outside: Whether rows outside the session are dropped, or kept with the session before.
        late: What becomes of a row that lies before an earlier one: "error", "drop", or, for ticks in
            the forming bar, "merge". Of bars with one time the last counts.
        fill: "previous" fills gaps inside a session with flat bars at the close before them.
        limit: The most bars that a gap is filled with.

    Returns:
        A frame of the kind that was given, with as many rows as there are bars: time, open, high,
        low, close, and volume if there was one, under the names that the columns of bars have. Times
        are the openings of the bars, of the type that they had.
    """
    builder = _core.BarBuilder(
        timeframe, zone=zone, open=open, session=session, outside=outside, late=late, fill=fill, limit=limit
    )
    plain = zone == "UTC" and not open and session is None
    return _resampled(_source(frame), builder, plain)


def _resampled(source: _Source, builder: Any, plain: bool) -> Any:
    time = source.find("time", TIMES)
    if time is None:
        source.lacks("time")
    moments = source.get(time)
    if not plain and _is_date(moments):
        why = "time is a column of dates, which are days already: leave out zone, open and session"
        raise InputValueError(why, "session", "time", "dates", "times, or sessions that are UTC days")
    times = read(moments, "time").joined()
    prices = [source.find(name) for name in PRICES]
    price = source.find("price")
    if price is not None and None in prices:
        size = source.find("size")
        columns = {"price": price, "size": size}
        given = [
            None if key is None else read(source.get(key), name).joined() for name, key in columns.items()
        ]
        parts = [builder.ticks(times, *given), builder.close()]
        names: dict[str, Any] = {name: name for name in PRICES}
        volume, kind = (None if size is None else "volume"), price
    else:
        for name, key in zip(PRICES, prices, strict=True):
            if key is None:
                source.lacks(name)
        volume, kind = source.find("volume"), prices[3]
        keys = [*prices, *([] if volume is None else [volume])]
        names = dict(zip(PRICES, prices, strict=True))
        given = [
            read(source.get(key), name).joined() for name, key in zip((*PRICES, "volume"), keys, strict=False)
        ]
        parts = [builder.bars(times, *given), builder.close()]
    names = {"time": time, **names, **({} if volume is None else {"volume": volume})}
    found: dict[Any, Any] = {
        key: np.concatenate([part[name] for part in parts]) for name, key in names.items()
    }
    found[time] = _like(moments, found[time])
    # In the order that the columns had, where they have one.
    order = [key for key in source.labels() if key in found]
    found = {key: found[key] for key in [*order, *(key for key in found if key not in order)]}
    return source.made(found, time, source.get(kind))


class _Source:
    """A dict of columns."""

    def __init__(self, frame: Any) -> None:
        self.frame = frame

    def labels(self) -> list[Any]:
        return list(self.frame)

    def get(self, key: Any) -> Any:
        return self.frame[key]

    def find(self, name: str, aliases: tuple[str, ...] = ()) -> Any:
        """The key of a column that may be written in any case."""
        keys = self.labels()
        for alias in aliases or (name,):
            if alias in keys:
                return alias
            for key in keys:
                if isinstance(key, str) and key.lower() == alias:
                    return key
        return None

    def lacks(self, name: str) -> NoReturn:
        known = ", ".join(str(key) for key in self.labels())
        why = f'there is no column "{name}"; there are {known}'
        raise UnknownNameError(why, "unknown_column", name, name, known)

    def made(self, columns: dict[Any, Any], time: Any, like: Any) -> Any:
        """A frame of the kind that was given."""
        return {key: column if key is time else _column(like, column) for key, column in columns.items()}


class _Named(_Source):
    """A named tuple of columns."""

    def labels(self) -> list[Any]:
        return list(self.frame._fields)

    def get(self, key: Any) -> Any:
        return getattr(self.frame, key)

    def made(self, columns: dict[Any, Any], time: Any, like: Any) -> Any:
        found = super().made(columns, time, like)
        if list(found) == self.labels():
            return type(self.frame)(**found)
        return Bars(**{"volume": np.full(len(found[time]), np.nan), **found})


class _Rows(_Source):
    """A table of this package."""

    def labels(self) -> list[Any]:
        return list(self.frame.columns)

    def made(self, columns: dict[Any, Any], time: Any, like: Any) -> Any:  # noqa: ARG002
        return Bars(**columns)


class _Polars(_Source):
    """A frame of Polars."""

    def labels(self) -> list[Any]:
        return self.frame.columns

    def get(self, key: Any) -> Any:
        return self.frame.get_column(key)

    def made(self, columns: dict[Any, Any], time: Any, like: Any) -> Any:  # noqa: ARG002
        import polars as pl

        return pl.DataFrame([pl.Series(key, column) for key, column in columns.items()])


class _Lazy(_Polars):
    """A lazy frame of Polars."""

    def __init__(self, frame: Any) -> None:
        super().__init__(frame.collect())

    def made(self, columns: dict[Any, Any], time: Any, like: Any) -> Any:
        return super().made(columns, time, like).lazy()


class _Pandas(_Source):
    """A frame of pandas."""

    def labels(self) -> list[Any]:
        import pandas as pd

        is_time = isinstance(self.frame.index, pd.DatetimeIndex)
        return [*self.frame.columns, *([INDEX] if is_time else [])]

    def get(self, key: Any) -> Any:
        return self.frame.index if key is INDEX else self.frame[key]

    def find(self, name: str, aliases: tuple[str, ...] = ()) -> Any:
        found = super().find(name, aliases)
        return INDEX if found is None and name == "time" and INDEX in self.labels() else found

    def made(self, columns: dict[Any, Any], time: Any, like: Any) -> Any:  # noqa: ARG002
        import pandas as pd

        index = columns.pop(INDEX, None)
        return pd.DataFrame(columns, index=index)


class _Arrow(_Source):
    """A table of PyArrow."""

    def labels(self) -> list[Any]:
        return self.frame.schema.names

    def get(self, key: Any) -> Any:
        return self.frame.column(key)

    def made(self, columns: dict[Any, Any], time: Any, like: Any) -> Any:  # noqa: ARG002
        import pyarrow as pa

        return type(self.frame).from_arrays([pa.array(c) for c in columns.values()], names=list(columns))


def _source(frame: Any) -> _Source:
    if isinstance(frame, Mapping):
        return _Source(frame)
    if isinstance(frame, Table):
        return _Rows(frame)
    if isinstance(frame, tuple) and hasattr(frame, "_fields"):
        return _Named(frame)
    kind = kind_of(frame, polars=_Polars, lazy=_Lazy, pandas=_Pandas, arrow=_Arrow)
    if kind is None:
        refuse(frame, "a dict or a named tuple of columns, or a frame of Polars, pandas or PyArrow")
    return kind(frame)


def columns_or_frame(first: Any, rest: dict[str, Any]) -> dict[str, Any]:
    """The columns of bars, or of ticks, by name: `first` is the one of opening prices, or a frame that has
    all of them in the place of the rest."""
    if not _is_frame(first):
        return {"open": first, **rest}
    if any(column is not None for column in rest.values()):
        why = "columns are given by a frame or one by one, not both"
        raise InputTypeError(why, "input_type", "frame", type(first).__name__, "a frame alone")
    source = _source(first)
    found = {name: source.find(name) for name in ("open", "high", "low", "close", "volume")}
    if found["close"] is None:
        found |= {"close": source.find("price"), "volume": found["volume"] or source.find("size")}
    if found["close"] is None:
        source.lacks("close")
    found["time"] = source.find("time", TIMES)
    return {name: source.get(key) for name, key in found.items() if key is not None}


def _is_frame(value: Any) -> bool:
    if isinstance(value, Mapping | Table) or (isinstance(value, tuple) and hasattr(value, "_fields")):
        return True
    return bool(kind_of(value, polars=True, lazy=True, pandas=True, arrow=True))


def _column(like: Any, values: Floats) -> Any:
    """Numbers in the kind of column that the prices came in."""
    module = type(like).__module__.partition(".")[0]
    if module == "pandas":
        import pandas as pd

        return pd.Series(values)
    return read(like, "close").wrap(values, None, False)


def _is_date(column: Any) -> bool:
    """Whether times are days."""
    kind = getattr(column, "dtype", getattr(column, "type", None))
    if isinstance(kind, np.dtype):
        return kind.kind == "M" and np.datetime_data(kind)[0] == "D"
    if kind is not None:
        return str(kind) in ("Date", "date32[day]", "date64[ms]")
    first = next((x for x in column if x is not None), None) if isinstance(column, list | tuple) else None
    return isinstance(first, dt.date) and not isinstance(first, dt.datetime)


def _like(column: Any, times: NDArray[np.int64]) -> Any:
    """Times in the kind and of the type that a column has."""
    return _TIMES.get(type(column).__module__.partition(".")[0], _numpy_times)(column, times)


def _numpy_times(column: Any, times: NDArray[np.int64]) -> Any:
    dtype = getattr(column, "dtype", None)
    if not isinstance(dtype, np.dtype):
        return times
    return times.view("datetime64[ms]").astype(dtype) if dtype.kind == "M" else times.astype(dtype)


def _polars_times(column: Any, times: NDArray[np.int64]) -> Any:
    import polars as pl

    found = pl.Series(column.name, times)
    if column.dtype in (pl.Datetime, pl.Date):
        zone = getattr(column.dtype, "time_zone", None)
        found = found.cast(pl.Datetime("ms", zone))
    return found.cast(column.dtype)


def _pandas_times(column: Any, times: NDArray[np.int64]) -> Any:
    import pandas as pd

    dtype = column.dtype
    if pd.api.types.is_datetime64_any_dtype(dtype):
        found = pd.DatetimeIndex(times.view("datetime64[ms]"), name=column.name)
        zone = getattr(dtype, "tz", None)
        found = found if zone is None else found.tz_localize("UTC").tz_convert(zone)
        unit: Any = np.datetime_data(dtype)[0] if isinstance(dtype, np.dtype) else dtype.unit
        found = found.as_unit(unit)
    else:
        found = pd.Index(times.astype(dtype), name=column.name)
    return found if isinstance(column, pd.Index) else pd.Series(found, name=column.name)


def _arrow_times(column: Any, times: NDArray[np.int64]) -> Any:
    import pyarrow as pa

    found = pa.array(times)
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        found = found.cast(pa.timestamp("ms", getattr(column.type, "tz", None)))
    return found.cast(column.type)


def _sequence_times(column: Any, times: NDArray[np.int64]) -> Any:
    first = next((x for x in column if x is not None), None)
    values: list[Any] = times.tolist()
    if isinstance(first, dt.datetime):
        epoch = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
        moments = [epoch + dt.timedelta(milliseconds=x) for x in values]
        values = [
            x.replace(tzinfo=None) if first.tzinfo is None else x.astimezone(first.tzinfo) for x in moments
        ]
    elif isinstance(first, dt.date):
        values = [dt.date(1970, 1, 1) + dt.timedelta(days=x // 86_400_000) for x in values]
    elif isinstance(first, float):
        values = [float(x) for x in values]
    return tuple(values) if isinstance(column, tuple) else values


_TIMES: dict[str, Callable[[Any, NDArray[np.int64]], Any]] = {
    "polars": _polars_times,
    "pandas": _pandas_times,
    "pyarrow": _arrow_times,
    "builtins": _sequence_times,
}


def _settings(
    timeframe: Any,
    zone: Any,
    open: Any,  # noqa: A002
    session: Any,
    outside: Any,
    late: Any,
    fill: Any,
    limit: Any,
) -> tuple[str, str, float | None, str | None, str, str, str, float]:
    """What a builder is told, as the core takes it: words as texts, the opening in minutes."""
    zone = "UTC" if zone is None else zone
    _zone(zone)
    found = float(LIMIT) if limit is None else number(limit)
    if found is None:
        _refuse("limit", limit, "a whole number")
    return (
        _word("timeframe", timeframe),
        zone,
        None if open is None else float(minutes(open)),
        None if session is None else _word("session", session),
        "drop" if outside is None else _word("outside", outside),
        "drop" if late is None else _word("late", late),
        "none" if fill is None else _word("fill", fill),
        found,
    )


def _word(name: str, value: Any) -> str:
    if not isinstance(value, str):
        _refuse(name, value, "a text")
    return value


def _refuse(name: str, value: Any, bound: str) -> NoReturn:
    raise ParamError(f"{name} {_shown(value)} is not {bound}", "param_type", name, str(value)[:40], bound)
