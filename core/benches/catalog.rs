//! The time of every entry of the catalog at its default parameters: whole series, and bar by bar.
//!
//! `cargo bench -p tvf-core`, or `-- batches.*rsi` for some of it. An item is a bar: 1000 divided
//! by the Mitem/s is ns per bar.

#[path = "../tests/common/mod.rs"]
mod common;

use common::Bars;
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use tvf_core::{ALL, Entry, Params, Profile, Sink, Stream, Table, batch};

fn main() {
    divan::main();
}

fn ids() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|entry| entry.spec.id)
}

/// An entry with its default parameters; the ids come from the catalog.
fn entry(id: &str) -> (&'static Entry, Params) {
    let Ok(entry) = tvf_core::find(id) else {
        unreachable!("{id} is in the catalog")
    };
    let Ok(params) = Params::positional(&entry.spec, Profile::default(), &[]) else {
        unreachable!("{id} takes its own defaults")
    };
    (entry, params)
}

/// A whole series into columns that are there already.
#[divan::bench(args = ids(), consts = [1_000, 100_000, 1_000_000], max_time = 0.5)]
fn batches<const N: usize>(bencher: Bencher<'_, '_>, id: &str) {
    let (entry, params) = entry(id);
    let bars = Bars::walk(N, 1);
    let inputs = bars.inputs(entry.spec.inputs);
    let mut series = vec![vec![0.0; N]; entry.spec.series().len()];
    let mut table = Table::of(&entry.spec);
    bencher.counter(ItemsCount::new(N)).bench_local(|| {
        let mut sink = if entry.spec.is_table() {
            table.truncate(0);
            Sink::Table(&mut table)
        } else {
            Sink::series(series.iter_mut().map(Vec::as_mut_slice))
        };
        let done = batch(entry, &params, black_box(&inputs), &mut sink);
        assert!(done.is_ok(), "{id}");
    });
}

/// Closed bars, one call each, after so many that all values exist.
#[divan::bench(args = ids(), max_time = 0.3)]
fn updates(bencher: Bencher<'_, '_>, id: &str) {
    const N: usize = 1_000;
    let (entry, params) = entry(id);
    let bars = Bars::walk(2 * N, 1);
    let mut rows: Vec<Vec<f64>> = (0..2 * N).map(|i| bars.bar(entry.spec.inputs, i)).collect();
    let time = entry.spec.input_index("time");
    let mut now = 0.0;
    let mut stream = Stream::new(entry, params);
    let mut update = |rows: &mut [Vec<f64>]| {
        for row in rows {
            // The bars come again and again, their times may not.
            if let Some(place) = time {
                now += 60_000.0;
                row[place] = now;
            }
            assert!(stream.update(black_box(row)).is_ok(), "{id}");
        }
    };
    update(&mut rows[..N]);
    bencher
        .counter(ItemsCount::new(N))
        .bench_local(|| update(&mut rows[N..]));
}
