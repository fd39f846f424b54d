"""Families of patterns in Python: what a search gives, and a watch that goes on."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
import tvf
from tvf.patterns import Misses, Pattern, Patterns

FAMILIES = {family.id: family for family in tvf.families()}


def walk(bars=3000, seed=3):
    random = np.random.Generator(np.random.PCG64(seed))
    close = 100 * np.exp(np.cumsum(random.normal(0, 0.01, bars)))
    open_ = np.concatenate([[100.0], close[:-1]])
    return {
        "open": open_,
        "high": np.maximum(open_, close) * (1 + 0.003 * random.random(bars)),
        "low": np.minimum(open_, close) * (1 - 0.003 * random.random(bars)),
        "close": close,
        "volume": 1000 * random.random(bars),
        "time": 1.7e12 + 60_000 * np.arange(bars),
    }


def columns(family, bars):
    return {name: bars[name] for name in FAMILIES[family].inputs}


def search(family):
    return getattr(tvf, family)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_search_gives_rows_with_everything(family):
    found = search(family)(**columns(family, walk()))
    assert isinstance(found, Patterns)
    assert len(found) > 5
    definition = FAMILIES[family]
    for pattern in found:
        assert isinstance(pattern, Pattern)
        assert pattern.name in definition.shapes
        assert pattern.confirmed >= pattern.detected
        assert 0 <= pattern.score <= 1
        assert {point.role for point in pattern.points} <= set(definition.roles)
        assert set(pattern.parts) <= set(definition.parts)
        assert set(pattern.targets) <= set(definition.targets)
        assert all(point.time == 1.7e12 + 60_000 * point.bar for point in pattern.points)
    # By words: a zone that is not there is none either way.
    assert repr(found[-1]) == repr(list(found)[-1])
    assert repr(list(found[2:4])) == repr(list(found)[2:4])
    with pytest.raises(IndexError):
        found[len(found)]


@pytest.mark.parametrize("family", FAMILIES)
def test_frames_have_the_same_rows(family):
    given = columns(family, walk())
    rows = list(search(family)(**given))
    frame = search(family)(**{name: pl.Series(column) for name, column in given.items()})
    assert frame.schema["points"].inner == pl.Struct(
        {"role": pl.String, "bar": pl.Int64, "time": pl.Datetime("ms"), "price": pl.Float64}
    )
    assert frame["name"].to_list() == [row.name for row in rows]
    parts = [{part["name"]: part["value"] for part in row} for row in frame["parts"]]
    assert parts == [row.parts for row in rows]
    assert [len(points) for points in frame["points"]] == [len(row.points) for row in rows]
    other = search(family)(**{name: pd.Series(column) for name, column in given.items()})
    assert other["confirmed"].tolist() == [row.confirmed for row in rows]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_watch_finds_what_a_search_finds(family):
    bars = walk(800)
    whole = list(search(family)(**columns(family, bars)))
    watch = tvf.PatternWatch(family)
    found = []
    for i in range(800):
        bar = {name: bars[name][i] for name in FAMILIES[family].inputs}
        wrong = {**bar, "high": bar["high"] * 1.1}
        peeked = watch.peek(**wrong)
        assert repr(peeked) == repr(watch.update(**wrong))
        found.extend(watch.replace(**bar))
    assert repr(found) == repr(whole)  # a missing number is not equal to itself
    forming = search(family)(**columns(family, bars), forming=True)
    assert repr(list(watch.forming())) == repr(list(forming))
    assert all(pattern.confirmed is None for pattern in forming)
    assert watch.bars == 800
    split = tvf.PatternWatch(family)
    parts = [
        split.extend(**{name: c[cut] for name, c in columns(family, bars).items()})
        for cut in np.split(np.arange(800), [7, 300])
    ]
    assert repr([row for part in parts for row in part]) == repr(whole)


@pytest.mark.parametrize("family", FAMILIES)
def test_near_misses_say_why(family):
    misses = search(family)(**columns(family, walk()), misses=True)
    assert isinstance(misses, Misses)
    assert len(misses) > 0
    for miss in misses:
        unmet = [condition for condition in miss.conditions if not condition.met]
        assert unmet
        assert all("needs" in str(condition) for condition in unmet)
        assert {condition.name for condition in miss.conditions} <= set(FAMILIES[family].conditions)
    assert misses.to_polars().height == len(misses)


def test_wrong_calls_say_what_is_wrong():
    bars = walk(20)
    given = [bars[name] for name in ("high", "low", "close")]
    with pytest.raises(tvf.ParamError, match="only one of forming and misses"):
        tvf.harmonic(*given, forming=True, misses=True)
    with pytest.raises(tvf.ParamError, match="tolerance") as caught:
        tvf.harmonic(*given, tolerance=-1.0)
    assert caught.value.code == "param_range"
    with pytest.raises(tvf.InputValueError, match="low has 19 bars but high has 20"):
        tvf.harmonic(given[0], given[1][1:], given[2])
    with pytest.raises(tvf.UnknownNameError, match="unknown family"):
        tvf.PatternWatch("harmonics")
    with pytest.raises(tvf.ParamError, match="family is of type int, not a text"):
        tvf.PatternWatch(3)
    with pytest.raises(tvf.ParamError, match="reads no price"):
        tvf.PatternWatch("harmonic").update(price=1.0)
    with pytest.raises(tvf.StateError, match="no bar to replace"):
        tvf.PatternWatch("harmonic").replace(high=2.0, low=1.0, close=1.5)
    with pytest.raises(tvf.ParamError, match=r"volume_ratio 1\.5 needs volume") as caught:
        tvf.price_patterns(*given, volume_ratio=1.5)
    assert (caught.value.name, caught.value.value, caught.value.bound) == (
        "volume_ratio",
        "1.5",
        "0, or with volume",
    )
    with pytest.raises(tvf.InputValueError, match="volume -1 of bar 3 is below 0"):
        tvf.price_patterns(*given, volume=[1.0, 1.0, 1.0, -1.0] * 5)
    for verb in ("update", "peek", "replace", "extend"):
        call = getattr(tvf.PatternWatch("harmonic"), verb)
        with pytest.raises(tvf.InputTypeError, match="needs high, low, close; there is no close"):
            call(high=[2.0], low=[1.0]) if verb == "extend" else call(high=2.0, low=1.0)
