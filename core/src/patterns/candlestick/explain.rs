//! Why a pattern is at a bar, or why it is not: its rule read aloud.

use super::candles::{BLOCK, Candles};
use super::candlesticks::check_lengths;
use super::comparison::{Comparison, Reading};
use super::options::Options;
use super::pattern::Pattern;
use super::rule::{Clause, Place, Quantity, Relation, Share, Term, Test};
use super::setting::{Basis, Setting};
use crate::error::{Code, Error};

/// A condition of a pattern's rule, and how a bar meets it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Condition {
    /// Which result it is for: 100, −100, or 0 for both.
    pub sign: i32,
    /// Whether it only tells a whole pattern from one at ±80.
    pub whole: bool,
    /// Empty if it must hold. Else the alternative it belongs to, such as `1a`: of 1a, 1b and so on all
    /// conditions of at least one must hold. `1c2a` is an alternative within 1c.
    pub branch: String,
    /// What is demanded: "body of the first candle is above that of a long body".
    pub text: String,
    /// What the bar has.
    pub measured: f64,
    /// How the two must compare: `>`, `>=`, `<` or `<=`.
    pub relation: &'static str,
    /// What it is compared with.
    pub needed: f64,
    /// Whether it is met.
    pub met: bool,
    /// The same in a sentence with its numbers.
    pub sentence: String,
}

/// Reads a pattern's rule at a bar of a series: every condition, the ones that are met too. Where the
/// bar has too few bars before it, that is the only condition.
///
/// # Errors
/// [`Code::InputLength`] if columns differ in length, [`Code::InputRange`] for a bar that is not there;
/// see [`Options::check`].
pub fn explain(
    pattern: &Pattern,
    options: &Options,
    prices: [&[f64]; 4],
    bar: usize,
) -> Result<Vec<Condition>, Error> {
    options.check()?;
    let n = check_lengths(prices)?;
    if bar >= n {
        let why = format!("bar {bar} is not among the {n} bars");
        let bound = format!("below {n}");
        return Err(Error::new(
            Code::InputRange,
            "bar",
            bar.to_string(),
            bound,
            why,
        ));
    }
    let mut candles = Candles::new(options.trend);
    let mut row = 0;
    for from in (0..=bar).step_by(BLOCK) {
        let to = (bar + 1).min(from + BLOCK);
        row = candles.take(prices.map(|column| &column[from..to])) + (to - from - 1);
    }
    let mut reader = Reader {
        pattern,
        reading: options.reading(pattern),
        candles: &candles,
        row,
        conditions: Vec::new(),
    };
    if reader.history() {
        let [plus, minus] = options.context(pattern);
        reader.all(pattern.both, 0, false, "");
        if !pattern.plus.is_empty() {
            reader.all(pattern.plus, 100, false, "");
            reader.all(plus, 100, false, "");
            reader.all(pattern.whole_plus, 100, true, "");
        }
        if !pattern.minus.is_empty() {
            reader.all(pattern.minus, -100, false, "");
            reader.all(minus, -100, false, "");
            reader.all(pattern.whole_minus, -100, true, "");
        }
    }
    Ok(reader.conditions)
}

struct Reader<'a> {
    pattern: &'a Pattern,
    reading: Reading,
    candles: &'a Candles,
    row: usize,
    conditions: Vec<Condition>,
}

impl Reader<'_> {
    /// Whether there are enough bars before.
    fn history(&mut self) -> bool {
        let (has, needs) = (self.candles.history(self.row), self.pattern.lookback);
        let met = has >= needs;
        self.conditions.push(Condition {
            sign: 0,
            whole: false,
            branch: String::new(),
            text: "bars since the data begins or a bar is missing".into(),
            measured: has as f64,
            relation: ">=",
            needed: needs as f64,
            met,
            sentence: format!("{has} bars before this one since the last gap, needs {needs}"),
        });
        met
    }

    fn all(&mut self, clauses: &[Clause], sign: i32, whole: bool, branch: &str) {
        let mut group = 0;
        for clause in clauses {
            match clause {
                Clause::Is(test) => {
                    let condition = self.one(test, sign, whole, branch);
                    self.conditions.push(condition);
                }
                Clause::Any { of } => {
                    group += 1;
                    for (list, letter) in of.iter().zip('a'..) {
                        self.all(list, sign, whole, &format!("{branch}{group}{letter}"));
                    }
                }
            }
        }
    }

    fn one(&self, test: &Test, sign: i32, whole: bool, branch: &str) -> Condition {
        let comparison = Comparison::new(test, self.reading);
        let [measured, needed] = comparison.sides(self.candles, self.row);
        let met = match test.relation {
            Relation::Above => measured > needed,
            Relation::AtLeast => measured >= needed,
            Relation::Below => measured < needed,
            Relation::AtMost => measured <= needed,
        };
        let candles = self.pattern.candles;
        Condition {
            sign,
            whole,
            branch: branch.into(),
            text: demand(test, candles),
            measured,
            relation: test.relation.symbol(),
            needed,
            met,
            sentence: sentence(test, candles, measured, needed),
        }
    }
}

