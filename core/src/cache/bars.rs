//! Bars as the cache takes and gives them: columns of one length.

use crate::error::{Code, Error};

/// Bars, oldest first: opening times in milliseconds since 1970 UTC, prices and volumes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bars {
    /// Opening times, each later than the one before.
    pub time: Vec<i64>,
    /// First prices.
    pub open: Vec<f64>,
    /// Highest prices.
    pub high: Vec<f64>,
    /// Lowest prices.
    pub low: Vec<f64>,
    /// Last prices.
    pub close: Vec<f64>,
    /// What was traded; NaN where it is not known.
    pub volume: Vec<f64>,
}

/// The columns of prices and volumes, in their order everywhere.
pub const VALUES: [&str; 5] = ["open", "high", "low", "close", "volume"];

impl Bars {
    /// Room for so many bars.
    ///
    /// # Errors
    /// [`Code::OutOfMemory`].
    pub fn with_room(bars: usize) -> Result<Self, Error> {
        let mut made = Self::default();
        made.reserve(bars)?;
        Ok(made)
    }

    /// Makes room for so many bars more.
    ///
    /// # Errors
    /// [`Code::OutOfMemory`].
    pub fn reserve(&mut self, bars: usize) -> Result<(), Error> {
        let none = |_| Error::out_of_memory(bars, "bars");
        self.time.try_reserve(bars).map_err(none)?;
        for column in self.values_mut() {
            column.try_reserve(bars).map_err(none)?;
        }
        Ok(())
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.time.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.time.is_empty()
    }

    /// The columns in the order of [`VALUES`].
    #[must_use]
    pub const fn values(&self) -> [&Vec<f64>; 5] {
        [&self.open, &self.high, &self.low, &self.close, &self.volume]
    }

    /// The columns in the order of [`VALUES`].
    pub const fn values_mut(&mut self) -> [&mut Vec<f64>; 5] {
        [
            &mut self.open,
            &mut self.high,
            &mut self.low,
            &mut self.close,
            &mut self.volume,
        ]
    }

    /// The bars as slices.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        View {
            time: &self.time,
            values: self.values().map(Vec::as_slice),
        }
    }

    /// Adds bars at the end; they must be later than what is there.
    ///
    /// # Errors
    /// [`Code::OutOfMemory`].
    pub fn extend(&mut self, more: View<'_>) -> Result<(), Error> {
        self.reserve(more.len())?;
        self.time.extend_from_slice(more.time);
        for (column, more) in self.values_mut().into_iter().zip(more.values) {
            column.extend_from_slice(more);
        }
        Ok(())
    }
}

/// Columns of bars that somebody else has.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// Opening times.
    pub time: &'a [i64],
    /// Prices and volumes in the order of [`VALUES`].
    pub values: [&'a [f64]; 5],
}

impl<'a> View<'a> {
    /// How many bars there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.time.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.time.is_empty()
    }

    /// Some of the bars; the range must be within them.
    #[must_use]
    pub fn part(&self, range: core::ops::Range<usize>) -> View<'a> {
        View {
            time: &self.time[range.clone()],
            values: self.values.map(|column| &column[range.clone()]),
        }
    }

    /// Those whose times are within the bounds, both included.
    #[must_use]
    pub fn between(&self, start: i64, end: i64) -> View<'a> {
        let from = self.time.partition_point(|&t| t < start);
        let to = self.time.partition_point(|&t| t <= end);
        self.part(from..to.max(from))
    }

    /// Refuses columns of other lengths and times that do not go up.
    ///
    /// # Errors
    /// [`Code::InputLength`], [`Code::TimeOrder`], [`Code::TimeUnit`].
    pub fn check(&self) -> Result<(), Error> {
        for (name, column) in VALUES.iter().zip(self.values) {
            if column.len() != self.len() {
                return Err(Error::input_length(name, column.len(), "time", self.len()));
            }
        }
        for (bar, pair) in self.time.windows(2).enumerate() {
            if pair[1] <= pair[0] {
                let (row, before, time) = (bar + 1, pair[0], pair[1]);
                let bound = format!("after {before}");
                let why = format!("time of bar {row} is {time}, which is not after {before}");
                return Err(Error::new(
                    Code::TimeOrder,
                    "time",
                    time.to_string(),
                    bound,
                    why,
                ));
            }
        }
        Ok(())
    }
}
