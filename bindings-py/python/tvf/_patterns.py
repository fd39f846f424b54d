"""Patterns that were found: rows with points, parts of a score and targets of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from tvf import _core
from tvf._columns import Floats
from tvf._following import bar as _bar
from tvf._following import columns as _columns
from tvf._following import named
from tvf._table import Table
from tvf._types import Column, Frame, Moment
from tvf.errors import ParamError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = [
    "Condition",
    "Family",
    "Miss",
    "Misses",
    "Pattern",
    "PatternWatch",
    "Patterns",
    "Point",
    "families",
]

Row = TypeVar("Row")

NO_BAR = -1
"""How a missing bar is written in a column of integers."""


class Point(NamedTuple):
    """A point that a pattern is made of."""

    role: str
    """What it is in the pattern, such as `left shoulder`."""
    bar: int
    """The bar's position, from 0."""
    time: int | None
    """The bar's time: milliseconds since 1970 UTC; None without a column of times."""
    price: float
    """The price."""


class Condition(NamedTuple):
    """What a rule asks of a number."""

    name: str
    """The number's name."""
    measured: float
    """What it is."""
    low: float
    """The least that will do."""
    high: float
    """The most that will do."""

    @property
    def met(self) -> bool:
        """Whether the number is within its bounds."""
        return self.low <= self.measured <= self.high

    def __str__(self) -> str:
        if self.low == -np.inf:
            need = f"at most {self.high:.4g}"
        elif self.high == np.inf:
            need = f"at least {self.low:.4g}"
        else:
            need = f"{self.low:.4g} to {self.high:.4g}"
        return f"{self.name} {self.measured:.4g}, {'is within' if self.met else 'needs'} {need}"


class Pattern(NamedTuple):
    """A pattern."""

    name: str
    """Which one."""
    direction: int
    """+1 where price is expected to rise, −1 to fall, 0 where the market has not chosen."""
    detected: int
    """The bar at which all of its points were known."""
    confirmed: int | None
    """The bar that confirmed it; None as long as it forms."""
    score: float
    """How well it fits, 0 to 1."""
    invalidation: float
    """The price beyond which it has failed; NaN if there is none."""
    zone_low: float
    """The lower price of the zone where a turn is expected; NaN if there is none."""
    zone_high: float
    """The upper price of that zone."""
    points: tuple[Point, ...]
    """Its points, oldest first."""
    parts: dict[str, float]
    """What the score is the mean of."""
    targets: dict[str, float]
    """The prices it aims at, nearest first."""


class Miss(NamedTuple):
    """Points that came near a pattern, and why they are none."""

    name: str
    """The pattern they come nearest to."""
    direction: int
    """+1 where price would have been expected to rise, −1 to fall."""
    bar: int
    """The bar at which it was decided."""
    score: float
    """The share of the conditions that were met."""
    points: tuple[Point, ...]
    """The points."""
    conditions: tuple[Condition, ...]
    """Every condition, those that were met too."""


class _Nested(Sequence[Row], Generic[Row]):
    """A column whose cells are made when they are looked at: most tables are only counted or filtered."""

    def __init__(self, counts: Floats, cell: Callable[[slice], Row]) -> None:
        self._ends = np.concatenate([[0], np.cumsum(counts.astype(np.int64))])
        self._cell = cell

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, key: int) -> Row: ...
    @overload
    def __getitem__(self, key: slice) -> list[Row]: ...
    def __getitem__(self, key: int | slice) -> Row | list[Row]:
        if isinstance(key, slice):
            return [self[i] for i in range(*key.indices(len(self)))]
        place = range(len(self))[key]
        return self._cell(slice(int(self._ends[place]), int(self._ends[place + 1])))


