//! What the family is, in words.

use super::ratios::words;
use crate::patterns::family::{Family, Word};
use crate::patterns::turns::Turns;
use crate::spec::{CLOSE, HIGH, LOW, Param, TIME};

const fn word(name: &'static str, doc: &'static str) -> Word {
    Word { name, doc }
}

/// The definition.
pub const FAMILY: Family = Family {
    id: "harmonic",
    title: "Harmonic",
    summary: "Turns whose legs stand in Fibonacci ratios to each other, after which price is expected to turn again",
    rules: &[
        "The points are turns in a row, tops and bottoms by `pivots` and `reversal`: the last four of AB=CD, the last six of three drives, the last five of the others. A pattern is bullish if its last point is a bottom.",
        "A leg such as AB is the distance in price from A to B, positive if it goes up to a top or down to a bottom; a leg that ends elsewhere than it must has no ratio that is met.",
        "Every ratio r of a pattern, published as low to high, must be met: low × (1 − tolerance) ≤ r ≤ high × (1 + tolerance). A division by 0 is not met.",
        "A pattern is detected and confirmed by the bar that makes its last turn certain. Turns may make several patterns at once; each is told, in the order of the table.",
        "Each ratio is a part of the score: 1 within what is published, and from there down to 0 at the edge of the tolerance.",
        "The zone is where the last point has all of its ratios, tolerance included: for each the start of its leg less (bearish: plus) the ratio times the leg it is measured by, and of these ranges what they have in common.",
        "A pattern forms while all points but the last are certain, their ratios are met and its zone is not empty, until the extreme since then (`tip`) is beyond the price of failure; its targets are measured from the edge of the zone that is reached first.",
        "The price of failure is the far edge of the zone or the last point, whichever is further; of Gartley, Bat and Cypher it is X, unless those lie further.",
        "Targets lie at 0.382, 0.618 and 1 of the way from the last point to A (five_zero: C; three_drives: S).",
        "A near miss has all turns, and exactly one ratio out of its bounds but within three tolerances.",
        "It remembers six turns and what finds them, however many bars there are.",
    ],
    source: "H. M. Gartley, Profits in the Stock Market, 1935; L. Pesavento, Fibonacci Ratios with Pattern Recognition, 1997; S. Carney, The Harmonic Trader, 1999, and Harmonic Trading, volumes 1 and 2, 2004 and 2010; D. Oglesbee (Cypher)",
    inputs: &[HIGH, LOW, CLOSE, TIME],
    params: &[
        Param::float(
            "tolerance",
            0.05,
            (0.0, 0.25),
            "How far a ratio may be from what is published, as a share of it",
        ),
        Turns::PIVOTS,
        Turns::REVERSAL,
    ],
    shapes: &words(),
    roles: &[
        word("X", "Where the first leg begins"),
        word("A", "Where it ends; of three drives the first correction"),
        word(
            "B",
            "The turn after A; of three drives the second correction",
        ),
        word("C", "The turn after B"),
        word(
            "D",
            "The last turn, from which price is expected to come back",
        ),
        word("S", "Where three drives start"),
        word("1", "End of the first drive"),
        word("2", "End of the second drive"),
        word(
            "3",
            "End of the third drive, from which price is expected to come back",
        ),
        word(
            "tip",
            "Of a forming pattern: the extreme since the last certain turn",
        ),
    ],
    parts: RATIOS,
    targets: &[
        word(
            "0.382",
            "0.382 of the way from the last point to A (five_zero: C; three_drives: S)",
        ),
        word("0.618", "0.618 of that way"),
        word("1.0", "All of that way"),
    ],
    conditions: RATIOS,
};

/// What is measured: the parts of a score, and the conditions of a near miss.
const RATIOS: &[Word] = &[
    word("AB/XA", "Leg AB by leg XA"),
    word("BC/AB", "Leg BC by leg AB"),
    word("CD/BC", "Leg CD by leg BC"),
    word("AD/XA", "The distance from A to D by leg XA"),
    word("XC/XA", "The distance from X to C by leg XA"),
    word("CD/XC", "Leg CD by the distance from X to C"),
    word("CD/AB", "Leg CD by leg AB"),
    word("1A/S1", "The first correction by the first drive"),
    word("A2/1A", "The second drive by the first correction"),
    word("2B/A2", "The second correction by the second drive"),
    word("B3/2B", "The third drive by the second correction"),
];
