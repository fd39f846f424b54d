//! Sum of the last bars.

use super::Fold;

/// Adds from left to right in the newer part, from right to left in the older one: at most
/// `period − 1` roundings on any bar's way, the bound of adding the window once.
#[derive(Debug, Clone, Copy)]
pub struct Sum;

impl Fold for Sum {
    type Part = f64;

    #[inline]
    fn one(x: f64) -> f64 {
        x
    }

    #[inline]
    fn push(part: f64, x: f64, _: f64) -> f64 {
        part + x
    }

    #[inline]
    fn prepend(x: f64, part: f64) -> f64 {
        part + x
    }

    #[inline]
    fn join(older: f64, _: f64, newer: f64, _: f64) -> f64 {
        older + newer
    }

    #[inline]
    fn whole(part: f64, _: f64) -> f64 {
        part
    }
}
