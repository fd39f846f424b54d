//! What keeps a store in order: looking through it, making it smaller, taking series out.

use redb::{ReadableTable, ReadableTableMetadata};

use super::about::About;
use super::chunk;
use super::fault::{Fault, chunk_name};
use super::read::about;
use super::series::Series;
use super::store::{CHUNKS, Cache, SERIES};
use super::write::{Writer, ends_of, uncover};
use crate::error::Error;

/// How much is in a store.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Series.
    pub series: u64,
    /// Bars.
    pub bars: u64,
    /// Chunks.
    pub chunks: u64,
    /// Bytes of chunks.
    pub payload: u64,
    /// Bytes of the file.
    pub file: u64,
}

/// Something that is not what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The chunk or series, by name.
    pub name: String,
    /// What is wrong with it.
    pub why: String,
}

impl Cache {
    /// How much is in the store.
    ///
    /// # Errors
    /// As [`Cache::get`].
    pub fn stats(&self) -> Result<Stats, Error> {
        let mut stats = self.reading(|transaction| {
            let mut stats = Stats::default();
            let series = transaction.open_table(SERIES)?;
            for entry in series.iter()? {
                stats.bars += About::decode(entry?.1.value()).map_or(0, |about| about.bars);
            }
            stats.series = series.len()?;
            let chunks = transaction.open_table(CHUNKS)?;
            stats.chunks = chunks.len()?;
            stats.payload = chunks.stats()?.stored_bytes();
            Ok(stats)
        })?;
        stats.file = std::fs::metadata(self.path()).map_or(0, |file| file.len());
        Ok(stats)
    }

    /// Reads everything; what is not as it was written, by name. None is what should come out.
    ///
    /// # Errors
    /// As [`Cache::get`], if not even the names can be read.
    pub fn verify(&self) -> Result<Vec<Damage>, Error> {
        self.reading(|transaction| {
            let (series, chunks) = (
                transaction.open_table(SERIES)?,
                transaction.open_table(CHUNKS)?,
            );
            let mut damages = Vec::new();
            let mut known = 0;
            for entry in series.iter()? {
                let (key, value) = entry?;
                let read = Series::of_key(key.value()).zip(About::decode(value.value()));
                let Some((series, about)) = read else {
                    let why = "what is known of it was altered".into();
                    damages.push(Damage {
                        name: key.value().into(),
                        why,
                    });
                    continue;
                };
                known += look_through(&chunks, &series, &about, &mut damages)?;
            }
            let orphans = chunks.len()?.saturating_sub(known);
            if orphans > 0 && damages.is_empty() {
                let why = format!("{orphans} chunks belong to no series");
                damages.push(Damage {
                    name: "chunks".into(),
                    why,
                });
            }
            Ok(damages)
        })
    }

    /// Takes out the chunks that cannot be read, so that what they had counts as never fetched; how
    /// many those are.
    ///
    /// # Errors
    /// As [`Cache::put`].
    pub fn heal(&self) -> Result<u64, Error> {
        let all = self.all()?;
        self.writing(|transaction| {
            let (mut table, mut chunks) = (
                transaction.open_table(SERIES)?,
                transaction.open_table(CHUNKS)?,
            );
            let mut gone = 0;
            for (series, mut about) in all {
                let id = about.id;
                let (mut bad, mut bars) = (Vec::new(), 0);
                for entry in chunks.range((id, i64::MIN)..=(id, i64::MAX))? {
                    let (key, value) = entry?;
                    match chunk::read_bars(value.value()) {
                        Ok(read) => bars += read.len() as u64,
                        Err(_) => bad.push(key.value().1),
                    }
                }
                if bad.is_empty() {
                    continue;
                }
                for &start in &bad {
                    uncover(&chunks, &mut about, start)?;
                }
                for &start in &bad {
                    chunks.remove((id, start))?;
                }
                gone += bad.len() as u64;
                about.bars = bars;
                about.ends = ends_of(&chunks, id)?;
                table.insert(series.to_string().as_str(), about.encode().as_slice())?;
            }
            Ok(gone)
        })
    }

    /// Cuts series anew whose chunks are not full, and gives back room in the file; the bytes of the
    /// file before and after. Nothing else can run meanwhile.
    ///
    /// # Errors
    /// As [`Cache::put`].
    pub fn compact(&self) -> Result<(u64, u64), Error> {
        let before = self.stats()?.file;
        let all = self.all()?;
        self.writing(|transaction| {
            let mut chunks = transaction.open_table(CHUNKS)?;
            let mut writer = Writer::new();
            for (series, about) in &all {
                writer.cut_anew(&mut chunks, series, about.id)?;
            }
            Ok(())
        })?;
        self.alone(|db| {
            while db.compact()? {}
            Ok(())
        })?;
        Ok((before, self.stats()?.file))
    }

    /// Takes a series out; whether it was there.
    ///
    /// # Errors
    /// As [`Cache::put`].
    pub fn remove(&self, series: &Series) -> Result<bool, Error> {
        self.writing(|transaction| {
            let key = series.to_string();
            let mut table = transaction.open_table(SERIES)?;
            let known = table
                .remove(key.as_str())?
                .map(|bytes| About::decode(bytes.value()));
            if let Some(Some(about)) = &known {
                let mut chunks = transaction.open_table(CHUNKS)?;
                chunks.retain_in((about.id, i64::MIN)..=(about.id, i64::MAX), |_, _| false)?;
            }
            Ok(known.is_some())
        })
    }

    /// The bytes of each chunk of a series with the time of its first bar.
    ///
    /// # Errors
    /// As [`Cache::get`].
    pub fn chunk_sizes(&self, series: &Series) -> Result<Vec<(i64, usize)>, Error> {
        self.reading(|transaction| {
            let Some(about) = about(transaction, series)? else {
                return Ok(Vec::new());
            };
            let chunks = transaction.open_table(CHUNKS)?;
            let mut sizes = Vec::new();
            for entry in chunks.range((about.id, i64::MIN)..=(about.id, i64::MAX))? {
                let (key, value) = entry?;
                sizes.push((key.value().1, value.value().len()));
            }
            Ok(sizes)
        })
    }
}

/// Reads the chunks of a series; how many there are.
fn look_through(
    chunks: &impl ReadableTable<(u64, i64), &'static [u8]>,
    series: &Series,
    about: &About,
    damages: &mut Vec<Damage>,
) -> Result<u64, Fault> {
    let (mut count, mut bars, mut last) = (0, 0, None);
    let had = damages.len();
    for entry in chunks.range((about.id, i64::MIN)..=(about.id, i64::MAX))? {
        let (key, value) = entry?;
        let start = key.value().1;
        count += 1;
        let name = || chunk_name(series, start);
        match chunk::read_bars(value.value()) {
            Err(fault) => damages.push(Damage {
                name: name(),
                why: fault.to_string(),
            }),
            Ok(read) => {
                let (first, end) = (read.time.first().copied(), read.time.last().copied());
                if first != Some(start) || last.is_some_and(|last| last >= start) {
                    let why = "its bars are not where its key says".into();
                    damages.push(Damage { name: name(), why });
                }
                bars += read.len() as u64;
                last = end;
            }
        }
    }
    if damages.len() == had && bars != about.bars {
        let why = format!("it has {bars} bars, and {} were written", about.bars);
        damages.push(Damage {
            name: series.to_string(),
            why,
        });
    }
    Ok(count)
}
