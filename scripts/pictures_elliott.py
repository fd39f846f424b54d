#!/usr/bin/env python3
"""Draws docs/pictures/elliott.svg: counts of two degrees in example bars.

.venv/bin/python scripts/pictures_elliott.py     with the wheel that is installed
"""

import sys
from itertools import pairwise
from pathlib import Path

from tvf.patterns import Pattern

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts.pictures_harmonic_td import bars, find  # noqa: E402
from scripts.pictures_levels import EDGE, LINE, PALE, UP, Picture  # noqa: E402

# Bar and price of turns: an impulse whose waves 1, 3 and 5 have five waves each, and a zigzag after it.
DRIVES = [(100, 118, 0), (110, 150, 26), (138, 165, 54)]
SHARES = (0.0, 0.3, 0.15, 0.72, 0.55, 1.0)
AFTER = [(80, 150), (90, 158), (104, 138), (112, 146)]


def turns() -> list[tuple[int, float]]:
    """The turns of the whole move."""
    before = [(0, 106.0), (4, 112.0)]
    moves = [
        (8 + begin + 4 * step, low + share * (high - low))
        for low, high, begin in DRIVES
        for step, share in enumerate(SHARES)
    ]
    return [*before, *moves, *((8 + bar, float(price)) for bar, price in AFTER)]


def best(found: list[Pattern], name: str, ends: tuple[int, int]) -> Pattern:
    """The best count of the second degree between two bars."""
    these = [p for p in found if p.name == name and p.points[0].role == "(0)" and spans(p, ends)]
    return max(these, key=lambda p: p.score)


def spans(count: Pattern, ends: tuple[int, int]) -> bool:
    """Whether a count goes from one bar to another, or the one behind, which opens there."""
    return all(
        point.bar - end in (0, 1)
        for point, end in zip(count.points[:: len(count.points) - 1], ends, strict=True)
    )


def main() -> None:
    """Writes it."""
    market = bars(turns())
    found = find("elliott", market, pivots="percent", reversal=2.0, degrees=2, counts=20)
    small = [p for p in found if p.name == "impulse" and p.points[0].role == "0" and p.direction < 0]
    large = best(found, "impulse", (8, 82))
    zigzag = best(found, "zigzag", (82, 112))
    picture = Picture(market, 150, "An impulse in two degrees, and the zigzag that corrects it")
    picture.candles()
    x, y = picture.x, picture.y
    inner = [
        p for p in small if any((p.points[0].bar, p.points[-1].bar) == (8 + b, 28 + b) for *_, b in DRIVES)
    ]
    for count, colour, width in [*((p, UP, 1.2) for p in inner), (large, LINE, 2.2), (zigzag, PALE, 2.2)]:
        top = [point.price for point in count.points]
        for a, b in pairwise(count.points):
            picture.line(x(a.bar), y(a.price), x(b.bar), y(b.price), colour, f' stroke-width="{width}"')
        for i, point in enumerate(count.points):
            is_high = point.price >= top[max(i - 1, 0)] and i > 0
            row = {UP: 12, LINE: 26, PALE: 26}[colour]
            picture.text(
                x(point.bar) - 4, y(point.price) + (-row + 4 if is_high else row), point.role, colour
            )
    words = f"impulse {large.score:.2f}, zigzag {zigzag.score:.2f}; green: first degree"
    picture.text(EDGE, 14, words, PALE)
    (ROOT / "docs/pictures/elliott.svg").write_text(picture.svg(), "utf-8")


if __name__ == "__main__":
    main()
