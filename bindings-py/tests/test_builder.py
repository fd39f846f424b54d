"""The bar builder, and the resampling of frames: by itself, and against Polars and pandas."""

import copy
import datetime as dt
import pickle
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor
from unittest import mock
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import tvf
from bars import START, bars
from tvf import _sessions

NAMES = ("open", "high", "low", "close", "volume")
ZONES = ["UTC", "America/New_York", "Europe/Berlin", "Australia/Sydney", "Australia/Lord_Howe"]
DAY = 86_400_000
CHANGES = {
    "spring": 1_709_856_000_000,  # 2024-03-08
    "autumn": 1_730_419_200_000,  # 2024-11-01
}


def ticks(n=400, start=START, pace=20_000, seed=3):
    """Times that seldom stand still, prices and whole sizes, whose sums have no rounding."""
    random = np.random.Generator(np.random.PCG64(seed))
    time = start + np.cumsum(random.integers(0, pace, n)).astype(np.int64)
    return (
        time,
        np.round(100 + random.normal(size=n).cumsum(), 2),
        random.integers(1, 50, n).astype(np.float64),
    )


def minutes(n, start=START):
    data = bars(n)
    data["time"] = start + 60_000 * np.arange(n, dtype=np.int64)
    data["volume"] = np.floor(data["volume"])
    return data


def lists(found):
    return [np.asarray(column).tolist() for column in (found.values() if isinstance(found, dict) else found)]


# -- one by one and in columns


def test_words_and_what_they_mean():
    builder = tvf.BarBuilder("1m")
    assert builder.forming is None
    assert builder.tick(START, 10.0, size=2) == "push"
    assert builder.tick(START + 1, 12, 3) == "replace"
    assert builder.closed == []
    assert builder.forming == (START, 10, 12, 10, 12, 5)
    assert builder.tick(START - 1, 9.0) == "dropped"
    assert builder.tick(START + 60_000, 11) == "push"
    assert builder.closed == [(START, 10, 12, 10, 12, 5)]
    assert builder.changes == [("push", (START + 60_000, 11, 11, 11, 11, 1))]
    assert builder.dropped == {"late": 1, "duplicate": 0, "outside": 0, "missing": 0}
    assert len(builder.close(START + 119_999)) == 0
    assert list(builder.close(START + 120_000)) == [(START + 60_000, 11, 11, 11, 11, 1)]
    assert builder.forming is None


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("timeframe", ["30s", "5m", "1h", "1d"])
def test_columns_equal_single_ticks(zone, timeframe):
    time, price, size = ticks(600, CHANGES["spring"], 900_000)
    settings = {"zone": zone, "open": "09:30", "late": "merge", "fill": "previous", "limit": 50}
    whole, single = tvf.BarBuilder(timeframe, **settings), tvf.BarBuilder(timeframe, **settings)
    found, listed = [], []
    for tick in zip(time.tolist(), price.tolist(), size.tolist(), strict=True):
        single.tick(*tick)
        found += single.closed
        for word, bar in single.changes:
            listed[len(listed) - (word == "replace") :] = [bar]
    assert list(whole.ticks(time, price, size)) == found
    assert whole.forming == single.forming
    assert whole.snapshot() == single.snapshot()
    assert listed == [*found, single.forming]


@pytest.mark.parametrize(
    "kind", [pl.Series, pd.Series, pa.array, list, tuple, lambda x: pa.chunked_array([x[:7], x[7:]])]
)
def test_columns_of_any_kind(kind):
    time, price, size = ticks(200)
    expected = tvf.BarBuilder("1m").ticks(time, price, size)
    found = tvf.BarBuilder("1m").ticks(kind(time), kind(price), size=kind(size))
    assert list(found) == list(expected)
    assert isinstance(found, tvf.Bars)
    assert found.to_polars().height == len(found) > 10


def test_times_may_be_dates():
    builder = tvf.BarBuilder("1h", zone="Europe/Berlin")
    moment = dt.datetime(2024, 1, 1, 12, 15, tzinfo=ZoneInfo("Europe/Berlin"))
    builder.tick(moment, 5.0)
    assert builder.forming.time == moment.replace(minute=0).timestamp() * 1000
    assert len(builder.close(moment + dt.timedelta(hours=1))) == 1


