//! Fibonacci levels of given points, or of the swings of a series.

use tvf_core::patterns::fibonacci::{Anchor, FIBONACCI, Fibonacci, Flat, Request};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::exchange::Exchange;
use crate::json::Json;
use crate::output::Output;

/// The figures, as JSON; the texts about them are the package's.
#[wasm_bindgen]
#[must_use]
pub fn fibonacci_figures() -> String {
    let mut json = Json::default();
    json.array(|json| {
        for figure in FIBONACCI.figures {
            json.object(|json| {
                json.key("id").text(figure.name);
                json.key("points").number(figure.points as f64);
                json.key("ratios")
                    .array(|json| figure.ratios.iter().for_each(|x| json.number(*x)));
            });
        }
    });
    json.into_text()
}

/// Lays points, levels, clusters and the clusters' parts into the exchange. The kinds are separated
/// by commas. What lies there are bars, times and prices of points that are given, or high, low, close
/// and time of a series; then the ratios, if there are any.
#[wasm_bindgen]
pub fn fibonacci_levels(exchange: &mut Exchange, kinds: &str, given: bool, ratios: bool) -> bool {
    let laid = exchange.attempt(|exchange| {
        let params = exchange.params(&FIBONACCI)?;
        let inputs: Vec<&[f64]> = exchange.inputs().iter().map(Vec::as_slice).collect();
        let columns = match inputs.split_last() {
            Some((_, columns)) if ratios => columns,
            _ => &inputs,
        };
        let kinds: Vec<&str> = kinds.split(',').collect();
        let request = Request {
            kinds: &kinds,
            ratios: inputs.last().copied().filter(|_| ratios),
            params: &params,
        };
        let found = if given {
            Fibonacci::of_points(&anchors(columns), &request)
        } else {
            Fibonacci::of_bars(columns, &request)
        };
        let flat = Flat::from(&found?);
        let groups = [
            flat.points.into(),
            flat.levels.into(),
            flat.clusters.into(),
            flat.parts.into(),
        ];
        exchange.answer(groups.map(Output::Series).into(), &[0, 1, 2, 3]);
        Ok(())
    });
    laid.is_some()
}

fn anchors(columns: &[&[f64]]) -> Vec<Anchor> {
    let &[bar, time, price] = columns else {
        return Vec::new();
    };
    let points = bar.iter().zip(time).zip(price);
    let anchor = |((&bar, &time), &price)| Anchor { bar, time, price };
    points.map(anchor).collect()
}
