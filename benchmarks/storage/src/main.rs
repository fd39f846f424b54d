//! Which codec the cache should use: bytes a bar, and the time to write and read 5,000 bars in chunks.
//!
//! cargo run --release --manifest-path benchmarks/storage/Cargo.toml [FOLDER OF CSV FILES] [--bars-per-chunk N]

mod codecs;
mod market;

use std::hint::black_box;
use std::time::Instant;

use codecs::CODECS;
use tvf_core::cache::Bars;

const BARS: usize = 5_000;

fn best(times: usize, mut run: impl FnMut()) -> f64 {
    let once = |_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64()
    };
    (0..times).map(once).fold(f64::INFINITY, f64::min)
}

fn table(name: &str, bars: &Bars, per_chunk: usize) {
    println!("\n{name}: {} bars, {per_chunk} a chunk", bars.len());
    println!(
        "{:34}{:>12}{:>14}{:>14}",
        "", "bytes/bar", "write ns/bar", "read ns/bar"
    );
    let view = bars.view();
    let parts: Vec<_> = (0..view.len())
        .step_by(per_chunk)
        .map(|from| view.part(from..(from + per_chunk).min(view.len())))
        .collect();
    for codec in CODECS {
        let chunks: Vec<Vec<u8>> = parts.iter().map(|&part| (codec.encode)(part)).collect();
        for (chunk, part) in chunks.iter().zip(&parts) {
            let back = (codec.decode)(chunk);
            assert_eq!(back.time, part.time, "{}", codec.name);
            for (back, was) in back.values().iter().zip(part.values) {
                assert!(
                    back.iter()
                        .zip(was)
                        .all(|(a, b)| a.to_bits() == b.to_bits()),
                    "{}",
                    codec.name
                );
            }
        }
        let bytes: usize = chunks.iter().map(Vec::len).sum();
        let per_bar = 1e9 / view.len() as f64;
        let write = best(7, || {
            parts
                .iter()
                .for_each(|&part| drop(black_box((codec.encode)(part))))
        });
        let read = best(15, || {
            chunks
                .iter()
                .for_each(|chunk| drop(black_box((codec.decode)(chunk))))
        });
        println!(
            "{:34}{:12.2}{:14.1}{:14.1}",
            codec.name,
            bytes as f64 / view.len() as f64,
            write * per_bar,
            read * per_bar
        );
    }
}

fn main() -> std::io::Result<()> {
    let mut per_chunk = 1000;
    let mut folder = None;
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        if word == "--bars-per-chunk" {
            per_chunk = words
                .next()
                .and_then(|n| n.parse().ok())
                .expect("a number of bars");
        } else {
            folder = Some(word);
        }
    }
    for kind in &market::KINDS {
        table(kind.name, &kind.bars(BARS, 7), per_chunk);
    }
    if let Some(folder) = folder {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            table(
                &path.file_stem().unwrap_or_default().to_string_lossy(),
                &market::read_csv(&path)?,
                per_chunk,
            );
        }
    }
    Ok(())
}
