//! What was counted, as patterns.

use super::seen::{Recent, Seen};
use super::setup::{LENGTH, Setup};
use super::tally::{Count, FULL, Risk, Tally};
use crate::patterns::pattern::{Forming, Named, Pattern};

const fn named(name: &'static str, value: f64) -> Named {
    Named { name, value }
}

/// A part of its own, and those that every setup has.
fn parts_of(setup: &Setup, first: Named) -> Vec<Named> {
    let mut parts = Vec::with_capacity(3);
    parts.extend([first, named("steadiness", setup.steadiness)]);
    if !setup.level.is_nan() {
        parts.push(named("level", setup.level));
    }
    parts
}

/// A pattern of these bars that its last bar has both shown and confirmed.
fn pattern<'a>(
    recent: &Recent,
    shape: &'static str,
    bars: impl IntoIterator<Item = &'a Seen>,
    parts: Vec<Named>,
    risk: &Risk,
    line: Option<f64>,
) -> Pattern {
    let points = recent.points(bars);
    let detected = points.last().map_or(0, |point| point.bar);
    let sum: f64 = parts.iter().map(|part| part.value).sum();
    // Only a line that is still ahead is a target.
    let newest = recent.ago(0).map_or(f64::NAN, |bar| bar.close);
    let ahead = line.filter(|line| *line > newest);
    Pattern {
        shape,
        direction: recent.direction,
        points,
        detected,
        confirmed: Some(detected),
        score: sum / parts.len() as f64,
        parts,
        invalidation: recent.price(risk.level()),
        zone: recent.zone(risk.level(), risk.low),
        targets: ahead
            .map(|line| named("tdst", recent.price(line)))
            .into_iter()
            .collect(),
    }
}

/// A setup, at its last bar.
pub fn setup(recent: &Recent, setup: &Setup) -> Pattern {
    let parts = parts_of(setup, named("perfection", setup.perfection));
    let line = Some(setup.line);
    pattern(recent, "setup", &setup.bars, parts, &setup.risk, line)
}

/// A setup that is perfect so many bars after its last one.
pub fn perfected(recent: &Recent, setup: &Setup, waited: u64) -> Pattern {
    let nine = LENGTH as f64;
    let parts = parts_of(setup, named("promptness", nine / (nine + waited as f64)));
    let line = Some(setup.line);
    let shape = "perfected_setup";
    Pattern {
        confirmed: recent.ago(0).map(|bar| bar.index),
        ..pattern(recent, shape, &setup.bars, parts, &setup.risk, line)
    }
}

/// A full count, at its last bar.
pub fn full(recent: &Recent, count: &Count) -> Pattern {
    let Count {
        shape,
        setup,
        tally,
        ..
    } = count;
    let mut parts = Vec::with_capacity(3);
    parts.extend([
        named("promptness", FULL as f64 / tally.taken as f64),
        named("perfection", setup.perfection),
    ]);
    if !count.is_combo() {
        let lower = tally.bars.windows(2).filter(|b| b[1].close < b[0].close);
        let steadiness = lower.count() as f64 / (FULL - 1) as f64;
        parts.push(named("steadiness", steadiness));
    }
    let line = Some(setup.line);
    pattern(recent, shape, &tally.bars, parts, &tally.risk, line)
}

/// A setup that waits for its perfection: the zone begins where it would be perfect.
pub fn unperfected(recent: &Recent, setup: &Setup) -> Forming {
    let parts = vec![named("perfection", setup.perfection)];
    let line = Some(setup.line);
    let shape = "perfected_setup";
    let pattern = pattern(recent, shape, &setup.bars, parts, &setup.risk, line);
    let (level, low) = (setup.risk.level(), setup.perfect_low());
    Forming(Pattern {
        confirmed: None,
        zone: if level <= low {
            recent.zone(level, low)
        } else {
            recent.zone(low, low)
        },
        ..pattern
    })
}

/// A count as far as it has come; nothing before its first bar.
pub fn forming(
    recent: &Recent,
    shape: &'static str,
    tally: &Tally,
    line: Option<f64>,
) -> Option<Forming> {
    if tally.bars.is_empty() {
        return None;
    }
    let length = if shape == "setup" { LENGTH } else { FULL };
    let counted = tally.bars.len() as f64 / length as f64;
    let parts = vec![named("count", counted)];
    let mut risk = tally.risk;
    if shape == "setup" {
        tally.bars.iter().for_each(|bar| risk.next(bar));
    }
    let pattern = pattern(recent, shape, &tally.bars, parts, &risk, line);
    Some(Forming(Pattern {
        confirmed: None,
        ..pattern
    }))
}
