#!/usr/bin/env python3
"""Draws the pictures of docs/pictures, which show definitions on example bars.

    scripts/pictures_levels.py     writes them; `cargo xtask gen` then links those that are there

The numbers come from the slow twins that judge the entries, so nothing has to be built.
"""

import sys
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from parity_tests import twins_levels as twins  # noqa: E402

WIDTH, HEIGHT, EDGE = 760, 360, 24
INK, PALE, UP, DOWN, LINE = "#333", "#999", "#2a9d8f", "#d1495b", "#3366cc"

# Where the example market turns: bar and price. It breaks 110 and comes back to it from above.
TURNS = [
    (0, 104), (6, 110), (12, 100.5), (18, 109.4), (24, 101), (30, 110.3),
    (36, 103), (43, 117), (50, 110.6), (57, 119), (62, 114),
]  # fmt: skip


def market() -> dict[str, list[float]]:
    """The example bars."""
    close = [a + (b - a) * i / (n - m) for (m, a), (n, b) in pairwise(TURNS) for i in range(n - m)]
    close.append(TURNS[-1][1])
    opening = [close[0], *close[:-1]]
    wick = [0.5 + 0.4 * (i * 7 % 5) / 4 for i in range(len(close))]
    return {
        "open": opening,
        "high": [max(o, c) + w for o, c, w in zip(opening, close, wick, strict=True)],
        "low": [min(o, c) - w for o, c, w in zip(opening, close, wick, strict=True)],
        "close": close,
        "volume": [500.0 + 100 * (i * 11 % 13) for i in range(len(close))],
    }


class Picture:
    """Shapes over bars: x in bars, y in prices."""

    def __init__(self, bars: dict[str, list[float]], room: int, title: str) -> None:
        self.shapes: list[str] = []
        self.top, self.bottom = max(bars["high"]) + 1, min(bars["low"]) - 1
        self.right = WIDTH - EDGE - room
        self.count = len(bars["close"])
        self.title = title
        self.bars = bars

    def x(self, bar: float) -> float:
        """Where a bar is."""
        return EDGE + (bar + 0.5) * (self.right - EDGE) / self.count

    def y(self, price: float) -> float:
        """Where a price is."""
        return EDGE + (self.top - price) / (self.top - self.bottom) * (HEIGHT - 2 * EDGE)

    def rect(self, x: float, y: float, width: float, height: float, fill: str, more: str = "") -> None:
        """Adds a rectangle."""
        self.shapes.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"{more}/>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str, more: str = "") -> None:
        """Adds a line."""
        self.shapes.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}"{more}/>'
        )

    def text(self, x: float, y: float, words: str, fill: str = INK) -> None:
        """Adds words."""
        halo = 'stroke="#fff" stroke-width="3" paint-order="stroke"'
        self.shapes.append(f'<text x="{x:.1f}" y="{y:.1f}" fill="{fill}" {halo}>{words}</text>')

    def candles(self) -> None:
        """Draws the bars."""
        half = 0.32 * (self.x(1) - self.x(0))
        columns = (self.bars[name] for name in ("open", "high", "low", "close"))
        for i, (o, h, lo, c) in enumerate(zip(*columns, strict=True)):
            colour = UP if c >= o else DOWN
            self.line(self.x(i), self.y(h), self.x(i), self.y(lo), colour)
            body = max(self.y(min(o, c)) - self.y(max(o, c)), 1)
            self.rect(self.x(i) - half, self.y(max(o, c)), 2 * half, body, colour)

    def svg(self) -> str:
        """The whole file."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            f'font-family="sans-serif" font-size="12" role="img">\n<title>{self.title}</title>'
        )
        ground = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
        return "\n".join([head, ground, *self.shapes, "</svg>"]) + "\n"


def support_resistance() -> str:
    """Pivots, when they are known, and the levels."""
    left = right = 3
    bars = market()
    picture = Picture(bars, 190, "Pivots, and the levels that they make")
    high, low, close = (bars[name] for name in ("high", "low", "close"))
    levels = twins.support_resistance(high, low, close, left, right, tolerance=0.75, atr_period=5)
    picture.candles()
    for side, values, colour in [(-1, high, DOWN), (1, low, UP)]:
        for at in twins.pivots(values, left, right, -side):
            x, y = picture.x(at), picture.y(values[at]) + 6 * side
            points = f"{x:.1f},{y:.1f} {x - 5:.1f},{y + 9 * side:.1f} {x + 5:.1f},{y + 9 * side:.1f}"
            picture.shapes.append(f'<polygon points="{points}" fill="{colour}"/>')
            known = picture.x(at + right)
            picture.line(x, y + 4.5 * side, known, y + 4.5 * side, PALE, ' stroke-dasharray="2 2"')
            picture.line(known, y, known, y + 9 * side, PALE)
    for level in levels:
        y = picture.y(level.price)
        picture.line(picture.x(level.first), y, picture.right, y, LINE, ' stroke-width="1.5"')
        role = "support" if level.role > 0 else "resistance"
        picture.text(picture.right + 6, y - 2, f"{level.price:.2f} {role}", LINE)
        picture.text(
            picture.right + 6, y + 12, f"{level.touches} touches, strength {level.strength:.1f}", PALE
        )
    picture.text(EDGE, HEIGHT - 6, f"triangle: pivot; dashes: until it is known, {right} bars later", PALE)
    return picture.svg()


def volume_profile() -> str:
    """Bars, rows, value area and nodes."""
    bars = market()
    columns = [bars[name] for name in ("high", "low", "close", "volume")]
    profile = twins.volume_profile(*columns, bins=16)
    picture = Picture(bars, 250, "Volume by price, with the point of control and the value area")
    y_high, y_low = picture.y(profile.value_high), picture.y(profile.value_low)
    picture.rect(EDGE, y_high, WIDTH - 2 * EDGE, y_low - y_high, LINE, ' opacity="0.08"')
    picture.candles()
    fullest = max(row.volume for row in profile.rows)
    start, room = picture.right + 10, 130
    for row in profile.rows:
        y, height = picture.y(row.high) + 0.5, picture.y(row.low) - picture.y(row.high) - 1
        bought, sold = (room * part / fullest for part in (row.buy, row.sell))
        picture.rect(start, y, bought, height, UP)
        picture.rect(start + bought, y, sold, height, DOWN)
        if row.node:
            words = "high-volume node" if row.node > 0 else "low-volume node"
            picture.text(start + bought + sold + 4, y + height / 2 + 4, words, PALE)
    picture.line(EDGE, picture.y(profile.poc), start, picture.y(profile.poc), LINE, ' stroke-width="1.5"')
    picture.text(EDGE + 4, picture.y(profile.poc) - 4, f"poc {profile.poc:.2f}", LINE)
    picture.text(EDGE + 4, y_high + 12, f"value_high {profile.value_high:.2f}", LINE)
    picture.text(EDGE + 4, y_low - 4, f"value_low {profile.value_low:.2f}", LINE)
    picture.text(start, HEIGHT - 6, "green: buy, red: sell", PALE)
    return picture.svg()


def pictures() -> dict[str, str]:
    """The pictures by name of file."""
    return {f"{draw.__name__}.svg": draw() for draw in (support_resistance, volume_profile)}


if __name__ == "__main__":
    for name, text in pictures().items():
        (ROOT / "docs" / "pictures" / name).write_text(text)
