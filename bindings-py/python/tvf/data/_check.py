"""What is wrong with bars, and mending it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

import polars as pl

from tvf.data._schema import SCHEMA, F, Unit, conform
from tvf.errors import InputValueError, ParamError

Kind: TypeAlias = Literal[
    "missing_time", "unsorted", "duplicate", "infinite", "high_below_low", "negative_volume"
]
"""What may be wrong with a bar."""


class Fault(NamedTuple):
    """Something that is wrong, and where it is for the first time."""

    kind: Kind
    """What."""
    column: str
    """The column."""
    rows: int
    """How many rows have it."""
    row: int
    """The first of them."""
    symbol: str | None
    """Its symbol, where there is such a column."""
    time: Any
    """Its time."""
    value: str
    """What stands there."""
    bound: str
    """What would have been right."""

    @property
    def text(self) -> str:
        """A sentence for people."""
        whose = "" if self.symbol is None else f" of {self.symbol}"
        when = "" if self.time is None else f" (time {self.time})"
        more = f"; {self.rows - 1:,} more rows are like that" if self.rows > 1 else ""
        return f"{self.column} of row {self.row}{when}{whose} is {self.value}; it must be {self.bound}{more}"


REPAIRS: dict[str, tuple[str, ...]] = {
    "missing_time": ("drop",),
    "unsorted": ("sort",),
    "duplicate": ("last", "first"),
    "infinite": ("drop", "null"),
    "high_below_low": ("drop", "swap"),
    "negative_volume": ("null", "zero", "drop"),
}
"""What can be done about each fault; the first is the usual one."""


def _by_symbol(expression: pl.Expr, symbol: bool) -> pl.Expr:
    return expression.over("symbol") if symbol else expression


def _infinite() -> pl.Expr:
    return pl.any_horizontal(pl.col(name).is_infinite().fill_null(value=False) for name in list(SCHEMA)[1:])


def _high_below_low() -> pl.Expr:
    # Polars counts NaN as the greatest of all.
    known = pl.col("high").is_not_nan() & pl.col("low").is_not_nan()
    return ((pl.col("high") < pl.col("low")) & known).fill_null(value=False)


def _negative_volume() -> pl.Expr:
    return (pl.col("volume") < 0).fill_null(value=False)


def _back(symbol: bool) -> pl.Expr:
    """Whether a row lies before an earlier one."""
    before = _by_symbol(pl.col("time").cum_max().shift(1), symbol)
    return (pl.col("time") < before).fill_null(value=False)


def _again(symbol: bool) -> pl.Expr:
    """Whether an earlier row has the same time."""
    keys = [pl.col("symbol"), pl.col("time")] if symbol else [pl.col("time")]
    return ~pl.struct(keys).is_first_distinct() & pl.col("time").is_not_null()


class _Rule(NamedTuple):
    column: str
    wrong: Callable[[bool], pl.Expr]
    bound: str


RULES: dict[Kind, _Rule] = {
    "missing_time": _Rule("time", lambda _: pl.col("time").is_null(), "a moment"),
    "unsorted": _Rule("time", _back, "after that of the row before"),
    "duplicate": _Rule("time", _again, "another than that of an earlier row"),
    "infinite": _Rule("close", lambda _: _infinite(), "finite, or null where there is none"),
    "high_below_low": _Rule("high", lambda _: _high_below_low(), "at least the low"),
    "negative_volume": _Rule("volume", lambda _: _negative_volume(), "0 or more"),
}


def faults(frame: pl.DataFrame | pl.LazyFrame) -> list[Fault]:
    """All that is wrong with bars, each with how many rows have it and the first of them; a lazy frame is
    collected. Bars of a frame that is not of the schema are brought to it first, see `conform`."""
    return _found(conform(frame.lazy()).collect())


def _found(frame: pl.DataFrame) -> list[Fault]:
    symbol = "symbol" in frame.columns
    marks = frame.select(rule.wrong(symbol).alias(kind) for kind, rule in RULES.items())
    found = []
    for kind, rule in RULES.items():
        rows = int(marks[kind].sum())
        if rows:
            row = int(marks[kind].arg_max() or 0)
            found.append(_fault(frame, kind, rule, rows, row))
    return found


def _fault(frame: pl.DataFrame, kind: Kind, rule: _Rule, rows: int, row: int) -> Fault:
    cells = frame.row(row, named=True)
    column, bound = rule.column, rule.bound
    if kind == "infinite":
        column = next(name for name in list(SCHEMA)[1:] if cells[name] in (float("inf"), float("-inf")))
    if kind == "high_below_low":
        bound = f"at least the low, {cells['low']:g}"
    value = cells[column]
    shown = "missing" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    return Fault(kind, column, rows, row, cells.get("symbol"), cells["time"], shown, bound)


def check(
    frame: F,
    *,
    repair: Literal["usual"] | Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    unit: Unit = "ms",
) -> F:
    """Bars as the schema has them, with nothing wrong: what is, is an error, or mended if you say how.

    A lazy frame stays lazy: missing columns and wrong types are told at once, everything else when it is
    collected.

    Args:
        frame: A frame of Polars, which is brought to the schema first; see `conform`. With a column
            `symbol`, order and repetitions are judged symbol by symbol.
        repair: What to do about each fault, see `REPAIRS`: `{"unsorted": "sort", "duplicate": "last"}`;
            what is not named stays an error. "usual" does the first that `REPAIRS` has for each.
            `faults(frame)` tells what there is to mend.
        columns: Names that are not found by themselves.
        unit: What numbers in the column of times count.

    Raises:
        InputTypeError: A column is missing or of a wrong type.
        InputValueError: A row is wrong; with its number, time and value.
    """
    policies = _policies(repair)
    plain = conform(frame, columns=columns, unit=unit)
    if isinstance(plain, pl.LazyFrame):
        schema = plain.collect_schema()
        # The rows must be whole: order is a matter of all of them.
        return plain.map_batches(lambda rows: _checked(rows, policies), schema=schema, streamable=False)
    return _checked(plain, policies)


def _policies(repair: Any) -> dict[str, str]:
    if repair is None:
        return {}
    if repair == "usual":
        return {kind: choices[0] for kind, choices in REPAIRS.items()}
    if not isinstance(repair, Mapping):
        bound = '"usual", or a dict such as {"unsorted": "sort"}'
        raise ParamError(f"repair is {repair!r}, not {bound}", "param_type", "repair", str(repair), bound)
    for kind, choice in repair.items():
        if kind not in REPAIRS:
            bound = ", ".join(REPAIRS)
            why = f"repair knows no fault {kind!r}; it knows {bound}"
            raise ParamError(why, "unknown_param", "repair", str(kind), bound)
        if choice not in REPAIRS[kind]:
            bound = " or ".join(f'"{known}"' for known in REPAIRS[kind])
            why = f"repair of {kind} is {choice!r}, not {bound}"
            raise ParamError(why, "param_choice", "repair", str(choice), bound)
    return dict(repair)


def _checked(frame: pl.DataFrame, policies: dict[str, str]) -> pl.DataFrame:
    mended = _mend(frame, policies) if policies else frame
    wrong = _found(mended)
    if wrong:
        first = wrong[0]
        code = "time_order" if first.kind in ("unsorted", "duplicate") else "input_range"
        raise InputValueError(first.text, code, first.column, first.value, first.bound)
    return mended


def _mend(frame: pl.DataFrame, policies: dict[str, str]) -> pl.DataFrame:
    symbol = "symbol" in frame.columns
    if policies.get("missing_time"):
        frame = frame.filter(pl.col("time").is_not_null())
    if (infinite := policies.get("infinite")) == "drop":
        frame = frame.filter(~_infinite())
    elif infinite == "null":
        finite = [
            pl.when(pl.col(name).is_infinite()).then(None).otherwise(pl.col(name)).alias(name)
            for name in list(SCHEMA)[1:]
        ]
        frame = frame.with_columns(finite)
    if (crossed := policies.get("high_below_low")) == "drop":
        frame = frame.filter(~_high_below_low())
    elif crossed == "swap":
        ends = [
            pl.when(_high_below_low()).then(pl.col(b)).otherwise(pl.col(a)).alias(a)
            for a, b in (("high", "low"), ("low", "high"))
        ]
        frame = frame.with_columns(ends)
    if (volume := policies.get("negative_volume")) == "drop":
        frame = frame.filter(~_negative_volume())
    elif volume:
        instead = 0.0 if volume == "zero" else None
        frame = frame.with_columns(
            pl.when(_negative_volume()).then(instead).otherwise(pl.col("volume")).alias("volume")
        )
    keys = ["symbol", "time"] if symbol else ["time"]
    if policies.get("unsorted"):
        # Of rows of one time the order stays, so that it is known which came last.
        frame = frame.sort(keys, maintain_order=True)
    if keep := policies.get("duplicate"):
        frame = frame.unique(keys, keep="last" if keep == "last" else "first", maintain_order=True)
    return frame
