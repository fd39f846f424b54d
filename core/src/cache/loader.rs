//! Fetching many series in the background: some threads ask the source, one writes.
//!
//! What was fetched waits in a channel with room for a few answers: a source that is faster than
//! the disk has to wait. The writer puts whatever waits into one commit, which is what takes time;
//! readers read meanwhile.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::Builder;
use std::time::{Duration, Instant};

use super::bars::Bars;
use super::flights::Ticket;
use super::freshness::Need;
use super::retry::{Retry, Stop};
use super::series::Series;
use super::source::Source;
use super::spans::Span;
use super::store::Cache;
use super::write::{Note, Put};
use crate::error::{Code, Error};

/// A series and the stretch of it that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Which series.
    pub series: Series,
    /// From when to when.
    pub span: Span,
}

/// How series are loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loading {
    /// How many series are asked for at once.
    pub fetchers: usize,
    /// How many answers may wait to be written.
    pub room: usize,
    /// How often a source is tried.
    pub retry: Retry,
}

impl Default for Loading {
    fn default() -> Self {
        Self {
            fetchers: 4,
            room: 16,
            retry: Retry::default(),
        }
    }
}

/// How far a loader is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many series are wanted.
    pub total: usize,
    /// How many are done: those that were fetched and kept, and those that needed nothing.
    pub done: usize,
    /// Of these, how many needed nothing.
    pub fresh: usize,
    /// Bars that were kept.
    pub bars: u64,
    /// The series that could not be loaded, with why.
    pub failed: Vec<(Series, Error)>,
    /// Whether it was told to stop.
    pub cancelled: bool,
    /// Whether nothing more will happen.
    pub ended: bool,
}

/// What all threads of a loader share.
struct Shared {
    cache: Arc<Cache>,
    source: Arc<dyn Source>,
    wanted: Vec<Wanted>,
    how: Loading,
    next: AtomicUsize,
    stop: Stop,
    progress: Mutex<Progress>,
    ended: Condvar,
}

/// Series that are loaded in the background. If it is dropped, that stops.
pub struct Loader(Arc<Shared>);

impl core::fmt::Debug for Loader {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("Loader").field(&self.progress()).finish()
    }
}

/// An answer on its way to the store.
struct Fetched {
    place: usize,
    ticket: Ticket,
    parts: Vec<(Span, Bars)>,
}

impl Loader {
    /// Begins to load what of the wanted is not there or no longer believed.
    ///
    /// # Errors
    /// [`Code::ParamRange`] for no fetchers, [`Code::CacheReadOnly`], [`Code::OutOfMemory`] if there
    /// are no threads to be had.
    pub fn start(
        cache: &Arc<Cache>,
        source: &Arc<dyn Source>,
        wanted: Vec<Wanted>,
        how: Loading,
    ) -> Result<Self, Error> {
        for (name, value, most) in [("fetchers", how.fetchers, 256), ("room", how.room, 65_536)] {
            if !(1..=most).contains(&value) {
                let (value, bound) = (value.to_string(), format!("1 to {most}"));
                let why = format!("{name} is {value}, not {bound}");
                return Err(Error::new(Code::ParamRange, name, value, bound, why));
            }
        }
        cache.check_writable()?;
        let shared = Arc::new(Shared {
            cache: Arc::clone(cache),
            source: Arc::clone(source),
            how,
            next: AtomicUsize::new(0),
            stop: Stop::default(),
            progress: Mutex::new(Progress {
                total: wanted.len(),
                ..Progress::default()
            }),
            wanted,
            ended: Condvar::new(),
        });
        let (sender, receiver) = sync_channel(how.room);
        let spawn = |name: &str, work: Box<dyn FnOnce() + Send>| {
            let spawned = Builder::new().name(name.into()).spawn(work);
            spawned
                .map(drop)
                .map_err(|_| Error::out_of_memory(1, "threads"))
        };
        let loader = Self(Arc::clone(&shared));
        let writer = Arc::clone(&shared);
        spawn("tvf-write", Box::new(move || writer.write(&receiver)))?;
        for _ in 0..how.fetchers.min(loader.0.wanted.len()) {
            let (fetcher, sender) = (Arc::clone(&shared), sender.clone());
            spawn("tvf-fetch", Box::new(move || fetcher.fetch(&sender)))?;
        }
        Ok(loader)
    }

