"""Candlestick patterns: kinds of columns, sets, streams, explanations and refusals."""

import copy
import pickle
from typing import get_args

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import tvf
from bars import bars

NAMES = get_args(tvf.Candlestick)
PRICES = ("open", "high", "low", "close")


def prices(n=3000, seed=7):
    """Bars in whole ticks, by which many patterns come about."""
    data = bars(n, seed)
    return [np.round(data[name] * 4) / 4 for name in PRICES]


def test_engulfing_as_in_the_book():
    columns = (10.0, 9, 7.5, 7), [10.5, 9, 9.5, 12], [8.5, 7.5, 7, 6], [9.0, 8, 9, 11]
    assert tvf.candlestick(*columns, "engulfing") == (0, 0, 80, 0)
    assert tvf.candlestick(*columns, pattern="engulfing", partial=False) == (0, 0, 0, 0)


def test_a_result_is_of_the_kind_of_the_input():
    columns = prices(200)
    found = tvf.candlestick(*columns, "doji")
    assert found.dtype == np.int32
    assert np.count_nonzero(found) > 5
    series = tvf.candlestick(*(pl.Series(name, c) for name, c in zip(PRICES, columns, strict=True)), "doji")
    assert series.dtype == pl.Int32
    assert series.name == "doji"
    assert series.to_list() == found.tolist()
    index = pd.RangeIndex(5, 205)
    of_pandas = tvf.candlestick(*(pd.Series(c, index=index) for c in columns), "doji")
    assert of_pandas.dtype == np.int32
    assert of_pandas.index.equals(index)
    assert of_pandas.tolist() == found.tolist()
    arrow = tvf.candlestick(*map(pa.array, columns), "doji")
    assert arrow.type == pa.int32()
    assert tvf.candlestick(*(c.tolist() for c in columns), "doji") == found.tolist()


def test_all_at_once_are_each_alone():
    columns = prices()
    frame = tvf.candlesticks(*columns)
    assert isinstance(frame, pl.DataFrame)
    assert frame.columns == list(NAMES)
    assert len(NAMES) == 61
    assert set(frame.dtypes) == {pl.Int32}
    for name in NAMES:
        assert frame[name].to_list() == tvf.candlestick(*columns, name).tolist()
    some = tvf.candlesticks(*columns, patterns=["doji", "2crows"], trend=10)
    assert some.columns == ["doji", "2crows"]
    assert tvf.candlesticks([], [], [], []).height == 0


def test_a_gap_begins_anew():
    columns = prices(300)
    columns[1][100] = np.nan
    whole = tvf.candlesticks(*columns)
    assert whole.row(100) == (0,) * 61
    assert whole[101:].equals(tvf.candlesticks(*(c[101:] for c in columns)))


def test_bar_by_bar_is_the_whole_series():
    columns = prices(400)
    whole = tvf.candlesticks(*columns, trend=20, penetration=0.2)
    detector = tvf.Candlesticks(trend=20, penetration=0.2)
    first = detector.extend(*(c[:150] for c in columns))
    assert all(first[name].tolist() == whole[name][:150].to_list() for name in NAMES)
    for i in range(150, 400):
        bar = [float(c[i]) for c in columns]
        assert detector.peek(*bar) == whole.row(i, named=True)
        detector.update(1.0, 2.0, 0.5, 1.5)
        assert detector.replace(*bar) == whole.row(i, named=True)
        if i % 60 == 0:
            detector = pickle.loads(pickle.dumps(detector))
            detector = copy.copy(tvf.Candlesticks.restore(detector.snapshot()))
    assert detector.bars == 400
    assert detector.patterns == NAMES
    assert repr(detector) == "<tvf.Candlesticks of 61 patterns, bars=400>"


def test_a_miss_says_why():
    columns = prices(100)
    for name in NAMES:
        found = tvf.explain_candlestick(*columns, name, -1)
        assert found == tvf.explain_candlestick(*columns, name, 99)
        assert all(isinstance(condition, tvf.Condition) for condition in found)
        met = all(c.met for c in found if c.sign == 0 and not c.branch)
        assert met or tvf.candlestick(*columns, name)[-1] == 0
    early = tvf.explain_candlestick(*columns, "doji", 3)
    assert [(c.measured, c.needed, c.met) for c in early] == [(3, 10, False)]


def test_the_definitions():
    found = {pattern.id: pattern for pattern in tvf.candlestick_patterns()}
    assert tuple(found) == NAMES
    assert found["engulfing"]._asdict()["values"] == (-100, -80, 80, 100)
    assert found["hikkake"]._asdict()["values"] == (-200, -100, 100, 200)
    assert found["mathold"].penetration == 0.5
    assert found["morningstar"].kind == "reversal"


@pytest.mark.parametrize(
    ("change", "code", "error"),
    [
        ({"pattern": "engulfin"}, "unknown_pattern", tvf.UnknownNameError),
        ({"pattern": 3}, "param_type", tvf.ParamError),
        ({"penetration": -0.1}, "param_range", tvf.ParamError),
        ({"penetration": float("nan")}, "param_range", tvf.ParamError),
        ({"penetration": "deep"}, "param_type", tvf.ParamError),
        ({"partial": 1}, "param_type", tvf.ParamError),
        ({"trend": 0}, "param_range", tvf.ParamError),
        ({"trend": 10**9}, "param_range", tvf.ParamError),
        ({"trend": 1.5}, "param_type", tvf.ParamError),
        ({"low": [1.0]}, "input_length", tvf.InputValueError),
        ({"high": "abc"}, "input_type", tvf.InputTypeError),
    ],
)
def test_what_is_wrong_is_said(change, code, error):
    call = dict(zip(PRICES, prices(20), strict=True)) | {"pattern": "doji"}
    with pytest.raises(error) as caught:
        tvf.candlestick(**(call | change))
    assert caught.value.code == code


def test_nearest_names_are_told():
    with pytest.raises(tvf.UnknownNameError, match="nearest names are engulfing"):
        tvf.candlestick([1.0], [1.0], [1.0], [1.0], "engulfin")  # type: ignore[call-overload]


def test_other_slips():
    columns = prices(20)
    with pytest.raises(tvf.ParamError, match="patterns is of type str"):
        tvf.candlesticks(*columns, patterns="doji")
    with pytest.raises(tvf.ParamError, match="given twice"):
        tvf.candlesticks(*columns, patterns=["doji", "doji"])
    with pytest.raises(tvf.InputValueError, match="bar 20 is not among the 20 bars"):
        tvf.explain_candlestick(*columns, "doji", 20)
    for verb in ("update", "peek", "replace"):
        with pytest.raises(tvf.InputTypeError, match='input low is "x", not a number'):
            getattr(tvf.Candlesticks(["doji"]), verb)(1, 2, "x", 1)
    with pytest.raises(tvf.StateError):
        tvf.Candlesticks(["doji"]).replace(1, 2, 0, 1)
    with pytest.raises(tvf.SnapshotError):
        tvf.Candlesticks.restore(b"TVFC")
    series = [pd.Series(c) for c in columns]
    series[2].index += 1
    with pytest.raises(tvf.InputValueError, match="different indexes"):
        tvf.candlestick(*series, "doji")
