//! Comparisons of many numbers at once, one bit for each.
//!
//! A bit a bar is all that a rule over many bars needs: sixty-four of them fit into a word, and a
//! conjunction of rules is one instruction.

/// Most numbers that one call compares.
pub const WORD: usize = 64;

#[cfg(target_arch = "x86_64")]
mod pairs {
    use core::arch::x86_64::{_mm_cmpge_pd, _mm_cmpgt_pd, _mm_loadu_pd, _mm_movemask_pd};

    /// Bits of two comparisons; `EQUAL` lets equal numbers count.
    #[inline]
    pub fn two<const EQUAL: bool>(a: &[f64; 2], b: &[f64; 2]) -> u64 {
        // SAFETY: two numbers may be read of each; every x86-64 processor has SSE2.
        let bits = unsafe {
            let (a, b) = (_mm_loadu_pd(a.as_ptr()), _mm_loadu_pd(b.as_ptr()));
            let mask = if EQUAL {
                _mm_cmpge_pd(a, b)
            } else {
                _mm_cmpgt_pd(a, b)
            };
            _mm_movemask_pd(mask)
        };
        u64::from(bits.cast_unsigned())
    }
}

#[cfg(all(target_family = "wasm", target_feature = "simd128"))]
mod pairs {
    #[cfg(target_arch = "wasm32")]
    use core::arch::wasm32 as arch;
    #[cfg(target_arch = "wasm64")]
    use core::arch::wasm64 as arch;

    use arch::{f64x2, f64x2_ge, f64x2_gt, i64x2_bitmask};

    /// Bits of two comparisons; `EQUAL` lets equal numbers count.
    #[inline]
    pub fn two<const EQUAL: bool>(a: &[f64; 2], b: &[f64; 2]) -> u64 {
        let (a, b) = (f64x2(a[0], a[1]), f64x2(b[0], b[1]));
        u64::from(i64x2_bitmask(if EQUAL {
            f64x2_ge(a, b)
        } else {
            f64x2_gt(a, b)
        }))
    }
}

#[cfg(not(any(
    target_arch = "x86_64",
    all(target_family = "wasm", target_feature = "simd128")
)))]
mod pairs {
    /// Bits of two comparisons; `EQUAL` lets equal numbers count.
    #[inline]
    pub fn two<const EQUAL: bool>(a: &[f64; 2], b: &[f64; 2]) -> u64 {
        let bit = |i: usize| u64::from(if EQUAL { a[i] >= b[i] } else { a[i] > b[i] });
        bit(0) | bit(1) << 1
    }
}

fn compared<const EQUAL: bool>(a: &[f64], b: &[f64]) -> u64 {
    let mut bits = 0;
    let (pairs_of_a, rest_of_a) = a.as_chunks::<2>();
    let (pairs_of_b, rest_of_b) = b.as_chunks::<2>();
    let places = (0..WORD).step_by(2);
    for ((a, b), place) in pairs_of_a.iter().zip(pairs_of_b).zip(places) {
        bits |= pairs::two::<EQUAL>(a, b) << place;
    }
    if let ([a], [b]) = (rest_of_a, rest_of_b) {
        let bit = pairs::two::<EQUAL>(&[*a, f64::NAN], &[*b, f64::NAN]);
        // An odd number of comparisons leaves a place.
        bits |= bit << (pairs_of_a.len() * 2 % WORD);
    }
    bits
}

/// Where the first is above the second: bit i for the numbers i, at most [`WORD`] of them. A
/// missing number is above nothing.
#[inline(never)]
#[must_use]
pub fn above(a: &[f64], b: &[f64]) -> u64 {
    compared::<false>(a, b)
}

/// Where the first is the second or above it.
#[inline(never)]
#[must_use]
pub fn at_least(a: &[f64], b: &[f64]) -> u64 {
    compared::<true>(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_and_order_gives_its_bits() {
        let numbers = [1.0, f64::NAN, 2.0, 1.0, -0.0, 0.0, f64::INFINITY];
        let a: Vec<f64> = (0..WORD).map(|i| numbers[i % 7]).collect();
        let b: Vec<f64> = (0..WORD).map(|i| numbers[(i * 3 + i / 7) % 7]).collect();
        for n in 0..=WORD {
            let (mut more, mut same) = (0, 0);
            for i in 0..n {
                more |= u64::from(a[i] > b[i]) << i;
                same |= u64::from(a[i] >= b[i]) << i;
            }
            assert_eq!(above(&a[..n], &b[..n]), more);
            assert_eq!(at_least(&a[..n], &b[..n]), same);
        }
    }
}
