//! A fold over the last `period` bars, without drift and without a second look at the window.
//!
//! Time is cut into blocks of `period − 1` bars. A window that ends in a block is a suffix of the
//! block before (folded from right to left, once per block) joined with a prefix of this one. The
//! prefix starts with the last bar of the block before, and the suffix leaves that bar out. So
//! the suffixes never contain the youngest closed bar: replacing it, or peeking past it, needs no
//! second fold, and both stay constant in time at a block's end too.
//!
//! Nothing is ever subtracted, so the error of a result depends on its own window alone: a NaN or
//! a spike is gone `period` bars later. The last bit of a floating-point fold may depend on where
//! the blocks lie, hence on where the series began, never on how it was split into calls.
//!
//! Method: two-stack sliding window aggregation; K. Tangwongsan, M. Hirzel, S. Schneider,
//! "Low-latency sliding-window aggregation in worst-case constant time" (2017), here with blocks
//! as in M. van Herk, "A fast algorithm for local minimum and maximum filters" (1992).

use smallvec::SmallVec;

use super::abreast::{ABREAST, MOST, Room};
use super::lanes::{Quad, Value};
use super::{Kernel, Undoable, steps};
use crate::codec::{Codec, Fields};
use crate::error::Error;

/// An associative way to fold bars, told apart by the end at which a bar is added. Written for a
/// single window and for several side by side at once.
pub trait Fold: Clone {
    /// What is kept of a run of bars.
    type Part<V: Value>: Copy;
    /// A run of one bar.
    fn one<V: Value>(x: V) -> Self::Part<V>;
    /// A run with a newer bar added; `n` counts the bars including it.
    fn push<V: Value>(part: Self::Part<V>, x: V, n: V) -> Self::Part<V>;
    /// A run with an older bar added.
    fn prepend<V: Value>(x: V, part: Self::Part<V>) -> Self::Part<V>;
    /// The result of an older run followed by a newer one, with the bars in each.
    fn join<V: Value>(older: Self::Part<V>, older_n: V, newer: Self::Part<V>, newer_n: V) -> V;
    /// The result of a single run.
    fn whole<V: Value>(part: Self::Part<V>, n: V) -> V;
    /// The run in the last of several lanes.
    fn last_lane<Q: Quad>(part: Self::Part<Q>) -> Self::Part<f64>;
}

/// What is done to each result before it is written.
pub trait Finish: Copy {
    /// The number to write.
    fn apply<V: Value>(self, result: V) -> V;
}

/// Nothing is done.
#[derive(Debug, Clone, Copy)]
struct AsIs;

impl Finish for AsIs {
    #[inline]
    fn apply<V: Value>(self, result: V) -> V {
        result
    }
}

#[derive(Debug, Clone, Copy)]
struct State<P> {
    /// Bars taken in this block, 1 to `len` (`len` before the first bar: the block before time).
    pos: u64,
    /// Number of this block.
    block: u64,
    /// Fold of the last bar of the block before and the bars of this one.
    prefix: P,
    /// What the last bar overwrote in `raw`.
    overwritten: f64,
}

impl<P: Fields> Fields for State<P> {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.u64(&mut self.pos)?;
        codec.count(&mut self.block)?;
        self.prefix.fields(codec)?;
        codec.f64(&mut self.overwritten)
    }
}

/// The kernel: [`Fold`] over the last `period` bars; missing (NaN) until there are that many.
#[derive(Debug, Clone)]
pub struct Window<F: Fold>
where
    F::Part<f64>: Fields,
{
    period: usize,
    /// Length of a block.
    len: usize,
    /// The bars of this block up to `pos`, behind them those of the block before. Grows with the
    /// bars of the first block, so that a long period takes no memory before its bars are there;
    /// the first few need none of their own, which a call with few bars feels.
    raw: SmallVec<[f64; 4]>,
    /// `suffix[p]` folds bars p to len − 2 of the block before; empty in the first block, which
    /// has none before it.
    suffix: Vec<F::Part<f64>>,
    /// For blocks that are taken side by side.
    room: Room<F>,
    /// The block that `suffix` serves.
    built: u64,
    state: Undoable<State<F::Part<f64>>>,
}

