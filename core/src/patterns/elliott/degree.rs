//! One degree: its turns, and the counts among the last of them.

use super::definition::{GROWTH, ROLES};
use super::rules::{Move, SHAPES, Shape};
use super::waves::{MOST_WAVES, TURNS, Waves, counts};
use crate::params::Params;
use crate::patterns::family::Bar;
use crate::patterns::findings::Findings;
use crate::patterns::pattern::{Direction, Forming, Miss, Named, Pattern, Point};
use crate::patterns::turns::{Turn, Turns};

/// The turns of a degree, and what finds them.
#[derive(Debug, Clone)]
pub struct Degree {
    turns: Turns,
    last: Vec<Turn>,
    roles: &'static [&'static str],
    counts: usize,
}

/// A count whose rules are met.
struct Count<'a> {
    shape: &'static Shape,
    waves: Waves<'a>,
    parts: Vec<Named>,
    score: f64,
}

impl Degree {
    /// A degree, 0 being the first.
    pub fn new(degree: usize, params: &Params) -> Self {
        let factor = (0..degree).fold(1.0, |factor, _| GROWTH * factor);
        Self {
            turns: Turns::scaled(params, factor),
            last: Vec::with_capacity(TURNS),
            roles: &ROLES[degree],
            counts: params.period("counts"),
        }
    }

    /// Takes a bar, and adds the counts that it makes certain.
    pub fn bar(&mut self, bar: &Bar, found: &mut Findings) {
        let Some(turn) = self.turns.next(bar) else {
            return;
        };
        if self.last.len() == TURNS {
            self.last.remove(0);
        }
        self.last.push(turn);
        for count in self.best(0) {
            found.add(self.complete(&count, turn));
        }
        if found.wants_misses() {
            self.misses(turn, found);
        }
    }

    /// The counts that lack their last wave.
    pub fn forming(&self, found: &mut Vec<Forming>) {
        for count in self.best(1) {
            found.push(self.unfinished(&count));
        }
    }

    /// The best counts that end at the last turn, or lack so many waves there.
    fn best(&self, missing: usize) -> Vec<Count<'_>> {
        let mut all: Vec<Count<'_>> = Vec::new();
        for shape in &SHAPES {
            let spans = &shape.spans[..shape.spans.len() - missing];
            counts(&self.last, spans, |waves| {
                let known = waves.count();
                let mut rules = shape.rules.iter().filter(|rule| rule.needs <= known);
                if !rules.all(|rule| rule.condition(&waves).met()) {
                    return;
                }
                let guidelines = shape.guidelines.iter();
                let parts = guidelines.filter(|guideline| guideline.needs <= known);
                let parts: Vec<Named> = parts.map(|guideline| guideline.part(&waves)).collect();
                let sum = parts.iter().fold(0.0, |sum, part| sum + part.value);
                let score = if parts.is_empty() {
                    0.0
                } else {
                    sum / parts.len() as f64
                };
                all.push(Count {
                    shape,
                    waves,
                    parts,
                    score,
                });
            });
        }
        // Stable: what was found first stays first, which are shapes listed first and shorter waves.
        all.sort_by(|a, b| b.score.total_cmp(&a.score));
        all.truncate(self.counts);
        all
    }

    fn misses(&self, turn: Turn, found: &mut Findings) {
        for shape in &SHAPES {
            counts(&self.last, &SINGLE[..shape.spans.len()], |waves| {
                let conditions = shape.rules.iter().map(|rule| rule.condition(&waves));
                let mut unmet = conditions.filter(|condition| !condition.met());
                let one = unmet
                    .next()
                    .is_some_and(|condition| condition.measured.is_finite());
                if one && unmet.next().is_none() {
                    found.miss(|| Miss {
                        shape: shape.word.name,
                        direction: after(&waves),
                        bar: turn.confirmed,
                        points: self.points(shape, &waves),
                        conditions: shape
                            .rules
                            .iter()
                            .map(|rule| rule.condition(&waves))
                            .collect(),
                    });
                }
            });
        }
    }

    fn points(&self, shape: &Shape, waves: &Waves<'_>) -> Vec<Point> {
        let named = waves.ends().zip(shape.roles);
        named
            .map(|(turn, role)| turn.as_point(self.role(role)))
            .collect()
    }

    /// The name that an end has in this degree.
    fn role(&self, role: &'static str) -> &'static str {
        let place = ROLES[0].iter().position(|known| *known == role);
        place.map_or(role, |place| self.roles[place])
    }

    fn complete(&self, count: &Count<'_>, end: Turn) -> Pattern {
        let start = count.waves.turn(0).price;
        Pattern {
            shape: count.shape.word.name,
            direction: after(&count.waves),
            points: self.points(count.shape, &count.waves),
            detected: end.confirmed,
            confirmed: Some(end.confirmed),
            score: count.score,
            parts: count.parts.clone(),
            invalidation: end.price,
            zone: [f64::NAN; 2],
            targets: targets(count.shape, start, end.price),
        }
    }

    /// A count that lacks its last wave.
    fn unfinished(&self, count: &Count<'_>) -> Forming {
        let (shape, waves) = (count.shape, &count.waves);
        let before = waves.turn(waves.count());
        let tip = self.turns.tip();
        let tip = tip.filter(|tip| tip.top != before.top && tip.bar > before.bar);
        // The last wave goes away from the last certain end.
        let sign = if before.top { -1.0 } else { 1.0 };
        let (by, [near, far]) = shape.last;
        let length = by(waves);
        let ends = [near, far].map(|share| before.price + sign * share * length);
        let zone = if sign > 0.0 { ends } else { [ends[1], ends[0]] };
        let mut points = self.points(shape, waves);
        points.extend(tip.map(|tip| tip.as_point("tip")));
        Forming(Pattern {
            shape: shape.word.name,
            direction: after(waves),
            points,
            detected: tip.map_or(before.confirmed, |tip| tip.confirmed.max(before.confirmed)),
            confirmed: None,
            score: count.score,
            parts: count.parts.clone(),
            invalidation: before.price,
            zone,
            targets: targets(shape, waves.turn(0).price, ends[0]),
        })
    }
}

/// Waves of one swing each.
const SINGLE: [&[usize]; MOST_WAVES] = [&[1]; MOST_WAVES];

/// Where price is expected to go once the last wave has ended: against the first one, as every shape has
/// an odd number of waves.
fn after(waves: &Waves<'_>) -> Direction {
    Direction::of(-waves.sign())
}

fn targets(shape: &Shape, start: f64, end: f64) -> Vec<Named> {
    let shares = match shape.moves {
        Move::Motive => [("0.382", 0.382), ("0.5", 0.5), ("0.618", 0.618)],
        Move::Corrective => [("0.618", 0.618), ("1.0", 1.0), ("1.618", 1.618)],
    };
    let target = |(name, share)| Named {
        name,
        value: end + share * (start - end),
    };
    shares.map(target).to_vec()
}
