//! Where bars come from: a server, a folder of files, a sample that needs neither.
//!
//! The core's store asks a [`Source`](tvf_core::cache::Source); these are the ones that the wheel and
//! the command line have.

mod arrow;
pub mod columns;
#[cfg(feature = "files")]
pub mod csv;
mod fault;
#[cfg(feature = "files")]
pub mod file;
#[cfg(feature = "files")]
pub mod folder;
pub mod http;
mod json;
#[cfg(feature = "files")]
pub mod parquet;
mod rate;
pub mod sample;
pub mod times;
