//! A pattern as plain data.

use super::rule::Clause;

/// What a pattern says about the move it follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// The move may turn.
    Reversal,
    /// The move may go on.
    Continuation,
    /// Buyers and sellers balance, or the candle is only remarkable; the sign says no direction.
    Indecision,
}

impl Kind {
    /// The word that the hosts show.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reversal => "reversal",
            Self::Continuation => "continuation",
            Self::Indecision => "indecision",
        }
    }
}

/// The definition of a pattern.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Pattern {
    /// TA-Lib's name without `CDL`, in lower case.
    pub id: &'static str,
    /// The name in books.
    pub title: &'static str,
    /// What it shows, in a sentence.
    pub summary: &'static str,
    /// Candles that the rule looks at.
    pub candles: usize,
    /// Bars before the first one that can have a result.
    pub lookback: usize,
    /// What it says about the move it follows.
    pub kind: Kind,
    /// How deep a candle must reach into another's body, as a share of it, unless the options say
    /// otherwise; none where the rule does not ask.
    pub penetration: Option<f64>,
    /// Whether a later close may confirm it.
    pub confirmed: bool,
    /// Who published it.
    pub source: &'static str,
    /// What must hold for either sign.
    pub(super) both: &'static [Clause],
    /// What else makes it positive.
    pub(super) plus: &'static [Clause],
    /// What else makes it negative.
    pub(super) minus: &'static [Clause],
    /// What makes a positive one whole: without it the result is 80.
    pub(super) whole_plus: &'static [Clause],
    /// What makes a negative one whole.
    pub(super) whole_minus: &'static [Clause],
}

/// Bars within which a close may confirm a pattern.
pub(super) const CONFIRMING: usize = 3;

/// What the definitions begin with.
pub(super) const BLANK: Pattern = Pattern {
    id: "",
    title: "",
    summary: "",
    candles: 1,
    lookback: 0,
    kind: Kind::Indecision,
    penetration: None,
    confirmed: false,
    source: "",
    both: &[],
    plus: &[],
    minus: &[],
    whole_plus: &[],
    whole_minus: &[],
};

impl Pattern {
    /// The results it can give besides 0, in their order.
    #[must_use]
    pub fn values(&self) -> Vec<i32> {
        let mut sizes = vec![100];
        if self.partial() {
            sizes.insert(0, 80);
        }
        if self.confirmed {
            sizes.push(200);
        }
        let minus = sizes.iter().rev().map(|size| -size);
        let minus = minus.filter(|_| !self.minus.is_empty());
        let plus = sizes.iter().copied().filter(|_| !self.plus.is_empty());
        minus.chain(plus).collect()
    }

    /// Whether it knows bodies that share an end.
    #[must_use]
    pub const fn partial(&self) -> bool {
        !self.whole_plus.is_empty() || !self.whole_minus.is_empty()
    }

    /// Bars before the first one that the rule is asked about: a confirmation follows later.
    pub(super) const fn first(&self) -> usize {
        if self.confirmed {
            self.lookback - CONFIRMING
        } else {
            self.lookback
        }
    }
}

pub(super) const NISON: &str = "S. Nison, Japanese Candlestick Charting Techniques, 1991";
pub(super) const MORRIS: &str = "G. L. Morris, Candlestick Charting Explained, 1995";
pub(super) const BULKOWSKI: &str = "T. N. Bulkowski, Encyclopedia of Candlestick Charts, 2008";
pub(super) const CHESLER: &str =
    "D. L. Chesler, Trading False Moves with the Hikkake Pattern, Active Trader, 2004";
