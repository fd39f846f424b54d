//! Mean of the last bars.

use super::{Divisor, Kernel, Sum, Window};
use crate::codec::Codec;
use crate::error::Error;

/// A windowed sum over its period.
#[derive(Debug, Clone)]
pub struct Mean {
    sum: Window<Sum>,
    period: Divisor,
}

impl Mean {
    /// The mean of `period` bars, at least one.
    #[must_use]
    pub fn new(period: usize) -> Self {
        Self {
            sum: Window::new(period),
            period: Divisor::new(period as u64),
        }
    }

    /// Takes the next bars, at least one, and writes the mean that ends at each.
    #[inline]
    pub fn process(&mut self, x: &[f64], out: &mut [f64]) {
        self.sum.process_with(x, self.period, out);
    }
}

impl Kernel for Mean {
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
