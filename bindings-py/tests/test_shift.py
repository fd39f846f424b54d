"""Outputs that a chart draws beside their bars."""

import numpy as np
import polars as pl
import pytest
import tvf

RANDOM = np.random.default_rng(5)
CLOSE = 100 + RANDOM.normal(size=200).cumsum()
HIGH, LOW = CLOSE + RANDOM.random(200), CLOSE - RANDOM.random(200)


@pytest.mark.parametrize(("compat", "bars"), [("tradingview", 25), ("talib", 26)])
def test_shifted_form_is_the_plain_one_moved(compat: tvf.indicators.Compat, bars: int) -> None:
    plain = tvf.ichimoku(HIGH, LOW, CLOSE, compat=compat)
    moved = tvf.ichimoku(HIGH, LOW, CLOSE, compat=compat, shifted=True)
    shifts = next(e for e in tvf.catalog() if e.id == "ichimoku").shifts_for(compat=compat)
    assert shifts == {"conversion": 0, "base": 0, "span_a": bars, "span_b": bars, "lagging": -bars}
    np.testing.assert_array_equal(moved.base, plain.base)
    for name in ("span_a", "span_b"):
        own, there = getattr(plain, name), getattr(moved, name)
        np.testing.assert_array_equal(there[bars:], own[:-bars])
        assert np.isnan(there[:bars]).all()
    np.testing.assert_array_equal(moved.lagging[:-bars], CLOSE[bars:])
    assert np.isnan(moved.lagging[-bars:]).all()


def test_shifts_beyond_the_bars_and_of_none() -> None:
    for displacement in (1, 199, 200, 201, 1_000_000):
        moved = tvf.ichimoku(HIGH, LOW, CLOSE, displacement=displacement, shifted=True)
        assert np.isfinite(moved.lagging).sum() == max(0, 200 - displacement + 1)
    assert len(tvf.ichimoku([], [], [], shifted=True).span_a) == 0


def test_kind_of_column_is_kept() -> None:
    series = (pl.Series(name, x) for name, x in (("h", HIGH), ("l", LOW), ("c", CLOSE)))
    moved = tvf.ichimoku(*series, shifted=True, nulls=True)
    assert isinstance(moved.span_a, pl.Series)
    assert moved.span_a.name == "span_a"
    assert moved.span_a.null_count() == 25 + 25
