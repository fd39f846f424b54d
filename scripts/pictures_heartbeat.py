#!/usr/bin/env python3
"""Draws docs/pictures/heartbeat.svg: turns, beats and the bars at which the next turn is due.

Needs Python alone: the numbers are those of the twin that judges the core (parity_tests/twin_heartbeat.py).
"""

import random
import sys
from math import pi, sin
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "parity_tests"))

import twin_heartbeat as twin  # noqa: E402

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 960, 420, 16, 16, 56, 64
BARS, SHOWN, AHEAD = 300, 110, 14
UP, DOWN, LINE, DUE, TEXT, FAINT = "#2f9e77", "#c8553d", "#3b5b92", "#e9b949", "#333333", "#8a8a8a"


def market() -> tuple[list[float], list[float], list[float], list[float]]:
    """Bars with a rhythm of about 24 that quickens and slows down."""
    chance = random.Random(5)
    phase, trend = 0.0, 0.0
    opens, highs, lows, closes = [], [], [], []
    before = 100.0
    for _ in range(BARS):
        phase += 2 * pi / 24 * chance.uniform(0.6, 1.4)
        trend += chance.gauss(0.03, 0.25)
        close = 100 + trend + 5 * sin(phase) + chance.gauss(0, 0.4)
        opens.append(before)
        closes.append(close)
        highs.append(max(before, close) + abs(chance.gauss(0, 0.35)))
        lows.append(min(before, close) - abs(chance.gauss(0, 0.35)))
        before = close
    return opens, highs, lows, closes


def draw() -> str:
    """The picture."""
    opens, highs, lows, closes = market()
    turns = twin.turns(highs, lows, closes)
    heart = twin.summary(turns, closes)
    first = BARS - SHOWN
    step = (WIDTH - LEFT - RIGHT) / (SHOWN + AHEAD)
    least, most = min(lows[first:]), max(highs[first:])
    scale = (HEIGHT - TOP - BOTTOM - 40) / (most - least)

    def x(bar: float) -> float:
        return LEFT + (bar - first + 0.5) * step

    def y(price: float) -> float:
        return TOP + 20 + (most - price) * scale

    parts: list[str] = []

    def line(x1: float, y1: float, x2: float, y2: float, style: str) -> None:
        parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" {style}/>')

    def text(at: tuple[float, float], words: str, fill: str = TEXT, anchor: str = "middle") -> None:
        place = f'x="{at[0]:.1f}" y="{at[1]:.1f}" text-anchor="{anchor}"'
        parts.append(f'<text {place} fill="{fill}">{words}</text>')

    left, right = x(heart["due_from"]) - step / 2, x(heart["due_to"]) + step / 2
    parts.append(
        f'<rect x="{left:.1f}" y="{TOP}" width="{right - left:.1f}" height="{HEIGHT - TOP - BOTTOM}"'
        f' fill="{DUE}" opacity="0.28"/>'
    )
    text(((left + right) / 2, TOP - 8), "next turn due")
    edge = x(BARS - 0.5)
    line(edge, TOP, edge, HEIGHT - BOTTOM, f'stroke="{FAINT}" stroke-dasharray="2 3"')
    text((edge - 4, HEIGHT - BOTTOM - 6), "now", FAINT, "end")

    for i in range(first, BARS):
        colour = UP if closes[i] >= opens[i] else DOWN
        line(x(i), y(highs[i]), x(i), y(lows[i]), f'stroke="{colour}"')
        body = sorted((y(opens[i]), y(closes[i])))
        parts.append(
            f'<rect x="{x(i) - step * 0.32:.1f}" y="{body[0]:.1f}" width="{step * 0.64:.1f}"'
            f' height="{max(body[1] - body[0], 0.6):.1f}" fill="{colour}"/>'
        )

    shown = [turn for turn in turns if turn.pivot >= first]
    points = " ".join(f"{x(turn.pivot):.1f},{y(turn.price):.1f}" for turn in shown)
    parts.append(f'<polyline points="{points}" fill="none" stroke="{LINE}" stroke-width="1.6"/>')
    base = HEIGHT - BOTTOM + 14
    for before, turn in zip([None, *shown], shown, strict=False):
        at = (x(turn.pivot), y(turn.price))
        parts.append(f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="3.4" fill="{LINE}"/>')
        price = highs if turn.direction < 0 else lows
        known = (x(turn.index), y(price[turn.index]))
        parts.append(f'<circle cx="{known[0]:.1f}" cy="{known[1]:.1f}" r="3" fill="white" stroke="{LINE}"/>')
        line(at[0], base - 5, at[0], base + 5, f'stroke="{LINE}"')
        if before:
            start = x(before.pivot)
            line(start, base, at[0], base, f'stroke="{LINE}"')
            text(((start + at[0]) / 2, base + 15), f"{turn.duration:.0f}", LINE)
    last = x(shown[-1].pivot)
    line(last, base, right, base, f'stroke="{DUE}" stroke-width="2" stroke-dasharray="4 3"')

    due = [heart[name] - (BARS - 1) for name in ("due_from", "due_to")]
    text(
        (LEFT, 22),
        f"beat {heart['beat']:.1f} bars · regularity {heart['regularity']:.2f}"
        f" · cycle {heart['cycle']:.0f} bars · due {due[0]:+.1f} to {due[1]:+.1f} bars from now"
        f" · confidence {heart['confidence']:.2f}",
        anchor="start",
    )
    text(
        (LEFT, HEIGHT - 14),
        "Filled: a turn. Open: the bar that confirmed it, after which it never moves."
        " Below: bars from turn to turn.",
        FAINT,
        "start",
    )
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
        f' width="{WIDTH}" height="{HEIGHT}"'
        ' font-family="sans-serif" font-size="13" role="img">\n'
        "<title>Heartbeat: turns, beats and the bars at which the next turn is due</title>\n"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>\n{body}\n</svg>\n'
    )


if __name__ == "__main__":
    target = ROOT / "docs" / "pictures" / "heartbeat.svg"
    target.parent.mkdir(exist_ok=True)
    target.write_text(draw(), encoding="utf-8")
    print(f"wrote {target.relative_to(ROOT)}")
