//! Pivot points.

use crate::codec::{Codec, Fields};
use crate::columns::{Columns, Outputs, Scratch};
use crate::error::Error;
use crate::indicator::Indicator;
use crate::kernels::{Memory, Visitor};
use crate::params::Params;
use crate::session::{Anchor, Span, span};
use crate::spec::{
    CLOSE, Chart, HIGH, Input, LOW, Missing, OPEN, Output, Param, ParamKind, ResultKind, Spec,
    Style, TIME,
};

/// Levels made of the prices of the session, week or month before.
#[derive(Debug, Clone)]
pub struct PivotPoints {
    place: Memory<Place>,
    rule: Rule,
}

/// What does not change from bar to bar.
#[derive(Debug, Clone, Copy)]
struct Rule {
    method: Method,
    anchor: Anchor,
    offset: f64,
    opening: f64,
}

/// Whose levels.
#[derive(Debug, Clone, Copy)]
enum Method {
    Classic,
    Fibonacci,
    Camarilla,
    Woodie,
    DeMark,
}

/// The prices of a session.
#[derive(Debug, Clone, Copy)]
struct Prices {
    open: f64,
    high: f64,
    low: f64,
    close: f64,
}

impl Prices {
    const NONE: Self = Self {
        open: f64::NAN,
        high: f64::NAN,
        low: f64::NAN,
        close: f64::NAN,
    };
}

impl Fields for Prices {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.open)?;
        codec.f64(&mut self.high)?;
        codec.f64(&mut self.low)?;
        codec.f64(&mut self.close)
    }
}

/// The session at hand, its prices so far, and the levels that hold in it.
#[derive(Debug, Clone, Copy)]
struct Place {
    span: Span,
    prices: Prices,
    levels: [f64; LEVELS],
}

impl Fields for Place {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.span.from)?;
        codec.f64(&mut self.span.to)?;
        codec.f64(&mut self.span.number)?;
        self.prices.fields(codec)?;
        self.levels.fields(codec)
    }
}

/// The pivot, then resistances and supports in turn.
const LEVELS: usize = 9;

impl Method {
    /// The levels of a session from the prices of the one before and its own open: the pivot, then
    /// each resistance with the support across from it.
    fn levels(self, before: &Prices, open: f64) -> [f64; LEVELS] {
        let &Prices {
            high, low, close, ..
        } = before;
        let range = high - low;
        let typical = (high + low + close) / 3.0;
        let none = [f64::NAN; 2];
        let around = |middle: f64, share: f64| [middle + share * range, middle - share * range];
        let (pivot, pairs) = match self {
            Self::Classic => {
                let fourth = [
                    3.0 * typical + high - 3.0 * low,
                    3.0 * typical + low - 3.0 * high,
                ];
                (typical, steps(typical, before, fourth))
            }
            Self::Fibonacci => {
                let at = |share| around(typical, share);
                (typical, [at(0.382), at(0.618), at(1.0), none])
            }
            Self::Camarilla => {
                let at = |part: f64| around(close, 1.1 / part);
                (typical, [at(12.0), at(6.0), at(4.0), at(2.0)])
            }
            Self::Woodie => {
                let pivot = (high + low + 2.0 * open) / 4.0;
                let fourth = [
                    2.0 * (pivot + high) - 3.0 * low,
                    2.0 * (pivot + low) - 3.0 * high,
                ];
                (pivot, steps(pivot, before, fourth))
            }
            Self::DeMark => {
                let extra = if close < before.open {
                    low
                } else if close > before.open {
                    high
                } else {
                    close
                };
                let sum = high + low + close + extra;
                (
                    sum / 4.0,
                    [[sum / 2.0 - low, sum / 2.0 - high], none, none, none],
                )
            }
        };
        let [[r1, s1], [r2, s2], [r3, s3], [r4, s4]] = pairs;
        [pivot, r1, s1, r2, s2, r3, s3, r4, s4]
    }
}

/// Resistances and supports by reflecting high and low at the pivot, then range by range.
fn steps(pivot: f64, before: &Prices, fourth: [f64; 2]) -> [[f64; 2]; 4] {
    let (high, low) = (before.high, before.low);
    let range = high - low;
    let [r1, s1] = [2.0 * pivot - low, 2.0 * pivot - high];
    [
        [r1, s1],
        [pivot + range, pivot - range],
        [r1 + range, s1 - range],
        fourth,
    ]
}

