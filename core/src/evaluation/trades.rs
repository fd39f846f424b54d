//! The metrics of closed trades.

use super::columns::{present, room, sorted};
use super::growth::growth;
use super::metric::{About, Metric, SHARE, formulas};
use super::moments::{mean, sum};
use super::outcomes::{self, Tallied, Tally};
use crate::chart::check::beside;
use crate::error::{Code, Error};
use crate::params::show;

/// Closed trades in the order in which they were closed, a column each.
#[derive(Debug, Clone, Copy)]
pub struct TradeColumns<'a> {
    /// What each earned, costs taken off.
    pub profit: &'a [f64],
    /// The same as a share of what was at stake: 0.01 is one percent.
    pub returns: Option<&'a [f64]>,
    /// When each began: bars or moments.
    pub entry: Option<&'a [f64]>,
    /// When each ended, in the same.
    pub exit: Option<&'a [f64]>,
}

impl TradeColumns<'_> {
    fn check(&self) -> Result<(), Error> {
        let n = self.profit.len();
        let named = [
            ("return", self.returns),
            ("entry", self.entry),
            ("exit", self.exit),
        ];
        for (name, column) in named {
            let length = column.map_or(n, <[f64]>::len);
            if length != n {
                return Err(Error::input_length(name, length, "profit", n));
            }
        }
        if let Some((trade, [entry, exit])) = self.spans().find(|(_, [entry, exit])| exit < entry) {
            return Err(reversed(trade, entry, exit));
        }
        self.check_order()
    }

    /// Refuses trades in another order than that of their exits: drawdown and streaks depend on it.
    fn check_order(&self) -> Result<(), Error> {
        let exits = self.exit.unwrap_or_default().iter().enumerate();
        let mut last = f64::NEG_INFINITY;
        for (trade, exit) in exits.filter(|(_, exit)| exit.is_finite()) {
            if *exit < last {
                return Err(unordered(trade, *exit, last));
            }
            last = *exit;
        }
        Ok(())
    }

    /// Number, entry and exit of the trades that have both.
    fn spans(&self) -> impl Iterator<Item = (usize, [f64; 2])> {
        let entries = self.entry.unwrap_or_default().iter();
        let pairs = entries.zip(self.exit.unwrap_or_default());
        let pairs = pairs.map(|(entry, exit)| [*entry, *exit]).enumerate();
        pairs.filter(|(_, span)| span.iter().all(|x| x.is_finite()))
    }
}

#[cold]
fn reversed(trade: usize, entry: f64, exit: f64) -> Error {
    let (value, bound) = (show(exit), beside("at least", entry));
    let message = format!(
        "exit {value} of trade {trade} is before its entry {}",
        show(entry)
    );
    Error::new(Code::InputRange, "exit", value, bound, message)
}

#[cold]
fn unordered(trade: usize, exit: f64, last: f64) -> Error {
    let (value, bound) = (show(exit), beside("at least", last));
    let message = format!(
        "exit {value} of trade {trade} is before that of an earlier one, {}: trades come in the order of their exits",
        show(last)
    );
    Error::new(Code::InputRange, "exit", value, bound, message)
}

/// Trades made ready.
pub(super) struct Trades {
    profits: Vec<f64>,
    tally: Tally,
    returns: Vec<f64>,
    /// Sorted, each by itself.
    entries: Vec<f64>,
    exits: Vec<f64>,
}

impl Trades {
    fn new(columns: &TradeColumns) -> Result<Self, Error> {
        columns.check()?;
        let count = columns.profit.len();
        let profits = present(columns.profit)?;
        let (mut entries, mut exits) = (room(count)?, room(count)?);
        for (_, [entry, exit]) in columns.spans() {
            entries.push(entry);
            exits.push(exit);
        }
        Ok(Self {
            tally: Tally::of(profits.iter().copied()),
            profits,
            returns: present(columns.returns.unwrap_or_default())?,
            entries: sorted(entries),
            exits: sorted(exits),
        })
    }

    /// How long there was a trade at least.
    fn covered(&self) -> f64 {
        let mut begin = self.entries.first().copied().unwrap_or(f64::NAN);
        let mut covered = 0.0;
        for (i, exit) in self.exits.iter().enumerate() {
            // A stretch ends where all trades that had begun have ended.
            let next = self.entries.get(i + 1);
            if next.is_none_or(|entry| entry > exit) {
                covered += exit - begin;
                begin = next.copied().unwrap_or(begin);
            }
        }
        covered
    }

    /// The most trades in a row of which something holds.
    fn streak(&self, holds: fn(f64) -> bool) -> f64 {
        let (mut row, mut most) = (0_usize, 0);
        for profit in &self.profits {
            row = if holds(*profit) { row + 1 } else { 0 };
            most = most.max(row);
        }
        most as f64
    }
}

impl Tallied for Trades {
    fn tally(&self) -> &Tally {
        &self.tally
    }
}

const MONEY: &str = "as the profits";
const COUNT: &str = "trades";

const TRADES: Metric<Trades> = Metric {
    about: About {
        id: "trades",
        title: "Trades",
        formula: "number of trades whose profit is not missing",
        unit: COUNT,
        edge: "0 without one.",
        source: "common",
    },
    compute: |it| it.tally.count as f64,
};

