"""Outputs that a chart draws beside their bars."""

from typing import Any

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


FRAME = {"high": HIGH, "low": LOW, "close": CLOSE}


def test_sets_are_moved_as_functions_are() -> None:
    chained = ("sma", {"period": 3, "source": ("ichimoku", {}, "span_a")})
    members = ["ichimoku", ("ichimoku", {"displacement": 5}), "rsi", "heartbeat", chained]
    plain, moved = (tvf.compute(FRAME, members, shifted=shifted) for shifted in (False, True))
    for label, options in (("ichimoku_9_26_52_26", {}), ("ichimoku_9_26_52_5", {"displacement": 5})):
        wanted = tvf.ichimoku(HIGH, LOW, CLOSE, shifted=True, **options)
        for name, column in wanted._asdict().items():
            np.testing.assert_array_equal(moved[f"{label}.{name}"], column)
        assert not np.array_equal(plain[f"{label}.lagging"], wanted.lagging, equal_nan=True)
    others = [label for label in plain if not label.startswith("ichimoku") and label != "heartbeat_2_14_10"]
    assert len(others) == 2  # the average reads the span unmoved
    for label in others:
        np.testing.assert_array_equal(moved[label], plain[label])


@pytest.mark.parametrize("wrong", [1, 0, "yes", None, np.True_])
def test_only_truth_values_say_whether_to_move(wrong: Any) -> None:
    calls = (
        lambda: tvf.compute(FRAME, ["ichimoku"], shifted=wrong),
        lambda: tvf.ichimoku(HIGH, LOW, CLOSE, shifted=wrong),
    )
    for call in calls:
        with pytest.raises(tvf.ParamError, match=r"shifted is of type .*, not True or False") as caught:
            call()
        assert (caught.value.code, caught.value.name) == ("param_type", "shifted")
