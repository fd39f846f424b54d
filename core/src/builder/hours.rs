//! When a market is open: an opening by local time, and perhaps a closing.

use core::fmt;

use super::offsets::Offsets;
use crate::error::{Code, Error};

pub(crate) const MINUTE: f64 = 60_000.0;
pub(crate) const DAY: f64 = 86_400_000.0;
const MINUTES_OF_DAY: u32 = 1440;

/// The hours of a session. Each belongs to a day: one that opens at noon or later to the following one,
/// as that of Sunday evening is Monday's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// Minutes after local midnight.
    open: u32,
    /// Minutes from the opening to the closing by local clocks; a whole day for a session that ends where the next
    /// begins.
    minutes: u32,
}

/// The session of a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Session {
    /// The day that it belongs to, counted from 1970-01-01.
    pub day: f64,
    pub opens: f64,
    /// The first moment after it; where it does not close, the next opening.
    pub closes: f64,
    /// The next opening.
    pub next: f64,
}

impl Hours {
    /// Open day and night, from a time of day on; `open` in minutes after local midnight.
    ///
    /// # Errors
    /// [`Code::Session`] for an opening that no day has.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked"
    )]
    pub fn from(open: f64) -> Result<Self, Error> {
        if open.fract() != 0.0 || !(0.0..1440.0).contains(&open) {
            let bound = "a time of day, 0 or more and below 1440 minutes";
            let why = format!("open {open} is not {bound}");
            return Err(Error::new(
                Code::Session,
                "open",
                open.to_string(),
                bound,
                why,
            ));
        }
        Ok(Self {
            open: open as u32,
            minutes: MINUTES_OF_DAY,
        })
    }

    /// Reads hours such as `"09:30-16:00"`; over midnight if the second is not the later one.
    ///
    /// # Errors
    /// [`Code::Session`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let read = text.split_once('-');
        let read = read.and_then(|(open, close)| Some((time_of_day(open)?, time_of_day(close)?)));
        let Some((open, close)) = read else {
            // A text may be long; its beginning tells which it is.
            let shown: String = text.chars().take(40).collect();
            let bound = "an opening and a closing such as \"09:30-16:00\"";
            let why = format!("session {shown:?} is not {bound}");
            return Err(Error::new(Code::Session, "session", shown, bound, why));
        };
        let minutes = if close > open {
            close - open
        } else {
            close + MINUTES_OF_DAY - open
        };
        Ok(Self { open, minutes })
    }

    /// Minutes after local midnight.
    #[must_use]
    pub const fn open(self) -> u32 {
        self.open
    }

    /// Whether the market closes between sessions.
    #[must_use]
    pub const fn closes(self) -> bool {
        self.minutes < MINUTES_OF_DAY
    }

    /// When the session of a day opens.
    pub(crate) fn opening(self, day: f64, offsets: &Offsets) -> f64 {
        offsets.first_at(self.nominal(day))
    }

    /// When the session of a day closes.
    pub(crate) fn closing(self, day: f64, offsets: &Offsets) -> f64 {
        offsets.first_at(self.nominal(day) + f64::from(self.minutes) * MINUTE)
    }

    /// The session that opened last at a moment, whether it has closed or not.
    #[inline(never)]
    pub(crate) fn session(self, time: f64, offsets: &Offsets) -> Session {
        let mut day = ((offsets.local(time) - self.nominal(0.0)) / DAY).floor();
        // Where clocks go back, local time is that of an earlier day, or of one that was passed before.
        while self.opening(day + 1.0, offsets) <= time {
            day += 1.0;
        }
        while self.opening(day, offsets) > time {
            day -= 1.0;
        }
        Session {
            day,
            opens: self.opening(day, offsets),
            closes: self.closing(day, offsets),
            next: self.opening(day + 1.0, offsets),
        }
    }

    /// The opening of a day by local clocks.
    fn nominal(self, day: f64) -> f64 {
        let open = f64::from(self.open) * MINUTE;
        let eve = if self.open >= MINUTES_OF_DAY / 2 {
            DAY
        } else {
            0.0
        };
        day * DAY + open - eve
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let close = (self.open + self.minutes) % MINUTES_OF_DAY;
        let (open, close) = ([self.open / 60, self.open % 60], [close / 60, close % 60]);
        write!(
            f,
            "{:02}:{:02}-{:02}:{:02}",
            open[0], open[1], close[0], close[1]
        )
    }
}

/// Minutes after midnight of `09:30`.
fn time_of_day(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !(1..=2).contains(&hour.len()) || minute.len() != 2 || !digits(hour) || !digits(minute) {
        return None;
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for text in ["09:30-16:00", "18:00-17:00", "00:00-00:00", "22:15-05:00"] {
            let read = Hours::parse(text).map(|h| h.to_string());
            assert_eq!(read.as_deref(), Ok(text));
        }
        assert!(Hours::parse("9:30-16:00").is_ok());
        assert_eq!(Hours::parse("00:00-00:00"), Hours::from(0.0));
        for text in [
            "",
            "09:30",
            "0930-1600",
            "09:30-24:00",
            "09:60-16:00",
            "009:30-16:00",
            "09:30-16:00-",
            "+9:30-16:00",
        ] {
            let error = Hours::parse(text).map_err(|e| e.code);
            assert_eq!(error, Err(Code::Session), "{text}");
        }
        for open in [-1.0, 1440.0, 9.5, f64::NAN, f64::INFINITY] {
            assert!(Hours::from(open).is_err(), "{open}");
        }
    }

    #[test]
    fn sunday_evening_is_mondays() {
        let Ok(hours) = Hours::parse("18:00-17:00") else {
            panic!("right hours");
        };
        // 1970-01-04 was a Sunday.
        let session = hours.session(3.0 * DAY + 20.0 * 60.0 * MINUTE, &Offsets::utc());
        assert_eq!(session.day, 4.0);
        assert_eq!(session.opens, 3.0 * DAY + 18.0 * 60.0 * MINUTE);
        assert_eq!(session.closes, 4.0 * DAY + 17.0 * 60.0 * MINUTE);
        assert_eq!(session.next, 4.0 * DAY + 18.0 * 60.0 * MINUTE);
    }

    #[test]
    fn a_day_that_a_zone_left_out_has_no_session() {
        // Ten days after 1970 began, clocks go forward by a day.
        let changes = vec![(0.0, 0.0), (10.0 * DAY, DAY)];
        let Ok(offsets) = Offsets::new(changes, 0.0, 20.0 * DAY) else {
            panic!("right offsets");
        };
        let Ok(hours) = Hours::from(0.0) else {
            panic!("right hours");
        };
        let days = [9.5, 10.0, 10.5].map(|at| hours.session(at * DAY, &offsets).day);
        assert_eq!(days, [9.0, 11.0, 11.0]);
    }
}
