"""The core's counts of waves are those of the plain version of the same rules."""

from typing import Any

import numpy as np
import pytest
import tvf

from benchmarks.patterns.compare import Floats, differences, plain, quotes, walk
from benchmarks.patterns.elliott import SHAPES, elliott

PIVOTS = [("atr", 2.0), ("atr", 0.5), ("percent", 1.0), ("percent", 3.0), ("bars", 2.0), ("bars", 5.0)]


def assert_same(bars: dict[str, Floats], **params: Any) -> list[str]:
    columns = [bars[name] for name in ("high", "low", "close")]
    ours = plain(tvf.elliott(*columns, **params))
    assert differences(ours, elliott(*columns, **params)) == []
    assert_same_misses(columns, **params)
    return [row["name"] for row in ours]


def assert_same_misses(columns: list[Floats], **params: Any) -> None:
    ours = [
        (miss.name, miss.bar, [c.name for c in miss.conditions if not c.met])
        for miss in tvf.elliott(*columns, misses=True, **params)
    ]
    theirs = elliott(*columns, misses=True, **params)
    assert ours == [(row["name"], row["bar"], [row["unmet"]]) for row in theirs]


@pytest.mark.parametrize(("pivots", "reversal"), PIVOTS)
def test_random_walks(pivots: str, reversal: float):
    names = []
    for seed in range(3):
        names += assert_same(walk(3000, seed), pivots=pivots, reversal=reversal)
    assert len(names) > 100


def test_every_shape_is_among_them():
    names = {name for seed in range(2) for name in assert_same(walk(5_000, 50 + seed), counts=20, degrees=2)}
    assert names == set(SHAPES)


@pytest.mark.parametrize(("degrees", "counts"), [(1, 1), (4, 2)])
def test_degrees_and_counts(degrees: int, counts: int):
    assert len(assert_same(walk(4000, 8), degrees=degrees, counts=counts)) > 20


@pytest.mark.parametrize("tick", [0.25, 1.0])
@pytest.mark.parametrize(("pivots", "reversal"), PIVOTS)
def test_prices_with_ties(pivots: str, reversal: float, tick: float):
    assert_same(walk(2000, 9, tick), pivots=pivots, reversal=reversal)


@pytest.mark.parametrize(("pivots", "reversal"), PIVOTS)
def test_real_bars(pivots: str, reversal: float):
    assert_same(quotes(), pivots=pivots, reversal=reversal)


def test_missing_bars_are_passed_over():
    bars = walk(3000, 3)
    for column in bars.values():
        column[::7] = np.nan
    assert len(assert_same(bars)) > 20
