//! A store of bars on disk.
//!
//! One file holds many series. A series is cut into chunks ([`chunk`]), which are small, carry a
//! checksum and are read alone; what is known of it besides ([`About`]) says which stretches of time
//! were asked for and when, so that a caller learns what has to be fetched ([`Need`]).

mod about;
mod bars;
pub mod chunk;
mod cut;
mod decimal;
mod fault;
mod fetch;
mod flights;
mod freshness;
mod loader;
mod packed;
mod read;
mod retry;
mod series;
mod source;
mod spans;
mod store;
mod upkeep;
mod write;

pub use about::About;
pub use bars::{Bars, VALUES, View};
pub use fetch::Fetching;
pub use freshness::{Lifetimes, Need};
pub use loader::{Loader, Loading, Progress, Wanted};
pub use read::{Batches, Gap};
pub use retry::{Retry, Stop};
pub use series::Series;
pub use source::{Failure, Source};
pub use spans::{Span, Spans};
pub use store::{Cache, Clock, LAYOUT_VERSION, Options};
pub use upkeep::{Damage, Stats};
pub use write::{Note, Put, Written};
