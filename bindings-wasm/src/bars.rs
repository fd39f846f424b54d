//! Bars that stay in this module's memory, with the indicators that follow them.

use tvf_core::order::Order;
use tvf_core::patterns::candlestick::PRICES;
use tvf_core::{Code, Error, Plan, Table, builder, session};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::exchange::Exchange;
use crate::group::Group;
use crate::memory;
use crate::output::Output;
use crate::pool;
use crate::taker::{Shares, Taker};

/// Columns of bars, and sets attached to them.
#[wasm_bindgen]
#[derive(Default)]
pub struct Bars {
    names: Vec<String>,
    /// At least `len` values each; those behind are being written by JavaScript.
    columns: Vec<Vec<f64>>,
    /// The next bar: a value per column.
    bar: Vec<f64>,
    len: usize,
    capacity: usize,
    /// The latest times.
    order: Order,
    groups: Vec<Option<Group>>,
}

#[wasm_bindgen]
impl Bars {
    /// Without columns.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a column and gives it zeros for the bars that are there.
    pub fn add(&mut self, exchange: &mut Exchange, name: String) -> bool {
        exchange
            .attempt(|_| {
                let mut column = Vec::new();
                memory::reserve(&mut column, self.capacity)?;
                column.resize(self.len, 0.0);
                self.columns.push(column);
                self.names.push(name);
                self.bar.push(f64::NAN);
                Ok(())
            })
            .is_some()
    }

