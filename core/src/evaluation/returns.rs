//! The metrics of returns: what is made ready once, and their order.

use super::benchmark::{self, Paired};
use super::columns::{less, present, sorted};
use super::drawdown::{self, Drawdowns};
use super::growth::{self, yearly};
use super::metric::{Metric, formulas};
use super::moments::{self, Moments};
use super::outcomes::{self, Tallied, Tally};
use super::{Settings, ratios, risk, sharpe_tests};
use crate::error::Error;

/// Simple returns, one per period, and what stands beside them: a column each, as long as the returns, or one number
/// for all periods.
#[derive(Debug, Clone, Copy)]
pub struct ReturnColumns<'a> {
    /// The returns: 0.01 is one percent.
    pub returns: &'a [f64],
    /// The returns of a benchmark.
    pub benchmark: Option<&'a [f64]>,
    /// The risk-free return of a period.
    pub risk_free: &'a [f64],
    /// The return of a period below which it falls short.
    pub required_return: &'a [f64],
}

impl ReturnColumns<'_> {
    fn check(&self) -> Result<(), Error> {
        let n = self.returns.len();
        for (name, column) in [
            ("benchmark", self.benchmark.unwrap_or(&[0.0])),
            ("risk_free", self.risk_free),
            ("required_return", self.required_return),
        ] {
            if column.len() != n && column.len() != 1 {
                return Err(Error::input_length(name, column.len(), "returns", n));
            }
        }
        Ok(())
    }
}

/// Returns made ready: what several metrics need is computed once.
pub(super) struct Returns {
    pub settings: Settings,
    /// How many periods there are, missing returns included.
    pub count: usize,
    /// Those that are not missing, in their order.
    pub present: Vec<f64>,
    pub sorted: Vec<f64>,
    pub moments: Moments,
    pub drawdowns: Drawdowns,
    /// Of the returns less the risk-free one.
    pub excess: Moments,
    /// The returns less the required one.
    pub surplus: Vec<f64>,
    /// The returns less both.
    pub beyond: Vec<f64>,
    pub paired: Option<Paired>,
    tally: Tally,
}

impl Returns {
    fn new(columns: &ReturnColumns, settings: Settings) -> Result<Self, Error> {
        columns.check()?;
        let count = columns.returns.len();
        let own = present(columns.returns)?;
        let excess = less(count, columns.returns, columns.risk_free)?;
        let surplus = less(count, columns.returns, columns.required_return)?;
        let beyond = less(count, &excess, columns.required_return)?;
        let paired = columns
            .benchmark
            .map(|_| Paired::new(columns, settings.periods));
        Ok(Self {
            settings,
            count,
            moments: Moments::of(&own),
            drawdowns: Drawdowns::of(columns.returns),
            excess: Moments::of(&present(&excess)?),
            surplus: present(&surplus)?,
            beyond: present(&beyond)?,
            paired: paired.transpose()?,
            // What is 0 was no bet.
            tally: Tally::of(own.iter().copied().filter(|x| *x != 0.0)),
            sorted: sorted(present(&own)?),
            present: own,
        })
    }

    pub fn annual_return(&self) -> f64 {
        yearly(self.drawdowns.equity, self.count, self.settings.periods)
    }
}

impl Tallied for Returns {
    fn tally(&self) -> &Tally {
        &self.tally
    }
}

pub(super) const METRICS: &[Metric<Returns>] = &[
    growth::TOTAL_RETURN,
    growth::ANNUAL_RETURN,
    growth::CAGR,
    growth::MEAN_RETURN,
    moments::VOLATILITY,
    moments::SKEWNESS,
    moments::KURTOSIS,
    ratios::SHARPE,
    ratios::SORTINO,
    ratios::CALMAR,
    ratios::OMEGA,
    ratios::DOWNSIDE_DEVIATION,
    drawdown::MAX_DRAWDOWN,
    drawdown::MAX_DRAWDOWN_DURATION,
    drawdown::LONGEST_DRAWDOWN,
    drawdown::ULCER_INDEX,
    risk::VAR_HISTORICAL,
    risk::VAR_NORMAL,
    risk::VAR_CORNISH_FISHER,
    risk::CVAR_HISTORICAL,
    risk::CVAR_NORMAL,
    risk::CVAR_CORNISH_FISHER,
    outcomes::win_rate("share of the returns other than 0 that are above 0"),
    outcomes::average_win(),
    outcomes::average_loss(),
    outcomes::payoff(),
    outcomes::profit_factor(),
    outcomes::expectancy("mean of the returns other than 0"),
    growth::EXPOSURE,
    sharpe_tests::PROBABILISTIC_SHARPE,
    sharpe_tests::DEFLATED_SHARPE,
    benchmark::ALPHA,
    benchmark::BETA,
    benchmark::CORRELATION,
    benchmark::TRACKING_ERROR,
    benchmark::INFORMATION_RATIO,
    benchmark::CAPTURE,
    benchmark::UP_CAPTURE,
    benchmark::DOWN_CAPTURE,
    benchmark::CAPTURE_RATIO,
];

static FORMULAS: [fn(&Returns) -> f64; METRICS.len()] = formulas(METRICS);

/// The metrics of returns, in the order of their definitions.
///
/// # Errors
/// [`InputLength`](crate::Code::InputLength) for a column that is neither as long as the returns nor a single number.
pub fn returns(columns: &ReturnColumns, settings: Settings) -> Result<Vec<f64>, Error> {
    let it = Returns::new(columns, settings)?;
    Ok(FORMULAS.iter().map(|compute| compute(&it)).collect())
}
