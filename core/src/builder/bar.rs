//! What goes into a builder, and what comes out.

use crate::codec::{Codec, Fields};
use crate::error::{Code, Error};

/// The last moment that every host's dates can tell.
const LAST: f64 = 8.64e15;
/// Whole numbers up to here are exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A trade or a quote.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tick {
    /// Milliseconds since 1970 UTC.
    pub time: f64,
    /// Any finite number: prices of spreads may be negative.
    pub price: f64,
    /// What it adds to the volume, 0 or more.
    pub size: f64,
    /// A whole number that rises from tick to tick, NaN if there is none.
    pub id: f64,
}

impl Tick {
    /// A tick without a size, of which each counts as 1, and without an id.
    #[must_use]
    pub const fn new(time: f64, price: f64) -> Self {
        Self {
            time,
            price,
            size: 1.0,
            id: f64::NAN,
        }
    }

    pub(crate) fn check(&self, row: Option<usize>) -> Result<(), Error> {
        check_time(self.time, row)?;
        if !self.price.is_finite() {
            return refuse("price", row, self.price, FINITE);
        }
        check_size("size", self.size, row)?;
        if !self.id.is_nan() && (self.id.fract() != 0.0 || self.id.abs() > EXACT) {
            return refuse(
                "id",
                row,
                self.id,
                "a whole number within 9007199254740992 of 0",
            );
        }
        Ok(())
    }
}

/// A bar, by its opening time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// Milliseconds since 1970 UTC.
    pub time: f64,
    /// The first price.
    pub open: f64,
    /// The highest price.
    pub high: f64,
    /// The lowest price.
    pub low: f64,
    /// The last price.
    pub close: f64,
    /// The sum of sizes.
    pub volume: f64,
}

impl Bar {
    /// A bar in which nothing happened.
    pub(crate) const fn flat(time: f64, price: f64) -> Self {
        Self {
            time,
            open: price,
            high: price,
            low: price,
            close: price,
            volume: 0.0,
        }
    }

    /// Takes a price in the order of time.
    #[inline]
    pub(crate) fn take(&mut self, price: f64, size: f64) {
        self.stretch(price, price, size);
        self.close = price;
    }

    /// Takes prices whose place among the others is not known.
    #[inline]
    pub(crate) fn stretch(&mut self, high: f64, low: f64, size: f64) {
        if high > self.high {
            self.high = high;
        }
        if low < self.low {
            self.low = low;
        }
        self.volume += size;
    }

    /// Whether there is no bar: without prices, or without a time.
    pub(crate) fn is_missing(&self) -> bool {
        let prices = [self.open, self.high, self.low, self.close];
        self.time.is_nan() || prices.iter().all(|x| x.is_nan())
    }

    /// Checks a bar of a feed, which may be missing: then only its time, if it has one.
    pub(crate) fn check_fed(&self, row: Option<usize>) -> Result<(), Error> {
        match self.is_missing() {
            true if self.time.is_nan() => Ok(()),
            true => check_time(self.time, row),
            false => self.check(row),
        }
    }

    /// Checks a bar that is not missing. Whether high and low enclose the others is not judged.
    #[inline(never)]
    pub(crate) fn check(&self, row: Option<usize>) -> Result<(), Error> {
        check_time(self.time, row)?;
        let prices = [
            ("open", self.open),
            ("high", self.high),
            ("low", self.low),
            ("close", self.close),
        ];
        if let Some((name, price)) = prices.into_iter().find(|(_, x)| !x.is_finite()) {
            return refuse(name, row, price, FINITE);
        }
        if self.volume.is_nan() {
            return Ok(());
        }
        check_size("volume", self.volume, row)
    }
}

impl Fields for Bar {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        let Self {
            time,
            open,
            high,
            low,
            close,
            volume,
        } = self;
        [time, open, high, low, close, volume]
            .into_iter()
            .try_for_each(|x| codec.f64(x))
    }
}

const FINITE: &str = "a finite number";

pub(crate) fn check_time(time: f64, row: Option<usize>) -> Result<(), Error> {
    if time.abs() <= LAST {
        return Ok(());
    }
    refuse("time", row, time, "within 8640000000000000 ms of 1970")
}

fn check_size(name: &str, size: f64, row: Option<usize>) -> Result<(), Error> {
    if size >= 0.0 && size.is_finite() {
        return Ok(());
    }
    refuse(name, row, size, "a finite number, 0 or more")
}

#[cold]
fn refuse(name: &str, row: Option<usize>, value: f64, bound: &str) -> Result<(), Error> {
    let place = row.map_or_else(String::new, |row| format!(" at row {row}"));
    let why = format!("{name} {value}{place} is not {bound}");
    Err(Error::new(
        Code::InputRange,
        name,
        value.to_string(),
        bound,
        why,
    ))
}
