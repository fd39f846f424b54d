//! Linearly weighted sum of the last bars: weight 1 for the oldest, `period` for the newest.

use super::Fold;
use crate::codec::{Codec, Fields};
use crate::error::Error;

/// Never subtracts: the sums of the parts carry the weights over.
#[derive(Debug, Clone, Copy)]
pub struct Weighted;

/// A run of bars: its weighted sum with weights from 1, and its plain sum.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    weighted: f64,
    sum: f64,
}

impl Fields for Part {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.weighted)?;
        codec.f64(&mut self.sum)
    }
}

impl Fold for Weighted {
    type Part = Part;

    #[inline]
    fn one(x: f64) -> Part {
        Part {
            weighted: x,
            sum: x,
        }
    }

    #[inline]
    fn push(part: Part, x: f64, n: f64) -> Part {
        Part {
            weighted: part.weighted + n * x,
            sum: part.sum + x,
        }
    }

    #[inline]
    fn prepend(x: f64, part: Part) -> Part {
        let sum = part.sum + x;
        Part {
            weighted: part.weighted + sum,
            sum,
        }
    }

    #[inline]
    fn join(older: Part, older_n: f64, newer: Part, _: f64) -> f64 {
        older.weighted + (newer.weighted + older_n * newer.sum)
    }

    #[inline]
    fn whole(part: Part, _: f64) -> f64 {
        part.weighted
    }
}
