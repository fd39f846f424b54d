//! Chaikin money flow.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Sum, Visitor, Window, divide, money_flow};
use crate::params::Params;
use crate::spec::{
    CLOSE, Chart, HIGH, LOW, Missing, Output, Param, ResultKind, Spec, Style, VOLUME,
};

/// Whether bars close near their highs or their lows, weighed by volume.
#[derive(Debug, Clone)]
pub struct Cmf {
    flow: Window<Sum>,
    volume: Window<Sum>,
    empty: f64,
}

impl Indicator for Cmf {
    const SPEC: Spec = Spec {
        id: "cmf",
        title: "Chaikin Money Flow",
        summary: "Whether volume comes in on closes near the high or near the low, −1 to 1: buying or selling pressure.",
        formula: "value = Σ flow / Σ volume over the last period bars, with flow = volume · ((close − low) − (high − close)) / (high − low)",
        edges: &[
            "A bar without range has no flow but counts with its volume.",
            "A window without any volume: nan leaves it missing, as TradingView does; zero gives 0, as TA-Lib does.",
            "A close outside high and low, as bad data has it, gives values outside −1 to 1; a bar whose high lies below its low has no flow.",
        ],
        source: "M. Chaikin; described in C. D. Kirkpatrick and J. R. Dahlquist, Technical Analysis, 2006",
        inputs: &[HIGH, LOW, CLOSE, VOLUME],
        params: &[
            Param::period("period", 20, 1, "Bars in the sums"),
            Param::empty("The value of a window without volume"),
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::gappy("value", "The flow's share of the volume")]),
        warmup: |params, _| params.period("period") - 1,
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line],
            levels: &[0.0],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("period");
        Self {
            flow: Window::new(period),
            volume: Window::new(period),
            empty: params.empty(),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let n = x.len();
        let [high, low, close, volume] = x.inputs();
        let [value] = out.series();
        let [flow, total] = scratch.take(n);
        money_flow([high, low, close], volume, flow);
        self.flow.process(flow, value);
        self.volume.process(volume, total);
        divide(value, total, self.empty);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.flow);
        visitor.kernel(&mut self.volume);
    }
}
