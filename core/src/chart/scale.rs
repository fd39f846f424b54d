//! Between prices and pixels.

use super::check::{ascending, beside, finite, refuse};
use crate::error::{Code, Error};

/// What an axis shows of a price, and how it places that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The price; equal differences are equally far apart.
    Linear,
    /// The price; equal ratios are equally far apart.
    Log,
    /// By how many percent a price differs from a base.
    Percent,
    /// The same with the base at 100.
    Indexed,
}

impl Kind {
    /// The words for it.
    pub const CHOICES: &'static [&'static str] = &["linear", "log", "percent", "indexed"];

    /// Reads a word of [`Kind::CHOICES`].
    ///
    /// # Errors
    /// [`ParamChoice`](Code::ParamChoice) for any other.
    pub fn parse(word: &str) -> Result<Self, Error> {
        Ok(match word {
            "linear" => Self::Linear,
            "log" => Self::Log,
            "percent" => Self::Percent,
            "indexed" => Self::Indexed,
            _ => {
                let bound = "\"linear\", \"log\", \"percent\", \"indexed\"";
                let message = format!("scale {word:?} is none of {bound}");
                return Err(Error::new(Code::ParamChoice, "scale", word, bound, message));
            }
        })
    }
}

/// An axis of prices, `height` pixels high, whose top is pixel 0. It goes from `low` to `high` in what it shows: prices,
/// percent, or an index. So several symbols share an axis of percent, each with a scale of its own base.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    kind: Kind,
    low: f64,
    high: f64,
    height: f64,
    base: f64,
    inverted: bool,
    /// Where `low` and `high` are placed.
    bottom: f64,
    top: f64,
}

impl Scale {
    /// An axis; `inverted` has its low end at the top. The base matters to `Percent` and `Indexed` alone.
    ///
    /// # Errors
    /// [`ParamRange`](Code::ParamRange) unless low is below high and their difference finite, both above 0 for `Log`; for
    /// a height that is negative or not finite; for a base of 0 or not finite.
    pub fn new(
        kind: Kind,
        (low, high): (f64, f64),
        height: f64,
        base: f64,
        inverted: bool,
    ) -> Result<Self, Error> {
        ascending(["low", "high"], low, high)?;
        if low == high {
            return refuse(
                "low",
                low,
                &beside("below", high),
                &beside("not below", high),
            );
        }
        if kind == Kind::Log && low <= 0.0 {
            return refuse(
                "low",
                low,
                "above 0",
                "not above 0, as a log scale needs it",
            );
        }
        if finite("height", height)? < 0.0 {
            return refuse("height", height, "at least 0", "below 0");
        }
        let relative = matches!(kind, Kind::Percent | Kind::Indexed);
        if relative && finite("base", base)? == 0.0 {
            return refuse(
                "base",
                base,
                "another number than 0",
                "no base: nothing can be a share of it",
            );
        }
        let place = |x: f64| if kind == Kind::Log { libm::log(x) } else { x };
        let (bottom, top) = (place(low), place(high));
        // Logarithms of neighbours may be the same number.
        if bottom >= top {
            return refuse(
                "low",
                low,
                &beside("below", high),
                &beside("too near to", high),
            );
        }
        Ok(Self {
            kind,
            low,
            high,
            height,
            base,
            inverted,
            bottom,
            top,
        })
    }

    /// What the axis shows of a price: the price, or its difference from the base. A base below 0 does not turn the axis
    /// around: a higher price is a higher percentage.
    #[must_use]
    pub fn shown(&self, price: f64) -> f64 {
        match self.kind {
            Kind::Linear | Kind::Log => price,
            Kind::Percent => (price - self.base) / self.base.abs() * 100.0,
            Kind::Indexed => (price - self.base) / self.base.abs() * 100.0 + 100.0,
        }
    }

    /// The price of what the axis shows.
    #[must_use]
    pub fn price_of(&self, shown: f64) -> f64 {
        match self.kind {
            Kind::Linear | Kind::Log => shown,
            Kind::Percent => self.base + shown / 100.0 * self.base.abs(),
            Kind::Indexed => self.base + (shown - 100.0) / 100.0 * self.base.abs(),
        }
    }

    /// The pixel of a price, also beyond the axis; NaN for a missing one, and on a log scale for 0 and below.
    #[must_use]
    pub fn y(&self, price: f64) -> f64 {
        self.y_of(self.shown(price))
    }

    /// The pixel of what the axis shows, such as a tick.
    #[must_use]
    pub fn y_of(&self, shown: f64) -> f64 {
        let at = match self.kind {
            Kind::Log if shown > 0.0 => libm::log(shown),
            Kind::Log => f64::NAN,
            _ => shown,
        };
        let part = if self.inverted {
            (at - self.bottom) / (self.top - self.bottom)
        } else {
            (self.top - at) / (self.top - self.bottom)
        };
        number(part * self.height)
    }

    /// The price at a pixel, also beyond the axis; NaN on an axis without height.
    #[must_use]
    pub fn price(&self, y: f64) -> f64 {
        let part = y / self.height;
        let part = if self.inverted { part } else { 1.0 - part };
        // From both ends, so that each is met exactly.
        let at = self.bottom * (1.0 - part) + self.top * part;
        number(match self.kind {
            Kind::Log => libm::exp(at),
            _ => self.price_of(at),
        })
    }

    /// The kind.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The ends, in what the axis shows.
    #[must_use]
    pub const fn ends(&self) -> (f64, f64) {
        (self.low, self.high)
    }
}

/// Anything but a finite number is missing.
fn number(x: f64) -> f64 {
    if x.is_finite() { x } else { f64::NAN }
}
