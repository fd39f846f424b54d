//! Returns beside their risk.

use super::metric::{About, Metric, RATIO, YEARLY};
use super::moments::{mean, sum};
use super::returns::Returns;

/// The deviation of those below 0, over all of them.
#[inline(never)]
fn downside(surplus: &[f64]) -> f64 {
    let squares = surplus.iter().filter(|x| **x < 0.0).map(|x| x * x);
    (sum(squares) / surplus.len() as f64).sqrt()
}

pub(super) const SHARPE: Metric<Returns> = Metric {
    about: About {
        id: "sharpe",
        title: "Sharpe ratio",
        formula: "mean(returns − risk_free) ÷ deviation(returns − risk_free) × √periods, the deviation that of a sample (n − 1)",
        unit: "ratio, yearly",
        edge: "Infinite without variation, NaN if the mean is 0 as well, and below two returns.",
        source: "W. F. Sharpe, 1966 and 1994",
    },
    compute: |it| it.excess.mean / it.excess.deviation * it.settings.periods.sqrt(),
};

pub(super) const SORTINO: Metric<Returns> = Metric {
    about: About {
        id: "sortino",
        title: "Sortino ratio",
        formula: "mean(returns − required_return) × periods ÷ downside_deviation",
        unit: "ratio, yearly",
        edge: "Infinite where no return falls short, NaN if the mean is 0 as well, and below two returns.",
        source: "F. A. Sortino and R. van der Meer, 1991",
    },
    compute: |it| {
        if it.surplus.len() < 2 {
            return f64::NAN;
        }
        mean(&it.surplus) * it.settings.periods.sqrt() / downside(&it.surplus)
    },
};

pub(super) const DOWNSIDE_DEVIATION: Metric<Returns> = Metric {
    about: About {
        id: "downside_deviation",
        title: "Downside deviation",
        formula: "√(Σ(returns − required_return)² ÷ n) × √periods, the sum over those below required_return, n all of them",
        unit: YEARLY,
        edge: "0 where no return falls short, NaN without a return.",
        source: "F. A. Sortino and R. van der Meer, 1991",
    },
    compute: |it| downside(&it.surplus) * it.settings.periods.sqrt(),
};

pub(super) const CALMAR: Metric<Returns> = Metric {
    about: About {
        id: "calmar",
        title: "Calmar ratio",
        formula: "annual_return ÷ −max_drawdown",
        unit: RATIO,
        edge: "NaN without a drawdown.",
        source: "T. W. Young, 1991",
    },
    compute: |it| {
        let deepest = it.drawdowns.deepest;
        if deepest == 0.0 {
            return f64::NAN;
        }
        it.annual_return() / -deepest
    },
};

pub(super) const OMEGA: Metric<Returns> = Metric {
    about: About {
        id: "omega",
        title: "Omega ratio",
        formula: "Σ of what is above 0 ÷ −Σ of what is below 0, of returns − risk_free − required_return",
        unit: RATIO,
        edge: "NaN where nothing is below, and below two returns.",
        source: "C. Keating and W. F. Shadwick, 2002",
    },
    compute: |it| {
        let (mut above, mut below) = (0.0, 0.0);
        for x in &it.beyond {
            if *x > 0.0 {
                above += x;
            } else {
                below -= x;
            }
        }
        if it.beyond.len() < 2 || below == 0.0 {
            return f64::NAN;
        }
        above / below
    },
};
