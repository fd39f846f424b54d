//! Bars into the store: merged with those that are there.

use redb::{ReadableTable, Table, WriteTransaction};

use super::about::{About, MOST_SOURCE};
use super::bars::{Bars, VALUES, View};
use super::chunk::{Decoder, Encoder};
use super::cut::{FULL, cut};
use super::fault::Fault;
use super::packed::BLOCK;
use super::series::Series;
use super::spans::Span;
use super::store::{CHUNKS, Cache, NEXT_ID, NUMBERS, SERIES};
use crate::error::{Code, Error};

/// What is said of bars that are put.
#[derive(Debug, Clone, Default)]
pub struct Note<'a> {
    /// Where they come from.
    pub source: &'a str,
    /// The stretch that was asked for, if it is more than from the first bar to the last: without a
    /// bar there, there is none.
    pub asked: Option<Span>,
    /// Whether the last bar is not finished; if it is not said, the clock decides.
    pub forming: Option<bool>,
}

/// A series with its bars and what is said of them, for [`Cache::put_many`].
#[derive(Debug, Clone)]
pub struct Put<'a> {
    /// Which series.
    pub series: &'a Series,
    /// The bars.
    pub bars: View<'a>,
    /// What is said of them.
    pub note: Note<'a>,
}

/// What a put changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Bars whose time was new.
    pub added: u64,
    /// Bars that took the place of one of the same time.
    pub replaced: u64,
    /// Chunks that were written.
    pub chunks: u64,
}

type Chunks<'t> = Table<'t, (u64, i64), &'static [u8]>;

impl Cache {
    /// Puts bars into a series. A bar takes the place of one of the same time.
    ///
    /// # Errors
    /// [`Code::InputLength`], [`Code::TimeOrder`], [`Code::InputRange`] for bars that are none,
    /// [`Code::CacheReadOnly`], [`Code::CacheFull`], [`Code::CacheStorage`], [`Code::CacheDamaged`];
    /// nothing is changed then.
    pub fn put(&self, series: &Series, bars: View<'_>, note: Note<'_>) -> Result<Written, Error> {
        self.put_many(&[Put { series, bars, note }])
    }

    /// Puts bars into several series, all of them or none: one commit, which is what takes time.
    ///
    /// # Errors
    /// As [`Cache::put`].
    pub fn put_many(&self, puts: &[Put<'_>]) -> Result<Written, Error> {
        for put in puts {
            check(put)?;
        }
        let now = self.now();
        self.writing(|transaction| {
            let mut writer = Writer::new();
            for put in puts {
                writer.put(transaction, put, now)?;
            }
            Ok(writer.written)
        })
    }
}

fn check(put: &Put<'_>) -> Result<(), Error> {
    put.bars.check()?;
    for (name, column) in VALUES.iter().zip(put.bars.values) {
        if let Some(bar) = column.iter().position(|v| v.is_infinite()) {
            let (value, bound) = (
                column[bar].to_string(),
                "a finite number, or NaN where there is none",
            );
            let why = format!("input {name} of bar {bar} is {value}; it must be {bound}");
            return Err(Error::new(Code::InputRange, *name, value, bound, why));
        }
    }
    if let Some(error) = untrue(&put.bars) {
        return Err(error);
    }
    if put.note.source.len() > MOST_SOURCE {
        let (value, bound) = (
            put.note.source.len().to_string(),
            format!("at most {MOST_SOURCE} bytes"),
        );
        let why = format!("source has {value} bytes, not {bound}");
        return Err(Error::new(Code::ParamRange, "source", value, bound, why));
    }
    Ok(())
}

/// What no market does: a high below the low, or a negative volume.
fn untrue(bars: &View<'_>) -> Option<Error> {
    let [_, high, low, _, volume] = bars.values;
    let refused = |bar: usize, name: &str, value: f64, bound: String| {
        let (time, value) = (bars.time[bar], value.to_string());
        let why = format!("{name} of bar {bar} (time {time}) is {value}; it must be {bound}");
        Error::new(Code::InputRange, name, value, bound, why)
    };
    let below = high.iter().zip(low).position(|(high, low)| high < low);
    let below = below.map(|bar| {
        refused(
            bar,
            "high",
            high[bar],
            format!("at least the low, {}", low[bar]),
        )
    });
    below.or_else(|| {
        let bar = volume.iter().position(|&volume| volume < 0.0)?;
        Some(refused(bar, "volume", volume[bar], "0 or more".into()))
    })
}

/// What a writing transaction needs for one series after the other.
pub(super) struct Writer {
    encoder: Encoder,
    decoder: Decoder,
    written: Written,
}

impl Writer {
    pub(super) fn new() -> Self {
        Self {
            encoder: Encoder::default(),
            decoder: Decoder::default(),
            written: Written::default(),
        }
    }

