//! Sum of the last bars.

use super::Fold;
use super::lanes::{Quad, Value};

/// Adds from left to right in the newer part, from right to left in the older one: at most
/// `period − 1` roundings on any bar's way, the bound of adding the window once.
#[derive(Debug, Clone, Copy)]
pub struct Sum;

impl Fold for Sum {
    type Part<V: Value> = V;

    #[inline(always)]
    fn one<V: Value>(x: V) -> V {
        x
    }

    #[inline(always)]
    fn push<V: Value>(part: V, x: V, _: V) -> V {
        part + x
    }

    #[inline(always)]
    fn prepend<V: Value>(x: V, part: V) -> V {
        part + x
    }

    #[inline(always)]
    fn join<V: Value>(older: V, _: V, newer: V, _: V) -> V {
        older + newer
    }

    #[inline(always)]
    fn whole<V: Value>(part: V, _: V) -> V {
        part
    }

    #[inline(always)]
    fn last_lane<Q: Quad>(part: Q) -> f64 {
        part.last()
    }
}
