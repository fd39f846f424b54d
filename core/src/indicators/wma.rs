//! Weighted moving average.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Visitor, WeightedMean};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// A mean whose weights fall in a straight line from the newest bar to the oldest.
#[derive(Debug, Clone)]
pub struct Wma {
    mean: WeightedMean,
}

impl Indicator for Wma {
    const SPEC: Spec = Spec {
        id: "wma",
        title: "Weighted Moving Average",
        summary: "A mean price whose weights fall in a straight line from the newest bar to the oldest.",
        formula: "value = (period · source[0] + (period − 1) · source[1] + … + 1 · source[period − 1]) / (period · (period + 1) / 2)",
        edges: &["A period of 1 gives the source itself."],
        source: "Common statistical usage; P. J. Kaufman, Trading Systems and Methods, 1978",
        inputs: &[SOURCE],
        params: &[Param::period("period", 20, 1, "Bars in the mean")],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The mean")]),
        warmup: |params, _| params.period("period") - 1,
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: true,
            styles: &[Style::Line],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        Self {
            mean: WeightedMean::new(params.period("period")),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        self.mean.process(source, value);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.mean);
    }
}
