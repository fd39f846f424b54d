//! Bollinger bands.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Deviation, Mean, Moments, Visitor, Window, elementwise};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// A mean with a band of standard deviations around it.
#[derive(Debug, Clone)]
pub struct Bbands {
    mean: Mean,
    moments: Window<Moments>,
    reach: Deviation,
}

impl Indicator for Bbands {
    const SPEC: Spec = Spec {
        id: "bbands",
        title: "Bollinger Bands",
        summary: "A mean with a band around it that widens with volatility: whether a price is high or low for its time.",
        formula: "middle = sma(source, period); sd = √(Σ (source − middle)² / period); upper = middle + mult · sd; lower = middle − mult · sd",
        edges: &[
            "The deviation is that of the population (divided by period), as on TradingView and in TA-Lib.",
            "A window without movement has all three lines on its mean.",
        ],
        source: "J. Bollinger, Bollinger on Bollinger Bands, 2001",
        inputs: &[SOURCE],
        params: &[
            Param::period("period", 20, 1, "Bars in the mean and the deviation"),
            Param::float(
                "mult",
                2.0,
                (0.0, 1000.0),
                "Deviations from the mean to a band",
            ),
        ],
        derived: &[],
        result: ResultKind::Series(&[
            Output::new("upper", "The upper band"),
            Output::new("middle", "The mean, equal to sma to the last bit"),
            Output::new("lower", "The lower band"),
        ]),
        warmup: |params, _| params.period("period") - 1,
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: true,
            styles: &[Style::Band, Style::Line, Style::Band],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("period");
        Self {
            mean: Mean::new(period),
            moments: Window::new(period),
            reach: Deviation::new(period, params.number("mult")),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [source] = x.inputs();
        let [upper, middle, lower] = out.series();
        self.mean.process(source, middle);
        self.moments.process_with(source, self.reach, upper);
        elementwise(source.len(), || {
            for ((upper, lower), middle) in upper.iter_mut().zip(lower).zip(&*middle) {
                *lower = middle - *upper;
                *upper += middle;
            }
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.mean);
        visitor.kernel(&mut self.moments);
    }
}
