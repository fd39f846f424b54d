//! Points held against the ratios of a pattern.

use super::ratios::{Failure, Ratio, Shape};
use crate::kernels::least;
use crate::patterns::pattern::{Condition, Direction, Named, Point};
use crate::patterns::turns::Turn;

/// The greater of two numbers.
fn greatest(a: f64, b: f64) -> f64 {
    -least(-a, -b)
}

/// Turns in the places of a pattern's points: all of them, or all but the last.
#[derive(Debug, Clone, Copy)]
pub struct Fit<'a> {
    pub shape: &'static Shape,
    pub turns: &'a [Turn],
    /// What may be missing, as a share of a ratio.
    tolerance: f64,
}

impl<'a> Fit<'a> {
    /// The pattern on the last of these turns, the last point being the last turn (`missing` 0) or
    /// the next one (`missing` 1); nothing if there are too few.
    pub fn of(
        shape: &'static Shape,
        turns: &'a [Turn],
        missing: usize,
        tolerance: f64,
    ) -> Option<Self> {
        let from = turns.len().checked_sub(shape.roles.len() - missing)?;
        Some(Self {
            shape,
            turns: &turns[from..],
            tolerance,
        })
    }

    const fn last(&self) -> usize {
        self.shape.roles.len() - 1
    }

    /// Whether a point is on the side of the last one: for a buyer, a bottom.
    const fn is_near(&self, point: usize) -> bool {
        (self.last() - point).is_multiple_of(2)
    }

    /// Up if the pattern ends, or will end, at a bottom.
    pub const fn direction(&self) -> Direction {
        if self.turns[0].top == self.is_near(0) {
            Direction::Bearish
        } else {
            Direction::Bullish
        }
    }

    /// How far a leg goes in the way that it must: towards its far end if that is a top.
    fn leg(&self, [from, to]: [usize; 2]) -> f64 {
        let rise = self.turns[to].price - self.turns[from].price;
        if self.turns[to].top { rise } else { -rise }
    }

    fn measure(&self, ratio: &Ratio) -> f64 {
        self.leg(ratio.of) / self.leg(ratio.by)
    }

    fn condition(&self, ratio: &Ratio, tolerances: f64) -> Condition {
        let share = tolerances * self.tolerance;
        Condition {
            name: ratio.name,
            measured: self.measure(ratio),
            low: ratio.low * (1.0 - share),
            high: ratio.high * (1.0 + share),
        }
    }

    fn known(&self) -> impl Iterator<Item = &'static Ratio> + use<> {
        let (ratios, points) = (self.shape.ratios, self.turns.len());
        ratios.iter().filter(move |ratio| ratio.of[1] < points)
    }

    /// The ratios of the points that are known, against their bounds.
    pub fn conditions(&self) -> Vec<Condition> {
        self.known()
            .map(|ratio| self.condition(ratio, 1.0))
            .collect()
    }

    /// Whether all of them are within their bounds.
    pub fn is_met(&self) -> bool {
        self.known().all(|ratio| self.condition(ratio, 1.0).met())
    }

    /// Whether just one is out of its bounds, and within those of three tolerances.
    pub fn is_near_miss(&self) -> bool {
        let mut unmet = self.known().filter(|r| !self.condition(r, 1.0).met());
        let one = unmet.next().filter(|r| self.condition(r, 3.0).met());
        one.is_some() && unmet.next().is_none()
    }

    /// How near each known ratio is to what is published: 1 there, 0 at the edge of the tolerance.
    pub fn parts(&self) -> Vec<Named> {
        let near = |ratio: &'static Ratio| {
            let measured = self.measure(ratio);
            let missing = if measured < ratio.low {
                (ratio.low - measured) / (ratio.low * self.tolerance)
            } else if measured > ratio.high {
                (measured - ratio.high) / (ratio.high * self.tolerance)
            } else {
                0.0
            };
            Named {
                name: ratio.name,
                value: 1.0 - least(missing, 1.0),
            }
        };
        self.known().map(near).collect()
    }

    /// The prices at which the last point has all of its ratios within their bounds, lower and upper;
    /// nothing where there are none.
    pub fn zone(&self) -> Option<[f64; 2]> {
        let ends = self.shape.ratios.iter();
        let ends = ends.filter(|ratio| ratio.of[1] == self.last());
        let sign = self.direction().sign();
        let mut zone = [f64::NEG_INFINITY, f64::INFINITY];
        for ratio in ends {
            let start = self.turns[ratio.of[0]].price;
            let by = sign * self.leg(ratio.by);
            let near = start - by * (ratio.low * (1.0 - self.tolerance));
            let far = start - by * (ratio.high * (1.0 + self.tolerance));
            zone = [
                greatest(zone[0], least(near, far)),
                least(zone[1], greatest(near, far)),
            ];
        }
        (zone[0] <= zone[1] && zone[0].is_finite() && zone[1].is_finite()).then_some(zone)
    }

    /// The price beyond which it has failed.
    pub fn invalidation(&self, [low, high]: [f64; 2]) -> f64 {
        let mut furthest = match self.direction() {
            Direction::Bearish => high,
            _ => low,
        };
        let start = matches!(self.shape.failure, Failure::Start).then(|| self.turns[0].price);
        let end = self.turns.get(self.last()).map(|turn| turn.price);
        for price in [start, end].into_iter().flatten() {
            furthest = match self.direction() {
                Direction::Bearish => greatest(furthest, price),
                _ => least(furthest, price),
            };
        }
        furthest
    }

    /// Targets from a last point at this price.
    pub fn targets(&self, end: f64) -> Vec<Named> {
        let way = self.turns[self.shape.origin].price - end;
        let targets = [("0.382", 0.382), ("0.618", 0.618), ("1.0", 1.0)];
        let targets = targets.map(|(name, share)| Named {
            name,
            value: end + share * way,
        });
        targets.to_vec()
    }

    /// The turns as points.
    pub fn points(&self) -> Vec<Point> {
        let turns = self.turns.iter().zip(self.shape.roles);
        turns.map(|(turn, role)| turn.as_point(role)).collect()
    }
}
