//! A comparison with its places known, read over many bars at once.

use super::candles::{Candles, Column};
use super::rule::{Relation, Share, Term, Test};
use super::words::{body, close};
use crate::kernels::{WORD, above, at_least};

/// What a rule is read with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    /// Bars before the first one that the rule is asked about.
    pub first: usize,
    pub penetration: f64,
}

/// One side.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Side {
    Of(Column),
    Plus(Column, Column),
    Minus(Column, Column),
    Reach(Column, Column, Column),
    Apart(Column, Column),
    /// Of close and body.
    Rebound(Column, Column, f64),
    Setback(Column, Column, f64),
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Comparison {
    left: Side,
    relation: Relation,
    right: Side,
}

/// Room for the two sides.
pub(super) type Room = [[f64; WORD]; 2];

impl Comparison {
    pub fn new(test: &Test, reading: Reading) -> Self {
        Self {
            left: Side::new(test.left, reading),
            relation: test.relation,
            right: Side::new(test.right, reading),
        }
    }

    /// Whether what it tells of some bars is worth keeping: the costly are read for few bars only.
    pub const fn is_cheap(&self) -> bool {
        !matches!(self.right, Side::Rebound(..))
    }

    /// The bars from a row on, at most [`WORD`], where it holds. The bits of bars not alive say nothing.
    pub fn read(
        &self,
        candles: &Candles,
        row: usize,
        n: usize,
        alive: u64,
        room: &mut Room,
    ) -> u64 {
        let [left, right] = room;
        let left = self.left.read(candles, (row, n, alive), left);
        let right = self.right.read(candles, (row, n, alive), right);
        match self.relation {
            Relation::Above => above(left, right),
            Relation::AtLeast => at_least(left, right),
            Relation::Below => above(right, left),
            Relation::AtMost => at_least(right, left),
        }
    }

    /// Both sides as seen from one row.
    pub fn sides(&self, candles: &Candles, row: usize) -> [f64; 2] {
        let mut room = [0.0; WORD];
        [self.left, self.right].map(|side| side.read(candles, (row, 1, 1), &mut room)[0])
    }
}

impl Side {
    fn new(term: Term, reading: Reading) -> Self {
        let limit = |setting, back| Column::limit(setting, back, reading.first);
        let of = Column::of;
        let share = |share| match share {
            Share::Half => 0.5,
            Share::Penetration => reading.penetration,
        };
        match term {
            Term::Of(place) => Self::Of(of(place)),
            Term::Limit(setting, back) => Self::Of(limit(setting, back)),
            Term::Plus(place, setting) => Self::Plus(of(place), limit(setting, place.back)),
            Term::Minus(place, setting) => Self::Minus(of(place), limit(setting, place.back)),
            Term::Reach(from, less, setting) => {
                Self::Reach(of(from), of(less), limit(setting, from.back))
            }
            Term::Apart(a, b) => Self::Apart(of(a), of(b)),
            Term::Rebound(back, part) => {
                Self::Rebound(of(close(back)), of(body(back)), share(part))
            }
            Term::Setback(back, part) => {
                Self::Setback(of(close(back)), of(body(back)), share(part))
            }
        }
    }

    /// The numbers of each bar, in the room if they must be computed.
    fn read<'a>(
        &self,
        candles: &'a Candles,
        (row, n, alive): (usize, usize, u64),
        room: &'a mut [f64; WORD],
    ) -> &'a [f64] {
        let of = |column| candles.of(column, row, n);
        let room = &mut room[..n];
        match *self {
            Self::Of(column) => return of(column),
            Self::Plus(a, b) => fill(room, of(a), of(b), |a, b| a + b),
            Self::Minus(a, b) => fill(room, of(a), of(b), |a, b| a - b),
            Self::Reach(a, b, limit) => {
                fill(room, of(a), of(b), |a, b| a - b);
                for (out, limit) in room.iter_mut().zip(of(limit)) {
                    *out -= limit;
                }
            }
            Self::Apart(a, b) => fill(room, of(a), of(b), |a, b| (a - b).abs()),
            Self::Setback(close, body, share) => {
                fill(room, of(close), of(body), |close, body| {
                    close - body * share
                });
            }
            // Rounded once, as TA-Lib does it: a tick's price can lie exactly there.
            Self::Rebound(close, body, share) => {
                let numbers = room.iter_mut().zip(of(close)).zip(of(body));
                for (i, ((out, &close), &body)) in numbers.enumerate() {
                    if alive >> i & 1 == 1 {
                        *out = libm::fma(body, share, close);
                    }
                }
            }
        }
        room
    }
}

fn fill(room: &mut [f64], a: &[f64], b: &[f64], f: impl Fn(f64, f64) -> f64) {
    for ((out, &a), &b) in room.iter_mut().zip(a).zip(b) {
        *out = f(a, b);
    }
}
