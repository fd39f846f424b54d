//! Parabolic stop and reverse.

use crate::codec::{Codec, Fields};
use crate::columns::{Columns, Outputs, Scratch};
use crate::error::Error;
use crate::indicator::Indicator;
use crate::kernels::{Memory, Value, Visitor};
use crate::params::Params;
use crate::spec::{
    CLOSE, Chart, Fallback, HIGH, LOW, Missing, Output, Param, ParamKind, ResultKind, Spec, Style,
};

/// A stop that follows the price ever faster, and changes sides when it is reached.
#[derive(Debug, Clone)]
pub struct Psar {
    trend: Memory<Trend>,
    rule: Rule,
}

/// What does not change from bar to bar.
#[derive(Debug, Clone, Copy)]
struct Rule {
    start: f64,
    step: f64,
    max: f64,
    /// The first direction, if it is not the market's to tell.
    first: Option<f64>,
    /// Whether reaching the stop is enough to reverse it.
    touch: bool,
}

/// The trend at hand. `stop` and `extreme` are mirrored in a falling one, multiplied by −1, so that
/// there is one rule for both sides: the stop is below the prices, the extreme their highest.
#[derive(Debug, Clone, Copy)]
struct Trend {
    /// 0 before the first bar, 1 after it, 2 once there is a trend.
    bars: u64,
    /// 1 or −1.
    sign: f64,
    stop: f64,
    extreme: f64,
    acceleration: f64,
    /// Highs and lows of the last two bars, the newer first.
    high: [f64; 2],
    low: [f64; 2],
    close: f64,
}

impl Fields for Trend {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.bounded(&mut self.bars, 2)?;
        codec.f64(&mut self.sign)?;
        codec.f64(&mut self.stop)?;
        codec.f64(&mut self.extreme)?;
        codec.f64(&mut self.acceleration)?;
        self.high.fields(codec)?;
        self.low.fields(codec)?;
        codec.f64(&mut self.close)
    }
}

impl Trend {
    const NONE: Self = Self {
        bars: 0,
        sign: 1.0,
        stop: 0.0,
        extreme: 0.0,
        acceleration: 0.0,
        high: [0.0; 2],
        low: [0.0; 2],
        close: 0.0,
    };

    /// The stop and the direction at the next bar.
    fn next(&mut self, rule: &Rule, [high, low, close]: [f64; 3]) -> [f64; 2] {
        if !(high + low + close).is_finite() {
            *self = Self::NONE;
            return [f64::NAN; 2];
        }
        let shown = self.bars > 0;
        if shown {
            let mut pace = self.acceleration;
            if self.bars == 1 {
                pace = self.begin(rule, [high, low, close]);
            }
            self.follow(rule, pace, high, low);
        }
        self.bars = 1 + u64::from(shown);
        self.high = [high, self.high[0]];
        self.low = [low, self.low[0]];
        self.close = close;
        if !self.stop.is_finite() {
            *self = Self::NONE;
        }
        if shown && self.bars > 0 {
            [self.sign * self.stop + 0.0, self.sign]
        } else {
            [f64::NAN; 2]
        }
    }

    /// At the second bar: the direction, and a stop at the first bar's low or high. Gives the
    /// acceleration with which the stop moves on this bar.
    fn begin(&mut self, rule: &Rule, [high, low, close]: [f64; 3]) -> f64 {
        let (up, down) = (high - self.high[0], self.low[0] - low);
        let falling = if rule.touch {
            down > 0.0 && down > up
        } else {
            close <= self.close
        };
        self.sign = rule.first.unwrap_or(if falling { -1.0 } else { 1.0 });
        self.stop = self.below(0);
        self.extreme = mirrored(self.sign, high, low).0;
        self.acceleration = rule.start;
        if rule.touch {
            // The first bar gives the stop, which stays, and is not looked at again.
            (self.high, self.low) = ([high; 2], [low; 2]);
            return 0.0;
        }
        (self.high[1], self.low[1]) = (self.high[0], self.low[0]);
        rule.start
    }