def test_the_zone_is_asked_seldom():
    builder = tvf.BarBuilder("1h", zone="America/New_York")
    with mock.patch.object(_sessions, "_changes", wraps=_sessions._changes) as changes:
        for hour in range(1000):
            builder.tick(START + hour * 3_600_000, 1.0)
    assert changes.call_count == 1
    # A gap of years.
    builder.tick(START + 3 * 366 * DAY, 1.0)
    assert len(builder.closed) == 1


def test_begins_with_a_history():
    builder = tvf.BarBuilder("5m")
    builder.begin(START, 3, 4, 2, 3.5, volume=10)
    assert builder.tick(START + 1000, 5) == "replace"
    assert builder.forming == (START, 3, 5, 2, 5, 11)
    with pytest.raises(tvf.StateError, match="begin comes before"):
        builder.begin(START, 3, 4, 2, 3.5)
    with pytest.raises(tvf.InputValueError, match="where that bar begins") as error:
        tvf.BarBuilder("5m").begin(START + 60_000, 3, 4, 2, 3.5)
    assert (error.value.code, error.value.name) == ("input_range", "time")


def test_bars_of_bars_follow_the_forming_one():
    hours = tvf.BarBuilder("1h")
    assert hours.bar(START, 10, 11, 9, 10, 5) == "push"
    assert hours.bar(START, 10, 15, 9, 14, 7) == "replace"
    assert hours.bar(START, 10, 12, 9, 11, 6) == "replace"  # the high of 15 was revised away
    assert hours.bar(START + 60_000, 11, 11, 8, 9) == "replace"
    assert hours.forming == (START, 10, 12, 8, 9, 6)
    assert hours.bar(START, 10, 99, 9, 11, 6) == "dropped"
    assert hours.bar(START + 120_000, *[float("nan")] * 4) == "dropped"
    assert hours.dropped == {"late": 1, "duplicate": 0, "outside": 0, "missing": 1}
    with pytest.raises(tvf.StateError, match="ticks or bars, not both") as error:
        hours.tick(START, 1)
    assert error.value.code == "mixed_feed"


# -- what it is told


@pytest.mark.parametrize(
    ("settings", "code", "message"),
    [
        ({"timeframe": "5x"}, "param_choice", 'timeframe "5x" is not a count with a unit'),
        ({"timeframe": "48h"}, "param_range", 'timeframe "48h" is not within 1h to 24h'),
        ({"timeframe": 5}, "param_type", "timeframe 5 is not a text"),
        ({"zone": "Mars"}, "session", 'zone "Mars" is not an IANA zone'),
        ({"zone": 5}, "session", "zone 5 is not an IANA zone"),
        ({"open": "24:00"}, "session", 'open "24:00" is not "00:00" to "23:59"'),
        ({"session": "9-4"}, "session", 'session "9-4" is not an opening and a closing'),
        ({"session": 930}, "param_type", "session 930 is not a text"),
        ({"open": 0, "session": "09:30-16:00"}, "session", "open and session both say"),
        ({"outside": "ignore"}, "param_choice", 'outside "ignore" is none of "drop", "keep"'),
        ({"late": "x" * 500}, "param_choice", f'late "{"x" * 40}" is none of'),
        ({"fill": "zero"}, "param_choice", 'fill "zero" is none of "none", "previous"'),
        ({"limit": 0}, "param_range", "limit 0 is not a whole number from 1 to 86400"),
        ({"limit": "many"}, "param_type", 'limit "many" is not a whole number'),
    ],
)
def test_settings_that_are_refused(settings, code, message):
    with pytest.raises(tvf.Error) as error:
        tvf.BarBuilder(**{"timeframe": "5m", **settings})
    assert error.value.code == code
    assert str(error.value).startswith(message)


