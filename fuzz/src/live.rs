//! Streams: what the last bar gave, and a second stream in the same state.

use tvf_core::Stream;

use crate::compare::Values;

/// What the last call on a stream gave: the rows of its bar, or one value per output.
#[must_use]
pub fn last_rows(stream: &mut Stream) -> Values {
    if stream.entry().spec.is_table() {
        stream.rows().columns().to_vec()
    } else {
        stream.values().iter().map(|x| vec![*x]).collect()
    }
}

/// The stream as its snapshot brings it back.
#[must_use]
pub fn again(stream: &mut Stream) -> Stream {
    Stream::restore(&stream.snapshot().expect("a small state"))
        .expect("what a stream writes can be read")
}
