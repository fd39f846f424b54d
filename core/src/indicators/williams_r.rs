//! Williams' %R.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Range, Visitor, elementwise, is_flat, nothing};
use crate::params::Params;
use crate::spec::{CLOSE, Chart, HIGH, LOW, Missing, Output, Param, ResultKind, Spec, Style};

/// How far the close is below the top of the last bars.
#[derive(Debug, Clone)]
pub struct WilliamsR {
    range: Range,
    flat_is_zero: bool,
}

impl Indicator for WilliamsR {
    const SPEC: Spec = Spec {
        id: "williams_r",
        title: "Williams %R",
        summary: "How far the close is below the top of the last bars' range, 0 at its top to −100 at its bottom.",
        formula: "value = 100 · (close − highest(high, period)) / (highest(high, period) − lowest(low, period))",
        edges: &[
            "A window without range: nan leaves it missing, as TradingView does; zero gives 0, as TA-Lib does where the range is below 1e−14 of the prices.",
            "A close outside high and low, as bad data has it, gives values outside −100 to 0.",
        ],
        source: "L. Williams, How I Made One Million Dollars Last Year Trading Commodities, 1973",
        inputs: &[HIGH, LOW, CLOSE],
        params: &[
            Param::period("period", 14, 1, "Bars in the range"),
            Param::option(
                "flat",
                &["nan", "zero"],
                "nan",
                "zero",
                "The value of a window without range",
            ),
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::gappy("value", "The place in the range, −100 to 0")]),
        warmup: |params, _| params.period("period") - 1,
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line],
            levels: &[-80.0, -20.0],
        },
    };

    fn new(params: &Params) -> Self {
        Self {
            range: Range::new(params.period("period")),
            flat_is_zero: params.is("flat", "zero"),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [high, low, close] = x.inputs();
        let [value] = out.series();
        let [bottom] = scratch.take(x.len());
        self.range.process(high, low, value, bottom);
        let flat_is_zero = self.flat_is_zero;
        elementwise(x.len(), || {
            for ((value, &bottom), &close) in value.iter_mut().zip(&*bottom).zip(close) {
                let top = *value;
                let range = top - bottom;
                let place = 100.0 * (close - top) / range;
                let place = if range == 0.0 {
                    f64::NAN
                } else {
                    place + nothing(place)
                };
                *value = if flat_is_zero & is_flat(top, bottom) {
                    0.0
                } else {
                    place
                };
            }
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.range.visit(visitor);
    }
}
