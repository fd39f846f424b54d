//! Line break: a line for every close beyond the last ones.

use std::collections::VecDeque;

use super::kind::{BARS, Kind, Transformer};
use super::rows::Rows;
use super::span::Span;
use crate::error::Error;
use crate::params::Params;
use crate::patterns::Bar;
use crate::spec::{Fallback, Param, ParamKind};

#[derive(Debug, Clone)]
pub(super) struct LineBreak {
    most: usize,
    /// The last lines: open and close.
    lines: VecDeque<[f64; 2]>,
    /// The first close, before there is a line.
    origin: Option<f64>,
    /// Bars since the last line.
    span: Option<Span>,
}

impl Transformer for LineBreak {
    const KIND: Kind = Kind {
        id: "line_break",
        title: "Line break",
        summary: "A line for each close that goes further than the last lines, and none for the others",
        rules: &[
            "The first line goes from the first close to the first other one",
            "A close beyond the end of the last line adds a line from that end to the close",
            "A close beyond the other extreme of the last lines turns: the line goes from where the last one began to the close",
            "A close that is equal to a limit is not beyond it",
            "The forming line goes from the end of the last one to the last close; it is no line until that close breaks a limit",
        ],
        source: "S. Nison, Beyond Candlesticks, 1994",
        inputs: BARS,
        params: &[Param {
            name: "lines",
            doc: "How many lines a turn must break",
            kind: ParamKind::Int { min: 1, max: 1000 },
            default: Fallback::Number(3.0),
            talib: None,
            quiet: false,
        }],
        columns: &[],
    };

    fn new(params: &Params) -> Self {
        Self {
            most: params.period("lines"),
            lines: VecDeque::new(),
            origin: None,
            span: None,
        }
    }

    fn bar(&mut self, bar: &Bar, rows: &mut Rows) -> Result<(), Error> {
        let span = Span::extend(&mut self.span, bar);
        let Some(open) = self.begins(bar.close) else {
            return Ok(());
        };
        rows.add(&span.straight(bar, open, bar.close))?;
        if self.lines.len() == self.most {
            self.lines.pop_front();
        }
        self.lines.push_back([open, bar.close]);
        self.span = None;
        Ok(())
    }

    fn forming(&self, last: &Bar, rows: &mut Rows) -> Result<(), Error> {
        let end = self.lines.back().map(|line| line[1]).or(self.origin);
        match (end, &self.span) {
            (Some(end), Some(span)) => rows.add(&span.straight(last, end, last.close)),
            _ => Ok(()),
        }
    }
}

impl LineBreak {
    /// Where the line to this close begins, if it draws one.
    fn begins(&mut self, close: f64) -> Option<f64> {
        let Some(&[open, end]) = self.lines.back() else {
            let origin = *self.origin.get_or_insert(close);
            return (close != origin).then_some(origin);
        };
        let direction = if end > open { 1.0 } else { -1.0 };
        let is_beyond = |limit: f64, direction: f64| (close - limit) * direction > 0.0;
        if is_beyond(end, direction) {
            return Some(end);
        }
        let mut prices = self.lines.iter().flatten();
        prices
            .all(|&price| is_beyond(price, -direction))
            .then_some(open)
    }
}
