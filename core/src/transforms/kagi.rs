//! Kagi: a line that turns when price has come back far enough, thick above its last shoulder.

use super::kind::{BARS, Kind, METHOD, Transformer, amount};
use super::rows::{Row, Rows};
use super::span::Span;
use super::step::{PERIOD, Step, Steps, UNIT, slack};
use crate::error::Error;
use crate::params::Params;
use crate::patterns::Bar;
use crate::spec::{Column, ColumnKind};

#[derive(Debug, Clone)]
pub(super) struct Kagi {
    steps: Steps,
    by_close: bool,
    /// The first close, and the bars since, before there is a leg.
    origin: Option<(f64, Span)>,
    leg: Option<Leg>,
    /// Where the last rising leg ended, and the last falling one.
    shoulder: f64,
    waist: f64,
}

/// A vertical piece of the line.
#[derive(Debug, Clone, Copy)]
struct Leg {
    direction: f64,
    from: f64,
    to: f64,
    step: Step,
    /// +1 while the line is thick (yang), −1 while it is thin (yin).
    line: f64,
    /// The price at which that has changed in this leg.
    turned: f64,
    span: Span,
}

impl Leg {
    fn row(&self, bar: &Bar) -> Row {
        Row {
            more: [self.line, self.turned],
            ..self.span.straight(bar, self.from, self.to)
        }
    }

    /// Goes on to a price; the line becomes thick above the last shoulder, and thin below the last waist.
    fn go(&mut self, price: f64, limit: f64) {
        self.to = price;
        if self.line != self.direction && (price - limit) * self.direction > 0.0 {
            self.line = self.direction;
            self.turned = limit;
        }
    }
}

impl Transformer for Kagi {
    const KIND: Kind = Kind {
        id: "kagi",
        title: "Kagi",
        summary: "A line that goes on while price does and turns when it comes back far enough, thick while buyers are stronger",
        rules: &[
            "The first leg begins at the first close, once price is the reversal away from it",
            "A leg goes on with every new extreme; when price is the reversal away from its end it closes, and the next leg begins at that end",
            "In percent the reversal is a share of the leg's end; with unit atr it is settled when the leg begins, from the range that is known then. A range of 0 keeps the one before it",
            "The line becomes thick (yang) when it rises above the end of the last rising leg (the shoulder), thin (yin) when it falls below the end of the last falling one (the waist); the first leg is thick if it rises, and where it begins counts as waist, or as shoulder if it falls",
            "A leg's bars are those from the one that made it to the one before the next leg's; that one closes it",
            "The forming leg is the one that has not turned yet",
        ],
        source: "S. Nison, Beyond Candlesticks, 1994",
        inputs: BARS,
        params: &[
            amount("reversal", 1.0, "How far price must come back"),
            UNIT,
            PERIOD,
            METHOD,
        ],
        columns: &[
            Column {
                name: "line",
                kind: ColumnKind::Sign,
                doc: "How the line is where the leg ends: +1 thick (yang), −1 thin (yin)",
            },
            Column {
                name: "turned",
                kind: ColumnKind::Value,
                doc: "The price in the leg at which the line became so; missing if it was so before",
            },
        ],
    };

    fn new(params: &Params) -> Self {
        Self {
            steps: Steps::new(params, "reversal"),
            by_close: params.is("method", "close"),
            origin: None,
            leg: None,
            shoulder: f64::NAN,
            waist: f64::NAN,
        }
    }

    fn bar(&mut self, bar: &Bar, rows: &mut Rows) -> Result<(), Error> {
        self.steps.take(bar);
        let (up, down) = if self.by_close {
            (bar.close, bar.close)
        } else {
            (bar.high, bar.low)
        };
        let Some(leg) = &mut self.leg else {
            self.begin(bar, up, down);
            return Ok(());
        };
        let rises = leg.direction > 0.0;
        let (ahead, behind) = if rises { (up, down) } else { (down, up) };
        let limit = if rises { self.shoulder } else { self.waist };
        if (ahead - leg.to) * leg.direction > 0.0 {
            leg.go(ahead, limit);
        } else if has_gone(leg.to, behind, -leg.direction, leg.step) {
            rows.add(&leg.row(bar))?;
            if rises {
                self.shoulder = leg.to;
            } else {
                self.waist = leg.to;
            }
            let limit = if rises { self.waist } else { self.shoulder };
            let mut next = Leg {
                direction: -leg.direction,
                from: leg.to,
                step: self.steps.settled(behind).unwrap_or(leg.step),
                turned: f64::NAN,
                span: Span::of(bar),
                ..*leg
            };
            next.go(behind, limit);
            *leg = next;
            return Ok(());
        }
        leg.span.trade(bar);
        Ok(())
    }

    fn forming(&self, last: &Bar, rows: &mut Rows) -> Result<(), Error> {
        self.leg
            .as_ref()
            .map_or(Ok(()), |leg| rows.add(&leg.row(last)))
    }
}

impl Kagi {
    /// Begins the first leg, if price has gone far enough.
    fn begin(&mut self, bar: &Bar, up: f64, down: f64) {
        let Some((origin, span)) = &mut self.origin else {
            self.origin = Some((bar.close, Span::of(bar)));
            return;
        };
        span.trade(bar);
        let Some(step) = self.steps.settled(*origin) else {
            return;
        };
        let direction = if has_gone(*origin, up, 1.0, step) {
            1.0
        } else if has_gone(*origin, down, -1.0, step) {
            -1.0
        } else {
            return;
        };
        if direction > 0.0 {
            self.waist = *origin;
        } else {
            self.shoulder = *origin;
        }
        self.leg = Some(Leg {
            direction,
            from: *origin,
            to: if direction > 0.0 { up } else { down },
            step,
            line: direction,
            turned: f64::NAN,
            span: *span,
        });
    }
}

/// Whether a price is a step away from another.
fn has_gone(from: f64, to: f64, direction: f64, step: Step) -> bool {
    let size = step.at(from);
    (to - from) * direction / size >= 1.0 - slack(size, from)
}
