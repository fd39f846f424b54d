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

    /// That of a smoothing that keeps this share of its last value, from 0 to below 1.
    #[must_use]
    pub const fn keeping(share: f64) -> Self {
        Self(share)
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

    /// The same for the last of up to six smoothings by this decay, each of what the one before
    /// gives and seeded `ahead` bars after it. `times` is how often the start counts in what is made of
    /// them.
    #[must_use]
    pub fn bars_of_chain(self, stages: usize, ahead: usize, times: f64) -> usize {
        if self.0 == 0.0 {
            return 0;
        }
        let chain = self.chain();
        let mut weights = [0.0; MOST];
        for i in MOST - stages..MOST {
            weights = chain.after(ahead, weights);
            weights[i] = times;
        }
        chain.bars(weights)
    }

    /// Bars until the start of the data weighs less than [`CONVERGED`] in the last of up to six
    /// smoothings by this decay, each of what the one before gives, where it now has these weights in
    /// them.
    #[must_use]
    pub fn bars_from(self, weights: &[f64]) -> usize {
        let mut all = [0.0; MOST];
        all[MOST - weights.len()..].copy_from_slice(weights);
        self.chain().bars(all)
    }

    fn chain(self) -> Chain {
        let gain = 1.0 - self.0;
        let mut share = self.0;
        Chain([(); MOST].map(|()| {
            let own = share;
            share *= gain;
            own
        }))
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

/// Most smoothings one behind another.
const MOST: usize = 6;

/// What a number of bars does to the weights of the start of the data in smoothings one behind another:
/// how much of each one's weight reaches itself, the next, the one after that. Of fewer than [`MOST`]
/// smoothings, the first have no weight.
#[derive(Debug, Clone, Copy)]
struct Chain([f64; MOST]);

impl Chain {
    fn apply(self, weights: [f64; MOST]) -> [f64; MOST] {
        let mut result = [0.0; MOST];
        for (from, weight) in weights.into_iter().enumerate() {
            for (reached, share) in result[from..].iter_mut().zip(self.0) {
                *reached += weight * share;
            }
        }
        result
    }

    /// 1, 2, 4, 8 and so on bars: more than the longest period takes.
    fn doubled(self) -> [Self; 28] {
        let mut steps = [self; 28];
        for i in 1..steps.len() {
            steps[i] = Self(steps[i - 1].apply(steps[i - 1].0));
        }
        steps
    }

    fn after(self, bars: usize, weights: [f64; MOST]) -> [f64; MOST] {
        (0..usize::BITS)
            .zip(self.doubled())
            .filter(|(bit, _)| bars >> bit & 1 == 1)
            .fold(weights, |weights, (_, steps)| steps.apply(weights))
    }

    /// Bars until the last weight is less than [`CONVERGED`].
    fn bars(self, mut weights: [f64; MOST]) -> usize {
        if weights[MOST - 1] < CONVERGED {
            return 0;
        }
        let mut bars = 0;
        for step in self.doubled().into_iter().rev() {
            bars *= 2;
            let next = step.apply(weights);
            if next[MOST - 1] >= CONVERGED {
                weights = next;
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
    fn equal_to_counting_in_a_chain() {
        for (period, ahead, times) in [(2, 1, 1.0), (9, 8, 3.0), (20, 0, 7.0), (1, 0, 2.0)] {
            let decay = Decay::ema(period);
            let mut weights = [0.0; 3];
            let step = |weights: &mut [f64; 3]| {
                let mut before = 0.0;
                for weight in weights {
                    *weight = decay.0 * *weight + (1.0 - decay.0) * before;
                    before = *weight;
                }
            };
            for i in 0..3 {
                (0..ahead).for_each(|_| step(&mut weights));
                weights[i] = times * decay.seed();
            }
            let mut bars = 0;
            while weights[2] >= CONVERGED {
                step(&mut weights);
                bars += 1;
            }
            assert_eq!(decay.bars_of_chain(3, ahead, times), bars, "{decay:?}");
        }
    }

    #[test]
    fn the_longest_periods_fit() {
        let slow = Decay::wilder(1_000_000);
        assert_eq!(slow.bars(), 13_815_504);
        assert!((16_000_000..17_000_000).contains(&slow.bars_behind(slow, 0)));
    }
}
