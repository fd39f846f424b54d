//! Fractal Adaptive Moving Average.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Delay, Highest, Lowest, Memory, Value, Visitor, Window, nothing};
use crate::params::Params;
use crate::spec::{Chart, HIGH, LOW, Missing, Output, Param, ResultKind, Spec, Style};

/// An average as fast as the price is straight.
#[derive(Debug, Clone)]
pub struct Frama {
    highest: Window<Highest>,
    lowest: Window<Lowest>,
    older: [Delay; 2],
    value: Memory<f64>,
}

impl Indicator for Frama {
    const SPEC: Spec = Spec {
        id: "frama",
        title: "Fractal Adaptive Moving Average",
        summary: "An average that hurries where the price runs straight and hardly moves where it is ragged.",
        formula: "value = a · price + (1 − a) · value[1]; price = (high + low) / 2; a = exp(−4.6 · (d − 1)), at most 1; d = 1 + log₂((r₁ + r₂) / r), r₁ and r₂ being the ranges of the two halves of the last period bars and r that of all; it begins from the price before its first bar",
        edges: &[
            "Halves without a range count as straight: the value is the price.",
            "An odd period counts as the even one below it.",
            "How soon it forgets where the data begins depends on the prices.",
        ],
        source: "J. F. Ehlers, FRAMA: Fractal Adaptive Moving Average, 2005",
        inputs: &[HIGH, LOW],
        params: &[Param::period(
            "period",
            16,
            2,
            "Bars whose raggedness is measured",
        )],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The average")]),
        warmup: |params, _| params.period("period") / 2 * 2,
        converged: |_, _| None,
        missing: Missing::Reseed,
        chart: Chart {
            overlay: true,
            styles: &[Style::Line],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let half = params.period("period") / 2;
        Self {
            highest: Window::new(half),
            lowest: Window::new(half),
            older: [(); 2].map(|()| Delay::new(half)),
            value: Memory::new(f64::NAN),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [high, low] = x.inputs();
        let [value] = out.series();
        let [highs, lows, older_highs, older_lows] = scratch.take(x.len());
        self.highest.process(high, highs);
        self.lowest.process(low, lows);
        let [highest, lowest] = &mut self.older;
        highest.process(highs, older_highs);
        lowest.process(lows, older_lows);
        self.value.run(x.len(), |state, i| {
            let price = 0.5 * high[i] + 0.5 * low[i];
            let weight = weight([highs[i], lows[i]], [older_highs[i], older_lows[i]]);
            let begun = !state.is_nan();
            *state = if begun {
                weight * price + (1.0 - weight) * *state
            } else {
                price + nothing(weight)
            };
            value[i] = if begun { *state } else { f64::NAN };
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.highest);
        visitor.kernel(&mut self.lowest);
        let older = self.older.iter_mut();
        older.for_each(|delay| visitor.kernel(delay));
        visitor.kernel(&mut self.value);
    }
}

/// What makes a weight of 0.01 of the highest dimension, 2.
const SPEED: f64 = -4.6 / core::f64::consts::LN_2;

/// What the newest price weighs, given the highest and the lowest price of the newer half and of the
/// older one.
fn weight(newer: [f64; 2], older: [f64; 2]) -> f64 {
    let [halves @ .., whole] = [
        newer,
        older,
        [newer[0].higher(older[0]), newer[1].lower(older[1])],
    ]
    .map(|[high, low]| high - low);
    let both = halves[0] + halves[1];
    if halves[0] > 0.0 && halves[1] > 0.0 && both > whole {
        libm::exp(SPEED * libm::log(both / whole))
    } else {
        1.0 + nothing(both)
    }
}