    /// How many columns there are.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn width(&self) -> usize {
        self.names.len()
    }

    /// Drops the columns from `width` on.
    pub fn narrow(&mut self, width: usize) {
        self.names.truncate(width);
        self.columns.truncate(width);
        self.bar.truncate(width);
    }

    /// Where a column begins.
    pub fn column(&mut self, i: usize) -> *mut f64 {
        self.columns
            .get_mut(i)
            .map_or(core::ptr::null_mut(), Vec::as_mut_ptr)
    }

    /// Where the values of the next bar are to be written, in the order of the columns.
    pub fn bar(&mut self) -> *mut f64 {
        self.bar.as_mut_ptr()
    }

    /// For how many bars there is room.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// Makes room for `n` bars in all.
    pub fn reserve(&mut self, exchange: &mut Exchange, n: f64) -> bool {
        exchange
            .attempt(|_| self.make_room(memory::count(n)?))
            .is_some()
    }

    /// Makes room for `n` more bars; their values are then written behind those that are there.
    pub fn open(&mut self, exchange: &mut Exchange, n: f64) -> bool {
        exchange
            .attempt(|_| {
                let to = memory::count(self.len as f64 + n)?;
                self.grow(to)?;
                self.columns.iter_mut().for_each(|c| c.resize(to, 0.0));
                Ok(())
            })
            .is_some()
    }

    /// Takes the bars that were written since [`Bars::open`].
    pub fn commit(&mut self, exchange: &mut Exchange) -> bool {
        let from = self.len;
        let to = self.columns.first().map_or(0, Vec::len);
        let checked = exchange.attempt(|_| match self.time() {
            Some(i) => self.check_times(&self.columns[i][from..to], from, self.order),
            None => Ok(self.order),
        });
        if let Some(order) = checked
            && to > from
        {
            self.order = order;
            self.len = to;
            for group in self.groups.iter_mut().flatten() {
                group.take(&self.columns, from, to);
            }
        }
        checked.is_some()
    }

    /// Takes the bar that was written to [`Bars::bar`].
    pub fn push(&mut self, exchange: &mut Exchange) -> bool {
        exchange
            .attempt(|_| {
                let from = self.len;
                let order = self.check_bar(from, self.order)?;
                self.grow(from + 1)?;
                for (column, value) in self.columns.iter_mut().zip(&self.bar) {
                    column.truncate(from);
                    column.push(*value);
                }
                self.len = from + 1;
                self.order = order;
                for group in self.groups.iter_mut().flatten() {
                    group.push(&self.bar);
                }
                Ok(())
            })
            .is_some()
    }

    /// Puts the bar that was written to [`Bars::bar`] in the place of the last one.
    pub fn replace(&mut self, exchange: &mut Exchange) -> bool {
        exchange
            .attempt(|_| {
                let Some(last) = self.len.checked_sub(1) else {
                    let why = "there is no bar to replace yet";
                    let bound = "after the first bar";
                    return Err(Error::new(
                        Code::NothingToReplace,
                        "replace",
                        "",
                        bound,
                        why,
                    ));
                };
                self.order = self.check_bar(last, self.order.undone())?;
                for (column, value) in self.columns.iter_mut().zip(&self.bar) {
                    column[last] = *value;
                }
                for group in self.groups.iter_mut().flatten() {
                    group.replace(&self.bar);
                }
                Ok(())
            })
            .is_some()
    }

    /// Has the next [`Bars::peek`] tell what it finds of an attached indicator.
    pub fn want(&mut self, group: usize, sink: usize) {
        if let Some(group) = self.group_mut(group) {
            group.want(sink);
        }
    }

    /// Sees what the bar that was written to [`Bars::bar`] would give as the next one to the
    /// indicators that are wanted.
    pub fn peek(&mut self, exchange: &mut Exchange) -> bool {
        exchange
            .attempt(|_| {
                if let Err(error) = self.check_bar(self.len, self.order) {
                    self.groups.iter_mut().flatten().for_each(Group::want_none);
                    return Err(error);
                }
                self.groups
                    .iter_mut()
                    .flatten()
                    .for_each(|group| group.peek(&self.bar));
                Ok(())
            })
            .is_some()
    }

    /// Computes the members described in the exchange over the bars `from..to`, as if there were no
    /// others; `shifted` moves columns to where a chart draws them. Where several threads compute,
    /// `taker` gets what is done while they go on; all of it stays in the exchange.
    pub fn compute(
        &self,
        exchange: &mut Exchange,
        from: usize,
        to: usize,
        shifted: bool,
        taker: Option<Taker>,
    ) -> bool {
        exchange
            .attempt(|exchange| {
                let to = to.min(self.len);
                let from = from.min(to);
                let n = to - from;
                let plan = Plan::new(&exchange.members, &self.names())?;
                let _granted = memory::afford(plan.sinks().iter().map(|s| &s.params))?;
                let columns: Vec<&[f64]> = self.columns.iter().map(|c| &c[from..to]).collect();
                // SAFETY: the plan fills every value, or fails, and then nobody reads them.
                let outputs = plan
                    .sinks()
                    .iter()
                    .map(|sink| unsafe { Output::unwritten(&sink.entry.spec, n) });
                let mut outputs = outputs.collect::<Result<Vec<_>, _>>()?;
                let parallel = pool::pays(n * plan.sinks().len());
                if parallel {
                    memory::leave_some_for(pool::threads())?;
                }
                // What is still to be moved is not done.
                let taker = taker.filter(|_| parallel && !shifted);
                let taken = taker.map(|taker| (Shares::of(&plan, &outputs), taker));
                let sinks = outputs.iter_mut().map(|o| o.sink(0, n)).collect();
                plan.run(&columns, sinks, parallel, |jobs| {
                    pool::run(jobs, |job| {
                        if let Some((shares, taker)) = &taken {
                            shares.hand(job, taker);
                        }
                    });
                })?;
                if shifted {
                    for (output, sink) in outputs.iter_mut().zip(plan.sinks()) {
                        output.sink(0, n).displace(&sink.entry.spec, &sink.params);
                    }
                }
                exchange.answer(outputs, plan.members());
                Ok(())
            })
            .is_some()
    }

    /// Attaches the members described in the exchange; answers with the group's number, which is of the same type to
    /// JavaScript in all builds.
    #[expect(clippy::cast_possible_truncation, reason = "sets that are attached")]
    pub fn attach(&mut self, exchange: &mut Exchange) -> Option<u32> {
        exchange.attempt(|exchange| {
            let size = (self.len, self.capacity);
            let group = Group::new(&exchange.members, &self.names(), &self.columns, size)?;
            let free = self.groups.iter().position(Option::is_none);
            let place = free.unwrap_or(self.groups.len());
            if free.is_none() {
                self.groups.push(None);
            }
            self.groups[place] = Some(group);
            Ok(place as u32)
        })
    }

    /// Lets a group go.
    pub fn detach(&mut self, group: usize) {
        if let Some(group) = self.groups.get_mut(group) {
            *group = None;
        }
    }

    /// Which output of a group belongs to a member.
    #[must_use]
    pub fn sink(&self, group: usize, member: usize) -> usize {
        self.group(group)
            .and_then(|g| g.members().get(member))
            .copied()
            .unwrap_or(0)
    }

    /// Where a column of an attached indicator's results begins.
    pub fn result(&mut self, group: usize, sink: usize, column: usize) -> *const f64 {
        let output = self.group_mut(group).and_then(|g| g.told(sink));
        let column = output.and_then(|o| o.output.columns().get(column));
        column.map_or(core::ptr::null(), Vec::as_ptr)
    }

    /// How many rows an attached table has.
    pub fn rows(&mut self, group: usize, sink: usize) -> usize {
        self.group_mut(group)
            .and_then(|g| g.told(sink))
            .map_or(0, |o| o.output.rows())
    }

    /// A number beside the rows of an attached table.
    pub fn summary(&mut self, group: usize, sink: usize, number: usize) -> f64 {
        self.group_mut(group)
            .map_or(f64::NAN, |group| group.summary(sink, number))
    }

    /// How many of them are older than the last bar.
    #[must_use]
    pub fn settled(&self, group: usize, sink: usize) -> usize {
        self.group(group)
            .and_then(|g| g.result(sink))
            .map_or(0, |o| o.settled)
    }

    /// An attached series at the last bar.
    #[must_use]
    pub fn last(&self, group: usize, sink: usize, column: usize) -> f64 {
        let output = self.group(group).and_then(|g| g.result(sink));
        let column = output.and_then(|o| o.output.columns().get(column));
        column.and_then(|c| c.last()).copied().unwrap_or(f64::NAN)
    }

    /// A value of an attached table.
    pub fn cell(&mut self, group: usize, sink: usize, column: usize, row: usize) -> f64 {
        let output = self.group_mut(group).and_then(|g| g.told(sink));
        let column = output.and_then(|o| o.output.columns().get(column));
        column.and_then(|c| c.get(row)).copied().unwrap_or(f64::NAN)
    }

    /// A value that the last bar, pushed or peeked at, gave to a series.
    #[must_use]
    pub fn value(&self, group: usize, sink: usize, column: usize) -> f64 {
        self.group(group)
            .map_or(f64::NAN, |g| g.value(sink, column))
    }

    /// How many rows the last bar, pushed or peeked at, gave to a table.
    #[must_use]
    pub fn fresh_rows(&self, group: usize, sink: usize) -> usize {
        self.group(group)
            .and_then(|g| g.rows(sink))
            .map_or(0, Table::len)
    }

    /// A value in those rows.
    #[must_use]
    pub fn fresh(&self, group: usize, sink: usize, column: usize, row: usize) -> f64 {
        let column = self
            .group(group)
            .and_then(|g| g.rows(sink)?.columns().get(column));
        column.and_then(|c| c.get(row)).copied().unwrap_or(f64::NAN)
    }
}

