//! MESA adaptive moving average.

use crate::codec::{Codec, Fields};
use crate::columns::{Columns, Outputs, Scratch};
use crate::error::Error;
use crate::indicator::Indicator;
use crate::kernels::{Memory, Value, Visitor};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// Two averages whose speed follows the phase of the dominant cycle.
#[derive(Debug, Clone)]
pub struct Mama {
    cycle: Memory<Cycle>,
    limits: Limits,
}

/// How the averages begin, and between which weights they move.
#[derive(Debug, Clone, Copy)]
struct Limits {
    fast: f64,
    slow: f64,
    /// Bars before the first one whose cycle is measured.
    skipped: u64,
    /// Bars without a value.
    hidden: u64,
    /// Whether the averages begin with the mean of the bars passed over, or with 0.
    from_mean: bool,
}

impl Limits {
    fn of(params: &Params) -> Self {
        let from_mean = params.is("start", "mean");
        let (skipped, hidden) = if from_mean { (6, 5) } else { (12, 32) };
        Self {
            fast: params.number("fast"),
            slow: params.number("slow"),
            skipped,
            hidden,
            from_mean,
        }
    }
}

impl Indicator for Mama {
    const SPEC: Spec = Spec {
        id: "mama",
        title: "MESA Adaptive Moving Average",
        summary: "An average that jumps to the price when the cycle turns and then holds, with a slower one that follows it: their crosses mark turns.",
        formula: "mama = a · source + (1 − a) · mama[1]; fama = a / 2 · mama + (1 − a / 2) · fama[1]; a = fast / (phase[1] − phase), between slow and fast; phase in degrees is that of the dominant cycle, by Hilbert transforms of source",
        edges: &[
            "TA-Lib begins both lines with 0 and hides the first 32 bars; here they begin with the mean of six sources.",
            "A market that does not move has no phase: a is fast.",
            "How soon it forgets where the data begins depends on the prices.",
        ],
        source: "J. F. Ehlers, MAMA: The Mother of Adaptive Moving Averages, 2001",
        inputs: &[SOURCE],
        params: &[
            Param::float("fast", 0.5, (0.01, 0.99), "Most that the newest bar weighs"),
            Param::float(
                "slow",
                0.05,
                (0.01, 0.99),
                "Least that the newest bar weighs",
            ),
            Param::option(
                "start",
                &["mean", "zero"],
                "mean",
                "zero",
                "Whether the lines begin with the mean of six bars, or with 0 after twelve",
            ),
        ],
        derived: &[],
        result: ResultKind::Series(&[
            Output::new("mama", "The adaptive average"),
            Output::new("fama", "The average that follows it"),
        ]),
        warmup: |params, _| if params.is("start", "mean") { 5 } else { 32 },
        converged: |_, _| None,
        missing: Missing::Reseed,
        chart: Chart {
            overlay: true,
            styles: &[Style::Line, Style::Line],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        Self {
            cycle: Memory::new(Cycle::NONE),
            limits: Limits::of(params),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [source] = x.inputs();
        let [mama, fama] = out.series();
        let limits = self.limits;
        self.cycle.run(source.len(), |cycle, i| {
            [mama[i], fama[i]] = cycle.next(source[i], limits);
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.cycle);
    }
}

/// The last bars of what is measured, the newest first, and what is averaged of it.
#[derive(Debug, Clone, Copy)]
struct Cycle {
    bars: u64,
    prices: [f64; 4],
    smooth: [f64; 7],
    /// Without its trend; three bars later it is the part in phase.
    detrended: [f64; 10],
    quadrature: [f64; 7],
    /// The parts of the phasor, in phase and a quarter behind.
    phasor: [f64; 2],
    /// Its product with the one before: real and imaginary part.
    product: [f64; 2],
    period: f64,
    phase: f64,
    lines: [f64; 2],
}

impl Fields for Cycle {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.count(&mut self.bars)?;
        self.prices.fields(codec)?;
        self.smooth.fields(codec)?;
        self.detrended.fields(codec)?;
        self.quadrature.fields(codec)?;
        self.phasor.fields(codec)?;
        self.product.fields(codec)?;
        codec.f64(&mut self.period)?;
        codec.f64(&mut self.phase)?;
        self.lines.fields(codec)
    }
}

impl Cycle {
    const NONE: Self = Self {
        bars: 0,
        prices: [0.0; 4],
        smooth: [0.0; 7],
        detrended: [0.0; 10],
        quadrature: [0.0; 7],
        phasor: [0.0; 2],
        product: [0.0; 2],
        period: 0.0,
        phase: 0.0,
        lines: [0.0; 2],
    };

    fn next(&mut self, x: f64, limits: Limits) -> [f64; 2] {
        push(&mut self.prices, x);
        self.bars += 1;
        if self.bars > limits.skipped {
            self.measure(x, limits);
        } else if limits.from_mean {
            self.lines = self.lines.map(|sum| sum + x / limits.skipped as f64);
        }
        let sound = [
            x,
            self.lines[0],
            self.lines[1],
            self.product[0],
            self.product[1],
        ];
        if !sound.iter().all(|x| x.is_finite()) {
            *self = Self::NONE;
        }
        if self.bars > limits.hidden {
            self.lines
        } else {
            [f64::NAN; 2]
        }
    }

    fn measure(&mut self, x: f64, limits: Limits) {
        let [a, b, c, d] = self.prices;
        let gain = 0.075 * self.period + 0.54;
        push(&mut self.smooth, (4.0 * a + 3.0 * b + 2.0 * c + d) * 0.1);
        push(&mut self.detrended, turned(&self.smooth) * gain);
        push(&mut self.quadrature, turned(&self.detrended) * gain);
        let (in_phase, behind) = (self.detrended[3], self.quadrature[0]);
        let ahead = [
            turned(&self.detrended[3..]) * gain,
            turned(&self.quadrature) * gain,
        ];
        let before = self.phasor;
        self.phasor = [
            0.2 * (in_phase - ahead[1]) + 0.8 * before[0],
            0.2 * (behind + ahead[0]) + 0.8 * before[1],
        ];
        self.follow(x, degrees(behind, in_phase), limits);
        self.find_period(before);
    }

    /// Moves the lines by as much as the phase allows.
    fn follow(&mut self, x: f64, phase: f64, limits: Limits) {
        let turned = self.phase - phase;
        self.phase = phase;
        let weight = if turned > 1.0 {
            (limits.fast / turned).higher(limits.slow)
        } else {
            limits.fast
        };
        let [mama, fama] = self.lines;
        let mama = weight * x + (1.0 - weight) * mama;
        let weight = 0.5 * weight;
        self.lines = [mama, weight * mama + (1.0 - weight) * fama];
    }

    /// The period by which the phasor has turned since the bar before.
    fn find_period(&mut self, before: [f64; 2]) {
        let ([i, q], [i_before, q_before]) = (self.phasor, before);
        let [real, imaginary] = self.product;
        let real = 0.2 * (i * i_before + q * q_before) + 0.8 * real;
        let imaginary = 0.2 * (i * q_before - q * i_before) + 0.8 * imaginary;
        self.product = [real, imaginary];
        let last = self.period;
        let found = if imaginary != 0.0 && real != 0.0 {
            360.0 / degrees(imaginary, real)
        } else {
            last
        };
        let found = found.lower(1.5 * last).higher(0.67 * last);
        self.period = 0.2 * found.higher(6.0).lower(50.0) + 0.8 * last;
    }
}

/// Puts the newest value first.
fn push<const N: usize>(values: &mut [f64; N], x: f64) {
    values.copy_within(..N - 1, 1);
    values[0] = x;
}

/// A Hilbert transform of the last seven values, the newest first: a quarter of a wave late.
fn turned(x: &[f64]) -> f64 {
    (0.0962 * x[0] - 0.0962 * x[6]) - 0.5769 * x[4] + 0.5769 * x[2]
}

/// The angle whose tangent is a ratio; none where the ratio has no bound.
fn degrees(above: f64, below: f64) -> f64 {
    if below == 0.0 {
        return 0.0;
    }
    libm::atan(above / below).to_degrees()
}
