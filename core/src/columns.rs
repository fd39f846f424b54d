//! What an indicator reads and writes in one step: borrowed columns, all of the same length.

use crate::spec::{MAX_DERIVED, MAX_INPUTS, MAX_OUTPUTS};
use crate::table::Table;

/// Most bars that a machine is given at a time, so that temporaries stay in the first-level cache.
pub const CHUNK: usize = 2048;

/// The next bars, column by column.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'a> {
    pub(crate) len: usize,
    pub(crate) first: u64,
    pub(crate) inputs: [&'a [f64]; MAX_INPUTS],
    pub(crate) derived: [&'a [f64]; MAX_DERIVED],
}

impl<'a> Columns<'a> {
    /// How many bars, 1 to [`CHUNK`].
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "never empty")]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Position of the first of them in the whole series.
    #[must_use]
    pub const fn first_bar(&self) -> u64 {
        self.first
    }

    /// The inputs in the order of the definition, from the first on.
    #[must_use]
    pub fn inputs<const N: usize>(&self) -> [&'a [f64]; N] {
        core::array::from_fn(|i| self.inputs[i])
    }

    /// An input that a caller may have left out.
    #[must_use]
    pub fn optional(&self, i: usize) -> Option<&'a [f64]> {
        (self.inputs[i].len() == self.len).then_some(self.inputs[i])
    }

    /// A shared column, in the order of the definition.
    #[must_use]
    pub const fn derived(&self, i: usize) -> &'a [f64] {
        self.derived[i]
    }
}

/// Where the results of the next bars go.
#[derive(Debug, Default)]
pub struct Outputs<'a> {
    pub(crate) series: [&'a mut [f64]; MAX_OUTPUTS],
    pub(crate) table: Option<&'a mut Table>,
}

impl Outputs<'_> {
    /// The series, in the order of the definition, from the first on.
    pub fn series<const N: usize>(&mut self) -> [&mut [f64]; N] {
        let mut all = self.series.iter_mut();
        core::array::from_fn(|_| all.next().map_or(&mut [][..], |s| &mut **s))
    }

    /// Adds a row to the table.
    pub fn row(&mut self, values: &[f64]) {
        if let Some(table) = &mut self.table {
            table.push(values);
        }
    }
}

/// Room for temporaries, kept from call to call.
#[derive(Debug, Default, Clone)]
pub struct Scratch {
    buffer: Vec<f64>,
}

impl Scratch {
    /// Columns of `n` values with unspecified content.
    pub fn take<const N: usize>(&mut self, n: usize) -> [&mut [f64]; N] {
        if self.buffer.len() < N * n {
            self.buffer.resize(N * n, 0.0);
        }
        let mut columns = self.buffer.chunks_exact_mut(n);
        core::array::from_fn(|_| columns.next().unwrap_or_default())
    }
}
