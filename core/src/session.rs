//! Numbers the sessions, weeks and months that bars belong to.
//!
//! The core knows no time zones: a host gives the offset from UTC, as one number or as a list of
//! the moments at which it changes.

use crate::error::{Code, Error};
use crate::order::Order;

const MINUTE: f64 = 60_000.0;
const DAY: f64 = 86_400_000.0;

/// Where a sum begins anew.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Anchor {
    /// Never.
    None,
    /// With each day.
    Session,
    /// With each Monday's session.
    Week,
    /// With the first session of each month.
    Month,
    /// Every so many minutes, counted from 1970 in local time.
    Minutes(f64),
    /// When the number given with each bar changes.
    Number,
}

impl Anchor {
    /// The words for it.
    pub const CHOICES: &'static [&'static str] = &["none", "session", "week", "month", "number"];

    /// Reads a word of [`Anchor::CHOICES`].
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "none" => Self::None,
            "session" => Self::Session,
            "week" => Self::Week,
            "month" => Self::Month,
            "number" => Self::Number,
            _ => return None,
        })
    }

    /// The anchor of a word, or of so many minutes if it is another word.
    #[must_use]
    pub fn of(word: &str, minutes: f64) -> Self {
        Self::parse(word).unwrap_or(Self::Minutes(minutes))
    }

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Session => "session",
            Self::Week => "week",
            Self::Month => "month",
            Self::Minutes(_) => "minutes",
            Self::Number => "number",
        }
    }
}

/// A run of time with one session number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// First moment in it.
    pub from: f64,
    /// First moment after it.
    pub to: f64,
    /// The session's number; only its changes matter.
    pub number: f64,
}

impl Span {
    /// Before any bar.
    pub const NOWHERE: Self = Self {
        from: f64::INFINITY,
        to: f64::NEG_INFINITY,
        number: f64::NAN,
    };

    /// Whether a moment lies in it.
    #[must_use]
    pub fn holds(&self, time: f64) -> bool {
        time >= self.from && time < self.to
    }
}

/// Tells the span of time, in UTC, that shares a number with a moment.
///
/// `offset` is local time minus UTC in milliseconds, `open` the session's opening in minutes after
/// local midnight. A session that opens at noon or later belongs to the following day, so that a
/// Sunday-evening opening starts Monday's session and the week.
#[must_use]
pub fn span(anchor: Anchor, time: f64, offset: f64, open: f64) -> Span {
    let shift = offset
        + if open >= 720.0 {
            DAY - open * MINUTE
        } else {
            -open * MINUTE
        };
    let local = time + shift;
    let (from, to, number) = match anchor {
        Anchor::Number => {
            return Span {
                from: time,
                to: time + 1.0,
                number: time,
            };
        }
        Anchor::None => {
            return Span {
                from: f64::NEG_INFINITY,
                to: f64::INFINITY,
                number: 0.0,
            };
        }
        Anchor::Session => cell(local, DAY, 0.0),
        // 1970 began on a Thursday.
        Anchor::Week => cell(local, 7.0 * DAY, 4.0 * DAY),
        Anchor::Minutes(minutes) => cell(local, minutes * MINUTE, 0.0),
        Anchor::Month => month((local / DAY).floor()),
    };
    Span {
        from: from - shift,
        to: to - shift,
        number,
    }
}

fn cell(local: f64, length: f64, begin: f64) -> (f64, f64, f64) {
    let number = ((local - begin) / length).floor();
    (
        number * length + begin,
        (number + 1.0) * length + begin,
        number,
    )
}

/// The month that holds a day counted from 1970-01-01, by the civil calendar of eras of 400 years
/// that begin in March (E. G. Richards, "Calendars", 2013).
fn month(day: f64) -> (f64, f64, f64) {
    let shifted = day + 719_468.0;
    let era = (shifted / 146_097.0).floor();
    let of_era = shifted - era * 146_097.0;
    let year = ((of_era - (of_era / 1460.0).floor() + (of_era / 36_524.0).floor()
        - (of_era / 146_096.0).floor())
        / 365.0)
        .floor();
    let of_year = of_era - (365.0 * year + (year / 4.0).floor() - (year / 100.0).floor());
    let from_march = ((5.0 * of_year + 2.0) / 153.0).floor();
    let begins = |m: f64| ((153.0 * m + 2.0) / 5.0).floor();
    let first = day - (of_year - begins(from_march));
    // February, the eleventh month from March, ends with the year.
    let leap =
        (year + 1.0) % 4.0 == 0.0 && ((year + 1.0) % 100.0 != 0.0 || (year + 1.0) % 400.0 == 0.0);
    let length = if from_march == 11.0 {
        if leap { 29.0 } else { 28.0 }
    } else {
        begins(from_march + 1.0) - begins(from_march)
    };
    let number = (era * 400.0 + year) * 12.0 + from_march;
    (first * DAY, (first + length) * DAY, number)
}