@dataclass(frozen=True, eq=False, repr=False)
class _Found(Table[Row]):
    """What the tables of patterns and of misses have in common."""

    def _row_at(self, key: Any) -> Row:
        try:
            place = range(len(self))[key]
        except (TypeError, IndexError):
            return super()._row_at(key)
        cells = {
            name: column[place].item() if isinstance(column, np.ndarray) else column[place]
            for name, column in self.columns.items()
        }
        return self._row(**self._told(cells))

    def _told(self, cells: dict[str, Any]) -> dict[str, Any]:
        return cells

    def _records(self) -> Iterator[dict[str, Any]]:
        """The rows as nested dicts, as data frames want them."""
        for row in self:
            cells: dict[str, Any] = row._asdict()  # type: ignore[attr-defined]
            for name, cell in cells.items():
                if isinstance(cell, tuple):
                    cells[name] = [item._asdict() for item in cell]
                elif isinstance(cell, dict):
                    cells[name] = [{"name": key, "value": value} for key, value in cell.items()]
            yield cells

    def to_polars(self) -> pl.DataFrame:
        """The rows as a Polars frame: points, parts and targets are lists of structs, a point's time a UTC
        datetime without a zone."""
        import polars as pl

        named = pl.List(pl.Struct({"name": pl.String, "value": pl.Float64}))
        point: dict[str, Any] = {
            "role": pl.String,
            "bar": pl.Int64,
            "time": pl.Datetime("ms"),
            "price": pl.Float64,
        }
        condition: dict[str, Any] = {
            "name": pl.String,
            "measured": pl.Float64,
            "low": pl.Float64,
            "high": pl.Float64,
        }
        kinds: dict[str, Any] = {
            "name": pl.String,
            "direction": pl.Int8,
            "points": pl.List(pl.Struct(point)),
            "parts": named,
            "targets": named,
            "conditions": pl.List(pl.Struct(condition)),
        }
        kinds |= dict.fromkeys(("detected", "confirmed", "bar"), pl.Int64)
        schema = {name: kinds.get(name, pl.Float64) for name in self.columns}
        return pl.DataFrame(list(self._records()), schema=schema)

    def to_pandas(self) -> pd.DataFrame:
        """The rows as a pandas frame: points, parts and targets are lists of dicts."""
        import pandas as pd

        return pd.DataFrame(list(self._records()), columns=list(self.columns))

    def to_arrow(self) -> pa.Table:
        """The rows as an Arrow table: points, parts and targets are lists of structs."""
        return self.to_polars().to_arrow()


@dataclass(frozen=True, eq=False, repr=False)
class Patterns(_Found[Pattern]):
    """Patterns, column by column: those that are certain, or those that still form."""

    _row = Pattern

    name: NDArray[np.str_]
    """Which ones."""
    direction: NDArray[np.int8]
    """+1 where price is expected to rise, −1 to fall, 0 where the market has not chosen."""
    detected: NDArray[np.int64]
    """The bars at which all points were known."""
    confirmed: NDArray[np.int64]
    """The bars that confirmed them; −1 as long as they form."""
    score: Floats
    """How well they fit, 0 to 1."""
    invalidation: Floats
    """The prices beyond which they have failed; NaN where there is none."""
    zone_low: Floats
    """The lower prices of the zones where a turn is expected; NaN where there is none."""
    zone_high: Floats
    """The upper prices of those zones."""
    points: Sequence[tuple[Point, ...]]
    """Their points, oldest first."""
    parts: Sequence[dict[str, float]]
    """What the scores are the means of."""
    targets: Sequence[dict[str, float]]
    """The prices they aim at, nearest first."""

    def _told(self, cells: dict[str, Any]) -> dict[str, Any]:
        confirmed = cells["confirmed"]
        return cells | {"confirmed": None if confirmed == NO_BAR else confirmed}


@dataclass(frozen=True, eq=False, repr=False)
class Misses(_Found[Miss]):
    """Near misses, column by column."""

    _row = Miss

    name: NDArray[np.str_]
    """The patterns they come nearest to."""
    direction: NDArray[np.int8]
    """+1 where price would have been expected to rise, −1 to fall."""
    bar: NDArray[np.int64]
    """The bars at which it was decided."""
    score: Floats
    """The share of the conditions that were met."""
    points: Sequence[tuple[Point, ...]]
    """The points."""
    conditions: Sequence[tuple[Condition, ...]]
    """Every condition, those that were met too."""


@dataclass(frozen=True)
class Family:
    """A family of patterns: its definition."""

    id: str
    """Its name in code, such as `harmonic`."""
    title: str
    """Its name for people."""
    summary: str
    """What it tells a trader."""
    rules: tuple[str, ...]
    """How its patterns are found."""
    source: str
    """Who published it."""
    inputs: tuple[str, ...]
    """The columns it reads."""
    required: tuple[str, ...]
    """Those of them that a call must give."""
    shapes: Mapping[str, str]
    """The names of its patterns, and what each is."""
    roles: Mapping[str, str]
    """What points are called."""
    parts: Mapping[str, str]
    """What scores are made of."""
    targets: Mapping[str, str]
    """What targets are called."""
    conditions: Mapping[str, str]
    """What conditions of near misses are called."""


def _family(definition: dict[str, Any]) -> Family:
    words = ("shapes", "roles", "parts", "targets", "conditions")
    read: dict[str, Any] = {name: dict(definition[name]) for name in words}
    return Family(**{**definition, **read, "rules": tuple(definition["rules"])})


_FAMILIES = {definition["id"]: _family(definition) for definition in _core.families()}


def families() -> tuple[Family, ...]:
    """The definitions of all families of patterns."""
    return tuple(_FAMILIES.values())


