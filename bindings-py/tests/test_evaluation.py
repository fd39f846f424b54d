"""What evaluations look like from Python: their shape, the kinds of input, and what is refused."""

import datetime as dt
import math

import numpy as np
import pytest
import tvf

RETURNS = [0.02, -0.01, None, 0.03, -0.02, 0.01]
TRADES = {"profit": [10.0, -4.0, 6.0], "entry": [0, 5, 6], "exit": [4, 7, 10], "return": [0.1, -0.04, 0.06]}
ROWS = [[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.2, 0.2, 0.6]]


def same(one, other):
    np.testing.assert_array_equal(list(one.values()), list(other.values()))


def test_metrics_are_attributes_and_items():
    found = tvf.evaluate(returns=RETURNS)
    assert isinstance(found, tvf.evaluation.ReturnsEvaluation)
    assert found.total_return == pytest.approx(1.02 * 0.99 * 1.03 * 0.98 * 1.01 - 1)
    assert found["sharpe"] == found.sharpe == found.to_dict()["sharpe"]
    assert list(found)[:3] == ["total_return", "annual_return", "cagr"]
    assert len(found) == len(found.to_dict()) == 40
    assert math.isnan(found.beta)
    assert repr(found).startswith("<ReturnsEvaluation\n  total_return ")
    with pytest.raises(AttributeError):
        found.sharpe = 1.0
    with pytest.raises(KeyError):
        found["to_dict"]


def test_kinds_of_columns():
    expected = tvf.evaluate(np.array(RETURNS, float), [0.01] * 6, risk_free=np.full(6, 0.001))
    for library in ("polars", "pandas"):
        module = pytest.importorskip(library)
        own = module.Series(RETURNS, dtype=module.Float64) if library == "polars" else module.Series(RETURNS)
        same(tvf.evaluate(own, 0.01, risk_free=0.001), expected)
    pyarrow = pytest.importorskip("pyarrow")
    same(tvf.evaluate(pyarrow.chunked_array([RETURNS[:2], RETURNS[2:]]), 0.01, risk_free=0.001), expected)


@pytest.mark.parametrize("library", [None, "polars", "pandas", "pyarrow"])
def test_frames_of_trades(library):
    frame = TRADES
    if library is not None:
        module = pytest.importorskip(library)
        frame = module.table(TRADES) if library == "pyarrow" else module.DataFrame(TRADES)
    found = tvf.evaluate(trades=frame)
    assert (found.trades, found.net_profit, found.win_rate) == (3, 12, pytest.approx(2 / 3))
    assert (found.exposure, found.average_duration) == (0.9, pytest.approx(10 / 3))
    assert found.total_return == pytest.approx(1.1 * 0.96 * 1.06 - 1)


def test_trades_may_be_told_by_moments():
    moments = [dt.datetime(2024, 1, day, tzinfo=dt.UTC) for day in (1, 2, 3)]
    found = tvf.evaluate(trades={"PnL": [1, 2], "Entry_Time": moments[:2], "exit_time": moments[1:]})
    assert found.average_duration == 86_400_000
    assert found.exposure == 1


def test_probabilities_of_any_kind():
    expected = tvf.evaluate(probabilities=ROWS, outcomes=[0, 1, 2])
    assert expected.accuracy == 1
    assert expected.confidence == pytest.approx((0.7 * 0.8 * 0.6) ** (1 / 3))
    same(tvf.evaluate(probabilities=np.array(ROWS), outcomes=np.array([0, 1, 2])), expected)
    buy, sell, hold = zip(*ROWS, strict=True)
    for library in (None, "polars", "pandas"):
        frame = {"hold": list(hold), "buy": list(buy), "sell": list(sell)}
        frame = frame if library is None else pytest.importorskip(library).DataFrame(frame)
        same(tvf.evaluate(probabilities=frame, outcomes=[0, 1, 2]), expected)


def test_forecasts():
    found = tvf.evaluate(actual=[1, 2, None], predicted=[2, 0, 5])
    assert (found.mae, found.bias) == (1.5, -0.5)
    assert found.rmse == pytest.approx(2.5**0.5)


def test_other_indexes_are_refused():
    pandas = pytest.importorskip("pandas")
    own, market = pandas.Series([0.1, 0.2]), pandas.Series([0.1, 0.2], [5, 6])
    with pytest.raises(tvf.InputValueError, match="returns and benchmark have different indexes"):
        tvf.evaluate(own, market)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({}, tvf.InputTypeError, "evaluate takes one of .*, and was given none"),
        ({"returns": [], "trades": {}}, tvf.InputTypeError, "given returns and trades"),
        ({"trades": TRADES, "benchmark": [1]}, tvf.InputTypeError, "benchmark does not belong to trades"),
        ({"actual": [1]}, tvf.InputTypeError, "predicted is missing beside actual"),
        ({"trades": {"x": [1]}}, tvf.UnknownNameError, 'no column "profit"; there are x'),
        ({"trades": [1]}, tvf.InputTypeError, "frame is of type list"),
        ({"returns": "abc"}, tvf.InputTypeError, "input returns is of type str"),
        (
            {"returns": [1, 2, 3], "benchmark": [1, 2]},
            tvf.InputValueError,
            "benchmark has 2 bars but returns has 3",
        ),
        ({"returns": [1], "periods": 0}, tvf.ParamError, "periods 0 is not above 0"),
        ({"returns": [1], "periods": "day"}, tvf.ParamError, "periods is of type str, not a number"),
        ({"returns": [1], "confidence": 1}, tvf.ParamError, "confidence 1 is not between 0 and 1"),
        ({"returns": [1], "trials": 0}, tvf.ParamError, "trials 0 is below 1"),
        ({"probabilities": [1, 2], "outcomes": [1]}, tvf.InputTypeError, "probabilities is of type list"),
        (
            {"probabilities": ROWS, "outcomes": [0, 1, 3]},
            tvf.InputValueError,
            "outcome 3 of row 2 is no class",
        ),
        ({"trades": {**TRADES, "exit": [4, 4, 10]}}, tvf.InputValueError, "exit 4 of trade 1 is before"),
        (
            {"trades": {"profit": [1, 2], "exit": [5, 4]}},
            tvf.InputValueError,
            "exit 4 of trade 1 is before that of an earlier one, 5",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        tvf.evaluate(**arguments)