/// The number of the month that holds a day counted from 1970-01-01; months follow each other.
pub(crate) fn month_of(day: f64) -> f64 {
    month(day).2
}

/// The first day of a month that [`month_of`] numbers: the inverse by the same calendar.
pub(crate) fn first_day(month: f64) -> f64 {
    let year = (month / 12.0).floor();
    let from_march = month - 12.0 * year;
    let leap_days = (year / 4.0).floor() - (year / 100.0).floor() + (year / 400.0).floor();
    365.0 * year + leap_days + ((153.0 * from_march + 2.0) / 5.0).floor() - 719_468.0
}

/// Numbers the sessions of many bars whose zone changes its offset: `changes` holds ascending
/// moments (milliseconds UTC) with the offset in milliseconds that holds from each on. `began` is
/// the first time of the series, NaN if it begins here: one that counts from 0 passes through
/// numbers that look like seconds, one that began with a date must not.
///
/// # Errors
/// [`Code::Session`] if the anchor needs no clock or `changes` is empty or not ascending;
/// [`Code::TimeUnit`] for times that are no milliseconds, [`Code::TimeOrder`] for times that go back.
pub fn numbers(
    anchor: Anchor,
    time: &[f64],
    began: f64,
    changes: &[(f64, f64)],
    open: f64,
    out: &mut [f64],
) -> Result<(), Error> {
    check_clock(anchor, changes)?;
    check_next(time, began)?;
    Order::NOWHERE.after(0, time)?;
    let mut held = Span::NOWHERE;
    for (&t, out) in time.iter().zip(out) {
        if !t.is_finite() {
            *out = f64::NAN;
            continue;
        }
        if !held.holds(t) {
            held = of_zone(anchor, t, changes, open);
        }
        *out = held.number;
    }
    Ok(())
}

/// Tells the span around one moment in which [`numbers`] stays the same, for bars that come one by
/// one.
///
/// # Errors
/// Those of [`numbers`].
pub fn within(
    anchor: Anchor,
    time: f64,
    began: f64,
    changes: &[(f64, f64)],
    open: f64,
) -> Result<Span, Error> {
    check_clock(anchor, changes)?;
    check_next(&[time], began)?;
    if !time.is_finite() {
        return Ok(Span::NOWHERE);
    }
    Ok(of_zone(anchor, time, changes, open))
}

fn check_clock(anchor: Anchor, changes: &[(f64, f64)]) -> Result<(), Error> {
    let refuse = |why: &str| Err(Error::new(Code::Session, "anchor", "", "", why));
    if matches!(anchor, Anchor::None | Anchor::Number) {
        return refuse("sessions are numbered by \"session\", \"week\", \"month\" or minutes");
    }
    if changes.is_empty() {
        return refuse("sessions need at least one offset from UTC");
    }
    if changes
        .windows(2)
        .any(|w| w[0].0.partial_cmp(&w[1].0) != Some(core::cmp::Ordering::Less))
    {
        return refuse("changes of the offset from UTC are not in ascending order");
    }
    Ok(())
}

fn check_next(time: &[f64], began: f64) -> Result<(), Error> {
    if began.is_nan() || is_date(began) {
        return check_time("time", time);
    }
    Ok(())
}

/// The part of a moment's span in which the offset from UTC stays what it is at that moment.
fn of_zone(anchor: Anchor, time: f64, changes: &[(f64, f64)], open: f64) -> Span {
    let next = changes.partition_point(|c| c.0 <= time);
    // Before the first change its offset holds already.
    let before = next.checked_sub(1).and_then(|i| changes.get(i));
    let (since, offset) = match (before, changes.first()) {
        (Some(&change), _) => change,
        (None, Some(first)) => (f64::NEG_INFINITY, first.1),
        (None, None) => (f64::NEG_INFINITY, 0.0),
    };
    let until = changes.get(next).map_or(f64::INFINITY, |c| c.0);
    let whole = span(anchor, time, offset, open);
    Span {
        from: if whole.from < since {
            since
        } else {
            whole.from
        },
        to: if whole.to > until { until } else { whole.to },
        number: whole.number,
    }
}

/// Whether a time, if it is in milliseconds, is a date from May 1970 on rather than a count from 0.
#[must_use]
pub fn is_date(time: f64) -> bool {
    time >= 1e10
}

