//! Kaufman's Adaptive Moving Average.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Delay, Memory, Sum, Visitor, Window, elementwise, nothing};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// An average that is fast in a trend and slow in a range.
#[derive(Debug, Clone)]
pub struct Kama {
    before: Memory<f64>,
    earlier: Delay,
    travelled: Window<Sum>,
    value: Memory<f64>,
    slow: f64,
    fast: f64,
}

impl Indicator for Kama {
    const SPEC: Spec = Spec {
        id: "kama",
        title: "Kaufman's Adaptive Moving Average",
        summary: "An average that hurries while the price goes one way and waits while it goes back and forth.",
        formula: "value = value[1] + c² · (source − value[1]); c = slowest + e · (fastest − slowest); e = |source − source[period]| / Σ |source − source[1]| over period bars; fastest = 2 / (fast + 1), slowest = 2 / (slow + 1); it begins from the source before its first bar",
        edges: &[
            "A market that has not moved counts as a trend: e is 1.",
            "How soon it forgets where the data begins depends on the prices.",
        ],
        source: "P. J. Kaufman, Smarter Trading, 1995",
        inputs: &[SOURCE],
        params: &[
            Param::period("period", 10, 1, "Changes that the trend is judged by"),
            Param::period("fast", 2, 1, "Bars of the average in a trend"),
            Param::period("slow", 30, 1, "Bars of the average without one"),
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The average")]),
        warmup: |params, _| params.period("period"),
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
        let weight = |name| 2.0 / (params.number(name) + 1.0);
        Self {
            before: Memory::new(f64::NAN),
            earlier: Delay::new(period),
            travelled: Window::new(period),
            value: Memory::new(f64::NAN),
            slow: weight("slow"),
            fast: weight("fast"),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        let [before, steps, earlier] = scratch.take(x.len());
        self.before.previous(source, before);
        self.earlier.process(source, earlier);
        for ((step, now), before) in steps.iter_mut().zip(source).zip(&*before) {
            *step = (now - before).abs();
        }
        self.travelled.process(steps, value);
        let (slow, range) = (self.slow, self.fast - self.slow);
        elementwise(source.len(), || {
            let ends = source.iter().zip(&*earlier);
            for (weight, (now, earlier)) in value.iter_mut().zip(ends) {
                let (way, travelled) = ((now - earlier).abs(), *weight);
                // Rounding may make the way longer than its steps.
                let efficiency = if way < travelled {
                    way / travelled
                } else {
                    1.0
                };
                let speed = slow + efficiency * range;
                *weight = speed * speed + nothing(travelled) + nothing(way);
            }
        });
        self.value.run(source.len(), |state, i| {
            let from = if state.is_nan() { before[i] } else { *state };
            *state = from + value[i] * (source[i] - from);
            value[i] = *state;
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.before);
        visitor.kernel(&mut self.earlier);
        visitor.kernel(&mut self.travelled);
        visitor.kernel(&mut self.value);
    }
}
