//! Percentage price oscillator.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Recurrence, Visitor, divide};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// The distance between a fast and a slow exponential average, in percent.
#[derive(Debug, Clone)]
pub struct Ppo {
    fast: Recurrence,
    slow: Recurrence,
    signal: Recurrence,
    empty: f64,
}

impl Indicator for Ppo {
    const SPEC: Spec = Spec {
        id: "ppo",
        title: "Percentage Price Oscillator",
        summary: "The distance between a fast and a slow average in percent of the slow one: macd in a unit that markets share.",
        formula: "ppo = 100 · (ema(source, fast) − ema(source, slow)) / ema(source, slow); signal = ema(ppo, signal); hist = ppo − signal",
        edges: &[
            "Each average is seeded with the mean of its own first bars.",
            "TA-Lib takes the longer period as the slow one, has ppo alone, and takes simple averages unless told that it be exponential ones, as here.",
            "A slow average of 0: nan leaves ppo missing, and signal begins anew; zero gives 0, as TA-Lib does.",
        ],
        source: "G. Appel, Technical Analysis: Power Tools for Active Investors, 2005",
        inputs: &[SOURCE],
        params: &[
            Param::period("fast", 12, 1, "Bars of the fast average"),
            Param::period("slow", 26, 1, "Bars of the slow average"),
            Param::period("signal", 9, 1, "Bars of the signal line"),
            Param::option(
                "order",
                &["given", "sorted"],
                "given",
                "sorted",
                "Whether fast and slow are what they are called, or the shorter and the longer of the two",
            ),
            Param::empty("The value of ppo where the slow average is 0"),
        ],
        derived: &[],
        result: ResultKind::Series(&[
            Output::gappy("ppo", "The distance of the averages, in percent"),
            Output::gappy("signal", "The average of ppo"),
            Output::gappy("hist", "The distance of ppo from its signal"),
        ]),
        warmup: |params, output| {
            let line = params.period("fast").max(params.period("slow")) - 1;
            if output == 0 {
                line
            } else {
                line + params.period("signal") - 1
            }
        },
        converged: |params, output| {
            let [fast, slow, signal] = ["fast", "slow", "signal"].map(|name| params.period(name));
            let begin = (Self::SPEC.warmup)(params, output);
            // Lines that are the same are apart by nothing, wherever they begin.
            if fast == slow || output == 2 && signal == 1 {
                return Some(begin);
            }
            // The longer average forgets last.
            let average = Decay::ema(fast.max(slow));
            Some(
                begin
                    + if output == 0 {
                        average.bars()
                    } else {
                        Decay::ema(signal).bars_behind(average, signal - 1)
                    },
            )
        },
        missing: Missing::Reseed,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line, Style::Line, Style::Histogram],
            levels: &[0.0],
        },
    };

    fn new(params: &Params) -> Self {
        let [mut fast, mut slow, signal] =
            ["fast", "slow", "signal"].map(|name| params.period(name));
        if params.is("order", "sorted") {
            (fast, slow) = (fast.min(slow), fast.max(slow));
        }
        Self {
            fast: Recurrence::ema(fast),
            slow: Recurrence::ema(slow),
            signal: Recurrence::ema(signal),
            empty: params.empty(),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [source] = x.inputs();
        let [ppo, signal, hist] = out.series();
        self.fast.process(source, ppo);
        self.slow.process(source, hist);
        for (ppo, slow) in ppo.iter_mut().zip(&*hist) {
            *ppo = 100.0 * (*ppo - slow);
        }
        divide(ppo, hist, self.empty);
        self.signal.process(ppo, signal);
        for ((hist, ppo), signal) in hist.iter_mut().zip(&*ppo).zip(&*signal) {
            *hist = ppo - signal;
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.fast);
        visitor.kernel(&mut self.slow);
        visitor.kernel(&mut self.signal);
    }
}
