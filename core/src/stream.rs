//! One indicator, bar by bar.

use crate::batch::{Sink, check_inputs};
use crate::error::{Code, Error};
use crate::indicator::Entry;
use crate::params::Params;
use crate::plan::Plan;
use crate::set::Set;
use crate::spec::{MAX_INPUTS, MAX_OUTPUTS};
use crate::table::Table;

/// One indicator that takes bars as they close, can look at the forming one, and can revise the
/// last one. Each costs the same however long the period and the history are.
#[derive(Debug)]
pub struct Stream {
    pub(crate) entry: &'static Entry,
    pub(crate) params: Params,
    plan: Plan,
    pub(crate) set: Set,
    /// Whether there is a last bar that can be taken back.
    pub(crate) replaceable: bool,
    values: [f64; MAX_OUTPUTS],
    rows: Table,
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
            plan,
            set,
            replaceable: false,
            values: [f64::NAN; MAX_OUTPUTS],
            rows: Table::new(entry.spec.table().len()),
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

    /// Bars taken so far.
    #[must_use]
    pub const fn bars(&self) -> u64 {
        self.set.bars()
    }

    /// What the last `update`, `peek` or `replace` gave: one value per output.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values[..self.entry.spec.series().len()]
    }

    /// What the last `update`, `peek` or `replace` gave: the rows of its bar.
    #[must_use]
    pub const fn rows(&self) -> &Table {
        &self.rows
    }

    /// Takes a closed bar: one value per input, in the order of the definition.
    ///
    /// # Errors
    /// See [`check_inputs`].
    pub fn update(&mut self, bar: &[f64]) -> Result<(), Error> {
        self.one(bar, Set::process)?;
        self.replaceable = true;
        Ok(())
    }

    /// Tells what a bar would give as the next one, and keeps nothing of it.
    ///
    /// # Errors
    /// See [`check_inputs`].
    pub fn peek(&mut self, bar: &[f64]) -> Result<(), Error> {
        self.one(bar, Set::peek)
    }

    /// Puts another bar in the place of the last one.
    ///
    /// # Errors
    /// [`Code::NothingToReplace`] before the first bar; see [`check_inputs`].
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
        self.one(bar, |set, plan, bar, sinks| {
            set.undo();
            set.process(plan, bar, sinks);
        })
    }

    /// Takes any number of closed bars, column by column; the results are those of the whole
    /// series at once.
    ///
    /// # Errors
    /// See [`check_inputs`].
    pub fn extend(&mut self, columns: &[&[f64]], sink: Sink<'_>) -> Result<(), Error> {
        let n = check_inputs(self.entry, &self.params, columns)?;
        if n > 0 {
            self.set
                .process(&self.plan, &self.all_inputs(columns), &mut [sink]);
            self.replaceable = true;
        }
        Ok(())
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

    fn one(
        &mut self,
        bar: &[f64],
        act: impl FnOnce(&mut Set, &Plan, &[&[f64]], &mut [Sink<'_>]),
    ) -> Result<(), Error> {
        self.entry.check_count(&self.params, bar.len())?;
        let mut columns = [&[][..]; MAX_INPUTS];
        for (column, value) in columns.iter_mut().zip(bar) {
            *column = core::slice::from_ref(value);
        }
        check_inputs(self.entry, &self.params, &columns[..bar.len()])?;
        let columns = &columns[..self.entry.spec.inputs.len()];
        if self.entry.spec.is_table() {
            self.rows.truncate(0);
            act(
                &mut self.set,
                &self.plan,
                columns,
                &mut [Sink::Table(&mut self.rows)],
            );
        } else {
            let outputs = self.entry.spec.series().len();
            let row = &mut self.values[..outputs];
            act(&mut self.set, &self.plan, columns, &mut [Sink::Row(row)]);
        }
        Ok(())
    }
}
