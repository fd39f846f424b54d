//! `y = decay · y₋₁ + gain · x`, eight bars at a time.
//!
//! Written bar by bar, each value waits for the one before. Here time is cut into blocks of eight:
//! inside a block the parts that do not depend on the past are combined in three steps of doubling
//! reach, and the past enters once, as `decayʲ⁺¹ · y` with y from the end of the block before. One
//! multiplication and one addition per eight bars remain in the chain. A single bar does the same
//! operations in the same order.
//!
//! Method: W. D. Hillis, G. L. Steele, "Data parallel algorithms" (1986), applied to a linear
//! recurrence.

use super::lanes::{Pair, Value};
use crate::codec::{Codec, Fields};
use crate::error::Error;

/// Bars in a block; part of the definition, whatever the hardware has.
pub(super) const LANES: usize = 8;

#[derive(Debug, Clone, Copy)]
pub(super) struct Scan {
    gain: f64,
    /// The first, second, … eighth power of the decay.
    powers: [f64; LANES],
}

/// Where a scan stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Value at the end of the block before.
    start: f64,
    /// The last bar of this block.
    last: f64,
    /// First-step results of the last two bars of this block, the older first.
    pairs: [f64; 2],
    /// Second-step results of the last four bars of this block, the oldest first.
    fours: [f64; 4],
    /// Bars taken in this block, 0 to 7.
    pos: u64,
}

impl Place {
    pub const fn at(start: f64) -> Self {
        Self {
            start,
            last: 0.0,
            pairs: [0.0; 2],
            fours: [0.0; 4],
            pos: 0,
        }
    }

    pub const fn start(&self) -> f64 {
        self.start
    }

    /// Bars up to the next block, 1 to 8.
    #[expect(clippy::cast_possible_truncation, reason = "pos is below 8")]
    pub const fn left(&self) -> usize {
        LANES - self.pos as usize
    }

    pub const fn at_block_start(&self) -> bool {
        self.pos == 0
    }
}

impl Fields for Place {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.start)?;
        codec.f64(&mut self.last)?;
        self.pairs.fields(codec)?;
        self.fours.fields(codec)?;
        codec.bounded(&mut self.pos, LANES as u64 - 1)
    }
}

impl Scan {
    pub fn new(decay: f64, gain: f64) -> Self {
        let second = decay * decay;
        let fourth = second * second;
        Self {
            gain,
            powers: [
                decay,
                second,
                second * decay,
                fourth,
                fourth * decay,
                fourth * second,
                fourth * second * decay,
                fourth * fourth,
            ],
        }
    }

    /// One bar.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "pos is below 8")]
    pub fn step(&self, place: &mut Place, x: f64) -> f64 {
        let [decay, second, _, fourth, ..] = self.powers;
        let pos = place.pos as usize;
        let pair = x + decay * place.last;
        let four = if pos < 2 {
            pair
        } else {
            pair + second * place.pairs[0]
        };
        let eight = if pos < 4 {
            four
        } else {
            four + fourth * place.fours[0]
        };
        let y = self.gain * eight + self.powers[pos] * place.start;
        if pos + 1 == LANES {
            *place = Place::at(y);
        } else {
            let [_, b, c, d] = place.fours;
            *place = Place {
                start: place.start,
                last: x,
                pairs: [place.pairs[1], pair],
                fours: [b, c, d, four],
                pos: place.pos + 1,
            };
        }
        y
    }

    /// Whole blocks from a block's start, up to one whose end is not finite: anything missing or
    /// infinite in a block reaches its last value. Gives the next start and the bars done.
    #[inline]
    pub fn blocks(&self, start: f64, x: &[f64], out: &mut [f64]) -> (f64, usize) {
        let (x, _) = x.as_chunks::<LANES>();
        let (out, _) = out.as_chunks_mut::<LANES>();
        let mut start = start;
        let mut done = 0;
        for (x, out) in x.iter().zip(out) {
            let end = self.block(start, x, out);
            if !end.is_finite() {
                break;
            }
            start = end;
            done += LANES;
        }
        (start, done)
    }

    /// Eight bars from a block's start; gives the last value, the next start.
    #[inline]
    fn block(&self, start: f64, x: &[f64; LANES], out: &mut [f64; LANES]) -> f64 {
        let [decay, second, _, fourth, ..] = self.powers.map(Pair::all);
        let at = |i: usize| Pair::load(pair_at(x, i));
        let now = [at(0), at(2), at(4), at(6)];
        let before = [Pair::new([0.0, x[0]]), at(1), at(3), at(5)];
        let pair: [Pair; 4] = core::array::from_fn(|i| now[i] + decay * before[i]);
        let four = [
            pair[0],
            pair[1] + second * pair[0],
            pair[2] + second * pair[1],
            pair[3] + second * pair[2],
        ];
        let eight = [
            four[0],
            four[1],
            four[2] + fourth * four[0],
            four[3] + fourth * four[1],
        ];
        let gain = Pair::all(self.gain);
        let start = Pair::all(start);
        let (powers, _) = self.powers.as_chunks::<2>();
        let (outs, _) = out.as_chunks_mut::<2>();
        let mut last = start;
        for ((out, eight), power) in outs.iter_mut().zip(eight).zip(powers) {
            last = gain * eight + Pair::load(power) * start;
            last.store(out);
        }
        last.get()[1]
    }
}

/// The numbers at `i` and behind it.
#[inline]
fn pair_at(x: &[f64; LANES], i: usize) -> &[f64; 2] {
    x[i..].first_chunk().unwrap_or(&[0.0; 2])
}
