"""Fibonacci levels: of swings that are given, or that are found in a series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tvf import _core
from tvf._columns import Floats, read, read_all, scalar
from tvf._table import NO_TIME, Table
from tvf._types import Column
from tvf.errors import InputTypeError, ParamError

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "Fibonacci",
    "FibonacciCluster",
    "FibonacciClusters",
    "FibonacciKind",
    "FibonacciLevel",
    "FibonacciPart",
    "FibonacciPoint",
    "FibonacciPoints",
    "fibonacci",
]

FibonacciKind: TypeAlias = Literal["retracement", "extension", "projection", "fan", "arcs", "time_zones"]
"""A way to draw levels."""

_KINDS = [name for name, *_ in _core.fibonacci_figures()]


class FibonacciLevel(NamedTuple):
    """A level. What its kind has no number for is NaN."""

    kind: str
    """Which figure it belongs to."""
    ratio: float
    """The ratio."""
    price: float
    """The price; of a fan's line and of an arc that at B's bar."""
    bar: float
    """The bar of a time zone; of an arc the bar at which it is at B's price again."""
    slope: float
    """How much a fan's line rises a bar, in prices, on a log scale in their logarithms."""
    from_bar: float
    """The bar of A."""
    from_price: float
    """The price of A."""
    to_bar: float
    """The bar of B."""
    to_price: float
    """The price of B."""
    then_bar: float
    """The bar of C, of a projection."""
    then_price: float
    """The price of C, of a projection."""


class FibonacciPoint(NamedTuple):
    """A point of a swing."""

    bar: float
    """The bar's position."""
    time: int | None
    """The bar's time: milliseconds since 1970 UTC; None where there is none."""
    price: float
    """The price."""


class FibonacciPart(NamedTuple):
    """A level of a cluster."""

    kind: str
    """Which figure it belongs to."""
    ratio: float
    """The ratio."""


class FibonacciCluster(NamedTuple):
    """Levels of several swings that are near each other."""

    low: float
    """The lowest of them."""
    high: float
    """The highest."""
    swings: int
    """How many swings they are of."""
    count: int  # type: ignore[assignment]
    """How many levels there are."""
    score: float
    """0 to 1: how many of the swings agree, and how closely."""
    parts: tuple[FibonacciPart, ...]
    """The levels, lowest first."""

    @property
    def ratios(self) -> tuple[float, ...]:
        """The ratios of the levels, lowest level first."""
        return tuple(part.ratio for part in self.parts)


@dataclass(frozen=True, eq=False, repr=False)
class FibonacciPoints(Table[FibonacciPoint]):
    """Points of swings, column by column."""

    _row = FibonacciPoint
    _times = ("time",)

    bar: Floats
    """Positions of bars."""
    time: NDArray[np.int64]
    """Times of bars: milliseconds since 1970 UTC."""
    price: Floats
    """Prices."""


@dataclass(frozen=True, eq=False, repr=False)
class FibonacciClusters(Table[FibonacciCluster]):
    """Prices where levels of several swings meet, column by column, lowest first."""

    _row = FibonacciCluster

    low: Floats
    """The lowest levels."""
    high: Floats
    """The highest levels."""
    swings: NDArray[np.int64]
    """How many swings they are of."""
    count: NDArray[np.int64]
    """How many levels there are."""
    score: Floats
    """0 to 1: how many of the swings agree, and how closely."""
    parts: NDArray[Any]
    """The levels, lowest first."""

    def _dated(self) -> dict[str, NDArray[Any]]:
        # Frames have lists of ratios, as their cells are plain.
        columns = {name: column for name, column in self.columns.items() if name != "parts"}
        return columns | {"ratios": _objects([[part.ratio for part in parts] for parts in self.parts])}

    def to_polars(self) -> pl.DataFrame:
        """The rows as a Polars frame, with a list of ratios in each."""
        import polars as pl

        columns = self._dated()
        ratios = pl.Series("ratios", columns.pop("ratios").tolist(), pl.List(pl.Float64))
        return pl.DataFrame([*(pl.Series(name, column) for name, column in columns.items()), ratios])


