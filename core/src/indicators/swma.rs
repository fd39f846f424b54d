//! Symmetrically Weighted Moving Average.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Fir, Visitor};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, ResultKind, SOURCE, Spec, Style};

/// The last four bars, the middle ones twice.
#[derive(Debug, Clone)]
pub struct Swma {
    sum: Fir,
}

impl Indicator for Swma {
    const SPEC: Spec = Spec {
        id: "swma",
        title: "Symmetrically Weighted Moving Average",
        summary: "A short smoothing of the last four bars, the middle two of which count twice.",
        formula: "value = (source[3] + 2 · source[2] + 2 · source[1] + source[0]) / 6",
        edges: &["It is trima of period 4."],
        source: "J. F. Ehlers, Cybernetic Analysis for Stocks and Futures, 2004; TradingView's ta.swma",
        inputs: &[SOURCE],
        params: &[],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The average")]),
        warmup: |_, _| 3,
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: true,
            styles: &[Style::Line],
            levels: &[],
        },
    };

    fn new(_: &Params) -> Self {
        Self {
            sum: Fir::new([1.0, 2.0, 2.0, 1.0].map(|weight| weight / 6.0).to_vec()),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        self.sum.process(source, value);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.sum);
    }
}
