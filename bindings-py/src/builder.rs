//! Bars from ticks, and longer bars from shorter ones. Python, which has the zone data, is asked for the changes of a
//! zone's offset when times leave the years that it has told.

use std::sync::{Mutex, MutexGuard, PoisonError};

use numpy::PyArray1;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::MutexExt;
use pyo3::types::{PyBytes, PyDict, PyList, PyTuple, PyType};
use tvf_core::Error;
use tvf_core::builder::{
    Bar, BarBuilder as Core, BarColumns, Event, FILLS, Late, Offsets, Outside, Setup, Tick, Ticks,
};

use crate::columns::{plain, run};
use crate::errors::OrRaise;
use crate::params::scalar;

/// Makes bars of ticks, or of shorter bars: by the sessions of a zone, one by one or in columns, with
/// the same bits however a series is cut into calls. The forming bar is at hand all the time.
///
/// Bars of seconds, minutes and hours count from the session's opening in true time, and the last one
/// ends with the session; days are sessions, weeks begin with Monday's, months with the first one's. A
/// session that opens at noon or later belongs to the following day.
///
/// A tick in a bar that has closed is late for good. Ticks of one time and price are trades, unless an
/// `id` that does not rise says otherwise. A builder takes ticks or bars; of bars, one with the opening
/// time of the latest again takes its place.
///
/// Several threads may use one builder: their calls take turns, each as a whole. It can be copied and
/// pickled, and its snapshot can be restored in the browser.
///
/// Args:
///     timeframe: A count with a unit: "30s", "5m", "4h", "1d", "1w", "1M". Seconds to hours reach up
///         to a day, days to months up to a year.
///     zone: IANA name of the zone that openings are in; its clock changes are followed.
///     open: Opening of the session, "HH:MM" or minutes after local midnight; the market is open until
///         the next one.
///     session: Opening and closing, such as "09:30-16:00", in the place of `open`; over midnight if
///         the second is not the later one.
///     outside: What becomes of ticks and bars between a closing and the next opening: "drop" counts
///         them in `dropped`, "keep" counts them with the session before.
///     late: What becomes of a tick before the latest one that still lies in the forming bar: "drop"
///         counts it in `dropped`; "merge" takes its size, and its price into high and low, and into
///         the open if it is the earliest of all; "error" raises for whatever comes late.
///     fill: "previous" fills the buckets without a tick inside a session with flat bars at the close
///         before them, never over hours in which the market is closed.
///     limit: The most bars that a gap is filled with; the rest of it stays open and is counted in
///         `gaps`.
#[pyclass(frozen, module = "tvf")]
pub struct BarBuilder {
    /// Locked for moments only, and never while Python runs.
    core: Mutex<Core>,
}