    fn put(
        &mut self,
        transaction: &WriteTransaction,
        put: &Put<'_>,
        now: i64,
    ) -> Result<(), Fault> {
        let key = put.series.to_string();
        let mut series = transaction.open_table(SERIES)?;
        let known = series
            .get(key.as_str())?
            .map(|bytes| About::decode(bytes.value()));
        let mut about = match known {
            Some(Some(about)) => about,
            // What is known was altered: its chunks cannot be found again, so it begins anew.
            Some(None) | None => About {
                id: next_id(transaction)?,
                ..About::default()
            },
        };
        let mut chunks = transaction.open_table(CHUNKS)?;
        if !put.bars.is_empty() {
            self.merge(&mut chunks, put, &mut about)?;
        }
        let latest = about.ends.map_or(i64::MIN, |(_, latest)| latest);
        let ends = put
            .bars
            .time
            .first()
            .copied()
            .zip(put.bars.time.last().copied());
        if let Some((first, last)) = ends {
            // A bar stands for all of its time, as far as that has passed.
            let till = last.saturating_add(put.series.shortest_step() - 1);
            let till = if till < now { till } else { now };
            let end = if till < last { last } else { till };
            about.covered.add(Span { start: first, end });
            let over = last.saturating_add(put.series.longest_step());
            let forming = put.note.forming.unwrap_or(over > now);
            // Bars of the past say nothing of the last one, nor of when that was asked for.
            if last >= latest {
                about.forming = forming.then_some(last);
                about.fetched_at = now;
            }
        }
        if let Some(asked) = put.note.asked {
            // What had not happened when it was asked for is not known to be empty.
            let end = if asked.end < now { asked.end } else { now };
            about.covered.add(Span {
                start: asked.start,
                end,
            });
            if end >= latest {
                about.fetched_at = now;
            }
        }
        about.ends = ends_of(&chunks, about.id)?;
        put.note.source.clone_into(&mut about.source);
        series.insert(key.as_str(), about.encode().as_slice())?;
        Ok(())
    }

    /// Merges bars with the chunks that they touch, which are cut anew.
    fn merge(
        &mut self,
        chunks: &mut Chunks<'_>,
        put: &Put<'_>,
        about: &mut About,
    ) -> Result<(), Fault> {
        let (id, bars) = (about.id, put.bars);
        let (first, last) = (bars.time[0], bars.time[bars.len() - 1]);
        let before = chunks
            .range((id, i64::MIN)..=(id, first))?
            .next_back()
            .transpose()?;
        let begins = before.map(|(key, _)| key.value().1);
        let from = begins.unwrap_or(first);
        let mut old = Bars::default();
        let mut touched = Vec::new();
        let mut lost = Vec::new();
        for entry in chunks.range((id, from)..=(id, last))? {
            let (key, value) = entry?;
            let start = key.value().1;
            let is_before = begins == Some(start);
            let (had, bytes) = (old.len(), value.value());
            match self.decoder.decode(bytes, &mut old) {
                Ok(()) => {
                    let ends_before = old.time.last().is_some_and(|&t| t < first);
                    let count = old.len() - had;
                    let full = bytes.len() >= FULL && count.is_multiple_of(BLOCK);
                    if is_before && ends_before && full {
                        old = Bars::default();
                        continue;
                    }
                }
                // It cannot be read, so the new bars take its place; the rest of it is missing again.
                Err(_) => lost.push(start),
            }
            touched.push(start);
        }
        for &start in &lost {
            uncover(chunks, about, start)?;
        }
        let (merged, replaced) = merge(old.view(), bars)?;
        let made = self.cut(merged.view());
        exchange(chunks, id, &touched, &made)?;
        let added = bars.len() as u64 - replaced;
        self.written.added += added;
        self.written.replaced += replaced;
        self.written.chunks += made.len() as u64;
        about.bars = if lost.is_empty() {
            about.bars + added
        } else {
            count(chunks, id)?
        };
        Ok(())
    }

    /// The chunks of bars, each with the time of its first one.
    fn cut(&mut self, bars: View<'_>) -> Vec<(i64, Vec<u8>)> {
        let mut made = Vec::new();
        cut(bars, &mut self.encoder, |start, bytes| {
            made.push((start, bytes));
        });
        made
    }

