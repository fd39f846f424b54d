//! Loops over columns in which no bar waits for another, in registers as wide as the processor has.
//!
//! The loop is compiled twice. Wide registers do to each number what narrow ones do, and nothing is
//! fused, so the bits are the same.

#[cfg(target_arch = "x86_64")]
use super::wide;

/// Runs a loop, which has to be written out where this is called: what it passes to functions that
/// are not inlined is computed in narrow registers.
#[inline]
pub fn elementwise<T>(pass: impl FnOnce() -> T) -> T {
    #[cfg(target_arch = "x86_64")]
    if wide::available() {
        // SAFETY: the processor has what the function is compiled for.
        return unsafe { widely(pass) };
    }
    pass()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn widely<T>(pass: impl FnOnce() -> T) -> T {
    pass()
}
