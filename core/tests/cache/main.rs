//! The store of bars: what goes in comes out, whatever happens to the process, the disk or the file.
#![cfg(feature = "cache")]
#![expect(
    clippy::unwrap_used,
    reason = "in tests a panic is how a failure shows"
)]

mod common;
mod damage;
mod disk;
mod fetch;
mod forged;
mod kill;
mod model;
mod processes;