impl<F: Fold> Window<F>
where
    F::Part<f64>: Fields,
{
    /// A window of `period` bars, at least one.
    #[must_use]
    pub fn new(period: usize) -> Self {
        let len = period.saturating_sub(1).max(1);
        Self {
            period,
            len,
            raw: SmallVec::new(),
            suffix: Vec::new(),
            room: Room::default(),
            built: 1,
            state: Undoable::new(State {
                pos: len as u64,
                block: 0,
                prefix: F::one(f64::NAN),
                overwritten: f64::NAN,
            }),
        }
    }

    /// Takes the next bars, at least one, and writes the result of the window that ends at each.
    #[inline]
    pub fn process(&mut self, x: &[f64], out: &mut [f64]) {
        self.process_with(x, AsIs, out);
    }

    /// The same, with something done to each result.
    #[inline]
    pub fn process_with(&mut self, x: &[f64], finish: impl Finish, out: &mut [f64]) {
        steps::kernel(x.len());
        let Some((&last, head)) = x.split_last() else {
            return;
        };
        self.bulk(head, finish, &mut out[..head.len()]);
        self.state.record();
        out[head.len()] = finish.apply(self.step(last));
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "pos is at most len, a usize"
    )]
    fn step(&mut self, x: f64) -> f64 {
        if self.period == 1 {
            return F::whole(F::one(x), 1.0);
        }
        let mut pos = self.state.now.pos as usize;
        if pos == self.len {
            self.begin_block();
            pos = 0;
        }
        let state = &mut self.state.now;
        let newer_n = (pos + 2) as f64;
        state.prefix = F::push(state.prefix, x, newer_n);
        if pos == self.raw.len() {
            self.raw.push(f64::NAN);
        }
        state.overwritten = core::mem::replace(&mut self.raw[pos], x);
        state.pos = (pos + 1) as u64;
        match self.suffix.get(pos) {
            Some(older) => {
                let older_n = (self.len - 1 - pos) as f64;
                F::join(*older, older_n, state.prefix, newer_n)
            }
            None if pos + 1 == self.len => F::whole(state.prefix, newer_n),
            None => f64::NAN,
        }
    }

    /// Starts the next block behind a full one whose bars are all in `raw`.
    fn begin_block(&mut self) {
        let state = &mut self.state.now;
        state.block += 1;
        state.pos = 0;
        state.prefix = F::one(self.raw.last().copied().unwrap_or(f64::NAN));
        if self.built != state.block {
            self.built = state.block;
            fold_suffixes::<F>(&self.raw[..self.len - 1], &mut self.suffix);
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "pos is at most len, a usize"
    )]
    #[inline]
    fn bulk(&mut self, x: &[f64], finish: impl Finish, out: &mut [f64]) {
        if x.is_empty() {
            return;
        }
        if self.period == 1 {
            for (out, &x) in out.iter_mut().zip(x) {
                *out = finish.apply(F::whole(F::one(x), 1.0));
            }
            return;
        }
        let len = self.len;
        let mut pos = self.state.now.pos as usize;
        let mut i = 0;
        while i < x.len() {
            if pos == len && i >= len && len <= MOST && x.len() - i >= ABREAST * len {
                let whole = (x.len() - i) / (ABREAST * len) * (ABREAST * len);
                self.blocks_abreast(&x[i - len..i + whole], finish, &mut out[i..i + whole]);
                i += whole;
                continue;
            }
            if pos == len {
                if i < len {
                    if i > 0 {
                        self.raw.resize(len, f64::NAN);
                        self.raw[len - i..].copy_from_slice(&x[..i]);
                    }
                    self.begin_block();
                } else {
                    let state = &mut self.state.now;
                    state.block += 1;
                    state.prefix = F::one(x[i - 1]);
                    self.built = state.block;
                    fold_suffixes::<F>(&x[i - len..i - 1], &mut self.suffix);
                }
                pos = 0;
            }
            let take = (len - pos).min(x.len() - i);
            let joined = take.min(len - 1 - pos);
            let mut prefix = self.state.now.prefix;
            let mut newer_n = (pos + 1) as f64;
            let mut older_n = (len - 1 - pos) as f64;
            let run = out[i..i + joined].iter_mut().zip(&x[i..i + joined]);
            if let Some(older) = self.suffix.get(pos..pos + joined) {
                for ((out, &x), &older) in run.zip(older) {
                    newer_n += 1.0;
                    prefix = F::push(prefix, x, newer_n);
                    *out = finish.apply(F::join(older, older_n, prefix, newer_n));
                    older_n -= 1.0;
                }
            } else {
                for (out, &x) in run {
                    newer_n += 1.0;
                    prefix = F::push(prefix, x, newer_n);
                    *out = f64::NAN;
                }
            }
            if joined < take {
                newer_n += 1.0;
                prefix = F::push(prefix, x[i + joined], newer_n);
                out[i + joined] = finish.apply(F::whole(prefix, newer_n));
            }
            self.state.now.prefix = prefix;
            i += take;
            pos += take;
        }
        self.state.now.pos = pos as u64;
        self.keep_last(x, pos);
    }

    /// Takes whole blocks, several at once: a multiple of [`ABREAST`]. `x` begins one block before
    /// them.
    #[inline]
    fn blocks_abreast(&mut self, x: &[f64], finish: impl Finish, out: &mut [f64]) {
        let prefix = self.room.blocks(x, self.len, finish, out);
        let blocks = out.len() / self.len;
        steps::kernel(blocks * (self.len - 1));
        let state = &mut self.state.now;
        state.block += blocks as u64;
        self.built = state.block;
        state.prefix = prefix;
    }

    /// Brings `raw` up to date after a run of bars that ended at `pos`.
    fn keep_last(&mut self, x: &[f64], pos: usize) {
        let kept = &x[x.len() - x.len().min(self.len)..];
        let in_block = kept.len().min(pos);
        let (before, block) = kept.split_at(kept.len() - in_block);
        let end = if before.is_empty() { pos } else { self.len };
        if self.raw.len() < end {
            self.raw.resize(end, f64::NAN);
        }
        self.raw[pos - in_block..pos].copy_from_slice(block);
        self.raw[end - before.len()..end].copy_from_slice(before);
    }
}

