# Written by `cargo xtask gen`: change the definitions in core/, not this.
"""Patterns: a function for each family, from columns to a table of what was found."""

from __future__ import annotations

from typing import Literal

from tvf._patterns import Condition as Condition
from tvf._patterns import Family as Family
from tvf._patterns import Miss as Miss
from tvf._patterns import Misses as Misses
from tvf._patterns import Pattern as Pattern
from tvf._patterns import Patterns as Patterns
from tvf._patterns import PatternWatch, families
from tvf._patterns import Point as Point
from tvf._patterns import find as _find
from tvf._types import Column, Frame

__all__ = [
    "PatternWatch",
    "families",
    "price_patterns",
]


def price_patterns(
    high: Column,
    low: Column,
    close: Column,
    volume: Column | None = None,
    time: Column | None = None,
    *,
    pivots: Literal["atr", "percent", "bars"] = "atr",
    reversal: float = 2.0,
    tolerance: float = 0.15,
    breakout: float = 0.05,
    volume_ratio: float = 0.0,
    longest: int = 250,
    forming: bool = False,
    misses: bool = False,
) -> Patterns | Misses | Frame:
    """Classical chart patterns between lines that turns draw, told when price closes beyond one.

    Price patterns: double_top, double_bottom, triple_top, triple_bottom, head_and_shoulders,
    inverse_head_and_shoulders, ascending_triangle, descending_triangle, symmetrical_triangle,
    rising_wedge, falling_wedge, rectangle, rising_channel, falling_channel, flag, pennant,
    cup_and_handle, inverted_cup_and_handle, rounding_bottom, rounding_top.

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        volume: Traded volumes.
        time: Opening times: milliseconds since 1970 UTC, or dates and times.
        pivots: What makes a top or bottom: atr, price comes back by more than reversal average true
            ranges (of 14 bars, or of those so far while there are fewer); percent, by more than
            reversal percent; bars, it is the extreme of reversal bars on both sides.
        reversal: How much that is, in the unit of pivots; bars are rounded down, at least one (0 to
            1000).
        tolerance: How far equal levels may differ and turns may lie from their line, in heights of
            the pattern (0 to 0.5).
        breakout: How far a close must lie beyond the line, in heights of the pattern (0 to 1).
        volume_ratio: The least volume of the breakout's bar, in means of the pattern's bars; 0 asks
            nothing (0 to 100).
        longest: Most bars of a pattern, from its first turn to the bar that makes its last one
            certain (10 to 1000).
        forming: Whether to give the patterns that the last bar leaves unfinished, in the place of
            those that are certain: later bars may move them, or end them.
        misses: Whether to give the near misses instead: which conditions they met, and which not.

    Returns:
        The patterns in the order of their confirmation, or those that form, or the near misses, as
        columns and rows; a data frame for Polars, pandas and Arrow inputs.

    Notes:
        - Turns are alternating tops and bottoms (pivots, reversal); the last 12 are looked at
          whenever one becomes certain, and a pattern may be longest bars long from its first turn
          to that bar.
        - Prices compare in heights of the pattern: equal are levels that differ by no more than
          tolerance, and a line is level if it moves by no more than that over the pattern.
        - A double top is two equal tops around a bottom, the neckline; the rise to the first begins
          below the neckline by at least tolerance; its height is from the mean top to the neckline.
        - A triple top is three equal tops around two equal bottoms, after a rise as for a double
          top; the neckline is the lower bottom, its height is from the mean top to the mean bottom.
        - A head and shoulders is three tops whose middle one stands above both others by at least
          tolerance; the shoulders differ by no more than two tolerances, so do the bottoms; the
          neckline goes through the bottoms, both shoulders are above it by at least tolerance, and
          the rise begins below its first bottom by at least that; its height is from the neckline
          up to the head.
        - Bottoms are tops upside down.
        - Triangles, wedges and channels are 5 to 8 turns, rectangles 6 to 8, most turns first;
          lines go through the first and the last top and bottom, the turns between lie no farther
          than tolerance from them, and the lines have not met at the last turn; the height is their
          distance at the first turn.
        - Ascending: the upper line is level, the lower rises. Descending: the lower is level, the
          upper falls. Symmetrical: the upper falls, the lower rises. Rectangle: both are level.
          Channel: both rise or both fall, their moves differing by no more than tolerance. Wedge:
          both rise or both fall, and come closer by more than that.
        - A flag or pennant is a pole, a move between two turns, and a rest of four turns that
          begins with the pole's end: the pole is at least twice as long as the rest is high, the
          rest takes back at most half of it and lasts at most four times as many bars; parallel
          lines are a flag, closing ones a pennant, and lines that both go the pole's way are
          neither; a fifth turn makes it one of the patterns above or none.
        - A cup is a bowl between two equal rims, and a handle that gives back at most half of its
          depth in at most half its bars; the left rim is the nearest equal top with no higher one
          between, at least 20 bars before; the move into it is at least half the depth.
        - A rounding bottom is a bowl whose left rim is higher than all tops after it, the nearest
          at least 20 bars old, and whose right rim is the breakout.
        - A bowl is round: its mean close lies 0.6 to 0.85 of its depth below the rim (half in a V,
          two thirds in a parabola), and its bottom lies in the middle half of its bars.
        - The breakout is a close beyond the line by more than breakout heights; where volume is
          given, of a bar with at least volume_ratio times the mean volume of the pattern's bars,
          else the pattern goes on waiting.
        - Tops, descending triangles and rising wedges break out down; bottoms, ascending triangles
          and falling wedges up; flags and pennants the pole's way; symmetrical triangles,
          rectangles and channels either way.
        - A pattern is dropped when price closes as far beyond its other line (of a top the highest
          top, of a head and shoulders the right shoulder, of a cup the handle's low, of a rounding
          bottom the bottom), when its lines meet, or when it has waited, after its last turn, for
          as many bars as lie between its first and its last turn, a rounding pattern for three
          times as many.
        - If a pattern between two lines breaks out before the turn from which it does is certain,
          that turn is its last if it touches its line; if the broken line has fewer turns than the
          other, the bar before the breakout is its missing touch; both are known with the breakout.
        - At most one of each kind waits (tops; bottoms; patterns between two lines; cups, and
          rounding patterns, upwards and downwards): a new one takes the older one's place, so a
          triple top that of a double top. Of tops of the same last turn head and shoulders comes
          before triple and that before double. Of patterns that break out at the same bar in the
          same direction the first in this order of kinds is told. A kind's next pattern ends with a
          turn after the last breakout.
        - The target is the height from the broken line on, of a flag or pennant the pole, of a
          wedge its farthest turn; the invalidation is the price of the other line at the breakout;
          the zone is where a pullback would meet the broken line, between it and the price that was
          needed to break it.
        - Until the breakout a pattern is forming: its target, zone and invalidation are those of a
          breakout at the last bar; one that may break out either way is neutral and has none; of
          rounding patterns those are shown whose bowl is round up to the last bar.
        - A near miss fails one condition by no more than three tolerances.

    Source:
        R. D. Edwards and J. Magee, Technical Analysis of Stock Trends, 1948; T. N. Bulkowski,
        Encyclopedia of Chart Patterns, 2005; cup with handle: W. J. O'Neil, How to Make Money in
        Stocks, 1988.
    """
    params = {
        "pivots": pivots,
        "reversal": reversal,
        "tolerance": tolerance,
        "breakout": breakout,
        "volume_ratio": volume_ratio,
        "longest": longest,
    }
    return _find("price_patterns", (high, low, close, volume, time), params, forming, misses)