const NET_PROFIT: Metric<Trades> = Metric {
    about: About {
        id: "net_profit",
        title: "Net profit",
        formula: "gross_profit + gross_loss",
        unit: MONEY,
        edge: "0 without a trade.",
        source: "common",
    },
    compute: |it| it.tally.net(),
};

const GROSS_PROFIT: Metric<Trades> = Metric {
    about: About {
        id: "gross_profit",
        title: "Gross profit",
        formula: "Σ of the profits above 0",
        unit: MONEY,
        edge: "0 without a win.",
        source: "common",
    },
    compute: |it| it.tally.won,
};

const GROSS_LOSS: Metric<Trades> = Metric {
    about: About {
        id: "gross_loss",
        title: "Gross loss",
        formula: "Σ of the profits below 0",
        unit: MONEY,
        edge: "0 without a loss; below 0 otherwise.",
        source: "common",
    },
    compute: |it| 0.0 - it.tally.lost,
};

const MAX_DRAWDOWN: Metric<Trades> = Metric {
    about: About {
        id: "max_drawdown",
        title: "Maximum drawdown of the closed trades",
        formula: "least of profit so far − its peak; both begin with 0",
        unit: MONEY,
        edge: "0 where no peak is left, NaN without a trade.",
        source: "common",
    },
    compute: |it| {
        if it.profits.is_empty() {
            return f64::NAN;
        }
        let (mut sum, mut peak, mut deepest) = (0.0, 0.0, 0.0);
        for profit in &it.profits {
            sum += profit;
            if sum > peak {
                peak = sum;
            } else if sum - peak < deepest {
                deepest = sum - peak;
            }
        }
        deepest
    },
};

const WINNING_STREAK: Metric<Trades> = Metric {
    about: About {
        id: "winning_streak",
        title: "Longest winning streak",
        formula: "most trades in a row with a profit above 0",
        unit: COUNT,
        edge: "0 without a win.",
        source: "common",
    },
    compute: |it| it.streak(|profit| profit > 0.0),
};

const LOSING_STREAK: Metric<Trades> = Metric {
    about: About {
        id: "losing_streak",
        title: "Longest losing streak",
        formula: "most trades in a row with a profit below 0",
        unit: COUNT,
        edge: "0 without a loss.",
        source: "common",
    },
    compute: |it| it.streak(|profit| profit < 0.0),
};

const TOTAL_RETURN: Metric<Trades> = Metric {
    about: About {
        id: "total_return",
        title: "Total return",
        formula: "Π(1 + return) − 1: what all trades earn one after the other, each with all there is",
        unit: SHARE,
        edge: "NaN without the column return.",
        source: "common",
    },
    compute: |it| {
        if it.returns.is_empty() {
            return f64::NAN;
        }
        growth(&it.returns) - 1.0
    },
};

const AVERAGE_RETURN: Metric<Trades> = Metric {
    about: About {
        id: "average_return",
        title: "Average return",
        formula: "mean(return)",
        unit: SHARE,
        edge: "NaN without the column return.",
        source: "common",
    },
    compute: |it| mean(&it.returns),
};

const AVERAGE_DURATION: Metric<Trades> = Metric {
    about: About {
        id: "average_duration",
        title: "Average duration",
        formula: "mean(exit − entry)",
        unit: "as the entries: bars, or milliseconds where they are moments",
        edge: "NaN without the columns entry and exit.",
        source: "common",
    },
    compute: |it| {
        let spans = it.exits.iter().zip(&it.entries);
        // Sorted apart they are other pairs, whose differences have the same sum.
        sum(spans.map(|(exit, entry)| exit - entry)) / it.exits.len() as f64
    },
};

const EXPOSURE: Metric<Trades> = Metric {
    about: About {
        id: "exposure",
        title: "Exposure",
        formula: "share of the time from the first entry to the last exit in which there was a trade",
        unit: SHARE,
        edge: "NaN without the columns entry and exit, and where no time passes.",
        source: "common",
    },
    compute: |it| match (it.entries.first(), it.exits.last()) {
        (Some(first), Some(last)) => it.covered() / (last - first),
        _ => f64::NAN,
    },
};

pub(super) const METRICS: &[Metric<Trades>] = &[
    TRADES,
    NET_PROFIT,
    GROSS_PROFIT,
    GROSS_LOSS,
    outcomes::win_rate("share of the trades with a profit above 0; one that breaks even is no win"),
    outcomes::average_win(),
    outcomes::average_loss(),
    outcomes::payoff(),
    outcomes::profit_factor(),
    outcomes::expectancy("net_profit ÷ trades"),
    MAX_DRAWDOWN,
    WINNING_STREAK,
    LOSING_STREAK,
    TOTAL_RETURN,
    AVERAGE_RETURN,
    AVERAGE_DURATION,
    EXPOSURE,
];

static FORMULAS: [fn(&Trades) -> f64; METRICS.len()] = formulas(METRICS);

/// The metrics of trades, in the order of their definitions.
///
/// # Errors
/// [`InputLength`](Code::InputLength) for columns that differ in length, [`InputRange`](Code::InputRange) for a trade that
/// ends before it begins, or before one that stands ahead of it.
pub fn trades(columns: &TradeColumns) -> Result<Vec<f64>, Error> {
    let it = Trades::new(columns)?;
    Ok(FORMULAS.iter().map(|compute| compute(&it)).collect())
}