@pytest.mark.parametrize(
    ("tick", "name", "code"),
    [
        ((float("nan"), 1), "time", "input_range"),
        ((None, 1), "time", "input_range"),
        ((10**30, 1), "time", "input_range"),
        ((START / 1000, 1), "time", "time_unit"),
        ((START, float("inf")), "price", "input_range"),
        ((START, "12"), "price", "input_type"),
        ((START, 1, -1), "size", "input_range"),
        ((START, 1, 1, 0.5), "id", "input_range"),
    ],
)
def test_ticks_that_are_refused(tick, name, code):
    builder = tvf.BarBuilder("5m", zone="America/New_York")
    before = builder.snapshot()
    with pytest.raises(tvf.InputError) as error:
        builder.tick(*tick)
    assert (error.value.name, error.value.code) == (name, code)
    assert builder.snapshot() == before


def test_columns_are_taken_as_a_whole():
    time, price, _ = ticks(50)
    price[30] = np.nan
    builder = tvf.BarBuilder("1m")
    before = builder.snapshot()
    with pytest.raises(tvf.InputValueError, match="price NaN at row 30 is not a finite number"):
        builder.ticks(time, price)
    with pytest.raises(tvf.InputValueError, match="input price has 50 bars but time has 49"):
        builder.ticks(time[1:], price)
    assert builder.snapshot() == before


def test_settings_can_be_read():
    builder = tvf.BarBuilder("4h", zone="UTC", open=dt.time(9, 30), fill="previous", limit=10)
    assert builder.params == {
        "timeframe": "4h",
        "zone": "UTC",
        "session": "09:30-09:30",
        "outside": "drop",
        "late": "drop",
        "fill": "previous",
        "limit": 10,
    }


def test_copies_and_snapshots_go_on_alike():
    time, price, size = ticks(300, CHANGES["autumn"], 900_000)
    for settings in ({}, {"zone": "America/New_York", "session": "18:00-17:00", "fill": "previous"}):
        builder = tvf.BarBuilder("15m", **settings)
        builder.ticks(time[:150], price[:150], size[:150])
        bytes_ = builder.snapshot()
        twins = [copy.copy(builder), copy.deepcopy(builder), pickle.loads(pickle.dumps(builder))]
        twins.append(tvf.BarBuilder.restore(bytearray(bytes_)))
        expected = list(builder.ticks(time[150:], price[150:], size[150:]))
        for twin in twins:
            assert twin.params == builder.params
            assert list(twin.ticks(time[150:], price[150:], size[150:])) == expected
            assert twin.snapshot() == builder.snapshot()
    with pytest.raises(tvf.SnapshotError, match='do not begin with "TVFB"'):
        tvf.BarBuilder.restore(tvf.Stream("rsi").snapshot())


def test_threads_take_turns():
    builder = tvf.BarBuilder("1m", zone="Asia/Tokyo", late="merge")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda i: builder.tick(START + i % 1000, 1.0), range(4000)))
    assert builder.forming.volume + builder.dropped["late"] == 4000


# -- against others


def year():
    """Quarters of an hour from 2023-12-01 on, past the clock changes of every zone."""
    data = minutes(96 * 400)
    data["time"] = 1_701_388_800_000 + 900_000 * np.arange(96 * 400, dtype=np.int64)
    return data


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("every", ["30m", "1h", "1d", "1w", "1M", "3M"])
def test_equals_polars(zone, every):
    """Where the rules coincide: days, weeks and months of a zone, and hours, which the clocks keep whole."""
    if zone == "Australia/Lord_Howe" and every == "1h":
        pytest.skip("clocks there change by half an hour, and hours of Polars are those of the clock")
    time = pl.from_epoch("time", time_unit="ms").dt.replace_time_zone("UTC").dt.convert_time_zone(zone)
    frame = pl.DataFrame(year()).with_columns(time).select("time", *NAMES)
    grouped = frame.group_by_dynamic("time", every=every.replace("M", "mo")).agg(
        pl.col("open").first(),
        pl.col("high").max(),
        pl.col("low").min(),
        pl.col("close").last(),
        pl.col("volume").sum(),
    )
    found = tvf.resample(frame, every, zone=zone)
    assert found.schema == frame.schema
    assert found.equals(grouped)


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Europe/Berlin"])
@pytest.mark.parametrize("every", ["30m", "1h", "1d", "1w", "1M"])
def test_equals_pandas(zone, every):
    data = year()
    index = pd.DatetimeIndex(pd.to_datetime(data.pop("time"), unit="ms", utc=True)).tz_convert(zone)
    frame = pd.DataFrame(data, index=index)[list(NAMES)]
    rule = {"30m": "30min", "1d": "D", "1w": "W-MON", "1M": "MS"}.get(every, every)
    how = {"label": "left", "closed": "left"} if every == "1w" else {}
    expected = frame.resample(rule, **how).agg(
        {"open": "first", "high": "max", "low": "min", "close": "last", "volume": "sum"}
    )
    found = tvf.resample(frame, every, zone=zone)
    pd.testing.assert_frame_equal(found, expected, check_freq=False)


