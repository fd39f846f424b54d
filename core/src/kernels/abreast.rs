//! Several blocks of a window side by side, so that their chains of operations run at the same time.
//!
//! Each lane takes one block, bar after bar in the order in which a window would take it alone, so
//! the bits are the same.

use core::fmt;

use super::lanes::{Four, Quad};
#[cfg(target_arch = "x86_64")]
use super::wide::{self, Wide};
use super::window::{Finish, Fold};

/// Blocks that are taken side by side where there are enough bars.
pub(super) const ABREAST: usize = 4;
/// Longest block for which that pays.
pub(super) const MOST: usize = 256;

/// Room for the suffixes of the blocks, kept from call to call.
#[derive(Clone)]
pub(super) struct Room<F: Fold> {
    four: Vec<F::Part<Four>>,
    #[cfg(target_arch = "x86_64")]
    wide: Vec<F::Part<Wide>>,
}

impl<F: Fold> fmt::Debug for Room<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Room").finish_non_exhaustive()
    }
}

impl<F: Fold> Default for Room<F> {
    fn default() -> Self {
        Self {
            four: Vec::new(),
            #[cfg(target_arch = "x86_64")]
            wide: Vec::new(),
        }
    }
}

impl<F: Fold> Room<F> {
    /// Writes the results of blocks of `len` bars, [`ABREAST`] or a multiple of it, and gives the
    /// prefix of the last. `x` begins one block before them.
    #[inline]
    pub fn blocks(
        &mut self,
        x: &[f64],
        len: usize,
        finish: impl Finish,
        out: &mut [f64],
    ) -> F::Part<f64> {
        #[cfg(target_arch = "x86_64")]
        if wide::available() {
            // SAFETY: the processor has what the function is compiled for.
            return unsafe { all_wide::<F>(x, len, finish, out, &mut self.wide) };
        }
        all::<F, Four>(x, len, finish, out, &mut self.four)
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn all_wide<F: Fold>(
    x: &[f64],
    len: usize,
    finish: impl Finish,
    out: &mut [f64],
    suffix: &mut Vec<F::Part<Wide>>,
) -> F::Part<f64> {
    all::<F, Wide>(x, len, finish, out, suffix)
}

/// All of the blocks. Those of the shortest windows have code of their own, as what surrounds so few
/// bars would take longer than they do.
#[inline(always)]
fn all<F: Fold, Q: Quad>(
    x: &[f64],
    len: usize,
    finish: impl Finish,
    out: &mut [f64],
    suffix: &mut Vec<F::Part<Q>>,
) -> F::Part<f64> {
    match len {
        1 => each::<F, Q>(x, 1, finish, out, suffix),
        2 => each::<F, Q>(x, 2, finish, out, suffix),
        3 => each::<F, Q>(x, 3, finish, out, suffix),
        4 => each::<F, Q>(x, 4, finish, out, suffix),
        _ => each::<F, Q>(x, len, finish, out, suffix),
    }
}

/// [`ABREAST`] blocks after the other.
#[inline(always)]
fn each<F: Fold, Q: Quad>(
    x: &[f64],
    len: usize,
    finish: impl Finish,
    out: &mut [f64],
    suffix: &mut Vec<F::Part<Q>>,
) -> F::Part<f64> {
    suffix.resize(len - 1, F::one(Q::all(f64::NAN)));
    let mut prefix = F::one(f64::NAN);
    for (k, out) in out.chunks_exact_mut(ABREAST * len).enumerate() {
        let x = &x[k * ABREAST * len..][..(ABREAST + 1) * len];
        prefix = blocks::<F, Q>(x, len, finish, out, &mut suffix[..len - 1]);
    }
    prefix
}

#[inline(always)]
fn blocks<F: Fold, Q: Quad>(
    x: &[f64],
    len: usize,
    finish: impl Finish,
    out: &mut [f64],
    suffix: &mut [F::Part<Q>],
) -> F::Part<f64> {
    let joined = len - 1;
    fold_suffixes::<F, Q>(core::array::from_fn(|i| &x[i * len..][..joined]), suffix);
    // Each row begins with the last bar of the block before.
    let x = &x[joined..];
    let rows: [&[f64]; ABREAST] = core::array::from_fn(|i| &x[i * len..][..=len]);
    let mut outs = out.chunks_exact_mut(len);
    let outs: [&mut [f64]; ABREAST] = core::array::from_fn(|_| outs.next().unwrap_or_default());
    let mut now = Prefix::<F, Q> {
        part: F::one(Q::four(rows.map(|row| row[0]))),
        newer_n: Q::all(1.0),
        older_n: Q::all(joined as f64),
    };
    let [a, b, c, d] = rows.map(|row| row[1..].as_chunks::<4>());
    let [p, q, r, s] = outs.map(|row| row.as_chunks_mut::<4>());
    let (olders, rest) = suffix.as_chunks::<4>();
    for (k, older) in olders.iter().enumerate() {
        let x = Q::turn([&a.0[k], &b.0[k], &c.0[k], &d.0[k]]);
        let results = [
            finish.apply(now.join(x[0], older[0])),
            finish.apply(now.join(x[1], older[1])),
            finish.apply(now.join(x[2], older[2])),
            finish.apply(now.join(x[3], older[3])),
        ];
        Q::turn_back(
            results,
            [&mut p.0[k], &mut q.0[k], &mut r.0[k], &mut s.0[k]],
        );
    }
    // What is left of a block: up to four bars, the last of which no suffix is joined to.
    let full = 4 * olders.len();
    let mut lasts = [
        tail(p.0, p.1, full),
        tail(q.0, q.1, full),
        tail(r.0, r.1, full),
        tail(s.0, s.1, full),
    ];
    for k in 0..len - full {
        let x = Q::four(rows.map(|row| row[1 + full + k]));
        let result = match rest.get(k) {
            Some(older) => now.join(x, *older),
            None => now.whole(x),
        };
        let [p, q, r, s] = &mut lasts;
        finish
            .apply(result)
            .scatter([&mut p[k], &mut q[k], &mut r[k], &mut s[k]]);
    }
    F::last_lane(now.part)
}

/// The bars of a block so far, in each of four blocks.
struct Prefix<F: Fold, Q: Quad> {
    part: F::Part<Q>,
    newer_n: Q,
    older_n: Q,
}

impl<F: Fold, Q: Quad> Prefix<F, Q> {
    /// The results of the windows that end with the next bars, where suffixes are left to join.
    #[inline(always)]
    fn join(&mut self, x: Q, older: F::Part<Q>) -> Q {
        self.push(x);
        let result = F::join(older, self.older_n, self.part, self.newer_n);
        self.older_n = self.older_n - Q::all(1.0);
        result
    }

    /// The results of the windows that end with the last bars of their blocks.
    #[inline(always)]
    fn whole(&mut self, x: Q) -> Q {
        self.push(x);
        F::whole(self.part, self.newer_n)
    }

    #[inline(always)]
    fn push(&mut self, x: Q) {
        self.newer_n = self.newer_n + Q::all(1.0);
        self.part = F::push(self.part, x, self.newer_n);
    }
}

/// The bars of a row from `full` on, whether they lie in its last whole tile or behind it.
#[inline(always)]
fn tail<'a>(tiles: &'a mut [[f64; 4]], rest: &'a mut [f64], full: usize) -> &'a mut [f64] {
    match tiles.get_mut(full / 4) {
        Some(tile) => tile,
        None => rest,
    }
}

/// `suffix[p]` becomes the fold of the rows from p on.
#[inline(always)]
fn fold_suffixes<F: Fold, Q: Quad>(rows: [&[f64]; ABREAST], suffix: &mut [F::Part<Q>]) {
    let Some((last, slots)) = suffix.split_last_mut() else {
        return;
    };
    let mut part = F::one(Q::four(rows.map(|row| row[slots.len()])));
    *last = part;
    let [a, b, c, d] = rows.map(|row| row[..slots.len()].as_rchunks::<4>());
    let (heads, slots) = slots.as_rchunks_mut::<4>();
    for (k, slots) in slots.iter_mut().enumerate().rev() {
        let x = Q::turn([&a.1[k], &b.1[k], &c.1[k], &d.1[k]]);
        // Written out: what passes through an iterator is not compiled for wide registers.
        for i in [3, 2, 1, 0] {
            part = F::prepend(x[i], part);
            slots[i] = part;
        }
    }
    for (k, slot) in heads.iter_mut().enumerate().rev() {
        part = F::prepend(Q::four(rows.map(|row| row[k])), part);
        *slot = part;
    }
}
