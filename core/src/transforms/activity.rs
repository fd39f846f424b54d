//! Tick, volume and dollar bars: a bar for every so much activity.

use core::marker::PhantomData;

use super::kind::{BARS, Kind, TRADED, Transformer, amount};
use super::rows::Rows;
use super::span::Span;
use crate::error::Error;
use crate::params::Params;
use crate::patterns::Bar;
use crate::spec::{Fallback, Param, ParamKind};

/// What counts as activity.
pub(super) trait Measure: Clone + Send + Sync + 'static {
    const KIND: Kind;

    fn of(bar: &Bar) -> f64;
}

/// A bar for every so much of a measure.
#[derive(Debug, Clone)]
pub(super) struct Activity<M> {
    size: f64,
    sum: f64,
    span: Option<Span>,
    measure: PhantomData<M>,
}

/// A bar for so many ticks.
pub(super) type TickBars = Activity<Ticks>;
/// A bar for so much volume.
pub(super) type VolumeBars = Activity<Volume>;
/// A bar for so much money.
pub(super) type DollarBars = Activity<Dollars>;

/// How much of what is due rounding of a sum may be.
const SLACK: f64 = 1e-9;

impl<M: Measure> Transformer for Activity<M> {
    const KIND: Kind = M::KIND;

    fn new(params: &Params) -> Self {
        Self {
            size: params.number("size"),
            sum: 0.0,
            span: None,
            measure: PhantomData,
        }
    }

    fn bar(&mut self, bar: &Bar, rows: &mut Rows) -> Result<(), Error> {
        let span = Span::extend(&mut self.span, bar);
        self.sum += M::of(bar);
        if self.sum < self.size * (1.0 - SLACK) {
            return Ok(());
        }
        self.sum = 0.0;
        self.span = None;
        rows.add(&span.row(bar))
    }

    fn forming(&self, last: &Bar, rows: &mut Rows) -> Result<(), Error> {
        self.span
            .as_ref()
            .map_or(Ok(()), |span| rows.add(&span.row(last)))
    }
}

const SOURCE: &str = "M. López de Prado, Advances in Financial Machine Learning, 2018, chapter 2";
const WHOLE: &str = "A tick or bar is never split: what it has too much stays in the row that it closes, and the next one begins at 0";
const FORMING: &str = "The forming row is the one that is not full yet";

#[derive(Debug, Clone)]
pub(super) struct Ticks;

impl Measure for Ticks {
    const KIND: Kind = Kind {
        id: "tick_bars",
        title: "Tick bars",
        summary: "A row for so many ticks, or for so many bars",
        rules: &[
            "A row closes with the tick that makes the number full",
            FORMING,
        ],
        source: SOURCE,
        inputs: BARS,
        params: &[Param {
            name: "size",
            doc: "How many ticks make a row",
            kind: ParamKind::Int {
                min: 1,
                max: 1_000_000_000,
            },
            default: Fallback::Number(100.0),
            talib: None,
            quiet: false,
        }],
        columns: &[],
    };

    fn of(_bar: &Bar) -> f64 {
        1.0
    }
}

#[derive(Debug, Clone)]
pub(super) struct Volume;

impl Measure for Volume {
    const KIND: Kind = Kind {
        id: "volume_bars",
        title: "Volume bars",
        summary: "A row for so much traded volume",
        rules: &[
            "A row closes with the tick or bar that brings its volume to the size or beyond",
            WHOLE,
            FORMING,
        ],
        source: SOURCE,
        inputs: TRADED,
        params: &[amount("size", 10_000.0, "How much volume makes a row")],
        columns: &[],
    };

    fn of(bar: &Bar) -> f64 {
        bar.volume
    }
}

#[derive(Debug, Clone)]
pub(super) struct Dollars;

impl Measure for Dollars {
    const KIND: Kind = Kind {
        id: "dollar_bars",
        title: "Dollar bars",
        summary: "A row for so much money that changed hands",
        rules: &[
            "A row closes with the tick or bar that brings its sum of close × volume to the size or beyond",
            WHOLE,
            FORMING,
        ],
        source: SOURCE,
        inputs: TRADED,
        params: &[amount("size", 1_000_000.0, "How much money makes a row")],
        columns: &[],
    };

    fn of(bar: &Bar) -> f64 {
        bar.close * bar.volume
    }
}
