//! Vortex indicator.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Memory, Sum, Visitor, Window, divide, nothing};
use crate::params::Params;
use crate::spec::{
    CLOSE, Chart, Derived, HIGH, LOW, Missing, Output, Param, ResultKind, Spec, Style,
};

/// How far highs rise from the low before, and lows fall from the high before.
#[derive(Debug, Clone)]
pub struct Vortex {
    before: [Memory<f64>; 2],
    plus: Window<Sum>,
    minus: Window<Sum>,
    range: Window<Sum>,
    empty: f64,
}

impl Indicator for Vortex {
    const SPEC: Spec = Spec {
        id: "vortex",
        title: "Vortex Indicator",
        summary: "How far highs reach above the low before, and lows below the high before: the larger of the two tells the trend.",
        formula: "plus = Σ |high − low[1]| / Σ tr and minus = Σ |low − high[1]| / Σ tr over period bars",
        edges: &[
            "A window without any true range: nan leaves both missing, zero gives 0, as TA-Lib does.",
        ],
        source: "E. Botes and D. Siepman, The Vortex Indicator, Stocks & Commodities, 2010",
        inputs: &[HIGH, LOW, CLOSE],
        params: &[
            Param::period("period", 14, 1, "Bars in the sums"),
            Param::empty("The value of a window without any true range"),
        ],
        derived: &[Derived::TrueRange],
        result: ResultKind::Series(&[
            Output::gappy("plus", "The upward movement's share of the range"),
            Output::gappy("minus", "The downward movement's share of the range"),
        ]),
        warmup: |params, _| params.period("period"),
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line, Style::Line],
            levels: &[1.0],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("period");
        Self {
            before: [Memory::new(f64::NAN), Memory::new(f64::NAN)],
            plus: Window::new(period),
            minus: Window::new(period),
            range: Window::new(period),
            empty: params.empty(),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [high, low, _] = x.inputs();
        let true_range = x.derived(0);
        let [plus, minus] = out.series();
        let [up, down, range] = scratch.take(x.len());
        let [highs, lows] = &mut self.before;
        highs.previous(high, down);
        lows.previous(low, up);
        for (i, (up, down)) in up.iter_mut().zip(&mut *down).enumerate() {
            // A range without bounds is missing.
            let none = nothing(true_range[i]);
            *up = (high[i] - *up).abs() + none;
            *down = (low[i] - *down).abs() + none;
        }
        self.plus.process(up, plus);
        self.minus.process(down, minus);
        self.range.process(true_range, range);
        divide(plus, range, self.empty);
        divide(minus, range, self.empty);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        for before in &mut self.before {
            visitor.kernel(before);
        }
        visitor.kernel(&mut self.plus);
        visitor.kernel(&mut self.minus);
        visitor.kernel(&mut self.range);
    }
}
