//! A family of patterns: its definition as plain data, and the machine that finds them.

use super::findings::Findings;
use super::pattern::Forming;
use super::told::Told;
use crate::error::{Code, Error};
use crate::params::{Params, Signature};
use crate::spec::{Input, Param};

/// A word that patterns of a family use, and what it means.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// The word.
    pub name: &'static str,
    /// Its meaning, one sentence.
    pub doc: &'static str,
}

/// What one family is.
#[derive(Debug)]
pub struct Family {
    /// Its name in code, such as `harmonic`.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it tells a trader, one sentence.
    pub summary: &'static str,
    /// How its patterns are found, one sentence a rule.
    pub rules: &'static [&'static str],
    /// Who published it: author, title, year.
    pub source: &'static str,
    /// Columns it reads, in the order of the positional arguments.
    pub inputs: &'static [Input],
    /// Parameters.
    pub params: &'static [Param],
    /// The patterns, by their ids.
    pub shapes: &'static [Word],
    /// What points are called.
    pub roles: &'static [Word],
    /// What the score is made of.
    pub parts: &'static [Word],
    /// What targets are called.
    pub targets: &'static [Word],
    /// What conditions of near misses are called.
    pub conditions: &'static [Word],
}

impl From<&'static Family> for Signature {
    fn from(family: &'static Family) -> Self {
        Self {
            id: family.id,
            params: family.params,
        }
    }
}

/// A bar as detectors see it; a column that was not given is NaN.
#[derive(Debug, Clone, Copy)]
pub struct Bar {
    /// Its position in the series.
    pub index: u64,
    /// Its opening time.
    pub time: f64,
    /// Its first price.
    pub open: f64,
    /// Its highest price.
    pub high: f64,
    /// Its lowest price.
    pub low: f64,
    /// Its last price.
    pub close: f64,
    /// What was traded.
    pub volume: f64,
}

/// A parameter that asks for a column, as it is set.
#[derive(Debug, Clone, Copy)]
pub struct Need {
    /// The parameter.
    pub param: &'static str,
    /// The column.
    pub input: &'static str,
    /// What the parameter may be without it.
    pub bound: &'static str,
}

/// Finds the patterns of a family, bar by bar.
pub trait Detector: Clone + Send + Sync + 'static {
    /// The definition.
    const FAMILY: Family;

    /// Builds the machine.
    fn new(params: &Params) -> Self;

    /// What these parameters ask of columns that may be left out otherwise.
    #[must_use]
    fn need(_params: &Params) -> Option<Need> {
        None
    }

    /// Takes the next bar, whose prices are all there, and adds the patterns that it makes certain.
    /// Nothing added is ever taken back.
    fn bar(&mut self, bar: &Bar, found: &mut Findings);

    /// Adds the patterns that the last bar leaves unfinished.
    fn forming(&self, _found: &mut Vec<Forming>) {}
}

/// A [`Detector`] without its type.
pub(super) trait Machine: Send + Sync {
    fn bar(&mut self, bar: &Bar, found: &mut Findings);
    fn forming(&self, found: &mut Vec<Forming>);
    fn copy(&self) -> Box<dyn Machine>;
}

impl<T: Detector> Machine for T {
    fn bar(&mut self, bar: &Bar, found: &mut Findings) {
        Detector::bar(self, bar, found);
    }

    fn forming(&self, found: &mut Vec<Forming>) {
        Detector::forming(self, found);
    }

    fn copy(&self) -> Box<dyn Machine> {
        Box::new(self.clone())
    }
}

/// One line of the list of families.
#[derive(Debug)]
pub struct FamilyEntry {
    /// The definition.
    pub family: Family,
    build: fn(&Params) -> Box<dyn Machine>,
    need: fn(&Params) -> Option<Need>,
}

impl FamilyEntry {
    /// The entry of a detector type.
    #[must_use]
    pub const fn of<T: Detector>() -> Self {
        Self {
            family: Told::<T>::FAMILY,
            build: |params| Box::new(T::new(params)),
            need: T::need,
        }
    }

    pub(super) fn need(&self, params: &Params) -> Option<Need> {
        (self.need)(params)
    }

    pub(super) fn build(&self, params: &Params) -> Box<dyn Machine> {
        (self.build)(params)
    }
}

/// Finds a family by its id.
///
/// # Errors
/// [`Code::UnknownFamily`], with the ids that there are.
pub fn find(id: &str) -> Result<&'static FamilyEntry, Error> {
    let all = super::FAMILIES;
    all.iter().find(|e| e.family.id == id).ok_or_else(|| {
        let bound = all.iter().map(|e| e.family.id);
        let bound = bound.collect::<Vec<_>>().join(", ");
        let message = format!("unknown family of patterns {id:?}; there are {bound}");
        Error::new(Code::UnknownFamily, "id", id, bound, message)
    })
}
