//! The time of all candlestick patterns together: whole series, and bar by bar.
//!
//! `cargo bench -p tvf-core --bench candlesticks`. An item is a bar with all its patterns.

#[path = "../tests/common/mod.rs"]
mod common;

use common::Bars;
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use tvf_core::patterns::candlestick::{ALL, Candlesticks, Options};

fn main() {
    divan::main();
}

fn detector() -> Candlesticks {
    let ids = ALL.iter().map(|pattern| pattern.id);
    let Ok(detector) = Candlesticks::new(ids, Options::default()) else {
        unreachable!("every id is in the list")
    };
    detector
}

/// A whole series, with the memory of its results.
#[divan::bench(consts = [1_000, 100_000, 1_000_000], max_time = 2)]
fn series<const N: usize>(bencher: Bencher<'_, '_>) {
    let bars = Bars::walk(N, 1);
    let prices = [&bars.open, &bars.high, &bars.low, &bars.close].map(Vec::as_slice);
    bencher.counter(ItemsCount::new(N)).bench_local(|| {
        let mut columns = vec![vec![0; N]; ALL.len()];
        let mut out: Vec<&mut [i32]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
        assert!(detector().process(black_box(prices), &mut out).is_ok());
        columns
    });
}

/// Closed bars, one call each.
#[divan::bench(max_time = 1)]
fn updates(bencher: Bencher<'_, '_>) {
    const N: usize = 1_000;
    let bars = Bars::walk(N, 1);
    let mut detector = detector();
    bencher.counter(ItemsCount::new(N)).bench_local(|| {
        for i in 0..N {
            let bar = [bars.open[i], bars.high[i], bars.low[i], bars.close[i]];
            black_box(detector.update(black_box(bar)));
        }
    });
}
