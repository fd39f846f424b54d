//! What the family is, in words.

use super::rules::PARAMS;
use crate::patterns::family::{Family, Word};
use crate::spec::{CLOSE, HIGH, Input, LOW, OPEN, TIME};

const fn word(name: &'static str, doc: &'static str) -> Word {
    Word { name, doc }
}

/// The definition.
pub const FAMILY: Family = Family {
    id: "td",
    title: "Timing (TD)",
    summary: "Counts of bars that tell how far a move has run: setup, countdown and combo, after which a turn is due",
    rules: &[
        "Rules are told for the buyer; for the seller turn all prices upside down (low for high, above for below).",
        "Bars with missing prices are not there: \"four bars earlier\" passes over them.",
        "The true high is the greater of the high and the close before, the true low the lesser of the low and the close before; those of the first bar are its high and low.",
        "A price flip is a close above the close four bars earlier, followed by a close below the close four bars earlier (`flip`: how far above).",
        "A setup is nine bars in a row that close below the close four bars earlier, the first of which completes a price flip; a bar that does not ends the run. A run that goes on is no second setup.",
        "The TDST line of a setup is the highest true high of its nine bars (`tdst`: or that of bar 1).",
        "A setup is perfected if bar 8 or 9 has a low at or below the lows of both bars 6 and 7, or else by the first later bar whose low is; it is no longer awaited from the bar of the next setup of either side on, or once a bar is beyond the TDST line (`cancellation`).",
        "A countdown begins at bar 9 of a setup, and counts each bar from there whose close is at or below the low two bars earlier (`countdown`: or its low; for bar 13 also its open).",
        "With `intersection` it counts none before a bar, bar 8 of the setup or later, whose high is at or above the low of some bar of the setup that is at least three bars older.",
        "Bar 13 needs a low at or below the close of bar 8 of the countdown, and with `bars_5_and_8` bar 8 one at or below the close of bar 5; a bar that fails this is not counted and the count waits (deferral, told as a near miss).",
        "Combo counts from bar 1 of the setup, and tells nothing unless the setup is completed. A bar is counted that closes at or below the low two bars earlier, has a low at or below the low of the bar before, and closes below both the bar before and the bar counted before (`combo`: or, from count 11, only the last).",
        "A side has one countdown and one combo at a time; a later setup of the same side begins it anew at its bar 9 (combo: bar 1) if `recycling` says so, and else is passed over. The range of a setup is its highest true high less its lowest true low, and a setup lies within another if none of its true lows is below the other's lowest and none of its closes above the other's highest true high. A run of 18 bars counts as a setup of its last nine for recycling alone.",
        "A count ends without result at a setup of the other side, or with a bar beyond the TDST line of its setup (`cancellation`), which is then not counted.",
        "Of one bar: first perfection, cancellation and counts, then setups; a bar can be the last of a count and of a setup.",
        "The risk level, where a pattern has failed, lies below the lowest true low of the setup, or of all bars from the beginning of the count, by the true range of the first bar that has it. The zone is what lies between, and the TDST line the target, if it is above the close.",
        "Near misses: a run that ends at 7 or 8, or reaches 9 without a flip; a setup never perfected; a bar that is deferred, or waits for the intersection; a count that ends at 10 or more.",
        "It remembers some dozens of bars, however many there are.",
    ],
    source: "T. R. DeMark, The New Science of Technical Analysis, 1994; J. Perl, DeMark Indicators, 2008",
    inputs: &[
        HIGH,
        LOW,
        CLOSE,
        TIME,
        Input {
            optional: true,
            ..OPEN
        },
    ],
    params: PARAMS,
    shapes: &[
        word(
            "setup",
            "Nine closes in a row beyond the close four bars earlier, after a price flip",
        ),
        word(
            "perfected_setup",
            "A setup whose extreme was reached in bar 8, bar 9 or later, which confirms it",
        ),
        word(
            "countdown",
            "Thirteen closes beyond the low (sell: high) two bars earlier, after a setup",
        ),
        word(
            "combo",
            "Thirteen bars counted by the stricter rules of combo, from the first bar of a setup",
        ),
    ],
    roles: &[
        word(
            "1",
            "First bar of a count; its price is the bar's low, of the seller the high",
        ),
        word("2", "Second bar of a count"),
        word("3", "Third bar of a count"),
        word("4", "Fourth bar of a count"),
        word("5", "Fifth bar of a count"),
        word("6", "Sixth bar of a count"),
        word("7", "Seventh bar of a count"),
        word("8", "Eighth bar of a count"),
        word("9", "Ninth bar of a count, the last of a setup"),
        word("10", "Tenth bar of a count"),
        word("11", "Eleventh bar of a count"),
        word("12", "Twelfth bar of a count"),
        word("13", "Last bar of a countdown or combo"),
    ],
    parts: &[
        word(
            "perfection",
            "Share of the lows of bars 6 and 7 of the setup that bars 8 and 9 have reached",
        ),
        word(
            "steadiness",
            "Share of the bars after the first that close below the one before: of the setup, or among the bars of the countdown",
        ),
        word(
            "level",
            "1 if no close of the setup is beyond the TDST line of the last setup of the other side, 0 if one is; left out where there is no such line",
        ),
        word(
            "promptness",
            "How few bars it took: 9 in those to the perfection, 13 in those from the first looked at to the last counted",
        ),
        word("count", "Of a forming pattern: the share that is counted"),
    ],
    targets: &[word("tdst", "The TDST line of the setup")],
    conditions: &[
        word(
            "flip",
            "Close before bar 1 less the close four bars before it",
        ),
        word("close", "The close, against the close four bars earlier"),
        word("count", "How many bars were counted"),
        word(
            "low_6",
            "Lowest low from bar 8 on, against the low of bar 6",
        ),
        word(
            "low_7",
            "Lowest low from bar 8 on, against the low of bar 7",
        ),
        word(
            "price",
            "What `countdown` chooses of the bar, against the low two bars earlier",
        ),
        word(
            "intersection",
            "The high, against the lows of the setup three or more bars older",
        ),
        word(
            "bar_8",
            "The low, against the close of bar 8 of the countdown",
        ),
        word(
            "bar_5",
            "The low, against the close of bar 5 of the countdown",
        ),
        word(
            "tdst",
            "What `cancellation` chooses of the last bar, against the TDST line",
        ),
        word("opposite", "1 if the other side's setup ended the count"),
        word("recycling", "1 if a later setup began the count anew"),
    ],
};
