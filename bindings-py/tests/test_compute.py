"""Sets: the same bits as single calls, whatever the frame and the number of threads."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import tvf
from bars import arrays, bars, columns, function, same


@pytest.fixture(scope="module")
def long():
    return bars(20_000)


@pytest.mark.parametrize("threads", [1, 2, 8, None])
def test_equals_single_calls(long, threads):
    # A member without details is the same under both profiles, and comes once.
    cases = [(e, "tradingview") for e in tvf.catalog()]
    cases += [(e, "talib") for e, _ in cases if any(p.talib not in (None, p.default) for p in e.params)]
    found = tvf.compute(long, [(e.id, {"compat": compat}) for e, compat in cases], threads=threads)
    columns_left = iter(found.values())
    for entry, compat in cases:
        expected = arrays(entry, function(entry)(*columns(entry, long), compat=compat))
        many = entry.kind == "series" and len(entry.outputs) > 1
        result = [next(columns_left) for _ in expected] if many else next(columns_left)
        assert same(arrays(entry, result), expected), (entry.id, compat)
    assert next(columns_left, None) is None


def test_labels_and_chains(data):
    found = tvf.compute(
        data,
        [
            "obv",
            ("rsi", {"period": 9}),
            ("ema", {"period": 5, "source": ("rsi", {"period": 9})}),
            ("sma", {"period": 3, "source": ("macd", {}, "signal")}),
            ("sma", {"source": "volume"}),
            ("rsi", {"period": 9}),
            "macd",
        ],
    )
    assert list(found) == [
        "obv",
        "rsi_9",
        "ema_5(rsi_9)",
        "sma_3(macd_12_26_9.signal)",
        "sma_20(volume)",
        "macd_12_26_9.macd",
        "macd_12_26_9.signal",
        "macd_12_26_9.hist",
    ]
    rsi = tvf.rsi(data["close"], 9)
    assert same([found["ema_5(rsi_9)"]], [tvf.ema(rsi, 5)])
    assert same([found["sma_20(volume)"]], [tvf.sma(data["volume"])])


def test_frames(data):
    members = [("rsi", {"period": 9}), "macd", "atr"]
    expected = tvf.compute(data, members)
    plain = pl.DataFrame(data).with_columns(other=pl.lit("x"))
    chunked = pl.concat([plain[:100], plain[100:]], rechunk=False)
    for frame in (
        plain,
        chunked,
        plain.lazy(),
        plain.to_pandas(),
        plain.to_arrow(),
        chunked.to_arrow(),
        plain.to_arrow().combine_chunks().to_batches()[0],
    ):
        result = tvf.compute(frame, members)
        assert type(result) is type(frame) or isinstance(frame, pa.RecordBatch)
        table = result.collect() if isinstance(result, pl.LazyFrame) else result
        names = list(getattr(table, "column_names", table.columns))
        assert names == [*data, "other", *expected]
        for label, column in expected.items():
            assert same([np.asarray(table[label], np.float64)], [column])
    again = tvf.compute(tvf.compute(plain, members), members)
    assert again.columns == [*data, "other", *expected]


def test_dict_of_series(data):
    found = tvf.compute(
        {n: pl.Series(n, c) for n, c in data.items()}, ["sma", "macd", "sma_cross"], nulls=True
    )
    assert all(isinstance(found[n], pl.Series) for n in ("sma_20", "macd_12_26_9.macd"))
    assert found["sma_20"].null_count() == 19
    assert isinstance(found["sma_cross_50_200"], pl.DataFrame)


def test_the_kind_is_not_that_of_the_times(data):
    times = data["time"].astype(np.int64).astype("datetime64[ms]").tolist()
    prices = {n: pl.Series(n, c) for n, c in data.items() if n != "time"}
    for members in (["vwap", "sma"], [("vwap", {"zone": "UTC"})], [("sma_cross", {"fast": 3, "slow": 9})]):
        found = tvf.compute({"time": times, **prices}, members)
        assert all(isinstance(result, pl.Series | pl.DataFrame) for result in found.values())


def test_tables_come_beside_the_frame(data):
    plain = pl.DataFrame(data)
    for frame in (plain, plain.lazy(), plain.to_pandas(), plain.to_arrow()):
        result, tables = tvf.compute(frame, ["sma", ("sma_cross", {"fast": 3, "slow": 9})])
        assert type(result) is type(frame)
        assert list(tables) == ["sma_cross_3_9"]
        expected = tvf.sma_cross(data["close"], data["time"], 3, 9)
        assert same([np.asarray(tables["sma_cross_3_9"]["fast"])], [expected.fast])
    found = tvf.compute(data, [("sma_cross", {"fast": 3, "slow": 9})])
    assert isinstance(found["sma_cross_3_9"], tvf.results.SmaCross)


def test_names_of_columns(data):
    frame = pd.DataFrame({n.title(): c for n, c in data.items()})
    expected = tvf.compute(data, ["vwap", ("sma", {"source": "open"})])
    found = tvf.compute(frame, ["vwap", ("sma", {"source": "open"})])
    assert all(same([found[label].to_numpy()], [column]) for label, column in expected.items())
    index = pd.DatetimeIndex(data["time"].astype(np.int64).astype("datetime64[ms]"), tz="UTC")
    indexed = frame.drop(columns="Time").set_index(index)
    found = tvf.compute(indexed, ["vwap"])
    assert found.index.equals(index)
    assert same([found["vwap_1.vwap"].to_numpy()], [expected["vwap_1.vwap"]])
    for name in ("date", "Timestamp", "DATETIME"):
        found = tvf.compute(frame.rename(columns={"Time": name}), ["vwap"])
        assert same([found["vwap_1.vwap"].to_numpy()], [expected["vwap_1.vwap"]])
    # An exact name comes first.
    both = {"Close": data["open"], "close": data["close"]}
    assert same([tvf.compute(both, ["sma"])["sma_20"]], [tvf.sma(data["close"])])
    assert same([tvf.compute(both, [("sma", {"source": "Close"})])["sma_20(Close)"]], [tvf.sma(data["open"])])


def test_columns_that_are_not_read_may_be_anything(data):
    found = tvf.compute({**data, "note": ["x"] * 700, "short": [1.0]}, ["sma"])
    assert same([found["sma_20"]], [tvf.sma(data["close"])])


def test_an_error_names_its_member(data):
    with pytest.raises(tvf.ParamError, match=r"^atr: period 0 is below 1$") as found:
        tvf.compute(data, {"fast": ("rsi", {"period": 7}), "stop": ("atr", {"period": 0})})
    assert found.value.name == "period"


@pytest.mark.parametrize("threads", [0, -1, 1.5, True, "2", 10_000])
def test_wrong_threads(data, threads):
    with pytest.raises(tvf.ParamError, match="threads"):
        tvf.compute(data, ["sma"], threads=threads)


@pytest.mark.parametrize(
    ("members", "code"),
    [
        (["nope"], "unknown_indicator"),
        ([("rsi", {"length": 3})], "unknown_param"),
        ([("rsi", {"source": "nope"})], "unknown_column"),
        ([("ema", {"source": ("sma_cross", {})})], "source"),
        ([("ema", {"source": ("macd", {}, "nope")})], "source"),
        ([("ema", {"source": ("nope",)})], "unknown_indicator"),
        ([("rsi", {"volume": "volume"})], "unknown_param"),
        ([3], "source"),
        ([("rsi", 3)], "source"),
        ([("rsi", {}, "value", 3)], "source"),
        ([()], "source"),
        ([("rsi", {3: 4})], "source"),
        ([("ema", {"source": 3})], "source"),
    ],
)
def test_wrong_members(data, members, code):
    with pytest.raises(tvf.Error) as caught:
        tvf.compute(data, members)
    assert caught.value.code == code


def test_members_may_have_names(data):
    rsi, macd = tvf.rsi(data["close"]), tvf.macd(data["close"])
    members = {"a": "rsi", "trend": ("macd", {}), "b": ("rsi", {"period": 14}), "crosses": "sma_cross"}
    found = tvf.compute(data, members)
    assert list(found) == ["a", "trend.macd", "trend.signal", "trend.hist", "b", "crosses"]
    assert same([found[name] for name in ("a", "b")], [rsi, rsi])
    assert same([found[f"trend.{name}"] for name in macd._fields], list(macd))
    del members["crosses"]
    for frame in (pl.DataFrame(data), pd.DataFrame(data), pa.table(data), pl.LazyFrame(data)):
        more = tvf.compute(frame, members)
        more = more.collect() if isinstance(more, pl.LazyFrame) else more
        columns = list(more.column_names if isinstance(more, pa.Table) else more.columns)
        assert columns == [*data, *(name for name in found if name != "crosses")]
        assert same([np.asarray(more["b"])], [rsi])
    frame, tables = tvf.compute(pl.DataFrame(data), {"crosses": "sma_cross"})
    assert (list(tables), frame.columns) == (["crosses"], list(data))


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"a.macd": "rsi", "a": "macd"}, 'two members give the column "a.macd"'),
        ({"": "rsi"}, "the name '' of a member is not a text"),
        ({1: "rsi"}, "the name 1 of a member is not a text"),
        ({"rsi": {"period": 3}}, r"is no member; members are written"),
    ],
)
def test_wrong_names(data, members, words):
    with pytest.raises(tvf.ParamError, match=words) as caught:
        tvf.compute(data, members)
    assert caught.value.name == "members"


@pytest.mark.parametrize("members", ["rsi", None, 3])
def test_members_are_a_list(data, members):
    with pytest.raises(
        tvf.ParamError, match=r"members is of type \w+, not a list of members such as"
    ) as caught:
        tvf.compute(data, members)
    assert caught.value.name == "members"


def test_deep_chains_end(data):
    member = ("sma", {"period": 2})
    for _ in range(2000):
        member = ("sma", {"period": 2, "source": member})
    with pytest.raises((tvf.ParamError, RecursionError)):
        tvf.compute(data, [member])


def test_no_members_and_no_bars(data):
    assert tvf.compute(data, []) == {}
    frame = pl.DataFrame(data)
    assert tvf.compute(frame, []).equals(frame)
    found = tvf.compute({n: c[:0] for n, c in data.items()}, [(e.id, {}) for e in tvf.catalog()])
    assert all(len(result) == 0 for result in found.values())


def test_zones_and_numbers(data):
    time = data["time"]
    numbers = np.arange(700) // 100
    found = tvf.compute(
        data,
        [
            ("vwap", {"zone": "America/New_York", "open": "09:30"}),
            ("vwap", {"anchor": numbers}),
            ("vwap", {"open": "09:30"}),
        ],
    )
    given = [data[n] for n in ("high", "low", "close", "volume")]
    expected = [
        *tvf.vwap(*given, time, zone="America/New_York", open="09:30"),
        *tvf.vwap(*given, anchor=numbers),
        *tvf.vwap(*given, time, open=570),
    ]
    assert len(found) == 9
    assert same(list(found.values()), expected)
