//! Stochastic of the relative strength index.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Stochastic, Strength, Visitor};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// Where the strength index lies in its own range.
#[derive(Debug, Clone)]
pub struct StochRsi {
    strength: Strength,
    stochastic: Stochastic,
}

impl Indicator for StochRsi {
    const SPEC: Spec = Spec {
        id: "stoch_rsi",
        title: "Stochastic RSI",
        summary: "Where the strength index lies in its own range of late, 0 to 100: it turns sooner than the index.",
        formula: "r = rsi(source, period); raw = 100 · (r − lowest(r, range)) / (highest(r, range) − lowest(r, range)); k = sma(raw, k); d = sma(k, d)",
        edges: &[
            "A window in which the index stays the same has no raw value: nan leaves it missing, and with it the means it is in, as TradingView does; zero counts it as 0, as TA-Lib does.",
            "The index of a market that has not moved at all is 100 with nan, 50 with zero, as rsi has it in each profile.",
            "TA-Lib does not smooth k, and shows it only where d exists.",
        ],
        source: "T. S. Chande and S. Kroll, The New Technical Trader, 1994",
        inputs: &[SOURCE],
        params: &[
            Param::period("period", 14, 1, "Changes in the seed of the strength index"),
            Param::period("range", 14, 1, "Bars in the range of the index"),
            Param::period("k", 3, 1, "Bars in the mean that gives k; 1 leaves it raw"),
            Param::period("d", 3, 1, "Bars in the mean that gives d"),
            Param::option(
                "flat",
                &["nan", "zero"],
                "nan",
                "zero",
                "The raw value of a window in which the index stays the same",
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
            Output::gappy("k", "The place in the range, smoothed"),
            Output::gappy("d", "The mean of k, its signal line"),
        ]),
        warmup: |params, output| {
            let k = params.period("period") + params.period("range") + params.period("k") - 2;
            if output == 0 && params.is("shown", "own") {
                k
            } else {
                k + params.period("d") - 1
            }
        },
        converged: |params, output| {
            let begin = (Self::SPEC.warmup)(params, output);
            // A range of one value has no place in it.
            let index = if params.period("range") > 1 {
                Decay::wilder(params.period("period")).bars()
            } else {
                0
            };
            Some(begin + index)
        },
        missing: Missing::Reseed,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line, Style::Line],
            levels: &[20.0, 80.0],
        },
    };

    fn new(params: &Params) -> Self {
        let zero = params.is("flat", "zero");
        Self {
            strength: Strength::new(params.period("period"), if zero { 50.0 } else { 100.0 }),
            stochastic: Stochastic::new(
                ["range", "k", "d"].map(|name| params.period(name)),
                zero,
                params.is("shown", "together"),
            ),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [source] = x.inputs();
        let [index, first, second, third] = scratch.take(x.len());
        self.strength
            .process(source, [&mut *first, &mut *second, third], index);
        let index = &*index;
        self.stochastic
            .process([index; 3], [first, second], out.series());
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.strength.visit(visitor);
        self.stochastic.visit(visitor);
    }
}
