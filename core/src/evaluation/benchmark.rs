//! Returns beside those of a benchmark.

use super::growth::{compounded, growth, yearly};
use super::keep;
use super::metric::{About, Metric, RATIO, YEARLY};
use super::moments::{Moments, mean};
use super::returns::{Period, Returns};
use crate::error::Error;

/// The periods of which returns, benchmark and risk-free rate are all there.
pub(super) struct Paired {
    pairs: Vec<(f64, f64)>,
    /// What was earned beyond the benchmark.
    active: Moments,
    /// The yearly return of the benchmark alone, over all of its periods.
    annual_return: f64,
    /// Sums of products of what both lie apart from their means, the risk-free rate taken off.
    own_squares: f64,
    squares: f64,
    products: f64,
    means: [f64; 2],
}

impl Paired {
    pub fn new(
        periods: impl Iterator<Item = Period> + Clone,
        count: usize,
        year: f64,
    ) -> Result<Self, Error> {
        let whole = periods.clone().filter(Period::is_whole);
        let pairs = keep(count, whole.clone().map(|p| (p.own, p.benchmark)))?;
        let active = keep(count, whole.clone().map(|p| p.own - p.benchmark))?;
        let excess = keep(count, whole.clone().map(|p| p.own - p.risk_free))?;
        let other = keep(count, whole.map(|p| p.benchmark - p.risk_free))?;
        let means = [mean(&excess), mean(&other)];
        let (mut own_squares, mut squares, mut products) = (0.0, 0.0, 0.0);
        for (x, y) in excess.iter().zip(&other) {
            let (x, y) = (x - means[0], y - means[1]);
            own_squares += x * x;
            squares += y * y;
            products += x * y;
        }
        let alone = keep(count, periods.map(|p| p.benchmark))?;
        Ok(Self {
            pairs,
            active: Moments::of(&active),
            annual_return: yearly(growth(&alone), count, year),
            own_squares,
            squares,
            products,
            means,
        })
    }

    fn beta(&self) -> f64 {
        if self.pairs.len() < 2 {
            return f64::NAN;
        }
        self.products / self.squares
    }

    /// The yearly return of the periods in which the benchmark rose, or fell, beside that of the benchmark in them.
    fn capture(&self, chosen: fn(f64) -> bool, year: f64) -> f64 {
        let pairs = || self.pairs.iter().filter(|(_, other)| chosen(*other));
        let count = pairs().count();
        let own = yearly(growth(pairs().map(|(own, _)| own)), count, year);
        own / yearly(growth(pairs().map(|(_, other)| other)), count, year)
    }
}

/// A number of both, NaN without a benchmark.
fn with(it: &Returns, compute: impl FnOnce(&Paired) -> f64) -> f64 {
    it.paired.as_ref().map_or(f64::NAN, compute)
}

fn up(it: &Returns) -> f64 {
    with(it, |both| both.capture(|x| x > 0.0, it.settings.periods))
}

fn down(it: &Returns) -> f64 {
    with(it, |both| both.capture(|x| x < 0.0, it.settings.periods))
}

pub(super) const ALPHA: Metric<Returns> = Metric {
    about: About {
        id: "alpha",
        title: "Alpha",
        formula: "(1 + mean((returns − risk_free) − beta × (benchmark − risk_free)))^periods − 1",
        unit: YEARLY,
        edge: "NaN where beta is.",
        source: "M. C. Jensen, 1968",
    },
    compute: |it| {
        with(it, |both| {
            let [own, other] = both.means;
            compounded(1.0 + (own - both.beta() * other), it.settings.periods)
        })
    },
};

pub(super) const BETA: Metric<Returns> = Metric {
    about: About {
        id: "beta",
        title: "Beta",
        formula: "covariance(returns, benchmark) ÷ variance(benchmark), risk_free taken off both",
        unit: RATIO,
        edge: "NaN without a benchmark that varies, and below two pairs.",
        source: "W. F. Sharpe, 1964",
    },
    compute: |it| with(it, Paired::beta),
};

pub(super) const CORRELATION: Metric<Returns> = Metric {
    about: About {
        id: "correlation",
        title: "Correlation with the benchmark",
        formula: "covariance(returns, benchmark) ÷ (deviation(returns) × deviation(benchmark))",
        unit: "−1 to 1",
        edge: "NaN unless both vary.",
        source: "K. Pearson, 1895",
    },
    compute: |it| {
        with(it, |both| {
            both.products / (both.own_squares.sqrt() * both.squares.sqrt())
        })
    },
};

pub(super) const TRACKING_ERROR: Metric<Returns> = Metric {
    about: About {
        id: "tracking_error",
        title: "Tracking error",
        formula: "deviation(returns − benchmark) × √periods, the deviation that of a sample (n − 1)",
        unit: YEARLY,
        edge: "NaN without a benchmark, and below two pairs.",
        source: "R. C. Grinold and R. N. Kahn, Active Portfolio Management, 1995",
    },
    compute: |it| {
        with(it, |both| {
            both.active.deviation * it.settings.periods.sqrt()
        })
    },
};

pub(super) const INFORMATION_RATIO: Metric<Returns> = Metric {
    about: About {
        id: "information_ratio",
        title: "Information ratio",
        formula: "mean(returns − benchmark) ÷ deviation(returns − benchmark), of a period: times √periods it is yearly",
        unit: "ratio, of a period",
        edge: "Infinite where the difference never varies, NaN if it is 0 as well, and without a benchmark.",
        source: "J. L. Treynor and F. Black, 1973",
    },
    compute: |it| with(it, |both| both.active.mean / both.active.deviation),
};

pub(super) const CAPTURE: Metric<Returns> = Metric {
    about: About {
        id: "capture",
        title: "Capture",
        formula: "annual_return ÷ annual return of the benchmark",
        unit: RATIO,
        edge: "NaN without a benchmark.",
        source: "Morningstar",
    },
    compute: |it| with(it, |both| it.annual_return() / both.annual_return),
};

pub(super) const UP_CAPTURE: Metric<Returns> = Metric {
    about: About {
        id: "up_capture",
        title: "Up capture",
        formula: "annual return ÷ that of the benchmark, both over the periods in which the benchmark rose",
        unit: RATIO,
        edge: "NaN without such a period.",
        source: "Morningstar",
    },
    compute: up,
};

pub(super) const DOWN_CAPTURE: Metric<Returns> = Metric {
    about: About {
        id: "down_capture",
        title: "Down capture",
        formula: "annual return ÷ that of the benchmark, both over the periods in which the benchmark fell",
        unit: RATIO,
        edge: "NaN without such a period.",
        source: "Morningstar",
    },
    compute: down,
};

pub(super) const CAPTURE_RATIO: Metric<Returns> = Metric {
    about: About {
        id: "capture_ratio",
        title: "Capture ratio",
        formula: "up_capture ÷ down_capture",
        unit: RATIO,
        edge: "NaN where one of them is.",
        source: "Morningstar",
    },
    compute: |it| up(it) / down(it),
};
