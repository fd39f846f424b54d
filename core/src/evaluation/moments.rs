//! Mean, standard deviation, skewness and kurtosis.

use super::metric::{About, Metric, YEARLY};
use super::returns::Returns;

/// The moments of some numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moments {
    pub count: usize,
    /// NaN without a number.
    pub mean: f64,
    /// Of a sample, divided by one less than their number; NaN below two.
    pub deviation: f64,
    pub skewness: f64,
    /// 3 for a normal distribution.
    pub kurtosis: f64,
}

impl Moments {
    #[inline(never)]
    pub fn of(values: &[f64]) -> Self {
        let n = values.len() as f64;
        let mean = mean(values);
        let (mut squares, mut cubes, mut fourths) = (0.0, 0.0, 0.0);
        for x in values {
            let apart = x - mean;
            let square = apart * apart;
            squares += square;
            cubes += square * apart;
            fourths += square * square;
        }
        let variance = squares / n;
        Self {
            count: values.len(),
            mean,
            deviation: match values.len() {
                0 => f64::NAN,
                _ => (squares / (n - 1.0)).sqrt(),
            },
            skewness: cubes / n / (variance * variance.sqrt()),
            kurtosis: fourths / n / (variance * variance),
        }
    }
}

/// The sum in the order of the numbers; of none it is 0, where the standard one is −0.
pub(super) fn sum(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(0.0, |sum, x| sum + x)
}

/// The mean. That of equal numbers is exactly theirs, so that they deviate by exactly 0.
#[inline(never)]
pub(super) fn mean(values: &[f64]) -> f64 {
    match values {
        [first, rest @ ..] if rest.iter().all(|x| x == first) => *first,
        _ => sum(values.iter().copied()) / values.len() as f64,
    }
}

pub(super) const VOLATILITY: Metric<Returns> = Metric {
    about: About {
        id: "volatility",
        title: "Volatility",
        formula: "deviation(returns) × √periods, the deviation that of a sample (n − 1)",
        unit: YEARLY,
        edge: "NaN below two returns.",
        source: "common",
    },
    compute: |it| it.moments.deviation * it.settings.periods.sqrt(),
};

pub(super) const SKEWNESS: Metric<Returns> = Metric {
    about: About {
        id: "skewness",
        title: "Skewness",
        formula: "mean((returns − mean)³) ÷ σ³, σ that of a population (n)",
        unit: "number, 0 where both sides are alike",
        edge: "NaN without variation.",
        source: "K. Pearson, 1895",
    },
    compute: |it| it.moments.skewness,
};

pub(super) const KURTOSIS: Metric<Returns> = Metric {
    about: About {
        id: "kurtosis",
        title: "Excess kurtosis",
        formula: "mean((returns − mean)⁴) ÷ σ⁴ − 3, σ that of a population (n)",
        unit: "number, 0 for a normal distribution",
        edge: "NaN without variation.",
        source: "K. Pearson, 1905",
    },
    compute: |it| it.moments.kurtosis - 3.0,
};
