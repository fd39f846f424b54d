//! What may be lost in a period: value at risk, and the mean beyond it.
//!
//! Both are returns, so a loss is below 0. With `q = 1 − confidence`, `z` its normal quantile, `φ(z)` the density there,
//! `μ` and `σ` mean and sample deviation, `S` and `K` skewness and excess kurtosis.

use super::metric::{About, Metric, SHARE};
use super::moments::mean;
use super::normal::{density, quantile};
use super::returns::Returns;

/// Where the quantile lies among the sorted returns: their number counted from 0, and a part of the way to the next. By
/// difference, so that confidences such as 0.9 meet whole numbers.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "from 0 to the number of returns"
)]
#[inline(never)]
fn place(it: &Returns) -> (usize, f64) {
    let last = it.sorted.len() as f64 - 1.0;
    let place = last - last * it.settings.confidence;
    (place as usize, place - place.floor())
}

/// The normal quantile of the tail.
fn tail(it: &Returns) -> f64 {
    quantile(1.0 - it.settings.confidence)
}

/// The mean of a standard normal number below its quantile.
#[inline(never)]
fn mean_below(it: &Returns) -> f64 {
    -density(tail(it)) / (1.0 - it.settings.confidence)
}

/// So many deviations from the mean.
fn at(it: &Returns, deviations: f64) -> f64 {
    it.moments.mean + deviations * it.moments.deviation
}

pub(super) const VAR_HISTORICAL: Metric<Returns> = Metric {
    about: About {
        id: "var_historical",
        title: "Value at risk, historical",
        formula: "the quantile q = 1 − confidence of the returns, between two of them in proportion",
        unit: SHARE,
        edge: "NaN without a return.",
        source: "quantile: definition 7 of R. J. Hyndman and Y. Fan, 1996",
    },
    compute: |it| {
        let (first, part) = place(it);
        let Some(low) = it.sorted.get(first) else {
            return f64::NAN;
        };
        let high = it.sorted.get(first + 1).unwrap_or(low);
        low + (high - low) * part
    },
};

pub(super) const VAR_NORMAL: Metric<Returns> = Metric {
    about: About {
        id: "var_normal",
        title: "Value at risk, normal",
        formula: "μ + z × σ",
        unit: SHARE,
        edge: "NaN below two returns.",
        source: "J. P. Morgan, RiskMetrics, 1996",
    },
    compute: |it| at(it, tail(it)),
};

pub(super) const VAR_CORNISH_FISHER: Metric<Returns> = Metric {
    about: About {
        id: "var_cornish_fisher",
        title: "Value at risk, Cornish-Fisher",
        formula: "μ + σ × (z + (z² − 1) × S ÷ 6 + (z³ − 3z) × K ÷ 24 − (2z³ − 5z) × S² ÷ 36)",
        unit: SHARE,
        edge: "NaN without variation. The expansion holds for small S and K alone.",
        source: "E. A. Cornish and R. A. Fisher, 1938; L. Favre and J.-A. Galeano, 2002",
    },
    compute: |it| {
        let z = tail(it);
        let (s, k) = (it.moments.skewness, it.moments.kurtosis - 3.0);
        let square = z * z;
        let bent = z + (square - 1.0) * s / 6.0 + z * (square - 3.0) * k / 24.0
            - z * (2.0 * square - 5.0) * s * s / 36.0;
        at(it, bent)
    },
};

pub(super) const CVAR_HISTORICAL: Metric<Returns> = Metric {
    about: About {
        id: "cvar_historical",
        title: "Conditional value at risk, historical",
        formula: "mean of the ⌊(n − 1) × q⌋ + 1 least returns: those not above var_historical",
        unit: SHARE,
        edge: "NaN without a return.",
        source: "R. T. Rockafellar and S. Uryasev, 2000",
    },
    compute: |it| {
        let (last, _) = place(it);
        mean(it.sorted.get(..=last).unwrap_or_default())
    },
};

pub(super) const CVAR_NORMAL: Metric<Returns> = Metric {
    about: About {
        id: "cvar_normal",
        title: "Conditional value at risk, normal",
        formula: "μ − σ × φ(z) ÷ q",
        unit: SHARE,
        edge: "NaN below two returns.",
        source: "R. T. Rockafellar and S. Uryasev, 2000",
    },
    compute: |it| at(it, mean_below(it)),
};

pub(super) const CVAR_CORNISH_FISHER: Metric<Returns> = Metric {
    about: About {
        id: "cvar_cornish_fisher",
        title: "Conditional value at risk, Cornish-Fisher",
        formula: "μ − σ × φ(z) ÷ q × (1 + z × S ÷ 6 + (z² − 1) × K ÷ 24 − (2z² − 1) × S² ÷ 36): the mean of var_cornish_fisher beyond the confidence",
        unit: SHARE,
        edge: "NaN without variation. The expansion holds for small S and K alone.",
        source: "D. Maillard, A User's Guide to the Cornish Fisher Expansion, 2012",
    },
    compute: |it| {
        let z = tail(it);
        let (s, k) = (it.moments.skewness, it.moments.kurtosis - 3.0);
        let square = z * z;
        let bend =
            1.0 + z * s / 6.0 + (square - 1.0) * k / 24.0 - (2.0 * square - 1.0) * s * s / 36.0;
        at(it, mean_below(it) * bend)
    },
};
