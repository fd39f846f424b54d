//! Series made by hand, for every shape and every ratio.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use super::Harmonic;
use super::ratios::{Ratio, SHAPES, Shape};
use crate::params::{Arg, Params, Profile};
use crate::patterns::family::{Detector, Family};
use crate::patterns::findings::Findings;
use crate::patterns::hand_made::{STEP, bars, line};
use crate::patterns::pattern::{Direction, Forming, Pattern};

static FAMILY: Family = Harmonic::FAMILY;

fn params(tolerance: f64) -> Params {
    let args = [
        ("tolerance", Arg::Number(tolerance)),
        ("pivots", Arg::Text("percent")),
        ("reversal", Arg::Number(0.1)),
    ];
    Params::named(&FAMILY, Profile::default(), args).unwrap()
}

fn run(prices: &[f64], tolerance: f64) -> (Findings, Harmonic) {
    let mut harmonic = Harmonic::new(&params(tolerance));
    let mut found = Findings::with_misses();
    for bar in bars(prices) {
        harmonic.bar(&bar, &mut found);
    }
    (found, harmonic)
}

fn forming(harmonic: &Harmonic) -> Vec<Pattern> {
    let mut forming = Vec::new();
    harmonic.forming(&mut forming);
    forming
        .into_iter()
        .map(|Forming(pattern)| pattern)
        .collect()
}

fn only<'a>(patterns: &'a [Pattern], shape: &str) -> &'a Pattern {
    let mut these = patterns.iter().filter(|p| p.shape == shape);
    let first = these
        .next()
        .unwrap_or_else(|| panic!("no {shape} in {patterns:?}"));
    assert!(these.next().is_none(), "two of {shape}");
    first
}

/// The bullish form of every pattern by the prices of its points, and where it fails with a
/// tolerance of 0.05.
const MADE: [(&str, &[f64], f64); 11] = [
    ("gartley", &[100.0, 200.0, 138.2, 169.1, 121.4], 100.0),
    // 200 − 1.618 × 1.05 × 100 is lower than 160.7 − 2.24 × 1.05 × 39.3.
    (
        "butterfly",
        &[100.0, 200.0, 121.4, 160.7, 73.0],
        160.7 - 2.352 * 39.3,
    ),
    ("bat", &[100.0, 200.0, 155.0, 186.5, 111.4], 100.0),
    (
        "alternate_bat",
        &[100.0, 200.0, 161.8, 192.36, 87.0],
        200.0 - 1.1865 * 100.0,
    ),
    (
        "crab",
        &[100.0, 200.0, 150.0, 194.3, 38.2],
        200.0 - 1.6989 * 100.0,
    ),
    (
        "deep_crab",
        &[100.0, 200.0, 111.4, 164.56, 38.2],
        200.0 - 1.6989 * 100.0,
    ),
    (
        "shark",
        &[100.0, 200.0, 150.0, 215.0, 100.0],
        200.0 - 1.1865 * 100.0,
    ),
    ("cypher", &[100.0, 200.0, 150.0, 235.0, 128.89], 100.0),
    (
        "five_zero",
        &[150.0, 200.0, 135.0, 258.5, 196.75],
        258.5 - 0.525 * 123.5,
    ),
    ("abcd", &[200.0, 150.0, 180.0, 130.0], 180.0 - 1.05 * 50.0),
    (
        "three_drives",
        &[200.0, 150.0, 185.0, 139.5, 171.35, 129.945],
        171.35 - 1.6989 * 31.85,
    ),
];

/// A pattern's turns between a start and an end on the other side.
fn framed(points: &[f64]) -> Vec<f64> {
    let up = points[1] > points[0];
    let start = if up {
        points[0] + 60.0
    } else {
        points[0] - 60.0
    };
    let last = points[points.len() - 1];
    let falls = points[points.len() - 2] > last;
    let end = if falls { last + 40.0 } else { last - 40.0 };
    [&[start], points, &[end]].concat()
}

