#!/usr/bin/env python3
"""Draws docs/pictures/harmonic.svg and docs/pictures/td.svg: what is found in example bars.

.venv/bin/python scripts/pictures_harmonic_td.py     with the wheel that is installed
"""

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import tvf
from tvf.patterns import Pattern, Patterns

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.patterns.compare import walk  # noqa: E402
from scripts.pictures_levels import DOWN, EDGE, HEIGHT, LINE, PALE, UP, Picture  # noqa: E402

# Bar and price of the turns of a Gartley that is still to end, and where it ends.
TURNS = [(0, 130), (6, 100), (16, 150), (24, 119.1), (32, 137.6)]
END = [(42, 110.7), (48, 124)]


def bars(turns: list[tuple[int, float]]) -> dict[str, list[float]]:
    """Bars that go from turn to turn."""
    at, prices = zip(*turns, strict=True)
    close = np.interp(np.arange(at[-1] + 1), at, prices)
    opening = np.concatenate([close[:1], close[:-1]])
    wick = 0.3 + 0.3 * (np.arange(len(close)) * 7 % 5) / 4
    columns = {
        "open": opening,
        "high": np.maximum(opening, close) + wick,
        "low": np.minimum(opening, close) - wick,
        "close": close,
    }
    return {name: column.tolist() for name, column in columns.items()}


def find(family: str, market: dict[str, list[float]], **params: object) -> list[Pattern]:
    """What is found in the bars."""
    columns = [np.array(market[name]) for name in ("high", "low", "close")]
    found = getattr(tvf, family)(*columns, **params)
    assert isinstance(found, Patterns)
    return list(found)


def harmonic() -> str:
    """A Gartley: its legs, the zone known from C on, its targets."""
    chosen = {"pivots": "percent", "reversal": 4.0}
    known = bars([*TURNS, (38, 122)])
    [forming] = [p for p in find("harmonic", known, forming=True, **chosen) if p.name == "gartley"]
    market = bars([*TURNS, *END])
    [found] = [p for p in find("harmonic", market, **chosen) if p.name == "gartley"]
    picture = Picture(market, 150, "A bullish Gartley, its zone and its targets")
    x, y = picture.x, picture.y
    left, top = x(forming.points[3].bar), y(forming.zone_high)
    picture.rect(left, top, picture.right - left, y(forming.zone_low) - top, LINE, ' opacity="0.15"')
    picture.candles()
    for a, b in pairwise(found.points):
        picture.line(x(a.bar), y(a.price), x(b.bar), y(b.price), LINE, ' stroke-width="1.5"')
    for i, point in enumerate(found.points):
        picture.text(x(point.bar) - 4, y(point.price) + (18 if i % 2 == 0 else -8), point.role)
    picture.text(picture.right + 6, top + 10, "zone for D", LINE)
    levels = {f"target {name}": (price, UP) for name, price in found.targets.items()}
    for words, (price, colour) in (levels | {"failure": (found.invalidation, DOWN)}).items():
        picture.line(left, y(price), picture.right, y(price), colour, ' stroke-dasharray="4 3"')
        picture.text(picture.right + 6, y(price) + 4, f"{words} {price:.2f}", colour)
    assert found.confirmed is not None
    at = x(found.confirmed)
    picture.line(at, EDGE, at, HEIGHT - EDGE, PALE, ' stroke-dasharray="2 2"')
    picture.text(at - 60, HEIGHT - 6, "D is certain", PALE)
    return picture.svg()


def td() -> str:
    """A setup, its TDST line, its countdown and the risk level."""
    columns = walk(1500, 4)
    everything = {name: column.tolist() for name, column in columns.items()}
    all_found = find("td", everything)
    countdown = next(p for p in all_found if p.name == "countdown" and p.direction > 0)
    setups = [p for p in all_found if p.name == "setup" and p.direction > 0]
    setup = next(p for p in reversed(setups) if p.detected <= countdown.points[0].bar)
    first, last = setup.points[0].bar - 6, countdown.detected + 9
    market = {name: column[first:last] for name, column in everything.items()}
    picture = Picture(market, 130, "A buy setup and its countdown")
    picture.bottom -= 2.5
    picture.candles()
    line = max(setup.targets.values())
    for words, price, colour in [
        ("TDST line", line, LINE),
        ("risk level", countdown.invalidation, DOWN),
    ]:
        start = picture.x(setup.detected - first)
        picture.line(start, picture.y(price), picture.right, picture.y(price), colour, ' stroke-width="1.5"')
        picture.text(picture.right + 6, picture.y(price) + 4, f"{words} {price:.2f}", colour)
    for found, row, colour in [(setup, 14, UP), (countdown, 28, DOWN)]:
        for point in found.points:
            x, y = picture.x(point.bar - first), picture.y(point.price)
            picture.text(x - 4 * len(point.role), y + row, point.role, colour)
    picture.text(EDGE, HEIGHT - 6, "green: setup, red: countdown", PALE)
    return picture.svg()


def main() -> None:
    """Writes both."""
    for draw in (harmonic, td):
        (ROOT / "docs" / "pictures" / f"{draw.__name__}.svg").write_text(draw(), "utf-8")


if __name__ == "__main__":
    main()
