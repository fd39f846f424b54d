//! Which candidates wait: at most one of each kind.

use super::breakout::{Breakout, Outcome};
use super::candidate::{Candidate, Fate};
use super::scene::{Corner, Scene};
use super::{bowls, flags, reversals, trendlines};
use crate::patterns::family::Bar;
use crate::patterns::findings::Findings;

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
    pub fn settle(
        &mut self,
        scene: &Scene<'_>,
        bar: &Bar,
        before: Option<Bar>,
        tip: Option<Corner>,
        found: &mut Findings,
    ) {
        let mut told = [false; 2];
        for slot in &mut self.slots {
            let Some(candidate) = &mut slot.candidate else {
                continue;
            };
            let direction = match candidate.fate(bar.close, scene.place, scene.rules) {
                Fate::Waits => continue,
                Fate::Ends => {
                    slot.candidate = None;
                    continue;
                }
                Fate::Breaks(direction) => direction,
            };
            let breakout = Breakout {
                scene,
                bar,
                before,
                tip,
                direction,
            };
            match breakout.of(candidate, found) {
                Outcome::Refused => {
                    candidate.refused = true;
                    continue;
                }
                Outcome::Ends => {}
                Outcome::Told(pattern) => {
                    let told = &mut told[usize::from(direction > 0.0)];
                    if !*told {
                        found.add(pattern);
                    }
                    *told = true;
                    slot.spent = scene.place;
                }
            }
            slot.candidate = None;
        }
    }
}
