//! How a window is divided where it has more bars than the chart has room for.

use core::ops::Range;

/// Runs of equally many bars, cut at multiples of their length counted from the first bar of all. Their length is a
/// power of two. So a bucket holds the same bars wherever the window is moved to, and a chart does not flicker while it
/// is dragged; zoomed out, two buckets become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Buckets {
    /// The first bar of the first bucket, at or before that of the window.
    pub start: usize,
    /// How many bars each has; the last may have less.
    pub step: usize,
    /// How many there are: at most one more than asked for, as the window may begin and end inside of one.
    pub count: usize,
    bars: usize,
}

impl Buckets {
    /// The shortest buckets of which so many hold as many bars as the window has.
    #[must_use]
    pub fn new(window: Range<usize>, most: usize, bars: usize) -> Self {
        let to = window.end.min(bars);
        let from = window.start.min(to);
        let step = (to - from).div_ceil(most.max(1)).max(1);
        let step = step.checked_next_power_of_two().unwrap_or(step);
        let start = from - from % step;
        Self {
            start,
            step,
            count: if from < to {
                (to - start).div_ceil(step)
            } else {
                0
            },
            bars,
        }
    }

    /// The bars of each.
    pub fn iter(self) -> impl Iterator<Item = Range<usize>> {
        (0..self.count).map(move |i| {
            let from = self.start + i * self.step;
            from..from.saturating_add(self.step).min(self.bars)
        })
    }
}