impl Pattern {
    /// The rule in words: the conditions of both signs, of the positive, of the negative, and what
    /// makes each whole; alternatives in brackets.
    #[must_use]
    pub fn rule(&self) -> [Vec<String>; 5] {
        let lists = [
            self.both,
            self.plus,
            self.minus,
            self.whole_plus,
            self.whole_minus,
        ];
        lists.map(|clauses| words(clauses, self.candles))
    }
}

fn words(clauses: &[Clause], candles: usize) -> Vec<String> {
    let words = clauses.iter().map(|clause| match clause {
        Clause::Is(test) => demand(test, candles),
        Clause::Any { of } => {
            let lists = of.iter().map(|list| words(list, candles).join(" and "));
            format!("({})", lists.collect::<Vec<_>>().join(") or ("))
        }
    });
    words.collect()
}

/// What a comparison asks for.
fn demand(test: &Test, candles: usize) -> String {
    if let (Term::Of(a), Term::Of(b)) = (test.left, test.right)
        && a.back == b.back
        && (a.quantity, b.quantity) == (Quantity::Close, Quantity::Open)
    {
        let colour = if test.relation == Relation::Below {
            "black"
        } else {
            "white"
        };
        return format!("{} is {colour}", candle(a.back, candles));
    }
    let (left, right) = (term(test.left, candles), term(test.right, candles));
    format!("{left} is {} {right}", test.relation.word())
}

/// The same with numbers, as shares of the mean where a mean is asked.
fn sentence(test: &Test, candles: usize, measured: f64, needed: f64) -> String {
    let left = term(test.left, candles);
    let word = test.relation.word();
    if let Term::Limit(setting, _) = test.right {
        let measure = setting.measure();
        let share = measured / needed * measure.factor;
        let factor = measure.factor;
        let of = match (measure.period, measure.basis) {
            (0, _) => "the candle's body".into(),
            (n, Basis::Body) => format!("the mean body of the {n} candles before"),
            (n, Basis::Range) => format!("the mean range of the {n} candles before"),
            (n, Basis::Shadow) => format!("the mean shadow of the {n} candles before"),
        };
        return format!("{left} is {share:.2} × {of}, needs to be {word} {factor} ×");
    }
    let right = term(test.right, candles);
    format!("{left} is {measured}, needs to be {word} {right}, {needed}")
}

impl Relation {
    const fn symbol(self) -> &'static str {
        match self {
            Self::Above => ">",
            Self::AtLeast => ">=",
            Self::Below => "<",
            Self::AtMost => "<=",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::AtLeast => "at least",
            Self::Below => "below",
            Self::AtMost => "at most",
        }
    }
}

fn term(term: Term, candles: usize) -> String {
    let of = |place: Place| {
        format!(
            "{} of {}",
            place.quantity.name(),
            candle(place.back, candles)
        )
    };
    let named = |setting: Setting| setting.measure().name;
    let share = |share: Share| match share {
        Share::Half => "half",
        Share::Penetration => "the penetration",
    };
    let side = |back: u8, part: Share, which: &str| {
        let candle = candle(back, candles);
        format!("close of {candle} {which} {} of its body", share(part))
    };
    match term {
        Term::Of(place) => of(place),
        Term::Limit(setting, _) => format!("the measure of a {}", named(setting)),
        Term::Plus(place, setting) => format!("{} plus “{}”", of(place), named(setting)),
        Term::Minus(place, setting) => format!("{} less “{}”", of(place), named(setting)),
        Term::Reach(from, less, setting) => {
            format!("{} less {} and “{}”", of(from), of(less), named(setting))
        }
        Term::Apart(a, b) => format!("the difference of {} and {}", of(a), of(b)),
        Term::Rebound(back, part) => side(back, part, "plus"),
        Term::Setback(back, part) => side(back, part, "less"),
    }
}

/// A candle by its place in the pattern.
fn candle(back: u8, candles: usize) -> String {
    const NAMES: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
    match (candles, candles.checked_sub(usize::from(back) + 1)) {
        (_, None) => "the candle before".into(),
        (1, _) => "the candle".into(),
        (_, Some(place)) => format!("the {} candle", NAMES[place.min(NAMES.len() - 1)]),
    }
}

impl Quantity {
    const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::High => "high",
            Self::Low => "low",
            Self::Close => "close",
            Self::Top => "upper end of the body",
            Self::Bottom => "lower end of the body",
            Self::Body => "body",
            Self::Upper => "upper shadow",
            Self::Lower => "lower shadow",
            Self::Middle => "middle of the range",
            Self::Trend => "mean of the closes up to",
        }
    }
}
