"""What a chart computes in the wheel and in all browsers and builds: every bit."""

import json
import struct

import numpy as np
import pytest

from parity_tests.asked import everywhere
from tvf_harness.pan import run_pan

tvf = pytest.importorskip("tvf")
chart = tvf.chart

ASK = """async (tvf, text) => {
  const { answers } = await import(`${location.origin}/page/chart.js`);
  return answers(tvf, await import(`${location.origin}/package/dist/chart/index.js`), text);
}"""
BARS = 6000
NAMES = ("time", "open", "high", "low", "close", "volume")
START = 1_704_067_200_000.0
ZONES = ("UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe")
KINDS = ("linear", "log", "percent", "indexed")
ODD = (np.nan, np.inf, -np.inf, -0.0, 0.0, 1e308, -1e308, 5e-324)


def columns(random):
    """A random walk with missing values, and prices that are none."""
    close = 50 + np.cumsum(random.normal(size=BARS))
    found = {
        "time": START + 60_000 * np.cumsum(random.integers(0, 3, BARS)).astype(float),
        "open": close + random.normal(size=BARS),
        "high": close + random.uniform(0, 2, BARS),
        "low": close - random.uniform(0, 2, BARS),
        "close": close,
        "volume": random.uniform(0, 1e6, BARS),
    }
    for name in NAMES:
        holes = random.choice(BARS, 200)
        found[name][holes] = np.nan if name == "time" else random.choice(ODD[:5], 200)
    found["close"][1000:1400] = np.nan
    return found


def calls_of(random):
    """Calls with likely and unlikely arguments."""

    def window():
        return sorted(int(x) for x in random.integers(0, BARS + 1, 2))

    def most():
        return int(random.choice([1, 2, 3, 17, 100, 2000, 10_000]))

    def real(scale=100.0):
        return float(random.choice(ODD)) if random.random() < 0.05 else float(random.normal() * scale)

    def reals(n):
        return [real() for _ in range(n)]

    def axis():
        low = float(random.uniform(0.01, 100) if random.random() < 0.8 else real())
        return [
            str(random.choice(KINDS)),
            low,
            low + float(random.uniform(-1, 1000)),
            float(random.integers(0, 900)),
            float(random.uniform(1, 100)) if random.random() < 0.9 else real(),
            bool(random.random() < 0.3),
        ]

    found = []
    for _ in range(60):
        moments = sorted(START + random.uniform(-1e7, 6e8, 2))
        margin = int(random.integers(0, 3))
        found += [
            ["cullTime", *map(float, moments), margin],
            ["cullIndex", real(2000), real(5000), margin],
            ["range", window(), str(random.choice(KINDS)), *(float(x) for x in random.uniform(0, 0.6, 2))],
            ["candles", window(), most()],
            ["lineRange", str(random.choice(NAMES)), window()],
            ["extremes", str(random.choice(NAMES)), window(), most()],
            ["lttb", str(random.choice(NAMES)), window(), most()],
            ["scale", axis(), reals(9), reals(9), reals(9)],
            ["scaleTicks", axis(), most(), 0.0 if random.random() < 0.7 else abs(real(1))],
            ["ticks", real(), real() + 100, most(), float(random.choice([0, 0, 0.25, 0.05, 0.001, 3]))],
            ["hits", *(reals(2) for _ in range(3))],
            ["polyline", reals(2), reals(6), reals(6)],
            ["levels", reals(2), real(), real(), reals(5), bool(random.random() < 0.5)],
            ["fibonacci", reals(2), reals(2), reals(2), axis()],
        ]
        length = 10.0 ** random.uniform(1, 13)
        first = float(random.uniform(0, 1.9e12))
        found.append(
            ["timeTicks", first, first + length, int(random.integers(1, 40)), str(random.choice(ZONES))]
        )
    for bad in (0, -1, np.nan):
        found += [["candles", [0, 9], bad], ["ticks", 0, 1, bad, 0], ["lttb", "close", [0, 9], bad]]
    return found


