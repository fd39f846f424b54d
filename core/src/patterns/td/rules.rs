//! The variants of the rules, by their names.

use super::seen::Seen;
use crate::kernels::least;
use crate::params::Params;
use crate::spec::{Fallback, Param, ParamKind};

const fn variant(
    name: &'static str,
    choices: &'static [&'static str],
    default: &'static str,
    doc: &'static str,
) -> Param {
    Param {
        name,
        doc,
        kind: ParamKind::Choice { choices },
        default: Fallback::Text(default),
        talib: None,
        quiet: true,
    }
}

/// The parameters of the family.
pub const PARAMS: &[Param] = &[
    variant(
        "flip",
        &["strict", "loose"],
        "strict",
        "What a price flip needs of the bar before a setup: strict, a close beyond the close four bars earlier the other way (2008); loose, equal closes will do",
    ),
    variant(
        "tdst",
        &["extreme", "first"],
        "extreme",
        "Where the TDST line of a setup lies: extreme, at the furthest true high (of a sell setup: true low) of its nine bars; first, at that of bar 1",
    ),
    variant(
        "countdown",
        &["sequential", "termination", "aggressive"],
        "sequential",
        "What is held against the low (sell: high) two bars earlier: sequential, the close; termination, for bar 13 the open too, if there are opens; aggressive, the low (sell: high)",
    ),
    variant(
        "qualifier",
        &["bar_8", "bars_5_and_8", "off"],
        "bar_8",
        "What defers a count: bar_8, bar 13 must reach the close of bar 8 with its low (sell: high); bars_5_and_8, and bar 8 that of bar 5; off, nothing",
    ),
    variant(
        "intersection",
        &["off", "on"],
        "off",
        "Whether a countdown waits until a bar from bar 8 of its setup on overlaps a bar of the setup that is three or more bars older (on: 1994, off: 2008)",
    ),
    variant(
        "cancellation",
        &["true_low", "close", "off"],
        "true_low",
        "What beyond the TDST line of its setup ends a count: true_low, a whole bar, its true low above it (sell: true high below it; 2008); close, a close (1994); off, only an opposite setup",
    ),
    variant(
        "recycling",
        &["qualified", "size", "extended", "always", "off"],
        "qualified",
        "When a later setup of the same side begins the count anew: size, if its range is at least that of the count's setup and less than 1.618 times that; extended, if a run goes on to 18 bars; qualified, both, unless the later setup lies within the other; always, every setup (1994); off, never",
    ),
    variant(
        "combo",
        &["version_1", "version_2", "off"],
        "version_1",
        "The rules of combo: version_1, strict, all four for all counts; version_2, counts 11 to 13 need only a close beyond that of the count before; off, none is counted",
    ),
];

/// What a price flip needs of the bar before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flip {
    Strict,
    Loose,
}

/// Where the TDST line lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Extreme,
    First,
}

/// What defers a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualifier {
    Bar8,
    Bars5And8,
    Off,
}

/// What is held against the low two bars earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Price {
    Close,
    OpenToo,
    Low,
}

/// What beyond the TDST line ends a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancellation {
    TrueLow,
    Close,
    Off,
}

/// When a later setup begins the count anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recycling {
    Qualified,
    Size,
    Extended,
    Always,
    Off,
}

/// The rules of combo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combo {
    Strict,
    Loose,
    Off,
}

/// The chosen variants.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    pub flip: Flip,
    pub line: Line,
    pub price: Price,
    pub qualifier: Qualifier,
    /// Whether a countdown waits until a bar overlaps the setup.
    pub intersection: bool,
    pub cancellation: Cancellation,
    pub recycling: Recycling,
    pub combo: Combo,
}

/// What the word of a parameter stands for; `other` for any that is not among these.
fn chosen<const N: usize, T: Copy>(
    params: &Params,
    name: &str,
    words: [(&str, T); N],
    other: T,
) -> T {
    let chosen = words.iter().find(|(word, _)| params.is(name, word));
    chosen.map_or(other, |(_, variant)| *variant)
}

impl Rules {
    pub fn new(params: &Params) -> Self {
        Self {
            flip: chosen(params, "flip", [("strict", Flip::Strict)], Flip::Loose),
            line: chosen(params, "tdst", [("first", Line::First)], Line::Extreme),
            price: chosen(
                params,
                "countdown",
                [("aggressive", Price::Low), ("termination", Price::OpenToo)],
                Price::Close,
            ),
            qualifier: chosen(
                params,
                "qualifier",
                [
                    ("bar_8", Qualifier::Bar8),
                    ("bars_5_and_8", Qualifier::Bars5And8),
                ],
                Qualifier::Off,
            ),
            intersection: params.is("intersection", "on"),
            cancellation: chosen(
                params,
                "cancellation",
                [
                    ("true_low", Cancellation::TrueLow),
                    ("close", Cancellation::Close),
                ],
                Cancellation::Off,
            ),
            recycling: chosen(
                params,
                "recycling",
                [
                    ("qualified", Recycling::Qualified),
                    ("size", Recycling::Size),
                    ("extended", Recycling::Extended),
                    ("always", Recycling::Always),
                ],
                Recycling::Off,
            ),
            combo: chosen(
                params,
                "combo",
                [("version_1", Combo::Strict), ("version_2", Combo::Loose)],
                Combo::Off,
            ),
        }
    }

    /// The price of a bar that would be count `number`, to be held against the low two bars earlier.
    pub fn counted(self, bar: &Seen, number: usize) -> f64 {
        match self.price {
            Price::Low => bar.low,
            // A missing open is passed over.
            Price::OpenToo if number == 13 => least(bar.close, bar.open),
            _ => bar.close,
        }
    }

    /// The price that must not get beyond the TDST line; nothing where none ends a count.
    pub fn watched(self, bar: &Seen) -> Option<f64> {
        match self.cancellation {
            Cancellation::TrueLow => Some(bar.true_low),
            Cancellation::Close => Some(bar.close),
            Cancellation::Off => None,
        }
    }

    /// Whether a run of 18 bars counts as a setup of its last nine.
    pub const fn extends(self) -> bool {
        matches!(self.recycling, Recycling::Extended | Recycling::Qualified)
    }
}