    /// How far it is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.0.progress().clone()
    }

    /// Tells it to stop: what was fetched is still kept, nothing more is asked for.
    pub fn cancel(&self) {
        self.0.stop.set();
        self.0.progress().cancelled = true;
    }

    /// Waits until it has ended, or so long; how far it is then.
    #[must_use]
    pub fn wait(&self, time: Duration) -> Progress {
        let until = Instant::now().checked_add(time);
        let mut progress = self.0.progress();
        while !progress.ended {
            let left = until.map_or(Duration::MAX, |u| {
                u.saturating_duration_since(Instant::now())
            });
            if left.is_zero() {
                break;
            }
            // A wait that ends for no reason looks again.
            progress = self
                .0
                .ended
                .wait_timeout(progress, left.min(Duration::from_secs(3600)))
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        progress.clone()
    }
}

impl Drop for Loader {
    fn drop(&mut self) {
        if !self.0.progress().ended {
            self.cancel();
        }
    }
}

impl Shared {
    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn failed(&self, place: usize, error: Error) {
        if error.code != Code::Cancelled {
            let series = self.wanted[place].series.clone();
            self.progress().failed.push((series, error));
        }
    }

    /// Asks for one series after the other.
    fn fetch(&self, answers: &SyncSender<Fetched>) {
        while !self.stop.is_set() {
            let place = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(Wanted { series, span }) = self.wanted.get(place) else {
                return;
            };
            match self.cache.board(series, *span) {
                Ok(None) => {
                    let mut progress = self.progress();
                    progress.fresh += 1;
                    progress.done += 1;
                }
                Ok(Some((ticket, need))) => match self.ask(series, &need) {
                    Ok(parts) => {
                        let fetched = Fetched {
                            place,
                            ticket,
                            parts,
                        };
                        // The writer goes last.
                        if answers.send(fetched).is_err() {
                            return;
                        }
                    }
                    Err(error) => {
                        ticket.end(Err(error.clone()));
                        self.failed(place, error);
                    }
                },
                Err(error) => self.failed(place, error),
            }
        }
    }

    fn ask(&self, series: &Series, need: &Need) -> Result<Vec<(Span, Bars)>, Error> {
        let ask = |span| {
            let bars = self
                .how
                .retry
                .fetch(&*self.source, series, span, &self.stop)?;
            Ok((span, bars))
        };
        need.spans().map(ask).collect()
    }

    /// Keeps whatever waits, until nothing more will come.
    fn write(&self, answers: &Receiver<Fetched>) {
        while let Ok(first) = answers.recv() {
            let mut batch = vec![first];
            batch.extend(answers.try_iter().take(self.how.room));
            // One answer that cannot be kept is no reason to lose the others.
            if self.put(&batch).is_err() {
                for fetched in batch {
                    let kept = self.put(core::slice::from_ref(&fetched));
                    fetched.ticket.end(kept.clone());
                    kept.unwrap_or_else(|error| self.failed(fetched.place, error));
                }
            }
        }
        self.progress().ended = true;
        self.ended.notify_all();
    }

    /// Keeps several answers with one commit.
    fn put(&self, batch: &[Fetched]) -> Result<(), Error> {
        let puts: Vec<Put<'_>> = batch
            .iter()
            .flat_map(|fetched| {
                let series = &self.wanted[fetched.place].series;
                fetched
                    .parts
                    .iter()
                    .map(move |(span, bars)| (series, span, bars))
            })
            .map(|(series, span, bars)| Put {
                series,
                bars: bars.view(),
                note: Note {
                    source: self.source.name(),
                    asked: Some(*span),
                    forming: None,
                },
            })
            .collect();
        let written = self.cache.put_many(&puts)?;
        let mut progress = self.progress();
        progress.done += batch.len();
        progress.bars += written.added + written.replaced;
        Ok(())
    }
}
