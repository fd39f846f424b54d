//! Mean by weight since a reset, and what it deviates by: three running sums that share their bars.
//!
//! Four blocks of the sums ([`scan`](super::scan)) go side by side, a block to a lane, and with them
//! the divisions and the root, so that nothing is written but results. Each lane does what a bar
//! alone would do, to the last bit.

use super::cumulative::Cumulative;
use super::lanes::{Four, Quad, Value};
use super::scan::LANES;
#[cfg(target_arch = "x86_64")]
use super::wide::{self, Wide};
use super::{Kernel, steps};
use crate::codec::Codec;
use crate::error::Error;

/// Blocks that are taken side by side.
const ABREAST: usize = 4;
/// Bars in them.
const TILE: usize = ABREAST * LANES;

/// What the results of many bars share.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// Sums are taken of distances from it, so that the deviation does not drown in a large number.
    pub base: f64,
    /// What results are counted from: the base, or missing where they are not to be seen.
    pub shown: f64,
    /// Deviations from the mean to the results beside it.
    pub mult: f64,
}

/// The kernel.
#[derive(Debug, Clone)]
pub struct Weighing {
    /// Of the weights, of the weighted distances, and of their squares.
    sums: [Cumulative; 3],
}

impl Default for Weighing {
    /// Starts without any weight.
    fn default() -> Self {
        Self {
            sums: core::array::from_fn(|_| Cumulative::new(0.0)),
        }
    }
}

impl Weighing {
    /// Remembers the present sums; called before the last bar of each call.
    pub fn record(&mut self) {
        self.sums.iter_mut().for_each(Cumulative::record);
    }

    /// Begins new sums at 0.
    pub fn restart(&mut self) {
        self.sums.iter_mut().for_each(Cumulative::restart);
    }

    /// Takes the next bar: the mean, with the results above and below it; nothing where the sum of
    /// the weights is not above 0.
    pub fn add(&mut self, frame: &Frame, x: f64, weight: f64) -> Option<[f64; 3]> {
        let [weights, distances, squares] = &mut self.sums;
        let [distance, square] = moments(x - frame.base, weight);
        let total = weights.add(weight);
        let sums = [total, distances.add(distance), squares.add(square)];
        (total > 0.0).then(|| results(sums, frame.shown, frame.mult))
    }

    /// Takes a bar that adds nothing.
    pub fn pass_over(&mut self) {
        for sum in &mut self.sums {
            sum.add(0.0);
        }
    }

    /// Bars up to the next block of the sums.
    #[must_use]
    pub fn left(&self) -> usize {
        self.sums[0].left()
    }

    /// Takes as many of the next bars as go side by side, and gives their number: none where the
    /// sums are inside a block, and up to a bar that is missing or without any weight so far.
    #[inline]
    pub fn tiles(
        &mut self,
        frame: &Frame,
        x: &[f64],
        weight: &[f64],
        out: [&mut [f64]; 3],
    ) -> usize {
        if x.len() < TILE || !self.sums.iter().all(Cumulative::at_block_start) {
            return 0;
        }
        let mut starts = self.sums.each_ref().map(Cumulative::start);
        #[cfg(target_arch = "x86_64")]
        let done = if wide::available() {
            // SAFETY: the processor has what the function is compiled for.
            unsafe { tiles_wide(&mut starts, frame, x, weight, out) }
        } else {
            tiles::<Four>(&mut starts, frame, x, weight, out)
        };
        #[cfg(not(target_arch = "x86_64"))]
        let done = tiles::<Four>(&mut starts, frame, x, weight, out);
        steps::kernel(self.sums.len() * done);
        for (sum, start) in self.sums.iter_mut().zip(starts) {
            sum.stand_at(start);
        }
        done
    }
}

/// A bar's share in the sums of distances and of squares.
#[inline(always)]
fn moments<V: Value>(distance: V, weight: V) -> [V; 2] {
    let weighted = weight * distance;
    [weighted, weighted * distance]
}

