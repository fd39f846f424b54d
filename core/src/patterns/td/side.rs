//! All counts of one side.

use super::report;
use super::rules::{Combo, Rules};
use super::seen::Recent;
use super::setup::{Run, Setup, Step};
use super::tally::{Count, End, Tally};
use crate::kernels::least;
use crate::patterns::family::Bar;
use crate::patterns::findings::Findings;
use crate::patterns::pattern::{Direction, Forming, Miss};

/// The buyer or the seller.
#[derive(Debug, Clone)]
pub struct Side {
    recent: Recent,
    run: Run,
    unperfected: Option<Unperfected>,
    countdown: Option<Count>,
    combo: Option<Count>,
    /// The TDST line of the last setup.
    line: f64,
}

/// A setup that waits for its perfection.
#[derive(Debug, Clone)]
struct Unperfected {
    setup: Setup,
    waited: u64,
    /// The lowest low from bar 8 on.
    low: f64,
}

impl Side {
    pub fn new(direction: Direction) -> Self {
        Self {
            recent: Recent::new(direction),
            run: Run::default(),
            unperfected: None,
            countdown: None,
            combo: None,
            line: f64::NAN,
        }
    }

    /// The TDST line of the last setup as the other side sees it.
    pub const fn line(&self) -> f64 {
        -self.line
    }

    /// Takes a bar and counts it in all that is under way.
    pub fn count(&mut self, rules: Rules, bar: &Bar, found: &mut Findings) {
        self.recent.take(bar);
        self.perfect(rules, found);
        self.advance(rules, found);
    }

    fn perfect(&mut self, rules: Rules, found: &mut Findings) {
        let (Some(waiting), Some(bar)) = (&mut self.unperfected, self.recent.ago(0)) else {
            return;
        };
        let price = rules.watched(bar);
        if price.is_some_and(|price| price > waiting.setup.line) {
            waiting.ended(&self.recent, bar.index, found);
            self.unperfected = None;
            return;
        }
        waiting.waited += 1;
        waiting.low = least(waiting.low, bar.low);
        if bar.low <= waiting.setup.perfect_low() {
            let Unperfected { setup, waited, .. } = waiting;
            found.add(report::perfected(&self.recent, setup, *waited));
            self.unperfected = None;
        }
    }

    fn advance(&mut self, rules: Rules, found: &mut Findings) {
        let recent = &self.recent;
        let Some(bar) = recent.ago(0) else {
            return;
        };
        for slot in [&mut self.countdown, &mut self.combo] {
            let Some(count) = slot else {
                continue;
            };
            if count.is_beyond(rules, bar) {
                count.ended(End::Line, rules, recent, found);
                *slot = None;
                continue;
            }
            if count.is_combo() {
                count.tally.next_combo(rules, recent);
            } else {
                count.next(rules, recent, found);
            }
            if count.is_full() {
                found.add(report::full(recent, count));
                *slot = None;
            }
        }
    }

    /// Looks whether the bar completes a setup; `opposite` is the other side's TDST line.
    pub fn set_up(&mut self, rules: Rules, opposite: f64, found: &mut Findings) -> bool {
        let step = self.run.next(rules, &self.recent, found);
        if matches!(step, Step::None) {
            return false;
        }
        let Some(setup) = self.run.setup(rules, opposite) else {
            return false;
        };
        let nine = matches!(step, Step::Nine);
        if nine {
            self.line = setup.line;
            found.add(report::setup(&self.recent, &setup));
            self.await_perfection(&setup, found);
        }
        self.begin(rules, setup, &step, found);
        nine
    }

    fn await_perfection(&mut self, setup: &Setup, found: &mut Findings) {
        if let Some(waiting) = self.unperfected.take() {
            waiting.ended(&self.recent, setup.last().index, found);
        }
        if setup.perfection == 1.0 {
            found.add(report::perfected(&self.recent, setup, 0));
            return;
        }
        self.unperfected = Some(Unperfected {
            low: least(setup.bars[7].low, setup.last().low),
            setup: setup.clone(),
            waited: 0,
        });
    }

    fn begin(&mut self, rules: Rules, setup: Setup, step: &Step, found: &mut Findings) {
        let recent = &self.recent;
        let mut free = |slot: &Option<Count>| match slot {
            None => matches!(step, Step::Nine),
            Some(count) => {
                let recycled = count.setup.recycled_by(rules, &setup, step);
                if recycled {
                    count.ended(End::Recycled, rules, recent, found);
                }
                recycled
            }
        };
        let (counts, combines) = (
            free(&self.countdown),
            rules.combo != Combo::Off && free(&self.combo),
        );
        if combines {
            let tally = self.run.combo();
            self.combo = Some(Count::combo(setup.clone(), tally));
        }
        if counts {
            let mut countdown = Count::countdown(setup);
            countdown.next(rules, recent, found);
            self.countdown = Some(countdown);
        }
    }

    /// Ends all counts, since the other side has a setup.
    pub fn cancel(&mut self, rules: Rules, found: &mut Findings) {
        let recent = &self.recent;
        let counts = [self.countdown.take(), self.combo.take()];
        for count in counts.into_iter().flatten() {
            count.ended(End::Opposite, rules, recent, found);
        }
        if let (Some(waiting), Some(bar)) = (self.unperfected.take(), recent.ago(0)) {
            waiting.ended(recent, bar.index, found);
        }
    }

    /// How many bars are kept.
    #[cfg(test)]
    pub fn remembered(&self) -> usize {
        let counts = [&self.countdown, &self.combo].into_iter().flatten();
        let counts = counts.map(|count| count.setup.bars.len() + count.tally.bars.len());
        let waiting = self.unperfected.as_ref();
        self.recent.remembered()
            + self.run.remembered()
            + waiting.map_or(0, |waiting| waiting.setup.bars.len())
            + counts.sum::<usize>()
    }

    /// The counts under way.
    pub fn forming(&self, found: &mut Vec<Forming>) {
        let recent = &self.recent;
        let running = Tally {
            bars: self.run.unfinished().to_vec(),
            ..Tally::default()
        };
        found.extend(report::forming(recent, "setup", &running, None));
        if let Some(waiting) = &self.unperfected {
            found.push(report::unperfected(recent, &waiting.setup));
        }
        for count in [&self.countdown, &self.combo].into_iter().flatten() {
            let line = Some(count.setup.line);
            found.extend(report::forming(recent, count.shape, &count.tally, line));
        }
    }
}

impl Unperfected {
    fn ended(&self, recent: &Recent, bar: u64, found: &mut Findings) {
        let low = |i: usize| self.setup.bars[i].low;
        found.miss(|| Miss {
            shape: "perfected_setup",
            direction: recent.direction,
            bar,
            points: recent.points(&self.setup.bars),
            conditions: vec![
                recent.at_most("low_6", self.low, low(5)),
                recent.at_most("low_7", self.low, low(6)),
            ],
        });
    }
}
