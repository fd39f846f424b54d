//! Rows: the bars, bricks, columns or lines that a transform makes.

use super::kind::Kind;
use crate::error::{Code, Error};
use crate::params::show;
use crate::spec::{Column, ColumnKind};
use crate::told::told;

/// The most rows that a call gives besides one for each of its bars: a step that is tiny beside a gap
/// of prices would fill all memory.
pub const MOST_ROWS: usize = 1_000_000;

const fn column(name: &'static str, kind: ColumnKind, doc: &'static str) -> Column {
    Column {
        name,
        doc: told(doc),
        kind,
    }
}

/// The columns that rows of every kind have.
pub const COLUMNS: &[Column] = &[
    column("index", ColumnKind::Index, "The bar that closed it"),
    column(
        "start",
        ColumnKind::Index,
        "The first bar that it is made of",
    ),
    column(
        "time",
        ColumnKind::Time,
        "The time of the bar that closed it: before, it was not known",
    ),
    column("open", ColumnKind::Value, "Where it begins"),
    column("high", ColumnKind::Value, "Its highest price"),
    column("low", ColumnKind::Value, "Its lowest price"),
    column("close", ColumnKind::Value, "Where it ends"),
    column(
        "volume",
        ColumnKind::Value,
        "What was traded meanwhile; missing where no volume was given",
    ),
    column(
        "direction",
        ColumnKind::Sign,
        "+1 if it rises, −1 if it falls",
    ),
];

/// Where among them the volume is.
const VOLUME: usize = 7;

/// A row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// The bar that closed it.
    pub index: u64,
    /// The first bar that it is made of.
    pub start: u64,
    /// The time of the bar that closed it.
    pub time: f64,
    /// Where it begins.
    pub open: f64,
    /// Its highest price.
    pub high: f64,
    /// Its lowest price.
    pub low: f64,
    /// Where it ends.
    pub close: f64,
    /// What was traded meanwhile.
    pub volume: f64,
    /// Values of the kind's own columns; what it has no column for is left out.
    pub more: [f64; 2],
}

impl Row {
    /// +1 if it rises, −1 if it falls.
    fn direction(&self) -> f64 {
        f64::from(i8::from(self.close > self.open) - i8::from(self.close < self.open))
    }
}

/// Rows of a kind, column by column.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    columns: Vec<Vec<f64>>,
    /// The most rows that there may be.
    most: usize,
}

impl Rows {
    /// None yet.
    #[must_use]
    pub fn of(kind: &Kind) -> Self {
        Self {
            columns: vec![Vec::new(); COLUMNS.len() + kind.columns.len()],
            most: MOST_ROWS,
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, Vec::len)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The columns: [`COLUMNS`], then the kind's own.
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
    ///
    /// # Errors
    /// [`Code::OutOfMemory`].
    pub fn add(&mut self, row: &Row) -> Result<(), Error> {
        let fixed = [
            row.index as f64,
            row.start as f64,
            row.time,
            row.open,
            row.high,
            row.low,
            row.close,
            row.volume,
            row.direction(),
        ];
        let values = fixed.into_iter().chain(row.more);
        for (column, value) in self.columns.iter_mut().zip(values) {
            let room = column.try_reserve(1);
            room.map_err(|_| Error::out_of_memory(1, "rows"))?;
            column.push(value);
        }
        Ok(())
    }

    /// Sees to it that a call over so many bars may give its rows.
    pub(super) fn expect(&mut self, bars: usize) {
        self.most = self.len().saturating_add(bars).saturating_add(MOST_ROWS);
    }

    /// Refuses so many rows at once if that is more than a call may give; a step of the given size
    /// makes them.
    pub(super) fn claim(&self, count: f64, name: &str, size: f64) -> Result<(), Error> {
        if self.len() as f64 + count <= self.most as f64 {
            return Ok(());
        }
        let bound = format!("what gives at most {MOST_ROWS} rows more than bars");
        let why = format!(
            "{name} {} is too small for these prices: a call gives at most {MOST_ROWS} rows more than bars",
            show(size)
        );
        Err(Error::new(Code::ParamRange, name, show(size), bound, why))
    }

    /// Shares a volume evenly among the last rows.
    pub(super) fn share(&mut self, volume: f64, rows: usize) {
        let from = self.len() - rows;
        self.columns[VOLUME][from..].fill(volume / rows as f64);
    }

    pub(super) fn truncate(&mut self, len: usize) {
        for column in &mut self.columns {
            column.truncate(len);
        }
    }
}
