//! Donchian channel.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Memory, Range, Visitor, nothing};
use crate::params::Params;
use crate::spec::{Chart, HIGH, LOW, Missing, Output, Param, ResultKind, Spec, Style};

/// The range of the last bars.
#[derive(Debug, Clone)]
pub struct Donchian {
    range: Range,
    before: Option<[Memory<f64>; 2]>,
}

impl Indicator for Donchian {
    const SPEC: Spec = Spec {
        id: "donchian",
        title: "Donchian Channel",
        summary: "The highest and the lowest price of the last bars: a close beyond them breaks out.",
        formula: "upper = highest(high, period); lower = lowest(low, period); middle = (upper + lower) / 2",
        edges: &[
            "The current bar is one of the period, as on TradingView and in TA-Lib; without_current leaves it out, so that a bar can break the channel; a bar with a missing value has no channel either way.",
        ],
        source: "R. D. Donchian, Trend-Following Methods in Commodity Price Analysis, 1957",
        inputs: &[HIGH, LOW],
        params: &[
            Param::period("period", 20, 1, "Bars in the range"),
            Param::choice(
                "counted",
                &["with_current", "without_current"],
                "Whether the current bar is one of them",
            ),
        ],
        derived: &[],
        result: ResultKind::Series(&[
            Output::new("upper", "The highest high"),
            Output::new("middle", "The middle of the range"),
            Output::new("lower", "The lowest low"),
        ]),
        warmup: |params, _| {
            params.period("period") - usize::from(params.is("counted", "with_current"))
        },
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: true,
            styles: &[Style::Band, Style::Line, Style::Band],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let before = || [Memory::new(f64::NAN), Memory::new(f64::NAN)];
        Self {
            range: Range::new(params.period("period")),
            before: params.is("counted", "without_current").then(before),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [high, low] = x.inputs();
        let [upper, middle, lower] = out.series();
        if let Some([tops, bottoms]) = &mut self.before {
            let [top, bottom] = scratch.take(x.len());
            self.range.process(high, low, top, bottom);
            tops.previous(top, upper);
            bottoms.previous(bottom, lower);
            for i in 0..x.len() {
                let none = nothing(high[i]) + nothing(low[i]);
                upper[i] += none;
                lower[i] += none;
            }
        } else {
            self.range.process(high, low, upper, lower);
        }
        for ((middle, upper), lower) in middle.iter_mut().zip(&*upper).zip(&*lower) {
            *middle = 0.5 * (upper + lower);
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.range.visit(visitor);
        for before in self.before.iter_mut().flatten() {
            visitor.kernel(before);
        }
    }
}
