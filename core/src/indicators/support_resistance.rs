//! Support and resistance: prices that turned the market more than once.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{
    Highest, Levels, Lowest, Memory, Pivots, Recurrence, Seed, Touch, Visitor, nothing,
};
use crate::params::Params;
use crate::spec::{
    CLOSE, Chart, Column, ColumnKind, Derived, HIGH, LOW, Missing, Param, ParamKind, ResultKind,
    Rows, Spec, Style,
};
use crate::table::Table;

/// Levels made of confirmed pivots.
#[derive(Debug, Clone)]
pub struct SupportResistance {
    tops: Pivots<Highest>,
    bottoms: Pivots<Lowest>,
    range: Recurrence,
    levels: Levels,
    close: Memory<f64>,
    right: u64,
    tolerance: f64,
    min_touches: u64,
}

impl Indicator for SupportResistance {
    const SPEC: Spec = Spec {
        id: "support_resistance",
        title: "Support and Resistance",
        summary: "Prices that turned the market more than once, with how often and how hard: where the next turn, or a break, may come.",
        formula: "pivot high = a high that no high of the left bars before it exceeds and that all highs of the right bars after it stay below, known right bars later; pivot low likewise; \
                  a pivot joins the nearest level if |pivot − price| ≤ tolerance · atr(atr_period) of the bar that confirms it, or begins a level; \
                  price = mean of the level's pivots; touches = their number; \
                  strength = Σ (pivot high − lowest low of the right bars after it, or highest high − pivot low) / atr",
        edges: &[
            "Pivots are those of TradingView's ta.pivothigh and ta.pivotlow: of two equal highs the later one counts. Highs and lows share levels, so that a broken resistance becomes a support.",
            "Of two levels equally near a pivot the lower one takes it; where a bar confirms a high and a low, the high comes first.",
            "A touch is final when its pivot is confirmed: touches never fall and first never changes. The price moves only with a further touch, and role follows the last close: at or above the price it is a support.",
            "A bar with a missing value gives no pivot, nor do the left bars after it and the right bars before it. As long as the average true range is missing, pivots begin and touch no level; levels that are there stay.",
            "With an average true range of 0 a pivot joins only a level of its own price; what it adds to strength is 0 wherever the quotient is not finite.",
            "At most 1000 levels are kept: before another one begins, the level with the fewest touches goes, of several the one untouched for longest, of those the lowest.",
            "A bar that confirms a pivot costs more with more levels, and each look at the rows costs as much as there are levels; all other bars cost the same.",
        ],
        source: "R. D. Edwards and J. Magee, Technical Analysis of Stock Trends, 1948 (levels and their change of role); pivots as in TradingView's Pine Script reference; the clustering by average true range is ours, 2026",
        inputs: &[HIGH, LOW, CLOSE],
        params: &[
            Param::period("left", 5, 1, "Bars before a pivot that do not surpass it"),
            Param::period(
                "right",
                5,
                1,
                "Bars after a pivot that stay short of it, and confirm it",
            ),
            Param::float(
                "tolerance",
                0.5,
                (0.0, 100.0),
                "How far from a level a pivot may be to touch it, in average true ranges",
            ),
            Param::period("atr_period", 14, 1, "Bars in the average true range"),
            Param {
                kind: ParamKind::Int { min: 1, max: 1000 },
                ..Param::period(
                    "min_touches",
                    2,
                    1,
                    "Touches that a level needs to be shown",
                )
            },
        ],
        derived: &[Derived::TrueRange],
        result: ResultKind::Report {
            columns: &[
                Column {
                    name: "price",
                    doc: "The level, a mean of its pivots; rows are in its order",
                    kind: ColumnKind::Value,
                },
                Column {
                    name: "touches",
                    doc: "How many pivots it has",
                    kind: ColumnKind::Value,
                },
                Column {
                    name: "strength",
                    doc: "How far they threw the price back, in average true ranges",
                    kind: ColumnKind::Value,
                },
                Column {
                    name: "first",
                    doc: "The bar of the first pivot, counted from 0",
                    kind: ColumnKind::Index,
                },
                Column {
                    name: "last",
                    doc: "The bar of the last pivot",
                    kind: ColumnKind::Index,
                },
                Column {
                    name: "role",
                    doc: "+1 support, −1 resistance",
                    kind: ColumnKind::Sign,
                },
            ],
            rows: Rows::State,
            summary: &[],
        },
        warmup: |params, _| {
            let pivot = params.period("left") + params.period("right");
            pivot.max(params.period("atr_period") - 1)
        },
        missing: Missing::Window,
        chart: Chart {
            overlay: true,
            styles: &[Style::Line],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let [left, right, atr_period] = ["left", "right", "atr_period"].map(|n| params.period(n));
        Self {
            tops: Pivots::new(left, right),
            bottoms: Pivots::new(left, right),
            range: Recurrence::wilder(atr_period, Seed::mean(atr_period)),
            levels: Levels::new(),
            close: Memory::new(f64::NAN),
            right: right as u64,
            tolerance: params.number("tolerance"),
            min_touches: params.period("min_touches") as u64,
        }
    }

    fn process(&mut self, x: &Columns<'_>, _: &mut Outputs<'_>, scratch: &mut Scratch) {
        let n = x.len();
        let [high, low, close] = x.inputs();
        let [highs, lows, atr, top, bottom, highest, lowest] = scratch.take(n);
        for i in 0..n {
            // A bar with a missing value is missing altogether.
            let none = nothing(high[i]) + nothing(low[i]) + nothing(close[i]);
            highs[i] = high[i] + none;
            lows[i] = low[i] + none;
        }
        self.range.process(x.derived(0), atr);
        self.tops.process(highs, top, highest);
        self.bottoms.process(lows, bottom, lowest);
        self.close.run(n, |last, i| {
            if (highs[i] + close[i]).is_finite() {
                *last = close[i];
            }
        });
        for i in 0..n {
            let bar = (x.first_bar() + i as u64).saturating_sub(self.right);
            let touch = |price: f64, thrown: f64| {
                let strength = thrown / atr[i];
                let strength = if strength.is_finite() { strength } else { 0.0 };
                (price.is_finite() && atr[i].is_finite()).then_some(Touch {
                    price,
                    reach: self.tolerance * atr[i],
                    strength,
                    bar,
                })
            };
            self.levels.bar([
                touch(top[i], top[i] - lowest[i]),
                touch(bottom[i], highest[i] - bottom[i]),
            ]);
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.tops);
        visitor.kernel(&mut self.bottoms);
        visitor.kernel(&mut self.range);
        visitor.kernel(&mut self.levels);
        visitor.kernel(&mut self.close);
    }

    fn report(&mut self, table: &mut Table) {
        let close = self.close.get();
        let shown = self.levels.get().iter();
        for level in shown.filter(|l| l.touches >= self.min_touches) {
            let price = level.price();
            table.push(&[
                price,
                level.touches as f64,
                level.strength,
                level.first as f64,
                level.last as f64,
                if price <= close { 1.0 } else { -1.0 },
            ]);
        }
    }
}
