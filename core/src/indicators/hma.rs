//! Hull moving average.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Visitor, WeightedMean};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// A weighted mean whose delay is taken out again.
#[derive(Debug, Clone)]
pub struct Hma {
    half: WeightedMean,
    full: WeightedMean,
    smooth: WeightedMean,
}

impl Indicator for Hma {
    const SPEC: Spec = Spec {
        id: "hma",
        title: "Hull Moving Average",
        summary: "A smooth mean price with little delay: it turns sooner than other averages, and overshoots sharp turns.",
        formula: "value = wma(2 · wma(source, period / 2) − wma(source, period), √period), both lengths rounded down, at least 1",
        edges: &["A period of 1 gives the source itself."],
        source: "A. Hull, How to reduce lag in a moving average, 2005",
        inputs: &[SOURCE],
        params: &[Param::period("period", 20, 1, "Bars in the longest mean")],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The mean")]),
        warmup: |params, _| {
            let period = params.period("period");
            period - 1 + period.isqrt() - 1
        },
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: true,
            styles: &[Style::Line],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("period");
        Self {
            half: WeightedMean::new((period / 2).max(1)),
            full: WeightedMean::new(period),
            smooth: WeightedMean::new(period.isqrt()),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        let [half] = scratch.take(x.len());
        self.half.process(source, half);
        self.full.process(source, value);
        for (half, &full) in half.iter_mut().zip(&*value) {
            *half = 2.0 * *half - full;
        }
        self.smooth.process(half, value);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.half);
        visitor.kernel(&mut self.full);
        visitor.kernel(&mut self.smooth);
    }
}
