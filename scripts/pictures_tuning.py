#!/usr/bin/env python3
"""Draws docs/pictures/tuning.svg: an average before and after tuning, and the loss on the way.

make wheel && .venv/bin/python scripts/pictures_tuning.py
"""

import math
import sys
from pathlib import Path

import numpy as np
import tvf

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from pictures_levels import EDGE, HEIGHT, INK, LINE, PALE, UP, WIDTH, Picture  # noqa: E402

BARS = 220
# Where the picture of the loss begins, in shares of the width.
SPLIT = 0.64


def series() -> np.ndarray:
    """A wave with noise, always the same."""
    noise = np.random.Generator(np.random.PCG64(5)).normal(size=BARS)
    return 100 + 8 * np.sin(np.arange(BARS) / 22) + np.cumsum(0.5 * noise) + 0.8 * noise


def path(picture: Picture, points: list[tuple[float, float]], stroke: str, more: str = "") -> None:
    """Adds a line through points."""
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    picture.shapes.append(f'<polyline points="{drawn}" fill="none" stroke="{stroke}"{more}/>')


def tuning() -> str:
    """The average over its series, and the loss of each step."""
    close = series()
    tuned = tvf.tune("kama", close, params={"period": 40}, smoothness=2)
    before = tvf.kama(close, period=40)
    after = tvf.kama(close, **tuned.params)
    room = round(WIDTH * (1 - SPLIT))
    bars = {"high": close.tolist(), "low": close.tolist(), "close": close.tolist()}
    picture = Picture(bars, room, "An average before and after tuning, and its loss on the way")
    for values, stroke, more in (
        (close, PALE, ""),
        (before, LINE, ' stroke-dasharray="5 3" stroke-width="1.5"'),
        (after, UP, ' stroke-width="2"'),
    ):
        known = [(picture.x(i), picture.y(y)) for i, y in enumerate(values.tolist()) if not math.isnan(y)]
        path(picture, known, stroke, more)
    words = ", ".join(f"{name} {value:g}" for name, value in tuned.params.items())
    picture.text(EDGE, HEIGHT - 4, f"dashed: period 40; green: {words}", PALE)

    losses = tuned.losses.tolist()
    left, right = WIDTH * SPLIT + 46, WIDTH - EDGE
    low, high = min(losses), max(losses)

    def x(step: int) -> float:
        return left + (right - left) * step / max(len(losses) - 1, 1)

    def y(loss: float) -> float:
        return EDGE + 16 + (high - loss) / (high - low) * (HEIGHT - 2 * EDGE - 40)

    picture.line(left, y(high), left, y(low), PALE)
    picture.line(left, y(low), right, y(low), PALE)
    path(picture, [(x(i), y(loss)) for i, loss in enumerate(losses)], INK, ' stroke-width="1.5"')
    for i, loss in enumerate(losses):
        picture.rect(x(i) - 2, y(loss) - 2, 4, 4, INK)
    for loss in (high, low):
        picture.text(left - 40, y(loss) + 4, f"{loss:.3f}", PALE)
    picture.text(left, EDGE, "loss", PALE)
    picture.text(right - 60, y(low) + 18, f"{len(losses) - 1} steps", PALE)
    return picture.svg()


if __name__ == "__main__":
    (ROOT / "docs" / "pictures" / "tuning.svg").write_text(tuning())
