//! One indicator over whole columns.

use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple, PyType};
use tvf_core::{Entry, MAX_INPUTS, MAX_PARAMS, Params, Profile, batch, find};

use crate::columns::{Given, plain, plain_inputs};
use crate::errors::{OrRaise, exception};
use crate::params::{arguments, profile};
use crate::results::{self, Shape};

/// Most arguments of a call: inputs, parameters, `compat` and `nulls`.
const MOST: usize = MAX_INPUTS + MAX_PARAMS + 2;

/// An indicator, ready to be called.
#[pyclass(frozen, module = "tvf._core")]
pub struct Indicator {
    shape: Shape,
}

/// Names the classes of an indicator's results, and gives the indicator.
#[pyfunction]
#[pyo3(signature = (id, result = None, row = None))]
pub fn register(
    py: Python<'_>,
    id: &str,
    result: Option<Py<PyType>>,
    row: Option<Py<PyType>>,
) -> PyResult<Indicator> {
    let entry = find(id).or_raise(py)?;
    results::register(entry, result, row);
    Ok(Indicator {
        shape: Shape::of(py, entry),
    })
}

#[pymethods]
impl Indicator {
    /// The names of the inputs.
    #[getter]
    fn inputs(&self) -> Vec<&'static str> {
        self.shape
            .entry
            .spec
            .inputs
            .iter()
            .map(|input| input.name)
            .collect()
    }

    /// Computes over whole columns. The arguments are the inputs and the parameters in the order of
    /// the definition, then `compat` and `nulls`. They are spelt out because a call with `*args`
    /// would build a tuple first, which is a tenth of the time that a short call takes.
    #[expect(
        clippy::too_many_arguments,
        reason = "as many as any definition may have"
    )]
    #[pyo3(signature = (a, b, c, d = None, e = None, f = None, g = None, h = None, i = None,
        j = None, k = None, l = None, m = None, n = None, o = None, p = None, /))]
    fn batch<'py>(
        slf: &Bound<'py, Self>,
        a: Given<'_, 'py>,
        b: Given<'_, 'py>,
        c: Given<'_, 'py>,
        d: Given<'_, 'py>,
        e: Given<'_, 'py>,
        f: Given<'_, 'py>,
        g: Given<'_, 'py>,
        h: Given<'_, 'py>,
        i: Given<'_, 'py>,
        j: Given<'_, 'py>,
        k: Given<'_, 'py>,
        l: Given<'_, 'py>,
        m: Given<'_, 'py>,
        n: Given<'_, 'py>,
        o: Given<'_, 'py>,
        p: Given<'_, 'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let args: [Given<'_, 'py>; MOST] = [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p];
        let shape = &slf.get().shape;
        let entry = shape.entry;
        let (inputs, rest) = args.split_at(entry.spec.inputs.len());
        let (params, rest) = rest.split_at(entry.spec.params.len());
        let mut columns = [&[][..]; MAX_INPUTS];
        let Some(given) = plain_inputs(inputs, &mut columns) else {
            return convert(slf, inputs, params, rest);
        };
        let columns = &columns[..given];
        let bars = columns.first().map_or(0, |column| column.len());
        with_params(py, entry, params, rest[0], |params| {
            shape.fill(py, bars, |mut sink| {
                batch(entry, params, columns, &mut sink)
            })
        })
    }

    /// Computes over plain columns that come in pieces: a list of tuples of arrays.
    fn pieces<'py>(
        &self,
        py: Python<'py>,
        pieces: &Bound<'py, PyList>,
        params: &Bound<'py, PyTuple>,
        compat: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let given: Vec<_> = params.iter().collect();
        let given: Vec<Given<'_, 'py>> = given.iter().map(not_none).collect();
        let entry = self.shape.entry;
        with_params(py, entry, &given, Some(compat), |params| {
            let mut stream = tvf_core::Stream::new(entry, *params);
            extend(py, &self.shape, &mut stream, pieces)
        })
    }
}

/// Reads the parameters of a call and goes on with them: by reference, because to move what was just
/// written stalls, which a short call feels.
#[inline]
fn with_params<T>(
    py: Python<'_>,
    entry: &'static Entry,
    given: &[Given<'_, '_>],
    compat: Given<'_, '_>,
    act: impl FnOnce(&Params) -> PyResult<T>,
) -> PyResult<T> {
    let profile = match compat {
        Some(compat) => profile(compat)?,
        None => Profile::default(),
    };
    let mut args = [None; MAX_PARAMS];
    arguments(py, &entry.spec, given, &mut args)?;
    match &Params::positional(&entry.spec, profile, &args) {
        Ok(params) => act(params),
        Err(error) => Err(exception(py, error)),
    }
}

/// An argument that is Python's `None` as Rust's.
fn not_none<'a, 'py>(value: &'a Bound<'py, PyAny>) -> Given<'a, 'py> {
    (!value.is_none()).then_some(value)
}

/// Leaves a call whose inputs are not all plain arrays to `tvf._convert.batch`.
#[cold]
fn convert<'py>(
    slf: &Bound<'py, Indicator>,
    inputs: &[Given<'_, 'py>],
    params: &[Given<'_, 'py>],
    rest: &[Given<'_, 'py>],
) -> PyResult<Bound<'py, PyAny>> {
    let py = slf.py();
    let convert = py.import("tvf._convert")?;
    let inputs = PyTuple::new(py, inputs)?;
    let params = PyTuple::new(py, params)?;
    convert.call_method1("batch", (slf, inputs, params, rest[0], rest[1]))
}

/// Feeds pieces to a stream, whose results go into one array per output.
pub fn extend<'py>(
    py: Python<'py>,
    shape: &Shape,
    stream: &mut tvf_core::Stream,
    pieces: &Bound<'py, PyList>,
) -> PyResult<Bound<'py, PyAny>> {
    let pieces: Vec<Vec<Bound<'py, PyAny>>> = pieces.extract()?;
    let columns = pieces
        .iter()
        .map(|piece| piece.iter().map_while(plain).collect());
    let columns: Vec<Vec<&[f64]>> = columns.collect();
    let columns: Vec<&[&[f64]]> = columns.iter().map(Vec::as_slice).collect();
    let bars = |piece: &&[&[f64]]| piece.first().map_or(0, |column| column.len());
    let n = columns.iter().map(bars).sum();
    shape.fill(py, n, |sink| stream.extend_pieces(&columns, sink))
}
