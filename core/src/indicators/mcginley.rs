//! The dynamic average of J. R. `McGinley`.

use crate::codec::{Codec, Fields};
use crate::columns::{Columns, Outputs, Scratch};
use crate::error::Error;
use crate::indicator::Indicator;
use crate::kernels::{Memory, Visitor};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// An average that follows falling prices faster than rising ones.
#[derive(Debug, Clone)]
pub struct Mcginley {
    state: Memory<State>,
    period: u64,
    /// Whether it begins with the mean of the first bars.
    from_mean: bool,
    steps: f64,
}

/// The line, the seed while there is none, and the bars taken, as long as that matters.
#[derive(Debug, Clone, Copy)]
struct State {
    value: f64,
    sum: f64,
    taken: u64,
}

impl Fields for State {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.value)?;
        codec.f64(&mut self.sum)?;
        codec.count(&mut self.taken)
    }
}

impl State {
    const NONE: Self = Self {
        value: f64::NAN,
        sum: 0.0,
        taken: 0,
    };

    fn next(&mut self, x: f64, [seed, shown]: [u64; 2], steps: f64) {
        if !x.is_finite() {
            *self = Self::NONE;
            return;
        }
        self.taken = (self.taken + 1).min(shown);
        if self.value.is_nan() {
            self.sum += x;
            if self.taken == seed {
                self.value = self.sum / seed as f64;
            }
            return;
        }
        let ratio = x / self.value;
        let square = ratio * ratio;
        let next = self.value + (x - self.value) / (steps * (square * square));
        if next.is_finite() {
            self.value = next;
        }
    }
}

impl Indicator for Mcginley {
    const SPEC: Spec = Spec {
        id: "mcginley",
        title: "McGinley Dynamic",
        summary: "An average that speeds up while the price is below it and slows down while it is above.",
        formula: "value = value[1] + (source − value[1]) / (factor · period · (source / value[1])⁴); the first value is the mean of the first period sources",
        edges: &[
            "A step that is no number, as at a price of 0, leaves it where it is.",
            "A price far below the line throws it off, by the fourth power of the distance.",
            "How soon it forgets where the data begins depends on the prices.",
        ],
        source: "J. R. McGinley, McGinley Dynamics, 1997",
        inputs: &[SOURCE],
        params: &[
            Param::period(
                "period",
                14,
                1,
                "Bars in the seed; a step goes 1 / (factor · period) of the way to a price near the line",
            ),
            Param::float(
                "factor",
                1.0,
                (0.01, 10.0),
                "Makes steps smaller; McGinley speaks of 0.6",
            ),
            Param::option(
                "seed",
                &["mean", "first"],
                "mean",
                "first",
                "Whether it begins with the mean of the first period bars, or unseen with the first alone",
            ),
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The average")]),
        warmup: |params, _| params.period("period") - 1,
        converged: |_, _| None,
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
            state: Memory::new(State::NONE),
            period: period as u64,
            from_mean: params.is("seed", "mean"),
            steps: params.number("factor") * period as f64,
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        let (period, steps) = (self.period, self.steps);
        let seed = if self.from_mean { period } else { 1 };
        self.state.run(source.len(), |state, i| {
            state.next(source[i], [seed, period], steps);
            value[i] = if state.taken == period {
                state.value
            } else {
                f64::NAN
            };
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.state);
    }
}
