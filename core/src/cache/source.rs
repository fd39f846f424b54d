//! Where bars come from.

use std::time::Duration;

use super::bars::Bars;
use super::series::Series;
use super::spans::Span;
use crate::error::Error;

/// Something that has bars to give: a server, a folder of files, a function of a host.
pub trait Source: Send + Sync {
    /// What it is called; the store remembers it with the bars.
    fn name(&self) -> &str;

    /// The bars of a series whose times are within the bounds, both included, oldest first. None at
    /// all says that there are none.
    ///
    /// # Errors
    /// Why there is no answer.
    fn fetch(&self, series: &Series, span: Span) -> Result<Bars, Failure>;
}

/// Why a source gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What a caller sees if that is the end of it.
    pub error: Error,
    /// Whether another try may go better, and how long to wait before it at least.
    pub again: Option<Duration>,
}

impl Failure {
    /// One that another try would not mend.
    #[must_use]
    pub const fn lasting(error: Error) -> Self {
        Self { error, again: None }
    }

    /// One that may be over soon.
    #[must_use]
    pub const fn passing(error: Error) -> Self {
        Self {
            error,
            again: Some(Duration::ZERO),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::lasting(error)
    }
}
