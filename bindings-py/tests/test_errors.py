"""What is refused, with which class, code and words."""

import pickle

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import tvf
from bars import bars, columns, function

X = np.arange(30.0) + 100


def refused(call, kind, code, words):
    with pytest.raises(kind) as caught:
        call()
    error = caught.value
    assert isinstance(error, tvf.Error)
    assert error.code == code
    assert words in str(error)
    return error


@pytest.mark.parametrize(
    ("period", "code", "words"),
    [
        (0, "param_range", "period 0 is below 1"),
        (-3, "param_range", "period -3 is below 1"),
        (14.5, "param_type", "period 14.5 is not a whole number"),
        (1_000_001, "param_range", "period 1000001 is above 1000000"),
        (10**400, "param_range", "period infinity is not finite"),
        (-(10**400), "param_range", "period -infinity is not finite"),
        (float("nan"), "param_range", "period NaN is not finite"),
        (float("inf"), "param_range", "period infinity is not finite"),
        (True, "param_type", "period True is not a number"),
        (np.True_, "param_type", "is not a number"),
        (None, "param_type", "period None is not a number"),
        ("14", "param_type", 'period "14" is not a number'),
        ([14], "param_type", "period [14] is not a number"),
        (np.array([14]), "param_type", "period array([14]) is not a number"),
        (14j, "param_type", "period 14j is not a number"),
    ],
)
def test_periods(period, code, words):
    calls = [
        lambda: tvf.rsi(X, period),
        lambda: tvf.Stream("rsi", period=period),
        lambda: tvf.stream.Rsi(period),
        lambda: tvf.compute({"close": X}, [("rsi", {"period": period})]),
        lambda: tvf.warmup("rsi", period=period),
        lambda: tvf.rsi(X.tolist(), period),
    ]
    for call in calls:
        error = refused(call, ValueError, code, words)
        assert isinstance(error, tvf.ParamError)
        assert error.name == "period"
        assert error.bound


def test_each_parameter_is_checked(entry):
    for param in entry.params:
        for call in (
            lambda p=param: tvf.Stream(entry.id, **{p.name: "nonsense"}),
            lambda p=param: function(entry)(*[X] * len(entry.inputs), **{p.name: object()}),
        ):
            with pytest.raises((tvf.ParamError, tvf.InputError)) as caught:
                call()
            assert caught.value.name == param.name