impl BarBuilder {
    /// Waits for the builder without keeping others from running.
    fn lock(&self, py: Python<'_>) -> MutexGuard<'_, Core> {
        self.core
            .lock_py_attached(py)
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The builder, which knows the zone at two moments and between them.
    fn knowing(&self, py: Python<'_>, from: f64, to: f64) -> PyResult<MutexGuard<'_, Core>> {
        let core = self.lock(py);
        if core.covers(from) && core.covers(to) || !(from.is_finite() && to.is_finite()) {
            return Ok(core);
        }
        // With time to spare, so that ticks seldom ask again.
        let (from, to) = core.wants(from, to + YEAR);
        let zone = core.zone().to_string();
        drop(core);
        let sessions = py.import("tvf._sessions")?;
        let changes = sessions.call_method1("_changes", (zone, from, to))?;
        let offsets = Offsets::new(changes.extract()?, from, to).or_raise(py)?;
        let mut core = self.lock(py);
        core.tell(offsets);
        Ok(core)
    }

    /// Takes columns, and gives the bars that they closed.
    fn columns<'py, const N: usize>(
        &self,
        names: [&'static str; N],
        columns: [Option<&Bound<'py, PyAny>>; N],
        py: Python<'py>,
        take: impl FnOnce(&mut Core, [Option<&[f64]>; N]) -> Result<(), Error> + Send,
    ) -> PyResult<Bound<'py, PyAny>> {
        let mut made = [const { None }; N];
        for ((made, name), column) in made.iter_mut().zip(names).zip(columns) {
            *made = match column {
                Some(column) if plain(column).is_none() => {
                    let convert = py.import("tvf._convert")?;
                    Some(convert.call_method1("column", (column, name))?)
                }
                other => other.cloned(),
            };
        }
        let columns: [Option<&[f64]>; N] =
            core::array::from_fn(|i| made[i].as_ref().and_then(plain));
        let time = columns[0].unwrap_or_default();
        let (from, to) = extent(time);
        let mut guard = self.knowing(py, from, to)?;
        let core = &mut *guard;
        run(py, time.len(), || take(core, columns)).or_raise(py)?;
        let closed = core.closed().to_vec();
        drop(guard);
        table(py, &closed)
    }
}

/// In milliseconds.
const YEAR: f64 = 366.0 * 86_400_000.0;

/// What `tvf._bars._settings` answers with, in the order of the arguments.
type Settings = (
    String,
    String,
    Option<f64>,
    Option<String>,
    String,
    String,
    String,
    f64,
);

/// The first and the last finite moment; none if there is none.
fn extent(time: &[f64]) -> (f64, f64) {
    let finite = time.iter().filter(|t| t.is_finite());
    finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(from, to), &t| {
        (if t < from { t } else { from }, if t > to { t } else { to })
    })
}

fn optional(value: Option<&Bound<'_, PyAny>>, name: &str, otherwise: f64) -> PyResult<f64> {
    value.map_or(Ok(otherwise), |value| scalar(value, name))
}

/// Time, open, high, low and close of a bar; a volume that is not given adds nothing.
fn bar_of(
    [time, open, high, low, close]: [&Bound<'_, PyAny>; 5],
    volume: Option<&Bound<'_, PyAny>>,
) -> PyResult<Bar> {
    Ok(Bar {
        time: scalar(time, "time")?,
        open: scalar(open, "open")?,
        high: scalar(high, "high")?,
        low: scalar(low, "low")?,
        close: scalar(close, "close")?,
        volume: optional(volume, "volume", 0.0)?,
    })
}

/// A word that Python keeps.
fn word(py: Python<'_>, event: Event) -> Py<PyAny> {
    let word = match event {
        Event::Push => intern!(py, "push"),
        Event::Replace => intern!(py, "replace"),
        Event::Dropped => intern!(py, "dropped"),
    };
    word.clone().into_any().unbind()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a time within the calendar"
)]
fn row<'py>(py: Python<'py>, bar: &Bar) -> PyResult<Bound<'py, PyAny>> {
    let class = py.import("tvf._bars")?.getattr("Bar")?;
    let time = bar.time as i64;
    class.call1((time, bar.open, bar.high, bar.low, bar.close, bar.volume))
}

#[expect(clippy::cast_possible_truncation, reason = "times within the calendar")]
fn table<'py>(py: Python<'py>, bars: &[Bar]) -> PyResult<Bound<'py, PyAny>> {
    let time = PyArray1::from_iter(py, bars.iter().map(|bar| bar.time as i64));
    let column = |get: fn(&Bar) -> f64| PyArray1::from_iter(py, bars.iter().map(get));
    py.import("tvf._bars")?.getattr("Bars")?.call1((
        time,
        column(|b| b.open),
        column(|b| b.high),
        column(|b| b.low),
        column(|b| b.close),
        column(|b| b.volume),
    ))
}

#[pymethods]
impl BarBuilder {
    #[new]
    #[pyo3(signature = (timeframe, *, zone = None, open = None, session = None, outside = None, late = None, fill = None, limit = None))]
    #[expect(clippy::too_many_arguments, reason = "options by name")]
    fn new(
        py: Python<'_>,
        timeframe: &Bound<'_, PyAny>,
        zone: Option<&Bound<'_, PyAny>>,
        open: Option<&Bound<'_, PyAny>>,
        session: Option<&Bound<'_, PyAny>>,
        outside: Option<&Bound<'_, PyAny>>,
        late: Option<&Bound<'_, PyAny>>,
        fill: Option<&Bound<'_, PyAny>>,
        limit: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        // Python has the words for what is of a wrong type, and reads zones and openings.
        let given = (timeframe, zone, open, session, outside, late, fill, limit);
        let read = py.import("tvf._bars")?.call_method1("_settings", given)?;
        let (timeframe, zone, open, session, outside, late, fill, limit): Settings =
            read.extract()?;
        let setup = Setup {
            timeframe: &timeframe,
            zone: &zone,
            open,
            session: session.as_deref(),
            outside: &outside,
            late: &late,
            fill: &fill,
            limit,
        };
        let core = Core::new(&setup).or_raise(py)?;
        Ok(Self {
            core: Mutex::new(core),
        })
    }

