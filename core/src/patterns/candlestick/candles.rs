//! The bars at hand as candles: what their prices make, and what the candles before make of them.

use super::averages::{LIMITS, Sums, WARM, limit};
use super::rule::{Place, Quantity};
use super::setting::Setting;
use crate::codec::{Codec, Fields};
use crate::error::Error;
use crate::kernels::{Kernel, Mean, Undoable};

/// Most bars that are laid out at a time.
pub(super) const BLOCK: usize = 256;
/// Rows that stay when room is made: the longest average, and the last bar that may be taken back.
const KEPT: usize = 16;
const ROWS: usize = KEPT + BLOCK;

/// Columns besides the quantities: from low to high, both shadows together, and twice the body.
const RANGE: usize = Quantity::Trend as usize + 1;
const SHADOWS: usize = RANGE + 1;
const TWO_BODIES: usize = SHADOWS + 1;
const COLUMNS: usize = TWO_BODIES + 1;

/// Prices beyond a sixty-fourth of the largest double count as missing: their sums would not be finite.
const ROOM: f64 = 64.0;

#[derive(Debug, Clone, Copy)]
struct State {
    sums: Sums,
    /// Bars since the last gap, as far as it matters.
    age: u64,
}

impl Fields for State {
    fn fields(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        self.sums.fields(codec)?;
        codec.bounded(&mut self.age, u64::from(WARM))
    }
}

/// Columns of the last bars.
#[derive(Debug, Clone)]
pub(super) struct Candles {
    /// Quantities, what else is measured of a candle, and limits.
    columns: Vec<f64>,
    ages: Vec<u8>,
    /// One behind the last row.
    end: usize,
    state: Undoable<State>,
    trend: Option<Mean>,
}

impl Candles {
    pub fn new(trend: Option<usize>) -> Self {
        Self {
            columns: vec![0.0; (COLUMNS + LIMITS) * ROWS],
            ages: vec![0; ROWS],
            end: KEPT,
            state: Undoable::new(State {
                sums: Sums::ZERO,
                age: 0,
            }),
            trend: trend.map(Mean::new),
        }
    }

    /// Takes the next bars, at most [`BLOCK`] and at least one, and gives the row of the first.
    pub fn take(&mut self, prices: [&[f64]; 4]) -> usize {
        let n = prices[0].len();
        if self.end + n > ROWS {
            self.make_room();
        }
        let from = self.end;
        self.end += n;
        self.lay_out(prices, from);
        let last = self.end - 1;
        if last > from {
            self.advance(from, last);
        }
        self.state.record();
        self.advance(last, self.end);
        from
    }

    /// Moves the last rows to the front.
    fn make_room(&mut self) {
        let kept = self.end - KEPT..self.end;
        for column in self.columns.chunks_exact_mut(ROWS) {
            column.copy_within(kept.clone(), 0);
        }
        self.ages.copy_within(kept, 0);
        self.end = KEPT;
    }

    /// Writes what the prices of a candle make. A bar without all of its prices is empty.
    fn lay_out(&mut self, prices: [&[f64]; 4], from: usize) {
        let to = self.end;
        let mut columns = self.columns.chunks_exact_mut(ROWS);
        let mut column = || columns.next().map_or(&mut [][..], |c| &mut c[from..to]);
        let [open, high, low, close] = core::array::from_fn(|_| column());
        let [top, bottom, body, upper, lower, middle, trend] = core::array::from_fn(|_| column());
        let [range, shadows, two_bodies] = core::array::from_fn(|_| column());
        let [opens, highs, lows, closes] = prices;
        open.copy_from_slice(opens);
        high.copy_from_slice(highs);
        low.copy_from_slice(lows);
        close.copy_from_slice(closes);
        for (i, age) in self.ages[from..to].iter_mut().enumerate() {
            let sum = open[i].abs() + high[i].abs() + low[i].abs() + close[i].abs();
            *age = WARM;
            if !(sum * ROOM).is_finite() {
                *age = 0;
                (open[i], high[i], low[i], close[i]) = (0.0, 0.0, 0.0, 0.0);
            }
        }
        for i in 0..to - from {
            let white = close[i] >= open[i];
            top[i] = if white { close[i] } else { open[i] };
            bottom[i] = if white { open[i] } else { close[i] };
            body[i] = (close[i] - open[i]).abs();
        }
        for i in 0..to - from {
            upper[i] = high[i] - top[i];
            lower[i] = bottom[i] - low[i];
            shadows[i] = upper[i] + lower[i];
            range[i] = high[i] - low[i];
            middle[i] = low[i] + range[i] / 2.0;
            two_bodies[i] = 2.0 * body[i];
        }
        if let Some(mean) = &mut self.trend {
            mean.process(closes, trend);
        }
    }

