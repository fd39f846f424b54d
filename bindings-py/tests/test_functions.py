"""The functions: every kind of column, and the same bits from all of them."""

import array
import datetime as dt
import inspect
from collections import deque
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import tvf
from bars import START, arrays, bars, columns, function, same


def test_signature_is_the_definition(entry):
    found = inspect.signature(function(entry)).parameters
    names = [*entry.inputs, *(p.name for p in entry.params)]
    assert [n for n in found if n not in ("zone", "compat", "nulls", "shifted")] == names
    for param in entry.params:
        depends = param.talib is not None or param.same_as is not None
        assert found[param.name].default == (None if depends else param.default)
    assert entry.summary.split()[0] in function(entry).__doc__
    assert all(p.doc.split()[0] in function(entry).__doc__ for p in entry.params)


def test_result_shape(entry, data):
    result = function(entry)(*columns(entry, data))
    if entry.kind == "table":
        assert isinstance(result, tvf.Table)
        assert list(result.columns) == list(entry.outputs)
    elif len(entry.outputs) > 1:
        assert isinstance(result, tuple)
        assert result._fields == tuple(entry.outputs)
    for found in arrays(entry, result):
        assert found.ndim == 1
        assert entry.kind == "table" or len(found) == 700


def test_warmup(entry, data):
    result = function(entry)(*columns(entry, data))
    if entry.rows == "state":
        assert len(function(entry)(*(c[: entry.warmup] for c in columns(entry, data)))) == 0
        return
    if entry.kind == "table":
        assert all(index >= entry.warmup for index in result.index)
        return
    for name, found in zip(entry.outputs, arrays(entry, result), strict=True):
        finite = np.flatnonzero(np.isfinite(found))
        if entry.id == "pivot_points":
            # Its levels wait for the end of a session, and not every method has all of them.
            assert all(finite >= entry.warmup_for()[name])
        else:
            assert finite[0] == entry.warmup_for()[name]
    assert entry.warmup == max(entry.warmup_for().values())


def variants(column):
    """The same numbers in other forms."""
    wide = np.zeros((len(column), 3))
    wide[:, 1] = column
    big = column.astype(">f8")
    locked = column.copy()
    locked.flags.writeable = False
    memory = bytearray(8 * len(column) + 3)
    unaligned = np.frombuffer(memory, np.float64, len(column), offset=3)
    unaligned[:] = column
    yield "strided", wide[:, 1]
    yield "reversed", column[::-1].copy()[::-1]
    yield "big-endian", big
    yield "read-only", locked
    yield "unaligned", unaligned
    yield "subclass", column.view(np.recarray)
    yield "longdouble", column.astype(np.longdouble)
    yield "memoryview", memoryview(column)
    yield "array", array.array("d", column)
    yield "deque", deque(column)


def test_any_form_of_array(entry, data):
    call, given = function(entry), columns(entry, data)
    expected = arrays(entry, call(*given))
    for forms in zip(*(variants(column) for column in given), strict=True):
        names, others = zip(*forms, strict=True)
        assert same(arrays(entry, call(*others)), expected), names[0]
        # Forms mix.
        assert same(arrays(entry, call(others[0], *given[1:])), expected), names[0]


