"""`tvf.evaluate`: what a strategy was worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn, overload

import numpy as np

from tvf import _core
from tvf._bars import _source
from tvf._columns import Floats, Read, check_indexes, number, read, refuse
from tvf._frames import INDEX, kind_of
from tvf._types import Column, Frame
from tvf.errors import InputTypeError, ParamError
from tvf.evaluation import (
    ForecastEvaluation,
    ProbabilitiesEvaluation,
    ReturnsEvaluation,
    TradesEvaluation,
)

BESIDE = {"returns": "benchmark", "trades": None, "probabilities": "outcomes", "actual": "predicted"}
"""What can be evaluated, and what is given beside it."""

CLASSES = ("buy", "sell", "hold")
"""The names of probabilities in frames, in the order of their classes."""

PROFITS = ("profit", "pnl", "profits")
RETURNS = ("return", "returns")
ENTRIES = ("entry", "entry_time", "entry_bar")
EXITS = ("exit", "exit_time", "exit_bar")


@overload
def evaluate(
    returns: Column,
    benchmark: Column | float | None = None,
    *,
    periods: float = 252,
    risk_free: Column | float = 0.0,
    required_return: Column | float = 0.0,
    confidence: float = 0.95,
    target_sharpe: float = 0.0,
    trials: int = 1,
    trials_deviation: float | None = None,
) -> ReturnsEvaluation: ...
@overload
def evaluate(*, trades: Frame) -> TradesEvaluation: ...
@overload
def evaluate(*, probabilities: Any, outcomes: Column) -> ProbabilitiesEvaluation: ...
@overload
def evaluate(*, actual: Column, predicted: Column) -> ForecastEvaluation: ...
def evaluate(
    returns: Column | None = None,
    benchmark: Column | float | None = None,
    *,
    trades: Frame | None = None,
    probabilities: Any = None,
    outcomes: Column | None = None,
    actual: Column | None = None,
    predicted: Column | None = None,
    periods: float = 252,
    risk_free: Column | float = 0.0,
    required_return: Column | float = 0.0,
    confidence: float = 0.95,
    target_sharpe: float = 0.0,
    trials: int = 1,
    trials_deviation: float | None = None,
) -> ReturnsEvaluation | TradesEvaluation | ProbabilitiesEvaluation | ForecastEvaluation:
    """What a strategy was worth, from one of four things: its returns, its trades, the probabilities
    that it gave, or its forecasts.

        tvf.evaluate(returns, benchmark, periods=252).sharpe

    Args:
        returns: Simple returns, one per period: 0.01 is one percent. One below −1 loses more than all.
        benchmark: The returns of a benchmark in the same periods; without it what depends on it is NaN.
        trades: Closed trades in the order of their exits (another order is refused), as a frame or a dict
            of columns: profit (or pnl), and if there are any return, entry and exit (bars or moments).
        probabilities: A row per bar and a column per class, rows 1 together: an array, rows, or a frame.
            Columns called buy, sell and hold are taken in that order.
        outcomes: The class that came, by the number of its column from 0.
        actual: Numbers that came.
        predicted: What had been predicted for them.
        periods: How many periods a year has: 252 days, 52 weeks, 12 months.
        risk_free: The risk-free return of a period, or one for each.
        required_return: The return of a period below which it falls short, or one for each.
        confidence: That of VaR and CVaR, between 0 and 1.
        target_sharpe: The yearly Sharpe ratio that the probabilistic one is held against.
        trials: How many strategies were tried before this one was chosen, for the deflated Sharpe ratio.
        trials_deviation: The standard deviation of their yearly Sharpe ratios.

    Returns:
        The metrics as attributes and as a mapping, each described at its class in `tvf.evaluation`.

    Notes:
        - A missing value (None, NaN or infinite) is passed over, with what stands beside it.
        - What is not defined is NaN; nothing at all gives NaN, and counts of 0.
        - A benchmark, risk-free and required return may be one number for all periods.
    """
    given = {"returns": returns, "trades": trades, "probabilities": probabilities, "actual": actual}
    beside = {"benchmark": benchmark, "outcomes": outcomes, "predicted": predicted}
    kind = _kind(given, beside)
    if kind == "trades":
        return _trades(trades)
    if kind == "probabilities":
        classes = _classes(probabilities)
        return ProbabilitiesEvaluation(*_core.evaluate_probabilities(classes, _plain("outcomes", outcomes)))
    if kind == "actual":
        pair = _together({"actual": actual, "predicted": predicted})
        return ForecastEvaluation(*_core.evaluate_forecast(*pair))
    rates: dict[str, Any] = {"risk_free": risk_free, "required_return": required_return}
    for name, rate in rates.items():
        if rate is None:
            refuse(name, "None", "a number or a column of numbers")
    rates = {"benchmark": benchmark, **rates}
    own, other, free, required = _together({"returns": returns, **rates})
    settings = {
        "periods": periods,
        "confidence": confidence,
        "target_sharpe": target_sharpe,
        "trials": trials,
        "trials_deviation": np.nan if trials_deviation is None else trials_deviation,
    }
    numbers: Any = tuple(_numeric(name, value) for name, value in settings.items())
    benchmarked = None if benchmark is None else other
    return ReturnsEvaluation(*_core.evaluate_returns(own, benchmarked, free, required, numbers))


def _kind(given: dict[str, Any], beside: dict[str, Any]) -> str:
    """The one thing that is to be evaluated."""
    kinds = [name for name, value in given.items() if value is not None]
    bound = "one of returns, trades, probabilities and actual"
    if len(kinds) != 1:
        got = " and ".join(kinds) or "none"
        _miscounted(f"evaluate takes {bound}, and was given {got}", "evaluate", got, bound)
    kind = kinds[0]
    wanted = BESIDE[kind]
    for name, value in beside.items():
        if value is not None and name != wanted:
            _miscounted(f"{name} does not belong to {kind}", name, "given", f"nothing beside {kind}")
    if wanted in ("outcomes", "predicted") and beside[wanted] is None:
        _miscounted(f"{wanted} is missing beside {kind}", wanted, "", f"a column beside {kind}")
    return kind


def _miscounted(why: str, name: str, value: str, bound: str) -> NoReturn:
    raise InputTypeError(why, "input_count", name, value, bound)


def _numeric(name: str, value: Any) -> float:
    found = number(value)
    if found is None:
        got = type(value).__name__
        raise ParamError(f"{name} is of type {got}, not a number", "param_type", name, got, "a number")
    return found


def _plain(name: str, column: Any) -> Floats:
    return read(column, name).joined()


def _together(columns: dict[str, Any]) -> list[Floats]:
    """Columns of the same periods; a number stands for all of them, and what is not there for none."""
    found: list[Floats] = []
    labelled: list[tuple[str, Read]] = []
    for name, column in columns.items():
        alone = np.nan if column is None else number(column)
        if alone is not None:
            found.append(np.array([alone]))
            continue
        labelled.append((name, read(column, name)))
        found.append(labelled[-1][1].joined())
    check_indexes(labelled)
    return found


def _trades(frame: Any) -> TradesEvaluation:
    source = _source(frame)
    keys = [source.find(names[0], names) for names in (PROFITS, RETURNS, ENTRIES, EXITS)]
    if keys[0] is None:
        source.lacks("profit")
    named = zip(("profit", "return", "entry", "exit"), keys, strict=True)
    columns: list[Any] = [None if key is None else _plain(name, source.get(key)) for name, key in named]
    return TradesEvaluation(*_core.evaluate_trades(*columns))


def _classes(probabilities: Any) -> list[Floats]:
    """A column per class."""
    if isinstance(probabilities, Mapping) or kind_of(
        probabilities, polars=True, lazy=True, pandas=True, arrow=True
    ):
        source = _source(probabilities)
        named = [source.find(name) for name in CLASSES]
        every = [key for key in source.labels() if key is not INDEX]
        keys = every if None in named else named
        return [_plain("probabilities", source.get(key)) for key in keys]
    try:
        rows = np.asarray(probabilities, np.float64)
    except (TypeError, ValueError):
        rows = None
    if rows is None or rows.ndim != 2:
        refuse("probabilities", f"of type {type(probabilities).__name__}", "rows of numbers (two dimensions)")
    return [np.ascontiguousarray(column) for column in rows.T]
