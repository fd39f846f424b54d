//! All bars so far, for what cannot be had from anything less.

use super::{Kernel, steps};
use crate::codec::Codec;
use crate::error::Error;

/// The kernel: rows of N numbers, at most one a bar.
#[derive(Debug, Clone)]
pub struct History<const N: usize> {
    rows: Vec<[f64; N]>,
    /// Whether the last bar added a row.
    added: bool,
    parked: bool,
}

impl<const N: usize> History<N> {
    /// No bar yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            rows: Vec::new(),
            added: false,
            parked: false,
        }
    }

    /// Takes bars 0 to n − 1, at least one: the row of each, if it has one.
    pub fn run(&mut self, n: usize, mut row: impl FnMut(usize) -> Option<[f64; N]>) {
        steps::kernel(n);
        let mut before = self.rows.len();
        for i in 0..n {
            before = self.rows.len();
            self.rows.extend(row(i));
        }
        self.added = self.rows.len() > before;
    }

    /// The rows, oldest first. The last one may be taken back; while a bar is peeked at, the last
    /// two.
    #[must_use]
    pub fn rows(&self) -> &[[f64; N]] {
        &self.rows
    }
}

impl<const N: usize> Default for History<N> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const N: usize> Kernel for History<N> {
    fn undo(&mut self) {
        if core::mem::take(&mut self.added) {
            self.rows.pop();
        }
    }

    fn park(&mut self) {
        self.parked = self.added;
    }

    fn unpark(&mut self) {
        self.added = self.parked;
    }

    fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        let len = codec.length(self.rows.len(), N * 8)?;
        self.reserve(len.saturating_sub(self.rows.len()))?;
        self.rows.resize(len, [f64::NAN; N]);
        for x in self.rows.iter_mut().flatten() {
            codec.f64(x)?;
        }
        let mut added = u64::from(self.added);
        codec.bounded(&mut added, u64::from(len > 0))?;
        self.added = added == 1;
        Ok(())
    }

    fn reserve(&mut self, bars: usize) -> Result<(), Error> {
        let room = self.rows.try_reserve(bars);
        room.map_err(|_| Error::out_of_memory(bars, "bars"))
    }
}
