//! The machines of a plan, run together bar by bar or in longer pieces.

use crate::batch::Sink;
use crate::codec::Codec;
use crate::columns::{CHUNK, Columns, Outputs, Scratch};
use crate::derived::DerivedMachine;
use crate::error::Error;
use crate::indicator::Machine;
use crate::kernels::{Kernel, Visitor, reserve};
use crate::plan::{Op, OpKind, Plan};
use crate::spec::{MAX_DERIVED, MAX_INPUTS, MAX_OUTPUTS};
use crate::table::Table;

/// The machines of a plan. A method that takes a plan wants the one they were made from.
pub struct Set {
    steps: Vec<Step>,
    /// One buffer per slot that a later step reads.
    slots: Vec<Vec<f64>>,
    scratch: Scratch,
    bars: u64,
}

struct Step {
    op: usize,
    /// Which of the sinks it writes.
    sink: Option<usize>,
    wires: Wires,
    machine: StepMachine,
}

/// Where a step reads and writes a bar, laid out for the bar alone: looking it up in the plan would
/// take longer than many a machine does.
#[derive(Debug, Clone, Copy)]
struct Wires {
    /// Slots; [`NOWHERE`] stands for an input that was left out.
    inputs: [usize; MAX_INPUTS],
    derived: [usize; MAX_DERIVED],
    /// The first slot of the results, and how many there are.
    out: usize,
    width: usize,
}

/// No slot.
const NOWHERE: usize = usize::MAX;

impl Wires {
    fn of(op: &Op) -> Self {
        let mut wires = Self {
            inputs: [NOWHERE; MAX_INPUTS],
            derived: [NOWHERE; MAX_DERIVED],
            out: op.out,
            width: op.width(),
        };
        for (wire, slot) in wires.inputs.iter_mut().zip(&op.inputs) {
            *wire = slot.unwrap_or(NOWHERE);
        }
        for (wire, slot) in wires.derived.iter_mut().zip(&op.derived) {
            *wire = *slot;
        }
        wires
    }
}

enum StepMachine {
    Derived(DerivedMachine),
    Member(Box<dyn Machine>),
}

impl core::fmt::Debug for Set {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Set")
            .field("steps", &self.steps.len())
            .field("bars", &self.bars)
            .finish_non_exhaustive()
    }
}

