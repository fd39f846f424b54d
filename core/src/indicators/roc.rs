//! Rate of change.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Delay, Visitor, divide};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// By how much the price changed, in percent.
#[derive(Debug, Clone)]
pub struct Roc {
    earlier: Delay,
    empty: f64,
}

impl Indicator for Roc {
    const SPEC: Spec = Spec {
        id: "roc",
        title: "Rate of Change",
        summary: "By how much the price changed in so many bars, in percent.",
        formula: "value = 100 · (source − source[period]) / source[period]",
        edges: &[
            "From a price of 0 there is no rate: nan leaves it missing, zero gives 0, as TA-Lib does.",
        ],
        source: "Common usage; G. Appel and F. Hitschler, Stock Market Trading Systems, 1980",
        inputs: &[SOURCE],
        params: &[
            Param::period("period", 9, 1, "Bars from one price to the other"),
            Param::empty("The rate from a price of 0"),
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::gappy("value", "The change in percent")]),
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
            empty: params.empty(),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        let [earlier] = scratch.take(x.len());
        self.earlier.process(source, earlier);
        for ((value, source), earlier) in value.iter_mut().zip(source).zip(&*earlier) {
            *value = 100.0 * (source - earlier);
        }
        divide(value, earlier, self.empty);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.earlier);
    }
}
