//! Averages that fit their parameters; `tvf._tune` makes objects of the columns.

use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use tvf_core::tuning::{Request, signature, tune as fit};
use tvf_core::{Code, Error, Profile};

use crate::columns::{arrays, plain};
use crate::errors::OrRaise;
use crate::params::{by_name, named};

type Array<'py> = Bound<'py, PyArray1<f64>>;

/// Knobs with their values, the losses before and after, the loss curve with the values at each step, why
/// it ended, and how often the average was computed.
type Found<'py> = (
    Vec<(&'static str, f64)>,
    (f64, f64),
    Array<'py>,
    Vec<Array<'py>>,
    &'static str,
    usize,
);

/// An average with its knobs and their bounds.
type Tunable = (&'static str, Vec<(&'static str, f64, f64)>);

/// Tunes an average to a window of a plain column.
#[pyfunction]
#[expect(
    clippy::needless_pass_by_value,
    clippy::too_many_arguments,
    reason = "all of them are Python's"
)]
pub fn tune<'py>(
    py: Python<'py>,
    id: &str,
    source: &Bound<'py, PyAny>,
    window: (usize, usize),
    params: &Bound<'py, PyDict>,
    compat: &Bound<'py, PyAny>,
    knobs: Vec<(String, Option<(f64, f64)>)>,
    options: &Bound<'py, PyDict>,
) -> PyResult<Found<'py>> {
    let entry = Request::entry(id).or_raise(py)?;
    let start = named(entry, compat, Some(params))?;
    let options = by_name(signature(), Profile::default(), options)?;
    let knobs: Vec<(&str, Option<(f64, f64)>)> = knobs
        .iter()
        .map(|(name, bounds)| (name.as_str(), *bounds))
        .collect();
    let request = Request::new(id, &start, &knobs, &options).or_raise(py)?;
    let column = plain(source).ok_or_else(|| {
        let error = Error::new(
            Code::InputType,
            "source",
            "",
            "",
            "source is no plain column",
        );
        crate::errors::exception(py, &error)
    })?;
    let found = py.detach(|| fit(&request, column, window)).or_raise(py)?;
    let values = found
        .knobs
        .iter()
        .map(|&name| (name, found.params.number(name)));
    let column = |i: usize| found.steps.iter().map(|step| step.values[i]).collect();
    let curve: Vec<f64> = found.steps.iter().map(|step| step.loss).collect();
    Ok((
        values.collect(),
        (found.before, found.after),
        PyArray1::from_vec(py, curve),
        arrays(py, (0..found.knobs.len()).map(column)),
        found.end.as_str(),
        found.evaluations,
    ))
}

/// What can be tuned: the averages, and of each the knobs with their bounds.
#[pyfunction]
pub fn tunable() -> Vec<Tunable> {
    let knobs = tvf_core::tuning::KNOBS.iter();
    knobs
        .map(|(id, knobs)| {
            let bounds = knobs.iter().map(|knob| (knob.name, knob.low, knob.high));
            (*id, bounds.collect())
        })
        .collect()
}
