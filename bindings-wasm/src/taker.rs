//! Results that JavaScript takes while others are still being computed.

use tvf_core::Plan;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::output::Output;

#[wasm_bindgen]
extern "C" {
    /// JavaScript's side: an object that copies columns. It must not throw.
    pub type Taker;

    /// Copies a column of a member's result, which is as long as the bars that are computed.
    #[wasm_bindgen(method)]
    fn take(this: &Taker, member: u32, column: u32, address: *const f64);
}

/// Where the columns of each job's results lie, for members in the order in which they were asked for.
pub struct Shares(Vec<Vec<(u32, Vec<*const f64>)>>);

impl Shares {
    /// Those of the jobs that a plan makes; tables are left out, as nobody knows yet how long they become.
    #[expect(clippy::cast_possible_truncation, reason = "members of a set")]
    pub fn of(plan: &Plan, outputs: &[Output]) -> Self {
        let columns = |output: &Output| match output {
            Output::Series(series) => series.iter().map(Vec::as_ptr).collect(),
            Output::Table(_) => Vec::new(),
        };
        let members = |sink: usize| {
            let own = plan.members().iter().enumerate();
            own.filter(move |(_, s)| **s == sink)
                .map(|(member, _)| member as u32)
        };
        let share = |sinks: Vec<usize>| {
            let each = sinks.into_iter().flat_map(|sink| {
                members(sink).map(move |member| (member, columns(&outputs[sink])))
            });
            each.collect()
        };
        Self(plan.shares().into_iter().map(share).collect())
    }

    /// Has the results of a job taken, which must be done.
    pub fn hand(&self, job: usize, taker: &Taker) {
        for (member, columns) in self.0.get(job).into_iter().flatten() {
            for (column, address) in (0..).zip(columns) {
                taker.take(*member, column, *address);
            }
        }
    }
}
