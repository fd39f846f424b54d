//! A family at work on a series: all of it at once, or as it comes.

use super::family::{Bar, FamilyEntry, Machine, Need};
use super::findings::Findings;
use super::pattern::Forming;
use crate::error::{Code, Error};
use crate::order::Order;
use crate::params::{Params, show};
use crate::session;
use crate::spec::Input;

/// Follows a series and keeps what is needed to go on, and to take the last bar back.
pub struct Watch {
    entry: &'static FamilyEntry,
    params: Params,
    machine: Box<dyn Machine>,
    /// The machine as it was before the last bar.
    before: Option<Box<dyn Machine>>,
    bars: u64,
    order: Order,
}

impl core::fmt::Debug for Watch {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let id = self.entry.family.id;
        write!(f, "Watch({id}, {} bars)", self.bars)
    }
}

impl Clone for Watch {
    fn clone(&self) -> Self {
        Self {
            machine: self.machine.copy(),
            before: self.before.as_ref().map(|m| m.copy()),
            ..*self
        }
    }
}

impl Watch {
    /// Before any bar.
    #[must_use]
    pub fn new(entry: &'static FamilyEntry, params: Params) -> Self {
        Self {
            entry,
            machine: entry.build(&params),
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

    /// The family.
    #[must_use]
    pub const fn entry(&self) -> &'static FamilyEntry {
        self.entry
    }

    /// How many bars were taken.
    #[must_use]
    pub const fn bars(&self) -> u64 {
        self.bars
    }

    /// Takes the next bars, columns in the order of the family's inputs, an optional one left empty
    /// where it is not there, and adds what they make certain. Bars with a missing price are counted
    /// and passed over.
    ///
    /// # Errors
    /// Too few inputs, different lengths, volumes below 0, times that go back or are not milliseconds,
    /// and [`Code::ParamRange`] for a parameter that asks for a column which is not there; then no bar
    /// was taken.
    pub fn extend(&mut self, inputs: &[&[f64]], found: &mut Findings) -> Result<(), Error> {
        let columns = Read::new(self.entry.family.inputs, inputs)?;
        let n = columns.len;
        let Some(last) = n.checked_sub(1) else {
            return Ok(());
        };
        if let Some(need) = self.entry.need(&self.params)
            && columns.lacks(need.input)
        {
            return Err(unmet(&need, &self.params));
        }
        columns.check_volume(self.bars)?;
        if self.bars == 0 {
            session::check_time("time", columns.time())?;
        }
        self.order = self.order.after(self.bars, columns.time())?;
        for i in 0..n {
            if i == last {
                self.before = Some(self.machine.copy());
            }
            let bar = columns.bar(i, self.bars);
            self.bars += 1;
            if columns.whole(i) {
                self.machine.bar(&bar, found);
            }
        }
        Ok(())
    }

    /// Takes the next bar, as columns of one value each.
    ///
    /// # Errors
    /// As [`Watch::extend`], and [`Code::InputLength`] for other than one bar.
    pub fn update(&mut self, inputs: &[&[f64]], found: &mut Findings) -> Result<(), Error> {
        Read::check_one("update", inputs)?;
        self.extend(inputs, found)
    }

    /// Adds what a bar would make certain as the next one, and keeps nothing of it.
    ///
    /// # Errors
    /// As [`Watch::update`].
    pub fn peek(&self, inputs: &[&[f64]], found: &mut Findings) -> Result<(), Error> {
        Read::check_one("peek", inputs)?;
        let mut next = Self {
            machine: self.machine.copy(),
            before: None,
            ..*self
        };
        next.extend(inputs, found)
    }

    /// Puts another bar in the place of the last one, and adds what it makes certain. What the bar
    /// before it had added is void.
    ///
    /// # Errors
    /// As [`Watch::update`], and [`Code::NothingToReplace`].
    pub fn replace(&mut self, inputs: &[&[f64]], found: &mut Findings) -> Result<(), Error> {
        Read::check_one("replace", inputs)?;
        let Some(before) = &self.before else {
            let why = "there is no bar to replace yet";
            let (code, bound) = (Code::NothingToReplace, "after the first bar");
            return Err(Error::new(code, "replace", "", bound, why));
        };
        let mut next = Self {
            machine: before.copy(),
            before: None,
            bars: self.bars - 1,
            order: self.order.undone(),
            ..*self
        };
        next.extend(inputs, found)?;
        *self = next;
        Ok(())
    }

    /// The patterns that the last bar leaves unfinished.
    #[must_use]
    pub fn forming(&self) -> Vec<Forming> {
        let mut forming = Vec::new();
        self.machine.forming(&mut forming);
        forming
    }
}

#[cold]
fn unmet(need: &Need, params: &Params) -> Error {
    let Need {
        param,
        input,
        bound,
    } = need;
    let value = show(params.number(param));
    let why = format!("{param} {value} needs {input}, which is not there");
    Error::new(Code::ParamRange, *param, value, *bound, why)
}

/// The columns that a bar is made of.
const NAMES: [&str; 6] = ["time", "open", "high", "low", "close", "volume"];

/// The columns of a call.
pub(crate) struct Read<'a> {
    len: usize,
    /// In the order of [`NAMES`]; empty where there is none.
    columns: [&'a [f64]; NAMES.len()],
    /// Those that must be there.
    needed: [bool; NAMES.len()],
}

impl<'a> Read<'a> {
    pub fn new(inputs: &[Input], given: &[&'a [f64]]) -> Result<Self, Error> {
        let mut read = Self {
            len: given.first().map_or(0, |c| c.len()),
            columns: [&[]; NAMES.len()],
            needed: [false; NAMES.len()],
        };
        for (i, input) in inputs.iter().enumerate() {
            let column = given.get(i).copied().unwrap_or_default();
            let left_out = input.optional && column.is_empty();
            if column.len() != read.len && !left_out {
                let (name, first) = (input.name, inputs[0].name);
                return Err(Error::input_length(name, column.len(), first, read.len));
            }
            if let Some(place) = NAMES.iter().position(|name| *name == input.name) {
                read.columns[place] = column;
                read.needed[place] = !input.optional;
            }
        }
        Ok(read)
    }

    /// Refuses other than one bar.
    pub fn check_one(verb: &str, given: &[&[f64]]) -> Result<(), Error> {
        let bars = given.first().map_or(0, |column| column.len());
        if bars == 1 {
            return Ok(());
        }
        let why = format!("{verb} takes one bar but got {bars}");
        let (code, value) = (Code::InputLength, bars.to_string());
        Err(Error::new(code, verb, value, "1", why))
    }

    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether a column was left out.
    pub fn lacks(&self, name: &str) -> bool {
        let mut columns = NAMES.iter().zip(self.columns);
        columns.any(|(known, column)| *known == name && column.is_empty())
    }

    /// Refuses volumes below 0; `first` is the position of the first bar.
    pub fn check_volume(&self, first: u64) -> Result<(), Error> {
        let [.., volume] = self.columns;
        let Some(place) = volume.iter().position(|x| x.is_finite() && *x < 0.0) else {
            return Ok(());
        };
        let (value, bar) = (show(volume[place]), first + place as u64);
        let why = format!("volume {value} of bar {bar} is below 0");
        Err(Error::new(
            Code::InputRange,
            "volume",
            value,
            "at least 0",
            why,
        ))
    }

    pub const fn time(&self) -> &'a [f64] {
        self.columns[0]
    }

    pub fn bar(&self, i: usize, index: u64) -> Bar {
        let at = |column: &[f64]| column.get(i).copied().unwrap_or(f64::NAN);
        let [time, open, high, low, close, volume] = self.columns.map(at);
        Bar {
            index,
            time,
            open,
            high,
            low,
            close,
            volume,
        }
    }

    /// Whether nothing that a bar must have is missing.
    pub fn whole(&self, i: usize) -> bool {
        let mut columns = self.columns.iter().zip(self.needed);
        columns.all(|(column, needed)| !needed || column.get(i).is_some_and(|x| x.is_finite()))
    }
}
