//! Series that tests of families make by hand, turn by turn.

use super::family::Bar;

/// Bars from one turn to the next.
pub const STEP: usize = 4;

/// Prices that go straight from turn to turn, four bars each.
pub fn line(turns: &[f64]) -> Vec<f64> {
    let legs = turns.windows(2).flat_map(|ends| {
        let [from, to] = [ends[0], ends[1]];
        (0..STEP).map(move |i| from + (to - from) * i as f64 / STEP as f64)
    });
    legs.chain(turns.last().copied()).collect()
}

/// Bars that are a price each, a second apart.
pub fn bars(prices: &[f64]) -> impl Iterator<Item = Bar> {
    prices.iter().zip(0..).map(|(&price, index)| Bar {
        index,
        time: index as f64 * 1000.0,
        open: price,
        high: price,
        low: price,
        close: price,
        volume: f64::NAN,
    })
}
