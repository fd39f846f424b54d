//! The rules of all patterns sought, made ready to be read together.
//!
//! Most patterns ask some of the same questions: whether a candle is white, long, bare. Each different
//! comparison is read once for a word of bars, when it is first asked for.

use super::candles::Candles;
use super::comparison::{Comparison, Reading, Room};
use super::options::Options;
use super::pattern::Pattern;
use super::rule::Clause;
use crate::kernels::WORD;

/// A condition.
#[derive(Debug, Clone)]
enum Step {
    /// By its place in the list of comparisons.
    Is(usize),
    Any(Vec<Vec<Self>>),
}

/// What makes one sign of a pattern.
#[derive(Debug, Clone)]
struct Sign {
    steps: Vec<Step>,
    whole: Vec<Step>,
}

/// The rule of a pattern.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    first: usize,
    both: Vec<Step>,
    plus: Option<Sign>,
    minus: Option<Sign>,
}

/// The bars of a word where a pattern is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found {
    pub plus: u64,
    pub minus: u64,
    /// Those of them that are whole.
    pub whole: u64,
}

/// All comparisons, and what they told of the word at hand.
#[derive(Debug, Clone)]
pub(super) struct Program {
    comparisons: Vec<Comparison>,
    /// A word for each comparison, where it is known.
    words: Vec<Option<u64>>,
    room: Room,
}

impl Program {
    pub const fn new() -> Self {
        Self {
            comparisons: Vec::new(),
            words: Vec::new(),
            room: [[0.0; WORD]; 2],
        }
    }

    /// Makes a pattern's rule ready.
    pub fn add(&mut self, pattern: &Pattern, options: &Options) -> Rule {
        let reading = options.reading(pattern);
        let [plus, minus] = options.context(pattern);
        let mut sign = |steps: &[Clause], context, whole| {
            (!steps.is_empty()).then(|| {
                let mut steps = self.steps(steps, reading);
                steps.extend(self.steps(context, reading));
                let whole = self.steps(whole, reading);
                Sign { steps, whole }
            })
        };
        Rule {
            plus: sign(pattern.plus, plus, pattern.whole_plus),
            minus: sign(pattern.minus, minus, pattern.whole_minus),
            both: self.steps(pattern.both, reading),
            first: pattern.first(),
        }
    }

    fn steps(&mut self, clauses: &[Clause], reading: Reading) -> Vec<Step> {
        let steps = clauses.iter().map(|clause| match clause {
            Clause::Is(test) => Step::Is(self.place(Comparison::new(test, reading))),
            Clause::Any { of } => {
                Step::Any(of.iter().map(|list| self.steps(list, reading)).collect())
            }
        });
        steps.collect()
    }

    fn place(&mut self, comparison: Comparison) -> usize {
        let known = self.comparisons.iter().position(|c| *c == comparison);
        known.unwrap_or_else(|| {
            self.comparisons.push(comparison);
            self.words.push(None);
            self.comparisons.len() - 1
        })
    }

    /// Forgets what is known, before the next word of bars.
    pub fn turn(&mut self) {
        self.words.fill(None);
    }

    /// Looks for a pattern from a row on, in at most [`WORD`] bars.
    pub fn find(&mut self, rule: &Rule, candles: &Candles, row: usize, n: usize) -> Found {
        let alive = candles.with_history(row, n, rule.first);
        let alive = self.all(&rule.both, candles, (row, n), alive);
        let mut sign = |sign: &Option<Sign>| match sign {
            Some(Sign { steps, whole }) => {
                let bits = self.all(steps, candles, (row, n), alive);
                (bits, self.all(whole, candles, (row, n), bits))
            }
            None => (0, 0),
        };
        let (plus, whole_plus) = sign(&rule.plus);
        let (minus, whole_minus) = sign(&rule.minus);
        Found {
            plus,
            minus,
            whole: whole_plus | whole_minus,
        }
    }

    /// The bars, of those alive, where all conditions hold.
    fn all(
        &mut self,
        steps: &[Step],
        candles: &Candles,
        (row, n): (usize, usize),
        mut alive: u64,
    ) -> u64 {
        for step in steps {
            if alive == 0 {
                break;
            }
            alive &= match step {
                Step::Is(place) => self.read(*place, candles, (row, n), alive),
                Step::Any(lists) => lists.iter().fold(0, |any, list| {
                    any | self.all(list, candles, (row, n), alive & !any)
                }),
            };
        }
        alive
    }

    fn read(
        &mut self,
        place: usize,
        candles: &Candles,
        (row, n): (usize, usize),
        alive: u64,
    ) -> u64 {
        if let Some(word) = self.words[place] {
            return word;
        }
        let comparison = &self.comparisons[place];
        let word = comparison.read(candles, row, n, alive, &mut self.room);
        if comparison.is_cheap() {
            self.words[place] = Some(word);
        }
        word
    }
}

impl Found {
    pub fn among(self, bars: u64) -> Self {
        Self {
            plus: self.plus & bars,
            minus: self.minus & bars,
            whole: self.whole & bars,
        }
    }
}
