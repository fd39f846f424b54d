//! Division of each result by the same number.

use super::lanes::Value;
use super::window::Finish;

/// Divides, correctly rounded: the mean of whole numbers is whole where it can be, and the mean of
/// a window is missing where its sum is infinite.
#[derive(Debug, Clone, Copy)]
pub struct Divisor {
    by: f64,
}

impl Divisor {
    /// For division by `n`.
    #[must_use]
    pub const fn new(n: u64) -> Self {
        Self { by: n as f64 }
    }
}

impl Finish for Divisor {
    #[inline]
    fn apply<V: Value>(self, result: V) -> V {
        // An infinite value counts as missing.
        result / V::all(self.by) + result * V::all(0.0)
    }
}
