//! The ratios of every pattern: all that tells one from another.

use crate::patterns::family::Word;
use crate::told::told;

/// What a ratio is made of and between which numbers it lies.
#[derive(Debug)]
pub struct Ratio {
    /// Both legs, by the roles of their ends.
    pub name: &'static str,
    /// Ends of the leg that is measured, as positions among the points.
    pub of: [usize; 2],
    /// Ends of the leg that it is measured by.
    pub by: [usize; 2],
    /// The least that is published.
    pub low: f64,
    /// The most that is published.
    pub high: f64,
}

/// What becomes of the price of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// It is the first point, or the far edge of the zone if that lies further.
    Start,
    /// It is the far edge of the zone.
    Zone,
}

/// One pattern.
#[derive(Debug)]
pub struct Shape {
    /// Its id and what it is, with who published it.
    pub word: Word,
    /// The roles of its points.
    pub roles: &'static [&'static str],
    /// Its ratios.
    pub ratios: &'static [Ratio],
    /// Where it fails.
    pub failure: Failure,
    /// The point that targets are measured to, as a position.
    pub origin: usize,
}

const XABCD: &[&str] = &["X", "A", "B", "C", "D"];
const ABCD: &[&str] = &["A", "B", "C", "D"];
const DRIVES: &[&str] = &["S", "1", "A", "2", "B", "3"];

const fn ratio(name: &'static str, of: [usize; 2], by: [usize; 2], [low, high]: [f64; 2]) -> Ratio {
    Ratio {
        name,
        of,
        by,
        low,
        high,
    }
}

const fn ab_xa(range: [f64; 2]) -> Ratio {
    ratio("AB/XA", [1, 2], [0, 1], range)
}

const fn bc_ab(range: [f64; 2]) -> Ratio {
    ratio("BC/AB", [2, 3], [1, 2], range)
}

const fn cd_bc(range: [f64; 2]) -> Ratio {
    ratio("CD/BC", [3, 4], [2, 3], range)
}

const fn ad_xa(range: [f64; 2]) -> Ratio {
    ratio("AD/XA", [1, 4], [0, 1], range)
}

const fn word(name: &'static str, doc: &'static str) -> Word {
    Word {
        name,
        doc: told(doc),
    }
}

/// C of most patterns.
const INNER: [f64; 2] = [0.382, 0.886];

