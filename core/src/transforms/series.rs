//! A transform at work on a series: all of it at once, or as it comes.

use super::kind::{KindEntry, Machine};
use super::rows::Rows;
use crate::error::{Code, Error};
use crate::order::Order;
use crate::params::Params;
use crate::patterns::{Bar, Read};
use crate::session;

/// Follows a series and keeps what is needed to go on, and to take the last bar back.
pub struct Transform {
    entry: &'static KindEntry,
    params: Params,
    state: State,
    /// What it was before the last bar.
    before: Option<State>,
    bars: u64,
    order: Order,
}

struct State {
    machine: Box<dyn Machine>,
    /// The last bar that was not passed over.
    last: Option<Bar>,
}

impl Clone for State {
    fn clone(&self) -> Self {
        Self {
            machine: self.machine.copy(),
            last: self.last,
        }
    }
}

impl Clone for Transform {
    fn clone(&self) -> Self {
        Self {
            state: self.state.clone(),
            before: self.before.clone(),
            ..*self
        }
    }
}

impl core::fmt::Debug for Transform {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let id = self.entry.kind.id;
        write!(f, "Transform({id}, {} bars)", self.bars)
    }
}

impl Transform {
    /// Before any bar.
    #[must_use]
    pub fn new(entry: &'static KindEntry, params: Params) -> Self {
        Self {
            entry,
            state: State {
                machine: entry.build(&params),
                last: None,
            },
            params,
            before: None,
            bars: 0,
            order: Order::NOWHERE,
        }
    }

    /// The parameters.
    #[must_use]
    pub const fn params(&self) -> &Params {
        &self.params
    }

    /// The kind.
    #[must_use]
    pub const fn entry(&self) -> &'static KindEntry {
        self.entry
    }

    /// How many bars were taken.
    #[must_use]
    pub const fn bars(&self) -> u64 {
        self.bars
    }

    /// Takes the next bars, columns in the order of the kind's inputs, an optional one left empty
    /// where it is not there, and adds the rows that they close. Bars that lack what is needed are
    /// counted and passed over.
    ///
    /// # Errors
    /// Columns of different lengths, volumes below 0, times that go back or are not milliseconds, and
    /// [`Code::ParamRange`] for a step that makes more rows than [`MOST_ROWS`](super::MOST_ROWS)
    /// besides one a bar; then no bar was taken and no row added.
    pub fn extend(&mut self, inputs: &[&[f64]], rows: &mut Rows) -> Result<(), Error> {
        let columns = Read::new(self.entry.kind.inputs, inputs)?;
        if columns.len() == 0 {
            return Ok(());
        }
        columns.check_volume(self.bars)?;
        if self.bars == 0 {
            session::check_time("time", columns.time())?;
        }
        let order = self.order.after(self.bars, columns.time())?;
        let had = rows.len();
        rows.expect(columns.len());
        let (before, state) = self
            .taken(&columns, rows)
            .inspect_err(|_| rows.truncate(had))?;
        self.before = Some(before);
        self.state = state;
        self.bars += columns.len() as u64;
        self.order = order;
        Ok(())
    }

    /// The state before the last of more bars, and after it.
    fn taken(&self, columns: &Read<'_>, rows: &mut Rows) -> Result<(State, State), Error> {
        let mut state = self.state.clone();
        let last = columns.len() - 1;
        for (i, index) in (0..last).zip(self.bars..) {
            state.take(columns, i, index, rows)?;
        }
        let before = state.clone();
        state.take(columns, last, self.bars + last as u64, rows)?;
        Ok((before, state))
    }

    /// Takes the next bar, as columns of one value each.
    ///
    /// # Errors
    /// As [`Transform::extend`], and [`Code::InputLength`] for other than one bar.
    pub fn update(&mut self, inputs: &[&[f64]], rows: &mut Rows) -> Result<(), Error> {
        Read::check_one("update", inputs)?;
        self.extend(inputs, rows)
    }

    /// Adds the rows that a bar would close as the next one, and keeps nothing of it.
    ///
    /// # Errors
    /// As [`Transform::update`].
    pub fn peek(&self, inputs: &[&[f64]], rows: &mut Rows) -> Result<(), Error> {
        Read::check_one("peek", inputs)?;
        let mut next = Self {
            state: self.state.clone(),
            before: None,
            ..*self
        };
        next.extend(inputs, rows)
    }

    /// Puts another bar in the place of the last one, and adds the rows that it closes. Rows that the
    /// bar before it had closed are void.
    ///
    /// # Errors
    /// As [`Transform::update`], and [`Code::NothingToReplace`].
    pub fn replace(&mut self, inputs: &[&[f64]], rows: &mut Rows) -> Result<(), Error> {
        Read::check_one("replace", inputs)?;
        let Some(before) = &self.before else {
            let why = "there is no bar to replace yet";
            let (code, bound) = (Code::NothingToReplace, "after the first bar");
            return Err(Error::new(code, "replace", "", bound, why));
        };
        let mut next = Self {
            state: before.clone(),
            before: None,
            bars: self.bars - 1,
            order: self.order.undone(),
            ..*self
        };
        next.extend(inputs, rows)?;
        *self = next;
        Ok(())
    }

    /// The row that the last bar leaves unfinished, if the kind has one: later bars may change it.
    ///
    /// # Errors
    /// [`Code::OutOfMemory`].
    pub fn forming(&self) -> Result<Rows, Error> {
        let mut rows = Rows::of(&self.entry.kind);
        if let Some(last) = &self.state.last {
            self.state.machine.forming(last, &mut rows)?;
        }
        Ok(rows)
    }
}

impl State {
    fn take(
        &mut self,
        columns: &Read<'_>,
        i: usize,
        index: u64,
        rows: &mut Rows,
    ) -> Result<(), Error> {
        if !columns.whole(i) {
            return Ok(());
        }
        let bar = complete(columns.bar(i, index));
        self.last = Some(bar);
        self.machine.bar(&bar, rows)
    }
}

/// A bar whose missing prices are its close.
fn complete(bar: Bar) -> Bar {
    let or_close = |price: f64| if price.is_finite() { price } else { bar.close };
    Bar {
        open: or_close(bar.open),
        high: or_close(bar.high),
        low: or_close(bar.low),
        ..bar
    }
}
