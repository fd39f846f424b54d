//! Variable Index Dynamic Average.

use crate::codec::{Codec, Fields};
use crate::columns::{Columns, Outputs, Scratch};
use crate::error::Error;
use crate::indicator::Indicator;
use crate::kernels::{Memory, Sum, Visitor, Window};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// An average whose speed is the share of the movement that goes one way.
#[derive(Debug, Clone)]
pub struct Vidya {
    before: Memory<f64>,
    rises: Window<Sum>,
    falls: Window<Sum>,
    value: Memory<State>,
    weight: f64,
}

/// The average, and what moved while there are fewer changes than in a window.
#[derive(Debug, Clone, Copy)]
struct State {
    value: f64,
    rises: f64,
    falls: f64,
}

impl Fields for State {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.value)?;
        codec.f64(&mut self.rises)?;
        codec.f64(&mut self.falls)
    }
}

impl State {
    const NONE: Self = Self {
        value: f64::NAN,
        rises: 0.0,
        falls: 0.0,
    };

    fn begin(&mut self, weight: f64, [up, down]: [f64; 2], prices: [f64; 2]) {
        self.rises += up;
        self.falls += down;
        self.step(weight, [self.rises, self.falls], prices);
    }

    fn step(&mut self, weight: f64, [rises, falls]: [f64; 2], [before, now]: [f64; 2]) {
        let from = if self.value.is_nan() {
            before
        } else {
            self.value
        };
        let share = (rises - falls).abs() / (rises + falls);
        // Nothing moved, nothing to follow.
        let share = if share.is_nan() { 0.0 } else { share };
        self.value = from + weight * share * (now - from);
    }
}

impl Indicator for Vidya {
    const SPEC: Spec = Spec {
        id: "vidya",
        title: "Variable Index Dynamic Average",
        summary: "An exponential average that is as fast as the recent movement is one-sided, and stands still in a balanced market.",
        formula: "value = value[1] + k · (source − value[1]); k = 2 / (period + 1) · |rises − falls| / (rises + falls), summed over the last cmo_period changes, or over those since the start while there are fewer; it begins with the first source",
        edges: &[
            "A market that has not moved leaves it where it is.",
            "How soon it forgets where the data begins depends on the prices.",
        ],
        source: "T. S. Chande, Adapting Moving Averages to Market Volatility, 1992; by its oscillator: T. S. Chande, S. Kroll, The New Technical Trader, 1994",
        inputs: &[SOURCE],
        params: &[
            Param::period(
                "period",
                12,
                1,
                "Bars of the average where all movement goes one way",
            ),
            Param::period("cmo_period", 9, 1, "Changes that the movement is judged by"),
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The average")]),
        warmup: |params, _| params.period("cmo_period"),
        converged: |_, _| None,
        missing: Missing::Reseed,
        chart: Chart {
            overlay: true,
            styles: &[Style::Line],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("cmo_period");
        Self {
            before: Memory::new(f64::NAN),
            rises: Window::new(period),
            falls: Window::new(period),
            value: Memory::new(State::NONE),
            weight: 2.0 / (params.number("period") + 1.0),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        let [before, up, down, falls] = scratch.take(x.len());
        self.before.previous(source, before);
        for (((up, down), now), before) in up.iter_mut().zip(&mut *down).zip(source).zip(&*before) {
            let change = now - before;
            let size = change.abs();
            *up = 0.5 * (size + change);
            *down = 0.5 * (size - change);
        }
        self.rises.process(up, value);
        self.falls.process(down, falls);
        let weight = self.weight;
        self.value.run(source.len(), |state, i| {
            let whole = (value[i] + falls[i]).is_finite();
            if !(up[i] + down[i]).is_finite() {
                *state = State::NONE;
            } else if whole {
                state.step(weight, [value[i], falls[i]], [before[i], source[i]]);
            } else {
                state.begin(weight, [up[i], down[i]], [before[i], source[i]]);
            }
            value[i] = if whole { state.value } else { f64::NAN };
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.before);
        visitor.kernel(&mut self.rises);
        visitor.kernel(&mut self.falls);
        visitor.kernel(&mut self.value);
    }
}
