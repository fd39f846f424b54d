//! Indicators attached to bars by one call: they share what they can and follow every bar.

use tvf_core::{Error, Member, Plan, Rows, Set, Table};

use crate::memory::{self, Grant};
use crate::output::Output;

/// A set whose results grow with the bars.
pub struct Group {
    plan: Plan,
    set: Set,
    /// One per sink of the plan.
    results: Vec<Resident>,
    /// One bar: a value per slot of the plan.
    values: Vec<f64>,
    /// The rows of one bar: a table per sink.
    rows: Vec<Table>,
    /// The sinks that give rows at all.
    tables: Vec<usize>,
    _granted: Grant,
}

/// The results of one sink.
pub struct Resident {
    pub output: Output,
    /// Where a bar's values of it begin.
    slot: usize,
    /// Rows of a table before the last bar.
    pub settled: usize,
    /// Whether its rows describe the market at the last bar.
    state: bool,
    /// Whether a table's report is that of the last bar taken.
    told: bool,
    /// Whether the next peek has to tell the state that it finds.
    wanted: bool,
}

impl Resident {
    /// Takes what the next bar gave.
    fn push(&mut self, values: &[f64], events: &Table) {
        // Rows that describe a state are all of the last bar.
        match &self.output {
            Output::Table(table) if !self.state => self.settled = table.len(),
            _ => {}
        }
        self.take(values, events);
    }

    /// Takes what another bar in the place of the last one gave.
    fn replace(&mut self, values: &[f64], events: &Table) {
        self.output.pop(self.settled);
        self.take(values, events);
    }

    fn take(&mut self, values: &[f64], events: &Table) {
        self.output.push(&values[self.slot..], events);
        self.told = false;
    }

    /// Brings a table's report up to the last bar taken.
    fn tell(&mut self, set: &mut Set, sink: usize) {
        if let Output::Table(table) = &mut self.output
            && !self.told
        {
            set.report(sink, table);
            self.told = true;
        }
    }
}

impl Group {
    /// Plans members over bars with the given columns, and takes all bars there are.
    pub fn new(
        members: &[Member],
        names: &[&str],
        columns: &[Vec<f64>],
        (len, capacity): (usize, usize),
    ) -> Result<Self, Error> {
        let plan = Plan::new(members, names)?;
        let bars: Vec<&[f64]> = columns.iter().map(|c| &c[..len]).collect();
        plan.check(&bars)?;
        let granted = memory::afford(plan.sinks().iter().map(|s| &s.params))?;
        let mut results = Vec::new();
        let mut rows = Vec::new();
        for (i, sink) in plan.sinks().iter().enumerate() {
            let output = Output::new(&sink.entry.spec);
            results.push(Resident {
                output,
                slot: plan.result(i),
                settled: 0,
                state: sink.entry.spec.rows() == Rows::State,
                told: false,
                wanted: false,
            });
            let mut bar = Table::of(&sink.entry.spec);
            bar.reserve(1)?;
            rows.push(bar);
        }
        let is_table = |i: &usize| plan.sinks()[*i].entry.spec.is_table();
        let tables = (0..rows.len()).filter(is_table).collect();
        let set = Set::new(&plan);
        let values = vec![f64::NAN; plan.slots()];
        let mut group = Self {
            plan,
            set,
            results,
            values,
            rows,
            tables,
            _granted: granted,
        };
        group.reserve(capacity)?;
        group.take(columns, 0, len);
        Ok(group)
    }

    /// For each member asked for, its output.
    pub fn members(&self) -> &[usize] {
        self.plan.members()
    }

    /// Makes room for `n` bars in all.
    #[expect(clippy::cast_possible_truncation, reason = "bars that are in memory")]
    pub fn reserve(&mut self, n: usize) -> Result<(), Error> {
        self.results
            .iter_mut()
            .try_for_each(|r| r.output.reserve(n))?;
        // One more, to be peeked at.
        let more = (n + 1).saturating_sub(self.set.bars() as usize);
        self.set.reserve(more)?;
        memory::leave_some()
    }

