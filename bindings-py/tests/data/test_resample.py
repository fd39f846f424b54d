"""Resampling by `group_by_dynamic` gives the bars of the core's builder."""

import datetime as dt

import numpy as np
import polars as pl
import pytest
import tvf
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from tvf import data

MINUTE = 60_000
ZONES = ["America/New_York", "Europe/London", "Australia/Sydney", "America/Sao_Paulo", "Asia/Kolkata"]
# Around changes of the clocks, north and south.
STARTS = ["2024-03-08", "2024-03-29", "2024-04-05", "2024-10-04", "2024-10-25", "2024-11-01", "2017-10-13"]


def walk(start, minutes, step, seed, keep=0.8):
    rng = np.random.default_rng(seed)
    first = int(dt.datetime.fromisoformat(start).replace(tzinfo=dt.UTC).timestamp() * 1000)
    times = first + np.arange(0, minutes, step) * MINUTE
    times = times[rng.random(len(times)) < keep]
    close = np.round(100 + np.cumsum(rng.normal(0, 0.1, len(times))), 2)
    frame = {
        "time": times,
        "open": close,
        "high": close + 0.5,
        "low": close - 0.5,
        "close": np.round(close + rng.normal(0, 0.1, len(times)), 2),
        "volume": rng.integers(1, 100, len(times)).astype(float),
    }
    return data.check(pl.DataFrame(frame))


def rows(frame):
    return frame.select(list(data.SCHEMA))


@settings(max_examples=40, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    start=st.sampled_from(STARTS),
    timeframe=st.sampled_from(["15m", "1h", "4h", "1D", "2D", "1W", "1M"]),
    session=st.sampled_from(["09:30-16:00", "00:00-00:00", "18:00-17:00", "22:00-05:00", "08:00-08:30"]),
    seed=st.integers(0, 99),
)
def test_bars_are_those_of_the_builder(zone, start, timeframe, session, seed):
    frame = walk(start, 12 * 1440, 7, seed)
    calendar = data.Calendar(zone, session, weekdays=range(1, 8))
    opening = {"open": "00:00"} if session == "00:00-00:00" else {"session": session}
    expected = tvf.resample(frame, timeframe.replace("D", "d").replace("W", "w"), zone=zone, **opening)
    found = data.resample(frame, timeframe, calendar=calendar)
    assert_frame_equal(rows(found), rows(expected))
    assert_frame_equal(data.resample(frame.lazy(), timeframe, calendar=calendar).collect(), found)


@pytest.mark.parametrize("timeframe", ["5m", "1h", "4h", "1D", "1W", "2W", "1M", "3M"])
def test_without_a_calendar_days_are_those_of_utc(timeframe):
    frame = walk("2024-02-20", 50 * 1440, 5, 1)
    expected = tvf.resample(frame, timeframe.replace("D", "d").replace("W", "w"))
    found = data.resample(frame, timeframe)
    assert_frame_equal(rows(found), rows(expected))
    assert found["complete"][:-1].all()
    assert_frame_equal(data.resample(frame.lazy(), timeframe).collect(), found)


def test_holidays_and_half_days_are_left_out():
    frame = walk("2024-12-23", 4 * 1440, 1, 1, keep=2)
    day = dt.date
    calendar = data.Calendar(
        "America/New_York",
        "09:30-16:00",
        holidays=[day(2024, 12, 25)],
        half_days={day(2024, 12, 24): "13:00"},
    )
    local = frame.with_columns(pl.col("time").dt.convert_time_zone("America/New_York").alias("local"))
    is_half = pl.col("local").dt.date() == day(2024, 12, 24)
    closing = pl.when(is_half).then(dt.time(13)).otherwise(dt.time(16))
    kept = local.filter(
        pl.col("local").dt.date() != day(2024, 12, 25),
        pl.col("local").dt.time() >= dt.time(9, 30),
        pl.col("local").dt.time() < closing,
    )
    for timeframe in ("1h", "1D"):
        expected = tvf.resample(rows(kept), timeframe.lower(), zone="America/New_York", session="09:30-16:00")
        found = data.resample(frame, timeframe, calendar=calendar)
        assert_frame_equal(rows(found), rows(expected))
    hours = data.resample(frame, "1h", calendar=calendar)
    shown = hours["time"].dt.convert_time_zone("America/New_York")
    assert [t.strftime("%H:%M") for t in shown if t.day == 24] == ["09:30", "10:30", "11:30", "12:30"]
    assert not any(t.day == 25 for t in shown)


def test_calendars_of_markets_come_from_a_library():
    calendar = data.Calendar.of("XNYS")
    assert (calendar.zone, calendar.session) == ("America/New_York", "09:30-16:00")
    assert dt.date(2024, 12, 25) in calendar.holidays
    assert calendar.half_days[dt.date(2024, 11, 29)] == "13:00"
    with pytest.raises(tvf.ParamError, match="XXXX"):
        data.Calendar.of("XXXX")


def test_the_last_bar_tells_whether_it_is_complete():
    whole = walk("2024-01-02", 1440, 1, 1, keep=2)
    assert data.resample(whole, "4h")["complete"].to_list() == [True] * 6
    cut = whole[:-1]
    assert data.resample(cut, "4h")["complete"].to_list() == [True] * 5 + [False]
    calendar = data.Calendar("UTC", "00:00-23:30")
    assert data.resample(whole, "1D", calendar=calendar)["complete"].to_list() == [True]


def test_symbols_are_kept_apart():
    a, b = walk("2024-01-02", 3000, 1, 1), walk("2024-01-03", 2000, 1, 2)
    both = pl.concat([a.with_columns(symbol=pl.lit("A")), b.with_columns(symbol=pl.lit("B"))])
    calendar = data.Calendar("Europe/London", "08:00-16:30")
    for options in ({}, {"calendar": calendar}):
        for timeframe in ("1h", "1D"):
            found = data.resample(both, timeframe, **options)
            for name, alone in (("A", a), ("B", b)):
                mine = found.filter(pl.col("symbol") == name)
                expected = data.resample(alone, timeframe, **options)
                assert_frame_equal(rows(mine), rows(expected))


def test_missing_prices_and_volumes():
    frame = walk("2024-01-02", 60, 1, 1, keep=2).with_columns(
        pl.when(pl.col("time").rank() == 1).then(None).otherwise(pl.col("open")).alias("open"),
        pl.lit(None, pl.Float64).alias("volume"),
    )
    (bar,) = data.resample(frame, "1h").rows(named=True)
    assert bar["open"] == frame["open"][1]
    assert bar["volume"] is None


@pytest.mark.parametrize(
    "act",
    [
        lambda f: data.resample(f, "1y"),
        lambda f: data.resample(f, "h"),
        lambda f: data.resample(f, 5),
        lambda _: data.Calendar("Mars/Base", "09:30-16:00"),
        lambda _: data.Calendar("UTC", "9-17-18"),
        lambda _: data.Calendar("UTC", "25:00-26:00"),
        lambda _: data.Calendar("UTC", weekdays=[0]),
        lambda _: data.Calendar("UTC", half_days={dt.date(2024, 1, 1): "noon"}),
    ],
)
def test_arguments_that_are_none_are_named(act):
    with pytest.raises(tvf.Error) as told:
        act(walk("2024-01-02", 60, 1, 1))
    assert told.value.bound
