//! Numbers of sessions.

use numpy::PyArray1;
use pyo3::prelude::*;
use tvf_core::session::{Anchor, numbers};

use crate::columns::{Filling, plain, run};
use crate::errors::OrRaise;
use crate::results::no_output;

/// Numbers the sessions of a plain column of times. `changes` holds the moments at which the offset
/// from UTC changes, in milliseconds, with the offset that holds from then on.
#[pyfunction]
#[expect(clippy::needless_pass_by_value, reason = "made from a Python list")]
pub fn sessions<'py>(
    py: Python<'py>,
    time: &Bound<'py, PyAny>,
    anchor: &str,
    minutes: f64,
    changes: Vec<(f64, f64)>,
    open: f64,
) -> PyResult<Bound<'py, PyArray1<f64>>> {
    let time = plain(time)
        .ok_or_else(|| pyo3::exceptions::PyTypeError::new_err("time is a plain array"))?;
    let anchor = Anchor::parse(anchor).unwrap_or(Anchor::Minutes(minutes));
    let mut filling = Filling::new(py, 1, time.len())?;
    if let tvf_core::Sink::Series(mut slices) = filling.sink() {
        let out = core::mem::take(&mut slices[0]);
        run(py, time.len(), || {
            numbers(anchor, time, &changes, open, out)
        })
        .or_raise(py)?;
    }
    filling.finish().next().ok_or_else(no_output)
}
