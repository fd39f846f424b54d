//! Bars: single ones of any numbers, and runs, so that a few bytes make a series longer than the core's chunks.

use arbitrary::Arbitrary;
use tvf_core::{Input, session};

use crate::number::Number;

/// The columns of bars, in the order in which they are kept.
pub const COLUMNS: [&str; 6] = ["open", "high", "low", "close", "volume", "time"];
const TIME: usize = 5;
/// Most bars of a series, but for the one long walk that it may end with.
const MOST: usize = 400;
/// Bars of the long walk: somewhat more than one of the core's chunks.
const LONG: usize = tvf_core::CHUNK + 100;
const STEP: f64 = 900_000.0;

/// A bar as the fuzzer gives it.
#[derive(Arbitrary, Debug, Clone, Copy)]
pub struct Bar([Number; COLUMNS.len()]);

impl Bar {
    /// Its numbers, in the order of [`COLUMNS`].
    #[must_use]
    pub fn get(&self) -> [f64; COLUMNS.len()] {
        let mut bar = self.0.map(Number::get);
        bar[TIME] = millisecond(bar[TIME]);
        bar
    }

    /// What it has for each input.
    #[must_use]
    pub fn row(&self, inputs: &[Input]) -> Vec<f64> {
        let bar = self.get();
        inputs.iter().map(|input| bar[position(input)]).collect()
    }
}

/// A time that no check takes for seconds or nanoseconds: whether it is refused depends on the call that it comes with,
/// by design, and would hide everything else.
#[must_use]
pub fn millisecond(time: f64) -> f64 {
    let checked = session::check_time("time", &[time]);
    if checked.is_ok() {
        time
    } else {
        1.7e12 + time % STEP
    }
}

/// A part of a series.
#[derive(Arbitrary, Debug, Clone, Copy)]
pub enum Piece {
    /// A bar.
    One(Bar),
    /// The bar before, so many times more.
    Same(u8),
    /// A random walk from the bar before.
    Walk {
        /// How many bars; 255 stands for more than a chunk.
        bars: u8,
        /// Which.
        seed: u8,
    },
}

/// A series, column by column, in the order of [`COLUMNS`].
#[derive(Debug, Clone)]
pub struct Bars {
    columns: [Vec<f64>; COLUMNS.len()],
    /// The latest time: none lies before it, as such series are refused.
    latest: f64,
}

impl Bars {
    /// The pieces behind each other.
    #[must_use]
    pub fn new(pieces: &[Piece]) -> Self {
        let mut bars = Self {
            columns: Default::default(),
            latest: f64::NEG_INFINITY,
        };
        for piece in pieces {
            if bars.len() >= MOST {
                break;
            }
            match *piece {
                Piece::One(bar) => bars.push(bar.get()),
                Piece::Same(count) => {
                    let bar = bars.last();
                    (0..count).for_each(|_| bars.push(bar));
                }
                Piece::Walk {
                    bars: u8::MAX,
                    seed,
                } => bars.walk(LONG, seed.into()),
                Piece::Walk { bars: count, seed } => bars.walk(count.into(), seed.into()),
            }
        }
        bars
    }

    fn push(&mut self, mut bar: [f64; COLUMNS.len()]) {
        if bar[TIME].is_finite() {
            if bar[TIME] < self.latest {
                bar[TIME] = self.latest;
            }
            self.latest = bar[TIME];
        }
        for (column, value) in self.columns.iter_mut().zip(bar) {
            column.push(value);
        }
    }

    fn last(&self) -> [f64; COLUMNS.len()] {
        let start = [100.0, 101.0, 99.0, 100.0, 1000.0, 1.7e12];
        core::array::from_fn(|i| self.columns[i].last().copied().unwrap_or(start[i]))
    }

    fn walk(&mut self, count: usize, seed: u64) {
        let [.., close, _, mut time] = self.last();
        let mut price = if close.abs() > 1e-3 && close.abs() < 1e12 {
            close
        } else {
            100.0
        };
        let mut state = seed;
        let mut unit = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f64 / (1u64 << 24) as f64
        };
        for _ in 0..count {
            let open = price;
            price *= 1.0 + 0.02 * (unit() - 0.5);
            let (high, low) = if open > price {
                (open, price)
            } else {
                (price, open)
            };
            time = millisecond(time + STEP);
            let volume = (unit() * 1e4).round();
            self.push([
                open,
                high * (1.0 + 0.005 * unit()),
                low * (1.0 - 0.005 * unit()),
                price,
                volume,
                time,
            ]);
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.columns[0].len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every column.
    #[must_use]
    pub fn columns(&self) -> [&[f64]; COLUMNS.len()] {
        core::array::from_fn(|i| &self.columns[i][..])
    }

    /// The columns that an entry reads.
    #[must_use]
    pub fn inputs(&self, inputs: &[Input]) -> Vec<&[f64]> {
        let columns = inputs
            .iter()
            .map(|input| &self.columns[position(input)][..]);
        columns.collect()
    }
}

fn position(input: &Input) -> usize {
    let name = if input.name == "source" {
        "close"
    } else {
        input.name
    };
    let found = COLUMNS.iter().position(|column| *column == name);
    found.expect("entries read columns of bars")
}
