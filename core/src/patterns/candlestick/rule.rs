//! The language that patterns are written in: rules as plain data.
//!
//! A rule is a list of comparisons that all must hold. It is read by the detector, sixty-four bars at
//! a time, by the explanation, one bar at a time, and by the documentation, so that none of the three
//! can say what the others do not.

use super::setting::Setting;

/// What a candle has of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Quantity {
    /// The first price.
    Open,
    /// The highest price.
    High,
    /// The lowest price.
    Low,
    /// The last price.
    Close,
    /// The upper end of the real body.
    Top,
    /// The lower end of the real body.
    Bottom,
    /// The length of the real body.
    Body,
    /// The length of the upper shadow.
    Upper,
    /// The length of the lower shadow.
    Lower,
    /// The price halfway between low and high.
    Middle,
    /// The simple mean of the closes up to the candle, for the context of a trend.
    Trend,
}

/// A quantity of the candle that lies so many bars back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub(super) quantity: Quantity,
    pub(super) back: u8,
}

/// How much of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Share {
    Half,
    /// The option `penetration`.
    Penetration,
}

/// One side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Term {
    Of(Place),
    /// What a setting demands of the candle that lies so many bars back.
    Limit(Setting, u8),
    /// A quantity plus what a setting allows at its candle.
    Plus(Place, Setting),
    /// A quantity less what a setting allows at its candle.
    Minus(Place, Setting),
    /// The first quantity less the second, less what a setting allows at the first one's candle.
    Reach(Place, Place, Setting),
    /// The distance between two quantities.
    Apart(Place, Place),
    /// The close of a black candle and a share of its body above it.
    Rebound(u8, Share),
    /// The close of a white candle and a share of its body below it.
    Setback(u8, Share),
}

/// How the two sides compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Above,
    AtLeast,
    Below,
    AtMost,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Test {
    pub left: Term,
    pub relation: Relation,
    pub right: Term,
}

/// One of the conditions of a rule.
#[derive(Debug, Clone, Copy)]
pub(super) enum Clause {
    Is(Test),
    /// All conditions of at least one of the lists.
    Any {
        of: &'static [&'static [Clause]],
    },
}