@dataclass(frozen=True, eq=False, repr=False)
class Fibonacci(Table[FibonacciLevel]):
    """Levels, column by column: kind by kind, swing by swing, in the order of the ratios. Beside them are
    the clusters and the points of the swings."""

    _row = FibonacciLevel

    kind: NDArray[np.str_]
    """Which figures they belong to."""
    ratio: Floats
    """The ratios."""
    price: Floats
    """The prices; of lines of a fan and of arcs those at B's bar."""
    bar: Floats
    """Bars of time zones; of arcs the bars at which they are at B's price again."""
    slope: Floats
    """How much lines of a fan rise a bar, in prices, on a log scale in their logarithms."""
    from_bar: Floats
    """Bars of A."""
    from_price: Floats
    """Prices of A."""
    to_bar: Floats
    """Bars of B."""
    to_price: Floats
    """Prices of B."""
    then_bar: Floats
    """Bars of C, of projections."""
    then_price: Floats
    """Prices of C, of projections."""
    clusters: FibonacciClusters
    """Prices where levels of several swings meet, lowest first."""
    points: FibonacciPoints
    """The points of the swings, oldest first."""

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, slice):
            rows = {name: column[key] for name, column in self.columns.items()}
            return type(self)(**rows, clusters=self.clusters, points=self.points)
        return super().__getitem__(key)


def fibonacci(
    high: Column | None = None,
    low: Column | None = None,
    close: Column | None = None,
    time: Column | None = None,
    *,
    kind: FibonacciKind | Sequence[FibonacciKind] = "retracement",
    points: Sequence[tuple[float, float]] | None = None,
    ratios: Sequence[float] | None = None,
    scale: Literal["linear", "log"] = "linear",
    swings: int = 1,
    pivots: Literal["atr", "percent", "bars"] = "atr",
    reversal: float = 2.0,
    tolerance: float = 0.5,
    unit: float = 0.0,
) -> Fibonacci:
    """Levels that share a swing in fixed ratios, and prices where levels of several swings meet.

        tvf.fibonacci(kind="retracement", points=[(10, 100.0), (42, 131.5)])
        tvf.fibonacci(high, low, close, kind=["retracement", "extension"], swings=6).clusters

    A swing goes from A to B; a projection also has C, the turn after B. Swings are those between the
    points given, or the last ones of the series. These count once both of their turns are certain, so no
    level moves afterwards; before two turns are certain there are no levels.

    Args:
        high: Highest prices of bars; needed without points.
        low: Lowest prices of bars; needed without points.
        close: Last prices, for the ranges that `pivots="atr"` needs; the middle of high and low if not
            given.
        time: Opening times of bars: milliseconds since 1970 UTC, or dates and times.
        kind: One or several of "retracement" (B − ratio · (B − A)), "extension" (A + ratio · (B − A)),
            "projection" (C + ratio · (B − A)), "fan" (lines from A through the retracements at B's bar),
            "arcs" (around B, a ratio of the swing's length away) and "time_zones" (A's bar + ratio · bars
            from A to B).
        points: The points of the swings as (bar, price), oldest first: every two in a row are one, every
            three for a projection. In the place of the columns.
        ratios: Ratios for all kinds, in the place of their own: 0, 0.236, 0.382, 0.5, 0.618, 0.786, 1
            (retracement); 1.272, 1.414, 1.618, 2, 2.618, 4.236 (extension); 0.618, 1, 1.272, 1.618, 2.618
            (projection); 0.382, 0.5, 0.618 (fan, arcs); 1, 2, 3, 5, 8 .. 89 (time_zones).
        scale: Whether ratios share prices or their logarithms.
        swings: How many of the last swings of the series are drawn (1 to 100).
        pivots: What makes a turn: "atr", price comes back by more than `reversal` average true ranges (of
            14 bars); "percent", by more than `reversal` percent; "bars", it is the extreme of `reversal`
            bars on both sides.
        reversal: How much that is, in the unit of `pivots`.
        tolerance: How far apart the levels of a cluster may be, in percent of the lowest.
        unit: How much price is drawn as wide as a bar, which gives arcs their shape; 0 draws each swing at
            45 degrees.

    Returns:
        The levels, with `clusters` and `points` beside them; frames of other libraries are made by their
        `to_polars`, `to_pandas` and `to_arrow`.

    Source:
        R. Fischer, Fibonacci Applications and Strategies for Traders, 1993; C. Boroden, Fibonacci Trading,
        2008.
    """
    params = {
        "scale": scale,
        "swings": swings,
        "pivots": pivots,
        "reversal": reversal,
        "tolerance": tolerance,
        "unit": unit,
    }
    columns = {"high": high, "low": low, "close": close, "time": time}
    given = [name for name, column in columns.items() if column is not None]
    if points is not None and given:
        bound = "columns or points, not both"
        why = f"fibonacci takes {bound}; there is {given[0]} beside points"
        raise InputTypeError(why, "input_count", given[0], "", bound)
    anchors = None if points is None else _anchors(points)
    plain = _plain(columns) if anchors is None else ()
    own = None if ratios is None else read(ratios, "ratios").joined().tolist()
    found = _core.fibonacci_levels(plain, anchors, _kinds(kind), own, params)
    return _tables(*found)


