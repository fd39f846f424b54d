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

use super::{Kernel, Undoable, steps};
use crate::codec::{Codec, Fields};
use crate::error::Error;

/// An associative way to fold bars, told apart by the end at which a bar is added.
pub trait Fold: Clone {
    /// What is kept of a run of bars.
    type Part: Copy + Fields;
    /// A run of one bar.
    fn one(x: f64) -> Self::Part;
    /// A run with a newer bar added; `n` counts the bars including it.
    fn push(part: Self::Part, x: f64, n: f64) -> Self::Part;
    /// A run with an older bar added.
    fn prepend(x: f64, part: Self::Part) -> Self::Part;
    /// The result of an older run followed by a newer one, with the bars in each.
    fn join(older: Self::Part, older_n: f64, newer: Self::Part, newer_n: f64) -> f64;
    /// The result of a single run.
    fn whole(part: Self::Part, n: f64) -> f64;
}

/// Blocks that are taken side by side where there are enough bars.
const ABREAST: usize = 4;
/// Longest block for which that pays.
const MOST_ABREAST: usize = 128;

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
        codec.u64(&mut self.block)?;
        self.prefix.fields(codec)?;
        codec.f64(&mut self.overwritten)
    }
}

/// The kernel: [`Fold`] over the last `period` bars; missing (NaN) until there are that many.
#[derive(Debug, Clone)]
pub struct Window<F: Fold> {
    period: usize,
    /// Length of a block.
    len: usize,
    /// The bars of this block up to `pos`, behind them those of the block before.
    raw: Vec<f64>,
    /// `suffix[p]` folds bars p to len − 2 of the block before.
    suffix: Vec<F::Part>,
    /// Suffixes of blocks that are taken side by side; empty between calls of such.
    abreast: Vec<[F::Part; ABREAST]>,
    /// The block that `suffix` serves.
    built: u64,
    state: Undoable<State<F::Part>>,
}

impl<F: Fold> Window<F> {
    /// A window of `period` bars, at least one.
    #[must_use]
    pub fn new(period: usize) -> Self {
        let len = period.saturating_sub(1).max(1);
        let missing = F::one(f64::NAN);
        Self {
            period,
            len,
            raw: vec![f64::NAN; len],
            suffix: vec![missing; len - 1],
            abreast: Vec::new(),
            built: 0,
            state: Undoable::new(State {
                pos: len as u64,
                block: 0,
                prefix: missing,
                overwritten: f64::NAN,
            }),
        }
    }

    /// Takes the next bars, at least one, and writes the result of the window that ends at each.
    #[inline]
    pub fn process(&mut self, x: &[f64], out: &mut [f64]) {
        steps::kernel(x.len());
        let Some((&last, head)) = x.split_last() else {
            return;
        };
        self.bulk(head, &mut out[..head.len()]);
        self.state.record();
        out[head.len()] = self.step(last);
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
        state.overwritten = core::mem::replace(&mut self.raw[pos], x);
        state.pos = (pos + 1) as u64;
        self.suffix.get(pos).map_or_else(
            || F::whole(state.prefix, newer_n),
            |older| F::join(*older, (self.len - 1 - pos) as f64, state.prefix, newer_n),
        )
    }

