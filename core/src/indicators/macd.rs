//! Moving average convergence divergence.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Recurrence, Seed, Visitor, elementwise};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// The distance between a fast and a slow exponential average.
#[derive(Debug, Clone)]
pub struct Macd {
    fast: Recurrence,
    slow: Recurrence,
    signal: Recurrence,
    together: bool,
}

impl Indicator for Macd {
    const SPEC: Spec = Spec {
        id: "macd",
        title: "Moving Average Convergence Divergence",
        summary: "The distance between a fast and a slow average: whether a trend gains or loses speed.",
        formula: "macd = ema(source, fast) − ema(source, slow); signal = ema(macd, signal); hist = macd − signal",
        edges: &[
            "TradingView seeds each average with the mean of its own first bars and shows macd as soon as the slow one exists.",
            "TA-Lib seeds the fast average on bars that end where the slow one's seed does, takes the longer period as the slow one, and shows all three lines from the first signal on.",
        ],
        source: "G. Appel, The Moving Average Convergence-Divergence Method, 1979; histogram: T. Aspray, 1986",
        inputs: &[SOURCE],
        params: &[
            Param::period("fast", 12, 1, "Bars of the fast average"),
            Param::period("slow", 26, 1, "Bars of the slow average"),
            Param::period("signal", 9, 1, "Bars of the signal line"),
            Param::option(
                "seed",
                &["own", "aligned"],
                "own",
                "aligned",
                "Whether the fast average begins as early as it can, or together with the slow one",
            ),
            Param::option(
                "shown",
                &["own", "together"],
                "own",
                "together",
                "Whether macd starts when it can, or with its signal",
            ),
        ],
        derived: &[],
        result: ResultKind::Series(&[
            Output::new("macd", "The distance of the averages"),
            Output::new("signal", "The average of macd"),
            Output::new("hist", "The distance of macd from its signal"),
        ]),
        warmup: |params, output| {
            let line = params.period("fast").max(params.period("slow")) - 1;
            let alone = output == 0 && params.is("shown", "own");
            if alone {
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
            let longer = fast.max(slow);
            let average = Decay::ema(longer);
            Some(if output == 0 {
                begin.max(longer - 1 + average.bars())
            } else {
                begin + Decay::ema(signal).bars_behind(average, signal - 1)
            })
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
        let mut seed = Seed::mean(fast);
        if params.is("seed", "aligned") {
            (fast, slow) = (fast.min(slow), fast.max(slow));
            seed = Seed {
                skip: (slow - fast) as u64,
                ..Seed::mean(fast)
            };
        }
        Self {
            fast: Recurrence::ema_seeded(fast, seed),
            slow: Recurrence::ema(slow),
            signal: Recurrence::ema(signal),
            together: params.is("shown", "together"),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let [source] = x.inputs();
        let [macd, signal, hist] = out.series();
        self.fast.process(source, macd);
        self.slow.process(source, hist);
        elementwise(source.len(), || {
            for (macd, slow) in macd.iter_mut().zip(&*hist) {
                *macd -= slow;
            }
        });
        self.signal.process(macd, signal);
        let together = self.together;
        elementwise(source.len(), || {
            for ((macd, &signal), hist) in macd.iter_mut().zip(&*signal).zip(hist) {
                *hist = *macd - signal;
                let hidden = together & signal.is_nan();
                *macd = if hidden { f64::NAN } else { *macd };
            }
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.fast);
        visitor.kernel(&mut self.slow);
        visitor.kernel(&mut self.signal);
    }
}
