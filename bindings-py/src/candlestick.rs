//! Candlestick patterns: whole columns, bar by bar, and one bar explained.

use std::sync::{Mutex, MutexGuard, PoisonError};

use numpy::{PyArray1, PyArray2, PyArrayMethods};
use pyo3::prelude::*;
use pyo3::sync::MutexExt;
use pyo3::types::{PyBytes, PyDict, PyTuple, PyType};
use tvf_core::patterns::candlestick::{self as core, ALL, Options, Pattern};

use crate::columns::{plain, run};
use crate::errors::OrRaise;
use crate::params::scalar;

/// Options as Python gives them: a trend of 0 is none.
fn options(penetration: Option<f64>, partial: bool, trend: u64) -> Options {
    let mut options = Options::default();
    options.penetration = penetration;
    options.partial = partial;
    options.trend = usize::try_from(trend).ok().filter(|&bars| bars > 0);
    options
}

type Prices<'a, 'py> = (
    &'a Bound<'py, PyAny>,
    &'a Bound<'py, PyAny>,
    &'a Bound<'py, PyAny>,
    &'a Bound<'py, PyAny>,
);

/// The prices of a bar.
fn bar((open, high, low, close): Prices<'_, '_>) -> PyResult<[f64; 4]> {
    Ok([
        scalar(open, "open")?,
        scalar(high, "high")?,
        scalar(low, "low")?,
        scalar(close, "close")?,
    ])
}

/// The four plain columns of a call.
fn columns<'a>((open, high, low, close): Prices<'a, '_>) -> [&'a [f64]; 4] {
    [open, high, low, close].map(|column| plain(column).unwrap_or_default())
}

/// Lets a detector take columns: an array of its results for each pattern.
///
/// They are rows of one array: memory that is fresh costs as much as computing what goes into it, and of a large
/// piece the system hands out large pages.
fn process<'py>(
    py: Python<'py>,
    detector: &mut core::Candlesticks,
    prices: [&[f64]; 4],
) -> PyResult<Vec<Bound<'py, PyArray1<i32>>>> {
    let n = prices[0].len();
    let all = PyArray2::<i32>::zeros(py, [detector.patterns().len(), n], false);
    {
        // SAFETY: the array was just made, and nothing else refers to it before it is returned.
        let mut rest = unsafe { all.as_slice_mut() }?;
        let mut out = Vec::new();
        for _ in detector.patterns() {
            let (row, others) = rest.split_at_mut(n);
            out.push(row);
            rest = others;
        }
        run(py, n, || detector.process(prices, &mut out)).or_raise(py)?;
    }
    let rows = all.try_iter()?.map(|row| Ok(row?.cast_into()?));
    rows.collect()
}

/// The results of some patterns over plain columns.
#[pyfunction]
#[expect(
    clippy::too_many_arguments,
    clippy::needless_pass_by_value,
    reason = "as Python gives them"
)]
pub fn candlesticks<'py>(
    py: Python<'py>,
    patterns: Vec<String>,
    open: &Bound<'py, PyAny>,
    high: &Bound<'py, PyAny>,
    low: &Bound<'py, PyAny>,
    close: &Bound<'py, PyAny>,
    penetration: Option<f64>,
    partial: bool,
    trend: u64,
) -> PyResult<Vec<Bound<'py, PyArray1<i32>>>> {
    let ids = patterns.iter().map(String::as_str);
    let options = options(penetration, partial, trend);
    let mut detector = core::Candlesticks::new(ids, options).or_raise(py)?;
    process(py, &mut detector, columns((open, high, low, close)))
}

/// The conditions of a pattern at a bar: sign, whole, branch, text, measured, relation, needed, met and
/// sentence of each.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "as Python gives them")]
#[expect(clippy::type_complexity, reason = "a row of a named tuple")]
pub fn explain_candlestick(
    py: Python<'_>,
    pattern: &str,
    bar: usize,
    open: &Bound<'_, PyAny>,
    high: &Bound<'_, PyAny>,
    low: &Bound<'_, PyAny>,
    close: &Bound<'_, PyAny>,
    penetration: Option<f64>,
    partial: bool,
    trend: u64,
) -> PyResult<
    Vec<(
        i32,
        bool,
        String,
        String,
        f64,
        &'static str,
        f64,
        bool,
        String,
    )>,
> {
    let pattern = core::find(pattern).or_raise(py)?;
    let options = options(penetration, partial, trend);
    let prices = columns((open, high, low, close));
    let found = run(py, bar, || core::explain(pattern, &options, prices, bar)).or_raise(py)?;
    let rows = found.into_iter().map(|c| {
        (
            c.sign, c.whole, c.branch, c.text, c.measured, c.relation, c.needed, c.met, c.sentence,
        )
    });
    Ok(rows.collect())
}

