//! What a later close says of a pattern: Chesler's confirmation.

use super::candles::{Candles, Column};
use super::pattern::CONFIRMING;
use super::program::Found;
use super::words::{close, high, low};
use crate::codec::{Codec, Fields};
use crate::error::Error;
use crate::kernels::Undoable;

/// A pattern that waits for its confirmation.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    /// Bars in which it may still come.
    left: u64,
    /// Whether the pattern is positive.
    up: u64,
    /// The close must pass it: the high or the low of the candle before the breakout.
    price: f64,
}

impl Fields for Waiting {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.bounded(&mut self.left, CONFIRMING as u64)?;
        codec.bounded(&mut self.up, 1)?;
        codec.f64(&mut self.price)
    }
}

/// The machine. One pattern waits at a time: a newer one takes its place.
#[derive(Debug, Clone)]
pub(super) struct Confirmation(Undoable<Waiting>);

impl Confirmation {
    pub fn new() -> Self {
        Self(Undoable::new(Waiting {
            left: 0,
            up: 0,
            price: 0.0,
        }))
    }

    /// Takes the next bars and tells where a pattern of before is confirmed.
    pub fn process(&mut self, candles: &Candles, found: &Found, row: usize, n: usize) -> Found {
        let mut confirmed = Found::default();
        for i in 0..n {
            if i + 1 == n {
                self.0.record();
            }
            let bit = 1 << i;
            match self.step(candles, found, row + i, bit) {
                Some(1) => confirmed.plus |= bit,
                Some(_) => confirmed.minus |= bit,
                None => {}
            }
        }
        confirmed
    }

    fn step(&mut self, candles: &Candles, found: &Found, row: usize, bit: u64) -> Option<u64> {
        let waiting = &mut self.0.now;
        if candles.begins(row) {
            waiting.left = 0;
        } else if (found.plus | found.minus) & bit != 0 {
            let up = found.plus & bit != 0;
            let place = if up { high(1) } else { low(1) };
            *waiting = Waiting {
                left: CONFIRMING as u64,
                up: u64::from(up),
                price: candles.at(Column::of(place), row),
            };
        } else if waiting.left > 0 {
            let close = candles.at(Column::of(close(0)), row);
            waiting.left -= 1;
            let passed = if waiting.up == 1 {
                close > waiting.price
            } else {
                close < waiting.price
            };
            if passed {
                waiting.left = 0;
                return Some(waiting.up);
            }
        }
        None
    }

    pub fn undo(&mut self) {
        self.0.undo();
    }

    pub fn park(&mut self) {
        self.0.park();
    }

    pub fn unpark(&mut self) {
        self.0.unpark();
    }

    pub fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        self.0.code(codec)
    }
}