/// `suffix[p]` becomes the fold of `block[p..]`.
#[inline]
fn fold_suffixes<F: Fold>(block: &[f64], suffix: &mut Vec<F::Part<f64>>) {
    steps::kernel(block.len());
    let Some((&last, head)) = block.split_last() else {
        return;
    };
    let mut part = F::one(last);
    suffix.resize(block.len(), part);
    suffix[head.len()] = part;
    for (slot, &x) in suffix[..head.len()].iter_mut().zip(head).rev() {
        part = F::prepend(x, part);
        *slot = part;
    }
}

impl<F: Fold> Window<F>
where
    F::Part<f64>: Fields,
{
    /// Lets the record of the last bar go, where it will not be asked for.
    pub(super) fn settle(&mut self) {
        self.state.settle();
    }
}

impl<F: Fold> Kernel for Window<F>
where
    F::Part<f64>: Fields,
{
    #[expect(
        clippy::cast_possible_truncation,
        reason = "pos is at most len, a usize"
    )]
    fn undo(&mut self) {
        let State {
            pos, overwritten, ..
        } = self.state.now;
        if let Some(last) = self.raw.get_mut(pos as usize - 1) {
            *last = overwritten;
        }
        self.state.undo();
    }

    fn park(&mut self) {
        self.state.park();
    }

    fn unpark(&mut self) {
        self.state.unpark();
    }

    /// The suffixes are not part of the state: they follow from the bars.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "pos is at most len, a usize"
    )]
    fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        self.state.code(codec)?;
        let len = self.len as u64;
        let (now, before) = (self.state.now, *self.state.before());
        let follows = if now.pos == 1 {
            before.pos == len && before.block.checked_add(1) == Some(now.block)
        } else {
            before.pos == now.pos.wrapping_sub(1) && before.block == now.block
        };
        let same = (before.pos, before.block) == (now.pos, now.block);
        let inside = (1..=len).contains(&now.pos) && (now.block > 0 || now.pos == len);
        if !inside || !(follows || same) {
            return Err(Error::damaged("a position lies outside its window"));
        }
        // What the first block has not reached yet is no state, and takes no memory.
        let bars = match now.block {
            0 => 0,
            1 => now.pos as usize,
            _ => self.len,
        };
        if !matches!(codec, Codec::Read(_)) {
            return self.raw[..bars].iter_mut().try_for_each(|x| codec.f64(x));
        }
        self.raw.clear();
        for _ in 0..bars {
            let mut x = f64::NAN;
            codec.f64(&mut x)?;
            self.raw.push(x);
        }
        self.built = now.block.max(1);
        self.suffix.clear();
        if now.block > 1 {
            // Behind `pos` lie the bars of the block before; the last bar may yet be undone.
            let mut block = self.raw.clone();
            block[now.pos as usize - 1] = now.overwritten;
            fold_suffixes::<F>(&block[..self.len - 1], &mut self.suffix);
        }
        Ok(())
    }
}