@pytest.mark.parametrize("dtype", ["f2", "f4", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", ">i4", ">f4"])
def test_number_types(dtype):
    column = (np.arange(60) % 7).astype(dtype)
    assert same([tvf.sma(column, 5)], [tvf.sma(column.astype(np.float64), 5)])


def frames(entry, data):
    frame = {str(name): column for name, column in zip(entry.inputs, columns(entry, data), strict=True)}
    index = pd.date_range("2024-01-01", periods=700, freq="D")
    chunks = {
        name: [column[:1], column[1:300], column[300:300], column[300:]] for name, column in frame.items()
    }
    yield "polars", [pl.Series(n, c) for n, c in frame.items()], pl.Series
    yield (
        "polars chunks",
        [pl.concat([pl.Series(n, c) for c in cs], rechunk=False) for n, cs in chunks.items()],
        pl.Series,
    )
    yield "pandas", [pd.Series(c, index=index, name=n) for n, c in frame.items()], pd.Series
    yield (
        "pandas nullable",
        [pd.Series(c, index=index, name=n, dtype="Float64") for n, c in frame.items()],
        pd.Series,
    )
    yield "arrow", [pa.array(c) for c in frame.values()], pa.Array
    yield "arrow chunks", [pa.chunked_array(cs) for cs in chunks.values()], pa.ChunkedArray
    yield "list", [c.tolist() for c in frame.values()], list
    yield "tuple", [tuple(c.tolist()) for c in frame.values()], tuple


def test_any_library_and_the_same_back(entry, data):
    expected = arrays(entry, function(entry)(*columns(entry, data)))
    for name, given, kind in frames(entry, data):
        result = function(entry)(*given)
        if entry.kind == "table":
            frames_of = {"polars": pl.DataFrame, "pandas": pd.DataFrame, "arrow": pa.Table}
            # A frame has no place for the numbers beside the rows.
            frame = tvf.Table if entry.numbers else frames_of.get(name.split()[0], tvf.Table)
            assert isinstance(result, frame), name
            assert list(getattr(result, "column_names", getattr(result, "columns", None))) == list(
                entry.outputs
            )
            table = result if frame is tvf.Table else {c: np.asarray(result[c]) for c in entry.outputs}
            found = [np.asarray(table[str(c)]).astype(np.float64) for c in entry.outputs]
        else:
            each = result if len(entry.outputs) > 1 else [result]
            assert all(isinstance(one, kind) for one in each), name
            found = [np.asarray(one, np.float64) for one in each]
            if kind is pd.Series:
                assert all(one.index.equals(given[0].index) for one in each)
            if kind is pl.Series and len(entry.outputs) == 1:
                assert result.name == given[0].name
        assert same(found, expected), name


def test_chunks_of_different_columns_need_not_agree(data):
    high, low, close = (data[n] for n in ("high", "low", "close"))
    cut = [pa.chunked_array(np.split(c, at)) for c, at in ((high, [9, 500]), (low, [1, 2, 3]), (close, []))]
    assert same([np.asarray(tvf.atr(*cut))], [tvf.atr(high, low, close)])


def test_mixed_kinds_give_the_first(data):
    result = tvf.atr(pl.Series(data["high"]), list(data["low"]), pd.Series(data["close"]))
    assert isinstance(result, pl.Series)
    assert same([result.to_numpy()], [tvf.atr(data["high"], data["low"], data["close"])])


def test_nulls_enter_as_nan(data):
    column = data["close"].copy()
    column[[50, 51, 300]] = np.nan
    expected = [tvf.rsi(column)]
    holes = [None if np.isnan(x) else x for x in column.tolist()]
    masked = np.ma.masked_invalid(np.where(np.isnan(column), 1e9, column))
    masked[[50, 51, 300]] = np.ma.masked
    for given in (
        pl.Series(holes),
        pl.Series(holes).rechunk(),
        pd.Series(holes, dtype="Float64"),
        pd.Series(holes, dtype=float),
        pd.Series(holes, dtype=pd.ArrowDtype(pa.float64())),
        pa.array(holes),
        pa.chunked_array([holes[:100], holes[100:]]),
        holes,
        tuple(holes),
        masked,
    ):
        assert same([np.array(tvf.rsi(given), np.float64)], expected)


def test_nulls_leave_as_asked(data):
    column = data["close"]
    for given in (pl.Series(column), pa.array(column), pa.chunked_array([column])):
        count = pl.Series.null_count if isinstance(given, pl.Series) else lambda one: one.null_count
        assert count(tvf.sma(given)) == 0
        assert count(tvf.sma(given, nulls=True)) == 19
        assert all(count(one) == 33 for one in tvf.macd(given, nulls=True)[1:])
    assert tvf.sma(list(column), nulls=True)[:20].count(None) == 19


def test_times(data):
    given = [data[n] for n in ("high", "low", "close", "volume")]
    time = data["time"]
    expected = arrays(tvf.catalog()[0], tvf.vwap(*given, time).vwap)
    ms = time.astype(np.int64).astype("datetime64[ms]")
    moments = [dt.datetime.fromtimestamp(t / 1000, dt.UTC) for t in time.tolist()]
    zoned = pd.Series(pd.DatetimeIndex(ms, tz="UTC").tz_convert("America/New_York"))
    for form in (
        time.astype(np.int64),
        ms,
        *(ms.astype(f"datetime64[{unit}]") for unit in ("s", "us", "ns")),
        ms.astype(">M8[ms]"),
        moments,
        [m.replace(tzinfo=None) for m in moments],
        [m.astimezone(dt.timezone(dt.timedelta(hours=5))) for m in moments],
        [np.datetime64(t, "ms") for t in time.astype(np.int64).tolist()],
        pl.Series(ms),
        pl.Series(ms).dt.cast_time_unit("ns"),
        pl.Series(ms).dt.replace_time_zone("UTC").dt.convert_time_zone("Asia/Tokyo"),
        pd.Series(ms),
        pd.DatetimeIndex(ms),
        zoned,
        pa.array(ms),
        pa.array(ms).cast(pa.timestamp("ns", "UTC")),
        pa.chunked_array([pa.array(ms[:100]), pa.array(ms[100:])]),
    ):
        assert same([np.asarray(tvf.vwap(*given, form).vwap)], expected), type(form)


def test_dates_are_midnights():
    days = [dt.date(2024, 1, 1) + dt.timedelta(days=i) for i in range(300)]
    price, volume = bars(300)["close"], np.ones(300)
    expected = tvf.vwap(
        price, price, price, volume, START + 86_400_000.0 * np.arange(300), anchor="month"
    ).vwap
    for form in (days, pl.Series(days), pa.array(days)):
        assert same([tvf.vwap(price, price, price, volume, form, anchor="month").vwap], [expected])


def test_missing_times():
    table = tvf.sma_cross(bars(300)["close"], fast=3, slow=9)
    assert (table.time == np.iinfo(np.int64).min).all()
    assert all(row.time is None for row in table)
    assert table.to_polars()["time"].null_count() == len(table)
    assert np.isnat(table.to_pandas()["time"].to_numpy()).all()


def test_table(data):
    table = tvf.sma_cross(data["close"], data["time"], fast=3, slow=9)
    first = next(iter(table))
    assert len(table) == len(list(table)) == len(table.index)
    assert (
        first == table[0] == (table.index[0], table.time[0], table.direction[0], table.fast[0], table.slow[0])
    )
    assert [type(cell) for cell in first] == [int, int, int, float, float]
    assert (table.index.dtype, table.time.dtype, table.direction.dtype) == (np.int64, np.int64, np.int8)
    assert table["fast"] is table.fast
    assert table.to_polars().height == len(table.to_pandas()) == table.to_arrow().num_rows == len(table)
    assert "rows" in repr(table)
    empty = tvf.sma_cross(data["close"][:5])
    assert len(empty) == 0
    assert list(empty) == []
    for place in (len(table), -len(table) - 1):
        with pytest.raises(IndexError, match=f"row {place} is not one of the {len(table)} rows"):
            table[place]
    with pytest.raises(tvf.UnknownNameError, match='no column "slow_mean"; there are index, time'):
        table["slow_mean"]
    with pytest.raises(tvf.InputTypeError, match="row is of type float, not a row's number"):
        table[1.5]


def test_parts_of_a_table(data):
    table = tvf.sma_cross(data["close"], data["time"], fast=3, slow=9)
    rows = list(table)
    assert table[-1] == rows[-1]
    assert table[np.int64(2)] == rows[2]
    for part in (slice(0, 2), slice(-3, None), slice(None, None, -1), slice(1, None, 2), slice(5, 2)):
        found = table[part]
        assert type(found) is tvf.results.SmaCross
        assert list(found) == rows[part]
        assert found.to_polars().height == len(found) == len(rows[part])
    assert list(reversed(table)) == rows[::-1]
    assert rows[1] in table


def test_short_input(entry, data):
    for n in (0, 1, 2):
        given = [c[:n] for c in columns(entry, data)]
        result = function(entry)(*given)
        assert entry.kind == "table" or all(len(c) == n for c in arrays(entry, result))
        for form in (
            [c.tolist() for c in given],
            [pl.Series(c) for c in given],
            [pa.chunked_array([c]) for c in given],
        ):
            assert function(entry)(*form) is not None


def test_period_longer_than_data(data):
    assert np.isnan(tvf.sma(data["close"], 701)).all()
    assert np.isfinite(tvf.sma(data["close"], 700)[-1])


def test_extreme_values_do_not_stop(entry, data):
    for value in (np.nan, np.inf, -np.inf, 1e308, -1e308, 5e-324, 0.0, -0.0):
        given = columns(
            entry,
            {n: np.where(np.arange(700) == 350, value, c) for n, c in data.items() if n != "time"}
            | {"time": data["time"]},
        )
        function(entry)(*given)
        given = columns(entry, {n: np.full(700, value) for n in data} | {"time": data["time"]})
        function(entry)(*given)


def test_none_takes_the_default(data):
    high, low, close = (data[n] for n in ("high", "low", "close"))
    assert same([tvf.adx(high, low, close, 9, None).plus_di], [tvf.adx(high, low, close, 9, 9).plus_di])
    assert same([tvf.rsi(close, flat=None)], [tvf.rsi(close)])


@pytest.mark.parametrize(
    "period", [14, 14.0, np.int64(14), np.float32(14), np.uint8(14), Decimal(14), np.array(14)]
)
def test_numbers_of_any_type(data, period):
    assert same([tvf.rsi(data["close"], period)], [tvf.rsi(data["close"])])


def test_inputs_are_left_alone(entry, data):
    given = [c.copy() for c in columns(entry, data)]
    function(entry)(*given)
    assert all(np.array_equal(a, b) for a, b in zip(given, columns(entry, data), strict=True))


def test_results_are_fresh(data):
    first = tvf.sma(data["close"])
    kept = first.copy()
    tvf.sma(data["close"], 5)
    assert first.flags.owndata
    assert first.flags.writeable
    assert same([first], [kept])


def test_pandas_inputs_must_have_one_index(data):
    days = pd.date_range("2024-01-01", periods=700)
    high, low, close, volume = (pd.Series(data[n], days) for n in ("high", "low", "close", "volume"))
    moved = pd.Series(data["low"], days + pd.Timedelta(days=1))
    words = "inputs high and low have different indexes: 2024-01-01 00:00:00 and 2024-01-02 00:00:00 at bar 0"
    for call in (
        lambda: tvf.atr(high, moved, close),
        lambda: tvf.Stream("atr").extend(high, moved, close),
        lambda: tvf.compute({"high": high, "low": moved, "close": close}, ["atr"]),
    ):
        with pytest.raises(tvf.InputValueError, match=words) as caught:
            call()
        error = caught.value
        assert isinstance(error, ValueError)
        assert (error.code, error.name, error.bound) == ("input_index", "low", "the index of high")
    time = pd.Series(days, days + pd.Timedelta(days=1))
    for options in ({"zone": "UTC"}, {}):
        with pytest.raises(tvf.InputValueError, match="inputs high and time have different indexes"):
            tvf.vwap(high, low, close, volume, time, **options)
    with pytest.raises(tvf.InputValueError, match="inputs high and time have different indexes"):
        tvf.vwap(high, low, close, volume, anchor=pd.Series(np.zeros(700), time.index))
    columns = {"high": high, "low": low, "close": close, "volume": volume, "time": time}
    for options in ({"zone": "UTC"}, {}):
        with pytest.raises(tvf.InputValueError, match="inputs high and time have different indexes"):
            tvf.compute(columns, [("vwap", options)])
    frame = pd.DataFrame({"high": high, "low": low, "close": close, "volume": volume})
    with pytest.raises(tvf.InputValueError, match="have different indexes"):
        tvf.compute(frame, [("vwap", {"anchor": pd.Series(np.zeros(700), time.index)})])
    later = days.to_numpy().copy()
    later[9:] += np.timedelta64(1, "h")
    with pytest.raises(tvf.InputValueError, match="2024-01-10 00:00:00 and 2024-01-10 01:00:00 at bar 9"):
        tvf.atr(high, low, pd.Series(data["close"], pd.DatetimeIndex(later)))


def test_pandas_inputs_of_equal_indexes(data):
    expected = tvf.atr(*(data[n] for n in ("high", "low", "close")))
    days = pd.date_range("2024-01-01", periods=700)
    gaps = [None, *range(699)]
    for one, other in (
        (days, days),
        (days, days.copy()),
        (pd.RangeIndex(700), pd.Index(np.arange(700))),
        (pd.RangeIndex(700), pd.Index(np.arange(700.0))),
        (pd.Index(gaps, dtype="Int64"), pd.Index(gaps, dtype="Int64")),
        (pd.MultiIndex.from_product([["a"], range(700)]), pd.MultiIndex.from_product([["a"], range(700)])),
    ):
        given = [pd.Series(data[n], i) for n, i in (("high", one), ("low", other), ("close", one))]
        assert same([tvf.atr(*given).to_numpy()], [expected])
    one, other = (pd.Series(data["high"], pd.Index(i, dtype="Int64")) for i in (gaps, [1, *gaps[1:]]))
    with pytest.raises(tvf.InputValueError, match="<NA> and 1 at bar 0"):
        tvf.atr(one, other, one)
    # Other kinds, an index as a column among them, have no labels.
    assert len(tvf.atr(pd.Series(data["high"], days), data["low"], data["close"].tolist())) == 700
    with pytest.raises(tvf.InputValueError, match="bars but"):
        tvf.atr(pd.Series(data["high"], days), pd.Series(data["low"], days)[1:], data["close"])
