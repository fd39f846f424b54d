"""Equality to the last bit, and what to say where it does not hold."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tvf_harness.frame import Floats

SIGN = np.uint64(1 << 63)


def differing(left: Floats, right: Floats) -> NDArray[np.intp]:
    """Where two columns of one length differ in a bit; any NaN equals any NaN, 0 does not equal -0."""
    left, right = np.ascontiguousarray(left, np.float64), np.ascontiguousarray(right, np.float64)
    unequal = left.view(np.uint64) != right.view(np.uint64)
    if not unequal.any():
        return np.empty(0, np.intp)
    return np.flatnonzero(unequal & ~(np.isnan(left) & np.isnan(right)))


def bits(value: float) -> str:
    """The bit pattern of a number in hexadecimal."""
    return f"0x{int(np.float64(value).view(np.uint64)):016x}"


def ulps(left: float, right: float) -> int | None:
    """How many doubles lie between two numbers (0 and -0 are one apart); None if just one is NaN."""
    if np.isnan(left) != np.isnan(right):
        return None
    if np.isnan(left):
        return 0
    return abs(_rank(left) - _rank(right))


def _rank(value: float) -> int:
    """The place of a number among all doubles in their order."""
    pattern = int(np.float64(value).view(np.uint64))
    return -1 - (pattern & ~int(SIGN)) if pattern & int(SIGN) else pattern


@dataclass(frozen=True)
class Difference:
    """One value that differs; a side is None where its column has ended already."""

    index: int
    wheel: float | None
    browser: float | None

    @property
    def ulp(self) -> int | None:
        """The distance, where there is one."""
        return None if self.wheel is None or self.browser is None else ulps(self.wheel, self.browser)


@dataclass(frozen=True)
class Comparison:
    """The outcome for two columns."""

    values: int
    mismatches: int
    max_ulp: int
    first: Sequence[Difference]


def compare(wheel: Floats, browser: Floats, keep: int = 3) -> Comparison:
    """Compares two columns; each value that only one of them has counts as a mismatch."""
    shared, longest = sorted((len(wheel), len(browser)))
    where = differing(wheel[:shared], browser[:shared])
    first = [Difference(int(i), float(wheel[i]), float(browser[i])) for i in where[:keep]]
    if longest > shared and len(first) < keep:
        sides = [float(column[shared]) if len(column) > shared else None for column in (wheel, browser)]
        first.append(Difference(shared, *sides))
    distances = (ulps(float(wheel[i]), float(browser[i])) for i in where)
    return Comparison(
        longest, len(where) + longest - shared, max((d for d in distances if d is not None), default=0), first
    )
