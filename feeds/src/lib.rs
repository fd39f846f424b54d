//! Where bars come from: a server, a folder of files, a sample that needs neither.
//!
//! The core's store asks a [`Source`](tvf_core::cache::Source); these are the ones that the wheel and
//! the command line have.

pub mod columns;
pub mod csv;
mod fault;
pub mod file;
pub mod folder;
pub mod http;
mod json;
pub mod parquet;
mod rate;
pub mod sample;
pub mod times;
