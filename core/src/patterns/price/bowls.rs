//! Cups with handle, and rounding tops and bottoms: price goes down and comes back in a curve.
//!
//! Written for a bowl that opens upwards; for the other the prices have the other sign.

use super::candidate::{Bounds, Candidate, Line, Rim, part, points};
use super::history::History;
use super::scene::{Corner, Scene, Sketch, at_least, at_most, between, closeness, greatest, share};
use crate::patterns::findings::Findings;
use crate::patterns::pattern::{Condition, Direction, Named};

/// Fewest bars from rim to rim.
const SHORTEST: f64 = 20.0;
/// How far the mean close lies below the rim, in depths: half a depth in a V, two thirds in a
/// parabola, all of it in a box.
const ROUND: [f64; 2] = [0.6, 0.85];
/// The mean close of a parabola.
const PARABOLA: f64 = 2.0 / 3.0;
/// Where the bottom lies on the way from rim to rim.
const CENTRE: [f64; 2] = [0.25, 0.75];
/// The most that a handle may give back, in depths.
const HANDLE: f64 = 0.5;
/// The most bars of a handle, in bars of the cup.
const HANDLE_LENGTH: f64 = 0.5;
/// The least rise into a cup, in depths.
const ADVANCE: f64 = 0.5;

/// How a bowl looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bowl {
    roundness: f64,
    centre: f64,
}

impl Bowl {
    /// The bowl below a rim, from one place to another.
    fn of(history: &History, rim: f64, bottom: &Corner, [left, right]: [f64; 2]) -> Self {
        let mean = history.mean(left, right, |seen| seen.close);
        Self {
            roundness: (rim - mean) / (rim - bottom.turn.price),
            centre: (bottom.place - left) / (right - left),
        }
    }

    /// The bowl of a rounding pattern if its other rim were at a place.
    pub fn up_to(rim: &Rim, history: &History, place: f64) -> Self {
        let level = rim.left.turn.price;
        Self::of(history, level, &rim.bottom, [rim.left.place, place])
    }

    pub const fn conditions(&self) -> [Condition; 2] {
        [
            between("roundness", self.roundness, ROUND[0], ROUND[1]),
            between("centre", self.centre, CENTRE[0], CENTRE[1]),
        ]
    }

    pub fn parts(&self) -> [Named; 2] {
        let off = (self.roundness - PARABOLA).abs();
        [
            part("roundness", closeness(off, 1.0 - PARABOLA)),
            part("centre", closeness((self.centre - 0.5).abs(), 0.5)),
        ]
    }
}

const fn sign_of(opens_up: bool) -> f64 {
    if opens_up { 1.0 } else { -1.0 }
}

/// The cup whose handle ends with the last corner.
pub(super) fn cup(scene: &Scene<'_>, found: &mut Findings) -> Option<Candidate> {
    let [earlier @ .., right, handle] = scene.corners else {
        return None;
    };
    let opens_up = right.turn.top;
    let sign = sign_of(opens_up);
    let price = |corner: &Corner| sign * corner.turn.price;
    let (before, left, bottom) = left_rim(scene, earlier, right, sign)?;
    let mean_rim = f64::midpoint(price(left), price(right));
    let depth = mean_rim - price(bottom);
    let bowl = Bowl::of(
        scene.history,
        sign * mean_rim,
        bottom,
        [left.place, right.place],
    );
    let [roundness, centre] = bowl.conditions();
    let given_back = (price(right) - price(handle)) / depth;
    let length = (handle.place - right.place) / (right.place - left.place);
    let advance = (price(left) - price(before)) / depth;
    let conditions = [
        roundness,
        centre,
        at_most("handle", given_back, HANDLE),
        at_most("length", length, HANDLE_LENGTH),
        at_least("trend", advance, ADVANCE),
    ];
    let sketch = Sketch {
        shape: if opens_up {
            "cup_and_handle"
        } else {
            "inverted_cup_and_handle"
        },
        direction: Direction::of(sign),
    };
    let points = || {
        points([
            ("left rim", left),
            ("bowl", bottom),
            ("right rim", right),
            ("handle", handle),
        ])
    };
    if !scene.judge(sketch, &conditions, points, found) {
        return None;
    }
    let rim = Line::flat(sign * greatest(price(left), price(right)));
    let bounds = Bounds::of(opens_up, rim, Line::flat(handle.turn.price));
    let level = (price(left) - price(right)).abs() / depth;
    let mut parts = bowl.parts().to_vec();
    parts.extend([
        part("level", closeness(level, scene.rules.tolerance)),
        part("depth", closeness(given_back, HANDLE)),
        part("trend", share(advance)),
    ]);
    Some(Candidate {
        points: points(),
        parts,
        ..Candidate::new(scene, sketch, [left, handle], bounds).height(depth)
    })
}

