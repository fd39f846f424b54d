//! What is in the store.

use std::sync::Arc;

use serde::Serialize;
use tvf_core::cache::{About, Cache, Series, Span};
use tvf_core::{Code, Error};

use crate::args::{Gaps, Info, Ls};
use crate::output::{Output, bytes, moment, table, thousands};

#[derive(Serialize)]
struct Known {
    symbol: String,
    timeframe: String,
    bars: u64,
    first: Option<i64>,
    last: Option<i64>,
    fetched_at: i64,
    source: String,
    forming: Option<i64>,
}

impl Known {
    fn of(series: &Series, about: &About) -> Self {
        Self {
            symbol: series.symbol().to_owned(),
            timeframe: series.timeframe_name(),
            bars: about.bars,
            first: about.ends.map(|(first, _)| first),
            last: about.ends.map(|(_, last)| last),
            fetched_at: about.fetched_at,
            source: about.source.clone(),
            forming: about.forming,
        }
    }

    fn ends(&self) -> [String; 2] {
        [self.first, self.last].map(|time| time.map_or_else(String::new, moment))
    }
}

#[derive(Serialize)]
struct Whole {
    path: String,
    series: u64,
    bars: u64,
    chunks: u64,
    payload: u64,
    file: u64,
}

pub fn ls(cache: &Arc<Cache>, args: &Ls, output: &Output) -> Result<bool, Error> {
    let wanted = |series: &Series| {
        args.pattern
            .as_deref()
            .is_none_or(|part| series.symbol().contains(part))
    };
    let all = cache.all()?;
    let all: Vec<Known> = all
        .iter()
        .filter(|(series, _)| wanted(series))
        .map(|(series, about)| Known::of(series, about))
        .collect();
    output.answer(&all, || {
        let rows: Vec<Vec<String>> = all
            .iter()
            .map(|known| {
                let [first, last] = known.ends();
                let (symbol, timeframe) = (known.symbol.clone(), known.timeframe.clone());
                vec![
                    symbol,
                    timeframe,
                    thousands(known.bars),
                    first,
                    last,
                    known.source.clone(),
                ]
            })
            .collect();
        if rows.is_empty() {
            return "no series".into();
        }
        table(
            &["symbol", "timeframe", "bars", "first", "last", "source"],
            &rows,
        )
    });
    Ok(true)
}

pub fn info(cache: &Arc<Cache>, args: &Info, output: &Output) -> Result<bool, Error> {
    if let (Some(symbol), Some(timeframe)) = (&args.symbol, &args.timeframe) {
        let series = Series::new(symbol, timeframe)?;
        let Some(about) = cache.about(&series)? else {
            return Err(unknown(cache, &series)?);
        };
        let known = Known::of(&series, &about);
        output.answer(&known, || {
            let [first, last] = known.ends();
            let forming = known.forming.map_or_else(|| "none".into(), moment);
            format!(
                "series    {series}\nbars      {}\nfirst     {first}\nlast      {last}\nforming   {forming}\nfetched   {}\nsource    {}",
                thousands(known.bars),
                moment(known.fetched_at),
                known.source,
            )
        });
        return Ok(true);
    }
    let stats = cache.stats()?;
    let whole = Whole {
        path: cache.path().display().to_string(),
        series: stats.series,
        bars: stats.bars,
        chunks: stats.chunks,
        payload: stats.payload,
        file: stats.file,
    };
    output.answer(&whole, || {
        let each = if stats.bars == 0 {
            0.0
        } else {
            stats.file as f64 / stats.bars as f64
        };
        format!(
            "file      {}, {}\nseries    {}\nbars      {} ({each:.1} bytes each)\nchunks    {}, {}",
            whole.path,
            bytes(stats.file),
            thousands(stats.series),
            thousands(stats.bars),
            thousands(stats.chunks),
            bytes(stats.payload),
        )
    });
    Ok(true)
}

pub fn gaps(cache: &Arc<Cache>, args: &Gaps, output: &Output) -> Result<bool, Error> {
    #[derive(Serialize)]
    struct Hole {
        start: i64,
        end: i64,
        unknown: bool,
    }
    let series = args.which.series()?;
    let Some(about) = cache.about(&series)? else {
        return Err(unknown(cache, &series)?);
    };
    let (first, last) = about.ends.unwrap_or((0, -1));
    let Span { start, end } = args.within.span(first, last)?;
    let gaps: Vec<Hole> = cache
        .gaps(&series, Span { start, end })?
        .iter()
        .map(|gap| Hole {
            start: gap.span.start,
            end: gap.span.end,
            unknown: gap.unknown,
        })
        .collect();
    output.answer(&gaps, || {
        let why = |gap: &Hole| {
            if gap.unknown {
                "never asked for"
            } else {
                "asked for, none there"
            }
        };
        let row = |gap: &Hole| vec![moment(gap.start), moment(gap.end), why(gap).into()];
        let rows: Vec<Vec<String>> = gaps.iter().map(row).collect();
        if rows.is_empty() {
            "no gaps".into()
        } else {
            table(&["from", "to", ""], &rows)
        }
    });
    Ok(true)
}

/// That a series is not there, with those of its symbol that are.
pub fn unknown(cache: &Cache, series: &Series) -> Result<Error, Error> {
    let all = cache.all()?;
    let mine = all
        .iter()
        .filter(|(other, _)| other.symbol() == series.symbol());
    let mine: Vec<String> = mine.map(|(other, _)| other.timeframe_name()).collect();
    let bound = if mine.is_empty() {
        "a series of `tvf cache ls`".to_owned()
    } else {
        format!("{} at {}", series.symbol(), mine.join(", "))
    };
    let why = format!("there is no series {series}; there is {bound}");
    Ok(Error::new(
        Code::ParamChoice,
        "series",
        series.to_string(),
        bound,
        why,
    ))
}
