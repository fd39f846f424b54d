"""What a chart computes, through the wheel: against twins that look at every bar."""

import datetime as dt

import numpy as np
import pytest
import tvf
from bars import START, bars
from tvf import chart

N = 5000
DATA = bars(N)
MINUTE = 60_000


def slow(data, candles):
    """Candles by looking at each bar."""
    found = {name: [] for name in ("time", "open", "high", "low", "close", "volume")}
    for i in range(len(candles)):
        part = slice(candles.start + i * candles.step, candles.start + (i + 1) * candles.step)
        found["time"].append(data["time"][part][0])
        found["open"].append(data["open"][part][0])
        found["high"].append(data["high"][part].max())
        found["low"].append(data["low"][part].min())
        found["close"].append(data["close"][part][-1])
        found["volume"].append(data["volume"][part].sum())
    return found


@pytest.mark.parametrize(
    ("window", "most"),
    [
        (slice(None), 2000),
        (slice(17, 4321), 100),
        (slice(-700, None), 33),
        (slice(40, 90), 200),
        (slice(9, 10), 1),
    ],
)
def test_candles_are_what_their_bars_are(window, most):
    candles = chart.View(DATA).candles(window, most)
    assert len(candles) <= most + 1
    for name, column in slow(DATA, candles).items():
        compare = np.testing.assert_allclose if name == "volume" else np.testing.assert_array_equal
        compare(getattr(candles, name), column)


def test_a_view_follows():
    start = {name: column[:100] for name, column in DATA.items()}
    view = chart.View(start)
    for i in range(100, 200):
        bar = {name: column[i] for name, column in DATA.items()}
        view.push(**{**bar, "high": 1e6})
        if i % 3:
            view.range()
        view.replace(**bar)
    view.append({name: column[200:3000] for name, column in DATA.items()})
    whole = chart.View({name: column[:3000] for name, column in DATA.items()})
    assert len(view) == 3000
    assert view.range() == whole.range()
    one, other = view.candles(slice(50, None), 40), whole.candles(slice(50, None), 40)
    for name in DATA:
        assert getattr(one, name).tobytes() == getattr(other, name).tobytes()


def test_bars_are_found_by_time_and_by_place():
    view = chart.View(DATA)
    assert view.cull_time(START + 10 * MINUTE, START + 20 * MINUTE) == slice(10, 21)
    moment = dt.datetime.fromtimestamp(START / 1000, dt.UTC) + dt.timedelta(minutes=20)
    assert view.cull_time(START + 10 * MINUTE + 1, moment, 2) == slice(9, 23)
    assert view.cull_index(10.5, 20.5, 1) == slice(10, 22)
    assert view.cull_index(-np.inf, np.inf) == slice(0, N)


def test_the_ends_of_an_axis():
    view = chart.View(DATA)
    low, high = DATA["low"][5:99].min(), DATA["high"][5:99].max()
    assert view.range(slice(5, 99)) == (low, high)
    assert view.range(slice(5, 99), top=0.25, bottom=0.25) == pytest.approx(
        (low - (high - low) / 2, high + (high - low) / 2)
    )
    assert view.range(slice(7, 7)) is None
    assert chart.View({"close": [5, 5]}).range() == (4.95, 5.05)
    below = chart.View({"high": [2, 30], "low": [-1, 20], "close": [1, 25]})
    assert below.range(scale="log") == pytest.approx((20, 30))


def test_the_profile_of_what_is_seen():
    profile = chart.View(DATA).volume_profile(slice(100, 400), bins=12)
    columns = [DATA[name][100:400] for name in ("high", "low", "close", "volume")]
    other = tvf.volume_profile(*columns, bins=12)
    assert (len(profile), profile.poc) == (12, other.poc)
    np.testing.assert_array_equal(profile.volume, other.volume)


