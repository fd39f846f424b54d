//! Least Squares Moving Average.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Mean, Visitor, WeightedMean, elementwise};
use crate::params::Params;
use crate::spec::{
    Chart, Fallback, Missing, Output, Param, ParamKind, ResultKind, SOURCE, Spec, Style,
};

/// Where the line of best fit ends.
#[derive(Debug, Clone)]
pub struct Lsma {
    sum: Mean,
    weighted: WeightedMean,
    reach: f64,
}

impl Indicator for Lsma {
    const SPEC: Spec = Spec {
        id: "lsma",
        title: "Least Squares Moving Average",
        summary: "The end of the straight line that fits the last bars best: it follows a trend without delay.",
        formula: "value = a + b · (period − 1 − offset), where a + b · i fits source best in least squares, i = 0 for the oldest of the last period bars",
        edges: &["A period of 1 gives the source itself."],
        source: "Common statistical usage; C. F. Gauss, Theoria motus corporum coelestium, 1809",
        inputs: &[SOURCE],
        params: &[
            Param::period("period", 25, 1, "Bars that the line is fitted to"),
            Param {
                name: "offset",
                doc: "Bars before the line's end at which it is read; negative ahead of it",
                kind: ParamKind::Int {
                    min: -1000,
                    max: 1000,
                },
                default: Fallback::Number(0.0),
                talib: None,
                quiet: true,
            },
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The line's end")]),
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
        // The two means are apart by a sixth of the line's rise from the first bar to the last.
        let bars = (period - 1).max(1) as f64;
        Self {
            sum: Mean::new(period),
            weighted: WeightedMean::new(period),
            reach: 3.0 - 6.0 * params.number("offset") / bars,
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        let [weighted] = scratch.take(x.len());
        self.sum.process(source, value);
        self.weighted.process(source, weighted);
        let reach = self.reach;
        elementwise(source.len(), || {
            for (value, weighted) in value.iter_mut().zip(&*weighted) {
                *value += reach * (weighted - *value);
            }
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.sum);
        visitor.kernel(&mut self.weighted);
    }
}
