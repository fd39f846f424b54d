//! Commodity channel index.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Mean, Spread, Visitor};
use crate::params::Params;
use crate::spec::{
    CLOSE, Chart, Derived, HIGH, LOW, Missing, Output, Param, ResultKind, Spec, Style,
};

/// How far a price is from its mean, in mean distances.
#[derive(Debug, Clone)]
pub struct Cci {
    mean: Mean,
    spread: Spread,
    flat: f64,
}

impl Indicator for Cci {
    const SPEC: Spec = Spec {
        id: "cci",
        title: "Commodity Channel Index",
        summary: "How far the price is from its mean, in units of its usual distance: beyond ±100 a move is out of the ordinary.",
        formula: "value = (typical − sma(typical, period)) / (0.015 · d), with d = Σ |typical − sma| / period over the window and typical = (high + low + close) / 3",
        edges: &[
            "A window whose prices are all the same has no distance to measure by: nan leaves it missing, as TradingView does; zero gives 0, as TA-Lib does; the same are those within 1e−14 of the mean.",
            "A bar looks at its whole window, and costs more the longer the period is.",
        ],
        source: "D. R. Lambert, Commodity Channel Index, Commodities, 1980",
        inputs: &[HIGH, LOW, CLOSE],
        params: &[
            Param::period("period", 20, 1, "Bars in the mean and the distance"),
            Param::empty("The value of a window whose prices are all the same"),
        ],
        derived: &[Derived::Typical],
        result: ResultKind::Series(&[Output::gappy(
            "value",
            "The index; two thirds and more lie within ±100",
        )]),
        warmup: |params, _| params.period("period") - 1,
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line],
            levels: &[-100.0, 100.0],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("period");
        Self {
            mean: Mean::new(period),
            spread: Spread::new(period),
            flat: params.empty(),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let typical = x.derived(0);
        let [value] = out.series();
        let [mean] = scratch.take(x.len());
        self.mean.process(typical, mean);
        self.spread.process(typical, mean, value);
        for ((value, &mean), &price) in value.iter_mut().zip(&*mean).zip(typical) {
            // Prices that are all the same may lie as far from their mean as it was rounded.
            *value = if *value <= 1e-14 * mean.abs() {
                self.flat
            } else {
                (price - mean) / (0.015 * *value)
            };
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.mean);
        visitor.kernel(&mut self.spread);
    }
}
