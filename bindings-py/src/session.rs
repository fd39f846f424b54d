//! Numbers of sessions.

use numpy::PyArray1;
use pyo3::prelude::*;
use tvf_core::session::{Anchor, numbers, within};

use crate::columns::{Filling, plain, run};
use crate::errors::OrRaise;
use crate::results::no_output;

/// Numbers the sessions of a plain column of times. `changes` holds the moments at which the offset
/// from UTC changes, in milliseconds, with the offset that holds from then on; `began` is the first
/// time of the series, NaN if it begins here.
#[pyfunction]
#[expect(clippy::needless_pass_by_value, reason = "made from a Python list")]
pub fn sessions<'py>(
    py: Python<'py>,
    time: &Bound<'py, PyAny>,
    began: f64,
    anchor: &str,
    minutes: f64,
    changes: Vec<(f64, f64)>,
    open: f64,
) -> PyResult<Bound<'py, PyArray1<f64>>> {
    let time = plain(time)
        .ok_or_else(|| pyo3::exceptions::PyTypeError::new_err("time is a plain array"))?;
    let anchor = Anchor::of(anchor, minutes);
    let mut filling = Filling::new(py, 1, time.len())?;
    if let tvf_core::Sink::Series(mut slices) = filling.sink() {
        let out = core::mem::take(&mut slices[0]);
        run(py, time.len(), || {
            numbers(anchor, time, began, &changes, open, out)
        })
        .or_raise(py)?;
    }
    filling.finish().next().ok_or_else(no_output)
}

/// The session of one time: its first moment, the first after it, and its number. The arguments are
/// those of `sessions`.
#[pyfunction]
#[expect(clippy::needless_pass_by_value, reason = "made from a Python list")]
pub fn session(
    py: Python<'_>,
    time: f64,
    began: f64,
    anchor: &str,
    minutes: f64,
    changes: Vec<(f64, f64)>,
    open: f64,
) -> PyResult<(f64, f64, f64)> {
    let anchor = Anchor::of(anchor, minutes);
    let span = within(anchor, time, began, &changes, open).or_raise(py)?;
    Ok((span.from, span.to, span.number))
}