    /// Takes the bars `from..to`; there is room.
    pub fn take(&mut self, columns: &[Vec<f64>], from: usize, to: usize) {
        // The last bar goes alone, so that the rows it gives to tables are known.
        let Some(last) = to.checked_sub(1).filter(|last| *last >= from) else {
            return;
        };
        if last > from {
            self.run(columns, from, last);
        }
        let bar: Vec<f64> = columns.iter().map(|c| c[last]).collect();
        self.push(&bar);
    }

    /// Takes one bar; there is room.
    pub fn push(&mut self, bar: &[f64]) {
        self.read(bar);
        self.set.bar(&mut self.values, &mut self.rows);
        for (result, rows) in self.results.iter_mut().zip(&self.rows) {
            result.push(&self.values, rows);
        }
    }

    /// Takes another bar in the place of the last one.
    pub fn replace(&mut self, bar: &[f64]) {
        self.set.undo();
        self.read(bar);
        self.set.bar(&mut self.values, &mut self.rows);
        for (result, rows) in self.results.iter_mut().zip(&self.rows) {
            result.replace(&self.values, rows);
        }
    }

    /// Has the next peek tell what it finds of a sink.
    pub fn want(&mut self, sink: usize) {
        if let Some(result) = self.results.get_mut(sink) {
            result.wanted = true;
        }
    }

    /// Takes back what [`Group::want`] asked for.
    pub fn want_none(&mut self) {
        self.results
            .iter_mut()
            .for_each(|result| result.wanted = false);
    }

    /// Sees what a bar would give to the sinks that are wanted, if any.
    pub fn peek(&mut self, bar: &[f64]) {
        if !self.results.iter().any(|result| result.wanted) {
            return;
        }
        self.read(bar);
        let results = &mut self.results;
        let (values, rows) = (&mut self.values, &mut self.rows);
        self.set.peek_bar(values, rows, |set, rows| {
            for (sink, (result, rows)) in results.iter_mut().zip(rows).enumerate() {
                if core::mem::take(&mut result.wanted) && result.state {
                    set.report(sink, rows);
                }
            }
        });
    }

    /// Lays the values of a bar out; columns that came after the plan was made are not its own.
    fn read(&mut self, bar: &[f64]) {
        let known = self.plan.columns().len();
        for (value, x) in self.values.iter_mut().zip(&bar[..known]) {
            *value = *x;
        }
        for sink in &self.tables {
            self.rows[*sink].clear();
        }
    }

    /// Takes the bars `from..to` and leaves the rows of single bars alone; there is room.
    fn run(&mut self, columns: &[Vec<f64>], from: usize, to: usize) {
        let columns = &columns[..self.plan.columns().len()];
        let bars: Vec<&[f64]> = columns.iter().map(|c| &c[from..to]).collect();
        let mut sinks = Vec::with_capacity(self.results.len());
        for result in &mut self.results {
            // SAFETY: the set writes the values of each bar.
            unsafe { result.output.lengthen(to) };
            sinks.push(result.output.sink(from, to));
        }
        self.set.process(&self.plan, &bars, &mut sinks);
    }

    /// The results of a sink, but for what a report says.
    pub fn result(&self, sink: usize) -> Option<&Resident> {
        self.results.get(sink)
    }

    /// The results of a sink with the state at the last bar taken, computed when asked for.
    pub fn told(&mut self, sink: usize) -> Option<&Resident> {
        let result = self.results.get_mut(sink)?;
        if result.state {
            result.tell(&mut self.set, sink);
        }
        Some(result)
    }

    /// A value that the last bar, taken or seen, gave.
    pub fn value(&self, sink: usize, column: usize) -> f64 {
        let slot = self
            .results
            .get(sink)
            .map_or(usize::MAX, |r| r.slot + column);
        self.values.get(slot).copied().unwrap_or(f64::NAN)
    }

    /// A number beside the rows of a table, as of the last bar taken; computed when asked for.
    pub fn summary(&mut self, sink: usize, number: usize) -> f64 {
        let Some(result) = self.results.get_mut(sink) else {
            return f64::NAN;
        };
        result.tell(&mut self.set, sink);
        let summary = result.output.summary();
        summary.get(number).copied().unwrap_or(f64::NAN)
    }

    /// The rows that the last bar, taken or seen, gave to a table.
    pub fn rows(&self, sink: usize) -> Option<&Table> {
        self.rows.get(sink)
    }
}