    /// Counts the bars of the run and moves the averages on.
    fn advance(&mut self, from: usize, to: usize) {
        let State { sums, age } = &mut self.state.now;
        for known in &mut self.ages[from..to] {
            let before = (*age).min(u64::from(*known));
            *age = if *known == 0 {
                0
            } else {
                u64::from(WARM).min(*age + 1)
            };
            *known = u8::try_from(before).unwrap_or(WARM);
        }
        let (columns, limits) = self.columns.split_at_mut(COLUMNS * ROWS);
        let bases = [Quantity::Body as usize, RANGE, SHADOWS];
        let bases = bases.map(|column| &columns[column * ROWS..][..ROWS]);
        sums.advance(bases, &self.ages, (from, to), limits);
    }

    /// Takes back the last bar.
    pub fn undo(&mut self) {
        self.end -= 1;
        self.state.undo();
        if let Some(mean) = &mut self.trend {
            mean.undo();
        }
    }

    pub fn park(&mut self) {
        self.state.park();
        if let Some(mean) = &mut self.trend {
            mean.park();
        }
    }

    pub fn unpark(&mut self) {
        self.state.unpark();
        if let Some(mean) = &mut self.trend {
            mean.unpark();
        }
    }

    /// The rows that later bars look back at, and the state behind them.
    pub fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        if self.end > KEPT {
            self.make_room();
        }
        for column in self.columns.chunks_exact_mut(ROWS) {
            column[..KEPT].iter_mut().try_for_each(|x| codec.f64(x))?;
        }
        for age in &mut self.ages[..KEPT] {
            let mut coded = u64::from(*age);
            codec.bounded(&mut coded, u64::from(WARM))?;
            *age = u8::try_from(coded).unwrap_or(WARM);
        }
        self.state.code(codec)?;
        match &mut self.trend {
            Some(mean) => mean.code(codec),
            None => Ok(()),
        }
    }

    /// Which of the bars from a row on, at most sixty-four, have so many of their run before them.
    pub fn with_history(&self, row: usize, n: usize, bars: usize) -> u64 {
        let ages = &self.ages[row..row + n];
        if ages.iter().all(|&age| age == WARM) {
            return u64::MAX >> (u64::BITS as usize - n);
        }
        let places = ages.iter().enumerate();
        places.fold(0, |bits, (i, &age)| {
            bits | u64::from(usize::from(age) >= bars) << i
        })
    }

    /// Bars of its run before a row, as far as it matters to a pattern.
    pub fn history(&self, row: usize) -> usize {
        self.ages[row].into()
    }

    /// Whether a run begins in a row, or the row is empty.
    pub fn begins(&self, row: usize) -> bool {
        self.ages[row] == 0
    }

    /// A column as seen from a row.
    pub fn at(&self, column: Column, row: usize) -> f64 {
        self.columns[column.begins + row - column.back]
    }

    /// A column as seen from each of `n` rows.
    pub fn of(&self, column: Column, row: usize, n: usize) -> &[f64] {
        &self.columns[column.begins + row - column.back..][..n]
    }
}

/// A column as seen from some bars later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    begins: usize,
    back: usize,
}

impl Column {
    /// That of a quantity.
    pub const fn of(place: Place) -> Self {
        Self {
            begins: place.quantity as usize * ROWS,
            back: place.back as usize,
        }
    }

    /// That of what a setting demands of the candle so many bars back, where the first bar with a
    /// result has `first` bars before it.
    pub fn limit(setting: Setting, back: u8, first: usize) -> Self {
        let back = usize::from(back);
        let column = match setting {
            Setting::LongShadow => Quantity::Body as usize,
            Setting::VeryLongShadow => TWO_BODIES,
            _ => {
                let start = first - back - setting.measure().period;
                COLUMNS + limit(setting, start)
            }
        };
        Self {
            begins: column * ROWS,
            back,
        }
    }
}
