//! Smoothed Moving Average.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Recurrence, Seed, Visitor};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// Wilder's mean: slower to forget than an exponential one of the same period.
#[derive(Debug, Clone)]
pub struct Rma {
    average: Recurrence,
}

impl Indicator for Rma {
    const SPEC: Spec = Spec {
        id: "rma",
        title: "Smoothed Moving Average",
        summary: "Wilder's average, inside his RSI, ATR and ADX: about as slow as an EMA of twice the period.",
        formula: "value = value[1] + (source − value[1]) / period; the first value is the mean of the first period sources",
        edges: &["A period of 1 gives the source itself."],
        source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
        inputs: &[SOURCE],
        params: &[Param::period(
            "period",
            7,
            1,
            "Bars in the seed; the newest bar weighs 1 / period",
        )],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The average")]),
        warmup: |params, _| params.period("period") - 1,
        converged: |params, output| {
            let decay = Decay::wilder(params.period("period"));
            Some((Self::SPEC.warmup)(params, output) + decay.bars())
        },
        missing: Missing::Reseed,
        chart: Chart {
            overlay: true,
            styles: &[Style::Line],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("period");
        Self {
            average: Recurrence::wilder(period, Seed::mean(period)),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        self.average.process(source, value);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.average);
    }
}
