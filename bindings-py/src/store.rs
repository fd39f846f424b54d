//! The store of bars: what `tvf.Cache` stands on.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use numpy::{PyArray1, PyReadonlyArray1};
use pyo3::prelude::*;
use tvf_core::cache::{
    About, Bars, Cache, Clock, Lifetimes, Note, Options, Put, Series, Span, View,
};

use crate::errors::OrRaise;

/// Times and five columns of values, as Python gives them.
pub type Given<'py> = (PyReadonlyArray1<'py, i64>, [PyReadonlyArray1<'py, f64>; 5]);

/// Times and five columns of values, as Python gets them.
pub type Taken<'py> = (Bound<'py, PyArray1<i64>>, [Bound<'py, PyArray1<f64>>; 5]);

/// A stretch of time.
pub type Ends = (i64, i64);

/// Bars, where from, the stretch that was asked for, and whether the last one is not finished.
type Putting<'py> = (
    String,
    String,
    Given<'py>,
    String,
    Option<Ends>,
    Option<bool>,
);

/// What is known of a series: its name, bars, first and last time, when and where from, the forming
/// bar, and the stretches that were asked for.
type Known = (
    (String, String),
    u64,
    Option<Ends>,
    i64,
    String,
    Option<i64>,
    Vec<Ends>,
);

/// A store of bars in a file.
#[pyclass(frozen, module = "tvf._core")]
pub struct Store {
    pub cache: Arc<Cache>,
}

/// Columns of Python's as the core reads them.
pub fn view<'a>(given: &'a Given<'_>) -> PyResult<View<'a>> {
    let (time, values) = given;
    let [open, high, low, close, volume] = values;
    Ok(View {
        time: time.as_slice()?,
        values: [
            open.as_slice()?,
            high.as_slice()?,
            low.as_slice()?,
            close.as_slice()?,
            volume.as_slice()?,
        ],
    })
}

/// Bars of the core as arrays, without a copy.
pub fn taken(py: Python<'_>, bars: Bars) -> Taken<'_> {
    let Bars {
        time,
        open,
        high,
        low,
        close,
        volume,
    } = bars;
    let values = [open, high, low, close, volume];
    (
        PyArray1::from_vec(py, time),
        values.map(|column| PyArray1::from_vec(py, column)),
    )
}

pub const fn span((start, end): Ends) -> Span {
    Span { start, end }
}

fn ends(spans: &[Span]) -> Vec<Ends> {
    spans.iter().map(|s| (s.start, s.end)).collect()
}

fn known(series: &Series, about: About) -> Known {
    (
        (series.symbol().to_owned(), series.timeframe_name()),
        about.bars,
        about.ends,
        about.fetched_at,
        about.source,
        about.forming,
        ends(about.covered.as_slice()),
    )
}

/// Python's clock. One that fails is reported, and the system's time taken.
fn clock(told: Py<PyAny>) -> Clock {
    Arc::new(move || {
        let now = Python::try_attach(|py| {
            let now = told.call0(py).and_then(|now| now.extract(py));
            now.map_err(|error| error.write_unraisable(py, Some(told.bind(py))))
                .ok()
        });
        now.flatten()
            .unwrap_or_else(|| (Options::default().clock)())
    })
}

#[pymethods]
impl Store {
    #[new]
    fn new(
        py: Python<'_>,
        path: PathBuf,
        read_only: bool,
        wait: Duration,
        memory: usize,
        lifetimes: [Option<i64>; 4],
        now: Option<Py<PyAny>>,
    ) -> PyResult<Self> {
        let [intraday, daily, weekly, monthly] = lifetimes;
        let usual = Options::default();
        let options = Options {
            read_only,
            wait,
            memory,
            lifetimes: Lifetimes {
                intraday,
                daily,
                weekly,
                monthly,
            },
            clock: now.map_or(usual.clock, clock),
        };
        let opened = py.detach(|| Cache::open(path, options));
        Ok(Self {
            cache: Arc::new(opened.or_raise(py)?),
        })
    }

    /// Puts bars into series with one commit; how many were new, how many took a place, and how many
    /// chunks were written.
    #[expect(clippy::needless_pass_by_value, reason = "made from a Python list")]
    fn put(&self, py: Python<'_>, puts: Vec<Putting<'_>>) -> PyResult<(u64, u64, u64)> {
        let series = puts.iter().map(|put| Series::new(&put.0, &put.1));
        let series: Vec<Series> = series.collect::<Result<_, _>>().or_raise(py)?;
        let puts = puts.iter().zip(&series).map(|(put, series)| {
            let (_, _, bars, source, asked, forming) = put;
            let note = Note {
                source,
                asked: asked.map(span),
                forming: *forming,
            };
            let bars = view(bars)?;
            Ok(Put { series, bars, note })
        });
        let puts: Vec<Put<'_>> = puts.collect::<PyResult<_>>()?;
        let written = py.detach(|| self.cache.put_many(&puts)).or_raise(py)?;
        Ok((written.added, written.replaced, written.chunks))
    }

    /// The bars of a series within bounds.
    fn get<'py>(
        &self,
        py: Python<'py>,
        symbol: &str,
        timeframe: &str,
        within: Ends,
    ) -> PyResult<Taken<'py>> {
        let series = Series::new(symbol, timeframe).or_raise(py)?;
        let bars = py.detach(|| self.cache.get(&series, span(within)));
        Ok(taken(py, bars.or_raise(py)?))
    }

    /// The first bars of a series within bounds: at least so many, if there are.
    fn batch<'py>(
        &self,
        py: Python<'py>,
        symbol: &str,
        timeframe: &str,
        within: Ends,
        least: usize,
    ) -> PyResult<Option<Taken<'py>>> {
        let series = Series::new(symbol, timeframe).or_raise(py)?;
        let first = || self.cache.batches(&series, span(within), least).next();
        let bars = py.detach(first).transpose().or_raise(py)?;
        Ok(bars.map(|bars| taken(py, bars)))
    }

    /// What has to be fetched to answer for bounds: what is missing, and what is old.
    fn need(
        &self,
        py: Python<'_>,
        symbol: &str,
        timeframe: &str,
        within: Ends,
    ) -> PyResult<(Vec<Ends>, Option<Ends>)> {
        let series = Series::new(symbol, timeframe).or_raise(py)?;
        let need = py.detach(|| self.cache.need(&series, span(within)));
        let need = need.or_raise(py)?;
        Ok((ends(&need.missing), need.stale.map(|s| (s.start, s.end))))
    }

    /// Stretches without bars, and whether nobody ever asked for them.
    fn gaps(
        &self,
        py: Python<'_>,
        symbol: &str,
        timeframe: &str,
        within: Ends,
    ) -> PyResult<Vec<(Ends, bool)>> {
        let series = Series::new(symbol, timeframe).or_raise(py)?;
        let gaps = py.detach(|| self.cache.gaps(&series, span(within)));
        let gaps = gaps.or_raise(py)?.into_iter();
        Ok(gaps
            .map(|gap| ((gap.span.start, gap.span.end), gap.unknown))
            .collect())
    }

    /// What is known of a series, if it is there.
    fn about(&self, py: Python<'_>, symbol: &str, timeframe: &str) -> PyResult<Option<Known>> {
        let series = Series::new(symbol, timeframe).or_raise(py)?;
        let about = py.detach(|| self.cache.about(&series)).or_raise(py)?;
        Ok(about.map(|about| known(&series, about)))
    }

    /// What is known of every series.
    fn all(&self, py: Python<'_>) -> PyResult<Vec<Known>> {
        let all = py.detach(|| self.cache.all()).or_raise(py)?.into_iter();
        Ok(all.map(|(series, about)| known(&series, about)).collect())
    }

    /// Series, bars, chunks, bytes of chunks, bytes of the file.
    fn stats(&self, py: Python<'_>) -> PyResult<(u64, u64, u64, u64, u64)> {
        let stats = py.detach(|| self.cache.stats()).or_raise(py)?;
        let (series, bars, chunks) = (stats.series, stats.bars, stats.chunks);
        Ok((series, bars, chunks, stats.payload, stats.file))
    }

    /// What is not as it was written: its name, and what is wrong with it.
    fn verify(&self, py: Python<'_>) -> PyResult<Vec<(String, String)>> {
        let damages = py.detach(|| self.cache.verify()).or_raise(py)?;
        Ok(damages.into_iter().map(|d| (d.name, d.why)).collect())
    }

    /// Takes out what cannot be read; how many chunks that were.
    fn heal(&self, py: Python<'_>) -> PyResult<u64> {
        py.detach(|| self.cache.heal()).or_raise(py)
    }

    /// Makes the file smaller; its bytes before and after.
    fn compact(&self, py: Python<'_>) -> PyResult<(u64, u64)> {
        py.detach(|| self.cache.compact()).or_raise(py)
    }

    /// Takes a series out; whether it was there.
    fn remove(&self, py: Python<'_>, symbol: &str, timeframe: &str) -> PyResult<bool> {
        let series = Series::new(symbol, timeframe).or_raise(py)?;
        py.detach(|| self.cache.remove(&series)).or_raise(py)
    }

    /// The time by its clock.
    fn now(&self, py: Python<'_>) -> i64 {
        py.detach(|| self.cache.now())
    }

    /// Closes the file.
    fn close(&self, py: Python<'_>) {
        py.detach(|| self.cache.close());
    }
}
