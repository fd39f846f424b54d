//! Room above and below what a chart shows.

use super::check::{beside, finite, refuse};
use super::scale::Kind;
use crate::error::Error;

/// How large a part of the axis stays empty at its ends.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Padding {
    top: f64,
    bottom: f64,
}

/// A range without a width gets that share of its value on each side, so that what is flat lies in the middle.
const FLAT: f64 = 0.01;

impl Padding {
    /// Shares of the axis.
    ///
    /// # Errors
    /// [`ParamRange`](crate::Code::ParamRange) unless both are at least 0, and less than 1 together.
    pub fn new(top: f64, bottom: f64) -> Result<Self, Error> {
        for (name, x) in [("top", top), ("bottom", bottom)] {
            if finite(name, x)? < 0.0 {
                return refuse(name, x, "at least 0", "below 0");
            }
        }
        if top + bottom >= 1.0 {
            return refuse(
                "top",
                top,
                "less than 1 together with bottom",
                &beside("too much beside bottom", bottom),
            );
        }
        Ok(Self { top, bottom })
    }

    /// The ends of an axis on which these prices lie with that room, always one below the other and finite. A flat
    /// range is first widened by a hundredth of its value on both sides, by 1 around 0, and on a log scale to the
    /// ratio of 1.01.
    ///
    /// On a log scale `low` is above 0; on one of percent the room is the same as on a linear one.
    #[must_use]
    pub fn around(self, kind: Kind, (low, high): (f64, f64)) -> (f64, f64) {
        if kind == Kind::Log {
            let (low, high) =
                self.widen((libm::log(low), libm::log(high)), |_| libm::log(1.0 + FLAT));
            let low = limited(libm::exp(low), f64::MIN_POSITIVE);
            let high = limited(libm::exp(high), f64::MIN_POSITIVE);
            return apart(low, high);
        }
        let (low, high) = self.widen((low, high), |at| {
            let half = at.abs() * FLAT;
            if half >= f64::MIN_POSITIVE { half } else { 1.0 }
        });
        apart(limited(low, f64::MIN), limited(high, f64::MIN))
    }

    fn widen(self, (low, high): (f64, f64), flat: impl Fn(f64) -> f64) -> (f64, f64) {
        let half = if low < high { 0.0 } else { flat(low) };
        let (low, high) = (low - half, high + half);
        let unit = limited((high - low) / (1.0 - self.top - self.bottom), 0.0);
        (low - unit * self.bottom, high + unit * self.top)
    }
}

fn limited(x: f64, least: f64) -> f64 {
    if x < least {
        least
    } else if x > f64::MAX {
        f64::MAX
    } else {
        x
    }
}

/// Two ends at the limit of numbers could be the same.
fn apart(low: f64, high: f64) -> (f64, f64) {
    if low < high {
        (low, high)
    } else {
        (low.next_down(), high.next_up())
    }
}
