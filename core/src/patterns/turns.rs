//! Turning points that alternate between tops and bottoms, told when they are certain.

use std::collections::VecDeque;

use super::family::Bar;
use super::pattern::Point;
use super::ranges::Ranges;
use crate::kernels::{Point as Extreme, Swings, Threshold};
use crate::params::Params;
use crate::spec::{Fallback, Param, ParamKind};
use crate::told::told;

/// A top or bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turn {
    /// The bar's position.
    pub bar: u64,
    /// The bar's time.
    pub time: f64,
    /// Its high for a top, its low for a bottom.
    pub price: f64,
    /// Whether it is a top.
    pub top: bool,
    /// The bar that made it certain.
    pub confirmed: u64,
}

impl Turn {
    /// The turn as a point of a pattern.
    #[must_use]
    pub const fn as_point(&self, role: &'static str) -> Point {
        Point {
            role,
            bar: self.bar,
            time: self.time,
            price: self.price,
        }
    }
}

/// Finds the turns of a series by one of three methods, see [`Turns::PIVOTS`].
#[derive(Debug, Clone)]
pub struct Turns {
    method: Method,
    /// The last bar's position.
    newest: u64,
}

#[derive(Debug, Clone)]
enum Method {
    Reversal(Box<Reversal>),
    Neighbours(Box<Neighbours>),
}

impl Turns {
    /// The parameter that chooses the method; families put it among their own.
    pub const PIVOTS: Param = Param {
        name: "pivots",
        doc: told(
            "What makes a top or bottom: atr, price comes back by more than reversal average true ranges (of 14 bars, or of those so far while there are fewer); percent, by more than reversal percent; bars, it is the extreme of reversal bars on both sides",
        ),
        kind: ParamKind::Choice {
            choices: &["atr", "percent", "bars"],
        },
        default: Fallback::Text("atr"),
        talib: None,
        quiet: true,
    };
    /// The parameter that says how much; belongs to [`Turns::PIVOTS`].
    pub const REVERSAL: Param = Param::float(
        "reversal",
        2.0,
        (0.0, 1000.0),
        "How much that is, in the unit of pivots; bars are rounded down, at least one",
    );

    /// The search that the parameters describe.
    #[must_use]
    pub fn new(params: &Params) -> Self {
        Self::scaled(params, 1.0)
    }

    /// The search for turns of which price comes back by so many times more.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "1 to 1000"
    )]
    pub fn scaled(params: &Params, factor: f64) -> Self {
        let reversal = factor * params.number("reversal");
        let method = if params.is("pivots", "bars") {
            Method::Neighbours(Box::new(Neighbours::new((reversal as usize).max(1))))
        } else {
            let by_range = params.is("pivots", "atr");
            Method::Reversal(Box::new(Reversal::new(by_range, reversal)))
        };
        Self { method, newest: 0 }
    }

    /// Takes a bar, and gives the turn that it makes certain. Tops and bottoms alternate, and no turn
    /// is ever taken back.
    pub fn next(&mut self, bar: &Bar) -> Option<Turn> {
        self.newest = bar.index;
        match &mut self.method {
            Method::Reversal(search) => search.next(bar),
            Method::Neighbours(search) => search.next(bar),
        }
    }

    /// The extreme from which price first moved away. It is no turn, as nobody knows how price came
    /// to it; nothing before that move, and with pivots = bars, whose turns need bars on both sides.
    #[must_use]
    pub fn origin(&self) -> Option<Turn> {
        match &self.method {
            Method::Reversal(search) => search.origin,
            Method::Neighbours(_) => None,
        }
    }

    /// The extreme since the last turn, which may still move.
    #[must_use]
    pub fn tip(&self) -> Option<Turn> {
        match &self.method {
            Method::Reversal(search) => search.tip(self.newest),
            Method::Neighbours(search) => search.tip(),
        }
    }
}

/// Turns by how far price comes back.
#[derive(Debug, Clone)]
struct Reversal {
    swings: Swings,
    ranges: Ranges,
    warm_up: WarmUp,
    factor: f64,
    share: f64,
    /// The first of the highest highs and of the lowest lows, as long as there is no origin.
    ends: [Extreme; 2],
    origin: Option<Turn>,
}

/// Bars of the average true range.
const RANGES: usize = 14;

/// The mean of the true ranges so far, as long as they are fewer than the average takes.
#[derive(Debug, Clone, Default)]
struct WarmUp {
    bars: usize,
    sum: f64,
}

