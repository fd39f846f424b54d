//! Ichimoku Kinko Hyo.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Range, Visitor, nothing};
use crate::params::Params;
use crate::spec::{CLOSE, Chart, HIGH, LOW, Missing, Output, Param, ResultKind, Spec, Style};

/// The middle of the range of the last bars.
#[derive(Debug, Clone)]
struct Middle {
    range: Range,
}

impl Middle {
    fn new(period: usize) -> Self {
        Self {
            range: Range::new(period),
        }
    }

    fn process(&mut self, high: &[f64], low: &[f64], bottom: &mut [f64], middle: &mut [f64]) {
        self.range.process(high, low, middle, bottom);
        for (middle, &bottom) in middle.iter_mut().zip(&*bottom) {
            *middle = 0.5 * (*middle + bottom);
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.range.visit(visitor);
    }
}

/// Where price stands in its short, middle and long range, at one glance.
#[derive(Debug, Clone)]
pub struct Ichimoku {
    conversion: Middle,
    base: Middle,
    span: Middle,
    together: bool,
}

/// How far the spans are drawn ahead, and the lagging line behind.
fn displacement(params: &Params) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a whole number up to a million"
    )]
    let bars = params.number("displacement") as i64;
    bars - i64::from(params.is("counted", "with_current"))
}

impl Indicator for Ichimoku {
    const SPEC: Spec = Spec {
        id: "ichimoku",
        title: "Ichimoku Kinko Hyo",
        summary: "Where price stands in its short, middle and long range, and the cloud between two of them that is drawn ahead of it.",
        formula: "conversion = middle(conversion); base = middle(base); span_a = (conversion + base) / 2; span_b = middle(span); lagging = close, with middle(n) = (highest(high, n) + lowest(low, n)) / 2",
        edges: &[
            "Every value stands at the bar that it is known from; a chart draws span_a and span_b displacement bars later and lagging as many bars earlier. The catalog tells that shift, and the shifted form has the columns moved by it.",
            "TradingView counts the current bar as one of displacement, so that 26 moves a line by 25 bars; elsewhere it moves by 26.",
            "TA-Lib shows its four lines from the bar on where the longest range is complete; it has no lagging line.",
        ],
        source: "G. Hosoda (Ichimoku Sanjin), Ichimoku Kinko Hyo, 1969",
        inputs: &[HIGH, LOW, CLOSE],
        params: &[
            Param::period(
                "conversion",
                9,
                1,
                "Bars in the range of the conversion line (tenkan-sen)",
            ),
            Param::period(
                "base",
                26,
                1,
                "Bars in the range of the base line (kijun-sen)",
            ),
            Param::period(
                "span",
                52,
                1,
                "Bars in the range of the second leading span (senkou span B)",
            ),
            Param::period(
                "displacement",
                26,
                1,
                "Bars by which a chart draws the spans ahead and the lagging line behind",
            ),
            Param::option(
                "counted",
                &["with_current", "without_current"],
                "with_current",
                "without_current",
                "Whether the current bar is one of the displacement's",
            ),
            Param::option(
                "shown",
                &["own", "together"],
                "own",
                "together",
                "Whether each line starts when it can, or all with the last one",
            ),
        ],
        derived: &[],
        result: ResultKind::Series(&[
            Output::new("conversion", "The middle of the short range (tenkan-sen)"),
            Output::new("base", "The middle of the middle range (kijun-sen)"),
            Output::shifted(
                "span_a",
                "The mean of conversion and base, drawn ahead (senkou span A)",
                displacement,
            ),
            Output::shifted(
                "span_b",
                "The middle of the long range, drawn ahead (senkou span B)",
                displacement,
            ),
            Output::shifted(
                "lagging",
                "The close, drawn behind (chikou span)",
                |params| -displacement(params),
            ),
        ]),
        warmup: |params, output| {
            let [conversion, base, span] =
                ["conversion", "base", "span"].map(|name| params.period(name));
            let longest = conversion.max(base);
            match output {
                4 => 0,
                _ if params.is("shown", "together") => longest.max(span) - 1,
                0 => conversion - 1,
                1 => base - 1,
                2 => longest - 1,
                _ => span - 1,
            }
        },
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: true,
            styles: &[
                Style::Line,
                Style::Line,
                Style::Band,
                Style::Band,
                Style::Line,
            ],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let [conversion, base, span] =
            ["conversion", "base", "span"].map(|name| Middle::new(params.period(name)));
        Self {
            conversion,
            base,
            span,
            together: params.is("shown", "together"),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [high, low, close] = x.inputs();
        let [conversion, base, span_a, span_b, lagging] = out.series();
        // `lagging` is room for the bottoms until it is written.
        self.conversion.process(high, low, lagging, conversion);
        self.base.process(high, low, lagging, base);
        self.span.process(high, low, lagging, span_b);
        for i in 0..x.len() {
            span_a[i] = 0.5 * (conversion[i] + base[i]);
            lagging[i] = close[i] + nothing(close[i]);
        }
        if self.together {
            for i in 0..x.len() {
                let shown = nothing(span_a[i] + span_b[i]);
                for line in [&mut *conversion, &mut *base, &mut *span_a, &mut *span_b] {
                    line[i] += shown;
                }
            }
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.conversion.visit(visitor);
        self.base.visit(visitor);
        self.span.visit(visitor);
    }
}
