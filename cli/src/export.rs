//! Bars of the store as files.

use std::fs::File;
use std::io::{BufWriter, Write, stdout};
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use tvf_core::cache::{Bars, Cache};
use tvf_core::{Code, Error};
use tvf_feeds::parquet::Writer;

use crate::args::Export;
use crate::output::{Output, thousands};

/// Bars that are in memory at once.
const BATCH: usize = 1 << 17;

#[derive(Serialize)]
struct Done<'a> {
    series: String,
    bars: u64,
    file: Option<&'a Path>,
}

pub fn run(cache: &Arc<Cache>, args: &Export, output: &Output) -> Result<bool, Error> {
    let series = args.which.series()?;
    let span = args.within.all()?;
    if cache.about(&series)?.is_none() {
        return Err(crate::look::unknown(cache, &series)?);
    }
    let mut bars = 0;
    let path = args.output.as_deref();
    let mut into = Sink::create(path, args.which.symbol.as_str())?;
    for batch in cache.batches(&series, span, BATCH) {
        let batch = batch?;
        bars += batch.len() as u64;
        into.write(&batch)?;
    }
    into.finish()?;
    let Some(file) = path else {
        return Ok(true);
    };
    let done = Done {
        series: series.to_string(),
        bars,
        file: path,
    };
    output.answer(&done, || {
        format!("{} bars of {series} in {}", thousands(bars), file.display())
    });
    Ok(true)
}

/// Where bars go.
enum Sink {
    Parquet(Box<Writer>),
    Csv(Box<dyn Write>),
}

impl Sink {
    fn create(path: Option<&Path>, symbol: &str) -> Result<Self, Error> {
        let Some(path) = path else {
            return Self::csv(Box::new(BufWriter::new(stdout())));
        };
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("parquet" | "pq") => {
                Ok(Self::Parquet(Box::new(Writer::create(path, Some(symbol))?)))
            }
            Some("csv") => {
                let file = File::create(path).map_err(|error| unwritable(&error))?;
                Self::csv(Box::new(BufWriter::new(file)))
            }
            _ => {
                let (shown, bound) = (
                    path.display().to_string(),
                    "a name that ends with .parquet or .csv",
                );
                let why = format!("output {shown} is not {bound}");
                Err(Error::new(Code::ParamChoice, "output", shown, bound, why))
            }
        }
    }

    fn csv(mut into: Box<dyn Write>) -> Result<Self, Error> {
        writeln!(into, "time,open,high,low,close,volume").map_err(|error| unwritable(&error))?;
        Ok(Self::Csv(into))
    }

    fn write(&mut self, bars: &Bars) -> Result<(), Error> {
        match self {
            Self::Parquet(writer) => writer.write(bars),
            Self::Csv(into) => {
                for row in 0..bars.len() {
                    let [open, high, low, close, volume] =
                        bars.values().map(|column| Cell(column[row]));
                    let time = bars.time[row];
                    writeln!(into, "{time},{open},{high},{low},{close},{volume}")
                        .map_err(|error| unwritable(&error))?;
                }
                Ok(())
            }
        }
    }

    fn finish(self) -> Result<(), Error> {
        match self {
            Self::Parquet(writer) => writer.finish(),
            Self::Csv(mut into) => into.flush().map_err(|error| unwritable(&error)),
        }
    }
}

/// A number as it is read again, nothing where there is none.
struct Cell(f64);

impl core::fmt::Display for Cell {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        if self.0.is_nan() {
            Ok(())
        } else {
            self.0.fmt(f)
        }
    }
}

fn unwritable(error: &std::io::Error) -> Error {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        // Whoever read has seen enough.
        std::process::exit(0);
    }
    let bound = "a file that can be written";
    Error::new(
        Code::CacheStorage,
        "output",
        "",
        bound,
        format!("the output cannot be written: {error}"),
    )
}
