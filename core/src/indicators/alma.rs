//! Arnaud Legoux Moving Average.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Fir, Visitor};
use crate::params::Params;
use crate::spec::{
    Chart, Fallback, Missing, Output, Param, ParamKind, ResultKind, SOURCE, Spec, Style,
};

/// A mean with weights under a bell.
#[derive(Debug, Clone)]
pub struct Alma {
    sum: Fir,
}

impl Indicator for Alma {
    const SPEC: Spec = Spec {
        id: "alma",
        title: "Arnaud Legoux Moving Average",
        summary: "A mean whose weights form a bell near the newest bars: smooth, with little delay.",
        formula: "value = Σ wᵢ · sourceᵢ / Σ wᵢ over the last period bars, the oldest being i = 0; wᵢ = exp(−(i − m)² / (2s²)), m = offset · (period − 1), s = period / sigma",
        edges: &[
            "A period of 1 gives the source itself.",
            "A bar costs more the longer the period is.",
        ],
        source: "A. Legoux, D. Kouzis Loukas, ALMA, 2009",
        inputs: &[SOURCE],
        params: &[
            Param {
                name: "period",
                doc: "Bars in the mean",
                kind: ParamKind::Int {
                    min: 1,
                    max: 10_000,
                },
                default: Fallback::Number(9.0),
                talib: None,
                quiet: false,
            },
            Param::float(
                "offset",
                0.85,
                (0.0, 1.0),
                "Where the bell stands: 0 at the oldest bar, 1 at the newest",
            ),
            Param::float("sigma", 6.0, (0.01, 100.0), "How narrow the bell is"),
            Param::option(
                "center",
                &["exact", "floor"],
                "exact",
                "floor",
                "Whether the bell stands between two bars, or on the older of them",
            ),
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The average")]),
        warmup: |params, _| params.period("period") - 1,
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: true,
            styles: &[Style::Line],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("period");
        let mut middle = params.number("offset") * (period - 1) as f64;
        if params.is("center", "floor") {
            middle = middle.floor();
        }
        Self {
            sum: Fir::new(bell(period, middle, period as f64 / params.number("sigma"))),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        self.sum.process(source, value);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.sum);
    }
}

/// Weights that add up to 1, the oldest bar's first.
fn bell(period: usize, middle: f64, width: f64) -> Vec<f64> {
    let square = |bar: f64| (bar - middle) * (bar - middle);
    // Beside the nearest bar's: a narrow bell between two bars would leave all of them without weight.
    let nearest = square(middle.round());
    let height = |bar: usize| libm::exp((nearest - square(bar as f64)) / (2.0 * width * width));
    let heights: Vec<f64> = (0..period).map(height).collect();
    let sum: f64 = heights.iter().sum();
    heights.into_iter().map(|height| height / sum).collect()
}
