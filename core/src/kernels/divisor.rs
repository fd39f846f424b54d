//! Division of each result by the same number.

use super::lanes::Value;
use super::window::Finish;

/// Divides, correctly rounded: the mean of whole numbers is whole where it can be, and the mean of
/// a window is missing where its sum is infinite.
#[derive(Debug, Clone, Copy)]
pub struct Divisor {
    by: f64,
    /// What one has of it.
    share: f64,
}

impl Divisor {
    /// Below this a quotient may leave the normal range of doubles. Only wide registers ask: elsewhere the
    /// processor divides.
    #[cfg(target_arch = "x86_64")]
    pub(super) const SMALL: f64 = 1e-290;

    /// For division by a whole number below 2⁴⁰.
    #[must_use]
    pub const fn new(n: u64) -> Self {
        let by = n as f64;
        Self {
            by,
            share: 1.0 / by,
        }
    }

    /// The number divided by.
    #[inline]
    #[must_use]
    pub const fn number(self) -> f64 {
        self.by
    }

    /// The share of one in it, rounded.
    #[inline]
    #[must_use]
    pub const fn share(self) -> f64 {
        self.share
    }
}

impl Finish for Divisor {
    #[inline(always)]
    fn apply<V: Value>(self, result: V) -> V {
        result.divided(self)
    }
}