/// Every pattern.
pub static SHAPES: [Shape; 11] = [
    Shape {
        word: word(
            "gartley",
            "AB/XA 0.618, BC/AB 0.382 to 0.886, CD/BC 1.13 to 1.618, AD/XA 0.786 (H. M. Gartley, 1935, without ratios; these by S. Carney, 1999)",
        ),
        roles: XABCD,
        ratios: &[
            ab_xa([0.618, 0.618]),
            bc_ab(INNER),
            cd_bc([1.13, 1.618]),
            ad_xa([0.786, 0.786]),
        ],
        failure: Failure::Start,
        origin: 1,
    },
    Shape {
        word: word(
            "butterfly",
            "AB/XA 0.786, BC/AB 0.382 to 0.886, CD/BC 1.618 to 2.24, AD/XA 1.27 to 1.618 (L. Pesavento, 1997; AB/XA by S. Carney, 2004)",
        ),
        roles: XABCD,
        ratios: &[
            ab_xa([0.786, 0.786]),
            bc_ab(INNER),
            cd_bc([1.618, 2.24]),
            ad_xa([1.27, 1.618]),
        ],
        failure: Failure::Zone,
        origin: 1,
    },
    Shape {
        word: word(
            "bat",
            "AB/XA 0.382 to 0.5, BC/AB 0.382 to 0.886, CD/BC 1.618 to 2.618, AD/XA 0.886 (S. Carney, 2004)",
        ),
        roles: XABCD,
        ratios: &[
            ab_xa([0.382, 0.5]),
            bc_ab(INNER),
            cd_bc([1.618, 2.618]),
            ad_xa([0.886, 0.886]),
        ],
        failure: Failure::Start,
        origin: 1,
    },
    Shape {
        word: word(
            "alternate_bat",
            "AB/XA 0.382, BC/AB 0.382 to 0.886, CD/BC 2.0 to 3.618, AD/XA 1.13 (S. Carney, 2004)",
        ),
        roles: XABCD,
        ratios: &[
            ab_xa([0.382, 0.382]),
            bc_ab(INNER),
            cd_bc([2.0, 3.618]),
            ad_xa([1.13, 1.13]),
        ],
        failure: Failure::Zone,
        origin: 1,
    },
    Shape {
        word: word(
            "crab",
            "AB/XA 0.382 to 0.618, BC/AB 0.382 to 0.886, CD/BC 2.618 to 3.618, AD/XA 1.618 (S. Carney, 2004)",
        ),
        roles: XABCD,
        ratios: &[
            ab_xa([0.382, 0.618]),
            bc_ab(INNER),
            cd_bc([2.618, 3.618]),
            ad_xa([1.618, 1.618]),
        ],
        failure: Failure::Zone,
        origin: 1,
    },
    Shape {
        word: word(
            "deep_crab",
            "AB/XA 0.886, BC/AB 0.382 to 0.886, CD/BC 2.24 to 3.618, AD/XA 1.618 (S. Carney, 2004)",
        ),
        roles: XABCD,
        ratios: &[
            ab_xa([0.886, 0.886]),
            bc_ab(INNER),
            cd_bc([2.24, 3.618]),
            ad_xa([1.618, 1.618]),
        ],
        failure: Failure::Zone,
        origin: 1,
    },
    Shape {
        word: word(
            "shark",
            "BC/AB 1.13 to 1.618, CD/BC 1.618 to 2.24, AD/XA 0.886 to 1.13 (S. Carney, 2010, who names its points 0, X, A, B, C)",
        ),
        roles: XABCD,
        ratios: &[
            bc_ab([1.13, 1.618]),
            cd_bc([1.618, 2.24]),
            ad_xa([0.886, 1.13]),
        ],
        failure: Failure::Zone,
        origin: 1,
    },
    Shape {
        word: word(
            "cypher",
            "AB/XA 0.382 to 0.618, XC/XA 1.272 to 1.414, CD/XC 0.786 (D. Oglesbee)",
        ),
        roles: XABCD,
        ratios: &[
            ab_xa([0.382, 0.618]),
            ratio("XC/XA", [0, 3], [0, 1], [1.272, 1.414]),
            ratio("CD/XC", [3, 4], [0, 3], [0.786, 0.786]),
        ],
        failure: Failure::Start,
        origin: 1,
    },
    Shape {
        word: word(
            "five_zero",
            "AB/XA 1.13 to 1.618, BC/AB 1.618 to 2.24, CD/BC 0.5 (S. Carney, 2010); its targets are measured to C, since D lies beside A",
        ),
        roles: XABCD,
        ratios: &[
            ab_xa([1.13, 1.618]),
            bc_ab([1.618, 2.24]),
            cd_bc([0.5, 0.5]),
        ],
        failure: Failure::Zone,
        origin: 3,
    },
    Shape {
        word: word(
            "abcd",
            "AB=CD: BC/AB 0.382 to 0.886, CD/BC 1.13 to 2.618, CD/AB 1 (H. M. Gartley, 1935; ratios by S. Carney, 1999)",
        ),
        roles: ABCD,
        ratios: &[
            ratio("BC/AB", [1, 2], [0, 1], INNER),
            ratio("CD/BC", [2, 3], [1, 2], [1.13, 2.618]),
            ratio("CD/AB", [2, 3], [0, 1], [1.0, 1.0]),
        ],
        failure: Failure::Zone,
        origin: 0,
    },
    Shape {
        word: word(
            "three_drives",
            "From a start S three drives 1, 2, 3 with corrections A and B: 1A/S1 and 2B/A2 0.618 to 0.786, A2/1A and B3/2B 1.13 to 1.618 (L. Pesavento, 1997; S. Carney, 2004)",
        ),
        roles: DRIVES,
        ratios: &[
            ratio("1A/S1", [1, 2], [0, 1], [0.618, 0.786]),
            ratio("A2/1A", [2, 3], [1, 2], [1.13, 1.618]),
            ratio("2B/A2", [3, 4], [2, 3], [0.618, 0.786]),
            ratio("B3/2B", [4, 5], [3, 4], [1.13, 1.618]),
        ],
        failure: Failure::Zone,
        origin: 0,
    },
];

/// The ids, for the definition.
pub const fn words() -> [Word; SHAPES_LEN] {
    let mut words = [word("", ""); SHAPES_LEN];
    let mut i = 0;
    while i < SHAPES_LEN {
        words[i] = SHAPES[i].word;
        i += 1;
    }
    words
}

const SHAPES_LEN: usize = 11;
