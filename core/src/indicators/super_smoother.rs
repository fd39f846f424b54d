//! Super Smoother.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Memory, Visitor};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// Two poles of a Butterworth filter.
#[derive(Debug, Clone)]
pub struct SuperSmoother {
    state: Memory<[f64; 3]>,
    shares: [f64; 3],
}

impl Indicator for SuperSmoother {
    const SPEC: Spec = Spec {
        id: "super_smoother",
        title: "Super Smoother",
        summary: "An average that takes out waves shorter than the period and delays longer ones little.",
        formula: "value = c1 · (source + source[1]) / 2 + c2 · value[1] + c3 · value[2]; a = exp(−√2 · π / period), c2 = 2 · a · cos(√2 · π / period), c3 = −a², c1 = 1 − c2 − c3; all before the first source counts as equal to it",
        edges: &["A flat market gives its price, to rounding."],
        source: "J. F. Ehlers, Cycle Analytics for Traders, 2013",
        inputs: &[SOURCE],
        params: &[Param::period(
            "period",
            10,
            2,
            "Bars of the shortest wave that is let through",
        )],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The average")]),
        warmup: |_, _| 0,
        converged: |params, _| {
            let [_, _, c3] = shares(params.number("period"));
            let kept = (-c3).sqrt();
            // At most 2 · (n + 2) · keptⁿ⁺¹ of the start is left after n bars.
            Some(Decay::keeping(kept).bars_from(&[2.0 / (1.0 - kept), 4.0]))
        },
        missing: Missing::Reseed,
        chart: Chart {
            overlay: true,
            styles: &[Style::Line],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        Self {
            state: Memory::new([f64::NAN; 3]),
            shares: shares(params.number("period")),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        let [c1, c2, c3] = self.shares;
        self.state.filter(
            source,
            value,
            |x| [x; 3],
            |state, x| {
                let [last, second, before] = *state;
                let next = c1 * (0.5 * x + 0.5 * before) + c3 * second + c2 * last;
                *state = [next, last, x];
                next
            },
        );
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.state);
    }
}

fn shares(period: f64) -> [f64; 3] {
    let angle = core::f64::consts::SQRT_2 * core::f64::consts::PI / period;
    let kept = libm::exp(-angle);
    let (c2, c3) = (2.0 * kept * cosine(angle), -kept * kept);
    [1.0 - c2 - c3, c2, c3]
}

/// Of angles up to π, by its series: a library's takes any angle, and far more room than all else here.
fn cosine(angle: f64) -> f64 {
    let square = angle * angle;
    let terms = (1..=14).rev().map(|k| f64::from(2 * k));
    terms.fold(1.0, |rest, k| 1.0 - square / (k * (k - 1.0)) * rest)
}

#[cfg(test)]
mod tests {
    use super::cosine;

    #[test]
    fn equal_to_the_library() {
        for angle in (0..=3141).map(|x| f64::from(x) * 1e-3) {
            assert!((cosine(angle) - libm::cos(angle)).abs() < 1e-15, "{angle}");
        }
    }
}
