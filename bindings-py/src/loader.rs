//! Series that are loaded in the background.

use std::time::Duration;

use pyo3::prelude::*;
use tvf_core::cache::{Loading, Progress, Series, Wanted};

use crate::errors::{OrRaise, exception};
use crate::source::{Feed, trying};
use crate::store::{Ends, Store, span};

/// How far a loader is: wanted, done, done already, bars, failures, cancelled, ended.
type Far = (
    usize,
    usize,
    usize,
    u64,
    Vec<(String, String, Py<PyAny>)>,
    bool,
    bool,
);

/// Series that are loaded in the background.
#[pyclass(frozen, module = "tvf._core")]
pub struct Loader(tvf_core::cache::Loader);

#[pymethods]
impl Loader {
    #[new]
    #[expect(clippy::needless_pass_by_value, reason = "made from a Python list")]
    fn new(
        py: Python<'_>,
        store: &Store,
        feed: &Feed,
        wanted: Vec<(String, String, Ends)>,
        fetchers: usize,
        room: usize,
        retry: (u32, Duration, Duration),
    ) -> PyResult<Self> {
        let wanted = wanted.iter().map(|(symbol, timeframe, within)| {
            Ok(Wanted {
                series: Series::new(symbol, timeframe)?,
                span: span(*within),
            })
        });
        let wanted = wanted.collect::<Result<_, _>>().or_raise(py)?;
        let how = Loading {
            fetchers,
            room,
            retry: trying(retry),
        };
        let start = || tvf_core::cache::Loader::start(&store.cache, &feed.source, wanted, how);
        Ok(Self(py.detach(start).or_raise(py)?))
    }

    /// How far it is.
    fn progress(&self, py: Python<'_>) -> PyResult<Far> {
        let progress = py.detach(|| self.0.progress());
        far(py, &progress)
    }

    /// Waits until it has ended, or so long; how far it is then.
    fn wait(&self, py: Python<'_>, time: Duration) -> PyResult<Far> {
        let progress = py.detach(|| self.0.wait(time));
        far(py, &progress)
    }

    /// Tells it to stop.
    fn cancel(&self, py: Python<'_>) {
        py.detach(|| self.0.cancel());
    }
}

fn far(py: Python<'_>, progress: &Progress) -> PyResult<Far> {
    let failed = progress.failed.iter().map(|(series, error)| {
        let error = exception(py, error).into_value(py).into_any();
        Ok((series.symbol().to_owned(), series.timeframe_name(), error))
    });
    Ok((
        progress.total,
        progress.done,
        progress.fresh,
        progress.bars,
        failed.collect::<PyResult<_>>()?,
        progress.cancelled,
        progress.ended,
    ))
}
