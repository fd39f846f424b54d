//! Four numbers in one register, on x86-64 processors that have them (AVX2 and FMA).
//!
//! Whether this one has is asked at run time ([`available`]). Each lane does what a single number
//! does, to the last bit: wider registers change the speed and nothing else.

#![cfg(target_arch = "x86_64")]

use core::arch::x86_64::{
    __m256d, _CMP_GE_OQ, _CMP_LE_OQ, _CMP_LT_OQ, _CMP_UNORD_Q, _mm_cvtsd_f64, _mm_unpackhi_pd,
    _mm256_add_pd, _mm256_andnot_pd, _mm256_blendv_pd, _mm256_castpd256_pd128, _mm256_cmp_pd,
    _mm256_div_pd, _mm256_extractf128_pd, _mm256_fmadd_pd, _mm256_fnmadd_pd, _mm256_loadu_pd,
    _mm256_movemask_pd, _mm256_mul_pd, _mm256_or_pd, _mm256_permute2f128_pd, _mm256_set1_pd,
    _mm256_setr_pd, _mm256_sqrt_pd, _mm256_storeu_pd, _mm256_sub_pd, _mm256_unpackhi_pd,
    _mm256_unpacklo_pd,
};
use core::ops::{Add, Div, Mul, Sub};

use super::divisor::Divisor;
use super::lanes::{Quad, Value};

#[cfg(feature = "counters")]
thread_local! {
    static NARROW: core::cell::Cell<bool> = const { core::cell::Cell::new(false) };
}

/// Has this thread do without wide registers, for tests that compare both ways.
#[cfg(feature = "counters")]
pub fn narrow(yes: bool) {
    NARROW.set(yes);
}

/// Whether this processor has what [`Wide`] needs.
#[inline]
#[must_use]
pub fn available() -> bool {
    #[cfg(feature = "counters")]
    if NARROW.get() {
        return false;
    }
    std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma")
}

/// Four numbers. Only code that [`available`] guards, and that is compiled for AVX2 and FMA, may
/// make and use them; everything here is inlined into such code.
#[derive(Debug, Clone, Copy)]
pub struct Wide(__m256d);

macro_rules! operators {
    ($($trait:ident $method:ident $op:ident;)+) => {$(
        impl $trait for Wide {
            type Output = Self;

            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                // SAFETY: a `Wide` exists only where the processor has AVX2.
                Self(unsafe { $op(self.0, other.0) })
            }
        }
    )+};
}

operators! {
    Add add _mm256_add_pd;
    Sub sub _mm256_sub_pd;
    Mul mul _mm256_mul_pd;
    Div div _mm256_div_pd;
}

impl Wide {
    /// The first where the mask is set or it is missing, else the second.
    #[inline(always)]
    fn pick(self, other: Self, mask: __m256d) -> Self {
        // SAFETY: a `Wide` exists only where the processor has AVX2.
        Self(unsafe {
            let mask = _mm256_or_pd(mask, _mm256_cmp_pd::<_CMP_UNORD_Q>(self.0, self.0));
            _mm256_blendv_pd(other.0, self.0, mask)
        })
    }
}

impl Value for Wide {
    #[inline(always)]
    fn all(x: f64) -> Self {
        // SAFETY: the caller is compiled for AVX2.
        Self(unsafe { _mm256_set1_pd(x) })
    }

    #[inline(always)]
    fn reaches(self, bound: Self, this: Self, that: Self) -> Self {
        // SAFETY: a `Wide` exists only where the processor has AVX2.
        this.pick(that, unsafe {
            _mm256_cmp_pd::<_CMP_GE_OQ>(self.0, bound.0)
        })
    }

    #[inline(always)]
    fn root(self) -> Self {
        // SAFETY: a `Wide` exists only where the processor has AVX2.
        Self(unsafe { _mm256_sqrt_pd(self.0) })
    }

    #[inline(always)]
    fn higher(self, other: Self) -> Self {
        // SAFETY: a `Wide` exists only where the processor has AVX2.
        self.pick(other, unsafe {
            _mm256_cmp_pd::<_CMP_GE_OQ>(self.0, other.0)
        })
    }

    #[inline(always)]
    fn lower(self, other: Self) -> Self {
        // SAFETY: a `Wide` exists only where the processor has AVX2.
        self.pick(other, unsafe {
            _mm256_cmp_pd::<_CMP_LE_OQ>(self.0, other.0)
        })
    }

    /// The quotient by a multiplication and a correction, which is the correctly rounded one (P. W.
    /// Markstein, "Computation of elementary functions on the IBM RISC System/6000 processor", 1990):
    /// the remainder of a first guess is exact in a fused operation, and the divisor, a whole number
    /// of at most 40 bits, leaves every quotient at least 2⁻⁴¹ units away from the middle of two
    /// doubles, where the guess is off by less than 2⁻⁵⁰. Sums so
    /// small that the remainder could leave the normal range are divided.
    #[inline(always)]
    fn divided(self, by: Divisor) -> Self {
        // SAFETY: a `Wide` exists only where the processor has AVX2 and FMA.
        unsafe {
            let (n, share) = (_mm256_set1_pd(by.number()), _mm256_set1_pd(by.share()));
            let size = _mm256_andnot_pd(_mm256_set1_pd(-0.0), self.0);
            let small = _mm256_cmp_pd::<_CMP_LT_OQ>(size, _mm256_set1_pd(Divisor::SMALL));
            if _mm256_movemask_pd(small) != 0 {
                let zero = _mm256_sub_pd(self.0, self.0);
                return Self(_mm256_add_pd(_mm256_div_pd(self.0, n), zero));
            }
            let guess = _mm256_mul_pd(self.0, share);
            let rest = _mm256_fnmadd_pd(guess, n, self.0);
            Self(_mm256_fmadd_pd(rest, share, guess))
        }
    }
}

