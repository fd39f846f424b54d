//! The average true range bar by bar, with the bits of the indicator.

use super::family::Bar;
use crate::derived::DerivedMachine;
use crate::kernels::{Recurrence, Seed};
use crate::spec::Derived;

/// Wilder's average of true ranges.
#[derive(Debug, Clone)]
pub(crate) struct Ranges {
    true_range: DerivedMachine,
    average: Recurrence,
}

impl Ranges {
    /// The average of so many.
    pub fn new(period: usize) -> Self {
        Self {
            true_range: DerivedMachine::new(Derived::TrueRange),
            average: Recurrence::wilder(period, Seed::mean(period)),
        }
    }

    /// The true range of the next bar, and the average, which is missing for the first ones.
    pub fn next(&mut self, bar: &Bar) -> [f64; 2] {
        let (mut range, mut average) = ([f64::NAN], [f64::NAN]);
        let prices = [&[bar.high][..], &[bar.low], &[bar.close]];
        self.true_range.process(prices, &mut range);
        self.average.process(&range, &mut average);
        [range[0], average[0]]
    }
}
