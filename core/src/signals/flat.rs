//! A composite signal as columns of numbers, as it crosses into a host.

use super::composite::{Composite, Why};
use super::request::COLUMNS;

/// Columns: what words mean there are places among the definitions.
#[derive(Debug, Clone, PartialEq)]
pub struct Flat {
    /// Bar, time, direction, score, strength, confidence.
    pub numbers: Vec<f64>,
    /// Of reasons: source, name, vote, weight, contribution, bar, measured.
    pub reasons: Vec<Vec<f64>>,
    /// Of sources that did not vote: source, the place of the column that is missing or NaN.
    pub silent: Vec<Vec<f64>>,
}

impl From<&Composite> for Flat {
    fn from(composite: &Composite) -> Self {
        let of = |cell: fn(&super::Reason) -> f64| composite.reasons.iter().map(cell).collect();
        let column = |why: Why| match why {
            Why::Column(name) => COLUMNS.iter().position(|column| *column == name),
            Why::NoValue => None,
        };
        Self {
            numbers: vec![
                composite.bar.map_or(f64::NAN, |bar| bar as f64),
                composite.time,
                composite.direction.sign(),
                composite.score,
                composite.strength,
                composite.confidence,
            ],
            reasons: vec![
                of(|reason| reason.source as f64),
                of(|reason| reason.said.name as f64),
                of(|reason| reason.said.vote),
                of(|reason| reason.weight),
                of(|reason| reason.contribution),
                of(|reason| reason.said.bar as f64),
                of(|reason| reason.said.measured),
            ],
            silent: vec![
                composite
                    .silent
                    .iter()
                    .map(|silent| silent.source as f64)
                    .collect(),
                composite
                    .silent
                    .iter()
                    .map(|silent| column(silent.why).map_or(f64::NAN, |place| place as f64))
                    .collect(),
            ],
        }
    }
}
