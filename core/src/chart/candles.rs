//! Candles that stand for many bars each.

use core::ops::Range;

use super::buckets::Buckets;
use super::tree::{Leaves, Tree};
use crate::error::Error;

/// Columns of bars; empty where there is none of a name.
#[derive(Debug, Clone, Copy, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Columns<'a> {
    pub time: &'a [f64],
    pub open: &'a [f64],
    pub high: &'a [f64],
    pub low: &'a [f64],
    pub close: &'a [f64],
    pub volume: &'a [f64],
}

impl<'a> Columns<'a> {
    /// What a tree over them stands on.
    #[must_use]
    pub const fn leaves(&self) -> Leaves<'a> {
        Leaves {
            low: self.low,
            high: self.high,
            volume: self.volume,
        }
    }
}

/// Candles column by column. Its memory is used again by each call that fills it.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Candles {
    pub time: Vec<f64>,
    pub open: Vec<f64>,
    pub high: Vec<f64>,
    pub low: Vec<f64>,
    pub close: Vec<f64>,
    pub volume: Vec<f64>,
}

impl Candles {
    /// Without a candle.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            time: Vec::new(),
            open: Vec::new(),
            high: Vec::new(),
            low: Vec::new(),
            close: Vec::new(),
            volume: Vec::new(),
        }
    }

    /// The columns, in the order of their names above.
    #[must_use]
    pub const fn columns(&self) -> [&Vec<f64>; 6] {
        [
            &self.time,
            &self.open,
            &self.high,
            &self.low,
            &self.close,
            &self.volume,
        ]
    }

    /// Draws the bars of a window with at most one candle more than `most`: the first open and the last close that are
    /// there, the greatest high, the least low, the sum of the volumes, the first time. A bucket of one bar gives that
    /// bar. What a bucket has nothing of is NaN, and so is a column that is not there; volumes that are missing count
    /// as nothing.
    ///
    /// The buckets at both ends are whole: they reach beyond the window as far as there are bars.
    ///
    /// # Errors
    /// [`OutOfMemory`](crate::Code::OutOfMemory).
    pub fn fill(
        &mut self,
        tree: &Tree,
        bars: &Columns<'_>,
        window: Range<usize>,
        most: usize,
    ) -> Result<Buckets, Error> {
        let leaves = bars.leaves();
        let buckets = Buckets::new(window, most, tree.bars());
        let Self {
            time,
            open,
            high,
            low,
            close,
            volume,
        } = self;
        for column in [
            &mut *time,
            &mut *open,
            &mut *high,
            &mut *low,
            &mut *close,
            &mut *volume,
        ] {
            column.clear();
            column
                .try_reserve(buckets.count)
                .map_err(|_| Error::out_of_memory(buckets.count, "values"))?;
        }
        if buckets.step == 1 {
            let window = buckets.start..buckets.start + buckets.count;
            copy(time, bars.time, &window);
            copy(open, bars.open, &window);
            copy(high, bars.high, &window);
            copy(low, bars.low, &window);
            copy(close, bars.close, &window);
            copy(volume, bars.volume, &window);
            return Ok(buckets);
        }
        for bucket in buckets.iter() {
            let node = tree.fold(&leaves, bucket.clone());
            let known = |x: f64| if x.is_finite() { x } else { f64::NAN };
            time.push(first(part(bars.time, &bucket)));
            open.push(first(part(bars.open, &bucket)));
            high.push(known(node.high));
            low.push(known(node.low));
            close.push(last(part(bars.close, &bucket)));
            volume.push(if bars.volume.is_empty() {
                f64::NAN
            } else {
                node.volume
            });
        }
        Ok(buckets)
    }
}

/// The part of a column that lies in a window; nothing where the column is not there.
fn part<'a>(column: &'a [f64], window: &Range<usize>) -> &'a [f64] {
    column.get(window.clone()).unwrap_or(&[])
}

/// The values of single bars; missing ones are NaN.
fn copy(out: &mut Vec<f64>, column: &[f64], window: &Range<usize>) {
    if column.is_empty() {
        out.resize(window.len(), f64::NAN);
        return;
    }
    out.extend(
        part(column, window)
            .iter()
            .map(|x| if x.is_finite() { *x } else { f64::NAN }),
    );
}

fn first(values: &[f64]) -> f64 {
    values
        .iter()
        .copied()
        .find(|x| x.is_finite())
        .unwrap_or(f64::NAN)
}

fn last(values: &[f64]) -> f64 {
    values
        .iter()
        .rev()
        .copied()
        .find(|x| x.is_finite())
        .unwrap_or(f64::NAN)
}
