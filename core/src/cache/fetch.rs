//! Reading through the store: what is not there, or too old, is fetched and kept.

use std::sync::Arc;

use super::bars::Bars;
use super::flights::{Boarding, Flights, Ticket};
use super::freshness::Need;
use super::retry::{Retry, Stop};
use super::series::Series;
use super::source::Source;
use super::spans::Span;
use super::store::Cache;
use super::write::{Note, merge};
use crate::error::{Code, Error};

/// How bars are fetched.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fetching {
    /// How often a source is tried.
    pub retry: Retry,
    /// Whether bars that are there are given at once although they are old, while newer ones are
    /// fetched in the background for the next who asks.
    pub stale_while_revalidate: bool,
}

impl Cache {
    /// The bars of a series whose times are within the bounds, both included: what the store lacks,
    /// or believes no longer, is asked of the source first, and kept.
    ///
    /// Of several who want the same series at once, one fetches and the others wait for it. A store
    /// that is only open to read gives what was fetched and keeps nothing.
    ///
    /// # Errors
    /// Those of the source, [`Code::FetchFailed`](crate::Code::FetchFailed) for an answer that are no
    /// bars, and those of [`Cache::get`] and [`Cache::put`].
    pub fn get_or_fetch(
        self: &Arc<Self>,
        series: &Series,
        span: Span,
        source: &Arc<dyn Source>,
        how: Fetching,
    ) -> Result<Bars, Error> {
        if how.stale_while_revalidate {
            let need = self.need(series, span)?;
            if need.missing.is_empty() && need.stale.is_some() {
                self.renew(series, need, source, how.retry);
                return self.get(series, span);
            }
        }
        let Some((ticket, need)) = self.board(series, span)? else {
            return self.get(series, span);
        };
        let fetched = self.fill(series, &need, &**source, how.retry);
        ticket.end(fetched.as_ref().map(|_| ()).map_err(Clone::clone));
        let mut all = Bars::default();
        for bars in fetched? {
            all = merge(all.view(), bars.view().between(span.start, span.end))?.0;
        }
        if all.is_empty() {
            return self.get(series, span);
        }
        Ok(merge(self.get(series, span)?.view(), all.view())?.0)
    }

    /// The right to fetch a series, with what is needed of it; nothing if nothing is. Waits for
    /// others who fetch the same series, and fails as they did.
    pub(super) fn board(
        &self,
        series: &Series,
        span: Span,
    ) -> Result<Option<(Ticket, Need)>, Error> {
        loop {
            if self.need(series, span)?.is_nothing() {
                return Ok(None);
            }
            match Flights::board(&self.flights, series) {
                // It may have been fetched between the look and the ticket.
                Boarding::Mine(ticket) => {
                    let need = self.need(series, span)?;
                    return Ok((!need.is_nothing()).then_some((ticket, need)));
                }
                // They may have wanted another span, or not wanted it any more: look again.
                Boarding::Theirs(Err(error)) if error.code != Code::Cancelled => return Err(error),
                Boarding::Theirs(_) => {}
            }
        }
    }

    /// Fetches in the background, unless somebody does already. A failure leaves what is there, and
    /// the next who asks tries again.
    fn renew(
        self: &Arc<Self>,
        series: &Series,
        need: Need,
        source: &Arc<dyn Source>,
        retry: Retry,
    ) {
        let Some(ticket) = Flights::try_board(&self.flights, series) else {
            return;
        };
        let (cache, series, source) = (Arc::clone(self), series.clone(), Arc::clone(source));
        let work = move || {
            let done = cache.fill(&series, &need, &*source, retry);
            ticket.end(done.map(|_| ()));
        };
        // Without a thread the ticket is dropped with the closure.
        drop(
            std::thread::Builder::new()
                .name("tvf-renew".into())
                .spawn(work),
        );
    }

    /// Fetches what is needed and keeps it; what cannot be kept, since the store is only open to
    /// read, is returned.
    fn fill(
        &self,
        series: &Series,
        need: &Need,
        source: &dyn Source,
        retry: Retry,
    ) -> Result<Vec<Bars>, Error> {
        let mut unkept = Vec::new();
        for span in need.spans() {
            let bars = retry.fetch(source, series, span, &Stop::default())?;
            if self.options().read_only {
                unkept.push(bars);
                continue;
            }
            let note = Note {
                source: source.name(),
                asked: Some(span),
                forming: None,
            };
            self.put(series, bars.view(), note)?;
        }
        Ok(unkept)
    }
}
