//! Chaikin oscillator.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Accumulation, Decay, Memory, Recurrence, Seed, Visitor};
use crate::params::Params;
use crate::spec::{
    CLOSE, Chart, HIGH, LOW, Missing, Output, Param, ResultKind, Spec, Style, VOLUME,
};

/// Whether money flows in faster than it did.
#[derive(Debug, Clone)]
pub struct ChaikinOscillator {
    accumulation: Accumulation,
    fast: Recurrence,
    slow: Recurrence,
    /// Bars in a row that both averages have seen.
    seen: Memory<f64>,
    longest: f64,
}

impl Indicator for ChaikinOscillator {
    const SPEC: Spec = Spec {
        id: "chaikin_oscillator",
        title: "Chaikin Oscillator",
        summary: "The distance between a fast and a slow average of the accumulation/distribution line: whether money flows in faster than it did.",
        formula: "value = ema(adl, fast) − ema(adl, slow)",
        edges: &[
            "TradingView seeds each average with the mean of its first bars; TA-Lib seeds both with the line's first value, and shows nothing before the longer one has seen its bars.",
            "A bar with a missing value has no value, and the averages begin anew behind it.",
        ],
        source: "M. Chaikin; described in S. B. Achelis, Technical Analysis from A to Z, 1995",
        inputs: &[HIGH, LOW, CLOSE, VOLUME],
        params: &[
            Param::period("fast", 3, 1, "Bars of the fast average"),
            Param::period("slow", 10, 1, "Bars of the slow average"),
            Param::option(
                "seed",
                &["mean", "value"],
                "mean",
                "value",
                "How the averages begin",
            ),
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::new(
            "value",
            "The distance of the averages, in units of volume",
        )]),
        warmup: |params, _| params.period("fast").max(params.period("slow")) - 1,
        converged: |params, output| {
            let [fast, slow] = ["fast", "slow"].map(|name| params.period(name));
            let begin = (Self::SPEC.warmup)(params, output);
            // Lines that are the same are apart by nothing, wherever they begin. Of two, the longer
            // forgets last, since the seed that it shows at the end of its first bars or before them.
            let seeded = if params.is("seed", "mean") { begin } else { 0 };
            let bars = Decay::ema(fast.max(slow)).bars();
            Some(if fast == slow {
                begin
            } else {
                begin.max(seeded + bars)
            })
        },
        missing: Missing::Reseed,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line],
            levels: &[0.0],
        },
    };

    fn new(params: &Params) -> Self {
        let [fast, slow] = ["fast", "slow"].map(|name| params.period(name));
        let average = |period: usize| {
            if params.is("seed", "mean") {
                Recurrence::ema(period)
            } else {
                Recurrence::ema_seeded(period, Seed::mean(1))
            }
        };
        Self {
            accumulation: Accumulation::default(),
            fast: average(fast),
            slow: average(slow),
            seen: Memory::new(0.0),
            longest: fast.max(slow) as f64,
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [high, low, close, volume] = x.inputs();
        let [value] = out.series();
        let [line, first, second] = scratch.take(x.len());
        self.accumulation
            .process([high, low, close], volume, [&mut *first, second], line);
        self.fast.process(line, value);
        self.slow.process(line, first);
        let longest = self.longest;
        self.seen.run(x.len(), |seen, i| {
            *seen = if line[i].is_finite() {
                *seen + 1.0
            } else {
                0.0
            };
            let apart = value[i] - first[i];
            value[i] = if *seen < longest { f64::NAN } else { apart };
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.accumulation.visit(visitor);
        visitor.kernel(&mut self.fast);
        visitor.kernel(&mut self.slow);
        visitor.kernel(&mut self.seen);
    }
}
