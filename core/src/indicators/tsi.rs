//! True strength index.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Memory, Recurrence, Visitor, divide};
use crate::params::Params;
use crate::spec::{
    Chart, Fallback, Missing, Output, Param, ParamKind, ResultKind, SOURCE, Spec, Style,
};

/// The changes of a price over their sizes, both smoothed twice.
#[derive(Debug, Clone)]
pub struct Tsi {
    before: Memory<f64>,
    changes: [Recurrence; 2],
    sizes: [Recurrence; 2],
    signal: Recurrence,
    scale: f64,
    empty: f64,
}

impl Indicator for Tsi {
    const SPEC: Spec = Spec {
        id: "tsi",
        title: "True Strength Index",
        summary: "The changes of a price over their sizes, both smoothed twice: which way the market moves, and how single-mindedly.",
        formula: "tsi = scale · ema(ema(c, long), short) / ema(ema(|c|, long), short) with c = source − source[1]; signal = ema(tsi, signal)",
        edges: &[
            "ta.tsi goes from −1 to 1; TA-Lib, which has no signal, and most others go from −100 to 100.",
            "Each average is seeded with the mean of its own first values.",
            "A market that has not moved at all: nan leaves tsi missing, and signal begins anew; zero gives 0, as TA-Lib does.",
        ],
        source: "W. Blau, True Strength Index, Stocks & Commodities, 1991",
        inputs: &[SOURCE],
        params: &[
            Param::period("long", 25, 1, "Changes in the first smoothing"),
            Param::period("short", 13, 1, "Values in the second smoothing"),
            Param::period("signal", 13, 1, "Bars of the signal line"),
            Param {
                name: "scale",
                doc: "The value of a market that only rises",
                kind: ParamKind::Float {
                    min: 0.0,
                    max: 1000.0,
                },
                default: Fallback::Number(1.0),
                talib: Some(Fallback::Number(100.0)),
                quiet: true,
            },
            Param::empty("The value of a market that has not moved at all"),
        ],
        derived: &[],
        result: ResultKind::Series(&[
            Output::gappy("tsi", "The index, −scale to scale"),
            Output::gappy("signal", "The average of tsi"),
        ]),
        warmup: |params, output| {
            let line = params.period("long") + params.period("short") - 1;
            if output == 0 {
                line
            } else {
                line + params.period("signal") - 1
            }
        },
        converged: |params, output| {
            let [long, short, signal] = ["long", "short", "signal"].map(|name| params.period(name));
            let begin = (Self::SPEC.warmup)(params, output);
            let twice = Decay::ema(short).bars_behind(Decay::ema(long), short - 1);
            if output == 0 || signal == 1 {
                return Some(begin + twice);
            }
            // The third smoothing adds at most what it does behind the slowest of the others.
            let slowest = Decay::ema(long.max(short));
            let thrice = Decay::ema(signal).bars_behind(slowest, signal - 1);
            Some(begin + thrice.max(twice) + twice.saturating_sub(slowest.bars()))
        },
        missing: Missing::Reseed,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line, Style::Line],
            levels: &[0.0],
        },
    };

    fn new(params: &Params) -> Self {
        let [long, short, signal] =
            ["long", "short", "signal"].map(|name| Recurrence::ema(params.period(name)));
        let twice = [long, short];
        Self {
            before: Memory::new(f64::NAN),
            changes: twice.clone(),
            sizes: twice,
            signal,
            scale: params.number("scale"),
            empty: params.empty(),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [source] = x.inputs();
        let [tsi, signal] = out.series();
        let [change, size] = scratch.take(x.len());
        self.before.previous(source, change);
        for ((change, size), source) in change.iter_mut().zip(&mut *size).zip(source) {
            *change = source - *change;
            *size = change.abs();
        }
        let [long, short] = &mut self.changes;
        long.process(change, signal);
        short.process(signal, tsi);
        let [long, short] = &mut self.sizes;
        long.process(size, signal);
        short.process(signal, size);
        for tsi in tsi.iter_mut() {
            *tsi *= self.scale;
        }
        divide(tsi, size, self.empty);
        self.signal.process(tsi, signal);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.before);
        for average in self.changes.iter_mut().chain(&mut self.sizes) {
            visitor.kernel(average);
        }
        visitor.kernel(&mut self.signal);
    }
}
