//! Prices at which a market turned, gathered into levels as the turns become known.
//!
//! Levels are kept in the order of their prices. A touch takes the nearest one out and puts it back
//! with the touch in it, so that the record of a touch is two positions and one level.

use super::{Kernel, steps};
use crate::codec::{Codec, Fields};
use crate::error::Error;
use crate::spec::MAX_STATE_ROWS;

/// Most touches in one bar: one from above and one from below.
const MAX_TOUCHES: usize = 2;
/// A touch may have a level make room for it.
const MAX_EDITS: usize = 2 * MAX_TOUCHES;

/// A turn of the market.
#[derive(Debug, Clone, Copy)]
pub struct Touch {
    /// Where it turned.
    pub price: f64,
    /// How far a level may be to take it.
    pub reach: f64,
    /// What it adds to its level's strength.
    pub strength: f64,
    /// The bar where it turned.
    pub bar: u64,
}

/// A price that turned the market.
#[derive(Debug, Clone, Copy)]
pub struct Level {
    sum: f64,
    /// How many touches.
    pub touches: u64,
    /// What they added up to.
    pub strength: f64,
    /// The bar of the first.
    pub first: u64,
    /// The bar of the last.
    pub last: u64,
}

impl Level {
    /// The mean price of its touches.
    #[must_use]
    pub fn price(&self) -> f64 {
        self.sum / self.touches as f64
    }

    fn take(&mut self, touch: Touch) {
        self.sum += touch.price;
        self.touches += 1;
        self.strength += touch.strength;
        self.last = touch.bar;
    }

    fn is_valid(&self) -> bool {
        (1..1 << 53).contains(&self.touches) && self.sum.is_finite()
    }
}

impl Fields for Level {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.sum)?;
        codec.u64(&mut self.touches)?;
        codec.f64(&mut self.strength)?;
        codec.u64(&mut self.first)?;
        codec.u64(&mut self.last)
    }
}

/// Bytes of a stored level.
const LEVEL_BYTES: usize = 5 * 8;

/// A change of the list that can be taken back: a level taken out, then one put in. Positions count
/// from 1; 0 stands for none.
#[derive(Debug, Clone, Copy)]
struct Edit {
    taken: u64,
    level: Level,
    put: u64,
}

impl Edit {
    const NONE: Self = Self {
        taken: 0,
        level: Level {
            sum: 0.0,
            touches: 1,
            strength: 0.0,
            first: 0,
            last: 0,
        },
        put: 0,
    };
}

impl Fields for Edit {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.u64(&mut self.taken)?;
        self.level.fields(codec)?;
        codec.u64(&mut self.put)
    }
}

/// The edits of a bar.
#[derive(Debug, Clone, Copy)]
struct Edits {
    each: [Edit; MAX_EDITS],
    len: usize,
}

impl Edits {
    const NONE: Self = Self {
        each: [Edit::NONE; MAX_EDITS],
        len: 0,
    };
}

/// The kernel.
#[derive(Debug, Clone)]
pub struct Levels {
    /// In the order of their prices.
    list: Vec<Level>,
    edits: Edits,
    parked: Edits,
}

