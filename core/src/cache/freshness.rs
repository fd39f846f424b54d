//! How long bars are believed before they are asked for again.

use super::about::About;
use super::series::Series;
use super::spans::{Span, Spans};
use crate::builder::Unit;

/// The first moment that is asked for: the beginning of year 1, which every calendar can write.
const EARLIEST: i64 = -62_135_596_800_000;

/// How long bars live by the length of a bar, in milliseconds; nothing means for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lifetimes {
    /// Seconds, minutes and hours.
    pub intraday: Option<i64>,
    /// Days.
    pub daily: Option<i64>,
    /// Weeks.
    pub weekly: Option<i64>,
    /// Months.
    pub monthly: Option<i64>,
}

impl Default for Lifetimes {
    /// Five minutes, 24 hours, and for ever.
    fn default() -> Self {
        Self {
            intraday: Some(300_000),
            daily: Some(86_400_000),
            weekly: None,
            monthly: None,
        }
    }
}

impl Lifetimes {
    /// How long bars of a series live.
    #[must_use]
    pub const fn of(&self, series: &Series) -> Option<i64> {
        match series.timeframe().unit() {
            Unit::Second | Unit::Minute | Unit::Hour => self.intraday,
            Unit::Day => self.daily,
            Unit::Week => self.weekly,
            Unit::Month => self.monthly,
        }
    }
}

/// What has to be asked for to answer for a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Stretches that had passed when the last bar came, and were not asked for.
    pub missing: Vec<Span>,
    /// The stretch from the last bar on, where there may be other bars by now.
    pub stale: Option<Span>,
}

impl Need {
    /// Nothing has to be asked for.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        self.missing.is_empty() && self.stale.is_none()
    }

    /// What to ask for, in the order of time.
    pub fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        self.missing.iter().copied().chain(self.stale)
    }

    /// What a span needs at a time. What has not happened yet cannot be asked for.
    ///
    /// Bars before the last one are never asked for again. The last one, and the time after it, are
    /// once their lifetime is over; bars that live for ever, once a next bar may have begun.
    pub(super) fn of(
        about: Option<&About>,
        series: &Series,
        span: Span,
        lifetimes: &Lifetimes,
        now: i64,
    ) -> Self {
        let end = if now < span.end { now } else { span.end };
        let start = if span.start < EARLIEST {
            EARLIEST
        } else {
            span.start
        };
        let span = Span { start, end };
        let Some(about) = about else {
            let missing = Spans::default().missing(span);
            let stale = None;
            return Self { missing, stale };
        };
        let mut missing = about.covered.missing(span);
        let before = missing.len();
        let lifetime = lifetimes.of(series);
        let is_over = lifetime.map(|most| now.saturating_sub(about.fetched_at) >= most);
        let Some((_, last)) = about.ends else {
            // There were none; for as long as that is believed, what has passed since has none either.
            missing.retain(|s| is_over != Some(false) || s.start <= about.fetched_at);
            let stale = None;
            return Self { missing, stale };
        };
        // What has passed since is told by the lifetime.
        missing.retain(|s| s.start <= about.fetched_at || s.start <= last);
        let open = missing.len() < before || about.forming.is_some_and(|f| f <= end);
        let over = is_over.unwrap_or_else(|| end.saturating_sub(last) >= series.longest_step());
        let from = if span.start > last { span.start } else { last };
        let stale = (open && over).then_some(Span { start: from, end });
        Self { missing, stale }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    /// Ten hours of bars, asked for half an hour after the last one's opening.
    fn about() -> About {
        let mut about = About {
            bars: 10,
            ends: Some((0, 9 * HOUR)),
            fetched_at: 9 * HOUR + HOUR / 2,
            forming: Some(9 * HOUR),
            ..About::default()
        };
        about.covered.add(Span {
            start: 0,
            end: about.fetched_at,
        });
        about
    }

    fn need(about: Option<&About>, timeframe: &str, start: i64, end: i64, now: i64) -> Need {
        let series = Series::new("X", timeframe).unwrap();
        Need::of(
            about,
            &series,
            Span { start, end },
            &Lifetimes::default(),
            now,
        )
    }

    #[test]
    fn what_was_never_asked_for_is_missing_up_to_now() {
        let all = need(None, "1h", 0, 100 * HOUR, 9 * HOUR);
        assert_eq!(
            all.missing,
            [Span {
                start: 0,
                end: 9 * HOUR
            }]
        );
        let before = need(Some(&about()), "1h", -5, HOUR, 9 * HOUR + HOUR / 2);
        assert_eq!(before.missing, [Span { start: -5, end: -1 }]);
        assert_eq!(before.stale, None);
    }

    #[test]
    fn what_had_passed_and_was_not_asked_for_is_missing_however_young_the_last_bar_is() {
        let mut part = about();
        part.fetched_at = 20 * HOUR;
        let need = need(Some(&part), "1h", 0, 15 * HOUR, 20 * HOUR);
        let start = 9 * HOUR + HOUR / 2 + 1;
        assert_eq!(
            need.missing,
            [Span {
                start,
                end: 15 * HOUR
            }]
        );
    }

    #[test]
    fn that_there_are_none_is_believed_as_long_as_bars_are() {
        let mut none = About {
            bars: 0,
            ends: None,
            forming: None,
            ..about()
        };
        let known = none.fetched_at;
        none.covered.cut(Span {
            start: i64::MIN,
            end: i64::MAX,
        });
        none.covered.add(Span {
            start: 0,
            end: known,
        });
        assert!(need(Some(&none), "1h", 0, i64::MAX, known + 299_999).is_nothing());
        let later = Span {
            start: known + 1,
            end: known + 300_000,
        };
        let need = need(Some(&none), "1h", 0, i64::MAX, later.end);
        assert_eq!(need.missing, [later]);
    }

    #[test]
    fn young_bars_are_believed_and_old_ones_asked_for_from_the_last_on() {
        let about = about();
        let (start, end) = (0, i64::MAX);
        let young = about.fetched_at + 299_999;
        assert!(need(Some(&about), "1h", start, end, young).is_nothing());
        let old = about.fetched_at + 300_000;
        let stale = Some(Span {
            start: 9 * HOUR,
            end: old,
        });
        assert_eq!(need(Some(&about), "1h", start, end, old).stale, stale);
        assert!(need(Some(&about), "1h", start, 8 * HOUR, old).is_nothing());
    }

    #[test]
    fn a_bar_that_was_finished_is_not_asked_for_again() {
        let done = About {
            forming: None,
            ..about()
        };
        let end = done.fetched_at;
        assert!(need(Some(&done), "1h", 0, end, 100 * HOUR).is_nothing());
        assert_eq!(
            need(Some(&about()), "1h", 0, end, 100 * HOUR)
                .stale
                .map(|s| s.start),
            Some(9 * HOUR)
        );
    }

    #[test]
    fn bars_that_live_for_ever_are_asked_for_when_a_next_one_may_have_begun() {
        let week = 7 * 24 * HOUR;
        let about = About {
            forming: None,
            ..about()
        };
        let (_, last) = about.ends.unwrap();
        assert!(need(Some(&about), "1W", 0, i64::MAX, last + week).is_nothing());
        assert_eq!(
            need(Some(&about), "1W", 0, i64::MAX, last + 2 * week).stale,
            Some(Span {
                start: last,
                end: last + 2 * week
            })
        );
    }
}
