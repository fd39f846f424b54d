//! How far the last bars lie from their mean, on average.

use super::{Delay, Kernel, steps};
use crate::codec::Codec;
use crate::error::Error;

/// The mean distance of the last bars from a mean that is given. Each bar looks at the whole window: a
/// distance without its sign is in no sum that could be carried on.
#[derive(Debug, Clone)]
pub struct Spread {
    window: Delay,
    period: f64,
}

impl Spread {
    /// Over `period` bars, at least one.
    #[must_use]
    pub fn new(period: usize) -> Self {
        Self {
            window: Delay::new(period),
            period: period as f64,
        }
    }

    /// Takes the next bars, at least one, with the mean of the window that ends at each: the mean
    /// distance from it, missing while the mean is.
    pub fn process(&mut self, x: &[f64], mean: &[f64], out: &mut [f64]) {
        for ((out, x), mean) in out.iter_mut().zip(x.chunks(1)).zip(mean) {
            self.window.process(x, core::slice::from_mut(out));
            let [older, newer] = self.window.held();
            steps::kernel(older.len() + newer.len());
            *out = (distances(older, *mean) + distances(newer, *mean)) / self.period;
        }
    }
}

impl Kernel for Spread {
    fn undo(&mut self) {
        self.window.undo();
    }

    fn park(&mut self) {
        self.window.park();
    }

    fn unpark(&mut self) {
        self.window.unpark();
    }

    fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        self.window.code(codec)
    }
}

/// Sum of the distances, four at a time.
#[inline(always)]
fn distances(x: &[f64], mean: f64) -> f64 {
    let (fours, rest) = x.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for four in fours {
        for (sum, x) in sums.iter_mut().zip(four) {
            *sum += (x - mean).abs();
        }
    }
    let [a, b, c, d] = sums;
    rest.iter()
        .fold((a + b) + (c + d), |sum, x| sum + (x - mean).abs())
}
