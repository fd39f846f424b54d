//! Linear regression.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Deviation, Mean, Moments, PerBar, Slope, Visitor, Window, least};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// The line that lies nearest to the last bars.
#[derive(Debug, Clone)]
pub struct LinearRegression {
    mean: Mean,
    slope: Window<Slope>,
    moments: Window<Moments>,
    per_bar: PerBar,
    deviation: Deviation,
    period: f64,
}

impl Indicator for LinearRegression {
    const SPEC: Spec = Spec {
        id: "linear_regression",
        title: "Linear Regression",
        summary: "The straight line that lies nearest to the last prices: where it ends, how steep it is, and how well it fits.",
        formula: "slope = Σ (i − ī) · source / Σ (i − ī)² over the positions i of period bars; value = sma + slope · (period − 1) / 2, the line's end; intercept = sma − slope · (period − 1) / 2, its begin; angle = atan(slope) in degrees; r_squared = slope² · Σ (i − ī)² / Σ (source − sma)²",
        edges: &[
            "A flat window has a slope of 0, and no r_squared: there is nothing that a line could explain.",
            "The angle is that of one bar to one unit of price, as in TA-Lib: it compares with itself only.",
        ],
        source: "A. M. Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805",
        inputs: &[SOURCE],
        params: &[Param::period(
            "period",
            14,
            2,
            "Bars that the line is laid through",
        )],
        derived: &[],
        result: ResultKind::Series(&[
            Output::new("value", "The line at the current bar"),
            Output::new("slope", "The line's rise per bar"),
            Output::new("intercept", "The line at the window's first bar"),
            Output::new("angle", "The slope as an angle, in degrees"),
            Output::gappy(
                "r_squared",
                "The share of the variance that the line explains, 0 to 1",
            ),
        ]),
        warmup: |params, _| params.period("period") - 1,
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: true,
            styles: &[
                Style::Line,
                Style::Hidden,
                Style::Hidden,
                Style::Hidden,
                Style::Hidden,
            ],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("period");
        Self {
            mean: Mean::new(period),
            slope: Window::new(period),
            moments: Window::new(period),
            per_bar: PerBar::new(period),
            deviation: Deviation::new(period, 1.0),
            period: period as f64,
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [source] = x.inputs();
        let [value, slope, intercept, angle, fit] = out.series();
        self.mean.process(source, intercept);
        self.slope.process_with(source, self.per_bar, slope);
        self.moments.process_with(source, self.deviation, fit);
        let squares = self.per_bar.squares() / self.period;
        let half = 0.5 * (self.period - 1.0);
        for i in 0..x.len() {
            let (mean, rise) = (intercept[i], slope[i]);
            value[i] = mean + half * rise;
            intercept[i] = mean - half * rise;
            angle[i] = libm::atan(rise).to_degrees();
            // Rounding may lead past 1.
            let share = rise / fit[i];
            fit[i] = least(share * share * squares, 1.0);
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.mean);
        visitor.kernel(&mut self.slope);
        visitor.kernel(&mut self.moments);
    }
}
