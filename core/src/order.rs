//! Times of bars do not go back.

use crate::error::{Code, Error};

/// Where a series stands in time. Bars may share a time, as those of many ticks do, and a missing time
/// is passed over; none may lie before one that came earlier.
#[derive(Debug, Clone, Copy)]
pub struct Order {
    /// The latest time, NaN before there is one.
    last: f64,
    /// What `last` was before the last bar, which can be taken back.
    before: f64,
}

impl Default for Order {
    fn default() -> Self {
        Self::NOWHERE
    }
}

impl Order {
    /// Before any bar.
    pub const NOWHERE: Self = Self {
        last: f64::NAN,
        before: f64::NAN,
    };

    /// The two times as they are stored.
    pub(crate) const fn times(self) -> [f64; 2] {
        [self.last, self.before]
    }

    /// The order that [`Order::times`] tells of; nothing if no bars leave such times.
    pub(crate) fn from_times([last, before]: [f64; 2]) -> Option<Self> {
        let known = before.is_nan() || before <= last;
        (known && !last.is_infinite() && !before.is_infinite()).then_some(Self { last, before })
    }

    /// What of the times of a series that is in order matters for the series that follows: the first,
    /// the last before the last bar, and that of the last bar.
    #[must_use]
    pub fn ends(times: &[f64]) -> [f64; 3] {
        let Some((&last, most)) = times.split_last() else {
            return [f64::NAN; 3];
        };
        let finite = |time: &&f64| time.is_finite();
        let first = most.iter().find(finite).copied();
        let before = most.iter().rev().find(finite).copied();
        [first.unwrap_or(f64::NAN), before.unwrap_or(f64::NAN), last]
    }

    /// The order as it was before the last bar.
    #[must_use]
    pub const fn undone(self) -> Self {
        Self {
            last: self.before,
            before: f64::NAN,
        }
    }

    /// The order after more bars, the first of which is number `row` of its series.
    ///
    /// # Errors
    /// [`Code::TimeOrder`] with the first bar that lies before an earlier one, and both times.
    pub fn after(self, row: u64, times: &[f64]) -> Result<Self, Error> {
        let Some((&end, most)) = times.split_last() else {
            return Ok(self);
        };
        let before = advance(self.last, row, most)?;
        let last = advance(before, row + most.len() as u64, &[end])?;
        Ok(Self { last, before })
    }
}

/// The latest time after more bars.
fn advance(last: f64, row: u64, times: &[f64]) -> Result<f64, Error> {
    let (Some(first), Some(end)) = (times.first(), times.last()) else {
        return Ok(last);
    };
    // The usual case in one pass without a branch a bar; whatever is odd is looked at bar by bar.
    let rises = times.windows(2).map(|w| usize::from(w[0] <= w[1]));
    let rises = rises.sum::<usize>() + 1 == times.len();
    if rises && first.is_finite() && end.is_finite() && (last.is_nan() || last <= *first) {
        return Ok(*end);
    }
    let mut last = last;
    for (&time, row) in times.iter().zip(row..) {
        if time < last && time.is_finite() {
            let bound = format!("{last} or later");
            let why = format!("time goes back at bar {row}: {time} after {last}");
            return Err(Error::new(
                Code::TimeOrder,
                "time",
                time.to_string(),
                bound,
                why,
            ));
        }
        if time.is_finite() {
            last = time;
        }
    }
    Ok(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(order: Order, row: u64, times: &[f64]) -> Result<Order, String> {
        order.after(row, times).map_err(|e| e.message().to_string())
    }

    #[test]
    fn equal_and_missing_times_are_passed() {
        let times = [
            f64::NAN,
            5.0,
            5.0,
            f64::INFINITY,
            f64::NAN,
            7.0,
            f64::NEG_INFINITY,
        ];
        for cut in 0..=times.len() {
            let order = after(Order::NOWHERE, 0, &times[..cut]);
            let order = order.and_then(|order| after(order, cut as u64, &times[cut..]));
            assert_eq!(order.map(|order| order.last), Ok(7.0), "cut at {cut}");
        }
    }

    #[test]
    fn the_first_that_goes_back_is_named() {
        let times = [1.0, f64::NAN, 3.0, 2.0, 0.0];
        let why = "time goes back at bar 13: 2 after 3";
        for cut in 0..4 {
            let order = after(Order::NOWHERE, 10, &times[..cut]);
            let found = order.and_then(|order| after(order, 10 + cut as u64, &times[cut..]));
            assert_eq!(
                found.map(|order| order.last),
                Err(why.into()),
                "cut at {cut}"
            );
        }
    }

    #[test]
    fn the_last_bar_can_be_taken_back() {
        let order = after(Order::NOWHERE, 0, &[1.0, 4.0]);
        let undone = order.map(Order::undone);
        assert!(
            undone
                .clone()
                .and_then(|order| after(order, 1, &[0.5]))
                .is_err()
        );
        assert_eq!(
            undone
                .and_then(|order| after(order, 1, &[2.0]))
                .map(|o| o.last),
            Ok(2.0)
        );
    }
}
