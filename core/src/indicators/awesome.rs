//! Awesome oscillator.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Mean, Visitor};
use crate::params::Params;
use crate::spec::{Chart, HIGH, LOW, Missing, Output, Param, ResultKind, Spec, Style};

/// The distance between a fast and a slow mean of the middle of the bars.
#[derive(Debug, Clone)]
pub struct Awesome {
    fast: Mean,
    slow: Mean,
}

impl Indicator for Awesome {
    const SPEC: Spec = Spec {
        id: "awesome",
        title: "Awesome Oscillator",
        summary: "The distance between a fast and a slow mean of the middle of the bars: whether a trend gains or loses speed.",
        formula: "value = sma(m, fast) − sma(m, slow) with m = (high + low) / 2",
        edges: &["A flat market gives 0, but for the rounding of its means."],
        source: "B. Williams, New Trading Dimensions, 1998",
        inputs: &[HIGH, LOW],
        params: &[
            Param::period("fast", 5, 1, "Bars of the fast mean"),
            Param::period("slow", 34, 1, "Bars of the slow mean"),
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::new(
            "value",
            "The distance of the means, in units of price",
        )]),
        warmup: |params, _| params.period("fast").max(params.period("slow")) - 1,
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: false,
            styles: &[Style::Histogram],
            levels: &[0.0],
        },
    };

    fn new(params: &Params) -> Self {
        let [fast, slow] = ["fast", "slow"].map(|name| Mean::new(params.period(name)));
        Self { fast, slow }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [high, low] = x.inputs();
        let [value] = out.series();
        let [middle, slow] = scratch.take(x.len());
        for ((middle, high), low) in middle.iter_mut().zip(high).zip(low) {
            *middle = 0.5 * (high + low);
        }
        self.fast.process(middle, value);
        self.slow.process(middle, slow);
        for (value, slow) in value.iter_mut().zip(&*slow) {
            *value -= slow;
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.fast);
        visitor.kernel(&mut self.slow);
    }
}
