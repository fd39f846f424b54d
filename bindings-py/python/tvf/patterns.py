# Written by `cargo xtask gen`: change the definitions in core/, not this.
# ruff: noqa: A002
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
    "elliott",
    "families",
    "harmonic",
    "price_patterns",
    "td",
]


def price_patterns(
    high: Column,
    low: Column,
    close: Column,
    *,
    volume: Column | None = None,
    time: Column | None = None,
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
            nothing, and more than 0 needs volume (0 to 100).
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


def harmonic(
    high: Column,
    low: Column,
    close: Column,
    *,
    time: Column | None = None,
    tolerance: float = 0.05,
    pivots: Literal["atr", "percent", "bars"] = "atr",
    reversal: float = 2.0,
    forming: bool = False,
    misses: bool = False,
) -> Patterns | Misses | Frame:
    """Turns whose legs stand in Fibonacci ratios to each other, after which price is expected to
    turn again.

    Harmonic: gartley, butterfly, bat, alternate_bat, crab, deep_crab, shark, cypher, five_zero,
    abcd, three_drives.

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        time: Opening times: milliseconds since 1970 UTC, or dates and times.
        tolerance: How far a ratio may be from what is published, as a share of it (0 to 0.25).
        pivots: What makes a top or bottom: atr, price comes back by more than reversal average true
            ranges (of 14 bars, or of those so far while there are fewer); percent, by more than
            reversal percent; bars, it is the extreme of reversal bars on both sides.
        reversal: How much that is, in the unit of pivots; bars are rounded down, at least one (0 to
            1000).
        forming: Whether to give the patterns that the last bar leaves unfinished, in the place of
            those that are certain: later bars may move them, or end them.
        misses: Whether to give the near misses instead: which conditions they met, and which not.

    Returns:
        The patterns in the order of their confirmation, or those that form, or the near misses, as
        columns and rows; a data frame for Polars, pandas and Arrow inputs.

    Notes:
        - The points are turns in a row, tops and bottoms by `pivots` and `reversal`: the last four
          of AB=CD, the last six of three drives, the last five of the others. A pattern is bullish
          if its last point is a bottom.
        - A leg such as AB is the distance in price from A to B, positive if it goes up to a top or
          down to a bottom; a leg that ends elsewhere than it must has no ratio that is met.
        - Every ratio r of a pattern, published as low to high, must be met: low × (1 − tolerance) ≤
          r ≤ high × (1 + tolerance). A division by 0 is not met.
        - A pattern is detected and confirmed by the bar that makes its last turn certain. Turns may
          make several patterns at once; each is told, in the order of the table.
        - Each ratio is a part of the score: 1 within what is published, and from there down to 0 at
          the edge of the tolerance.
        - The zone is where the last point has all of its ratios, tolerance included: for each the
          start of its leg less (bearish: plus) the ratio times the leg it is measured by, and of
          these ranges what they have in common.
        - A pattern forms while all points but the last are certain, their ratios are met and its
          zone is not empty, until the extreme since then (`tip`) is beyond the price of failure;
          its targets are measured from the edge of the zone that is reached first.
        - The price of failure is the far edge of the zone or the last point, whichever is further;
          of Gartley, Bat and Cypher it is X, unless those lie further.
        - Targets lie at 0.382, 0.618 and 1 of the way from the last point to A (five_zero: C;
          three_drives: S).
        - A near miss has all turns, and exactly one ratio out of its bounds but within three
          tolerances.
        - It remembers six turns and what finds them, however many bars there are.

    Source:
        H. M. Gartley, Profits in the Stock Market, 1935; L. Pesavento, Fibonacci Ratios with
        Pattern Recognition, 1997; S. Carney, The Harmonic Trader, 1999, and Harmonic Trading,
        volumes 1 and 2, 2004 and 2010; D. Oglesbee (Cypher).
    """
    params = {"tolerance": tolerance, "pivots": pivots, "reversal": reversal}
    return _find("harmonic", (high, low, close, time), params, forming, misses)


def td(
    high: Column,
    low: Column,
    close: Column,
    *,
    time: Column | None = None,
    open: Column | None = None,
    flip: Literal["strict", "loose"] = "strict",
    tdst: Literal["extreme", "first"] = "extreme",
    countdown: Literal["sequential", "termination", "aggressive"] = "sequential",
    qualifier: Literal["bar_8", "bars_5_and_8", "off"] = "bar_8",
    intersection: Literal["off", "on"] = "off",
    cancellation: Literal["true_low", "close", "off"] = "true_low",
    recycling: Literal["qualified", "size", "extended", "always", "off"] = "qualified",
    combo: Literal["version_1", "version_2", "off"] = "version_1",
    forming: bool = False,
    misses: bool = False,
) -> Patterns | Misses | Frame:
    """Counts of bars that tell how far a move has run: setup, countdown and combo, after which a
    turn is due.

    Timing (TD): setup, perfected_setup, countdown, combo.

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        time: Opening times: milliseconds since 1970 UTC, or dates and times.
        open: Opening prices.
        flip: What a price flip needs of the bar before a setup: strict, a close beyond the close
            four bars earlier the other way (2008); loose, equal closes will do.
        tdst: Where the TDST line of a setup lies: extreme, at the furthest true high (of a sell
            setup: true low) of its nine bars; first, at that of bar 1.
        countdown: What is held against the low (sell: high) two bars earlier: sequential, the
            close; termination, for bar 13 the open too, if there are opens; aggressive, the low
            (sell: high).
        qualifier: What defers a count: bar_8, bar 13 must reach the close of bar 8 with its low
            (sell: high); bars_5_and_8, and bar 8 that of bar 5; off, nothing.
        intersection: Whether a countdown waits until a bar from bar 8 of its setup on overlaps a
            bar of the setup that is three or more bars older (on: 1994, off: 2008).
        cancellation: What beyond the TDST line of its setup ends a count: true_low, a whole bar,
            its true low above it (sell: true high below it; 2008); close, a close (1994); off, only
            an opposite setup.
        recycling: When a later setup of the same side begins the count anew: size, if its range is
            at least that of the count's setup and less than 1.618 times that; extended, if a run
            goes on to 18 bars; qualified, both, unless the later setup lies within the other;
            always, every setup (1994); off, never.
        combo: The rules of combo: version_1, strict, all four for all counts; version_2, counts 11
            to 13 need only a close beyond that of the count before; off, none is counted.
        forming: Whether to give the patterns that the last bar leaves unfinished, in the place of
            those that are certain: later bars may move them, or end them.
        misses: Whether to give the near misses instead: which conditions they met, and which not.

    Returns:
        The patterns in the order of their confirmation, or those that form, or the near misses, as
        columns and rows; a data frame for Polars, pandas and Arrow inputs.

    Notes:
        - Rules are told for the buyer; for the seller turn all prices upside down (low for high,
          above for below).
        - Bars with missing prices are not there: "four bars earlier" passes over them.
        - The true high is the greater of the high and the close before, the true low the lesser of
          the low and the close before; those of the first bar are its high and low.
        - A price flip is a close above the close four bars earlier, followed by a close below the
          close four bars earlier (`flip`: how far above).
        - A setup is nine bars in a row that close below the close four bars earlier, the first of
          which completes a price flip; a bar that does not ends the run. A run that goes on is no
          second setup.
        - The TDST line of a setup is the highest true high of its nine bars (`tdst`: or that of bar
          1).
        - A setup is perfected if bar 8 or 9 has a low at or below the lows of both bars 6 and 7, or
          else by the first later bar whose low is; it is no longer awaited from the bar of the next
          setup of either side on, or once a bar is beyond the TDST line (`cancellation`).
        - A countdown begins at bar 9 of a setup, and counts each bar from there whose close is at
          or below the low two bars earlier (`countdown`: or its low; for bar 13 also its open).
        - With `intersection` it counts none before a bar, bar 8 of the setup or later, whose high
          is at or above the low of some bar of the setup that is at least three bars older.
        - Bar 13 needs a low at or below the close of bar 8 of the countdown, and with
          `bars_5_and_8` bar 8 one at or below the close of bar 5; a bar that fails this is not
          counted and the count waits (deferral, told as a near miss).
        - Combo counts from bar 1 of the setup, and tells nothing unless the setup is completed. A
          bar is counted that closes at or below the low two bars earlier, has a low at or below the
          low of the bar before, and closes below both the bar before and the bar counted before
          (`combo`: or, from count 11, only the last).
        - A side has one countdown and one combo at a time; a later setup of the same side begins it
          anew at its bar 9 (combo: bar 1) if `recycling` says so, and else is passed over. The
          range of a setup is its highest true high less its lowest true low, and a setup lies
          within another if none of its true lows is below the other's lowest and none of its closes
          above the other's highest true high. A run of 18 bars counts as a setup of its last nine
          for recycling alone.
        - A count ends without result at a setup of the other side, or with a bar beyond the TDST
          line of its setup (`cancellation`), which is then not counted.
        - Of one bar: first perfection, cancellation and counts, then setups; a bar can be the last
          of a count and of a setup.
        - The risk level, where a pattern has failed, lies below the lowest true low of the setup,
          or of all bars from the beginning of the count, by the true range of the first bar that
          has it. The zone is what lies between, and the TDST line the target, if it is above the
          close.
        - Near misses: a run that ends at 7 or 8, or reaches 9 without a flip; a setup never
          perfected; a bar that is deferred, or waits for the intersection; a count that ends at 10
          or more.
        - It remembers some dozens of bars, however many there are.

    Source:
        T. R. DeMark, The New Science of Technical Analysis, 1994; J. Perl, DeMark Indicators, 2008.
    """
    params = {
        "flip": flip,
        "tdst": tdst,
        "countdown": countdown,
        "qualifier": qualifier,
        "intersection": intersection,
        "cancellation": cancellation,
        "recycling": recycling,
        "combo": combo,
    }
    return _find("td", (high, low, close, time, open), params, forming, misses)


def elliott(
    high: Column,
    low: Column,
    close: Column,
    *,
    time: Column | None = None,
    degrees: int = 3,
    counts: int = 3,
    pivots: Literal["atr", "percent", "bars"] = "atr",
    reversal: float = 2.0,
    forming: bool = False,
    misses: bool = False,
) -> Patterns | Misses | Frame:
    """Counts of waves that drive and waves that correct, in several degrees, after whose last wave
    price is expected to turn.

    Elliott waves: impulse, leading_diagonal, ending_diagonal, zigzag, regular_flat, expanded_flat,
    running_flat, triangle, double_three.

    Args:
        high: Highest prices.
        low: Lowest prices.
        close: Closing prices.
        time: Opening times: milliseconds since 1970 UTC, or dates and times.
        degrees: How many degrees are counted (1 to 4).
        counts: How many counts are told for a turn of a degree, at most (1 to 20).
        pivots: What makes a top or bottom: atr, price comes back by more than reversal average true
            ranges (of 14 bars, or of those so far while there are fewer); percent, by more than
            reversal percent; bars, it is the extreme of reversal bars on both sides.
        reversal: How much that is, in the unit of pivots; bars are rounded down, at least one (0 to
            1000).
        forming: Whether to give the patterns that the last bar leaves unfinished, in the place of
            those that are certain: later bars may move them, or end them.
        misses: Whether to give the near misses instead: which conditions they met, and which not.

    Returns:
        The patterns in the order of their confirmation, or those that form, or the near misses, as
        columns and rows; a data frame for Polars, pandas and Arrow inputs.

    Notes:
        - A degree has turns of its own, tops and bottoms by `pivots` and `reversal`; each further
          degree takes twice the reversal. The points of a count tell its degree: 1, (1), ((1)) and
          [1].
        - Whenever a turn becomes certain, the counts that end there are looked for among the last
          28 turns of the degree. A wave is one swing, or five where it drives (1, 3 and 5 of an
          impulse and a leading diagonal, A and C of a zigzag, C of a flat), three where it
          corrects; all turns in it lie between its ends.
        - There are at most 2^waves ways to give waves their swings, and so at most 162 counts to
          look at for a turn of a degree, whatever the prices do: the work grows with the number of
          bars alone.
        - The rules of a shape, below, are hard: a count that breaks one is not told. Ratios are
          lengths of waves in price, 2/1 that of wave 2 by that of wave 1; `4 above 1` and the like
          are distances in lengths of the first wave, in its direction.
        - Each guideline is a part of the score. Ratios count 1 where they are a Fibonacci ratio and
          0 from 0.382 of that away; alternation is the difference of 2/1 and 4/3, full from 0.25
          on; the channel asks wave 5 to end as far beyond 3 as 4 ends beyond 2, 0 a length of wave
          3 away.
        - Of the counts that end at a turn the best `counts` of a degree are told, the best first;
          of equal ones that of the shape listed first, then that with the shorter waves at its end.
        - After a motive wave price is expected to correct it, after a correction to go on against
          it. The end of the count is the price of failure; targets are shares of the way back to
          its start.
        - A pattern forms while only its last wave is missing; the zone is where that wave has a
          usual length: between the shares of the wave that it is measured by.
        - A near miss has waves of one swing each and breaks exactly one rule.
        - It remembers 28 turns a degree and what finds them, however many bars there are.

    Source:
        R. N. Elliott, The Wave Principle, 1938, and Nature's Law, 1946; A. J. Frost and R.
        Prechter, Elliott Wave Principle, 1978.
    """
    params = {"degrees": degrees, "counts": counts, "pivots": pivots, "reversal": reversal}
    return _find("elliott", (high, low, close, time), params, forming, misses)
