//! State machines that indicators are composed of.
//!
//! Each takes any number of bars at a time and gives the same bits for any split of a series into
//! calls; each can take back its last bar in constant time, and passes its whole state through a
//! [`Codec`]. All cleverness about speed and accuracy lives here, and all unsafe code.

#![allow(
    unsafe_code,
    reason = "vector instructions that the processor has, by the target or by asking it"
)]
#![allow(
    clippy::inline_always,
    reason = "what is generic over registers must end up in code compiled for them"
)]

mod abreast;
mod accumulation;
mod age;
mod autocorrelation;
mod bins;
mod bits;
mod choice;
mod cumulative;
mod decay;
mod delay;
mod divisor;
mod elementwise;
mod extremum;
mod fir;
mod history;
mod lanes;
mod levels;
mod mean;
mod memory;
mod moments;
mod movement;
mod pivots;
mod range;
mod ratio;
mod recurrence;
mod ring;
mod scan;
mod slope;
mod slots;
mod spread;
pub mod steps;
mod sum;
mod swings;
mod typical;
mod value_area;
mod weighing;
mod weighted;
mod weighted_mean;
mod wide;
mod window;

pub use accumulation::Accumulation;
pub use age::Age;
pub use autocorrelation::{Autocorrelation, Cycle};
pub use bins::Bins;
pub use bits::{WORD, above, at_least};
pub use choice::{if_above, least};
pub use cumulative::Cumulative;
pub use decay::{CONVERGED, Decay};
pub use delay::Delay;
pub use divisor::Divisor;
pub use elementwise::elementwise;
pub use extremum::{Highest, Lowest};
pub use fir::Fir;
pub use history::History;
pub use lanes::{Four, Pair, Quad, Value};
pub use levels::{Level, Levels, Touch};
pub use mean::Mean;
pub use memory::Memory;
pub use moments::{Deviation, Moments};
pub use movement::{Movement, Strength};
pub use pivots::Pivots;
pub use range::{Range, Stochastic, is_flat};
pub use ratio::{divide, money_flow};
pub use recurrence::{Recurrence, Seed};
pub use ring::Ring;
pub use slope::{PerBar, Slope};
pub use slots::Slots;
pub use spread::Spread;
pub use sum::Sum;
pub use swings::{Point, Swings, Threshold, Turn};
pub use typical::typical;
pub use value_area::{fullest, nodes, value_area};
pub use weighing::{Frame, Weighing};
pub use weighted::Weighted;
pub use weighted_mean::WeightedMean;
#[cfg(all(target_arch = "x86_64", feature = "counters"))]
pub use wide::{available, narrow};
pub use window::{Finish, Fold, Window};

use crate::codec::{Codec, Fields};
use crate::error::Error;

/// What every kernel can do with its state, whatever it computes.
pub trait Kernel {
    /// Takes back the last bar. Meaningful once after each call that took bars.
    fn undo(&mut self);
    /// Lays the undo record aside, so that a bar can be tried and taken back.
    fn park(&mut self);
    /// Brings back the record that was laid aside.
    fn unpark(&mut self);
    /// Writes the state, or replaces it.
    ///
    /// # Errors
    /// The bytes do not describe a state of this kernel.
    fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error>;
    /// Takes memory for so many bars to come, where all bars are kept.
    ///
    /// # Errors
    /// [`Code::OutOfMemory`](crate::Code::OutOfMemory).
    fn reserve(&mut self, _bars: usize) -> Result<(), Error> {
        Ok(())
    }
}

/// Zero, but missing (NaN) where the value is missing or infinite.
#[inline]
#[must_use]
pub fn nothing(x: f64) -> f64 {
    x * 0.0
}

/// Walks over a machine's kernels.
pub trait Visitor {
    /// Called once for each kernel, always in the same order.
    fn kernel(&mut self, kernel: &mut dyn Kernel);
}

/// Has every kernel take memory for so many bars to come, where it keeps all of them.
pub(crate) fn reserve(bars: usize, visit: impl FnOnce(&mut dyn Visitor)) -> Result<(), Error> {
    struct Room {
        bars: usize,
        result: Result<(), Error>,
    }
    impl Visitor for Room {
        fn kernel(&mut self, kernel: &mut dyn Kernel) {
            if self.result.is_ok() {
                self.result = kernel.reserve(self.bars);
            }
        }
    }
    let mut room = Room {
        bars,
        result: Ok(()),
    };
    visit(&mut room);
    room.result
}

/// Scalars with the record that takes back one bar, and room to lay that record aside.
#[derive(Debug, Clone)]
pub(crate) struct Undoable<S> {
    pub now: S,
    before: S,
    parked: S,
}

impl<S: Copy + Fields> Undoable<S> {
    pub fn new(now: S) -> Self {
        Self {
            now,
            before: now,
            parked: now,
        }
    }

    /// Remembers the present state; called before the last bar of each call.
    pub fn record(&mut self) {
        self.before = self.now;
    }

    pub fn undo(&mut self) {
        self.now = self.before;
    }

    /// Lets the record go, where it will not be asked for.
    pub fn settle(&mut self) {
        self.before = self.now;
    }

    pub fn park(&mut self) {
        self.parked = self.before;
    }

    pub fn unpark(&mut self) {
        self.before = self.parked;
    }

    pub fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        self.now.fields(codec)?;
        self.before.fields(codec)
    }

    pub fn before(&self) -> &S {
        &self.before
    }
}
