//! Rows that belong to single bars or describe the last one: events, levels, swings.

use crate::error::Error;
use crate::spec::{MAX_STATE_ROWS, Rows, Spec};

/// A table, column by column. Positions and times are whole numbers below 2⁵³, so every column
/// holds doubles.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    columns: Vec<Vec<f64>>,
    summary: Vec<f64>,
    /// Whether the rows describe the market as the last bar left it.
    state: bool,
}

impl Table {
    /// An empty table for the results of an indicator.
    #[must_use]
    pub fn of(spec: &Spec) -> Self {
        Self {
            columns: vec![Vec::new(); spec.table().len()],
            summary: vec![f64::NAN; spec.summary().len()],
            state: spec.rows() == Rows::State,
        }
    }

    /// Makes room for what so many bars give at most: an event each, or one state.
    ///
    /// # Errors
    /// [`Code::OutOfMemory`](crate::Code::OutOfMemory).
    pub fn reserve(&mut self, bars: usize) -> Result<(), Error> {
        let rows = if self.state { MAX_STATE_ROWS } else { bars };
        self.columns.iter_mut().try_for_each(|column| {
            let more = rows.saturating_sub(column.len());
            let room = column.try_reserve_exact(more);
            room.map_err(|_| Error::out_of_memory(more, "rows"))
        })
    }

    /// Whether the rows describe the market as the last bar left it.
    #[must_use]
    pub const fn is_state(&self) -> bool {
        self.state
    }

    /// Rows so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, Vec::len)
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The columns, in the order of the definition.
    #[must_use]
    pub fn columns(&self) -> &[Vec<f64>] {
        &self.columns
    }

    /// The numbers beside the rows, in the order of the definition.
    #[must_use]
    pub fn summary(&self) -> &[f64] {
        &self.summary
    }

    /// Sets the numbers beside the rows.
    pub fn summarise(&mut self, numbers: &[f64]) {
        self.summary.copy_from_slice(numbers);
    }

    /// Takes what the next bars gave: more events, or another state.
    pub fn follow(&mut self, next: &Self) {
        if self.state {
            self.truncate(0);
        }
        for (column, more) in self.columns.iter_mut().zip(&next.columns) {
            column.extend_from_slice(more);
        }
        self.summary.copy_from_slice(&next.summary);
    }

    /// Gives the columns away.
    #[must_use]
    pub fn into_columns(self) -> Vec<Vec<f64>> {
        self.columns
    }

    /// Adds a row.
    pub fn push(&mut self, row: &[f64]) {
        for (column, value) in self.columns.iter_mut().zip(row) {
            column.push(*value);
        }
    }

    /// Drops all rows, and the numbers beside them.
    pub fn clear(&mut self) {
        self.truncate(0);
        self.summary.fill(f64::NAN);
    }

    /// Drops the rows from `len` on.
    pub fn truncate(&mut self, len: usize) {
        for column in &mut self.columns {
            column.truncate(len);
        }
    }
}
