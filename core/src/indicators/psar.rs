//! Parabolic stop and reverse.

use crate::codec::{Codec, Fields};
use crate::columns::{Columns, Outputs, Scratch};
use crate::error::Error;
use crate::indicator::Indicator;
use crate::kernels::{Memory, Visitor, if_above, least};
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

/// The trend at hand. In a falling one prices are mirrored, multiplied by −1, so that there is one
/// rule for both sides: the stop is below the prices, the extreme is their highest.
#[derive(Debug, Clone, Copy)]
struct Trend {
    /// 0 before the first bar, 1 after it, 2 once there is a trend.
    bars: u64,
    /// 1 or −1.
    sign: f64,
    stop: f64,
    extreme: f64,
    acceleration: f64,
    /// The last two bars, the newer first.
    tops: [f64; 2],
    bottoms: [f64; 2],
    close: f64,
}

impl Fields for Trend {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.bounded(&mut self.bars, 2)?;
        codec.f64(&mut self.sign)?;
        codec.f64(&mut self.stop)?;
        codec.f64(&mut self.extreme)?;
        codec.f64(&mut self.acceleration)?;
        self.tops.fields(codec)?;
        self.bottoms.fields(codec)?;
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
        tops: [0.0; 2],
        bottoms: [0.0; 2],
        close: 0.0,
    };

    /// The stops and the directions at the next bars.
    #[inline]
    fn take(
        &mut self,
        rule: &Rule,
        [high, low, close]: [&[f64]; 3],
        [value, direction]: [&mut [f64]; 2],
    ) {
        let n = high.len();
        let mut i = 0;
        while i < n {
            let bars = [&high[i..], &low[i..], &close[i..]];
            let out = [&mut value[i..], &mut direction[i..]];
            let ridden = match (self.bars, self.sign > 0.0) {
                (2, true) => self.ride::<true>(rule, bars, out),
                (2, false) => self.ride::<false>(rule, bars, out),
                _ => 0,
            };
            i += ridden;
            if ridden == 0 {
                [value[i], direction[i]] = self.next(rule, [high[i], low[i], close[i]]);
                i += 1;
            }
        }
    }

    /// Follows a trend up to the bar that turns it, with that bar, or up to one that cannot be
    /// followed. Gives the bars taken. Compiled for each direction: what a bar waits for is the stop
    /// of the bar before, and neither the direction nor a guess at it lies on that way.
    #[inline]
    fn ride<const RISING: bool>(
        &mut self,
        rule: &Rule,
        [high, low, close]: [&[f64]; 3],
        [value, direction]: [&mut [f64]; 2],
    ) -> usize {
        let sign = if RISING { 1.0 } else { -1.0 };
        let mut now = *self;
        now.sign = sign;
        let prices = high.iter().zip(low).zip(close);
        let outs = value.iter_mut().zip(direction);
        let mut taken = 0;
        for (((&high, &low), &close), (value, direction)) in prices.zip(outs) {
            let mut next = now;
            let turned = next.follow(rule, now.acceleration, high, low);
            if !((high + low + close).is_finite() && next.stop.is_finite()) {
                break;
            }
            now = next;
            taken += 1;
            *value = now.sign * now.stop + 0.0;
            *direction = now.sign;
            if turned {
                break;
            }
        }
        *self = now;
        taken
    }

    /// The stop and the direction at the next bar.
    fn next(&mut self, rule: &Rule, [high, low, close]: [f64; 3]) -> [f64; 2] {
        if !(high + low + close).is_finite() {
            *self = Self::NONE;
            return [f64::NAN; 2];
        }
        let mut pace = self.acceleration;
        if self.bars < 2 {
            if self.bars == 0 {
                *self = Self {
                    bars: 1,
                    tops: [high; 2],
                    bottoms: [low; 2],
                    close,
                    ..Self::NONE
                };
                return [f64::NAN; 2];
            }
            (*self, pace) = self.begin(rule, [high, low, close]);
        }
        self.follow(rule, pace, high, low);
        if self.stop.is_finite() {
            [self.sign * self.stop + 0.0, self.sign]
        } else {
            *self = Self::NONE;
            [f64::NAN; 2]
        }
    }

    /// At the second bar: the direction, and a stop at the first bar's low or high, with the
    /// acceleration that moves it on this bar.
    #[cold]
    fn begin(mut self, rule: &Rule, [high, low, close]: [f64; 3]) -> (Self, f64) {
        let (up, down) = (high - self.tops[0], self.bottoms[0] - low);
        let falling = if rule.touch {
            down > 0.0 && down > up
        } else {
            close <= self.close
        };
        self.bars = 2;
        if rule.first.unwrap_or(if falling { -1.0 } else { 1.0 }) < 0.0 {
            self.mirror();
        }
        let (top, bottom) = mirrored(self.sign, high, low);
        self.stop = self.bottoms[0];
        self.extreme = top;
        self.acceleration = rule.start;
        if rule.touch {
            // The first bar gives the stop, which stays, and is not looked at again.
            (self.tops, self.bottoms) = ([top; 2], [bottom; 2]);
            return (self, 0.0);
        }
        (self, rule.start)
    }

    /// Moves the stop to the next bar, and tells whether that bar turned the trend.
    #[inline]
    fn follow(&mut self, rule: &Rule, pace: f64, high: f64, low: f64) -> bool {
        let (mut top, mut bottom) = mirrored(self.sign, high, low);
        self.stop += pace * (self.extreme - self.stop);
        let held = least(self.stop, least(self.bottoms[0], self.bottoms[1]));
        let reached = if rule.touch {
            bottom <= held
        } else {
            bottom < self.stop
        };
        if reached {
            self.mirror();
            (top, bottom) = (-bottom, -top);
            // The old trend's extreme, held back in its turn.
            self.stop = least(least(-self.extreme, bottom), self.bottoms[0]);
            if !rule.touch {
                self.stop = least(self.stop, self.bottoms[1]);
            }
            self.extreme = top;
            self.acceleration = rule.start;
        } else {
            self.stop = held;
            let faster = least(self.acceleration + rule.step, rule.max);
            self.acceleration = if_above(top, self.extreme, faster, self.acceleration);
            self.extreme = if_above(top, self.extreme, top, self.extreme);
        }
        self.tops = [top, self.tops[0]];
        self.bottoms = [bottom, self.bottoms[0]];
        reached
    }

    /// Changes the direction, and with it how the last bars are seen.
    #[inline]
    fn mirror(&mut self) {
        self.sign = -self.sign;
        (self.tops, self.bottoms) = (self.bottoms.map(|x| -x), self.tops.map(|x| -x));
    }
}

/// High and low as a rising trend would have them.
#[inline]
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
            "Where the data begins matters until the market turns at a bar from either beginning, which no number of bars assures.",
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
            Param::option(
                "turn",
                &["pass", "touch"],
                "pass",
                "touch",
                "Whether a price has to pass value or only to touch it, with the beginning that goes with it",
            ),
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
        converged: |_, _| None,
        missing: Missing::Reseed,
        chart: Chart {
            overlay: true,
            styles: &[Style::Marker, Style::Hidden],
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
                start: if touch { least(start, max) } else { start },
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
        let [value, direction] = out.series();
        let rule = self.rule;
        self.trend.run_all(n, |trend, bars| {
            let prices = [high, low, close].map(|column| &column[bars.clone()]);
            let out = [&mut value[bars.clone()], &mut direction[bars]];
            trend.take(&rule, prices, out);
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.trend);
    }
}
