//! Supertrend.

use crate::codec::{Codec, Fields};
use crate::columns::{Columns, Outputs, Scratch};
use crate::error::Error;
use crate::indicator::Indicator;
use crate::kernels::{Memory, Recurrence, Seed, Visitor};
use crate::params::Params;
use crate::spec::{
    CLOSE, Chart, Derived, HIGH, LOW, Missing, Output, Param, ResultKind, Spec, Style,
};

/// A stop some average ranges away from the price, that never moves against the trend.
#[derive(Debug, Clone)]
pub struct Supertrend {
    range: Recurrence,
    trend: Memory<Trend>,
    mult: f64,
    first: f64,
}

/// The bands, which only close in on the price, and the side that the price is on.
#[derive(Debug, Clone, Copy)]
struct Trend {
    upper: f64,
    lower: f64,
    close: f64,
    /// 1 rising, −1 falling, 0 before there is a trend.
    sign: f64,
}

impl Fields for Trend {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.upper)?;
        codec.f64(&mut self.lower)?;
        codec.f64(&mut self.close)?;
        codec.f64(&mut self.sign)
    }
}

impl Trend {
    const NONE: Self = Self {
        upper: 0.0,
        lower: 0.0,
        close: 0.0,
        sign: 0.0,
    };

    /// The stop and the direction at the next bar, whose own bands are given.
    #[inline]
    fn next(&mut self, first: f64, [upper, lower, close]: [f64; 3]) -> [f64; 2] {
        if !(upper + lower + close).is_finite() {
            *self = Self::NONE;
            return [f64::NAN; 2];
        }
        if self.sign == 0.0 {
            self.sign = first;
            (self.upper, self.lower) = (upper, lower);
        } else {
            if upper < self.upper || self.close > self.upper {
                self.upper = upper;
            }
            if lower > self.lower || self.close < self.lower {
                self.lower = lower;
            }
            if self.sign > 0.0 && close < self.lower {
                self.sign = -1.0;
            } else if self.sign < 0.0 && close > self.upper {
                self.sign = 1.0;
            }
        }
        self.close = close;
        let stop = if self.sign > 0.0 {
            self.lower
        } else {
            self.upper
        };
        [stop, self.sign]
    }
}

impl Indicator for Supertrend {
    const SPEC: Spec = Spec {
        id: "supertrend",
        title: "Supertrend",
        summary: "A stop some average ranges away from the price, below it in a rising trend and above it in a falling one; a close beyond it turns the trend.",
        formula: "upper = (high + low) / 2 + mult · atr(period), kept at upper[1] unless it is lower or close[1] > upper[1]; lower likewise with −; value = lower while the trend rises, until close < lower; upper while it falls, until close > upper",
        edges: &[
            "TradingView takes the first bar's high − low as its true range and begins with a falling trend; TA-Lib begins the ranges with the second bar, and with a rising trend.",
            "trend is 1 while the market rises; ta.supertrend gives −1 there.",
            "Where the data begins matters until both sides of it have turned at the same bar, which no number of bars assures.",
            "A flat market keeps its first trend and has value on its price.",
        ],
        source: "O. Seban, Tout le monde mérite d'être riche, 2008",
        inputs: &[HIGH, LOW, CLOSE],
        params: &[
            Param::period("period", 10, 1, "Bars that smooth the true range"),
            Param::float(
                "mult",
                3.0,
                (0.0, 1000.0),
                "Average ranges from the middle of a bar to the stop",
            ),
            Param::option(
                "first_bar",
                &["range", "skip"],
                "range",
                "skip",
                "The first bar has no close before it: take high − low, or begin with the second bar",
            ),
            Param::option(
                "first",
                &["down", "up"],
                "down",
                "up",
                "The first direction",
            ),
        ],
        derived: &[Derived::TrueRange],
        result: ResultKind::Series(&[
            Output::new("value", "The stop"),
            Output::new(
                "trend",
                "1 while the trend rises and the stop is below, −1 while it falls",
            ),
        ]),
        warmup: |params, _| params.period("period") - usize::from(params.is("first_bar", "range")),
        converged: |_, _| None,
        missing: Missing::Reseed,
        chart: Chart {
            overlay: true,
            styles: &[Style::Line, Style::Hidden],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("period");
        let skip = u64::from(params.is("first_bar", "skip"));
        Self {
            range: Recurrence::wilder(
                period,
                Seed {
                    skip,
                    ..Seed::mean(period)
                },
            ),
            trend: Memory::new(Trend::NONE),
            mult: params.number("mult"),
            first: if params.is("first", "up") { 1.0 } else { -1.0 },
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [high, low, close] = x.inputs();
        let [value, trend] = out.series();
        self.range.process(x.derived(0), value);
        let (mult, first) = (self.mult, self.first);
        self.trend.run(x.len(), |now, i| {
            let (middle, reach) = (0.5 * (high[i] + low[i]), mult * value[i]);
            let bar = [middle + reach, middle - reach, close[i]];
            [value[i], trend[i]] = now.next(first, bar);
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.range);
        visitor.kernel(&mut self.trend);
    }
}
