//! Zero-Lag Exponential Moving Average.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Delay, Recurrence, Visitor};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// An exponential average of a source that is ahead of itself.
#[derive(Debug, Clone)]
pub struct Zlema {
    earlier: Option<Delay>,
    average: Recurrence,
}

impl Indicator for Zlema {
    const SPEC: Spec = Spec {
        id: "zlema",
        title: "Zero-Lag Exponential Moving Average",
        summary: "An exponential average of the price plus its latest change: it turns with the price and overshoots.",
        formula: "value = ema(2 · source − source[lag], period) with lag = (period − 1) / 2 rounded down",
        edges: &["Periods of 1 and 2 have no lag: they give the EMA."],
        source: "J. F. Ehlers, R. Way, Zero Lag (Well, Almost), 2010",
        inputs: &[SOURCE],
        params: &[Param::period("period", 20, 1, "Bars of the average")],
        derived: &[],
        result: ResultKind::Series(&[Output::new("value", "The average")]),
        warmup: |params, _| lag(params) + params.period("period") - 1,
        converged: |params, output| {
            let decay = Decay::ema(params.period("period"));
            Some((Self::SPEC.warmup)(params, output) + decay.bars())
        },
        missing: Missing::Reseed,
        chart: Chart {
            overlay: true,
            styles: &[Style::Line],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let lag = lag(params);
        Self {
            earlier: (lag > 0).then(|| Delay::new(lag)),
            average: Recurrence::ema(params.period("period")),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        let Some(earlier) = &mut self.earlier else {
            return self.average.process(source, value);
        };
        let [ahead] = scratch.take(x.len());
        earlier.process(source, ahead);
        for (ahead, source) in ahead.iter_mut().zip(source) {
            *ahead = 2.0 * source - *ahead;
        }
        self.average.process(ahead, value);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.earlier
            .iter_mut()
            .for_each(|earlier| visitor.kernel(earlier));
        visitor.kernel(&mut self.average);
    }
}

/// The bars by which the average is late.
fn lag(params: &Params) -> usize {
    (params.period("period") - 1) / 2
}
