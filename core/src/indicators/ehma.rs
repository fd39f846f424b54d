//! Exponential Hull Moving Average.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Recurrence, Visitor};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// The Hull average, made of exponential ones.
#[derive(Debug, Clone)]
pub struct Ehma {
    half: Recurrence,
    full: Recurrence,
    smooth: Recurrence,
}

impl Indicator for Ehma {
    const SPEC: Spec = Spec {
        id: "ehma",
        title: "Exponential Hull Moving Average",
        summary: "The Hull average with exponential means in place of weighted ones: a little later and smoother.",
        formula: "value = ema(2 · ema(source, period / 2) − ema(source, period), √period), both lengths rounded down, at least 1",
        edges: &["A period of 1 gives the source itself."],
        source: "InSilico, Hull Suite (TradingView script); after A. Hull, How to reduce lag in a moving average, 2005",
        inputs: &[SOURCE],
        params: &[Param::period("period", 20, 1, "Bars in the longest mean")],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The average")]),
        warmup: |params, _| {
            let period = params.period("period");
            period - 1 + period.isqrt() - 1
        },
        converged: |params, output| {
            let period = params.period("period");
            let smooth = period.isqrt();
            let bars = Decay::ema(smooth).bars_behind(Decay::ema(period), smooth - 1);
            Some((Self::SPEC.warmup)(params, output) + bars)
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
            half: Recurrence::ema((period / 2).max(1)),
            full: Recurrence::ema(period),
            smooth: Recurrence::ema(period.isqrt()),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        let [half] = scratch.take(x.len());
        self.half.process(source, half);
        self.full.process(source, value);
        for (half, &full) in half.iter_mut().zip(&*value) {
            *half = 2.0 * *half - full;
        }
        self.smooth.process(half, value);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.half);
        visitor.kernel(&mut self.full);
        visitor.kernel(&mut self.smooth);
    }
}
