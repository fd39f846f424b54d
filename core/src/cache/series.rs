//! Which bars: a symbol and how long a bar is.

use core::fmt;

use crate::builder::{Timeframe, Unit};
use crate::error::{Code, Error};

/// The longest name of a symbol, in bytes.
const MOST_BYTES: usize = 128;

/// A symbol at a timeframe, as `AAPL:1D`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    symbol: String,
    timeframe: Timeframe,
}

impl Series {
    /// Reads the two names. Days and weeks may be written in small letters; months and minutes not.
    ///
    /// # Errors
    /// [`Code::ParamRange`] for a symbol that is empty, long or has a control character;
    /// [`Code::ParamChoice`] and [`Code::ParamRange`] for a timeframe.
    pub fn new(symbol: &str, timeframe: &str) -> Result<Self, Error> {
        let fits = !symbol.is_empty() && symbol.len() <= MOST_BYTES;
        if !fits || symbol.chars().any(char::is_control) {
            let shown: String = symbol.chars().take(40).collect();
            let bound = format!("1 to {MOST_BYTES} bytes without control characters");
            let why = format!("symbol {shown:?} is not {bound}");
            return Err(Error::new(Code::ParamRange, "symbol", shown, bound, why));
        }
        Ok(Self {
            symbol: symbol.to_owned(),
            timeframe: Timeframe::parse(&timeframe.replace('D', "d").replace('W', "w"))?,
        })
    }

    /// Reads a key of the store.
    pub(super) fn of_key(key: &str) -> Option<Self> {
        let (symbol, timeframe) = key.rsplit_once(':')?;
        Self::new(symbol, timeframe).ok()
    }

    /// The symbol.
    #[must_use]
    pub fn symbol(&self) -> &str {
        &self.symbol
    }

    /// How long a bar is.
    #[must_use]
    pub const fn timeframe(&self) -> Timeframe {
        self.timeframe
    }

    /// The timeframe as charts write it: `1m`, `4h`, `1D`, `1W`, `1M`.
    #[must_use]
    pub fn timeframe_name(&self) -> String {
        self.timeframe
            .to_string()
            .replace('d', "D")
            .replace('w', "W")
    }

    /// The longest time from a bar to the next in a market that never closes, in milliseconds.
    #[must_use]
    pub fn longest_step(&self) -> i64 {
        self.steps().1
    }

    /// The shortest time from a bar to the next, in milliseconds.
    #[must_use]
    pub fn shortest_step(&self) -> i64 {
        self.steps().0
    }

    fn steps(&self) -> (i64, i64) {
        const HOUR: i64 = 3_600_000;
        const DAY: i64 = 24 * HOUR;
        let count = i64::from(self.timeframe.count());
        let (shortest, longest) = match self.timeframe.unit() {
            Unit::Second => (1000, 1000),
            Unit::Minute => (60_000, 60_000),
            Unit::Hour => (HOUR, HOUR),
            Unit::Day => (DAY, DAY),
            Unit::Week => (7 * DAY, 7 * DAY),
            Unit::Month => (28 * DAY, 31 * DAY),
        };
        // Where clocks change, a day has an hour less or more.
        let change = if shortest < DAY { 0 } else { HOUR };
        (count * shortest - change, count * longest + change)
    }
}

impl fmt::Display for Series {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.symbol, self.timeframe_name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for (symbol, timeframe) in [
            ("AAPL", "1D"),
            ("BTC:USDT", "1m"),
            ("ÖMV", "1W"),
            ("A B", "1M"),
        ] {
            let series = Series::new(symbol, timeframe).unwrap();
            assert_eq!(series.to_string(), format!("{symbol}:{timeframe}"));
            assert_eq!(Series::of_key(&series.to_string()), Some(series));
        }
        assert_eq!(
            Series::new("X", "1d").unwrap(),
            Series::new("X", "1D").unwrap()
        );
        assert_ne!(
            Series::new("X", "1m").unwrap(),
            Series::new("X", "1M").unwrap()
        );
    }

    #[test]
    fn refuses_the_rest() {
        for symbol in ["", "A\nB", &"x".repeat(129)] {
            let error = Series::new(symbol, "1D").unwrap_err();
            assert_eq!(
                (error.code, error.name.as_str()),
                (Code::ParamRange, "symbol")
            );
        }
        assert_eq!(Series::new("X", "1Y").unwrap_err().code, Code::ParamChoice);
        assert_eq!(Series::new("X", "0m").unwrap_err().code, Code::ParamRange);
    }
}
