//! The place where both sides lay what the other shall take: members, columns, results, an error.

use tvf_core::{Error, Member};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::answer::Answer;
use crate::memory;
use crate::output::Output;

/// The place of exchange. There is one; each operation begins with [`Exchange::clear`].
#[wasm_bindgen]
#[derive(Default)]
pub struct Exchange {
    /// Members still being described, outermost first.
    pub(crate) open: Vec<Member>,
    pub(crate) members: Vec<Member>,
    inputs: Vec<Vec<f64>>,
    pub(crate) bytes: Vec<u8>,
    answer: Answer,
    error: Option<Error>,
}

#[wasm_bindgen]
impl Exchange {
    /// An empty one.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets everything, and gives the memory back.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Takes a column of `n` values and tells where they are to be written; 0 if there is no memory.
    pub fn input(&mut self, n: f64) -> *mut f64 {
        let column = self.attempt(|_| memory::zeros(memory::count(n)?));
        let Some(column) = column else {
            return core::ptr::null_mut();
        };
        self.inputs.push(column);
        self.inputs
            .last_mut()
            .map_or(core::ptr::null_mut(), Vec::as_mut_ptr)
    }

    /// Takes `n` bytes and tells where they are to be written; 0 if there is no memory.
    pub fn bytes(&mut self, n: f64) -> *mut u8 {
        let bytes = self.attempt(|_| {
            let n = memory::count(n)?;
            let mut bytes = Vec::new();
            memory::reserve(&mut bytes, n)?;
            bytes.resize(n, 0);
            Ok(bytes)
        });
        let Some(bytes) = bytes else {
            return core::ptr::null_mut();
        };
        self.bytes = bytes;
        self.bytes.as_mut_ptr()
    }

    /// Where a column of the result of a member begins.
    #[must_use]
    pub fn result(&self, member: usize, column: usize) -> *const f64 {
        self.answer.result(member, column)
    }

    /// How long the columns of the result of a member are.
    #[must_use]
    pub fn length(&self, member: usize) -> usize {
        self.answer.length(member)
    }

    /// A number beside the rows of the result of a member.
    #[must_use]
    pub fn summary(&self, member: usize, number: usize) -> f64 {
        self.answer.summary(member, number)
    }

    /// Gives away the results, which then stay until they are freed.
    pub fn keep(&mut self) -> Answer {
        core::mem::take(&mut self.answer)
    }

    /// Leaves the error that a column is not as long as the first one.
    pub fn differs(&mut self, name: &str, length: usize, first: &str, expected: usize) {
        self.error = Some(Error::input_length(name, length, first, expected));
    }

    /// The error's code.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn code(&self) -> String {
        self.error
            .as_ref()
            .map_or_else(String::new, |e| e.code.as_str().into())
    }

    /// Which parameter or input the error is about.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn parameter(&self) -> String {
        self.error
            .as_ref()
            .map_or_else(String::new, |e| e.name.clone())
    }

    /// What it was.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn value(&self) -> String {
        self.error
            .as_ref()
            .map_or_else(String::new, |e| e.value.clone())
    }

    /// What it may be.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn bound(&self) -> String {
        self.error
            .as_ref()
            .map_or_else(String::new, |e| e.bound.clone())
    }

    /// The error's sentence.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn message(&self) -> String {
        self.error
            .as_ref()
            .map_or_else(String::new, ToString::to_string)
    }

    /// Whether the last call failed; asked where a call answers NaN for both "none yet" and "error".
    #[must_use]
    pub fn failed(&self) -> bool {
        self.error.is_some()
    }
}

impl Exchange {
    /// Does something; an error is kept and `None` returned.
    pub(crate) fn attempt<T>(
        &mut self,
        act: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Option<T> {
        match act(self) {
            Ok(value) => {
                self.error = None;
                Some(value)
            }
            Err(error) => {
                self.error = Some(error);
                None
            }
        }
    }

    pub(crate) fn inputs(&self) -> &[Vec<f64>] {
        &self.inputs
    }

    /// Lays out results; `order` tells for each member asked for which of them is its own.
    pub(crate) fn answer(&mut self, outputs: Vec<Output>, order: &[usize]) {
        self.answer = Answer::new(outputs, order);
    }
}
