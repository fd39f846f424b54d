"""Support and resistance and the volume profile against slow twins, and examples that can be told by hand."""

from pathlib import Path
from runpy import run_path
from typing import Any

import numpy as np
import pytest
import tvf

from parity_tests import twins_levels as twins

ROOT = Path(__file__).resolve().parents[1]


def market(seed: int, bars: int, tick: float = 0.0, gaps: bool = False) -> dict[str, np.ndarray]:
    """A random walk, on a grid of prices if it has a tick, with bars that miss something if it has gaps."""
    random = np.random.default_rng(seed)
    close = 100 + np.cumsum(random.normal(0, 1, bars))
    high = close + random.exponential(0.5, bars)
    low = close - random.exponential(0.5, bars)
    if tick:
        high, low, close = (np.round(x / tick) * tick for x in (high, low, close))
    columns = {
        "high": high,
        "low": low,
        "close": close,
        "volume": random.integers(0, 10_000, bars).astype(float),
    }
    if gaps:
        for column in columns.values():
            for value in (np.nan, np.inf, -np.inf):
                column[random.integers(0, bars, max(bars // 100, 1))] = value
        columns["volume"][random.integers(0, bars, max(bars // 50, 1))] *= -1
    return columns


def columns_of(rows, names) -> dict[str, np.ndarray]:
    return {name: np.array([getattr(row, name) for row in rows], dtype=float) for name in names}


def assert_equal(table, rows, names) -> None:
    assert len(table) == len(rows)
    for name, theirs in columns_of(rows, names).items():
        np.testing.assert_allclose(getattr(table, name), theirs, rtol=1e-9, atol=1e-9, err_msg=name)


LEVELS = [
    {},
    {"min_touches": 1},
    {"left": 1, "right": 1, "tolerance": 1.0, "atr_period": 1},
    {"left": 2, "right": 7, "tolerance": 0.0, "min_touches": 1},
    {"left": 9, "right": 3, "tolerance": 3.0, "atr_period": 40, "min_touches": 4},
]


@pytest.mark.parametrize("settings", LEVELS, ids=str)
@pytest.mark.parametrize(("seed", "tick", "gaps"), [(1, 0.0, False), (2, 0.0, True), (3, 0.0078125, True)])
def test_levels_are_those_of_the_twin(settings: dict[str, Any], seed, tick, gaps) -> None:
    bars = market(seed, 600, tick, gaps)
    high, low, close = (bars[name] for name in ("high", "low", "close"))
    rows = twins.support_resistance(high.tolist(), low.tolist(), close.tolist(), **settings)
    assert_equal(tvf.support_resistance(high, low, close, **settings), rows, twins.Level._fields)


def test_a_market_between_two_prices_has_two_levels() -> None:
    swing = np.array([105.0, 110, 105, 100, 105, 110, 105, 100, 105, 110, 105])
    settings: dict[str, Any] = {"left": 1, "right": 1, "atr_period": 1}
    rows = [tuple(row) for row in tvf.support_resistance(swing, swing, swing, **settings)]
    assert rows == [(100.0, 2.0, 2.0, 3, 7, 1), (110.0, 3.0, 3.0, 1, 9, -1)]
    assert rows == [tuple(row) for row in twins.support_resistance(swing, swing, swing, **settings)]
    # The market breaks out and comes back from above.
    prices = np.append(swing[:10], [118.0, 111.0, 118.0])
    table = tvf.support_resistance(prices, prices, prices, **settings)
    assert tuple(table[1]) == (331 / 3, 3.0, 3.0, 1, 11, 1)


def test_levels_of_a_stream_are_those_of_its_bars() -> None:
    bars = market(4, 120)
    inputs = [bars[name] for name in ("high", "low", "close")]
    stream = tvf.Stream("support_resistance", min_touches=1)
    for i, bar in enumerate(zip(*inputs, strict=True)):
        shown = stream.update(*bar)
        rows = twins.support_resistance(*(x[: i + 1].tolist() for x in inputs), min_touches=1)
        assert len(shown) == len(rows)
        for ours, theirs in zip(shown, rows, strict=True):
            np.testing.assert_allclose(tuple(ours), theirs, rtol=1e-9)


PROFILES = [
    {},
    {"bins": 7, "value_area": 0.4},
    {"bins": 7, "value_area": 0.0, "spread": "close"},
    {"bins": 40, "value_area": 0.95, "spread": "close"},
    {"bins": 1},
]
NAMES = ("high", "low", "close", "volume")


def assert_profile(ours, theirs: twins.Profile) -> None:
    assert_equal(ours, theirs.rows, twins.Row._fields)
    for name in ("poc", "value_low", "value_high"):
        np.testing.assert_allclose(getattr(ours, name), getattr(theirs, name), rtol=1e-9, err_msg=name)


@pytest.mark.parametrize("settings", PROFILES, ids=str)
@pytest.mark.parametrize(
    ("seed", "bars", "tick", "gaps"),
    [(5, 80, 0.0, False), (6, 80, 0.0, True), (7, 300, 0.25, True), (8, 1, 0.0, False)],
)
def test_profiles_are_those_of_the_twin(settings: dict[str, Any], seed, bars, tick, gaps) -> None:
    market_bars = market(seed, bars, tick, gaps)
    high, low, close, volume = (market_bars[name] for name in NAMES)
    theirs = twins.volume_profile(high.tolist(), low.tolist(), close.tolist(), volume.tolist(), **settings)
    assert_profile(tvf.volume_profile(high, low, close, volume, **settings), theirs)


def test_three_bars_by_hand() -> None:
    inputs = [
        np.array(x, dtype=float) for x in ([104, 103, 102], [100, 101, 102], [103, 101, 102], [40, 20, 6])
    ]
    table = tvf.volume_profile(*inputs, bins=4)
    np.testing.assert_array_equal(table.volume, [10, 20, 26, 10])
    np.testing.assert_array_equal(table.buy, [7.5, 7.5, 10.5, 7.5])
    np.testing.assert_array_equal(table.sell, [2.5, 12.5, 15.5, 2.5])
    np.testing.assert_array_equal(table.node, [0, 0, 1, 0])
    assert (table.poc, table.value_low, table.value_high) == (102.5, 100.0, 103.0)
    assert_profile(table, twins.volume_profile(*(x.tolist() for x in inputs), bins=4))
    table = tvf.volume_profile(*inputs, bins=4, spread="close")
    np.testing.assert_array_equal(table.volume, [0, 20, 6, 40])
    np.testing.assert_array_equal(table.node, [0, 1, -1, 1])
    assert (table.poc, table.value_low, table.value_high) == (103.5, 101.0, 104.0)


def test_of_equal_pairs_the_upper_one_joins_the_value_area() -> None:
    price = np.arange(100.0, 105.0)
    table = tvf.volume_profile(price, price, price, np.array([5.0, 5, 10, 5, 5]), bins=5, value_area=0.5)
    assert (table.poc, table.value_high) == (102.0, 104.0)
    assert table.value_low == pytest.approx(101.6)


def test_a_flat_market_has_a_single_row() -> None:
    flat = np.full(9, 50.0)
    table = tvf.volume_profile(flat, flat, flat, np.full(9, 3.0))
    assert [tuple(row) for row in table] == [(50.0, 50.0, 27.0, 13.5, 13.5, 0)]
    assert (table.poc, table.value_low, table.value_high) == (50.0, 50.0, 50.0)


def test_a_stream_gives_the_profile_of_its_bars() -> None:
    bars = market(9, 60)
    inputs = [bars[name] for name in NAMES]
    stream = tvf.Stream("volume_profile", bins=9)
    for i, bar in enumerate(zip(*inputs, strict=True)):
        stream.update(*bar)
        whole = tvf.volume_profile(*(x[: i + 1] for x in inputs), bins=9)
        assert stream.summary == whole.numbers
        wide = (bar[0] + 50, bar[1] - 50, bar[2], 1e6)
        assert len(stream.peek(*wide)) == 9
        stream.replace(*wide)
        stream.replace(*bar)
        assert stream.summary == whole.numbers


def test_the_pictures_are_up_to_date() -> None:
    pictures = run_path(str(ROOT / "scripts" / "pictures_levels.py"))["pictures"]
    for name, text in pictures().items():
        assert (ROOT / "docs" / "pictures" / name).read_text() == text, "run scripts/pictures_levels.py"
