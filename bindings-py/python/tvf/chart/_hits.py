"""How far a point is from a drawing, in pixels.

A point is a pair of x and y. A drawing with a coordinate that is no number is infinitely far away, and
one whose points are the same is that point.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from tvf import _core
from tvf._types import Column
from tvf.chart._axes import Scale
from tvf.chart._numbers import numeric, plain
from tvf.errors import ParamError

Point: TypeAlias = tuple[float, float]

FIBONACCI = (0.0, 0.236, 0.382, 0.5, 0.618, 0.786, 1.0)
"""The ratios of Fibonacci's levels that charts draw unless told otherwise."""


class Hit(NamedTuple):
    """What is nearest."""

    distance: float
    """In pixels; infinite where there is nothing."""
    part: int
    """The number of the part, or of the level."""


def hit_segment(at: Point, a: Point, b: Point) -> float:
    """How many pixels a point is from the line between two others."""
    return _core.hit_line(_point("at", at), _point("a", a), _point("b", b), 0)


def hit_ray(at: Point, a: Point, b: Point) -> float:
    """How many pixels a point is from the line that begins at `a` and goes through `b` without an end."""
    return _core.hit_line(_point("at", at), _point("a", a), _point("b", b), 1)


def hit_line(at: Point, a: Point, b: Point) -> float:
    """How many pixels a point is from the line through two others, which has no end."""
    return _core.hit_line(_point("at", at), _point("a", a), _point("b", b), 2)


def hit_rectangle(at: Point, a: Point, b: Point, filled: bool = False) -> float:
    """How many pixels a point is from the edge of a rectangle between two opposite corners; 0 inside of
    a filled one."""
    return _core.hit_rectangle(_point("at", at), _point("a", a), _point("b", b), bool(filled))


def hit_polyline(at: Point, x: Column, y: Column) -> Hit:
    """How many pixels a point is from a line through many, and which of its parts is nearest: 0 is
    between the first two. A point that is NaN is a gap."""
    return Hit(*_core.hit_polyline(_point("at", at), plain("x", x), plain("y", y)))


def hit_levels(at: Point, first: float, last: float, heights: Column, extended: bool = False) -> Hit:
    """How many pixels a point is from horizontal lines at some heights that go from one place to another,
    `extended` to the right without end, and which of them is nearest."""
    ends = numeric("from", first), numeric("to", last)
    return Hit(*_core.hit_levels(_point("at", at), *ends, plain("heights", heights), bool(extended)))


def fibonacci(first: float, last: float, ratio: float) -> float:
    """The price of a level of Fibonacci's: a ratio of 0 is where a move ended, 1 where it began."""
    return _core.fibonacci(numeric("from", first), numeric("to", last), numeric("ratio", ratio))


def hit_fibonacci(
    at: Point, a: Point, b: Point, scale: Scale, ratios: Sequence[float] = FIBONACCI, extended: bool = False
) -> Hit:
    """How many pixels a point is from Fibonacci's levels of the move from one end to another, each an x
    in pixels and a price, and which ratio is nearest."""
    begin, end = _point("a", a), _point("b", b)
    heights = [scale.y(fibonacci(begin[1], end[1], ratio)) for ratio in ratios]
    return hit_levels(at, begin[0], end[0], np.array(heights), extended)


def _point(name: str, point: Any) -> Point:
    try:
        x, y = point
    except (TypeError, ValueError):
        got, bound = type(point).__name__, "a point such as (0, 0)"
        raise ParamError(f"{name} is of type {got}, not {bound}", "param_type", name, got, bound) from None
    return numeric(f"{name}.x", x), numeric(f"{name}.y", y)
