//! What returns grow to.

use super::metric::{About, Metric, SHARE, YEARLY};
use super::returns::Returns;

/// What 1 becomes; a missing return leaves it as it is.
#[inline(never)]
pub(super) fn growth(returns: &[f64]) -> f64 {
    let present = returns.iter().filter(|x| x.is_finite());
    present.fold(1.0, |equity, x| equity * (1.0 + x))
}

/// A power of what 1 became, less 1; NaN where more than all was lost.
#[inline(never)]
pub(super) fn compounded(growth: f64, exponent: f64) -> f64 {
    if growth < 0.0 {
        return f64::NAN;
    }
    libm::pow(growth, exponent) - 1.0
}

/// The yearly return of a growth over so many periods; NaN without one.
#[inline(never)]
pub(super) fn yearly(growth: f64, count: usize, periods: f64) -> f64 {
    if count == 0 {
        return f64::NAN;
    }
    compounded(growth, periods / count as f64)
}

pub(super) const TOTAL_RETURN: Metric<Returns> = Metric {
    about: About {
        id: "total_return",
        title: "Total return",
        formula: "Π(1 + returns) − 1",
        unit: SHARE,
        edge: "NaN without a return.",
        source: "common",
    },
    compute: |it| {
        if it.count == 0 {
            return f64::NAN;
        }
        it.drawdowns.equity - 1.0
    },
};

const fn annual(id: &'static str, title: &'static str) -> Metric<Returns> {
    Metric {
        about: About {
            id,
            title,
            formula: "(1 + total_return)^(periods ÷ n) − 1; n counts missing returns as well",
            unit: YEARLY,
            edge: "NaN without a return, and where more than all was lost; a total loss gives −1.",
            source: "common",
        },
        compute: |it| yearly(it.drawdowns.equity, it.count, it.settings.periods),
    }
}

pub(super) const ANNUAL_RETURN: Metric<Returns> = annual("annual_return", "Annual return");

pub(super) const CAGR: Metric<Returns> = annual(
    "cagr",
    "Compound annual growth rate: the annual return by its other name",
);

pub(super) const MEAN_RETURN: Metric<Returns> = Metric {
    about: About {
        id: "mean_return",
        title: "Mean return",
        formula: "mean(returns)",
        unit: "share a period: 0.01 is one percent",
        edge: "NaN without a return.",
        source: "common",
    },
    compute: |it| it.moments.mean,
};

pub(super) const EXPOSURE: Metric<Returns> = Metric {
    about: About {
        id: "exposure",
        title: "Exposure",
        formula: "share of the returns that are not 0",
        unit: SHARE,
        edge: "NaN without a return.",
        source: "common",
    },
    compute: |it| {
        let inside = it.present.iter().filter(|x| **x != 0.0).count();
        inside as f64 / it.present.len() as f64
    },
};
