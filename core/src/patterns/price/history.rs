//! The last bars: where they lie among those that have prices, and what was traded.

use std::collections::VecDeque;

use crate::patterns::family::Bar;

/// A bar as the rules remember it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    index: u64,
    pub close: f64,
    pub volume: f64,
}

/// A window of bars. A place is a bar's number among those that have prices: distances in time are
/// counted in these.
#[derive(Debug, Clone)]
pub(super) struct History {
    capacity: usize,
    taken: u64,
    bars: VecDeque<Seen>,
}

impl History {
    /// A window in which a pattern of so many bars fits.
    pub fn new(longest: usize) -> Self {
        let capacity = longest + 1;
        Self {
            capacity,
            taken: 0,
            bars: VecDeque::with_capacity(capacity),
        }
    }

    pub fn push(&mut self, bar: &Bar) {
        if self.bars.len() == self.capacity {
            self.bars.pop_front();
        }
        self.taken += 1;
        self.bars.push_back(Seen {
            index: bar.index,
            close: bar.close,
            volume: bar.volume,
        });
    }

    /// How many bars are remembered.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.bars.len()
    }

    /// The newest bar's place.
    pub fn newest(&self) -> f64 {
        self.taken as f64 - 1.0
    }

    fn oldest(&self) -> f64 {
        self.taken as f64 - self.bars.len() as f64
    }

    /// The place of a bar; of one that is no longer remembered, the place before all that are.
    pub fn place(&self, index: u64) -> f64 {
        let before = self.bars.partition_point(|seen| seen.index < index);
        if self
            .bars
            .get(before)
            .is_some_and(|seen| seen.index == index)
        {
            self.oldest() + before as f64
        } else {
            self.oldest() - 1.0
        }
    }

    /// The mean of a column from one place to another, both included, without what is missing; NaN
    /// if there is nothing, or if not all of the bars are remembered.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "places within the window"
    )]
    pub fn mean(&self, from: f64, to: f64, column: impl Fn(&Seen) -> f64) -> f64 {
        let oldest = self.oldest();
        if from < oldest || to < from {
            return f64::NAN;
        }
        let bars = self.bars.range((from - oldest) as usize..);
        let values = bars.take((to - from) as usize + 1).map(column);
        let (mut sum, mut count) = (0.0, 0.0);
        for value in values.filter(|x| x.is_finite()) {
            sum += value;
            count += 1.0;
        }
        sum / count
    }
}
