//! Triple exponential average, its rate of change.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Memory, Recurrence, Seed, Visitor, divide};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// The rate of change of a price smoothed three times.
#[derive(Debug, Clone)]
pub struct Trix {
    averages: [Recurrence; 3],
    before: Memory<f64>,
    empty: f64,
}

impl Indicator for Trix {
    const SPEC: Spec = Spec {
        id: "trix",
        title: "TRIX",
        summary: "The rate of change of a price that is smoothed three times: short moves are gone, what is left is the trend.",
        formula: "value = 100 · (e − e[1]) / e[1] with e = ema(ema(ema(source, period), period), period)",
        edges: &[
            "mean seeds each average with the mean of its first period, as TA-Lib does; value seeds the second and the third with the first value that they see.",
            "TradingView's built-in takes logarithms of the price first and the change times 10000: nearly 100 times these numbers.",
            "From an average of 0 there is no rate: nan leaves it missing, zero gives 0.",
        ],
        source: "J. K. Hutson, Good TRIX, Stocks & Commodities, 1983",
        inputs: &[SOURCE],
        params: &[
            Param::period("period", 18, 1, "Bars of each average"),
            Param::choice(
                "seed",
                &["mean", "value"],
                "How the second and the third average begin",
            ),
            Param::empty("The rate from an average of 0"),
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::gappy("value", "The change in percent")]),
        warmup: |params, _| {
            let lag = params.period("period") - 1;
            1 + if params.is("seed", "mean") {
                3 * lag
            } else {
                lag
            }
        },
        converged: |params, output| {
            // What three averages in a row remember of a start, (1 + u + u²/2) · e⁻ᵘ, takes less than
            // half as long again to fade as the e⁻ᵘ of one.
            let bars = Decay::ema(params.period("period")).bars();
            Some((Self::SPEC.warmup)(params, output) + bars + bars.div_ceil(2))
        },
        missing: Missing::Reseed,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line],
            levels: &[0.0],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("period");
        let first = Seed::mean(period);
        let later = if params.is("seed", "mean") {
            first
        } else {
            Seed::mean(1)
        };
        Self {
            averages: [first, later, later].map(|seed| Recurrence::ema_seeded(period, seed)),
            before: Memory::new(f64::NAN),
            empty: params.empty(),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        let [before] = scratch.take(x.len());
        let [first, second, third] = &mut self.averages;
        first.process(source, value);
        second.process(value, before);
        third.process(before, value);
        self.before.previous(value, before);
        for (value, before) in value.iter_mut().zip(&*before) {
            *value = 100.0 * (*value - before);
        }
        divide(value, before, self.empty);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        for average in &mut self.averages {
            visitor.kernel(average);
        }
        visitor.kernel(&mut self.before);
    }
}
