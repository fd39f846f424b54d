//! The rules over many bars at once: a bit for each.

use super::candles::Candles;
use super::pattern::Pattern;
use super::rule::{Clause, Relation, Share, Term, Test};
use super::words::{body, close};
use crate::kernels::{WORD, above, at_least};

/// The price that a white candle must pass after a black one. It is rounded once, as TA-Lib does it: a
/// tick's price can lie exactly there.
fn rebound(close: f64, body: f64, share: f64) -> f64 {
    libm::fma(body, share, close)
}

/// What a rule is read with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    pub candles: &'a Candles,
    /// Bars before the first one that the rule is asked about.
    pub first: usize,
    pub penetration: f64,
}

/// The bars of a word where a pattern is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found {
    pub plus: u64,
    pub minus: u64,
    /// Those of them that are whole.
    pub whole: u64,
}

impl Reader<'_> {
    /// Looks for a pattern from a row on, in at most [`WORD`] bars; `context` has what else each sign needs.
    pub fn find(&self, pattern: &Pattern, context: [&[Clause]; 2], row: usize, n: usize) -> Found {
        let alive = self.candles.with_history(row, n, self.first);
        let alive = self.all(pattern.both, row, n, alive);
        let side = |clauses: &[Clause], context, whole| {
            if clauses.is_empty() || alive == 0 {
                return (0, 0);
            }
            let bits = self.all(clauses, row, n, alive);
            let bits = self.all(context, row, n, bits);
            (bits, self.all(whole, row, n, bits))
        };
        let (plus, whole_plus) = side(pattern.plus, context[0], pattern.whole_plus);
        let (minus, whole_minus) = side(pattern.minus, context[1], pattern.whole_minus);
        Found {
            plus,
            minus,
            whole: whole_plus | whole_minus,
        }
    }

    /// The bars, of those alive, where all conditions hold.
    fn all(&self, clauses: &[Clause], row: usize, n: usize, mut alive: u64) -> u64 {
        for clause in clauses {
            if alive == 0 {
                break;
            }
            alive &= match clause {
                Clause::Is(test) => self.test(test, row, n, alive),
                Clause::Any { of } => of
                    .iter()
                    .fold(0, |any, list| any | self.all(list, row, n, alive & !any)),
            };
        }
        alive
    }

    /// The bars, among those alive, where the comparison holds; the bits of others say nothing.
    pub fn test(&self, test: &Test, row: usize, n: usize, alive: u64) -> u64 {
        let (mut room, mut other) = ([0.0; WORD], [0.0; WORD]);
        let left = self.term(&test.left, (row, n, alive), &mut room);
        let right = self.term(&test.right, (row, n, alive), &mut other);
        match test.relation {
            Relation::Above => above(left, right),
            Relation::AtLeast => at_least(left, right),
            Relation::Below => above(right, left),
            Relation::AtMost => at_least(right, left),
        }
    }

    /// A side of a comparison for each bar, in the room if it must be computed; what costs much only
    /// for the bars alive.
    pub fn term<'b>(
        &'b self,
        term: &Term,
        (row, n, alive): (usize, usize, u64),
        room: &'b mut [f64; WORD],
    ) -> &'b [f64] {
        let of = |place| self.candles.of(place, row, n);
        let limit = |setting, back| self.candles.limits(setting, back, self.first, row, n);
        let room = &mut room[..n];
        match *term {
            Term::Of(place) => return of(place),
            Term::Limit(setting, back) => return limit(setting, back),
            Term::Plus(place, setting) => fill(room, of(place), limit(setting, place.back), |a, b| a + b),
            Term::Minus(place, setting) => fill(room, of(place), limit(setting, place.back), |a, b| a - b),
            Term::Reach(from, less, setting) => {
                fill(room, of(from), of(less), |a, b| a - b);
                for (out, limit) in room.iter_mut().zip(limit(setting, from.back)) {
                    *out -= limit;
                }
            }
            Term::Apart(a, b) => fill(room, of(a), of(b), |a, b| (a - b).abs()),
            Term::Setback(back, share) => {
                let share = self.share(share);
                fill(room, of(close(back)), of(body(back)), |close, body| close - body * share);
            }
            Term::Rebound(back, share) => {
                let share = self.share(share);
                let (closes, bodies) = (of(close(back)), of(body(back)));
                for (i, out) in room.iter_mut().enumerate() {
                    if alive >> i & 1 == 1 {
                        *out = rebound(closes[i], bodies[i], share);
                    }
                }
            }
        }
        room
    }

    fn share(&self, share: Share) -> f64 {
        match share {
            Share::Half => 0.5,
            Share::Penetration => self.penetration,
        }
    }
}

fn fill(room: &mut [f64], a: &[f64], b: &[f64], f: impl Fn(f64, f64) -> f64) {
    for ((out, &a), &b) in room.iter_mut().zip(a).zip(b) {
        *out = f(a, b);
    }
}
