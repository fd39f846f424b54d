//! What happened since a row began.

use super::rows::Row;
use crate::patterns::Bar;

/// Bars taken together: prices, and what was traded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    /// The first of them.
    pub start: u64,
    pub open: f64,
    pub high: f64,
    pub low: f64,
    pub close: f64,
    /// NaN as long as no bar has told its volume.
    pub volume: f64,
}

impl Span {
    /// One bar.
    pub fn of(bar: &Bar) -> Self {
        Self {
            start: bar.index,
            open: bar.open,
            high: bar.high,
            low: bar.low,
            close: bar.close,
            volume: volume(bar),
        }
    }

    /// A bar more.
    pub fn add(&mut self, bar: &Bar) {
        self.reach(bar.high);
        self.reach(bar.low);
        self.close = bar.close;
        self.trade(bar);
    }

    /// What a bar traded more.
    pub fn trade(&mut self, bar: &Bar) {
        let more = volume(bar);
        if self.volume.is_nan() {
            self.volume = more;
        } else if !more.is_nan() {
            self.volume += more;
        }
    }

    /// Goes on to a price.
    pub fn reach(&mut self, price: f64) {
        if price > self.high {
            self.high = price;
        }
        if price < self.low {
            self.low = price;
        }
        self.close = price;
    }

    /// A bar more, or the first one.
    pub fn extend(span: &mut Option<Self>, bar: &Bar) -> Self {
        match span {
            Some(span) => {
                span.add(bar);
                *span
            }
            None => *span.insert(Self::of(bar)),
        }
    }

    /// The row that a bar makes of it.
    pub fn row(&self, bar: &Bar) -> Row {
        Row {
            index: bar.index,
            start: self.start,
            time: bar.time,
            open: self.open,
            high: self.high,
            low: self.low,
            close: self.close,
            volume: self.volume,
            more: [f64::NAN; 2],
        }
    }

    /// A row that goes straight from one price to another.
    pub fn straight(&self, bar: &Bar, open: f64, close: f64) -> Row {
        let (low, high) = if open < close {
            (open, close)
        } else {
            (close, open)
        };
        Row {
            open,
            high,
            low,
            close,
            ..self.row(bar)
        }
    }
}

fn volume(bar: &Bar) -> f64 {
    if bar.volume.is_finite() {
        bar.volume
    } else {
        f64::NAN
    }
}
