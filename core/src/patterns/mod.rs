//! Patterns: shapes that prices draw.
//!
//! A family is written once, as a machine that takes bar after bar ([`Detector`]), with its
//! definition as plain data ([`Family`]). From that follow a whole series at once and bar by bar
//! ([`Watch`]), the hosts' functions and the documentation. A pattern is told at the bar that makes
//! it certain and never changes afterwards; what still may is a [`Forming`].

pub mod candlestick;
mod family;
pub mod fibonacci;
mod findings;
mod flat;
#[cfg(test)]
mod hand_made;
mod pattern;
mod ranges;
mod told;
mod turns;
mod watch;

pub use family::{Bar, Detector, Family, FamilyEntry, Need, Word, find};
pub use findings::Findings;
pub use flat::Flat;
pub use pattern::{Condition, Direction, Forming, Miss, Named, Pattern, Point};
pub(crate) use ranges::Ranges;
pub use turns::{Turn, Turns};
pub(crate) use watch::Read;
pub use watch::Watch;

macro_rules! families {
    ($($module:ident :: $name:ident,)*) => {
        $(mod $module;)*
        /// Every family, in the order of the documentation.
        pub static FAMILIES: &[FamilyEntry] = &[$(FamilyEntry::of::<$module::$name>(),)*];
    };
}

families! {
    price::PricePatterns,
    harmonic::Harmonic,
    td::Td,
    elliott::Elliott,
}
