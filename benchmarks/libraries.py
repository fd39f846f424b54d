"""The libraries that are compared, the bars they get, and whether they compute the same."""

from __future__ import annotations

import importlib
import importlib.metadata
import sys
from pathlib import Path
from typing import Any

import numpy as np
from cases import LIBRARIES, Batch

sys.path.insert(0, str(Path(__file__).parents[1]))
from tvf_harness.datasets import random_walk

TOLERANCE = 1e-9
"""Of the largest value compared."""
DISTRIBUTIONS = {
    "tvf": "tvf",
    "talib": "TA-Lib",
    "kand": "kand",
    "vector_ta": "vector-ta",
    "tulipy": "tulipy",
    "polars_talib": "polars-talib",
}
FRAMED = "polars_talib"
"""The library whose calls read a frame instead of arrays."""


def load() -> tuple[dict[str, Any], dict[str, str]]:
    """The libraries that are there, and why the others are not."""
    found, skipped = {}, {}
    for name in LIBRARIES:
        try:
            found[name] = importlib.import_module(name)
        except ImportError as error:
            skipped[name] = str(error)
    if "tvf" in skipped:
        sys.exit(f"error: the wheel is not installed ({skipped['tvf']}); to mend it: make wheel")
    if "talib" in found:
        importlib.import_module("talib.stream")
    return found, skipped


def versions(names: Any) -> dict[str, str]:
    found = {name: importlib.metadata.version(DISTRIBUTIONS[name]) for name in names}
    if FRAMED in found:
        found["polars"] = importlib.metadata.version("polars")
    return found


def columns(bars: int) -> dict[str, np.ndarray]:
    return {name: column for name, column in random_walk(bars).columns.items() if name != "time"}


def space(libraries: dict[str, Any], data: dict[str, np.ndarray]) -> dict[str, Any]:
    """What the code of a case sees: libraries, columns, and those as a dict and as a frame of Polars."""
    names = {**libraries, **data, "frame": data}
    if FRAMED in libraries:
        polars = importlib.import_module("polars")
        names |= {"pl": polars, "table": polars.DataFrame(data)}
    return names


def as_columns(result: Any, bars: int) -> list[np.ndarray]:
    """All outputs as columns as long as the bars: tulipy leaves the warm-up out, polars-talib has a frame."""
    if hasattr(result, "get_columns"):
        while any(dtype.is_nested() for dtype in result.dtypes):
            result = result.unnest(*(n for n, dtype in result.schema.items() if dtype.is_nested()))
        result = tuple(column.to_numpy() for column in result.get_columns())
    found = result if isinstance(result, tuple) else (result,)
    return [np.concatenate([np.full(bars - len(column), np.nan), column]) for column in found]


def distance(ours: np.ndarray, theirs: np.ndarray) -> float:
    """The largest difference as a share of the largest value; infinite if different bars have values."""
    if not np.array_equal(np.isnan(ours), np.isnan(theirs)):
        return float("inf")
    if np.isnan(ours).all():
        return 0.0
    return float(np.nanmax(np.abs(ours - theirs)) / np.nanmax(np.abs(ours)))


def assert_equal(case: Batch, library: str, names: dict[str, Any], bars: int) -> None:
    """Stops the run if the values are not those expected."""
    ours = as_columns(eval(case.own(library), names), bars)[: case.outputs]
    theirs = as_columns(eval(case.code(library), names), bars)
    begin = case.settled.get(library, 0)
    pairs = zip(ours, (theirs[i] for i in case.order.get(library, range(len(ours)))), strict=True)
    far = max(distance(a[begin:], b[begin:]) for a, b in pairs)
    if far > case.drift.get(library, TOLERANCE):
        sys.exit(
            f"error: {case.id}, {bars} bars: {library} and tvf are apart by {far:.1e}: no time is believed"
        )
