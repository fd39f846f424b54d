//! Rows that belong to single bars: events, levels, swings.

/// A table, column by column. Positions and times are whole numbers below 2⁵³, so every column
/// holds doubles.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    columns: Vec<Vec<f64>>,
}

impl Table {
    /// An empty table of so many columns.
    #[must_use]
    pub fn new(columns: usize) -> Self {
        Self {
            columns: vec![Vec::new(); columns],
        }
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

    /// Drops the rows from `len` on.
    pub fn truncate(&mut self, len: usize) {
        for column in &mut self.columns {
            column.truncate(len);
        }
    }
}