def test_hours_begin_with_the_session():
    """As charts of the exchange show them: 09:30, 10:30 .. 15:30, and 09:30, 13:30 of four hours."""
    data = minutes(60 * 24 * 7, CHANGES["spring"])
    zone = ZoneInfo("America/New_York")
    for timeframe, expected in (("1h", [f"{h:02}:30" for h in range(9, 16)]), ("4h", ["09:30", "13:30"])):
        found = tvf.resample(data, timeframe, zone=zone.key, session="09:30-16:00")
        local = [dt.datetime.fromtimestamp(t / 1000, zone) for t in found["time"]]
        assert [f"{t:%H:%M}" for t in local] == expected * 7


# -- resampling keeps the kind


def frames():
    data = minutes(200)
    plain = {name: data[name] for name in ("time", *NAMES)}
    dated = pl.DataFrame(plain).with_columns(pl.from_epoch("time", time_unit="ms"))
    pandas = dated.to_pandas()
    named = namedtuple("Named", plain)
    return {
        "numpy": plain,
        "lists": {name: column.tolist() for name, column in plain.items()},
        "tuples": {name: tuple(column.tolist()) for name, column in plain.items()},
        "series": {name: pl.Series(name, column) for name, column in plain.items()},
        "pandas series": {name: pd.Series(column, name=name) for name, column in plain.items()},
        "arrow arrays": {name: pa.array(column) for name, column in plain.items()},
        "named": named(**plain),
        "bars": tvf.Bars(**plain),
        "polars": dated,
        "polars zoned": dated.with_columns(
            pl.col("time").dt.cast_time_unit("ns").dt.replace_time_zone("Asia/Tokyo")
        ),
        "lazy": dated.lazy(),
        "pandas": pandas,
        "pandas index": pandas.set_index("time"),
        "pandas zoned": pandas.assign(time=pandas["time"].dt.tz_localize("Asia/Tokyo")).set_index("time"),
        "arrow": dated.to_arrow(),
        "batch": pa.RecordBatch.from_pandas(pandas, preserve_index=False),
        "other names": pandas.rename(columns=str.upper).rename(columns={"TIME": "Date"}),
    }


@pytest.mark.parametrize("kind", frames())
def test_the_kind_comes_back(kind):
    frame = frames()[kind]
    found = tvf.resample(frame, "1h")
    assert type(found) is type(frame)
    if isinstance(frame, dict):
        assert list(found) == list(frame)
        assert all(type(found[name]) is type(frame[name]) for name in frame)
        assert all(getattr(found[n], "dtype", 0) == getattr(frame[n], "dtype", 0) for n in frame)
        assert all(type(found[n][0]) is type(frame[n][0]) for n in frame)
        columns = found
    elif isinstance(frame, tuple):
        columns = found._asdict()
    elif isinstance(frame, tvf.Bars):
        columns = found.columns
    elif isinstance(frame, pl.DataFrame | pl.LazyFrame):
        assert found.lazy().collect_schema() == frame.lazy().collect_schema()
        columns = found.lazy().collect().to_dict()
    elif isinstance(frame, pd.DataFrame):
        assert found.dtypes.equals(frame.dtypes)
        assert found.index.dtype == frame.index.dtype
        assert found.index.name == frame.index.name
        columns = {str(name).lower(): column for name, column in found.items()}
    else:
        assert found.schema == frame.schema.remove_metadata()
        columns = dict(zip(found.schema.names, found.columns, strict=True))
    expected = tvf.resample(frames()["numpy"], "1h")
    for name in NAMES:
        assert np.array_equal(np.asarray(columns[name]), expected[name])


