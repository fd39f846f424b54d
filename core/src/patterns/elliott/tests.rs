//! Series made by hand, for every shape and every rule.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use super::Elliott;
use super::rules::SHAPES;
use super::waves::{Spans, TURNS, counts};
use crate::params::{Arg, Params, Profile};
use crate::patterns::family::{Detector, Family};
use crate::patterns::findings::Findings;
use crate::patterns::hand_made::{bars, line};
use crate::patterns::pattern::{Direction, Forming, Pattern};
use crate::patterns::turns::Turn;

static FAMILY: Family = Elliott::FAMILY;

fn run(prices: &[f64], named: &[(&str, f64)]) -> (Findings, Elliott) {
    let args = named
        .iter()
        .map(|&(name, value)| (name, Arg::Number(value)));
    let args = args.chain([
        ("pivots", Arg::Text("percent")),
        ("reversal", Arg::Number(0.1)),
    ]);
    let mut elliott = Elliott::new(&Params::named(&FAMILY, Profile::default(), args).unwrap());
    let mut found = Findings::with_misses();
    for bar in bars(prices) {
        elliott.bar(&bar, &mut found);
    }
    (found, elliott)
}

/// Turns of a count and what comes before and after it: two turns before the start, one after the end.
fn whole(before: [f64; 2], turns: &[f64], after: f64) -> Vec<f64> {
    // What comes first is no turn, as nobody knows how price came to it.
    let first = before[0] + (before[1] - before[0]) * 0.5;
    let all = [first].into_iter().chain(before);
    all.chain(turns.iter().copied()).chain([after]).collect()
}

fn of<'a>(found: &'a Findings, shape: &str, points: usize) -> Vec<&'a Pattern> {
    let end = found.patterns.last().map_or(0, |p| p.detected);
    let these = found.patterns.iter().filter(|p| p.shape == shape);
    these
        .filter(|p| p.points.len() == points && p.detected == end)
        .collect()
}

/// The first upward form of every shape by the prices of its ends, between a move before it and one
/// after; what makes it.
const MADE: [(&str, [f64; 2], &[f64]); 8] = [
    (
        "impulse",
        [110.0, 130.0],
        &[100.0, 120.0, 108.0, 145.0, 130.0, 155.0],
    ),
    (
        "leading_diagonal",
        [112.0, 140.0],
        &[100.0, 120.0, 106.0, 124.0, 113.0, 127.0],
    ),
    (
        "ending_diagonal",
        [90.0, 112.0],
        &[100.0, 120.0, 106.0, 124.0, 113.0, 127.0],
    ),
    ("zigzag", [150.0, 160.0], &[100.0, 120.0, 109.0, 130.0]),
    (
        "regular_flat",
        [150.0, 160.0],
        &[100.0, 120.0, 100.5, 122.0],
    ),
    (
        "expanded_flat",
        [150.0, 160.0],
        &[100.0, 120.0, 94.0, 128.0],
    ),
    ("running_flat", [150.0, 160.0], &[100.0, 120.0, 94.0, 118.0]),
    (
        "triangle",
        [150.0, 160.0],
        &[100.0, 130.0, 108.0, 124.0, 112.0, 120.0],
    ),
];

#[test]
fn every_shape_is_found_in_both_directions() {
    for (shape, before, turns) in MADE {
        for flip in [false, true] {
            let turn = |price: f64| if flip { 260.0 - price } else { price };
            let end = turns[turns.len() - 1];
            let prices: Vec<f64> = whole(before, turns, end - 30.0)
                .into_iter()
                .map(turn)
                .collect();
            let (found, _) = run(&line(&prices), &[("degrees", 1.0), ("counts", 20.0)]);
            let these = of(&found, shape, turns.len());
            let exact = these
                .iter()
                .find(|p| p.points.iter().zip(turns).all(|(p, t)| p.price == turn(*t)));
            let pattern = exact.unwrap_or_else(|| panic!("no {shape} in {:?}", found.patterns));
            let direction = if flip {
                Direction::Bullish
            } else {
                Direction::Bearish
            };
            assert_eq!(pattern.direction, direction, "{shape}");
            assert_eq!(pattern.invalidation, turn(end));
            let way = turn(turns[0]) - turn(end);
            for target in &pattern.targets {
                let share: f64 = target.name.parse().unwrap();
                assert_eq!(target.value, turn(end) + share * way);
            }
        }
    }
}

