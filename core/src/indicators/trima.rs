//! Triangular Moving Average.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Mean, Visitor};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// A mean of means.
#[derive(Debug, Clone)]
pub struct Trima {
    inner: Mean,
    outer: Mean,
}

impl Indicator for Trima {
    const SPEC: Spec = Spec {
        id: "trima",
        title: "Triangular Moving Average",
        summary: "A mean of means: its weights rise to the middle of the window and fall again.",
        formula: "value = sma(sma(source, inner), outer) with inner = period / 2 rounded up and outer = period / 2 rounded down + 1",
        edges: &["A period of 1 gives the source itself."],
        source: "Common statistical usage; TA-Lib since 2001",
        inputs: &[SOURCE],
        params: &[Param::period("period", 20, 1, "Bars in the window")],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The average")]),
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
        let period = params.period("period");
        Self {
            inner: Mean::new(period.div_ceil(2)),
            outer: Mean::new(period / 2 + 1),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        let [inner] = scratch.take(x.len());
        self.inner.process(source, inner);
        self.outer.process(inner, value);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.inner);
        visitor.kernel(&mut self.outer);
    }
}
