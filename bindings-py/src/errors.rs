//! Errors of the core as the exceptions of `tvf.errors`.

use pyo3::prelude::*;
use tvf_core::{Code, Error};

/// The exception class of a code.
const fn class(code: Code) -> &'static str {
    match code {
        Code::UnknownIndicator
        | Code::UnknownFamily
        | Code::UnknownTransform
        | Code::UnknownPattern
        | Code::UnknownColumn => "UnknownNameError",
        Code::UnknownParam
        | Code::ParamType
        | Code::ParamRange
        | Code::ParamChoice
        | Code::UnknownProfile
        | Code::Source => "ParamError",
        Code::InputCount | Code::InputType => "InputTypeError",
        Code::InputRange
        | Code::InputLength
        | Code::InputIndex
        | Code::TimeUnit
        | Code::TimeOrder
        | Code::Session => "InputValueError",
        Code::MixedFeed | Code::NothingToReplace => "StateError",
        Code::SnapshotFormat
        | Code::SnapshotVersion
        | Code::SnapshotDamaged
        | Code::SnapshotSize => "SnapshotError",
        Code::CacheDamaged
        | Code::CacheVersion
        | Code::CacheLocked
        | Code::CacheReadOnly
        | Code::CacheFull
        | Code::CacheStorage
        | Code::Freed => "CacheError",
        Code::FetchFailed | Code::Cancelled => "FetchError",
        Code::OutOfMemory => "OutOfMemoryError",
        // Codes of other hosts, and those to come.
        _ => "Error",
    }
}

/// The exception that says the same as an error of the core.
pub fn exception(py: Python<'_>, error: &Error) -> PyErr {
    let new = || {
        let class = py.import("tvf.errors")?.getattr(class(error.code))?;
        let Error {
            code,
            name,
            value,
            bound,
            ..
        } = error;
        class.call1((error.message(), code.as_str(), name, value, bound))
    };
    new().map_or_else(|failure| failure, PyErr::from_value)
}

/// Results of the core with Python's exceptions.
pub trait OrRaise<T> {
    /// The value, or the exception.
    fn or_raise(self, py: Python<'_>) -> PyResult<T>;
}

impl<T> OrRaise<T> for Result<T, Error> {
    fn or_raise(self, py: Python<'_>) -> PyResult<T> {
        self.map_err(|error| exception(py, &error))
    }
}
