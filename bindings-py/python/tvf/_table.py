"""Tables: results that have rows of their own rather than one per bar."""

from __future__ import annotations

from collections.abc import Iterator
from operator import index
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from tvf.errors import InputTypeError, UnknownNameError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Row = TypeVar("Row")

NO_TIME = np.iinfo(np.int64).min
"""How a missing time is written in a column of integers: NumPy's NaT."""


class Table(Generic[Row]):
    """Rows that belong to single bars, column by column.

    Each column is an attribute and can be had by its name, `len` counts the rows, iteration and
    positions give them as named tuples, and slices give tables of them. Some tables come with
    numbers beside the rows, attributes as well; see `numbers`.
    """

    _row: ClassVar[Any]
    _times: ClassVar[tuple[str, ...]] = ()
    _numbers: ClassVar[tuple[str, ...]] = ()

    @property
    def columns(self) -> dict[str, NDArray[Any]]:
        """The columns by name."""
        return {name: getattr(self, name) for name in self._row._fields}

    @property
    def numbers(self) -> dict[str, float]:
        """The numbers beside the rows by name; empty for most tables."""
        return {name: getattr(self, name) for name in self._numbers}

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __iter__(self) -> Iterator[Row]:
        return iter([self[i] for i in range(len(self))])

    @overload
    def __getitem__(self, key: str) -> NDArray[Any]: ...
    @overload
    def __getitem__(self, key: slice) -> Self: ...
    @overload
    def __getitem__(self, key: int) -> Row: ...
    def __getitem__(self, key: str | slice | int) -> NDArray[Any] | Self | Row:
        columns = self.columns
        if isinstance(key, str):
            if key not in columns:
                known = ", ".join(columns)
                raise UnknownNameError(
                    f'there is no column "{key}"; there are {known}', "unknown_column", key, key, known
                )
            return columns[key]
        if isinstance(key, slice):
            rows = {name: column[key] for name, column in columns.items()}
            return type(self)(**rows, **self.numbers)
        return self._row_at(key)

    def _row_at(self, key: Any) -> Row:
        try:
            place = index(key)
        except TypeError:
            got, bound = type(key).__name__, "a row's number, a slice, or the name of a column"
            raise InputTypeError(
                f"row is of type {got}, not {bound}", "input_type", "row", got, bound
            ) from None
        rows = len(self)
        if not -rows <= place < rows:
            # An IndexError ends the loops of Python that go by number.
            raise IndexError(f"row {place} is not one of the {rows} rows")
        cells = {name: _plain(column[place]) for name, column in self.columns.items()}
        for name in self._times:
            cells[name] = None if cells[name] == NO_TIME else cells[name]
        return self._row(**cells)

    def __repr__(self) -> str:
        rows = [repr(self[i]) for i in range(min(len(self), 5))]
        more = [f"... {len(self) - 5} more"] if len(self) > 5 else []
        numbers = [", ".join(f"{name}={x:.10g}" for name, x in self.numbers.items())] * bool(self._numbers)
        return "\n  ".join([f"<{type(self).__name__}: {len(self)} rows", *numbers, *rows, *more]) + ">"

    def _dated(self) -> dict[str, NDArray[Any]]:
        return {n: c.view("datetime64[ms]") if n in self._times else c for n, c in self.columns.items()}

    def to_polars(self) -> pl.DataFrame:
        """The rows as a Polars frame, times as UTC datetimes without a zone."""
        import polars as pl

        return pl.DataFrame([pl.Series(name, column) for name, column in self._dated().items()])

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas frame, times as UTC datetimes without a zone."""
        import pandas as pd

        return pd.DataFrame(self._dated())

    def to_arrow(self) -> pa.Table:
        """The rows as an Arrow table, times as UTC timestamps without a zone."""
        import pyarrow as pa

        return pa.table({name: pa.array(column) for name, column in self._dated().items()})


def _plain(cell: Any) -> Any:
    """A cell as Python has it; columns of objects hold such already."""
    return cell.item() if isinstance(cell, np.generic) else cell
