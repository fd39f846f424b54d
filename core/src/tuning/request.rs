//! What is tuned, checked before anything is computed.

use super::knobs::{KNOBS, Knob, Scale, knobs_of};
use crate::error::{Code, Error};
use crate::indicator::{Entry, find};
use crate::params::{Params, Signature};
use crate::spec::{Fallback, Param, ParamKind};
use crate::told::told;

/// The parameters of tuning.
pub const TUNE: [Param; 3] = [
    Param {
        name: "horizon",
        doc: told("Bars ahead that the average is a forecast of"),
        kind: ParamKind::Int { min: 1, max: 1000 },
        default: Fallback::Number(1.0),
        talib: None,
        quiet: false,
    },
    Param::float(
        "smoothness",
        1.0,
        (0.0, 1_000_000.0),
        told("Weight of how much the average bends, beside its error"),
    ),
    Param {
        name: "iterations",
        doc: told("The most steps of the descent"),
        kind: ParamKind::Int {
            min: 1,
            max: 10_000,
        },
        default: Fallback::Number(100.0),
        talib: None,
        quiet: false,
    },
];

/// The parameters of tuning as something that takes parameters.
#[must_use]
pub fn signature() -> Signature {
    Signature {
        id: "tune",
        params: &TUNE,
    }
}

/// What is tuned of which average, from where on.
#[derive(Debug, Clone)]
pub struct Request {
    pub(super) entry: &'static Entry,
    pub(super) start: Params,
    pub(super) knobs: Vec<Knob>,
    pub(super) horizon: usize,
    pub(super) smoothness: f64,
    pub(super) iterations: usize,
}

impl Request {
    /// The average that can be tuned by its id.
    ///
    /// # Errors
    /// [`Code::UnknownIndicator`], and [`Code::ParamChoice`] for an indicator without knobs.
    pub fn entry(id: &str) -> Result<&'static Entry, Error> {
        let entry = find(id)?;
        if knobs_of(id).is_none() {
            let known: Vec<&str> = KNOBS.iter().map(|(id, _)| *id).collect();
            let bound = known.join(", ");
            let why = format!("{id} cannot be tuned; what can is {bound}");
            return Err(Error::new(Code::ParamChoice, "id", id, bound, why));
        }
        Ok(entry)
    }

    /// Tunes what is named, within other bounds than the usual ones if it says so; all knobs if nothing
    /// is named. The descent begins at `start`, or at the bounds that are nearest to it.
    ///
    /// # Errors
    /// Those of [`Request::entry`]; [`Code::UnknownParam`] for what is no knob, [`Code::ParamRange`] for
    /// bounds that are none or that the parameter does not have, [`Code::ParamType`] for such of a whole
    /// number that are not whole.
    pub fn new(
        id: &str,
        start: &Params,
        named: &[(&str, Option<(f64, f64)>)],
        options: &Params,
    ) -> Result<Self, Error> {
        let entry = Self::entry(id)?;
        let all = knobs_of(id).unwrap_or_default();
        let mut knobs = Vec::new();
        for &(name, bounds) in named {
            let knob = all.iter().find(|knob| knob.name == name).ok_or_else(|| {
                let known: Vec<&str> = all.iter().map(|knob| knob.name).collect();
                let bound = known.join(", ");
                let why =
                    format!("{id} has no parameter {name:?} that can be tuned; it has {bound}");
                Error::new(Code::UnknownParam, name, "", bound, why)
            })?;
            knobs.push(match bounds {
                Some(bounds) => within(entry, *knob, bounds)?,
                None => *knob,
            });
        }
        if named.is_empty() {
            knobs.extend_from_slice(all);
        }
        Ok(Self {
            entry,
            start: *start,
            knobs,
            horizon: options.period("horizon"),
            smoothness: options.number("smoothness"),
            iterations: options.period("iterations"),
        })
    }
}

/// A knob with other bounds.
fn within(entry: &Entry, knob: Knob, (low, high): (f64, f64)) -> Result<Knob, Error> {
    let param = entry
        .spec
        .params
        .iter()
        .find(|param| param.name == knob.name);
    let (min, max) = match param.map(|param| param.kind) {
        Some(ParamKind::Int { min, max }) => (min as f64, max as f64),
        Some(ParamKind::Float { min, max }) => (min, max),
        _ => (knob.low, knob.high),
    };
    let (name, value) = (knob.name, format!("{low} to {high}"));
    // Ratios of what is not above 0 are none.
    let positive = knob.scale == Scale::Even || low > 0.0;
    if !(min <= low && low <= high && high <= max && positive) {
        let bound = format!("two numbers from {min} to {max}, the lower one first");
        let why = format!("bounds {value} of {name} are not {bound}");
        return Err(Error::new(Code::ParamRange, name, value, bound, why));
    }
    if knob.scale == Scale::Whole && !(low.fract() == 0.0 && high.fract() == 0.0) {
        let bound = "two whole numbers";
        let why = format!("bounds {value} of {name} are not {bound}");
        return Err(Error::new(Code::ParamType, name, value, bound, why));
    }
    Ok(Knob { low, high, ..knob })
}