impl WarmUp {
    fn mean(&mut self, range: f64) -> Option<f64> {
        if self.bars + 1 >= RANGES {
            return None;
        }
        self.bars += 1;
        self.sum += range;
        Some(self.sum / self.bars as f64)
    }
}

impl Reversal {
    fn new(by_range: bool, reversal: f64) -> Self {
        Self {
            swings: Swings::default(),
            ranges: Ranges::new(RANGES),
            warm_up: WarmUp::default(),
            factor: if by_range { reversal } else { 0.0 },
            share: if by_range { 0.0 } else { reversal / 100.0 },
            ends: [NOWHERE; 2],
            origin: None,
        }
    }

    fn next(&mut self, bar: &Bar) -> Option<Turn> {
        let fixed = if self.factor > 0.0 {
            self.factor * self.range(bar)
        } else {
            0.0
        };
        let threshold = Threshold {
            fixed,
            share: self.share,
        };
        let at = |price| Extreme {
            price,
            bar: bar.index as f64,
            time: bar.time,
        };
        let turn = self.swings.next(at(bar.high), at(bar.low), threshold);
        if self.origin.is_none() {
            self.seek_origin(at(bar.high), at(bar.low), bar.index);
        }
        turn.map(|turn| certain(turn.at, turn.direction, bar.index))
    }

    fn seek_origin(&mut self, high: Extreme, low: Extreme, newest: u64) {
        let [highest, lowest] = &mut self.ends;
        if highest.price.is_nan() || high.price > highest.price {
            *highest = high;
        }
        if lowest.price.is_nan() || low.price < lowest.price {
            *lowest = low;
        }
        if let Some((direction, _)) = self.swings.sought() {
            let at = if direction > 0.0 { *lowest } else { *highest };
            self.origin = Some(certain(at, -direction, newest));
        }
    }

    /// The average true range.
    fn range(&mut self, bar: &Bar) -> f64 {
        let [range, average] = self.ranges.next(bar);
        self.warm_up.mean(range).unwrap_or(average)
    }

    fn tip(&self, newest: u64) -> Option<Turn> {
        let (direction, at) = self.swings.sought()?;
        at.price.is_finite().then(|| certain(at, direction, newest))
    }
}

const NOWHERE: Extreme = Extreme {
    price: f64::NAN,
    bar: f64::NAN,
    time: f64::NAN,
};

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a position"
)]
fn certain(at: Extreme, direction: f64, confirmed: u64) -> Turn {
    Turn {
        bar: at.bar as u64,
        time: at.time,
        price: at.price,
        top: direction > 0.0,
        confirmed,
    }
}

/// Turns by the bars around them: a high that none before it in reach exceeds and all after it in
/// reach stay below. Of several tops in a row the highest stands, and it is certain with the first
/// bottom after it.
#[derive(Debug, Clone)]
struct Neighbours {
    reach: usize,
    window: VecDeque<Bar>,
    candidate: Option<Turn>,
}

impl Neighbours {
    fn new(reach: usize) -> Self {
        Self {
            reach,
            window: VecDeque::with_capacity(2 * reach + 1),
            candidate: None,
        }
    }

    fn next(&mut self, bar: &Bar) -> Option<Turn> {
        if self.window.len() == 2 * self.reach + 1 {
            self.window.pop_front();
        }
        self.window.push_back(*bar);
        let middle = *self.window.get(self.reach)?;
        if self.window.len() != 2 * self.reach + 1 {
            return None;
        }
        let top = self.extreme(middle.high, |bar| bar.high);
        let bottom = self.extreme(-middle.low, |bar| -bar.low);
        if top == bottom {
            // Neither, or a bar that is both and so tells no direction.
            return None;
        }
        let turn = Turn {
            bar: middle.index,
            time: middle.time,
            price: if top { middle.high } else { middle.low },
            top,
            confirmed: bar.index,
        };
        self.take(turn)
    }

    fn extreme(&self, value: f64, of: impl Fn(&Bar) -> f64) -> bool {
        let before = self.window.iter().take(self.reach);
        let after = self.window.iter().skip(self.reach + 1);
        before.map(&of).all(|x| x <= value) && after.map(&of).all(|x| x < value)
    }

    fn take(&mut self, turn: Turn) -> Option<Turn> {
        let last = self.candidate.replace(turn)?;
        if last.top != turn.top {
            return Some(Turn {
                confirmed: turn.confirmed,
                ..last
            });
        }
        let further = if turn.top {
            turn.price > last.price
        } else {
            turn.price < last.price
        };
        if !further {
            self.candidate = Some(last);
        }
        None
    }

    const fn tip(&self) -> Option<Turn> {
        self.candidate
    }
}
