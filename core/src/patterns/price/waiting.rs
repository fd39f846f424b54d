//! Which candidates wait: at most one of each kind.

use super::breakout::{Close, Outcome};
use super::candidate::{Candidate, Fate};
use super::scene::Scene;
use super::{bowls, flags, reversals, trendlines};
use crate::patterns::findings::Findings;
use crate::patterns::pattern::{Direction, Pattern};

/// Kinds of patterns, those first that are told before the others at the same bar. Tops and bottoms,
/// and bowls that open upwards and downwards, are kinds of their own.
const REVERSALS: usize = 0;
const TRENDLINES: usize = 2;
const CUPS: usize = 3;
const ROUNDING: usize = 5;
const KINDS: usize = 7;

/// The candidate of a kind.
#[derive(Debug, Clone)]
struct Slot {
    candidate: Option<Candidate>,
    /// The place of the last breakout: turns up to there make no other pattern of this kind.
    spent: f64,
}

/// The candidates.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    slots: [Slot; KINDS],
}

impl Waiting {
    pub fn new() -> Self {
        let slot = || Slot {
            candidate: None,
            spent: f64::NEG_INFINITY,
        };
        Self {
            slots: core::array::from_fn(|_| slot()),
        }
    }

    pub fn candidates(&self) -> impl Iterator<Item = &Candidate> {
        self.slots.iter().filter_map(|slot| slot.candidate.as_ref())
    }

    /// Looks at what the newest turn makes. A candidate takes the place of the one of its kind that
    /// has not broken out.
    pub fn look(&mut self, scene: &Scene<'_>, found: &mut Findings) {
        let Some(newest) = scene.corners.last() else {
            return;
        };
        let top = usize::from(!newest.turn.top);
        let between_lines =
            trendlines::detect(scene, found).or_else(|| flags::detect(scene, found));
        self.offer(REVERSALS + top, reversals::detect(scene, found));
        self.offer(TRENDLINES, between_lines);
        self.offer(CUPS + top, bowls::cup(scene, found));
        self.offer(ROUNDING + top, bowls::rounding(scene));
    }

    fn offer(&mut self, kind: usize, candidate: Option<Candidate>) {
        let slot = &mut self.slots[kind];
        if let Some(candidate) = candidate.filter(|candidate| candidate.last > slot.spent) {
            slot.candidate = Some(candidate);
        }
    }

    /// Looks at what a bar's close does to each. Of those that break out at the same bar in the same
    /// direction the first is told, the others end.
    pub fn settle(&mut self, close: &Close<'_>, found: &mut Findings) {
        let mut told = [false; 2];
        for slot in &mut self.slots {
            let Some(pattern) = slot.settle(close, found) else {
                continue;
            };
            let told = &mut told[usize::from(pattern.direction == Direction::Bullish)];
            if !*told {
                found.add(pattern);
            }
            *told = true;
        }
    }
}

impl Slot {
    /// Looks at what a bar's close does, and gives the pattern that breaks out with it.
    fn settle(&mut self, close: &Close<'_>, found: &mut Findings) -> Option<Pattern> {
        let candidate = self.candidate.as_mut()?;
        let Scene { place, rules, .. } = close.scene;
        let outcome = match candidate.fate(close.bar.close, *place, rules) {
            Fate::Waits => return None,
            Fate::Ends => Outcome::Ends,
            Fate::Breaks(direction) => close.breakout(candidate, direction, found),
        };
        if let Outcome::Refused = outcome {
            candidate.refused = true;
            return None;
        }
        self.candidate = None;
        let Outcome::Told(pattern) = outcome else {
            return None;
        };
        self.spent = *place;
        Some(pattern)
    }
}
