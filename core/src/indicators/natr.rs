//! Normalised average true range.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Recurrence, Seed, Visitor, divide};
use crate::params::Params;
use crate::spec::{
    CLOSE, Chart, Derived, HIGH, LOW, Missing, Output, Param, ResultKind, Spec, Style,
};

/// How far a market moves in a bar, in percent of its price.
#[derive(Debug, Clone)]
pub struct Natr {
    average: Recurrence,
    empty: f64,
}

impl Indicator for Natr {
    const SPEC: Spec = Spec {
        id: "natr",
        title: "Normalised Average True Range",
        summary: "How far the market moves in a bar, in percent of its price: comparable between markets and over years.",
        formula: "value = 100 · atr(period) / close",
        edges: &[
            "A close of 0: nan leaves the value missing, zero gives 0, as TA-Lib does.",
            "TA-Lib gives the true range itself, not its share of the close, for a period of 1.",
        ],
        source: "J. Forman, Cross-Market Evaluations with Normalized Average True Range, Stocks & Commodities, 2006",
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
            Param::empty("The value at a close of 0"),
        ],
        derived: &[Derived::TrueRange],
        result: ResultKind::Series(&[Output::gappy(
            "value",
            "The average in percent of the close",
        )]),
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
        let seed = Seed {
            skip,
            ..Seed::mean(period)
        };
        Self {
            average: Recurrence::wilder(period, seed),
            empty: params.empty(),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [_, _, close] = x.inputs();
        let [value] = out.series();
        self.average.process(x.derived(0), value);
        for value in value.iter_mut() {
            *value *= 100.0;
        }
        divide(value, close, self.empty);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.average);
    }
}
