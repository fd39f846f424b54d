//! Division by a whole number that is known beforehand.

use super::lanes::Value;
use super::window::Finish;

/// The reciprocal in two parts. Multiplying by both and adding takes a fraction of a division's
/// time, is off by less than one unit in the last place, and gives the exact quotient wherever
/// that is a double: the mean of a flat market is its price, that of whole numbers whole.
/// Infinite values give NaN: they count as missing.
#[derive(Debug, Clone, Copy)]
pub struct Divisor {
    high: f64,
    low: f64,
}

impl Divisor {
    /// For division by `n`, from 1 to 2⁵³.
    #[must_use]
    pub fn new(n: u64) -> Self {
        let high = 1.0 / n as f64;
        // high = mantissa · 2^−scale, so 1 − n · high is (2^scale − n · mantissa) / 2^scale, exactly.
        let bits = high.to_bits();
        let mantissa = (bits & ((1 << 52) - 1)) | (1 << 52);
        let scale = 1075 - (bits >> 52);
        // The rest is at most n / 2, so that arithmetic modulo 2^64 is enough.
        let whole = if scale < 64 { 1u64 << scale } else { 0 };
        let rest = whole.wrapping_sub(mantissa.wrapping_mul(n)).cast_signed();
        let unit = f64::from_bits((1023 - scale) << 52);
        Self {
            high,
            low: rest as f64 * unit / n as f64,
        }
    }

    /// The quotient.
    #[inline]
    #[must_use]
    pub fn divide<V: Value>(self, x: V) -> V {
        x * V::all(self.high) + x * V::all(self.low)
    }
}

impl Finish for Divisor {
    #[inline]
    fn apply<V: Value>(self, result: V) -> V {
        self.divide(result)
    }
}

#[cfg(test)]
mod tests {
    use super::Divisor;

    #[test]
    fn exact_where_the_quotient_is_a_double() {
        let mut x = 1u64;
        for n in (1..2000).chain([99_991, 1_000_000, 500_000_500_000]) {
            let divisor = Divisor::new(n);
            for _ in 0..200 {
                x = x
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                // A quotient short enough for the product to be exact.
                let bits = 53 - (64 - n.leading_zeros());
                let quotient = (x >> (64 - bits)) as f64;
                assert_eq!(
                    divisor.divide(quotient * n as f64).to_bits(),
                    quotient.to_bits(),
                    "{n}"
                );
                assert_eq!(divisor.divide(-quotient * n as f64), -quotient, "{n}");
            }
        }
    }

    #[test]
    fn within_one_unit_in_the_last_place() {
        let mut x = 1u64;
        for n in 1..3000 {
            let divisor = Divisor::new(n);
            for _ in 0..100 {
                x = x
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let sum = f64::from_bits((x >> 12) | (1023 << 52));
                let (ours, exact) = (divisor.divide(sum), sum / n as f64);
                assert!(ours.to_bits().abs_diff(exact.to_bits()) <= 1, "{sum} / {n}");
            }
        }
    }
}
