//! Fractals.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Delay, Fold, Highest, Lowest, Pivots, Visitor, Window};
use crate::params::Params;
use crate::spec::{
    Chart, Column, ColumnKind, HIGH, LOW, Missing, Param, ResultKind, Spec, Style, TIME,
};

/// Highs and lows that the bars around them stay short of.
#[derive(Debug, Clone)]
pub struct Fractals {
    tops: Pivots<Highest>,
    bottoms: Pivots<Lowest>,
    lone: Option<Lone>,
    time: Delay,
    right: f64,
}

/// The extremes of the bars before a pivot, where it has to go beyond them.
#[derive(Debug, Clone)]
struct Lone {
    highest: Before<Highest>,
    lowest: Before<Lowest>,
}

/// The extreme of the bars left of the one that may be a pivot now.
#[derive(Debug, Clone)]
struct Before<F: Fold<Part<f64> = f64>> {
    window: Window<F>,
    delay: Delay,
}

impl<F: Fold<Part<f64> = f64>> Before<F> {
    fn new(left: usize, right: usize) -> Self {
        Self {
            window: Window::new(left),
            delay: Delay::new(right + 1),
        }
    }

    fn process(&mut self, x: &[f64], room: &mut [f64], out: &mut [f64]) {
        self.window.process(x, room);
        self.delay.process(room, out);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.window);
        visitor.kernel(&mut self.delay);
    }
}

impl Indicator for Fractals {
    const SPEC: Spec = Spec {
        id: "fractals",
        title: "Fractals",
        summary: "Highs above and lows below the bars around them, told when the last of those bars is there: where stops and breakouts are set.",
        formula: "high = high[right] where the left bars before it are no higher and the right bars after it are lower; low likewise",
        edges: &[
            "A row stands at the bar that confirms it, right bars after its pivot, and is final when that bar closes.",
            "ta.pivothigh and ta.pivotlow let bars before the pivot be equal, so that of two equal highs the later one counts; TA-Lib wants all bars around it to stay short of it.",
            "A bar may be a high and a low at once; the one that it is not is missing.",
            "A missing value is part of no fractal, nor are the bars around it.",
            "A flat market has no fractals.",
        ],
        source: "B. Williams, Trading Chaos, 1995",
        inputs: &[HIGH, LOW, TIME],
        params: &[
            Param::period("left", 2, 1, "Bars before the pivot"),
            Param::period("right", 2, 1, "Bars after the pivot, which confirm it"),
            Param::option(
                "ties",
                &["left", "none"],
                "left",
                "none",
                "Whether bars before the pivot may be equal to it",
            ),
        ],
        derived: &[],
        result: ResultKind::Table(&[
            Column {
                name: "index",
                doc: "The bar that confirms, counted from 0",
                kind: ColumnKind::Index,
            },
            Column {
                name: "pivot",
                doc: "The bar of the high or low",
                kind: ColumnKind::Index,
            },
            Column {
                name: "time",
                doc: "The time of that bar, if given",
                kind: ColumnKind::Time,
            },
            Column {
                name: "high",
                doc: "The high, if it is one",
                kind: ColumnKind::Value,
            },
            Column {
                name: "low",
                doc: "The low, if it is one",
                kind: ColumnKind::Value,
            },
        ]),
        warmup: |params, _| params.period("left") + params.period("right"),
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: true,
            styles: &[Style::Marker],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let [left, right] = ["left", "right"].map(|name| params.period(name));
        Self {
            tops: Pivots::new(left, right),
            bottoms: Pivots::new(left, right),
            lone: params.is("ties", "none").then(|| Lone {
                highest: Before::new(left, right),
                lowest: Before::new(left, right),
            }),
            time: Delay::new(right),
            right: right as f64,
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let n = x.len();
        let [high, low] = x.inputs();
        let [top, bottom, room, other, time] = scratch.take(n);
        self.tops.process(high, top, room);
        self.bottoms.process(low, bottom, room);
        if let Some(lone) = &mut self.lone {
            lone.highest.process(high, room, other);
            forget_equal(top, other);
            lone.lowest.process(low, room, other);
            forget_equal(bottom, other);
        }
        match x.optional(2) {
            Some(times) => room.copy_from_slice(times),
            None => room.fill(f64::NAN),
        }
        self.time.process(room, time);
        for i in 0..n {
            if !(top[i].is_nan() && bottom[i].is_nan()) {
                let index = (x.first_bar() + i as u64) as f64;
                out.row(&[index, index - self.right, time[i], top[i], bottom[i]]);
            }
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.tops);
        visitor.kernel(&mut self.bottoms);
        if let Some(lone) = &mut self.lone {
            lone.highest.visit(visitor);
            lone.lowest.visit(visitor);
        }
        visitor.kernel(&mut self.time);
    }
}

/// Takes away the pivots that do not go beyond the extreme before them.
fn forget_equal(pivots: &mut [f64], before: &[f64]) {
    for (pivot, before) in pivots.iter_mut().zip(before) {
        if pivot == before {
            *pivot = f64::NAN;
        }
    }
}
