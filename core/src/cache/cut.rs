//! Where a series is cut into chunks.
//!
//! A value of the store lies in pages of 4 KiB, rounded up to a power of two of them, so a chunk should
//! come out just below one. How many bars that takes shows only when they are encoded: the chunk
//! before tells it well enough, and one that came out too long is cut again.

use super::bars::View;
use super::chunk::{Encoder, MOST_BARS};
use super::packed::BLOCK;

/// The most bytes of a chunk: two pages less what the store adds to a value.
pub const MOST_BYTES: usize = 2 * 4096 - 64;

/// The least of them that a chunk in the middle should have, or it is worth writing anew.
pub const FULL: usize = MOST_BYTES * 7 / 8;

/// Encodes bars chunk by chunk, and hands each over with the time of its first bar.
pub fn cut(bars: View<'_>, encoder: &mut Encoder, mut chunk: impl FnMut(i64, Vec<u8>)) {
    // Eight bytes a bar is what daily prices take.
    let mut guess = MOST_BYTES / 8 / BLOCK * BLOCK;
    let mut from = 0;
    while from < bars.len() {
        let mut count = guess.clamp(BLOCK, MOST_BARS).min(bars.len() - from);
        let bytes = loop {
            let bytes = encoder.encode(bars.part(from..from + count));
            if bytes.len() <= MOST_BYTES || count <= BLOCK {
                break bytes;
            }
            let fit = count * MOST_BYTES / bytes.len() / BLOCK * BLOCK;
            // Blocks differ: the estimate must at least go down.
            count = fit.min((count - 1) / BLOCK * BLOCK).max(BLOCK);
        };
        guess = count * MOST_BYTES / bytes.len() / BLOCK * BLOCK;
        chunk(bars.time[from], bytes);
        from += count;
    }
}