class PatternWatch:
    """Follows a series and finds the patterns of a family bar by bar: what `tvf.harmonic` and the other
    functions find in whole columns.

        watch = tvf.PatternWatch("harmonic")
        watch.extend(high=high, low=low, close=close)  # what is known already
        watch.update(high=101.0, low=99.5, close=100.2)  # a closed bar

    Args:
        family: The family's name, such as `harmonic`.
        **params: Its parameters.
    """

    def __init__(self, family: str, **params: Any) -> None:
        self._watch = _core.Watch(named("family", family, _FAMILIES), params)
        self._family = _FAMILIES[family]

    def __repr__(self) -> str:
        return f"<PatternWatch: {self._family.id}, {self.bars} bars>"

    @property
    def family(self) -> Family:
        """The family."""
        return self._family

    @property
    def params(self) -> dict[str, Any]:
        """The parameters by name."""
        return self._watch.params

    @property
    def bars(self) -> int:
        """How many bars were taken."""
        return self._watch.bars

    def update(self, **bar: float | Moment | None) -> Patterns:
        """Takes a closed bar by the names of the family's columns (`high=.., low=..`), and gives the
        patterns that it makes certain."""
        return _patterns(self._family, self._watch.update(_bar(self._family, bar)))

    def peek(self, **bar: float | Moment | None) -> Patterns:
        """Tells the patterns that a bar would make certain as the next one, and keeps nothing of it."""
        return _patterns(self._family, self._watch.peek(_bar(self._family, bar)))

    def replace(self, **bar: float | Moment | None) -> Patterns:
        """Puts another bar in the place of the last one, as a forming bar changes, and gives the patterns
        that it makes certain; what the one before it had made certain is void."""
        return _patterns(self._family, self._watch.replace(_bar(self._family, bar)))

    def extend(self, **columns: Column | None) -> Patterns:
        """Takes any number of closed bars, column by column, and gives the patterns that they make
        certain."""
        plain, _ = _columns(self._family, columns)
        return _patterns(self._family, self._watch.extend(plain))

    def forming(self) -> Patterns:
        """The patterns that the last bar leaves unfinished: later bars may move them, or end them."""
        return _patterns(self._family, self._watch.forming())


def find(
    family: str, columns: Sequence[Any], params: dict[str, Any], forming: bool, misses: bool
) -> Patterns | Misses | Frame:
    """Finds the patterns of a family in whole columns."""
    definition = _FAMILIES[family]
    if forming and misses:
        bound = "one of forming and misses"
        raise ParamError(f"only {bound} can be asked for", "param_choice", "misses", "True", bound)
    watch = _core.Watch(family, params)
    plain, known = _columns(definition, dict(zip(definition.inputs, columns, strict=True)))
    first = next(iter(known.values()))
    if misses:
        return first.present(_misses(definition, watch.misses(plain)), False)
    found = watch.extend(plain)
    return first.present(_patterns(definition, watch.forming() if forming else found), False)


def _patterns(family: Family, columns: Sequence[Floats]) -> Patterns:
    shape, direction, detected, confirmed, score, invalidation, low, high, *nested = columns
    points, parts, targets, *cells = nested
    return Patterns(
        name=_words(family.shapes, shape),
        direction=direction.astype(np.int8),
        detected=detected.astype(np.int64),
        confirmed=np.where(np.isnan(confirmed), NO_BAR, confirmed).astype(np.int64),
        score=score,
        invalidation=invalidation,
        zone_low=low,
        zone_high=high,
        points=_points(family, points, cells[:4]),
        parts=_named(family.parts, parts, cells[4:6]),
        targets=_named(family.targets, targets, cells[8:]),
    )


def _misses(family: Family, columns: Sequence[Floats]) -> Misses:
    shape, direction, bar, _, score, _, _, _, points, conditions, _, *cells = columns
    names = list(family.conditions)
    name, measured, low, high = cells[4:8]

    def several(part: slice) -> tuple[Condition, ...]:
        rows = zip(
            name[part].tolist(), measured[part].tolist(), low[part].tolist(), high[part].tolist(), strict=True
        )
        return tuple(Condition(names[int(place)], *numbers) for place, *numbers in rows)

    return Misses(
        name=_words(family.shapes, shape),
        direction=direction.astype(np.int8),
        bar=bar.astype(np.int64),
        score=score,
        points=_points(family, points, cells[:4]),
        conditions=_Nested(conditions, several),
    )


def _words(words: Mapping[str, str], places: Floats) -> NDArray[np.str_]:
    return np.array([*words])[places.astype(np.int64)]


def _points(family: Family, counts: Floats, cells: Sequence[Floats]) -> _Nested[tuple[Point, ...]]:
    roles = list(family.roles)

    def several(part: slice) -> tuple[Point, ...]:
        rows = zip(*(column[part].tolist() for column in cells), strict=True)
        return tuple(
            Point(roles[int(role)], int(bar), None if time != time else int(time), price)
            for role, bar, time, price in rows
        )

    return _Nested(counts, several)


def _named(words: Mapping[str, str], counts: Floats, cells: Sequence[Floats]) -> _Nested[dict[str, float]]:
    names = list(words)

    def several(part: slice) -> dict[str, float]:
        rows = zip(*(column[part].tolist() for column in cells), strict=True)
        return {names[int(place)]: value for place, value in rows}

    return _Nested(counts, several)