impl Quad for Wide {
    #[inline(always)]
    fn four([a, b, c, d]: [f64; 4]) -> Self {
        // SAFETY: the caller is compiled for AVX2.
        Self(unsafe { _mm256_setr_pd(a, b, c, d) })
    }

    #[inline(always)]
    fn load(x: &[f64; 4]) -> Self {
        // SAFETY: the four numbers may be read; the caller is compiled for AVX2.
        Self(unsafe { _mm256_loadu_pd(x.as_ptr()) })
    }

    #[inline(always)]
    fn store(self, out: &mut [f64; 4]) {
        // SAFETY: the four numbers may be written; a `Wide` exists only where the processor has AVX2.
        unsafe { _mm256_storeu_pd(out.as_mut_ptr(), self.0) }
    }

    #[inline(always)]
    fn last(self) -> f64 {
        // SAFETY: a `Wide` exists only where the processor has AVX2.
        unsafe {
            let high = _mm256_extractf128_pd::<1>(self.0);
            _mm_cvtsd_f64(_mm_unpackhi_pd(high, high))
        }
    }

    #[inline(always)]
    fn turn(rows: [&[f64; 4]; 4]) -> [Self; 4] {
        let [a, b, c, d] = rows;
        turned([Self::load(a), Self::load(b), Self::load(c), Self::load(d)])
    }

    #[inline(always)]
    fn turn_back(columns: [Self; 4], rows: [&mut [f64; 4]; 4]) {
        let [a, b, c, d] = turned(columns);
        let [p, q, r, s] = rows;
        a.store(p);
        b.store(q);
        c.store(r);
        d.store(s);
    }

    #[inline(always)]
    fn scatter(self, [a, b, c, d]: [&mut f64; 4]) {
        // SAFETY: a `Wide` exists only where the processor has AVX2.
        unsafe {
            let low = _mm256_castpd256_pd128(self.0);
            let high = _mm256_extractf128_pd::<1>(self.0);
            *a = _mm_cvtsd_f64(low);
            *b = _mm_cvtsd_f64(_mm_unpackhi_pd(low, low));
            *c = _mm_cvtsd_f64(high);
            *d = _mm_cvtsd_f64(_mm_unpackhi_pd(high, high));
        }
    }
}

/// Rows as columns.
#[inline(always)]
fn turned([a, b, c, d]: [Wide; 4]) -> [Wide; 4] {
    // SAFETY: a `Wide` exists only where the processor has AVX2.
    unsafe {
        let (ab_low, ab_high) = (_mm256_unpacklo_pd(a.0, b.0), _mm256_unpackhi_pd(a.0, b.0));
        let (cd_low, cd_high) = (_mm256_unpacklo_pd(c.0, d.0), _mm256_unpackhi_pd(c.0, d.0));
        [
            Wide(_mm256_permute2f128_pd::<0x20>(ab_low, cd_low)),
            Wide(_mm256_permute2f128_pd::<0x20>(ab_high, cd_high)),
            Wide(_mm256_permute2f128_pd::<0x31>(ab_low, cd_low)),
            Wide(_mm256_permute2f128_pd::<0x31>(ab_high, cd_high)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::{Divisor, Quad, Value, Wide, available};

    #[target_feature(enable = "avx2,fma")]
    fn quotients(x: [f64; 4], by: Divisor) -> [f64; 4] {
        let mut out = [0.0; 4];
        Wide::four(x).divided(by).store(&mut out);
        out
    }

    #[test]
    fn quotients_are_those_of_a_division() {
        if !available() {
            return;
        }
        let mut bits: u64 = 1;
        let mut next = || {
            bits ^= bits << 13;
            bits ^= bits >> 7;
            bits ^= bits << 17;
            bits
        };
        for round in 0..400_000_u64 {
            let n = match round % 4 {
                0 => 1 + next() % 300,
                1 => 1 + next() % 1_000_000,
                2 => (1 + next() % 1_000_000).pow(2),
                _ => 1 << (next() % 40),
            };
            let by = Divisor::new(n);
            // Any bits at all; numbers of few bits, whose quotients may be whole; and tiny ones.
            let whole = (next() % 4096) as f64;
            let x = [
                f64::from_bits(next()),
                whole * n as f64,
                whole * 0.25,
                whole * 1e-305,
            ];
            // SAFETY: the processor has what the function is compiled for.
            let found = unsafe { quotients(x, by) };
            for (x, found) in x.into_iter().zip(found) {
                let exact = x.divided(by);
                assert!(
                    found.to_bits() == exact.to_bits() || (found.is_nan() && exact.is_nan()),
                    "{x:e} / {n}: {found:e} is not {exact:e}"
                );
            }
        }
    }
}
