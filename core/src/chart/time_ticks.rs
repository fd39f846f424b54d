//! Round moments along an axis of time.

use super::calendar::{date, month_begins};
use super::check::{ascending, refuse, steps};
use crate::error::{Code, Error};

/// A length of the calendar; the later is the longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Unit {
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl Unit {
    /// All of them, the shortest first.
    pub const ALL: [Self; 8] = [
        Self::Millisecond,
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Year,
    ];

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Millisecond => "millisecond",
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// In milliseconds, on average.
    const fn length(self) -> i64 {
        match self {
            Self::Millisecond => 1,
            Self::Second => 1_000,
            Self::Minute => 60_000,
            Self::Hour => 3_600_000,
            Self::Day => DAY,
            Self::Week => 7 * DAY,
            Self::Month => 2_629_746_000,
            Self::Year => 31_556_952_000,
        }
    }
}

/// Moments that an axis is labelled at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimeTicks {
    /// Milliseconds since 1970 UTC, ascending.
    pub times: Vec<i64>,
    /// The longest unit that begins at each: a label says that part of the date.
    pub units: Vec<Unit>,
}

const DAY: i64 = 86_400_000;
/// What a date of any host can hold.
const REACH: f64 = 8.64e15;

/// Steps from one tick to the next.
const STEPS: [(Unit, &[i64]); 7] = [
    (Unit::Millisecond, &[1, 2, 5, 10, 20, 50, 100, 200, 500]),
    (Unit::Second, &[1, 2, 5, 10, 15, 30]),
    (Unit::Minute, &[1, 2, 5, 10, 15, 30]),
    (Unit::Hour, &[1, 2, 3, 6, 12]),
    (Unit::Day, &[1]),
    (Unit::Week, &[1]),
    (Unit::Month, &[1, 3, 6]),
];

/// Where a unit of the local calendar begins, from one moment to another, both included: in the least step of which so
/// many are as long. Steps are 1, 2, 5 .. 500 milliseconds, 1, 2, 5, 10, 15, 30 seconds or minutes, 1, 2, 3, 6, 12 hours, a day,
/// a week from Monday, 1, 3, 6 months, and 1, 2, 5, 10 .. years, each counted from the beginning of what it is a part of.
///
/// `changes` holds ascending moments with the offset from UTC in milliseconds that holds from each on; before the first
/// its offset holds already, and without one local time is UTC. Where clocks go forward, what would begin in the hour that is left out
/// begins at the change; where they go back, hours and less begin twice, days and more once.
///
/// # Errors
/// [`ParamRange`](Code::ParamRange) for a range that is not finite, whose ends are exchanged, or that leaves the years in
/// which a date of a host may lie, and for a `most` of 0 or above 10,000; [`Session`](Code::Session) for changes that do not ascend.
#[expect(clippy::cast_possible_truncation, reason = "checked")]
pub fn time_ticks(
    from: f64,
    to: f64,
    most: usize,
    changes: &[(f64, f64)],
) -> Result<TimeTicks, Error> {
    ascending(["from", "to"], from, to)?;
    for (name, x) in [("from", from), ("to", to)] {
        if x.abs() > REACH {
            return refuse(
                name,
                x,
                "at most 8.64e15 from 1970",
                "beyond what a date can be",
            );
        }
    }
    let rises = |w: &[(f64, f64)]| w[0].0 < w[1].0;
    let known = |c: &(f64, f64)| c.0.abs() <= REACH && c.1.abs() <= DAY as f64;
    if !changes.iter().all(known) || !changes.windows(2).all(rises) {
        let why = "changes of the offset from UTC are not in ascending order";
        return Err(Error::new(Code::Session, "changes", "", "", why));
    }
    let (from, to) = (from.ceil() as i64, to.floor() as i64);
    let step = Step::of(to - from, steps(most)?);
    let mut ticks = TimeTicks::default();
    let mut latest = i64::MIN;
    // Each stretch of time whose offset is one.
    for i in 0..changes.len().max(1) {
        let offset = changes.get(i).map_or(0, |c| c.1 as i64);
        let since = if i == 0 {
            i64::MIN
        } else {
            changes[i].0 as i64
        };
        let until = changes.get(i + 1).map_or(i64::MAX, |c| c.0 as i64);
        if since > to || until <= from {
            continue;
        }
        // What local time showed as the stretch began, by the clock before it.
        let shown = if i == 0 {
            i64::MIN
        } else {
            since + changes[i - 1].1 as i64
        };
        let begin = since.max(from) + offset;
        let skipped = since >= from && shown < begin;
        let mut place = step.place(if skipped { shown } else { begin });
        loop {
            let local = step.begins(place);
            place += 1;
            let moment = (local - offset).max(if skipped { since } else { i64::MIN });
            if moment > to || moment >= until {
                break;
            }
            let twice = step.unit >= Unit::Day && local <= latest;
            if local < if skipped { shown } else { begin } || twice {
                continue;
            }
            latest = local;
            if let (Some(last), Some(unit)) = (ticks.times.last(), ticks.units.last_mut())
                && *last == moment
            {
                *unit = (*unit).max(unit_of(local));
                continue;
            }
            ticks.times.push(moment);
            ticks.units.push(unit_of(local));
        }
    }
    Ok(ticks)
}

/// So many of a unit.
#[derive(Clone, Copy)]
struct Step {
    unit: Unit,
    every: i64,
}

impl Step {
    /// The least of which so many cover a span.
    fn of(span: i64, most: usize) -> Self {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let reaches = |step: &Self| {
            step.unit
                .length()
                .saturating_mul(step.every)
                .saturating_mul(most)
                >= span
        };
        let known = STEPS.iter().flat_map(|(unit, steps)| {
            steps.iter().map(|every| Self {
                unit: *unit,
                every: *every,
            })
        });
        let years = (0..).flat_map(|power| {
            [1, 2, 5].map(|digit| Self {
                unit: Unit::Year,
                every: digit * 10_i64.saturating_pow(power),
            })
        });
        known.chain(years).find(reaches).unwrap_or(Self {
            unit: Unit::Year,
            every: i64::MAX,
        })
    }

    /// How many steps begin before a local moment or with it, counted from where the unit is counted from.
    #[inline(never)]
    fn place(self, local: i64) -> i64 {
        let day = local.div_euclid(DAY);
        match self.unit {
            // 1970 began on a Thursday.
            Unit::Week => (day + 3).div_euclid(7 * self.every),
            Unit::Month => (date(day).year * 12 + date(day).month).div_euclid(self.every),
            Unit::Year => date(day).year.div_euclid(self.every),
            unit => local.div_euclid(unit.length() * self.every),
        }
    }

    /// The local moment at which such a step begins.
    #[inline(never)]
    fn begins(self, place: i64) -> i64 {
        match self.unit {
            Unit::Week => (place * 7 * self.every - 3) * DAY,
            Unit::Month => month_begins(place * self.every) * DAY,
            Unit::Year => month_begins(place * self.every * 12) * DAY,
            unit => place * unit.length() * self.every,
        }
    }
}

/// The longest unit that begins at a local moment. A week is none: a label says a day.
fn unit_of(local: i64) -> Unit {
    let of_day = local.rem_euclid(DAY);
    if of_day == 0 {
        let date = date(local.div_euclid(DAY));
        return match (date.day, date.month) {
            (1, 0) => Unit::Year,
            (1, _) => Unit::Month,
            _ => Unit::Day,
        };
    }
    [Unit::Hour, Unit::Minute, Unit::Second]
        .into_iter()
        .find(|unit| of_day % unit.length() == 0)
        .unwrap_or(Unit::Millisecond)
}
