//! Whether a Sharpe ratio may be luck.

use super::metric::{About, CHANCE, Metric};
use super::normal::{distribution, quantile};
use super::returns::Returns;

/// Euler's constant.
const EULER: f64 = 0.577_215_664_901_532_9;

/// How likely the true Sharpe ratio of a period is above another.
#[inline(never)]
fn above(it: &Returns, other: f64) -> f64 {
    let found = it.excess;
    let sharpe = found.mean / found.deviation;
    let variance = 1.0 - found.skewness * sharpe + (found.kurtosis - 1.0) / 4.0 * sharpe * sharpe;
    distribution((sharpe - other) * (found.count as f64 - 1.0).sqrt() / variance.sqrt())
}

/// The greatest Sharpe ratio that is to be expected of so many trials without skill, yearly.
fn best_of_trials(it: &Returns) -> f64 {
    let trials = it.settings.trials as f64;
    if trials == 1.0 {
        return 0.0;
    }
    // By symmetry from below, where a probability near 0 keeps its digits.
    let [whole, rest] = [1.0, core::f64::consts::E].map(|x| -quantile(1.0 / (trials * x)));
    it.settings.trials_deviation * ((1.0 - EULER) * whole + EULER * rest)
}

pub(super) const PROBABILISTIC_SHARPE: Metric<Returns> = Metric {
    about: About {
        id: "probabilistic_sharpe",
        title: "Probabilistic Sharpe ratio",
        formula: "Φ((s − s*) × √(n − 1) ÷ √(1 − S × s + (K + 2) ÷ 4 × s²)), s = sharpe ÷ √periods, s* = target_sharpe ÷ √periods, S and K skewness and excess kurtosis of returns − risk_free",
        unit: CHANCE,
        edge: "NaN without variation.",
        source: "D. H. Bailey and M. López de Prado, The Sharpe Ratio Efficient Frontier, 2012",
    },
    compute: |it| above(it, it.settings.target_sharpe / it.settings.periods.sqrt()),
};

pub(super) const DEFLATED_SHARPE: Metric<Returns> = Metric {
    about: About {
        id: "deflated_sharpe",
        title: "Deflated Sharpe ratio",
        formula: "probabilistic_sharpe against trials_deviation × ((1 − γ) × Φ⁻¹(1 − 1 ÷ trials) + γ × Φ⁻¹(1 − 1 ÷ (trials × e))), γ = 0.5772…: the best that so many trials without skill would show",
        unit: CHANCE,
        edge: "Against 0 for one trial; NaN for more whose deviation is not said, and without variation.",
        source: "D. H. Bailey and M. López de Prado, The Deflated Sharpe Ratio, 2014",
    },
    compute: |it| above(it, best_of_trials(it) / it.settings.periods.sqrt()),
};
