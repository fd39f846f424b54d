//! Linearly weighted sum of the last bars: weight 1 for the oldest, `period` for the newest.

use super::Fold;
use super::lanes::{Quad, Value};
use crate::codec::{Codec, Fields};
use crate::error::Error;

/// Never subtracts: the sums of the parts carry the weights over.
#[derive(Debug, Clone, Copy)]
pub struct Weighted;

/// A run of bars: its weighted sum with weights from 1, and its plain sum.
#[derive(Debug, Clone, Copy)]
pub struct Part<V> {
    weighted: V,
    sum: V,
}

impl Fields for Part<f64> {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.weighted)?;
        codec.f64(&mut self.sum)
    }
}

impl Fold for Weighted {
    type Part<V: Value> = Part<V>;

    #[inline(always)]
    fn one<V: Value>(x: V) -> Part<V> {
        Part {
            weighted: x,
            sum: x,
        }
    }

    #[inline(always)]
    fn push<V: Value>(part: Part<V>, x: V, n: V) -> Part<V> {
        Part {
            weighted: part.weighted + n * x,
            sum: part.sum + x,
        }
    }

    #[inline(always)]
    fn prepend<V: Value>(x: V, part: Part<V>) -> Part<V> {
        let sum = part.sum + x;
        Part {
            weighted: part.weighted + sum,
            sum,
        }
    }

    #[inline(always)]
    fn join<V: Value>(older: Part<V>, older_n: V, newer: Part<V>, _: V) -> V {
        older.weighted + (newer.weighted + older_n * newer.sum)
    }

    #[inline(always)]
    fn whole<V: Value>(part: Part<V>, _: V) -> V {
        part.weighted
    }

    #[inline(always)]
    fn last_lane<Q: Quad>(part: Part<Q>) -> Part<f64> {
        Part {
            weighted: part.weighted.last(),
            sum: part.sum.last(),
        }
    }
}
