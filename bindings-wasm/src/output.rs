//! Results that stay in this module's memory until JavaScript has read them.

use tvf_core::{Error, Sink, Spec, Table};

use crate::memory;

/// What one indicator gave.
pub enum Output {
    /// Columns as long as the bars.
    Series(Vec<Vec<f64>>),
    /// Rows.
    Table(Table),
}

impl Output {
    /// Without a bar yet.
    pub fn new(spec: &Spec) -> Self {
        if spec.is_table() {
            return Self::Table(Table::of(spec));
        }
        Self::Series(vec![Vec::new(); spec.series().len()])
    }

    /// With `n` bars that are still to be filled.
    ///
    /// # Safety
    /// The values are written before they are read.
    pub unsafe fn unwritten(spec: &Spec, n: usize) -> Result<Self, Error> {
        let mut output = Self::new(spec);
        output.reserve(n)?;
        // SAFETY: promised by the caller.
        unsafe { output.lengthen(n) };
        Ok(output)
    }

    /// The part for bars `from..to`.
    pub fn sink(&mut self, from: usize, to: usize) -> Sink<'_> {
        match self {
            Self::Series(series) => Sink::series(series.iter_mut().map(|s| &mut s[from..to])),
            Self::Table(table) => Sink::Table(table),
        }
    }

    /// Makes room for `n` bars in all.
    pub fn reserve(&mut self, n: usize) -> Result<(), Error> {
        match self {
            Self::Series(series) => series.iter_mut().try_for_each(|s| memory::reserve(s, n)),
            Self::Table(table) => table.reserve(n),
        }
    }

    /// Makes series `n` bars long; there is room.
    ///
    /// # Safety
    /// The new values are written before they are read.
    pub unsafe fn lengthen(&mut self, n: usize) {
        if let Self::Series(series) = self {
            for column in series {
                // SAFETY: promised by the caller.
                unsafe { memory::lengthen_unwritten(column, n) };
            }
        }
    }

    /// Adds what one bar gave: a value per series, or rows.
    pub fn push(&mut self, values: &[f64], rows: &Table) {
        match self {
            Self::Series(series) => {
                for (column, value) in series.iter_mut().zip(values) {
                    column.push(*value);
                }
            }
            Self::Table(table) => table.follow(rows),
        }
    }

    /// Takes back what the last bar gave: a value per series, or the rows from `settled` on.
    pub fn pop(&mut self, settled: usize) {
        match self {
            Self::Series(series) => {
                for column in series {
                    column.pop();
                }
            }
            Self::Table(table) => table.truncate(settled),
        }
    }

    /// Rows of a table, 0 for series.
    pub fn rows(&self) -> usize {
        match self {
            Self::Series(_) => 0,
            Self::Table(table) => table.len(),
        }
    }

    /// The numbers beside a table's rows.
    pub fn summary(&self) -> &[f64] {
        match self {
            Self::Series(_) => &[],
            Self::Table(table) => table.summary(),
        }
    }

    /// The columns, in the order of the definition.
    pub fn columns(&self) -> &[Vec<f64>] {
        match self {
            Self::Series(series) => series,
            Self::Table(table) => table.columns(),
        }
    }
}
