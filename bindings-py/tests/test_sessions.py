"""Sessions by the clock of a zone, through its changes."""

import datetime as dt
import time
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
import pytest
import tvf
from bars import bars

HOUR = 3_600_000


def moments(first, last, step):
    begin, end = (int(dt.datetime.fromisoformat(t).timestamp() * 1000) for t in (first, last))
    return np.arange(begin, end, step, dtype=np.float64)


def by_host(times, zone, opening):
    """The session's date by one host call per bar: what is never done, and must come out the same."""
    hour, minute = map(int, opening.split(":"))
    shift = dt.timedelta(hours=hour, minutes=minute)
    if hour >= 12:
        shift -= dt.timedelta(days=1)
    found = []
    for t in times.tolist():
        local = dt.datetime.fromtimestamp(t / 1000, ZoneInfo(zone)).replace(tzinfo=None)
        found.append((local - shift).date().toordinal())
    return np.array(found)


@pytest.mark.parametrize("opening", ["00:00", "09:30", "17:00"])
@pytest.mark.parametrize(
    ("zone", "first", "last"),
    [
        ("America/New_York", "2024-03-08T00:00:00+00:00", "2024-03-13T00:00:00+00:00"),
        ("America/New_York", "2024-11-01T00:00:00+00:00", "2024-11-06T00:00:00+00:00"),
        ("Europe/London", "2023-03-24T00:00:00+00:00", "2023-03-29T00:00:00+00:00"),
        ("Europe/London", "2023-10-27T00:00:00+00:00", "2023-11-01T00:00:00+00:00"),
        ("Australia/Lord_Howe", "2024-04-04T00:00:00+00:00", "2024-04-09T00:00:00+00:00"),
        ("Asia/Kolkata", "2024-01-01T00:00:00+00:00", "2024-01-05T00:00:00+00:00"),
        ("Africa/Casablanca", "2024-03-08T00:00:00+00:00", "2024-04-20T00:00:00+00:00"),
        ("Pacific/Apia", "2011-12-27T00:00:00+00:00", "2012-01-03T00:00:00+00:00"),
        ("America/New_York", "1966-10-28T00:00:00+00:00", "1966-11-01T00:00:00+00:00"),
        ("Europe/Berlin", "2060-03-25T00:00:00+00:00", "2060-04-05T00:00:00+00:00"),
    ],
)
def test_changes_of_the_clock(zone, first, last, opening):
    times = moments(first, last, 10 * 60_000)
    numbers = tvf.sessions(times, zone, opening)
    expected = by_host(times, zone, opening)
    assert np.array_equal(np.diff(numbers) != 0, np.diff(expected) != 0)


def test_long_series():
    times = moments("1995-01-01T00:00:00+00:00", "2035-01-01T00:00:00+00:00", 3 * HOUR)
    for zone in ("America/New_York", "Europe/London", "UTC", "Asia/Tokyo"):
        expected = by_host(times, zone, "00:00")
        assert np.array_equal(np.diff(tvf.sessions(times, zone)) != 0, np.diff(expected) != 0)


def test_a_million_minutes_take_less_than_a_tenth_of_a_second():
    times = 1.6e12 + 60_000 * np.arange(1_000_000)
    best = []
    for zone in ("America/New_York", "Europe/Paris", "America/Sao_Paulo"):
        start = time.perf_counter()
        tvf.sessions(times, zone, "09:30")
        best.append(time.perf_counter() - start)
    assert min(best) < 0.1


def test_anchors():
    times = moments("2024-01-01T00:00:00+00:00", "2024-12-31T00:00:00+00:00", HOUR)
    for anchor, count in (("session", 365), ("week", 53), ("month", 12), (60, 365 * 24), (1440, 365)):
        assert len(np.unique(tvf.sessions(times, anchor=anchor))) == pytest.approx(count, abs=1)


