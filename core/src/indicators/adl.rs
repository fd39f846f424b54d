//! Accumulation/distribution line.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Accumulation, Visitor};
use crate::params::Params;
use crate::spec::{CLOSE, Chart, HIGH, LOW, Missing, Output, ResultKind, Spec, Style, VOLUME};

/// Money that flowed in since the start.
#[derive(Debug, Clone)]
pub struct Adl {
    accumulation: Accumulation,
}

impl Indicator for Adl {
    const SPEC: Spec = Spec {
        id: "adl",
        title: "Accumulation/Distribution Line",
        summary: "The running sum of volume that came in on closes near the high, less that near the low: whether volume backs the price.",
        formula: "value = value[1] + volume · ((close − low) − (high − close)) / (high − low)",
        edges: &[
            "A bar without range adds nothing.",
            "Only differences matter: the level depends on where the data begins.",
        ],
        source: "M. Chaikin, 1970s; described in S. B. Achelis, Technical Analysis from A to Z, 1995",
        inputs: &[HIGH, LOW, CLOSE, VOLUME],
        params: &[],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The running sum, in units of volume")]),
        warmup: |_, _| 0,
        converged: |_, _| None,
        missing: Missing::PassOver,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line],
            levels: &[],
        },
    };

    fn new(_: &Params) -> Self {
        Self {
            accumulation: Accumulation::default(),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [high, low, close, volume] = x.inputs();
        let [value] = out.series();
        let room = scratch.take(x.len());
        self.accumulation
            .process([high, low, close], volume, room, value);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.accumulation.visit(visitor);
    }
}