/// The mean, and the results above and below it.
#[inline(always)]
fn results<V: Value>([total, distances, squares]: [V; 3], shown: V, mult: V) -> [V; 3] {
    let mean = distances / total;
    let variance = squares / total - mean * mean;
    let reach = mult * variance.at_least_zero().root();
    let value = shown + mean;
    [value, value + reach, value - reach]
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn tiles_wide(
    starts: &mut [f64; 3],
    frame: &Frame,
    x: &[f64],
    weight: &[f64],
    out: [&mut [f64]; 3],
) -> usize {
    tiles::<Wide>(starts, frame, x, weight, out)
}

#[inline(always)]
fn tiles<Q: Quad>(
    starts: &mut [f64; 3],
    frame: &Frame,
    x: &[f64],
    weight: &[f64],
    out: [&mut [f64]; 3],
) -> usize {
    let (base, shown, mult) = (Q::all(frame.base), Q::all(frame.shown), Q::all(frame.mult));
    let [(values, _), (uppers, _), (lowers, _)] = out.map(|column| column.as_chunks_mut::<TILE>());
    let bars = x.as_chunks::<TILE>().0.iter();
    let bars = bars.zip(weight.as_chunks::<TILE>().0);
    let outs = values.iter_mut().zip(uppers).zip(lowers);
    let mut done = 0;
    for ((x, weight), ((values, uppers), lowers)) in bars.zip(outs) {
        let x = columns::<Q>(x);
        let weights = columns::<Q>(weight);
        let mut distances = x;
        let mut squares = x;
        for j in 0..LANES {
            [distances[j], squares[j]] = moments(x[j] - base, weights[j]);
        }
        let [weights, distances, squares] = [within(weights), within(distances), within(squares)];
        let (weight_before, weight_next) = before(starts[0], weights[LANES - 1]);
        let (distance_before, distance_next) = before(starts[1], distances[LANES - 1]);
        let (square_before, square_next) = before(starts[2], squares[LANES - 1]);
        // Anything missing or infinite in a tile reaches the sum behind it.
        if !(weight_next.is_finite() && distance_next.is_finite() && square_next.is_finite()) {
            break;
        }
        let mut totals = weights;
        let mut least = totals[0] + weight_before;
        for total in &mut totals {
            *total = *total + weight_before;
            least = least.lower(*total);
        }
        let mut lanes = [0.0; ABREAST];
        least.store(&mut lanes);
        if !(lanes[0] > 0.0 && lanes[1] > 0.0 && lanes[2] > 0.0 && lanes[3] > 0.0) {
            break;
        }
        let mut found = [[base; LANES]; 3];
        for j in 0..LANES {
            let sums = [
                totals[j],
                distances[j] + distance_before,
                squares[j] + square_before,
            ];
            [found[0][j], found[1][j], found[2][j]] = results(sums, shown, mult);
        }
        write(found[0], values);
        write(found[1], uppers);
        write(found[2], lowers);
        *starts = [weight_next, distance_next, square_next];
        done += TILE;
    }
    done
}

/// The bars of four blocks, the first of each first.
#[inline(always)]
fn columns<Q: Quad>(tile: &[f64; TILE]) -> [Q; LANES] {
    let (rows, _) = tile.as_chunks::<4>();
    let [a, b, c, d] = Q::turn([&rows[0], &rows[2], &rows[4], &rows[6]]);
    let [e, f, g, h] = Q::turn([&rows[1], &rows[3], &rows[5], &rows[7]]);
    [a, b, c, d, e, f, g, h]
}

/// Results the other way.
#[inline(always)]
fn write<Q: Quad>([a, b, c, d, e, f, g, h]: [Q; LANES], tile: &mut [f64; TILE]) {
    let (rows, _) = tile.as_chunks_mut::<4>();
    let [p, q, r, s, t, u, v, w] = rows else {
        return;
    };
    Q::turn_back([a, b, c, d], [p, r, t, v]);
    Q::turn_back([e, f, g, h], [q, s, u, w]);
}

/// The sums of each block up to each of its bars, as [`scan`](super::scan) adds them where nothing
/// decays.
#[inline(always)]
fn within<Q: Quad>(x: [Q; LANES]) -> [Q; LANES] {
    let mut pair = x;
    pair[0] = x[0] + Q::all(0.0);
    for j in 1..LANES {
        pair[j] = x[j] + x[j - 1];
    }
    let mut four = pair;
    for j in 2..LANES {
        four[j] = pair[j] + pair[j - 2];
    }
    let mut eight = four;
    for j in 4..LANES {
        eight[j] = four[j] + four[j - 4];
    }
    eight
}

/// The sums before each of four blocks, and behind the last, given the sum before the first and
/// what each block adds.
#[inline(always)]
fn before<Q: Quad>(start: f64, ends: Q) -> (Q, f64) {
    let mut lanes = [0.0; ABREAST];
    ends.store(&mut lanes);
    let second = lanes[0] + start;
    let third = lanes[1] + second;
    let fourth = lanes[2] + third;
    (Q::four([start, second, third, fourth]), lanes[3] + fourth)
}

impl Kernel for Weighing {
    fn undo(&mut self) {
        self.sums.iter_mut().for_each(Kernel::undo);
    }

    fn park(&mut self) {
        self.sums.iter_mut().for_each(Kernel::park);
    }

    fn unpark(&mut self) {
        self.sums.iter_mut().for_each(Kernel::unpark);
    }

    fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        self.sums.iter_mut().try_for_each(|sum| sum.code(codec))
    }
}
