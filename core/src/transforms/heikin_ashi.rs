//! Heikin-Ashi: bars averaged with the one before, which shows trends without their noise.

use super::kind::{Kind, Transformer};
use super::rows::{Row, Rows};
use crate::error::Error;
use crate::params::Params;
use crate::patterns::Bar;
use crate::spec::{CLOSE, HIGH, Input, LOW, OPEN, TIME, VOLUME};

/// The open and close of the bar before.
#[derive(Debug, Clone)]
pub(super) struct HeikinAshi {
    before: Option<[f64; 2]>,
}

impl Transformer for HeikinAshi {
    const KIND: Kind = Kind {
        id: "heikin_ashi",
        title: "Heikin-Ashi",
        summary: "Averages each bar with the one before, so that trends show as runs of one colour",
        rules: &[
            "close = (open + high + low + close) / 4",
            "open = the middle of the open and close of the Heikin-Ashi bar before; of the first, the middle of its own open and close",
            "high and low are the extremes of the bar's own and of that open and close",
            "Every bar makes a row; nothing is left forming",
        ],
        source: "D. Valcu, Using the Heikin-Ashi Technique, Technical Analysis of Stocks & Commodities, 2004",
        inputs: &[
            CLOSE,
            OPEN,
            HIGH,
            LOW,
            Input {
                optional: true,
                ..VOLUME
            },
            TIME,
        ],
        params: &[],
        columns: &[],
    };

    fn new(_params: &Params) -> Self {
        Self { before: None }
    }

    fn bar(&mut self, bar: &Bar, rows: &mut Rows) -> Result<(), Error> {
        let [first, last] = self.before.unwrap_or([bar.open, bar.close]);
        let open = 0.5 * (first + last);
        let close = (bar.open + bar.high + bar.low + bar.close) / 4.0;
        self.before = Some([open, close]);
        let above = if open > close { open } else { close };
        let below = if open < close { open } else { close };
        rows.add(&Row {
            index: bar.index,
            start: bar.index,
            time: bar.time,
            open,
            high: if bar.high > above { bar.high } else { above },
            low: if bar.low < below { bar.low } else { below },
            close,
            volume: bar.volume,
            more: [f64::NAN; 2],
        })
    }
}
