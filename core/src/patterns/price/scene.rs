//! What the rules look at when a turn has become certain.

use super::history::History;
use crate::params::Params;
use crate::patterns::findings::Findings;
use crate::patterns::pattern::{Condition, Direction, Miss, Point};
use crate::patterns::turns::Turn;

/// Turns that are remembered.
pub(super) const REACH: usize = 12;

/// A turn and its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Corner {
    pub turn: Turn,
    pub place: f64,
    /// Whether it is where the first move began: that is no turn, but it tells how far the move went.
    pub origin: bool,
}

/// The parameters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    /// By what share of the height levels may differ that are to be equal.
    pub tolerance: f64,
    /// By what share of the height a close must lie beyond a line.
    pub breakout: f64,
    /// The least volume of the breakout, in means of the pattern's.
    pub volume: f64,
    /// Most bars of a pattern.
    pub longest: f64,
}

impl Rules {
    pub fn new(params: &Params) -> Self {
        Self {
            tolerance: params.number("tolerance"),
            breakout: params.number("breakout"),
            volume: params.number("volume_ratio"),
            longest: params.number("longest"),
        }
    }
}

/// What may be a pattern.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sketch {
    pub shape: &'static str,
    pub direction: Direction,
}

/// The turns at the bar that made the last of them certain.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub corners: &'a [Corner],
    pub history: &'a History,
    pub rules: &'a Rules,
    /// The bar's position.
    pub bar: u64,
    /// The bar's place.
    pub place: f64,
}

impl Scene<'_> {
    /// Whether a pattern may begin at a corner.
    pub fn within_reach(&self, first: &Corner) -> bool {
        self.place - first.place <= self.rules.longest
    }

    /// Whether all conditions are met. Where just one is not, and by no more than three tolerances,
    /// it is told as a near miss.
    pub fn judge(
        &self,
        sketch: Sketch,
        conditions: &[Condition],
        points: impl FnOnce() -> Vec<Point>,
        found: &mut Findings,
    ) -> bool {
        let mut unmet = conditions.iter().filter(|c| !c.met());
        let Some(first) = unmet.next() else {
            return true;
        };
        if unmet.next().is_none() && distance(first) <= 3.0 * self.rules.tolerance {
            found.miss(|| Miss {
                shape: sketch.shape,
                direction: sketch.direction,
                bar: self.bar,
                points: points(),
                conditions: conditions.to_vec(),
            });
        }
        false
    }
}

/// How far a number is from what is asked of it.
fn distance(condition: &Condition) -> f64 {
    if condition.measured < condition.low {
        condition.low - condition.measured
    } else {
        condition.measured - condition.high
    }
}

/// At least so much.
pub(super) const fn at_least(name: &'static str, measured: f64, low: f64) -> Condition {
    between(name, measured, low, f64::INFINITY)
}

/// At most so much.
pub(super) const fn at_most(name: &'static str, measured: f64, high: f64) -> Condition {
    between(name, measured, f64::NEG_INFINITY, high)
}

/// From one number to another.
pub(super) const fn between(name: &'static str, measured: f64, low: f64, high: f64) -> Condition {
    Condition {
        name,
        measured,
        low,
        high,
    }
}

/// What a part of the score comes to: 1 for nothing, 0 for all that is allowed.
pub(super) fn closeness(measured: f64, allowed: f64) -> f64 {
    if allowed > 0.0 {
        share(1.0 - measured / allowed)
    } else {
        1.0
    }
}

/// A number as a part of the score: not below 0 and not above 1.
pub(super) fn share(x: f64) -> f64 {
    if x > 1.0 {
        1.0
    } else if x > 0.0 {
        x
    } else {
        0.0
    }
}

/// The shorter of two times as a share of the longer.
pub(super) fn balance(a: f64, b: f64) -> f64 {
    share(least(a, b) / greatest(a, b))
}

pub(super) fn greatest(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}

pub(super) use crate::kernels::least;