def test_forms():
    times = 1.7e12 + HOUR * np.arange(100)
    expected = tvf.sessions(times, "America/New_York", "09:30")
    assert isinstance(expected, np.ndarray)
    for opening in ("9:30", dt.time(9, 30), 570, 570.0):
        assert np.array_equal(tvf.sessions(times, "America/New_York", opening), expected)
    assert isinstance(tvf.sessions(pl.Series(times)), pl.Series)
    assert isinstance(tvf.sessions(times.tolist()), list)
    assert len(tvf.sessions(times[:0], "America/New_York")) == 0
    assert np.isnan(tvf.sessions(np.array([np.nan, np.inf]), "America/New_York")).all()
    holes = np.where(np.arange(100) == 5, np.nan, times)
    assert np.array_equal(np.isnan(tvf.sessions(holes, "America/New_York")), np.isnan(holes))


@pytest.mark.parametrize(
    "call",
    [
        lambda t: tvf.sessions(t, "Nowhere/Nothing"),
        lambda t: tvf.sessions(t, ""),
        lambda t: tvf.sessions(t, "../etc/passwd"),
        lambda t: tvf.sessions(t, 3),
        lambda t: tvf.sessions(t, "UTC", "24:00"),
        lambda t: tvf.sessions(t, "UTC", "9"),
        lambda t: tvf.sessions(t, "UTC", "09:60"),
        lambda t: tvf.sessions(t, "UTC", 1440),
        lambda t: tvf.sessions(t, "UTC", -1),
        lambda t: tvf.sessions(t, "UTC", 9.5),
        lambda t: tvf.sessions(t, "UTC", None),
        lambda t: tvf.sessions(t, anchor="none"),
        lambda t: tvf.sessions(t, anchor="number"),
        lambda t: tvf.sessions(t, anchor="year"),
        lambda t: tvf.sessions(t, anchor=0),
        lambda t: tvf.sessions(t, anchor=1.5),
        lambda t: tvf.sessions(t, anchor=None),
        lambda t: tvf.sessions(t / 1000),
    ],
)
def test_refusals(call):
    with pytest.raises(tvf.InputValueError) as caught:
        call(1.7e12 + HOUR * np.arange(100))
    assert caught.value.code in ("session", "time_unit")


def test_vwap_by_zone_and_by_number():
    data = bars(3000)
    given = [data[n] for n in ("high", "low", "close", "volume")]
    numbers = tvf.sessions(data["time"], "America/New_York", "09:30")
    by_zone = tvf.vwap(*given, data["time"], zone="America/New_York", open="09:30")
    for other in (
        tvf.vwap(*given, anchor=numbers),
        tvf.vwap(*given, numbers, "number"),
        tvf.vwap(*given, anchor=numbers.tolist()),
        tvf.vwap(*(pl.Series(c) for c in given), anchor=pl.Series(numbers)),
    ):
        assert all(
            np.array_equal(a, np.asarray(b), equal_nan=True) for a, b in zip(by_zone, other, strict=True)
        )
    plain = tvf.vwap(*given, data["time"], open="09:30", utc_offset=-300)
    assert np.array_equal(plain.vwap, by_zone.vwap, equal_nan=True)
    with pytest.raises(tvf.ParamError, match="utc_offset"):
        tvf.vwap(*given, data["time"], zone="UTC", utc_offset=60)
    with pytest.raises(tvf.InputTypeError, match="time"):
        tvf.vwap(*given, zone="UTC")


def test_anchor_as_a_column_needs_no_zone():
    data = bars(50)
    given = [data[n] for n in ("high", "low", "close", "volume")]
    numbers = tvf.sessions(data["time"])
    for call in (
        lambda: tvf.vwap(*given, data["time"], zone="UTC", anchor=numbers),
        lambda: tvf.vwap(*given, data["time"], zone="UTC", anchor=pl.Series(numbers)),
        lambda: tvf.compute(data, [("vwap", {"zone": "UTC", "anchor": numbers})]),
    ):
        with pytest.raises(tvf.ParamError, match='zone "UTC" and a column as the anchor both') as caught:
            call()
        assert caught.value.name == "anchor"
