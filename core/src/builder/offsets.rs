//! A zone's offsets from UTC, as far as a host has told them.

use crate::error::{Code, Error};

/// No zone is further from UTC.
const FURTHEST: f64 = 48.0 * 3_600_000.0;

/// The moments at which a zone's offset changes, for a span of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Offsets {
    /// Ascending moments (milliseconds UTC), and local time minus UTC from each on. Never empty.
    changes: Vec<(f64, f64)>,
    /// The span for which all changes are told.
    from: f64,
    to: f64,
}

impl Offsets {
    /// UTC's.
    #[must_use]
    pub fn utc() -> Self {
        Self {
            changes: vec![(0.0, 0.0)],
            from: f64::NEG_INFINITY,
            to: f64::INFINITY,
        }
    }

    /// Of a zone of which nothing is told yet.
    #[must_use]
    pub(crate) fn unknown() -> Self {
        Self {
            from: f64::INFINITY,
            to: f64::NEG_INFINITY,
            ..Self::utc()
        }
    }

    /// All changes between two moments, the first of them with the offset that holds before it, too.
    ///
    /// # Errors
    /// [`Code::Session`] if there are none, they do not ascend, or an offset is beyond 48 hours.
    pub fn new(changes: Vec<(f64, f64)>, from: f64, to: f64) -> Result<Self, Error> {
        let refuse = |why: &str| Err(Error::new(Code::Session, "zone", "", "", why));
        if changes.is_empty() {
            return refuse("a zone needs at least one offset from UTC");
        }
        let ascends = |w: &[(f64, f64)]| w[0].0 < w[1].0;
        if !changes.iter().all(|c| c.0.is_finite()) || !changes.windows(2).all(ascends) {
            return refuse("changes of the offset from UTC are not in ascending order");
        }
        if !changes.iter().all(|c| c.1.abs() <= FURTHEST) {
            return refuse("an offset from UTC is beyond 48 hours");
        }
        Ok(Self { changes, from, to })
    }

    /// Whether all changes between two moments are told.
    #[must_use]
    pub fn cover(&self, from: f64, to: f64) -> bool {
        self.from <= from && to <= self.to
    }

    /// The span for which all changes are told.
    #[must_use]
    pub const fn span(&self) -> (f64, f64) {
        (self.from, self.to)
    }

    /// Local time at a moment.
    pub(crate) fn local(&self, time: f64) -> f64 {
        time + self.changes[self.place(time)].1
    }

    /// The first moment at which clocks show a local time, or a later one. A time that clocks jump over
    /// comes with the jump; of one that they show twice, the first counts.
    #[inline(never)]
    pub(crate) fn first_at(&self, local: f64) -> f64 {
        let begin = self.place(local - FURTHEST);
        for (i, &(since, offset)) in self.changes.iter().enumerate().skip(begin) {
            let since = if i == 0 { f64::NEG_INFINITY } else { since };
            let until = self.changes.get(i + 1).map_or(f64::INFINITY, |c| c.0);
            let moment = local - offset;
            let moment = if moment > since { moment } else { since };
            if moment < until {
                return moment;
            }
        }
        local
    }

    /// Which offset holds at a moment; the first one's holds before it, too.
    fn place(&self, time: f64) -> usize {
        let next = self.changes.partition_point(|c| c.0 <= time);
        next.saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: f64 = 3_600_000.0;

    #[test]
    fn a_time_that_is_skipped_or_shown_twice() {
        // From -5 to -4 hours at 7 UTC, and back at 100 UTC.
        let changes = vec![
            (0.0, -5.0 * HOUR),
            (7.0 * HOUR, -4.0 * HOUR),
            (100.0 * HOUR, -5.0 * HOUR),
        ];
        let Ok(offsets) = Offsets::new(changes, 0.0, 200.0 * HOUR) else {
            panic!("right offsets");
        };
        let at = |local: f64| offsets.first_at(local * HOUR) / HOUR;
        assert_eq!([at(1.5), at(2.0), at(2.5), at(3.0)], [6.5, 7.0, 7.0, 7.0]);
        assert_eq!([at(3.5), at(95.5), at(96.5)], [7.5, 99.5, 101.5]);
        assert_eq!(at(-1000.0), -995.0, "before the first change");
    }

    #[test]
    fn refuses_what_is_no_table() {
        for changes in [
            vec![],
            vec![(1.0, 0.0), (1.0, 0.0)],
            vec![(f64::NAN, 0.0)],
            vec![(0.0, f64::NAN)],
            vec![(0.0, 1e9)],
        ] {
            let error = Offsets::new(changes, 0.0, 1.0).map_err(|e| e.code);
            assert_eq!(error, Err(Code::Session));
        }
    }
}
