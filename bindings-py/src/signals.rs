//! The composite signal as columns; `tvf._composite` makes objects of them.

use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use tvf_core::signals::{self, Columns, Flat, Request, composite as ask, signature};
use tvf_core::{Job, Profile};

use crate::columns::{arrays, plain};
use crate::errors::OrRaise;
use crate::params::by_name;
use crate::pool::pool;

/// From so many bars on, waking other threads is worth it: the slowest family takes longer.
const PARALLEL_BARS: usize = 1000;

type Arrays<'py> = Vec<Bound<'py, PyArray1<f64>>>;

/// Every source of votes.
#[pyfunction]
pub fn signal_sources(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
    let all = signals::sources().into_iter().map(|source| {
        let dict = PyDict::new(py);
        dict.set_item("id", source.id)?;
        dict.set_item("title", source.title)?;
        dict.set_item("group", source.group.as_str())?;
        dict.set_item("rule", source.rule)?;
        dict.set_item("weight", source.weight)?;
        dict.set_item("inputs", PyTuple::new(py, source.inputs())?)?;
        dict.set_item("names", PyTuple::new(py, source.names())?)?;
        dict.set_item("source", source.published())?;
        Ok(dict)
    });
    PyList::new(py, all.collect::<PyResult<Vec<_>>>()?)
}

/// The columns of the numbers, of reasons and of silent sources: of plain columns open, high, low, close,
/// volume and time, `None` for one that is not there. `threads` is 0 for as many as there are cores.
#[pyfunction]
#[expect(
    clippy::needless_pass_by_value,
    reason = "arguments are extracted by value"
)]
pub fn composite<'py>(
    py: Python<'py>,
    columns: &Bound<'py, PyTuple>,
    weights: Vec<(String, f64)>,
    only: Option<Vec<String>>,
    params: &Bound<'py, PyDict>,
    threads: usize,
) -> PyResult<[Arrays<'py>; 3]> {
    let params = by_name(signature(), Profile::default(), params)?;
    let weights: Vec<(&str, f64)> = weights
        .iter()
        .map(|(id, weight)| (id.as_str(), *weight))
        .collect();
    let only: Option<Vec<&str>> = only
        .as_ref()
        .map(|only| only.iter().map(String::as_str).collect());
    let request = Request::new(&weights, only.as_deref(), &params).or_raise(py)?;
    let given: Vec<_> = columns.iter().collect();
    let mut own: [&[f64]; signals::COLUMNS.len()] = Default::default();
    for (column, object) in own.iter_mut().zip(&given) {
        *column = plain(object).unwrap_or_default();
    }
    let columns = Columns::new(own).or_raise(py)?;
    let parallel = threads != 1 && columns.bars() >= PARALLEL_BARS;
    let pool = if parallel {
        Some(pool(threads).or_raise(py)?)
    } else {
        None
    };
    let found = py.detach(|| {
        ask(&request, &columns, |jobs: Vec<Job<'_>>| match pool {
            Some(pool) => pool.install(|| jobs.into_par_iter().for_each(|job| job())),
            None => jobs.into_iter().for_each(|job| job()),
        })
    });
    let flat = Flat::from(&found.or_raise(py)?);
    Ok([
        arrays(py, [flat.numbers]),
        arrays(py, flat.reasons),
        arrays(py, flat.silent),
    ])
}
