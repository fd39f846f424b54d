#!/usr/bin/env python3
"""Draws docs/pictures/price_patterns.svg: the shapes with what is found in them.

.venv/bin/python scripts/pictures_price_patterns.py     with the wheel that is installed
"""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import tvf
from tvf.patterns import Patterns

ROOT = Path(__file__).resolve().parents[1]
COLUMNS, WIDTH, HEIGHT, EDGE, LABEL = 3, 250, 150, 14, 24
INK, PALE, UP, DOWN, LINE = "#333", "#999", "#2a9d8f", "#d1495b", "#3366cc"
LINES = (("upper line",), ("lower line",), ("neckline",), ("left rim", "right rim"))


def shapes() -> list[np.ndarray]:
    """The shapes of the tests, and a cup."""
    known = json.loads((ROOT / "parity_tests/data/shapes/shapes.json").read_text("utf-8"))
    drawn = []
    for shape in known.values():
        bars, prices = zip(*shape["vertices"], strict=True)
        drawn.append(np.interp(np.arange(bars[-1] + 1), bars, prices))
    bowl = 85 + 15 * (np.arange(-20, 21) / 20) ** 2
    lead, handle, end = np.linspace(80, 99, 15), np.linspace(99.2, 96, 5), np.linspace(97.4, 112, 12)
    return [*drawn, np.concatenate([lead, bowl, handle, end])]


def panel(close: np.ndarray) -> str:
    """One shape: its closes, its points, the lines through them, breakout and target."""
    found = tvf.price_patterns(close, close, close)
    assert isinstance(found, Patterns)
    [pattern] = found
    assert pattern.confirmed is not None
    target = pattern.targets["measured"]
    prices = [*close, target]
    least, most = min(prices), max(prices)

    def x(bar: float) -> float:
        return EDGE + bar * (WIDTH - 2 * EDGE) / (len(close) - 1)

    def y(price: float) -> float:
        return HEIGHT - EDGE - (price - least) / (most - least) * (HEIGHT - LABEL - 2 * EDGE)

    def path(points: list[tuple[float, float]], style: str) -> str:
        text = " ".join(f"{x(bar):.1f},{y(price):.1f}" for bar, price in points)
        return f'<polyline points="{text}" fill="none" {style}/>'

    colour = UP if pattern.direction > 0 else DOWN
    parts = [
        f'<text x="{EDGE}" y="16" fill="{INK}">{pattern.name.replace("_", " ")}, {pattern.score:.2f}</text>',
        path(list(enumerate(close)), f'stroke="{PALE}"'),
        path(
            [(pattern.confirmed, target), (len(close) - 1, target)],
            f'stroke="{colour}" stroke-dasharray="4 3"',
        ),
    ]
    broken_line = "upper line" if pattern.direction > 0 else "lower line"
    for roles in LINES:
        here = (*roles, "exit") if broken_line in roles else roles
        on_line = [(point.bar, point.price) for point in pattern.points if point.role in here]
        parts += [path(list(pair), f'stroke="{LINE}"') for pair in pairwise(on_line)]
    for point in pattern.points:
        parts.append(f'<circle cx="{x(point.bar):.1f}" cy="{y(point.price):.1f}" r="3" fill="{LINE}"/>')
    broken = x(pattern.confirmed), y(close[pattern.confirmed])
    parts.append(f'<circle cx="{broken[0]:.1f}" cy="{broken[1]:.1f}" r="4" fill="{colour}"/>')
    return "".join(parts)


def main() -> None:
    """Writes the picture."""
    panels = [panel(close) for close in shapes()]
    body = "\n".join(
        f'<g transform="translate({i % COLUMNS * WIDTH} {i // COLUMNS * HEIGHT})">{text}</g>'
        for i, text in enumerate(panels)
    )
    width, height = COLUMNS * WIDTH, -(-len(panels) // COLUMNS) * HEIGHT
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">'
    )
    back = '<rect width="100%" height="100%" fill="#fff"/>'
    target = ROOT / "docs/pictures/price_patterns.svg"
    target.write_text(f"{head}\n{back}\n{body}\n</svg>\n", "utf-8")
    print(f"{target.name}: tvf {tvf.__version__}, {target.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
