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
        (
            "double_top",
            &[
                (0, 100.0),
                (10, 120.0),
                (18, 110.0),
                (28, 120.0),
                (40, 98.0),
            ],
        ),
        (
            "double_bottom",
            &[
                (0, 120.0),
                (10, 100.0),
                (18, 110.0),
                (28, 100.0),
                (40, 122.0),
            ],
        ),
        (
            "triple_top",
            &[
                (0, 100.0),
                (8, 120.0),
                (14, 111.0),
                (22, 120.2),
                (28, 110.8),
                (36, 119.9),
                (48, 98.0),
            ],
        ),
        (
            "triple_bottom",
            &[
                (0, 120.0),
                (8, 100.0),
                (14, 109.0),
                (22, 99.8),
                (28, 109.2),
                (36, 100.1),
                (48, 122.0),
            ],
        ),
        (
            "head_and_shoulders",
            &[
                (0, 100.0),
                (10, 115.0),
                (16, 108.0),
                (26, 125.0),
                (36, 108.5),
                (44, 115.3),
                (56, 98.0),
            ],
        ),
        (
            "inverse_head_and_shoulders",
            &[
                (0, 125.0),
                (10, 110.0),
                (16, 117.0),
                (26, 100.0),
                (36, 116.5),
                (44, 109.7),
                (56, 127.0),
            ],
        ),
        (
            "ascending_triangle",
            &[
                (0, 95.0),
                (8, 120.0),
                (16, 104.0),
                (24, 120.0),
                (32, 110.0),
                (40, 120.0),
                (46, 115.0),
                (52, 126.0),
            ],
        ),
        (
            "descending_triangle",
            &[
                (0, 125.0),
                (8, 100.0),
                (16, 116.0),
                (24, 100.0),
                (32, 110.0),
                (40, 100.0),
                (46, 105.0),
                (52, 94.0),
            ],
        ),
        (
            "symmetrical_triangle",
            &[
                (0, 90.0),
                (10, 130.0),
                (20, 100.0),
                (30, 124.0),
                (40, 106.0),
                (50, 118.0),
                (58, 112.0),
                (64, 128.0),
            ],
        ),
        (
            "rising_wedge",
            &[
                (0, 90.0),
                (10, 110.0),
                (18, 100.0),
                (28, 115.0),
                (36, 108.0),
                (44, 119.0),
                (50, 114.5),
                (60, 100.0),
            ],
        ),
        (
            "falling_wedge",
            &[
                (0, 130.0),
                (10, 110.0),
                (18, 120.0),
                (28, 105.0),
                (36, 112.0),
                (44, 101.0),
                (50, 105.5),
                (60, 120.0),
            ],
        ),
    ];
    for (shape, vertices) in shapes {
        for reach in [0.0, 0.2, 0.5] {
            println!("== {shape} {reach}");
            let run = run_with(&[], &draw(vertices), reach, &[]);
            for p in &run.patterns {
                println!(
                    "  {} {:?} {:?} d{} c{:?} s{:.2} inv {:.2} t {:?}",
                    p.shape,
                    p.direction,
                    bars(p),
                    p.detected,
                    p.confirmed,
                    p.score,
                    p.invalidation,
                    p.targets
                );
            }
        }
    }
}

