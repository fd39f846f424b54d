//! A kind of transform: its definition as plain data, and the machine that makes its rows.

use core::marker::PhantomData;

use super::rows::Rows;
use crate::error::{Code, Error};
use crate::params::{Params, Signature};
use crate::patterns::Bar;
use crate::spec::{
    CLOSE, Column, Fallback, HIGH, Input, LOW, MAX_COLUMNS, MAX_PARAMS, OPEN, Param, ParamKind,
    TIME, VOLUME,
};
use crate::told::{first, untold_columns, untold_params};

/// What one kind is.
#[derive(Debug)]
pub struct Kind {
    /// Its name in code, such as `renko`.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it shows a trader, one sentence.
    pub summary: &'static str,
    /// How its rows are made, one sentence a rule.
    pub rules: &'static [&'static str],
    /// Who published it: author, title, year.
    pub source: &'static str,
    /// Columns it reads, the one that sets the length first.
    pub inputs: &'static [Input],
    /// Parameters.
    pub params: &'static [Param],
    /// Columns of its rows besides [`COLUMNS`](super::COLUMNS).
    pub columns: &'static [Column],
}

impl From<&'static Kind> for Signature {
    fn from(kind: &'static Kind) -> Self {
        Self {
            id: kind.id,
            params: kind.params,
        }
    }
}

/// What most kinds read: an open, high or low that is not there is the close, so that ticks are bars
/// of one price.
pub(super) const BARS: &[Input] = &[
    CLOSE,
    optional(OPEN),
    optional(HIGH),
    optional(LOW),
    optional(VOLUME),
    TIME,
];

/// What kinds read that count what was traded.
pub(super) const TRADED: &[Input] = &[
    CLOSE,
    VOLUME,
    optional(OPEN),
    optional(HIGH),
    optional(LOW),
    TIME,
];

const fn optional(input: Input) -> Input {
    Input {
        optional: true,
        ..input
    }
}

/// Which prices of a bar count.
pub(super) const METHOD: Param = choice(
    "method",
    &["close", "high_low"],
    "Which prices of a bar count: its close, or its high and low; then a bar that goes on in the direction of the last row does not turn, whatever its other end is",
);

/// A choice whose first word is the default.
pub(super) const fn choice(
    name: &'static str,
    choices: &'static [&'static str],
    doc: &'static str,
) -> Param {
    Param {
        name,
        doc,
        kind: ParamKind::Choice { choices },
        default: Fallback::Text(choices[0]),
        talib: None,
        quiet: true,
    }
}

/// An amount that is not 0.
pub(super) const fn amount(name: &'static str, default: f64, doc: &'static str) -> Param {
    Param::float(name, default, (1e-9, 1e15), doc)
}

/// Makes the rows of a kind, bar by bar.
pub trait Transformer: Clone + Send + Sync + 'static {
    /// The definition.
    const KIND: Kind;

    /// Builds the machine.
    fn new(params: &Params) -> Self;

    /// Takes the next bar, whose prices are all there, and adds the rows that it closes.
    ///
    /// # Errors
    /// More rows than a call may give, or no memory for them; what the machine is then does not matter.
    fn bar(&mut self, bar: &Bar, rows: &mut Rows) -> Result<(), Error>;

    /// Adds the row that the last bar leaves unfinished.
    ///
    /// # Errors
    /// No memory.
    fn forming(&self, _last: &Bar, _rows: &mut Rows) -> Result<(), Error> {
        Ok(())
    }
}

/// A [`Transformer`] without its type.
pub(super) trait Machine: Send + Sync {
    fn bar(&mut self, bar: &Bar, rows: &mut Rows) -> Result<(), Error>;
    fn forming(&self, last: &Bar, rows: &mut Rows) -> Result<(), Error>;
    fn copy(&self) -> Box<dyn Machine>;
}

impl<T: Transformer> Machine for T {
    fn bar(&mut self, bar: &Bar, rows: &mut Rows) -> Result<(), Error> {
        Transformer::bar(self, bar, rows)
    }

    fn forming(&self, last: &Bar, rows: &mut Rows) -> Result<(), Error> {
        Transformer::forming(self, last, rows)
    }

    fn copy(&self) -> Box<dyn Machine> {
        Box::new(self.clone())
    }
}

/// One line of the list of kinds.
#[derive(Debug)]
pub struct KindEntry {
    /// The definition.
    pub kind: Kind,
    build: fn(&Params) -> Box<dyn Machine>,
}

impl KindEntry {
    /// The entry of a transformer type.
    #[must_use]
    pub const fn of<T: Transformer>() -> Self {
        Self {
            kind: Told::<T>::KIND,
            build: |params| Box::new(T::new(params)),
        }
    }

    pub(super) fn build(&self, params: &Params) -> Box<dyn Machine> {
        (self.build)(params)
    }
}

/// The definition of a kind as a build carries it: with the texts that people read, or without.
struct Told<T>(PhantomData<T>);

impl<T: Transformer> Told<T> {
    const KIND: Kind = if cfg!(feature = "texts") {
        T::KIND
    } else {
        Kind {
            summary: "",
            rules: &[],
            source: "",
            params: first(&Self::PARAMS, T::KIND.params.len()),
            columns: first(&Self::COLUMNS, T::KIND.columns.len()),
            ..T::KIND
        }
    };
    const PARAMS: [Param; MAX_PARAMS] = untold_params(T::KIND.params);
    const COLUMNS: [Column; MAX_COLUMNS] = untold_columns(T::KIND.columns);
}

/// Finds a kind by its id.
///
/// # Errors
/// [`Code::UnknownTransform`], with the ids that there are.
pub fn find(id: &str) -> Result<&'static KindEntry, Error> {
    let all = super::KINDS;
    all.iter().find(|e| e.kind.id == id).ok_or_else(|| {
        let bound = all.iter().map(|e| e.kind.id);
        let bound = bound.chain(["resample"]).collect::<Vec<_>>().join(", ");
        let shown: String = id.chars().take(40).collect();
        let message = format!("unknown kind of transform {shown:?}; there are {bound}");
        Error::new(Code::UnknownTransform, "kind", shown, bound, message)
    })
}