#[test]
fn every_pattern_is_found_at_the_bar_that_makes_its_last_turn_certain() {
    for (shape, points, failure) in MADE {
        for side in [Direction::Bullish, Direction::Bearish] {
            let turn = |price: f64| {
                if side == Direction::Bullish {
                    price
                } else {
                    300.0 - price
                }
            };
            let points: Vec<f64> = points.iter().map(|&price| turn(price)).collect();
            let (found, _) = run(&line(&framed(&points)), 0.05);
            let pattern = only(&found.patterns, shape);
            assert_eq!(pattern.direction, side);
            let prices: Vec<_> = pattern.points.iter().map(|p| p.price).collect();
            assert_eq!(prices, points, "{shape}");
            let bars: Vec<_> = pattern.points.iter().map(|p| p.bar).collect();
            let last = STEP * points.len();
            assert_eq!(
                bars,
                (STEP..=last)
                    .step_by(STEP)
                    .map(|i| i as u64)
                    .collect::<Vec<_>>()
            );
            assert_eq!(pattern.detected, last as u64 + 1);
            assert_eq!(pattern.confirmed, Some(pattern.detected));
            assert!(pattern.score > 1.0 - 1e-9, "{shape} {:?}", pattern.parts);
            assert!(
                (pattern.invalidation - turn(failure)).abs() < 1e-9,
                "{pattern:?}"
            );
            let end = points[points.len() - 1];
            assert!(
                pattern.zone[0] <= end && end <= pattern.zone[1],
                "{pattern:?}"
            );
        }
    }
}

#[test]
fn targets_lie_on_the_way_back() {
    for (shape, origin) in [
        ("gartley", 1),
        ("five_zero", 3),
        ("abcd", 0),
        ("three_drives", 0),
    ] {
        let points = MADE.iter().find(|made| made.0 == shape).unwrap().1;
        let (found, _) = run(&line(&framed(points)), 0.05);
        let targets = &only(&found.patterns, shape).targets;
        let end = points[points.len() - 1];
        let names: Vec<_> = targets.iter().map(|t| t.name).collect();
        assert_eq!(names, ["0.382", "0.618", "1.0"]);
        for (target, share) in targets.iter().zip([0.382, 0.618, 1.0]) {
            assert_eq!(target.value, end + share * (points[origin] - end));
        }
    }
}

#[test]
fn all_but_the_last_turn_is_forming_with_a_zone() {
    for (shape, points, _) in MADE {
        let known = &points[..points.len() - 1];
        let last = points[points.len() - 1];
        let before = known[known.len() - 1];
        let way = last - before;
        let halfway = framed(known);
        let mut turns = halfway[..halfway.len() - 1].to_vec();
        turns.push(before + way / 2.0);
        let (found, harmonic) = run(&line(&turns), 0.05);
        let complete = found.patterns.iter().any(|p| p.shape == shape);
        assert!(!complete, "{shape} is complete too early");
        let all = forming(&harmonic);
        let pattern = only(&all, shape);
        assert_eq!(
            (pattern.confirmed, pattern.points.len()),
            (None, points.len())
        );
        let tip = pattern.points.last().unwrap();
        assert_eq!((tip.role, tip.price), ("tip", before + way / 2.0));
        assert!(
            pattern.zone[0] <= last && last <= pattern.zone[1],
            "{pattern:?}"
        );
        let beyond = halfway[..halfway.len() - 1].iter().copied();
        let beyond: Vec<f64> = beyond.chain([before + 1.5 * way]).collect();
        let (_, harmonic) = run(&line(&beyond), 0.05);
        assert!(
            forming(&harmonic).iter().all(|p| p.shape != shape),
            "{shape}"
        );
    }
}

#[test]
fn the_score_falls_to_nothing_at_the_edge() {
    // Of Gartley, D at 0.786 of XA and at 0.786 × 1.04.
    for (share, part) in [(0.0, 1.0), (0.04, 0.2)] {
        let points = [100.0, 200.0, 138.2, 175.28, 200.0 - 78.6 * (1.0 + share)];
        let (found, _) = run(&line(&framed(&points)), 0.05);
        let gartley = only(&found.patterns, "gartley");
        let last = gartley.parts.iter().find(|p| p.name == "AD/XA").unwrap();
        assert!((last.value - part).abs() < 1e-9, "{last:?}");
        assert!((gartley.score - (3.0 + part) / 4.0).abs() < 1e-9);
    }
}

#[test]
fn without_tolerance_only_what_is_published_will_do() {
    // Shark is all ranges; AB=CD asks for one number, which these prices have to the last bit.
    for (shape, there) in [("shark", true), ("abcd", true), ("bat", false)] {
        let points = MADE.iter().find(|made| made.0 == shape).unwrap().1;
        let (found, _) = run(&line(&framed(points)), 0.0);
        assert_eq!(
            found.patterns.iter().any(|p| p.shape == shape),
            there,
            "{shape}"
        );
        assert!(found.misses().is_empty());
    }
}

