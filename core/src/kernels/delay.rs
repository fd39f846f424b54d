//! Each value some bars later.

use super::{Kernel, Undoable, steps};
use crate::codec::{Codec, Fields};
use crate::error::Error;

#[derive(Debug, Clone, Copy)]
struct State {
    /// Where the next value goes: the oldest one stands there.
    at: u64,
    /// What the last bar overwrote.
    overwritten: f64,
}

impl Fields for State {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.u64(&mut self.at)?;
        codec.f64(&mut self.overwritten)
    }
}

/// The kernel; missing (NaN) until there are as many bars.
#[derive(Debug, Clone)]
pub struct Delay {
    ring: Vec<f64>,
    state: Undoable<State>,
}

impl Delay {
    /// By so many bars, at least one.
    #[must_use]
    pub fn new(bars: usize) -> Self {
        let bars = if bars == 0 { 1 } else { bars };
        Self {
            ring: vec![f64::NAN; bars],
            state: Undoable::new(State {
                at: 0,
                overwritten: f64::NAN,
            }),
        }
    }

    /// Takes the next bars, at least one.
    pub fn process(&mut self, x: &[f64], out: &mut [f64]) {
        steps::kernel(x.len());
        let Some((&last, head)) = x.split_last() else {
            return;
        };
        for (out, &x) in out.iter_mut().zip(head) {
            *out = self.step(x);
        }
        self.state.record();
        out[head.len()] = self.step(last);
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "a position in the ring, whose length is a usize"
    )]
    fn step(&mut self, x: f64) -> f64 {
        let at = self.state.now.at as usize;
        let oldest = core::mem::replace(&mut self.ring[at], x);
        let next = if at + 1 == self.ring.len() { 0 } else { at + 1 };
        self.state.now = State {
            at: next as u64,
            overwritten: oldest,
        };
        oldest
    }
}

impl Kernel for Delay {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a position in the ring, whose length is a usize"
    )]
    fn undo(&mut self) {
        let overwritten = self.state.now.overwritten;
        self.state.undo();
        self.ring[self.state.now.at as usize] = overwritten;
    }

    fn park(&mut self) {
        self.state.park();
    }

    fn unpark(&mut self) {
        self.state.unpark();
    }

    fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        self.ring.iter_mut().try_for_each(|x| codec.f64(x))?;
        self.state.code(codec)?;
        for state in [&self.state.now, self.state.before()] {
            if state.at >= self.ring.len() as u64 {
                return Err(Error::damaged("a position lies outside its ring"));
            }
        }
        Ok(())
    }
}
