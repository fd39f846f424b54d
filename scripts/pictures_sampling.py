#!/usr/bin/env python3
"""Draws docs/pictures/sampling.svg: many bars, and the few that stand for them.

.venv/bin/python scripts/pictures_sampling.py     with the wheel that is installed
"""

from pathlib import Path

import numpy as np
import tvf
from tvf.chart import Candles, Line, Scale, View

BARS, MOST = 4_000, 70
WIDTH, HEIGHT, EDGE, LABEL = 760, 170, 16, 22
INK, PALE, UP, DOWN, DRAWN = "#333", "#bbb", "#2a9d8f", "#d1495b", "#3366cc"


def market() -> dict[str, np.ndarray]:
    """A random walk with a spike in it."""
    random = np.random.Generator(np.random.PCG64(11))
    close = 100 * np.exp(np.cumsum(random.normal(0, 0.004, BARS)))
    close[2600] *= 1.12
    opening = np.concatenate([close[:1], close[:-1]])
    reach = random.uniform(0, 0.004, (2, BARS))
    high, low = np.maximum(opening, close) * (1 + reach[0]), np.minimum(opening, close) * (1 - reach[1])
    return {"open": opening, "high": high, "low": low, "close": close, "volume": np.ones(BARS)}


def place(bar: float) -> float:
    """Where a bar is."""
    return EDGE + (bar + 0.5) * (WIDTH - 2 * EDGE) / BARS


def path(bars: np.ndarray, y: np.ndarray, colour: str, width: float) -> str:
    """A line through points."""
    points = " ".join(f"{place(bar):.1f},{at + LABEL:.1f}" for bar, at in zip(bars, y, strict=True))
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def drawn(candles: Candles, scale: Scale) -> list[str]:
    """Candles with their wicks."""
    shapes = []
    width = candles.step * (WIDTH - 2 * EDGE) / BARS
    for i in range(len(candles)):
        middle = place(candles.start + (i + 0.5) * candles.step - 0.5)
        opened, high, low, closed = (
            scale.y(float(column[i])) + LABEL
            for column in (candles.open, candles.high, candles.low, candles.close)
        )
        colour = UP if closed <= opened else DOWN
        top, tall = min(opened, closed), max(abs(opened - closed), 1)
        shapes.append(
            f'<path d="M{middle:.1f} {high:.1f}V{low:.1f}" stroke="{colour}"/>'
            f'<rect x="{middle - width * 0.35:.1f}" y="{top:.1f}" width="{width * 0.7:.1f}" '
            f'height="{tall:.1f}" fill="{colour}"/>'
        )
    return shapes


def main() -> None:
    """Writes the picture."""
    bars = market()
    view, line = View(bars), Line(bars["close"])
    ends = view.range(top=0.05, bottom=0.05)
    assert ends is not None
    scale = Scale("linear", ends, HEIGHT - LABEL)
    candles, extremes, triangles = view.candles(most=MOST), line.extremes(most=MOST), line.lttb(most=2 * MOST)
    behind = path(np.arange(BARS), scale.ys(bars["close"]), PALE, 0.6)
    panels = [
        (f"{len(candles)} candles of {candles.step} bars", drawn(candles, scale)),
        (
            f"extremes: {len(extremes.at)} points of {BARS:,}",
            [path(extremes.at, scale.ys(extremes.value), DRAWN, 1.2)],
        ),
        (
            f"largest triangles: {len(triangles.at)} points of {BARS:,}",
            [path(triangles.at, scale.ys(triangles.value), DRAWN, 1.2)],
        ),
    ]
    shapes = []
    for i, (title, found) in enumerate(panels):
        text = f'<text x="{EDGE}" y="15" fill="{INK}">{title}</text>'
        shapes.append(
            f'<g transform="translate(0 {i * HEIGHT})">{text}<use href="#bars"/>{"".join(found)}</g>'
        )
    size = f'width="{WIDTH}" height="{3 * HEIGHT}" viewBox="0 0 {WIDTH} {3 * HEIGHT}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12">'
    back = f'<defs><g id="bars">{behind}</g></defs><rect width="100%" height="100%" fill="#fff"/>'
    target = Path(__file__).resolve().parents[1] / "docs/pictures/sampling.svg"
    target.write_text(f"{svg}{back}{''.join(shapes)}</svg>\n", "utf-8")
    print(f"{target.name}: tvf {tvf.__version__}, {target.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
