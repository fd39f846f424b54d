"""Streams whose sessions follow a zone: the same bits as the batch, through changes of the clock."""

import copy
import pickle
from unittest import mock

import numpy as np
import pandas as pd
import polars as pl
import pytest
import tvf
from bars import bars, same
from tvf import _sessions

HALF_HOUR = 1_800_000.0
ZONE = {"zone": "America/New_York", "open": "09:30"}
CHANGES = [
    1_709_856_000_000,  # 2024-03-08: forward on the 10th
    1_730_419_200_000,  # 2024-11-01: back on the 3rd
    -300_000_000,  # 1969-12-28: through times that look like seconds
]


@pytest.fixture(params=CHANGES)
def given(request):
    """Half hours of nine days from a Friday on."""
    data = bars(432)
    time = request.param + HALF_HOUR * np.arange(432)
    return [*(data[name] for name in ("high", "low", "close", "volume")), time]


def walk(given):
    return list(zip(*(column.tolist() for column in given), strict=True))


def columns(values):
    return list(np.array(values, np.float64).reshape(-1, 3).T)


def forms(**more):
    return [tvf.Stream("vwap", **ZONE, **more), tvf.stream.Vwap(**ZONE, **more)]


@pytest.mark.parametrize("anchor", ["session", "week", "month", 240, 525_600])
def test_equals_the_batch(given, anchor):
    expected = list(tvf.vwap(*given, anchor=anchor, **ZONE))
    for stream in forms(anchor=anchor):
        found = []
        for bar in walk(given):
            peeked = stream.peek(*bar)
            stream.peek(*bar[:4], bar[4] + 90 * HALF_HOUR)
            stream.update(*bar[::-1][1:], bar[4] + 90 * HALF_HOUR)
            found.append(stream.replace(*bar))
            assert same(columns(peeked), columns(found[-1]))
        assert same(columns(found), expected)
    parts = tvf.Stream("vwap", anchor=anchor, **ZONE)
    found = [parts.extend(*(c[i:j] for c in given)) for i, j in ((0, 0), (0, 1), (1, 300), (300, 432))]
    assert same([np.concatenate(c) for c in zip(*found, strict=True)], expected)


def test_kinds_of_columns(given):
    expected = list(tvf.vwap(*given, **ZONE))
    moments = given[4].astype("int64").astype("datetime64[ms]")
    for form in (
        [*given[:4], moments],
        [pl.Series(c) for c in (*given[:4], moments)],
        [pd.Series(c) for c in (*given[:4], moments)],
        [c.tolist() for c in given],
    ):
        found = tvf.Stream("vwap", **ZONE).extend(*form)
        assert all(type(column) is type(form[0]) for column in found)
        assert same([np.asarray(column) for column in found], expected)
    one_by_one = tvf.Stream("vwap", **ZONE)
    bars = zip(*(c.tolist() for c in given[:4]), moments.tolist(), strict=True)
    assert same(columns([one_by_one.update(*bar) for bar in bars]), expected)


def test_a_missing_time_passes_over(given):
    given[4][[0, 7, 100]] = np.nan, np.inf, np.nan
    assert np.isnan(tvf.Stream("vwap", **ZONE).update(1, 1, 1, 1, pd.NaT)[0])
    found = [tvf.Stream("vwap", **ZONE).extend(*given)]
    stream = tvf.Stream("vwap", **ZONE)
    found.append(columns([stream.update(*bar) for bar in walk(given)]))
    for each in found:
        assert same(list(each), list(tvf.vwap(*given, **ZONE)))


def test_a_zone_is_asked_once_a_session(given):
    stream = tvf.Stream("vwap", **ZONE)
    with mock.patch.object(_sessions, "_changes", wraps=_sessions._changes) as asked:
        for bar in walk(given):
            stream.peek(*bar)
            stream.update(*bar)
    # Days, and two changes of the clock at most.
    assert 9 <= asked.call_count <= 12


def test_snapshots_go_on_with_the_zone(given):
    expected = list(tvf.vwap(*given, **ZONE))
    rest = walk(given)[200:]
    for stream in forms():
        stream.extend(*(c[:201] for c in given))
        kind = type(stream)
        others = [
            kind.restore(stream.snapshot(), **ZONE),
            kind.restore(stream.snapshot(), "America/New_York", 570, "session"),
            pickle.loads(pickle.dumps(stream)),
            copy.deepcopy(stream),
        ]
        for other in others:
            assert type(other) is kind
            assert (other.params, other.bars) == (stream.params, 201)
            found = [other.replace(*rest[0]), *(other.update(*bar) for bar in rest[1:])]
            assert same(columns(found), [c[200:] for c in expected])
    # The caller's own numbers need no zone to go on.
    numbers = [*given[:4], tvf.sessions(given[4], "America/New_York", "09:30")]
    own = tvf.Stream("vwap", anchor="number")
    own.extend(*(c[:201] for c in numbers))
    plain = tvf.Stream.restore(own.snapshot())
    assert plain.params["anchor"] == "number"
    assert same(list(plain.extend(*(c[201:] for c in numbers))), [c[201:] for c in expected])


