//! Simple moving average.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Mean, Visitor};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// The mean of the last `period` values.
#[derive(Debug, Clone)]
pub struct Sma {
    mean: Mean,
}

impl Indicator for Sma {
    const SPEC: Spec = Spec {
        id: "sma",
        title: "Simple Moving Average",
        summary: "The mean price of the last bars: the plainest view of a trend.",
        formula: "value = (source[0] + … + source[period − 1]) / period",
        edges: &["A period of 1 gives the source itself."],
        source: "Common statistical usage; R. D. Edwards and J. Magee, Technical Analysis of Stock Trends, 1948",
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
            mean: Mean::new(params.period("period")),
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
