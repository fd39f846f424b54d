//! Aroon.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Age, Visitor, Window};
use crate::params::Params;
use crate::spec::{Chart, HIGH, LOW, Missing, Output, Param, ResultKind, Spec, Style};

/// How long ago the last bars were at their highest and lowest.
#[derive(Debug, Clone)]
pub struct Aroon {
    high: Window<Age>,
    low: Window<Age>,
    period: f64,
}

impl Indicator for Aroon {
    const SPEC: Spec = Spec {
        id: "aroon",
        title: "Aroon",
        summary: "How long ago the highest and the lowest price of the last bars were: a young high means a rising trend.",
        formula: "up = 100 · (period − bars since highest(high, period + 1)) / period; down likewise for lowest(low, period + 1); oscillator = up − down",
        edges: &[
            "Of equal highs or lows the latest counts, as in TA-Lib.",
            "A flat market has up and down at 100.",
        ],
        source: "T. S. Chande, A Time Price Oscillator, Stocks & Commodities, 1995",
        inputs: &[HIGH, LOW],
        params: &[Param::period(
            "period",
            14,
            1,
            "Bars before the current one that are looked at",
        )],
        derived: &[],
        result: ResultKind::Series(&[
            Output::new("up", "How young the highest high is, 0 to 100"),
            Output::new("down", "How young the lowest low is, 0 to 100"),
            Output::new("oscillator", "The difference, −100 to 100"),
        ]),
        warmup: |params, _| params.period("period"),
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line, Style::Line, Style::Hidden],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("period");
        Self {
            high: Window::new(period + 1),
            low: Window::new(period + 1),
            period: period as f64,
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [high, low] = x.inputs();
        let [up, down, oscillator] = out.series();
        let [depth] = scratch.take(x.len());
        for (depth, low) in depth.iter_mut().zip(low) {
            *depth = -low;
        }
        self.high.process(high, up);
        self.low.process(depth, down);
        for ((up, down), oscillator) in up.iter_mut().zip(down).zip(oscillator) {
            let young = |age: f64| 100.0 * (self.period - age) / self.period;
            (*up, *down) = (young(*up), young(*down));
            *oscillator = *up - *down;
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.high);
        visitor.kernel(&mut self.low);
    }
}
