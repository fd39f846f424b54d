//! Averages that fit their parameters: the series and the bounds lie in the exchange, and the answer is
//! laid there.

use tvf_core::tuning::{End, Request, signature, tune as fit};
use tvf_core::{Arg, Params, Profile};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::exchange::Exchange;
use crate::output::Output;

/// Lays the numbers (before, after, end, evaluations and the value of each knob), the loss curve and the
/// values of the knobs along it into the exchange. What lies there are the series, and two bounds for each
/// knob that is named (separated by commas), NaN for the usual ones. A window without an end has NaN, as
/// have options that are not given.
#[wasm_bindgen]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::too_many_arguments,
    reason = "all of them are JavaScript's; a window beyond the series is refused whatever it is"
)]
pub fn tune(
    exchange: &mut Exchange,
    id: &str,
    named: &str,
    from: f64,
    to: f64,
    horizon: f64,
    smoothness: f64,
    iterations: f64,
) -> bool {
    let laid = exchange.attempt(|exchange| {
        let entry = Request::entry(id)?;
        let start = exchange.params(&entry.spec)?;
        let options = [
            ("horizon", horizon),
            ("smoothness", smoothness),
            ("iterations", iterations),
        ];
        let given = options.iter().filter(|(_, value)| !value.is_nan());
        let given = given.map(|&(name, value)| (name, Arg::Number(value)));
        let options = Params::named(signature(), Profile::default(), given)?;
        let column = |place: usize| exchange.inputs().get(place).map_or(&[][..], Vec::as_slice);
        let bounds = column(1).chunks_exact(2).map(|ends| (ends[0], ends[1]));
        let names = named.split(',').filter(|name| !name.is_empty());
        let knobs: Vec<(&str, Option<(f64, f64)>)> = names
            .zip(bounds)
            .map(|(name, bounds)| (name, Some(bounds).filter(|(low, _)| !low.is_nan())))
            .collect();
        let request = Request::new(id, &start, &knobs, &options)?;
        let series = column(0);
        let to = if to.is_nan() {
            series.len()
        } else {
            to as usize
        };
        let found = fit(&request, series, (from as usize, to))?;
        let end = End::ALL.iter().position(|end| *end == found.end);
        let mut numbers = vec![
            found.before,
            found.after,
            end.unwrap_or_default() as f64,
            found.evaluations as f64,
        ];
        numbers.extend(found.knobs.iter().map(|name| found.params.number(name)));
        let curve = found.steps.iter().map(|step| step.loss).collect();
        let values = (0..found.knobs.len())
            .map(|i| found.steps.iter().map(|step| step.values[i]).collect())
            .collect();
        let groups = [vec![numbers], vec![curve], values];
        exchange.answer(groups.map(Output::Series).into(), &[0, 1, 2]);
        Ok(())
    });
    laid.is_some()
}
