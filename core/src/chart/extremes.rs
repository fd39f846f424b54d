//! A line of many bars drawn with few points that keep its extremes.

use core::ops::Range;

use super::buckets::Buckets;
use super::tree::{Leaves, Tree};
use crate::error::Error;

/// The bars of a window at which a line has the least and the greatest value of each bucket, in their order: at most
/// two points a bucket, and so twice one more than `most`. A bucket without a value gives its first bar, so that a gap in
/// the line stays one; of equal values the first counts.
///
/// Writes bar numbers into `at` and values into `values`.
///
/// # Errors
/// [`OutOfMemory`](crate::Code::OutOfMemory).
pub fn extremes(
    tree: &Tree,
    line: &[f64],
    window: Range<usize>,
    most: usize,
    at: &mut Vec<f64>,
    values: &mut Vec<f64>,
) -> Result<Buckets, Error> {
    let leaves = Leaves::line(line);
    let buckets = Buckets::new(window, most, tree.bars());
    for out in [&mut *at, &mut *values] {
        out.clear();
        out.try_reserve(2 * buckets.count)
            .map_err(|_| Error::out_of_memory(2 * buckets.count, "values"))?;
    }
    let mut put = |bar: usize, value: f64| {
        at.push(bar as f64);
        values.push(value);
    };
    for bucket in buckets.iter() {
        let first = bucket.start;
        let Some((low, high)) = tree.fold(&leaves, bucket.clone()).extent() else {
            put(first, f64::NAN);
            continue;
        };
        let least = tree.find(&leaves, bucket.clone(), |node| node.low == low);
        let greatest = tree.find(&leaves, bucket, |node| node.high == high);
        let (least, greatest) = (least.unwrap_or(first), greatest.unwrap_or(first));
        if least <= greatest {
            put(least, low);
        }
        if greatest != least {
            put(greatest, high);
        }
        if least > greatest {
            put(least, low);
        }
    }
    Ok(buckets)
}
