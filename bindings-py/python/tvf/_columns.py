"""Reads columns of any kind, and makes results the kind that was read.

A column is read as pieces: plain float64 arrays, several of them where the library that owns it
keeps it in chunks. Nothing is imported here that a caller has not imported already.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from operator import index, methodcaller
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from tvf._table import Table
from tvf.errors import InputTypeError, InputValueError

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Read:
    """A column as plain pieces, and how results become the kind it was."""

    pieces: list[Floats]
    wrap: Callable[[Floats, str | None, bool], Any]
    """Makes an array that kind: the array, its name if not the column's own, whether NaN is null."""
    frame: Callable[[Table[Any]], Any] = lambda table: table
    """Makes a table what that kind's library has for it."""
    index: Any = None
    """The labels of the bars, where the kind has some: an index of pandas."""

    def joined(self) -> Floats:
        """The whole column as one piece."""
        return self.pieces[0] if len(self.pieces) == 1 else np.concatenate([np.empty(0), *self.pieces])

    def present(self, result: Any, nulls: bool) -> Any:
        """Makes a result of the core that kind."""
        if isinstance(result, Table):
            # A frame has no place for the numbers beside the rows.
            return result if result._numbers else self.frame(result)
        if isinstance(result, tuple):
            fields: Sequence[str] = type(result)._fields  # type: ignore[attr-defined]
            named = zip(fields, result, strict=True)
            return type(result)(*(self.wrap(array, name, nulls) for name, array in named))
        return self.wrap(result, None, nulls)

    def instead(self, numbers: Floats) -> Any:
        """A column with other numbers in its place, which still belong to the same bars."""
        return numbers if self.index is None else self.wrap(numbers, None, False)


def read(value: Any, name: str) -> Read:
    """Reads a column; `name` is the input it is for."""
    for base in type(value).__mro__:
        reader = _READERS.get(base.__module__.partition(".")[0])
        if reader is not None:
            return reader(value, name)
    return _other(value, name)


def refuse(name: str, got: str, bound: str = "a column of numbers") -> NoReturn:
    """Raises the error for something that is no column."""
    raise InputTypeError(f"input {name} is {got}, not {bound}", "input_type", name, got, bound)


def check_indexes(columns: Iterable[tuple[str, Read]]) -> None:
    """Refuses columns whose bars have different labels: combined by their places alone, values of
    different days would meet."""
    known = None
    for name, column in columns:
        if column.index is None:
            continue
        if known is None:
            known = name, column.index
        elif column.index is not known[1] and not column.index.equals(known[1]):
            _compare(*known, name, column.index)


def read_all(columns: Mapping[Any, Any]) -> tuple[tuple[Floats | None, ...], dict[str, Read]]:
    """Columns by name as contiguous arrays in their order, None for one that is not there, and what was
    read."""
    known = {name: read(column, name) for name, column in columns.items() if column is not None}
    check_indexes(known.items())
    arrays = {name: np.ascontiguousarray(column.joined()) for name, column in known.items()}
    return tuple(arrays.get(name) for name in columns), known


def _compare(first: str, index: Any, name: str, other: Any) -> None:
    if len(index) != len(other):
        return  # the core has the words for that
    for place, (a, b) in enumerate(zip(index, other, strict=True)):
        if _differ(a, b):
            why = f"inputs {first} and {name} have different indexes: {a} and {b} at bar {place}"
            raise InputValueError(why, "input_index", name, str(b), f"the index of {first}")


def _differ(a: Any, b: Any) -> bool:
    """Whether two labels differ; a missing one equals another."""
    try:
        return a is not b and bool(a != b) and bool(a == a or b == b)
    except TypeError:  # only one is pandas' NA, which is neither true nor false
        return True


def _called(value: Any) -> str:
    module = type(value).__module__.partition(".")[0]
    name = type(value).__qualname__
    return f"of type {name if module == 'builtins' else f'{module}.{name}'}"


def _is_time(name: str) -> bool:
    return name in ("time", "entry", "exit")


