"""The core's harmonic patterns are those of the plain version of the same rules."""

from typing import Any

import numpy as np
import pytest
import tvf

from benchmarks.patterns.compare import Floats, differences, plain, quotes, walk
from benchmarks.patterns.harmonic import RATIOS, harmonic

PIVOTS = [("atr", 2.0), ("atr", 0.5), ("percent", 1.0), ("percent", 3.0), ("bars", 2.0), ("bars", 5.0)]


def assert_same(bars: dict[str, Floats], **params: Any) -> list[str]:
    columns = [bars[name] for name in ("high", "low", "close")]
    ours = plain(tvf.harmonic(*columns, **params))
    assert differences(ours, harmonic(*columns, **params)) == []
    assert_same_misses(columns, **params)
    return [row["name"] for row in ours]


def assert_same_misses(columns: list[Floats], **params: Any) -> None:
    ours = [
        (miss.name, miss.bar, [c.name for c in miss.conditions if not c.met])
        for miss in tvf.harmonic(*columns, misses=True, **params)
    ]
    theirs = harmonic(*columns, misses=True, **params)
    assert ours == [(row["name"], row["bar"], [row["unmet"]]) for row in theirs]


@pytest.mark.parametrize(("pivots", "reversal"), PIVOTS)
def test_random_walks(pivots: str, reversal: float):
    names = []
    for seed in range(4):
        names += assert_same(walk(5000, seed), pivots=pivots, reversal=reversal, tolerance=0.1)
    assert len(names) > 40


def test_every_shape_is_among_them():
    names = {name for seed in range(6) for name in assert_same(walk(20_000, 50 + seed), tolerance=0.1)}
    assert names == set(RATIOS)


@pytest.mark.parametrize("tick", [0.25, 1.0])
@pytest.mark.parametrize(("pivots", "reversal"), PIVOTS)
def test_prices_with_ties(pivots: str, reversal: float, tick: float):
    assert_same(walk(5000, 9, tick), pivots=pivots, reversal=reversal, tolerance=0.0625)


@pytest.mark.parametrize(("pivots", "reversal"), PIVOTS)
def test_real_bars(pivots: str, reversal: float):
    assert_same(quotes(), pivots=pivots, reversal=reversal)


def test_missing_bars_are_passed_over():
    bars = walk(5000, 3)
    for column in bars.values():
        column[::7] = np.nan
    assert len(assert_same(bars, tolerance=0.1)) > 5
