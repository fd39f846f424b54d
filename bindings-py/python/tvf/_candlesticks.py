# ruff: noqa: A002
"""Candlestick patterns: TA-Lib's sixty-one, with its signs and values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from tvf import _core
from tvf._candlestick_names import Candlestick
from tvf._columns import Floats, Read, check_indexes, number, read
from tvf._types import A, Column
from tvf.errors import InputValueError, ParamError

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "Candlestick",
    "CandlestickPattern",
    "Condition",
    "candlestick",
    "candlestick_patterns",
    "candlesticks",
    "explain_candlestick",
]

PRICES = ("open", "high", "low", "close")


class CandlestickPattern(NamedTuple):
    """The definition of a pattern."""

    id: str
    """Its name."""
    title: str
    """Its name in books."""
    summary: str
    """What it shows."""
    candles: int
    """Candles that the rule looks at."""
    lookback: int
    """Bars before the first one that can have a result."""
    kind: Literal["reversal", "continuation", "indecision"]
    """What it says about the move it follows."""
    values: tuple[int, ...]
    """The results it can give besides 0."""
    penetration: float | None
    """Its default, where the rule asks for one."""
    source: str
    """Who published it."""


class Condition(NamedTuple):
    """A condition of a pattern's rule, and how a bar meets it."""

    sign: int
    """Which result it is for: 100, -100, or 0 for both."""
    whole: bool
    """Whether it only tells a whole pattern from one at ±80."""
    branch: str
    """Empty if it must hold; else the alternative it belongs to: of 1a, 1b and so on one must hold."""
    text: str
    """What is demanded."""
    measured: float
    """What the bar has."""
    relation: Literal[">", ">=", "<", "<="]
    """How the two must compare."""
    needed: float
    """What it is compared with."""
    met: bool
    """Whether it is met."""
    sentence: str
    """The same in a sentence with its numbers."""


def candlestick(
    open: A,
    high: Column,
    low: Column,
    close: Column,
    pattern: Candlestick,
    *,
    penetration: float | None = None,
    partial: bool = True,
    trend: int | None = None,
) -> A:
    """Looks for a candlestick pattern: for each bar 100 where it is positive, -100 where it is negative,
    ±80 where two bodies share an end, ±200 where a hikkake is confirmed, and 0 elsewhere. The same
    integers as TA-Lib's. For reversals and continuations positive means bullish.

        tvf.candlestick(open, high, low, close, "engulfing")

    A bar with a missing price matches nothing, and behind it everything begins anew.

    Args:
        open: The first prices of the bars; the result is of the same kind, with 32-bit integers.
        high: The highest prices.
        low: The lowest prices.
        close: The last prices.
        pattern: The name of the pattern: see `candlestick_patterns`.
        penetration: How deep a candle must reach into another's body, as a share of it, in
            `abandonedbaby`, `darkcloudcover`, `mathold` and the stars; if not given, what each says.
        partial: Whether bodies that share an end with the other count in `engulfing`, `harami` and
            `haramicross`, at ±80. Without it only whole ones count.
        trend: Bars in the mean of the closes that tells the trend. With it a reversal counts only
            against the trend and a continuation only along it: the close of the bar before the
            pattern's first candle must be above the mean there in a rising market, below it in a
            falling one. Patterns of indecision count in any trend.
    """
    columns = _read(open, high, low, close)
    names, share, ends, bars = settings([pattern], penetration, partial, trend)
    (found,) = _core.candlesticks(names, *_joined(columns), share, ends, bars)
    return columns[0].wrap(found, pattern, False)  # type: ignore[arg-type]


def candlesticks(
    open: Column,
    high: Column,
    low: Column,
    close: Column,
    *,
    patterns: Iterable[Candlestick] | None = None,
    penetration: float | None = None,
    partial: bool = True,
    trend: int | None = None,
) -> pl.DataFrame:
    """Looks for many candlestick patterns in one call, which shares what they have in common.

        tvf.candlesticks(open, high, low, close, patterns=["engulfing", "morningstar"])

    Args:
        open: The first prices of the bars.
        high: The highest prices.
        low: The lowest prices.
        close: The last prices.
        patterns: The names to look for; all sixty-one if not given.
        penetration: As in `candlestick`.
        partial: As in `candlestick`.
        trend: As in `candlestick`.

    Returns:
        A Polars frame with a column of 32-bit integers for each pattern.
    """
    import polars as pl

    names, share, ends, bars = settings(patterns, penetration, partial, trend)
    prices = _joined(_read(open, high, low, close))
    found = _core.candlesticks(names, *prices, share, ends, bars)
    return pl.DataFrame(dict(zip(names, found, strict=True)))