#[test]
fn a_double_three_joins_two_corrections() {
    let turns = [100.0, 115.0, 107.0, 120.0, 110.0, 124.0, 116.0, 130.0];
    let prices = whole([150.0, 160.0], &turns, 100.0);
    let (found, _) = run(&line(&prices), &[("degrees", 1.0), ("counts", 20.0)]);
    let these = of(&found, "double_three", 4);
    let ends: Vec<f64> = these[0].points.iter().map(|p| p.price).collect();
    let roles: Vec<&str> = these[0].points.iter().map(|p| p.role).collect();
    assert_eq!(ends, [100.0, 120.0, 110.0, 130.0]);
    assert_eq!(roles, ["0", "W", "X", "Y"]);
}

/// Of each shape, a change of one end that breaks one rule by little, and one that just does not.
const EDGES: [(&str, usize, f64, f64, &str); 9] = [
    // Wave 2 never beyond the start of wave 1.
    ("impulse", 2, 100.0, 99.9, "2/1"),
    // Wave 4 does not enter wave 1.
    ("impulse", 4, 120.0, 119.9, "4 above 1"),
    // Wave 3 is never the shortest: 20 long, with 22 of wave 5.
    ("impulse", 3, 128.5, 127.9, "3/shorter of 1 and 5"),
    ("leading_diagonal", 4, 119.9, 120.1, "4 above 1"),
    ("ending_diagonal", 5, 124.1, 123.9, "5 beyond 3"),
    ("zigzag", 3, 120.1, 119.9, "C beyond A"),
    ("regular_flat", 3, 125.4, 125.5, "C beyond A"),
    ("expanded_flat", 2, 87.7, 87.6, "B/A"),
    ("triangle", 5, 123.9, 124.1, "E/D"),
];

#[test]
fn a_rule_that_is_just_broken_ends_a_count_and_one_that_is_just_kept_does_not() {
    for (shape, end, kept, broken, rule) in EDGES {
        let (_, before, turns) = MADE.into_iter().find(|made| made.0 == shape).unwrap();
        for (price, is_kept) in [(kept, true), (broken, false)] {
            let mut turns = turns.to_vec();
            if shape == "impulse" && end == 3 {
                turns = vec![100.0, 120.0, 108.0, price, 121.0, 143.0];
            } else {
                turns[end] = price;
            }
            let last = turns[turns.len() - 1];
            let prices = whole(before, &turns, last - 40.0);
            let (found, _) = run(&line(&prices), &[("degrees", 1.0), ("counts", 20.0)]);
            let is_this = |prices: Vec<f64>| prices == turns;
            let is_found = found
                .patterns
                .iter()
                .any(|p| p.shape == shape && is_this(p.points.iter().map(|p| p.price).collect()));
            assert_eq!(is_found, is_kept, "{shape} with {price}");
            if is_kept {
                continue;
            }
            let missed = found.misses().iter().find(|miss| {
                miss.shape == shape && is_this(miss.points.iter().map(|p| p.price).collect())
            });
            let missed = missed.unwrap_or_else(|| panic!("no miss of {shape} with {price}"));
            let unmet: Vec<&str> = missed
                .conditions
                .iter()
                .filter(|c| !c.met())
                .map(|c| c.name)
                .collect();
            assert_eq!(unmet, [rule], "{shape}");
        }
    }
}

#[test]
fn a_drive_may_have_five_waves_of_its_own() {
    let inner = [100.0, 106.0, 103.0, 114.0, 110.0, 120.0];
    let turns: Vec<f64> = inner
        .into_iter()
        .chain([108.0, 145.0, 130.0, 155.0])
        .collect();
    let prices = whole([110.0, 130.0], &turns, 120.0);
    let (found, _) = run(&line(&prices), &[("degrees", 1.0), ("counts", 20.0)]);
    let ends = |p: &&&Pattern| -> Vec<f64> { p.points.iter().map(|p| p.price).collect() };
    let these = of(&found, "impulse", 6);
    assert!(
        these
            .iter()
            .any(|p| ends(&p) == [100.0, 120.0, 108.0, 145.0, 130.0, 155.0]),
        "{these:?}"
    );
}

