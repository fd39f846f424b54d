//! Returns beside those of a benchmark.

use super::columns::{at, less, present, room};
use super::growth::{compounded, growth, yearly};
use super::metric::{About, Metric, RATIO, YEARLY};
use super::moments::{Moments, mean};
use super::returns::{ReturnColumns, Returns};
use crate::error::Error;

/// What returns and benchmark have in common.
pub(super) struct Paired {
    count: usize,
    /// Those of the periods in which the benchmark rose, and fell: by how much both grew.
    up: Growths,
    down: Growths,
    /// What was earned beyond the benchmark.
    active: Moments,
    /// The yearly return of the benchmark alone, over all of its periods.
    annual_return: f64,
    /// Sums of products of what both lie apart from their means, the risk-free return taken off.
    own_squares: f64,
    squares: f64,
    products: f64,
    means: [f64; 2],
}

/// What 1 becomes in some periods, in both.
#[derive(Clone, Copy)]
struct Growths {
    count: usize,
    own: f64,
    other: f64,
}

impl Growths {
    const NONE: Self = Self {
        count: 0,
        own: 1.0,
        other: 1.0,
    };

    fn take(&mut self, own: f64, other: f64) {
        self.count += 1;
        self.own *= 1.0 + own;
        self.other *= 1.0 + other;
    }

    /// The yearly return beside that of the benchmark.
    fn capture(&self, year: f64) -> f64 {
        yearly(self.own, self.count, year) / yearly(self.other, self.count, year)
    }
}

impl Paired {
    #[inline(never)]
    pub fn new(columns: &ReturnColumns, year: f64) -> Result<Self, Error> {
        let count = columns.returns.len();
        let benchmark = less(count, columns.benchmark.unwrap_or_default(), &[0.0])?;
        let (mut up, mut down) = (Growths::NONE, Growths::NONE);
        let (mut excess, mut other) = (room(count)?, room(count)?);
        for (i, (x, y)) in columns.returns.iter().zip(&benchmark).enumerate() {
            if !(x.is_finite() && y.is_finite()) {
                continue;
            }
            if *y > 0.0 {
                up.take(*x, *y);
            } else if *y < 0.0 {
                down.take(*x, *y);
            }
            let rate = at(columns.risk_free, i);
            if rate.is_finite() {
                excess.push(x - rate);
                other.push(y - rate);
            }
        }
        let means = [mean(&excess), mean(&other)];
        let (mut own_squares, mut squares, mut products) = (0.0, 0.0, 0.0);
        for (x, y) in excess.iter().zip(&other) {
            let (x, y) = (x - means[0], y - means[1]);
            own_squares += x * x;
            squares += y * y;
            products += x * y;
        }
        Ok(Self {
            count: excess.len(),
            up,
            down,
            active: Moments::of(&present(&less(count, columns.returns, &benchmark)?)?),
            annual_return: yearly(growth(&benchmark), count, year),
            own_squares,
            squares,
            products,
            means,
        })
    }

    fn beta(&self) -> f64 {
        if self.count < 2 {
            return f64::NAN;
        }
        self.products / self.squares
    }
}

/// A number of both, NaN without a benchmark.
fn with(it: &Returns, compute: impl FnOnce(&Paired) -> f64) -> f64 {
    it.paired.as_ref().map_or(f64::NAN, compute)
}

fn up(it: &Returns) -> f64 {
    with(it, |both| both.up.capture(it.settings.periods))
}

fn down(it: &Returns) -> f64 {
    with(it, |both| both.down.capture(it.settings.periods))
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
        title: "Information ratio of a period",
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
