//! Sum of everything since the start, or since it was told to begin anew.

use super::scan::{LANES, Place, Scan};
use super::{Kernel, Undoable, steps};
use crate::codec::Codec;
use crate::error::Error;

/// The kernel.
#[derive(Debug, Clone)]
pub struct Cumulative {
    scan: Scan,
    state: Undoable<Place>,
}

impl Cumulative {
    /// Starts at `start`.
    #[must_use]
    pub fn new(start: f64) -> Self {
        Self {
            scan: Scan::new(1.0, 1.0),
            state: Undoable::new(Place::at(start)),
        }
    }

    /// Takes the next bars, at least one.
    #[inline]
    pub fn process(&mut self, x: &[f64], out: &mut [f64]) {
        steps::kernel(x.len());
        let last = x.len() - 1;
        self.run(&x[..last], &mut out[..last]);
        self.state.record();
        out[last] = self.scan.step(&mut self.state.now, x[last]);
    }

    /// Remembers the present sum; called before the last bar of each call.
    pub(super) fn record(&mut self) {
        self.state.record();
    }

    /// Begins a new sum at 0.
    pub(super) fn restart(&mut self) {
        self.stand_at(0.0);
    }

    /// Takes the next bar.
    pub(super) fn add(&mut self, x: f64) -> f64 {
        steps::kernel(1);
        self.scan.step(&mut self.state.now, x)
    }

    pub(super) const fn at_block_start(&self) -> bool {
        self.state.now.at_block_start()
    }

    /// Bars up to the next block.
    pub(super) const fn left(&self) -> usize {
        self.state.now.left()
    }

    /// The sum before this block.
    pub(super) const fn start(&self) -> f64 {
        self.state.now.start()
    }

    /// Puts in place what whole blocks leave.
    pub(super) fn stand_at(&mut self, sum: f64) {
        self.state.now = Place::at(sum);
    }

    fn run(&mut self, x: &[f64], out: &mut [f64]) {
        let place = &mut self.state.now;
        let mut i = 0;
        while i < x.len() {
            if place.at_block_start() {
                let (start, done) = self.scan.blocks(place.start(), &x[i..], &mut out[i..]);
                *place = Place::at(start);
                i += done;
            }
            // What is left of a block, or one whose sum is beyond all bounds.
            let end = x.len().min(i + LANES);
            while i < end {
                out[i] = self.scan.step(place, x[i]);
                i += 1;
                if place.at_block_start() {
                    break;
                }
            }
        }
    }
}

impl Kernel for Cumulative {
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
