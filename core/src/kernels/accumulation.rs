//! Money that flowed in since the start.

use super::{Cumulative, Visitor, money_flow, nothing};

/// The running sum of [`money_flow`]: bars with a missing value add nothing, and show nothing.
#[derive(Debug, Clone)]
pub struct Accumulation {
    total: Cumulative,
}

impl Default for Accumulation {
    /// Nothing has flowed yet.
    fn default() -> Self {
        Self {
            total: Cumulative::new(0.0),
        }
    }
}

impl Accumulation {
    /// Takes the next bars, at least one, with room for two columns.
    pub fn process(
        &mut self,
        prices: [&[f64]; 3],
        volume: &[f64],
        room: [&mut [f64]; 2],
        out: &mut [f64],
    ) {
        let [flow, shown] = room;
        money_flow(prices, volume, flow);
        for (flow, shown) in flow.iter_mut().zip(&mut *shown) {
            *shown = nothing(*flow);
            *flow = if flow.is_finite() { *flow } else { 0.0 };
        }
        self.total.process(flow, out);
        for (out, shown) in out.iter_mut().zip(&*shown) {
            *out += shown + nothing(*out);
        }
    }

    /// Shows what it is made of.
    pub fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.total);
    }
}
