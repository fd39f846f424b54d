"""The core's price patterns are those of the plain version of the same rules."""

from typing import Any

import numpy as np
import pytest
import tvf

from benchmarks.patterns.compare import Floats, differences, plain, quotes, walk
from benchmarks.patterns.price_patterns import price_patterns

PIVOTS = [("atr", 2.0), ("atr", 0.5), ("percent", 1.0), ("percent", 3.0), ("bars", 2.0), ("bars", 5.0)]


def assert_same(bars: dict[str, Floats], **params: Any) -> list[str]:
    columns = [bars[name] for name in ("high", "low", "close")]
    volume = bars.get("volume")
    ours = plain(tvf.price_patterns(*columns, volume=volume, **params))
    assert differences(ours, price_patterns(*columns, volume=volume, **params)) == []
    forming = plain(tvf.price_patterns(*columns, volume=volume, forming=True, **params))
    known = price_patterns(*columns, volume=volume, forming=True, **params)
    assert differences([of(row) for row in forming], [of(row) for row in known]) == []
    assert_same_misses(columns, volume, **params)
    return [row["name"] for row in ours]


def of(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"confirmed": -1}


def assert_same_misses(columns: list[Floats], volume: Floats | None, **params: Any) -> None:
    ours = [
        (miss.name, miss.direction, miss.bar, [(c.name, c.met) for c in miss.conditions])
        for miss in tvf.price_patterns(*columns, volume=volume, misses=True, **params)
    ]
    theirs = [
        (
            row["name"],
            row["direction"],
            row["bar"],
            [(n, low <= x <= high) for n, x, low, high in row["conditions"]],
        )
        for row in price_patterns(*columns, volume=volume, misses=True, **params)
    ]
    assert sorted(ours) == sorted(theirs)


def with_volume(bars: dict[str, Floats], seed: int) -> dict[str, Floats]:
    volume = np.round(np.random.default_rng(seed).gamma(2.0, 500.0, len(bars["close"])))
    volume[::13] = np.nan
    return bars | {"volume": volume}


@pytest.mark.parametrize(("pivots", "reversal"), PIVOTS)
def test_random_walks(pivots: str, reversal: float):
    names = []
    for seed in range(3):
        names += assert_same(walk(2500, seed), pivots=pivots, reversal=reversal)
    assert len(names) > 30


def test_every_shape_is_among_them():
    names: set[str] = set()
    for seed, tolerance in [(10, 0.3), (13, 0.15)]:
        names |= set(assert_same(walk(5000, seed), reversal=1.5, tolerance=tolerance))
    [family] = [family for family in tvf.families() if family.id == "price_patterns"]
    assert names == set(family.shapes)


@pytest.mark.parametrize("volume_ratio", [0.0, 0.8, 1.5])
def test_volume(volume_ratio: float):
    bars = with_volume(walk(4000, 4), 1)
    assert len(assert_same(bars, volume_ratio=volume_ratio)) > 20


@pytest.mark.parametrize("tick", [0.25, 1.0])
@pytest.mark.parametrize(("pivots", "reversal"), PIVOTS)
def test_prices_with_ties(pivots: str, reversal: float, tick: float):
    assert_same(walk(2500, 9, tick), pivots=pivots, reversal=reversal, tolerance=0.125, breakout=0.0)


@pytest.mark.parametrize("longest", [10, 40, 1000])
def test_short_and_long_patterns(longest: int):
    assert_same(walk(3000, 12), reversal=1.0, longest=longest)


@pytest.mark.parametrize(("pivots", "reversal"), PIVOTS)
def test_real_bars(pivots: str, reversal: float):
    assert_same(quotes(), pivots=pivots, reversal=reversal)


def test_missing_bars_are_passed_over():
    bars = walk(4000, 3)
    for column in bars.values():
        column[::7] = np.nan
    assert len(assert_same(bars)) > 10
