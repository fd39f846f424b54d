//! A channel of average true ranges around a simple moving average.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Mean, Recurrence, Seed, Visitor};
use crate::params::Params;
use crate::spec::{
    CLOSE, Chart, Derived, HIGH, LOW, Missing, Output, Param, ResultKind, Spec, Style,
};

/// A mean with a band of average true ranges around it.
#[derive(Debug, Clone)]
pub struct SmaAtrChannel {
    mean: Mean,
    range: Recurrence,
    mult: f64,
}

impl Indicator for SmaAtrChannel {
    const SPEC: Spec = Spec {
        id: "sma_atr_channel",
        title: "SMA ATR Channel",
        summary: "A mean price with a channel as wide as the market's usual moves: closes outside it are no everyday noise.",
        formula: "middle = sma(close, period); upper = middle + mult · atr(atr_period); lower = middle − mult · atr(atr_period)",
        edges: &[
            "The bands begin when both the mean and the range exist; middle begins on its own.",
            "A flat market has all three lines on its price.",
        ],
        source: "After C. W. Keltner, How to Make Money in Commodities, 1960, with the range of J. Welles Wilder, 1978",
        inputs: &[HIGH, LOW, CLOSE],
        params: &[
            Param::period("period", 20, 1, "Bars in the mean"),
            Param::period("atr_period", 14, 1, "Bars that smooth the true range"),
            Param::float(
                "mult",
                2.0,
                (0.0, 1000.0),
                "Average true ranges from the mean to a band",
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
        result: ResultKind::Series(&[
            Output::new("upper", "The upper band"),
            Output::new("middle", "The mean, equal to sma to the last bit"),
            Output::new("lower", "The lower band"),
        ]),
        warmup: |params, output| {
            let mean = params.period("period") - 1;
            let range = params.period("atr_period") - usize::from(params.is("first_bar", "range"));
            if output == 1 { mean } else { mean.max(range) }
        },
        converged: |params, output| {
            let mean = params.period("period") - 1;
            let atr_period = params.period("atr_period");
            let seeded = atr_period - usize::from(params.is("first_bar", "range"));
            // The first bar's range lacks the gap that a bar before it would tell.
            let range = (seeded + Decay::wilder(atr_period).bars()).max(1);
            Some(if output == 1 { mean } else { mean.max(range) })
        },
        missing: Missing::Reseed,
        chart: Chart {
            overlay: true,
            styles: &[Style::Band, Style::Line, Style::Band],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let atr_period = params.period("atr_period");
        Self {
            mean: Mean::new(params.period("period")),
            range: Recurrence::wilder(
                atr_period,
                Seed {
                    skip: u64::from(params.is("first_bar", "skip")),
                    ..Seed::mean(atr_period)
                },
            ),
            mult: params.number("mult"),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [_, _, close] = x.inputs();
        let [upper, middle, lower] = out.series();
        self.mean.process(close, middle);
        self.range.process(x.derived(0), upper);
        for ((upper, lower), middle) in upper.iter_mut().zip(lower).zip(&*middle) {
            let reach = self.mult * *upper;
            *upper = middle + reach;
            *lower = middle - reach;
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.mean);
        visitor.kernel(&mut self.range);
    }
}
