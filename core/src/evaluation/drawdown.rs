//! How far, and for how long, an equity lies below its peak.

use super::metric::{About, Metric, PERIODS, SHARE};
use super::returns::Returns;

/// What one walk along the equity finds. It begins with 1, which is the first peak.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawdowns {
    /// What 1 became.
    pub equity: f64,
    /// The least share by which it lay below a peak: 0 or less.
    pub deepest: f64,
    /// How many periods the deepest one lasted.
    pub deepest_periods: usize,
    /// How many the longest one lasted.
    pub longest: usize,
    /// The sum of the squares of all shares.
    pub squares: f64,
}

impl Drawdowns {
    #[inline(never)]
    pub fn of(returns: &[f64]) -> Self {
        let (mut equity, mut peak) = (1.0, 1.0);
        let (mut deepest, mut deepest_periods) = (0.0, 0);
        let (mut below, mut longest, mut squares) = (0, 0, 0.0);
        let mut is_deepest = false;
        for change in returns {
            if change.is_finite() {
                equity *= 1.0 + change;
            }
            if equity >= peak {
                (peak, below, is_deepest) = (equity, 0, false);
                continue;
            }
            below += 1;
            let drawdown = equity / peak - 1.0;
            squares += drawdown * drawdown;
            if drawdown < deepest {
                (deepest, is_deepest) = (drawdown, true);
            }
            if is_deepest {
                deepest_periods = below;
            }
            longest = longest.max(below);
        }
        Self {
            equity,
            deepest,
            deepest_periods,
            longest,
            squares,
        }
    }
}

fn unless_empty(it: &Returns, x: f64) -> f64 {
    if it.count == 0 { f64::NAN } else { x }
}

pub(super) const MAX_DRAWDOWN: Metric<Returns> = Metric {
    about: About {
        id: "max_drawdown",
        title: "Maximum drawdown",
        formula: "least of equity ÷ peak − 1; the equity begins with 1, which is the first peak",
        unit: "share, 0 or below: −0.01 is one percent",
        edge: "0 where no peak is left, NaN without a return.",
        source: "common",
    },
    compute: |it| unless_empty(it, it.drawdowns.deepest),
};

pub(super) const MAX_DRAWDOWN_DURATION: Metric<Returns> = Metric {
    about: About {
        id: "max_drawdown_duration",
        title: "Duration of the maximum drawdown",
        formula: "periods from its peak until that is reached again, or until the end, that close below it",
        unit: PERIODS,
        edge: "0 where no peak is left, NaN without a return.",
        source: "common",
    },
    compute: |it| unless_empty(it, it.drawdowns.deepest_periods as f64),
};

pub(super) const LONGEST_DRAWDOWN: Metric<Returns> = Metric {
    about: About {
        id: "longest_drawdown",
        title: "Longest drawdown",
        formula: "most periods in a row that close below a peak",
        unit: PERIODS,
        edge: "0 where no peak is left, NaN without a return.",
        source: "common",
    },
    compute: |it| unless_empty(it, it.drawdowns.longest as f64),
};

pub(super) const ULCER_INDEX: Metric<Returns> = Metric {
    about: About {
        id: "ulcer_index",
        title: "Ulcer index",
        formula: "√mean((equity ÷ peak − 1)²)",
        unit: SHARE,
        edge: "NaN without a return.",
        source: "P. Martin and B. McCann, The Investor's Guide to Fidelity Funds, 1989",
    },
    compute: |it| (it.drawdowns.squares / it.count as f64).sqrt(),
};