def explain_candlestick(
    open: Column,
    high: Column,
    low: Column,
    close: Column,
    pattern: Candlestick,
    bar: int,
    *,
    penetration: float | None = None,
    partial: bool = True,
    trend: int | None = None,
) -> list[Condition]:
    """Tells why a pattern is at a bar or why it is not: every condition of its rule, with what the bar has
    and what it needs. Where the bar has too few bars before it, that is the only condition.

    Args:
        open: The first prices of the bars.
        high: The highest prices.
        low: The lowest prices.
        close: The last prices.
        pattern: The name of the pattern.
        bar: The number of the bar, from the end if negative.
        penetration: As in `candlestick`.
        partial: As in `candlestick`.
        trend: As in `candlestick`.
    """
    columns = _joined(_read(open, high, low, close))
    (name,), share, ends, bars_of_trend = settings([pattern], penetration, partial, trend)
    place = _whole("bar", bar)
    bars = len(columns[0])
    if not -bars <= place < bars:
        bound = f"from {-bars} to {bars - 1}"
        why = f"bar {place} is not among the {bars} bars"
        raise InputValueError(why, "input_range", "bar", str(place), bound)
    rows = _core.explain_candlestick(name, place % bars, *columns, share, ends, bars_of_trend)
    return [Condition(*row) for row in rows]


def candlestick_patterns() -> list[CandlestickPattern]:
    """All patterns, in the order of the documentation."""
    return [CandlestickPattern(**pattern) for pattern in _core.candlestick_patterns()]


def settings(
    patterns: Any, penetration: Any, partial: Any, trend: Any
) -> tuple[list[str], float | None, bool, int]:
    """Names and options as the core takes them; anything else is refused."""
    names = list(get_args(Candlestick)) if patterns is None else _names(patterns)
    share = None if penetration is None else _number("penetration", penetration)
    if not isinstance(partial, bool):
        got, bound = type(partial).__name__, "True or False"
        raise ParamError(f"partial is of type {got}, not {bound}", "param_type", "partial", got, bound)
    bars = 0
    if trend is not None:
        bars = _whole("trend", trend)
        if bars < 1:
            why = f"trend {bars} is below 1 bar"
            raise ParamError(why, "param_range", "trend", str(bars), "at least 1")
    return names, share, partial, min(bars, 2**62)


def plain(*prices: Any) -> tuple[tuple[Floats, Floats, Floats, Floats], Read]:
    """Prices of any kind as plain columns, and how the first was read."""
    columns = _read(*prices)
    return _joined(columns), columns[0]


def present(column: Read, found: dict[str, Any]) -> dict[str, Any]:
    """Results as the kind that a column was."""
    return {name: column.wrap(array, name, False) for name, array in found.items()}


def _names(patterns: Any) -> list[str]:
    # A text would be read letter by letter.
    if isinstance(patterns, str) or not isinstance(patterns, Iterable):
        got, bound = type(patterns).__name__, 'names such as ["engulfing", "doji"]'
        raise ParamError(f"patterns is of type {got}, not {bound}", "param_type", "patterns", got, bound)
    names = list(patterns)
    for name in names:
        if not isinstance(name, str):
            got, bound = type(name).__name__, "the name of a pattern"
            raise ParamError(f"pattern is of type {got}, not {bound}", "param_type", "pattern", got, bound)
    for name in names:
        if names.count(name) > 1:
            why, bound = f"pattern {name} is given twice", "names that differ"
            raise ParamError(why, "param_choice", "patterns", name, bound)
    return names


def _number(name: str, value: Any) -> float:
    found = number(value)
    if found is None:
        got, bound = type(value).__name__, "a number"
        raise ParamError(f"{name} is of type {got}, not {bound}", "param_type", name, got, bound)
    return found


def _whole(name: str, value: Any) -> int:
    found = _number(name, value)
    if found != found // 1 or abs(found) == float("inf"):
        bound = "a whole number"
        raise ParamError(f"{name} {value!r} is not {bound}", "param_type", name, str(value), bound)
    return int(found)


def _read(*prices: Any) -> list[Read]:
    columns = [read(value, name) for name, value in zip(PRICES, prices, strict=True)]
    check_indexes(zip(PRICES, columns, strict=True))
    return columns


def _joined(columns: list[Read]) -> tuple[Floats, Floats, Floats, Floats]:
    first, highest, lowest, last = (column.joined() for column in columns)
    return first, highest, lowest, last
