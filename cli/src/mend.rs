//! Keeping a store in order.

use std::sync::Arc;

use serde::Serialize;
use tvf_core::Error;
use tvf_core::cache::{Cache, Series};

use crate::args::Remove;
use crate::output::{Output, bytes};

pub fn verify(cache: &Arc<Cache>, heal: bool, output: &Output) -> Result<bool, Error> {
    #[derive(Serialize)]
    struct Found {
        name: String,
        why: String,
    }
    #[derive(Serialize)]
    struct Verified {
        damages: Vec<Found>,
        removed_chunks: u64,
    }
    let found = cache.verify()?.into_iter().map(|damage| Found {
        name: damage.name,
        why: damage.why,
    });
    let damages: Vec<Found> = found.collect();
    let removed_chunks = if heal && !damages.is_empty() {
        cache.heal()?
    } else {
        0
    };
    let verified = Verified {
        damages,
        removed_chunks,
    };
    output.answer(&verified, || {
        if verified.damages.is_empty() {
            return "everything is as it was written".into();
        }
        let mut lines: Vec<String> = verified
            .damages
            .iter()
            .map(|damage| format!("{}: {}", damage.name, damage.why))
            .collect();
        lines.push(if heal {
            format!("{removed_chunks} chunks were taken out; what they had counts as never fetched")
        } else {
            "to take out what cannot be read: tvf cache verify --heal".into()
        });
        lines.join("\n")
    });
    Ok(verified.damages.is_empty() || (heal && cache.verify()?.is_empty()))
}

pub fn compact(cache: &Arc<Cache>, output: &Output) -> Result<bool, Error> {
    #[derive(Serialize)]
    struct Compacted {
        before: u64,
        after: u64,
    }
    let (before, after) = cache.compact()?;
    output.answer(&Compacted { before, after }, || {
        format!("{} before, {} after", bytes(before), bytes(after))
    });
    Ok(true)
}

pub fn remove(cache: &Arc<Cache>, args: &Remove, output: &Output) -> Result<bool, Error> {
    let mine: Vec<Series> = match &args.timeframe {
        Some(timeframe) => vec![Series::new(&args.symbol, timeframe)?],
        None => cache
            .all()?
            .into_iter()
            .map(|(series, _)| series)
            .filter(|series| series.symbol() == args.symbol)
            .collect(),
    };
    let mut removed = Vec::new();
    for series in mine {
        if cache.remove(&series)? {
            removed.push(series.to_string());
        }
    }
    if removed.is_empty() {
        let series = Series::new(&args.symbol, args.timeframe.as_deref().unwrap_or("1D"))?;
        return Err(crate::look::unknown(cache, &series)?);
    }
    output.answer(&removed, || format!("removed {}", removed.join(", ")));
    Ok(true)
}
