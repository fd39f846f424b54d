//! Tops and bottoms: double, triple, and head and shoulders.
//!
//! Written for tops; a bottom is a top of the prices with the other sign.

use super::candidate::{Bounds, Candidate, Line, part, points};
use super::scene::{
    Corner, Scene, Sketch, at_least, at_most, balance, closeness, greatest, least, share,
};
use crate::patterns::findings::Findings;
use crate::patterns::pattern::{Direction, Named};

/// The pattern that ends with the last corner; that of the most turns if there are several.
pub(super) fn detect(scene: &Scene<'_>, found: &mut Findings) -> Option<Candidate> {
    head_and_shoulders(scene, found)
        .or_else(|| triple(scene, found))
        .or_else(|| double(scene, found))
}

/// Prices with the sign that makes the outer turns tops.
#[derive(Debug, Clone, Copy)]
struct Side {
    tops: bool,
    sign: f64,
}

impl Side {
    const fn of(outer: &Corner) -> Self {
        let tops = outer.turn.top;
        let sign = if tops { 1.0 } else { -1.0 };
        Self { tops, sign }
    }

    fn price(self, corner: &Corner) -> f64 {
        self.sign * corner.turn.price
    }

    const fn sketch(self, top: &'static str, bottom: &'static str) -> Sketch {
        if self.tops {
            Sketch {
                shape: top,
                direction: Direction::Bearish,
            }
        } else {
            Sketch {
                shape: bottom,
                direction: Direction::Bullish,
            }
        }
    }

    /// Bounds of an outer level and a neckline, the level with this side's sign.
    fn bounds(self, outer: f64, neckline: Line) -> Bounds {
        Bounds::of(self.tops, Line::flat(self.sign * outer), neckline)
    }

    const fn outer_role(self) -> &'static str {
        if self.tops { "top" } else { "bottom" }
    }
}

fn sound(height: f64) -> bool {
    height > 0.0 && height.is_finite()
}

fn double(scene: &Scene<'_>, found: &mut Findings) -> Option<Candidate> {
    let [before, a, b, c] = scene.corners.last_chunk()?;
    let side = Side::of(c);
    let [start, first, valley, second] = [before, a, b, c].map(|corner| side.price(corner));
    let height = f64::midpoint(first, second) - valley;
    if !(scene.within_reach(a) && sound(height)) {
        return None;
    }
    let tolerance = scene.rules.tolerance;
    let level = (first - second).abs() / height;
    let trend = (valley - start) / height;
    let conditions = [
        at_most("level", level, tolerance),
        at_least("trend", trend, tolerance),
    ];
    let sketch = side.sketch("double_top", "double_bottom");
    let outer = side.outer_role();
    let points = || points([(outer, a), ("neckline", b), (outer, c)]);
    if !scene.judge(sketch, &conditions, points, found) {
        return None;
    }
    let bounds = side.bounds(greatest(first, second), Line::flat(b.turn.price));
    Some(Candidate {
        points: points(),
        parts: vec![
            part("level", closeness(level, tolerance)),
            part("trend", share(trend)),
            part("time", balance(b.place - a.place, c.place - b.place)),
        ],
        ..Candidate::new(scene, sketch, [a, c], bounds).height(height)
    })
}

fn triple(scene: &Scene<'_>, found: &mut Findings) -> Option<Candidate> {
    let [before, a, b, c, d, e] = scene.corners.last_chunk()?;
    let side = Side::of(e);
    let [start, first, left, second, right, third] =
        [before, a, b, c, d, e].map(|corner| side.price(corner));
    let height = (first + second + third) / 3.0 - f64::midpoint(left, right);
    if !(scene.within_reach(a) && sound(height)) {
        return None;
    }
    let tolerance = scene.rules.tolerance;
    let highest = greatest(greatest(first, second), third);
    let level = (highest - least(least(first, second), third)) / height;
    let neckline = (left - right).abs() / height;
    let neck = least(left, right);
    let trend = (neck - start) / height;
    let conditions = [
        at_most("level", level, tolerance),
        at_most("neckline", neckline, tolerance),
        at_least("trend", trend, tolerance),
    ];
    let sketch = side.sketch("triple_top", "triple_bottom");
    let outer = side.outer_role();
    let points = || {
        points([
            (outer, a),
            ("neckline", b),
            (outer, c),
            ("neckline", d),
            (outer, e),
        ])
    };
    if !scene.judge(sketch, &conditions, points, found) {
        return None;
    }
    let bounds = side.bounds(highest, Line::flat(side.sign * neck));
    Some(Candidate {
        points: points(),
        parts: vec![
            part("level", closeness(level, tolerance)),
            part("neckline", closeness(neckline, tolerance)),
            part("trend", share(trend)),
            part("time", balance(c.place - a.place, e.place - c.place)),
        ],
        ..Candidate::new(scene, sketch, [a, e], bounds).height(height)
    })
}

fn head_and_shoulders(scene: &Scene<'_>, found: &mut Findings) -> Option<Candidate> {
    let [before, a, b, c, d, e] = scene.corners.last_chunk()?;
    if !scene.within_reach(a) {
        return None;
    }
    let side = Side::of(e);
    let [start, left, neck_left, head, neck_right, right] =
        [before, a, b, c, d, e].map(|corner| side.price(corner));
    let line = Line::through(b, d);
    let neckline_at = |corner: &Corner| side.sign * line.at(corner.place);
    let height = head - neckline_at(c);
    if !sound(height) {
        return None;
    }
    let tolerance = scene.rules.tolerance;
    let above = least(left - neckline_at(a), right - neckline_at(e)) / height;
    let shoulders = (left - right).abs() / height;
    let neckline = (neck_left - neck_right).abs() / height;
    let trend = (neck_left - start) / height;
    let conditions = [
        at_least("head", (head - greatest(left, right)) / height, tolerance),
        at_most("shoulders", shoulders, 2.0 * tolerance),
        at_least("shoulder height", above, tolerance),
        at_most("neckline", neckline, 2.0 * tolerance),
        at_least("trend", trend, tolerance),
    ];
    let sketch = side.sketch("head_and_shoulders", "inverse_head_and_shoulders");
    let points = || {
        points([
            ("left shoulder", a),
            ("neckline", b),
            ("head", c),
            ("neckline", d),
            ("right shoulder", e),
        ])
    };
    if !scene.judge(sketch, &conditions, points, found) {
        return None;
    }
    let parts: [Named; 4] = [
        part("level", closeness(shoulders, 2.0 * tolerance)),
        part("neckline", closeness(neckline, 2.0 * tolerance)),
        part("trend", share(trend)),
        part("time", balance(c.place - a.place, e.place - c.place)),
    ];
    Some(Candidate {
        points: points(),
        parts: parts.to_vec(),
        ..Candidate::new(scene, sketch, [a, e], side.bounds(right, line)).height(height)
    })
}
