//! What the fuzz targets share: how the fuzzer's bytes become numbers, bars and parameters, and ways to run an entry.

mod bars;
mod compare;
mod following;
mod live;
mod number;
mod settings;

pub use bars::{Bar, Bars, COLUMNS, Piece, millisecond};
pub use compare::{Values, assert_same, collect, run_batch, same};
pub use following::{Following, Step};
pub use live::{again, last_rows};
pub use number::Number;
pub use settings::{Knob, Pick, Settings};
