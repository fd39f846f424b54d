//! Bars from ticks and from bars.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::unwrap_used,
    reason = "small numbers, and a test may fail"
)]

#[path = "../common/mod.rs"]
mod common;

mod agreement;
mod bars;
mod calendar;
mod list;
mod settings;
mod snapshots;
mod ticks;
mod twin;
mod zones;
