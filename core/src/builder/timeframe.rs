//! How long a bar is.

use core::fmt;

use crate::error::{Code, Error};

/// What a timeframe counts. The first three are lengths of time, the others lengths of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds, `s`.
    Second,
    /// Minutes, `m`.
    Minute,
    /// Hours, `h`.
    Hour,
    /// Session days, `d`.
    Day,
    /// Weeks that begin with Monday's session, `w`.
    Week,
    /// Calendar months, `M`.
    Month,
}

impl Unit {
    const ALL: [Self; 6] = [
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Week,
        Self::Month,
    ];

    /// The letter for it.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Second => 's',
            Self::Minute => 'm',
            Self::Hour => 'h',
            Self::Day => 'd',
            Self::Week => 'w',
            Self::Month => 'M',
        }
    }

    /// The most that a timeframe may have of it: a day where it counts from a session's opening, a
    /// year where it counts by the calendar.
    #[must_use]
    pub const fn most(self) -> u32 {
        match self {
            Self::Second => 86_400,
            Self::Minute => 1440,
            Self::Hour => 24,
            Self::Day => 365,
            Self::Week => 52,
            Self::Month => 12,
        }
    }
}

/// A count with a unit: `"5m"`, `"4h"`, `"1d"`, `"1w"`, `"1M"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeframe {
    count: u32,
    unit: Unit,
}

impl Timeframe {
    /// Reads a timeframe.
    ///
    /// # Errors
    /// [`Code::ParamChoice`] for what is no count with a unit, [`Code::ParamRange`] for a count of
    /// none, or of more than [`Unit::most`].
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut units = Unit::ALL.into_iter();
        let read = units.find_map(|unit| Some((unit, text.strip_suffix(unit.letter())?)));
        let Some((unit, digits)) = read.filter(|(_, digits)| is_count(digits)) else {
            // A text may be long; its beginning tells which it is.
            let shown: String = text.chars().take(40).collect();
            let bound = "a count with a unit: \"30s\", \"5m\", \"4h\", \"1d\", \"1w\", \"1M\"";
            let why = format!("timeframe {shown:?} is not {bound}");
            return Err(Error::new(Code::ParamChoice, NAME, shown, bound, why));
        };
        // At most nine digits.
        let count = digits.parse().unwrap_or(0);
        if !(1..=unit.most()).contains(&count) {
            let letter = unit.letter();
            let bound = format!("1{letter} to {}{letter}", unit.most());
            let why = format!("timeframe {text:?} is not within {bound}");
            return Err(Error::new(Code::ParamRange, NAME, text, bound, why));
        }
        Ok(Self { count, unit })
    }

    /// How many of the unit.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.count
    }

    /// What is counted.
    #[must_use]
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// Its length in milliseconds; nothing for lengths of the calendar.
    #[must_use]
    pub fn length(self) -> Option<f64> {
        let unit = match self.unit {
            Unit::Second => 1000.0,
            Unit::Minute => 60_000.0,
            Unit::Hour => 3_600_000.0,
            Unit::Day | Unit::Week | Unit::Month => return None,
        };
        Some(f64::from(self.count) * unit)
    }
}

impl fmt::Display for Timeframe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.count, self.unit.letter())
    }
}

const NAME: &str = "timeframe";

fn is_count(digits: &str) -> bool {
    (1..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for text in [
            "1s", "30s", "1m", "5m", "90m", "1h", "4h", "1d", "1w", "3M", "12M", "365d",
        ] {
            let read = Timeframe::parse(text).map(|t| t.to_string());
            assert_eq!(read.as_deref(), Ok(text));
        }
        assert_eq!(
            Timeframe::parse("05m").map(|t| t.to_string()).as_deref(),
            Ok("5m")
        );
    }

    #[test]
    fn refuses_the_rest() {
        for text in [
            "",
            "m",
            "5",
            "5x",
            "-5m",
            "+5m",
            "5 m",
            "1.5h",
            "5D",
            "1mo",
            "9999999999m",
            "٥m",
            "5é",
        ] {
            let error = Timeframe::parse(text).map_err(|e| e.code);
            assert_eq!(error, Err(Code::ParamChoice), "{text}");
        }
        for text in ["0m", "25h", "1441m", "86401s", "366d", "53w", "13M"] {
            let error = Timeframe::parse(text).map_err(|e| e.code);
            assert_eq!(error, Err(Code::ParamRange), "{text}");
        }
    }
}
