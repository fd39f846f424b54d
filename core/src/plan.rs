//! Many indicators as one plan: shared columns are computed once, inputs may be other members.

use crate::batch::{Sink, check_order, check_start};
use crate::error::{Code, Error};
use crate::indicator::{Entry, find};
use crate::params::{Arg, Params, Profile};
use crate::set::Set;
use crate::spec::{Derived, Input};

/// A parameter with its own text.
#[derive(Debug, Clone, PartialEq)]
pub enum Setting {
    /// A number.
    Number(f64),
    /// A word.
    Text(String),
}

impl Setting {
    fn arg(&self) -> Arg<'_> {
        match self {
            Self::Number(x) => Arg::Number(*x),
            Self::Text(t) => Arg::Text(t),
        }
    }
}

/// Where a member's input comes from, if not from the column of the same name.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// Another column of the bars.
    Column(String),
    /// Another indicator, and which of its outputs (the first, if not said).
    Member(Box<Member>, Option<String>),
}

/// One indicator of a set, as a caller writes it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Member {
    /// The indicator's id.
    pub id: String,
    /// The profile.
    pub profile: Profile,
    /// Parameters by name.
    pub settings: Vec<(String, Setting)>,
    /// Inputs that do not come from the column of their name.
    pub sources: Vec<(String, Source)>,
}

/// A step of a plan.
#[derive(Debug)]
pub(crate) struct Op {
    pub kind: OpKind,
    /// The slot of each input; `None` for one left out.
    pub inputs: Vec<Option<usize>>,
    /// The slots of the shared columns.
    pub derived: Vec<usize>,
    /// The first of its result slots.
    pub out: usize,
    /// Whether other steps read its results.
    pub feeds: bool,
    /// Its place among the requested results.
    pub sink: Option<usize>,
    label: String,
}

#[derive(Debug)]
pub(crate) enum OpKind {
    Derived(Derived),
    Member(&'static Entry, Params),
}

/// A requested member after planning.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Its indicator.
    pub entry: &'static Entry,
    /// Its parameters.
    pub params: Params,
    /// Its name in a frame, such as `rsi_14` or `ema_9(rsi_14)`.
    pub label: String,
}

/// Steps in an order in which each finds its inputs ready. Slots number the columns: first those
/// of the bars, then the results of the steps.
#[derive(Debug)]
pub struct Plan {
    columns: Vec<String>,
    pub(crate) ops: Vec<Op>,
    pub(crate) slots: usize,
    /// The distinct requested members: one sink each.
    sinks: Vec<Planned>,
    /// For each member asked for, its sink.
    members: Vec<usize>,
}

/// Work that can run on any thread.
pub type Job<'a> = Box<dyn FnOnce() + Send + 'a>;

impl Plan {
    /// Plans members over bars that have the given columns.
    ///
    /// # Errors
    /// Unknown ids, parameters and columns, and sources that give no series.
    pub fn new(members: &[Member], columns: &[&str]) -> Result<Self, Error> {
        let mut plan = Self {
            columns: columns.iter().map(|c| (*c).to_string()).collect(),
            ops: Vec::new(),
            slots: columns.len(),
            sinks: Vec::new(),
            members: Vec::new(),
        };
        for member in members {
            let op = plan.add(member, 0)?;
            let sink = plan.request(op);
            plan.members.push(sink);
        }
        Ok(plan)
    }

    /// The plan of a single indicator that is fed its inputs in the order of the definition.
    pub(crate) fn single(entry: &'static Entry, params: Params) -> Self {
        let inputs = entry.spec.inputs;
        let mut plan = Self {
            columns: inputs.iter().map(|i| i.name.to_string()).collect(),
            ops: Vec::new(),
            slots: inputs.len(),
            sinks: Vec::new(),
            members: vec![0],
        };
        let slots = (0..inputs.len()).map(Some).collect();
        let op = plan.add_op(entry, params, slots, params.label());
        plan.request(op);
        plan
    }

