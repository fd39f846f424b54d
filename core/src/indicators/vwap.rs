//! Volume-weighted average price.

use crate::codec::{Codec, Fields};
use crate::columns::{Columns, Outputs, Scratch};
use crate::error::Error;
use crate::indicator::Indicator;
use crate::kernels::{Frame, Memory, Visitor, Weighing};
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
    weighing: Weighing,
    rule: Rule,
}

/// What does not change from bar to bar.
#[derive(Debug, Clone, Copy)]
struct Rule {
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

impl Place {
    /// Whether a bar at this time belongs to the session.
    #[inline]
    fn holds(&self, anchor: Anchor, time: f64) -> bool {
        match anchor {
            Anchor::Number => time == self.span.number,
            _ => self.span.holds(time),
        }
    }

    /// How many bars from the first on belong to the session.
    #[inline]
    fn bars_of(&self, anchor: Anchor, time: &[f64]) -> usize {
        let other = time.iter().position(|&time| !self.holds(anchor, time));
        other.unwrap_or(time.len())
    }

    fn frame(&self, rule: &Rule) -> Frame {
        Frame {
            base: self.base,
            shown: if self.shown == 1 { self.base } else { f64::NAN },
            mult: rule.mult,
        }
    }

    /// Begins a session with a bar that belongs to another than the one at hand, and tells whether
    /// the bar counts: one with anything missing is passed over.
    #[inline]
    fn enter(
        &mut self,
        rule: &Rule,
        weighing: &mut Weighing,
        [typical, volume, time]: [f64; 3],
    ) -> bool {
        if !(typical.is_finite() && volume.is_finite() && time.is_finite()) {
            return false;
        }
        if !self.holds(rule.anchor, time) {
            let begun = !self.span.number.is_nan();
            *self = Self {
                span: span(rule.anchor, time, rule.offset, rule.open),
                base: typical,
                shown: u64::from(begun || !matches!(rule.anchor, Anchor::Minutes(_))),
            };
            weighing.restart();
        }
        true
    }

    /// The average and its bands at the next bar.
    #[inline]
    fn next(&mut self, rule: &Rule, weighing: &mut Weighing, bar: [f64; 3]) -> [f64; 3] {
        if !self.enter(rule, weighing, bar) {
            weighing.pass_over();
            return [f64::NAN; 3];
        }
        let [typical, volume, _] = bar;
        let frame = self.frame(rule);
        match weighing.add(&frame, typical, volume) {
            None if !frame.shown.is_nan() => [rule.empty; 3],
            None => [f64::NAN; 3],
            Some(results) => results,
        }
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
            Param::empty("The value while nothing has traded"),
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
            weighing: Weighing::default(),
            rule: Rule {
                anchor: anchor.unwrap_or(Anchor::Minutes(params.number("anchor"))),
                offset: params.number("utc_offset") * 60_000.0,
                open: params.number("open"),
                mult: params.number("mult"),
                empty: params.empty(),
            },
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, _: &mut Scratch) {
        let n = x.len();
        let [_, _, _, volume] = x.inputs();
        let (rule, weighing) = (self.rule, &mut self.weighing);
        let time = x.optional(4).filter(|_| rule.anchor != Anchor::None);
        let typical = x.derived(0);
        let [vwap, upper, lower] = out.series();
        self.place.run_all(n, |place, bars| {
            weighing.record();
            let mut i = bars.start;
            let mut run = bars.start;
            while i < bars.end {
                let bar = |i: usize| [typical[i], volume[i], time.map_or(0.0, |t| t[i])];
                if i == run {
                    // The bar that begins a session goes with the others of it.
                    place.enter(&rule, weighing, bar(i));
                    run += match time {
                        Some(time) => place.bars_of(rule.anchor, &time[i..bars.end]),
                        None if place.span.number.is_nan() => 0,
                        None => bars.end - i,
                    };
                }
                let out = [&mut *vwap, &mut *upper, &mut *lower];
                i += weighing.tiles(
                    &place.frame(&rule),
                    &typical[i..run],
                    &volume[i..run],
                    out.map(|column| &mut column[i..run]),
                );
                // Up to where many bars may go at once again: the next block of the sums, or the next
                // session.
                let end = (i + weighing.left()).min(run).max(i + 1).min(bars.end);
                while i < end {
                    [vwap[i], upper[i], lower[i]] = place.next(&rule, weighing, bar(i));
                    i += 1;
                }
                run = run.max(i);
            }
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.place);
        visitor.kernel(&mut self.weighing);
    }

    fn required_inputs(params: &Params) -> usize {
        if params.is("anchor", "none") { 4 } else { 5 }
    }
}
