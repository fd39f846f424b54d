//! Crossings of two simple moving averages.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Mean, Memory, Visitor};
use crate::params::Params;
use crate::spec::{
    Chart, Column, ColumnKind, Missing, Param, ResultKind, SOURCE, Spec, Style, TIME,
};

/// The bars where a fast mean crosses a slow one.
#[derive(Debug, Clone)]
pub struct SmaCross {
    fast: Mean,
    slow: Mean,
    /// How far the fast mean was above the slow one at the bar before.
    apart: Memory<f64>,
    /// Means closer than this share of them are equal: what rounding may leave between two sums.
    rounding: f64,
}

impl Indicator for SmaCross {
    const SPEC: Spec = Spec {
        id: "sma_cross",
        title: "SMA Cross Events",
        summary: "The bars where a fast mean crosses a slow one: golden and death crosses.",
        formula: "up where fast > slow and fast[1] ≤ slow[1]; down where fast < slow and fast[1] ≥ slow[1]",
        edges: &[
            "Means that meet and part again on the same side count as a crossing at the parting, as TradingView's ta.crossover does.",
            "Means that differ by no more than the rounding of their sums, (fast + slow) · 2⁻⁵³ of them, are equal: a flat market has no crossing.",
            "Equal periods never cross.",
            "A row is final when its bar closes.",
        ],
        source: "Common usage; R. D. Edwards and J. Magee, Technical Analysis of Stock Trends, 1948",
        inputs: &[SOURCE, TIME],
        params: &[
            Param::period("fast", 50, 1, "Bars in the fast mean"),
            Param::period("slow", 200, 1, "Bars in the slow mean"),
        ],
        derived: &[],
        result: ResultKind::Table(&[
            Column {
                name: "index",
                doc: "The bar, counted from 0",
                kind: ColumnKind::Index,
            },
            Column {
                name: "time",
                doc: "The bar's time, if given",
                kind: ColumnKind::Time,
            },
            Column {
                name: "direction",
                doc: "+1 up, −1 down",
                kind: ColumnKind::Sign,
            },
            Column {
                name: "fast",
                doc: "The fast mean at that bar",
                kind: ColumnKind::Value,
            },
            Column {
                name: "slow",
                doc: "The slow mean at that bar",
                kind: ColumnKind::Value,
            },
        ]),
        warmup: |params, _| params.period("fast").max(params.period("slow")),
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: true,
            styles: &[Style::Marker],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        Self {
            fast: Mean::new(params.period("fast")),
            slow: Mean::new(params.period("slow")),
            apart: Memory::new(f64::NAN),
            rounding: (params.number("fast") + params.number("slow")) * (f64::EPSILON / 2.0),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [source] = x.inputs();
        let time = x.optional(1);
        let [fast, slow] = scratch.take(x.len());
        self.fast.process(source, fast);
        self.slow.process(source, slow);
        let rounding = self.rounding;
        self.apart.run(x.len(), |before, i| {
            let apart = fast[i] - slow[i];
            let apart = if apart.abs() <= rounding * slow[i].abs() {
                0.0
            } else {
                apart
            };
            let up = apart > 0.0 && *before <= 0.0;
            let down = apart < 0.0 && *before >= 0.0;
            *before = apart;
            if up || down {
                let index = (x.first_bar() + i as u64) as f64;
                let direction = if up { 1.0 } else { -1.0 };
                let time = time.map_or(f64::NAN, |t| t[i]);
                out.row(&[index, time, direction, fast[i], slow[i]]);
            }
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.fast);
        visitor.kernel(&mut self.slow);
        visitor.kernel(&mut self.apart);
    }
}
