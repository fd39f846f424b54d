//! What a strategy was worth: the columns are laid into the exchange, and the answer is a column of metrics.

use tvf_core::Error;
use tvf_core::evaluation::{self, ReturnColumns, Settings, TradeColumns};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::exchange::Exchange;
use crate::output::Output;

/// Answers with what is found in the columns of the exchange.
fn answer(
    exchange: &mut Exchange,
    find: impl FnOnce(&[&[f64]]) -> Result<Vec<f64>, Error>,
) -> bool {
    let found = exchange.attempt(|exchange| {
        let columns: Vec<&[f64]> = exchange.inputs().iter().map(Vec::as_slice).collect();
        let metrics = find(&columns)?;
        exchange.answer(vec![Output::Series(vec![metrics])], &[0]);
        Ok(())
    });
    found.is_some()
}

fn column<'a>(columns: &[&'a [f64]], place: usize) -> &'a [f64] {
    columns.get(place).copied().unwrap_or_default()
}

/// The metrics of returns: of the columns returns, risk-free return, required return, and a benchmark if there is one.
#[wasm_bindgen]
pub fn evaluate_returns(
    exchange: &mut Exchange,
    periods: f64,
    confidence: f64,
    target_sharpe: f64,
    trials: f64,
    trials_deviation: f64,
) -> bool {
    answer(exchange, |columns| {
        let settings = Settings::new(periods, confidence, target_sharpe, trials, trials_deviation)?;
        let columns = ReturnColumns {
            returns: column(columns, 0),
            risk_free: column(columns, 1),
            required_return: column(columns, 2),
            benchmark: columns.get(3).copied(),
        };
        evaluation::returns(&columns, settings)
    })
}

/// The metrics of trades: of the column of profits, and those of returns, entries and exits that are there.
#[wasm_bindgen]
pub fn evaluate_trades(exchange: &mut Exchange, returns: bool, entry: bool, exit: bool) -> bool {
    answer(exchange, |columns| {
        let mut rest = columns.iter().skip(1).copied();
        let mut next = |given: bool| if given { rest.next() } else { None };
        let columns = TradeColumns {
            profit: column(columns, 0),
            returns: next(returns),
            entry: next(entry),
            exit: next(exit),
        };
        evaluation::trades(&columns)
    })
}

/// The metrics of probabilities: of the column of outcomes, and one for each class.
#[wasm_bindgen]
pub fn evaluate_probabilities(exchange: &mut Exchange) -> bool {
    answer(exchange, |columns| match columns {
        [outcomes, classes @ ..] => evaluation::probabilities(classes, outcomes),
        [] => evaluation::probabilities(&[], &[]),
    })
}

/// The metrics of a forecast: of the columns of what came and of what was predicted.
#[wasm_bindgen]
pub fn evaluate_forecast(exchange: &mut Exchange) -> bool {
    answer(exchange, |columns| {
        evaluation::forecast(column(columns, 0), column(columns, 1))
    })
}
