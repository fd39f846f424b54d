//! Memory whose amount a caller decides is asked for; where it cannot be had, that is an error and
//! not the end of the module.

use core::sync::atomic::{AtomicUsize, Ordering};

use tvf_core::{Error, Params};

/// So many zeros.
pub fn zeros(n: usize) -> Result<Vec<f64>, Error> {
    let mut values = Vec::new();
    reserve(&mut values, n)?;
    lengthen(&mut values, n);
    Ok(values)
}

/// Makes a column `n` values long, the new ones zero; there is room.
fn lengthen(column: &mut Vec<f64>, n: usize) {
    let old = column.len();
    let Some(more) = n.checked_sub(old) else {
        return;
    };
    let room = &mut column.spare_capacity_mut()[..more];
    // SAFETY: all bits zero are the number 0, so the values are initialised before the length
    // covers them, and `room` is inside the capacity. (`resize` would store number by number;
    // a whole stretch of memory is cleared by a single instruction.)
    unsafe {
        room.as_mut_ptr().write_bytes(0, more);
        column.set_len(n);
    }
}

/// Makes a column `n` values long whose new ones are whatever the memory holds; there is room.
/// Clearing them first would take half as long as computing a moving average over them does.
///
/// # Safety
/// The new values are written before they are read.
pub unsafe fn lengthen_unwritten(column: &mut Vec<f64>, n: usize) {
    debug_assert!(n <= column.capacity());
    // SAFETY: there is room, as the caller says, and any bits are a float. Behind `black_box` the
    // memory is one that something else than this module has filled, so that nothing may be
    // concluded from its not having been written.
    unsafe {
        core::hint::black_box(column.as_mut_ptr());
        column.set_len(n);
    }
}

/// Room for `n` elements in all.
pub fn reserve<T>(values: &mut Vec<T>, n: usize) -> Result<(), Error> {
    let more = n.saturating_sub(values.len());
    values
        .try_reserve_exact(more)
        .map_err(|_| Error::out_of_memory(n, VALUES))
}

/// A count that came from JavaScript.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked"
)]
pub fn count(n: f64) -> Result<usize, Error> {
    if n >= 0.0 && n < (isize::MAX as usize / size_of::<f64>()) as f64 {
        return Ok(n as usize);
    }
    Err(Error::out_of_memory(n, VALUES))
}

const VALUES: &str = "values";

/// Sees to it that something is left for what takes little memory and does not ask: results of one
/// bar, texts, the glue.
pub fn leave_some() -> Result<(), Error> {
    let mut spare: Vec<f64> = Vec::new();
    reserve(&mut spare, ENOUGH)
}

/// The same for so many threads that compute, with the windows of usual periods: one of them that found no
/// memory could only stop for ever, and whoever waits for it with it.
pub fn leave_some_for(threads: usize) -> Result<(), Error> {
    let pieces = threads + USUAL * PER_BAR / ENOUGH;
    let mut spare: Vec<Vec<f64>> = Vec::new();
    for _ in 0..pieces {
        let mut piece = Vec::new();
        reserve(&mut piece, ENOUGH)?;
        spare.push(piece);
    }
    Ok(())
}

/// Values that are enough for a chunk of bars.
const ENOUGH: usize = 1 << 17;
/// Bars in windows for which nobody asks.
const USUAL: usize = 65_536;
/// Values per bar of a window that no indicator exceeds. The greediest is `support_resistance`,
/// which has two windows and a delay for the bars after a pivot, for highs and for lows: bars,
/// their folds, and as much again where a column grows by doubling.
const PER_BAR: usize = 16;

/// Values that kernels may yet take for the windows they were granted.
static GRANTED: AtomicUsize = AtomicUsize::new(0);

/// Memory for the windows of some indicators, given back when it is dropped.
#[derive(Debug)]
pub struct Grant(usize);

impl Drop for Grant {
    fn drop(&mut self) {
        GRANTED.fetch_sub(self.0, Ordering::Relaxed);
    }
}

/// Sees to it that the kernels of some indicators find memory for their windows.
///
/// They take it as their bars come and without asking, which is right for the few bars of usual
/// periods. For very long ones it is taken and given back here first, together with all that was
/// granted before: memory of a wasm module does not shrink, so it stays.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sums of periods"
)]
pub fn afford<'a>(members: impl IntoIterator<Item = &'a Params>) -> Result<Grant, Error> {
    let bars: f64 = members
        .into_iter()
        .flat_map(Params::raw)
        .filter(|x| **x > 0.0)
        .sum();
    if bars <= USUAL as f64 {
        return Ok(Grant(0));
    }
    let values = (bars * PER_BAR as f64) as usize;
    let all = GRANTED.load(Ordering::Relaxed).saturating_add(values);
    // In pieces, as memory is taken in pieces.
    let mut held: Vec<Vec<f64>> = Vec::new();
    let mut rest = all;
    while rest > 0 {
        let mut piece = Vec::new();
        let size = rest.min(1 << 20);
        reserve(&mut piece, size)?;
        held.push(piece);
        rest -= size;
    }
    GRANTED.fetch_add(values, Ordering::Relaxed);
    Ok(Grant(values))
}