/// Refuses times that are clearly not milliseconds, judged by the first one. Seconds are taken for
/// such if they lie between 1985 and 2128; as milliseconds they would be weeks after 1970 began.
///
/// # Errors
/// [`Code::TimeUnit`], with the unit they look like.
pub fn check_time(name: &str, time: &[f64]) -> Result<(), Error> {
    let Some(first) = time.iter().find(|t| t.is_finite()) else {
        return Ok(());
    };
    let unit = match first.abs() {
        x if (5e8..5e9).contains(&x) => "seconds: multiply by 1000",
        x if x >= 1e17 => "nanoseconds: divide by 1000000",
        x if x >= 1e14 => "microseconds: divide by 1000",
        _ => return Ok(()),
    };
    Err(Error::new(
        Code::TimeUnit,
        name,
        format!("{first}"),
        "milliseconds since 1970 UTC",
        format!("{name} {first} is not in milliseconds; it looks like {unit}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: f64 = 3_600_000.0;
    /// 2024-02-01 00:00 UTC, a Thursday.
    const FEBRUARY: f64 = 1_706_745_600_000.0;

    #[test]
    fn month_covers_a_leap_february() {
        for t in [FEBRUARY, FEBRUARY + 28.5 * DAY] {
            let s = span(Anchor::Month, t, 0.0, 0.0);
            assert_eq!((s.from, s.to), (FEBRUARY, FEBRUARY + 29.0 * DAY));
        }
        assert_eq!(
            span(Anchor::Month, FEBRUARY - 1.0, 0.0, 0.0).number + 1.0,
            span(Anchor::Month, FEBRUARY, 0.0, 0.0).number
        );
    }

    #[test]
    fn months_join_without_gap_over_centuries() {
        let mut t = -4_000_000_000_000.0;
        while t < 9_000_000_000_000.0 {
            let s = span(Anchor::Month, t, 0.0, 0.0);
            assert!(s.holds(t), "{t}");
            let next = span(Anchor::Month, s.to, 0.0, 0.0);
            assert_eq!((next.from, next.number), (s.to, s.number + 1.0));
            let days = (s.to - s.from) / DAY;
            assert!((28.0..=31.0).contains(&days));
            assert_eq!(first_day(s.number) * DAY, s.from);
            assert_eq!(month_of(s.from / DAY), s.number);
            t = s.to;
        }
    }

    #[test]
    fn week_begins_on_monday() {
        let monday = FEBRUARY - 3.0 * DAY;
        let s = span(Anchor::Week, FEBRUARY, 0.0, 0.0);
        assert_eq!((s.from, s.to), (monday, monday + 7.0 * DAY));
    }

    #[test]
    fn evening_opening_belongs_to_the_next_day() {
        // New York in winter, opening at 17:00: Sunday 22:00 UTC starts Monday and the week.
        let sunday_open = FEBRUARY - 4.0 * DAY + 22.0 * HOUR;
        for anchor in [Anchor::Session, Anchor::Week] {
            assert_eq!(
                span(anchor, sunday_open, -5.0 * HOUR, 17.0 * 60.0).from,
                sunday_open
            );
            let before = span(anchor, sunday_open - 1.0, -5.0 * HOUR, 17.0 * 60.0);
            assert_eq!(before.to, sunday_open);
        }
    }

    #[test]
    fn offsets_change_inside_a_series() {
        // Clocks forward at 07:00 UTC: sessions before open at 05:00 UTC, after at 04:00 UTC.
        let change = FEBRUARY + 7.0 * HOUR;
        let changes = [(0.0, -5.0 * HOUR), (change, -4.0 * HOUR)];
        let times: Vec<f64> = (0..60).map(|h| FEBRUARY + f64::from(h) * HOUR).collect();
        let mut out = vec![0.0; times.len()];
        assert!(numbers(Anchor::Session, &times, f64::NAN, &changes, 0.0, &mut out).is_ok());
        let opens: Vec<usize> = (1..60).filter(|&h| out[h] != out[h - 1]).collect();
        assert_eq!(opens, [5, 28, 52]);
        for (&t, &number) in times.iter().zip(&out) {
            let around = within(Anchor::Session, t, times[0], &changes, 0.0);
            let Ok(around) = around else {
                panic!("{around:?}")
            };
            assert!(around.holds(t));
            assert_eq!(around.number, number);
            let same = times.iter().zip(&out).filter(|(t, _)| around.holds(**t));
            assert!(same.clone().count() > 1);
            assert!(same.clone().all(|(_, n)| *n == number), "{around:?}");
        }
    }

    #[test]
    fn single_times_are_judged_by_the_first() {
        let within = |time, began| within(Anchor::Session, time, began, &[(0.0, 0.0)], 0.0);
        let seconds = 1_706_745_600.0;
        for began in [f64::NAN, FEBRUARY] {
            let error = within(seconds, began).map_err(|e| e.code);
            assert_eq!(error, Err(Code::TimeUnit), "{began}");
        }
        assert!(within(seconds, 0.0).is_ok(), "time from 0");
        assert!(within(f64::NAN, FEBRUARY).is_ok_and(|s| s.number.is_nan()));
    }

    #[test]
    fn seconds_are_refused() {
        let error = check_time("time", &[f64::NAN, 1_706_745_600.0]).map_err(|e| e.code);
        assert_eq!(error, Err(Code::TimeUnit));
        let days: Vec<f64> = (0..100).map(|d| f64::from(d) * DAY).collect();
        assert!(check_time("time", &days).is_ok(), "time from 0");
        assert!(check_time("time", &[]).is_ok());
    }
}
