//! Heartbeat analysis: the rhythm of a market's swings.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{
    Autocorrelation, Memory, Point, Recurrence, Ring, Seed, Swings, Threshold, Visitor,
};
use crate::params::Params;
use crate::spec::{
    CLOSE, Chart, Column, ColumnKind, Derived, Fallback, HIGH, LOW, Missing, Output, Param,
    ParamKind, ResultKind, Rows, Spec, Style, TIME,
};
use crate::table::Table;

/// Closes in which a cycle is sought.
const WINDOW: usize = 256;
/// Fewer closes have no cycle.
const FEWEST: usize = 64;

/// How regularly a market turns, and when the next turn is due.
#[derive(Debug, Clone)]
pub struct Heartbeat {
    range: Recurrence,
    swings: Memory<Swings>,
    durations: Ring,
    /// The last close that was not missing.
    close: Memory<f64>,
    closes: Ring,
    mult: f64,
    percent: bool,
    beats: f64,
    autocorrelation: Autocorrelation,
    /// The durations in order: room that is kept from report to report.
    sorted: Vec<f64>,
}

impl Indicator for Heartbeat {
    const SPEC: Spec = Spec {
        id: "heartbeat",
        title: "Heartbeat Analysis",
        summary: "The rhythm of the market: each swing's turn and length, how regular they are, and when the next turn is due.",
        formula: "A top is the highest high since the bottom before, confirmed by the first later bar whose low is the lowest since and more than mult · atr (or mult % of the high) below it; a bottom likewise. \
            beat = mean of the last beats durations between turns; regularity = 1 − deviation / beat of them, at least 0; \
            due_from and due_to = the last turn's bar + the lower and upper quartile of them; \
            cycle = the lag of the first peak in the autocorrelation of the last 256 closes, less their least-squares line; \
            confidence = regularity · (durations / beats) · (1 + agreement) / 2, with agreement = correlation at cycle · min(cycle, 2 · beat) / max(cycle, 2 · beat)",
        edges: &[
            "A row is final when the bar closes that confirms its turn; it never moves: pivot tells the bar of the turn, index the bar at which it was known.",
            "Highs make tops and lows make bottoms; of equal ones the first counts. The distance is measured to the low (or high) of the confirming bar and must be more than the threshold of that bar.",
            "A bar that extends the swing does not end it, since within a bar nobody knows what came first: a later bar confirms the turn.",
            "The confirming bar comes back further than every bar since the extreme: a threshold that shrinks while price rests confirms nothing. So it is the next swing's extreme so far, and nothing between two turns lies beyond them.",
            "At the start both a top and a bottom are sought; the first one found only tells the direction and is no turn, since how price came to it is not known. Both at once, with a bar inside the first, tell nothing.",
            "A turn needs atr: none is confirmed during its warm-up, though extremes are kept from the first bar on. With threshold \"percent\" there is no warm-up.",
            "A bar with a missing high, low or close is passed over and still counts in durations; atr starts anew after it, as in the indicator atr. In the autocorrelation the close before stands in for it.",
            "beat needs one duration; regularity, the due bars and confidence need two. The deviation is that of the durations themselves (divided by their number); quartiles are interpolated linearly at position (n − 1) / 4 and 3 · (n − 1) / 4 of the sorted durations.",
            "The due bars may lie in the past: then the turn is overdue, or it came and is not confirmed yet.",
            "cycle: correlations are taken at lags up to half the window, each divided by the root of the two parts' sums of squares. Beyond the first lag that is not positive, each stretch of positive lags has its greatest value as its peak, unless the last lag is the greatest; the first peak of at least 0.9 of the highest counts. Missing before 64 closes, and where no peak is or the closes lie on a line; agreement is then 0.",
            "Random prices have cycles too, at random: agreement tells whether cycle and swings say the same.",
            "The summary is computed when it is asked for, at the cost of window × lags (about 25 000 multiplications and additions); a bar alone costs nothing of it.",
            "A flat market has no turns, and its summary is missing.",
        ],
        source: "Swings: A. A. Merrill, Filtered Waves, 1977; cycles: J. M. Hurst, The Profit Magic of Stock Transaction Timing, 1970; peak rule: P. McLeod and G. Wyvill, A Smarter Way to Find Pitch, 2005",
        inputs: &[HIGH, LOW, CLOSE, TIME],
        params: &[
            Param::float(
                "mult",
                2.0,
                (0.0, 1000.0),
                "How far price must move away to make a turn, in average true ranges or in percent",
            ),
            Param::period("atr_period", 14, 1, "Bars in the average true range"),
            Param {
                name: "beats",
                doc: "Durations in the summary, the last so many",
                kind: ParamKind::Int { min: 2, max: 1000 },
                default: Fallback::Number(10.0),
                talib: None,
                quiet: false,
            },
            Param {
                name: "threshold",
                doc: "What mult counts: average true ranges, or percent of the extreme's price",
                kind: ParamKind::Choice {
                    choices: &["atr", "percent"],
                },
                default: Fallback::Text("atr"),
                talib: None,
                quiet: true,
            },
        ],
        derived: &[Derived::TrueRange],
        result: ResultKind::Report {
            columns: &[
                Column {
                    name: "index",
                    doc: "The bar that confirmed the turn, counted from 0",
                    kind: ColumnKind::Index,
                },
                Column {
                    name: "pivot",
                    doc: "The bar of the turn",
                    kind: ColumnKind::Index,
                },
                Column {
                    name: "time",
                    doc: "The time of the turn, if given",
                    kind: ColumnKind::Time,
                },
                Column {
                    name: "price",
                    doc: "The high or low of the turn",
                    kind: ColumnKind::Value,
                },
                Column {
                    name: "direction",
                    doc: "+1 top, −1 bottom",
                    kind: ColumnKind::Sign,
                },
                Column {
                    name: "duration",
                    doc: "Bars since the turn before; missing for the first",
                    kind: ColumnKind::Value,
                },
                Column {
                    name: "amplitude",
                    doc: "Distance in price from the turn before; missing for the first",
                    kind: ColumnKind::Value,
                },
            ],
            rows: Rows::Events,
            summary: &[
                Output::new("beat", "Mean duration of the last swings, in bars"),
                Output::new(
                    "regularity",
                    "How alike the durations are: 1 the same, 0 anything",
                ),
                Output::new("cycle", "The dominant cycle of the closes, in bars"),
                Output::new("due_from", "The bar from which the next turn is due"),
                Output::new("due_to", "The bar up to which the next turn is due"),
                Output::new("confidence", "How far to trust the rhythm, 0 to 1"),
            ],
        },
        warmup: |params, _| {
            if params.is("threshold", "percent") {
                0
            } else {
                params.period("atr_period") - 1
            }
        },
        missing: Missing::Reseed,
        chart: Chart {
            overlay: true,
            styles: &[Style::Marker],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        let period = params.period("atr_period");
        Self {
            range: Recurrence::wilder(period, Seed::mean(period)),
            swings: Memory::new(Swings::default()),
            durations: Ring::new(params.period("beats")),
            close: Memory::new(f64::NAN),
            closes: Ring::new(WINDOW),
            mult: params.number("mult"),
            percent: params.is("threshold", "percent"),
            beats: params.number("beats"),
            autocorrelation: Autocorrelation::default(),
            sorted: Vec::new(),
        }
    }

    fn process(&mut self, x: &Columns<'_>, out: &mut Outputs<'_>, scratch: &mut Scratch) {
        let n = x.len();
        let [high, low, close] = x.inputs();
        let time = x.optional(3);
        let [range, duration, stand_in] = scratch.take(n);
        self.range.process(x.derived(0), range);
        let (mult, percent) = (self.mult, self.percent);
        self.swings.run(n, |swings, i| {
            duration[i] = f64::NAN;
            if !(high[i].is_finite() && low[i].is_finite() && close[i].is_finite()) {
                return;
            }
            let index = (x.first_bar() + i as u64) as f64;
            let point = |price| Point {
                price,
                bar: index,
                time: time.map_or(f64::NAN, |t| t[i]),
            };
            let threshold = Threshold {
                fixed: if percent { 0.0 } else { mult * range[i] },
                share: if percent { mult / 100.0 } else { 0.0 },
            };
            if let Some(turn) = swings.next(point(high[i]), point(low[i]), threshold) {
                duration[i] = turn.duration;
                let Point { price, bar, time } = turn.at;
                let (length, distance) = (turn.duration, turn.amplitude);
                out.row(&[index, bar, time, price, turn.direction, length, distance]);
            }
        });
        self.durations.process(duration);
        self.close.run(n, |last, i| {
            if close[i].is_finite() {
                *last = close[i];
            }
            stand_in[i] = *last;
        });
        self.closes.process(stand_in);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.range);
        visitor.kernel(&mut self.swings);
        visitor.kernel(&mut self.durations);
        visitor.kernel(&mut self.close);
        visitor.kernel(&mut self.closes);
    }

