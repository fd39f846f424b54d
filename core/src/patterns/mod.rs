//! Shapes that traders have names for.

pub mod candlestick;
