//! Least, greatest and sum of any window of bars, in steps of the logarithm of its length.

use core::ops::Range;

use crate::error::Error;
use crate::kernels::steps;

/// How many nodes one above them holds. Wide, so that levels are few and a level's nodes lie side by side.
const FAN: usize = 16;

/// What a run of bars comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// The least low; infinite where there is none.
    pub low: f64,
    /// The greatest high; negative infinity where there is none.
    pub high: f64,
    /// The sum of the volumes.
    pub volume: f64,
}

impl Node {
    /// Of no bar.
    pub const NONE: Self = Self {
        low: f64::INFINITY,
        high: f64::NEG_INFINITY,
        volume: 0.0,
    };

    #[inline]
    fn join(self, next: Self) -> Self {
        Self {
            low: if next.low < self.low {
                next.low
            } else {
                self.low
            },
            high: if next.high > self.high {
                next.high
            } else {
                self.high
            },
            volume: self.volume + next.volume,
        }
    }

    /// The least and the greatest, if there are any.
    #[must_use]
    pub fn extent(self) -> Option<(f64, f64)> {
        (self.low < f64::INFINITY && self.high > f64::NEG_INFINITY).then_some((self.low, self.high))
    }
}

/// The columns that a tree stands on. A volume that is not there counts as nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Leaves<'a> {
    /// What may be least.
    pub low: &'a [f64],
    /// What may be greatest: for a line the same.
    pub high: &'a [f64],
    /// What is summed up.
    pub volume: &'a [f64],
}

impl<'a> Leaves<'a> {
    /// The values of a line.
    #[must_use]
    pub const fn line(values: &'a [f64]) -> Self {
        Self {
            low: values,
            high: values,
            volume: &[],
        }
    }

    /// How many bars there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        if self.low.len() < self.high.len() {
            self.low.len()
        } else {
            self.high.len()
        }
    }

    /// Whether there is no bar.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[inline]
    fn node(&self, i: usize) -> Node {
        steps::kernel(1);
        let known = |x: f64, otherwise: f64| if x.is_finite() { x + 0.0 } else { otherwise };
        Node {
            low: known(self.low[i], f64::INFINITY),
            high: known(self.high[i], f64::NEG_INFINITY),
            volume: self.volume.get(i).map_or(0.0, |x| known(*x, 0.0)),
        }
    }
}

/// A tree over bars, which are not in it: they are given with each question.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    bars: usize,
    /// The lowest first; a node of a level is what `FAN` of the one below come to. The last level has at most `FAN`.
    levels: Vec<Vec<Node>>,
}

impl Tree {
    /// Of no bar.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            bars: 0,
            levels: Vec::new(),
        }
    }

    /// How many bars it has taken in.
    #[must_use]
    pub const fn bars(&self) -> usize {
        self.bars
    }

    /// Takes in the bars that have come since, and the last one known again, which may have been replaced. Where bars
    /// were taken away, those that are left but the last are as they were.
    ///
    /// # Errors
    /// [`OutOfMemory`](crate::Code::OutOfMemory); the tree is then empty, and can follow again.
    pub fn follow(&mut self, leaves: &Leaves<'_>) -> Result<(), Error> {
        let bars = leaves.len();
        let mut from = self.bars.min(bars).saturating_sub(1);
        let mut below = bars;
        let mut level = 0;
        self.bars = bars;
        while below > FAN {
            from /= FAN;
            let count = below.div_ceil(FAN);
            if let Err(error) = self.refold(leaves, level, from, below, count) {
                *self = Self::new();
                return Err(error);
            }
            below = count;
            level += 1;
        }
        self.levels.truncate(level);
        Ok(())
    }

    /// Computes the nodes of a level anew, from one on; there are so many in the level below.
    fn refold(
        &mut self,
        leaves: &Leaves<'_>,
        level: usize,
        from: usize,
        below: usize,
        count: usize,
    ) -> Result<(), Error> {
        if level == self.levels.len() {
            self.levels.push(Vec::new());
        }
        let (lower, upper) = self.levels.split_at_mut(level);
        let (lower, nodes) = (lower.last(), &mut upper[0]);
        // A level that is new begins at its first node.
        let from = from.min(nodes.len());
        nodes.truncate(from);
        nodes
            .try_reserve(count - from)
            .map_err(|_| Error::out_of_memory(count, "values"))?;
        for i in from..count {
            let under = i * FAN..((i + 1) * FAN).min(below);
            steps::kernel(1);
            nodes.push(match lower {
                None => under.fold(Node::NONE, |sum, i| sum.join(leaves.node(i))),
                Some(lower) => lower[under]
                    .iter()
                    .fold(Node::NONE, |sum, node| sum.join(*node)),
            });
        }
        Ok(())
    }

    /// A node of a level; level 0 is the bars.
    #[inline]
    fn node(&self, leaves: &Leaves<'_>, level: usize, i: usize) -> Node {
        if level == 0 {
            return leaves.node(i);
        }
        steps::kernel(1);
        self.levels[level - 1][i]
    }

    /// What the bars of a window come to. The bars are those that the tree has followed.
    ///
    /// The order in which volumes are added depends on the window alone, so that every host gives the same bits.
    #[must_use]
    pub fn fold(&self, leaves: &Leaves<'_>, window: Range<usize>) -> Node {
        let mut to = window.end.min(self.bars);
        let mut from = window.start.min(to);
        let (mut left, mut right) = (Node::NONE, Node::NONE);
        let mut level = 0;
        // At each level the ragged ends; what is between them is whole nodes of the next.
        while level < self.levels.len() && from < to {
            while !from.is_multiple_of(FAN) && from < to {
                left = left.join(self.node(leaves, level, from));
                from += 1;
            }
            while !to.is_multiple_of(FAN) && from < to {
                to -= 1;
                right = self.node(leaves, level, to).join(right);
            }
            from /= FAN;
            to /= FAN;
            level += 1;
        }
        for i in from..to {
            left = left.join(self.node(leaves, level, i));
        }
        left.join(right)
    }

    /// The least low and the greatest high of a window that a log scale can show: those above 0. Where the window has
    /// others, each of its bars is looked at.
    #[must_use]
    pub fn positive(&self, leaves: &Leaves<'_>, window: Range<usize>) -> Option<(f64, f64)> {
        let whole = self.fold(leaves, window.clone());
        if whole.low > 0.0 {
            return whole.extent();
        }
        let end = window.end.min(self.bars);
        let above = (window.start..end).fold(Node::NONE, |sum, i| {
            let mut node = leaves.node(i);
            if node.low <= 0.0 {
                node.low = f64::INFINITY;
            }
            sum.join(node)
        });
        above.extent().filter(|(low, high)| low <= high)
    }

    /// The first bar of a window that passes a test which a node passes if one of its bars does.
    #[must_use]
    pub fn find(
        &self,
        leaves: &Leaves<'_>,
        window: Range<usize>,
        test: impl Fn(&Node) -> bool,
    ) -> Option<usize> {
        let end = window.end.min(self.bars);
        let mut i = window.start;
        while i < end {
            // The largest node that begins here and ends within the window.
            let (mut level, mut width) = (0, 1);
            while level < self.levels.len()
                && i.is_multiple_of(width * FAN)
                && i + width * FAN <= end
            {
                level += 1;
                width *= FAN;
            }
            if !test(&self.node(leaves, level, i / width)) {
                i += width;
                continue;
            }
            while level > 0 {
                level -= 1;
                width /= FAN;
                while !test(&self.node(leaves, level, i / width)) {
                    i += width;
                }
            }
            return Some(i);
        }
        None
    }
}
