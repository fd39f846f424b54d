//! Trying again: longer and longer after each failure, and never all at the same moment.

use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::bars::Bars;
use super::series::Series;
use super::source::{Failure, Source};
use super::spans::Span;
use crate::error::{Code, Error};

/// How often a source is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// How often in all.
    pub tries: u32,
    /// The wait after the first failure; each further one is twice as long.
    pub first: Duration,
    /// The longest wait. A source that asks for a longer one has failed.
    pub most: Duration,
}

impl Default for Retry {
    /// Four times, with waits of about 0.25, 0.5 and 1 s.
    fn default() -> Self {
        Self {
            tries: 4,
            first: Duration::from_millis(250),
            most: Duration::from_secs(30),
        }
    }
}

impl Retry {
    /// Asks a source until it answers, or fails for good.
    pub(super) fn fetch(
        &self,
        source: &dyn Source,
        series: &Series,
        span: Span,
        stop: &Stop,
    ) -> Result<Bars, Error> {
        let mut tried = 0;
        loop {
            if stop.is_set() {
                return Err(cancelled(series));
            }
            tried += 1;
            let failure = match source.fetch(series, span) {
                Ok(bars) => match checked(&bars, series, source.name()) {
                    Ok(()) => return Ok(bars),
                    Err(error) => Failure::lasting(error),
                },
                Err(failure) => failure,
            };
            let Some(least) = failure
                .again
                .filter(|&least| tried < self.tries && least <= self.most)
            else {
                return Err(failure.error);
            };
            if stop.wait(self.pause(tried).max(least)) {
                return Err(cancelled(series));
            }
        }
    }

    /// How long to wait after so many tries: half of it is chance, so that many who failed together
    /// do not come back together.
    fn pause(&self, tried: u32) -> Duration {
        let doubled = 2u32.saturating_pow(tried.saturating_sub(1));
        let whole = self.first.saturating_mul(doubled).min(self.most);
        // The standard library's only source of chance; nothing that is computed depends on it.
        let chance = RandomState::new().hash_one(tried) >> 32;
        whole / 2 + whole.mul_f64(chance as f64 / 2f64 / 4_294_967_296.0)
    }
}

/// Refuses bars that no store would take.
fn checked(bars: &Bars, series: &Series, source: &str) -> Result<(), Error> {
    bars.view().check().map_err(|error| {
        let (bound, why) = (error.bound.clone(), error.message());
        let why = format!("{source} gave bars of {series} that are none: {why}");
        Error::new(
            Code::FetchFailed,
            error.name.clone(),
            error.value.clone(),
            bound,
            why,
        )
    })
}

fn cancelled(series: &Series) -> Error {
    let why = format!("the fetch of {series} was cancelled");
    Error::new(Code::Cancelled, "series", series.to_string(), "", why)
}

/// A sign to stop, which ends waits.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<(Mutex<bool>, Condvar)>);

impl Stop {
    /// Sets it.
    pub fn set(&self) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.1.notify_all();
    }

    /// Whether it is set.
    #[must_use]
    pub fn is_set(&self) -> bool {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits so long, or until it is set; whether it is.
    fn wait(&self, time: Duration) -> bool {
        let until = Instant::now() + time;
        let mut set = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        while !*set {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            let (again, _) = self
                .0
                .1
                .wait_timeout(set, left)
                .unwrap_or_else(PoisonError::into_inner);
            set = again;
        }
        *set
    }
}