    /// The distinct members, in the order of first mention: one sink each.
    #[must_use]
    pub fn sinks(&self) -> &[Planned] {
        &self.sinks
    }

    /// How many columns there are in all: those of the bars, then the results of the steps.
    #[must_use]
    pub const fn slots(&self) -> usize {
        self.slots
    }

    /// The first slot of a sink's results, in the order of the definition.
    #[must_use]
    pub fn result(&self, sink: usize) -> usize {
        let op = self.ops.iter().find(|op| op.sink == Some(sink));
        op.map_or(self.slots, |op| op.out)
    }

    /// For each member asked for, the position of its sink.
    #[must_use]
    pub fn members(&self) -> &[usize] {
        &self.members
    }

    /// The names of the bars' columns, in the order in which [`Set::process`] wants them.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Which of the bars' columns any step reads.
    #[must_use]
    pub fn used_columns(&self) -> Vec<bool> {
        let mut used = vec![false; self.columns.len()];
        for slot in self
            .ops
            .iter()
            .flat_map(|op| op.inputs.iter().copied().flatten())
        {
            if let Some(u) = used.get_mut(slot) {
                *u = true;
            }
        }
        used
    }

    fn request(&mut self, op: usize) -> usize {
        if let Some(sink) = self.ops[op].sink {
            return sink;
        }
        let sink = self.sinks.len();
        self.ops[op].sink = Some(sink);
        if let OpKind::Member(entry, params) = self.ops[op].kind {
            let label = self.ops[op].label.clone();
            self.sinks.push(Planned {
                entry,
                params,
                label,
            });
        }
        sink
    }

    /// How deep members may nest: far beyond use, and safe for the stack.
    const DEPTH: usize = 32;

    fn add(&mut self, member: &Member, depth: usize) -> Result<usize, Error> {
        let entry = find(&member.id)?;
        if depth > Self::DEPTH {
            let bound = Self::DEPTH.to_string();
            let why = format!("sources nest deeper than {bound}");
            return Err(Error::new(Code::Source, "source", "", bound, why));
        }
        let spec = &entry.spec;
        if let Some((name, _)) = member
            .sources
            .iter()
            .find(|(name, _)| spec.input_index(name).is_none())
        {
            let bound = spec
                .inputs
                .iter()
                .map(|i| i.name)
                .collect::<Vec<_>>()
                .join(", ");
            let why = format!("{} has no input {name:?}; it has {bound}", spec.id);
            return Err(Error::new(Code::Source, name, "", bound, why));
        }
        let settings = member
            .settings
            .iter()
            .map(|(name, s)| (name.as_str(), s.arg()));
        let params = Params::named(spec, member.profile, settings);
        let params = params.map_err(|error| error.of_member(spec.id))?;
        let mut inputs = Vec::with_capacity(spec.inputs.len());
        let mut from = Vec::new();
        for input in spec.inputs {
            let given = member.sources.iter().find(|(name, _)| name == input.name);
            let slot = match given {
                None => self.column(spec.id, input)?,
                Some((_, Source::Column(column))) => {
                    from.push(column.clone());
                    Some(self.named_column(spec.id, column)?)
                }
                Some((_, Source::Member(source, output))) => {
                    let (slot, label) = self.series(source, output.as_deref(), depth)?;
                    from.push(label);
                    Some(slot)
                }
            };
            inputs.push(slot);
        }
        while inputs.last() == Some(&None) {
            inputs.pop();
        }
        entry.check_count(&params, inputs.len())?;
        let mut label = params.label();
        if !from.is_empty() {
            label = format!("{label}({})", from.join(","));
        }
        Ok(self.add_op(entry, params, inputs, label))
    }

