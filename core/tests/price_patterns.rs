//! Price patterns on series drawn by hand.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use tvf_core::patterns::{Direction, Findings, Forming, Miss, Pattern, Watch, find};
use tvf_core::{Arg, Params, Profile};

/// A vertex: its bar and price.
type Vertex = (usize, f64);

/// What is drawn: straight lines between vertices.
fn draw(vertices: &[Vertex]) -> Vec<f64> {
    let mut prices = vec![vertices[0].1];
    for pair in vertices.windows(2) {
        let [(from, start), (to, end)] = pair else {
            unreachable!()
        };
        let bars = (to - from) as f64;
        prices.extend((1..=to - from).map(|i| start + (end - start) * (i as f64 / bars)));
    }
    prices
}

/// The same shape upside down.
fn turned(vertices: &[Vertex]) -> Vec<Vertex> {
    vertices.iter().map(|&(bar, p)| (bar, 220.0 - p)).collect()
}

struct Run {
    patterns: Vec<Pattern>,
    misses: Vec<Miss>,
    forming: Vec<Forming>,
}

/// What is found in closes with bars that reach so far up and down.
fn run_with(args: &[(&str, Arg<'_>)], close: &[f64], reach: f64, volume: &[f64]) -> Run {
    let entry = find("price_patterns").unwrap();
    let args = args.iter().copied();
    let params = Params::named(&entry.family, Profile::default(), args).unwrap();
    let high: Vec<f64> = close.iter().map(|x| x + reach).collect();
    let low: Vec<f64> = close.iter().map(|x| x - reach).collect();
    let mut watch = Watch::new(entry, params);
    let mut found = Findings::with_misses();
    let columns: [&[f64]; 5] = [&high, &low, close, volume, &[]];
    watch.push(&columns, &mut found).unwrap();
    Run {
        misses: found.misses().to_vec(),
        patterns: found.patterns,
        forming: watch.forming(),
    }
}

fn run(vertices: &[Vertex]) -> Run {
    run_with(&[], &draw(vertices), 0.0, &[])
}

fn bars(pattern: &Pattern) -> Vec<u64> {
    pattern.points.iter().map(|point| point.bar).collect()
}

#[test]
fn look() {
    let shapes: [(&str, &[Vertex]); 11] = [
        ("double_top", &[(0, 100.0), (10, 120.0), (18, 110.0), (28, 120.0), (40, 98.0)]),
        ("double_bottom", &[(0, 120.0), (10, 100.0), (18, 110.0), (28, 100.0), (40, 122.0)]),
        ("triple_top", &[(0, 100.0), (8, 120.0), (14, 111.0), (22, 120.2), (28, 110.8), (36, 119.9), (48, 98.0)]),
        ("triple_bottom", &[(0, 120.0), (8, 100.0), (14, 109.0), (22, 99.8), (28, 109.2), (36, 100.1), (48, 122.0)]),
        ("head_and_shoulders", &[(0, 100.0), (10, 115.0), (16, 108.0), (26, 125.0), (36, 108.5), (44, 115.3), (56, 98.0)]),
        ("inverse_head_and_shoulders", &[(0, 125.0), (10, 110.0), (16, 117.0), (26, 100.0), (36, 116.5), (44, 109.7), (56, 127.0)]),
        ("ascending_triangle", &[(0, 95.0), (8, 120.0), (16, 104.0), (24, 120.0), (32, 110.0), (40, 120.0), (46, 115.0), (52, 126.0)]),
        ("descending_triangle", &[(0, 125.0), (8, 100.0), (16, 116.0), (24, 100.0), (32, 110.0), (40, 100.0), (46, 105.0), (52, 94.0)]),
        ("symmetrical_triangle", &[(0, 90.0), (10, 130.0), (20, 100.0), (30, 124.0), (40, 106.0), (50, 118.0), (58, 112.0), (64, 128.0)]),
        ("rising_wedge", &[(0, 90.0), (10, 110.0), (18, 100.0), (28, 115.0), (36, 108.0), (44, 119.0), (50, 114.5), (60, 100.0)]),
        ("falling_wedge", &[(0, 130.0), (10, 110.0), (18, 120.0), (28, 105.0), (36, 112.0), (44, 101.0), (50, 105.5), (60, 120.0)]),
    ];
    for (shape, vertices) in shapes {
        for reach in [0.0, 0.2, 0.5] {
            println!("== {shape} {reach}");
            let run = run_with(&[], &draw(vertices), reach, &[]);
            for p in &run.patterns {
                println!("  {} {:?} {:?} d{} c{:?} s{:.2} inv {:.2} t {:?}", p.shape, p.direction, bars(p), p.detected, p.confirmed, p.score, p.invalidation, p.targets);
            }
        }
    }
}
