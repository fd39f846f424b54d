#!/usr/bin/env python3
"""Draws transforms.svg and fibonacci.svg of docs/pictures.

    scripts/pictures_transforms.py

The numbers come from the slow twins that judge the transforms, so nothing has to be built.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from pictures_levels import DOWN, EDGE, HEIGHT, LINE, PALE, UP, Picture, market  # noqa: E402

from parity_tests import twins_transforms as twins  # noqa: E402

STEP = 2
RATIOS = (0.0, 0.236, 0.382, 0.5, 0.618, 0.786, 1.0)


def over(rows: list[twins.Row], title: str) -> Picture:
    """An empty picture with a place for each row."""
    columns = {"high": [max(a, b) for a, b, _ in rows], "low": [min(a, b) for a, b, _ in rows]}
    return Picture(columns | {"close": columns["high"]}, 0, title)


def transforms() -> str:
    """Bricks, a line that turns, and columns of boxes, of the same closes."""
    close = [round(price) for price in market()["close"]]
    bricks = twins.renko(close, STEP)
    legs = twins.kagi(close, 2 * STEP)
    columns = twins.point_and_figure(close, 1, 3)
    picture = over([*bricks, *legs, *columns], "Renko, Kagi, and point and figure of the same closes")
    half = 0.5 * (picture.x(1) - picture.x(0))
    place = 0
    for begin, end, _ in bricks:
        x, y = picture.x(place), picture.y(max(begin, end))
        colour = UP if end > begin else DOWN
        picture.rect(x - half, y, 2 * half, picture.y(min(begin, end)) - y, colour, ' stroke="#fff"')
        place += 1
    for begin, end, _ in legs:
        x, is_last = picture.x(place), place + 1 == len(bricks) + len(legs)
        colour = UP if end > begin else DOWN
        picture.line(x, picture.y(begin), x, picture.y(end), colour, ' stroke-width="2"')
        if not is_last:
            picture.line(x, picture.y(end), picture.x(place + 1), picture.y(end), colour, ' stroke-width="2"')
        place += 1
    for begin, end, _ in columns:
        word, colour = ("X", UP) if end > begin else ("O", DOWN)
        for price in range(int(min(begin, end)), int(max(begin, end)) + 1):
            picture.text(picture.x(place) - 4, picture.y(price) + 4, word, colour)
        place += 1
    for first, words in (
        (0, f"Renko, brick {STEP}"),
        (len(bricks), f"Kagi, reversal {2 * STEP}"),
        (len(bricks) + len(legs), "Point and figure, box 1"),
    ):
        picture.text(picture.x(first) - half, HEIGHT - 6, words, PALE)
    return picture.svg()


def fibonacci() -> str:
    """The retracements of one swing."""
    bars = market()
    picture = Picture(bars, 150, "Retracements of a swing")
    picture.candles()
    a, b = bars["low"].index(min(bars["low"])), bars["high"].index(max(bars["high"]))
    bottom, top = bars["low"][a], bars["high"][b]
    picture.line(
        picture.x(a), picture.y(bottom), picture.x(b), picture.y(top), LINE, ' stroke-dasharray="4 3"'
    )
    for ratio in RATIOS:
        price = top - ratio * (top - bottom)
        picture.line(picture.x(a), picture.y(price), picture.right, picture.y(price), LINE)
        picture.text(picture.right + 6, picture.y(price) + 4, f"{ratio:.3f}: {price:.2f}", LINE)
    for name, bar, price in (("A", a, bottom), ("B", b, top)):
        picture.text(picture.x(bar) - 4, picture.y(price) + (14 if name == "A" else -6), name)
    picture.text(EDGE, HEIGHT - 6, "price = B − ratio · (B − A)", PALE)
    return picture.svg()


if __name__ == "__main__":
    for draw in (transforms, fibonacci):
        (ROOT / "docs" / "pictures" / f"{draw.__name__}.svg").write_text(draw())
