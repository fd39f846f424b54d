//! Levels and clusters as columns of numbers: how they cross into a host.

use super::levels::Anchor;
use super::{FIBONACCI, Fibonacci};

/// Tables, column by column: a kind is its position in the study's figures.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Flat {
    /// Bar, time and price.
    pub points: [Vec<f64>; 3],
    /// Kind, ratio, price, bar and slope; bar and price of A, of B and of C.
    pub levels: [Vec<f64>; 11],
    /// Low, high, number of swings, number of levels, score.
    pub clusters: [Vec<f64>; 5],
    /// Kind and ratio of the levels of all clusters.
    pub parts: [Vec<f64>; 2],
}

impl From<&Fibonacci> for Flat {
    fn from(found: &Fibonacci) -> Self {
        let mut flat = Self::default();
        for point in &found.points {
            add(&mut flat.points, [point.bar, point.time, point.price]);
        }
        for level in &found.levels {
            let place = |point: Option<Anchor>| {
                point.map_or([f64::NAN; 2], |point| [point.bar, point.price])
            };
            let [a, b, c] = [Some(level.from), Some(level.to), level.then].map(place);
            let kind = kind(level.kind);
            let own = [kind, level.ratio, level.price, level.bar, level.slope];
            let points = [a, b, c].concat();
            let values = own.into_iter().chain(points);
            for (column, value) in flat.levels.iter_mut().zip(values) {
                column.push(value);
            }
        }
        for cluster in &found.clusters {
            let [swings, parts] = [cluster.swings, cluster.parts.len()].map(|n| n as f64);
            let values = [cluster.low, cluster.high, swings, parts, cluster.score];
            add(&mut flat.clusters, values);
            for part in &cluster.parts {
                add(&mut flat.parts, [kind(part.kind), part.ratio]);
            }
        }
        flat
    }
}

fn add<const N: usize>(columns: &mut [Vec<f64>; N], values: [f64; N]) {
    for (column, value) in columns.iter_mut().zip(values) {
        column.push(value);
    }
}

fn kind(name: &str) -> f64 {
    let mut figures = FIBONACCI.figures.iter();
    let place = figures.position(|figure| figure.name == name);
    place.map_or(f64::NAN, |place| place as f64)
}
