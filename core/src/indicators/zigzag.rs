//! Zigzag.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Memory, Point, Swings, Threshold, Visitor};
use crate::params::Params;
use crate::spec::{
    CLOSE, Chart, Column, ColumnKind, HIGH, LOW, Missing, Output, Param, ResultKind, Rows, Spec,
    Style, TIME,
};
use crate::table::Table;

/// The turns of a market, each told when it is certain.
#[derive(Debug, Clone)]
pub struct Zigzag {
    swings: Memory<Swings>,
    share: f64,
    closes: bool,
}

impl Indicator for Zigzag {
    const SPEC: Spec = Spec {
        id: "zigzag",
        title: "Zigzag",
        summary: "The turns of the market, without the moves between them that are smaller than a percentage.",
        formula: "a top is the highest price since the bottom before it, confirmed by the first later bar that comes back further than all others since, and more than percent of the top; a bottom likewise",
        edges: &[
            "A row is final when the bar closes that confirms its turn, and never moves: pivot tells the bar of the turn, index the bar at which it was known.",
            "The last leg is in the summary, and repaints: its end is the highest (or lowest) price since the last turn, until a later bar confirms it or goes beyond it.",
            "A bar that extends a leg does not end it. Of equal prices the first counts.",
            "The first extreme tells the direction, and is no turn: how the price came to it is not known.",
            "A bar with a missing value is passed over, and still counts in index.",
            "ZIGZAG of TA-Lib tells at each bar how far the leg has come. It begins as if falling, and a price that only touches the percentage turns it.",
            "A flat market has no turns.",
        ],
        source: "A. A. Merrill, Filtered Waves, 1977",
        inputs: &[HIGH, LOW, CLOSE, TIME],
        params: &[
            Param::float(
                "percent",
                5.0,
                (0.0, 1000.0),
                "How far the price must come back to make a turn",
            ),
            Param::choice(
                "price",
                &["range", "close"],
                "What turns: highs make tops and lows make bottoms, or closes make both",
            ),
        ],
        derived: &[],
        result: ResultKind::Report {
            columns: &[
                Column {
                    name: "index",
                    doc: "The bar that confirmed the turn, counted from 0",
                    kind: ColumnKind::Index,
                },
                Column {
                    name: "pivot",
                    doc: "The bar of the turn",
                    kind: ColumnKind::Index,
                },
                Column {
                    name: "time",
                    doc: "The time of the turn, if given",
                    kind: ColumnKind::Time,
                },
                Column {
                    name: "price",
                    doc: "The price of the turn",
                    kind: ColumnKind::Value,
                },
                Column {
                    name: "direction",
                    doc: "+1 top, −1 bottom",
                    kind: ColumnKind::Sign,
                },
            ],
            rows: Rows::Events,
            summary: &[
                Output::new("leg_price", "The end of the last leg so far"),
                Output::new("leg_pivot", "Its bar"),
                Output::new("leg_direction", "1 if the last leg rises, −1 if it falls"),
            ],
        },
        warmup: |_, _| 0,
        converged: |_, _| None,
        missing: Missing::PassOver,
        chart: Chart {
            overlay: true,
            styles: &[Style::Line],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        Self {
            swings: Memory::new(Swings::default()),
            share: params.number("percent") / 100.0,
            closes: params.is("price", "close"),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [high, low, close] = x.inputs();
        let time = x.optional(3);
        let (highs, lows) = if self.closes {
            (close, close)
        } else {
            (high, low)
        };
        let threshold = Threshold {
            fixed: 0.0,
            share: self.share,
        };
        self.swings.run(x.len(), |swings, i| {
            if !(high[i].is_finite() && low[i].is_finite() && close[i].is_finite()) {
                return;
            }
            let index = (x.first_bar() + i as u64) as f64;
            let point = |price| Point {
                price,
                bar: index,
                time: time.map_or(f64::NAN, |t| t[i]),
            };
            if let Some(turn) = swings.next(point(highs[i]), point(lows[i]), threshold) {
                let Point { price, bar, time } = turn.at;
                out.row(&[index, bar, time, price, turn.direction]);
            }
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.swings);
    }

    fn report(&mut self, table: &mut Table) {
        if let Some((direction, end)) = self.swings.get().sought() {
            table.summarise(&[end.price, end.bar, direction]);
        } else {
            table.summarise(&[f64::NAN; 3]);
        }
    }
}
