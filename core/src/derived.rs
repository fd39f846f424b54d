//! Columns that several indicators share, as machines of their own.

use crate::codec::{Codec, Fields};
use crate::error::Error;
use crate::kernels::{Memory, Visitor, elementwise, nothing, steps, typical};
use crate::spec::Derived;

/// A shared column's machine.
#[derive(Debug, Clone)]
pub(crate) enum DerivedMachine {
    TrueRange(Memory<Before>),
    Typical,
}

/// The close before, and whether there was any bar at all.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Before {
    close: f64,
    bars: u64,
}

impl Fields for Before {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.f64(&mut self.close)?;
        codec.bounded(&mut self.bars, 1)
    }
}

impl Before {
    /// The true range of the next bar. Bars before the first complete one do not count.
    fn next(&mut self, high: f64, low: f64, close: f64) -> f64 {
        let complete = (high + low + close).is_finite();
        let range = match (self.bars, complete) {
            (0, true) => high - low,
            (0, false) => f64::NAN,
            _ => true_range(high, low, self.close),
        };
        self.close = close;
        self.bars |= u64::from(complete);
        range
    }
}

impl DerivedMachine {
    pub fn new(kind: Derived) -> Self {
        match kind {
            Derived::TrueRange => Self::TrueRange(Memory::new(Before {
                close: f64::NAN,
                bars: 0,
            })),
            Derived::Typical => Self::Typical,
        }
    }

    pub fn process(&mut self, [high, low, close]: [&[f64]; 3], out: &mut [f64]) {
        let n = out.len();
        steps::derived(n);
        let (high, low, close) = (&high[..n], &low[..n], &close[..n]);
        match self {
            Self::TrueRange(before) => {
                let mut now = before.get();
                // Bars up to the first complete one; behind it, none has to wait for the one before.
                let complete = |i: &usize| (high[*i] + low[*i] + close[*i]).is_finite();
                let begun = match now.bars {
                    0 => (0..n).find(complete).map_or(n, |first| first + 1),
                    _ => 0,
                };
                if begun == n {
                    before.run(n, |before, i| {
                        out[i] = before.next(high[i], low[i], close[i]);
                    });
                    return;
                }
                for i in 0..begun {
                    out[i] = now.next(high[i], low[i], close[i]);
                }
                out[begun] = true_range(high[begun], low[begun], now.close);
                let out = &mut out[begun + 1..];
                let (high, low) = (&high[begun + 1..], &low[begun + 1..]);
                let closes = &close[begun..];
                elementwise(out.len(), || {
                    let earlier = high.iter().zip(low).zip(closes);
                    for (out, ((&high, &low), &before)) in out.iter_mut().zip(earlier) {
                        *out = true_range(high, low, before);
                    }
                });
                let at = |close| Before { close, bars: 1 };
                let before_last = match closes {
                    [.., last, _] => at(*last),
                    _ => now,
                };
                before.set(before_last, at(close[n - 1]));
            }
            Self::Typical => typical([high, low, close], out),
        }
    }

    pub fn visit(&mut self, visitor: &mut dyn Visitor) {
        match self {
            Self::TrueRange(before) => visitor.kernel(before),
            Self::Typical => {}
        }
    }
}

/// The greatest of the bar's own range and the two distances from the close before; NaN if any of
/// the three prices is missing or the close infinite.
#[inline]
fn true_range(high: f64, low: f64, before: f64) -> f64 {
    // One instruction: the second where either is missing.
    let greater = |a: f64, b: f64| if a > b { a } else { b };
    // The bar's own range comes last and tells of high and low; only the close has to be added.
    let range = greater((high - before).abs(), high - low);
    greater((low - before).abs(), range) + nothing(before)
}
