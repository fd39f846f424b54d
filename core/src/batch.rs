//! A whole series at once, one indicator: the shortest way from columns to results.

use crate::columns::{CHUNK, Columns, Outputs, Scratch};
use crate::derived::DerivedMachine;
use crate::error::Error;
use crate::indicator::{Entry, Machine};
use crate::kernels::reserve;
use crate::order::Order;
use crate::params::Params;
use crate::session;
use crate::set::Set;
use crate::spec::{MAX_DERIVED, MAX_INPUTS, MAX_OUTPUTS, Spec};
use crate::table::Table;

/// Where results go.
#[derive(Debug)]
pub enum Sink<'a> {
    /// One slice per output, each as long as the input; see [`Sink::series`].
    Series([&'a mut [f64]; MAX_OUTPUTS]),
    /// Rows are added.
    Table(&'a mut Table),
}

impl<'a> Sink<'a> {
    /// A sink of one slice per output.
    pub fn series(slices: impl IntoIterator<Item = &'a mut [f64]>) -> Self {
        let mut series: [&'a mut [f64]; MAX_OUTPUTS] = Default::default();
        for (slot, slice) in series.iter_mut().zip(slices) {
            *slot = slice;
        }
        Self::Series(series)
    }

    /// The same sink for bars `from..to` only; a table stays whole.
    pub fn part(&mut self, from: usize, to: usize) -> Sink<'_> {
        match self {
            Self::Series(series) => Sink::series(
                series
                    .iter_mut()
                    .map(|s| s.get_mut(from..to).unwrap_or_default()),
            ),
            Self::Table(table) => Sink::Table(table),
        }
    }

    /// Has a table told what its report says as of the last bar of a set.
    pub(crate) fn ask(&mut self, set: &mut Set, place: usize) {
        if let Self::Table(table) = self {
            set.report(place, table);
        }
    }

    /// The part of the sink for bars `from..to`, as a machine writes it.
    pub(crate) fn outputs(&mut self, from: usize, to: usize) -> Outputs<'_> {
        let mut outputs = Outputs::default();
        match self {
            Self::Series(series) => {
                for (slot, s) in outputs.series.iter_mut().zip(series) {
                    *slot = s.get_mut(from..to).unwrap_or_default();
                }
            }
            Self::Table(table) => outputs.table = Some(table),
        }
        outputs
    }
}

/// Checks the inputs of a call against the definition and gives their length.
///
/// # Errors
/// Too few or too many, or different lengths.
pub fn check_inputs(entry: &Entry, params: &Params, inputs: &[&[f64]]) -> Result<usize, Error> {
    entry.check_count(params, inputs.len())?;
    let names = entry.spec.inputs;
    let n = inputs.first().map_or(0, |c| c.len());
    match inputs
        .iter()
        .zip(names)
        .find(|(column, _)| column.len() != n)
    {
        Some((column, input)) => Err(Error::input_length(
            input.name,
            column.len(),
            names[0].name,
            n,
        )),
        None => Ok(n),
    }
}

/// Which input is a time, where it is used as one.
pub(crate) fn time_input(entry: &Entry, params: &Params) -> Option<usize> {
    let place = entry.spec.input_index("time")?;
    let unread = [("anchor", "number"), ("anchor", "none"), ("by", "bars")];
    let read = !unread.iter().any(|(name, word)| params.is(name, word));
    read.then_some(place)
}

fn times<'a>(entry: &Entry, params: &Params, inputs: &[&'a [f64]]) -> &'a [f64] {
    let time = time_input(entry, params).and_then(|place| inputs.get(place));
    time.copied().unwrap_or_default()
}

/// Checks that the time with which a series begins is in milliseconds, where it is used as a time.
///
/// # Errors
/// See [`session::check_time`].
pub fn check_start(entry: &Entry, params: &Params, inputs: &[&[f64]]) -> Result<(), Error> {
    session::check_time("time", times(entry, params, inputs))
}

/// Checks that the times of a whole series do not go back, where they are used as times.
///
/// # Errors
/// See [`Order::after`].
pub fn check_order(entry: &Entry, params: &Params, inputs: &[&[f64]]) -> Result<(), Error> {
    Order::NOWHERE.after(0, times(entry, params, inputs))?;
    Ok(())
}

/// Computes one indicator over a whole series. `sink` must have been made for `n` bars.
///
/// # Errors
/// See [`check_inputs`], [`check_start`] and [`Order::after`]; no memory to keep the bars.
pub fn batch(
    entry: &'static Entry,
    params: &Params,
    inputs: &[&[f64]],
    sink: &mut Sink<'_>,
) -> Result<(), Error> {
    let n = check_inputs(entry, params, inputs)?;
    check_start(entry, params, inputs)?;
    check_order(entry, params, inputs)?;
    let mut done = Ok(());
    entry.with(params, |machine| {
        // Few bars find memory, and a short call would feel the question.
        if n > CHUNK {
            done = reserve(n, |room| machine.visit(room));
        }
        if done.is_ok() {
            run(machine, &entry.spec, inputs, n, sink);
        }
    });
    done
}

fn run(machine: &mut dyn Machine, spec: &Spec, inputs: &[&[f64]], n: usize, sink: &mut Sink<'_>) {
    let mut scratch = Scratch::default();
    let mut derived = Shared::of(spec, n.min(CHUNK));
    let mut from = 0;
    while from < n {
        let to = n.min(from + CHUNK);
        let mut x = Columns {
            len: to - from,
            first: from as u64,
            inputs: [&[][..]; MAX_INPUTS],
            derived: [&[][..]; MAX_DERIVED],
        };
        for (slot, column) in x.inputs.iter_mut().zip(inputs) {
            *slot = &column[from..to];
        }
        if !spec.derived.is_empty() {
            derived.process(spec, &x.inputs, to - from);
            x.derived = derived.columns(to - from);
        }
        machine.process(&x, &mut sink.outputs(from, to), &mut scratch);
        from = to;
    }
    if let Sink::Table(table) = sink {
        machine.report(table);
    }
}

/// The shared columns of one indicator that is computed alone.
struct Shared {
    machines: Vec<(DerivedMachine, Vec<f64>)>,
}

impl Shared {
    fn of(spec: &Spec, most: usize) -> Self {
        let machines = spec.derived.iter();
        Self {
            machines: machines
                .map(|d| (DerivedMachine::new(*d), vec![0.0; most]))
                .collect(),
        }
    }

    fn process(&mut self, spec: &Spec, columns: &[&[f64]; MAX_INPUTS], n: usize) {
        for ((machine, out), kind) in self.machines.iter_mut().zip(spec.derived) {
            let inputs = kind
                .inputs()
                .map(|name| spec.input_index(name).map_or(&[][..], |i| columns[i]));
            machine.process(inputs, &mut out[..n]);
        }
    }

    fn columns(&self, n: usize) -> [&[f64]; MAX_DERIVED] {
        core::array::from_fn(|i| self.machines.get(i).map_or(&[][..], |(_, out)| &out[..n]))
    }
}
