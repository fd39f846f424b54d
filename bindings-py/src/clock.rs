//! The clock of a stream whose sessions follow a zone: the core takes a number per bar.

use std::sync::{Mutex, PoisonError};

use pyo3::prelude::*;
use pyo3::types::PyDict;
use tvf_core::clock::Clock as Followed;
use tvf_core::session::{Anchor, Span};
use tvf_core::{Entry, Params};

use crate::errors::OrRaise;
use crate::params::named;

/// Turns the times of bars into the numbers of their sessions. Python, which has the zone data, is
/// asked once a session.
pub struct Clock {
    /// The parameters as the caller gave them; the core's have the anchor "number".
    pub asked: Params,
    /// `tvf._sessions.Clock`.
    pub zone: Py<PyAny>,
    /// Which input is the time.
    pub place: usize,
    /// Locked for moments only, and never while Python runs.
    held: Mutex<Held>,
}

/// What is known of the bars so far.
#[derive(Clone, Copy)]
struct Held {
    span: Span,
    /// The time of the first bar, NaN before it.
    began: f64,
}

impl Clock {
    /// The parameters that the core gets, and the clock, if there is one: made of what a function of
    /// `tvf._sessions` answers with.
    pub fn of(
        entry: &'static Entry,
        compat: &Bound<'_, PyAny>,
        answer: &Bound<'_, PyAny>,
    ) -> PyResult<(Params, Option<Self>)> {
        let (plain, zone): (Bound<'_, PyDict>, Option<Py<PyAny>>) = answer.extract()?;
        let asked = named(entry, compat, Some(&plain))?;
        let (Some(zone), Some(place)) = (zone, entry.spec.input_index("time")) else {
            return Ok((asked, None));
        };
        plain.set_item("anchor", "number")?;
        plain.del_item("open")?;
        let clock = Self {
            asked,
            zone,
            place,
            held: Mutex::new(Held {
                span: Span::NOWHERE,
                began: f64::NAN,
            }),
        };
        Ok((named(entry, compat, Some(&plain))?, Some(clock)))
    }

    /// What snapshots remember of a `tvf._sessions.Clock`.
    pub fn followed(zone: &Bound<'_, PyAny>) -> PyResult<Followed> {
        let name: String = zone.getattr("zone")?.extract()?;
        let open = zone.getattr("open")?.extract()?;
        let word: String = zone.getattr("word")?.extract()?;
        let anchor = Anchor::of(&word, zone.getattr("minutes")?.extract()?);
        Followed::new(&name, open, anchor).or_raise(zone.py())
    }

    /// The number of the session that a time belongs to, NaN if it is missing.
    pub fn number(&self, py: Python<'_>, time: f64) -> PyResult<f64> {
        let Held { span, began } = self.held();
        if span.holds(time) {
            return Ok(span.number);
        }
        if !time.is_finite() {
            return Ok(f64::NAN);
        }
        let answer = self.zone.call_method1(py, "session", (time, began))?;
        let (from, to, number) = answer.extract(py)?;
        self.hold(|held| held.span = Span { from, to, number });
        self.begin(time);
        Ok(number)
    }

    /// The time of the first bar, NaN before it.
    pub fn began(&self) -> f64 {
        self.held().began
    }

    /// Remembers the time of the first bar.
    pub fn begin(&self, time: f64) {
        self.hold(|held| {
            if held.began.is_nan() {
                held.began = time;
            }
        });
    }

    fn held(&self) -> Held {
        *self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn hold(&self, set: impl FnOnce(&mut Held)) {
        set(&mut self.held.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Whether the sessions of an indicator can follow a zone.
pub fn takes_zone(entry: &Entry) -> bool {
    let spec = &entry.spec;
    ["anchor", "utc_offset", "open"]
        .iter()
        .all(|name| spec.param_index(name).is_some())
        && spec.input_index("time").is_some()
}
