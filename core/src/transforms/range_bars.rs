//! Range bars: every bar spans the same range.

use super::kind::{BARS, Kind, Transformer, amount};
use super::rows::Rows;
use super::span::Span;
use super::step::{slack, whole_steps};
use crate::error::Error;
use crate::params::Params;
use crate::patterns::Bar;

#[derive(Debug, Clone)]
pub(super) struct RangeBars {
    size: f64,
    span: Option<Span>,
}

impl Transformer for RangeBars {
    const KIND: Kind = Kind {
        id: "range_bars",
        title: "Range bars",
        summary: "Bars that all span the same range: many where price moves, few where it rests",
        rules: &[
            "A bar closes at the price that is the range away from its other extreme, as soon as price is there or beyond; the next one begins at that price, so a gap makes bars too",
            "Ticks are followed as they are; of a bar the path is taken to be open, the extreme that is nearer to it, the other one, close (the lower one first if both are as near)",
            "The volume since the last bar closed is shared evenly by those that a source bar closes",
            "The forming bar is the one whose range is not full yet",
        ],
        source: "V. Nicolellis, range bars, 1995",
        inputs: BARS,
        params: &[amount("size", 1.0, "The range of a bar")],
        columns: &[],
    };

    fn new(params: &Params) -> Self {
        Self {
            size: params.number("size"),
            span: None,
        }
    }

    fn bar(&mut self, bar: &Bar, rows: &mut Rows) -> Result<(), Error> {
        let had = rows.len();
        let span = self.span.get_or_insert_with(|| Span {
            high: bar.open,
            low: bar.open,
            close: bar.open,
            volume: f64::NAN,
            ..Span::of(bar)
        });
        span.trade(bar);
        let volume = span.volume;
        let is_high_first = bar.high - bar.open < bar.open - bar.low;
        let (near, far) = if is_high_first {
            (bar.high, bar.low)
        } else {
            (bar.low, bar.high)
        };
        for price in [bar.open, near, far, bar.close] {
            span.walk(price, self.size, bar, rows)?;
        }
        let closed = rows.len() - had;
        if closed > 0 {
            rows.share(volume, closed);
            span.volume = f64::NAN;
        }
        Ok(())
    }

    fn forming(&self, last: &Bar, rows: &mut Rows) -> Result<(), Error> {
        self.span
            .as_ref()
            .map_or(Ok(()), |span| rows.add(&span.row(last)))
    }
}

impl Span {
    /// Goes on to a price, and closes all bars whose range is full before it is there.
    fn walk(&mut self, price: f64, size: f64, bar: &Bar, rows: &mut Rows) -> Result<(), Error> {
        let (from, direction) = if price > self.close {
            (self.low, 1.0)
        } else {
            (self.high, -1.0)
        };
        let count = whole_steps((price - from) * direction, size, price);
        if count >= 1.0 {
            rows.claim(count, "size", size)?;
            let mut filled = 0.0;
            while filled < count {
                filled += 1.0;
                self.reach(from + filled * size * direction);
                rows.add(&self.row(bar))?;
                *self = Self {
                    start: bar.index,
                    open: self.close,
                    high: self.close,
                    low: self.close,
                    ..*self
                };
            }
        }
        // What is left of the way is less than a range; if it is only rounding, price is there.
        if (price - self.close).abs() > slack(size, price) * size {
            self.reach(price);
        }
        Ok(())
    }
}
