//! The store of bars: what goes in comes out, whatever happens to the process, the disk or the file.
#![cfg(feature = "cache")]

mod common;
mod damage;
mod disk;
mod kill;
mod model;
mod processes;
