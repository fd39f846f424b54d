//! Files into the store.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;
use tvf_core::cache::{Bars, Cache, Note, Put, Series, Written};
use tvf_core::{Code, Error};
use tvf_feeds::file::{Named, files, read};

use crate::args::Import;
use crate::output::{Output, thousands};

/// Bars that are put with one commit: a commit takes time, and what is put is in memory until then.
const BATCH: usize = 1 << 20;

/// What was done.
#[derive(Debug, Default, Serialize)]
struct Done {
    files: usize,
    series: usize,
    added: u64,
    replaced: u64,
    seconds: f64,
    failed: BTreeMap<String, String>,
}

pub fn run(cache: &Arc<Cache>, args: &Import, output: &Output) -> Result<bool, Error> {
    let mut paths = Vec::new();
    for path in &args.paths {
        paths.extend(files(path)?);
    }
    let began = Instant::now();
    let bar = output.progress(paths.len(), "files");
    let mut done = Done::default();
    let mut batch = Batch::default();
    let mut seen = BTreeSet::new();
    for path in &paths {
        match of_file(path, args) {
            Ok(all) => {
                done.files += 1;
                for (series, bars) in all {
                    seen.insert(series.to_string());
                    batch.bars += bars.len();
                    batch
                        .waiting
                        .push((path.display().to_string(), series, bars));
                }
            }
            Err(error) => {
                bar.suspend(|| output.note(&format!("error: {}", error.message())));
                done.failed
                    .insert(path.display().to_string(), error.message().to_owned());
            }
        }
        if batch.bars >= BATCH {
            batch.flush(cache, &mut done, output)?;
        }
        bar.set_message(format!("{} bars", thousands(done.added + done.replaced)));
        bar.inc(1);
    }
    batch.flush(cache, &mut done, output)?;
    bar.finish_and_clear();
    done.series = seen.len();
    done.seconds = began.elapsed().as_secs_f64();
    output.answer(&done, || {
        let bars = done.added + done.replaced;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rate to look at")]
        let rate = (bars as f64 / done.seconds) as u64;
        let failed = if done.failed.is_empty() { String::new() } else { format!(", {} files failed", done.failed.len()) };
        format!(
            "{} bars of {} series from {} files in {:.1} s ({} a second): {} new, {} replaced{failed}",
            thousands(bars), thousands(done.series as u64), thousands(done.files as u64), done.seconds, thousands(rate),
            thousands(done.added), thousands(done.replaced),
        )
    });
    Ok(done.failed.is_empty())
}

/// Bars that wait to be put, with the file that they are of.
#[derive(Default)]
struct Batch {
    waiting: Vec<(String, Series, Bars)>,
    bars: usize,
}

impl Batch {
    fn flush(&mut self, cache: &Cache, done: &mut Done, output: &Output) -> Result<(), Error> {
        let put = |waiting: &[(String, Series, Bars)]| {
            let puts: Vec<Put<'_>> = waiting
                .iter()
                .map(|(path, series, bars)| {
                    let name = Path::new(path).file_name().and_then(|name| name.to_str());
                    Put {
                        series,
                        bars: bars.view(),
                        note: Note {
                            source: name.unwrap_or_default(),
                            asked: None,
                            forming: None,
                        },
                    }
                })
                .collect();
            cache.put_many(&puts)
        };
        let mut add = |written: Written| {
            done.added += written.added;
            done.replaced += written.replaced;
        };
        match put(&self.waiting) {
            Ok(written) => add(written),
            // Of bars that are none, which file has them is found one by one.
            Err(error) if error.code == Code::InputRange || error.code == Code::TimeOrder => {
                for one in &self.waiting {
                    match put(core::slice::from_ref(one)) {
                        Ok(written) => add(written),
                        Err(error) => {
                            let why = format!("{}: {}: {}", one.0, one.1, error.message());
                            output.note(&format!("error: {why}"));
                            done.failed.insert(one.0.clone(), why);
                        }
                    }
                }
            }
            Err(error) => return Err(error),
        }
        self.waiting.clear();
        self.bars = 0;
        Ok(())
    }
}

/// The series that a file has.
fn of_file(path: &Path, args: &Import) -> Result<Vec<(Series, Bars)>, Error> {
    let named = Named::of(path);
    let timeframe = args.timeframe.clone().or(named.timeframe).ok_or_else(|| {
        let shown = path.display().to_string();
        let bound = "a name such as AAPL_1D.parquet or 1D/AAPL.csv, or --timeframe";
        let why = format!("{shown}: its name does not say how long a bar is; that takes {bound}");
        Error::new(Code::ParamChoice, "timeframe", shown, bound, why)
    })?;
    let symbol = args.symbol.clone().or(named.symbol);
    let all = read(path)?.into_iter().map(|(told, bars)| {
        let symbol = args.symbol.clone().or(told).or_else(|| symbol.clone());
        Ok((Series::new(&symbol.unwrap_or_default(), &timeframe)?, bars))
    });
    all.collect()
}
