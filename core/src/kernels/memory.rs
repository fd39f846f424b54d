//! A rule that looks back at a few scalars only.

use core::ops::Range;

use super::{Kernel, Undoable, steps};
use crate::codec::{Codec, Fields};
use crate::error::Error;

/// Scalars that a rule carries from bar to bar.
#[derive(Debug, Clone)]
pub struct Memory<S> {
    state: Undoable<S>,
}

impl<S: Copy + Fields> Memory<S> {
    /// Starts from the given scalars.
    pub fn new(state: S) -> Self {
        Self {
            state: Undoable::new(state),
        }
    }

    /// Applies the rule to bars 0 to n − 1.
    #[inline]
    pub fn run(&mut self, n: usize, mut rule: impl FnMut(&mut S, usize)) {
        self.run_all(n, |now, bars| bars.for_each(|i| rule(now, i)));
    }

    /// Applies a rule that takes many bars at once to bars 0 to n − 1: to all but the last, then to
    /// that one.
    #[inline]
    pub fn run_all(&mut self, n: usize, mut rule: impl FnMut(&mut S, Range<usize>)) {
        steps::kernel(n);
        let Some(last) = n.checked_sub(1) else { return };
        let mut now = self.state.now;
        rule(&mut now, 0..last);
        self.state.now = now;
        self.state.record();
        rule(&mut self.state.now, last..n);
    }
}

impl<S: Copy + Fields> Memory<S> {
    /// The scalars as the last bar left them.
    #[must_use]
    pub const fn get(&self) -> S {
        self.state.now
    }

    /// Keeps what the last of the next bars, at least one, leaves behind: a rule that needs no more than
    /// that bar may see all of them at once.
    #[inline]
    pub fn keep_of<T: Copy>(&mut self, x: &[T], left: impl Fn(T) -> S) {
        steps::kernel(x.len());
        if let Some((&last, earlier)) = x.split_last() {
            let before_last = earlier.last().map_or(self.get(), |&x| left(x));
            self.set(before_last, left(last));
        }
    }

    /// Puts in place what a rule that saw many bars at once would have left: the scalars before
    /// its last bar, and after it.
    pub fn set(&mut self, before_last: S, after: S) {
        self.state.now = before_last;
        self.state.record();
        self.state.now = after;
    }
}

impl<const N: usize> Memory<[f64; N]> {
    /// Applies a filter that begins with the first finite value, and anew behind whatever is missing,
    /// infinite or leaves the range of a double. Before it begins, its first number is NaN.
    #[inline]
    pub fn filter(
        &mut self,
        x: &[f64],
        out: &mut [f64],
        begin: impl Fn(f64) -> [f64; N],
        mut rule: impl FnMut(&mut [f64; N], f64) -> f64,
    ) {
        self.run(x.len(), |state, i| {
            if state[0].is_nan() {
                *state = begin(x[i]);
            }
            out[i] = rule(state, x[i]);
            // A branch: arithmetic would make the next bar wait for it.
            if !out[i].is_finite() {
                out[i] = f64::NAN;
                *state = [f64::NAN; N];
            }
        });
    }
}

impl Memory<f64> {
    /// The bar before each bar; missing before the first.
    #[inline]
    pub fn previous(&mut self, x: &[f64], out: &mut [f64]) {
        let n = x.len();
        out[0] = self.get();
        out[1..n].copy_from_slice(&x[..n - 1]);
        self.keep(x);
    }

    /// Keeps the last of the next bars, at least one.
    #[inline]
    pub fn keep(&mut self, x: &[f64]) {
        self.keep_of(x, |x| x);
    }
}

impl<S: Copy + Fields> Kernel for Memory<S> {
    fn undo(&mut self) {
        self.state.undo();
    }

    fn park(&mut self) {
        self.state.park();
    }

    fn unpark(&mut self) {
        self.state.unpark();
    }

    fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        self.state.code(codec)
    }
}
