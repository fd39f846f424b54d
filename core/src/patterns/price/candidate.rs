//! A pattern that waits for its breakout.

use super::scene::{Corner, Rules, Scene, Sketch};
use crate::patterns::pattern::{Direction, Named, Point};

/// A straight line over places.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    place: f64,
    price: f64,
    slope: f64,
}

impl Line {
    pub const fn flat(price: f64) -> Self {
        Self {
            place: 0.0,
            price,
            slope: 0.0,
        }
    }

    pub fn through(a: &Corner, b: &Corner) -> Self {
        Self {
            place: a.place,
            price: a.turn.price,
            slope: (b.turn.price - a.turn.price) / (b.place - a.place),
        }
    }

    pub fn at(&self, place: f64) -> f64 {
        self.price + self.slope * (place - self.place)
    }
}

/// The lines between which a pattern holds price.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub upper: Line,
    pub lower: Line,
}

impl Bounds {
    /// Both lines, the outer one being above for a pattern of tops.
    pub const fn of(tops: bool, outer: Line, inner: Line) -> Self {
        let (upper, lower) = if tops { (outer, inner) } else { (inner, outer) };
        Self { upper, lower }
    }

    /// The line through which price leaves in a direction, and the other one.
    pub const fn towards(&self, direction: f64) -> (Line, Line) {
        if direction > 0.0 {
            (self.upper, self.lower)
        } else {
            (self.lower, self.upper)
        }
    }
}

/// How far a breakout is expected to go.
#[derive(Debug, Clone, Copy)]
pub(super) enum Target {
    /// So far from the line that was broken.
    Reach(f64),
    /// To this price.
    Price(f64),
}

/// What the breakout may add to a pattern between two trendlines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Touches {
    pub upper: usize,
    pub lower: usize,
}

/// A rim whose other side is only there at the breakout.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rim {
    pub left: Corner,
    pub bottom: Corner,
}

/// A pattern whose last turn is certain.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Its shape and where it may break out; neutral is either way.
    pub sketch: Sketch,
    pub points: Vec<Point>,
    /// The bar that made its last turn certain.
    pub detected: u64,
    /// The place of its last turn.
    pub last: f64,
    /// How many bars it waits after its last turn.
    pub patience: f64,
    pub height: f64,
    pub bounds: Bounds,
    pub target: Target,
    pub parts: Vec<Named>,
    /// Mean volume of its bars; NaN if unknown.
    pub volume: f64,
    pub touches: Option<Touches>,
    pub rim: Option<Rim>,
    /// Whether a breakout was passed over because its volume was too small.
    pub refused: bool,
}

/// What a close does to a candidate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fate {
    Waits,
    Ends,
    /// It breaks out, up (+1) or down (−1).
    Breaks(f64),
}

impl Candidate {
    /// A candidate from its first corner to its last one.
    pub fn new(scene: &Scene<'_>, sketch: Sketch, corners: [&Corner; 2], bounds: Bounds) -> Self {
        let [first, last] = corners.map(|corner| corner.place);
        Self {
            sketch,
            points: Vec::new(),
            detected: scene.bar,
            last,
            patience: last - first,
            height: f64::NAN,
            bounds,
            target: Target::Reach(f64::NAN),
            parts: Vec::new(),
            volume: scene.history.mean(first, last, |seen| seen.volume),
            touches: None,
            rim: None,
            refused: false,
        }
    }

    /// Its height, which is also how far the breakout is expected to go.
    pub fn height(mut self, height: f64) -> Self {
        self.height = height;
        self.target = Target::Reach(height);
        self
    }

    /// Whether it may break out in a direction.
    fn may(&self, direction: f64) -> bool {
        self.sketch.direction == Direction::Neutral || self.sketch.direction.sign() == direction
    }

    /// What a close at a place does to it.
    pub fn fate(&self, close: f64, place: f64, rules: &Rules) -> Fate {
        let upper = self.bounds.upper.at(place);
        let lower = self.bounds.lower.at(place);
        if place - self.last > self.patience || upper <= lower {
            return Fate::Ends;
        }
        let margin = rules.breakout * self.height;
        let direction = if close > upper + margin {
            1.0
        } else if close < lower - margin {
            -1.0
        } else {
            return Fate::Waits;
        };
        if self.may(direction) {
            Fate::Breaks(direction)
        } else {
            Fate::Ends
        }
    }

    /// The price that it aims at when it breaks out at a place.
    pub fn aim(&self, direction: f64, place: f64) -> f64 {
        match self.target {
            Target::Price(price) => price,
            Target::Reach(reach) => {
                let (broken, _) = self.bounds.towards(direction);
                broken.at(place) + direction * reach
            }
        }
    }
}

/// The mean of the parts.
pub(super) fn score(parts: &[Named]) -> f64 {
    let sum = parts.iter().fold(0.0, |sum, part| sum + part.value);
    sum / parts.len() as f64
}

/// A part of the score.
pub(super) const fn part(name: &'static str, value: f64) -> Named {
    Named { name, value }
}

/// Corners as points with their roles.
pub(super) fn points<const N: usize>(corners: [(&'static str, &Corner); N]) -> Vec<Point> {
    corners
        .iter()
        .map(|(role, corner)| corner.turn.as_point(role))
        .collect()
}
