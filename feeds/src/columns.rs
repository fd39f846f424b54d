//! Columns by name as bars, of one symbol or of several.

use std::collections::BTreeMap;

use arrow_array::RecordBatch;
use tvf_core::Error;
use tvf_core::cache::{Bars, VALUES};

use crate::arrow::{numbers, texts, times};
use crate::fault::failed;

/// What a column may be called, in any case.
const NAMES: [(&str, &[&str]); 7] = [
    (
        "time",
        &[
            "time",
            "timestamp",
            "datetime",
            "date",
            "open_time",
            "opentime",
            "ts",
            "t",
        ],
    ),
    ("open", &["open", "o"]),
    ("high", &["high", "h"]),
    ("low", &["low", "l"]),
    ("close", &["close", "c"]),
    ("volume", &["volume", "vol", "v"]),
    ("symbol", &["symbol", "ticker"]),
];

/// Bars by symbol; none where the symbol is not said.
pub type BySymbol = BTreeMap<Option<String>, Bars>;

/// Where the columns of bars are among others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// The times.
    pub time: usize,
    /// Prices and volumes in the order of [`VALUES`]; only the volume may be missing.
    pub values: [Option<usize>; 5],
    /// The symbols, if there are some.
    pub symbol: Option<usize>,
}

impl Places {
    /// Finds them by their names.
    ///
    /// # Errors
    /// [`Code::FetchFailed`](tvf_core::Code::FetchFailed) for the first that is missing.
    pub fn find<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Self, Error> {
        let names: Vec<String> = names
            .into_iter()
            .map(|name| name.trim().to_lowercase())
            .collect();
        let place = |wanted: &str| {
            let (_, aliases) = NAMES.iter().find(|(name, _)| *name == wanted)?;
            aliases
                .iter()
                .find_map(|alias| names.iter().position(|name| name == alias))
        };
        let needed = |wanted: &str| {
            place(wanted).ok_or_else(|| {
                let (known, bound) = (
                    names.join(", "),
                    "time, open, high, low, close and perhaps volume, symbol",
                );
                let why = format!("there is no column {wanted}; there are {known}");
                failed(wanted, known, bound, why)
            })
        };
        let time = needed("time")?;
        let mut values = [None; 5];
        for (found, name) in values.iter_mut().zip(VALUES) {
            *found = if name == "volume" {
                place(name)
            } else {
                Some(needed(name)?)
            };
        }
        Ok(Self {
            time,
            values,
            symbol: place("symbol"),
        })
    }

    /// Those of columns without names: time, open, high, low, close and volume come first.
    #[must_use]
    pub const fn in_order(columns: usize) -> Option<Self> {
        if columns < 5 {
            return None;
        }
        Some(Self {
            time: 0,
            values: [
                Some(1),
                Some(2),
                Some(3),
                Some(4),
                if columns > 5 { Some(5) } else { None },
            ],
            symbol: None,
        })
    }
}

/// Adds the rows of a batch to the bars of their symbols.
///
/// # Errors
/// [`Code::FetchFailed`](tvf_core::Code::FetchFailed) for columns that are missing or no numbers, and
/// for a time that is missing.
pub fn add(batch: &RecordBatch, into: &mut BySymbol) -> Result<(), Error> {
    let schema = batch.schema();
    let places = Places::find(schema.fields().iter().map(|field| field.name().as_str()))?;
    let time = times(batch.column(places.time))?;
    let mut values = Vec::with_capacity(5);
    for (place, name) in places.values.iter().zip(VALUES) {
        values.push(match place {
            Some(place) => numbers(batch.column(*place), name)?,
            None => vec![f64::NAN; time.len()],
        });
    }
    let Some(symbol) = places.symbol else {
        let bars = into.entry(None).or_default();
        bars.time.extend(time);
        for (column, more) in bars.values_mut().into_iter().zip(values) {
            column.extend(more);
        }
        return Ok(());
    };
    let symbols = texts(batch.column(symbol), "symbol")?;
    let mut from = 0;
    // Rows of one symbol mostly come one after the other.
    while from < time.len() {
        let symbol = symbols[from];
        let to = symbols[from..].iter().position(|other| *other != symbol);
        let to = to.map_or(time.len(), |rows| from + rows);
        let bars = into.entry(symbol.map(str::to_owned)).or_default();
        bars.time.extend(&time[from..to]);
        for (column, more) in bars.values_mut().into_iter().zip(&values) {
            column.extend(&more[from..to]);
        }
        from = to;
    }
    Ok(())
}

/// Puts bars in order; of several of one time the last one stays.
#[must_use]
pub fn sorted(bars: Bars) -> Bars {
    if bars.time.windows(2).all(|pair| pair[0] < pair[1]) {
        return bars;
    }
    let mut order: Vec<usize> = (0..bars.len()).collect();
    // Stable: what came later stays later.
    order.sort_by_key(|&row| bars.time[row]);
    let is_last = |(place, row): (usize, &usize)| {
        let next = order.get(place + 1);
        next.is_none_or(|&next| bars.time[next] != bars.time[*row])
            .then_some(*row)
    };
    let kept: Vec<usize> = order.iter().enumerate().filter_map(is_last).collect();
    let mut made = Bars {
        time: kept.iter().map(|&row| bars.time[row]).collect(),
        ..Bars::default()
    };
    for (column, from) in made.values_mut().into_iter().zip(bars.values()) {
        *column = kept.iter().map(|&row| from[row]).collect();
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_their_usual_names() {
        let places =
            Places::find(["Ticker", "Date", "Open", "High", "Low", "Close", "Volume"]).unwrap();
        assert_eq!(places.time, 1);
        assert_eq!(places.values, [Some(2), Some(3), Some(4), Some(5), Some(6)]);
        assert_eq!(places.symbol, Some(0));
        let error = Places::find(["time", "open", "low", "close"]).unwrap_err();
        assert_eq!(error.name, "high");
        assert!(error.message().contains("there are time, open, low, close"));
    }

    #[test]
    fn bars_are_put_in_order_and_the_later_of_two_stays() {
        let column = vec![1.0, 2.0, 3.0, 4.0];
        let bars = Bars {
            time: vec![30, 10, 30, 20],
            open: column.clone(),
            high: column.clone(),
            low: column.clone(),
            close: column.clone(),
            volume: column,
        };
        let made = sorted(bars);
        assert_eq!(made.time, [10, 20, 30]);
        assert_eq!(made.close, [2.0, 4.0, 3.0]);
    }
}
