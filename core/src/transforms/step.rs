//! How far price must go: in its own unit, in percent, or in average true ranges.

use super::kind::choice;
use crate::params::Params;
use crate::patterns::{Bar, Ranges};
use crate::spec::Param;

/// What a step is measured in.
pub(super) const UNIT: Param = choice(
    "unit",
    &["price", "percent", "atr"],
    "What that is measured in: prices, percent of the price, or average true ranges as they are known when it begins",
);
/// How many bars the range is averaged over.
pub(super) const PERIOD: Param = Param::period(
    "period",
    14,
    1,
    "How many bars true ranges are averaged over, by Wilder, where the unit is atr",
);

/// A step whose size is settled: an amount, and a share of the price.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    fixed: f64,
    share: f64,
}

impl Step {
    /// Its size at a price.
    pub fn at(self, price: f64) -> f64 {
        self.fixed + self.share * price.abs()
    }
}

/// Settles steps as bars come.
#[derive(Debug, Clone)]
pub(super) struct Steps {
    amount: f64,
    by: By,
}

#[derive(Debug, Clone)]
enum By {
    Price,
    Percent,
    /// The average of true ranges, and what it was at the last bar.
    Range(Box<Ranges>, f64),
}

impl Steps {
    /// What the parameters say; `name` is that of the amount.
    pub fn new(params: &Params, name: &str) -> Self {
        let by = match params.text("unit") {
            Some("percent") => By::Percent,
            Some("atr") => By::Range(Box::new(Ranges::new(params.period("period"))), f64::NAN),
            _ => By::Price,
        };
        Self {
            amount: params.number(name),
            by,
        }
    }

    /// Whether every step is the same.
    pub const fn is_fixed(&self) -> bool {
        matches!(self.by, By::Price)
    }

    /// Takes a bar.
    pub fn take(&mut self, bar: &Bar) {
        if let By::Range(ranges, last) = &mut self.by {
            [_, *last] = ranges.next(bar);
        }
    }

    /// The step as the last bar leaves it, if it is one: ranges may not be known yet, or be 0.
    pub fn settled(&self, price: f64) -> Option<Step> {
        let step = match &self.by {
            By::Price => Step {
                fixed: self.amount,
                share: 0.0,
            },
            By::Percent => Step {
                fixed: 0.0,
                share: self.amount / 100.0,
            },
            By::Range(_, last) => Step {
                fixed: self.amount * last,
                share: 0.0,
            },
        };
        let size = step.at(price);
        (size > 0.0 && size.is_finite()).then_some(step)
    }
}

/// How many whole steps a distance is. Prices are decimal fractions and steps too, which binary
/// numbers round: what misses a step by no more than that has gone it.
pub(super) fn whole_steps(distance: f64, size: f64, price: f64) -> f64 {
    (distance / size + slack(size, price)).floor()
}

/// How much of a step of this size rounding may be at a price.
pub(super) fn slack(size: f64, price: f64) -> f64 {
    1e-9 + 4.0 * f64::EPSILON * (price / size).abs()
}
