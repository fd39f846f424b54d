//! Times as files and servers write them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Milliseconds of a number of seconds, milliseconds, microseconds or nanoseconds since 1970 UTC:
/// which of them its size tells for any time between 1973 and 5138.
#[must_use]
pub fn of_number(number: i64) -> i64 {
    const SECONDS: u64 = 100_000_000_000;
    match number.unsigned_abs() {
        n if n < SECONDS => number.saturating_mul(1000),
        n if n < SECONDS * 1000 => number,
        n if n < SECONDS * 1_000_000 => number.div_euclid(1000),
        _ => number.div_euclid(1_000_000),
    }
}

/// Milliseconds since 1970 of a text: a number, or a date and time in ISO 8601, in UTC unless it says
/// otherwise.
#[must_use]
pub fn of_text(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(number) = text.parse::<i64>() {
        return Some(of_number(number));
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment.as_millisecond());
    }
    let local = text.parse::<DateTime>().ok()?;
    let moment = TimeZone::UTC.to_timestamp(local).ok()?;
    Some(moment.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_moment_in_every_writing() {
        let moment = 1_704_205_800_000;
        for text in [
            "1704205800",
            "1704205800000",
            "1704205800000000",
            "1704205800000000000",
            "2024-01-02T14:30:00Z",
            "2024-01-02 14:30:00",
            "2024-01-02T09:30:00-05:00",
            " 2024-01-02T14:30 ",
        ] {
            assert_eq!(of_text(text), Some(moment), "{text}");
        }
        assert_eq!(of_text("2024-01-02"), Some(1_704_153_600_000));
        assert_eq!(of_text("1969-12-31"), Some(-86_400_000));
        for text in ["", "tomorrow", "2024-13-01", "12:30"] {
            assert_eq!(of_text(text), None, "{text}");
        }
    }
}