/// Equally distributed numbers from 0 to 1.
struct Random(u32);

impl Random {
    fn next(&mut self, low: f64, high: f64) -> f64 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        low + (high - low) * f64::from(self.0 >> 8) / f64::from(1 << 24)
    }
}

/// The ratio of two legs, all legs being as long as their ends are apart.
fn measured(ratio: &Ratio, points: &[f64]) -> f64 {
    let leg = |[from, to]: [usize; 2]| (points[to] - points[from]).abs();
    leg(ratio.of) / leg(ratio.by)
}

/// Points whose ratios are near those of a shape, from a bottom of 1000.
fn drawn(shape: &Shape, random: &mut Random) -> Vec<f64> {
    let mut points: Vec<f64> = vec![1000.0, 1100.0];
    for i in 2..shape.roles.len() {
        let way = if i % 2 == 1 { 1.0 } else { -1.0 };
        let ratio = shape.ratios.iter().rev().find(|ratio| ratio.of[1] == i);
        let (from, by, low, high) = ratio.map_or((1, [0, 1], 0.3, 0.7), |ratio| {
            (ratio.of[0], ratio.by, ratio.low * 0.87, ratio.high * 1.13)
        });
        let by = (points[by[1]] - points[by[0]]).abs();
        points.push(points[from] + way * by * random.next(low, high));
    }
    points
}

fn alternates(points: &[f64]) -> bool {
    let mut legs = points.windows(2).zip(0..);
    legs.all(|(ends, i)| (ends[1] - ends[0]) * if i % 2 == 0 { 1.0 } else { -1.0 } > 5.0)
}

#[test]
fn a_single_ratio_out_of_bounds_is_a_near_miss_that_names_it() {
    let tolerance = 0.05;
    let mut random = Random(1);
    let within = |ratio: &Ratio, points: &[f64], tolerances: f64| {
        let share = tolerance * tolerances;
        let range = ratio.low * (1.0 - share)..=ratio.high * (1.0 + share);
        range.contains(&measured(ratio, points))
    };
    for shape in &SHAPES {
        for (i, broken) in shape.ratios.iter().enumerate() {
            let points = core::iter::repeat_with(|| drawn(shape, &mut random))
                .take(1_000_000)
                .find(|points| {
                    let others = shape.ratios.iter().enumerate().filter(|(j, _)| *j != i);
                    alternates(points)
                        && others
                            .into_iter()
                            .all(|(_, ratio)| within(ratio, points, 0.9))
                        && !within(broken, points, 1.1)
                        && within(broken, points, 2.9)
                })
                .unwrap();
            let (found, _) = run(&line(&framed(&points)), tolerance);
            let id = shape.word.name;
            assert!(found.patterns.iter().all(|p| p.shape != id));
            let miss = found.misses().iter().find(|miss| miss.shape == id);
            let miss = miss.unwrap_or_else(|| panic!("{id}: no miss of {}", broken.name));
            let unmet: Vec<_> = miss.conditions.iter().filter(|c| !c.met()).collect();
            assert_eq!(unmet.len(), 1);
            assert_eq!(unmet[0].name, broken.name);
            assert!((unmet[0].measured - measured(broken, &points)).abs() < 1e-9);
            assert_eq!(miss.conditions.len(), shape.ratios.len());
            assert_eq!(miss.points.len(), shape.roles.len());
        }
    }
}

#[test]
fn prices_may_be_anything() {
    let gartley = MADE[0].1;
    for shift in [-150.0, -1000.0] {
        let points: Vec<f64> = gartley.iter().map(|price| price + shift).collect();
        let (found, _) = run(&line(&framed(&points)), 0.05);
        only(&found.patterns, "gartley");
    }
    for price in [0.0, 7.0, -7.0] {
        let (found, harmonic) = run(&[price; 100], 0.25);
        assert!(found.patterns.is_empty() && forming(&harmonic).is_empty());
    }
}

#[test]
fn it_remembers_six_turns() {
    let mut random = Random(2);
    let mut price = 100.0;
    let prices = core::iter::repeat_with(|| {
        price += random.next(-0.5, 0.5);
        price
    });
    let prices: Vec<f64> = prices.take(50_000).collect();
    let mut harmonic = Harmonic::new(&params(0.05));
    let mut found = Findings::default();
    for bar in bars(&prices) {
        harmonic.bar(&bar, &mut found);
        assert!(harmonic.last.len() <= 6 && harmonic.last.capacity() == 6);
    }
    assert!(found.patterns.len() > 100);
}
