//! One indicator, bar by bar.

use crate::batch::{Sink, check_inputs, check_start, time_input};
use crate::clock::Clock;
use crate::error::{Code, Error};
use crate::indicator::Entry;
use crate::order::Order;
use crate::params::{Arg, Params};
use crate::plan::Plan;
use crate::session;
use crate::set::Set;
use crate::spec::MAX_INPUTS;
use crate::table::Table;

/// One indicator that takes bars as they close, can look at the forming one, and can revise the
/// last one. Each costs the same however long the period and the history are; what is told of a
/// state or of a summary costs what the definition's edges say, and only when it is asked for.
#[derive(Debug)]
pub struct Stream {
    pub(crate) entry: &'static Entry,
    pub(crate) params: Params,
    plan: Plan,
    pub(crate) set: Set,
    /// The time of the first bar, where known.
    began: f64,
    /// The latest times.
    pub(crate) order: Order,
    /// By whose clock a host numbers the sessions, where it does.
    pub(crate) clock: Option<Clock>,
    /// The input that must not go back: a time. Numbers of sessions may, as local time does once a year.
    time: Option<usize>,
    /// See [`Stream::tell_times`]; empty where nothing was told.
    true_times: Vec<f64>,
    /// Whether there is a last bar that can be taken back.
    pub(crate) replaceable: bool,
    /// The bar at hand, then what each step made of it.
    values: Vec<f64>,
    /// The events of the last bar, or the state that it would leave if it was peeked at.
    rows: Table,
    /// What is told of the last bar taken: a state and its summary, or the summary beside events.
    report: Table,
    /// Whether it has been told.
    told: bool,
    /// Whether the last bar was peeked at.
    peeked: bool,
}

impl Stream {
    /// Before the first bar.
    #[must_use]
    pub fn new(entry: &'static Entry, params: Params) -> Self {
        let plan = Plan::single(entry, params);
        let set = Set::new(&plan);
        Self {
            entry,
            params,
            values: vec![f64::NAN; plan.slots()],
            plan,
            set,
            began: f64::NAN,
            order: Order::NOWHERE,
            clock: None,
            time: time_input(entry, &params),
            true_times: Vec::new(),
            replaceable: false,
            rows: Table::of(&entry.spec),
            report: Table::of(&entry.spec),
            told: false,
            peeked: false,
        }
    }

