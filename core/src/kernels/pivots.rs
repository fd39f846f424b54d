//! Turning points: a value that none of the bars before it surpasses and none of those after it reaches.
//!
//! A bar is a candidate if it is the extreme of the window that ends with it. The candidate waits
//! `right` bars, and is a pivot if the extreme of those bars stays short of it. So the rule needs two
//! windows and a delay, and no bar is looked at twice.

use super::{Delay, Fold, Kernel, Window};
use crate::codec::Codec;
use crate::error::Error;

/// The kernel: pivot highs with [`Highest`](super::Highest), pivot lows with [`Lowest`](super::Lowest).
#[derive(Debug, Clone)]
pub struct Pivots<F>
where
    F: Fold<Part<f64> = f64>,
{
    before: Window<F>,
    after: Window<F>,
    candidate: Delay,
}

impl<F> Pivots<F>
where
    F: Fold<Part<f64> = f64>,
{
    /// Pivots over `left` bars before and `right` bars after, at least one.
    #[must_use]
    pub fn new(left: usize, right: usize) -> Self {
        Self {
            before: Window::new(left + 1),
            after: Window::new(right),
            candidate: Delay::new(right),
        }
    }

    /// Takes the next bars, at least one. `pivot` gets the pivot that each confirms, `right` bars
    /// after its own, or NaN; `after` the extreme of the last `right` bars.
    pub fn process(&mut self, x: &[f64], pivot: &mut [f64], after: &mut [f64]) {
        let n = x.len();
        let (pivot, after) = (&mut pivot[..n], &mut after[..n]);
        self.before.process(x, pivot);
        for (candidate, &x) in pivot.iter_mut().zip(x) {
            if *candidate != x {
                *candidate = f64::NAN;
            }
        }
        after.copy_from_slice(pivot);
        self.candidate.process(after, pivot);
        self.after.process(x, after);
        for (pivot, &after) in pivot.iter_mut().zip(&*after) {
            let both = F::whole(F::push(F::one(*pivot), after, 2.0), 2.0);
            if both != *pivot || after == *pivot {
                *pivot = f64::NAN;
            }
        }
    }
}

impl<F> Kernel for Pivots<F>
where
    F: Fold<Part<f64> = f64>,
{
    fn undo(&mut self) {
        self.before.undo();
        self.after.undo();
        self.candidate.undo();
    }

    fn park(&mut self) {
        self.before.park();
        self.after.park();
        self.candidate.park();
    }

    fn unpark(&mut self) {
        self.before.unpark();
        self.after.unpark();
        self.candidate.unpark();
    }

    fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        self.before.code(codec)?;
        self.after.code(codec)?;
        self.candidate.code(codec)
    }
}
