//! Detrended price oscillator.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Delay, Mean, Visitor, nothing};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// How far price and mean are apart, in bars.
fn half(params: &Params) -> usize {
    params.period("period") / 2 + 1
}

/// A price less the mean around it.
#[derive(Debug, Clone)]
pub struct Dpo {
    mean: Mean,
    earlier: Delay,
    older_price: bool,
}

impl Indicator for Dpo {
    const SPEC: Spec = Spec {
        id: "dpo",
        title: "Detrended Price Oscillator",
        summary: "The price less the mean of half a cycle earlier: what is left is the cycle, without the trend.",
        formula: "value = source − sma(source, period)[b], or source[b] − sma(source, period), with b = ⌊period / 2⌋ + 1",
        edges: &[
            "TradingView takes today's price and an older mean. TA-Lib takes an older price and today's mean, which a chart draws b bars earlier, at the bar of the price; the catalog tells that shift, and the shifted form has the column moved by it.",
            "A flat market gives 0, but for the rounding of its mean.",
        ],
        source: "S. B. Achelis, Technical Analysis from A to Z, 1995",
        inputs: &[SOURCE],
        params: &[
            Param::period("period", 21, 1, "Bars in the mean, about one cycle"),
            Param::option(
                "older",
                &["mean", "price"],
                "mean",
                "price",
                "Which of the two is taken from b bars before",
            ),
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::shifted(
            "value",
            "The distance of price and mean, in units of price",
            |params| {
                #[expect(clippy::cast_possible_wrap, reason = "half of a period")]
                let bars = half(params) as i64;
                if params.is("older", "price") {
                    -bars
                } else {
                    0
                }
            },
        )]),
        warmup: |params, _| {
            let (mean, half) = (params.period("period") - 1, half(params));
            if params.is("older", "price") {
                mean.max(half)
            } else {
                mean + half
            }
        },
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line],
            levels: &[0.0],
        },
    };

    fn new(params: &Params) -> Self {
        Self {
            mean: Mean::new(params.period("period")),
            earlier: Delay::new(half(params)),
            older_price: params.is("older", "price"),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        let [mean, older] = scratch.take(x.len());
        self.mean.process(source, mean);
        let (price, mean) = if self.older_price {
            self.earlier.process(source, older);
            (&*older, &*mean)
        } else {
            self.earlier.process(mean, older);
            (source, &*older)
        };
        for ((value, price), mean) in value.iter_mut().zip(price).zip(mean) {
            let apart = price - mean;
            *value = apart + nothing(apart);
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.mean);
        visitor.kernel(&mut self.earlier);
    }
}
