//! Series that are followed bar by bar, with wrong last bars that are put right.

use arbitrary::Arbitrary;
use tvf_core::Input;

use crate::bars::Bars;

/// How a series is followed.
#[derive(Arbitrary, Debug, Clone, Copy)]
pub struct Following {
    /// Bars that come wrong first; a bit for each, over and over.
    wrong: u8,
    /// Optional inputs that are left out; a bit for each.
    left_out: u8,
    /// Bars that come together at the start.
    together: u8,
}

/// What comes next.
#[derive(Debug)]
pub enum Step<'a> {
    /// Bars to be taken.
    Push(Vec<&'a [f64]>),
    /// A bar in the place of the last one.
    Replace(Vec<&'a [f64]>),
}

impl Following {
    /// The columns of a call over at most so many bars; what is left out is empty.
    #[must_use]
    pub fn inputs<'a>(&self, bars: &'a Bars, inputs: &[Input], most: usize) -> Vec<&'a [f64]> {
        let columns = bars.inputs(inputs).into_iter().zip(inputs).enumerate();
        let given = columns.map(|(i, (column, input))| {
            let is_left_out = input.optional && self.left_out >> (i % 8) & 1 == 1;
            if is_left_out {
                &[][..]
            } else {
                &column[..column.len().min(most)]
            }
        });
        given.collect()
    }

    /// The same bars step by step: some together, then one at a time, of which some come as the bar before them was.
    #[must_use]
    pub fn steps<'a>(&self, inputs: &[&'a [f64]]) -> Vec<Step<'a>> {
        let n = inputs.iter().map(|column| column.len()).max().unwrap_or(0);
        let part = |from: usize, to: usize| {
            let columns = inputs.iter();
            columns
                .map(|column| column.get(from..to).unwrap_or_default())
                .collect::<Vec<&'a [f64]>>()
        };
        let first = n.min(self.together.into());
        let mut steps = Vec::new();
        if first > 0 {
            steps.push(Step::Push(part(0, first)));
        }
        for i in first..n {
            if i > 0 && self.wrong >> (i % 8) & 1 == 1 {
                steps.push(Step::Push(part(i - 1, i)));
                steps.push(Step::Replace(part(i, i + 1)));
            } else {
                steps.push(Step::Push(part(i, i + 1)));
            }
        }
        steps
    }
}