    /// Takes a tick: "push" if a new bar began with it, "replace" if it changed the forming one,
    /// "dropped" if it was not used.
    #[pyo3(signature = (time, price, size = None, id = None))]
    fn tick(
        &self,
        py: Python<'_>,
        time: &Bound<'_, PyAny>,
        price: &Bound<'_, PyAny>,
        size: Option<&Bound<'_, PyAny>>,
        id: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Py<PyAny>> {
        let tick = Tick {
            time: scalar(time, "time")?,
            price: scalar(price, "price")?,
            size: optional(size, "size", 1.0)?,
            id: optional(id, "id", f64::NAN)?,
        };
        let event = self.knowing(py, tick.time, tick.time)?.tick(tick);
        Ok(word(py, event.or_raise(py)?))
    }

    /// Takes any number of ticks, column by column, and gives the bars that they closed. If one of
    /// them is an error, none is taken.
    #[pyo3(signature = (time, price, size = None, id = None))]
    fn ticks<'py>(
        &self,
        py: Python<'py>,
        time: &Bound<'py, PyAny>,
        price: &Bound<'py, PyAny>,
        size: Option<&Bound<'py, PyAny>>,
        id: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let names = ["time", "price", "size", "id"];
        let columns = [Some(time), Some(price), size, id];
        self.columns(names, columns, py, |core, [time, price, size, id]| {
            core.ticks(&Ticks {
                time: time.unwrap_or_default(),
                price: price.unwrap_or_default(),
                size,
                id,
            })
        })
    }

    /// Takes a bar of a shorter timeframe.
    #[pyo3(signature = (time, open, high, low, close, volume = None))]
    #[expect(clippy::too_many_arguments, reason = "a bar")]
    fn bar(
        &self,
        py: Python<'_>,
        time: &Bound<'_, PyAny>,
        open: &Bound<'_, PyAny>,
        high: &Bound<'_, PyAny>,
        low: &Bound<'_, PyAny>,
        close: &Bound<'_, PyAny>,
        volume: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Py<PyAny>> {
        let bar = bar_of([time, open, high, low, close], volume)?;
        let event = self.knowing(py, bar.time, bar.time)?.bar(bar);
        Ok(word(py, event.or_raise(py)?))
    }

    /// Takes any number of bars, column by column, and gives the bars that they closed.
    #[pyo3(signature = (time, open, high, low, close, volume = None))]
    #[expect(clippy::too_many_arguments, reason = "bars")]
    fn bars<'py>(
        &self,
        py: Python<'py>,
        time: &Bound<'py, PyAny>,
        open: &Bound<'py, PyAny>,
        high: &Bound<'py, PyAny>,
        low: &Bound<'py, PyAny>,
        close: &Bound<'py, PyAny>,
        volume: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let names = ["time", "open", "high", "low", "close", "volume"];
        let prices = [open, high, low, close].map(Some);
        let columns = [
            Some(time),
            prices[0],
            prices[1],
            prices[2],
            prices[3],
            volume,
        ];
        self.columns(names, columns, py, |core, columns| {
            let [time, open, high, low, close] =
                [0, 1, 2, 3, 4].map(|i: usize| columns[i].unwrap_or_default());
            core.bars(&BarColumns {
                time,
                open,
                high,
                low,
                close,
                volume: columns[5],
            })
        })
    }

    /// Begins with a bar that is forming already, such as the last one of a history; ticks go on with
    /// it. It must begin where a bar of this timeframe does.
    #[pyo3(signature = (time, open, high, low, close, volume = None))]
    #[expect(clippy::too_many_arguments, reason = "a bar")]
    fn begin(
        &self,
        py: Python<'_>,
        time: &Bound<'_, PyAny>,
        open: &Bound<'_, PyAny>,
        high: &Bound<'_, PyAny>,
        low: &Bound<'_, PyAny>,
        close: &Bound<'_, PyAny>,
        volume: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let bar = bar_of([time, open, high, low, close], volume)?;
        let begun = self.knowing(py, bar.time, bar.time)?.begin(bar);
        begun.or_raise(py)
    }