    /// The indicator.
    #[must_use]
    pub const fn entry(&self) -> &'static Entry {
        self.entry
    }

    /// Its parameters.
    #[must_use]
    pub const fn params(&self) -> &Params {
        &self.params
    }

    /// Says by whose clock a host makes the numbers of sessions that come in the place of times;
    /// snapshots remember it.
    pub fn follow(&mut self, clock: Clock) {
        self.clock = Some(clock);
    }

    /// Tells the times of the bars that the next call is about, where numbers of sessions come in
    /// their place: bars must not go back in time there either. Whoever has many bars need not tell
    /// all, but the first time, the last of all and the one before: see [`Order::ends`].
    pub fn tell_times(&mut self, times: &[f64]) {
        self.true_times.clear();
        self.true_times.extend_from_slice(times);
    }

    /// Checks that a restored stream goes on by the clock that its snapshot followed.
    ///
    /// # Errors
    /// [`Code::Session`] if there is another, or none where there was one or one where there was none.
    pub fn resume(&self, clock: Option<&Clock>) -> Result<(), Error> {
        let id = self.entry.spec.id;
        let given = clock.map(ToString::to_string).unwrap_or_default();
        let (bound, why) = match (&self.clock, clock) {
            (None, None) => return Ok(()),
            (Some(known), Some(clock)) if known.agrees(clock) => return Ok(()),
            (Some(known), Some(_)) => (
                known.to_string(),
                format!("snapshot follows {known}, not {given}"),
            ),
            (Some(known), None) => (
                known.to_string(),
                format!("snapshot follows {known}: restore it with the same"),
            ),
            (None, Some(clock)) => {
                let what = match self.entry.spec.param_index("anchor") {
                    None => "has no sessions".to_string(),
                    Some(i) => match self.params.arg(i) {
                        Arg::Text("number") => "was given its own numbers of sessions".to_string(),
                        Arg::Text(word) => format!("has the anchor {word:?}"),
                        Arg::Number(minutes) => format!("has the anchor {minutes}"),
                    },
                };
                let zone = clock.zone();
                (
                    "a snapshot of a stream with a zone".to_string(),
                    format!("zone {zone:?} does not suit the snapshot: its {id} {what}"),
                )
            }
        };
        Err(Error::new(Code::Session, "zone", given, bound, why))
    }

    /// Bars taken so far.
    #[must_use]
    pub const fn bars(&self) -> u64 {
        self.set.bars()
    }

    /// What the last `update`, `peek` or `replace` gave: one value per output.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values[self.plan.result(0)..][..self.entry.spec.series().len()]
    }

    /// The rows of the bar that the last `update`, `peek` or `replace` took: its events, or the state
    /// it left, which is computed when it is asked for, once a bar. Beside a state stands its
    /// summary; that beside events is told by [`Stream::summary`] alone.
    pub fn rows(&mut self) -> &Table {
        if self.rows.is_state() && !self.peeked {
            return self.report();
        }
        &self.rows
    }

    /// The summary of a report as of the last bar taken, whatever was peeked at since. Computed when
    /// asked for, once a bar: see the definition's edges for what that costs.
    pub fn summary(&mut self) -> &[f64] {
        self.report().summary()
    }

    fn report(&mut self) -> &Table {
        if !self.told {
            self.set.report(0, &mut self.report);
            self.told = true;
        }
        &self.report
    }

    /// Takes memory for so many bars to come, where all bars are kept. Without it they take it as
    /// they come, and end the program where there is none.
    ///
    /// # Errors
    /// [`Code::OutOfMemory`].
    pub fn reserve(&mut self, bars: usize) -> Result<(), Error> {
        self.set.reserve(bars)
    }

    /// Takes a closed bar: one value per input, in the order of the definition.
    ///
    /// # Errors
    /// See [`check_inputs`] and [`Order::after`].
    pub fn update(&mut self, bar: &[f64]) -> Result<(), Error> {
        self.order = self.one(bar, (self.bars(), self.order), Set::bar)?;
        self.taken();
        Ok(())
    }

    /// Tells what a bar would give as the next one, and keeps nothing of it.
    ///
    /// # Errors
    /// See [`check_inputs`] and [`Order::after`].
    pub fn peek(&mut self, bar: &[f64]) -> Result<(), Error> {
        self.one(bar, (self.bars(), self.order), |set, values, rows| {
            set.peek_bar(values, rows, |set, rows| {
                if let [rows] = rows
                    && rows.is_state()
                {
                    set.report(0, rows);
                }
            });
        })?;
        self.peeked = true;
        Ok(())
    }

    /// Puts another bar in the place of the last one.
    ///
    /// # Errors
    /// [`Code::NothingToReplace`] before the first bar; see [`check_inputs`] and [`Order::after`].
    pub fn replace(&mut self, bar: &[f64]) -> Result<(), Error> {
        if !self.replaceable {
            return Err(Error::new(
                Code::NothingToReplace,
                "replace",
                "",
                "after the first update",
                format!("{} has no bar to replace yet", self.entry.spec.id),
            ));
        }
        let standing = (self.bars() - 1, self.order.undone());
        let order = self.one(bar, standing, |set, values, rows| {
            set.undo();
            set.bar(values, rows);
        })?;
        self.order = order;
        self.taken();
        Ok(())
    }

    /// Takes any number of closed bars, column by column; the results are those of the whole
    /// series at once.
    ///
    /// # Errors
    /// See [`check_inputs`] and [`Order::after`].
    pub fn extend(&mut self, columns: &[&[f64]], sink: Sink<'_>) -> Result<(), Error> {
        self.extend_pieces(&[columns], sink)
    }

    /// The same for columns that come in pieces; `sink` is as long as all of them together. Nothing
    /// is taken if one piece is wrong.
    ///
    /// # Errors
    /// See [`check_inputs`] and [`Order::after`].
    pub fn extend_pieces(&mut self, pieces: &[&[&[f64]]], mut sink: Sink<'_>) -> Result<(), Error> {
        let checked = self.check_after((self.bars(), self.order), pieces.iter().copied());
        self.true_times.clear();
        self.order = checked?;
        let mut from = 0;
        for piece in pieces {
            let to = from + piece.first().map_or(0, |column| column.len());
            if to > from {
                self.begin(self.bars(), piece);
                let columns = self.all_inputs(piece);
                self.set
                    .process(&self.plan, &columns, &mut [sink.part(from, to)]);
                self.taken();
                self.rows.clear();
            }
            from = to;
        }
        sink.ask(&mut self.set, 0);
        Ok(())
    }

    /// A bar was taken, or another one in its place.
    const fn taken(&mut self) {
        self.replaceable = true;
        self.told = false;
        self.peeked = false;
    }

    /// Checks pieces that follow so many bars up to such times, and gives the times then. A series that
    /// counts from 0 passes through numbers that look like seconds, one that began with a date must not.
    fn check_after<'a>(
        &self,
        (standing, mut order): (u64, Order),
        pieces: impl IntoIterator<Item = &'a [&'a [f64]]>,
    ) -> Result<Order, Error> {
        let mut bars = 0;
        let mut began = (standing > 0).then_some(self.began);
        for piece in pieces {
            let n = check_inputs(self.entry, &self.params, piece)?;
            if began.is_none_or(session::is_date) {
                check_start(self.entry, &self.params, piece)?;
            }
            began = began.or_else(|| self.first_time(piece));
            if let Some(time) = self.time.and_then(|time| piece.get(time)) {
                order = order.after(standing + bars as u64, time)?;
            }
            bars += n;
        }
        if bars > 0 {
            order = order.after(standing, &self.true_times)?;
        }
        Ok(order)
    }

    fn first_time(&self, columns: &[&[f64]]) -> Option<f64> {
        let time = columns.get(self.entry.spec.input_index("time")?)?;
        time.first().copied()
    }

    /// Remembers with what time the series begins.
    fn begin(&mut self, standing: u64, columns: &[&[f64]]) {
        if standing == 0 {
            self.began = self.first_time(columns).unwrap_or(f64::NAN);
        }
    }

    /// The given columns, with empty ones for those left out.
    fn all_inputs<'a>(&self, columns: &[&'a [f64]]) -> Vec<&'a [f64]> {
        let inputs = self.entry.spec.inputs.len();
        columns
            .iter()
            .copied()
            .chain(core::iter::repeat(&[][..]))
            .take(inputs)
            .collect()
    }

    /// Lays out a bar that follows so many up to such times, has the set act on it, and gives the times
    /// then.
    fn one(
        &mut self,
        bar: &[f64],
        standing: (u64, Order),
        act: impl FnOnce(&mut Set, &mut [f64], &mut [Table]),
    ) -> Result<Order, Error> {
        self.entry.check_count(&self.params, bar.len())?;
        let mut columns = [&[][..]; MAX_INPUTS];
        for (column, value) in columns.iter_mut().zip(bar) {
            *column = core::slice::from_ref(value);
        }
        let checked = self.check_after(standing, [&columns[..bar.len()]]);
        self.true_times.clear();
        let order = checked?;
        self.begin(standing.0, &columns[..bar.len()]);
        // An input that is left out is missing.
        let inputs = self.entry.spec.inputs.len();
        let given = bar.iter().copied().chain(core::iter::repeat(f64::NAN));
        for (value, given) in self.values[..inputs].iter_mut().zip(given) {
            *value = given;
        }
        self.rows.clear();
        let rows = core::slice::from_mut(&mut self.rows);
        act(&mut self.set, &mut self.values, rows);
        Ok(order)
    }
}
