//! How steeply the last bars rise: the slope of their least-squares line.

use super::lanes::{Quad, Value};
use super::{Finish, Fold};
use crate::codec::{Codec, Fields};
use crate::error::Error;

/// Sum of values times the distances of their positions from the middle one.
///
/// Kept are sums of distances from a value inside the run, as in [`Moments`](super::Moments): a
/// flat window has a slope of 0, however large the price is.
#[derive(Debug, Clone, Copy)]
pub struct Slope;

/// A run of bars: sums of distances from the anchor, plain and with weights from 1.
#[derive(Debug, Clone, Copy)]
pub struct Part<V> {
    anchor: V,
    sum: V,
    weighted: V,
}

impl Fields for Part<f64> {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.anchor)?;
        codec.f64(&mut self.sum)?;
        codec.f64(&mut self.weighted)
    }
}

/// The weighted sum about the middle position of n.
#[inline(always)]
fn about_middle<V: Value>(sum: V, weighted: V, n: V) -> V {
    weighted - V::all(0.5) * (n + V::all(1.0)) * sum
}

impl Fold for Slope {
    type Part<V: Value> = Part<V>;

    #[inline(always)]
    fn one<V: Value>(x: V) -> Part<V> {
        // Zero, but missing where the bar is.
        let nothing = x * V::all(0.0);
        Part {
            anchor: x,
            sum: nothing,
            weighted: nothing,
        }
    }

    #[inline(always)]
    fn push<V: Value>(part: Part<V>, x: V, n: V) -> Part<V> {
        let d = x - part.anchor;
        Part {
            sum: part.sum + d,
            weighted: part.weighted + n * d,
            ..part
        }
    }

    #[inline(always)]
    fn prepend<V: Value>(x: V, part: Part<V>) -> Part<V> {
        let sum = part.sum + (x - part.anchor);
        Part {
            sum,
            weighted: part.weighted + sum,
            ..part
        }
    }

    #[inline(always)]
    fn join<V: Value>(older: Part<V>, older_n: V, newer: Part<V>, newer_n: V) -> V {
        let moved = older_n * (older.anchor - newer.anchor);
        let places = V::all(0.5) * (older_n + V::all(1.0));
        let weighted = older.weighted + places * moved + (newer.weighted + older_n * newer.sum);
        about_middle(older.sum + moved + newer.sum, weighted, older_n + newer_n)
    }

    #[inline(always)]
    fn whole<V: Value>(part: Part<V>, n: V) -> V {
        about_middle(part.sum, part.weighted, n)
    }

    #[inline(always)]
    fn last_lane<Q: Quad>(part: Part<Q>) -> Part<f64> {
        Part {
            anchor: part.anchor.last(),
            sum: part.sum.last(),
            weighted: part.weighted.last(),
        }
    }
}

/// Makes a slope per bar of a [`Slope`].
#[derive(Debug, Clone, Copy)]
pub struct PerBar {
    squares: f64,
}

impl PerBar {
    /// For a window of `period` bars, at least two.
    #[must_use]
    pub fn new(period: usize) -> Self {
        let n = period as f64;
        Self {
            squares: n * (n * n - 1.0) / 12.0,
        }
    }

    /// Sum of the squared distances of the window's positions from the middle one.
    #[must_use]
    pub const fn squares(self) -> f64 {
        self.squares
    }
}

impl Finish for PerBar {
    #[inline(always)]
    fn apply<V: Value>(self, sum: V) -> V {
        let slope = sum / V::all(self.squares);
        slope + slope * V::all(0.0)
    }
}
