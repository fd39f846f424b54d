//! Chunks that somebody made to do harm: their checksum is right.

use pco::standalone::simple_compress_into;
use pco::{ChunkConfig, ModeSpec, PagingSpec};
use tvf_core::cache::chunk::{Encoder, Fault, read_bars};

use super::common::minutes;

/// Where the head has the length of the last part.
const LENGTH: usize = 32 + 4 * 5;

/// A chunk whose volumes are of two kinds, one no decimal, that `pco` wrote in this way.
fn forged(how: &ChunkConfig) -> Vec<u8> {
    let mut bars = minutes(0, 500, 1);
    for (at, volume) in bars.volume.iter_mut().enumerate() {
        *volume = if at % 2 == 0 { 2.5 } else { 1.0 / 3.0 };
    }
    let mut bytes = Encoder::default().encode(bars.view());
    bytes.truncate(bytes.len() - 4);
    let length = u32::from_le_bytes(bytes[LENGTH..LENGTH + 4].try_into().unwrap()) as usize;
    // The byte that says `pco` stays.
    bytes.truncate(bytes.len() - length + 1);
    let from = bytes.len();
    simple_compress_into(&bars.volume, how, &mut bytes).unwrap();
    let length = u32::try_from(bytes.len() - from + 1).unwrap();
    bytes[LENGTH..LENGTH + 4].copy_from_slice(&length.to_le_bytes());
    signed(&bytes)
}

fn signed(bytes: &[u8]) -> Vec<u8> {
    [bytes, &crc32fast::hash(bytes).to_le_bytes()].concat()
}

#[test]
fn other_ways_of_the_compressor_are_read_or_refused() {
    let way = ChunkConfig::default;
    assert_eq!(read_bars(&forged(&way())).map(|bars| bars.len()), Ok(500));
    let classic = way().with_mode_spec(ModeSpec::Classic);
    assert_eq!(read_bars(&forged(&classic)).map(|bars| bars.len()), Ok(500));
    // A dictionary may claim 268 MB in a chunk of a hundred bytes.
    let dictionary = way().with_mode_spec(ModeSpec::TryDict);
    assert_eq!(
        read_bars(&forged(&dictionary)).err(),
        Some(Fault::Part("volume"))
    );
    let pieces = way().with_paging_spec(PagingSpec::EqualPagesUpTo(300));
    assert_eq!(
        read_bars(&forged(&pieces)).err(),
        Some(Fault::Part("volume"))
    );
}
