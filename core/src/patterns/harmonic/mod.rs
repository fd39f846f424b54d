//! Harmonic patterns: turns whose legs stand in ratios to each other.

mod definition;
mod fit;
mod ratios;

#[cfg(test)]
mod tests;

use super::family::{Bar, Detector, Family};
use super::findings::Findings;
use super::pattern::{Forming, Miss, Named, Pattern};
use super::turns::{Turn, Turns};
use crate::params::Params;
use fit::Fit;
use ratios::SHAPES;

/// Most points of a pattern.
const POINTS: usize = 6;

/// Finds the patterns among the last turns. Its memory is six turns and what finds them.
#[derive(Debug, Clone)]
pub struct Harmonic {
    turns: Turns,
    last: Vec<Turn>,
    tolerance: f64,
}

impl Detector for Harmonic {
    const FAMILY: Family = definition::FAMILY;

    fn new(params: &Params) -> Self {
        Self {
            turns: Turns::new(params),
            last: Vec::with_capacity(POINTS),
            tolerance: params.number("tolerance"),
        }
    }

    fn bar(&mut self, bar: &Bar, found: &mut Findings) {
        let Some(turn) = self.turns.next(bar) else {
            return;
        };
        if self.last.len() == POINTS {
            self.last.remove(0);
        }
        self.last.push(turn);
        for shape in &SHAPES {
            let Some(fit) = Fit::of(shape, &self.last, 0, self.tolerance) else {
                continue;
            };
            if fit.is_met() {
                found.add(complete(&fit, turn));
            } else if fit.is_near_miss() {
                found.miss(|| Miss {
                    shape: shape.word.name,
                    direction: fit.direction(),
                    bar: turn.confirmed,
                    points: fit.points(),
                    conditions: fit.conditions(),
                });
            }
        }
    }

    fn forming(&self, found: &mut Vec<Forming>) {
        for shape in &SHAPES {
            let fit = Fit::of(shape, &self.last, 1, self.tolerance);
            let fit = fit.filter(Fit::is_met);
            found.extend(fit.and_then(|fit| unfinished(&fit, self.turns.tip())));
        }
    }
}

fn mean(parts: &[Named]) -> f64 {
    let sum: f64 = parts.iter().map(|part| part.value).sum();
    sum / parts.len() as f64
}

/// A pattern whose last turn is certain.
fn complete(fit: &Fit<'_>, end: Turn) -> Pattern {
    let parts = fit.parts();
    // All ratios are met: the end lies in the zone, but for the last digits of an edge.
    let zone = fit.zone().unwrap_or([end.price; 2]);
    Pattern {
        shape: fit.shape.word.name,
        direction: fit.direction(),
        points: fit.points(),
        detected: end.confirmed,
        confirmed: Some(end.confirmed),
        score: mean(&parts),
        parts,
        invalidation: fit.invalidation(zone),
        zone,
        targets: fit.targets(end.price),
    }
}

/// A pattern that lacks its last turn; nothing once price has left the zone behind.
fn unfinished(fit: &Fit<'_>, tip: Option<Turn>) -> Option<Forming> {
    let zone = fit.zone()?;
    let before = fit.turns.last()?;
    let tip = tip.filter(|tip| tip.top != before.top && tip.bar > before.bar);
    let invalidation = fit.invalidation(zone);
    let sign = fit.direction().sign();
    if tip.is_some_and(|tip| sign * tip.price < sign * invalidation) {
        return None;
    }
    let mut points = fit.points();
    points.extend(tip.map(|tip| tip.as_point("tip")));
    let parts = fit.parts();
    Some(Forming(Pattern {
        shape: fit.shape.word.name,
        direction: fit.direction(),
        points,
        detected: tip.map_or(before.confirmed, |tip| tip.confirmed.max(before.confirmed)),
        confirmed: None,
        score: mean(&parts),
        parts,
        invalidation,
        zone,
        targets: fit.targets(if sign > 0.0 { zone[1] } else { zone[0] }),
    }))
}
