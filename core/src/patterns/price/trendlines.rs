//! Triangles, wedges, rectangles and channels: price between two trendlines.

use super::band::{Band, Form};
use super::candidate::{Candidate, Target, Touches, part};
use super::scene::{Corner, Scene, Sketch, at_least, at_most, closeness, greatest, least};
use crate::patterns::findings::Findings;
use crate::patterns::pattern::{Condition, Direction, Point};

/// Fewest turns of a pattern: three on one line and two on the other.
const FEWEST: usize = 5;
/// Fewest turns of a rectangle; of five it may as well be a triple top or bottom.
const RECTANGLE: usize = 6;
/// Most turns.
const MOST: usize = 8;

/// The pattern of the most turns that ends with the last corner.
pub(super) fn detect(scene: &Scene<'_>, found: &mut Findings) -> Option<Candidate> {
    (FEWEST..=MOST)
        .rev()
        .find_map(|turns| of_turns(scene, turns, found))
}

fn of_turns(scene: &Scene<'_>, turns: usize, found: &mut Findings) -> Option<Candidate> {
    let first = scene.corners.len().checked_sub(turns)?;
    let corners = &scene.corners[first..];
    let [a, .., z] = corners else {
        return None;
    };
    if a.origin || !scene.within_reach(a) {
        return None;
    }
    let tolerance = scene.rules.tolerance;
    let band = Band::of(corners)?;
    let form = band.form(tolerance)?;
    if form == Form::Rectangle && turns < RECTANGLE {
        return None;
    }
    let conditions = [
        at_most("fit", band.misfit, tolerance),
        at_least("width", band.width, 0.0),
    ];
    let sketch = Sketch {
        shape: form.shape(),
        direction: direction(form),
    };
    // Of more turns than needed only the best is told, or every miss would be told several times.
    let met = if turns == FEWEST {
        scene.judge(sketch, &conditions, || line_points(corners), found)
    } else {
        conditions.iter().all(Condition::met)
    };
    if !met {
        return None;
    }
    let candidate = Candidate::new(scene, sketch, [a, z], band.bounds).height(band.height);
    Some(Candidate {
        points: line_points(corners),
        target: target(form, corners).unwrap_or(candidate.target),
        parts: vec![
            part("fit", closeness(band.misfit, tolerance)),
            part("touches", (turns - 4) as f64 / (MOST - 4) as f64),
        ],
        touches: Some(touches(corners)),
        ..candidate
    })
}

/// Where a form breaks out; the others may either way.
const fn direction(form: Form) -> Direction {
    match form {
        Form::Ascending | Form::FallingWedge => Direction::Bullish,
        Form::Descending | Form::RisingWedge => Direction::Bearish,
        _ => Direction::Neutral,
    }
}

/// A wedge is expected to be undone: price goes back to its farthest turn.
fn target(form: Form, corners: &[Corner]) -> Option<Target> {
    let prices = corners.iter().map(|corner| corner.turn.price);
    match form {
        Form::RisingWedge => prices.reduce(least).map(Target::Price),
        Form::FallingWedge => prices.reduce(greatest).map(Target::Price),
        _ => None,
    }
}

/// How many corners each line has.
pub(super) fn touches(corners: &[Corner]) -> Touches {
    let upper = corners.iter().filter(|corner| corner.turn.top).count();
    Touches {
        upper,
        lower: corners.len() - upper,
    }
}

/// Corners as points of the lines.
pub(super) fn line_points(corners: &[Corner]) -> Vec<Point> {
    corners
        .iter()
        .map(|corner| corner.turn.as_point(line_role(corner.turn.top)))
        .collect()
}

/// The line that a top or bottom belongs to.
pub(super) const fn line_role(top: bool) -> &'static str {
    if top { "upper line" } else { "lower line" }
}