/// All patterns as dicts, in the order of the documentation.
#[pyfunction]
pub fn candlestick_patterns(py: Python<'_>) -> PyResult<Vec<Bound<'_, PyDict>>> {
    ALL.iter().map(|pattern| described(py, pattern)).collect()
}

fn described<'py>(py: Python<'py>, pattern: &Pattern) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    dict.set_item("id", pattern.id)?;
    dict.set_item("title", pattern.title)?;
    dict.set_item("summary", pattern.summary)?;
    dict.set_item("candles", pattern.candles)?;
    dict.set_item("lookback", pattern.lookback)?;
    dict.set_item("kind", pattern.kind.as_str())?;
    dict.set_item("values", PyTuple::new(py, pattern.values())?)?;
    dict.set_item("penetration", pattern.penetration)?;
    dict.set_item("source", pattern.source)?;
    Ok(dict)
}

/// See the stub for what users read.
#[pyclass(frozen, module = "tvf")]
pub struct Candlesticks {
    patterns: Vec<&'static str>,
    state: Mutex<core::Candlesticks>,
}

impl Candlesticks {
    fn of(detector: core::Candlesticks) -> Self {
        Self {
            patterns: detector.patterns().map(|pattern| pattern.id).collect(),
            state: Mutex::new(detector),
        }
    }

    /// Waits for the detector without keeping others from running.
    fn lock(&self, py: Python<'_>) -> MutexGuard<'_, core::Candlesticks> {
        self.state
            .lock_py_attached(py)
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Results by the patterns' names.
    fn named<'py, T: IntoPyObject<'py>>(
        &self,
        py: Python<'py>,
        results: impl IntoIterator<Item = T>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        for (id, result) in self.patterns.iter().zip(results) {
            dict.set_item(id, result)?;
        }
        Ok(dict)
    }
}

#[pymethods]
impl Candlesticks {
    #[new]
    #[pyo3(signature = (patterns = None, *, penetration = None, partial = true, trend = None))]
    fn new(
        py: Python<'_>,
        patterns: Option<&Bound<'_, PyAny>>,
        penetration: Option<&Bound<'_, PyAny>>,
        partial: bool,
        trend: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let module = py.import("tvf._candlesticks")?;
        let given = module.call_method1("settings", (patterns, penetration, partial, trend))?;
        let (ids, penetration, partial, trend): (Vec<String>, Option<f64>, bool, u64) =
            given.extract()?;
        let ids = ids.iter().map(String::as_str);
        let options = options(penetration, partial, trend);
        Ok(Self::of(
            core::Candlesticks::new(ids, options).or_raise(py)?,
        ))
    }

    fn update<'py>(
        &self,
        py: Python<'py>,
        open: &Bound<'py, PyAny>,
        high: &Bound<'py, PyAny>,
        low: &Bound<'py, PyAny>,
        close: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let bar = bar((open, high, low, close))?;
        let values = self.lock(py).update(bar);
        self.named(py, values)
    }

    fn peek<'py>(
        &self,
        py: Python<'py>,
        open: &Bound<'py, PyAny>,
        high: &Bound<'py, PyAny>,
        low: &Bound<'py, PyAny>,
        close: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let bar = bar((open, high, low, close))?;
        let values = self.lock(py).peek(bar);
        self.named(py, values)
    }

    fn replace<'py>(
        &self,
        py: Python<'py>,
        open: &Bound<'py, PyAny>,
        high: &Bound<'py, PyAny>,
        low: &Bound<'py, PyAny>,
        close: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let bar = bar((open, high, low, close))?;
        let values = self.lock(py).replace(bar);
        self.named(py, values.or_raise(py)?)
    }

    fn extend<'py>(
        &self,
        py: Python<'py>,
        open: &Bound<'py, PyAny>,
        high: &Bound<'py, PyAny>,
        low: &Bound<'py, PyAny>,
        close: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let module = py.import("tvf._candlesticks")?;
        let (plain, read): (Vec<Bound<'py, PyAny>>, Bound<'py, PyAny>) = module
            .call_method1("plain", (open, high, low, close))?
            .extract()?;
        let [open, high, low, close] = &plain[..] else {
            return Err(pyo3::exceptions::PyTypeError::new_err("four plain columns"));
        };
        let prices = columns((open, high, low, close));
        let mut detector = self.lock(py);
        let arrays = process(py, &mut detector, prices)?;
        drop(detector);
        module.call_method1("present", (read, self.named(py, arrays)?))
    }

    fn snapshot<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = self.lock(py).snapshot().or_raise(py)?;
        Ok(PyBytes::new(py, &bytes))
    }

    #[classmethod]
    fn restore(class: &Bound<'_, PyType>, snapshot: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = class.py();
        let convert = py.import("tvf._convert")?;
        let bytes = convert.call_method1("snapshot", (snapshot,))?;
        let bytes = bytes.cast::<PyBytes>()?.as_bytes();
        Ok(Self::of(core::Candlesticks::restore(bytes).or_raise(py)?))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let py = slf.py();
        let restore = slf.get_type().getattr("restore")?;
        let state = PyTuple::new(py, [slf.get().snapshot(py)?])?;
        PyTuple::new(py, [restore, state.into_any()])
    }

    #[getter]
    fn patterns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.patterns)
    }

    #[getter]
    fn bars(&self, py: Python<'_>) -> u64 {
        self.lock(py).bars()
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let (patterns, bars) = (self.patterns.len(), self.bars(py));
        format!("<tvf.Candlesticks of {patterns} patterns, bars={bars}>")
    }
}
