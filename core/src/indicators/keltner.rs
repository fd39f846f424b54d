//! Keltner channel.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Recurrence, Seed, Visitor};
use crate::params::Params;
use crate::spec::{
    CLOSE, Chart, Derived, Fallback, HIGH, LOW, Missing, Output, Param, ParamKind, ResultKind,
    Spec, Style,
};

/// An exponential average with a band of ranges around it.
#[derive(Debug, Clone)]
pub struct Keltner {
    average: Recurrence,
    range: Recurrence,
    mult: f64,
    typical: bool,
    true_range: bool,
}

/// The bars on which the lines begin, and the one that ends the seed of the range: the first that
/// can, or the one that shows it.
struct Begin {
    middle: usize,
    bands: usize,
    range: usize,
}

impl Begin {
    fn of(params: &Params) -> Self {
        let period = params.period("period");
        let range = if params.is("band", "atr") {
            params.period("atr_period") - usize::from(params.is("first_bar", "range"))
        } else {
            period - usize::from(params.is("band", "range"))
        };
        let bands = range.max(period - 1);
        let (middle, range) = if params.is("seed", "own") {
            (period - 1, range)
        } else {
            (bands, bands)
        };
        Self {
            middle,
            bands,
            range,
        }
    }
}

impl Indicator for Keltner {
    const SPEC: Spec = Spec {
        id: "keltner",
        title: "Keltner Channel",
        summary: "An average with a channel as wide as the market's usual moves: a close outside shows strength, a return inside its end.",
        formula: "middle = ema(price, period); upper = middle + mult · width; lower = middle − mult · width, with width = atr(atr_period), ema(tr, period) or ema(high − low, period) for the band atr, tr or range",
        edges: &[
            "The price is the close on TradingView and (high + low + close) / 3 in TA-Lib.",
            "TA-Lib seeds average and range on bars that end together, where both can exist, and shows all three lines from there on; TradingView seeds each with its own first bars.",
            "The band \"tr\" begins with the second bar's true range, as ta.kc does.",
            "A flat market has all three lines on its price.",
        ],
        source: "C. W. Keltner, How to Make Money in Commodities, 1960; with true ranges: L. B. Raschke, 1980s",
        inputs: &[HIGH, LOW, CLOSE],
        params: &[
            Param::period(
                "period",
                20,
                1,
                "Bars of the average, and of the ranges of \"tr\" and \"range\"",
            ),
            Param::float(
                "mult",
                2.0,
                (0.0, 1000.0),
                "Ranges from the average to a band",
            ),
            Param::period("atr_period", 10, 1, "Bars that smooth the range of \"atr\""),
            Param {
                name: "band",
                doc: "The range: Wilder's average of atr_period true ranges, or the exponential average of period true ranges or of period high − low",
                kind: ParamKind::Choice {
                    choices: &["atr", "tr", "range"],
                },
                default: Fallback::Text("atr"),
                talib: None,
                quiet: true,
            },
            Param::option(
                "price",
                &["close", "typical"],
                "close",
                "typical",
                "What is averaged: the close, or (high + low + close) / 3",
            ),
            Param::option(
                "first_bar",
                &["range", "skip"],
                "range",
                "skip",
                "With \"atr\", the first bar has no close before it: take high − low, or begin with the second bar",
            ),
            Param::option(
                "seed",
                &["own", "aligned"],
                "own",
                "aligned",
                "Whether average and range each begin as early as they can, or together",
            ),
        ],
        derived: &[Derived::TrueRange],
        result: ResultKind::Series(&[
            Output::new("upper", "The upper band"),
            Output::new("middle", "The average"),
            Output::new("lower", "The lower band"),
        ]),
        warmup: |params, output| {
            let begin = Begin::of(params);
            if output == 1 {
                begin.middle
            } else {
                begin.bands
            }
        },
        converged: |params, output| {
            let Begin { middle, range, .. } = Begin::of(params);
            let period = params.period("period");
            let middle = middle + Decay::ema(period).bars();
            let range = if params.is("band", "atr") {
                // The first bar's range may lack the gap that a bar before it would tell.
                (range + Decay::wilder(params.period("atr_period")).bars()).max(1)
            } else {
                range + Decay::ema(period).bars()
            };
            Some(if output == 1 {
                middle
            } else {
                middle.max(range)
            })
        },
        missing: Missing::Reseed,
        chart: Chart {
            overlay: true,
            styles: &[Style::Band, Style::Line, Style::Band],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("period");
        let begin = Begin::of(params);
        let atr = params.is("band", "atr");
        let length = if atr {
            params.period("atr_period")
        } else {
            period
        };
        let seed = |end: usize, length: usize| Seed {
            skip: (end + 1 - length) as u64,
            ..Seed::mean(length)
        };
        let range = seed(begin.range, length);
        Self {
            average: Recurrence::ema_seeded(period, seed(begin.middle, period)),
            range: if atr {
                Recurrence::wilder(length, range)
            } else {
                Recurrence::ema_seeded(length, range)
            },
            mult: params.number("mult"),
            typical: params.is("price", "typical"),
            true_range: !params.is("band", "range"),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let n = x.len();
        let [high, low, close] = x.inputs();
        let (high, low, close) = (&high[..n], &low[..n], &close[..n]);
        let [upper, middle, lower] = out.series();
        let [price] = scratch.take(n);
        if self.true_range {
            self.range.process(x.derived(0), upper);
        } else {
            for (i, range) in price.iter_mut().enumerate() {
                *range = high[i] - low[i];
            }
            self.range.process(price, upper);
        }
        if self.typical {
            for (i, price) in price.iter_mut().enumerate() {
                *price = (high[i] + low[i] + close[i]) / 3.0;
            }
            self.average.process(price, middle);
        } else {
            self.average.process(close, middle);
        }
        for ((upper, lower), middle) in upper.iter_mut().zip(lower).zip(&*middle) {
            let reach = self.mult * *upper;
            *upper = middle + reach;
            *lower = middle - reach;
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.average);
        visitor.kernel(&mut self.range);
    }
}
