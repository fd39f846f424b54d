//! Signals: what all families of patterns and chosen indicators together say of the last bar.

mod composite;
mod flat;
mod indicators;
mod request;
mod rules;
mod source;
mod votes;

pub use composite::{Composite, Reason, Silent, Why, composite};
pub use flat::Flat;
pub use request::{COLUMNS, COMPOSITE, Columns, Request, signature};
pub use rules::Rule;
pub use source::{Group, Source, sources};
pub use votes::Said;
