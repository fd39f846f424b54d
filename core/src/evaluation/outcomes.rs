//! What is won and lost, by bets: trades, or returns of single periods.

use super::metric::{About, Metric, RATIO, SHARE};

/// Wins and losses, counted and summed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    pub count: usize,
    pub wins: usize,
    pub losses: usize,
    pub won: f64,
    /// How much, 0 or more.
    pub lost: f64,
}

impl Tally {
    pub fn of(outcomes: impl Iterator<Item = f64>) -> Self {
        let mut tally = Self::default();
        for x in outcomes {
            tally.count += 1;
            if x > 0.0 {
                tally.wins += 1;
                tally.won += x;
            } else if x < 0.0 {
                tally.losses += 1;
                tally.lost -= x;
            }
        }
        tally
    }

    /// All of it together.
    pub fn net(&self) -> f64 {
        self.won - self.lost
    }

    fn average_win(&self) -> f64 {
        self.won / self.wins as f64
    }

    /// How much, above 0.
    fn average_loss(&self) -> f64 {
        self.lost / self.losses as f64
    }
}

/// What has outcomes.
pub(super) trait Tallied: 'static {
    fn tally(&self) -> &Tally;
}

const UNIT: &str = "as what was given";

pub(super) const fn win_rate<T: Tallied>(formula: &'static str) -> Metric<T> {
    Metric {
        about: About {
            id: "win_rate",
            title: "Win rate",
            formula,
            unit: SHARE,
            edge: "NaN without one.",
            source: "common",
        },
        compute: |it| it.tally().wins as f64 / it.tally().count as f64,
    }
}

pub(super) const fn average_win<T: Tallied>() -> Metric<T> {
    Metric {
        about: About {
            id: "average_win",
            title: "Average win",
            formula: "mean of what is above 0",
            unit: UNIT,
            edge: "NaN without a win.",
            source: "common",
        },
        compute: |it| it.tally().average_win(),
    }
}

pub(super) const fn average_loss<T: Tallied>() -> Metric<T> {
    Metric {
        about: About {
            id: "average_loss",
            title: "Average loss",
            formula: "mean of what is below 0",
            unit: UNIT,
            edge: "NaN without a loss; below 0 otherwise.",
            source: "common",
        },
        compute: |it| -it.tally().average_loss(),
    }
}

pub(super) const fn payoff<T: Tallied>() -> Metric<T> {
    Metric {
        about: About {
            id: "payoff",
            title: "Payoff ratio",
            formula: "average_win ÷ −average_loss",
            unit: RATIO,
            edge: "NaN without a win or without a loss.",
            source: "common",
        },
        compute: |it| it.tally().average_win() / it.tally().average_loss(),
    }
}

pub(super) const fn profit_factor<T: Tallied>() -> Metric<T> {
    Metric {
        about: About {
            id: "profit_factor",
            title: "Profit factor",
            formula: "Σ of what is above 0 ÷ −Σ of what is below 0",
            unit: RATIO,
            edge: "Infinite without a loss, NaN without a win as well.",
            source: "common",
        },
        compute: |it| it.tally().won / it.tally().lost,
    }
}

pub(super) const fn expectancy<T: Tallied>(formula: &'static str) -> Metric<T> {
    Metric {
        about: About {
            id: "expectancy",
            title: "Expectancy",
            formula,
            unit: UNIT,
            edge: "NaN without one.",
            source: "common",
        },
        compute: |it| it.tally().net() / it.tally().count as f64,
    }
}
