//! What may be asked of the patterns besides their rules.

use super::comparison::Reading;
use super::pattern::{Kind, Pattern};
use super::rule::Clause;
use super::words::{above, below, close, trend};
use crate::error::{Code, Error};

/// The options of a detector; the defaults are TA-Lib's.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Options {
    /// How deep a candle must reach into another's body, as a share of it; unless given, what each
    /// pattern says.
    pub penetration: Option<f64>,
    /// Whether bodies that share an end with the other count in `engulfing`, `harami` and
    /// `haramicross`, at ±80. Without it only whole ones count.
    pub partial: bool,
    /// Bars in the simple mean of the closes that tells the trend, or none. With it a reversal counts
    /// only against the trend and a continuation only along it: the close of the bar before the
    /// pattern's first candle must be above the mean there in a rising market, below it in a falling
    /// one. Patterns of indecision count in any trend.
    pub trend: Option<usize>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            penetration: None,
            partial: true,
            trend: None,
        }
    }
}

/// The close before a pattern is above the mean there, by the candles of the pattern.
const RISING: [Clause; 6] = [
    above(close(0), trend(0)),
    above(close(1), trend(1)),
    above(close(2), trend(2)),
    above(close(3), trend(3)),
    above(close(4), trend(4)),
    above(close(5), trend(5)),
];

const FALLING: [Clause; 6] = [
    below(close(0), trend(0)),
    below(close(1), trend(1)),
    below(close(2), trend(2)),
    below(close(3), trend(3)),
    below(close(4), trend(4)),
    below(close(5), trend(5)),
];

impl Options {
    /// Most bars of the trend.
    pub const LONGEST_TREND: usize = 100_000;

    /// Checks the bounds.
    ///
    /// # Errors
    /// [`Code::ParamRange`] for a penetration that is negative or not finite, and for a trend of less
    /// than one bar or more than [`Options::LONGEST_TREND`].
    pub fn check(&self) -> Result<(), Error> {
        if let Some(share) = self.penetration
            && !(share >= 0.0 && share.is_finite())
        {
            return Err(Error::new(
                Code::ParamRange,
                "penetration",
                share.to_string(),
                "finite and at least 0",
                format!("penetration {share} is not a share: it must be finite and at least 0"),
            ));
        }
        if let Some(bars) = self.trend
            && !(1..=Self::LONGEST_TREND).contains(&bars)
        {
            let most = Self::LONGEST_TREND;
            return Err(Error::new(
                Code::ParamRange,
                "trend",
                bars.to_string(),
                format!("1 to {most}"),
                format!("trend {bars} is not between 1 and {most} bars"),
            ));
        }
        Ok(())
    }

    /// What a pattern's rule is read with.
    pub(super) fn reading(&self, pattern: &Pattern) -> Reading {
        let own = pattern.penetration.unwrap_or_default();
        Reading {
            first: pattern.first(),
            penetration: self.penetration.unwrap_or(own),
        }
    }

    /// What the trend demands of each sign of a pattern.
    pub(super) fn context(&self, pattern: &Pattern) -> [&'static [Clause]; 2] {
        let before = pattern.candles;
        let rising = &RISING[before..=before];
        let falling = &FALLING[before..=before];
        match (self.trend, pattern.kind) {
            (None, _) | (_, Kind::Indecision) => [&[], &[]],
            (_, Kind::Reversal) => [falling, rising],
            (_, Kind::Continuation) => [rising, falling],
        }
    }
}
