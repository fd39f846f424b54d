//! Rises and falls from bar to bar, and the share that rises have in them.

use super::{Memory, Recurrence, Seed, Visitor};

/// The kernel: how far each bar rose and how far it fell. One of the two is 0; both are missing at
/// the first bar and beside a missing value.
#[derive(Debug, Clone)]
pub struct Movement {
    before: Memory<f64>,
}

impl Default for Movement {
    /// No bar yet.
    fn default() -> Self {
        Self {
            before: Memory::new(f64::NAN),
        }
    }
}

impl Movement {
    /// Takes the next bars, at least one.
    pub fn process(&mut self, x: &[f64], rises: &mut [f64], falls: &mut [f64]) {
        self.before.previous(x, falls);
        for ((rise, fall), &now) in rises.iter_mut().zip(falls).zip(x) {
            // Without a branch, which random prices would have guessed wrong every other time.
            let change = now - *fall;
            let size = change.abs();
            *rise = 0.5 * (size + change);
            *fall = 0.5 * (size - change);
        }
    }

    /// Shows what it is made of.
    pub fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.before);
    }
}

/// The share of rises in the movement, by Wilder's averages: his relative strength index.
#[derive(Debug, Clone)]
pub struct Strength {
    movement: Movement,
    up: Recurrence,
    down: Recurrence,
    flat: f64,
}

impl Strength {
    /// Averages of `period` changes; `flat` for a market that has not moved at all.
    #[must_use]
    pub fn new(period: usize, flat: f64) -> Self {
        let average = Recurrence::wilder(period, Seed::mean(period));
        Self {
            movement: Movement::default(),
            up: average.clone(),
            down: average,
            flat,
        }
    }

    /// Takes the next bars, at least one, with room for three columns: the share, 0 to 100.
    pub fn process(&mut self, x: &[f64], room: [&mut [f64]; 3], out: &mut [f64]) {
        let [rises, falls, down] = room;
        self.movement.process(x, rises, falls);
        self.up.process(rises, out);
        self.down.process(falls, down);
        for (value, &down) in out.iter_mut().zip(&*down) {
            let both = *value + down;
            *value = if both == 0.0 {
                self.flat
            } else {
                100.0 * (*value / both)
            };
        }
    }

    /// Shows what it is made of.
    pub fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.movement.visit(visitor);
        visitor.kernel(&mut self.up);
        visitor.kernel(&mut self.down);
    }
}
