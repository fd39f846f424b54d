//! Fibonacci levels as columns; `tvf._fibonacci` makes tables of them.

use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use tvf_core::Profile;
use tvf_core::patterns::fibonacci::{Anchor, FIBONACCI, Fibonacci, Flat, Request};

use crate::columns::{arrays, plain, run};
use crate::errors::OrRaise;
use crate::params::by_name;

/// The figures: name, what it is, formula, number of points and ratios.
#[pyfunction]
pub fn fibonacci_figures() -> Vec<(&'static str, &'static str, &'static str, usize, Vec<f64>)> {
    let figures = FIBONACCI.figures.iter();
    let facts = figures.map(|f| (f.name, f.doc, f.formula, f.points, f.ratios.to_vec()));
    facts.collect()
}

type Columns<'py> = Vec<Bound<'py, PyArray1<f64>>>;

/// The columns of points, levels, clusters and of the clusters' parts: of given points (bar, time,
/// price), or of the swings in plain columns of high, low, close and time.
#[pyfunction]
#[expect(
    clippy::needless_pass_by_value,
    reason = "arguments are extracted by value"
)]
pub fn fibonacci_levels<'py>(
    py: Python<'py>,
    columns: &Bound<'py, PyTuple>,
    points: Option<Vec<[f64; 3]>>,
    kinds: Vec<String>,
    ratios: Option<Vec<f64>>,
    params: &Bound<'py, PyDict>,
) -> PyResult<[Columns<'py>; 4]> {
    let params = by_name(&FIBONACCI, Profile::default(), params)?;
    let kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
    let request = Request {
        kinds: &kinds,
        ratios: ratios.as_deref(),
        params: &params,
    };
    let given: Vec<_> = columns.iter().collect();
    let given = given.iter().map(|column| plain(column).unwrap_or_default());
    let given: Vec<&[f64]> = given.collect();
    let bars = given.first().map_or(0, |column| column.len());
    let found = run(py, bars, || match points {
        Some(points) => {
            let anchors = points.iter();
            let anchors = anchors.map(|&[bar, time, price]| Anchor { bar, time, price });
            Fibonacci::of_points(&anchors.collect::<Vec<_>>(), &request)
        }
        None => Fibonacci::of_bars(&given, &request),
    });
    let flat = Flat::from(&found.or_raise(py)?);
    Ok([
        arrays(py, flat.points),
        arrays(py, flat.levels),
        arrays(py, flat.clusters),
        arrays(py, flat.parts),
    ])
}
