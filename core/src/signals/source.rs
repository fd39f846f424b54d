//! Who has a vote: families of patterns, candlesticks, a Fibonacci swing, and indicators.

use super::rules::{RULES, Rule};
use crate::error::{Code, Error};
use crate::patterns::{FAMILIES, FamilyEntry, candlestick};
use crate::told::told;

/// What kind of opinion a source has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Shapes that prices draw.
    Pattern,
    /// Where price is going.
    Trend,
    /// Whether it has gone too far.
    Reversal,
    /// Whether volume agrees.
    Volume,
}

impl Group {
    /// The word that the hosts show.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pattern => "pattern",
            Self::Trend => "trend",
            Self::Reversal => "reversal",
            Self::Volume => "volume",
        }
    }
}

/// How a source comes to its vote.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Family(&'static FamilyEntry),
    Candlesticks,
    Fibonacci,
    Rule(&'static Rule),
}

/// A source of votes.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    /// Its name in code.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What kind of opinion it has.
    pub group: Group,
    /// How its vote comes about.
    pub rule: &'static str,
    /// Its weight, unless a caller says another.
    pub weight: f64,
    pub(super) kind: Kind,
}

const PATTERNS: &str = told(
    "the sum over patterns of direction · score · 0.5^(bars since confirmed / half_life), from −1 to 1",
);
const CANDLES: &str = "the sum over patterns with a direction of sign · min(1, |value| / 100) · 0.5^(3 · bars since / half_life), against the trend of 20 bars for reversals and along it for continuations, from −1 to 1";
const SWING: &str = "the direction of the last certain swing A to B · (1 − |r − 0.618| / 0.236), not below 0, with r = (B − close) / (B − A)";

/// Every source, in the order of the documentation.
#[must_use]
pub fn sources() -> Vec<Source> {
    let families = FAMILIES.iter().map(|entry| Source {
        id: entry.family.id,
        title: entry.family.title,
        group: Group::Pattern,
        rule: PATTERNS,
        weight: 1.0,
        kind: Kind::Family(entry),
    });
    let others = [
        ("candlesticks", "Candlesticks", CANDLES, Kind::Candlesticks),
        ("fibonacci", "Fibonacci retracement", SWING, Kind::Fibonacci),
    ];
    let others = others.map(|(id, title, rule, kind)| Source {
        id,
        title,
        group: Group::Pattern,
        rule,
        weight: 0.5,
        kind,
    });
    let rules = RULES.iter().map(|rule| Source {
        id: rule.id,
        title: rule.title,
        group: rule.group,
        rule: rule.rule,
        weight: 0.5,
        kind: Kind::Rule(rule),
    });
    families.chain(others).chain(rules).collect()
}

impl Source {
    /// The columns that it cannot do without.
    #[must_use]
    pub fn inputs(&self) -> Vec<&'static str> {
        match self.kind {
            Kind::Family(entry) => {
                let inputs = entry.family.inputs.iter();
                inputs
                    .filter(|input| !input.optional)
                    .map(|input| input.name)
                    .collect()
            }
            Kind::Candlesticks => candlestick::PRICES.to_vec(),
            Kind::Fibonacci => vec!["high", "low", "close"],
            Kind::Rule(rule) => rule.inputs.to_vec(),
        }
    }

    /// What its reasons may be called.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        match self.kind {
            Kind::Family(entry) => entry.family.shapes.iter().map(|word| word.name).collect(),
            Kind::Candlesticks => candlestick::ALL.iter().map(|pattern| pattern.id).collect(),
            Kind::Fibonacci => vec!["retracement"],
            Kind::Rule(rule) => vec![rule.id],
        }
    }

    /// Who published it, for rules.
    #[must_use]
    pub fn published(&self) -> &'static str {
        match self.kind {
            Kind::Family(entry) => entry.family.source,
            Kind::Candlesticks => "S. Nison, Japanese Candlestick Charting Techniques, 1991",
            Kind::Fibonacci => {
                "R. Fischer, Fibonacci Applications and Strategies for Traders, 1993"
            }
            Kind::Rule(rule) => rule.source,
        }
    }
}

/// The place of a source among all.
pub(super) fn place(all: &[Source], id: &str) -> Result<usize, Error> {
    all.iter()
        .position(|source| source.id == id)
        .ok_or_else(|| {
            let bound = all.iter().map(|source| source.id);
            let bound = bound.collect::<Vec<_>>().join(", ");
            let shown: String = id.chars().take(40).collect();
            let why = format!("unknown source of votes {shown:?}; there are {bound}");
            Error::new(Code::ParamChoice, "source", shown, bound, why)
        })
}
