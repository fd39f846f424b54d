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
from tvf._patterns import Point as Point
from tvf._patterns import PatternWatch, families
from tvf._patterns import find as _find
from tvf._types import Column, Frame

__all__ = [
    "PatternWatch",
    "families",
    "harmonic",
    "td",
]


def harmonic(
    high: Column,
    low: Column,
    close: Column,
    time: Column | None = None,
    *,
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
            ranges (of 14 bars); percent, by more than reversal percent; bars, it is the extreme of
            reversal bars on both sides.
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
    time: Column | None = None,
    open: Column | None = None,
    *,
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