def test_ticks_are_resampled():
    time, price, size = ticks(300)
    builder = tvf.BarBuilder("1m")
    expected = [*builder.ticks(time, price, size), *builder.close()]
    found = tvf.resample({"time": time, "price": price, "size": size}, "1m")
    assert list(found) == ["time", *NAMES]
    assert [tuple(row) for row in zip(*lists(found), strict=True)] == expected
    frame = pl.DataFrame({"time": time, "price": price})
    assert tvf.resample(frame, "1m").columns == ["time", "open", "high", "low", "close"]


def test_without_volume_and_with_other_columns():
    data = minutes(200)
    frame = pd.DataFrame(data).drop(columns="volume").assign(symbol="A")
    found = tvf.resample(frame, "1h")
    assert list(found) == ["open", "high", "low", "close", "time"]


def test_dates_are_days():
    days = pl.DataFrame(
        {"date": pl.date_range(dt.date(2023, 12, 1), dt.date(2024, 2, 29), eager=True)}
    ).with_columns(*(pl.lit(float(i)).alias(name) for i, name in enumerate(NAMES)))
    found = tvf.resample(days, "1M")
    assert found["date"].to_list() == [dt.date(2023, 12, 1), dt.date(2024, 1, 1), dt.date(2024, 2, 1)]
    assert found["volume"].to_list() == [124.0, 124.0, 116.0]
    weeks = tvf.resample({"time": days["date"].to_list(), **{n: days[n].to_list() for n in NAMES}}, "1w")
    assert weeks["time"][:2] == [dt.date(2023, 11, 27), dt.date(2023, 12, 4)]
    with pytest.raises(tvf.InputValueError, match="dates, which are days already"):
        tvf.resample(days, "1M", zone="America/New_York")


def test_rows_in_disorder():
    data = minutes(10)
    data["time"][5] = data["time"][2]
    with pytest.raises(tvf.InputValueError, match="time goes back") as error:
        tvf.resample(data, "5m")
    assert error.value.code == "time_order"
    assert tvf.resample(data, "5m", late="drop")["time"].tolist() == [START, START + 300_000]


def test_frames_that_are_refused():
    data = minutes(10)
    with pytest.raises(tvf.UnknownNameError, match='no column "high"'):
        tvf.resample({"time": data["time"], "open": data["open"]}, "5m")
    with pytest.raises(tvf.UnknownNameError, match='no column "time"'):
        tvf.resample({"close": data["close"]}, "5m")
    with pytest.raises(tvf.InputTypeError, match="frame is of type list"):
        tvf.resample([1, 2], "5m")


def test_an_empty_frame():
    empty = {name: column[:0] for name, column in minutes(3).items()}
    found = tvf.resample(empty, "1h", zone="Europe/Berlin")
    assert all(len(column) == 0 for column in found.values())
    assert tvf.resample(pl.DataFrame(empty), "1h").height == 0


def test_gaps_are_filled_inside_sessions_only():
    zone = {"zone": "America/New_York", "session": "09:30-16:00"}
    opening = 1_704_205_800_000  # 2024-01-02 09:30
    times = [opening, opening + 3 * 3_600_000, opening + DAY + 7_200_000]
    frame = {"time": times, "price": [1.0, 2.0, 3.0]}
    found = tvf.resample(frame, "1h", **zone, fill="previous")
    # To the close of the first day, and from the first trade of the second.
    assert [(t - opening) / 3_600_000 for t in found["time"]] == [0, 1, 2, 3, 4, 5, 6, 26]
    assert found["close"] == [1, 1, 1, 2, 2, 2, 2, 3]
    builder = tvf.BarBuilder("1h", **zone, fill="previous", limit=1)
    assert list(builder.ticks(times, [1.0, 2.0, 3.0]).close) == [1, 1, 2, 2]
    assert builder.gaps == 2