    /// The slot of a member's series that another member reads.
    fn series(
        &mut self,
        source: &Member,
        output: Option<&str>,
        depth: usize,
    ) -> Result<(usize, String), Error> {
        let refuse = |bound: String, why: String| {
            Err(Error::new(
                Code::Source,
                "source",
                source.id.clone(),
                bound,
                why,
            ))
        };
        let op = self.add(source, depth + 1)?;
        let OpKind::Member(entry, _) = self.ops[op].kind else {
            unreachable!("members are added")
        };
        let outputs = entry.spec.series();
        if outputs.is_empty() {
            let why = format!("{} gives a table, which cannot be a source", source.id);
            return refuse("an indicator that gives series".into(), why);
        }
        let position = match output {
            None => Some(0),
            Some(name) => outputs.iter().position(|o| o.name == name),
        };
        let Some(position) = position else {
            let bound = outputs
                .iter()
                .map(|o| o.name)
                .collect::<Vec<_>>()
                .join(", ");
            let why = format!(
                "{} has no output {:?}; it has {bound}",
                source.id,
                output.unwrap_or("")
            );
            return refuse(bound, why);
        };
        self.ops[op].feeds = true;
        let mut label = self.ops[op].label.clone();
        if outputs.len() > 1 {
            label = format!("{label}.{}", outputs[position].name);
        }
        Ok((self.ops[op].out + position, label))
    }

    fn column(&self, id: &str, input: &Input) -> Result<Option<usize>, Error> {
        let name = if input.name == "source" {
            "close"
        } else {
            input.name
        };
        match self.columns.iter().position(|c| c == name) {
            None if !input.optional => self.named_column(id, name).map(Some),
            found => Ok(found),
        }
    }

    fn named_column(&self, id: &str, name: &str) -> Result<usize, Error> {
        self.columns.iter().position(|c| c == name).ok_or_else(|| {
            let bound = self.columns.join(", ");
            let why = format!("{id} needs the column {name:?}; there are {bound}");
            Error::new(Code::UnknownColumn, name, "", bound, why)
        })
    }

    fn add_op(
        &mut self,
        entry: &'static Entry,
        params: Params,
        inputs: Vec<Option<usize>>,
        label: String,
    ) -> usize {
        let same =
            |op: &Op| matches!(op.kind, OpKind::Member(_, p) if p == params) && op.inputs == inputs;
        if let Some(op) = self.ops.iter().position(same) {
            return op;
        }
        let derived = entry.spec.derived.iter().map(|kind| {
            let slots = kind.inputs().map(|name| {
                entry
                    .spec
                    .input_index(name)
                    .and_then(|i| inputs.get(i).copied().flatten())
            });
            self.add_derived(*kind, slots.to_vec())
        });
        let derived = derived.collect();
        let out = self.slots;
        self.slots += entry.spec.series().len();
        let kind = OpKind::Member(entry, params);
        self.ops.push(Op {
            kind,
            inputs,
            derived,
            out,
            feeds: false,
            sink: None,
            label,
        });
        self.ops.len() - 1
    }

    fn add_derived(&mut self, kind: Derived, inputs: Vec<Option<usize>>) -> usize {
        let same =
            |op: &&Op| matches!(op.kind, OpKind::Derived(k) if k == kind) && op.inputs == inputs;
        if let Some(op) = self.ops.iter().find(same) {
            return op.out;
        }
        let out = self.slots;
        self.slots += 1;
        let label = String::new();
        let kind = OpKind::Derived(kind);
        self.ops.push(Op {
            kind,
            inputs,
            derived: vec![],
            out,
            feeds: true,
            sink: None,
            label,
        });
        out
    }