#[test]
fn perturbed() {
    let shapes: [(&str, &[Vertex], usize); 6] = [
        (
            "double_top",
            &[
                (0, 100.0),
                (10, 120.0),
                (18, 110.0),
                (28, 120.0),
                (40, 98.0),
            ],
            3,
        ),
        (
            "triple_top",
            &[
                (0, 100.0),
                (8, 120.0),
                (14, 111.0),
                (22, 120.2),
                (28, 110.8),
                (36, 119.9),
                (48, 98.0),
            ],
            5,
        ),
        (
            "head_and_shoulders",
            &[
                (0, 100.0),
                (10, 115.0),
                (16, 108.0),
                (26, 125.0),
                (36, 108.5),
                (44, 115.3),
                (56, 98.0),
            ],
            5,
        ),
        (
            "ascending_triangle",
            &[
                (0, 95.0),
                (8, 120.0),
                (16, 104.0),
                (24, 120.0),
                (32, 110.0),
                (40, 120.0),
                (46, 115.0),
                (52, 126.0),
            ],
            6,
        ),
        (
            "symmetrical_triangle",
            &[
                (0, 90.0),
                (10, 130.0),
                (20, 100.0),
                (30, 124.0),
                (40, 106.0),
                (50, 118.0),
                (58, 112.0),
                (64, 128.0),
            ],
            6,
        ),
        (
            "rising_wedge",
            &[
                (0, 90.0),
                (10, 110.0),
                (18, 100.0),
                (28, 115.0),
                (36, 108.0),
                (44, 119.0),
                (50, 114.5),
                (60, 100.0),
            ],
            6,
        ),
    ];
    let mut random = common::Random(3);
    for (shape, vertices, count) in shapes {
        for (time, jitter, noise) in [
            (0.2, 0.0, 0.0),
            (0.4, 0.0, 0.0),
            (0.2, 0.3, 0.0),
            (0.2, 0.3, 0.2),
            (0.0, 0.0, 0.3),
            (0.0, 0.0, 0.6),
        ] {
            let mut right = 0;
            let mut shape_only = 0;
            let mut others = std::collections::BTreeMap::new();
            for _ in 0..200 {
                let mut at = 0;
                let mut previous = 0;
                let v: Vec<Vertex> = vertices
                    .iter()
                    .map(|&(bar, price)| {
                        let step =
                            (bar - previous) as f64 * (1.0 + time * (2.0 * random.unit() - 1.0));
                        previous = bar;
                        at += step.round() as usize;
                        (at, price + jitter * (2.0 * random.unit() - 1.0))
                    })
                    .collect();
                let mut close = draw(&v);
                for x in &mut close {
                    *x += noise * (2.0 * random.unit() - 1.0);
                }
                let run = run_with(&[], &close, 0.1, &[]);
                let want: Vec<usize> = v[1..=count].iter().map(|v| v.0).collect();
                let hit = run.patterns.iter().filter(|p| p.shape == shape).any(|p| {
                    want.iter().all(|w| {
                        p.points
                            .iter()
                            .any(|x| (x.bar as i64 - *w as i64).abs() <= 1)
                    })
                });
                right += usize::from(hit);
                shape_only += usize::from(run.patterns.iter().any(|p| p.shape == shape));
                for p in &run.patterns {
                    if p.shape != shape {
                        *others.entry(p.shape).or_insert(0) += 1;
                    }
                }
                if !hit && random.below(40) == 0 {
                    println!(
                        "   miss {v:?} {:?}",
                        run.patterns
                            .iter()
                            .map(|p| (p.shape, bars(p)))
                            .collect::<Vec<_>>()
                    );
                }
            }
            println!(
                "{shape} time {time} jitter {jitter} noise {noise}: {right} ({shape_only})/200 {others:?}"
            );
        }
    }
}

#[test]
fn counts() {
    for seed in 0..3 {
        let bars = common::Bars::walk(20000, seed);
        let entry = find("price_patterns").unwrap();
        let params = Params::named(&entry.family, Profile::default(), []).unwrap();
        let mut watch = Watch::new(entry, params);
        let mut found = Findings::with_misses();
        watch
            .push(&bars.inputs(entry.family.inputs), &mut found)
            .unwrap();
        let mut counts = std::collections::BTreeMap::<_, [f64; 4]>::new();
        for p in &found.patterns {
            let e = counts
                .entry((p.shape, p.direction.sign() as i32))
                .or_default();
            e[0] += 1.0;
            e[1] += p.score;
            e[2] += (p.confirmed.unwrap() - p.points[0].bar) as f64;
        }
        let mut misses = std::collections::BTreeMap::<_, u32>::new();
        for m in found.misses() {
            let c = m.conditions.iter().find(|c| !c.met()).unwrap();
            *misses.entry((m.shape, c.name)).or_default() += 1;
        }
        for (k, [n, s, b, _]) in counts {
            println!("{k:?} {n} score {:.2} bars {:.0}", s / n, b / n);
        }
        println!("{misses:?}");
    }
}
