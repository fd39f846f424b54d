//! Bars as one side sees them: the seller's are upside down, so that each rule is written once, for
//! the buyer.

use crate::patterns::family::Bar;
use crate::patterns::pattern::{Condition, Direction, Point};

/// A bar from one side.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen {
    pub index: u64,
    pub time: f64,
    pub open: f64,
    pub high: f64,
    pub low: f64,
    pub close: f64,
    /// The greater of the high and the close before.
    pub true_high: f64,
    /// The lesser of the low and the close before.
    pub true_low: f64,
}

/// What the counts are called.
const NUMBERS: [&str; 13] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13",
];

/// The last bars of one side, as far as the rules look back.
#[derive(Debug, Clone)]
pub struct Recent {
    pub direction: Direction,
    /// Bar n of the series is at place n mod [`Self::DEPTH`].
    bars: [Seen; Self::DEPTH],
    taken: usize,
}

impl Recent {
    /// The close before the bar before is five bars old; a power of two divides without a division.
    const DEPTH: usize = 8;

    pub fn new(direction: Direction) -> Self {
        Self {
            direction,
            bars: [Seen::default(); Self::DEPTH],
            taken: 0,
        }
    }

    pub fn take(&mut self, bar: &Bar) {
        let (high, low) = match self.direction {
            Direction::Bearish => (-bar.low, -bar.high),
            _ => (bar.high, bar.low),
        };
        let close = self.price(bar.close);
        let before = self.ago(0).map_or(close, |before| before.close);
        let seen = Seen {
            index: bar.index,
            time: bar.time,
            open: self.price(bar.open),
            high,
            low,
            close,
            true_high: if before > high { before } else { high },
            true_low: if before < low { before } else { low },
        };
        self.bars[self.taken % Self::DEPTH] = seen;
        self.taken = self.taken.wrapping_add(1);
    }

    /// The bar so many bars ago.
    pub fn ago(&self, bars: usize) -> Option<&Seen> {
        let place = self.taken.checked_sub(bars + 1)?;
        Some(&self.bars[place % Self::DEPTH])
    }

    #[cfg(test)]
    pub fn remembered(&self) -> usize {
        self.bars.len()
    }

    /// A price as the side sees it, and back.
    pub fn price(&self, price: f64) -> f64 {
        self.direction.sign() * price
    }

    /// Two prices as a zone.
    pub fn zone(&self, low: f64, high: f64) -> [f64; 2] {
        match self.direction {
            Direction::Bearish => [-high, -low],
            _ => [low, high],
        }
    }

    /// Counted bars as points, at the prices at which charts write the numbers.
    pub fn points<'a>(&self, bars: impl IntoIterator<Item = &'a Seen>) -> Vec<Point> {
        let points = bars.into_iter().zip(NUMBERS).map(|(bar, role)| Point {
            role,
            bar: bar.index,
            time: bar.time,
            price: self.price(bar.low),
        });
        points.collect()
    }

    /// That a price is at most so high; for the seller, at least so low.
    pub fn at_most(&self, name: &'static str, measured: f64, bound: f64) -> Condition {
        let [low, high] = self.zone(f64::NEG_INFINITY, bound);
        Condition {
            name,
            measured: self.price(measured),
            low,
            high,
        }
    }

    /// That a price is at least so high; for the seller, at most so low.
    pub fn at_least(&self, name: &'static str, measured: f64, bound: f64) -> Condition {
        let [low, high] = self.zone(bound, f64::INFINITY);
        Condition {
            name,
            measured: self.price(measured),
            low,
            high,
        }
    }
}

/// That a number is exactly this one.
pub const fn exactly(name: &'static str, measured: f64, number: f64) -> Condition {
    Condition {
        name,
        measured,
        low: number,
        high: number,
    }
}