def test_unknown_names():
    refused(
        lambda: tvf.Stream("nope"),
        LookupError,
        "unknown_indicator",
        'unknown indicator "nope"; there are sma',
    )
    refused(lambda: tvf.Stream("rsi", length=3), ValueError, "unknown_param", 'rsi has no parameter "length"')
    refused(
        lambda: tvf.Stream("rsi", compat="excel"), ValueError, "unknown_profile", 'compat "excel" is none of'
    )
    refused(lambda: tvf.rsi(X, compat=3), ValueError, "unknown_profile", 'compat "3" is none of')
    for value, kind in ((5, "int"), (None, "NoneType"), (X, "ndarray")):
        words = f"id is of type {kind}, not the name of an indicator"
        error = refused(lambda v=value: tvf.Stream(v), ValueError, "param_type", words)
        assert (error.name, error.value) == ("id", kind)
    refused(lambda: tvf.warmup("nope"), LookupError, "unknown_indicator", "nope")
    refused(lambda: tvf.warmup(5), LookupError, "unknown_indicator", 'unknown indicator "5"')
    with pytest.raises(TypeError, match="length"):
        tvf.rsi(X, length=3)
    with pytest.raises(TypeError):
        tvf.rsi()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("abc", "of type str"),
        (b"abc", "of type bytes"),
        (3.0, "of type float"),
        (np.float64(3), "of type numpy.float64"),
        ({1.0: 2.0}, "of type dict"),
        ({1.0}, "of type set"),
        (object(), "of type object"),
        (X > 0, "an array of bool"),
        (X.astype(complex), "an array of complex128"),
        (X.astype(object), "an array of object"),
        (X.astype(str), "an array of <U"),
        (X.astype(bytes), "an array of |S"),
        (X.astype("m8[s]"), "an array of timedelta64"),
        (X.astype("M8[s]"), "an array of datetime64"),
        (X.reshape(5, 6), "an array of 2 dimensions"),
        (np.array(3.0), "an array of 0 dimensions"),
        ([1.0, "a"], "not a column of numbers"),
        ([1.0, object()], "of type object"),
        ([[1.0], [2.0]], "an array of 2 dimensions"),
        ([[1.0], [2.0, 3.0]], "of type list"),
        ([True, False], "an array of bool"),
        (pl.Series(["a"]), "a Series of String"),
        (pl.Series([True]), "a Series of Boolean"),
        (pl.DataFrame({"a": [1.0]}), "of type polars.DataFrame"),
        (pl.col("a"), "of type polars.Expr"),
        (pd.Series(["a"]), "a Series of str"),
        (pd.Series([True]), "an array of bool"),
        (pd.Series([True], dtype="boolean"), "a Series of boolean"),
        (pd.Series([1.0, None], dtype=object), "an array of object"),
        (pd.DataFrame({"a": [1.0]}), "of type pandas.DataFrame"),
        (pa.array(["a"]), "an array of string"),
        (pa.array([True]), "an array of bool"),
        (pa.table({"a": [1.0]}), "of type pyarrow.Table"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else None,
)
def test_what_is_no_column(value, words):
    for call in (
        lambda: tvf.rsi(value),
        lambda: tvf.Stream("rsi").extend(value),
        lambda: tvf.compute({"close": value}, ["rsi"]),
    ):
        error = refused(call, TypeError, "input_type", words)
        assert isinstance(error, tvf.InputError)
        assert error.name in ("source", "close")
    error = refused(lambda: tvf.atr(X, value, X), TypeError, "input_type", words)
    assert error.name == "low"
    assert str(error).startswith("input low is ")


def test_none_is_no_column():
    refused(lambda: tvf.rsi(None), TypeError, "input_count", "rsi needs the inputs source")
    refused(lambda: tvf.atr(X, None, X), TypeError, "input_type", "input low is of type NoneType")
    refused(
        lambda: tvf.vwap(X, X, X, X),
        TypeError,
        "input_count",
        'vwap with anchor "session" needs the input time',
    )


def test_lengths(entry):
    if len(entry.inputs) == 1:
        return
    data = bars(40)
    for i in range(len(entry.inputs)):
        given = columns(entry, data)
        given[i] = given[i][:-3]
        forms = (
            given,
            [c.tolist() for c in given],
            [pl.Series(c) for c in given],
            [pa.chunked_array([c[:9], c[9:]]) for c in given],
        )
        for form in forms:
            error = refused(lambda f=form: function(entry)(*f), ValueError, "input_length", "bars but")
            assert isinstance(error, tvf.InputError)


def test_times_must_be_milliseconds():
    data = bars(30)
    given = [data[n] for n in ("high", "low", "close", "volume")]
    for factor, unit in ((1e-3, "seconds"), (1e3, "microseconds"), (1e6, "nanoseconds")):
        refused(
            lambda f=factor: tvf.vwap(*given, data["time"] * f), ValueError, "time_unit", f"looks like {unit}"
        )
    refused(
        lambda: tvf.vwap(*given, ["2024-01-01"] * 30),
        TypeError,
        "input_type",
        "input time is an array of <U10",
    )