impl Place {
    /// The levels at the next bar; none for one with anything missing, which is passed over.
    #[inline]
    fn next(&mut self, rule: &Rule, bar: Prices, time: f64) -> [f64; LEVELS] {
        if !(bar.open + bar.high + bar.low + bar.close + time).is_finite() {
            return [f64::NAN; LEVELS];
        }
        let held = match rule.anchor {
            Anchor::Number => time == self.span.number,
            _ => self.span.holds(time),
        };
        if held {
            let now = &mut self.prices;
            now.high = if bar.high > now.high {
                bar.high
            } else {
                now.high
            };
            now.low = if bar.low < now.low { bar.low } else { now.low };
            now.close = bar.close;
        } else {
            *self = Self {
                span: span(rule.anchor, time, rule.offset, rule.opening),
                levels: rule.method.levels(&self.prices, bar.open).map(finite),
                prices: bar,
            };
        }
        self.levels
    }
}

/// A missing number for one that is beyond all bounds.
fn finite(x: f64) -> f64 {
    if x.is_finite() { x } else { f64::NAN }
}

impl Indicator for PivotPoints {
    const SPEC: Spec = Spec {
        id: "pivot_points",
        title: "Pivot Points",
        summary: "Levels that the prices of the session, week or month before give for this one: where floor traders expect it to turn.",
        formula: "of the span before, with p = (high + low + close) / 3 and d = high − low: classic pivot = p, r1 = 2p − low, r2 = p + d, r3 = r1 + d, r4 = 3p + high − 3 · low; \
                  woodie the same with p = (high + low + 2 · this span's open) / 4, and r4 = r3 + d; fibonacci r = p + (0.382, 0.618, 1) · d; camarilla r = close + 1.1 · d / (12, 6, 4, 2); \
                  demark pivot = x / 4, r1 = x / 2 − low, s1 = x / 2 − high, with x = high + low + close and another low, high or close where close < open, > open or = open; \
                  s mirrors r at p (camarilla: at close)",
        edges: &[
            "The levels stay from the first bar of a span to its last. The first span has none; those of the second tell of a span that may have begun before the data.",
            "classic is what TradingView calls Traditional.",
            "fibonacci has no fourth levels; demark has a pivot, r1 and s1.",
            "A session that opens at noon or later belongs to the following day; weeks begin with Monday's session.",
            "With span \"number\" the time column holds a number per bar, such as tvf.sessions gives for a zone, and each change of it begins a span.",
        ],
        source: "Floor traders; J. L. Person, A Complete Guide to Technical Trading Tactics, 2004; T. R. DeMark, The New Science of Technical Analysis, 1994",
        inputs: &[
            OPEN,
            HIGH,
            LOW,
            CLOSE,
            Input {
                optional: false,
                ..TIME
            },
        ],
        params: &[
            Param {
                quiet: false,
                ..Param::choice(
                    "method",
                    &["classic", "fibonacci", "camarilla", "woodie", "demark"],
                    "Whose levels",
                )
            },
            Param {
                kind: ParamKind::Choice {
                    choices: &["session", "week", "month", "number"],
                },
                quiet: false,
                ..Param::choice("span", &["session"], "What one set of levels holds for")
            },
            Param::minutes(
                "utc_offset",
                0,
                (-1440, 1440),
                "Local time minus UTC, in minutes",
            ),
            Param::minutes(
                "opening",
                0,
                (0, 1439),
                "Opening of the session, in minutes after local midnight",
            ),
        ],
        derived: &[],
        result: ResultKind::Series(&[
            Output::gappy("pivot", "The pivot"),
            Output::gappy("r1", "The first resistance"),
            Output::gappy("s1", "The first support"),
            Output::gappy("r2", "The second resistance"),
            Output::gappy("s2", "The second support"),
            Output::gappy("r3", "The third resistance"),
            Output::gappy("s3", "The third support"),
            Output::gappy("r4", "The fourth resistance"),
            Output::gappy("s4", "The fourth support"),
        ]),
        warmup: |_, _| 1,
        converged: |_, _| None,
        missing: Missing::PassOver,
        chart: Chart {
            overlay: true,
            styles: &[Style::Line; LEVELS],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let anchor = params.text("span").and_then(Anchor::parse);
        Self {
            place: Memory::new(Place {
                span: Span::NOWHERE,
                prices: Prices::NONE,
                levels: [f64::NAN; LEVELS],
            }),
            rule: Rule {
                method: match params.text("method") {
                    Some("fibonacci") => Method::Fibonacci,
                    Some("camarilla") => Method::Camarilla,
                    Some("woodie") => Method::Woodie,
                    Some("demark") => Method::DeMark,
                    _ => Method::Classic,
                },
                anchor: anchor.unwrap_or(Anchor::Session),
                offset: params.number("utc_offset") * 60_000.0,
                opening: params.number("opening"),
            },
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [open, high, low, close, time] = x.inputs();
        let mut levels: [&mut [f64]; LEVELS] = out.series();
        let rule = self.rule;
        self.place.run(x.len(), |place, i| {
            let bar = Prices {
                open: open[i],
                high: high[i],
                low: low[i],
                close: close[i],
            };
            for (level, value) in levels.iter_mut().zip(place.next(&rule, bar, time[i])) {
                level[i] = value;
            }
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.place);
    }
}
