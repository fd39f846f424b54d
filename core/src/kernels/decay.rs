//! How long exponential smoothing remembers where the data began.

/// What the start of the data may weigh in a value that has converged.
pub const CONVERGED: f64 = 1e-6;

/// The share of the last value that a smoothing keeps from bar to bar.
#[derive(Debug, Clone, Copy)]
pub struct Decay(f64);

impl Decay {
    /// That of the exponential moving average.
    #[must_use]
    pub fn ema(period: usize) -> Self {
        Self(1.0 - 2.0 / (period as f64 + 1.0))
    }

    /// That of Wilder's moving average.
    #[must_use]
    pub fn wilder(period: usize) -> Self {
        let n = period as f64;
        Self((n - 1.0) / n)
    }

    pub(super) const fn share(self) -> f64 {
        self.0
    }

    /// Bars behind the seed until it weighs less than [`CONVERGED`].
    #[must_use]
    pub fn bars(self) -> usize {
        let step = Step {
            outer: self.0,
            inner: 0.0,
            mixed: 0.0,
        };
        step.bars([self.seed(), 0.0])
    }

    /// The same for a smoothing of what another one gives, whose seed was complete `ahead` bars
    /// before this one's: its remains flow in for as long as there are any.
    #[must_use]
    pub fn bars_behind(self, inner: Self, ahead: usize) -> usize {
        let step = Step {
            outer: self.0,
            inner: inner.0,
            mixed: (1.0 - self.0) * inner.0,
        };
        let inner = (0..usize::BITS)
            .zip(step.doubled())
            .filter(|(bit, _)| ahead >> bit & 1 == 1)
            .fold(inner.seed(), |left, (_, steps)| left * steps.inner);
        let outer = if self.0 == 0.0 { inner } else { self.seed() };
        step.bars([outer, inner])
    }

    /// What the start of the data weighs at the seed's last bar: nothing where a value is its own
    /// average.
    fn seed(self) -> f64 {
        if self.0 == 0.0 { 0.0 } else { 1.0 }
    }
}

/// What a number of bars does to the weights of the start of the data, in a smoothing (`outer`) and
/// in what is smoothed (`inner`).
#[derive(Debug, Clone, Copy)]
struct Step {
    outer: f64,
    inner: f64,
    /// What of the inner one flows into the outer one.
    mixed: f64,
}

impl Step {
    /// 1, 2, 4, 8 and so on bars: more than the longest period takes.
    fn doubled(self) -> impl DoubleEndedIterator<Item = Self> {
        let mut steps = [self; 28];
        for i in 1..steps.len() {
            let last = steps[i - 1];
            steps[i] = Self {
                outer: last.outer * last.outer,
                inner: last.inner * last.inner,
                mixed: last.mixed * (last.outer + last.inner),
            };
        }
        steps.into_iter()
    }

    /// Bars until the outer weight is less than [`CONVERGED`]. It never grows.
    fn bars(self, [mut outer, mut inner]: [f64; 2]) -> usize {
        if outer < CONVERGED {
            return 0;
        }
        let mut bars = 0;
        for step in self.doubled().rev() {
            bars *= 2;
            let next = step.outer * outer + step.mixed * inner;
            if next >= CONVERGED {
                (outer, inner) = (next, step.inner * inner);
                bars += 1;
            }
        }
        bars + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_to_counting() {
        for period in [1, 2, 3, 14, 200] {
            for decay in [Decay::ema(period), Decay::wilder(period)] {
                let mut bars = 0;
                let mut weight = decay.seed();
                while weight >= CONVERGED {
                    weight *= decay.0;
                    bars += 1;
                }
                assert_eq!(decay.bars(), bars, "{decay:?}");
            }
        }
    }

    #[test]
    fn equal_to_counting_one_behind_another() {
        for (own, other, ahead) in [
            (9, 26, 8),
            (14, 14, 13),
            (1, 5, 0),
            (5, 1, 4),
            (1, 1, 0),
            (300, 2, 1),
        ] {
            let (own, other) = (Decay::ema(own), Decay::ema(other));
            let mut inner = (0..ahead).fold(other.seed(), |left, _| left * other.0);
            let mut outer = if own.0 == 0.0 { inner } else { 1.0 };
            let mut bars = 0;
            while outer >= CONVERGED {
                inner *= other.0;
                outer = own.0 * outer + (1.0 - own.0) * inner;
                bars += 1;
            }
            assert_eq!(own.bars_behind(other, ahead), bars, "{own:?} of {other:?}");
        }
    }

    #[test]
    fn the_longest_periods_fit() {
        let slow = Decay::wilder(1_000_000);
        assert_eq!(slow.bars(), 13_815_504);
        assert!((16_000_000..17_000_000).contains(&slow.bars_behind(slow, 0)));
    }
}
