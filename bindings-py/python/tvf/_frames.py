"""Frames of other libraries, told apart without importing any of these."""

from __future__ import annotations

import sys
from typing import Any, NoReturn, TypeVar

from tvf.errors import InputTypeError

K = TypeVar("K")

INDEX = object()
"""Stands for the index of a pandas frame among its columns."""


def kind_of(frame: Any, *, polars: K, lazy: K, pandas: K, arrow: K) -> K | None:
    """What belongs to the library that a frame is of."""
    for library, name, kind in (
        ("polars", "DataFrame", polars),
        ("polars", "LazyFrame", lazy),
        ("pandas", "DataFrame", pandas),
        ("pyarrow", "Table", arrow),
        ("pyarrow", "RecordBatch", arrow),
    ):
        module = sys.modules.get(library)
        if module is not None and isinstance(frame, getattr(module, name)):
            return kind
    return None


def refuse(frame: Any, bound: str) -> NoReturn:
    """Raises that something is no frame."""
    got = type(frame).__name__
    raise InputTypeError(f"frame is of type {got}, not {bound}", "input_type", "frame", got, bound)
