//! The range of the last bars, where a value lies in it, and the two smoothings of that place.

use super::{Highest, Lowest, Mean, Visitor, Window, elementwise};

/// Highest and lowest of the last bars.
#[derive(Debug, Clone)]
pub struct Range {
    highest: Window<Highest>,
    lowest: Window<Lowest>,
}

impl Range {
    /// Of `period` bars, at least one.
    #[must_use]
    pub fn new(period: usize) -> Self {
        Self {
            highest: Window::new(period),
            lowest: Window::new(period),
        }
    }

    /// Takes the next bars, at least one.
    pub fn process(&mut self, high: &[f64], low: &[f64], top: &mut [f64], bottom: &mut [f64]) {
        self.highest.process(high, top);
        self.lowest.process(low, bottom);
    }

    /// Shows what it is made of.
    pub fn visit(&mut self, visitor: &mut dyn Visitor) {
        visitor.kernel(&mut self.highest);
        visitor.kernel(&mut self.lowest);
    }
}

/// Whether a range is no more than rounding leaves of the prices.
#[inline]
#[must_use]
pub fn is_flat(top: f64, bottom: f64) -> bool {
    (top - bottom).abs() <= 1e-14 * (top.abs() + bottom.abs())
}

/// Where a value lies in the range of the last bars, 0 to 100, smoothed once and twice.
#[derive(Debug, Clone)]
pub struct Stochastic {
    range: Range,
    k: Mean,
    d: Mean,
    flat_is_zero: bool,
    together: bool,
}

impl Stochastic {
    /// The place in the range of `period` bars, its mean of `k` bars, and the mean of `d` of those. A window
    /// without range has no place, or 0; the first mean is shown as soon as it is there, or
    /// `together` with the second.
    #[must_use]
    pub fn new([period, k, d]: [usize; 3], flat_is_zero: bool, together: bool) -> Self {
        Self {
            range: Range::new(period),
            k: Mean::new(k),
            d: Mean::new(d),
            flat_is_zero,
            together,
        }
    }

    /// Takes the next bars, at least one: highs, lows and the values between them.
    pub fn process(&mut self, bars: [&[f64]; 3], room: [&mut [f64]; 2], out: [&mut [f64]; 2]) {
        let [high, low, close] = bars;
        let [top, raw] = room;
        let [k, d] = out;
        self.range.process(high, low, top, raw);
        let flat_is_zero = self.flat_is_zero;
        elementwise(close.len(), || {
            for ((raw, &top), &close) in raw.iter_mut().zip(&*top).zip(close) {
                let bottom = *raw;
                let range = top - bottom;
                let place = 100.0 * (close - bottom) / range;
                let flat = is_flat(top, bottom);
                let place = if range == 0.0 { f64::NAN } else { place };
                *raw = if flat_is_zero & flat { 0.0 } else { place };
            }
        });
        self.k.process(raw, k);
        self.d.process(k, d);
        if self.together {
            elementwise(close.len(), || {
                for (k, d) in k.iter_mut().zip(&*d) {
                    *k = if d.is_nan() { f64::NAN } else { *k };
                }
            });
        }
    }

    /// Shows what it is made of.
    pub fn visit(&mut self, visitor: &mut dyn Visitor) {
        self.range.visit(visitor);
        visitor.kernel(&mut self.k);
        visitor.kernel(&mut self.d);
    }
}