@pytest.mark.parametrize("library", ["polars", "pandas", "pyarrow"])
def test_frames(library):
    module = pytest.importorskip(library)
    frame = module.table(DATA) if library == "pyarrow" else module.DataFrame(DATA)
    assert chart.View(frame).range() == chart.View(DATA).range()


def test_a_line_keeps_its_extremes():
    line = chart.Line(DATA["volume"], DATA["time"])
    at, value = line.extremes(most=100)
    assert len(at) <= 202
    assert (value.min(), value.max()) == (DATA["volume"].min(), DATA["volume"].max())
    np.testing.assert_array_equal(DATA["volume"][at], value)
    assert (np.diff(at) > 0).all()
    assert line.cull_time(START, START) == slice(0, 1)
    line.push(1e9, START + N * MINUTE)
    assert line.range() == (DATA["volume"].min(), 1e9)
    line.replace(-5, START + N * MINUTE)
    assert line.range().low == -5
    line.append([1.0, 2.0], [START + (N + 1) * MINUTE] * 2)
    assert len(line) == N + 3
    gap = chart.Line([np.nan, np.nan, 1, 2]).extremes(most=2)
    np.testing.assert_array_equal(gap.at, [0, 2, 3])
    np.testing.assert_array_equal(gap.value, [np.nan, 1, 2])


def test_largest_triangles():
    points = chart.Line(DATA["close"]).lttb(slice(100, 4000), 50)
    chosen = chart.lttb(np.arange(3900), DATA["close"][100:4000], 50)
    np.testing.assert_array_equal(points.at, chosen + 100)
    np.testing.assert_array_equal(points.value, DATA["close"][points.at])
    assert chart.lttb([1, 2, 3], [1, None, 3], 9).tolist() == [0, 2]
    assert chart.lttb([], [], 9).tolist() == []


def test_axes():
    linear = chart.Scale("linear", (100, 200), 400)
    assert (linear.y(150), linear.price(100)) == (200, 175)
    assert linear.ys([100, 200]).tolist() == [400, 0]
    log = chart.Scale("log", (1, 100), 200, inverted=True)
    assert log.y(10) == 100
    assert np.isnan(log.y(0))
    percent = chart.Scale("percent", (-10, 10), 100, base=50)
    assert (percent.shown(55), percent.y(55), percent.price_of(10), percent.y_of(0)) == (10, 0, 55, 50)
    assert percent.ticks(4).values.tolist() == [-10, -5, 0, 5, 10]
    assert log.ticks(2).values.tolist() == [1, 10, 100]
    values, step, decimals = chart.ticks(0.1, 0.7, 6)
    assert (values.tolist(), step, decimals) == ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], 0.1, 1)
    assert chart.ticks(100.1, 100.9, 4, 0.25).values.tolist() == [100.25, 100.5, 100.75]


def test_moments_of_a_zone():
    first = dt.datetime(2024, 3, 9, 0, tzinfo=dt.UTC)
    time, unit = chart.time_ticks(first, dt.datetime(2024, 3, 12, tzinfo=dt.UTC), 3, "America/New_York")
    hours = (np.diff(time) / 3_600_000).tolist()
    assert (time.dtype, hours, unit) == (np.int64, [24, 23], ["day"] * 3)


def test_drawings():
    at, a, b = (13, 4), (0, 0), (10, 0)
    assert [f(at, a, b) for f in (chart.hit_segment, chart.hit_ray, chart.hit_line)] == [5, 4, 4]
    assert chart.hit_rectangle((5, 2), a, (10, 10)) == 2
    assert chart.hit_rectangle((5, 2), a, (10, 10), filled=True) == 0
    assert chart.hit_polyline(at, [0, 10, np.nan, 10, 20], [0, 0, 0, 9, 9]) == (5, 0)
    assert chart.hit_levels((5, 18), 0, 10, [10, 20, 40]) == (2, 1)
    assert chart.hit_levels(at, 0, 10, []).distance == np.inf
    assert chart.fibonacci(100, 200, 0.5) == 150
    scale = chart.Scale("linear", (100, 200), 100)
    hit = chart.hit_fibonacci((5, 51), (0, 100), (10, 200), scale)
    assert hit == (1, chart.FIBONACCI.index(0.5))


