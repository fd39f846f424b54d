//! Volume profile: how much was traded at which price.

use crate::columns::{Columns, Outputs, Scratch};
use crate::indicator::Indicator;
use crate::kernels::{Bins, History, Visitor, fullest, nodes, value_area};
use crate::params::Params;
use crate::spec::{
    CLOSE, Chart, Column, ColumnKind, Fallback, HIGH, LOW, Missing, Output, Param, ParamKind,
    ResultKind, Rows, Spec, Style, VOLUME,
};
use crate::table::Table;

/// Rows of volume by price.
#[derive(Debug, Clone)]
pub struct VolumeProfile {
    bars: History<4>,
    settled: Settled,
    bins: usize,
    value_area: f64,
    /// Whether a bar's volume lies at its close.
    at_close: bool,
}

/// The bars that nothing takes back any more, in bins. It follows from the bars, so it is no part of
/// the state.
#[derive(Debug, Clone)]
struct Settled {
    bars: usize,
    range: [f64; 2],
    /// Volume, and what buyers and sellers have of it.
    bins: Bins<3>,
}

impl Indicator for VolumeProfile {
    const SPEC: Spec = Spec {
        id: "volume_profile",
        title: "Volume Profile",
        summary: "How much was traded at which price: where the market found value, and which prices it hurried through.",
        formula: "bins equally wide rows from the lowest low to the highest high of all bars; \
                  volume = Σ over the bars of volume · share of high − low that lies in the row, or of the volume of the bars that close in it; \
                  buy = the same of volume · (close − low) / (high − low); sell = volume − buy; \
                  poc = middle of the fullest row; \
                  value_low to value_high = the fullest row and, pair by pair, the two rows above or the two below, whichever hold more, until value_area of the volume is inside; \
                  node = +1 in a peak of the rows above their mean, −1 in a valley below it, 0 elsewhere",
        edges: &[
            "A bar with a missing or infinite value, a negative volume, or a high below its low is passed over. A close outside its bar counts as the nearer edge.",
            "With spread \"close\" the volume lies at the close; the rows still reach from the lowest low to the highest high.",
            "A price on the edge of two rows belongs to the upper one, the highest high to the last row. A bar without range lies in one row, half of it bought and half sold.",
            "Of several fullest rows the one nearest the middle counts, of those the lower one. Of two equal pairs of rows the upper one joins the value area; where one row is left on a side, it stands for the pair.",
            "A peak or valley is a run of equal rows whose neighbours are all lower, or all higher. A run at the end of the profile may be a peak and is never a valley; equal rows throughout are neither.",
            "A flat market has a single row without width, which holds everything, and poc, value_low and value_high are its price. Without a bar, and where a double cannot hold the range, there are no rows and the summary is missing. Where nothing was traded, all rows are equally full.",
            "The profile is that of all bars up to the last one: for one of the last bars, or of those that a chart shows, give those alone. Bars are kept, all of them, and laid out when somebody looks: a look costs as much as there are rows and bars since the look before, and where the range has grown, as much as there are bars.",
        ],
        source: "J. P. Steidlmayer, Chicago Board of Trade, Market Profile, 1984 (value area, two rows at a time); the shares of buyers and sellers by the close's place in the bar, as in M. Chaikin's money flow, 1966",
        inputs: &[HIGH, LOW, CLOSE, VOLUME],
        params: &[
            Param {
                kind: ParamKind::Int { min: 1, max: 1000 },
                ..Param::period("bins", 24, 1, "Rows of the profile")
            },
            Param::float(
                "value_area",
                0.7,
                (0.0, 1.0),
                "Share of the volume inside the value area",
            ),
            Param {
                name: "spread",
                doc: "Where a bar's volume lies: evenly over its range, or at its close",
                kind: ParamKind::Choice {
                    choices: &["range", "close"],
                },
                default: Fallback::Text("range"),
                talib: None,
                quiet: true,
            },
        ],
        derived: &[],
        result: ResultKind::Report {
            columns: &[
                Column {
                    name: "low",
                    doc: "The row's lower edge",
                    kind: ColumnKind::Value,
                },
                Column {
                    name: "high",
                    doc: "The row's upper edge",
                    kind: ColumnKind::Value,
                },
                Column {
                    name: "volume",
                    doc: "What was traded in it",
                    kind: ColumnKind::Value,
                },
                Column {
                    name: "buy",
                    doc: "The buyers' part of it",
                    kind: ColumnKind::Value,
                },
                Column {
                    name: "sell",
                    doc: "The sellers' part of it",
                    kind: ColumnKind::Value,
                },
                Column {
                    name: "node",
                    doc: "+1 a node of high volume, −1 of low volume",
                    kind: ColumnKind::Sign,
                },
            ],
            rows: Rows::State,
            summary: &[
                Output::new("poc", "The point of control: the price traded most"),
                Output::new("value_low", "The lower edge of the value area"),
                Output::new("value_high", "The upper edge of the value area"),
            ],
        },
        warmup: |_, _| 0,
        converged: |_, _| None,
        missing: Missing::PassOver,
        chart: Chart {
            overlay: true,
            styles: &[Style::Histogram],
            levels: &[],
        },
    };

