//! Families of patterns: definitions as plain data, and findings as columns; `tvf.patterns` makes
//! objects of them.

use std::sync::{Mutex, MutexGuard, PoisonError};

use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::sync::MutexExt;
use pyo3::types::{PyDict, PyList, PyTuple};
use tvf_core::patterns::{self, FAMILIES, Family, Findings, Flat, Word};
use tvf_core::{Error, Profile};

use crate::columns::{arrays, plain, run};
use crate::errors::OrRaise;
use crate::params::{as_dict, by_name};

/// Every family's definition: its columns, and the words that findings refer to by their places.
#[pyfunction]
pub fn families(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
    let all = FAMILIES.iter().map(|entry| definition(py, &entry.family));
    PyList::new(py, all.collect::<PyResult<Vec<_>>>()?)
}

fn definition<'py>(py: Python<'py>, family: &Family) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("id", family.id)?;
    dict.set_item("title", family.title)?;
    dict.set_item("summary", family.summary)?;
    dict.set_item("rules", family.rules)?;
    dict.set_item("source", family.source)?;
    let inputs = family.inputs.iter().map(|input| input.name);
    dict.set_item("inputs", PyTuple::new(py, inputs.collect::<Vec<_>>())?)?;
    let required = family.inputs.iter().filter(|input| !input.optional);
    let required = required.map(|input| input.name).collect::<Vec<_>>();
    dict.set_item("required", PyTuple::new(py, required)?)?;
    for (name, words) in [
        ("shapes", family.shapes),
        ("roles", family.roles),
        ("parts", family.parts),
        ("targets", family.targets),
        ("conditions", family.conditions),
    ] {
        let words = words.iter().map(|Word { name, doc }| (*name, *doc));
        dict.set_item(name, PyTuple::new(py, words.collect::<Vec<_>>())?)?;
    }
    Ok(dict)
}

/// Which findings a call wants.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Patterns,
    Misses,
}

/// A family at work on a series.
#[pyclass(frozen, module = "tvf._core")]
pub struct Watch(Mutex<patterns::Watch>);

type Act = fn(&mut patterns::Watch, &[&[f64]], &mut Findings) -> Result<(), Error>;
type Columns<'py> = Vec<Bound<'py, PyArray1<f64>>>;

#[pymethods]
impl Watch {
    #[new]
    fn new(py: Python<'_>, id: &str, params: &Bound<'_, PyDict>) -> PyResult<Self> {
        let entry = patterns::find(id).or_raise(py)?;
        let params = by_name(&entry.family, Profile::default(), params)?;
        Ok(Self(Mutex::new(patterns::Watch::new(entry, params))))
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
    /// patterns that they make certain.
    fn extend<'py>(
        &self,
        py: Python<'py>,
        columns: &Bound<'py, PyTuple>,
    ) -> PyResult<Columns<'py>> {
        self.take(py, columns, Wanted::Patterns, patterns::Watch::extend)
    }

    /// Takes the next bar.
    fn update<'py>(
        &self,
        py: Python<'py>,
        columns: &Bound<'py, PyTuple>,
    ) -> PyResult<Columns<'py>> {
        self.take(py, columns, Wanted::Patterns, patterns::Watch::update)
    }

    /// What a bar would make certain as the next one.
    fn peek<'py>(&self, py: Python<'py>, columns: &Bound<'py, PyTuple>) -> PyResult<Columns<'py>> {
        let act: Act = |watch, given, found| watch.peek(given, found);
        self.take(py, columns, Wanted::Patterns, act)
    }

    /// As `extend`, but the columns of the near misses.
    fn misses<'py>(
        &self,
        py: Python<'py>,
        columns: &Bound<'py, PyTuple>,
    ) -> PyResult<Columns<'py>> {
        self.take(py, columns, Wanted::Misses, patterns::Watch::extend)
    }

    /// Puts another bar in the place of the last one.
    fn replace<'py>(
        &self,
        py: Python<'py>,
        columns: &Bound<'py, PyTuple>,
    ) -> PyResult<Columns<'py>> {
        self.take(py, columns, Wanted::Patterns, patterns::Watch::replace)
    }

    /// The columns of the patterns that the last bar leaves unfinished.
    fn forming<'py>(&self, py: Python<'py>) -> Columns<'py> {
        let watch = self.lock(py);
        arrays(
            py,
            Flat::of_forming(&watch.entry().family, &watch.forming()).into_columns(),
        )
    }
}

impl Watch {
    fn lock(&self, py: Python<'_>) -> MutexGuard<'_, patterns::Watch> {
        let lock = self.0.lock_py_attached(py);
        lock.unwrap_or_else(PoisonError::into_inner)
    }

    fn take<'py>(
        &self,
        py: Python<'py>,
        columns: &Bound<'py, PyTuple>,
        wanted: Wanted,
        act: Act,
    ) -> PyResult<Columns<'py>> {
        let given: Vec<_> = columns.iter().collect();
        let given = given.iter().map(|column| plain(column).unwrap_or_default());
        let given: Vec<&[f64]> = given.collect();
        let bars = given.first().map_or(0, |column| column.len());
        let mut watch = self.lock(py);
        let family = &watch.entry().family;
        let watch = &mut *watch;
        let flat = run(py, bars, || match wanted {
            Wanted::Patterns => {
                let mut found = Findings::default();
                act(watch, &given, &mut found)?;
                Ok(Flat::of(family, &found.patterns))
            }
            Wanted::Misses => {
                let mut found = Findings::with_misses();
                act(watch, &given, &mut found)?;
                Ok(Flat::of_misses(family, found.misses()))
            }
        });
        Ok(arrays(py, flat.or_raise(py)?.into_columns()))
    }
}