def _floats(array: NDArray[Any], name: str) -> Floats:
    """An array of any number type, or of dates where the input is a time, as plain floats."""
    if array.ndim != 1:
        refuse(name, f"an array of {array.ndim} dimensions", "a column of numbers (one dimension)")
    kind = array.dtype.kind
    if kind == "M" and _is_time(name):
        whole = array.astype("datetime64[ms]")
        return np.where(np.isnat(whole), np.nan, whole.astype(np.int64).astype(np.float64))
    if kind not in "iuf":
        refuse(name, f"an array of {array.dtype}")
    return np.require(array, np.float64, ["C", "A", "E"])


def _array(array: Floats, name: str | None, nulls: bool) -> Floats:  # noqa: ARG001
    return array


def _numpy(value: Any, name: str) -> Read:
    if not isinstance(value, np.ndarray):
        refuse(name, _called(value))
    if isinstance(value, np.ma.MaskedArray):
        plain = _floats(value.data, name).copy()
        plain[np.ma.getmaskarray(value)] = np.nan
        return Read([plain], _array)
    return Read([_floats(value, name)], _array)


def _polars(value: Any, name: str) -> Read:
    import polars as pl

    if not isinstance(value, pl.Series):
        refuse(name, _called(value))
    dtype = value.dtype
    if dtype.is_numeric() or dtype == pl.Null:
        floats = value if dtype == pl.Float64 else value.cast(pl.Float64)
    elif _is_time(name) and dtype in (pl.Datetime, pl.Date):
        floats = value.cast(pl.Datetime("ms")).cast(pl.Int64).cast(pl.Float64)
    else:
        refuse(name, f"a Series of {dtype}")
    # With `over` this runs for each of many short groups: each call of Polars that is left out counts.
    chunks = [floats] if floats.n_chunks() == 1 else floats.get_chunks()
    filled = [chunk.fill_null(np.nan) if chunk.null_count() else chunk for chunk in chunks if len(chunk)]
    pieces = [_floats(chunk.to_numpy(), name) for chunk in filled]

    def wrap(array: Floats, own: str | None, nulls: bool) -> pl.Series:
        return pl.Series(own or value.name, array, nan_to_null=nulls)

    return Read(pieces or [np.empty(0)], wrap, methodcaller("to_polars"))


def _pandas(value: Any, name: str) -> Read:
    import pandas as pd

    if isinstance(value, pd.MultiIndex) or not isinstance(value, pd.Series | pd.Index):
        refuse(name, _called(value))
    dtype = value.dtype
    if pd.api.types.is_datetime64_any_dtype(dtype) and _is_time(name):
        times = pd.DatetimeIndex(value)
        plain = _floats((times if times.tz is None else times.tz_convert(None)).to_numpy(), name)
    elif isinstance(dtype, np.dtype):
        plain = _floats(value.to_numpy(), name)
    elif pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_bool_dtype(dtype):
        plain = _floats(value.to_numpy(dtype=np.float64, na_value=np.nan), name)
    else:
        refuse(name, f"a {type(value).__name__} of {dtype}")

    def wrap(array: Floats, own: str | None, nulls: bool) -> pd.Series | pd.Index:  # noqa: ARG001
        if isinstance(value, pd.Series):
            return pd.Series(array, index=value.index, name=own or value.name, copy=False)
        return pd.Index(array, name=own or value.name)

    return Read(
        [plain], wrap, methodcaller("to_pandas"), value.index if isinstance(value, pd.Series) else None
    )


