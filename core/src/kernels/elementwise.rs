//! Loops over columns in which no bar waits for another, in registers as wide as the processor has.
//!
//! The loop is compiled twice. Wide registers do to each number what narrow ones do, and nothing is
//! fused, so the bits are the same.

#[cfg(target_arch = "x86_64")]
use super::wide;

/// From so many bars on it is worth asking the processor.
#[cfg(target_arch = "x86_64")]
const WORTH: usize = 8;

/// Runs a loop over so many bars. It has to be written out where this is called: what it passes to
/// functions that are not inlined is computed in narrow registers.
#[inline]
pub fn elementwise<T>(bars: usize, pass: impl FnOnce() -> T) -> T {
    // A streamed bar goes without the question and the call.
    #[cfg(target_arch = "x86_64")]
    if bars >= WORTH && wide::available() {
        // SAFETY: the processor has what the function is compiled for.
        return unsafe { widely(pass) };
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = bars;
    pass()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn widely<T>(pass: impl FnOnce() -> T) -> T {
    pass()
}
