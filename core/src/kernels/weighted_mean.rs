//! Mean of the last bars with weights that fall in a straight line.

use super::{Divisor, Kernel, Weighted, Window};
use crate::codec::Codec;
use crate::error::Error;

/// A linearly weighted sum over the sum of its weights.
#[derive(Debug, Clone)]
pub struct WeightedMean {
    sum: Window<Weighted>,
    weights: Divisor,
}

impl WeightedMean {
    /// The mean of `period` bars, at least one.
    #[must_use]
    pub fn new(period: usize) -> Self {
        let n = period as u64;
        Self {
            sum: Window::new(period),
            weights: Divisor::new(n * (n + 1) / 2),
        }
    }

    /// Takes the next bars, at least one, and writes the mean that ends at each.
    #[inline]
    pub fn process(&mut self, x: &[f64], out: &mut [f64]) {
        self.sum.process_with(x, self.weights, out);
    }
}

impl Kernel for WeightedMean {
    fn undo(&mut self) {
        self.sum.undo();
    }

    fn park(&mut self) {
        self.sum.park();
    }

    fn unpark(&mut self) {
        self.sum.unpark();
    }

    fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        self.sum.code(codec)
    }
}
