//! What the family is, in words.

use super::rules::words;
use crate::patterns::family::{Family, Word};
use crate::patterns::turns::Turns;
use crate::spec::{CLOSE, Fallback, HIGH, LOW, Param, ParamKind, TIME};
use crate::told::told;

const fn word(name: &'static str, doc: &'static str) -> Word {
    Word {
        name,
        doc: told(doc),
    }
}

/// Most degrees.
pub const MOST_DEGREES: usize = 4;

/// How many times further price comes back for a turn of the next degree.
pub const GROWTH: f64 = 2.0;

const fn count(name: &'static str, default: i64, max: i64, doc: &'static str) -> Param {
    Param {
        name,
        doc,
        kind: ParamKind::Int { min: 1, max },
        default: Fallback::Number(default as f64),
        talib: None,
        quiet: false,
    }
}

/// What ends of waves are called in each degree, as charts of waves mark them.
pub const ROLES: [[&str; 14]; MOST_DEGREES] = [
    [
        "0", "1", "2", "3", "4", "5", "A", "B", "C", "D", "E", "W", "X", "Y",
    ],
    [
        "(0)", "(1)", "(2)", "(3)", "(4)", "(5)", "(A)", "(B)", "(C)", "(D)", "(E)", "(W)", "(X)",
        "(Y)",
    ],
    [
        "((0))", "((1))", "((2))", "((3))", "((4))", "((5))", "((A))", "((B))", "((C))", "((D))",
        "((E))", "((W))", "((X))", "((Y))",
    ],
    [
        "[0]", "[1]", "[2]", "[3]", "[4]", "[5]", "[A]", "[B]", "[C]", "[D]", "[E]", "[W]", "[X]",
        "[Y]",
    ],
];

const DEGREES: [&str; MOST_DEGREES] = [
    "An end of a wave of the first degree, of which `reversal` makes the turns",
    "An end of a wave of the second degree: its turns take twice `reversal`",
    "An end of a wave of the third degree: four times `reversal`",
    "An end of a wave of the fourth degree: eight times `reversal`",
];

const COUNT_OF_ROLES: usize = 14 * MOST_DEGREES + 1;

const fn roles() -> [Word; COUNT_OF_ROLES] {
    let tip = word(
        "tip",
        "Of a forming pattern: the extreme since the last certain turn",
    );
    let mut all = [tip; COUNT_OF_ROLES];
    let mut i = 0;
    while i + 1 < COUNT_OF_ROLES {
        all[i] = word(ROLES[i / 14][i % 14], DEGREES[i / 14]);
        i += 1;
    }
    all
}