    /// Starts the next block behind a full one whose bars are all in `raw`.
    fn begin_block(&mut self) {
        let state = &mut self.state.now;
        state.block += 1;
        state.pos = 0;
        state.prefix = F::one(self.raw[self.len - 1]);
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
    fn bulk(&mut self, x: &[f64], out: &mut [f64]) {
        if self.period == 1 {
            for (out, &x) in out.iter_mut().zip(x) {
                *out = F::whole(F::one(x), 1.0);
            }
            return;
        }
        let len = self.len;
        let mut pos = self.state.now.pos as usize;
        let mut i = 0;
        while i < x.len() {
            if pos == len && i >= len && len <= MOST_ABREAST && x.len() - i >= ABREAST * len {
                self.blocks_abreast(&x[i - len..], &mut out[i..i + ABREAST * len]);
                i += ABREAST * len;
                continue;
            }
            if pos == len {
                if i < len {
                    self.raw[len - i..].copy_from_slice(&x[..i]);
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
            let older = &self.suffix[pos..pos + joined];
            let run = out[i..i + joined].iter_mut().zip(&x[i..i + joined]);
            for ((out, &x), &older) in run.zip(older) {
                newer_n += 1.0;
                prefix = F::push(prefix, x, newer_n);
                *out = F::join(older, older_n, prefix, newer_n);
                older_n -= 1.0;
            }
            if joined < take {
                newer_n += 1.0;
                prefix = F::push(prefix, x[i + joined], newer_n);
                out[i + joined] = F::whole(prefix, newer_n);
            }
            self.state.now.prefix = prefix;
            i += take;
            pos += take;
        }
        self.state.now.pos = pos as u64;
        self.keep_last(x, pos);
    }

    /// Takes several whole blocks at once, so that their chains of operations run side by side.
    /// `x` begins one block before them.
    #[inline]
    fn blocks_abreast(&mut self, x: &[f64], out: &mut [f64]) {
        let len = self.len;
        let suffixes = len - 1;
        let (before, blocks) = (&x[..ABREAST * len], &x[len - 1..]);
        self.abreast.resize(suffixes, [F::one(f64::NAN); ABREAST]);
        let rows: [&[f64]; ABREAST] = core::array::from_fn(|b| &before[b * len..][..suffixes]);
        if let Some(last) = suffixes.checked_sub(1) {
            let mut parts = rows.map(|row| F::one(row[last]));
            self.abreast[last] = parts;
            let [x0, x1, x2, x3] = rows.map(|row| &row[..last]);
            let abreast = &mut self.abreast[..last];
            for j in (0..last).rev() {
                let [p0, p1, p2, p3] = parts;
                parts = [
                    F::prepend(x0[j], p0),
                    F::prepend(x1[j], p1),
                    F::prepend(x2[j], p2),
                    F::prepend(x3[j], p3),
                ];
                abreast[j] = parts;
            }
        }
        let rows: [&[f64]; ABREAST] = core::array::from_fn(|b| &blocks[b * len..][..=len]);
        let mut pieces = out.chunks_exact_mut(len);
        let mut outs: [&mut [f64]; ABREAST] =
            core::array::from_fn(|_| pieces.next().unwrap_or_default());
        let mut prefixes = rows.map(|row| F::one(row[0]));
        let mut newer_n = 1.0;
        let mut older_n = suffixes as f64;
        {
            let [x0, x1, x2, x3] = rows.map(|row| &row[1..=suffixes]);
            let [y0, y1, y2, y3] = outs.each_mut().map(|out| &mut out[..suffixes]);
            let abreast = &self.abreast[..suffixes];
            let [mut p0, mut p1, mut p2, mut p3] = prefixes;
            for k in 0..suffixes {
                newer_n += 1.0;
                let [s0, s1, s2, s3] = abreast[k];
                p0 = F::push(p0, x0[k], newer_n);
                p1 = F::push(p1, x1[k], newer_n);
                p2 = F::push(p2, x2[k], newer_n);
                p3 = F::push(p3, x3[k], newer_n);
                y0[k] = F::join(s0, older_n, p0, newer_n);
                y1[k] = F::join(s1, older_n, p1, newer_n);
                y2[k] = F::join(s2, older_n, p2, newer_n);
                y3[k] = F::join(s3, older_n, p3, newer_n);
                older_n -= 1.0;
            }
            prefixes = [p0, p1, p2, p3];
        }
        newer_n += 1.0;
        for b in 0..ABREAST {
            prefixes[b] = F::push(prefixes[b], rows[b][len], newer_n);
            outs[b][suffixes] = F::whole(prefixes[b], newer_n);
        }
        steps::kernel(ABREAST * suffixes);
        let state = &mut self.state.now;
        state.block += ABREAST as u64;
        state.prefix = prefixes[ABREAST - 1];
        self.built = state.block;
    }

    /// Brings `raw` up to date after a run of bars that ended at `pos`.
    fn keep_last(&mut self, x: &[f64], pos: usize) {
        let kept = &x[x.len() - x.len().min(self.len)..];
        let in_block = kept.len().min(pos);
        let (before, block) = kept.split_at(kept.len() - in_block);
        self.raw[pos - in_block..pos].copy_from_slice(block);
        let end = self.len;
        self.raw[end - before.len()..].copy_from_slice(before);
    }
}

/// `suffix[p]` becomes the fold of `block[p..]`.
#[inline]
fn fold_suffixes<F: Fold>(block: &[f64], suffix: &mut [F::Part]) {
    steps::kernel(block.len());
    let Some((&last, head)) = block.split_last() else {
        return;
    };
    let mut part = F::one(last);
    suffix[head.len()] = part;
    for (slot, &x) in suffix[..head.len()].iter_mut().zip(head).rev() {
        part = F::prepend(x, part);
        *slot = part;
    }
}

impl<F: Fold> Kernel for Window<F> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "pos is at most len, a usize"
    )]
    fn undo(&mut self) {
        if self.period > 1 {
            let State {
                pos, overwritten, ..
            } = self.state.now;
            self.raw[pos as usize - 1] = overwritten;
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
        self.raw.iter_mut().try_for_each(|x| codec.f64(x))?;
        self.state.code(codec)?;
        let State {
            pos,
            block,
            overwritten,
            ..
        } = self.state.now;
        for state in [self.state.now.pos, self.state.before().pos] {
            if state == 0 || state > self.len as u64 {
                return Err(Error::damaged("a position lies outside its window"));
            }
        }
        if let Codec::Read(_) = codec {
            self.built = block;
            let pos = pos as usize;
            // Behind `pos` lie the bars of the block before; the last bar may yet be undone.
            let mut block = self.raw.clone();
            block[pos - 1] = overwritten;
            if pos < self.len {
                fold_suffixes::<F>(&block[pos - 1..self.len - 1], &mut self.suffix[pos - 1..]);
            }
        }
        Ok(())
    }
}
