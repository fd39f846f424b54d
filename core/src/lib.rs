//! Indicators as state machines that give the same bits in every host.
//!
//! An indicator is written once, as a machine that takes any number of bars ([`Indicator`]), with
//! its definition as plain data ([`Spec`]). From that follow a whole series at once ([`batch`]),
//! bar by bar ([`Stream`]) and many indicators together ([`Set`]).

#![deny(unsafe_code)]
// The vectors of 64-bit memory are not yet stable, as the target itself is not.
#![cfg_attr(
    all(target_arch = "wasm64", target_feature = "simd128"),
    feature(simd_wasm64)
)]

mod batch;
pub mod builder;
#[cfg(feature = "cache")]
pub mod cache;
pub mod chart;
mod checksum;
pub mod clock;
mod codec;
mod columns;
mod derived;
mod displace;
mod error;
pub mod evaluation;
mod indicator;
mod indicators;
pub mod kernels;
pub mod order;
mod params;
pub mod patterns;
mod plan;
pub mod session;
mod set;
pub mod signals;
mod snapshot;
mod spec;
mod stream;
mod table;
mod told;
pub mod transforms;
pub mod tuning;

pub use batch::{Sink, batch, check_inputs, check_start};
pub use codec::{Codec, Fields};
pub use columns::{CHUNK, Columns, Outputs, Scratch};
pub use displace::displace;
pub use error::{Code, Error};
pub use indicator::{Entry, Indicator, find};
pub use indicators::ALL;
pub use params::{Arg, Params, Profile, Signature};
pub use plan::{Job, Member, Plan, Planned, Setting, Source};
pub use set::Set;
pub use spec::*;
pub use stream::Stream;
pub use table::Table;

/// The version of crate, wheel and npm package.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