/// The definition.
pub const FAMILY: Family = Family {
    id: "elliott",
    title: "Elliott waves",
    summary: "Counts of waves that drive and waves that correct, in several degrees, after whose last wave price is expected to turn",
    rules: &[
        "A degree has turns of its own, tops and bottoms by `pivots` and `reversal`; each further degree takes twice the reversal. The points of a count tell its degree: 1, (1), ((1)) and [1].",
        "Whenever a turn becomes certain, the counts that end there are looked for among the last 28 turns of the degree. A wave is one swing, or five where it drives (1, 3 and 5 of an impulse and a leading diagonal, A and C of a zigzag, C of a flat), three where it corrects; all turns in it lie between its ends.",
        "There are at most 2^waves ways to give waves their swings, and so at most 162 counts to look at for a turn of a degree, whatever the prices do: the work grows with the number of bars alone.",
        "The rules of a shape, below, are hard: a count that breaks one is not told. Ratios are lengths of waves in price, 2/1 that of wave 2 by that of wave 1; `4 above 1` and the like are distances in lengths of the first wave, in its direction.",
        "Each guideline is a part of the score. Ratios count 1 where they are a Fibonacci ratio and 0 from 0.382 of that away; alternation is the difference of 2/1 and 4/3, full from 0.25 on; the channel asks wave 5 to end as far beyond 3 as 4 ends beyond 2, 0 a length of wave 3 away.",
        "Of the counts that end at a turn the best `counts` of a degree are told, the best first; of equal ones that of the shape listed first, then that with the shorter waves at its end.",
        "After a motive wave price is expected to correct it, after a correction to go on against it. The end of the count is the price of failure; targets are shares of the way back to its start.",
        "A pattern forms while only its last wave is missing; the zone is where that wave has a usual length: between the shares of the wave that it is measured by.",
        "A near miss has waves of one swing each and breaks exactly one rule.",
        "It remembers 28 turns a degree and what finds them, however many bars there are.",
    ],
    source: "R. N. Elliott, The Wave Principle, 1938, and Nature's Law, 1946; A. J. Frost and R. Prechter, Elliott Wave Principle, 1978",
    inputs: &[HIGH, LOW, CLOSE, TIME],
    params: &[
        count("degrees", 3, 4, "How many degrees are counted"),
        count(
            "counts",
            3,
            20,
            "How many counts are told for a turn of a degree, at most",
        ),
        Turns::PIVOTS,
        Turns::REVERSAL,
    ],
    shapes: &words(),
    roles: &roles(),
    parts: &[
        word("2/1", "Wave 2 by wave 1: 0.5 or 0.618"),
        word("3/1", "Wave 3 by wave 1: 1, 1.618 or 2.618"),
        word("4/3", "Wave 4 by wave 3: 0.236 or 0.382"),
        word("5/1", "Wave 5 by wave 1: 0.618, 1 or 1.618"),
        word(
            "alternation",
            "Waves 2 and 4 differ: |2/1 − 4/3| / 0.25, at most 1",
        ),
        word(
            "channel",
            "How near 5 ends to the parallel through 3 of the line from 2 to 4, waves of equal time",
        ),
        word("4/2", "Wave 4 by wave 2: 0.618 or 0.786"),
        word("wedge", "The mean of 3/1 and 5/3: 0.618 or 0.786"),
        word(
            "B/A",
            "Wave B by wave A: 0.382, 0.5 or 0.618 (zigzag), 1 (regular flat), 1.236 or 1.382 (other flats)",
        ),
        word(
            "C/A",
            "Wave C by wave A: 0.618, 1 or 1.618 (zigzag), 1 (regular and running flat), 1.618 (expanded flat), 0.618 (triangle)",
        ),
        word("D/B", "Wave D by wave B: 0.618"),
        word("E/C", "Wave E by wave C: 0.618"),
        word("X/W", "Wave X by wave W: 0.5 or 0.618"),
        word("Y/W", "Wave Y by wave W: 0.618 or 1"),
    ],
    targets: &[
        word(
            "0.382",
            "0.382 of the way from the last point back to the first",
        ),
        word("0.5", "Half of that way"),
        word("0.618", "0.618 of that way"),
        word("1.0", "All of it"),
        word("1.618", "1.618 of it"),
    ],
    conditions: &[
        word(
            "2/1",
            "Wave 2 by wave 1: it never goes beyond the start of 1",
        ),
        word(
            "3 beyond 1",
            "How far 3 ends beyond 1, in lengths of wave 1",
        ),
        word(
            "3/shorter of 1 and 5",
            "Wave 3 by the shorter of 1 and 5: it is never the shortest of the three",
        ),
        word(
            "4 above 1",
            "How far 4 ends from the end of 1, in lengths of wave 1: in an impulse it does not enter wave 1, in a diagonal it does",
        ),
        word(
            "4 above 2",
            "How far 4 ends from the end of 2, in lengths of wave 1",
        ),
        word(
            "5 beyond 3",
            "How far 5 ends beyond 3, in lengths of wave 3",
        ),
        word("5/4", "Wave 5 by wave 4"),
        word("4/2", "Wave 4 by wave 2"),
        word("3/1", "Wave 3 by wave 1"),
        word("5/3", "Wave 5 by wave 3"),
        word(
            "0 above the turn before",
            "How far the start lies from the turn two before it, in lengths of wave 1: below it where a move begins, above where one ends",
        ),
        word("B/A", "Wave B by wave A"),
        word(
            "C beyond A",
            "How far C ends beyond A, in lengths of wave A",
        ),
        word("C/B", "Wave C by wave B"),
        word("D/C", "Wave D by wave C"),
        word("E/D", "Wave E by wave D"),
        word("X/W", "Wave X by wave W"),
        word(
            "Y beyond W",
            "How far Y ends beyond W, in lengths of wave W",
        ),
    ],
};