    /// Cuts a whole series anew, if that makes fewer chunks of it.
    pub(super) fn cut_anew(
        &mut self,
        chunks: &mut Chunks<'_>,
        series: &Series,
        id: u64,
    ) -> Result<(), Fault> {
        let mut all = Bars::default();
        let mut starts = Vec::new();
        for entry in chunks.range((id, i64::MIN)..=(id, i64::MAX))? {
            let (key, value) = entry?;
            let start = key.value().1;
            let read = self.decoder.decode(value.value(), &mut all);
            read.map_err(|fault| Fault::chunk(series, start, fault))?;
            starts.push(start);
        }
        let made = self.cut(all.view());
        if made.len() < starts.len() {
            exchange(chunks, id, &starts, &made)?;
        }
        Ok(())
    }
}

/// Puts chunks in the place of others.
fn exchange(
    chunks: &mut Chunks<'_>,
    id: u64,
    old: &[i64],
    new: &[(i64, Vec<u8>)],
) -> Result<(), Fault> {
    for start in old {
        chunks.remove((id, *start))?;
    }
    for (start, bytes) in new {
        chunks.insert((id, *start), bytes.as_slice())?;
    }
    Ok(())
}

/// Has what a chunk that cannot be read stood for count as never asked for: up to the next chunk.
pub(super) fn uncover(
    chunks: &impl ReadableTable<(u64, i64), &'static [u8]>,
    about: &mut About,
    start: i64,
) -> Result<(), Fault> {
    let id = about.id;
    let next = chunks
        .range((id, start)..=(id, i64::MAX))?
        .nth(1)
        .transpose()?;
    let end = next.map_or(i64::MAX, |(key, _)| key.value().1 - 1);
    about.covered.cut(Span { start, end });
    Ok(())
}

/// The number of a new series.
fn next_id(transaction: &WriteTransaction) -> Result<u64, Fault> {
    let mut numbers = transaction.open_table(NUMBERS)?;
    let id = numbers.get(NEXT_ID)?.map_or(0, |number| number.value());
    numbers.insert(NEXT_ID, id + 1)?;
    Ok(id)
}

/// Times of the first and the last bar in the chunks that can be read.
pub(super) fn ends_of(
    chunks: &impl ReadableTable<(u64, i64), &'static [u8]>,
    id: u64,
) -> Result<Option<(i64, i64)>, Fault> {
    let range = || chunks.range((id, i64::MIN)..=(id, i64::MAX));
    let Some(first) = range()?.next().transpose()? else {
        return Ok(None);
    };
    let first = first.0.value().1;
    let mut bars = Bars::default();
    for entry in range()?.rev() {
        let (key, value) = entry?;
        if Decoder::default().decode(value.value(), &mut bars).is_ok() {
            return Ok(bars.time.last().map(|&last| (first, last)));
        }
        // A chunk that cannot be read still tells when it begins.
        if key.value().1 == first {
            return Ok(Some((first, first)));
        }
    }
    Ok(None)
}

fn count(chunks: &impl ReadableTable<(u64, i64), &'static [u8]>, id: u64) -> Result<u64, Fault> {
    let mut bars = 0;
    for entry in chunks.range((id, i64::MIN)..=(id, i64::MAX))? {
        bars += super::chunk::bars(entry?.1.value()).unwrap_or(0);
    }
    Ok(bars)
}

/// Old and new bars by their times, new ones in the place of old, and how many took such a place.
pub(super) fn merge(old: View<'_>, new: View<'_>) -> Result<(Bars, u64), Error> {
    let mut into = Bars::with_room(old.len() + new.len())?;
    let (mut at, mut from, mut replaced) = (0, 0, 0);
    while from < new.len() {
        // A stretch of new bars without an old one between them, and the old ones before it.
        let upto = old.time[at..].partition_point(|&t| t < new.time[from]) + at;
        into.extend(old.part(at..upto))?;
        at = upto;
        let next = old.time.get(at).copied();
        let till = next.map_or(new.len(), |t| {
            new.time[from..].partition_point(|&n| n <= t) + from
        });
        into.extend(new.part(from..till))?;
        if till > from && next == Some(new.time[till - 1]) {
            replaced += 1;
            at += 1;
        }
        from = till;
    }
    into.extend(old.part(at..old.len()))?;
    Ok((into, replaced))
}
