//! A sum of the last bars with any weights: the one kernel whose bar costs more the longer it looks back.

use super::{Kernel, elementwise, nothing, steps};
use crate::codec::Codec;
use crate::error::Error;

/// The kernel; missing (NaN) until there are as many bars as weights, and while one of them is missing
/// or infinite.
#[derive(Debug, Clone)]
pub struct Fir {
    /// The weight of the oldest bar first.
    taps: Vec<f64>,
    /// The bars before the next one, one less than there are weights, the oldest first.
    tail: Vec<f64>,
    /// What the last bar pushed out of them, and that laid aside.
    dropped: f64,
    parked: f64,
}

impl Fir {
    /// With these weights, at least one, that of the oldest bar first.
    #[must_use]
    pub fn new(taps: Vec<f64>) -> Self {
        let tail = vec![f64::NAN; taps.len().saturating_sub(1)];
        Self {
            taps,
            tail,
            dropped: f64::NAN,
            parked: f64::NAN,
        }
    }

    /// Takes the next bars, at least one.
    pub fn process(&mut self, x: &[f64], out: &mut [f64]) {
        steps::kernel(x.len() * self.taps.len());
        let before = self.tail.len();
        let begun = x.len().min(before);
        for (i, out) in out[..begun].iter_mut().enumerate() {
            let bars = self.tail[i..].iter().chain(&x[..=i]);
            *out = finished(
                bars.zip(&self.taps)
                    .fold(0.0, |sum, (x, tap)| sum + tap * x),
            );
        }
        let (taps, out) = (&self.taps, &mut out[begun..]);
        elementwise(out.len(), || {
            out.fill(0.0);
            for (j, tap) in taps.iter().enumerate() {
                for (out, x) in out.iter_mut().zip(&x[j.min(x.len())..]) {
                    *out += tap * x;
                }
            }
            for out in out {
                *out = finished(*out);
            }
        });
        self.keep(x);
    }

    fn keep(&mut self, x: &[f64]) {
        let before = self.tail.len();
        let pushed_out = x.len() - 1;
        self.dropped = match self.tail.get(pushed_out) {
            Some(&bar) => bar,
            None => x[pushed_out - before],
        };
        let new = x.len().min(before);
        self.tail.copy_within(new.., 0);
        self.tail[before - new..].copy_from_slice(&x[x.len() - new..]);
    }
}

/// Missing where a bar is missing or infinite, or the sum leaves the range of a double.
#[inline(always)]
fn finished(sum: f64) -> f64 {
    sum + nothing(sum)
}

impl Kernel for Fir {
    fn undo(&mut self) {
        if let Some(last) = self.tail.last_mut() {
            *last = self.dropped;
            self.tail.rotate_right(1);
        }
    }

    fn park(&mut self) {
        self.parked = self.dropped;
    }

    fn unpark(&mut self) {
        self.dropped = self.parked;
    }

    fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.dropped)?;
        self.tail.iter_mut().try_for_each(|x| codec.f64(x))
    }
}