def _kinds(kind: Any) -> list[str]:
    kinds: list[Any] = [kind]
    if isinstance(kind, Sequence) and not isinstance(kind, str):
        kinds = list(kind)
    for name in kinds:
        if not isinstance(name, str):
            bound = ", ".join(_KINDS)
            raise ParamError("kind is no text and no list of texts", "param_type", "kind", "", bound)
    return kinds


def _anchors(points: Any) -> list[tuple[float, float, float]]:
    bound = "pairs of bar and price"
    try:
        pairs = [(bar, price) for bar, price in points]
    except (TypeError, ValueError):
        got = type(points).__name__
        raise InputTypeError(f"points are not {bound}", "input_type", "points", got, bound) from None
    return [(scalar(bar, "bar"), np.nan, scalar(price, "price")) for bar, price in pairs]


def _plain(columns: dict[str, Any]) -> tuple[Floats | None, ...]:
    for name in ("high", "low"):
        if columns[name] is None:
            bound = "high and low, or points"
            why = f"fibonacci needs {bound}; there is no {name}"
            raise InputTypeError(why, "input_count", name, "", bound)
    return read_all(columns)[0]


def _tables(
    points: list[Floats], levels: list[Floats], clusters: list[Floats], parts: list[Floats]
) -> Fibonacci:
    bar, time, price = points
    is_missing = np.isnan(time)
    times = np.where(is_missing, NO_TIME, np.where(is_missing, 0, time).astype(np.int64))
    low, high, swings, count, score = clusters
    ends = np.cumsum(count.astype(np.int64)).tolist()
    kinds, ratios = _names(parts[0]).tolist(), parts[1].tolist()
    rows = [FibonacciPart(*part) for part in zip(kinds, ratios, strict=True)]
    nested = [tuple(rows[a:b]) for a, b in zip([0, *ends], ends, strict=False)]
    kind, *numbers = levels
    names = FibonacciLevel._fields[1:]
    return Fibonacci(
        kind=_names(kind),
        **dict(zip(names, numbers, strict=True)),
        clusters=FibonacciClusters(
            low, high, swings.astype(np.int64), count.astype(np.int64), score, _objects(nested)
        ),
        points=FibonacciPoints(bar, times, price),
    )


def _names(places: Floats) -> NDArray[np.str_]:
    return np.array(_KINDS)[places.astype(np.int64)]


def _objects(values: Sequence[Any]) -> NDArray[Any]:
    column = np.empty(len(values), object)
    for place, value in enumerate(values):
        column[place] = value
    return column
