//! One indicator, bar by bar.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::prelude::*;
use pyo3::sync::MutexExt;
use pyo3::types::{PyBytes, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple, PyType};
use tvf_core::order::Order;
use tvf_core::{Code, Entry, Error, MAX_INPUTS, Sink, find};

use crate::clock::{Clock, takes_zone};
use crate::columns::{Given, plain, plain_inputs};
use crate::errors::{OrRaise, exception};
use crate::indicator::extend;
use crate::params::{as_dict, named, whole};
use crate::results::Shape;

/// One indicator that takes bars as they close, can look at the forming one, and can revise the
/// last one. Each costs the same however long the period and the history are. The rows of a table
/// that describes a state (`support_resistance`, `volume_profile`) come on top: they are computed
/// anew for each call, those of `volume_profile` from all bars after a new high or low of the series.
///
/// Several threads may use one stream: their calls take turns, each as a whole. A stream can be
/// copied and pickled, and its snapshot can be restored in the browser.
#[pyclass(frozen, subclass, module = "tvf")]
pub struct Stream {
    shape: Shape,
    state: Mutex<tvf_core::Stream>,
    /// Where its sessions follow a zone.
    clock: Option<Clock>,
}

impl Stream {
    /// Waits for the stream without keeping others from running.
    fn lock(&self, py: Python<'_>) -> MutexGuard<'_, tvf_core::Stream> {
        self.state
            .lock_py_attached(py)
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn one<'py>(
        &self,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
        act: impl FnOnce(&mut tvf_core::Stream, &[f64]) -> Result<(), Error>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = args.py();
        let entry = self.shape.entry;
        let bar = by_position(entry, args, kwargs)?;
        let mut values = [f64::NAN; MAX_INPUTS + 1];
        let mut given = 0;
        for (i, value) in bar.iter_borrowed().enumerate().take(values.len()) {
            let input = entry.spec.inputs.get(i);
            if value.is_none() && input.is_none_or(|input| input.optional) {
                continue;
            }
            values[i] = match (value.cast_exact::<PyFloat>(), value.cast_exact::<PyInt>()) {
                (Ok(x), _) => x.value(),
                (_, Ok(x)) => whole(&x),
                _ => {
                    let convert = value.py().import("tvf._convert")?;
                    let name = input.map_or("", |input| input.name);
                    convert.call_method1("scalar", (value, name))?.extract()?
                }
            };
            given = i + 1;
        }
        let time = match &self.clock {
            None => None,
            Some(clock) => {
                entry.check_count(&clock.asked, given).or_raise(py)?;
                let time = values[clock.place];
                values[clock.place] = clock.number(py, time)?;
                Some(time)
            }
        };
        let mut stream = self.lock(py);
        if let Some(time) = time {
            stream.tell_times(&[time]);
        }
        act(&mut stream, &values[..given]).or_raise(py)?;
        if entry.spec.is_table() {
            return self.shape.rows(py, stream.rows());
        }
        self.shape.values(py, stream.values())
    }
}

/// Inputs in the order of the definition, from those given by position and by name; `None` for one
/// left out before one that was given.
fn by_position<'py>(
    entry: &Entry,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyTuple>> {
    let Some(kwargs) = kwargs.filter(|kwargs| !kwargs.is_empty()) else {
        return Ok(args.clone());
    };
    let py = args.py();
    let spec = &entry.spec;
    let mut items: Vec<_> = args.iter().map(Some).collect();
    for (name, value) in kwargs {
        let name: String = name.extract()?;
        let place = spec
            .input_index(&name)
            .filter(|i| items.get(*i).is_none_or(Option::is_none));
        let Some(place) = place else {
            let bound = spec
                .inputs
                .iter()
                .map(|input| input.name)
                .collect::<Vec<_>>()
                .join(", ");
            let problem = if spec.input_index(&name).is_some() {
                "given twice"
            } else {
                "unknown"
            };
            let why = format!(
                "input {name} of {} is {problem}; its inputs are {bound}",
                spec.id
            );
            return Err(exception(
                py,
                &Error::new(Code::InputCount, name, problem, bound, why),
            ));
        };
        items.resize(items.len().max(place + 1), None);
        items[place] = Some(value);
    }
    if let Some(missing) = items
        .iter()
        .zip(spec.inputs)
        .find(|(i, input)| i.is_none() && !input.optional)
    {
        let names = spec
            .inputs
            .iter()
            .map(|input| input.name)
            .collect::<Vec<_>>()
            .join(", ");
        let name = missing.1.name;
        let why = format!("{} needs the inputs {names} but {name} is missing", spec.id);
        return Err(exception(
            py,
            &Error::new(Code::InputCount, name, "", names, why),
        ));
    }
    PyTuple::new(py, items)
}

/// The clock with which a snapshot goes on, from what `restore` was given besides.
fn resumed(
    py: Python<'_>,
    stream: &tvf_core::Stream,
    given: Option<&Bound<'_, PyDict>>,
) -> PyResult<Option<Clock>> {
    let Some(given) = given.filter(|given| !given.is_empty()) else {
        stream.resume(None).or_raise(py)?;
        return Ok(None);
    };
    let (entry, params) = (stream.entry(), stream.params());
    let known = as_dict(py, params)?;
    let sessions = py.import("tvf._sessions")?;
    let answer = sessions.call_method("resumed", (known,), Some(given))?;
    let followed = Clock::followed(&answer.get_item(1)?)?;
    stream.resume(Some(&followed)).or_raise(py)?;
    let compat = PyString::new(py, params.profile().as_str()).into_any();
    Ok(Clock::of(entry, &compat, &answer)?.1)
}

/// The id that a stream was asked for by.
fn name(id: &Bound<'_, PyAny>) -> PyResult<String> {
    id.extract().map_err(|_| {
        let py = id.py();
        let of = id.get_type().name();
        let shown = of.map_or_else(|_| "object".into(), |of| of.to_string());
        let bound = "the name of an indicator";
        let why = format!("id is of type {shown}, not {bound}");
        exception(py, &Error::new(Code::ParamType, "id", shown, bound, why))
    })
}

#[pymethods]
impl Stream {
    #[new]
    #[pyo3(signature = (id, /, *, compat = None, **params))]
    fn new(
        py: Python<'_>,
        id: &Bound<'_, PyAny>,
        compat: Option<&Bound<'_, PyAny>>,
        params: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let (stream, clock) = if let Ok(bytes) = id.cast::<PyBytes>() {
            // How `restore` makes instances of derived classes.
            let stream = tvf_core::Stream::restore(bytes.as_bytes()).or_raise(py)?;
            let clock = resumed(py, &stream, params)?;
            (stream, clock)
        } else {
            let entry = find(&name(id)?).or_raise(py)?;
            let default = PyString::intern(py, "tradingview").into_any();
            let compat = compat.unwrap_or(&default);
            let (params, clock) = match params {
                Some(given) if takes_zone(entry) => {
                    let sessions = py.import("tvf._sessions")?;
                    let answer = sessions.call_method1("streamed", (given,))?;
                    Clock::of(entry, compat, &answer)?
                }
                _ => (named(entry, compat, params)?, None),
            };
            let mut stream = tvf_core::Stream::new(entry, params);
            if let Some(clock) = &clock {
                stream.follow(Clock::followed(clock.zone.bind(py))?);
            }
            (stream, clock)
        };
        let shape = Shape::of(py, stream.entry());
        Ok(Self {
            shape,
            state: Mutex::new(stream),
            clock,
        })
    }

