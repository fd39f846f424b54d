//! The shapes as data: what must hold, and what tells a good count from a poor one.

use super::waves::{CORRECTS, DRIVES, MOST_WAVES, Spans, THREE, Waves};
use crate::patterns::family::Word;
use crate::patterns::pattern::{Condition, Named};
use crate::told::told;

/// A hard rule: a number and its bounds.
#[derive(Debug)]
pub struct Rule {
    pub name: &'static str,
    /// The last end that it looks at.
    pub needs: usize,
    low: f64,
    high: f64,
    measure: fn(&Waves<'_>) -> f64,
}

impl Rule {
    pub fn condition(&self, waves: &Waves<'_>) -> Condition {
        Condition {
            name: self.name,
            measured: (self.measure)(waves),
            low: self.low,
            high: self.high,
        }
    }
}

/// What a guideline wants of its number.
#[derive(Debug)]
enum Wish {
    /// One of these ratios: 1 there, 0 where it is 0.382 of the ratio away.
    Near(&'static [f64]),
    /// As much as possible, up to 1.
    Most,
}

/// A guideline: a part of the score.
#[derive(Debug)]
pub struct Guideline {
    name: &'static str,
    /// The last end that it looks at.
    pub needs: usize,
    wish: Wish,
    measure: fn(&Waves<'_>) -> f64,
}

/// How far from a ratio nothing is left of it, as a share of the ratio.
const REACH: f64 = 0.382;

impl Guideline {
    pub fn part(&self, waves: &Waves<'_>) -> Named {
        let measured = (self.measure)(waves);
        let mut value = 0.0;
        match self.wish {
            Wish::Near(ratios) => {
                for ratio in ratios {
                    let near = 1.0 - (measured - ratio).abs() / (REACH * ratio);
                    value = if near > value { near } else { value };
                }
            }
            Wish::Most => value = if measured > 0.0 { measured } else { 0.0 },
        }
        Named {
            name: self.name,
            value: if value > 1.0 { 1.0 } else { value },
        }
    }
}

/// What kind of move a shape is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// It drives: a correction follows.
    Motive,
    /// It corrects: the move before it goes on.
    Corrective,
}

/// All that tells one shape from another.
#[derive(Debug)]
pub struct Shape {
    pub word: Word,
    /// Names of the ends, the first of them 0.
    pub roles: &'static [&'static str],
    /// How many swings each wave may have.
    pub spans: &'static [Spans],
    pub moves: Move,
    pub rules: &'static [Rule],
    pub guidelines: &'static [Guideline],
    /// What the last wave is measured by, and between which shares of it a forming one is expected.
    pub last: (fn(&Waves<'_>) -> f64, [f64; 2]),
}

const ANY: f64 = f64::INFINITY;
const NONE: f64 = f64::NEG_INFINITY;

/// A wave by another one.
fn by(waves: &Waves<'_>, of: usize, other: usize) -> f64 {
    waves.length(of) / waves.length(other)
}

const TWO_NOT_BEYOND: Rule = Rule {
    name: "2/1",
    needs: 2,
    low: NONE,
    high: 1.0,
    measure: |w| by(w, 2, 1),
};
const THREE_BEYOND_ONE: Rule = Rule {
    name: "3 beyond 1",
    needs: 3,
    low: 0.0,
    high: ANY,
    measure: |w| (w.price(3) - w.price(1)) / w.length(1),
};
const THREE_NOT_SHORTEST: Rule = Rule {
    name: "3/shorter of 1 and 5",
    needs: 5,
    low: 1.0,
    high: ANY,
    measure: |w| {
        let (one, five) = (w.length(1), w.length(5));
        w.length(3) / if five < one { five } else { one }
    },
};
const FOUR_APART: Rule = Rule {
    name: "4 above 1",
    needs: 4,
    low: 0.0,
    high: ANY,
    measure: |w| (w.price(4) - w.price(1)) / w.length(1),
};
const FOUR_OVERLAPS: Rule = Rule {
    name: "4 above 1",
    needs: 4,
    low: NONE,
    high: 0.0,
    measure: |w| (w.price(4) - w.price(1)) / w.length(1),
};
const FOUR_NOT_BEYOND_TWO: Rule = Rule {
    name: "4 above 2",
    needs: 4,
    low: 0.0,
    high: ANY,
    measure: |w| (w.price(4) - w.price(2)) / w.length(1),
};
const FIVE_BEYOND_THREE: Rule = Rule {
    name: "5 beyond 3",
    needs: 5,
    low: 0.0,
    high: ANY,
    measure: |w| (w.price(5) - w.price(3)) / w.length(3),
};
const FIVE_BY_FOUR: Rule = Rule {
    name: "5/4",
    needs: 5,
    low: 0.618,
    high: ANY,
    measure: |w| by(w, 5, 4),
};
const FOUR_SHORTER: Rule = Rule {
    name: "4/2",
    needs: 4,
    low: NONE,
    high: 1.0,
    measure: |w| by(w, 4, 2),
};
const THREE_SHORTER: Rule = Rule {
    name: "3/1",
    needs: 3,
    low: NONE,
    high: 1.0,
    measure: |w| by(w, 3, 1),
};
const FIVE_SHORTER: Rule = Rule {
    name: "5/3",
    needs: 5,
    low: NONE,
    high: 1.0,
    measure: |w| by(w, 5, 3),
};
/// Where the turn two before the start lies: on the far side of a start that begins a move, on the near
/// side of one that ends it.
const fn begins(low: f64, high: f64) -> Rule {
    Rule {
        name: "0 above the turn before",
        needs: 1,
        low,
        high,
        measure: |w| {
            w.before()
                .map_or(f64::NAN, |before| (w.price(0) - before) / w.length(1))
        },
    }
}

const fn retraces(low: f64, high: f64) -> Rule {
    Rule {
        name: "B/A",
        needs: 2,
        low,
        high,
        measure: |w| by(w, 2, 1),
    }
}
const fn beyond_a(low: f64, high: f64) -> Rule {
    Rule {
        name: "C beyond A",
        needs: 3,
        low,
        high,
        measure: |w| (w.price(3) - w.price(1)) / w.length(1),
    }
}

const TWO: Guideline = Guideline {
    name: "2/1",
    needs: 2,
    wish: Wish::Near(&[0.5, 0.618]),
    measure: |w| by(w, 2, 1),
};
const THREE_BY_ONE: Guideline = Guideline {
    name: "3/1",
    needs: 3,
    wish: Wish::Near(&[1.0, 1.618, 2.618]),
    measure: |w| by(w, 3, 1),
};
const FOUR: Guideline = Guideline {
    name: "4/3",
    needs: 4,
    wish: Wish::Near(&[0.236, 0.382]),
    measure: |w| by(w, 4, 3),
};
const FIVE: Guideline = Guideline {
    name: "5/1",
    needs: 5,
    wish: Wish::Near(&[0.618, 1.0, 1.618]),
    measure: |w| by(w, 5, 1),
};
const ALTERNATION: Guideline = Guideline {
    name: "alternation",
    needs: 4,
    wish: Wish::Most,
    measure: |w| (by(w, 2, 1) - by(w, 4, 3)).abs() / 0.25,
};
/// How near wave 5 ends to the line through the end of 3 that runs along 2 and 4, if all waves take the
/// same time.
const CHANNEL: Guideline = Guideline {
    name: "channel",
    needs: 5,
    wish: Wish::Most,
    measure: |w| {
        let line = w.price(3) + (w.price(4) - w.price(2));
        1.0 - (w.price(5) - line).abs() / w.length(3)
    },
};
const SHORTER: Guideline = Guideline {
    name: "wedge",
    needs: 5,
    wish: Wish::Near(&[0.618, 0.786]),
    measure: |w| 0.5 * (by(w, 3, 1) + by(w, 5, 3)),
};

const fn b_by_a(ratios: &'static [f64]) -> Guideline {
    Guideline {
        name: "B/A",
        needs: 2,
        wish: Wish::Near(ratios),
        measure: |w| by(w, 2, 1),
    }
}
const fn c_by_a(ratios: &'static [f64]) -> Guideline {
    Guideline {
        name: "C/A",
        needs: 3,
        wish: Wish::Near(ratios),
        measure: |w| by(w, 3, 1),
    }
}

const FIVES: &[&str] = &["0", "1", "2", "3", "4", "5"];
const ABC: &[&str] = &["0", "A", "B", "C"];
const DIAGONAL: &[Guideline] = &[TWO, FOUR_BY_TWO, SHORTER, CHANNEL];
const FOUR_BY_TWO: Guideline = Guideline {
    name: "4/2",
    needs: 4,
    wish: Wish::Near(&[0.618, 0.786]),
    measure: |w| by(w, 4, 2),
};
const FLAT: &[Spans] = &[CORRECTS, CORRECTS, DRIVES];

const fn word(name: &'static str, doc: &'static str) -> Word {
    Word {
        name,
        doc: told(doc),
    }
}

const FIRST: fn(&Waves<'_>) -> f64 = |w| w.length(1);

/// The shapes, in the order of the documentation.
pub static SHAPES: [Shape; 9] = [
    Shape {
        word: word(
            "impulse",
            "Five waves along the trend: 2/1 at most 1, 3 beyond 1 and not the shortest of 1, 3 and 5, 4 above 1, 5/4 at least 0.618",
        ),
        roles: FIVES,
        spans: &[DRIVES, CORRECTS, DRIVES, CORRECTS, DRIVES],
        moves: Move::Motive,
        rules: &[
            TWO_NOT_BEYOND,
            THREE_BEYOND_ONE,
            THREE_NOT_SHORTEST,
            FOUR_APART,
            FIVE_BY_FOUR,
        ],
        guidelines: &[TWO, THREE_BY_ONE, FOUR, FIVE, ALTERNATION, CHANNEL],
        last: (FIRST, [0.618, 1.618]),
    },
    Shape {
        word: word(
            "leading_diagonal",
            "A contracting wedge of five waves that begins a move: 2/1, 3/1, 5/3 and 4/2 at most 1, 3 beyond 1, 5 beyond 3, 4 not above 1 and above 2, and its start beyond the turn before",
        ),
        roles: FIVES,
        spans: &[DRIVES, CORRECTS, DRIVES, CORRECTS, DRIVES],
        moves: Move::Motive,
        rules: &[
            TWO_NOT_BEYOND,
            THREE_BEYOND_ONE,
            THREE_SHORTER,
            FOUR_OVERLAPS,
            FOUR_NOT_BEYOND_TWO,
            FOUR_SHORTER,
            FIVE_BEYOND_THREE,
            FIVE_SHORTER,
            begins(NONE, 0.0),
        ],
        guidelines: DIAGONAL,
        last: (|w| w.length(3), [0.5, 1.0]),
    },
    Shape {
        word: word(
            "ending_diagonal",
            "The same wedge at the end of a move: its start is not beyond the turn before, and its waves may have three waves each",
        ),
        roles: FIVES,
        spans: &[CORRECTS; MOST_WAVES],
        moves: Move::Motive,
        rules: &[
            TWO_NOT_BEYOND,
            THREE_BEYOND_ONE,
            THREE_SHORTER,
            FOUR_OVERLAPS,
            FOUR_NOT_BEYOND_TWO,
            FOUR_SHORTER,
            FIVE_BEYOND_THREE,
            FIVE_SHORTER,
            begins(0.0, ANY),
        ],
        guidelines: DIAGONAL,
        last: (|w| w.length(3), [0.5, 1.0]),
    },
    Shape {
        word: word("zigzag", "Three waves: B/A at most 0.9, C beyond A"),
        roles: ABC,
        spans: &[DRIVES, CORRECTS, DRIVES],
        moves: Move::Corrective,
        rules: &[retraces(NONE, 0.9), beyond_a(0.0, ANY)],
        guidelines: &[b_by_a(&[0.382, 0.5, 0.618]), c_by_a(&[0.618, 1.0, 1.618])],
        last: (FIRST, [0.618, 1.618]),
    },
    Shape {
        word: word(
            "regular_flat",
            "Three waves of about one length: B/A 0.9 to 1.05, C up to 0.272 of A beyond A",
        ),
        roles: ABC,
        spans: FLAT,
        moves: Move::Corrective,
        rules: &[retraces(0.9, 1.05), beyond_a(0.0, 0.272)],
        guidelines: &[b_by_a(&[1.0]), c_by_a(&[1.0])],
        last: (FIRST, [0.9, 1.272]),
    },
    Shape {
        word: word(
            "expanded_flat",
            "B beyond the start and C beyond A: B/A 1.05 to 1.618",
        ),
        roles: ABC,
        spans: FLAT,
        moves: Move::Corrective,
        rules: &[retraces(1.05, 1.618), beyond_a(0.0, ANY)],
        guidelines: &[b_by_a(&[1.236, 1.382]), c_by_a(&[1.618])],
        last: (FIRST, [1.05, 2.618]),
    },
    Shape {
        word: word(
            "running_flat",
            "B beyond the start, and C ends before A does: B/A 1.05 to 1.618, C/B at least 0.618",
        ),
        roles: ABC,
        spans: FLAT,
        moves: Move::Corrective,
        rules: &[
            retraces(1.05, 1.618),
            beyond_a(NONE, 0.0),
            Rule {
                name: "C/B",
                needs: 3,
                low: 0.618,
                high: ANY,
                measure: |w| by(w, 3, 2),
            },
        ],
        guidelines: &[b_by_a(&[1.236, 1.382]), c_by_a(&[1.0])],
        last: (FIRST, [0.618, 1.618]),
    },
    Shape {
        word: word(
            "triangle",
            "Five waves that contract: each of B, C, D and E is at most as long as the one before, B up to 1.236 of A",
        ),
        roles: &["0", "A", "B", "C", "D", "E"],
        spans: &[CORRECTS; MOST_WAVES],
        moves: Move::Corrective,
        rules: &[
            retraces(0.382, 1.236),
            Rule {
                name: "C/B",
                needs: 3,
                low: NONE,
                high: 1.0,
                measure: |w| by(w, 3, 2),
            },
            Rule {
                name: "D/C",
                needs: 4,
                low: NONE,
                high: 1.0,
                measure: |w| by(w, 4, 3),
            },
            Rule {
                name: "E/D",
                needs: 5,
                low: NONE,
                high: 1.0,
                measure: |w| by(w, 5, 4),
            },
            beyond_a(NONE, 0.0),
        ],
        guidelines: &[
            Guideline {
                name: "C/A",
                needs: 3,
                wish: Wish::Near(&[0.618]),
                measure: |w| by(w, 3, 1),
            },
            Guideline {
                name: "D/B",
                needs: 4,
                wish: Wish::Near(&[0.618]),
                measure: |w| by(w, 4, 2),
            },
            Guideline {
                name: "E/C",
                needs: 5,
                wish: Wish::Near(&[0.618]),
                measure: |w| by(w, 5, 3),
            },
        ],
        last: (|w| w.length(3), [0.382, 0.786]),
    },
    Shape {
        word: word(
            "double_three",
            "Two corrections of three swings, W and Y, joined by X: X/W at most 1, Y beyond W",
        ),
        roles: &["0", "W", "X", "Y"],
        spans: &[THREE, CORRECTS, THREE],
        moves: Move::Corrective,
        rules: &[
            Rule {
                name: "X/W",
                needs: 2,
                low: 0.236,
                high: 1.0,
                measure: |w| by(w, 2, 1),
            },
            Rule {
                name: "Y beyond W",
                needs: 3,
                low: 0.0,
                high: ANY,
                measure: |w| (w.price(3) - w.price(1)) / w.length(1),
            },
        ],
        guidelines: &[
            Guideline {
                name: "X/W",
                needs: 2,
                wish: Wish::Near(&[0.5, 0.618]),
                measure: |w| by(w, 2, 1),
            },
            Guideline {
                name: "Y/W",
                needs: 3,
                wish: Wish::Near(&[0.618, 1.0]),
                measure: |w| by(w, 3, 1),
            },
        ],
        last: (FIRST, [0.618, 1.0]),
    },
];

/// The words of the definition.
pub const fn words() -> [Word; SHAPES_COUNT] {
    let mut all = [word("", ""); SHAPES_COUNT];
    let mut i = 0;
    while i < SHAPES_COUNT {
        all[i] = SHAPES[i].word;
        i += 1;
    }
    all
}

const SHAPES_COUNT: usize = 9;