    /// Closes the forming bar if it ends at a moment or before, and fills what has passed since; without a
    /// moment closes it in any case. Gives what was closed.
    #[pyo3(signature = (now = None))]
    fn close<'py>(
        &self,
        py: Python<'py>,
        now: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let now = now.map(|now| scalar(now, "time")).transpose()?;
        let mut core = match now {
            Some(now) => self.knowing(py, now, now)?,
            None => self.lock(py),
        };
        core.close(now).or_raise(py)?;
        let closed = core.closed().to_vec();
        drop(core);
        table(py, &closed)
    }

    /// The bar that is forming.
    #[getter]
    fn forming<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let forming = self.lock(py).forming();
        forming.map(|bar| row(py, &bar)).transpose()
    }

    /// The bars that the last call closed, with the flat ones that it filled gaps with.
    #[getter]
    fn closed<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let closed = self.lock(py).closed().to_vec();
        let rows = closed.iter().map(|bar| row(py, bar));
        PyList::new(py, rows.collect::<PyResult<Vec<_>>>()?)
    }

    /// What the last call means to a list of bars.
    #[getter]
    fn changes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let changes: Vec<_> = self.lock(py).changes().collect();
        let rows = changes
            .iter()
            .map(|(event, bar)| Ok((word(py, *event), row(py, bar)?)));
        PyList::new(py, rows.collect::<PyResult<Vec<_>>>()?)
    }

    /// How much was not used, by reason: late, duplicate, outside, missing.
    #[getter]
    fn dropped<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dropped = self.lock(py).dropped();
        let counts = [
            ("late", dropped.late),
            ("duplicate", dropped.duplicate),
            ("outside", dropped.outside),
            ("missing", dropped.missing),
        ];
        let dict = PyDict::new(py);
        for (name, count) in counts {
            dict.set_item(name, count)?;
        }
        Ok(dict)
    }

    /// How many gaps were longer than the limit, and left open from there.
    #[getter]
    fn gaps(&self, py: Python<'_>) -> u64 {
        self.lock(py).gaps()
    }

    /// The settings by name.
    #[getter]
    fn params<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let core = self.lock(py);
        let (outside, late, fill) = (core.outside(), core.late(), core.fill());
        let words = [
            ("timeframe", core.timeframe().to_string()),
            ("zone", core.zone().to_string()),
            ("session", core.hours().to_string()),
            (
                "outside",
                Outside::CHOICES[usize::from(outside == Outside::Keep)].into(),
            ),
            (
                "late",
                match late {
                    Late::Drop => Late::CHOICES[0].into(),
                    Late::Merge => Late::CHOICES[1].into(),
                    Late::Error => Late::CHOICES[2].into(),
                },
            ),
            ("fill", FILLS[usize::from(fill.is_some())].into()),
        ];
        drop(core);
        let dict = PyDict::new(py);
        for (name, value) in words {
            dict.set_item(name, value)?;
        }
        if let Some(limit) = fill {
            dict.set_item("limit", limit)?;
        }
        Ok(dict)
    }

    /// The whole state as bytes that any build of any host can resume.
    fn snapshot<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = self.lock(py).snapshot().or_raise(py)?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// The builder that a snapshot was taken of.
    #[classmethod]
    fn restore(class: &Bound<'_, PyType>, snapshot: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = class.py();
        let convert = py.import("tvf._convert")?;
        let bytes = convert.call_method1("snapshot", (snapshot,))?;
        let core = Core::restore(bytes.cast::<PyBytes>()?.as_bytes()).or_raise(py)?;
        // A zone that this host does not know is better refused now than with the first tick.
        py.import("tvf._sessions")?
            .call_method1("_zone", (core.zone(),))?;
        Ok(Self {
            core: Mutex::new(core),
        })
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let py = slf.py();
        let restore = slf.get_type().getattr("restore")?;
        let state = PyTuple::new(py, [slf.get().snapshot(py)?])?;
        PyTuple::new(py, [restore, state.into_any()])
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let params = self.params(py)?;
        let mut facts = vec!["<tvf.BarBuilder".to_string()];
        for (name, value) in params {
            facts.push(format!("{name}={}", value.repr()?));
        }
        Ok(facts.join(" ") + ">")
    }
}
