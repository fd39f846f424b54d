//! Chart transforms: other bars made of bars or ticks, by price or by activity rather than by time.
//!
//! A kind is written once, as a machine that takes bar after bar ([`Transformer`]), with its
//! definition as plain data ([`Kind`]). From that follow whole columns at once and bar by bar
//! ([`Transform`]), the hosts' functions and the documentation. A row is told at the bar that closes
//! it and never changes afterwards; the one that is still forming is told apart.
//!
//! Bars of a longer timeframe are made by the [builder](crate::builder).

mod kind;
mod rows;
mod series;
mod span;
mod step;

pub use kind::{Kind, KindEntry, Transformer, find};
pub use rows::{COLUMNS, MOST_ROWS, Row, Rows};
pub use series::Transform;

macro_rules! kinds {
    ($($module:ident :: $name:ident,)*) => {
        /// Every kind, in the order of the documentation.
        pub static KINDS: &[KindEntry] = &[$(KindEntry::of::<$module::$name>(),)*];
    };
}

mod activity;
mod heikin_ashi;
mod kagi;
mod line_break;
mod point_and_figure;
mod range_bars;
mod renko;

kinds! {
    heikin_ashi::HeikinAshi,
    renko::Renko,
    kagi::Kagi,
    point_and_figure::PointAndFigure,
    line_break::LineBreak,
    range_bars::RangeBars,
    activity::TickBars,
    activity::VolumeBars,
    activity::DollarBars,
}
