//! Greatest and least of the last bars.
//!
//! The order of comparisons cannot change the result: a NaN or an infinite value anywhere gives NaN,
//! and −0 counts as +0, so that ties have one answer.

use super::Fold;
use super::lanes::{Quad, Value};

/// NaN for an infinite value, +0 for −0.
#[inline(always)]
pub(super) fn clean<V: Value>(x: V) -> V {
    (x + V::all(0.0)) + x * V::all(0.0)
}

macro_rules! extremum {
    ($(#[$doc:meta])* $name:ident, $pick:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl Fold for $name {
            type Part<V: Value> = V;

            #[inline(always)]
            fn one<V: Value>(x: V) -> V {
                clean(x)
            }

            #[inline(always)]
            fn push<V: Value>(part: V, x: V, _: V) -> V {
                part.$pick(clean(x))
            }

            #[inline(always)]
            fn prepend<V: Value>(x: V, part: V) -> V {
                part.$pick(clean(x))
            }

            #[inline(always)]
            fn join<V: Value>(older: V, _: V, newer: V, _: V) -> V {
                older.$pick(newer)
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
    };
}

extremum!(
    /// Greatest of the last bars.
    Highest, higher
);
extremum!(
    /// Least of the last bars.
    Lowest, lower
);
