//! Flags and pennants: a short rest after a steep move, the pole.
//!
//! Written for a rise; after a fall the prices have the other sign.

use super::band::{Band, Form};
use super::candidate::{Candidate, Target, part};
use super::scene::{Scene, Sketch, at_least, at_most, closeness, greatest, share};
use super::trendlines::{line_points, touches};
use crate::patterns::findings::Findings;
use crate::patterns::pattern::Direction;

/// The least length of the pole, in heights of the rest.
const POLE: f64 = 2.0;
/// The greatest share of the pole that the rest may take back.
const RETRACED: f64 = 0.5;
/// The most bars of the rest, in bars of the pole.
const REST: f64 = 4.0;

/// The flag or pennant of the last four corners.
pub(super) fn detect(scene: &Scene<'_>, found: &mut Findings) -> Option<Candidate> {
    let [start, rest @ ..]: &[_; 5] = scene.corners.last_chunk()?;
    let [a, b, c, d] = rest;
    if !scene.within_reach(start) {
        return None;
    }
    let rising = a.turn.top;
    let band = Band::of(rest)?;
    let shape = shape(band.form(scene.rules.tolerance)?, rising)?;
    let sign = if rising { 1.0 } else { -1.0 };
    let pole = sign * (a.turn.price - start.turn.price);
    let deepest = greatest(-sign * b.turn.price, -sign * d.turn.price);
    let retraced = (sign * a.turn.price + deepest) / pole;
    let length = (d.place - a.place) / (a.place - start.place);
    let conditions = [
        at_least("pole", pole / band.height, POLE),
        at_most("retraced", retraced, RETRACED),
        at_most("length", length, REST),
        at_least("width", band.width, 0.0),
    ];
    let sketch = Sketch {
        shape,
        direction: Direction::of(sign),
    };
    let points = || {
        let mut points = vec![start.turn.as_point("pole")];
        points.extend(line_points(&[*a, *b, *c, *d]));
        points
    };
    if !scene.judge(sketch, &conditions, points, found) {
        return None;
    }
    Some(Candidate {
        points: points(),
        height: band.height,
        target: Target::Reach(pole),
        parts: vec![
            part("pole", share(1.0 - band.height / pole)),
            part("depth", closeness(retraced, RETRACED)),
            part("time", closeness(length, REST)),
        ],
        touches: Some(touches(rest)),
        ..Candidate::new(scene, sketch, [start, d], band.bounds)
    })
}

/// Parallel lines are a flag, closing ones a pennant; neither goes on in the direction of the pole.
const fn shape(form: Form, rising: bool) -> Option<&'static str> {
    match (form, rising) {
        (Form::Rectangle, _) | (Form::FallingChannel, true) | (Form::RisingChannel, false) => {
            Some("flag")
        }
        (Form::Symmetrical | Form::Ascending | Form::Descending, _)
        | (Form::FallingWedge, true)
        | (Form::RisingWedge, false) => Some("pennant"),
        _ => None,
    }
}
