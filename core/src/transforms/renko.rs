//! Renko: bricks of one size, whatever time they take.

use super::kind::{BARS, Kind, METHOD, Transformer, amount, choice};
use super::rows::{Row, Rows};
use super::span::Span;
use super::step::{PERIOD, Steps, UNIT, whole_steps};
use crate::error::Error;
use crate::params::Params;
use crate::patterns::Bar;

#[derive(Debug, Clone)]
pub(super) struct Renko {
    steps: Steps,
    by_close: bool,
    wicks: Wicks,
    is_rounded: bool,
    wall: Option<Wall>,
    /// Bars since the last brick closed.
    span: Option<Span>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wicks {
    None,
    Against,
    Range,
}

/// The last brick: where the next ones go on.
#[derive(Debug, Clone, Copy)]
struct Wall {
    size: f64,
    low: Edge,
    high: Edge,
    /// Its direction, 0 before the first brick.
    direction: f64,
}

/// A price so many steps from where counting began, so that roundings do not add up.
#[derive(Debug, Clone, Copy)]
struct Edge {
    base: f64,
    steps: f64,
}

impl Edge {
    const fn at(price: f64) -> Self {
        Self {
            base: price,
            steps: 0.0,
        }
    }

    fn moved(self, steps: f64) -> Self {
        Self {
            steps: self.steps + steps,
            ..self
        }
    }
}

impl Wall {
    fn price(&self, edge: Edge) -> f64 {
        edge.base + edge.steps * self.size
    }

    /// How many bricks a bar adds, falling ones as a negative number.
    fn bricks(&self, up: f64, down: f64) -> f64 {
        let (high, low) = (self.price(self.high), self.price(self.low));
        let rising = whole_steps(up - high, self.size, up);
        let falling = whole_steps(low - down, self.size, down);
        if falling >= 1.0 && (self.direction < 0.0 || rising < 1.0) {
            -falling
        } else if rising >= 1.0 {
            rising
        } else {
            0.0
        }
    }

    /// Lays the next brick; its open and close.
    fn lay(&mut self, direction: f64) -> (f64, f64) {
        let begin = if direction > 0.0 { self.high } else { self.low };
        let end = begin.moved(direction);
        (self.low, self.high) = if direction > 0.0 {
            (begin, end)
        } else {
            (end, begin)
        };
        self.direction = direction;
        (self.price(begin), self.price(end))
    }

    /// Goes on with bricks of another size.
    fn settle(&mut self, size: f64) {
        self.low = Edge::at(self.price(self.low));
        self.high = Edge::at(self.price(self.high));
        self.size = size;
    }
}

impl Transformer for Renko {
    const KIND: Kind = Kind {
        id: "renko",
        title: "Renko",
        summary: "Bricks of one size that go up or down with price, whatever time they take",
        rules: &[
            "A rising brick is laid on the last one when price is a brick above its upper edge, a falling one below it when price is a brick below its lower edge: a turn takes two bricks",
            "The first bar that has a size sets the edge that the first brick leaves, and lays none",
            "With unit percent or atr the size is settled when a brick begins, from what the bar that closed the brick before it knew; of several bricks in one bar all have the size of the first. A size of 0 keeps the one before it",
            "The volume since the last brick is shared evenly by those that a bar closes",
            "The forming brick goes from the edge that price is beyond, or last was at, to the last close",
        ],
        source: "S. Nison, Beyond Candlesticks, 1994",
        inputs: BARS,
        params: &[
            amount("brick", 1.0, "Size of a brick"),
            UNIT,
            PERIOD,
            METHOD,
            choice(
                "wicks",
                &["none", "against", "range"],
                "What high and low are: none, the edges; against, also how far price had gone against the first brick of a bar; range, the extremes of the bars since the last brick, for all bricks of a bar",
            ),
            choice(
                "begin",
                &["rounded", "close"],
                "The edge that bricks count from: the first close, rounded to whole bricks where unit is price, or as it is",
            ),
        ],
        columns: &[],
    };

    fn new(params: &Params) -> Self {
        let steps = Steps::new(params, "brick");
        Self {
            by_close: params.is("method", "close"),
            wicks: match params.text("wicks") {
                Some("against") => Wicks::Against,
                Some("range") => Wicks::Range,
                _ => Wicks::None,
            },
            is_rounded: params.is("begin", "rounded") && steps.is_fixed(),
            steps,
            wall: None,
            span: None,
        }
    }

    fn bar(&mut self, bar: &Bar, rows: &mut Rows) -> Result<(), Error> {
        self.steps.take(bar);
        let Some(wall) = &mut self.wall else {
            self.wall = self.begin(bar);
            return Ok(());
        };
        let span = Span::extend(&mut self.span, bar);
        let (up, down) = if self.by_close {
            (bar.close, bar.close)
        } else {
            (bar.high, bar.low)
        };
        let bricks = wall.bricks(up, down);
        let count = bricks.abs();
        if count == 0.0 {
            return Ok(());
        }
        rows.claim(count, "brick", wall.size)?;
        let mut laid = 0.0;
        while laid < count {
            let (open, close) = wall.lay(bricks.signum());
            let mut row = span.straight(bar, open, close);
            row.volume = span.volume / count;
            self.wicks.draw(&mut row, &span, laid == 0.0);
            rows.add(&row)?;
            laid += 1.0;
        }
        self.span = None;
        let edge = wall.price(if bricks > 0.0 { wall.high } else { wall.low });
        if !self.steps.is_fixed()
            && let Some(step) = self.steps.settled(edge)
        {
            wall.settle(step.at(edge));
        }
        Ok(())
    }

    fn forming(&self, last: &Bar, rows: &mut Rows) -> Result<(), Error> {
        let (Some(wall), Some(span)) = (&self.wall, &self.span) else {
            return Ok(());
        };
        let (low, high) = (wall.price(wall.low), wall.price(wall.high));
        let is_below = last.close < low || (last.close < high && wall.direction < 0.0);
        let open = if is_below { low } else { high };
        let mut row = span.straight(last, open, last.close);
        self.wicks.draw(&mut row, span, true);
        rows.add(&row)
    }
}

impl Renko {
    fn begin(&self, bar: &Bar) -> Option<Wall> {
        let step = self.steps.settled(bar.close)?;
        let size = step.at(bar.close);
        let edge = Edge::at(if self.is_rounded {
            (bar.close / size).round() * size
        } else {
            bar.close
        });
        Some(Wall {
            size,
            low: edge,
            high: edge,
            direction: 0.0,
        })
    }
}

impl Wicks {
    fn draw(self, row: &mut Row, span: &Span, is_first: bool) {
        match self {
            Self::Range => (row.low, row.high) = (span.low, span.high),
            Self::Against if is_first && row.close > row.open && span.low < row.low => {
                row.low = span.low;
            }
            Self::Against if is_first && row.close < row.open && span.high > row.high => {
                row.high = span.high;
            }
            _ => {}
        }
    }
}
