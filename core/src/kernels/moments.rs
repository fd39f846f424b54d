//! Squared distances of the last bars from their mean.

use super::{Fold, nothing};
use crate::codec::{Codec, Fields};
use crate::error::Error;

/// The sum of squared distances from the mean, never negative; divided by the period, the variance.
///
/// Kept are sums of distances from an anchor inside the run, and of their squares.
///
/// Because the anchor is one of the bars, the sum of squares about the mean is at least 1/n of
/// that about the anchor: the subtraction loses at most a factor n, however large the price is.
/// Parts are joined by Chan's formula (Chan, Golub, `LeVeque`, 1979), which only
/// adds.
#[derive(Debug, Clone, Copy)]
pub struct Moments;

/// A run of bars.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    anchor: f64,
    sum: f64,
    squares: f64,
}

impl Fields for Part {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.anchor)?;
        codec.f64(&mut self.sum)?;
        codec.f64(&mut self.squares)
    }
}

impl Part {
    #[inline]
    fn with(self, x: f64) -> Self {
        let d = x - self.anchor;
        Self {
            sum: self.sum + d,
            squares: self.squares + d * d,
            ..self
        }
    }

    /// Mean relative to the anchor, and squares about the mean.
    #[inline]
    fn about_mean(self, n: f64) -> (f64, f64) {
        let mean = self.sum / n;
        (mean, self.squares - self.sum * mean)
    }
}

impl Fold for Moments {
    type Part = Part;

    #[inline]
    fn one(x: f64) -> Part {
        Part {
            anchor: x,
            sum: nothing(x),
            squares: nothing(x),
        }
    }

    #[inline]
    fn push(part: Part, x: f64, _: f64) -> Part {
        part.with(x)
    }

    #[inline]
    fn prepend(x: f64, part: Part) -> Part {
        part.with(x)
    }

    #[inline]
    fn join(older: Part, older_n: f64, newer: Part, newer_n: f64) -> f64 {
        let n = older_n + newer_n;
        let (older_mean, older_squares) = older.about_mean(older_n);
        let (newer_mean, newer_squares) = newer.about_mean(newer_n);
        let apart = (older.anchor - newer.anchor) + (older_mean - newer_mean);
        let share = older_n / n;
        at_least_zero(older_squares)
            + at_least_zero(newer_squares)
            + apart * apart * (share * newer_n)
    }

    #[inline]
    fn whole(part: Part, n: f64) -> f64 {
        at_least_zero(part.about_mean(n).1)
    }
}

/// Rounding may leave a little below zero; NaN stays NaN.
#[inline]
fn at_least_zero(x: f64) -> f64 {
    if x < 0.0 { 0.0 } else { x }
}
