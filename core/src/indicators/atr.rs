//! Average true range.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Recurrence, Seed, Visitor};
use crate::params::Params;
use crate::spec::{
    CLOSE, Chart, Derived, HIGH, LOW, Missing, Output, Param, ResultKind, Spec, Style,
};

/// How far a market moves in a bar.
#[derive(Debug, Clone)]
pub struct Atr {
    average: Recurrence,
}

impl Indicator for Atr {
    const SPEC: Spec = Spec {
        id: "atr",
        title: "Average True Range",
        summary: "How far the market moves in a bar, gaps included: the yardstick for stops and position size.",
        formula: "value = (value[1] · (period − 1) + tr) / period with tr = max(high − low, |high − close[1]|, |low − close[1]|); the first value is the mean of the first period tr",
        edges: &["Bars without range and gap give a true range of 0; a flat market gives 0."],
        source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
        inputs: &[HIGH, LOW, CLOSE],
        params: &[
            Param::period(
                "period",
                14,
                1,
                "Bars in the seed; the newest bar weighs 1 / period",
            ),
            Param::option(
                "first_bar",
                &["range", "skip"],
                "range",
                "skip",
                "The first bar has no close before it: take high − low, or begin with the second bar",
            ),
        ],
        derived: &[Derived::TrueRange],
        result: ResultKind::Series(&[Output::new("value", "The average, in units of price")]),
        warmup: |params, _| params.period("period") - usize::from(params.is("first_bar", "range")),
        converged: |params, output| {
            let decay = Decay::wilder(params.period("period"));
            // The first bar's range lacks the gap that a bar before it would tell.
            Some(((Self::SPEC.warmup)(params, output) + decay.bars()).max(1))
        },
        missing: Missing::Reseed,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("period");
        let skip = u64::from(params.is("first_bar", "skip"));
        Self {
            average: Recurrence::wilder(
                period,
                Seed {
                    skip,
                    ..Seed::mean(period)
                },
            ),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [value] = out.series();
        self.average.process(x.derived(0), value);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.average);
    }
}
