//! Sum of the last bars.

use super::Fold;
use super::lanes::{Four, Value};

/// Adds from left to right in the newer part, from right to left in the older one: at most
/// `period − 1` roundings on any bar's way, the bound of adding the window once.
#[derive(Debug, Clone, Copy)]
pub struct Sum;

impl Fold for Sum {
    type Part<V: Value> = V;

    #[inline]
    fn one<V: Value>(x: V) -> V {
        x
    }

    #[inline]
    fn push<V: Value>(part: V, x: V, _: V) -> V {
        part + x
    }

    #[inline]
    fn prepend<V: Value>(x: V, part: V) -> V {
        part + x
    }

    #[inline]
    fn join<V: Value>(older: V, _: V, newer: V, _: V) -> V {
        older + newer
    }

    #[inline]
    fn whole<V: Value>(part: V, _: V) -> V {
        part
    }

    #[inline]
    fn last_lane(part: Four) -> f64 {
        part.last()
    }
}
