//! Ultimate oscillator.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Memory, Sum, Visitor, Window, divide, least, nothing};
use crate::params::Params;
use crate::spec::{
    CLOSE, Chart, Derived, HIGH, LOW, Missing, Output, Param, ResultKind, Spec, Style,
};

const PERIODS: [&str; 3] = ["short", "medium", "long"];

/// The sums over one of the three spans.
#[derive(Debug, Clone)]
struct Span {
    buying: Window<Sum>,
    range: Window<Sum>,
}

/// The share of buying in the movement of three spans.
#[derive(Debug, Clone)]
pub struct Ultimate {
    before: Memory<f64>,
    spans: [Span; 3],
    empty: f64,
}

impl Indicator for Ultimate {
    const SPEC: Spec = Spec {
        id: "ultimate",
        title: "Ultimate Oscillator",
        summary: "How much of the movement is buying, 0 to 100, over three spans at once: one that turns late cannot mislead alone.",
        formula: "value = 100 · (4 · s(short) + 2 · s(medium) + s(long)) / 7 with s(n) = Σ (close − min(low, close[1])) / Σ tr over n bars",
        edges: &[
            "A span without any true range has no share: nan leaves the value missing, zero counts it as 0, as TA-Lib does.",
            "TA-Lib sorts the three periods.",
        ],
        source: "L. Williams, The Ultimate Oscillator, Stocks & Commodities, 1985",
        inputs: &[HIGH, LOW, CLOSE],
        params: &[
            Param::period("short", 7, 1, "Bars of the span that weighs 4"),
            Param::period("medium", 14, 1, "Bars of the span that weighs 2"),
            Param::period("long", 28, 1, "Bars of the span that weighs 1"),
            Param::option(
                "order",
                &["given", "sorted"],
                "given",
                "sorted",
                "Whether the periods weigh as they are called, or by their length",
            ),
            Param::empty("The share of a span without any true range"),
        ],
        derived: &[Derived::TrueRange],
        result: ResultKind::Series(&[Output::gappy("value", "The oscillator, 0 to 100")]),
        warmup: |params, _| {
            let [short, medium, long] = PERIODS.map(|name| params.period(name));
            short.max(medium).max(long)
        },
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line],
            levels: &[30.0, 70.0],
        },
    };

    fn new(params: &Params) -> Self {
        let mut periods = PERIODS.map(|name| params.period(name));
        if params.is("order", "sorted") {
            periods.sort_unstable();
        }
        Self {
            before: Memory::new(f64::NAN),
            spans: periods.map(|period| Span {
                buying: Window::new(period),
                range: Window::new(period),
            }),
            empty: params.empty(),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [_, low, close] = x.inputs();
        let true_range = x.derived(0);
        let [value] = out.series();
        let [buying, share, range] = scratch.take(x.len());
        self.before.previous(close, buying);
        for (i, buying) in buying.iter_mut().enumerate() {
            let before = *buying;
            // A range without bounds is missing, and so is the first bar's, which has no close before it.
            let none = nothing(before) + nothing(true_range[i]);
            *buying = close[i] - least(low[i], before) + none;
        }
        value.fill(0.0);
        for (span, weight) in self.spans.iter_mut().zip([4.0, 2.0, 1.0]) {
            span.buying.process(buying, share);
            span.range.process(true_range, range);
            divide(share, range, self.empty);
            for (value, share) in value.iter_mut().zip(&*share) {
                *value += weight * share;
            }
        }
        for value in value.iter_mut() {
            *value = 100.0 * (*value / 7.0);
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.before);
        for span in &mut self.spans {
            visitor.kernel(&mut span.buying);
            visitor.kernel(&mut span.range);
        }
    }
}
