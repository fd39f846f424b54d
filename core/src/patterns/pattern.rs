//! What is found: patterns that are certain, those that may still change, and near misses with the
//! reason.

/// Where price is expected to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Up.
    Bullish,
    /// Down.
    Bearish,
    /// Either way: the market has not chosen.
    Neutral,
}

impl Direction {
    /// +1, −1 or 0.
    #[must_use]
    pub const fn sign(self) -> f64 {
        match self {
            Self::Bullish => 1.0,
            Self::Bearish => -1.0,
            Self::Neutral => 0.0,
        }
    }

    /// Up for a positive number, down for a negative one.
    #[must_use]
    pub const fn of(sign: f64) -> Self {
        if sign > 0.0 {
            Self::Bullish
        } else if sign < 0.0 {
            Self::Bearish
        } else {
            Self::Neutral
        }
    }
}

/// A point that a pattern is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// What it is in the pattern, such as `left shoulder`.
    pub role: &'static str,
    /// The bar's position, from 0.
    pub bar: u64,
    /// The bar's time; NaN where the caller gave none.
    pub time: f64,
    /// The price.
    pub price: f64,
}

/// A number with a name: a part of the score, or a target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Named {
    /// The name.
    pub name: &'static str,
    /// The number.
    pub value: f64,
}

/// A pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// Which one: the id of one of the family's shapes.
    pub shape: &'static str,
    /// Where price is expected to go.
    pub direction: Direction,
    /// Its points, oldest first.
    pub points: Vec<Point>,
    /// The bar at which all of its points were known.
    pub detected: u64,
    /// The bar that confirmed it: what was still needed came to pass. `None` as long as it forms.
    pub confirmed: Option<u64>,
    /// How well it fits, 0 to 1.
    pub score: f64,
    /// What the score is the mean of.
    pub parts: Vec<Named>,
    /// The price beyond which it has failed; NaN if there is none.
    pub invalidation: f64,
    /// Where the next turn is expected, lower and upper price; NaN if nowhere.
    pub zone: [f64; 2],
    /// The prices it aims at, nearest first.
    pub targets: Vec<Named>,
}

/// A pattern as the last bar left it: later bars may move its points, confirm it or end it.
#[derive(Debug, Clone, PartialEq)]
pub struct Forming(pub Pattern);

/// What a rule asks of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Condition {
    /// The number's name.
    pub name: &'static str,
    /// What it is.
    pub measured: f64,
    /// The least that will do.
    pub low: f64,
    /// The most that will do.
    pub high: f64,
}

impl Condition {
    /// Whether the number is within its bounds.
    #[must_use]
    pub fn met(&self) -> bool {
        self.low <= self.measured && self.measured <= self.high
    }
}

/// Points that came near a pattern, and why they are none.
#[derive(Debug, Clone, PartialEq)]
pub struct Miss {
    /// The pattern they come nearest to.
    pub shape: &'static str,
    /// Where price would have been expected to go.
    pub direction: Direction,
    /// The bar at which it was decided.
    pub bar: u64,
    /// The points.
    pub points: Vec<Point>,
    /// Every condition, those that were met too.
    pub conditions: Vec<Condition>,
}
