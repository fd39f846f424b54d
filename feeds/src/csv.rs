//! Bars in text files: columns with commas, semicolons or tabs, with or without names.

use std::io::{BufRead, BufReader, Read};

use csv::{ReaderBuilder, StringRecord};
use tvf_core::Error;
use tvf_core::cache::VALUES;

use crate::columns::{BySymbol, Places};
use crate::fault::failed;
use crate::times;

/// Adds the rows of a text to the bars of their symbols. Columns without names are time, open, high,
/// low, close and volume.
///
/// # Errors
/// [`Code::FetchFailed`](tvf_core::Code::FetchFailed) with line and column of what cannot be read.
pub fn read(text: impl Read, into: &mut BySymbol) -> Result<(), Error> {
    let mut text = BufReader::with_capacity(1 << 16, text);
    let beginning = text.fill_buf().map_err(|error| unreadable(&error))?;
    let first = beginning
        .split(|&byte| byte == b'\n')
        .next()
        .unwrap_or_default();
    let count = |wanted: u8| first.split(|&byte| byte == wanted).count();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|&byte| count(byte))
        .unwrap_or(b',');
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .from_reader(text);
    let mut record = StringRecord::new();
    let mut places = None;
    while reader
        .read_record(&mut record)
        .map_err(|error| unreadable(&error))?
    {
        let places = if let Some(places) = &places {
            places
        } else {
            let has_names = record.iter().skip(1).all(|field| number(field).is_none());
            let found = if has_names {
                // Some programs begin a file with a mark of its encoding.
                Places::find(
                    record
                        .iter()
                        .map(|name| name.trim_start_matches('\u{feff}')),
                )?
            } else {
                Places::in_order(record.len()).ok_or_else(|| {
                    let bound = "time, open, high, low, close and perhaps volume";
                    let why = format!("there are {} columns, not {bound}", record.len());
                    failed("columns", record.len(), bound, why)
                })?
            };
            let found = places.insert(found);
            if has_names {
                continue;
            }
            found
        };
        add(&record, places, into)?;
    }
    Ok(())
}

fn add(record: &StringRecord, places: &Places, into: &mut BySymbol) -> Result<(), Error> {
    let field = |place: usize| record.get(place).unwrap_or_default().trim();
    let wrong = |name: &str, value: &str, bound: &str| {
        let line = record.position().map_or(0, csv::Position::line);
        let why = format!("{name} in line {line} is {value:?}, not {bound}");
        failed(name, value, bound, why)
    };
    let time = field(places.time);
    let time = times::of_text(time)
        .ok_or_else(|| wrong("time", time, "a date and time, or a number since 1970 UTC"))?;
    let mut values = [f64::NAN; 5];
    for ((value, place), name) in values.iter_mut().zip(places.values).zip(VALUES) {
        let text = place.map_or("", field);
        if !text.is_empty() {
            *value = number(text).ok_or_else(|| wrong(name, text, "a number"))?;
        }
    }
    let symbol = places.symbol.map(|place| field(place).to_owned());
    let bars = into.entry(symbol).or_default();
    bars.time.push(time);
    for (column, value) in bars.values_mut().into_iter().zip(values) {
        column.push(value);
    }
    Ok(())
}

/// A number with a decimal point, or a missing one.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    if ["nan", "null", "none", "na", "n/a"].contains(&text.to_ascii_lowercase().as_str()) {
        return Some(f64::NAN);
    }
    text.parse().ok()
}

fn unreadable(error: &dyn core::fmt::Display) -> Error {
    failed(
        "text",
        "",
        "lines of columns",
        format!("the text cannot be read: {error}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<BySymbol, Error> {
        let mut bars = BySymbol::new();
        read(text.as_bytes(), &mut bars)?;
        Ok(bars)
    }

    #[test]
    fn the_same_bars_in_every_dialect() {
        let plain = of("time,open,high,low,close,volume\n1704153600000,1,2,0.5,1.5,10\n").unwrap();
        for text in [
            "\u{feff}Date;Open;High;Low;Close;Volume\r\n2024-01-02;1;2;0.5;1.5;10\r\n",
            "1704153600\t1\t2\t0.5\t1.5\t10",
            "volume,close,low,high,open,timestamp\n10,1.5,0.5,2,1,2024-01-02T00:00:00Z\n",
            "1704153600000,1,2,0.5,1.5,10,1704239999999,99,3,1,1,0\n",
        ] {
            assert_eq!(of(text).unwrap(), plain, "{text}");
        }
        assert_eq!(plain[&None].close, [1.5]);
    }

    #[test]
    fn several_symbols_and_missing_values() {
        let bars =
            of("symbol,time,open,high,low,close\nA,1704153600,1,1,1,1\nB,1704153600,2,2,NA,\n")
                .unwrap();
        assert_eq!(bars[&Some("A".into())].close, [1.0]);
        let b = &bars[&Some("B".into())];
        assert!(b.low[0].is_nan() && b.close[0].is_nan() && b.volume[0].is_nan());
    }

    #[test]
    fn what_is_wrong_is_told_by_line() {
        let text = "time,open,high,low,close\n2024-01-02,1,1,1,1\n2024-01-03,1,x,1,1\n";
        let error = of(text).unwrap_err();
        assert_eq!((error.name.as_str(), error.value.as_str()), ("high", "x"));
        assert!(error.message().contains("line 3"), "{error}");
        assert_eq!(
            of("time,open,high,low,close\nsoon,1,1,1,1\n")
                .unwrap_err()
                .name,
            "time"
        );
        assert_eq!(of("1,2,3\n").unwrap_err().name, "columns");
        assert!(of("").unwrap().is_empty());
    }
}