@pytest.mark.parametrize("taken", ["bars", "columns", "pieces"])
def test_times_that_go_back_are_refused(taken):
    price = [1.0] * 4
    time = 1.7e12 + HALF_HOUR * np.array([0, 1, 3])
    stream = tvf.Stream("vwap", **ZONE)
    if taken == "bars":
        for moment in time:
            stream.update(*price, moment)
    elif taken == "columns":
        stream.extend(*np.ones((4, 3)), time)
    else:
        for part in (slice(0, 1), slice(1, 3)):
            stream.extend(*np.ones((4, 3))[:, part], time[part])
    early = 1.7e12 + HALF_HOUR
    why = f"time goes back at bar 3: {early:.0f} after {time[2]:.0f}"
    for each in (stream, tvf.Stream.restore(stream.snapshot(), **ZONE)):
        for act in (
            lambda each=each: each.peek(*price, early),
            lambda each=each: each.update(*price, early),
            lambda each=each: each.extend(*np.ones((4, 2)), np.array([early, 1.8e12])),
        ):
            with pytest.raises(tvf.Error, match=why) as found:
                act()
            assert found.value.code == "time_order"
        assert each.bars == 3
        each.replace(*price, early)
        with pytest.raises(tvf.Error, match="time goes back at bar 2"):
            each.replace(*price, 1.7e12)
        each.update(*price, early)
        assert each.bars == 4


KNOWN = 'snapshot follows zone "America/New_York", open 570, anchor "session"'


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ({}, f"{KNOWN}: restore it with the same"),
        ({**ZONE, "zone": "UTC"}, f'{KNOWN}, not zone "UTC", open 570, anchor "session"'),
        ({**ZONE, "open": 0}, f'{KNOWN}, not zone "America/New_York", open 0, anchor "session"'),
        ({**ZONE, "anchor": 60}, f'{KNOWN}, not zone "America/New_York", open 570, anchor 60'),
    ],
)
def test_a_snapshot_is_refused_by_another_clock(where, words):
    snapshot = tvf.Stream("vwap", **ZONE).snapshot()
    for kind in (tvf.Stream, tvf.stream.Vwap):
        with pytest.raises(tvf.InputValueError) as caught:
            kind.restore(snapshot, **where)
        assert (str(caught.value), caught.value.code, caught.value.name) == (words, "session", "zone")
    own = tvf.Stream("vwap", anchor="number").snapshot()
    with pytest.raises(tvf.InputValueError, match="its vwap was given its own numbers of sessions"):
        tvf.Stream.restore(own, **ZONE)


def test_says_what_it_is():
    for stream in forms(anchor="week", mult=2):
        assert stream.params == {
            "anchor": "week",
            "mult": 2.0,
            "utc_offset": 0,
            "open": 570,
            "empty": "nan",
            "zone": "America/New_York",
        }
        assert "zone='America/New_York'" in repr(stream)
        assert tvf.Stream("vwap", **stream.params).params == stream.params


def test_an_opening_without_a_zone():
    data = bars(432)
    given = [data[name] for name in ("high", "low", "close", "volume", "time")]
    for stream in (tvf.Stream("vwap", open="09:30"), tvf.stream.Vwap(open="9:30")):
        assert stream.params["open"] == 570
        assert "zone" not in stream.params
        assert same(list(stream.extend(*given)), list(tvf.vwap(*given, open="09:30")))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: tvf.Stream("vwap", zone="Mars/Olympus"), 'zone "Mars/Olympus" is not an IANA zone'),
        (lambda: tvf.Stream("vwap", zone=5), "zone 5 is not an IANA zone"),
        (lambda: tvf.stream.Vwap(zone="UTC", open="25:00"), 'open "25:00" is not "00:00" to "23:59"'),
        (lambda: tvf.Stream("vwap", zone="UTC", anchor="none"), 'anchor "none" is not one of "session"'),
        (lambda: tvf.Stream("vwap", zone="UTC", anchor=[1.0]), "a column as the anchor both say"),
        (lambda: tvf.Stream("vwap", anchor=np.arange(9.0)), "number per bar cannot follow new bars"),
        (lambda: tvf.Stream("vwap", zone="UTC", anchor=0), "anchor 0 is not 1 to 525600 minutes"),
        (lambda: tvf.Stream("vwap", zone="UTC", utc_offset=60), 'zone "UTC" and utc_offset 60 both say'),
        (lambda: tvf.Stream("vwap", zone="UTC").update(1, 1, 1, 1, 1.7e9), "looks like seconds"),
        (lambda: tvf.Stream("vwap", zone="UTC").extend([1], [1], [1], [1], [1.7e9]), "looks like seconds"),
        (
            lambda: tvf.Stream.restore(tvf.Stream("vwap").snapshot(), zone="UTC"),
            'zone "UTC" does not suit the snapshot: its vwap has the anchor "session"',
        ),
        (
            lambda: tvf.Stream.restore(tvf.Stream("rsi").snapshot(), zone="UTC"),
            'zone "UTC" does not suit the snapshot: its rsi has no sessions',
        ),
        (
            lambda: tvf.Stream.restore(tvf.Stream("vwap", **ZONE).snapshot(), open="09:30"),
            "open and anchor need a zone",
        ),
    ],
)
def test_refusals(call, words):
    with pytest.raises(tvf.Error) as caught:
        call()
    assert isinstance(caught.value, ValueError)
    assert caught.value.code in ("session", "time_unit")
    assert words in str(caught.value)


def test_other_refusals():
    for call in (
        lambda: tvf.Stream("rsi", zone="UTC"),
        lambda: tvf.compute({"close": [1.0]}, [("rsi", {"zone": "UTC"})]),
    ):
        with pytest.raises(tvf.ParamError, match='rsi has no parameter "zone"'):
            call()
    stream = tvf.Stream("vwap", **ZONE)
    for call in (lambda: stream.update(1, 1, 1, 1), lambda: stream.extend([1.0], [1.0], [1.0], [1.0])):
        with pytest.raises(tvf.InputTypeError, match='vwap with anchor "session" needs the input time'):
            call()
    assert stream.bars == 0
    for more in ({}, {"zone": "UTC"}):
        with pytest.raises(tvf.InputTypeError, match="vwap with anchor 60 needs the input time"):
            tvf.Stream("vwap", anchor=60, **more).update(1, 1, 1, 1)
