//! A folder of files as a source.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use tvf_core::cache::{Bars, Failure, Series, Source, Span};
use tvf_core::{Code, Error};

use crate::file::{Named, files, read};

/// A folder of Parquet, CSV and zip files, and what is below it. A file's name tells symbol and
/// timeframe (`AAPL_1D.parquet`, `1D/AAPL.csv`), a column `symbol` tells it better.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// The file that was read last: series of one file are mostly asked for one after the other.
    last: Mutex<Option<Held>>,
}

#[derive(Debug)]
struct Held {
    path: PathBuf,
    changed: Option<SystemTime>,
    bars: BTreeMap<Option<String>, Bars>,
}

impl Folder {
    /// A folder, or a single file.
    ///
    /// # Errors
    /// [`Code::FetchFailed`] for a path that cannot be read.
    pub fn new(path: impl Into<PathBuf>) -> Result<Self, Error> {
        let path = path.into();
        files(&path)?;
        Ok(Self {
            path,
            last: Mutex::default(),
        })
    }

    /// The bars that a file has of a series.
    fn bars_of(&self, path: &Path, series: &Series, named: &Named) -> Result<Option<Bars>, Error> {
        let changed = std::fs::metadata(path)
            .and_then(|file| file.modified())
            .ok();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let held = match last.take() {
            Some(held) if held.path == path && held.changed == changed => held,
            _ => Held {
                path: path.to_path_buf(),
                changed,
                bars: read(path)?,
            },
        };
        let bars = &last.insert(held).bars;
        let mine = bars.get(&Some(series.symbol().to_owned()));
        let plain = bars
            .get(&None)
            .filter(|_| named.symbol.as_deref() == Some(series.symbol()));
        Ok(mine.or(plain).cloned())
    }
}

impl Source for Folder {
    fn name(&self) -> &'static str {
        "folder"
    }

    fn fetch(&self, series: &Series, span: Span) -> Result<Bars, Failure> {
        let mut all = Bars::default();
        let mut is_known = false;
        for path in files(&self.path)? {
            let named = Named::of(&path);
            let fits = named
                .timeframe
                .as_deref()
                .is_none_or(|t| t == series.timeframe_name());
            // A file with another symbol's name may still have several symbols.
            if !fits {
                continue;
            }
            if let Some(bars) = self.bars_of(&path, series, &named)? {
                is_known = true;
                all.extend(bars.view().between(span.start, span.end))?;
            }
        }
        if !is_known {
            let (shown, name) = (self.path.display(), series.to_string());
            let why = format!("{shown} has no file with bars of {name}");
            let bound = "a file such as AAPL_1D.parquet, 1D/AAPL.csv, or one with a column symbol";
            let error = Error::new(Code::FetchFailed, "series", name, bound, why);
            return Err(Failure::lasting(error));
        }
        Ok(crate::columns::sorted(all))
    }
}
