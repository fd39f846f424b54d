"""Harmonic patterns: the rules of the family in plain Python, over all turns of a series."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .turns import Turn, turns

Floats = NDArray[np.float64]
Row = dict[str, Any]
Range = tuple[float, float]

INNER = (0.382, 0.886)

RATIOS: dict[str, dict[str, Range]] = {
    "gartley": {"AB/XA": (0.618, 0.618), "BC/AB": INNER, "CD/BC": (1.13, 1.618), "AD/XA": (0.786, 0.786)},
    "butterfly": {"AB/XA": (0.786, 0.786), "BC/AB": INNER, "CD/BC": (1.618, 2.24), "AD/XA": (1.27, 1.618)},
    "bat": {"AB/XA": (0.382, 0.5), "BC/AB": INNER, "CD/BC": (1.618, 2.618), "AD/XA": (0.886, 0.886)},
    "alternate_bat": {"AB/XA": (0.382, 0.382), "BC/AB": INNER, "CD/BC": (2.0, 3.618), "AD/XA": (1.13, 1.13)},
    "crab": {"AB/XA": (0.382, 0.618), "BC/AB": INNER, "CD/BC": (2.618, 3.618), "AD/XA": (1.618, 1.618)},
    "deep_crab": {"AB/XA": (0.886, 0.886), "BC/AB": INNER, "CD/BC": (2.24, 3.618), "AD/XA": (1.618, 1.618)},
    "shark": {"BC/AB": (1.13, 1.618), "CD/BC": (1.618, 2.24), "AD/XA": (0.886, 1.13)},
    "cypher": {"AB/XA": (0.382, 0.618), "XC/XA": (1.272, 1.414), "CD/XC": (0.786, 0.786)},
    "five_zero": {"AB/XA": (1.13, 1.618), "BC/AB": (1.618, 2.24), "CD/BC": (0.5, 0.5)},
    "abcd": {"BC/AB": INNER, "CD/BC": (1.13, 2.618), "CD/AB": (1.0, 1.0)},
    "three_drives": {
        "1A/S1": (0.618, 0.786),
        "A2/1A": (1.13, 1.618),
        "2B/A2": (0.618, 0.786),
        "B3/2B": (1.13, 1.618),
    },
}
ROLES = {"abcd": "ABCD", "three_drives": "S1A2B3"}
TO_X = ("gartley", "bat", "cypher")
TARGETS_FROM = {"five_zero": "C", "three_drives": "S"}


def harmonic(
    high: Floats,
    low: Floats,
    close: Floats,
    *,
    tolerance: float = 0.05,
    pivots: str = "atr",
    reversal: float = 2.0,
    misses: bool = False,
) -> list[Row]:
    """The patterns of the family, in the order of their confirmation; or the near misses."""
    whole = np.isfinite(high) & np.isfinite(low) & np.isfinite(close)
    index = np.flatnonzero(whole)
    all_turns = turns(high[whole], low[whole], close[whole], pivots, reversal)
    rows = []
    for last in range(len(all_turns)):
        for name, ratios in RATIOS.items():
            roles = ROLES.get(name, "XABCD")
            first = last + 1 - len(roles)
            if first < 0:
                continue
            points = dict(zip(roles, all_turns[first : last + 1], strict=True))
            measured = {ratio: _measure(ratio, points) for ratio in ratios}
            unmet = [ratio for ratio in ratios if not _within(measured[ratio], ratios[ratio], tolerance)]
            if misses:
                near = [r for r in unmet if _within(measured[r], ratios[r], 3 * tolerance)]
                if len(unmet) == 1 and near:
                    rows.append({"name": name, "bar": int(index[all_turns[last].certain]), "unmet": near[0]})
            elif not unmet:
                rows.append(_row(name, points, measured, tolerance, index))
    return rows


def _measure(ratio: str, points: dict[str, Turn]) -> float:
    of, by = ratio.split("/")
    length = _leg(by, points)
    return _leg(of, points) / length if length else math.nan


def _leg(ends: str, points: dict[str, Turn]) -> float:
    start, end = (points[role] for role in ends)
    return (end.price - start.price) * (1 if end.top else -1)


def _within(measured: float, bounds: Range, tolerance: float) -> bool:
    return bounds[0] * (1 - tolerance) <= measured <= bounds[1] * (1 + tolerance)


def _part(measured: float, bounds: Range, tolerance: float) -> float:
    if measured < bounds[0]:
        return max(0.0, 1 - (bounds[0] - measured) / (bounds[0] * tolerance))
    if measured > bounds[1]:
        return max(0.0, 1 - (measured - bounds[1]) / (bounds[1] * tolerance))
    return 1.0


def _zone(name: str, points: dict[str, Turn], sign: int, tolerance: float) -> Range:
    last = list(points)[-1]
    lows, highs = [], []
    for ratio, bounds in RATIOS[name].items():
        of, by = ratio.split("/")
        if of[1] != last:
            continue
        edges = (bounds[0] * (1 - tolerance), bounds[1] * (1 + tolerance))
        reach = [points[of[0]].price - sign * edge * _leg(by, points) for edge in edges]
        lows.append(min(reach))
        highs.append(max(reach))
    return max(lows), min(highs)


def _row(
    name: str, points: dict[str, Turn], measured: dict[str, float], tolerance: float, index: NDArray[np.int64]
) -> Row:
    last = list(points.values())[-1]
    sign = -1 if last.top else 1
    zone = _zone(name, points, sign, tolerance)
    outer = [zone[0] if sign > 0 else zone[1], last.price]
    if name in TO_X:
        outer.append(points["X"].price)
    parts = {r: _part(value, RATIOS[name][r], tolerance) for r, value in measured.items()}
    way = points[TARGETS_FROM.get(name, "A")].price - last.price
    certain = int(index[last.certain])
    return {
        "name": name,
        "direction": sign,
        "detected": certain,
        "confirmed": certain,
        "score": math.fsum(parts.values()) / len(parts),
        "invalidation": min(outer) if sign > 0 else max(outer),
        "zone_low": zone[0],
        "zone_high": zone[1],
        "points": [(role, int(index[turn.bar]), turn.price) for role, turn in points.items()],
        "parts": parts,
        "targets": {str(share): last.price + share * way for share in (0.382, 0.618, 1.0)},
    }
