"""Chart transforms: other bars made of bars or ticks, by price or by activity rather than by time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from inspect import signature
from typing import Any, ClassVar, Literal, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from tvf import _core
from tvf._bars import Bars, columns_or_frame, resample
from tvf._columns import Floats, check_indexes, read
from tvf._following import bar as _bar
from tvf._following import columns as _columns
from tvf._following import named
from tvf._table import NO_TIME, Table
from tvf._types import Column, Frame, Moment
from tvf.errors import InputTypeError, ParamError

__all__ = [
    "KagiRow",
    "KagiRows",
    "PointAndFigureRow",
    "PointAndFigureRows",
    "Transform",
    "TransformKind",
    "TransformRow",
    "TransformRows",
    "transform",
    "transforms",
]


class TransformRow(NamedTuple):
    """A brick, line or bar that a transform made."""

    index: int  # type: ignore[assignment]
    """The bar that closed it."""
    start: int
    """The first bar that it is made of."""
    time: int | None
    """The time of the bar that closed it: milliseconds since 1970 UTC; None without a column of times."""
    open: float
    """Where it begins."""
    high: float
    """Its highest price."""
    low: float
    """Its lowest price."""
    close: float
    """Where it ends."""
    volume: float
    """What was traded meanwhile; NaN where no volume was given."""
    direction: int
    """+1 if it rises, −1 if it falls."""


class KagiRow(NamedTuple):
    """A leg of a Kagi line."""

    index: int  # type: ignore[assignment]
    """The bar that closed it: the first of the next leg."""
    start: int
    """The first bar that it is made of."""
    time: int | None
    """The time of the bar that closed it: milliseconds since 1970 UTC; None without a column of times."""
    open: float
    """Where it begins."""
    high: float
    """Its highest price."""
    low: float
    """Its lowest price."""
    close: float
    """Where it ends."""
    volume: float
    """What was traded meanwhile; NaN where no volume was given."""
    direction: int
    """+1 if it rises, −1 if it falls."""
    line: int
    """How the line is where the leg ends: +1 thick (yang), −1 thin (yin)."""
    turned: float
    """The price in the leg at which the line became so; NaN if it was so before."""


class PointAndFigureRow(NamedTuple):
    """A column of a point and figure chart."""

    index: int  # type: ignore[assignment]
    """The bar that closed it: the first of the next column."""
    start: int
    """The first bar that it is made of."""
    time: int | None
    """The time of the bar that closed it: milliseconds since 1970 UTC; None without a column of times."""
    open: float
    """Its first box."""
    high: float
    """Its highest box."""
    low: float
    """Its lowest box."""
    close: float
    """Its last box."""
    volume: float
    """What was traded meanwhile; NaN where no volume was given."""
    direction: int
    """+1 for X, −1 for O."""
    boxes: int
    """How many boxes it has."""


@dataclass(frozen=True, eq=False, repr=False)
class TransformRows(Table[Any]):
    """Bricks, lines or bars that a transform made, column by column."""

    _row: ClassVar[Any] = TransformRow
    _times = ("time",)

    index: NDArray[np.int64]
    """The bars that closed them."""
    start: NDArray[np.int64]
    """The first bars that they are made of."""
    time: NDArray[np.int64]
    """The times of the bars that closed them: milliseconds since 1970 UTC."""
    open: Floats
    """Where they begin."""
    high: Floats
    """Their highest prices."""
    low: Floats
    """Their lowest prices."""
    close: Floats
    """Where they end."""
    volume: Floats
    """What was traded meanwhile; NaN where no volume was given."""
    direction: NDArray[np.int8]
    """+1 where they rise, −1 where they fall."""


@dataclass(frozen=True, eq=False, repr=False)
class KagiRows(TransformRows):
    """Legs of a Kagi line, column by column."""

    _row = KagiRow

    line: NDArray[np.int8]
    """How the line is where the legs end: +1 thick (yang), −1 thin (yin)."""
    turned: Floats
    """The prices in the legs at which the line became so; NaN where it was so before."""


@dataclass(frozen=True, eq=False, repr=False)
class PointAndFigureRows(TransformRows):
    """Columns of a point and figure chart, column by column."""

    _row = PointAndFigureRow

    boxes: NDArray[np.int64]
    """How many boxes they have."""


_TABLES: dict[str, type[TransformRows]] = {"kagi": KagiRows, "point_and_figure": PointAndFigureRows}
_WHOLE = {
    "index": np.int64,
    "start": np.int64,
    "direction": np.int8,
    "line": np.int8,
    "boxes": np.int64,
}


@dataclass(frozen=True)
class TransformKind:
    """A kind of chart transform: its definition."""

    id: str
    """Its name in code, such as `renko`."""
    title: str
    """Its name for people."""
    summary: str
    """What it shows a trader."""
    rules: tuple[str, ...]
    """How its rows are made."""
    source: str
    """Who published it."""
    inputs: tuple[str, ...]
    """The columns it reads."""
    required: tuple[str, ...]
    """Those of them that a call must give."""
    params: Mapping[str, str]
    """Its parameters, and what each does."""
    columns: Mapping[str, str]
    """The columns of its rows, and what each is."""


_KINDS = {definition["id"]: TransformKind(**definition) for definition in _core.transforms()}


def transforms() -> tuple[TransformKind, ...]:
    """The definitions of all kinds of chart transforms; `resample` is described in `tvf.resample`."""
    return tuple(_KINDS.values())


class Transform:
    """Follows a series and transforms it bar by bar: what `tvf.transform` makes of whole columns.

        renko = tvf.Transform("renko", brick=2.0)
        bricks = renko.update(close=101.5)

    Args:
        kind: The kind's name, such as `renko`.
        **params: Its parameters.
    """

    def __init__(self, kind: str, **params: Any) -> None:
        self._series = _core.Transform(named("kind", kind, [*_KINDS, "resample"]), params)
        self._kind = _KINDS[kind]

    def __repr__(self) -> str:
        return f"<Transform: {self._kind.id}, {self.bars} bars>"

    @property
    def kind(self) -> TransformKind:
        """The kind."""
        return self._kind

    @property
    def params(self) -> dict[str, Any]:
        """The parameters by name."""
        return self._series.params

    @property
    def bars(self) -> int:
        """How many bars were taken."""
        return self._series.bars

    def update(self, **bar: float | Moment | None) -> TransformRows:
        """Takes a closed bar by names (`high=.., low=.., close=..`), or a tick (`close=.., volume=..`),
        and gives the rows that it closes."""
        return _rows(self._kind, self._series.update(_bar(self._kind, bar)))

    def peek(self, **bar: float | Moment | None) -> TransformRows:
        """Tells the rows that a bar would close as the next one, and keeps nothing of it."""
        return _rows(self._kind, self._series.peek(_bar(self._kind, bar)))

    def replace(self, **bar: float | Moment | None) -> TransformRows:
        """Puts another bar in the place of the last one, as a forming bar changes, and gives the rows
        that it closes; those that the one before it had closed are void."""
        return _rows(self._kind, self._series.replace(_bar(self._kind, bar)))

    def extend(self, **columns: Column | None) -> TransformRows:
        """Takes any number of closed bars, column by column, and gives the rows that they close."""
        plain, _ = _columns(self._kind, columns)
        return _rows(self._kind, self._series.extend(plain))

    def forming(self) -> TransformRows:
        """The row that the last bar leaves unfinished, if the kind has one: later bars may change it."""
        return _rows(self._kind, self._series.forming())


@overload
def transform(
    kind: Literal["kagi"],
    open: Any = None,
    high: Column | None = None,
    low: Column | None = None,
    close: Column | None = None,
    volume: Column | None = None,
    time: Column | None = None,
    *,
    forming: bool = False,
    **params: Any,
) -> KagiRows | Frame: ...
@overload
def transform(
    kind: Literal["point_and_figure"],
    open: Any = None,
    high: Column | None = None,
    low: Column | None = None,
    close: Column | None = None,
    volume: Column | None = None,
    time: Column | None = None,
    *,
    forming: bool = False,
    **params: Any,
) -> PointAndFigureRows | Frame: ...
@overload
def transform(
    kind: Literal["resample"],
    open: Any = None,
    high: Column | None = None,
    low: Column | None = None,
    close: Column | None = None,
    volume: Column | None = None,
    time: Column | None = None,
    *,
    forming: bool = False,
    **params: Any,
) -> Bars | Frame: ...
@overload
def transform(
    kind: str,
    open: Any = None,
    high: Column | None = None,
    low: Column | None = None,
    close: Column | None = None,
    volume: Column | None = None,
    time: Column | None = None,
    *,
    forming: bool = False,
    **params: Any,
) -> TransformRows | Frame: ...
def transform(
    kind: str,
    open: Any = None,  # noqa: A002
    high: Column | None = None,
    low: Column | None = None,
    close: Column | None = None,
    volume: Column | None = None,
    time: Column | None = None,
    *,
    forming: bool = False,
    **params: Any,
) -> TransformRows | Bars | Frame:
    """Other bars made of bars or ticks, by price or by activity rather than by time.

        tvf.transform("renko", close=close, time=time, brick=2.0)
        tvf.transform("kagi", frame, reversal=4.0, unit="percent")

    A row is told at the bar that closes it and never changes afterwards.

    Args:
        kind: "heikin_ashi", "renko", "kagi", "point_and_figure", "line_break", "range_bars",
            "tick_bars", "volume_bars", "dollar_bars", or "resample", which takes what `tvf.resample`
            does.
        open: First prices of bars, or a frame with all columns by name: a dict, a named tuple, or a
            Polars, pandas or Arrow frame.
        high: Highest prices.
        low: Lowest prices.
        close: Last prices. Where open, high and low are left out bars are ticks: these are their prices.
        volume: What was traded; the sizes of ticks.
        time: Opening times of bars: milliseconds since 1970 UTC, or dates and times.
        forming: Whether to give the row that the last bar leaves unfinished, in the place of those that
            have closed.
        **params: Parameters of the kind: `brick`, `unit`, `period`, `method`, `wicks`, `begin` (renko);
            `reversal`, `unit`, `period`, `method` (kagi); `box`, `reversal`, `method`
            (point_and_figure); `lines` (line_break); `size` (range, tick, volume and dollar bars);
            `timeframe` and the options of `tvf.resample` (resample).

    Returns:
        The rows as columns: index (the bar that closed it), start (the first bar that it is made of),
        time, open, high, low, close, volume, direction, for kagi line and turned, for point_and_figure
        boxes; for resample the bars. A data frame for Polars, pandas and Arrow inputs.

    Raises:
        tvf.ParamError: For an unknown parameter or one out of its bounds, and for a step that is so
            small beside a gap of prices that there are a million more rows than bars.
    """
    rest = {"high": high, "low": low, "close": close, "volume": volume, "time": time}
    columns = columns_or_frame(open, rest)
    if kind == "resample":
        return _resampled(columns, forming, params)
    series = _core.Transform(named("kind", kind, [*_KINDS, "resample"]), params)
    definition = _KINDS[kind]
    plain, known = _columns(definition, {name: columns.get(name) for name in definition.inputs})
    found = series.extend(plain)
    return known["close"].present(_rows(definition, series.forming() if forming else found), False)


def _rows(kind: TransformKind, columns: list[Floats]) -> TransformRows:
    named = dict(zip(kind.columns, columns, strict=True))
    cells: dict[str, NDArray[Any]] = {
        name: column.astype(_WHOLE[name]) if name in _WHOLE else column for name, column in named.items()
    }
    time = named["time"]
    is_missing = np.isnan(time)
    cells["time"] = np.where(is_missing, NO_TIME, np.where(is_missing, 0, time).astype(np.int64))
    return _TABLES.get(kind.id, TransformRows)(**cells)


def _resampled(columns: dict[str, Any], forming: bool, params: dict[str, Any]) -> Any:
    known = list(signature(resample).parameters)[1:]
    for name in params:
        if name not in known:
            bound = ", ".join(known)
            raise ParamError(
                f'resample has no parameter "{name}"; it has {bound}', "unknown_param", name, "", bound
            )
    if "timeframe" not in params:
        why = 'resample needs a timeframe, such as "1h"'
        raise ParamError(why, "param_type", "timeframe", "", "a count with a unit")
    given = {name: read(column, name) for name, column in columns.items() if column is not None}
    for name in ("close", "time"):
        if name not in given:
            why = f"resample needs close and time; there is no {name}"
            raise InputTypeError(why, "input_count", name, "", "close, time")
    check_indexes(given.items())
    plain = {name: column.joined() for name, column in given.items()}
    builder = _core.BarBuilder(**{"late": "error", **params})
    if plain.keys() & {"open", "high", "low"}:
        prices = [plain.get(name, plain["close"]) for name in ("open", "high", "low", "close")]
        opening, high, low, close = prices
        closed = builder.bars(plain["time"], opening, high, low, close, plain.get("volume"))
    else:
        closed = builder.ticks(plain["time"], plain["close"], plain.get("volume"))
    return given["close"].present(builder.close() if forming else closed, False)
