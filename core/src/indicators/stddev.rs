//! Standard deviation.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Deviation, Moments, Visitor, Window};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// How far the last bars lie from their mean.
#[derive(Debug, Clone)]
pub struct Stddev {
    moments: Window<Moments>,
    deviation: Deviation,
}

impl Indicator for Stddev {
    const SPEC: Spec = Spec {
        id: "stddev",
        title: "Standard Deviation",
        summary: "How far the last prices lie from their mean: how much the market swings.",
        formula: "value = mult · √(Σ (source − sma(source, period))² / n), with n = period, or period − 1 for a sample",
        edges: &["A window without movement gives 0."],
        source: "K. Pearson, Contributions to the Mathematical Theory of Evolution, 1894",
        inputs: &[SOURCE],
        params: &[
            Param::period("period", 20, 2, "Bars in the window"),
            Param::float("mult", 1.0, (0.0, 1000.0), "Deviations that make the value"),
            Param::choice(
                "of",
                &["population", "sample"],
                "Whether the squares are divided by the bars, or by one less",
            ),
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The deviation, in units of source")]),
        warmup: |params, _| params.period("period") - 1,
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let (period, mult) = (params.period("period"), params.number("mult"));
        Self {
            moments: Window::new(period),
            deviation: if params.is("of", "sample") {
                Deviation::of_sample(period, mult)
            } else {
                Deviation::new(period, mult)
            },
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        self.moments.process_with(source, self.deviation, value);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.moments);
    }
}
