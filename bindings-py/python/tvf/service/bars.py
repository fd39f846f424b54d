"""Bars as requests bring them: columns or rows in JSON, or an Arrow stream."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema

from tvf.service.problems import ProblemError
from tvf.service.stored import Stored

__all__ = ["NAMES", "Bars", "Column", "from_arrow"]

Floats = NDArray[np.float64]
NAMES = ("time", "open", "high", "low", "close", "volume")

_PLAIN = (int, float, type(None))


def _column(given: Any) -> Floats:
    """A list of numbers and nulls as an array: a thousand times faster than number by number."""
    if isinstance(given, np.ndarray):
        return given
    if not isinstance(given, list):
        raise ValueError("a column is a list of numbers and nulls")
    # Texts and truth values would be taken for numbers.
    if not all(map(_PLAIN.__contains__, map(type, given))):
        wrong = next(x for x in given if type(x) not in _PLAIN)
        raise ValueError(f"a column is a list of numbers and nulls, and has a {type(wrong).__name__}")
    try:
        return np.array(given, dtype=np.float64)
    except OverflowError:
        raise ValueError("a column has a number that no double can be") from None


Column = Annotated[
    Any,
    PlainValidator(_column),
    WithJsonSchema({"type": "array", "items": {"anyOf": [{"type": "number"}, {"type": "null"}]}}),
]
"""A column of numbers; null is a missing one."""


def _bars(given: Any) -> dict[str, Floats] | Stored:
    if isinstance(given, dict) and "symbol" in given:
        return Stored.of(given)
    if isinstance(given, list):
        given = _of_rows(given)
    if not isinstance(given, dict):
        raise ValueError("bars are an object of columns, or a list of rows")
    unknown = [name for name in given if name not in NAMES]
    if unknown:
        raise ValueError(f"bars have no {unknown[0]!r}; they have {', '.join(NAMES)}")
    columns = {}
    for name, column in given.items():
        try:
            columns[name] = _column(column)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"columns differ in length: {lengths}")
    if "close" not in columns:
        raise ValueError("bars need the column close")
    return columns


def _of_rows(rows: list[Any]) -> dict[str, list[Any]]:
    names: dict[str, None] = {}
    for place, row in enumerate(rows):
        if not isinstance(row, dict):
            raise ValueError(f"row {place} is no object such as {{'close': 1.5}}")
        names.update(dict.fromkeys(row))
    return {name: [row.get(name) for row in rows] for name in names} or {"close": []}


_ROW = {"type": "object", "properties": {name: {"type": ["number", "null"]} for name in NAMES}}
_COLUMNS = {
    "type": "object",
    "properties": {name: {"type": "array", "items": {"type": ["number", "null"]}} for name in NAMES},
    "required": ["close"],
    "additionalProperties": False,
}

_STORED = {
    "type": "object",
    "title": "Stored",
    "properties": {
        "symbol": {"type": "string"},
        "timeframe": {"type": "string"},
        "start": {"type": ["integer", "string", "null"]},
        "end": {"type": ["integer", "string", "null"]},
    },
    "required": ["symbol", "timeframe"],
    "additionalProperties": False,
}

Bars = Annotated[
    Any,
    PlainValidator(_bars),
    WithJsonSchema(
        {
            "title": "Bars",
            "description": "Columns by name, or rows: time (milliseconds since 1970 UTC), open, high, low, "
            "close, volume; null is a missing value. What an endpoint does not read may be left out. Or a "
            "series of the service's cache, whose fields may stand in the place of bars, too.",
            "anyOf": [_COLUMNS, {"type": "array", "items": _ROW}, _STORED],
        }
    ),
]


class WithBars(BaseModel):
    """What every request with bars has."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)

    bars: Bars = Field(
        description="The bars, oldest first",
        examples=[
            {
                "time": [1700000000000, 1700000060000, 1700000120000],
                "open": [100.0, 101.0, 100.5],
                "high": [101.5, 101.8, 102.0],
                "low": [99.5, 100.2, 100.1],
                "close": [101.0, 100.5, 101.7],
                "volume": [1200, 900, 1500],
            }
        ],
    )


def check(bars: dict[str, Floats], most: int) -> dict[str, Floats]:
    """Refuses too many bars, and times that are no times or go back."""
    count = len(bars["close"])
    if count > most:
        why = f"the request has {count:,} bars, and may have {most:,}"
        raise ProblemError(413, "too_many_bars", why, field="bars", value=str(count), bound=f"at most {most}")
    time = bars.get("time")
    if time is not None and count:
        missing = ~np.isfinite(time)
        if missing.any():
            bar = int(missing.argmax())
            why = f"time of bar {bar} is missing"
            raise ProblemError(422, "input_range", why, field="time", value="null", bound="milliseconds")
        back = np.diff(time) < 0
        if back.any():
            bar = int(back.argmax()) + 1
            before, now = int(time[bar - 1]), int(time[bar])
            why = f"time of bar {bar} is {now}, before that of the bar before it, {before}"
            raise ProblemError(
                422, "time_order", why, field="time", value=str(now), bound=f"at least {before}"
            )
    return bars


def need(bars: dict[str, Floats], names: tuple[str, ...], what: str) -> list[Floats]:
    """Columns that something cannot do without."""
    for name in names:
        if name not in bars:
            why = f"{what} reads {name}, which the bars do not have"
            raise ProblemError(422, "input_count", why, field=f"bars.{name}", bound=", ".join(names))
    return [bars[name] for name in names]


def from_arrow(body: bytes) -> dict[str, Floats]:
    """The columns of an Arrow stream; those of numbers without a null are not copied."""
    try:
        table = pa.ipc.open_stream(body).read_all()
    except (pa.ArrowInvalid, OSError, ValueError) as error:
        why = f"the body is no Arrow stream: {str(error).splitlines()[0]}"
        raise ProblemError(400, "arrow", why, field="body") from None
    columns = {}
    for name in table.column_names:
        column = table.column(name)
        try:
            if pa.types.is_timestamp(column.type):
                column = column.cast(pa.timestamp("ms", column.type.tz)).cast(pa.int64())
            elif not (pa.types.is_floating(column.type) or pa.types.is_integer(column.type)):
                raise pa.ArrowInvalid(f"it is of type {column.type}")
            columns[name] = column.cast(pa.float64()).to_numpy()
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            why = f"column {name} is no column of numbers: {error}"
            raise ProblemError(422, "input_type", why, field=f"bars.{name}", value=str(column.type)) from None
    return columns
