//! The counts to thirteen: countdown and combo.

use super::rules::{Combo, Qualifier, Rules};
use super::seen::{Recent, Seen, exactly};
use super::setup::{LENGTH, Setup};
use crate::kernels::least;
use crate::patterns::findings::Findings;
use crate::patterns::pattern::{Condition, Miss};

/// How many bars make a countdown.
pub const FULL: usize = 13;
/// The fewest bars of a count that is a near miss when it is cancelled.
const NEAR: usize = 10;

/// The bar of the furthest true low, from which the risk level follows.
#[derive(Debug, Clone, Copy)]
pub struct Risk {
    pub low: f64,
    range: f64,
}

impl Default for Risk {
    fn default() -> Self {
        Self {
            low: f64::INFINITY,
            range: 0.0,
        }
    }
}

impl Risk {
    pub fn next(&mut self, bar: &Seen) {
        if bar.true_low < self.low {
            self.low = bar.true_low;
            self.range = bar.true_high - bar.true_low;
        }
    }

    /// The price of failure: as far below the low as that bar is long.
    pub fn level(&self) -> f64 {
        self.low - self.range
    }
}

/// The bars that are counted.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    pub bars: Vec<Seen>,
    /// How many bars were looked at.
    pub taken: u64,
    pub risk: Risk,
}

impl Tally {
    /// A copy with room for a full count.
    pub fn copied(&self) -> Self {
        let mut bars = Vec::with_capacity(FULL);
        bars.extend_from_slice(&self.bars);
        Self { bars, ..*self }
    }

    /// Counts from 1 again, in the same memory.
    pub fn clear(&mut self) {
        self.bars.clear();
        self.taken = 0;
        self.risk = Risk::default();
    }

    fn look(&mut self, bar: &Seen) {
        self.taken += 1;
        self.risk.next(bar);
    }

    /// Counts the newest bar if combo's rules are met.
    pub fn next_combo(&mut self, rules: Rules, recent: &Recent) {
        let (Some(bar), Some(before), Some(second)) = (recent.ago(0), recent.ago(1), recent.ago(2))
        else {
            return;
        };
        self.look(bar);
        let last = self.bars.last().map_or(f64::INFINITY, |last| last.close);
        let lower = bar.close < last;
        let short = rules.combo == Combo::Loose && self.bars.len() >= 10;
        let whole = bar.close <= second.low && bar.low <= before.low && bar.close < before.close;
        if lower && (short || whole) {
            self.bars.push(*bar);
        }
    }
}

/// A count that a setup has begun.
#[derive(Debug, Clone)]
pub struct Count {
    pub shape: &'static str,
    combo: bool,
    pub setup: Setup,
    pub tally: Tally,
    /// Whether a bar has overlapped the setup.
    crossed: bool,
    /// Whether the near miss of one that has not was told.
    told: bool,
}

/// Why a count has ended before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Line,
    Opposite,
    Recycled,
}

impl Count {
    /// The countdown of a setup, whose last bar is yet to be looked at.
    pub fn countdown(setup: Setup) -> Self {
        let bar_8 = &setup.bars[LENGTH - 2];
        Self {
            shape: "countdown",
            combo: false,
            crossed: bar_8.high >= oldest(&setup, LENGTH - 1),
            told: false,
            setup,
            tally: Tally::default().copied(),
        }
    }

    /// The combo of a setup, among whose bars some are counted.
    pub const fn combo(setup: Setup, tally: Tally) -> Self {
        Self {
            shape: "combo",
            combo: true,
            setup,
            tally,
            crossed: true,
            told: true,
        }
    }

    pub const fn is_combo(&self) -> bool {
        self.combo
    }

    pub fn is_full(&self) -> bool {
        self.tally.bars.len() == FULL
    }

    /// Whether the newest bar is beyond the TDST line.
    pub fn is_beyond(&self, rules: Rules, bar: &Seen) -> bool {
        let price = rules.watched(bar);
        price.is_some_and(|price| price > self.setup.line)
    }

    /// Counts the newest bar if the countdown's rules are met.
    pub fn next(&mut self, rules: Rules, recent: &Recent, found: &mut Findings) {
        let (Some(bar), Some(second)) = (recent.ago(0), recent.ago(2)) else {
            return;
        };
        self.tally.look(bar);
        let number = self.tally.bars.len() + 1;
        let price = rules.counted(bar, number);
        if !self.crossed {
            self.crossed = !rules.intersection || bar.high >= self.overlap();
        }
        if price > second.low {
            return;
        }
        let met = recent.at_most("price", price, second.low);
        if !self.crossed {
            if !self.told {
                self.told = true;
                let unmet = recent.at_least("intersection", bar.high, self.overlap());
                self.miss(recent, bar, vec![met, unmet], found);
            }
            return;
        }
        if let Some((name, close)) = self.qualifier(rules, number)
            && bar.low > close
        {
            let unmet = recent.at_most(name, bar.low, close);
            self.miss(recent, bar, vec![met, unmet], found);
            return;
        }
        self.tally.bars.push(*bar);
    }

    /// The high from which on the newest bar overlaps the setup.
    fn overlap(&self) -> f64 {
        let position = usize::try_from(self.tally.taken).unwrap_or(usize::MAX);
        oldest(&self.setup, position.saturating_add(LENGTH - 1))
    }

    /// The close that count `number` must reach.
    fn qualifier(&self, rules: Rules, number: usize) -> Option<(&'static str, f64)> {
        let (name, by) = match number {
            FULL if rules.qualifier != Qualifier::Off => ("bar_8", 8),
            8 if rules.qualifier == Qualifier::Bars5And8 => ("bar_5", 5),
            _ => return None,
        };
        Some((name, self.tally.bars.get(by - 1)?.close))
    }

    fn miss(&self, recent: &Recent, bar: &Seen, conditions: Vec<Condition>, found: &mut Findings) {
        found.miss(|| Miss {
            shape: self.shape,
            direction: recent.direction,
            bar: bar.index,
            points: recent.points(self.tally.bars.iter().chain([bar])),
            conditions,
        });
    }

    /// The near miss of a count that has ended at the newest bar.
    pub fn ended(&self, end: End, rules: Rules, recent: &Recent, found: &mut Findings) {
        let number = self.tally.bars.len();
        let Some(bar) = recent.ago(0).filter(|_| number >= NEAR) else {
            return;
        };
        found.miss(|| {
            let line = rules.watched(bar);
            let line = line.map(|price| recent.at_most("tdst", price, self.setup.line));
            let whether = |name, other| exactly(name, f64::from(u8::from(end == other)), 0.0);
            let mut conditions = vec![exactly("count", number as f64, FULL as f64)];
            conditions.extend(line);
            conditions.push(whether("opposite", End::Opposite));
            conditions.push(whether("recycling", End::Recycled));
            Miss {
                shape: self.shape,
                direction: recent.direction,
                bar: bar.index,
                points: recent.points(&self.tally.bars),
                conditions,
            }
        });
    }
}

/// The lowest low among the bars of a setup that are three or more bars older than bar `position`,
/// counted from its first.
fn oldest(setup: &Setup, position: usize) -> f64 {
    let older = setup.bars.iter().take(position - 3);
    older.map(|bar| bar.low).fold(f64::INFINITY, least)
}
