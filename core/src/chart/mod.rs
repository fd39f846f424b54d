//! What a chart computes besides indicators, for windows of many bars and frames of few milliseconds.
//!
//! A chart asks the same four things on every move of the mouse: which bars are seen ([`viewport`]), between which
//! prices they lie ([`Tree`], [`Padding`]), where a price is in pixels ([`Scale`], [`ticks`], [`time_ticks`]), and
//! which few values stand for the many ([`Candles`], [`extremes`], [`lttb`]). And of a drawing it asks how far the
//! mouse is from it ([`hit`]).
//!
//! A missing value (NaN or infinite) is passed over everywhere. Windows are half-open ranges of bar numbers; whatever
//! reaches beyond the bars is cut off.
//!
//! What is called from many places and seldom is marked `inline(never)`: in a page each copy is loaded.

mod buckets;
mod calendar;
mod candles;
pub(crate) mod check;
mod extremes;
pub mod hit;
mod lttb;
mod padding;
mod scale;
mod ticks;
mod time_ticks;
mod tree;
pub mod viewport;

pub use buckets::Buckets;
pub use candles::{Candles, Columns};
pub use check::count;
pub use extremes::extremes;
pub use lttb::lttb;
pub use padding::Padding;
pub use scale::{Kind, Scale};
pub use ticks::{Ticks, log_ticks, ticks};
pub use time_ticks::{TimeTicks, Unit, time_ticks};
pub use tree::{Leaves, Node, Tree};
