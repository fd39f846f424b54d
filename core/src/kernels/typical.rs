//! The typical price, bar by bar independent, as wide as the processor divides.

use super::lanes::{Four, Quad, Value};
#[cfg(target_arch = "x86_64")]
use super::wide::{self, Wide};

/// Writes (high + low + close) / 3 of each bar.
#[inline]
pub fn typical(prices: [&[f64]; 3], out: &mut [f64]) {
    #[cfg(target_arch = "x86_64")]
    if wide::available() && out.len() >= 4 {
        // SAFETY: the processor has what the function is compiled for.
        unsafe { typical_wide(prices, out) };
        return;
    }
    run::<Four>(prices, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn typical_wide(prices: [&[f64]; 3], out: &mut [f64]) {
    run::<Wide>(prices, out);
}

#[inline(always)]
fn run<Q: Quad>([high, low, close]: [&[f64]; 3], out: &mut [f64]) {
    let (highs, high) = high.as_chunks::<4>();
    let (lows, low) = low.as_chunks::<4>();
    let (closes, close) = close.as_chunks::<4>();
    let (outs, out) = out.as_chunks_mut::<4>();
    for (((out, high), low), close) in outs.iter_mut().zip(highs).zip(lows).zip(closes) {
        third(Q::load(high), Q::load(low), Q::load(close)).store(out);
    }
    for (((out, &high), &low), &close) in out.iter_mut().zip(high).zip(low).zip(close) {
        *out = third(high, low, close);
    }
}

#[inline(always)]
fn third<V: Value>(high: V, low: V, close: V) -> V {
    (high + low + close) / V::all(3.0)
}
