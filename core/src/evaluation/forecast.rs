//! The metrics of forecasts.

use super::columns::{less, present};
use super::metric::{About, Metric, formulas};
use super::moments::{mean, sum};
use crate::error::Error;

/// What was predicted less what came.
pub(super) struct Errors(Vec<f64>);

const UNIT: &str = "as the numbers";
const EDGE: &str = "NaN without a pair.";

const RMSE: Metric<Errors> = Metric {
    about: About {
        id: "rmse",
        title: "Root mean squared error",
        formula: "√mean((predicted − actual)²)",
        unit: UNIT,
        edge: EDGE,
        source: "common",
    },
    compute: |it| {
        let squares = it.0.iter().map(|error| error * error);
        (sum(squares) / it.0.len() as f64).sqrt()
    },
};

const MAE: Metric<Errors> = Metric {
    about: About {
        id: "mae",
        title: "Mean absolute error",
        formula: "mean(|predicted − actual|)",
        unit: UNIT,
        edge: EDGE,
        source: "common",
    },
    compute: |it| {
        let sizes = it.0.iter().map(|error| error.abs());
        sum(sizes) / it.0.len() as f64
    },
};

const BIAS: Metric<Errors> = Metric {
    about: About {
        id: "bias",
        title: "Bias",
        formula: "mean(predicted − actual)",
        unit: UNIT,
        edge: EDGE,
        source: "common",
    },
    compute: |it| mean(&it.0),
};

pub(super) const METRICS: &[Metric<Errors>] = &[RMSE, MAE, BIAS];

static FORMULAS: [fn(&Errors) -> f64; METRICS.len()] = formulas(METRICS);

/// The metrics of predicted numbers beside those that came, in the order of their definitions. A pair with a missing
/// value is passed over.
///
/// # Errors
/// [`InputLength`](crate::Code::InputLength) for columns that differ in length.
pub fn forecast(actual: &[f64], predicted: &[f64]) -> Result<Vec<f64>, Error> {
    if predicted.len() != actual.len() {
        let (told, came) = (predicted.len(), actual.len());
        return Err(Error::input_length("predicted", told, "actual", came));
    }
    let it = Errors(present(&less(actual.len(), predicted, actual)?)?);
    Ok(FORMULAS.iter().map(|compute| compute(&it)).collect())
}