class Wheel:
    """Answers the calls as page/chart.js does."""

    def __init__(self, data):
        self.view = chart.View(data)
        self.lines = {name: chart.Line(data[name], data["time"]) for name in NAMES}

    def cullTime(self, *args):  # noqa: N802
        found = self.view.cull_time(*args)
        return [found.start, found.stop]

    def cullIndex(self, *args):  # noqa: N802
        found = self.view.cull_index(*args)
        return [found.start, found.stop]

    def range(self, window, scale, top, bottom):
        return self.view.range(slice(*window), scale=scale, top=top, bottom=bottom)

    def candles(self, window, most):
        found = self.view.candles(slice(*window), most)
        return [found.start, found.step, *(getattr(found, name) for name in NAMES)]

    def lineRange(self, name, window):  # noqa: N802
        return self.lines[name].range(slice(*window))

    def extremes(self, name, window, most):
        return self.lines[name].extremes(slice(*window), most)

    def lttb(self, name, window, most):
        return self.lines[name].lttb(slice(*window), most)

    def scale(self, about, prices, pixels, shown):
        scale = self._axis(about)
        return [
            [scale.y(x) for x in prices],
            scale.ys(prices),
            [scale.price(x) for x in pixels],
            [scale.shown(x) for x in prices],
            [scale.price_of(x) for x in shown],
            [scale.y_of(x) for x in shown],
        ]

    def scaleTicks(self, about, most, unit):  # noqa: N802
        return self._axis(about).ticks(most, unit)

    def ticks(self, *args):
        return chart.ticks(*args)

    def timeTicks(self, *args):  # noqa: N802
        return chart.time_ticks(*args)

    def hits(self, *points):
        at, a, b = map(tuple, points)
        lines = [act(at, a, b) for act in (chart.hit_segment, chart.hit_ray, chart.hit_line)]
        return [*lines, chart.hit_rectangle(at, a, b), chart.hit_rectangle(at, a, b, filled=True)]

    def polyline(self, *args):
        return chart.hit_polyline(*args)

    def levels(self, *args):
        return chart.hit_levels(*args)

    def fibonacci(self, at, a, b, about):
        return chart.hit_fibonacci(at, a, b, self._axis(about))

    def _axis(self, about):
        kind, low, high, *rest = about
        return chart.Scale(kind, (low, high), *rest)


def answer(wheel, call):
    name, *args = call
    try:
        return getattr(wheel, name)(*args)
    except tvf.Error as error:
        return {"code": error.code, "message": str(error)}


WORDS = ("NaN", "Infinity", "-Infinity", "-0")
"""Numbers that JSON has no others for."""


def sendable(value):
    """Numbers as JSON has them, or as words."""
    if isinstance(value, dict):
        return {name: sendable(x) for name, x in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [sendable(x) for x in value]
    if isinstance(value, float) and not np.isfinite(value):
        return "NaN" if np.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def bits(value):
    """A result with each number as its bits; any NaN is alike, and a whole number is a double."""
    if isinstance(value, str) and value in WORDS:
        return bits(float(value))
    if isinstance(value, dict | str | None):
        return value
    if isinstance(value, int | float | np.integer | np.floating):
        double = float(value)
        return "nan" if double != double else struct.pack("<d", double).hex()
    return [bits(x) for x in value]


@pytest.mark.parametrize("seed", [1, 2])
def test_every_bit_is_equal(tvf_package, seed):
    random = np.random.Generator(np.random.PCG64(seed))
    data, calls = columns(random), calls_of(random)
    own = [bits(answer(Wheel(data), call)) for call in calls]
    refused = sum(isinstance(found, dict) for found in own)
    assert 9 <= refused < len(own) / 4
    sent = sendable({"columns": {name: column.tolist() for name, column in data.items()}, "calls": calls})
    text = json.dumps(sent, allow_nan=False)
    for where, told in everywhere(tvf_package, ASK, text):
        found = json.loads(told)
        for call, wheel, page in zip(calls, own, found, strict=True):
            assert bits(page) == wheel, (where, call)


def test_a_drag_is_timed_after_its_answers_are_right(tvf_package):
    report = run_pan(tvf_package, bars=5_000, candles=100, seen=[50, 5_000], steps=20)
    assert [row["seen"] for row in report["rows"]] == [50, 5_000, 5_000]
    assert all(0 <= row["median"] <= row["p95"] <= row["max"] for row in report["rows"])
