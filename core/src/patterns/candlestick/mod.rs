//! Candlestick patterns: the sixty-one that TA-Lib knows, with its signs and values.
//!
//! A pattern is a [`Pattern`]: a rule as plain data, which [`Candlesticks`] reads over whole series
//! and bar by bar, and [`explain`] reads aloud for one bar. Results are whole numbers: 100 where a
//! pattern is positive, −100 where it is negative, ±80 where two bodies share an end, ±200 where a
//! hikkake is confirmed, and 0 elsewhere. For reversals and continuations positive means bullish.
//!
//! How long a body is, how short a shadow and how equal two prices must be is told by [`MEASURES`],
//! by the candles before.
//!
//! A bar that lacks one of its prices, or has an infinite one, matches nothing, and behind it
//! everything begins anew, as if the data began there: a pattern that looks back `lookback` bars can
//! be found again after as many.
//!
//! Results depend on no bar after their own. They equal TA-Lib's to the last tie, because the running
//! sums have the same shape and begin with the same bar.

mod averages;
mod candles;
mod candlesticks;
mod comparison;
mod confirm;
mod explain;
mod list;
mod more;
mod one;
mod options;
mod pattern;
mod program;
mod rule;
mod saved;
mod setting;
mod three;
mod two;
mod words;

pub use candlesticks::{Candlesticks, PRICES};
pub use explain::{Condition, explain};
pub use list::{ALL, find};
pub use options::Options;
pub use pattern::{Kind, Pattern};
pub use setting::{Basis, MEASURES, Measure, Setting};
