//! Sources of bars: functions of Python, and those that are compiled.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use tvf_core::cache::{Bars, Failure, Fetching, Retry, Series, Source, Span};
use tvf_core::{Code, Error};
use tvf_feeds::http::{self, Http};
use tvf_feeds::sample::Sample;

use crate::errors::OrRaise;
use crate::interrupt::interruptible;
use crate::store::{Ends, Given, Store, Taken, span, taken, view};

/// A function of Python that gives bars: called with symbol, timeframe, start and end, it returns
/// columns, or what went wrong and after how many seconds to try again.
struct Function {
    name: String,
    call: Py<PyAny>,
    /// What Python raised last.
    raised: Mutex<Option<PyErr>>,
}

/// What the function returns instead of columns.
type Failed = (String, Option<Duration>, Py<PyAny>);

#[derive(FromPyObject)]
enum Answer<'py> {
    Bars(Given<'py>),
    Failed(Failed),
}

impl Function {
    fn answer(&self, py: Python<'_>, series: &Series, span: Span) -> Result<Bars, Failure> {
        let asked = (
            series.symbol(),
            series.timeframe_name(),
            span.start,
            span.end,
        );
        let raised = |error: PyErr| {
            let why = format!("{} raised {error}", self.name);
            let told = Error::new(Code::FetchFailed, "source", self.name.as_str(), "", why);
            *self.raised.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
            told
        };
        let given = self.call.call1(py, asked).map_err(raised)?;
        match given.extract(py).map_err(|error: PyErr| raised(error))? {
            Answer::Bars(columns) => {
                let mut bars = Bars::default();
                bars.extend(view(&columns).map_err(raised)?)?;
                Ok(bars)
            }
            Answer::Failed((why, again, error)) => {
                let error = raised(PyErr::from_value(error.into_bound(py)));
                let why = format!("{} gave no bars of {series}: {why}", self.name);
                let error = Error::new(error.code, error.name, error.value, error.bound, why);
                Err(Failure { error, again })
            }
        }
    }
}

impl Source for Function {
    fn name(&self) -> &str {
        &self.name
    }

    fn fetch(&self, series: &Series, span: Span) -> Result<Bars, Failure> {
        let answer = Python::try_attach(|py| self.answer(py, series, span));
        answer.unwrap_or_else(|| {
            let why = "Python is ending";
            let error = Error::new(Code::Cancelled, "source", self.name.as_str(), "", why);
            Err(Failure::lasting(error))
        })
    }
}

/// Something that has bars to give.
#[pyclass(frozen, module = "tvf._core")]
pub struct Feed {
    pub source: Arc<dyn Source>,
    function: Option<Arc<Function>>,
}

#[pymethods]
impl Feed {
    /// A function of Python.
    #[staticmethod]
    fn of(name: String, call: Py<PyAny>) -> Self {
        let function = Arc::new(Function {
            name,
            call,
            raised: Mutex::default(),
        });
        Self {
            source: Arc::clone(&function) as Arc<dyn Source>,
            function: Some(function),
        }
    }

    /// A server of bars.
    #[staticmethod]
    #[expect(clippy::too_many_arguments, reason = "all of them are Python's")]
    fn http(
        py: Python<'_>,
        base: String,
        path: String,
        key: Option<String>,
        timeout: Duration,
        per_second: Option<f64>,
        burst: u32,
        most: u64,
    ) -> PyResult<Self> {
        let options = http::Options {
            base,
            path,
            key,
            timeout,
            per_second,
            burst,
            most,
        };
        Ok(Self::compiled(Http::new(options).or_raise(py)?))
    }

    /// Bars that are made up.
    #[staticmethod]
    fn sample() -> Self {
        Self::compiled(Sample)
    }

    /// What it is called.
    #[getter]
    fn name(&self) -> &str {
        self.source.name()
    }

    /// Asks it, without a store.
    fn fetch<'py>(
        &self,
        py: Python<'py>,
        symbol: &str,
        timeframe: &str,
        within: Ends,
    ) -> PyResult<Taken<'py>> {
        let series = Series::new(symbol, timeframe).or_raise(py)?;
        let source = Arc::clone(&self.source);
        let ask = move || source.fetch(&series, span(within));
        let bars = wait(py, self.function.is_some(), ask)?;
        let bars = bars.map_err(|failure| failure.error);
        let bars = bars.or_raise(py);
        Ok(taken(py, bars.map_err(|error| self.caused(py, error))?))
    }

    /// The bars of a series within bounds; what is not there is asked of this.
    #[expect(clippy::too_many_arguments, reason = "all of them are Python's")]
    fn read_through<'py>(
        &self,
        py: Python<'py>,
        store: &Store,
        symbol: &str,
        timeframe: &str,
        within: Ends,
        retry: (u32, Duration, Duration),
        stale_while_revalidate: bool,
    ) -> PyResult<Taken<'py>> {
        let series = Series::new(symbol, timeframe).or_raise(py)?;
        let how = Fetching {
            retry: trying(retry),
            stale_while_revalidate,
        };
        // If nothing is asked for, another thread would cost more than reading.
        let is_there = || {
            let need = store.cache.need(&series, span(within));
            need.is_ok_and(|need| need.is_nothing())
        };
        let at_once = self.function.is_some() || py.detach(is_there);
        let (cache, source) = (Arc::clone(&store.cache), Arc::clone(&self.source));
        let read = move || cache.get_or_fetch(&series, span(within), &source, how);
        let bars = wait(py, at_once, read)?.or_raise(py);
        Ok(taken(py, bars.map_err(|error| self.caused(py, error))?))
    }
}

impl Feed {
    fn compiled(source: impl Source + 'static) -> Self {
        Self {
            source: Arc::new(source),
            function: None,
        }
    }

    /// The error with what Python raised as its cause; what is no error, as Ctrl-C, in its place.
    fn caused(&self, py: Python<'_>, error: PyErr) -> PyErr {
        if let Some(function) = &self.function {
            let raised = function
                .raised
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            match raised {
                Some(other) if !other.is_instance_of::<PyException>(py) => return other,
                raised => error.set_cause(py, raised),
            }
        }
        error
    }
}

/// Waits for work with a source: at once where it is short or a function of Python, which hears Ctrl-C itself on the
/// thread that asks.
fn wait<T: Send + 'static>(
    py: Python<'_>,
    at_once: bool,
    work: impl FnOnce() -> T + Send + 'static,
) -> PyResult<T> {
    if at_once {
        Ok(py.detach(work))
    } else {
        interruptible(py, work)
    }
}

/// How often a source is tried, of tries, the first wait and the longest.
pub const fn trying((tries, first, most): (u32, Duration, Duration)) -> Retry {
    Retry { tries, first, most }
}
