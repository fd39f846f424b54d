//! Money flow index.

use crate::codec::{Codec, Fields};
use crate::columns::{Columns, Outputs, Scratch};
use crate::error::Error;
use crate::indicator::Indicator;
use crate::kernels::{Memory, Sum, Visitor, Window, divide, is_flat, nothing};
use crate::params::Params;
use crate::spec::{
    CLOSE, Chart, Derived, HIGH, LOW, Missing, Output, Param, ResultKind, Spec, Style, VOLUME,
};

/// The price before, and whether there was any bar at all.
#[derive(Debug, Clone, Copy)]
struct Before {
    typical: f64,
    bars: u64,
}

impl Fields for Before {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.typical)?;
        codec.bounded(&mut self.bars, 1)
    }
}

/// The share of rising bars in the money that changed hands.
#[derive(Debug, Clone)]
pub struct Mfi {
    before: Memory<Before>,
    rising: Window<Sum>,
    falling: Window<Sum>,
    begins: bool,
    empty: f64,
}

impl Indicator for Mfi {
    const SPEC: Spec = Spec {
        id: "mfi",
        title: "Money Flow Index",
        summary: "The share of rising bars in the money that changed hands, 0 to 100: a strength index that volume weighs.",
        formula: "value = 100 · up / (up + down), where up and down are the sums over period bars of typical · volume where typical > typical[1], and where it is below; typical = (high + low + close) / 3",
        edges: &[
            "The first bar has no change: ta.mfi counts its money on both sides, and has a value a bar earlier; TA-Lib begins with the second bar.",
            "A change that is no more than rounding (1e−14 of both prices) is none, and its money counts on neither side.",
            "A window without money on either side: nan leaves it missing, as TradingView does; zero gives 0, as TA-Lib does.",
        ],
        source: "G. Quong and A. Soudack, Volume-Weighted RSI: Money Flow, Stocks & Commodities, 1989",
        inputs: &[HIGH, LOW, CLOSE, VOLUME],
        params: &[
            Param::period("period", 14, 1, "Bars in the sums"),
            Param::option(
                "first_bar",
                &["both", "skip"],
                "both",
                "skip",
                "The first bar has no change: count its money on both sides, or begin with the second bar",
            ),
            Param::empty("The value of a window without money on either side"),
        ],
        derived: &[Derived::Typical],
        result: ResultKind::Series(&[Output::gappy("value", "The index, 0 to 100")]),
        warmup: |params, _| params.period("period") - usize::from(params.is("first_bar", "both")),
        converged: |params, _| Some(params.period("period")),
        missing: Missing::Reseed,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line],
            levels: &[20.0, 80.0],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("period");
        Self {
            before: Memory::new(Before {
                typical: f64::NAN,
                bars: 0,
            }),
            rising: Window::new(period),
            falling: Window::new(period),
            begins: params.is("first_bar", "both"),
            empty: params.empty(),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [_, _, _, volume] = x.inputs();
        let typical = x.derived(0);
        let [value] = out.series();
        let [up, down] = scratch.take(x.len());
        let begins = self.begins;
        self.before.run(x.len(), |before, i| {
            let (price, money) = (typical[i], typical[i] * volume[i]);
            let known = nothing(before.typical);
            let still = is_flat(price, before.typical);
            [up[i], down[i]] = if begins && before.bars == 0 {
                [money; 2]
            } else if still {
                [nothing(money) + known; 2]
            } else if price > before.typical {
                [money, nothing(money)]
            } else {
                [nothing(money) + known, money + known]
            };
            before.bars |= u64::from(money.is_finite());
            before.typical = price;
        });
        self.rising.process(up, value);
        self.falling.process(down, up);
        for (value, both) in value.iter_mut().zip(&mut *up) {
            *both += *value;
            *value *= 100.0;
        }
        divide(value, up, self.empty);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.before);
        visitor.kernel(&mut self.rising);
        visitor.kernel(&mut self.falling);
    }
}
