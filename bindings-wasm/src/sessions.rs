//! Numbers for the sessions that bars belong to, from a zone's offsets that JavaScript knows.

use tvf_core::session::{self, Anchor};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::exchange::Exchange;
use crate::memory;
use crate::output::Output;

/// Numbers the times that were laid into the exchange first; the second and third column are the
/// moments at which the zone's offset changes and the offsets that hold from each on. `anchor` is
/// a word of the core's, any other stands for so many `minutes`; `open` is in minutes after local midnight.
#[wasm_bindgen]
pub fn sessions(exchange: &mut Exchange, anchor: &str, minutes: f64, open: f64) -> bool {
    exchange
        .attempt(|exchange| {
            let [time, moments, offsets] = exchange.inputs() else {
                return Ok(());
            };
            let anchor = Anchor::parse(anchor).unwrap_or(Anchor::Minutes(minutes));
            let changes: Vec<(f64, f64)> = moments
                .iter()
                .copied()
                .zip(offsets.iter().copied())
                .collect();
            let mut numbers = memory::zeros(time.len())?;
            session::numbers(anchor, time, &changes, open, &mut numbers)?;
            exchange.answer(vec![Output::Series(vec![numbers])], &[0]);
            Ok(())
        })
        .is_some()
}
