//! Point and figure: columns of X while price rises and of O while it falls.

use super::kind::{BARS, Kind, METHOD, Transformer, amount};
use super::rows::{Row, Rows};
use super::span::Span;
use super::step::slack;
use crate::error::Error;
use crate::params::Params;
use crate::patterns::Bar;
use crate::spec::{Column, ColumnKind, Fallback, Param, ParamKind};

#[derive(Debug, Clone)]
pub(super) struct PointAndFigure {
    size: f64,
    reversal: f64,
    by_close: bool,
    /// The first close, and the bars since, before there is a column.
    origin: Option<(f64, Span)>,
    column: Option<Pile>,
}

/// A column of boxes, which are counted from price 0.
#[derive(Debug, Clone, Copy)]
struct Pile {
    /// +1 for X, −1 for O.
    direction: f64,
    first: f64,
    last: f64,
    span: Span,
}

impl Transformer for PointAndFigure {
    const KIND: Kind = Kind {
        id: "point_and_figure",
        title: "Point & Figure",
        summary: "Columns of boxes, X while price rises and O while it falls; a new column takes a move of several boxes",
        rules: &[
            "Boxes are whole multiples of the box size; a rising price fills a box when it reaches it from below, a falling one from above",
            "A column goes on with every further box; when price has come back by the reversal in boxes it closes, and the next column begins one box from its end",
            "The first column begins with the first box that price reaches above or below the first close",
            "open is the first box of a column and close its last",
            "A column's bars are those from the one that made it to the one before the next column's; that one closes it",
            "The forming column is the one that has not turned yet",
        ],
        source: "V. de Villiers, The Point and Figure Method, 1933; A. W. Cohen, How to Use the Three-Point Reversal Method, 1947",
        inputs: BARS,
        params: &[
            amount("box", 1.0, "Size of a box"),
            Param {
                name: "reversal",
                doc: "How many boxes price must come back",
                kind: ParamKind::Int { min: 1, max: 1000 },
                default: Fallback::Number(3.0),
                talib: None,
                quiet: false,
            },
            METHOD,
        ],
        columns: &[Column {
            name: "boxes",
            kind: ColumnKind::Value,
            doc: "How many boxes the column has",
        }],
    };

    fn new(params: &Params) -> Self {
        Self {
            size: params.number("box"),
            reversal: params.number("reversal"),
            by_close: params.is("method", "close"),
            origin: None,
            column: None,
        }
    }

    fn bar(&mut self, bar: &Bar, rows: &mut Rows) -> Result<(), Error> {
        let (up, down) = if self.by_close {
            (bar.close, bar.close)
        } else {
            (bar.high, bar.low)
        };
        let (top, bottom) = (self.reached(up, 1.0), self.reached(down, -1.0));
        let Some(column) = &mut self.column else {
            self.begin(bar, top, bottom);
            return Ok(());
        };
        let direction = column.direction;
        let (ahead, behind) = if direction > 0.0 {
            (top, bottom)
        } else {
            (bottom, top)
        };
        if (ahead - column.last) * direction > 0.0 {
            column.last = ahead;
        } else if (column.last - behind) * direction >= self.reversal {
            rows.add(&column.row(bar, self.size))?;
            *column = Pile {
                direction: -direction,
                first: column.last - direction,
                last: behind,
                span: Span::of(bar),
            };
            return Ok(());
        }
        column.span.trade(bar);
        Ok(())
    }

    fn forming(&self, last: &Bar, rows: &mut Rows) -> Result<(), Error> {
        match &self.column {
            Some(column) => rows.add(&column.row(last, self.size)),
            None => Ok(()),
        }
    }
}

impl PointAndFigure {
    /// The last box that a price reaches in a direction.
    fn reached(&self, price: f64, direction: f64) -> f64 {
        let slack = slack(self.size, price);
        (price / self.size * direction + slack).floor() * direction
    }

    /// Begins the first column, if price has reached a box beyond the first close.
    fn begin(&mut self, bar: &Bar, top: f64, bottom: f64) {
        let Some((origin, span)) = &mut self.origin else {
            self.origin = Some((bar.close, Span::of(bar)));
            return;
        };
        span.trade(bar);
        let (origin, span) = (*origin, *span);
        let (above, below) = (
            self.reached(origin, 1.0) + 1.0,
            self.reached(origin, -1.0) - 1.0,
        );
        let (direction, first, last) = if top >= above {
            (1.0, above, top)
        } else if bottom <= below {
            (-1.0, below, bottom)
        } else {
            return;
        };
        self.column = Some(Pile {
            direction,
            first,
            last,
            span,
        });
    }
}

impl Pile {
    fn row(&self, bar: &Bar, size: f64) -> Row {
        let (open, close) = (self.first * size, self.last * size);
        Row {
            more: [(self.last - self.first).abs() + 1.0, f64::NAN],
            ..self.span.straight(bar, open, close)
        }
    }
}
