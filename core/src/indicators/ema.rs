//! Exponential moving average.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Recurrence, Visitor};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// A mean that forgets: each bar weighs less than the one after it.
#[derive(Debug, Clone)]
pub struct Ema {
    average: Recurrence,
}

impl Indicator for Ema {
    const SPEC: Spec = Spec {
        id: "ema",
        title: "Exponential Moving Average",
        summary: "A mean price that follows recent bars more closely than older ones.",
        formula: "value = a · source + (1 − a) · value[1] with a = 2 / (period + 1); the first value is the mean of the first period sources",
        edges: &["A period of 1 gives the source itself."],
        source: "P. N. Haurlan, Measuring Trend Values, 1968",
        inputs: &[SOURCE],
        params: &[Param::period(
            "period",
            20,
            1,
            "Bars in the seed; the weight of the newest bar is 2 / (period + 1)",
        )],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The average")]),
        warmup: |params, _| params.period("period") - 1,
        converged: |params, output| {
            let decay = Decay::ema(params.period("period"));
            Some((Self::SPEC.warmup)(params, output) + decay.bars())
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
            average: Recurrence::ema(params.period("period")),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        self.average.process(source, value);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.average);
    }
}
