"""Averages that fit their parameters, from Python; the core's tests judge the descent."""

import numpy as np
import polars as pl
import pytest
import tvf

RNG = np.random.default_rng(5)
CLOSE = 100 + 20 * np.sin(np.arange(1500) / 60) + RNG.normal(0, 2, 1500)


def loss(average, window, horizon=1, smoothness=1.0):
    """The loss as the docs have it, in plain NumPy."""
    first, last = window
    change = np.mean(np.square(np.diff(CLOSE[first - 1 : last])))
    miss = CLOSE[first + horizon : last] - average[first : last - horizon]
    bend = average[first:last] - 2 * average[first - 1 : last - 1] + average[first - 2 : last - 2]
    return (np.nanmean(np.square(miss)) + smoothness * np.nanmean(np.square(bend))) / change


@pytest.mark.parametrize("id", tvf.tunable())
def test_the_losses_are_those_of_the_formula(id):  # noqa: A002
    window = (700, 1300)
    options = {"horizon": 3, "smoothness": 4.0}
    tuned = tvf.tune(id, CLOSE, window=window, **options)
    function = getattr(tvf, id)
    assert tuned.before == pytest.approx(loss(function(CLOSE), window, **options), rel=1e-9)
    assert tuned.after == pytest.approx(loss(function(CLOSE, **tuned.params), window, **options), rel=1e-9)
    assert tuned.after <= tuned.before
    assert (np.diff(tuned.losses) < 0).all()
    assert {name: len(values) for name, values in tuned.values.items()} == dict.fromkeys(
        tvf.tunable()[id], len(tuned.losses)
    )


def test_it_beats_the_defaults_on_bars_that_it_never_saw():
    tuned = tvf.tune("ema", CLOSE, window=(100, 900), smoothness=10)
    after = (900, 1500)
    usual = loss(tvf.ema(CLOSE), after, smoothness=10)
    assert loss(tvf.ema(CLOSE, **tuned.params), after, smoothness=10) < usual


def test_columns_of_any_kind_and_what_is_given():
    expected = tvf.tune("t3", CLOSE, params={"factor": 0.5}, knobs=["period"])
    assert expected.params["factor"] == 0.5
    assert isinstance(expected.params["period"], int)
    for column in (pl.Series(CLOSE), CLOSE.tolist(), pl.Series(CLOSE).to_pandas()):
        found = tvf.tune("t3", column, params={"factor": 0.5}, knobs="period")
        assert (found.params, found.after) == (expected.params, expected.after)
    assert "t3(factor=0.5, period=" in repr(expected)
    other = tvf.tune("mcginley", CLOSE, compat="talib", params={"seed": "first"})
    assert other.params["seed"] == "first"


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({"id": "rsi"}, "id"),
        ({"knobs": ["sigma"]}, "sigma"),
        ({"knobs": {"period": (9, 5)}}, "period"),
        ({"knobs": {"period": (9,)}}, "period"),
        ({"knobs": {"period": ("a", "b")}}, "period"),
        ({"window": (0, 5)}, "window"),
        ({"window": (0, 5000)}, "window"),
        ({"window": (-1, 500)}, "window"),
        ({"window": 500}, "window"),
        ({"horizon": 0}, "horizon"),
        ({"smoothness": -1}, "smoothness"),
        ({"iterations": 1.5}, "iterations"),
        ({"params": {"period": 0}}, "period"),
        ({"params": {"length": 5}}, "length"),
    ],
)
def test_arguments_out_of_bounds_are_named(options, name):
    with pytest.raises(tvf.ParamError) as told:
        tvf.tune(**{"id": "ema", "source": CLOSE} | options)
    assert told.value.name == name
    assert told.value.bound


def test_what_does_not_exist_is_told():
    with pytest.raises(tvf.UnknownNameError):
        tvf.tune("nothing", CLOSE)
    with pytest.raises(tvf.ParamError, match="in which the series changes"):
        tvf.tune("ema", np.ones(500))