VIEW = chart.View({"close": [1.0, 2.0], "time": [START, START + MINUTE]})


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: VIEW.candles(most=0), tvf.ParamError, "most 0 is below 1"),
        (lambda: VIEW.candles(most="9"), tvf.ParamError, "most is of type str, not a number"),
        (lambda: VIEW.candles(slice(0, 9, 2)), tvf.ParamError, "window is not a slice of bars"),
        (lambda: VIEW.candles(slice("a")), tvf.ParamError, "window is not a slice of whole numbers"),
        (lambda: VIEW.candles((1, 2)), tvf.ParamError, "window is not a slice of bars"),
        (lambda: VIEW.range(top=0.6, bottom=0.6), tvf.ParamError, "top 0.6 is too much beside bottom 0.6"),
        (lambda: VIEW.range(scale="cubic"), tvf.ParamError, 'scale "cubic" is none of'),
        (lambda: VIEW.cull_index(1, np.nan), tvf.ParamError, "to NaN is not a number"),
        (lambda: VIEW.cull_time(1, 2, -1), tvf.ParamError, "margin -1 is below 0"),
        (lambda: VIEW.push(close=1), tvf.InputTypeError, "time is missing"),
        (lambda: VIEW.push(close=1, time=START, open=2), tvf.InputTypeError, "a bar has no value open"),
        (lambda: VIEW.push(close=1, time=START), tvf.InputValueError, "time"),
        (lambda: VIEW.append({"close": [1]}), tvf.UnknownNameError, 'no column "time"'),
        (
            lambda: VIEW.append({"close": [1, 2], "time": [START]}),
            tvf.InputValueError,
            "input time has 1 bars",
        ),
        (lambda: VIEW.volume_profile(), tvf.UnknownNameError, 'no column "high"'),
        (lambda: chart.View({"high": [1]}), tvf.UnknownNameError, 'no column "close"'),
        (lambda: chart.View([1]), tvf.InputTypeError, "frame is of type list"),
        (lambda: chart.View({"close": []}).replace(close=1), tvf.StateError, "no bar to replace"),
        (lambda: chart.Line([1]).push(1, START), tvf.InputValueError, "time is given"),
        (lambda: chart.Line([1], [1, 2]), tvf.InputValueError, "input time has 2 bars"),
        (lambda: chart.lttb([1, 2], [1], 5), tvf.InputValueError, "input y has 1 bars but x has 2"),
        (lambda: chart.Scale("linear", (2, 2), 9), tvf.ParamError, "low 2 is not below 2"),
        (lambda: chart.Scale("percent", (1, 2), 9), tvf.ParamError, "base NaN is not finite"),
        (lambda: chart.ticks(0, 1, 10**9), tvf.ParamError, "most 1000000000 is above 10000"),
        (lambda: chart.time_ticks(0, np.inf, 5), tvf.ParamError, "to infinity is not finite"),
        (lambda: chart.time_ticks(0, 1, 5, "Nowhere"), tvf.InputValueError, "zone"),
        (lambda: chart.hit_segment(1, (0, 0), (1, 1)), tvf.ParamError, "at is of type int, not a point"),
        (lambda: chart.hit_polyline((0, 0), [1, 2], [1]), tvf.InputValueError, "input y has 1 bars"),
    ],
)
def test_what_makes_no_sense_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_a_failed_call_leaves_the_view_as_it_was():
    view = chart.View({"close": [1.0], "time": [START + MINUTE]})
    with pytest.raises(tvf.InputValueError):
        view.push(close=9.0, time=START)
    assert (len(view), view.range()) == (1, (0.99, 1.01))
