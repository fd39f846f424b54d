//! What is asked of a composite signal, and the columns it is asked of.

use super::source::{Source, place, sources};
use crate::error::{Code, Error};
use crate::params::{Params, Signature};
use crate::spec::Param;
use crate::told::told;

/// The columns of bars, in the order in which they are given.
pub const COLUMNS: [&str; 6] = ["open", "high", "low", "close", "volume", "time"];

/// The parameters of a composite signal besides weights.
pub static COMPOSITE: [Param; 2] = [
    Param::float(
        "half_life",
        10.0,
        (0.1, 10_000.0),
        told("Bars after which a pattern counts half"),
    ),
    Param::float(
        "neutral",
        0.1,
        (0.0, 1.0),
        told("The strength below which there is no direction"),
    ),
];

/// The signature of the parameters.
#[must_use]
pub fn signature() -> Signature {
    Signature {
        id: "composite",
        params: &COMPOSITE,
    }
}

/// The heaviest weight.
const MOST_WEIGHT: f64 = 1000.0;

/// Which sources vote, with which weights.
#[derive(Debug, Clone)]
pub struct Request {
    pub(super) sources: Vec<Source>,
    /// 0 for one that does not vote.
    pub(super) weights: Vec<f64>,
    /// Whether a caller named it, so that it may not be left out in silence.
    pub(super) named: Vec<bool>,
    pub(super) half_life: f64,
    pub(super) neutral: f64,
}

impl Request {
    /// Takes weights by the sources' ids, and the only ones that shall vote, if not all of them.
    ///
    /// # Errors
    /// [`Code::ParamChoice`] for a source that is not there, [`Code::ParamRange`] for weights that are
    /// negative, too heavy or all 0.
    pub fn new(
        weights: &[(&str, f64)],
        only: Option<&[&str]>,
        params: &Params,
    ) -> Result<Self, Error> {
        let sources = sources();
        let mut own: Vec<f64> = sources.iter().map(|source| source.weight).collect();
        let mut named = vec![false; sources.len()];
        if let Some(only) = only {
            for id in only {
                named[place(&sources, id)?] = true;
            }
            for (weight, &named) in own.iter_mut().zip(&named) {
                *weight = if named { *weight } else { 0.0 };
            }
        }
        for &(id, weight) in weights {
            let at = place(&sources, id)?;
            if !(0.0..=MOST_WEIGHT).contains(&weight) {
                let (value, bound) = (weight.to_string(), format!("0 to {MOST_WEIGHT}"));
                let why = format!("weight of {id} is {value}, which is not {bound}");
                return Err(Error::new(Code::ParamRange, "weights", value, bound, why));
            }
            own[at] = weight;
            named[at] = weight > 0.0;
        }
        if own.iter().all(|&weight| weight == 0.0) {
            let bound = "at least one source with a weight above 0";
            let why = format!("no source has a vote; it takes {bound}");
            return Err(Error::new(Code::ParamRange, "weights", "0", bound, why));
        }
        Ok(Self {
            sources,
            weights: own,
            named,
            half_life: params.number("half_life"),
            neutral: params.number("neutral"),
        })
    }

    /// Every source in the order of results' numbers, also those without a vote.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }
}

/// Bars as columns in the order of [`COLUMNS`]; an empty one was left out.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'a>([&'a [f64]; 6]);

impl<'a> Columns<'a> {
    /// Takes the columns.
    ///
    /// # Errors
    /// [`Code::InputLength`] for columns of different lengths, [`Code::InputCount`] without high, low
    /// and close.
    pub fn new(columns: [&'a [f64]; 6]) -> Result<Self, Error> {
        let bars = columns[3].len();
        for (place, (name, column)) in COLUMNS.iter().zip(columns).enumerate() {
            if column.len() == bars {
                continue;
            }
            // With no bars at all every column may be empty; with any, the close may not.
            let needed = (1..=3).contains(&place);
            if needed && column.is_empty() || bars == 0 {
                let missing = if bars == 0 { "close" } else { name };
                let bound = "high, low and close";
                let why = format!("composite needs {bound}; there is no {missing}");
                return Err(Error::new(Code::InputCount, missing, "", bound, why));
            }
            if !column.is_empty() {
                return Err(Error::input_length(name, column.len(), "close", bars));
            }
        }
        Ok(Self(columns))
    }

    /// How many bars there are.
    #[must_use]
    pub const fn bars(&self) -> usize {
        self.0[3].len()
    }

    /// A column by its name; empty if it was left out.
    #[must_use]
    pub fn get(&self, name: &str) -> &'a [f64] {
        let place = COLUMNS.iter().position(|column| *column == name);
        place.map_or(&[], |place| self.0[place])
    }

    /// The columns.
    #[must_use]
    pub const fn all(&self) -> [&'a [f64]; 6] {
        self.0
    }
}
