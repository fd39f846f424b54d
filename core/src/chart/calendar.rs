//! Days, months and years of the civil calendar, counted from 1970.

/// A day of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    pub year: i64,
    /// 0 is January.
    pub month: i64,
    /// 1 is the first.
    pub day: i64,
}

/// The date of a day counted from 1970-01-01, by eras of 400 years that begin in March (E. G. Richards, "Calendars",
/// 2013).
#[inline(never)]
pub fn date(day: i64) -> Date {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = (from_march + 2) % 12;
    Date {
        year: era * 400 + year + i64::from(month < 2),
        month,
        day: of_year - (153 * from_march + 2) / 5 + 1,
    }
}

/// The first day of a month that is counted from January of the year 0.
#[inline(never)]
pub fn month_begins(month: i64) -> i64 {
    let (year, of_year) = (month.div_euclid(12), month.rem_euclid(12));
    let year = year - i64::from(of_year < 2);
    let from_march = (of_year + 10) % 12;
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let days = of_era * 365 + of_era / 4 - of_era / 100 + (153 * from_march + 2) / 5;
    era * 146_097 + days - 719_468
}

#[cfg(test)]
mod tests {
    use super::{Date, date, month_begins};

    #[test]
    fn every_day_follows_the_one_before() {
        let mut before = date(-200_001);
        for day in -200_000..200_000 {
            let now = date(day);
            if now.day == 1 {
                assert_eq!(month_begins(now.year * 12 + now.month), day);
                assert!(before.day >= 28 && (before.month + 1) % 12 == now.month);
                assert_eq!(now.year, before.year + i64::from(now.month == 0));
            } else {
                assert_eq!(
                    now,
                    Date {
                        day: before.day + 1,
                        ..before
                    }
                );
            }
            before = now;
        }
        let known = Date {
            year: 2024,
            month: 1,
            day: 29,
        };
        assert_eq!(date(19_782), known);
        assert_eq!(
            date(0),
            Date {
                year: 1970,
                month: 0,
                day: 1
            }
        );
    }
}
