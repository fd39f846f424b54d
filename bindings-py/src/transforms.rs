//! Chart transforms: definitions as plain data, and rows as columns; `tvf._transforms` makes tables
//! of them.

use std::sync::{Mutex, MutexGuard, PoisonError};

use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::sync::MutexExt;
use pyo3::types::{PyDict, PyList, PyTuple};
use tvf_core::transforms::{COLUMNS, KINDS, Kind, Rows, Transform as Core, find};
use tvf_core::{Error, Profile};

use crate::columns::{arrays, plain, run};
use crate::errors::OrRaise;
use crate::params::{as_dict, by_name};

/// Every kind's definition.
#[pyfunction]
pub fn transforms(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
    let all = KINDS.iter().map(|entry| definition(py, &entry.kind));
    PyList::new(py, all.collect::<PyResult<Vec<_>>>()?)
}

fn definition<'py>(py: Python<'py>, kind: &Kind) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("id", kind.id)?;
    dict.set_item("title", kind.title)?;
    dict.set_item("summary", kind.summary)?;
    dict.set_item("rules", PyTuple::new(py, kind.rules)?)?;
    dict.set_item("source", kind.source)?;
    let inputs = kind.inputs.iter().map(|input| input.name);
    dict.set_item("inputs", PyTuple::new(py, inputs.collect::<Vec<_>>())?)?;
    let required = kind.inputs.iter().filter(|input| !input.optional);
    let required = required.map(|input| input.name).collect::<Vec<_>>();
    dict.set_item("required", PyTuple::new(py, required)?)?;
    let params = PyDict::new(py);
    for param in kind.params {
        params.set_item(param.name, param.doc)?;
    }
    dict.set_item("params", params)?;
    let columns = PyDict::new(py);
    for column in COLUMNS.iter().chain(kind.columns) {
        columns.set_item(column.name, column.doc)?;
    }
    dict.set_item("columns", columns)?;
    Ok(dict)
}

/// A transform at work on a series.
#[pyclass(frozen, module = "tvf._core")]
pub struct Transform(Mutex<Core>);

type Act = fn(&mut Core, &[&[f64]], &mut Rows) -> Result<(), Error>;
type Columns<'py> = Vec<Bound<'py, PyArray1<f64>>>;

#[pymethods]
impl Transform {
    #[new]
    fn new(py: Python<'_>, id: &str, params: &Bound<'_, PyDict>) -> PyResult<Self> {
        let entry = find(id).or_raise(py)?;
        let params = by_name(&entry.kind, Profile::default(), params)?;
        Ok(Self(Mutex::new(Core::new(entry, params))))
    }

    /// The parameters by name.
    #[getter]
    fn params<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        as_dict(py, self.lock(py).params())
    }

    /// How many bars were taken.
    #[getter]
    fn bars(&self, py: Python<'_>) -> u64 {
        self.lock(py).bars()
    }

    /// Takes the next bars as plain columns, `None` for one that is not there; the columns of the
    /// rows that they close.
    fn extend<'py>(
        &self,
        py: Python<'py>,
        columns: &Bound<'py, PyTuple>,
    ) -> PyResult<Columns<'py>> {
        self.take(py, columns, Core::extend)
    }

    /// Takes the next bar.
    fn update<'py>(
        &self,
        py: Python<'py>,
        columns: &Bound<'py, PyTuple>,
    ) -> PyResult<Columns<'py>> {
        self.take(py, columns, Core::update)
    }

    /// What a bar would close as the next one.
    fn peek<'py>(&self, py: Python<'py>, columns: &Bound<'py, PyTuple>) -> PyResult<Columns<'py>> {
        self.take(py, columns, |series, given, rows| series.peek(given, rows))
    }

    /// Puts another bar in the place of the last one.
    fn replace<'py>(
        &self,
        py: Python<'py>,
        columns: &Bound<'py, PyTuple>,
    ) -> PyResult<Columns<'py>> {
        self.take(py, columns, Core::replace)
    }

    /// The columns of the row that the last bar leaves unfinished.
    fn forming<'py>(&self, py: Python<'py>) -> PyResult<Columns<'py>> {
        let rows = self.lock(py).forming().or_raise(py)?;
        Ok(arrays(py, rows.into_columns()))
    }
}

impl Transform {
    fn lock(&self, py: Python<'_>) -> MutexGuard<'_, Core> {
        let lock = self.0.lock_py_attached(py);
        lock.unwrap_or_else(PoisonError::into_inner)
    }

    fn take<'py>(
        &self,
        py: Python<'py>,
        columns: &Bound<'py, PyTuple>,
        act: Act,
    ) -> PyResult<Columns<'py>> {
        let given: Vec<_> = columns.iter().collect();
        let given = given.iter().map(|column| plain(column).unwrap_or_default());
        let given: Vec<&[f64]> = given.collect();
        let bars = given.first().map_or(0, |column| column.len());
        let mut series = self.lock(py);
        let series = &mut *series;
        let rows = run(py, bars, || {
            let mut rows = Rows::of(&series.entry().kind);
            act(series, &given, &mut rows)?;
            Ok(rows)
        });
        Ok(arrays(py, rows.or_raise(py)?.into_columns()))
    }
}
