//! Stochastic oscillator.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Stochastic, Visitor};
use crate::params::Params;
use crate::spec::{CLOSE, Chart, HIGH, LOW, Missing, Output, Param, ResultKind, Spec, Style};

/// Where the close lies in the range of the last bars.
#[derive(Debug, Clone)]
pub struct Stoch {
    stochastic: Stochastic,
}

impl Indicator for Stoch {
    const SPEC: Spec = Spec {
        id: "stoch",
        title: "Stochastic Oscillator",
        summary: "Where the close lies in the range of the last bars, 0 at its bottom to 100 at its top.",
        formula: "raw = 100 · (close − lowest(low, period)) / (highest(high, period) − lowest(low, period)); k = sma(raw, k); d = sma(k, d)",
        edges: &[
            "A window without range has no raw value: nan leaves it missing, as TradingView does, and with it the means it is in; zero counts it as 0, as TA-Lib does where the range is below 1e−14 of the prices.",
            "TA-Lib shows k only where d exists.",
            "A close outside high and low, as bad data has it, gives values outside 0 to 100.",
        ],
        source: "G. C. Lane, Lane's Stochastics, 1984",
        inputs: &[HIGH, LOW, CLOSE],
        params: &[
            Param::period("period", 14, 1, "Bars in the range"),
            Param::period("k", 1, 1, "Bars in the mean that gives k; 1 leaves it raw"),
            Param::period("d", 3, 1, "Bars in the mean that gives d"),
            Param::option(
                "flat",
                &["nan", "zero"],
                "nan",
                "zero",
                "The raw value of a window without range",
            ),
            Param::option(
                "shown",
                &["own", "together"],
                "own",
                "together",
                "Whether k starts when it can, or with d",
            ),
        ],
        derived: &[],
        result: ResultKind::Series(&[
            Output::gappy("k", "The position in the range, smoothed"),
            Output::gappy("d", "The mean of k, its signal line"),
        ]),
        warmup: |params, output| {
            let k = params.period("period") + params.period("k") - 2;
            if output == 0 && params.is("shown", "own") {
                k
            } else {
                k + params.period("d") - 1
            }
        },
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line, Style::Line],
            levels: &[20.0, 80.0],
        },
    };

    fn new(params: &Params) -> Self {
        Self {
            stochastic: Stochastic::new(
                ["period", "k", "d"].map(|name| params.period(name)),
                params.is("flat", "zero"),
                params.is("shown", "together"),
            ),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        self.stochastic
            .process(x.inputs(), scratch.take(x.len()), out.series());
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.stochastic.visit(visitor);
    }
}
