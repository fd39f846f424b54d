"""The types of the public signatures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = ["A", "Column", "Compat", "Frame", "Late", "Moment", "Outside", "T"]

T = TypeVar("T")
"""What a result holds: columns of some kind, or floats."""

A = TypeVar(
    "A",
    NDArray[Any],
    "pl.Series",
    "pd.Series",
    "pa.Array",
    "pa.ChunkedArray",
    list[float],
    tuple[float, ...],
    Sequence[float],
)
"""The kind of column that was given and comes back."""

Column: TypeAlias = (
    "NDArray[Any] | pl.Series | pd.Series | pd.Index | pa.Array | pa.ChunkedArray | Sequence[Any]"
)
"""Anything that is read as a column."""

Frame: TypeAlias = Any
"""A data frame of the library that the inputs came from."""

Moment: TypeAlias = float | dt.datetime | dt.date | np.datetime64
"""A bar's time: milliseconds since 1970 UTC, or a date and time (UTC unless it says otherwise)."""

Compat: TypeAlias = Literal["tradingview", "talib"]
"""Whose definition is followed where the market disagrees."""

Outside: TypeAlias = Literal["drop", "keep"]
"""What becomes of ticks between a closing and the next opening."""

Late: TypeAlias = Literal["drop", "merge", "error"]
"""What becomes of a tick that lies before the latest one."""
