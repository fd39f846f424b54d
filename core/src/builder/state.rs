//! What a builder knows between two calls, and what one call did.

use super::bar::Bar;
use super::schedule::{Bucket, Place};
use super::setup::Late;
use super::{Dropped, Event};
use crate::error::{Code, Error};

/// What later calls depend on; without a list, so that it is copied before a call that may fail.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub feed: Feed,
    /// The first time, NaN before it: it tells whether numbers that look like seconds are some.
    pub began: f64,
    /// The latest time of a tick or bar that was used, NaN before it.
    pub latest: f64,
    /// The latest id, NaN before it.
    pub id: f64,
    pub forming: Option<Forming>,
    pub settled: Option<Settled>,
    /// Flat bars since the last one that was none; one above the limit where a gap was left open.
    pub flats: u32,
    pub dropped: Dropped,
    pub gaps: u64,
}

/// What a builder was fed with so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feed {
    Nothing,
    Ticks,
    Bars,
}

/// The bar at hand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Forming {
    pub place: Place,
    pub bar: Bar,
    /// The time of its earliest tick.
    pub first: f64,
    /// What the bars before the latest one came to, which can still be revised.
    pub base: Option<Bar>,
}

/// The last bar that closed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settled {
    pub bucket: Bucket,
    pub close: f64,
}

/// What one call did.
#[derive(Debug, Clone, Default)]
pub(super) struct Call {
    pub closed: Vec<Bar>,
    /// Whether a bar was forming before it.
    pub had: bool,
    /// Whether that bar was changed.
    pub revised: bool,
}

impl State {
    pub const NEW: Self = Self {
        feed: Feed::Nothing,
        began: f64::NAN,
        latest: f64::NAN,
        id: f64::NAN,
        forming: None,
        settled: None,
        flats: 0,
        dropped: Dropped {
            late: 0,
            duplicate: 0,
            outside: 0,
            missing: 0,
        },
        gaps: 0,
    };

    /// What lies before this moment comes too late for good.
    pub fn bound(&self) -> f64 {
        match (&self.forming, &self.settled) {
            (Some(forming), _) => forming.place.bucket.start,
            (None, Some(settled)) => settled.bucket.end,
            (None, None) => f64::NEG_INFINITY,
        }
    }

    pub fn note(&mut self, id: f64) {
        if !id.is_nan() {
            self.id = id;
        }
    }

    pub fn late(&mut self, late: Late, time: f64, id: f64) -> Result<Event, Error> {
        if late == Late::Error {
            let bound = self.bound();
            let after = if self.latest > bound || bound.is_infinite() {
                self.latest
            } else {
                bound
            };
            let why = format!("time goes back: {time} after {after}");
            let bound = format!("{after} or later");
            let value = time.to_string();
            return Err(Error::new(Code::TimeOrder, "time", value, bound, why));
        }
        self.note(id);
        self.dropped.late += 1;
        Ok(Event::Dropped)
    }
}
