//! Relative strength index.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Strength, Visitor};
use crate::params::Params;
use crate::spec::{
    Chart, Fallback, Missing, Output, Param, ParamKind, ResultKind, SOURCE, Spec, Style,
};

/// The share of rises in the recent movement.
#[derive(Debug, Clone)]
pub struct Rsi {
    strength: Strength,
}

impl Indicator for Rsi {
    const SPEC: Spec = Spec {
        id: "rsi",
        title: "Relative Strength Index",
        summary: "The share of rises in the recent movement, 0 to 100: how one-sided a move has become.",
        formula: "value = 100 · up / (up + down), where up and down are Wilder averages (weight 1 / period, seeded with the mean of the first period) of the rises and falls of source",
        edges: &[
            "Only rises give 100, only falls give 0.",
            "A market that has not moved at all gives flat: 100 on TradingView, where nothing fell; 50 in TA-Lib since 0.8.3.",
        ],
        source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
        inputs: &[SOURCE],
        params: &[
            Param::period(
                "period",
                14,
                1,
                "Changes in the seed; the newest change weighs 1 / period",
            ),
            Param {
                name: "flat",
                doc: "The value for a market that has not moved at all",
                kind: ParamKind::Float {
                    min: 0.0,
                    max: 100.0,
                },
                default: Fallback::Number(100.0),
                talib: Some(Fallback::Number(50.0)),
                quiet: true,
            },
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The index, 0 to 100")]),
        warmup: |params, _| params.period("period"),
        converged: |params, output| {
            let decay = Decay::wilder(params.period("period"));
            Some((Self::SPEC.warmup)(params, output) + decay.bars())
        },
        missing: Missing::Reseed,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line],
            levels: &[30.0, 70.0],
        },
    };

    fn new(params: &Params) -> Self {
        Self {
            strength: Strength::new(params.period("period"), params.number("flat")),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        self.strength.process(source, scratch.take(x.len()), value);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.strength.visit(visitor);
    }
}