#[test]
fn degrees_mark_their_points() {
    let prices = whole(
        [110.0, 130.0],
        &[100.0, 120.0, 108.0, 145.0, 130.0, 155.0],
        120.0,
    );
    let (found, _) = run(&line(&prices), &[("degrees", 4.0), ("counts", 20.0)]);
    let mut marks: Vec<&str> = found
        .patterns
        .iter()
        .filter_map(|p| p.points.get(1))
        .map(|p| p.role)
        .collect();
    marks.sort_unstable();
    marks.dedup();
    for mark in ["1", "(1)", "((1))", "[1]"] {
        assert!(marks.contains(&mark), "{marks:?}");
    }
}

#[test]
fn counts_are_the_best_ones_in_order() {
    let prices = whole(
        [110.0, 130.0],
        &[100.0, 120.0, 108.0, 145.0, 130.0, 155.0],
        120.0,
    );
    let all = run(&line(&prices), &[("degrees", 1.0), ("counts", 20.0)])
        .0
        .patterns;
    for most in 1..=4 {
        let few = run(&line(&prices), &[("degrees", 1.0), ("counts", most as f64)])
            .0
            .patterns;
        let mut expected = Vec::new();
        for bar in all
            .iter()
            .map(|p| p.detected)
            .collect::<std::collections::BTreeSet<_>>()
        {
            let these: Vec<&Pattern> = all.iter().filter(|p| p.detected == bar).collect();
            assert!(these.is_sorted_by(|a, b| a.score >= b.score));
            expected.extend(these.into_iter().take(most).cloned());
        }
        // By words: a zone that is not there is equal to itself.
        assert_eq!(format!("{few:?}"), format!("{expected:?}"));
    }
}

#[test]
fn what_forms_has_the_zone_of_its_last_wave() {
    let prices = [
        140.0, 110.0, 130.0, 100.0, 120.0, 108.0, 145.0, 130.0, 134.0,
    ];
    let (_, elliott) = run(&line(&prices), &[("degrees", 1.0), ("counts", 20.0)]);
    let mut forming = Vec::new();
    elliott.forming(&mut forming);
    let all: Vec<Pattern> = forming
        .into_iter()
        .map(|Forming(pattern)| pattern)
        .collect();
    let impulse = all
        .iter()
        .find(|p| p.shape == "impulse" && p.points[0].price == 100.0)
        .unwrap();
    let [low, high] = impulse.zone;
    assert!(
        (low - (130.0 + 0.618 * 20.0)).abs() < 1e-9 && (high - (130.0 + 1.618 * 20.0)).abs() < 1e-9
    );
    assert_eq!(impulse.invalidation, 130.0);
    assert_eq!(impulse.confirmed, None);
    let last = impulse.points.last().unwrap();
    assert_eq!((last.role, last.price), ("tip", 134.0));
}

#[test]
fn the_ways_to_count_are_bounded_whatever_the_turns_are() {
    let number = |turns: &[Turn], spans: &[Spans]| {
        let mut number = 0;
        counts(turns, spans, |_| number += 1);
        number
    };
    let most: usize = SHAPES
        .iter()
        .map(|shape| shape.spans.iter().map(|s| s.len()).product::<usize>())
        .sum();
    assert_eq!(most, 162);
    // 50,000 bars, each of them a turn: prices that widen, that narrow, that walk, and that
    // climb.
    let mut state = 1_u64;
    let mut noise = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(state >> 33).unwrap()) / f64::from(1_u32 << 31)
    };
    for kind in 0..4 {
        let mut window: Vec<Turn> = Vec::new();
        let (mut looked_at, mut bars) = (0, 0);
        for i in 0..50_000_usize {
            let size = match kind {
                0 | 3 => i as f64,
                1 => 60_000.0 - i as f64,
                _ => 1.0 + noise(),
            };
            let top = i % 2 == 1;
            let turn = Turn {
                bar: i as u64,
                time: f64::NAN,
                price: match kind {
                    // A staircase: what goes along it may have one, three or five swings.
                    3 => size + if top { 3.0 } else { 0.0 },
                    _ if top => size,
                    _ => -size,
                },
                top,
                confirmed: i as u64,
            };
            if window.len() == TURNS {
                window.remove(0);
            }
            window.push(turn);
            for shape in &SHAPES {
                looked_at += number(&window, shape.spans);
            }
            bars += 1;
        }
        assert!(
            looked_at <= most * bars,
            "{looked_at} counts in {bars} bars"
        );
        assert!(looked_at > if kind == 3 { 10 * bars } else { bars });
    }
}
