//! The composite signal: columns and weights lie in the exchange, and the answer is laid there.

use tvf_core::signals::{COLUMNS, Columns, Flat, Request, composite as ask, signature};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::exchange::Exchange;
use crate::output::Output;
use crate::pool;

/// Lays the numbers, the reasons and the silent sources into the exchange. What lies there are open, high,
/// low, close, volume and time, empty where there is none, and the weights of the sources that are named,
/// separated by commas; `only` names those that vote, nothing for all of them.
#[wasm_bindgen]
#[expect(
    clippy::needless_pass_by_value,
    reason = "texts of JavaScript arrive by value"
)]
pub fn composite(exchange: &mut Exchange, weighted: &str, only: Option<String>) -> bool {
    let laid = exchange.attempt(|exchange| {
        let params = exchange.params(signature())?;
        let inputs: Vec<&[f64]> = exchange.inputs().iter().map(Vec::as_slice).collect();
        let mut own: [&[f64]; COLUMNS.len()] = Default::default();
        for (column, input) in own.iter_mut().zip(&inputs) {
            *column = input;
        }
        let weights = inputs.get(COLUMNS.len()).copied().unwrap_or_default();
        let weights: Vec<(&str, f64)> = named(weighted).zip(weights.iter().copied()).collect();
        let only = only.as_ref().map(|only| named(only).collect::<Vec<_>>());
        let request = Request::new(&weights, only.as_deref(), &params)?;
        let columns = Columns::new(own)?;
        let found = ask(&request, &columns, |jobs| pool::run(jobs, |_| ()))?;
        let flat = Flat::from(&found);
        let groups = [vec![flat.numbers], flat.reasons, flat.silent];
        exchange.answer(groups.map(Output::Series).into(), &[0, 1, 2]);
        Ok(())
    });
    laid.is_some()
}

/// Names that are separated by commas; an empty text has none.
fn named(names: &str) -> impl Iterator<Item = &str> {
    names.split(',').filter(|name| !name.is_empty())
}
