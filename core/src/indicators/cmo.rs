//! Chande momentum oscillator.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Decay, Movement, Recurrence, Seed, Sum, Visitor, Window, divide};
use crate::params::Params;
use crate::spec::{Chart, Missing, Output, Param, ResultKind, SOURCE, Spec, Style};

/// What rises exceed falls by, as a share of the movement.
#[derive(Debug, Clone)]
pub struct Cmo {
    movement: Movement,
    sums: [Window<Sum>; 2],
    averages: [Recurrence; 2],
    smoothed: bool,
    empty: f64,
}

impl Indicator for Cmo {
    const SPEC: Spec = Spec {
        id: "cmo",
        title: "Chande Momentum Oscillator",
        summary: "By how much rises exceed falls, as a share of all movement, −100 to 100.",
        formula: "value = 100 · (up − down) / (up + down), where up and down are the sums of the rises and falls of source over period changes, or their Wilder averages",
        edges: &[
            "TradingView adds the changes, as T. S. Chande did; TA-Lib smooths them as Wilder's index does.",
            "Where nothing has moved: nan leaves it missing, as TradingView does; zero gives 0, as TA-Lib does.",
        ],
        source: "T. S. Chande and S. Kroll, The New Technical Trader, 1994",
        inputs: &[SOURCE],
        params: &[
            Param::period("period", 9, 1, "Changes in the sums"),
            Param::option(
                "smoothing",
                &["sum", "wilder"],
                "sum",
                "wilder",
                "Whether changes are added over a window or smoothed",
            ),
            Param::empty("The value where nothing has moved"),
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::gappy("value", "The oscillator, −100 to 100")]),
        warmup: |params, _| params.period("period"),
        converged: |params, output| {
            let begin = (Self::SPEC.warmup)(params, output);
            let decay = Decay::wilder(params.period("period"));
            Some(
                begin
                    + if params.is("smoothing", "wilder") {
                        decay.bars()
                    } else {
                        0
                    },
            )
        },
        missing: Missing::Reseed,
        chart: Chart {
            overlay: false,
            styles: &[Style::Line],
            levels: &[-50.0, 50.0],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("period");
        let average = Recurrence::wilder(period, Seed::mean(period));
        Self {
            movement: Movement::default(),
            sums: [Window::new(period), Window::new(period)],
            averages: [average.clone(), average],
            smoothed: params.is("smoothing", "wilder"),
            empty: params.empty(),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [source] = x.inputs();
        let [value] = out.series();
        let [rises, falls, both] = scratch.take(x.len());
        self.movement.process(source, rises, falls);
        if self.smoothed {
            let [up, down] = &mut self.averages;
            up.process(rises, value);
            down.process(falls, both);
        } else {
            let [up, down] = &mut self.sums;
            up.process(rises, value);
            down.process(falls, both);
        }
        for (value, both) in value.iter_mut().zip(&mut *both) {
            let (up, down) = (*value, *both);
            *value = 100.0 * (up - down);
            *both = up + down;
        }
        divide(value, both, self.empty);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.movement.visit(visitor);
        if self.smoothed {
            self.averages.iter_mut().for_each(|k| visitor.kernel(k));
        } else {
            self.sums.iter_mut().for_each(|k| visitor.kernel(k));
        }
    }
}
