"""Holds the core's patterns against those of the plain Python version of a family."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Row = dict[str, Any]

QUOTES = Path(__file__).parents[2] / "parity_tests/data/skender/quotes/skender_default.csv"


def walk(bars: int, seed: int, tick: float = 0.0) -> dict[str, Floats]:
    """A random walk of highs, lows, closes and opens, rounded to a tick so that there are equal prices."""
    random = np.random.default_rng(seed)
    close = 100 * np.cumprod(1 + 0.02 * (random.random(bars) - 0.5))
    open_ = np.concatenate([[100.0], close[:-1]])
    reach = 0.005 * close * random.random((2, bars))
    high, low = np.maximum(open_, close) + reach[0], np.minimum(open_, close) - reach[1]
    columns = {"high": high, "low": low, "close": close, "open": open_}
    return {name: np.round(c / tick) * tick if tick else c for name, c in columns.items()}


def quotes() -> dict[str, Floats]:
    """The daily bars that the parity tests have."""
    table = np.genfromtxt(QUOTES, delimiter=",", names=True)
    return {name: np.ascontiguousarray(table[name]) for name in ("high", "low", "close", "open")}


def plain(found: Iterable[Any]) -> list[Row]:
    """The core's patterns as the rows of the plain versions, points without times."""
    rows = []
    for pattern in found:
        row = pattern._asdict()
        row["points"] = [(p.role, p.bar, p.price) for p in pattern.points]
        rows.append(row)
    return rows


def differences(ours: list[Row], theirs: list[Row]) -> list[str]:
    """What differs, row by row: words and bars at all, numbers by more than rounding."""

    def key(row: Row) -> tuple[Any, ...]:
        return row["confirmed"], row["name"], row["direction"], row["detected"]

    if len(ours) != len(theirs):
        return [f"{len(ours)} patterns and {len(theirs)}"]
    pairs = zip(sorted(ours, key=key), sorted(theirs, key=key), strict=True)
    return [
        f"{name} of {key(a)}: {a[name]} and {b[name]}"
        for a, b in pairs
        for name in b
        if not same(a[name], b[name])
    ]


def same(a: Any, b: Any) -> bool:
    """Whether two cells are equal, numbers up to rounding."""
    if isinstance(a, float) and isinstance(b, (float, int)):
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9) or (math.isnan(a) and math.isnan(b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[name], b[name]) for name in b)
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    return bool(a == b)
