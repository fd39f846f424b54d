"""What the compiled half calls when it meets something other than plain arrays and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest
from typing import Any

import numpy as np

from tvf._columns import Floats, Read, check_indexes, number, read, refuse, scalar

__all__ = ["batch", "column", "extend", "number", "scalar", "snapshot"]


def batch(indicator: Any, inputs: Sequence[Any], params: Any, compat: Any, nulls: bool) -> Any:
    """`Indicator.batch` for columns of any kind."""
    columns = _read(indicator.inputs, inputs)
    pieces = _split(columns)
    if len(pieces) == 1:
        inputs = pieces[0] + (None,) * (len(indicator.inputs) - len(columns))
        result = indicator.batch(*inputs, *params, compat, nulls)
    else:
        result = indicator.pieces(pieces, params, compat)
    return columns[0].present(result, nulls)


def extend(stream: Any, inputs: Sequence[Any], nulls: bool) -> Any:
    """`Stream.extend` for columns of any kind."""
    columns = _read(stream.inputs, inputs)
    clock, time = stream._clock, None
    if clock is not None:
        time = columns[clock].joined()
        columns[clock] = replace(columns[clock], pieces=[stream._numbers(time)])
    return columns[0].present(stream._pieces(_split(columns), time), nulls)


def column(value: Any, name: str) -> Floats:
    """One column of any kind as a plain one."""
    return np.ascontiguousarray(read(value, name).joined())


def snapshot(value: Any) -> bytes:
    """The bytes of a snapshot."""
    try:
        return bytes(memoryview(value))
    except TypeError:
        refuse("snapshot", f"of type {type(value).__name__}", "bytes")


def _read(names: Sequence[str], inputs: Sequence[Any]) -> list[Read]:
    given = len(inputs)
    while given and inputs[given - 1] is None:
        given -= 1
    given = max(given, 1)
    pairs = list(zip_longest(names[:given], inputs[:given], fillvalue=""))
    columns = [read(value, name) for name, value in pairs]
    check_indexes((name, column) for (name, _), column in zip(pairs, columns, strict=True))
    return columns


def _split(columns: list[Read]) -> list[tuple[Floats, ...]]:
    """Cuts columns where any of them has a boundary, so that none has to be joined."""
    if all(len(column.pieces) == 1 for column in columns):
        return [tuple(column.pieces[0] for column in columns)]
    ends = [np.cumsum([len(piece) for piece in column.pieces]) for column in columns]
    if len({end[-1] for end in ends}) > 1:
        # The core has the words for columns that differ in length.
        return [tuple(column.joined() for column in columns)]
    cuts = np.unique(np.concatenate([[0], *ends])).tolist()
    both = list(zip(columns, ends, strict=True))
    return [tuple(_part(column, end, *cut) for column, end in both) for cut in pairwise(cuts)]


def _part(column: Read, ends: Any, start: int, stop: int) -> Floats:
    piece = int(np.searchsorted(ends, start, side="right"))
    before = int(ends[piece]) - len(column.pieces[piece])
    return column.pieces[piece][start - before : stop - before]