def _pyarrow(value: Any, name: str) -> Read:
    import pyarrow as pa

    if not isinstance(value, pa.Array | pa.ChunkedArray):
        refuse(name, _called(value))
    kind, types = value.type, pa.types
    if _is_time(name) and types.is_timestamp(kind):
        numbers = value.cast(pa.timestamp("ms", kind.tz), safe=False).cast(pa.int64())
    elif _is_time(name) and types.is_date(kind):
        numbers = value.cast(pa.timestamp("ms")).cast(pa.int64())
    elif types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind) or types.is_null(kind):
        numbers = value
    else:
        refuse(name, f"an array of {kind}")
    floats = numbers.cast(pa.float64(), safe=False)
    chunks = floats.chunks if isinstance(floats, pa.ChunkedArray) else [floats]
    pieces = [_floats(chunk.to_numpy(zero_copy_only=False), name) for chunk in chunks if len(chunk)]

    def wrap(array: Floats, own: str | None, nulls: bool) -> pa.Array | pa.ChunkedArray:  # noqa: ARG001
        result = pa.array(array, from_pandas=nulls)
        return pa.chunked_array([result]) if isinstance(value, pa.ChunkedArray) else result

    return Read(pieces or [np.empty(0)], wrap, methodcaller("to_arrow"))


def _sequence(value: Any, name: str) -> Read:
    """A list, a tuple or another sequence of numbers; `None` is a missing value."""
    if not isinstance(value, list | tuple | range | deque):
        return _other(value, name)
    try:
        array = np.asarray(value)
    except (ValueError, OverflowError):
        array = np.empty(len(value), object)
        array[:] = value
    if array.dtype.kind == "O" and array.ndim == 1:
        array = np.array([scalar(item, name) for item in value], np.float64)
    plain = _floats(array, name)
    if not isinstance(value, list | tuple):
        return Read([plain], _array)
    kind = list if isinstance(value, list) else tuple

    def wrap(array: Floats, own: str | None, nulls: bool) -> Any:  # noqa: ARG001
        values = array.tolist()
        return kind([None if x != x else x for x in values] if nulls else values)

    return Read([plain], wrap)


def _other(value: Any, name: str) -> Read:
    """What says of itself that it is an array: by Arrow's interface, NumPy's, or as memory."""
    if hasattr(value, "__arrow_c_stream__") or hasattr(value, "__arrow_c_array__"):
        try:
            import pyarrow as pa
        except ImportError:
            pass
        else:
            whole = pa.chunked_array(value) if hasattr(value, "__arrow_c_stream__") else pa.array(value)
            return _pyarrow(whole, name)
    if isinstance(value, str | bytes | dict | set | frozenset) or not (
        hasattr(value, "__array__") or isinstance(value, Sequence) or _has_memory(value)
    ):
        refuse(name, _called(value))
    array = np.asarray(value if hasattr(value, "__array__") or _has_memory(value) else list(value))
    return Read([_floats(array, name)], _array)


def _has_memory(value: Any) -> bool:
    try:
        memoryview(value)
    except TypeError:
        return False
    return not isinstance(value, bytes | bytearray)


_READERS: dict[str, Callable[[Any, str], Read]] = {
    "numpy": _numpy,
    "polars": _polars,
    "pandas": _pandas,
    "pyarrow": _pyarrow,
    "builtins": _sequence,
    "collections": _sequence,
}


def number(value: Any) -> float | None:
    """A number of any type as a float, None for what is no number."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if isinstance(value, bool | np.bool_):
        return None
    try:
        if not isinstance(value, Real | Decimal):
            value = index(value)
    except TypeError:
        return None
    try:
        return float(value)
    except OverflowError:
        return -np.inf if str(value).startswith("-") else np.inf


def scalar(value: Any, name: str) -> float:
    """One bar's value of an input: a number, None for a missing one, or a date for a time."""
    if value is None:
        return np.nan
    found = number(value)
    if found is not None:
        return found
    if _is_time(name):
        if isinstance(value, dt.datetime):
            if value != value:  # pandas' not-a-time is a date and time
                return np.nan
            zoned = value if value.tzinfo is not None else value.replace(tzinfo=dt.UTC)
            return zoned.timestamp() * 1000 // 1
        if isinstance(value, dt.date):
            return (value - dt.date(1970, 1, 1)).days * 86_400_000.0
        if isinstance(value, np.datetime64):
            return _floats(np.array([value]), name)[0]
    bound = "a number or a date and time" if _is_time(name) else "a number"
    # A text may be long; its beginning tells which it is.
    refuse(name, f'"{value[:40]}"' if isinstance(value, str) else _called(value), bound)
