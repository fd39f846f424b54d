//! Triple Exponential Moving Average.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Recurrence, Seed, Visitor, elementwise};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// An exponential average corrected by two averages of itself.
#[derive(Debug, Clone)]
pub struct Tema {
    averages: [Recurrence; 3],
}

impl Indicator for Tema {
    const SPEC: Spec = Spec {
        id: "tema",
        title: "Triple Exponential Moving Average",
        summary: "An exponential average with almost all of its delay taken off: the closest of the three to the price.",
        formula: "value = 3 · e1 − 3 · e2 + e3; e1 = ema(source, period); e2 = ema(e1, period); e3 = ema(e2, period)",
        edges: &["A period of 1 gives the source itself."],
        source: "P. G. Mulloy, Smoothing Data with Less Lag, 1994",
        inputs: &[SOURCE],
        params: &[
            Param::period("period", 9, 1, "Bars of each average"),
            Param::option(
                "stages",
                &["mean", "first"],
                "mean",
                "mean",
                "Whether averages of averages begin with the mean of their first bars, or with the first alone",
            ),
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The average")]),
        warmup: |params, _| {
            let ahead = params.period("period") - 1;
            if params.is("stages", "mean") {
                3 * ahead
            } else {
                ahead
            }
        },
        converged: |params, output| {
            let period = params.period("period");
            let ahead = if params.is("stages", "mean") {
                period - 1
            } else {
                0
            };
            // Taken one by one, the averages of the formula count 7 times.
            let bars = Decay::ema(period).bars_of_chain(3, ahead, 7.0);
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
        let first = Recurrence::ema(period);
        let later = Recurrence::ema_seeded(
            period,
            Seed::mean(if params.is("stages", "mean") {
                period
            } else {
                1
            }),
        );
        Self {
            averages: [first, later.clone(), later],
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        let [second, third] = scratch.take(x.len());
        let [one, two, three] = &mut self.averages;
        one.process(source, value);
        two.process(value, second);
        three.process(second, third);
        elementwise(source.len(), || {
            for ((value, second), third) in value.iter_mut().zip(&*second).zip(&*third) {
                *value = 3.0 * (*value - second) + third;
            }
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.averages
            .iter_mut()
            .for_each(|average| visitor.kernel(average));
    }
}
