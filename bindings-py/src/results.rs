//! Results as Python sees them: arrays and floats, named tuples of them, tables.

use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::{Mutex, PoisonError};

use numpy::PyArray1;
use pyo3::exceptions::PyTypeError;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyList, PyTuple, PyType};
use tvf_core::{ColumnKind, Entry, Error, Sink, Table};

use crate::columns::{Filling, fill_one, run};
use crate::errors::OrRaise;

/// The Python classes of an indicator's results.
struct Classes {
    id: &'static str,
    /// The named tuple of several outputs, or the table.
    result: Option<Py<PyType>>,
    /// The named tuple of a table's row.
    row: Option<Py<PyType>>,
}

/// What `tvf.indicators` has registered. Locked for moments only, and never while Python runs.
static CLASSES: Mutex<Vec<Classes>> = Mutex::new(Vec::new());

/// Keeps the classes of an indicator's results.
pub fn register(entry: &'static Entry, result: Option<Py<PyType>>, row: Option<Py<PyType>>) {
    let mut known = CLASSES.lock().unwrap_or_else(PoisonError::into_inner);
    known.retain(|classes| classes.id != entry.spec.id);
    known.push(Classes {
        id: entry.spec.id,
        result,
        row,
    });
}

/// An indicator and how its results look.
pub struct Shape {
    /// The indicator.
    pub entry: &'static Entry,
    result: Option<Py<PyType>>,
    row: Option<Py<PyType>>,
}

impl Shape {
    /// The shape of an indicator's results, with plain tuples if no classes were registered.
    pub fn of(py: Python<'_>, entry: &'static Entry) -> Self {
        let known = CLASSES.lock().unwrap_or_else(PoisonError::into_inner);
        let classes = known.iter().find(|classes| classes.id == entry.spec.id);
        let copy = |class: &Option<Py<PyType>>| class.as_ref().map(|c| c.clone_ref(py));
        Self {
            entry,
            result: classes.and_then(|c| copy(&c.result)),
            row: classes.and_then(|c| copy(&c.row)),
        }
    }

    /// Lets the core fill a result of `n` bars.
    #[inline]
    pub fn fill<'py>(
        &self,
        py: Python<'py>,
        n: usize,
        work: impl FnOnce(Sink<'_>) -> Result<(), Error> + Send,
    ) -> PyResult<Bound<'py, PyAny>> {
        if let [_] = self.entry.spec.series() {
            return fill_one(py, n, work);
        }
        let mut room = Room::new(py, self.entry, n)?;
        let sink = room.sink();
        run(py, n, || work(sink)).or_raise(py)?;
        room.finish(py, self)
    }

    /// One value per output.
    pub fn values<'py>(&self, py: Python<'py>, values: &[f64]) -> PyResult<Bound<'py, PyAny>> {
        match values {
            [value] => Ok(PyFloat::new(py, *value).into_any()),
            _ => instance(py, self.result.as_ref(), PyTuple::new(py, values)?),
        }
    }

    /// A list of rows.
    pub fn rows<'py>(&self, py: Python<'py>, table: &Table) -> PyResult<Bound<'py, PyAny>> {
        let list = PyList::empty(py);
        for i in 0..table.len() {
            let cells = self.entry.spec.table().iter().zip(table.columns());
            let cells = cells.map(|(column, values)| cell(py, column.kind, values[i]));
            let cells = PyTuple::new(py, cells.collect::<PyResult<Vec<_>>>()?)?;
            list.append(instance(py, self.row.as_ref(), cells)?)?;
        }
        Ok(list.into_any())
    }
}

/// Where the core puts the results of one indicator.
pub enum Room<'py> {
    /// Arrays as long as the input.
    Series(Filling<'py>),
    /// Rows.
    Table(Table),
}

impl<'py> Room<'py> {
    /// Room for `n` bars.
    pub fn new(py: Python<'py>, entry: &Entry, n: usize) -> PyResult<Self> {
        if entry.spec.is_table() {
            return Ok(Self::Table(Table::of(&entry.spec)));
        }
        Ok(Self::Series(Filling::new(
            py,
            entry.spec.series().len(),
            n,
        )?))
    }