    /// Computes everything over a whole series. Groups of members that share nothing go to `run` as
    /// separate jobs; without `parallel` there is one job, which keeps the bars in the cache.
    ///
    /// # Errors
    /// Columns of different lengths, times that are not milliseconds or go back, or no memory to keep
    /// the bars.
    pub fn run<'a>(
        &'a self,
        columns: &'a [&'a [f64]],
        sinks: Vec<Sink<'a>>,
        parallel: bool,
        run: impl FnOnce(Vec<Job<'a>>),
    ) -> Result<(), Error> {
        self.check(columns)?;
        let groups = if parallel {
            self.groups()
        } else {
            vec![(0..self.ops.len()).collect()]
        };
        let mut sinks: Vec<Option<Sink<'a>>> = sinks.into_iter().map(Some).collect();
        let bars = columns.iter().map(|c| c.len()).max().unwrap_or(0);
        let mut jobs: Vec<Job<'a>> = Vec::with_capacity(groups.len());
        for ops in groups {
            let wanted = self.sinks_of(&ops);
            let mut own: Vec<Sink<'a>> = wanted.iter().filter_map(|s| sinks[*s].take()).collect();
            let mut set = Set::of(self, &ops, |sink| wanted.iter().position(|w| *w == sink));
            set.reserve(bars)?;
            jobs.push(Box::new(move || {
                set.process(self, columns, &mut own);
                for (i, sink) in own.iter_mut().enumerate() {
                    sink.ask(&mut set, i);
                }
            }));
        }
        run(jobs);
        Ok(())
    }

    /// The sinks that each job fills where [`Plan::run`] makes several, in the order of the jobs.
    #[must_use]
    pub fn shares(&self) -> Vec<Vec<usize>> {
        let groups = self.groups().into_iter();
        groups.map(|ops| self.sinks_of(&ops)).collect()
    }

    fn sinks_of(&self, ops: &[usize]) -> Vec<usize> {
        ops.iter().filter_map(|op| self.ops[*op].sink).collect()
    }

    /// Checks columns before they are used.
    ///
    /// # Errors
    /// Columns of different lengths, or times that are not milliseconds or go back.
    pub fn check(&self, columns: &[&[f64]]) -> Result<(), Error> {
        let used = self.used_columns();
        let mut known: Option<(&str, usize)> = None;
        for ((name, column), _) in self
            .columns
            .iter()
            .zip(columns)
            .zip(used)
            .filter(|(_, used)| *used)
        {
            let (first, n) = *known.get_or_insert((name, column.len()));
            if column.len() != n {
                return Err(Error::input_length(name, column.len(), first, n));
            }
        }
        for op in &self.ops {
            let OpKind::Member(entry, params) = &op.kind else {
                continue;
            };
            let inputs = op
                .inputs
                .iter()
                .map(|slot| slot.and_then(|slot| columns.get(slot)));
            let inputs: Vec<&[f64]> = inputs.map(|c| c.copied().unwrap_or_default()).collect();
            check_start(entry, params, &inputs)?;
            check_order(entry, params, &inputs)?;
        }
        Ok(())
    }

    /// Steps that depend on each other, or on the same shared column, in order of first mention.
    fn groups(&self) -> Vec<Vec<usize>> {
        let mut group: Vec<usize> = (0..self.ops.len()).collect();
        let producer = |slot: usize| {
            self.ops
                .iter()
                .position(|op| (op.out..op.out + op.width()).contains(&slot))
        };
        for (i, op) in self.ops.iter().enumerate() {
            let slots = op
                .inputs
                .iter()
                .copied()
                .flatten()
                .chain(op.derived.iter().copied());
            for j in slots.filter_map(producer) {
                let (from, to) = (group[i], group[j]);
                group
                    .iter_mut()
                    .filter(|g| **g == from)
                    .for_each(|g| *g = to);
            }
        }
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut order: Vec<usize> = Vec::new();
        for (op, g) in group.iter().enumerate() {
            let at = order.iter().position(|o| o == g).unwrap_or_else(|| {
                order.push(*g);
                groups.push(Vec::new());
                order.len() - 1
            });
            groups[at].push(op);
        }
        groups
    }
}

impl Op {
    /// How many result slots it has.
    pub fn width(&self) -> usize {
        match self.kind {
            OpKind::Derived(_) => 1,
            OpKind::Member(entry, _) => entry.spec.series().len(),
        }
    }
}
