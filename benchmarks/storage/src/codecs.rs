//! Ways to turn bars into bytes.

use pco::ChunkConfig;
use pco::standalone::{simple_compress, simple_decompress};
use tvf_core::cache::chunk::{Decoder, Encoder};
use tvf_core::cache::{Bars, View};

pub struct Codec {
    pub name: &'static str,
    pub encode: fn(View<'_>) -> Vec<u8>,
    pub decode: fn(&[u8]) -> Bars,
}

pub const CODECS: [Codec; 7] = [
    Codec {
        name: "ours: decimals, distances, packed",
        encode: ours,
        decode: from_ours,
    },
    Codec {
        name: "doubles, pco",
        encode: |b| doubles_pco(b),
        decode: from_doubles_pco,
    },
    Codec {
        name: "doubles, zstd 3",
        encode: |b| zstd(&plain(b)),
        decode: |b| from_plain(&unzstd(b)),
    },
    Codec {
        name: "delta of delta and XOR, LZ4",
        encode: |b| lz4(&xored(b)),
        decode: |b| from_xored(&unlz4(b)),
    },
    Codec {
        name: "delta of delta and XOR, zstd 3",
        encode: |b| zstd(&xored(b)),
        decode: |b| from_xored(&unzstd(b)),
    },
    Codec {
        name: "doubles, LZ4",
        encode: |b| lz4(&plain(b)),
        decode: |b| from_plain(&unlz4(b)),
    },
    Codec {
        name: "plain",
        encode: |b| plain(b),
        decode: |b| from_plain(b),
    },
];

fn ours(bars: View<'_>) -> Vec<u8> {
    Encoder::default().encode(bars)
}

fn from_ours(bytes: &[u8]) -> Bars {
    let mut bars = Bars::default();
    Decoder::default()
        .decode(bytes, &mut bars)
        .expect("what was written");
    bars
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, 3).expect("compresses")
}

fn unzstd(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::decompress(bytes, 1 << 26).expect("what was written")
}

fn lz4(bytes: &[u8]) -> Vec<u8> {
    lz4_flex::compress_prepend_size(bytes)
}

fn unlz4(bytes: &[u8]) -> Vec<u8> {
    lz4_flex::decompress_size_prepended(bytes).expect("what was written")
}

/// Column after column; the bytes of the numbers by their place, so that like bytes stand together.
fn planes(columns: &[Vec<u64>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for column in columns {
        for place in 0..8 {
            bytes.extend(column.iter().map(|n| n.to_le_bytes()[place]));
        }
    }
    bytes
}

fn from_planes(bytes: &[u8]) -> Vec<Vec<u64>> {
    let bars = bytes.len() / 48;
    let column = |plane: &[u8]| {
        (0..bars)
            .map(|bar| u64::from_le_bytes(std::array::from_fn(|place| plane[place * bars + bar])))
            .collect()
    };
    bytes.chunks(8 * bars.max(1)).map(column).collect()
}

fn plain(bars: View<'_>) -> Vec<u8> {
    let mut bytes: Vec<u8> = bars.time.iter().flat_map(|t| t.to_le_bytes()).collect();
    for column in bars.values {
        bytes.extend(column.iter().flat_map(|v| v.to_le_bytes()));
    }
    bytes
}

fn from_plain(bytes: &[u8]) -> Bars {
    let bars = bytes.len() / 48;
    let mut columns = bytes.chunks_exact(8 * bars.max(1));
    let word = |b: &[u8]| -> [u8; 8] { b.try_into().expect("eight bytes") };
    let mut made = Bars::default();
    made.time.extend(
        columns
            .next()
            .into_iter()
            .flat_map(|c| c.chunks_exact(8))
            .map(|b| i64::from_le_bytes(word(b))),
    );
    for (column, bytes) in made.values_mut().into_iter().zip(columns) {
        column.extend(bytes.chunks_exact(8).map(|b| f64::from_le_bytes(word(b))));
    }
    made
}

fn xored(bars: View<'_>) -> Vec<u8> {
    let mut columns = vec![Vec::new()];
    let (mut before, mut distance) = (0i64, 0i64);
    for &time in bars.time {
        let now = time.wrapping_sub(before);
        columns[0].push(now.wrapping_sub(distance).cast_unsigned());
        (before, distance) = (time, now);
    }
    for values in bars.values {
        let mut before = 0;
        columns.push(
            values
                .iter()
                .map(|v| std::mem::replace(&mut before, v.to_bits()) ^ v.to_bits())
                .collect(),
        );
    }
    planes(&columns)
}

fn from_xored(bytes: &[u8]) -> Bars {
    let mut columns = from_planes(bytes).into_iter();
    let mut made = Bars::default();
    let (mut time, mut distance) = (0i64, 0i64);
    for second in columns.next().into_iter().flatten() {
        distance = distance.wrapping_add(second.cast_signed());
        time = time.wrapping_add(distance);
        made.time.push(time);
    }
    for (column, bits) in made.values_mut().into_iter().zip(columns) {
        let mut before = 0;
        column.extend(bits.into_iter().map(|b| {
            before ^= b;
            f64::from_bits(before)
        }));
    }
    made
}

fn doubles_pco(bars: View<'_>) -> Vec<u8> {
    let config = ChunkConfig::default();
    let mut bytes = Vec::new();
    let mut add = |part: Vec<u8>| {
        bytes.extend(u32::try_from(part.len()).expect("small").to_le_bytes());
        bytes.extend(part);
    };
    add(simple_compress(bars.time, &config).expect("compresses"));
    for column in bars.values {
        add(simple_compress(column, &config).expect("compresses"));
    }
    bytes
}

fn from_doubles_pco(mut bytes: &[u8]) -> Bars {
    let mut next = || {
        let (len, rest) = bytes.split_at(4);
        let (part, rest) =
            rest.split_at(u32::from_le_bytes(len.try_into().expect("four bytes")) as usize);
        bytes = rest;
        part
    };
    let mut made = Bars {
        time: simple_decompress(next()).expect("what was written"),
        ..Bars::default()
    };
    for column in made.values_mut() {
        *column = simple_decompress(next()).expect("what was written");
    }
    made
}
