//! One of two numbers, without a branch.
//!
//! Which one it is can be a coin's toss that no processor guesses. WebAssembly's `select` of two
//! numbers becomes a branch on x86 (there is no conditional move between vector registers), so its
//! vectors are used instead: a minimum of theirs is one instruction.

#[cfg(all(target_family = "wasm", target_feature = "simd128"))]
mod branchless {
    #[cfg(target_arch = "wasm32")]
    use core::arch::wasm32 as arch;
    #[cfg(target_arch = "wasm64")]
    use core::arch::wasm64 as arch;

    use arch::{f64x2_extract_lane, f64x2_gt, f64x2_pmin, f64x2_splat as all, v128_bitselect};

    #[inline]
    pub fn least(a: f64, b: f64) -> f64 {
        f64x2_extract_lane::<0>(f64x2_pmin(all(a), all(b)))
    }

    #[inline]
    pub fn if_above(x: f64, bound: f64, a: f64, b: f64) -> f64 {
        let above = f64x2_gt(all(x), all(bound));
        f64x2_extract_lane::<0>(v128_bitselect(all(a), all(b), above))
    }
}

#[cfg(not(all(target_family = "wasm", target_feature = "simd128")))]
mod branchless {
    use core::hint::select_unpredictable;

    #[inline]
    pub fn least(a: f64, b: f64) -> f64 {
        if b < a { b } else { a }
    }

    #[inline]
    pub fn if_above(x: f64, bound: f64, a: f64, b: f64) -> f64 {
        select_unpredictable(x > bound, a, b)
    }
}

/// The lesser of two numbers: the first where they are equal or one is missing.
#[inline]
#[must_use]
pub fn least(a: f64, b: f64) -> f64 {
    branchless::least(a, b)
}

/// `a` where `x` is above the bound, else `b`.
#[inline]
#[must_use]
pub fn if_above(x: f64, bound: f64, a: f64, b: f64) -> f64 {
    branchless::if_above(x, bound, a, b)
}
