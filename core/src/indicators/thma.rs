//! Triple Hull Moving Average.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Visitor, WeightedMean, elementwise};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// The Hull average, made of three weighted means.
#[derive(Debug, Clone)]
pub struct Thma {
    third: WeightedMean,
    half: WeightedMean,
    full: WeightedMean,
    smooth: WeightedMean,
}

impl Indicator for Thma {
    const SPEC: Spec = Spec {
        id: "thma",
        title: "Triple Hull Moving Average",
        summary: "The Hull average with a third, shorter mean and a longer smoothing: smoother than hma of the same period.",
        formula: "value = wma(3 · wma(source, period / 3) − wma(source, period / 2) − wma(source, period), period), lengths rounded down, at least 1",
        edges: &["A period of 1 gives the source itself."],
        source: "InSilico, Hull Suite (TradingView script); after A. Hull, How to reduce lag in a moving average, 2005",
        inputs: &[SOURCE],
        params: &[Param::period("period", 20, 1, "Bars in the longest mean")],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The average")]),
        warmup: |params, _| 2 * (params.period("period") - 1),
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: true,
            styles: &[Style::Line],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("period");
        Self {
            third: WeightedMean::new((period / 3).max(1)),
            half: WeightedMean::new((period / 2).max(1)),
            full: WeightedMean::new(period),
            smooth: WeightedMean::new(period),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        let [third, half] = scratch.take(x.len());
        self.third.process(source, third);
        self.half.process(source, half);
        self.full.process(source, value);
        elementwise(source.len(), || {
            for ((third, half), full) in third.iter_mut().zip(&*half).zip(&*value) {
                *third = 3.0 * *third - half - full;
            }
        });
        self.smooth.process(third, value);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.third);
        visitor.kernel(&mut self.half);
        visitor.kernel(&mut self.full);
        visitor.kernel(&mut self.smooth);
    }
}