impl Set {
    /// All machines of a plan, before the first bar.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let ops: Vec<usize> = (0..plan.ops.len()).collect();
        Self::of(plan, &ops, Some)
    }

    /// The machines of some steps of a plan; `sink` tells where a sink of the plan is among those
    /// that [`Set::process`] will get.
    pub(crate) fn of(plan: &Plan, ops: &[usize], sink: impl Fn(usize) -> Option<usize>) -> Self {
        let steps = ops.iter().map(|&op| {
            let machine = match &plan.ops[op].kind {
                OpKind::Derived(kind) => StepMachine::Derived(DerivedMachine::new(*kind)),
                OpKind::Member(entry, params) => StepMachine::Member(entry.build(params)),
            };
            Step {
                op,
                sink: plan.ops[op].sink.and_then(&sink),
                wires: Wires::of(&plan.ops[op]),
                machine,
            }
        });
        Self {
            steps: steps.collect(),
            slots: vec![Vec::new(); plan.slots],
            scratch: Scratch::default(),
            bars: 0,
        }
    }

    /// Bars taken so far.
    #[must_use]
    pub const fn bars(&self) -> u64 {
        self.bars
    }

    /// Takes the next bars. `columns` are in the order of [`Plan::columns`] (an empty one stands
    /// for one left out); `sinks` in the order of [`Plan::sinks`], each as long as the columns.
    /// Tables get events only: what a report says is asked for by [`Set::report`].
    pub fn process(&mut self, plan: &Plan, columns: &[&[f64]], sinks: &mut [Sink<'_>]) {
        let n = columns.iter().map(|c| c.len()).max().unwrap_or(0);
        let mut from = 0;
        while from < n {
            let to = n.min(from + CHUNK);
            self.chunk(plan, columns, sinks, (from, to));
            self.bars += (to - from) as u64;
            from = to;
        }
    }

    fn chunk(
        &mut self,
        plan: &Plan,
        columns: &[&[f64]],
        sinks: &mut [Sink<'_>],
        (from, to): (usize, usize),
    ) {
        let n = to - from;
        for step in &mut self.steps {
            let Step {
                op, sink, machine, ..
            } = step;
            let op = &plan.ops[*op];
            let mut results = lend(&mut self.slots, op, n);
            let slots = &self.slots;
            let read = |slot: usize| match columns.get(slot) {
                Some(column) => column.get(from..to).unwrap_or_default(),
                None => &slots[slot][..n],
            };
            match machine {
                StepMachine::Derived(machine) => {
                    let inputs = core::array::from_fn(|i| op.inputs[i].map_or(&[][..], read));
                    machine.process(inputs, &mut results[0][..n]);
                }
                StepMachine::Member(machine) => {
                    let x = gather(op, n, self.bars, read);
                    let sink = sink.and_then(|s| sinks.get_mut(s));
                    if op.feeds {
                        let mut outputs = Outputs::default();
                        for (slot, result) in outputs.series.iter_mut().zip(&mut results) {
                            *slot = result.get_mut(..n).unwrap_or_default();
                        }
                        machine.process(&x, &mut outputs, &mut self.scratch);
                        if let Some(sink) = sink {
                            let shown = sink.outputs(from, to);
                            for (shown, result) in
                                shown.series.into_iter().zip(&results).take(op.width())
                            {
                                shown.copy_from_slice(&result[..n]);
                            }
                        }
                    } else if let Some(sink) = sink {
                        machine.process(&x, &mut sink.outputs(from, to), &mut self.scratch);
                    }
                }
            }
            if op.feeds {
                for (result, slot) in results
                    .into_iter()
                    .zip(&mut self.slots[op.out..])
                    .take(op.width())
                {
                    *slot = result;
                }
            }
        }
    }

    /// Takes one bar, without the detours that many bars at once need. `values` has a place for
    /// each of [`Plan::slots`]: those of the bars' columns hold the bar, and from [`Plan::result`]
    /// on stands what it gives. Events are added to `tables`, one per sink. States, and the summary
    /// beside events, are left to [`Set::report`]: they may cost far more than the bar, and a bar of
    /// a backtest is seldom asked for them.
    pub fn bar(&mut self, values: &mut [f64], tables: &mut [Table]) {
        for step in &mut self.steps {
            let wires = &step.wires;
            // A step reads only what stands before its own results.
            let (before, results) = values.split_at_mut(wires.out);
            let read = |slot: usize| before.get(slot).map_or(&[][..], core::slice::from_ref);
            match &mut step.machine {
                StepMachine::Derived(machine) => {
                    let inputs = core::array::from_fn(|i| read(wires.inputs[i]));
                    machine.process(inputs, &mut results[..1]);
                }
                StepMachine::Member(machine) => {
                    let x = Columns {
                        len: 1,
                        first: self.bars,
                        inputs: wires.inputs.map(read),
                        derived: wires.derived.map(read),
                    };
                    let mut outputs = Outputs::default();
                    let results = results.iter_mut().take(wires.width);
                    for (output, value) in outputs.series.iter_mut().zip(results) {
                        *output = core::slice::from_mut(value);
                    }
                    outputs.table = step.sink.and_then(|s| tables.get_mut(s));
                    machine.process(&x, &mut outputs, &mut self.scratch);
                }
            }
        }
        self.bars += 1;
    }

    /// Writes what a sink's report says as of the last bar: its rows, if they are a state, and its
    /// summary.
    pub fn report(&mut self, sink: usize, table: &mut Table) {
        let mut steps = self.steps.iter_mut();
        let step = steps.find(|step| step.sink == Some(sink));
        if let Some(StepMachine::Member(machine)) = step.map(|step| &mut step.machine) {
            machine.report(table);
        }
    }

    /// What [`Set::bar`] would give; nothing is kept of it. `ask` is called while the bar stands, so
    /// that it can ask for reports.
    pub fn peek_bar(
        &mut self,
        values: &mut [f64],
        tables: &mut [Table],
        ask: impl FnOnce(&mut Self, &mut [Table]),
    ) {
        self.visit(&mut Park);
        self.bar(values, tables);
        ask(self, tables);
        self.undo();
        self.visit(&mut Unpark);
    }

    fn visit(&mut self, visitor: &mut dyn Visitor) {
        for step in &mut self.steps {
            match &mut step.machine {
                StepMachine::Derived(machine) => machine.visit(visitor),
                StepMachine::Member(machine) => machine.visit(visitor),
            }
        }
    }

    /// Takes memory for so many bars to come, where all bars are kept. Without it they take it as
    /// they come, and end the program where there is none.
    ///
    /// # Errors
    /// [`Code::OutOfMemory`](crate::Code::OutOfMemory).
    pub fn reserve(&mut self, bars: usize) -> Result<(), Error> {
        reserve(bars, |room| self.visit(room))
    }

    /// Takes back the last bar; meaningful once after each call that took bars.
    pub fn undo(&mut self) {
        self.bars -= 1;
        self.visit(&mut Undo);
    }

    /// Writes the whole state, or replaces it.
    pub(crate) fn code(&mut self, codec: &mut Codec<'_>) -> Result<(), Error> {
        codec.count(&mut self.bars)?;
        let mut coder = Coder {
            codec,
            result: Ok(()),
        };
        self.visit(&mut coder);
        coder.result
    }
}

/// Takes the buffers that other steps read a step's results from out of the slots, so that the
/// step can write them while it reads others; empty ones if nobody reads them.
fn lend(slots: &mut [Vec<f64>], op: &Op, n: usize) -> [Vec<f64>; MAX_OUTPUTS] {
    let mut results: [Vec<f64>; MAX_OUTPUTS] = Default::default();
    if op.feeds {
        for (result, slot) in results
            .iter_mut()
            .zip(&mut slots[op.out..])
            .take(op.width())
        {
            *result = core::mem::take(slot);
            result.resize(n.max(result.len()), 0.0);
        }
    }
    results
}

fn gather<'a>(op: &Op, len: usize, first: u64, read: impl Fn(usize) -> &'a [f64]) -> Columns<'a> {
    let mut inputs = [&[][..]; MAX_INPUTS];
    for (input, slot) in inputs.iter_mut().zip(&op.inputs) {
        *input = slot.map_or(&[][..], &read);
    }
    let mut derived = [&[][..]; MAX_DERIVED];
    for (column, slot) in derived.iter_mut().zip(&op.derived) {
        *column = read(*slot);
    }
    Columns {
        len,
        first,
        inputs,
        derived,
    }
}

struct Undo;
struct Park;
struct Unpark;
struct Coder<'c, 'b> {
    codec: &'c mut Codec<'b>,
    result: Result<(), Error>,
}

impl Visitor for Undo {
    fn kernel(&mut self, kernel: &mut dyn Kernel) {
        kernel.undo();
    }
}

impl Visitor for Park {
    fn kernel(&mut self, kernel: &mut dyn Kernel) {
        kernel.park();
    }
}

impl Visitor for Unpark {
    fn kernel(&mut self, kernel: &mut dyn Kernel) {
        kernel.unpark();
    }
}

impl Visitor for Coder<'_, '_> {
    fn kernel(&mut self, kernel: &mut dyn Kernel) {
        if self.result.is_ok() {
            self.result = kernel.code(self.codec);
        }
    }
}
