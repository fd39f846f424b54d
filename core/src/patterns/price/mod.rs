//! Classical chart patterns: price between lines that turns draw, until it closes beyond one.
//!
//! `scene` is what the rules look at, `reversals`, `trendlines` (over `band`), `flags` and `bowls`
//! are the rules, a `candidate` is what they find, `waiting` keeps it until its `breakout`.

mod band;
mod bowls;
mod breakout;
mod candidate;
mod definition;
mod flags;
mod history;
mod reversals;
mod scene;
mod trendlines;
mod waiting;

use self::bowls::Bowl;
use self::breakout::Close;
use self::history::History;
use self::scene::{Corner, REACH, Rules, Scene};
use self::waiting::Waiting;
use super::family::{Bar, Detector, Family, Need};
use super::findings::Findings;
use super::pattern::{Condition, Forming};
use super::turns::{Turn, Turns};
use crate::params::Params;

/// Finds the patterns of prices. A bar costs a look at seven candidates; one that makes a turn
/// certain looks at the last [`REACH`] turns and, for bowls, at the bars of the longest pattern.
#[derive(Debug, Clone)]
pub struct PricePatterns {
    rules: Rules,
    turns: Turns,
    history: History,
    corners: Vec<Corner>,
    waiting: Waiting,
    before: Option<Bar>,
}

impl PricePatterns {
    fn corner(&self, turn: Turn, origin: bool) -> Corner {
        Corner {
            turn,
            place: self.history.place(turn.bar),
            origin,
        }
    }

    fn remember(&mut self, turn: Turn) {
        if self.corners.is_empty() {
            let origin = self.turns.origin();
            self.corners
                .extend(origin.map(|origin| self.corner(origin, true)));
        }
        if self.corners.len() == REACH {
            self.corners.remove(0);
        }
        self.corners.push(self.corner(turn, false));
    }
}

impl Detector for PricePatterns {
    const FAMILY: Family = definition::FAMILY;

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most 1000"
    )]
    fn new(params: &Params) -> Self {
        let rules = Rules::new(params);
        Self {
            rules,
            turns: Turns::new(params),
            history: History::new(rules.longest as usize),
            corners: Vec::with_capacity(REACH),
            waiting: Waiting::new(),
            before: None,
        }
    }

    fn need(params: &Params) -> Option<Need> {
        (params.number("volume_ratio") > 0.0).then_some(Need {
            param: "volume_ratio",
            input: "volume",
            bound: "0, or with volume",
        })
    }

    fn bar(&mut self, bar: &Bar, found: &mut Findings) {
        self.history.push(bar);
        let turn = self.turns.next(bar);
        if let Some(turn) = turn {
            self.remember(turn);
        }
        let tip = self.turns.tip().map(|tip| self.corner(tip, false));
        let scene = Scene {
            corners: &self.corners,
            history: &self.history,
            rules: &self.rules,
            bar: bar.index,
            place: self.history.newest(),
        };
        if turn.is_some() {
            self.waiting.look(&scene, found);
        }
        let close = Close {
            scene: &scene,
            bar,
            before: self.before,
            tip,
        };
        self.waiting.settle(&close, found);
        self.before = Some(*bar);
    }

    fn forming(&self, found: &mut Vec<Forming>) {
        let place = self.history.newest();
        for candidate in self.waiting.candidates() {
            let mut parts = candidate.parts.clone();
            if let Some(rim) = &candidate.rim {
                let bowl = Bowl::up_to(rim, &self.history, place);
                if !bowl.conditions().iter().all(Condition::met) {
                    continue;
                }
                parts.extend(bowl.parts());
            }
            let direction = candidate.sketch.direction;
            found.push(Forming(candidate.pattern(
                direction,
                parts,
                place,
                &self.rules,
            )));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Profile;

    #[test]
    fn memory_is_bounded() {
        let family = &crate::patterns::find("price_patterns")
            .expect("it is listed")
            .family;
        let params = Params::positional(family, Profile::default(), &[]).expect("defaults");
        let mut machine = PricePatterns::new(&params);
        let mut found = Findings::default();
        let (mut state, mut price) = (1_u64, 100.0);
        for index in 0..50_000 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            price += (state >> 40) as f64 / (1_u64 << 24) as f64 - 0.5;
            let bar = Bar {
                index,
                time: f64::NAN,
                open: price,
                high: price,
                low: price,
                close: price,
                volume: f64::NAN,
            };
            machine.bar(&bar, &mut found);
        }
        assert!(found.patterns.len() > 100);
        assert_eq!(machine.corners.len(), REACH);
        assert_eq!(machine.history.len(), 251);
        assert!(machine.waiting.candidates().count() <= 7);
    }
}
