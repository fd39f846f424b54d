//! One file of bars: what is in it, by its name and its content.

use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};

use tvf_core::Error;
use tvf_core::cache::Series;
use zip::ZipArchive;

use crate::columns::{BySymbol, sorted};
use crate::fault::failed;
use crate::{csv, parquet};

/// The endings of files that are read.
pub const ENDINGS: [&str; 6] = ["parquet", "pq", "csv", "tsv", "txt", "zip"];

/// What a file's name says of its bars: `AAPL_1D.csv`, `BTCUSDT-1m-2024-01.zip`, `1D/AAPL.parquet`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// The symbol.
    pub symbol: Option<String>,
    /// How long a bar is, as charts write it.
    pub timeframe: Option<String>,
}

impl Named {
    /// Reads a path.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let stem = path.file_stem().and_then(OsStr::to_str).unwrap_or_default();
        let is_break = |c: char| c == '_' || c == '-' || c == ' ';
        for (place, _) in stem.match_indices(is_break) {
            let rest = &stem[place + 1..];
            let word = rest.split(is_break).next().unwrap_or_default();
            if place > 0
                && let Some(timeframe) = timeframe(word)
            {
                return Self {
                    symbol: Some(stem[..place].to_owned()),
                    timeframe: Some(timeframe),
                };
            }
        }
        let folder = path
            .parent()
            .and_then(Path::file_name)
            .and_then(OsStr::to_str);
        Self {
            symbol: (!stem.is_empty()).then(|| stem.to_owned()),
            timeframe: folder.and_then(timeframe),
        }
    }
}

/// A timeframe as charts write it, if the word is one.
fn timeframe(word: &str) -> Option<String> {
    let series = Series::new("X", word).ok()?;
    Some(series.timeframe_name())
}

/// Whether a file is one that is read, by its ending.
#[must_use]
pub fn is_known(path: &Path) -> bool {
    ending(path).is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

fn ending(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_lowercase())
}

/// The files of bars at a path: itself, or those in a folder and all below it, by name.
///
/// # Errors
/// [`Code::FetchFailed`](tvf_core::Code::FetchFailed) for a path that cannot be read.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, Error> {
    let unreadable = |error: std::io::Error| {
        let shown = path.display().to_string();
        failed(
            "path",
            &shown,
            "a file or a folder",
            format!("{shown} cannot be read: {error}"),
        )
    };
    if !std::fs::metadata(path).map_err(unreadable)?.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let inner = entry.map_err(unreadable)?.path();
        if inner.is_dir() {
            found.extend(files(&inner)?);
        } else if is_known(&inner) {
            found.push(inner);
        }
    }
    found.sort();
    Ok(found)
}

/// The bars of a file by symbol, in order.
///
/// # Errors
/// [`Code::FetchFailed`](tvf_core::Code::FetchFailed) with the file's name.
pub fn read(path: &Path) -> Result<BySymbol, Error> {
    let mut bars = BySymbol::new();
    read_into(path, &mut bars).map_err(|error| {
        let why = format!("{}: {}", path.display(), error.message());
        failed(&error.name, &error.value, &error.bound, why)
    })?;
    Ok(bars
        .into_iter()
        .map(|(symbol, bars)| (symbol, sorted(bars)))
        .collect())
}

fn read_into(path: &Path, bars: &mut BySymbol) -> Result<(), Error> {
    let open =
        || File::open(path).map_err(|error| failed("file", "", "a file that can be read", error));
    match ending(path).as_deref() {
        Some("parquet" | "pq") => parquet::read(path, bars),
        Some("csv" | "tsv" | "txt") => csv::read(open()?, bars),
        Some("zip") => {
            let broken = |error| failed("file", "", "a zip file", error);
            let mut archive = ZipArchive::new(open()?).map_err(broken)?;
            for place in 0..archive.len() {
                let inner = archive.by_index(place).map_err(broken)?;
                // Only texts are packed like this: Parquet is packed by itself.
                if inner.is_file() {
                    csv::read(inner, bars)?;
                }
            }
            Ok(())
        }
        other => {
            let bound = ENDINGS.join(", ");
            let other = other.unwrap_or_default();
            let why =
                format!("files that end with {other:?} are not read; those that are: {bound}");
            Err(failed("file", other, &bound, why))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_tell_symbol_and_timeframe() {
        for (path, symbol, timeframe) in [
            ("AAPL_1D.parquet", "AAPL", Some("1D")),
            ("a/BTCUSDT-1m-2024-01.zip", "BTCUSDT", Some("1m")),
            ("a/BRK-B_1d.csv", "BRK-B", Some("1D")),
            ("1W/MSFT.csv", "MSFT", Some("1W")),
            ("data/MSFT.csv", "MSFT", None),
            ("BTC-USD_4h.csv", "BTC-USD", Some("4h")),
        ] {
            let expected = Named {
                symbol: Some(symbol.to_owned()),
                timeframe: timeframe.map(str::to_owned),
            };
            assert_eq!(Named::of(Path::new(path)), expected, "{path}");
        }
    }

    #[test]
    fn a_file_of_another_kind_is_refused_by_name() {
        let error = read(Path::new("notes.md")).unwrap_err();
        assert!(
            error.message().starts_with("notes.md: files that end with"),
            "{error}"
        );
    }
}
