"""What a chart computes besides indicators, with the same bits as `tvf/chart` in the browser.

Which bars are seen, between which prices they lie, where a price is in pixels, which few candles stand
for many bars, and how far a point is from a drawing. On a server it makes the few points of a large
history that a page or a picture needs.

A window of bars is a `slice` (`slice(-200, None)` is the last 200), as culling gives it.
"""

from tvf.chart._axes import Scale, ScaleKind, Ticks, TimeTicks, TimeUnit, ticks, time_ticks
from tvf.chart._hits import (
    FIBONACCI,
    Hit,
    fibonacci,
    hit_fibonacci,
    hit_levels,
    hit_line,
    hit_polyline,
    hit_ray,
    hit_rectangle,
    hit_segment,
)
from tvf.chart._view import Candles, Ends, Line, Points, View, lttb

__all__ = [
    "FIBONACCI",
    "Candles",
    "Ends",
    "Hit",
    "Line",
    "Points",
    "Scale",
    "ScaleKind",
    "Ticks",
    "TimeTicks",
    "TimeUnit",
    "View",
    "fibonacci",
    "hit_fibonacci",
    "hit_levels",
    "hit_line",
    "hit_polyline",
    "hit_ray",
    "hit_rectangle",
    "hit_segment",
    "lttb",
    "ticks",
    "time_ticks",
]
