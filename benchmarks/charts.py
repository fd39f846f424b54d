"""Bars as SVG, drawn by hand: readable on a light and on a dark page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil, floor, log10

WIDTH, LABEL, VALUE = 760, 190, 150
"""The picture, the space for names on the left and for figures on the right."""
HEIGHT, GAP, GROUP_GAP, TOP = 15, 3, 9, 56

STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.title { font-size: 15px; font-weight: 600 }
.quiet { fill: #59636e; font-size: 12px }
.axis { stroke: #8c959f; stroke-width: 1 }
.own { fill: #1a7f5a }
.other { fill: #8c959f }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 }
  .quiet { fill: #9198a1 }
  .own { fill: #3fb98a }
  .other { fill: #6e7681 }
}"""

Bar = tuple[str, float, str]
"""Class, value, what stands beside it."""


def chart(
    title: str, note: str, groups: Sequence[tuple[str, Sequence[Bar]]], one: float | None = None
) -> str:
    """Horizontal bars on a logarithmic scale, in groups with names; if `one` is given, they begin at it."""
    values = [value for _, bars in groups for _, value, _ in bars]
    low, high = min(values), max(values)
    if one is None:
        start, end = 10.0 ** floor(log10(low / 1.5)), high
    else:
        start, end = min(low, one), max(high, one)
    span = log10(end / start) or 1.0
    room = WIDTH - LABEL - VALUE

    def x(value: float) -> float:
        return LABEL + room * log10(value / start) / span

    parts = []
    y = TOP
    for name, bars in groups:
        middle = y + len(bars) * (HEIGHT + GAP) / 2
        parts.append(f'<text x="{LABEL - 10}" y="{middle + 4:.0f}" text-anchor="end">{escape(name)}</text>')
        for kind, value, words in bars:
            left, right = sorted((x(one) if one else LABEL, x(value)))
            width = max(right - left, 1)
            parts.append(
                f'<rect class="{kind}" x="{left:.1f}" y="{y}" width="{width:.1f}" height="{HEIGHT}" rx="2"/>'
            )
            beside = max(right, x(one)) if one else right
            parts.append(f'<text class="quiet" x="{beside + 6:.1f}" y="{y + 12}">{escape(words)}</text>')
            y += HEIGHT + GAP
        y += GROUP_GAP
    if one is not None:
        parts.append(f'<line class="axis" x1="{x(one):.1f}" y1="{TOP - 6}" x2="{x(one):.1f}" y2="{y}"/>')
    height = ceil(y + 6)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
            f"<title>{escape(title)}</title>",
            f"<style>{STYLE}\n</style>",
            f'<text class="title" x="0" y="18">{escape(title)}</text>',
            f'<text class="quiet" x="0" y="38">{escape(note)}</text>',
            *parts,
            "</svg>\n",
        ]
    )
