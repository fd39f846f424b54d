//! Momentum.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Delay, Visitor, nothing};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// By how much the price changed.
#[derive(Debug, Clone)]
pub struct Momentum {
    earlier: Delay,
}

impl Indicator for Momentum {
    const SPEC: Spec = Spec {
        id: "momentum",
        title: "Momentum",
        summary: "By how much the price changed in so many bars: whether a move gains or loses speed.",
        formula: "value = source − source[period]",
        edges: &["A flat market gives 0."],
        source: "Common usage; J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
        inputs: &[SOURCE],
        params: &[Param::period(
            "period",
            10,
            1,
            "Bars from one price to the other",
        )],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The change, in units of price")]),
        warmup: |params, _| params.period("period"),
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line],
            levels: &[0.0],
        },
    };

    fn new(params: &Params) -> Self {
        Self {
            earlier: Delay::new(params.period("period")),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        self.earlier.process(source, value);
        for (value, source) in value.iter_mut().zip(source) {
            let change = source - *value;
            *value = change + nothing(change);
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.earlier);
    }
}
