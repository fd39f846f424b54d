//! What can be wrong with what a source gives.

use core::fmt;

use tvf_core::{Code, Error};

/// A source gave no bars.
pub fn failed(name: &str, value: impl fmt::Display, bound: &str, why: impl fmt::Display) -> Error {
    Error::new(
        Code::FetchFailed,
        name,
        value.to_string(),
        bound,
        why.to_string(),
    )
}
