"""Chart transforms against their slow twins and against Stock Indicators."""

import csv

import numpy as np
import pytest
import tvf
import twins_transforms as twins
from references import SKENDER

TICK = 1 / 8
"""A fraction that binary numbers hold, so that twins of whole ticks are exact."""
SEEDS = range(12)


def ticks(seed: int) -> list[int]:
    """A walk in ticks, with ties and gaps."""
    random = np.random.Generator(np.random.PCG64(seed))
    steps = random.integers(-4, 5, 600)
    steps[random.integers(0, 600, 12)] *= 15
    walk = 4000 + np.cumsum(steps)
    return [4000, *walk.tolist()]


def told(rows):
    """Open and close in ticks, and index."""
    columns = (rows.open / TICK, rows.close / TICK, rows.index)
    return list(zip(*(column.tolist() for column in columns), strict=True))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("step", [1, 4, 10, 25])
def test_steps_of_price(seed, step):
    close = ticks(seed)
    price, size = np.array(close) * TICK, step * TICK
    renko = tvf.transform("renko", close=price, brick=size, begin="close")
    assert told(renko) == twins.renko(close, step)
    assert told(tvf.transform("kagi", close=price, reversal=size)) == twins.kagi(close, step)
    bars = tvf.transform("range_bars", close=price, size=size)
    assert told(bars) == twins.range_bars(close, step)
    assert np.array_equal(bars.high - bars.low, np.full(len(bars), size))
    for reversal in (1, 2, 3):
        found = tvf.transform("point_and_figure", close=price, box=size, reversal=reversal)
        assert told(found) == twins.point_and_figure(close, step, reversal)
        assert found.boxes.tolist() == [abs(b - a) / step + 1 for a, b, _ in told(found)]


@pytest.mark.parametrize("seed", SEEDS)
def test_line_break(seed):
    close = ticks(seed)
    for lines in (1, 2, 3, 7):
        found = tvf.transform("line_break", close=np.array(close) * TICK, lines=lines)
        assert told(found) == twins.line_break(close, lines)


@pytest.mark.parametrize("seed", SEEDS)
def test_activity(seed):
    random = np.random.Generator(np.random.PCG64(seed))
    close = np.array(ticks(seed)) * TICK
    volume = random.integers(0, 50, len(close)).astype(float)
    for kind, size, amount in (
        ("tick_bars", 7, lambda _: 1.0),
        ("volume_bars", 300.0, lambda i: float(volume[i])),
        ("dollar_bars", 200_000.0, lambda i: float(close[i] * volume[i])),
    ):
        found = tvf.transform(kind, close=close, volume=volume, size=size)
        assert found.index.tolist() == twins.activity(size, amount, len(close))
        for row in found:
            part = slice(row.start, row.index + 1)
            assert (row.open, row.close) == (close[row.start], close[row.index])
            assert (row.high, row.low) == (close[part].max(), close[part].min())
            assert row.volume == volume[part].sum()


def baseline(name: str) -> dict[str, list[str]]:
    with (SKENDER / name).open() as file:
        rows = list(csv.DictReader(file))
    return {key: [row[key] for row in rows] for key in rows[0]}


def floats(column: list[str]) -> np.ndarray:
    return np.array(column, float)


@pytest.fixture(scope="module")
def quotes():
    columns = baseline("quotes/skender_default.csv")
    dates = np.array(columns.pop("date"), "datetime64[ms]")
    return {"time": dates} | {name: floats(column) for name, column in columns.items()}


def near(found, expected):
    np.testing.assert_allclose(found, floats(expected), rtol=1e-9, atol=1e-9)


def test_heikin_ashi_of_stock_indicators(quotes):
    found = tvf.transform("heikin_ashi", quotes)
    expected = baseline("skender_baseline/heikinashi.csv")
    assert found.index.tolist() == list(range(502))
    for name in ("open", "high", "low", "close", "volume"):
        near(found[name], expected[name])
    rows = zip(*(quotes[name].tolist() for name in ("open", "high", "low", "close")), strict=True)
    mine = zip(*(found[name].tolist() for name in ("open", "high", "low", "close")), strict=True)
    assert list(mine) == twins.heikin_ashi(list(rows))


# Its bricks by range have one size, that of the last bar: here it is given.
@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("renko", {"brick": 1.0}),
        ("renko-atr", {"brick": 218.9497482878433 - 212.8, "begin": "close"}),
    ],
)
def test_renko_of_stock_indicators(quotes, name, params):
    found = tvf.transform("renko", quotes, wicks="range", **params)
    expected = baseline(f"skender_baseline/{name}.csv")
    for column in ("open", "high", "low", "close"):
        near(found[column], expected[column])
    assert [int(x) > 0 for x in found.direction] == [x == "True" for x in expected["isUp"]]
    times = np.array(expected["timestamp"], "datetime64[ms]")
    assert found.time.tolist() == times.astype(np.int64).tolist()
    # Volumes of several bricks of a bar are cut to whole numbers there.
    np.testing.assert_allclose(found.volume, floats(expected["volume"]), atol=1)
