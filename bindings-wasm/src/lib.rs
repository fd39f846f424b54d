//! The core's surface for JavaScript: few functions that stay the same however many indicators
//! there are. The TypeScript in `npm/` makes them pleasant; nobody else calls them.
//!
//! Nothing here throws. What can fail answers `false` (or nothing) and leaves its [`Exchange`] with
//! the error, so that a call per tick allocates nothing and the generated glue stays small.

mod answer;
mod bars;
mod builder;
mod candlestick;
mod catalog;
mod chart;
mod evaluation;
mod exchange;
mod fibonacci;
mod group;
mod json;
mod members;
mod memory;
mod output;
mod patterns;
mod pool;
mod sessions;
mod signals;
mod stream;
mod taker;
mod transforms;
mod tuning;
mod view;

pub use answer::Answer;
pub use bars::Bars;
pub use builder::Builder;
pub use candlestick::Candlesticks;
pub use exchange::Exchange;
pub use patterns::Watch;
pub use stream::Stream;
pub use transforms::Transform;
pub use view::View;

/// Starts the threads.
#[cfg(feature = "threads")]
pub use wasm_bindgen_rayon::init_thread_pool;

use tvf_core::{Sink, find};
use wasm_bindgen::prelude::wasm_bindgen;

/// The version of the package.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    tvf_core::VERSION.into()
}

/// Which of the builds this is.
#[wasm_bindgen]
#[must_use]
pub fn build() -> String {
    if cfg!(feature = "threads") {
        "threads"
    } else if cfg!(target_pointer_width = "64") {
        "memory64"
    } else if cfg!(target_feature = "simd128") {
        "simd"
    } else {
        "baseline"
    }
    .into()
}

/// How many bars to the right of its own a chart draws each value of an output of the one member
/// described in the exchange; NaN if the member is wrong.
#[wasm_bindgen]
pub fn shift(exchange: &mut Exchange, output: usize) -> f64 {
    let bars = exchange.attempt(|exchange| {
        let params = exchange.single()?;
        let spec = &find(params.signature().id)?.spec;
        let shift = spec.series().get(output).and_then(|o| o.shift);
        Ok(shift.map_or(0, |shift| shift(&params)) as f64)
    });
    bars.unwrap_or(f64::NAN)
}

/// The bar from which on the start of the data no longer matters to the one member described in the
/// exchange: infinity where it may for ever, NaN if the member is wrong.
#[wasm_bindgen]
pub fn converged(exchange: &mut Exchange) -> f64 {
    let bar = exchange.attempt(|exchange| {
        let params = exchange.single()?;
        let spec = &find(params.signature().id)?.spec;
        let bar = spec.converged_from(&params);
        Ok(bar.map_or(f64::INFINITY, |bar| bar as f64))
    });
    bar.unwrap_or(f64::NAN)
}

/// Computes the one member described in the exchange over the columns laid into it; `shifted` moves
/// columns to where a chart draws them.
#[wasm_bindgen]
pub fn batch(exchange: &mut Exchange, shifted: bool) -> bool {
    exchange
        .attempt(|exchange| {
            let params = exchange.single()?;
            let inputs: Vec<&[f64]> = exchange.inputs().iter().map(Vec::as_slice).collect();
            let entry = find(params.signature().id)?;
            let n = tvf_core::check_inputs(entry, &params, &inputs)?;
            let _granted = memory::afford([&params])?;
            // SAFETY: the core fills every value, or fails, and then nobody reads them.
            let mut output = unsafe { output::Output::unwritten(&entry.spec, n)? };
            let mut sink: Sink<'_> = output.sink(0, n);
            tvf_core::batch(entry, &params, &inputs, &mut sink)?;
            if shifted {
                output.sink(0, n).displace(&entry.spec, &params);
            }
            exchange.answer(vec![output], &[0]);
            Ok(())
        })
        .is_some()
}
