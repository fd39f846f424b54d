//! Volume-weighted average price.

use crate::codec::{Codec, Fields};
use crate::columns::{Columns, Outputs, Scratch};
use crate::error::Error;
use crate::indicator::Indicator;
use crate::kernels::{Cumulative, Memory, Visitor};
use crate::params::Params;
use crate::session::{Anchor, Span, span};
use crate::spec::{
    CLOSE, Chart, Derived, Fallback, HIGH, LOW, Missing, Output, Param, ParamKind, ResultKind,
    Spec, Style, TIME, VOLUME,
};

/// What was paid on average since the anchor.
#[derive(Debug, Clone)]
pub struct Vwap {
    place: Memory<Place>,
    volume: Cumulative,
    price: Cumulative,
    squares: Cumulative,
    /// Bars of the piece at hand that begin a new sum.
    resets: Vec<usize>,
    anchor: Anchor,
    offset: f64,
    open: f64,
    mult: f64,
    empty: f64,
}

/// The session at hand.
#[derive(Debug, Clone, Copy)]
struct Place {
    span: Span,
    /// The first price of the session. Sums are taken of distances from it, so that the deviation
    /// does not drown in a large price.
    base: f64,
    /// Whether results are shown: not before the first change of an anchor in minutes.
    shown: u64,
}

impl Fields for Place {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.span.from)?;
        codec.f64(&mut self.span.to)?;
        codec.f64(&mut self.span.number)?;
        codec.f64(&mut self.base)?;
        codec.bounded(&mut self.shown, 1)
    }
}

impl Indicator for Vwap {
    const SPEC: Spec = Spec {
        id: "vwap",
        title: "Volume-Weighted Average Price",
        summary: "What was paid on average since the session began, with bands of deviation: the price large orders are measured against.",
        formula: "vwap = Σ volume · typical / Σ volume since the anchor, with typical = (high + low + close) / 3; upper and lower = vwap ± mult · √(Σ volume · (typical − vwap)² / Σ volume)",
        edges: &[
            "As long as nothing has traded since the anchor there is no average: nan leaves it missing, zero gives 0, as TA-Lib does.",
            "A session that opens at noon or later belongs to the following day; weeks begin with Monday's session.",
            "An anchor in minutes shows nothing before the first change, as ta.vwap with timeframe.change does: a sum that began in the middle is no average of its span.",
            "From the first new session, week, month, span or number in the data on, results do not depend on where the data begins; before it, and with anchor \"none\", they do.",
            "With anchor \"number\" the time column holds a number per bar, and each change of it begins a new sum.",
        ],
        source: "S. A. Berkowitz, D. E. Logue, E. A. Noser, The Total Cost of Transactions on the NYSE, 1988",
        inputs: &[HIGH, LOW, CLOSE, VOLUME, TIME],
        params: &[
            Param {
                name: "anchor",
                doc: "Where the sums begin anew: never, each session, week or month, every so many minutes, or where the number per bar changes; all but \"none\" need the time",
                kind: ParamKind::ChoiceOrInt {
                    choices: Anchor::CHOICES,
                    min: 1,
                    max: 525_600,
                },
                default: Fallback::Text("session"),
                talib: None,
                quiet: true,
            },
            Param::float(
                "mult",
                1.0,
                (0.0, 1000.0),
                "Deviations from the average to a band",
            ),
            Param::minutes(
                "utc_offset",
                0,
                (-1440, 1440),
                "Local time minus UTC, in minutes",
            ),
            Param::minutes(
                "open",
                0,
                (0, 1439),
                "Opening of the session, in minutes after local midnight",
            ),
            Param::option(
                "empty",
                &["nan", "zero"],
                "nan",
                "zero",
                "The value while nothing has traded",
            ),
        ],
        derived: &[Derived::Typical],
        result: ResultKind::Series(&[
            Output::gappy("vwap", "The average price"),
            Output::gappy("upper", "The upper band"),
            Output::gappy("lower", "The lower band"),
        ]),
        warmup: |_, _| 0,
        converged: |_, _| None,
        missing: Missing::PassOver,
        chart: Chart {
            overlay: true,
            styles: &[Style::Line, Style::Band, Style::Band],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let anchor = params.text("anchor").and_then(Anchor::parse);
        Self {
            place: Memory::new(Place {
                span: Span::NOWHERE,
                base: f64::NAN,
                shown: 0,
            }),
            volume: Cumulative::new(0.0),
            price: Cumulative::new(0.0),
            squares: Cumulative::new(0.0),
            resets: Vec::new(),
            anchor: anchor.unwrap_or(Anchor::Minutes(params.number("anchor"))),
            offset: params.number("utc_offset") * 60_000.0,
            open: params.number("open"),
            mult: params.number("mult"),
            empty: if params.is("empty", "zero") {
                0.0
            } else {
                f64::NAN
            },
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let n = x.len();
        let [_, _, _, volume] = x.inputs();
        let time = x.optional(4).filter(|_| self.anchor != Anchor::None);
        let typical = x.derived(0);
        let [vwap, upper, lower] = out.series();
        let [base, weight, price, squares] = scratch.take(n);
        let resets = &mut self.resets;
        resets.clear();
        let (anchor, offset, open) = (self.anchor, self.offset, self.open);
        self.place.run(n, |place, i| {
            let time = time.map_or(0.0, |t| t[i]);
            // A bar that is passed over adds nothing, and its base makes its result missing.
            [weight[i], price[i], squares[i], base[i]] = [0.0, 0.0, 0.0, f64::NAN];
            if !(typical[i].is_finite() && volume[i].is_finite() && time.is_finite()) {
                return;
            }
            let same = match anchor {
                Anchor::Number => time == place.span.number,
                _ => place.span.holds(time),
            };
            if !same {
                let begun = !place.span.number.is_nan();
                *place = Place {
                    span: span(anchor, time, offset, open),
                    base: typical[i],
                    shown: u64::from(begun || !matches!(anchor, Anchor::Minutes(_))),
                };
                resets.push(i);
            }
            let from_base = typical[i] - place.base;
            if place.shown == 1 {
                base[i] = place.base;
            }
            weight[i] = volume[i];
            price[i] = volume[i] * from_base;
            squares[i] = price[i] * from_base;
        });
        self.volume.process(weight, resets, lower);
        self.price.process(price, resets, vwap);
        self.squares.process(squares, resets, upper);
        for i in 0..n {
            let total = lower[i];
            let mean = vwap[i] / total;
            let variance = upper[i] / total - mean * mean;
            let reach = self.mult * if variance < 0.0 { 0.0 } else { variance }.sqrt();
            let value = base[i] + mean;
            [vwap[i], upper[i], lower[i]] = if total > 0.0 || base[i].is_nan() {
                [value, value + reach, value - reach]
            } else {
                [self.empty; 3]
            };
        }
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.place);
        visitor.kernel(&mut self.volume);
        visitor.kernel(&mut self.price);
        visitor.kernel(&mut self.squares);
    }

    fn required_inputs(params: &Params) -> usize {
        if params.is("anchor", "none") { 4 } else { 5 }
    }
}