impl Bars {
    /// The values of a column; none where it is not there.
    pub(crate) fn values(&self, column: usize) -> &[f64] {
        let column = self.columns.get(column).and_then(|c| c.get(..self.len));
        column.unwrap_or(&[])
    }

    /// The columns of prices that every candle has.
    pub(crate) fn prices(&self) -> Result<[&[f64]; 4], Error> {
        let mut prices = [&[][..]; 4];
        for (column, name) in prices.iter_mut().zip(PRICES) {
            let place = self.names.iter().position(|known| known == name);
            let Some(place) = place else {
                let bound = self.names.join(", ");
                let why = format!("candlesticks need the column {name:?}; there are {bound}");
                return Err(Error::new(Code::UnknownColumn, name, "", bound, why));
            };
            *column = self.values(place);
        }
        Ok(prices)
    }

    /// The values of an attached series; none where it is not there.
    pub(crate) fn series(&self, group: usize, sink: usize, column: usize) -> &[f64] {
        match self
            .group(group)
            .and_then(|g| g.result(sink))
            .map(|r| &r.output)
        {
            Some(Output::Series(series)) => series.get(column).map_or(&[], Vec::as_slice),
            _ => &[],
        }
    }

    /// The opening time of the last bar.
    pub(crate) fn last_time(&self) -> Option<f64> {
        let last = self.len.checked_sub(1)?;
        self.columns[self.time()?].get(last).copied()
    }

    /// Writes a bar to where [`Bars::push`] and [`Bars::replace`] take it from; a column that no bar has is missing in it.
    pub(crate) fn lay(&mut self, bar: &builder::Bar) {
        for (value, name) in self.bar.iter_mut().zip(&self.names) {
            *value = match name.as_str() {
                "time" => bar.time,
                "open" => bar.open,
                "high" => bar.high,
                "low" => bar.low,
                "close" => bar.close,
                "volume" => bar.volume,
                _ => f64::NAN,
            };
        }
    }

    fn names(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).collect()
    }

    fn group(&self, group: usize) -> Option<&Group> {
        self.groups.get(group)?.as_ref()
    }

    fn group_mut(&mut self, group: usize) -> Option<&mut Group> {
        self.groups.get_mut(group)?.as_mut()
    }

    /// Room for `to` bars, with as much again for those that will follow.
    fn grow(&mut self, to: usize) -> Result<(), Error> {
        if to <= self.capacity {
            return Ok(());
        }
        let generous = if self.len == 0 {
            to
        } else {
            to.max(self.capacity * 2).max(64)
        };
        self.make_room(generous).or_else(|_| self.make_room(to))
    }

    fn make_room(&mut self, capacity: usize) -> Result<(), Error> {
        if capacity <= self.capacity {
            return Ok(());
        }
        self.columns
            .iter_mut()
            .try_for_each(|c| memory::reserve(c, capacity))?;
        self.groups
            .iter_mut()
            .flatten()
            .try_for_each(|g| g.reserve(capacity))?;
        memory::leave_some()?;
        self.capacity = capacity;
        Ok(())
    }

    fn time(&self) -> Option<usize> {
        self.names.iter().position(|name| name == "time")
    }

    /// Checks times of bars from number `row` on, and gives the latest. Whether they are milliseconds is asked of the
    /// first, and of all if that is a date: a series that counts from 0 passes through what looks like seconds.
    fn check_times(&self, times: &[f64], row: usize, order: Order) -> Result<Order, Error> {
        let first = self.time().and_then(|i| self.columns[i].first());
        if row == 0 || first.copied().is_some_and(session::is_date) {
            session::check_time("time", times)?;
        }
        order.after(row as u64, times)
    }

    fn check_bar(&self, row: usize, order: Order) -> Result<Order, Error> {
        match self.time() {
            Some(i) => self.check_times(core::slice::from_ref(&self.bar[i]), row, order),
            None => Ok(order),
        }
    }
}
