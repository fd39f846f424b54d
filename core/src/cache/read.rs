//! Bars out of the store.

use redb::{ReadTransaction, ReadableTable};

use super::about::About;
use super::bars::Bars;
use super::chunk::Decoder;
use super::fault::Fault;
use super::freshness::Need;
use super::series::Series;
use super::spans::Span;
use super::store::{CHUNKS, Cache, SERIES};
use crate::error::Error;

/// A stretch without bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// From when to when: after the bar before, and before the bar after.
    pub span: Span,
    /// Whether nobody ever asked for bars there; else there were none.
    pub unknown: bool,
}

impl Cache {
    /// The bars of a series whose times are within the bounds, both included; none for a series that
    /// is not there.
    ///
    /// # Errors
    /// [`Code::CacheDamaged`](crate::Code::CacheDamaged) with the chunk that cannot be read, and the
    /// other errors of [`Cache::open`].
    pub fn get(&self, series: &Series, span: Span) -> Result<Bars, Error> {
        self.reading(|transaction| {
            let mut bars = Bars::default();
            let Some(about) = about(transaction, series)? else {
                return Ok(bars);
            };
            let mut reader = Reader::new(series, about.id, span);
            while reader.next(transaction, &mut bars)? {}
            Ok(bars)
        })
    }

    /// The bars of a series in batches of at least so many bars (and at most a chunk more), so that
    /// memory stays bounded. Each is read when it is asked for, from what is committed then.
    pub fn batches<'a>(&'a self, series: &'a Series, span: Span, least: usize) -> Batches<'a> {
        Batches {
            cache: self,
            series,
            left: Some(span),
            least,
        }
    }

    /// What is known of a series.
    ///
    /// # Errors
    /// As [`Cache::get`].
    pub fn about(&self, series: &Series) -> Result<Option<About>, Error> {
        self.reading(|transaction| about(transaction, series))
    }

    /// Every series, in the order of their names.
    ///
    /// # Errors
    /// As [`Cache::get`].
    pub fn all(&self) -> Result<Vec<(Series, About)>, Error> {
        self.reading(|transaction| {
            let table = transaction.open_table(SERIES)?;
            let mut all = Vec::new();
            for entry in table.iter()? {
                let (key, value) = entry?;
                let series = Series::of_key(key.value());
                all.extend(series.zip(About::decode(value.value())));
            }
            Ok(all)
        })
    }

    /// What has to be fetched to answer for a span, by the store's clock and lifetimes.
    ///
    /// # Errors
    /// As [`Cache::get`].
    pub fn need(&self, series: &Series, span: Span) -> Result<Need, Error> {
        let about = self.about(series)?;
        Ok(Need::of(
            about.as_ref(),
            series,
            span,
            &self.options().lifetimes,
            self.now(),
        ))
    }

    /// Stretches within a span that have no bars: those never asked for, and those between bars that
    /// are further apart than a market that never closes would have them.
    ///
    /// # Errors
    /// As [`Cache::get`].
    pub fn gaps(&self, series: &Series, span: Span) -> Result<Vec<Gap>, Error> {
        let known = self.about(series)?.unwrap_or_default();
        let unknown = known.covered.missing(span);
        let mut gaps: Vec<Gap> = unknown
            .iter()
            .map(|&span| Gap {
                span,
                unknown: true,
            })
            .collect();
        let step = series.longest_step();
        let mut before = None;
        for batch in self.batches(series, span, 1) {
            for &time in &batch?.time {
                if let Some(before) = before.filter(|b| time - b > step) {
                    let hole = Span {
                        start: before + 1,
                        end: time - 1,
                    };
                    let asked = unknown
                        .iter()
                        .all(|u| u.end < hole.start || u.start > hole.end);
                    if asked {
                        gaps.push(Gap {
                            span: hole,
                            unknown: false,
                        });
                    }
                }
                before = Some(time);
            }
        }
        gaps.sort_by_key(|gap| gap.span.start);
        Ok(gaps)
    }
}

pub(super) fn about(
    transaction: &ReadTransaction,
    series: &Series,
) -> Result<Option<About>, Fault> {
    let table = transaction.open_table(SERIES)?;
    let key = series.to_string();
    let Some(bytes) = table.get(key.as_str())? else {
        return Ok(None);
    };
    let about = About::decode(bytes.value());
    let about =
        about.ok_or_else(|| Fault::Damaged(format!("what it knows of {key} was altered")))?;
    Ok(Some(about))
}

/// Reads a series chunk by chunk.
struct Reader<'a> {
    series: &'a Series,
    id: u64,
    span: Span,
    /// The time at which the next chunk may begin; before the first it is looked for.
    next: Option<i64>,
    decoder: Decoder,
}

impl<'a> Reader<'a> {
    fn new(series: &'a Series, id: u64, span: Span) -> Self {
        Self {
            series,
            id,
            span,
            next: None,
            decoder: Decoder::default(),
        }
    }

    /// Adds the bars of the next chunk; whether there was one.
    fn next(&mut self, transaction: &ReadTransaction, into: &mut Bars) -> Result<bool, Fault> {
        if self.span.start > self.span.end {
            return Ok(false);
        }
        let chunks = transaction.open_table(CHUNKS)?;
        let from = if let Some(from) = self.next {
            from
        } else {
            let mut before = chunks.range((self.id, i64::MIN)..=(self.id, self.span.start))?;
            let before = before.next_back().transpose()?;
            before.map_or(self.span.start, |(key, _)| key.value().1)
        };
        let Some(entry) = chunks
            .range((self.id, from)..=(self.id, self.span.end))?
            .next()
        else {
            return Ok(false);
        };
        let (key, value) = entry?;
        let start = key.value().1;
        let had = into.len();
        let read = self.decoder.decode(value.value(), into);
        read.map_err(|fault| Fault::chunk(self.series, start, fault))?;
        self.next = start.checked_add(1);
        keep(into, had, self.span);
        Ok(self.next.is_some())
    }
}

/// Drops what was added beyond the bounds.
fn keep(bars: &mut Bars, had: usize, span: Span) {
    let added = &bars.time[had..];
    let from = had + added.partition_point(|&t| t < span.start);
    let to = had + added.partition_point(|&t| t <= span.end);
    bars.time.truncate(to);
    bars.time.drain(had..from.min(to));
    for column in bars.values_mut() {
        column.truncate(to);
        column.drain(had..from.min(to));
    }
}

/// Batches of a series' bars; see [`Cache::batches`].
#[derive(Debug)]
pub struct Batches<'a> {
    cache: &'a Cache,
    series: &'a Series,
    left: Option<Span>,
    least: usize,
}

impl Iterator for Batches<'_> {
    type Item = Result<Bars, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let span = self.left.take()?;
        let read = self.cache.reading(|transaction| {
            let mut bars = Bars::default();
            if let Some(about) = about(transaction, self.series)? {
                let mut reader = Reader::new(self.series, about.id, span);
                while bars.len() < self.least && reader.next(transaction, &mut bars)? {}
            }
            Ok(bars)
        });
        match read {
            Ok(bars) => {
                let start = bars.time.last()?.checked_add(1);
                self.left = start.map(|start| Span {
                    start,
                    end: span.end,
                });
                Some(Ok(bars))
            }
            Err(error) => Some(Err(error)),
        }
    }
}
