//! Average directional index.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Memory, Recurrence, Seed, Visitor, nothing};
use crate::params::Params;
use crate::spec::{
    CLOSE, Chart, Derived, Fallback, HIGH, LOW, MAX_PERIOD, Missing, Output, Param, ParamKind,
    ResultKind, Spec, Style,
};

/// How strong a trend is, and to which side it leans.
#[derive(Debug, Clone)]
pub struct Adx {
    high: Memory<f64>,
    low: Memory<f64>,
    range: Recurrence,
    plus: Recurrence,
    minus: Recurrence,
    /// The last pair of directional indicators, for bars that have none of their own.
    last: Memory<[f64; 2]>,
    strength: Recurrence,
    talib: bool,
}

impl Indicator for Adx {
    const SPEC: Spec = Spec {
        id: "adx",
        title: "Average Directional Index",
        summary: "How strong a trend is, whatever its direction, with the two lines that tell the direction.",
        formula: "plus_di = 100 · wilder(+dm) / wilder(tr) and minus_di likewise over di_period, with +dm = high − high[1] where that is positive and above low[1] − low, else 0; adx = wilder(100 · |plus_di − minus_di| / (plus_di + minus_di), period)",
        edges: &[
            "TradingView seeds the averages of movement with the mean of the first di_period; TA-Lib with the sum of one less, divided by di_period, and one step of smoothing.",
            "Bars without any true range: TradingView keeps the last plus_di and minus_di (0 if there are none yet) and counts 0 into adx where both are 0; TA-Lib gives 0 for both and keeps adx.",
        ],
        source: "J. Welles Wilder, New Concepts in Technical Trading Systems, 1978",
        inputs: &[HIGH, LOW, CLOSE],
        params: &[
            Param::period("period", 14, 1, "Bars that smooth adx"),
            Param {
                name: "di_period",
                doc: "Bars that smooth the movements; period if not given",
                kind: ParamKind::Int {
                    min: 1,
                    max: MAX_PERIOD,
                },
                default: Fallback::SameAs("period"),
                talib: None,
                quiet: true,
            },
            Param::option(
                "seed",
                &["mean", "sum"],
                "mean",
                "sum",
                "How the averages of movement begin, and what bars without range give",
            ),
        ],
        derived: &[Derived::TrueRange],
        result: ResultKind::Series(&[
            Output::new("adx", "The strength of the trend, 0 to 100"),
            Output::new(
                "plus_di",
                "The upward movement's share of the range, 0 to 100",
            ),
            Output::new(
                "minus_di",
                "The downward movement's share of the range, 0 to 100",
            ),
        ]),
        warmup: |params, output| {
            let di = params.period("di_period");
            if output == 0 {
                di + params.period("period") - 1
            } else {
                di
            }
        },
        converged: |params, output| {
            let [period, di_period] = ["period", "di_period"].map(|name| params.period(name));
            let begin = (Self::SPEC.warmup)(params, output);
            let movement = Decay::wilder(di_period);
            // A sum is complete a bar before the first value that is shown.
            let early = usize::from(params.is("seed", "sum"));
            Some(if output == 0 {
                begin + Decay::wilder(period).bars_behind(movement, period - 1 + early)
            } else {
                begin + movement.bars().saturating_sub(early)
            })
        },
        missing: Missing::Reseed,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line; 3],
            levels: &[25.0],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("period");
        let di_period = params.period("di_period");
        let talib = params.is("seed", "sum");
        let mut seed = Seed::mean(di_period);
        if talib {
            seed = Seed {
                count: seed.count - 1,
                shown: false,
                ..seed
            };
        }
        let movement = Recurrence::wilder(di_period, seed);
        Self {
            high: Memory::new(f64::NAN),
            low: Memory::new(f64::NAN),
            // The first bar has a range but no movement.
            range: Recurrence::wilder(di_period, Seed { skip: 1, ..seed }),
            plus: movement.clone(),
            minus: movement,
            last: Memory::new([0.0; 2]),
            strength: Recurrence::wilder(period, Seed::mean(period)),
            talib,
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let n = x.len();
        let [high, low, _] = x.inputs();
        let true_range = x.derived(0);
        let [adx, plus_di, minus_di] = out.series();
        let [plus, minus, range] = scratch.take(n);
        self.high.previous(high, plus);
        self.low.previous(low, minus);
        for i in 0..n {
            let up = high[i] - plus[i];
            let down = minus[i] - low[i];
            // All three averages begin anew together.
            let none = nothing(up) + nothing(down) + nothing(true_range[i]);
            // Arithmetic: a branch would be guessed wrong at every other bar.
            let counts = |yes: bool| f64::from(u8::from(yes));
            plus[i] = up * counts(up > down) * counts(up > 0.0) + none;
            minus[i] = down * counts(down > up) * counts(down > 0.0) + none;
        }
        self.range.process(true_range, range);
        self.plus.process(plus, plus_di);
        self.minus.process(minus, minus_di);

        let talib = self.talib;
        self.last.run(n, |last, i| {
            if range[i] == 0.0 {
                [plus_di[i], minus_di[i]] = if talib { [0.0; 2] } else { *last };
            } else {
                plus_di[i] = 100.0 * (plus_di[i] / range[i]);
                minus_di[i] = 100.0 * (minus_di[i] / range[i]);
                if plus_di[i].is_finite() && minus_di[i].is_finite() {
                    *last = [plus_di[i], minus_di[i]];
                }
            }
            let sum = plus_di[i] + minus_di[i];
            let apart = (plus_di[i] - minus_di[i]).abs();
            // HOLD marks a bar that leaves the average as it is.
            plus[i] = if talib && sum < 1e-14 {
                HOLD
            } else if sum == 0.0 {
                0.0
            } else {
                100.0 * (apart / sum)
            };
        });
        let mut from = 0;
        for run in plus.split_inclusive(|dx| *dx == HOLD) {
            let held = run.last() == Some(&HOLD);
            let bars = run.len() - usize::from(held);
            if bars > 0 {
                self.strength
                    .process(&run[..bars], &mut adx[from..from + bars]);
            }
            if held {
                adx[from + bars] = self.strength.hold();
            }
            from += run.len();
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.high);
        visitor.kernel(&mut self.low);
        visitor.kernel(&mut self.range);
        visitor.kernel(&mut self.plus);
        visitor.kernel(&mut self.minus);
        visitor.kernel(&mut self.last);
        visitor.kernel(&mut self.strength);
    }
}

/// No directional index is negative.
const HOLD: f64 = -1.0;
