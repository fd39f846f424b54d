"""The columns of bars, and other frames brought to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, TypeVar

import polars as pl

from tvf._frames import refuse
from tvf.errors import InputTypeError, ParamError

F = TypeVar("F", pl.DataFrame, pl.LazyFrame)
"""The kind of frame that was given and comes back."""

TIME = pl.Datetime("ms", "UTC")
PRICES = ("open", "high", "low", "close")

SCHEMA: dict[str, pl.DataType] = {
    "time": TIME,
    "open": pl.Float64(),
    "high": pl.Float64(),
    "low": pl.Float64(),
    "close": pl.Float64(),
    "volume": pl.Float64(),
}
"""The columns of bars. A column `symbol` of texts may come before them, others behind them."""

ALIASES: dict[str, tuple[str, ...]] = {
    "symbol": ("symbol", "ticker"),
    "time": ("time", "timestamp", "datetime", "date", "open_time", "opentime", "ts", "t"),
    "open": ("open", "o"),
    "high": ("high", "h"),
    "low": ("low", "l"),
    "close": ("close", "c"),
    "volume": ("volume", "vol", "v"),
}
"""What the columns may be called, in any case."""

Unit: TypeAlias = Literal["s", "ms", "us", "ns"]
"""What numbers in the column of times count, since 1970 UTC."""

_PER_MILLISECOND = {"us": 1000, "ns": 1_000_000}


def conform(frame: F, *, columns: Mapping[str, str] | None = None, unit: Unit = "ms") -> F:
    """Brings a frame to the schema: names, order and types. A lazy frame stays lazy.

    Columns are found by their usual names in any case (`Date`, `timestamp`, `o`, `Ticker`). A missing
    volume becomes null. Datetimes of any zone and unit become UTC and milliseconds, without a zone they
    are UTC already; dates are their midnight; numbers count `unit`; texts are read as ISO 8601. Prices of
    any numeric type become floats.

    Args:
        frame: A frame of Polars.
        columns: Names that are not found by themselves: what the schema calls them, and what they are
            called.
        unit: What numbers in the column of times count, since 1970 UTC.

    Raises:
        InputTypeError: A column is missing, or of a type that cannot be read as what it is.
    """
    if not isinstance(frame, pl.DataFrame | pl.LazyFrame):
        refuse(frame, "a DataFrame or a LazyFrame of Polars")
    if unit not in ("s", "ms", "us", "ns"):
        bound = "one of s, ms, us, ns"
        raise ParamError(f"unit {unit!r} is not {bound}", "param_choice", "unit", str(unit), bound)
    schema = frame.collect_schema()
    found = _names(schema, dict(columns or {}))
    made = [_time(pl.col(found["time"]), schema[found["time"]], unit).alias("time")]
    if "symbol" in found:
        made.insert(0, pl.col(found["symbol"]).cast(pl.String).alias("symbol"))
    for name in (*PRICES, "volume"):
        if name in found:
            made.append(_number(found[name], schema[found[name]]).alias(name))
        else:
            made.append(pl.lit(None, pl.Float64).alias(name))
    taken = set(found.values())
    others = [pl.col(name) for name in schema if name not in taken]
    return frame.select(*made, *others)


def _names(schema: pl.Schema, given: dict[str, str]) -> dict[str, str]:
    """What the frame calls the columns of the schema."""
    for name, called in given.items():
        if name not in ALIASES:
            bound = ", ".join(ALIASES)
            raise ParamError(
                f"columns has no {name!r}; it has {bound}", "unknown_param", "columns", name, bound
            )
        if called not in schema:
            bound = ", ".join(schema)
            why = f"there is no column {called!r} for {name}; there are {bound}"
            raise InputTypeError(why, "input_count", name, called, bound)
    folded: dict[str, str] = {}
    for name in schema:
        folded.setdefault(name.strip().lower(), name)
    found = dict(given)
    for name, aliases in ALIASES.items():
        known = [folded[alias] for alias in aliases if alias in folded]
        if known:
            found.setdefault(name, known[0])
    missing = [name for name in SCHEMA if name not in found and name != "volume"]
    if missing:
        there = ", ".join(schema) or "none"
        bound = "time, open, high, low, close and perhaps volume, symbol"
        why = f"bars need the column {missing[0]}; there are {there}"
        raise InputTypeError(why, "input_count", missing[0], there, bound)
    return found


def _number(name: str, dtype: pl.DataType) -> pl.Expr:
    if dtype.is_numeric() or dtype == pl.Null:
        return pl.col(name).cast(pl.Float64)
    raise _refused(name, dtype, "a column of numbers")


def _time(column: pl.Expr, dtype: pl.DataType, unit: Unit) -> pl.Expr:
    if isinstance(dtype, pl.Datetime):
        zoned = column.dt.convert_time_zone("UTC") if dtype.time_zone else column.dt.replace_time_zone("UTC")
        return zoned.dt.cast_time_unit("ms")
    if dtype == pl.Date:
        return column.cast(pl.Datetime("ms")).dt.replace_time_zone("UTC")
    if dtype.is_integer():
        number = column.cast(pl.Int64)
        number = number * 1000 if unit == "s" else number // _PER_MILLISECOND.get(unit, 1)
        return number.cast(pl.Datetime("ms")).dt.replace_time_zone("UTC")
    if dtype == pl.String:
        return column.str.to_datetime(time_unit="ms", time_zone="UTC", strict=True)
    bound = "a column of datetimes, dates, whole numbers, or texts in ISO 8601"
    raise _refused("time", dtype, bound)


def _refused(name: str, dtype: pl.DataType, bound: str) -> InputTypeError:
    return InputTypeError(
        f"column {name} is of type {dtype}, not {bound}", "input_type", name, str(dtype), bound
    )


def is_lazy(frame: Any) -> bool:
    """Whether a frame is a lazy one."""
    return isinstance(frame, pl.LazyFrame)
