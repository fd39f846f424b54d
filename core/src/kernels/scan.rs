//! `y = decay · y₋₁ + x`, four bars at a time.
//!
//! Written bar by bar, each value waits for the one before. Here time is cut into blocks of four:
//! inside a block the parts that do not depend on the past are combined in two steps of doubling
//! reach, and the past enters once, as `decayʲ⁺¹ · y` with y from the end of the block before. One
//! multiplication and one addition per four bars remain in the chain. A single bar does the same
//! operations in the same order.

use crate::codec::{Codec, Fields};
use crate::error::Error;

/// Bars in a block; part of the definition, whatever the hardware has.
pub(super) const LANES: usize = 4;

#[derive(Debug, Clone, Copy)]
pub(super) struct Scan {
    decay: f64,
    decay2: f64,
    powers: [f64; LANES],
}

/// Where a scan stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Value at the end of the block before.
    start: f64,
    /// The last bar of this block.
    last: f64,
    /// First-step sums of the last two bars of this block.
    pairs: [f64; 2],
    /// Bars taken in this block, 0 to 3.
    pos: u64,
}

impl Place {
    pub const fn at(start: f64) -> Self {
        Self {
            start,
            last: 0.0,
            pairs: [0.0; 2],
            pos: 0,
        }
    }

    pub const fn start(&self) -> f64 {
        self.start
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
        codec.bounded(&mut self.pos, LANES as u64 - 1)
    }
}

impl Scan {
    pub fn new(decay: f64) -> Self {
        let decay2 = decay * decay;
        Self {
            decay,
            decay2,
            powers: [decay, decay2, decay2 * decay, decay2 * decay2],
        }
    }

    /// One bar.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "pos is below 4")]
    pub fn step(&self, place: &mut Place, x: f64) -> f64 {
        let pos = place.pos as usize;
        let pair = if pos == 0 {
            x
        } else {
            x + self.decay * place.last
        };
        let four = if pos < 2 {
            pair
        } else {
            pair + self.decay2 * place.pairs[0]
        };
        let y = four + self.powers[pos] * place.start;
        if pos + 1 == LANES {
            *place = Place::at(y);
        } else {
            *place = Place {
                start: place.start,
                last: x,
                pairs: [place.pairs[1], pair],
                pos: place.pos + 1,
            };
        }
        y
    }

    /// Four bars from a block's start; gives the four values, the last being the next start.
    #[inline]
    pub fn block(&self, start: f64, x: [f64; LANES]) -> [f64; LANES] {
        let p1 = x[1] + self.decay * x[0];
        let p2 = x[2] + self.decay * x[1];
        let p3 = x[3] + self.decay * x[2];
        let f2 = p2 + self.decay2 * x[0];
        let f3 = p3 + self.decay2 * p1;
        [
            x[0] + self.powers[0] * start,
            p1 + self.powers[1] * start,
            f2 + self.powers[2] * start,
            f3 + self.powers[3] * start,
        ]
    }
}
