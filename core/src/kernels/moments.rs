//! Squared distances of the last bars from their mean.

use super::lanes::{Quad, Value};
use super::{Divisor, Finish, Fold};
use crate::codec::{Codec, Fields};
use crate::error::Error;

/// The sum of squared distances from the mean times the number of bars, never negative; divided by
/// the square of the period, the variance.
///
/// Kept are sums of distances from an anchor inside the run, and of their squares. A join moves the
/// older run's sums to the newer one's anchor, which is one of the window's bars: so the sum of
/// squares about the mean is at least 1/n of that about the anchor, and the one subtraction
/// `n · Σd² − (Σd)²` loses at most a factor n, however large the price is.
#[derive(Debug, Clone, Copy)]
pub struct Moments;

/// A run of bars.
#[derive(Debug, Clone, Copy)]
pub struct Part<V> {
    anchor: V,
    sum: V,
    squares: V,
}

impl Fields for Part<f64> {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.anchor)?;
        codec.f64(&mut self.sum)?;
        codec.f64(&mut self.squares)
    }
}

impl<V: Value> Part<V> {
    #[inline(always)]
    fn with(self, x: V) -> Self {
        let d = x - self.anchor;
        Self {
            sum: self.sum + d,
            squares: self.squares + d * d,
            ..self
        }
    }

    /// n times the squares about the mean, from sums about any anchor.
    #[inline(always)]
    fn about_mean(sum: V, squares: V, n: V) -> V {
        (n * squares - sum * sum).at_least_zero()
    }
}

impl Fold for Moments {
    type Part<V: Value> = Part<V>;

    #[inline(always)]
    fn one<V: Value>(x: V) -> Part<V> {
        // Zero, but missing where the bar is.
        let nothing = x * V::all(0.0);
        Part {
            anchor: x,
            sum: nothing,
            squares: nothing,
        }
    }

    #[inline(always)]
    fn push<V: Value>(part: Part<V>, x: V, _: V) -> Part<V> {
        part.with(x)
    }

    #[inline(always)]
    fn prepend<V: Value>(x: V, part: Part<V>) -> Part<V> {
        part.with(x)
    }

    #[inline(always)]
    fn join<V: Value>(older: Part<V>, older_n: V, newer: Part<V>, newer_n: V) -> V {
        let apart = older.anchor - newer.anchor;
        let sum = older.sum + older_n * apart;
        let squares = older.squares + apart * (older.sum + sum);
        Part::about_mean(sum + newer.sum, squares + newer.squares, older_n + newer_n)
    }

    #[inline(always)]
    fn whole<V: Value>(part: Part<V>, n: V) -> V {
        Part::about_mean(part.sum, part.squares, n)
    }

    #[inline(always)]
    fn last_lane<Q: Quad>(part: Part<Q>) -> Part<f64> {
        Part {
            anchor: part.anchor.last(),
            sum: part.sum.last(),
            squares: part.squares.last(),
        }
    }
}

/// A multiple of the standard deviation of a window.
#[derive(Debug, Clone, Copy)]
pub struct Deviation {
    divisor: Divisor,
    mult: f64,
}

impl Deviation {
    /// For a window of `period` bars, divided by their number.
    #[must_use]
    pub const fn new(period: usize, mult: f64) -> Self {
        let period = period as u64;
        Self {
            divisor: Divisor::new(period * period),
            mult,
        }
    }

    /// For a window of `period` bars, at least two, divided by one less.
    #[must_use]
    pub const fn of_sample(period: usize, mult: f64) -> Self {
        let period = period as u64;
        Self {
            divisor: Divisor::new(period * (period - 1)),
            mult,
        }
    }
}

impl Finish for Deviation {
    #[inline(always)]
    fn apply<V: Value>(self, moments: V) -> V {
        V::all(self.mult) * moments.divided(self.divisor).root()
    }
}
