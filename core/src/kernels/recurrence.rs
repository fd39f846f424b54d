//! Exponential smoothing: `y = decay · y₋₁ + gain · x`, seeded with a mean.

use super::decay::Decay;
use super::scan::{LANES, Place, Scan};
use super::{Kernel, Undoable, steps};
use crate::codec::{Codec, Fields};
use crate::error::Error;

/// How a smoothing begins.
#[derive(Debug, Clone, Copy)]
pub struct Seed {
    /// Finite values passed over before the first seed.
    pub skip: u64,
    /// Finite values in a row that make a seed.
    pub count: u64,
    /// Their sum is divided by this.
    pub divisor: f64,
    /// Whether the seed is shown as the value of its bar.
    pub shown: bool,
}

impl Seed {
    /// The mean of the first `period` values.
    #[must_use]
    pub fn mean(period: usize) -> Self {
        Self {
            skip: 0,
            count: period as u64,
            divisor: period as f64,
            shown: true,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct State {
    /// Values still to be passed over.
    skip: u64,
    /// Values of the seed taken so far; smoothing runs once they are complete.
    seeded: u64,
    sum: f64,
    place: Place,
    /// The last value shown.
    value: f64,
}

impl Fields for State {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.u64(&mut self.skip)?;
        codec.u64(&mut self.seeded)?;
        codec.f64(&mut self.sum)?;
        self.place.fields(codec)?;
        codec.f64(&mut self.value)
    }
}

/// The kernel. A value that is missing or infinite, or a result that leaves the range of a
/// double, gives NaN and starts a new seed with the next value.
#[derive(Debug, Clone)]
pub struct Recurrence {
    scan: Scan,
    seed: Seed,
    state: Undoable<State>,
}

impl Recurrence {
    /// Smoothing by the given factors. One copy of it serves all: written out in each indicator, it
    /// would be a good part of its size.
    #[must_use]
    #[inline(never)]
    pub fn new(decay: f64, gain: f64, seed: Seed) -> Self {
        Self {
            scan: Scan::new(decay, gain),
            seed,
            state: Undoable::new(State {
                skip: seed.skip,
                seeded: 0,
                sum: 0.0,
                place: Place::at(0.0),
                value: f64::NAN,
            }),
        }
    }

    /// The exponential moving average: weight 2 / (period + 1).
    #[must_use]
    pub fn ema(period: usize) -> Self {
        Self::ema_seeded(period, Seed::mean(period))
    }

    /// The exponential moving average with another seed.
    #[must_use]
    pub fn ema_seeded(period: usize, seed: Seed) -> Self {
        let gain = 2.0 / (period as f64 + 1.0);
        Self::new(Decay::ema(period).share(), gain, seed)
    }

    /// Wilder's moving average: weight 1 / period.
    #[must_use]
    pub fn wilder(period: usize, seed: Seed) -> Self {
        Self::new(Decay::wilder(period).share(), 1.0 / period as f64, seed)
    }

    /// Takes the next bars, at least one.
    #[inline]
    pub fn process(&mut self, x: &[f64], out: &mut [f64]) {
        steps::kernel(x.len());
        let Some((&last, head)) = x.split_last() else {
            return;
        };
        self.bulk(head, &mut out[..head.len()]);
        self.state.record();
        out[head.len()] = self.step(last);
    }

    /// A bar that brings no new value: the last one stands; in a seed it counts as 0.
    pub fn hold(&mut self) -> f64 {
        self.state.record();
        if self.running() {
            self.state.now.value
        } else {
            self.step(0.0)
        }
    }

    fn running(&self) -> bool {
        self.state.now.seeded >= self.seed.count
    }

    fn bulk(&mut self, x: &[f64], out: &mut [f64]) {
        let mut i = 0;
        while i < x.len() {
            if self.running() && self.state.now.place.at_block_start() {
                i += self.blocks(&x[i..], &mut out[i..]);
            }
            // What is left of a block, a seed, or a block with a missing value in it.
            let end = x.len().min(i + LANES);
            while i < end {
                out[i] = self.step(x[i]);
                i += 1;
                if self.running() && self.state.now.place.at_block_start() {
                    break;
                }
            }
        }
    }

    /// Whole blocks from a block's start, up to one whose end is not finite; gives the bars done.
    #[inline]
    fn blocks(&mut self, x: &[f64], out: &mut [f64]) -> usize {
        let (start, done) = self.scan.blocks(self.state.now.place.start(), x, out);
        if done > 0 {
            self.state.now.place = Place::at(start);
            self.state.now.value = start;
        }
        done
    }

    fn step(&mut self, x: f64) -> f64 {
        let running = self.running();
        let Seed {
            count,
            divisor,
            shown,
            ..
        } = self.seed;
        let state = &mut self.state.now;
        let value = if running {
            self.scan.step(&mut state.place, x)
        } else if state.skip > 0 && x.is_finite() {
            state.skip -= 1;
            return f64::NAN;
        } else {
            state.sum += x;
            state.seeded += 1;
            if x.is_finite() && state.seeded < count {
                return f64::NAN;
            }
            state.place = Place::at(state.sum / divisor);
            state.sum / divisor
        };
        if value.is_finite() {
            state.value = if running || shown { value } else { f64::NAN };
        } else {
            state.seeded = 0;
            state.sum = 0.0;
            state.place = Place::at(0.0);
            state.value = f64::NAN;
        }
        state.value
    }
}

impl Kernel for Recurrence {
    fn undo(&mut self) {
        self.state.undo();
    }

    fn park(&mut self) {
        self.state.park();
    }

    fn unpark(&mut self) {
        self.state.unpark();
    }

    fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        self.state.code(codec)
    }
}
