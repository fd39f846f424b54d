//! Laguerre Filter.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Memory, Visitor};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// Four bars of a time that runs slower the further it lies back.
#[derive(Debug, Clone)]
pub struct Laguerre {
    state: Memory<[f64; 4]>,
    gamma: f64,
}

impl Indicator for Laguerre {
    const SPEC: Spec = Spec {
        id: "laguerre",
        title: "Laguerre Filter",
        summary: "A smooth average that looks far back with four numbers, by letting time run slower the older it is.",
        formula: "value = (l0 + 2 · l1 + 2 · l2 + l3) / 6; l0 = (1 − gamma) · source + gamma · l0[1]; l1 = −gamma · l0 + l0[1] + gamma · l1[1]; l2 and l3 follow from l1 and l2 as l1 does from l0; all begin with the first source",
        edges: &["A gamma of 0 is swma behind its first bars."],
        source: "J. F. Ehlers, Time Warp: Without Space Travel, 2004",
        inputs: &[SOURCE],
        params: &[Param::float(
            "gamma",
            0.8,
            (0.0, 0.97),
            "How much time is slowed down: 0 not at all",
        )],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The average")]),
        warmup: |_, _| 0,
        converged: |params, _| {
            let gamma = params.number("gamma");
            if gamma == 0.0 {
                return Some(3);
            }
            // Each step passes on more than an average of an average would, by this ratio.
            let more = (1.0 + gamma) / gamma;
            let weights = [more * more * more, more * more, more, 1.0];
            Some(Decay::keeping(gamma).bars_from(&weights))
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
            state: Memory::new([f64::NAN; 4]),
            gamma: params.number("gamma"),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        let gamma = self.gamma;
        self.state.filter(
            source,
            value,
            |x| [x; 4],
            |state, x| {
                let [a, b, c, d] = *state;
                let l0 = (1.0 - gamma) * x + gamma * a;
                let l1 = a - gamma * l0 + gamma * b;
                let l2 = b - gamma * l1 + gamma * c;
                let l3 = c - gamma * l2 + gamma * d;
                *state = [l0, l1, l2, l3];
                (l0 + 2.0 * (l1 + l2) + l3) / 6.0
            },
        );
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.state);
    }
}
