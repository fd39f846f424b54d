//! How good an average is over a stretch of bars.

use crate::batch::{Sink, batch};
use crate::error::{Code, Error};
use crate::indicator::Entry;
use crate::params::Params;

/// The loss of an average m of a series x over the bars t of a window:
///
/// `L = mean (x[t+h] − m[t])² / D  +  s · mean (m[t] − 2·m[t−1] + m[t−2])² / D`
///
/// The first part is its error as a forecast of the series h bars on; the second, weighed by s, is how
/// much it bends. `D = mean (x[t] − x[t−1])²` over the same window makes both numbers without a unit: with
/// h = 1 and s = 0 the last value as the forecast has a loss of about 1. Forecasts beyond the window's end
/// are left out, as are bars without a value; if that leaves less than half of the window, the loss is
/// infinite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loss<'a> {
    /// The series from its beginning to the window's end: nothing later is ever read.
    series: &'a [f64],
    from: usize,
    horizon: usize,
    smoothness: f64,
    /// D.
    change: f64,
}

impl<'a> Loss<'a> {
    /// A loss over the bars `from..to` of a series.
    ///
    /// # Errors
    /// [`Code::ParamRange`] for a window that is not within the series, that is shorter than 10 bars
    /// beyond the horizon, or in which nothing changes.
    pub fn new(
        series: &'a [f64],
        (from, to): (usize, usize),
        horizon: usize,
        smoothness: f64,
    ) -> Result<Self, Error> {
        let least = horizon + 10;
        let refuse = |bound: String| {
            let value = format!("{from} to {to}");
            let why = format!("window {value} is not {bound}");
            Err(Error::new(Code::ParamRange, "window", value, bound, why))
        };
        if to > series.len() {
            return refuse(format!("within the {} bars", series.len()));
        }
        if from > to || to - from < least {
            return refuse(format!("{least} bars or more"));
        }
        let series = &series[..to];
        let change = mean((from.max(1)..to).map(|t| series[t] - series[t - 1]));
        if !(change.is_finite() && change > 0.0) {
            return refuse("one in which the series changes".into());
        }
        Ok(Self {
            series,
            from,
            horizon,
            smoothness,
            change,
        })
    }

    /// The loss of an average.
    ///
    /// # Errors
    /// Those of [`batch`].
    pub fn of(
        &self,
        entry: &'static Entry,
        params: &Params,
        room: &mut Vec<f64>,
    ) -> Result<f64, Error> {
        let n = self.series.len();
        room.clear();
        room.try_reserve(n)
            .map_err(|_| Error::out_of_memory(n, "bars"))?;
        room.resize(n, f64::NAN);
        batch(
            entry,
            params,
            &[self.series],
            &mut Sink::series([room.as_mut_slice()]),
        )?;
        Ok(self.judge(room))
    }

    fn judge(&self, average: &[f64]) -> f64 {
        let (n, from) = (average.len(), self.from);
        let misses = (from..n - self.horizon).map(|t| self.series[t + self.horizon] - average[t]);
        let known = misses.clone().filter(|miss| miss.is_finite()).count();
        if known * 2 < n - self.horizon - from {
            return f64::INFINITY;
        }
        let bends = (from.max(2)..n).map(|t| average[t] - 2.0 * average[t - 1] + average[t - 2]);
        let bent = if self.smoothness == 0.0 {
            0.0
        } else {
            self.smoothness * mean(bends)
        };
        (mean(misses) + bent) / self.change
    }
}

/// The mean of the squares of what is finite.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0_u32);
    for value in values.filter(|value| value.is_finite()) {
        sum += value * value;
        count += 1;
    }
    sum / f64::from(count)
}
