//! The catalog as plain Python values; `tvf.catalog` makes objects of them.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use tvf_core::{ALL, Arg, Fallback, Param, ParamKind, Spec, find};

use crate::errors::OrRaise;
use crate::params::{named, value};

/// Every indicator's definition.
#[pyfunction]
pub fn catalog(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
    PyList::new(
        py,
        ALL.iter()
            .map(|e| entry(py, &e.spec))
            .collect::<PyResult<Vec<_>>>()?,
    )
}

/// Leading bars without a value, per output.
#[pyfunction]
#[pyo3(signature = (id, compat, params))]
pub fn warmup(
    py: Python<'_>,
    id: &str,
    compat: &Bound<'_, PyAny>,
    params: &Bound<'_, PyDict>,
) -> PyResult<Vec<usize>> {
    let entry = find(id).or_raise(py)?;
    let params = named(entry, compat, Some(params))?;
    Ok((0..rows(&entry.spec))
        .map(|output| (entry.spec.warmup)(&params, output))
        .collect())
}

/// Leading bars whose values depend on where the data begins, per output; None where any may.
#[pyfunction]
#[pyo3(signature = (id, compat, params))]
pub fn converged(
    py: Python<'_>,
    id: &str,
    compat: &Bound<'_, PyAny>,
    params: &Bound<'_, PyDict>,
) -> PyResult<Vec<Option<usize>>> {
    let entry = find(id).or_raise(py)?;
    let params = named(entry, compat, Some(params))?;
    Ok((0..rows(&entry.spec))
        .map(|output| (entry.spec.converged)(&params, output))
        .collect())
}

/// How many bars to the right of its own a chart draws each output's values.
#[pyfunction]
#[pyo3(signature = (id, compat, params))]
pub fn shifts(
    py: Python<'_>,
    id: &str,
    compat: &Bound<'_, PyAny>,
    params: &Bound<'_, PyDict>,
) -> PyResult<Vec<i64>> {
    let entry = find(id).or_raise(py)?;
    let params = named(entry, compat, Some(params))?;
    let series = entry.spec.series().iter();
    Ok(series
        .map(|output| output.shift.map_or(0, |shift| shift(&params)))
        .collect())
}

/// How many outputs begin by themselves: a table has one row at a time.
fn rows(spec: &Spec) -> usize {
    spec.series().len().max(1)
}

fn entry<'py>(py: Python<'py>, spec: &Spec) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("id", spec.id)?;
    dict.set_item("kind", if spec.is_table() { "table" } else { "series" })?;
    dict.set_item("title", spec.title)?;
    dict.set_item("summary", spec.summary)?;
    dict.set_item("formula", spec.formula)?;
    dict.set_item("edges", spec.edges)?;
    dict.set_item("source", spec.source)?;
    dict.set_item("missing", spec.missing.as_str())?;
    let inputs: Vec<_> = spec
        .inputs
        .iter()
        .map(|input| (input.name, input.optional))
        .collect();
    dict.set_item("inputs", inputs)?;
    let params = spec
        .params
        .iter()
        .map(|p| param(py, p))
        .collect::<PyResult<Vec<_>>>()?;
    dict.set_item("params", params)?;
    let series = spec.series().iter().map(|o| (o.name, o.doc, "value"));
    let table = spec
        .table()
        .iter()
        .map(|c| (c.name, c.doc, c.kind.as_str()));
    dict.set_item("outputs", series.chain(table).collect::<Vec<_>>())?;
    let summary = spec.summary().iter().map(|o| (o.name, o.doc, "value"));
    dict.set_item("numbers", summary.collect::<Vec<_>>())?;
    dict.set_item("rows", spec.is_table().then_some(spec.rows().as_str()))?;
    dict.set_item("overlay", spec.chart.overlay)?;
    dict.set_item(
        "styles",
        spec.chart
            .styles
            .iter()
            .map(|s| s.as_str())
            .collect::<Vec<_>>(),
    )?;
    dict.set_item("levels", spec.chart.levels)?;
    Ok(dict)
}

fn param<'py>(py: Python<'py>, param: &Param) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("name", param.name)?;
    dict.set_item("doc", param.doc)?;
    let (min, max) = match param.kind {
        ParamKind::Int { min, max } | ParamKind::ChoiceOrInt { min, max, .. } => {
            (Some(min as f64), Some(max as f64))
        }
        ParamKind::Float { min, max } => (Some(min), Some(max)),
        ParamKind::Choice { .. } => (None, None),
    };
    let (kind, choices) = match param.kind {
        ParamKind::Int { .. } => ("int", None),
        ParamKind::Float { .. } => ("float", None),
        ParamKind::Choice { choices } => ("choice", Some(choices)),
        ParamKind::ChoiceOrInt { choices, .. } => ("choice_or_int", Some(choices)),
    };
    dict.set_item("type", kind)?;
    let number = |x: Option<f64>| x.map(|x| value(py, param.kind, Arg::Number(x))).transpose();
    dict.set_item("min", number(min)?)?;
    dict.set_item("max", number(max)?)?;
    dict.set_item("choices", choices)?;
    let fallback = |fallback: Fallback| match fallback {
        Fallback::Number(x) => value(py, param.kind, Arg::Number(x)).map(Some),
        Fallback::Text(text) => value(py, param.kind, Arg::Text(text)).map(Some),
        Fallback::SameAs(_) => Ok(None),
    };
    dict.set_item("default", fallback(param.default)?)?;
    dict.set_item("talib", param.talib.map(fallback).transpose()?.flatten())?;
    let same_as = if let Fallback::SameAs(other) = param.default {
        Some(other)
    } else {
        None
    };
    dict.set_item("same_as", same_as)?;
    Ok(dict)
}
