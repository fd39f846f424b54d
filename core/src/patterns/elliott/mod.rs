//! Elliott waves: counts of turns in several degrees.

mod definition;
mod degree;
mod rules;
mod waves;

#[cfg(test)]
mod tests;

use super::family::{Bar, Detector, Family};
use super::findings::Findings;
use super::pattern::Forming;
use crate::params::Params;
use degree::Degree;

/// Counts the waves of every degree. Its memory is the last turns of each.
#[derive(Debug, Clone)]
pub struct Elliott(Vec<Degree>);

impl Detector for Elliott {
    const FAMILY: Family = definition::FAMILY;

    fn new(params: &Params) -> Self {
        let degrees = 0..params.period("degrees");
        Self(degrees.map(|degree| Degree::new(degree, params)).collect())
    }

    fn bar(&mut self, bar: &Bar, found: &mut Findings) {
        for degree in &mut self.0 {
            degree.bar(bar, found);
        }
    }

    fn forming(&self, found: &mut Vec<Forming>) {
        for degree in &self.0 {
            degree.forming(found);
        }
    }
}
