//! Series out of a source into the store.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tvf_core::cache::{Cache, Loader, Loading, Retry, Series, Source, Wanted};
use tvf_core::{Code, Error};
use tvf_feeds::folder::Folder;
use tvf_feeds::http::{Http, Options};
use tvf_feeds::sample::Sample;

use crate::args::Prefetch;
use crate::output::{Output, thousands};

/// How often the bar of progress is drawn.
const DRAWN: Duration = Duration::from_millis(100);

#[derive(Serialize)]
struct Loaded {
    wanted: usize,
    done: usize,
    fresh: usize,
    bars: u64,
    failed: BTreeMap<String, String>,
}

pub fn run(cache: &Arc<Cache>, args: &Prefetch, output: &Output) -> Result<bool, Error> {
    let mut names = args.names.clone();
    if let Some(path) = &args.symbols {
        names.extend(listed(path)?);
    }
    let span = args.within.all()?;
    let wanted = names.iter().map(|name| {
        let series = Series::new(name, &args.timeframe)?;
        Ok(Wanted { series, span })
    });
    let wanted: Vec<Wanted> = wanted.collect::<Result<_, Error>>()?;
    let how = Loading {
        fetchers: args.fetchers,
        retry: Retry {
            tries: args.tries,
            ..Retry::default()
        },
        ..Loading::default()
    };
    let bar = output.progress(wanted.len(), "series");
    let loader = Loader::start(cache, &source(args)?, wanted, how)?;
    let end = loop {
        let far = loader.wait(DRAWN);
        bar.set_position((far.done + far.failed.len()) as u64);
        bar.set_message(format!(
            "{} bars, {} failed",
            thousands(far.bars),
            far.failed.len()
        ));
        if far.ended {
            break far;
        }
    };
    bar.finish_and_clear();
    let failed = end
        .failed
        .iter()
        .map(|(series, error)| (series.to_string(), error.message().to_owned()));
    let loaded = Loaded {
        wanted: end.total,
        done: end.done,
        fresh: end.fresh,
        bars: end.bars,
        failed: failed.collect(),
    };
    for (series, why) in &loaded.failed {
        output.note(&format!("error: {series}: {why}"));
    }
    output.answer(&loaded, || {
        format!(
            "{} of {} series: {} bars fetched, {} series needed nothing, {} failed",
            loaded.done,
            loaded.wanted,
            thousands(loaded.bars),
            loaded.fresh,
            loaded.failed.len()
        )
    });
    Ok(loaded.failed.is_empty())
}

fn source(args: &Prefetch) -> Result<Arc<dyn Source>, Error> {
    if args.source == "sample" {
        return Ok(Arc::new(Sample));
    }
    if args.source.contains("://") {
        let options = Options {
            base: args.source.clone(),
            path: args.request.clone(),
            key: args.key.clone(),
            timeout: args.timeout.into(),
            per_second: args.rate,
            ..Options::default()
        };
        return Ok(Arc::new(Http::new(options)?));
    }
    Ok(Arc::new(Folder::new(&args.source)?))
}

/// The symbols of a file; empty lines and those that begin with # are none.
fn listed(path: &Path) -> Result<Vec<String>, Error> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        let (shown, bound) = (
            path.display().to_string(),
            "a text file with a symbol on each line",
        );
        let why = format!("{shown} is not {bound}: {error}");
        Error::new(Code::ParamChoice, "symbols", shown, bound, why)
    })?;
    let lines = text.lines().map(str::trim);
    Ok(lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(str::to_owned)
        .collect())
}
