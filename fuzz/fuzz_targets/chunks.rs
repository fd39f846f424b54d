//! Any bytes as a chunk of the store, and such with a right checksum: refused, or bars that can be written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tvf_core::cache::chunk::{Encoder, read_bars};

fuzz_target!(|bytes: &[u8]| {
    judge(bytes);
    let sum = crc32fast::hash(bytes).to_le_bytes();
    judge(&[bytes, &sum].concat());
});

fn judge(bytes: &[u8]) {
    let Ok(bars) = read_bars(bytes) else { return };
    if bars.is_empty() {
        return;
    }
    let again = read_bars(&Encoder::default().encode(bars.view()));
    let again = again.expect("what was written can be read");
    assert_eq!(again.time, bars.time);
    for (a, b) in again.values().into_iter().zip(bars.values()) {
        assert!(a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits()));
    }
}