    /// Where the core writes.
    pub fn sink(&mut self) -> Sink<'_> {
        match self {
            Self::Series(filling) => filling.sink(),
            Self::Table(table) => Sink::Table(table),
        }
    }

    /// The result, filled.
    pub fn finish(self, py: Python<'py>, shape: &Shape) -> PyResult<Bound<'py, PyAny>> {
        let table = match self {
            Self::Series(filling) => {
                let mut arrays = filling.finish();
                if let [_] = shape.entry.spec.series() {
                    return arrays.next().map(Bound::into_any).ok_or_else(no_output);
                }
                let arrays = PyTuple::new(py, arrays.collect::<Vec<_>>())?;
                return instance(py, shape.result.as_ref(), arrays);
            }
            Self::Table(table) => table,
        };
        let summary = table.summary().iter();
        let summary: Vec<_> = summary.map(|x| PyFloat::new(py, *x).into_any()).collect();
        let kinds = shape.entry.spec.table().iter().map(|column| column.kind);
        let arrays = kinds
            .zip(table.into_columns())
            .map(|(kind, values)| column(py, kind, values));
        let arrays = PyTuple::new(py, arrays.chain(summary).collect::<Vec<_>>())?;
        match &shape.result {
            Some(class) => class.bind(py).call1(arrays),
            None => Ok(arrays.into_any()),
        }
    }
}

/// What no definition allows: the laws see to it.
pub fn no_output() -> PyErr {
    pyo3::exceptions::PyRuntimeError::new_err("an indicator gives nothing")
}

/// A tuple as an instance of a named tuple's class: by the slot behind `tuple.__new__`, as a call of
/// that takes its arguments apart first.
fn instance<'py>(
    py: Python<'py>,
    class: Option<&Py<PyType>>,
    items: Bound<'py, PyTuple>,
) -> PyResult<Bound<'py, PyAny>> {
    let Some(class) = class else {
        return Ok(items.into_any());
    };
    let class = class.bind(py).as_type_ptr();
    // SAFETY: the slot of the class of tuples is its constructor, and both are there as long as the
    // interpreter. It wants a class that derives from tuple, which is asked first, and a tuple with
    // the one argument. What it returns is a new reference, or null with an error set.
    unsafe {
        if ffi::PyType_FastSubclass(class, ffi::Py_TPFLAGS_TUPLE_SUBCLASS) == 0 {
            return Err(PyTypeError::new_err("a result's class is no named tuple"));
        }
        let slot = ffi::PyType_GetSlot(&raw mut ffi::PyTuple_Type, ffi::Py_tp_new);
        let new: ffi::newfunc = core::mem::transmute::<*mut c_void, ffi::newfunc>(slot);
        let args = PyTuple::new(py, [items])?;
        Bound::from_owned_ptr_or_err(py, new(class, args.as_ptr(), null_mut()))
    }
}

/// A table's column. A missing time is the least integer, which is what NumPy calls not-a-time.
#[expect(
    clippy::cast_possible_truncation,
    reason = "whole numbers within their type"
)]
fn column(py: Python<'_>, kind: ColumnKind, values: Vec<f64>) -> Bound<'_, PyAny> {
    let time = |x: f64| if x.is_nan() { i64::MIN } else { x as i64 };
    match kind {
        ColumnKind::Value => PyArray1::from_vec(py, values).into_any(),
        ColumnKind::Sign => PyArray1::from_iter(py, values.iter().map(|x| *x as i8)).into_any(),
        ColumnKind::Index => PyArray1::from_iter(py, values.iter().map(|x| *x as i64)).into_any(),
        ColumnKind::Time => PyArray1::from_iter(py, values.iter().map(|x| time(*x))).into_any(),
    }
}

/// A row's cell. A missing time is `None`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "whole numbers within their type"
)]
fn cell(py: Python<'_>, kind: ColumnKind, value: f64) -> PyResult<Bound<'_, PyAny>> {
    match kind {
        ColumnKind::Value => Ok(PyFloat::new(py, value).into_any()),
        ColumnKind::Time if value.is_nan() => Ok(py.None().into_bound(py)),
        _ => Ok((value as i64).into_pyobject(py)?.into_any()),
    }
}
