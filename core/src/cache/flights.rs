//! One fetch for many who want the same series.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use super::series::Series;
use crate::error::Error;

/// How a fetch ended; nothing while it goes on.
#[derive(Debug, Default)]
struct Flight {
    end: Mutex<Option<Result<(), Error>>>,
    ended: Condvar,
}

/// The fetches that go on, by series.
#[derive(Debug, Default)]
pub(super) struct Flights(Mutex<BTreeMap<String, Arc<Flight>>>);

/// What became of asking for a fetch.
pub(super) enum Boarding {
    /// The caller fetches; others wait until the ticket is gone.
    Mine(Ticket),
    /// Somebody else did, and that ended so.
    Theirs(Result<(), Error>),
}

impl Flights {
    /// Begins a fetch of a series, or waits for the one that goes on.
    pub(super) fn board(flights: &Arc<Self>, series: &Series) -> Boarding {
        match Self::begin(flights, series) {
            Ok(ticket) => Boarding::Mine(ticket),
            Err(theirs) => {
                let mut end = theirs.end.lock().unwrap_or_else(PoisonError::into_inner);
                loop {
                    if let Some(end) = end.as_ref() {
                        return Boarding::Theirs(end.clone());
                    }
                    end = theirs
                        .ended
                        .wait(end)
                        .unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }

    /// Begins a fetch of a series unless one goes on.
    pub(super) fn try_board(flights: &Arc<Self>, series: &Series) -> Option<Ticket> {
        Self::begin(flights, series).ok()
    }

    fn begin(flights: &Arc<Self>, series: &Series) -> Result<Ticket, Arc<Flight>> {
        let key = series.to_string();
        let mut all = flights.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(theirs) = all.get(&key) {
            return Err(Arc::clone(theirs));
        }
        let flight = Arc::new(Flight::default());
        all.insert(key.clone(), Arc::clone(&flight));
        Ok(Ticket {
            flights: Arc::clone(flights),
            key,
            flight,
            end: Ok(()),
        })
    }
}

/// The right to fetch a series; when it is gone, those who wait go on.
#[derive(Debug)]
pub(super) struct Ticket {
    flights: Arc<Flights>,
    key: String,
    flight: Arc<Flight>,
    end: Result<(), Error>,
}

impl Ticket {
    /// Ends it, with what those who wait are told.
    pub(super) fn end(mut self, end: Result<(), Error>) {
        self.end = end;
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut all = self
            .flights
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        all.remove(&self.key);
        drop(all);
        let end = core::mem::replace(&mut self.end, Ok(()));
        *self
            .flight
            .end
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(end);
        self.flight.ended.notify_all();
    }
}
