//! Timing (TD): how long a move has lasted, in counts of bars.
//!
//! Every rule is written for the buyer; the seller's bars are upside down.

mod definition;
mod report;
mod rules;
mod seen;
mod setup;
mod side;
mod tally;

#[cfg(test)]
mod tests;

use super::family::{Bar, Detector, Family};
use super::findings::Findings;
use super::pattern::{Direction, Forming};
use crate::params::Params;
use rules::Rules;
use side::Side;

/// Finds setups, countdowns and combos of both sides. Its memory is that of a few dozen bars.
#[derive(Debug, Clone)]
pub struct Td {
    rules: Rules,
    buyer: Side,
    seller: Side,
}

impl Detector for Td {
    const FAMILY: Family = definition::FAMILY;

    fn new(params: &Params) -> Self {
        Self {
            rules: Rules::new(params),
            buyer: Side::new(Direction::Bullish),
            seller: Side::new(Direction::Bearish),
        }
    }

    fn bar(&mut self, bar: &Bar, found: &mut Findings) {
        let Self {
            rules,
            buyer,
            seller,
        } = self;
        let rules = *rules;
        buyer.count(rules, bar, found);
        seller.count(rules, bar, found);
        // A close is below or above the one four bars earlier: at most one side has a setup.
        let bought = buyer.set_up(rules, seller.line(), found);
        let sold = seller.set_up(rules, buyer.line(), found);
        if bought {
            seller.cancel(rules, found);
        }
        if sold {
            buyer.cancel(rules, found);
        }
    }

    fn forming(&self, found: &mut Vec<Forming>) {
        self.buyer.forming(found);
        self.seller.forming(found);
    }
}