    fn report(&mut self, table: &mut Table) {
        let durations = &mut self.sorted;
        durations.clear();
        durations.extend(self.durations.pieces().into_iter().flatten());
        // In order, so that sums do not depend on where the ring begins.
        durations.sort_unstable_by(f64::total_cmp);
        let n = durations.len() as f64;
        let beat = durations.iter().sum::<f64>() / n;

        let closes = self.closes.pieces();
        let cycle = if closes[0].len() + closes[1].len() >= FEWEST {
            self.autocorrelation.of(closes);
            self.autocorrelation.cycle()
        } else {
            None
        };
        let length = cycle.map_or(f64::NAN, |cycle| cycle.length as f64);
        let mut summary = [beat, f64::NAN, length, f64::NAN, f64::NAN, f64::NAN];
        if durations.len() > 1 {
            let squares = durations.iter().map(|d| (d - beat) * (d - beat));
            let deviation = (squares.sum::<f64>() / n).sqrt();
            let irregular = deviation / beat;
            let regularity = if irregular < 1.0 {
                1.0 - irregular
            } else {
                0.0
            };
            let last = self.swings.get().last().bar;
            let agreement =
                cycle.map_or(0.0, |cycle| cycle.strength * likeness(length, 2.0 * beat));
            summary[1] = regularity;
            summary[3] = last + quantile(durations, 0.25);
            summary[4] = last + quantile(durations, 0.75);
            summary[5] = regularity * (n / self.beats) * (0.5 + 0.5 * agreement);
        }
        table.summarise(&summary);
    }
}

/// The smaller of two lengths as a share of the greater.
fn likeness(a: f64, b: f64) -> f64 {
    if a < b { a / b } else { b / a }
}

/// Interpolated linearly between the two values beside it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a position among them"
)]
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = (sorted.len() - 1) as f64 * share;
    let below = at.floor() as usize;
    let (low, high) = (sorted[below], sorted[sorted.len().min(below + 2) - 1]);
    low + (high - low) * (at - at.floor())
}
