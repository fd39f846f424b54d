//! The last values of a series, whole.

use super::{Kernel, Undoable, steps};
use crate::codec::{Codec, Fields};
use crate::error::Error;

#[derive(Debug, Clone, Copy)]
struct State {
    /// Where the next value goes.
    next: u64,
    /// Values kept.
    kept: u64,
    /// Whether the last bar brought a value, and what that value took the place of.
    brought: u64,
    overwritten: f64,
}

impl Fields for State {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.u64(&mut self.next)?;
        codec.u64(&mut self.kept)?;
        codec.bounded(&mut self.brought, 1)?;
        codec.f64(&mut self.overwritten)
    }
}

/// Keeps the last values of a series; missing ones are passed over.
#[derive(Debug, Clone)]
pub struct Ring {
    values: Vec<f64>,
    state: Undoable<State>,
}

impl Ring {
    /// A ring of `size` values, at least one.
    #[must_use]
    pub fn new(size: usize) -> Self {
        Self {
            values: vec![f64::NAN; size.max(1)],
            state: Undoable::new(State {
                next: 0,
                kept: 0,
                brought: 0,
                overwritten: f64::NAN,
            }),
        }
    }

    /// Takes the next bars, at least one.
    pub fn process(&mut self, x: &[f64]) {
        steps::kernel(x.len());
        let Some((&last, head)) = x.split_last() else {
            return;
        };
        for &x in head {
            self.step(x);
        }
        self.state.record();
        self.step(last);
    }

    /// The values, the oldest first, in two pieces.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "positions in the ring, which is as long as a usize says"
    )]
    #[inline(always)]
    pub fn pieces(&self) -> [&[f64]; 2] {
        let State { next, kept, .. } = self.state.now;
        let (newer, older) = self.values.split_at(next as usize);
        let from_older = (kept as usize).saturating_sub(newer.len());
        let from_newer = kept as usize - from_older;
        [
            &older[older.len() - from_older..],
            &newer[newer.len() - from_newer..],
        ]
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "positions in the ring, which is as long as a usize says"
    )]
    #[inline(always)]
    fn step(&mut self, x: f64) {
        let size = self.values.len() as u64;
        let state = &mut self.state.now;
        state.brought = u64::from(x.is_finite());
        if state.brought == 1 {
            state.overwritten = core::mem::replace(&mut self.values[state.next as usize], x);
            state.next = (state.next + 1) % size;
            state.kept += u64::from(state.kept < size);
        }
    }
}

impl Kernel for Ring {
    fn undo(&mut self) {
        let State {
            brought,
            overwritten,
            ..
        } = self.state.now;
        self.state.undo();
        if brought == 1 {
            let at = usize::try_from(self.state.now.next).unwrap_or(0);
            self.values[at] = overwritten;
        }
    }

    fn park(&mut self) {
        self.state.park();
    }

    fn unpark(&mut self) {
        self.state.unpark();
    }

    fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        self.values.iter_mut().try_for_each(|x| codec.f64(x))?;
        self.state.code(codec)?;
        let size = self.values.len() as u64;
        for State { next, kept, .. } in [self.state.now, *self.state.before()] {
            if next >= size || kept > size {
                return Err(Error::damaged("a position lies outside its ring"));
            }
        }
        Ok(())
    }
}