/// The nearest rim as high as the right one, with the corner before it and the bottom between them.
fn left_rim<'a>(
    scene: &Scene<'_>,
    earlier: &'a [Corner],
    right: &Corner,
    sign: f64,
) -> Option<(&'a Corner, &'a Corner, &'a Corner)> {
    let price = |corner: &Corner| sign * corner.turn.price;
    let mut bottom = earlier.last()?;
    // Towards the past: a bottom, then the top before it.
    for triple in earlier.windows(3).rev().step_by(2) {
        let [before, left, low] = triple else {
            return None;
        };
        if price(low) < price(bottom) {
            bottom = low;
        }
        let depth = f64::midpoint(price(left), price(right)) - price(bottom);
        let apart = (price(left) - price(right)) / depth;
        if !(depth > 0.0 && depth.is_finite())
            || apart > scene.rules.tolerance
            || !scene.within_reach(left)
        {
            return None;
        }
        if apart >= -scene.rules.tolerance && right.place - left.place >= SHORTEST {
            return Some((before, left, bottom));
        }
    }
    None
}

/// The rounding bottom that the last corner is part of: its other rim is where price breaks out.
pub(super) fn rounding(scene: &Scene<'_>) -> Option<Candidate> {
    let newest = scene.corners.last()?;
    let opens_up = !newest.turn.top;
    let sign = sign_of(opens_up);
    let price = |corner: &Corner| sign * corner.turn.price;
    let mut bottom = newest;
    let mut highest = f64::NEG_INFINITY;
    for pair in scene.corners.windows(2).rev().step_by(2) {
        let [left, low] = pair else {
            return None;
        };
        if price(low) < price(bottom) {
            bottom = low;
        }
        if left.origin || !scene.within_reach(left) {
            return None;
        }
        if price(left) > highest {
            highest = price(left);
            if scene.place - left.place >= SHORTEST {
                return rounding_between(scene, left, bottom, newest);
            }
        }
    }
    None
}

fn rounding_between(
    scene: &Scene<'_>,
    left: &Corner,
    bottom: &Corner,
    newest: &Corner,
) -> Option<Candidate> {
    let opens_up = left.turn.top;
    let sign = sign_of(opens_up);
    let depth = sign * (left.turn.price - bottom.turn.price);
    if !(depth > 0.0 && depth.is_finite()) {
        return None;
    }
    let sketch = Sketch {
        shape: if opens_up {
            "rounding_bottom"
        } else {
            "rounding_top"
        },
        direction: Direction::of(sign),
    };
    let [rim, floor] = [left, bottom].map(|corner| Line::flat(corner.turn.price));
    let bounds = Bounds::of(opens_up, rim, floor);
    let candidate = Candidate::new(scene, sketch, [left, newest], bounds).height(depth);
    Some(Candidate {
        points: points([("left rim", left), ("bowl", bottom)]),
        // As long as the bottom may still lie in the middle half.
        patience: candidate.patience * CENTRE[1] / CENTRE[0],
        rim: Some(Rim {
            left: *left,
            bottom: *bottom,
        }),
        ..candidate
    })
}