impl Levels {
    /// No level yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            list: Vec::new(),
            edits: Edits::NONE,
            parked: Edits::NONE,
        }
    }

    /// The levels, in the order of their prices.
    #[must_use]
    pub fn get(&self) -> &[Level] {
        &self.list
    }

    /// Takes the next bar with the touches that became known in it.
    pub fn bar(&mut self, touches: [Option<Touch>; MAX_TOUCHES]) {
        self.edits.len = 0;
        for touch in touches.into_iter().flatten() {
            self.touch(touch);
        }
    }

    /// The nearest level takes the touch, of two equally near the lower one; where none is within
    /// reach, a new one begins.
    fn touch(&mut self, touch: Touch) {
        steps::kernel(self.list.len());
        let above = self.list.partition_point(|l| l.price() < touch.price);
        let distance = |at: usize| {
            let level = self.list.get(at)?;
            Some((touch.price - level.price()).abs())
        };
        let below = above.wrapping_sub(1);
        let nearest = match (distance(below), distance(above)) {
            (Some(down), Some(up)) if up < down => above,
            (None, _) => above,
            (Some(_), _) => below,
        };
        let near = distance(nearest).is_some_and(|d| d <= touch.reach);
        // No sum leaves the range of a double.
        if near && (self.list[nearest].sum + touch.price).is_finite() {
            let level = self.list.remove(nearest);
            let mut touched = level;
            touched.take(touch);
            let put = self.put(touched);
            self.record(Edit {
                taken: nearest as u64 + 1,
                level,
                put,
            });
            return;
        }
        if self.list.len() >= MAX_STATE_ROWS {
            self.make_room();
        }
        let put = self.put(Level {
            sum: touch.price,
            touches: 1,
            strength: touch.strength,
            first: touch.bar,
            last: touch.bar,
        });
        self.record(Edit { put, ..Edit::NONE });
    }

    /// Drops the level with the fewest touches; of several the one untouched for longest; of those
    /// the lowest.
    fn make_room(&mut self) {
        let weakest = self.list.iter().enumerate();
        let weakest = weakest.min_by_key(|(_, level)| (level.touches, level.last));
        if let Some((at, &level)) = weakest {
            self.list.remove(at);
            self.record(Edit {
                taken: at as u64 + 1,
                level,
                put: 0,
            });
        }
    }

    /// Puts a level in its place, and gives its position from 1.
    fn put(&mut self, level: Level) -> u64 {
        let price = level.price();
        let at = self.list.partition_point(|l| l.price() <= price);
        self.list.insert(at, level);
        at as u64 + 1
    }

    fn record(&mut self, edit: Edit) {
        self.edits.each[self.edits.len] = edit;
        self.edits.len += 1;
    }

    /// Takes the edits back; `None` if they do not belong to the list.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "compared with a length before"
    )]
    fn revert(&mut self) -> Option<()> {
        for edit in self.edits.each[..self.edits.len].iter().rev() {
            let len = self.list.len() as u64;
            if edit.put > len || edit.taken > len + u64::from(edit.put == 0) {
                return None;
            }
            if let Some(at) = edit.put.checked_sub(1) {
                self.list.remove(at as usize);
            }
            if let Some(at) = edit.taken.checked_sub(1) {
                self.list.insert(at as usize, edit.level);
            }
        }
        self.edits.len = 0;
        Some(())
    }

    /// Whether the levels are what touches can have made.
    fn is_valid(&self) -> bool {
        self.list.iter().all(Level::is_valid)
            && self.list.is_sorted_by(|a, b| a.price() <= b.price())
    }
}

impl Default for Levels {
    fn default() -> Self {
        Self::new()
    }
}

impl Kernel for Levels {
    fn undo(&mut self) {
        let reverted = self.revert();
        debug_assert!(reverted.is_some());
    }

    fn park(&mut self) {
        self.parked = self.edits;
    }

    fn unpark(&mut self) {
        self.edits = self.parked;
    }

    fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        let len = codec.length(self.list.len(), LEVEL_BYTES)?;
        if len > MAX_STATE_ROWS {
            return Err(Error::damaged("it has too many levels"));
        }
        self.list.resize(len, Edit::NONE.level);
        self.list.iter_mut().try_for_each(|l| l.fields(codec))?;
        let mut edits = self.edits.len as u64;
        codec.bounded(&mut edits, MAX_EDITS as u64)?;
        self.edits.each.fields(codec)?;
        if let Codec::Read(_) = codec {
            #[expect(clippy::cast_possible_truncation, reason = "at most MAX_EDITS")]
            {
                self.edits.len = edits as usize;
            }
            let mut before = self.clone();
            if before.revert().is_none() || !before.is_valid() || !self.is_valid() {
                return Err(Error::damaged("its levels are in disorder"));
            }
        }
        Ok(())
    }
}