    fn new(params: &Params) -> Self {
        Self {
            bars: History::new(),
            settled: Settled {
                bars: 0,
                range: NOWHERE,
                bins: Bins::new(0.0, 0.0, 1),
            },
            bins: params.period("bins"),
            value_area: params.number("value_area"),
            at_close: params.is("spread", "close"),
        }
    }

    fn process(&mut self, x: &Columns<'_>, _: &mut Outputs<'_>, _: &mut Scratch) {
        let [high, low, close, volume] = x.inputs();
        self.bars.run(x.len(), |i| {
            let bar = [high[i], low[i], close[i], volume[i]];
            let complete = bar.iter().all(|x| x.is_finite());
            let valid = complete && high[i] >= low[i] && volume[i] >= 0.0;
            // −0 would be another number to whoever compares bits.
            valid.then_some(bar.map(|x| x + 0.0))
        });
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.bars);
    }

    fn report(&mut self, table: &mut Table) {
        table.summarise(&[f64::NAN; 3]);
        let Some(profile) = self.profile() else {
            return;
        };
        let sums = profile.sums();
        let volumes: Vec<f64> = sums.iter().map(|[volume, ..]| *volume).collect();
        nodes(&volumes, |row, node| {
            let [volume, buy, sell] = sums[row];
            let (low, high) = (profile.edge(row), profile.edge(row + 1));
            table.push(&[low, high, volume, buy, sell, node]);
        });
        let fullest = fullest(&volumes);
        let area = value_area(&volumes, fullest, self.value_area);
        let (low, high) = (profile.edge(fullest), profile.edge(fullest + 1));
        table.summarise(&[
            low + (high - low) / 2.0,
            profile.edge(*area.start()),
            profile.edge(area.end() + 1),
        ]);
    }
}

impl VolumeProfile {
    /// All bars in bins; none without a range that a double can hold.
    fn profile(&mut self) -> Option<Bins<3>> {
        let bars = self.bars.rows();
        // The last bar may yet be replaced; while another is peeked at, the last two are open.
        let fixed = bars.len().saturating_sub(2).max(self.settled.bars);
        let (fixed, open) = bars.split_at(fixed);
        let new = &fixed[self.settled.bars..];
        let range = new.iter().fold(self.settled.range, widened);
        let [from, to] = open.iter().fold(range, widened);
        if !((to - from) * self.bins as f64).is_finite() {
            return None;
        }
        let settled = &mut self.settled;
        let more = if settled.bins.cover(from, to) {
            new
        } else {
            settled.bins = Bins::new(from, to, self.bins);
            fixed
        };
        for bar in more {
            lay(&mut settled.bins, bar, self.at_close);
        }
        settled.bars = fixed.len();
        settled.range = range;
        let mut bins = settled.bins.clone();
        for bar in open {
            lay(&mut bins, bar, self.at_close);
        }
        Some(bins)
    }
}

/// The range of no bars.
const NOWHERE: [f64; 2] = [f64::INFINITY, f64::NEG_INFINITY];

/// A range with a bar in it.
fn widened([from, to]: [f64; 2], [high, low, ..]: &[f64; 4]) -> [f64; 2] {
    [
        if *low < from { *low } else { from },
        if *high > to { *high } else { to },
    ]
}

/// Lays a bar's volume where it was traded.
fn lay(bins: &mut Bins<3>, &[high, low, close, volume]: &[f64; 4], at_close: bool) {
    let close = if close < low {
        low
    } else if close > high {
        high
    } else {
        close
    };
    let bought = if high > low {
        volume * ((close - low) / (high - low))
    } else {
        volume / 2.0
    };
    let numbers = [volume, bought, volume - bought];
    if at_close {
        bins.put(close, numbers);
    } else if high > low {
        bins.spread(low, high, numbers);
    } else {
        bins.put(high, numbers);
    }
}
