//! Sum of everything since the start, or since the last reset.

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

    /// Takes the next bars, at least one; those at the positions in `resets` (ascending) begin a
    /// new sum at 0.
    #[inline]
    pub fn process(&mut self, x: &[f64], resets: &[usize], out: &mut [f64]) {
        steps::kernel(x.len());
        let last = x.len() - 1;
        let mut from = 0;
        for &reset in resets.iter().filter(|&&r| r < last) {
            self.run(&x[from..reset], &mut out[from..reset]);
            self.state.now = Place::at(0.0);
            from = reset;
        }
        self.run(&x[from..last], &mut out[from..last]);
        self.state.record();
        if resets.last() == Some(&last) {
            self.state.now = Place::at(0.0);
        }
        out[last] = self.scan.step(&mut self.state.now, x[last]);
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
