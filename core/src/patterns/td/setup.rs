//! The setup: nine closes in a row, each below the close four bars earlier, after a price flip.

use super::rules::{Flip, Line, Recycling, Rules};
use super::seen::{Recent, Seen, exactly};
use super::tally::{Risk, Tally};
use crate::kernels::least;
use crate::patterns::findings::Findings;
use crate::patterns::pattern::Miss;

/// How many bars make a setup.
pub const LENGTH: usize = 9;
/// The fewest bars of a run that is a near miss when it ends.
const NEAR: usize = 7;

/// Closes in a row that are each below the close four bars earlier.
#[derive(Debug, Clone, Default)]
pub struct Run {
    length: usize,
    flipped: bool,
    /// By how much the close before its first bar was above the close four bars before that.
    before: f64,
    /// Those of bars 1 to 9, then those of bars 10 to 18.
    bars: Vec<Seen>,
    /// What combo counts among them.
    combo: Tally,
}

/// What a bar makes of a run.
pub enum Step {
    /// Nothing that others must know.
    None,
    /// Bar 9 of a setup.
    Nine,
    /// Bar 18 of one that goes on.
    Eighteen,
}

impl Run {
    /// Takes the newest bar.
    pub fn next(&mut self, rules: Rules, recent: &Recent, found: &mut Findings) -> Step {
        let (Some(bar), Some(fourth)) = (recent.ago(0), recent.ago(4)) else {
            return Step::None;
        };
        if bar.close >= fourth.close {
            self.end(recent, bar, fourth.close, found);
            return Step::None;
        }
        if self.length == 0 {
            self.begin(rules, recent);
        }
        self.length += 1;
        if self.length > 2 * LENGTH {
            return Step::None;
        }
        if self.length == LENGTH + 1 {
            self.bars.clear();
            self.combo.clear();
        }
        self.bars.push(*bar);
        if self.flipped {
            self.combo.next_combo(rules, recent);
        }
        match self.length {
            LENGTH if self.flipped => Step::Nine,
            LENGTH => {
                self.unflipped(recent, found);
                Step::None
            }
            18 if self.flipped => Step::Eighteen,
            _ => Step::None,
        }
    }

    fn begin(&mut self, rules: Rules, recent: &Recent) {
        let (before, fourth) = (recent.ago(1), recent.ago(5));
        self.before = match (before, fourth) {
            (Some(before), Some(fourth)) => before.close - fourth.close,
            _ => f64::NAN,
        };
        // A bar before that closed below would have been in the run.
        self.flipped = self.before > 0.0 || rules.flip == Flip::Loose && self.before == 0.0;
        self.bars.clear();
        self.combo.clear();
    }

    /// The run is over: a near miss if little was left to do.
    fn end(&mut self, recent: &Recent, bar: &Seen, fourth: f64, found: &mut Findings) {
        if self.flipped && (NEAR..LENGTH).contains(&self.length) {
            found.miss(|| Miss {
                shape: "setup",
                direction: recent.direction,
                bar: bar.index,
                points: recent.points(self.bars.iter().chain([bar])),
                conditions: vec![
                    recent.at_most("close", bar.close, fourth.next_down()),
                    exactly("count", self.length as f64, LENGTH as f64),
                ],
            });
        }
        self.length = 0;
    }

    /// Nine closes without a flip: a near miss where the bars before are known.
    fn unflipped(&self, recent: &Recent, found: &mut Findings) {
        let Some(last) = self.bars.last().filter(|_| !self.before.is_nan()) else {
            return;
        };
        found.miss(|| Miss {
            shape: "setup",
            direction: recent.direction,
            bar: last.index,
            points: recent.points(&self.bars),
            conditions: vec![
                recent.at_least("flip", self.before, 0.0_f64.next_up()),
                exactly("count", LENGTH as f64, LENGTH as f64),
            ],
        });
    }

    /// Its nine bars as a setup; `opposite` is the TDST line of the last setup of the other side.
    pub fn setup(&self, rules: Rules, opposite: f64) -> Option<Setup> {
        Setup::new(rules, &self.bars, opposite)
    }

    /// What combo has counted among them.
    pub fn combo(&self) -> Tally {
        self.combo.copied()
    }

    #[cfg(test)]
    pub fn remembered(&self) -> usize {
        self.bars.len() + self.combo.bars.len()
    }

    /// The bars of a setup that is not complete.
    pub fn unfinished(&self) -> &[Seen] {
        let running = self.flipped && (1..LENGTH).contains(&self.length);
        if running { &self.bars } else { &[] }
    }
}

/// A complete setup.
#[derive(Debug, Clone)]
pub struct Setup {
    pub bars: [Seen; LENGTH],
    /// The TDST line.
    pub line: f64,
    /// The furthest true high.
    high: f64,
    /// The bar of the furthest true low.
    pub risk: Risk,
    /// How many of the lows of bars 6 and 7 bars 8 and 9 have reached, as a share.
    pub perfection: f64,
    /// The share of the bars after the first that close below the bar before.
    pub steadiness: f64,
    /// Whether no close is beyond the line of the last setup of the other side; NaN without one.
    pub level: f64,
}

impl Setup {
    fn new(rules: Rules, bars: &[Seen], opposite: f64) -> Option<Self> {
        let bars: [Seen; LENGTH] = bars.try_into().ok()?;
        let mut risk = Risk::default();
        let mut high = f64::NEG_INFINITY;
        for bar in &bars {
            risk.next(bar);
            high = if bar.true_high > high {
                bar.true_high
            } else {
                high
            };
        }
        let low = least(bars[7].low, bars[8].low);
        let reached = bars[5..7].iter().filter(|bar| low <= bar.low);
        let lower = bars.windows(2).filter(|pair| pair[1].close < pair[0].close);
        let held = bars.iter().all(|bar| bar.close >= opposite);
        Some(Self {
            line: match rules.line {
                Line::First => bars[0].true_high,
                Line::Extreme => high,
            },
            high,
            risk,
            perfection: reached.count() as f64 / 2.0,
            steadiness: lower.count() as f64 / 8.0,
            level: if opposite.is_nan() {
                f64::NAN
            } else {
                f64::from(u8::from(held))
            },
            bars,
        })
    }

    pub fn last(&self) -> &Seen {
        &self.bars[LENGTH - 1]
    }

    /// The low that makes it perfect.
    pub fn perfect_low(&self) -> f64 {
        least(self.bars[5].low, self.bars[6].low)
    }

    fn range(&self) -> f64 {
        self.high - self.risk.low
    }

    /// Whether a later setup ends the count that this one began.
    pub fn recycled_by(&self, rules: Rules, later: &Self, step: &Step) -> bool {
        if matches!(step, Step::Eighteen) {
            return rules.extends();
        }
        let least = self.range();
        let sized = later.range() >= least && later.range() < 1.618 * least;
        match rules.recycling {
            Recycling::Off | Recycling::Extended => false,
            Recycling::Always => true,
            Recycling::Size => sized,
            Recycling::Qualified => sized && !self.holds(later),
        }
    }

    /// Whether a later setup closes within this one and goes no lower.
    fn holds(&self, later: &Self) -> bool {
        later.risk.low >= self.risk.low && later.bars.iter().all(|bar| bar.close <= self.high)
    }
}
