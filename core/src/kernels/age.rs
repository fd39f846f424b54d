//! How many bars ago the last bars were at their highest.
//!
//! Of equal bars the newest counts. Ages are whole numbers, so no order of joining changes them.

use super::Fold;
use super::extremum::clean;
use super::lanes::{Quad, Value};
use crate::codec::{Codec, Fields};
use crate::error::Error;

/// Bars since the greatest of the last bars; missing while one of them is. For the least, its
/// negative is given.
#[derive(Debug, Clone, Copy)]
pub struct Age;

/// A run of bars.
#[derive(Debug, Clone, Copy)]
pub struct Part<V> {
    highest: V,
    age: V,
    bars: V,
}

impl Fields for Part<f64> {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.highest)?;
        codec.f64(&mut self.age)?;
        codec.f64(&mut self.bars)
    }
}

impl Fold for Age {
    type Part<V: Value> = Part<V>;

    #[inline(always)]
    fn one<V: Value>(x: V) -> Part<V> {
        Part {
            highest: clean(x),
            age: V::all(0.0),
            bars: V::all(1.0),
        }
    }

    #[inline(always)]
    fn push<V: Value>(part: Part<V>, x: V, n: V) -> Part<V> {
        let x = clean(x);
        let older = part.age + V::all(1.0);
        Part {
            highest: part.highest.higher(x),
            age: x.reaches(part.highest, V::all(0.0), older),
            bars: n,
        }
    }

    #[inline(always)]
    fn prepend<V: Value>(x: V, part: Part<V>) -> Part<V> {
        let x = clean(x);
        Part {
            highest: part.highest.higher(x),
            age: part.highest.reaches(x, part.age, part.bars),
            bars: part.bars + V::all(1.0),
        }
    }

    #[inline(always)]
    fn join<V: Value>(older: Part<V>, _: V, newer: Part<V>, newer_n: V) -> V {
        let age = newer
            .highest
            .reaches(older.highest, newer.age, older.age + newer_n);
        age + older.highest.higher(newer.highest) * V::all(0.0)
    }

    #[inline(always)]
    fn whole<V: Value>(part: Part<V>, _: V) -> V {
        part.age + part.highest * V::all(0.0)
    }

    #[inline(always)]
    fn last_lane<Q: Quad>(part: Part<Q>) -> Part<f64> {
        Part {
            highest: part.highest.last(),
            age: part.age.last(),
            bars: part.bars.last(),
        }
    }
}
