//! Files and folders as sources.
#![expect(
    clippy::unwrap_used,
    reason = "in tests a panic is how a failure shows"
)]

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use tvf_core::cache::{Bars, Series, Source, Span};
use tvf_feeds::file;
use tvf_feeds::folder::Folder;
use tvf_feeds::parquet::Writer;
use tvf_feeds::sample::Sample;

const SPAN: Span = Span {
    start: 1_700_000_000_000,
    end: 1_700_100_000_000,
};

/// A folder of its own that is gone afterwards.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("tvf-files-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn bars(symbol: &str) -> Bars {
    Sample
        .fetch(&Series::new(symbol, "1m").unwrap(), SPAN)
        .unwrap()
}

fn write(path: &Path, symbol: Option<&str>, bars: &Bars) {
    let mut writer = Writer::create(path, symbol).unwrap();
    writer.write(bars).unwrap();
    writer.finish().unwrap();
}

fn csv(bars: &Bars) -> String {
    let line = |row: usize| {
        let [open, high, low, close, volume] = bars.values().map(|column| column[row]);
        let time = bars.time[row];
        format!("{time},{open},{high},{low},{close},{volume}\n")
    };
    let lines: String = (0..bars.len()).map(line).collect();
    format!("time,open,high,low,close,volume\n{lines}")
}

#[test]
fn what_is_written_comes_back_whatever_the_file() {
    let folder = Temporary::new("kinds");
    let made = bars("A");
    write(&folder.0.join("A_1m.parquet"), None, &made);
    std::fs::write(folder.0.join("A_1m.csv"), csv(&made)).unwrap();
    let mut archive = zip::ZipWriter::new(File::create(folder.0.join("A_1m.zip")).unwrap());
    let how = zip::write::SimpleFileOptions::default();
    archive.start_file("A.csv", how).unwrap();
    archive.write_all(csv(&made).as_bytes()).unwrap();
    archive.finish().unwrap();
    for kind in ["parquet", "csv", "zip"] {
        let read = file::read(&folder.0.join(format!("A_1m.{kind}"))).unwrap();
        assert_eq!(read[&None], made, "{kind}");
    }
}

#[test]
fn a_folder_finds_a_series_by_names_and_by_columns() {
    let folder = Temporary::new("folder");
    let (a, b, c) = (bars("A"), bars("B"), bars("C"));
    std::fs::create_dir_all(folder.0.join("1m")).unwrap();
    // A month in each file.
    let half = a.len() / 2;
    for (name, part) in [("A_1m_first", 0..half), ("A_1m_second", half..a.len())] {
        let mut piece = Bars::default();
        piece.extend(a.view().part(part)).unwrap();
        write(&folder.0.join(format!("{name}.parquet")), None, &piece);
    }
    std::fs::write(folder.0.join("1m/B.csv"), csv(&b)).unwrap();
    write(&folder.0.join("1m/all.parquet"), Some("C"), &c);
    std::fs::write(folder.0.join("A_1D.csv"), csv(&b)).unwrap();
    let source = Folder::new(&folder.0).unwrap();
    for (symbol, expected) in [("A", &a), ("B", &b), ("C", &c)] {
        let series = Series::new(symbol, "1m").unwrap();
        assert_eq!(&source.fetch(&series, SPAN).unwrap(), expected, "{symbol}");
        let (start, end) = (expected.time[3], expected.time[9]);
        assert_eq!(source.fetch(&series, Span { start, end }).unwrap().len(), 7);
    }
    let error = source
        .fetch(&Series::new("D", "1m").unwrap(), SPAN)
        .unwrap_err();
    assert!(error.again.is_none() && error.error.message().contains("no file with bars of D:1m"));
}

#[test]
fn what_is_no_parquet_is_refused_by_name() {
    let folder = Temporary::new("broken");
    let path = folder.0.join("X_1D.parquet");
    std::fs::write(&path, "no parquet at all").unwrap();
    let error = file::read(&path).unwrap_err();
    assert!(
        error
            .message()
            .contains("X_1D.parquet: it cannot be read as Parquet"),
        "{error}"
    );
    assert!(Writer::create(&folder.0.join("none/x.parquet"), None).is_err());
    assert!(Folder::new(folder.0.join("none")).is_err());
}
