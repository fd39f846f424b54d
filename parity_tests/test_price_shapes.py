"""Shapes that were drawn from straight lines are found, and nothing else in them."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tvf
from tvf.patterns import Pattern, Patterns

SHAPES: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "data/shapes/shapes.json").read_text("utf-8")
)
BEARISH = ("double_top", "triple_top", "head_and_shoulders", "descending_triangle", "rising_wedge")


def draw(vertices: list[list[float]]) -> np.ndarray:
    bars, prices = zip(*vertices, strict=True)
    return np.interp(np.arange(bars[-1] + 1), bars, prices)


def only(close: np.ndarray, reach: float = 0.0) -> Pattern:
    found = tvf.price_patterns(close + reach, close - reach, close)
    assert isinstance(found, Patterns)
    [pattern] = found
    return pattern


@pytest.mark.parametrize("reach", [0.0, 0.1, 0.3])
@pytest.mark.parametrize("name", SHAPES)
def test_the_shape_is_found(name: str, reach: float):
    shape = SHAPES[name]
    close = draw(shape["vertices"])
    pattern = only(close, reach)
    assert (pattern.name, pattern.direction) == (name, -1 if name in BEARISH else 1)
    assert [point.bar for point in pattern.points] == shape["pattern_pivots"]
    assert pattern.confirmed is not None
    assert pattern.confirmed > shape["break_after_bar"]


@pytest.mark.parametrize("name", SHAPES)
def test_it_forms_until_it_breaks_out(name: str):
    close = draw(SHAPES[name]["vertices"])
    pattern = only(close)
    before = close[: pattern.confirmed]
    assert len(tvf.price_patterns(before, before, before)) == 0
    forming = tvf.price_patterns(before, before, before, forming=True)
    assert name in [pattern.name for pattern in forming]


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
@pytest.mark.parametrize("stretch", [2, 3])
@pytest.mark.parametrize("name", SHAPES)
def test_other_units_of_price_and_time_change_nothing(name: str, scale: float, stretch: int):
    shape = SHAPES[name]
    close = scale * draw([[bar * stretch, price] for bar, price in shape["vertices"]])
    pattern = only(close)
    assert pattern.name == name
    bars = [point.bar for point in pattern.points]
    # An exit lies somewhere between two vertices of the stretched shape.
    expected = [bar * stretch for bar in shape["pattern_pivots"]]
    assert all(abs(a - b) < stretch for a, b in zip(bars, expected, strict=True))
