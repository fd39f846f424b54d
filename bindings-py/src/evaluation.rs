//! What a strategy was worth; `tvf.evaluate` makes it pleasant.

use pyo3::prelude::*;
use tvf_core::evaluation::{self, ReturnColumns, Settings, TradeColumns};

use crate::columns::{plain, run};
use crate::errors::OrRaise;

/// A column, empty where it is not plain.
fn column<'a>(object: &'a Bound<'_, PyAny>) -> &'a [f64] {
    plain(object).unwrap_or_default()
}

/// The metrics of returns, in the order of their definitions.
#[pyfunction]
pub fn evaluate_returns(
    py: Python<'_>,
    returns: &Bound<'_, PyAny>,
    benchmark: Option<&Bound<'_, PyAny>>,
    risk_free: &Bound<'_, PyAny>,
    required_return: &Bound<'_, PyAny>,
    settings: [f64; 5],
) -> PyResult<Vec<f64>> {
    let [periods, confidence, target_sharpe, trials, trials_deviation] = settings;
    let settings = Settings::new(periods, confidence, target_sharpe, trials, trials_deviation);
    let settings = settings.or_raise(py)?;
    let columns = ReturnColumns {
        returns: column(returns),
        benchmark: benchmark.map(column),
        risk_free: column(risk_free),
        required_return: column(required_return),
    };
    let found = run(py, columns.returns.len(), || {
        evaluation::returns(&columns, settings)
    });
    found.or_raise(py)
}

/// The metrics of trades, likewise.
#[pyfunction]
pub fn evaluate_trades(
    py: Python<'_>,
    profit: &Bound<'_, PyAny>,
    returns: Option<&Bound<'_, PyAny>>,
    entry: Option<&Bound<'_, PyAny>>,
    exit: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<f64>> {
    let columns = TradeColumns {
        profit: column(profit),
        returns: returns.map(column),
        entry: entry.map(column),
        exit: exit.map(column),
    };
    run(py, columns.profit.len(), || evaluation::trades(&columns)).or_raise(py)
}

/// The metrics of probabilities, a column per class, and of the numbers of the classes that came.
#[pyfunction]
#[expect(clippy::needless_pass_by_value, reason = "made from a Python list")]
pub fn evaluate_probabilities(
    py: Python<'_>,
    classes: Vec<Bound<'_, PyAny>>,
    outcomes: &Bound<'_, PyAny>,
) -> PyResult<Vec<f64>> {
    let classes: Vec<&[f64]> = classes.iter().map(column).collect();
    let outcomes = column(outcomes);
    let found = run(py, outcomes.len(), || {
        evaluation::probabilities(&classes, outcomes)
    });
    found.or_raise(py)
}

/// The metrics of predicted numbers beside those that came.
#[pyfunction]
pub fn evaluate_forecast(
    py: Python<'_>,
    actual: &Bound<'_, PyAny>,
    predicted: &Bound<'_, PyAny>,
) -> PyResult<Vec<f64>> {
    let (actual, predicted) = (column(actual), column(predicted));
    run(py, actual.len(), || evaluation::forecast(actual, predicted)).or_raise(py)
}
