//! T3 Moving Average.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Recurrence, Seed, Visitor, elementwise};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// Three generalised double averages, one behind another.
#[derive(Debug, Clone)]
pub struct T3 {
    averages: [Recurrence; 6],
    shares: [f64; 4],
}

impl Indicator for T3 {
    const SPEC: Spec = Spec {
        id: "t3",
        title: "T3 Moving Average",
        summary: "A very smooth average with little delay: six exponential averages, combined so that their delays cancel.",
        formula: "value = −f³ · e6 + (3f² + 3f³) · e5 − (6f² + 3f + 3f³) · e4 + (1 + 3f + f³ + 3f²) · e3, where e1 = ema(source, period), e2 = ema(e1, period) and so on, and f = factor",
        edges: &["A factor of 0 gives e3, a factor of 1 the triple DEMA."],
        source: "T. Tillson, Smoothing Techniques for More Accurate Signals, 1998",
        inputs: &[SOURCE],
        params: &[
            Param::period("period", 5, 1, "Bars of each average"),
            Param::float(
                "factor",
                0.7,
                (0.0, 1.0),
                "How much of the delay is taken off",
            ),
            Param::option(
                "stages",
                &["mean", "first"],
                "mean",
                "mean",
                "Whether each average begins with the mean of its first bars, or with the first alone",
            ),
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The average")]),
        warmup: |params, _| {
            if params.is("stages", "mean") {
                6 * (params.period("period") - 1)
            } else {
                0
            }
        },
        converged: |params, output| {
            let period = params.period("period");
            let ahead = if params.is("stages", "mean") {
                period - 1
            } else {
                0
            };
            let times = shares(params.number("factor"))
                .iter()
                .map(|c| c.abs())
                .sum();
            let bars = Decay::ema(period).bars_of_chain(6, ahead, times);
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
        let seed = Seed::mean(if params.is("stages", "mean") {
            period
        } else {
            1
        });
        Self {
            averages: [(); 6].map(|()| Recurrence::ema_seeded(period, seed)),
            shares: shares(params.number("factor")),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        let [second, third, fourth, fifth] = scratch.take(x.len());
        let [e1, e2, e3, e4, e5, e6] = &mut self.averages;
        e1.process(source, value);
        e2.process(value, second);
        e3.process(second, third);
        e4.process(third, fourth);
        e5.process(fourth, fifth);
        e6.process(fifth, value);
        let [c3, c4, c5, c6] = self.shares;
        let lower = third.iter().zip(&*fourth).zip(&*fifth);
        elementwise(source.len(), || {
            for (value, ((third, fourth), fifth)) in value.iter_mut().zip(lower) {
                *value = c6 * *value + c5 * fifth + c4 * fourth + c3 * third;
            }
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.averages
            .iter_mut()
            .for_each(|average| visitor.kernel(average));
    }
}

/// What the third to the sixth average count for.
fn shares(factor: f64) -> [f64; 4] {
    let square = factor * factor;
    let cube = square * factor;
    [
        1.0 + 3.0 * factor + cube + 3.0 * square,
        -6.0 * square - 3.0 * factor - 3.0 * cube,
        3.0 * square + 3.0 * cube,
        -cube,
    ]
}
