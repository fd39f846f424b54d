//! Relative volume.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Mean, Memory, Slots, Visitor, nothing};
use crate::params::Params;
use crate::spec::{
    Chart, Fallback, Missing, Output, Param, ParamKind, ResultKind, Spec, Style, TIME, VOLUME,
};

/// How many times the usual volume was traded.
#[derive(Debug, Clone)]
pub struct Rvol {
    usual: Usual,
}

/// What tells the usual volume.
#[derive(Debug, Clone)]
enum Usual {
    /// The mean of the last bars, this one among them.
    With(Mean),
    /// The mean of the last bars before this one.
    Before(Mean, Memory<f64>),
    /// The mean of the same time of day.
    TimeOfDay(Slots),
}

impl Indicator for Rvol {
    const SPEC: Spec = Spec {
        id: "rvol",
        title: "Relative Volume",
        summary: "How many times the usual volume is traded: moves on 2 and more have many behind them.",
        formula: "value = volume / usual, where usual is sma(volume, period) or, by time_of_day, the mean of the last period volumes that came before at the same time of day",
        edges: &[
            "By bars TradingView's users count the bar itself into its mean; TA-Lib takes the period bars before it.",
            "Where the usual volume is 0 there is no value.",
            "By time of day, days without a bar at that time do not count, and a bar without volume or time is passed over: it has no value and later means do not count it.",
            "Times of day are whole seconds of the time column, so there are no more than 86,400 of them; bars of the same second count one by one.",
            "By time of day, results do not depend on where the data begins once period days have passed, however many bars those have.",
            "The time column is in UTC; give local times for a market that keeps daylight saving time.",
        ],
        source: "Common usage of stock scanners since the 1990s",
        inputs: &[VOLUME, TIME],
        params: &[
            Param::period(
                "period",
                20,
                1,
                "Bars, or days with a bar at that time, in the mean",
            ),
            Param {
                name: "by",
                doc: "What is usual: the mean of the last bars, or that of the same time of day, which needs the time",
                kind: ParamKind::Choice {
                    choices: &["bars", "time_of_day"],
                },
                default: Fallback::Text("bars"),
                talib: None,
                quiet: true,
            },
            Param::option(
                "current",
                &["included", "excluded"],
                "included",
                "excluded",
                "With \"bars\", whether the bar itself counts in its mean",
            ),
        ],
        derived: &[],
        result: ResultKind::Series(&[Output::gappy("value", "The volume over the usual one")]),
        warmup: |params, _| {
            let included = params.is("by", "bars") && params.is("current", "included");
            params.period("period") - usize::from(included)
        },
        converged: |params, output| {
            let bars = params.is("by", "bars");
            bars.then(|| (Self::SPEC.warmup)(params, output))
        },
        missing: Missing::Window,
        chart: Chart {
            overlay: false,
            styles: &[Style::Histogram],
            levels: &[1.0],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("period");
        let usual = if params.is("by", "time_of_day") {
            Usual::TimeOfDay(Slots::new(period))
        } else if params.is("current", "included") {
            Usual::With(Mean::new(period))
        } else {
            Usual::Before(Mean::new(period), Memory::new(f64::NAN))
        };
        Self { usual }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let [volume] = x.inputs();
        let [value] = out.series();
        let [room] = scratch.take(x.len());
        match &mut self.usual {
            Usual::With(mean) => mean.process(volume, value),
            Usual::Before(mean, before) => {
                mean.process(volume, room);
                before.previous(room, value);
            }
            Usual::TimeOfDay(slots) => {
                for (second, &time) in room.iter_mut().zip(x.optional(1).unwrap_or_default()) {
                    let day = (time / 86_400_000.0).floor();
                    *second = ((time - day * 86_400_000.0) / 1000.0).floor();
                }
                slots.process(room, volume, value);
            }
        }
        for (value, &volume) in value.iter_mut().zip(volume) {
            let times = volume / *value;
            *value = times + nothing(times);
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        match &mut self.usual {
            Usual::With(mean) => visitor.kernel(mean),
            Usual::Before(mean, before) => {
                visitor.kernel(mean);
                visitor.kernel(before);
            }
            Usual::TimeOfDay(slots) => visitor.kernel(slots),
        }
    }

    fn required_inputs(params: &Params) -> usize {
        if params.is("by", "bars") { 1 } else { 2 }
    }
}
