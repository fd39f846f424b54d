//! The bar at which a candidate breaks out, and what the pattern then is.

use super::bowls::Bowl;
use super::candidate::{Candidate, part, score};
use super::scene::{Corner, Rules, Scene, at_least, greatest, least, share};
use super::trendlines::line_role;
use crate::patterns::family::Bar;
use crate::patterns::findings::Findings;
use crate::patterns::pattern::{Condition, Direction, Named, Pattern, Point};

/// The volume of a breakout, in means of the pattern's, from which on its part of the score is 1.
const LIVELY: f64 = 2.0;

/// What a candidate may break out with: a bar, and what came before it.
#[derive(Debug)]
pub(super) struct Close<'a> {
    pub scene: &'a Scene<'a>,
    pub bar: &'a Bar,
    /// The bar before it.
    pub before: Option<Bar>,
    /// The extreme since the last turn.
    pub tip: Option<Corner>,
}

/// What becomes of a candidate that breaks out.
#[derive(Debug)]
pub(super) enum Outcome {
    Told(Pattern),
    /// Its volume is too small: it waits for another bar.
    Refused,
    /// It turns out not to be the pattern.
    Ends,
}

impl Close<'_> {
    /// A candidate breaks out, up (+1) or down (−1).
    pub fn breakout(&self, candidate: &Candidate, direction: f64, found: &mut Findings) -> Outcome {
        let mut parts = candidate.parts.clone();
        if let Some(rim) = &candidate.rim {
            let bowl = Bowl::up_to(rim, self.scene.history, self.scene.place);
            if !self.judge(candidate, &bowl.conditions(), found) {
                return Outcome::Ends;
            }
            parts.extend(bowl.parts());
        }
        if let Some(volume) = self.volume(candidate) {
            let condition = at_least("volume", volume, self.scene.rules.volume);
            if !condition.met() {
                if !candidate.refused {
                    self.judge(candidate, &[condition], found);
                }
                return Outcome::Refused;
            }
            parts.push(part("volume", share(volume / LIVELY)));
        }
        let (place, rules) = (self.scene.place, self.scene.rules);
        let mut pattern = candidate.pattern(Direction::of(direction), parts, place, rules);
        self.add_points(candidate, direction, &mut pattern);
        pattern.confirmed = Some(self.bar.index);
        if pattern
            .targets
            .iter()
            .all(|target| target.value.is_finite())
        {
            Outcome::Told(pattern)
        } else {
            Outcome::Ends
        }
    }

    fn judge(&self, candidate: &Candidate, conditions: &[Condition], found: &mut Findings) -> bool {
        let points = || candidate.points.clone();
        self.scene
            .judge(candidate.sketch, conditions, points, found)
    }

    /// The bar's volume in means of the pattern's, if both make sense.
    fn volume(&self, candidate: &Candidate) -> Option<f64> {
        let volume = self.bar.volume / candidate.volume;
        let known = candidate.volume > 0.0 && volume >= 0.0 && volume.is_finite();
        known.then_some(volume)
    }

    /// Adds the turn from which price breaks out if it is not certain yet, and the touch that the
    /// broken line lacks. Both are only known now.
    fn add_points(&self, candidate: &Candidate, direction: f64, pattern: &mut Pattern) {
        let Some(mut touches) = candidate.touches else {
            return;
        };
        let up = direction > 0.0;
        let (from, broken) = if up {
            (&mut touches.lower, touches.upper)
        } else {
            (&mut touches.upper, touches.lower)
        };
        let known = pattern.points.len();
        if let Some(tip) = self
            .tip
            .filter(|tip| self.is_turn(candidate, direction, tip))
        {
            *from += 1;
            pattern.points.push(tip.turn.as_point(line_role(!up)));
        }
        let last = pattern.points.last().map_or(0, |point| point.bar);
        if let Some(before) = self.before.filter(|bar| broken < *from && bar.index > last) {
            pattern.points.push(Point {
                role: "exit",
                bar: before.index,
                time: before.time,
                price: if up { before.high } else { before.low },
            });
        }
        if pattern.points.len() > known {
            pattern.detected = self.bar.index;
        }
    }

    /// Whether the extreme since the candidate's last turn is one of its turns too.
    fn is_turn(&self, candidate: &Candidate, direction: f64, tip: &Corner) -> bool {
        let (_, other) = candidate.bounds.towards(direction);
        let newest = self.scene.corners.last();
        let off = (tip.turn.price - other.at(tip.place)).abs();
        tip.turn.top == (direction < 0.0)
            && newest.is_some_and(|corner| corner.place == candidate.last)
            && candidate.last < tip.place
            && tip.turn.bar < self.bar.index
            && off <= self.scene.rules.tolerance * candidate.height
    }
}

impl Candidate {
    /// The pattern that it is if it breaks out in a direction at a place; without one it aims
    /// nowhere.
    pub fn pattern(
        &self,
        direction: Direction,
        parts: Vec<Named>,
        place: f64,
        rules: &Rules,
    ) -> Pattern {
        let mut pattern = Pattern {
            shape: self.sketch.shape,
            direction,
            points: self.points.clone(),
            detected: self.detected,
            confirmed: None,
            score: score(&parts),
            parts,
            invalidation: f64::NAN,
            zone: [f64::NAN; 2],
            targets: Vec::new(),
        };
        if direction != Direction::Neutral {
            let sign = direction.sign();
            let (broken, other) = self.bounds.towards(sign);
            let line = broken.at(place);
            let level = line + sign * rules.breakout * self.height;
            pattern.zone = [least(line, level), greatest(line, level)];
            pattern.invalidation = other.at(place);
            pattern.targets.push(Named {
                name: "measured",
                value: self.aim(sign, place),
            });
        }
        pattern
    }
}
