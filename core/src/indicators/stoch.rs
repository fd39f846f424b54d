//! Stochastic oscillator.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Highest, Lowest, Mean, Visitor, Window, elementwise};
use crate::params::Params;
use crate::spec::{CLOSE, Chart, HIGH, LOW, Missing, Output, Param, ResultKind, Spec, Style};

/// Where the close lies in the range of the last bars.
#[derive(Debug, Clone)]
pub struct Stoch {
    highest: Window<Highest>,
    lowest: Window<Lowest>,
    k: Mean,
    d: Mean,
    flat_is_zero: bool,
    together: bool,
}

impl Indicator for Stoch {
    const SPEC: Spec = Spec {
        id: "stoch",
        title: "Stochastic Oscillator",
        summary: "Where the close lies in the range of the last bars, 0 at its bottom to 100 at its top.",
        formula: "raw = 100 · (close − lowest(low, period)) / (highest(high, period) − lowest(low, period)); k = sma(raw, k); d = sma(k, d)",
        edges: &[
            "A window without range has no raw value: nan leaves it missing, as TradingView does, and with it the means it is in; zero counts it as 0, as TA-Lib does where the range is below 1e−14 of the prices.",
            "TA-Lib shows k only where d exists.",
            "A close outside high and low, as bad data has it, gives values outside 0 to 100.",
        ],
        source: "G. C. Lane, Lane's Stochastics, 1984",
        inputs: &[HIGH, LOW, CLOSE],
        params: &[
            Param::period("period", 14, 1, "Bars in the range"),
            Param::period("k", 1, 1, "Bars in the mean that gives k; 1 leaves it raw"),
            Param::period("d", 3, 1, "Bars in the mean that gives d"),
            Param::option(
                "flat",
                &["nan", "zero"],
                "nan",
                "zero",
                "The raw value of a window without range",
            ),
            Param::option(
                "shown",
                &["own", "together"],
                "own",
                "together",
                "Whether k starts when it can, or with d",
            ),
        ],
        derived: &[],
        result: ResultKind::Series(&[
            Output::gappy("k", "The position in the range, smoothed"),
            Output::gappy("d", "The mean of k, its signal line"),
        ]),
        warmup: |params, output| {
            let k = params.period("period") + params.period("k") - 2;
            if output == 0 && params.is("shown", "own") {
                k
            } else {
                k + params.period("d") - 1
            }
        },
        converged: |params, output| Some((Self::SPEC.warmup)(params, output)),
        missing: Missing::Window,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line, Style::Line],
            levels: &[20.0, 80.0],
        },
    };

    fn new(params: &Params) -> Self {
        let [period, k, d] = ["period", "k", "d"].map(|name| params.period(name));
        Self {
            highest: Window::new(period),
            lowest: Window::new(period),
            k: Mean::new(k),
            d: Mean::new(d),
            flat_is_zero: params.is("flat", "zero"),
            together: params.is("shown", "together"),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [high, low, close] = x.inputs();
        let [k, d] = out.series();
        let [top, raw] = scratch.take(x.len());
        self.highest.process(high, top);
        self.lowest.process(low, raw);
        let flat_is_zero = self.flat_is_zero;
        elementwise(x.len(), || {
            for ((raw, &top), &close) in raw.iter_mut().zip(&*top).zip(close) {
                let bottom = *raw;
                let range = top - bottom;
                let place = 100.0 * (close - bottom) / range;
                let flat = range.abs() <= 1e-14 * (top.abs() + bottom.abs());
                let place = if range == 0.0 { f64::NAN } else { place };
                *raw = if flat_is_zero & flat { 0.0 } else { place };
            }
        });
        self.k.process(raw, k);
        self.d.process(k, d);
        if self.together {
            elementwise(x.len(), || {
                for (k, d) in k.iter_mut().zip(&*d) {
                    *k = if d.is_nan() { f64::NAN } else { *k };
                }
            });
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.highest);
        visitor.kernel(&mut self.lowest);
        visitor.kernel(&mut self.k);
        visitor.kernel(&mut self.d);
    }
}
