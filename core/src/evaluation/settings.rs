//! What an evaluation of returns takes besides columns.

use crate::chart::check::{finite, refuse};
use crate::chart::count;
use crate::error::Error;

/// Numbers that metrics of returns depend on.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    pub(super) periods: f64,
    pub(super) confidence: f64,
    pub(super) target_sharpe: f64,
    pub(super) trials: usize,
    pub(super) trials_deviation: f64,
}

impl Settings {
    /// Takes the periods of a year, the confidence of value at risk, the yearly Sharpe ratio that the probabilistic one is
    /// held against, how many strategies were tried, and the standard deviation of their yearly Sharpe ratios, NaN if it
    /// is not known.
    ///
    /// # Errors
    /// [`ParamRange`](crate::Code::ParamRange) unless periods are above 0, the confidence lies between 0 and 1, the target
    /// is finite, trials are at least 1 and their deviation is at least 0.
    pub fn new(
        periods: f64,
        confidence: f64,
        target_sharpe: f64,
        trials: f64,
        trials_deviation: f64,
    ) -> Result<Self, Error> {
        if finite("periods", periods)? <= 0.0 {
            return refuse("periods", periods, "above 0", "not above 0");
        }
        if confidence.is_nan() || confidence <= 0.0 || confidence >= 1.0 {
            let bound = "between 0 and 1";
            return refuse("confidence", confidence, bound, "not between 0 and 1");
        }
        finite("target_sharpe", target_sharpe)?;
        if !trials_deviation.is_nan() && finite("trials_deviation", trials_deviation)? < 0.0 {
            return refuse(
                "trials_deviation",
                trials_deviation,
                "at least 0",
                "below 0",
            );
        }
        Ok(Self {
            periods,
            confidence,
            target_sharpe,
            trials: count("trials", finite("trials", trials)?, 1)?,
            trials_deviation,
        })
    }
}
