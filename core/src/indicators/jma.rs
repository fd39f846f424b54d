//! Jurik-like Moving Average.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Memory, Visitor};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// A linear filter in three steps that is known under the name of JMA.
#[derive(Debug, Clone)]
pub struct Jma {
    state: Memory<[f64; 4]>,
    weight: f64,
    slow: f64,
    phase: f64,
}

impl Indicator for Jma {
    const SPEC: Spec = Spec {
        id: "jma",
        title: "Jurik-like Moving Average",
        summary: "A smooth average that turns early: the form published for charts. Jurik's own, which adapts to volatility, is a trade secret.",
        formula: "value = value[1] + e2; e0 = (1 − a) · source + a · e0[1]; e1 = (source − e0) · (1 − b) + b · e1[1]; e2 = (e0 + p · e1 − value[1]) · (1 − a)² + a² · e2[1]; b = 0.45 · (period − 1) / (0.45 · (period − 1) + 2), a = b², p = phase / 100 + 1.5; value and e0 begin with the first source, e1 and e2 with 0",
        edges: &["A period of 1 gives the source itself."],
        source: "everget, Jurik Moving Average (TradingView script nZuBWW9j), with its power of 2",
        inputs: &[SOURCE],
        params: &[
            Param::period("period", 7, 1, "How smooth it is"),
            Param::float(
                "phase",
                50.0,
                (-100.0, 100.0),
                "How early it turns: -100 late and smooth, 100 early and overshooting",
            ),
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The average")]),
        warmup: |_, _| 0,
        converged: |params, _| {
            // All else that it remembers fades at least twice as fast, and the start counts ten times at most.
            let slow = Decay::keeping(slow(params.period("period")));
            Some(slow.bars_of_chain(1, 0, 10.0))
        },
        missing: Missing::Reseed,
        chart: Chart {
            overlay: true,
            styles: &[Style::Line],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let slow = slow(params.period("period"));
        Self {
            state: Memory::new([f64::NAN; 4]),
            weight: slow * slow,
            slow,
            phase: params.number("phase") / 100.0 + 1.5,
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        let (a, b, phase) = (self.weight, self.slow, self.phase);
        let (step, kept) = ((1.0 - a) * (1.0 - a), a * a);
        self.state.filter(
            source,
            value,
            |x| [x, x, 0.0, 0.0],
            |state, x| {
                let [last, e0, e1, e2] = *state;
                let e0 = (1.0 - a) * x + a * e0;
                let e1 = (x - e0) * (1.0 - b) + b * e1;
                let e2 = (e0 + phase * e1 - last) * step + kept * e2;
                *state = [last + e2, e0, e1, e2];
                state[0]
            },
        );
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.state);
    }
}

/// What the slowest part keeps from bar to bar.
fn slow(period: usize) -> f64 {
    let bars = 0.45 * (period - 1) as f64;
    bars / (bars + 2.0)
}
