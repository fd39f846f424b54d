//! Swings: the highs and lows between which price moves by more than a threshold.
//!
//! A zigzag that never takes a turn back: a turn is told at the bar that moves away from it by more
//! than the threshold, and not before.

use crate::codec::{Codec, Fields};
use crate::error::Error;

/// A price, and the bar it was seen at.
#[derive(Debug, Clone, Copy)]
pub struct Point {
    /// The price.
    pub price: f64,
    /// The bar's position.
    pub bar: f64,
    /// The bar's time.
    pub time: f64,
}

impl Point {
    const NONE: Self = Self {
        price: f64::NAN,
        bar: f64::NAN,
        time: f64::NAN,
    };
}

impl Fields for Point {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.price)?;
        codec.f64(&mut self.bar)?;
        codec.f64(&mut self.time)
    }
}

/// How far price must move away from an extreme to make it a turn.
#[derive(Debug, Clone, Copy)]
pub struct Threshold {
    /// So much, in units of price; missing if no turn can be told at this bar.
    pub fixed: f64,
    /// And this share of the extreme's own price.
    pub share: f64,
}

/// A high or low that price came to, and moved away from, by more than the threshold.
#[derive(Debug, Clone, Copy)]
pub struct Turn {
    /// The high or low.
    pub at: Point,
    /// +1 for a top, −1 for a bottom.
    pub direction: f64,
    /// Bars since the turn before; missing for the first.
    pub duration: f64,
    /// Distance in price from the turn before; missing for the first.
    pub amplitude: f64,
}

/// A search for one turn.
#[derive(Debug, Clone, Copy)]
struct Search {
    /// The first of the highest highs, or of the lowest lows.
    extreme: Point,
    /// How far price has come back in the bars after it: their lowest low, or highest high.
    back: f64,
}

impl Search {
    const fn from(extreme: Point) -> Self {
        Self {
            extreme,
            back: f64::NAN,
        }
    }

    /// Takes a bar: where a top is sought its high lies `ahead` and its low `back`. Tells whether
    /// the extreme is a turn now. A bar that extends the swing does not end it: within a bar nobody
    /// knows what came first. Nor does one that comes back no further than those before it: it is
    /// the market that ends a swing, not a threshold that shrinks, and so the bar that does is the
    /// next swing's extreme so far.
    fn next(&mut self, direction: f64, ahead: Point, back: Point, threshold: Threshold) -> bool {
        let beyond = |a: f64, b: f64| direction * (a - b) > 0.0;
        let extreme = self.extreme.price;
        if extreme.is_nan() || beyond(ahead.price, extreme) {
            *self = Self::from(ahead);
            return false;
        }
        if !(self.back.is_nan() || beyond(self.back, back.price)) {
            return false;
        }
        self.back = back.price;
        direction * (extreme - back.price) > threshold.fixed + threshold.share * extreme.abs()
    }
}

impl Fields for Search {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        self.extreme.fields(codec)?;
        codec.f64(&mut self.back)
    }
}

/// The rule that finds the turns, for a [`Memory`](super::Memory).
#[derive(Debug, Clone, Copy)]
pub struct Swings {
    top: Search,
    bottom: Search,
    /// What is sought: +1 a top, −1 a bottom, 0 either, as long as price has not moved by more than
    /// the threshold.
    direction: f64,
    last: Point,
}

impl Default for Swings {
    fn default() -> Self {
        let search = Search::from(Point::NONE);
        Self {
            top: search,
            bottom: search,
            direction: 0.0,
            last: Point::NONE,
        }
    }
}

impl Swings {
    /// Takes a bar without missing prices, and gives the turn that it makes certain.
    pub fn next(&mut self, high: Point, low: Point, threshold: Threshold) -> Option<Turn> {
        let sought = self.direction;
        let down = sought >= 0.0 && self.top.next(1.0, high, low, threshold);
        let up = sought <= 0.0 && self.bottom.next(-1.0, low, high, threshold);
        // Both at once is a bar inside the first one, which tells nothing.
        let at = match (down, up) {
            (true, false) => {
                self.bottom = Search::from(low);
                self.direction = -1.0;
                self.top.extreme
            }
            (false, true) => {
                self.top = Search::from(high);
                self.direction = 1.0;
                self.bottom.extreme
            }
            _ => return None,
        };
        // The first extreme only tells the direction: how price came to it is not known.
        if sought == 0.0 {
            return None;
        }
        let turn = Turn {
            at,
            direction: sought,
            duration: at.bar - self.last.bar,
            amplitude: (at.price - self.last.price).abs(),
        };
        self.last = at;
        Some(turn)
    }

    /// The extreme since the last turn, which becomes the next one unless price goes further, and
    /// whether it is a top (+1) or a bottom (−1); nothing as long as price has not moved.
    #[must_use]
    pub fn sought(&self) -> Option<(f64, Point)> {
        let search = match self.direction {
            0.0 => return None,
            up if up > 0.0 => self.top,
            _ => self.bottom,
        };
        Some((self.direction, search.extreme))
    }

    /// The last turn told; its bar is missing before the first.
    #[must_use]
    pub const fn last(&self) -> Point {
        self.last
    }
}

impl Fields for Swings {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        self.top.fields(codec)?;
        self.bottom.fields(codec)?;
        codec.f64(&mut self.direction)?;
        self.last.fields(codec)
    }
}