    /// Takes a closed bar, one value per input in their order or by name, and gives its result: a
    /// float, a named tuple of floats, or the list of a table's new rows.
    #[pyo3(signature = (*args, **kwargs))]
    fn update<'py>(
        &self,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.one(args, kwargs, tvf_core::Stream::update)
    }

    /// Tells what a bar would give as the next one, and keeps nothing of it.
    #[pyo3(signature = (*args, **kwargs))]
    fn peek<'py>(
        &self,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.one(args, kwargs, tvf_core::Stream::peek)
    }

    /// Puts another bar in the place of the last one, and gives its result.
    #[pyo3(signature = (*args, **kwargs))]
    fn replace<'py>(
        &self,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        self.one(args, kwargs, tvf_core::Stream::replace)
    }

    /// Takes any number of closed bars, column by column, and gives the columns of their results.
    /// However a series is cut into calls, the results are those of the whole series at once.
    #[pyo3(signature = (*args, **kwargs))]
    fn extend<'py>(
        slf: &Bound<'py, Self>,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        let kwargs = kwargs.map(PyDictMethods::copy).transpose()?;
        let mut nulls = false;
        if let Some(kwargs) = &kwargs
            && let Some(given) = kwargs.get_item("nulls")?
        {
            nulls = given.is_truthy()?;
            kwargs.del_item("nulls")?;
        }
        let all = by_position(slf.get().shape.entry, args, kwargs.as_ref())?;
        let given: Vec<_> = all.iter().collect();
        let given: Vec<Given<'_, 'py>> =
            given.iter().map(|o| (!o.is_none()).then_some(o)).collect();
        let mut columns = [&[][..]; MAX_INPUTS];
        let plain = match &slf.get().clock {
            None => plain_inputs(&given, &mut columns),
            Some(clock) => {
                let last = given.iter().rposition(Option::is_some);
                let count = last.map_or(0, |last| last + 1);
                let entry = slf.get().shape.entry;
                entry.check_count(&clock.asked, count).or_raise(py)?;
                None
            }
        };
        let Some(count) = plain else {
            let convert = py.import("tvf._convert")?;
            return convert.call_method1("extend", (slf, all, nulls));
        };
        let columns = &columns[..count];
        let bars = columns.first().map_or(0, |c| c.len());
        let mut stream = slf.get().lock(py);
        let stream = &mut *stream;
        let work = |sink: Sink<'_>| stream.extend(columns, sink);
        slf.get().shape.fill(py, bars, work)
    }

    /// `extend` for plain columns that come in pieces; `time` is the true one where a zone's numbers of
    /// sessions are in its place.
    #[pyo3(signature = (pieces, time = None))]
    fn _pieces<'py>(
        &self,
        py: Python<'py>,
        pieces: &Bound<'py, PyList>,
        time: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let mut stream = self.lock(py);
        if let Some(times) = time.and_then(plain) {
            stream.tell_times(&Order::ends(times));
        }
        extend(py, &self.shape, &mut stream, pieces)
    }

    /// The numbers beside a table's rows as of the last bar taken, by name; empty where there are none.
    #[getter]
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        let mut stream = self.lock(py);
        let numbers = self.shape.entry.spec.summary().iter().zip(stream.summary());
        for (number, value) in numbers {
            dict.set_item(number.name, value)?;
        }
        Ok(dict)
    }

    /// Which input is the time whose zone is followed, if one is.
    #[getter]
    fn _clock(&self) -> Option<usize> {
        self.clock.as_ref().map(|clock| clock.place)
    }

    /// The numbers of the sessions that a plain column of times belongs to.
    fn _numbers<'py>(
        &self,
        py: Python<'py>,
        time: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let Some(clock) = &self.clock else {
            return Ok(time.clone());
        };
        let numbers = clock
            .zone
            .bind(py)
            .call_method1("numbers", (time, clock.began()))?;
        let first = plain(time).and_then(|time| time.iter().find(|t| t.is_finite()));
        if let Some(first) = first {
            clock.begin(*first);
        }
        Ok(numbers)
    }

    /// The whole state as bytes that any build of any host can resume. Of a stream with a zone they
    /// hold which one, but not its clock changes: `restore` is told it again.
    fn snapshot<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = self.lock(py).snapshot().or_raise(py)?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// The stream that a snapshot was taken of. Of a stream with a zone, the same zone, `open` and
    /// `anchor` must be given again; without them or with others the snapshot is refused.
    #[classmethod]
    #[pyo3(signature = (snapshot, zone = None, open = None, anchor = None))]
    fn restore<'py>(
        class: &Bound<'py, PyType>,
        snapshot: &Bound<'py, PyAny>,
        zone: Option<&Bound<'py, PyAny>>,
        open: Option<&Bound<'py, PyAny>>,
        anchor: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = class.py();
        let bytes = py.get_type::<PyBytes>().call1((py
            .import("tvf._convert")?
            .call_method1("snapshot", (snapshot,))?,))?;
        let clock = PyDict::new(py);
        for (name, value) in [("zone", zone), ("open", open), ("anchor", anchor)] {
            value.map_or(Ok(()), |value| clock.set_item(name, value))?;
        }
        let new = py
            .get_type::<Self>()
            .getattr("__new__")?
            .call((class, bytes), Some(&clock))?;
        let of = new.cast::<Self>()?.get().shape.entry.spec.id;
        if let Ok(id) = class.getattr("_id")
            && !id.eq(of)?
        {
            let why = format!("snapshot is of {of}, not of {id}");
            let bound = id.to_string();
            return Err(exception(
                py,
                &Error::new(Code::SnapshotFormat, "snapshot", of, bound, why),
            ));
        }
        Ok(new)
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let py = slf.py();
        let restore = slf.get_type().getattr("restore")?;
        let mut state = vec![slf.get().snapshot(py)?.into_any()];
        if slf.get().clock.is_some() {
            let params = slf.get().params(py)?;
            for name in ["zone", "open", "anchor"] {
                state.extend(params.get_item(name)?);
            }
        }
        PyTuple::new(py, [restore, PyTuple::new(py, state)?.into_any()])
    }

    /// The indicator's id.
    #[getter]
    fn id(&self) -> &'static str {
        self.shape.entry.spec.id
    }

    /// The profile.
    #[getter]
    fn compat(&self, py: Python<'_>) -> &'static str {
        self.lock(py).params().profile().as_str()
    }

    /// All parameters by name, and the zone if there is one.
    #[getter]
    fn params<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        if let Some(clock) = &self.clock {
            let params = as_dict(py, &clock.asked)?;
            params.set_item("zone", clock.zone.getattr(py, "zone")?)?;
            return Ok(params);
        }
        let params = *self.lock(py).params();
        as_dict(py, &params)
    }

    /// The names of the inputs.
    #[getter]
    fn inputs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(
            py,
            self.shape.entry.spec.inputs.iter().map(|input| input.name),
        )
    }

    /// Bars taken so far.
    #[getter]
    fn bars(&self, py: Python<'_>) -> u64 {
        self.lock(py).bars()
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        let py = slf.py();
        let stream = slf.get();
        let params = stream.params(py)?;
        let class = slf.get_type().fully_qualified_name()?;
        let mut facts = vec![format!("<{class} {}", stream.id())];
        for (name, value) in params {
            facts.push(format!("{name}={}", value.repr()?));
        }
        facts.push(format!("compat={:?}", stream.compat(py)));
        facts.push(format!("bars={}>", stream.bars(py)));
        Ok(facts.join(" "))
    }
}
