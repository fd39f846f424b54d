//! Squared distances of the last bars from their mean.

use super::Fold;
use super::lanes::{Four, Value};
use crate::codec::{Codec, Fields};
use crate::error::Error;

/// The sum of squared distances from the mean, never negative; divided by the period, the variance.
///
/// Kept are sums of distances from an anchor inside the run, and of their squares. Because the
/// anchor is one of the bars, the sum of squares about the mean is at least 1/n of that about the
/// anchor: the subtraction loses at most a factor n, however large the price is. Parts are joined
/// by Chan's formula (Chan, Golub, `LeVeque`, 1979), which only adds.
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
    #[inline]
    fn with(self, x: V) -> Self {
        let d = x - self.anchor;
        Self {
            sum: self.sum + d,
            squares: self.squares + d * d,
            ..self
        }
    }

    /// Mean relative to the anchor, and squares about the mean.
    #[inline]
    fn about_mean(self, n: V) -> (V, V) {
        let mean = self.sum / n;
        (mean, (self.squares - self.sum * mean).at_least_zero())
    }
}

impl Fold for Moments {
    type Part<V: Value> = Part<V>;

    #[inline]
    fn one<V: Value>(x: V) -> Part<V> {
        // Zero, but missing where the bar is.
        let nothing = x * V::all(0.0);
        Part {
            anchor: x,
            sum: nothing,
            squares: nothing,
        }
    }

    #[inline]
    fn push<V: Value>(part: Part<V>, x: V, _: V) -> Part<V> {
        part.with(x)
    }

    #[inline]
    fn prepend<V: Value>(x: V, part: Part<V>) -> Part<V> {
        part.with(x)
    }

    #[inline]
    fn join<V: Value>(older: Part<V>, older_n: V, newer: Part<V>, newer_n: V) -> V {
        let (older_mean, older_squares) = older.about_mean(older_n);
        let (newer_mean, newer_squares) = newer.about_mean(newer_n);
        let apart = (older.anchor - newer.anchor) + (older_mean - newer_mean);
        let share = older_n * newer_n / (older_n + newer_n);
        older_squares + newer_squares + apart * apart * share
    }

    #[inline]
    fn whole<V: Value>(part: Part<V>, n: V) -> V {
        part.about_mean(n).1
    }

    #[inline]
    fn last_lane(part: Part<Four>) -> Part<f64> {
        Part {
            anchor: part.anchor.last(),
            sum: part.sum.last(),
            squares: part.squares.last(),
        }
    }
}
