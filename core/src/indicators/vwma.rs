//! Volume-weighted moving average.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Sum, Visitor, Window, divide, nothing};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style, VOLUME};

/// A mean in which each bar weighs as much as was traded in it.
#[derive(Debug, Clone)]
pub struct Vwma {
    turnover: Window<Sum>,
    volume: Window<Sum>,
    /// Whether the source itself is the answer.
    plain: bool,
}

impl Indicator for Vwma {
    const SPEC: Spec = Spec {
        id: "vwma",
        title: "Volume-Weighted Moving Average",
        summary: "A mean price in which busy bars count for more than quiet ones: apart from the sma, it shows where volume pulls.",
        formula: "value = Σ source · volume / Σ volume over the last period bars",
        edges: &[
            "A window without any volume has no value.",
            "A period of 1 gives the source itself, on TradingView only where there is volume, in TA-Lib everywhere.",
        ],
        source: "Common usage of charting packages; B. Dormeier, Buff Up Your Moving Averages, Stocks & Commodities, 2001",
        inputs: &[SOURCE, VOLUME],
        params: &[
            Param::period("period", 20, 1, "Bars in the mean"),
            Param::option(
                "single",
                &["weighted", "source"],
                "weighted",
                "source",
                "What a period of 1 gives: a mean like any other, missing without volume, or the source",
            ),
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::gappy("value", "The mean")]),
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
        Self {
            turnover: Window::new(period),
            volume: Window::new(period),
            plain: period == 1 && params.is("single", "source"),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [source, volume] = x.inputs();
        let [value] = out.series();
        if self.plain {
            for (value, &source) in value.iter_mut().zip(source) {
                *value = source + nothing(source);
            }
            return;
        }
        let [turnover, total] = scratch.take(x.len());
        for ((turnover, &source), &volume) in turnover.iter_mut().zip(source).zip(volume) {
            *turnover = source * volume;
        }
        self.turnover.process(turnover, value);
        self.volume.process(volume, total);
        divide(value, total, f64::NAN);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.turnover);
        visitor.kernel(&mut self.volume);
    }
}