    fn follow(&mut self, rule: &Rule, pace: f64, high: f64, low: f64) {
        let (top, bottom) = mirrored(self.sign, high, low);
        self.stop += pace * (self.extreme - self.stop);
        let held = self.stop.lower(self.below(0)).lower(self.below(1));
        let reached = if rule.touch {
            bottom <= held
        } else {
            bottom < self.stop
        };
        if reached {
            let far = self.extreme.higher(top);
            self.sign = -self.sign;
            self.extreme = -bottom;
            self.acceleration = rule.start;
            self.stop = (-far).lower(self.below(0));
            if !rule.touch {
                self.stop = self.stop.lower(self.below(1));
            }
        } else {
            self.stop = held;
            if top > self.extreme {
                self.extreme = top;
                let faster = self.acceleration + rule.step;
                self.acceleration = faster.lower(rule.max);
            }
        }
    }

    /// The mirrored low of the last bar or the one before.
    fn below(&self, bar: usize) -> f64 {
        mirrored(self.sign, self.high[bar], self.low[bar]).1
    }
}

/// High and low as a rising trend would have them.
fn mirrored(sign: f64, high: f64, low: f64) -> (f64, f64) {
    if sign > 0.0 {
        (high, low)
    } else {
        (-low, -high)
    }
}

impl Indicator for Psar {
    const SPEC: Spec = Spec {
        id: "psar",
        title: "Parabolic SAR",
        summary: "A stop that follows the price ever faster and changes sides when the price reaches it: where to get out, and which way the trend points.",
        formula: "value = value[1] + a · (extreme − value[1]), not beyond the last two lows (highs in a falling trend); a begins with start and grows by step, up to max, with each new extreme of the trend; a bar beyond value turns the trend, and value begins again at the old trend's extreme",
        edges: &[
            "TradingView takes the first direction from the first two closes, falling if they are equal, and turns the trend where a price passes value before it is held back to the last two bars.",
            "TA-Lib takes it from the larger movement of the first two bars, rising if neither is down, turns the trend where a price touches value, leaves the first bar out of what holds value back, and counts a start above max as max.",
            "The second bar shows the first bar's low or high, unless it turns the trend at once.",
            "A flat market keeps its price as value: falling on TradingView, while TA-Lib turns with each bar.",
        ],
        source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
        inputs: &[HIGH, LOW, CLOSE],
        params: &[
            Param::float(
                "start",
                0.02,
                (0.0, 1.0),
                "Acceleration at the start of a trend",
            ),
            Param::float(
                "step",
                0.02,
                (0.0, 1.0),
                "What a new extreme adds to the acceleration",
            ),
            Param::float("max", 0.2, (0.0, 1.0), "Largest acceleration"),
            Param::option(
                "turn",
                &["pass", "touch"],
                "pass",
                "touch",
                "Whether a price has to pass value or only to touch it, with the beginning that goes with it",
            ),
            Param {
                name: "first",
                doc: "The first direction; \"auto\" takes it from the first two bars",
                kind: ParamKind::Choice {
                    choices: &["auto", "up", "down"],
                },
                default: Fallback::Text("auto"),
                talib: None,
                quiet: true,
            },
        ],
        derived: &[],
        result: ResultKind::Series(&[
            Output::new("value", "The stop"),
            Output::new(
                "trend",
                "1 while the trend rises and the stop is below, −1 while it falls",
            ),
        ]),
        warmup: |_, _| 1,
        missing: Missing::Reseed,
        chart: Chart {
            overlay: true,
            styles: &[Style::Marker, Style::Line],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let max = params.number("max");
        let touch = params.is("turn", "touch");
        let start = params.number("start");
        Self {
            trend: Memory::new(Trend::NONE),
            rule: Rule {
                start: if touch { start.lower(max) } else { start },
                step: params.number("step"),
                max,
                first: match params.text("first") {
                    Some("up") => Some(1.0),
                    Some("down") => Some(-1.0),
                    _ => None,
                },
                touch,
            },
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let n = x.len();
        let [high, low, close] = x.inputs();
        let (high, low, close) = (&high[..n], &low[..n], &close[..n]);
        let [value, direction] = out.series();
        let rule = self.rule;
        self.trend.run(n, |trend, i| {
            [value[i], direction[i]] = trend.next(&rule, [high[i], low[i], close[i]]);
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.trend);
    }
}
