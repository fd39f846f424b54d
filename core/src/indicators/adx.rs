//! Average directional index.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Memory, Recurrence, Seed, Visitor, elementwise, nothing};
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
        self.movements(high, low, true_range, plus, minus);
        self.range.process(true_range, range);
        self.plus.process(plus, plus_di);
        self.minus.process(minus, minus_di);
        let strength = plus;
        let without = elementwise(n, || range.iter().filter(|range| **range == 0.0).count());
        let held = if without == 0 {
            self.indices(range, plus_di, minus_di, strength)
        } else {
            self.indices_without_range(range, plus_di, minus_di, strength);
            true
        };
        if !held {
            self.strength.process(strength, adx);
            return;
        }
        let mut from = 0;
        for run in strength.split_inclusive(|dx| *dx == HOLD) {
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

impl Adx {
    /// The movements up and down, from bar to bar.
    fn movements(
        &mut self,
        high: &[f64],
        low: &[f64],
        true_range: &[f64],
        plus: &mut [f64],
        minus: &mut [f64],
    ) {
        let n = high.len();
        let (last_high, last_low) = (self.high.get(), self.low.get());
        [plus[0], minus[0]] = movement([high[0], last_high], [low[0], last_low], true_range[0]);
        elementwise(n, || {
            let (plus, minus) = (&mut plus[1..n], &mut minus[1..n]);
            let (high, low) = (&high[..n], &low[..n]);
            let true_range = &true_range[1..n];
            for i in 0..n - 1 {
                [plus[i], minus[i]] =
                    movement([high[i + 1], high[i]], [low[i + 1], low[i]], true_range[i]);
            }
        });
        self.high.keep(high);
        self.low.keep(low);
    }

    /// The averages become indices, where each bar has a range; says whether a bar leaves adx as it
    /// is.
    fn indices(
        &mut self,
        range: &[f64],
        plus_di: &mut [f64],
        minus_di: &mut [f64],
        strength: &mut [f64],
    ) -> bool {
        let (talib, n) = (self.talib, range.len());
        let held = elementwise(n, || {
            let (plus_di, minus_di) = (&mut plus_di[..n], &mut minus_di[..n]);
            let strength = &mut strength[..n];
            let mut held = false;
            for i in 0..n {
                plus_di[i] = index(plus_di[i], range[i]);
                minus_di[i] = index(minus_di[i], range[i]);
                strength[i] = apart(plus_di[i], minus_di[i], talib);
                held |= strength[i] == HOLD;
            }
            held
        });
        let shown = |n: usize, none: [f64; 2]| {
            let pairs = plus_di[..n].iter().zip(&minus_di[..n]).rev();
            pairs
                .map(|(&plus, &minus)| [plus, minus])
                .find(|pair| pair.iter().all(|x| x.is_finite()))
                .unwrap_or(none)
        };
        let before = shown(n - 1, self.last.get());
        self.last.set(before, shown(n, before));
        held
    }

    /// The same where some bar may have no range.
    fn indices_without_range(
        &mut self,
        range: &[f64],
        plus_di: &mut [f64],
        minus_di: &mut [f64],
        strength: &mut [f64],
    ) {
        let talib = self.talib;
        self.last.run(range.len(), |last, i| {
            if range[i] == 0.0 {
                [plus_di[i], minus_di[i]] = if talib { [0.0; 2] } else { *last };
            } else {
                plus_di[i] = index(plus_di[i], range[i]);
                minus_di[i] = index(minus_di[i], range[i]);
                if plus_di[i].is_finite() && minus_di[i].is_finite() {
                    *last = [plus_di[i], minus_di[i]];
                }
            }
            strength[i] = apart(plus_di[i], minus_di[i], talib);
        });
    }
}

/// What a bar moves beyond the one before, up and down; only the greater of the two counts. Missing
/// where any price is, as all three averages begin anew together.
#[inline]
fn movement(
    [high, high_before]: [f64; 2],
    [low, low_before]: [f64; 2],
    true_range: f64,
) -> [f64; 2] {
    let up = high - high_before;
    let down = low_before - low;
    let none = nothing(up) + nothing(down) + nothing(true_range);
    // Choices without a branch, which would be guessed wrong at every other bar.
    let counted = |moved: f64, other: f64| {
        let upward = if moved > 0.0 { moved } else { 0.0 };
        if moved > other { upward } else { 0.0 }
    };
    [counted(up, down) + none, counted(down, up) + none]
}

/// A directional index: the average movement as a share of the average range.
#[inline]
fn index(movement: f64, range: f64) -> f64 {
    100.0 * (movement / range)
}

/// How far the indices are apart, as a share of both; HOLD for a bar that leaves adx as it is.
#[inline]
fn apart(plus_di: f64, minus_di: f64, talib: bool) -> f64 {
    let sum = plus_di + minus_di;
    let share = 100.0 * ((plus_di - minus_di).abs() / sum);
    if talib {
        if sum < 1e-14 { HOLD } else { share }
    } else if sum == 0.0 {
        0.0
    } else {
        share
    }
}

/// No directional index is negative.
const HOLD: f64 = -1.0;
