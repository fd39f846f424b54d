//! Each value some bars later.

use super::{Kernel, Undoable, steps};
use crate::codec::{Codec, Fields};
use crate::error::Error;

#[derive(Debug, Clone, Copy)]
struct State {
    /// Where the next value goes: once the ring is full, the oldest one stands there.
    at: u64,
    /// Places of the ring in use.
    filled: u64,
    /// What the last bar overwrote.
    overwritten: f64,
}

impl Fields for State {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.u64(&mut self.at)?;
        codec.u64(&mut self.filled)?;
        codec.f64(&mut self.overwritten)
    }
}

/// The kernel; missing (NaN) until there are as many bars.
#[derive(Debug, Clone)]
pub struct Delay {
    bars: usize,
    /// Grows with the first bars, so that a long delay takes no memory before they are there.
    ring: Vec<f64>,
    state: Undoable<State>,
}

impl Delay {
    /// By so many bars, at least one.
    #[must_use]
    pub fn new(bars: usize) -> Self {
        Self {
            bars: bars.max(1),
            ring: Vec::new(),
            state: Undoable::new(State {
                at: 0,
                filled: 0,
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

    /// The last values, the oldest first, in two pieces: as many as the delay has bars.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a position in the ring, whose length is a usize"
    )]
    pub fn held(&self) -> [&[f64]; 2] {
        let filled = self.state.now.filled as usize;
        let (newer, older) = self.ring[..filled].split_at((self.state.now.at as usize).min(filled));
        [older, newer]
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "a position in the ring, whose length is a usize"
    )]
    #[inline(always)]
    fn step(&mut self, x: f64) -> f64 {
        let at = self.state.now.at as usize;
        if at == self.ring.len() {
            self.ring.push(f64::NAN);
        }
        let oldest = core::mem::replace(&mut self.ring[at], x);
        let next = if at + 1 == self.bars { 0 } else { at + 1 };
        self.state.now = State {
            at: next as u64,
            filled: self.state.now.filled.max(at as u64 + 1),
            overwritten: oldest,
        };
        oldest
    }

    /// Whether a state is one of this ring.
    fn holds(&self, state: &State) -> bool {
        let full = self.bars as u64;
        state.filled <= full
            && state.at < full
            && (state.filled == full || state.at == state.filled)
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
        if let Some(last) = self.ring.get_mut(self.state.now.at as usize) {
            *last = overwritten;
        }
    }

    fn park(&mut self) {
        self.state.park();
    }

    fn unpark(&mut self) {
        self.state.unpark();
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "compared with the length of the ring before"
    )]
    fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        self.state.code(codec)?;
        let (now, before) = (&self.state.now, self.state.before());
        if !self.holds(now) || !self.holds(before) || before.filled > now.filled {
            return Err(Error::damaged("a position lies outside its ring"));
        }
        // A place that was given back is no state.
        self.ring.truncate(now.filled as usize);
        for i in 0..now.filled as usize {
            let mut x = self.ring.get(i).copied().unwrap_or(f64::NAN);
            codec.f64(&mut x)?;
            match self.ring.get_mut(i) {
                Some(place) => *place = x,
                None => self.ring.push(x),
            }
        }
        Ok(())
    }
}
