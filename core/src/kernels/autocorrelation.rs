//! How much a window of values resembles itself some bars earlier.
//!
//! Computed from the window alone whenever asked for: the cost grows with its length times the lags.

use super::lanes::{Four, Quad, Value};

/// Values to either side of a line that are no more than what rounding leaves, as a share of them.
const ROUNDING: f64 = 1.0 / (1u64 << 40) as f64;
/// A peak counts as the first of its kind from this share of the highest one on.
const NEARLY_HIGHEST: f64 = 0.9;

/// The length after which a window repeats itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cycle {
    /// In bars.
    pub length: usize,
    /// The correlation at that lag, 0 to 1.
    pub strength: f64,
}

/// Autocorrelation of a window, with the room it takes.
#[derive(Debug, Clone, Default)]
pub struct Autocorrelation {
    /// The window, then its distances from its line.
    x: Vec<f64>,
    /// Sums of squares: of all before a position, and of all from a position on.
    before: Vec<f64>,
    from: Vec<f64>,
    /// By lag, from 0 to half the window.
    by_lag: Vec<f64>,
}

impl Autocorrelation {
    /// Correlations of the window, less its least-squares line, with itself at lags 0 to half its
    /// length: `Σ x[i] · x[i + lag] / √(Σ x[i]² · Σ x[i + lag]²)` over the bars that have a partner.
    /// Empty if nothing but rounding is left beside the line.
    pub fn of(&mut self, window: [&[f64]; 2]) -> &[f64] {
        self.x.clear();
        self.x.extend(window.into_iter().flatten());
        self.by_lag.clear();
        let size = self.x.iter().fold(0.0, |size, x| x.abs().higher(size));
        subtract_line(&mut self.x);
        let n = self.x.len();
        let bound = size * ROUNDING;
        if !self.x.iter().any(|x| x.abs() > bound) {
            return &self.by_lag;
        }
        running(self.x.iter(), &mut self.before);
        running(self.x.iter().rev(), &mut self.from);
        for lag in 0..=n / 2 {
            let (earlier, later) = (&self.x[..n - lag], &self.x[lag..]);
            let size = (self.before[n - lag] * self.from[n - lag]).sqrt();
            // Rounding may lead past 1.
            self.by_lag
                .push((product(earlier, later) / size).lower(1.0));
        }
        &self.by_lag
    }

    /// The cycle of the window that [`Autocorrelation::of`] was last given: beyond the first lag
    /// without positive correlation, each stretch of positive ones has its peak; the first that
    /// comes near the highest counts. A stretch still rising at the last lag has none.
    #[must_use]
    pub fn cycle(&self) -> Option<Cycle> {
        let highest = self.peaks().fold(0.0, |highest, peak| {
            if peak.strength > highest {
                peak.strength
            } else {
                highest
            }
        });
        self.peaks()
            .find(|peak| peak.strength >= NEARLY_HIGHEST * highest)
    }

    fn peaks(&self) -> impl Iterator<Item = Cycle> {
        let mut length = 0;
        let stretches = self.by_lag.split_inclusive(|r| *r <= 0.0 || r.is_nan());
        let last = self.by_lag.len().saturating_sub(1);
        let peaks = stretches.map(move |stretch| {
            let mut peak = Cycle {
                length: 0,
                strength: 0.0,
            };
            for &strength in stretch {
                if strength > peak.strength {
                    peak = Cycle { length, strength };
                }
                length += 1;
            }
            peak
        });
        peaks
            .skip(1)
            .filter(move |peak| peak.strength > 0.0 && peak.length < last)
    }
}

/// Takes the least-squares line from the values.
fn subtract_line(x: &mut [f64]) {
    let Some(&base) = x.first() else { return };
    let n = x.len() as f64;
    let middle = (n - 1.0) / 2.0;
    let (mut sum, mut moment) = (0.0, 0.0);
    let mut at = -middle;
    for x in &mut *x {
        *x -= base;
        sum += *x;
        moment += at * *x;
        at += 1.0;
    }
    let slope = if n > 1.0 {
        moment / (n * (n * n - 1.0) / 12.0)
    } else {
        0.0
    };
    let mean = sum / n;
    let mut at = -middle;
    for x in x {
        *x -= mean + slope * at;
        at += 1.0;
    }
}

/// Sums of the first 0, 1, .. squares.
fn running<'a>(x: impl Iterator<Item = &'a f64>, out: &mut Vec<f64>) {
    let mut sum = 0.0;
    out.clear();
    out.push(sum);
    out.extend(x.map(|x| {
        sum += x * x;
        sum
    }));
}

/// Σ a · b, as four sums side by side.
fn product(a: &[f64], b: &[f64]) -> f64 {
    let (a, a_rest) = a.as_chunks::<4>();
    let (b, b_rest) = b.as_chunks::<4>();
    let mut sums = Four::all(0.0);
    for (a, b) in a.iter().zip(b) {
        sums = sums + Four::four(*a) * Four::four(*b);
    }
    let [p, q, r, s] = sums.get();
    let mut sum = (p + q) + (r + s);
    for (a, b) in a_rest.iter().zip(b_rest) {
        sum += a * b;
    }
    sum
}
