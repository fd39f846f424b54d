//! What a strategy was worth: the columns are laid into the exchange, and the answer is a column of metrics.

use tvf_core::Error;
use tvf_core::evaluation::{self, ReturnColumns, Settings, TradeColumns};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::exchange::Exchange;
use crate::output::Output;

/// The columns of the exchange.
#[inline(never)]
fn columns(exchange: &Exchange) -> Vec<&[f64]> {
    exchange.inputs().iter().map(Vec::as_slice).collect()
}

/// Answers with what was found.
#[inline(never)]
fn answer(exchange: &mut Exchange, found: Result<Vec<f64>, Error>) -> bool {
    let found = exchange.attempt(|exchange| {
        exchange.answer(vec![Output::Series(vec![found?])], &[0]);
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
    let settings = Settings::new(periods, confidence, target_sharpe, trials, trials_deviation);
    let columns = columns(exchange);
    let columns = ReturnColumns {
        returns: column(&columns, 0),
        risk_free: column(&columns, 1),
        required_return: column(&columns, 2),
        benchmark: columns.get(3).copied(),
    };
    let found = settings.and_then(|settings| evaluation::returns(&columns, settings));
    answer(exchange, found)
}

/// The metrics of trades: of the column of profits, and those of returns, entries and exits that are there.
#[wasm_bindgen]
pub fn evaluate_trades(exchange: &mut Exchange, returns: bool, entry: bool, exit: bool) -> bool {
    let columns = columns(exchange);
    let mut rest = columns.iter().skip(1).copied();
    let mut next = |given: bool| if given { rest.next() } else { None };
    let columns = TradeColumns {
        profit: column(&columns, 0),
        returns: next(returns),
        entry: next(entry),
        exit: next(exit),
    };
    let found = evaluation::trades(&columns);
    answer(exchange, found)
}

/// The metrics of probabilities: of the column of outcomes, and one for each class.
#[wasm_bindgen]
pub fn evaluate_probabilities(exchange: &mut Exchange) -> bool {
    let columns = columns(exchange);
    let classes = columns.get(1..).unwrap_or_default();
    let found = evaluation::probabilities(classes, column(&columns, 0));
    answer(exchange, found)
}

/// The metrics of a forecast: of the columns of what came and of what was predicted.
#[wasm_bindgen]
pub fn evaluate_forecast(exchange: &mut Exchange) -> bool {
    let columns = columns(exchange);
    let found = evaluation::forecast(column(&columns, 0), column(&columns, 1));
    answer(exchange, found)
}
