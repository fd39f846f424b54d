"""Fibonacci levels: tables, kinds of columns, and what is refused."""

from typing import Any

import numpy as np
import pytest
import tvf

fibonacci: Any = tvf.fibonacci
SWING = [(0, 100.0), (10, 200.0)]


def test_levels_of_given_points():
    found = tvf.fibonacci(kind="retracement", points=SWING)
    assert found.ratio.tolist() == [0.0, 0.236, 0.382, 0.5, 0.618, 0.786, 1.0]
    assert found.price.tolist() == pytest.approx([200, 176.4, 161.8, 150, 138.2, 121.4, 100])
    level = found[3]
    assert isinstance(level, tvf.FibonacciLevel)
    assert (level.kind, level.price, level.from_bar, level.to_price) == ("retracement", 150.0, 0.0, 200.0)
    assert np.isnan(level.bar)
    assert found.points.price.tolist() == [100.0, 200.0]
    assert found.points[0].time is None


def test_several_kinds_and_own_ratios():
    points = [*SWING, (14, 150.0)]
    found = tvf.fibonacci(kind=["extension", "projection"], points=points, ratios=[1.0, 2.0])
    assert found.kind.tolist() == ["extension"] * 4 + ["projection"] * 2
    assert found.price.tolist() == [200, 300, 150, 100, 250, 350]
    assert found[-1].then_price == 150.0
    assert tvf.fibonacci(kind="time_zones", points=SWING).bar.tolist()[:4] == [10, 20, 30, 50]


def test_swings_of_a_series_and_their_clusters():
    pl = pytest.importorskip("polars")
    close = 100 + np.random.Generator(np.random.PCG64(3)).normal(size=800).cumsum()
    time = 1.7e12 + 60_000 * np.arange(800)
    columns = close + 0.3, close - 0.3, close, time
    found = tvf.fibonacci(*columns, kind=["retracement", "extension"], swings=8, tolerance=1.0)
    assert len(found) == 8 * 13
    assert len(found.points) == 10
    assert found.points.time.tolist() == [int(time[int(bar)]) for bar in found.points.bar]
    assert len(found.clusters) > 0
    for cluster in found.clusters:
        assert cluster.count == len(cluster.parts) == len(cluster.ratios)
        assert 2 <= cluster.swings <= 8
        assert cluster.high - cluster.low <= cluster.low * 0.01
        inside = (cluster.low <= found.price) & (found.price <= cluster.high)
        assert inside.sum() >= cluster.count
    series = [pl.Series(column) for column in columns]
    again = tvf.fibonacci(*series, kind=["retracement", "extension"], swings=8, tolerance=1.0)
    assert again.to_polars().equals(found.to_polars())
    assert again.clusters.to_polars()["ratios"].dtype == pl.List(pl.Float64)
    assert len(found[:5]) == 5
    assert len(tvf.fibonacci(columns[0][:3], columns[1][:3])) == 0


@pytest.mark.parametrize(
    ("call", "code", "name"),
    [
        (lambda: fibonacci(kind="circle", points=SWING), "param_choice", "kind"),
        (lambda: fibonacci(kind=3, points=SWING), "param_type", "kind"),
        (lambda: fibonacci(kind="projection", points=SWING), "input_length", "points"),
        (lambda: fibonacci(points=[1, 2]), "input_type", "points"),
        (lambda: fibonacci(points=[(1, 2.0), (1, 3.0)]), "input_range", "bar"),
        (lambda: fibonacci(points=SWING, ratios=[]), "param_range", "ratios"),
        (lambda: fibonacci(points=[(0, -1.0), (1, 2.0)], scale="log"), "input_range", "price"),
        (lambda: fibonacci(points=SWING, swings=0), "param_range", "swings"),
        (lambda: fibonacci(), "input_count", "high"),
        (lambda: fibonacci(close=[1.0, 2.0], points=SWING), "input_count", "close"),
        (lambda: fibonacci([1.0, 2.0]), "input_count", "low"),
    ],
)
def test_what_is_refused(call, code, name):
    with pytest.raises(tvf.Error) as caught:
        call()
    assert (caught.value.code, caught.value.name) == (code, name)