def test_bars():
    stream = tvf.Stream("atr")
    refused(
        lambda: stream.update(1, 2),
        TypeError,
        "input_count",
        "atr needs the inputs high, low, close but got 2",
    )
    refused(lambda: stream.update(1, 2, 3, 4), TypeError, "input_count", "takes 3 inputs")
    refused(lambda: stream.update(*range(50)), TypeError, "input_count", "takes 3 inputs")
    refused(
        lambda: stream.update(high=1, low=2),
        TypeError,
        "input_count",
        "atr needs the inputs high, low, close",
    )
    refused(lambda: stream.update(1, close=2), TypeError, "input_count", "low is missing")
    refused(lambda: stream.update(1, 2, 3, low=2), TypeError, "input_count", "given twice")
    refused(lambda: stream.update(1, 2, 3, volume=2), TypeError, "input_count", "unknown")
    words = f'input low is "{"a" * 40}", not a number'
    refused(lambda: stream.update(1, "a" * 50, 2), TypeError, "input_type", words)
    refused(
        lambda: tvf.Stream("rsi").update("a"), TypeError, "input_type", 'input source is "a", not a number'
    )
    for value in (True, [1.0], 1j, object(), b"1", np.array([1.0])):
        refused(lambda v=value: stream.update(1, v, 2), TypeError, "input_type", "input low is of type")
    refused(
        lambda: stream.replace(1, 2, 3), RuntimeError, "nothing_to_replace", "atr has no bar to replace yet"
    )
    assert stream.bars == 0


@pytest.mark.parametrize("wide", [X, X.tolist(), np.arange(10.0), pl.Series(X), pd.Series(X)])
def test_a_column_too_many_is_not_written_out(wide):
    calls = [
        lambda: tvf.volume_profile(X, X, X, X, wide),
        lambda: tvf.rsi(X, compat=wide),
        lambda: tvf.compute({"close": X}, [("rsi", wide)]),
    ]
    for call in calls:
        with pytest.raises(tvf.Error) as caught:
            call()
        assert len(str(caught.value)) < 200
        assert "\n" not in str(caught.value)
    kind = type(wide).__name__
    if len(wide) > 40:
        error = refused(calls[0], ValueError, "param_type", f"bins of type {kind} is not a number")
        assert error.value == f"of type {kind}"


def test_times_do_not_go_back():
    time = np.array([1.7e12, 1.7e12 + 120_000, 1.7e12 + 60_000])
    why = "time goes back at bar 2: 1700000060000 after 1700000120000"
    x = [1.0, 2.0, 3.0]
    live = tvf.Stream("vwap")
    live.extend(x[:2], x[:2], x[:2], x[:2], time[:2])
    zoned = tvf.Stream("vwap", zone="America/New_York")
    calls = [
        lambda: tvf.vwap(x, x, x, x, time),
        lambda: tvf.vwap(x, x, x, x, time, zone="America/New_York"),
        lambda: tvf.sma_cross(x, time.astype("datetime64[ms]")),
        lambda: tvf.compute({"close": x, "time": time}, ["sma_cross"]),
        lambda: live.update(1, 1, 1, 1, time[2]),
        lambda: live.peek(1, 1, 1, 1, time[2]),
        lambda: live.extend([1], [1], [1], [1], time[2:]),
        lambda: tvf.Stream.restore(live.snapshot()).update(1, 1, 1, 1, time[2]),
        lambda: zoned.extend(x, x, x, x, time),
    ]
    for call in calls:
        error = refused(call, ValueError, "time_order", why)
        assert (error.name, error.value, error.bound) == ("time", "1700000060000", "1700000120000 or later")
    assert (live.bars, zoned.bars) == (2, 0)
    live.replace(1, 1, 1, 1, time[2])
    live.update(1, 1, 1, 1, np.nan)
    live.update(1, 1, 1, 1, time[2])
    assert live.bars == 4


def test_errors_can_be_pickled():
    for call in (lambda: tvf.rsi(X, 0), lambda: tvf.rsi("a"), lambda: tvf.Stream("nope")):
        with pytest.raises(tvf.Error) as caught:
            call()
        copy = pickle.loads(pickle.dumps(caught.value))
        assert type(copy) is type(caught.value)
        assert (str(copy), copy.code, copy.name, copy.value, copy.bound) == (
            str(caught.value),
            caught.value.code,
            caught.value.name,
            caught.value.value,
            caught.value.bound,
        )


def test_one_tree():
    classes = [c for c in vars(tvf.errors).values() if isinstance(c, type) and issubclass(c, Exception)]
    assert len(classes) >= 8
    assert all(issubclass(c, tvf.Error) for c in classes)
    assert all(getattr(tvf, c.__name__) is c for c in classes)
