//! Which bar a moment belongs to.

use super::hours::{DAY, Hours};
use super::offsets::Offsets;
use super::timeframe::{Timeframe, Unit};
use crate::session::{first_day, month_of};

/// The span of one bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bucket {
    pub start: f64,
    /// The first moment after it.
    pub end: f64,
    /// Where the next one begins if the market does not close between them, else NaN.
    pub next: f64,
}

/// A moment's bucket, and a span around the moment that lies in it as a whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Place {
    pub bucket: Bucket,
    pub from: f64,
    pub to: f64,
}

/// The rule that cuts time into bars.
///
/// Bars of seconds, minutes and hours are counted in true time from the opening of the session, and the last one ends
/// with it. Others are whole sessions: so many days counted from 1970-01-01, weeks from Monday 1970-01-05, months from
/// January 1970.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Schedule {
    pub timeframe: Timeframe,
    pub hours: Hours,
    /// Whether what lies between a closing and the next opening counts with the session before.
    pub keeps: bool,
}

impl Schedule {
    /// Where a moment belongs; nothing if the market is closed.
    #[inline(never)]
    pub fn place(&self, time: f64, offsets: &Offsets) -> Option<Place> {
        let session = self.hours.session(time, offsets);
        let cut = !self.keeps && self.hours.closes();
        let ends = if cut { session.closes } else { session.next };
        if time >= ends {
            return None;
        }
        if let Some(length) = self.timeframe.length() {
            let mut start = session.opens + ((time - session.opens) / length).floor() * length;
            // A moment just before a whole number of bars may be rounded to it.
            if start > time {
                start -= length;
            }
            let end = least(start + length, ends);
            let open = !self.hours.closes() || end < session.closes;
            let next = if open { end } else { f64::NAN };
            let bucket = Bucket { start, end, next };
            return Some(Place {
                bucket,
                from: start,
                to: end,
            });
        }
        let (first, after) = self.days(session.day);
        let end = if cut {
            self.hours.closing(after - 1.0, offsets)
        } else {
            self.hours.opening(after, offsets)
        };
        let bucket = Bucket {
            start: self.hours.opening(first, offsets),
            end,
            next: if self.hours.closes() { f64::NAN } else { end },
        };
        Some(Place {
            bucket,
            from: session.opens,
            to: ends,
        })
    }

    /// The first day of a bar that has a day in it, and the first after it.
    fn days(&self, day: f64) -> (f64, f64) {
        let count = f64::from(self.timeframe.count());
        let group = |number: f64, begin: f64| {
            let first = ((number - begin) / count).floor() * count + begin;
            (first, first + count)
        };
        match self.timeframe.unit() {
            Unit::Week => {
                let (first, after) = group(((day - MONDAY) / 7.0).floor(), 0.0);
                (first * 7.0 + MONDAY, after * 7.0 + MONDAY)
            }
            Unit::Month => {
                let (first, after) = group(month_of(day), month_of(0.0));
                (first_day(first), first_day(after))
            }
            _ => group(day, 0.0),
        }
    }

    /// How far from a moment the zone's offsets must be known.
    pub const fn reach() -> f64 {
        // The longest timeframe, and a week for what is rounded.
        373.0 * DAY
    }
}

/// 1970-01-05, the first Monday.
const MONDAY: f64 = 4.0;

fn least(a: f64, b: f64) -> f64 {
    if b < a { b } else { a }
}
