//! The results of a call, where JavaScript reads them.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::output::Output;

/// What each member of a call gave.
#[wasm_bindgen]
#[derive(Default)]
pub struct Answer {
    outputs: Vec<Output>,
    /// For each member asked for, its output.
    order: Vec<usize>,
}

#[wasm_bindgen]
impl Answer {
    /// Where a column of the result of a member begins.
    #[must_use]
    pub fn result(&self, member: usize, column: usize) -> *const f64 {
        self.column(member, column)
            .map_or(core::ptr::null(), <[f64]>::as_ptr)
    }

    /// How long the columns of the result of a member are.
    #[must_use]
    pub fn length(&self, member: usize) -> usize {
        self.column(member, 0).map_or(0, <[f64]>::len)
    }

    /// A number beside the rows of the result of a member.
    #[must_use]
    pub fn summary(&self, member: usize, number: usize) -> f64 {
        let summary = self.output(member).map_or(&[][..], Output::summary);
        summary.get(number).copied().unwrap_or(f64::NAN)
    }
}

impl Answer {
    /// Of these outputs; `order` tells for each member asked for which of them is its own.
    pub(crate) fn new(outputs: Vec<Output>, order: &[usize]) -> Self {
        let order = order.to_vec();
        Self { outputs, order }
    }

    fn output(&self, member: usize) -> Option<&Output> {
        self.outputs.get(*self.order.get(member)?)
    }

    fn column(&self, member: usize, column: usize) -> Option<&[f64]> {
        let columns = self.output(member)?.columns();
        columns.get(column).map(Vec::as_slice)
    }
}
