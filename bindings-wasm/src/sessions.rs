//! Numbers for the sessions that bars belong to, from a zone's offsets that JavaScript knows.

use tvf_core::Error;
use tvf_core::session::{self, Anchor};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::exchange::Exchange;
use crate::memory;
use crate::output::Output;

/// Numbers the times that were laid into the exchange first; the second and third column are the
/// moments at which the zone's offset changes and the offsets that hold from each on. `anchor` is
/// a word of the core's, any other stands for so many `minutes`; `open` is in minutes after local
/// midnight; `began` is the first time of the series, NaN if it begins here.
#[wasm_bindgen]
pub fn sessions(
    exchange: &mut Exchange,
    anchor: &str,
    minutes: f64,
    open: f64,
    began: f64,
) -> bool {
    answer(exchange, |time, changes| {
        let mut numbers = memory::zeros(time.len())?;
        let anchor = Anchor::of(anchor, minutes);
        session::numbers(anchor, time, began, changes, open, &mut numbers)?;
        Ok(numbers)
    })
}

/// Answers with the first moment of the session of the one time in the exchange, the first after
/// it, and its number; the arguments are those of [`sessions`].
#[wasm_bindgen]
pub fn session(exchange: &mut Exchange, anchor: &str, minutes: f64, open: f64, began: f64) -> bool {
    answer(exchange, |time, changes| {
        let time = time.first().copied().unwrap_or(f64::NAN);
        let span = session::within(Anchor::of(anchor, minutes), time, began, changes, open)?;
        Ok(vec![span.from, span.to, span.number])
    })
}

/// Answers with a column made of the times and the changes in the exchange.
fn answer(
    exchange: &mut Exchange,
    make: impl FnOnce(&[f64], &[(f64, f64)]) -> Result<Vec<f64>, Error>,
) -> bool {
    exchange
        .attempt(|exchange| {
            let [time, moments, offsets] = exchange.inputs() else {
                return Ok(());
            };
            let changes = moments.iter().copied().zip(offsets.iter().copied());
            let column = make(time, &changes.collect::<Vec<_>>())?;
            exchange.answer(vec![Output::Series(vec![column])], &[0]);
            Ok(())
        })
        .is_some()
}
