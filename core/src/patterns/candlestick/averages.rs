//! The averages behind the settings, all of them in one pass.
//!
//! A rule compares with the mean of the candles before, and TA-Lib keeps that mean as a running sum
//! which starts as late as the pattern allows. Where prices are whole ticks a comparison can hang on
//! the last bit of the sum, hence on the bar where it started. So each average has several sums, told
//! apart by their first bar, which go forward side by side; the patterns share them.

use super::setting::{Basis, Setting};
use crate::codec::{Codec, Fields};
use crate::error::Error;

/// Bars after which every sum is complete.
pub(super) const WARM: u8 = 16;
/// Sums of all chains together.
const SUMS: usize = 16;

/// Sums of the same basis and period, with the first bar of each.
struct Chain {
    basis: Basis,
    period: usize,
    starts: &'static [usize],
    /// What is made of each sum.
    settings: &'static [Setting],
}

const CHAINS: [Chain; 4] = [
    Chain {
        basis: Basis::Body,
        period: 10,
        starts: &[0, 1, 2, 3, 4],
        settings: &[Setting::LongBody],
    },
    Chain {
        basis: Basis::Range,
        period: 10,
        starts: &[0, 1, 2, 3],
        settings: &[Setting::Doji],
    },
    Chain {
        basis: Basis::Shadow,
        period: 10,
        starts: &[0, 1, 2],
        settings: &[Setting::ShortShadow],
    },
    Chain {
        basis: Basis::Range,
        period: 5,
        starts: &[0, 1, 5, 6],
        settings: &[Setting::Near, Setting::Far, Setting::Equal],
    },
];

/// Limits of all chains together: one for each sum and setting.
pub(super) const LIMITS: usize = {
    let (mut chain, mut limits) = (0, 0);
    while chain < CHAINS.len() {
        limits += CHAINS[chain].starts.len() * CHAINS[chain].settings.len();
        chain += 1;
    }
    limits
};

/// Which of the limits a setting has whose sum begins at a bar.
pub(super) fn limit(setting: Setting, start: usize) -> usize {
    let same = |other: &Setting| {
        let (a, b) = (setting.measure(), other.measure());
        (a.basis, a.period, a.factor) == (b.basis, b.period, b.factor)
    };
    let mut first = 0;
    for chain in &CHAINS {
        let starts = chain.starts.len();
        let place = chain.starts.iter().position(|&s| s == start);
        if let (Some(row), Some(place)) = (chain.settings.iter().position(same), place) {
            return first + row * starts + place;
        }
        first += starts * chain.settings.len();
    }
    LIMITS
}

/// The running sums.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sums([f64; SUMS]);

impl Fields for Sums {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        self.0.fields(codec)
    }
}

impl Sums {
    pub const ZERO: Self = Self([0.0; SUMS]);

    /// Takes the bars from one row to another, and writes their limits: what stands in a row compares
    /// with the bars before it. `ages` are the bars of the same run before each.
    pub fn advance(
        &mut self,
        bases: [&[f64]; 3],
        ages: &[u8],
        (from, to): (usize, usize),
        limits: &mut [f64],
    ) {
        let rows = ages.len();
        let [body, range, shadow, near] = &CHAINS;
        let [bodies, ranges, shadows] = bases;
        let (a, rest) = self.0.split_at_mut(body.starts.len());
        let (b, rest) = rest.split_at_mut(range.starts.len());
        let (c, d) = rest.split_at_mut(shadow.starts.len());
        let (of_body, rest) = limits.split_at_mut(rows * body.starts.len());
        let (of_range, rest) = rest.split_at_mut(rows * range.starts.len());
        let (of_shadow, of_near) = rest.split_at_mut(rows * shadow.starts.len());
        body.advance::<5>(bodies, ages, (from, to), a, of_body);
        range.advance::<4>(ranges, ages, (from, to), b, of_range);
        shadow.advance::<3>(shadows, ages, (from, to), c, of_shadow);
        near.advance::<4>(ranges, ages, (from, to), d, of_near);
    }
}

impl Chain {
    fn advance<const N: usize>(
        &self,
        x: &[f64],
        ages: &[u8],
        (from, to): (usize, usize),
        sums: &mut [f64],
        limits: &mut [f64],
    ) {
        let rows = ages.len();
        let mut now: [f64; N] = core::array::from_fn(|i| sums[i]);
        {
            let mut columns = limits.chunks_exact_mut(rows);
            let mut out: [&mut [f64]; N] =
                core::array::from_fn(|_| columns.next().map_or(&mut [][..], |c| &mut c[from..to]));
            let (x, old) = (&x[from..to], &x[from - self.period..to - self.period]);
            for (i, (&age, (&x, &old))) in ages[from..to].iter().zip(x.iter().zip(old)).enumerate()
            {
                for (out, &now) in out.iter_mut().zip(&now) {
                    out[i] = now;
                }
                if age >= WARM {
                    let change = x - old;
                    now = now.map(|now| now + change);
                } else {
                    self.begin(&mut now, usize::from(age), x, old);
                }
            }
        }
        sums.copy_from_slice(&now);
        self.finish::<N>(rows, (from, to), limits);
    }

    /// The first bars of a run.
    #[inline(never)]
    fn begin(&self, sums: &mut [f64], age: usize, x: f64, old: f64) {
        for (sum, &start) in sums.iter_mut().zip(self.starts) {
            if age >= start + self.period {
                *sum += x - old;
            } else if age == start {
                *sum = 0.0 + x;
            } else if age > start {
                *sum += x;
            }
        }
    }

    /// Makes limits of the sums. The first setting's stand where the sums are, and go last.
    fn finish<const N: usize>(&self, rows: usize, (from, to): (usize, usize), limits: &mut [f64]) {
        let (sums, others) = limits.split_at_mut(N * rows);
        let period = self.period as f64;
        for sums in sums.chunks_exact_mut(rows) {
            for sum in &mut sums[from..to] {
                *sum /= period;
            }
        }
        let blocks = others.chunks_exact_mut(N * rows);
        for (setting, block) in self.settings[1..].iter().zip(blocks) {
            let factor = setting.measure().factor;
            for (means, out) in sums.chunks_exact(rows).zip(block.chunks_exact_mut(rows)) {
                for (out, &mean) in out[from..to].iter_mut().zip(&means[from..to]) {
                    *out = factor * mean;
                }
            }
        }
        let factor = self.settings[0].measure().factor;
        // A shadow's mean is half of both together; a half is exact.
        let share = if self.basis == Basis::Shadow {
            0.5
        } else {
            1.0
        };
        for means in sums.chunks_exact_mut(rows) {
            for mean in &mut means[from..to] {
                *mean = factor * *mean * share;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::setting::MEASURES;
    use super::*;

    #[test]
    fn every_setting_with_a_period_has_limits() {
        assert_eq!(CHAINS.iter().map(|c| c.starts.len()).sum::<usize>(), SUMS);
        for measure in &MEASURES {
            let there = limit(measure.setting, 0) < LIMITS;
            assert_eq!(there, measure.period > 0, "{}", measure.name);
        }
        assert_eq!(limit(Setting::Near, 2), LIMITS);
        let last = limit(Setting::Equal, 6);
        assert_eq!(last, LIMITS - 1);
    }
}
