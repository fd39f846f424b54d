//! Price patterns on series drawn by hand: every shape both ways, every rule broken alone.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::Bars;
use tvf_core::patterns::{Direction, Findings, Forming, Miss, Pattern, Watch, find};
use tvf_core::{Arg, Params, Profile};

/// A vertex: its bar and price.
type Vertex = (usize, f64);

/// A shape, its vertices, the places of those that are its points, and what is found: direction,
/// bar of the confirmation, and target.
type Shape = (
    &'static str,
    &'static [Vertex],
    core::ops::Range<usize>,
    (Direction, u64, f64),
);

use Direction::{Bearish, Bullish};

#[rustfmt::skip]
const SHAPES: &[Shape] = &[
    ("double_top", &[(0, 100.0), (10, 120.0), (18, 110.0), (28, 120.0), (40, 98.0)], 1..4, (Bearish, 34, 100.0)),
    ("triple_top", &[(0, 100.0), (8, 120.0), (14, 111.0), (22, 120.2), (28, 110.8), (36, 119.9), (48, 98.0)], 1..6,
        (Bearish, 42, 110.8 - (360.1 / 3.0 - 110.9))),
    ("head_and_shoulders", &[(0, 100.0), (10, 115.0), (16, 108.0), (26, 125.0), (36, 108.5), (44, 115.3), (56, 98.0)], 1..6,
        (Bearish, 50, 108.85 - (125.0 - 108.25))),
    ("ascending_triangle", &[(0, 95.0), (8, 120.0), (16, 104.0), (24, 120.0), (32, 110.0), (40, 120.0), (46, 115.0), (52, 126.0)],
        1..7, (Bullish, 50, 120.0 + (120.0 - (104.0 - 8.0 * 11.0 / 30.0)))),
    ("symmetrical_triangle", &[(0, 90.0), (10, 130.0), (20, 100.0), (30, 124.0), (40, 106.0), (50, 118.0), (58, 112.0), (64, 128.0)],
        1..7, (Bullish, 60, 115.0 + (130.0 - (100.0 - 10.0 * 12.0 / 38.0)))),
    ("rising_wedge", &[(0, 90.0), (10, 110.0), (18, 100.0), (28, 115.0), (36, 108.0), (44, 119.0), (50, 114.5), (60, 100.0)],
        1..7, (Bearish, 51, 100.0)),
    ("rectangle", &[(0, 90.0), (10, 110.0), (16, 100.0), (22, 110.0), (28, 100.0), (34, 110.0), (40, 100.0), (50, 120.0)],
        1..7, (Bullish, 46, 120.0)),
    ("rising_channel", &[(0, 90.0), (8, 104.0), (14, 98.0), (22, 110.0), (28, 104.0), (36, 116.0), (40, 110.0), (48, 98.0)],
        1..7, (Bearish, 41, 98.0 + 27.0 * 6.0 / 14.0 - 60.0 / 7.0)),
    ("rising_channel", &[(0, 90.0), (8, 104.0), (14, 98.0), (22, 110.0), (28, 104.0), (36, 116.0), (42, 110.0), (56, 131.0)],
        1..7, (Bullish, 51, 116.0 + 15.0 * 6.0 / 14.0 + 60.0 / 7.0)),
    ("flag", &[(0, 105.0), (6, 100.0), (18, 130.0), (24, 123.0), (30, 128.0), (36, 121.0), (48, 146.0)], 1..6,
        (Bullish, 39, 126.5 + 30.0)),
    ("pennant", &[(0, 105.0), (6, 100.0), (18, 130.0), (24, 121.0), (30, 128.0), (36, 124.0), (52, 146.0)], 1..6,
        (Bullish, 39, 126.5 + 30.0)),
];

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

/// Prices upside down.
fn turned(prices: &[f64]) -> Vec<f64> {
    prices.iter().map(|price| 220.0 - price).collect()
}

/// A bowl from bar 15 to bar 55 between rims at 100, after a rise from 80; then straight on.
fn bowl(lowest: f64, shape: impl Fn(f64) -> f64, after: &[Vertex]) -> Vec<f64> {
    let mut prices = draw(&[(0, 80.0), (15, 100.0)]);
    let depth = 100.0 - lowest;
    prices.extend((16..55).map(|bar| 100.0 - depth * shape((f64::from(bar) - 35.0) / 20.0)));
    prices.extend(draw(after));
    prices
}

/// Depth at a place between the rims, −1 to 1.
fn parabola(x: f64) -> f64 {
    1.0 - x * x
}

const HANDLE: &[Vertex] = &[(0, 100.0), (5, 96.0), (17, 112.0)];

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
    watch.extend(&columns, &mut found).unwrap();
    Run {
        misses: found.misses().to_vec(),
        patterns: found.patterns,
        forming: watch.forming(),
    }
}

fn run(close: &[f64]) -> Run {
    run_with(&[], close, 0.0, &[])
}

/// The only pattern that is found.
fn only(run: &Run) -> &Pattern {
    let names: Vec<_> = run
        .patterns
        .iter()
        .map(|p| (p.shape, bars(p), p.confirmed))
        .collect();
    assert_eq!(run.patterns.len(), 1, "{names:?}");
    &run.patterns[0]
}

fn bars(pattern: &Pattern) -> Vec<u64> {
    pattern.points.iter().map(|point| point.bar).collect()
}

fn roles(pattern: &Pattern) -> Vec<&str> {
    pattern.points.iter().map(|point| point.role).collect()
}

fn part(pattern: &Pattern, name: &str) -> f64 {
    pattern
        .parts
        .iter()
        .find(|part| part.name == name)
        .unwrap()
        .value
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

/// The shape upside down.
fn twin(shape: &'static str) -> &'static str {
    match shape {
        "double_top" => "double_bottom",
        "triple_top" => "triple_bottom",
        "head_and_shoulders" => "inverse_head_and_shoulders",
        "ascending_triangle" => "descending_triangle",
        "rising_wedge" => "falling_wedge",
        "rising_channel" => "falling_channel",
        "cup_and_handle" => "inverted_cup_and_handle",
        "rounding_bottom" => "rounding_top",
        same => same,
    }
}

fn opposite(direction: Direction) -> Direction {
    Direction::of(-direction.sign())
}

#[test]
fn every_shape_is_found_both_ways() {
    for (shape, vertices, points, (direction, confirmed, target)) in SHAPES {
        let points = &vertices[points.clone()];
        for upside_down in [false, true] {
            let (mut close, mut direction, mut shape) = (draw(vertices), *direction, *shape);
            let flip = |price: f64| if upside_down { 220.0 - price } else { price };
            if upside_down {
                close = turned(&close);
                direction = opposite(direction);
                shape = twin(shape);
            }
            let run = run(&close);
            let pattern = only(&run);
            assert_eq!((pattern.shape, pattern.direction), (shape, direction));
            let expected: Vec<_> = points.iter().map(|v| v.0 as u64).collect();
            assert_eq!(bars(pattern), expected, "{shape}");
            for (point, vertex) in pattern.points.iter().zip(points) {
                assert!(near(point.price, flip(vertex.1)), "{shape} {point:?}");
            }
            assert_eq!(pattern.confirmed, Some(*confirmed), "{shape}");
            let aim = pattern.targets[0].value;
            assert!(near(aim, flip(*target)), "{shape} {aim} {}", flip(*target));
        }
    }
}

#[test]
fn bars_with_small_ranges_change_nothing() {
    for (shape, vertices, points, (direction, ..)) in SHAPES {
        for reach in [0.1, 0.25, 0.5] {
            let run = run_with(&[], &draw(vertices), reach, &[]);
            let pattern = only(&run);
            assert_eq!((pattern.shape, pattern.direction), (*shape, *direction));
            let expected = vertices[points.clone()].iter().map(|v| v.0 as u64);
            assert_eq!(bars(pattern), expected.collect::<Vec<_>>(), "{shape}");
        }
    }
}

#[test]
fn bowls_are_found_both_ways() {
    let cup = bowl(85.0, parabola, HANDLE);
    let saucer = bowl(85.0, parabola, &[(0, 100.0), (12, 112.0)]);
    let expected = [
        ("cup_and_handle", &cup, vec![15, 35, 55, 60], 64),
        ("rounding_bottom", &saucer, vec![15, 35], 56),
    ];
    for (shape, close, points, confirmed) in expected {
        for upside_down in [false, true] {
            let close = if upside_down {
                turned(close)
            } else {
                close.clone()
            };
            let run = run(&close);
            let pattern = only(&run);
            let name = if upside_down { twin(shape) } else { shape };
            let way = if upside_down { Bearish } else { Bullish };
            assert_eq!((pattern.shape, pattern.direction), (name, way));
            assert_eq!(bars(pattern), points, "{name}");
            assert_eq!(pattern.confirmed, Some(confirmed), "{name}");
            let target = if upside_down { 105.0 } else { 115.0 };
            assert!(near(pattern.targets[0].value, target), "{name}");
            assert!(part(pattern, "centre") > 0.95, "{name}");
            assert!(part(pattern, "roundness") > 0.85, "{name}");
        }
    }
}

#[test]
fn points_have_roles() {
    let found = |i: usize| only(&run(&draw(SHAPES[i].1))).clone();
    assert_eq!(roles(&found(0)), ["top", "neckline", "top"]);
    let head = found(2);
    let expected = [
        "left shoulder",
        "neckline",
        "head",
        "neckline",
        "right shoulder",
    ];
    assert_eq!(roles(&head), expected);
    let wedge = found(5);
    let mut lines = ["upper line", "lower line"].repeat(3);
    lines[5] = "exit";
    assert_eq!(roles(&wedge), lines);
    // The touch at which price leaves is only known when it has left.
    assert_eq!(wedge.detected, 51);
    assert_eq!(roles(&found(9))[..2], ["pole", "upper line"]);
    let cup = run(&bowl(85.0, parabola, HANDLE));
    let expected = ["left rim", "bowl", "right rim", "handle"];
    assert_eq!(roles(only(&cup)), expected);
}

#[test]
fn a_double_top_in_numbers() {
    let pattern = only(&run(&draw(SHAPES[0].1))).clone();
    // The second top is certain when price has come down by two ranges of at most 1.84: two bars later.
    assert_eq!(pattern.detected, 30);
    assert!(near(pattern.invalidation, 120.0));
    assert_eq!(pattern.zone, [109.5, 110.0]);
    assert_eq!(part(&pattern, "level"), 1.0);
    assert_eq!(part(&pattern, "trend"), 1.0);
    assert_eq!(part(&pattern, "time"), 0.8);
    assert!(near(pattern.score, 2.8 / 3.0));
}

/// Up to the bar before it breaks out a pattern is forming.
#[test]
fn forming_patterns_have_not_broken_out() {
    for (shape, vertices, _, (direction, confirmed, _)) in SHAPES {
        let close = draw(vertices);
        let before = run(&close[..usize::try_from(*confirmed).unwrap()]);
        assert!(before.patterns.is_empty());
        let forming = before.forming.iter().find(|Forming(p)| p.shape == *shape);
        // The triangle's last turn becomes certain with the breakout; five turns make it one before.
        let Forming(pattern) = forming.unwrap();
        assert_eq!(pattern.confirmed, None);
        if pattern.direction == Direction::Neutral {
            assert!(pattern.targets.is_empty() && pattern.invalidation.is_nan());
        } else {
            assert_eq!(pattern.direction, *direction);
            assert_eq!(pattern.targets.len(), 1);
        }
    }
}

#[test]
fn a_triple_top_takes_the_place_of_a_double_top() {
    let close = draw(SHAPES[1].1);
    let shapes = |end: usize| {
        let forming = run(&close[..end]).forming;
        forming.iter().map(|Forming(p)| p.shape).collect::<Vec<_>>()
    };
    assert_eq!(shapes(26), ["double_top"]);
    // Seen from the rise, the same turns may as well be a flag.
    assert_eq!(shapes(40), ["triple_top", "flag"]);
}

#[test]
fn a_pattern_is_dropped_beyond_its_other_line() {
    let close = draw(&[
        (0, 100.0),
        (10, 120.0),
        (18, 110.0),
        (28, 120.0),
        (32, 114.0),
        (38, 123.0),
        (52, 98.0),
    ]);
    assert_eq!(run(&close[..33]).forming.len(), 1);
    let run = run(&close);
    assert!(run.patterns.iter().all(|p| p.shape != "double_top"));
}

#[test]
fn a_pattern_waits_as_long_as_it_took() {
    // From bar 10 to bar 28: it waits until bar 46.
    let still = |until| {
        draw(&[
            (0, 100.0),
            (10, 120.0),
            (18, 110.0),
            (28, 120.0),
            (34, 113.0),
            (until, 113.0),
            (until + 3, 100.0),
        ])
    };
    assert_eq!(only(&run(&still(44))).confirmed, Some(45));
    assert!(run(&still(47)).patterns.is_empty());
}

#[test]
fn a_breakout_needs_the_volume_that_is_asked_for() {
    let close = draw(SHAPES[0].1);
    let mut volume = vec![1000.0; close.len()];
    volume[36] = 1800.0;
    let asked = [("volume_ratio", Arg::Number(1.5))];
    let late = run_with(&asked, &close, 0.0, &volume);
    let pattern = only(&late);
    assert_eq!(pattern.confirmed, Some(36));
    assert!(near(part(pattern, "volume"), 0.9));
    let misses: Vec<_> = late.misses.iter().filter(|m| m.bar == 34).collect();
    assert_eq!(misses.len(), 0, "1 is not within three tolerances of 1.5");
    let asked = [("volume_ratio", Arg::Number(1.4))];
    let late = run_with(&asked, &close, 0.0, &volume);
    let misses: Vec<_> = late.misses.iter().filter(|m| m.bar >= 34).collect();
    assert_eq!(misses.len(), 1, "told once");
    assert_eq!(
        (misses[0].bar, misses[0].conditions[0].name),
        (34, "volume")
    );
    // Nor is anything asked where volume makes no sense.
    for nonsense in [0.0, f64::NAN, f64::INFINITY] {
        let volume = vec![nonsense; close.len()];
        let found = run_with(&asked, &close, 0.0, &volume);
        assert_eq!(only(&found).confirmed, Some(34), "{nonsense}");
    }
    // Without volume it is no part of the score.
    let without = run_with(&[], &close, 0.0, &[]);
    assert_eq!(only(&without).confirmed, Some(34));
    assert!(
        only(&without)
            .parts
            .iter()
            .all(|part| part.name != "volume")
    );
}

/// Asserts that a shape is missed for one reason alone.
#[track_caller]
fn assert_missed(close: &[f64], shape: &str, reason: &str) {
    let run = run(close);
    assert!(
        run.patterns.iter().all(|p| p.shape != shape),
        "{shape} found"
    );
    let unmet = |miss: &Miss| {
        let unmet = miss.conditions.iter().filter(|c| !c.met());
        unmet.map(|c| c.name).collect::<Vec<_>>()
    };
    let missed = run
        .misses
        .iter()
        .any(|m| m.shape == shape && unmet(m) == [reason]);
    let all: Vec<_> = run.misses.iter().map(|m| (m.shape, unmet(m))).collect();
    assert!(missed, "{shape} {reason}: {all:?}");
}

#[test]
#[rustfmt::skip]
fn every_rule_broken_alone_is_a_near_miss() {
    let cases: &[(&str, &str, &[Vertex])] = &[
        ("double_top", "level", &[(0, 100.0), (10, 120.0), (18, 110.0), (28, 117.0), (40, 98.0)]),
        ("double_top", "trend", &[(0, 109.0), (10, 120.0), (18, 110.0), (28, 120.0), (40, 98.0)]),
        ("triple_top", "level", &[(0, 100.0), (8, 120.0), (14, 111.0), (22, 121.2), (28, 110.8), (36, 119.4), (48, 98.0)]),
        ("triple_top", "neckline", &[(0, 100.0), (8, 120.0), (14, 110.0), (22, 120.2), (28, 112.8), (36, 119.9), (48, 98.0)]),
        ("triple_top", "trend", &[(0, 110.5), (8, 120.0), (14, 111.0), (22, 120.2), (28, 110.8), (36, 119.9), (48, 98.0)]),
        ("head_and_shoulders", "head", &[(0, 100.0), (10, 123.0), (16, 108.0), (26, 125.0), (36, 108.5), (44, 120.0), (56, 98.0)]),
        ("head_and_shoulders", "shoulders", &[(0, 100.0), (10, 119.0), (16, 108.0), (26, 125.0), (36, 108.5), (44, 113.0), (56, 98.0)]),
        ("head_and_shoulders", "shoulder height", &[(0, 100.0), (10, 112.0), (16, 106.0), (26, 135.0), (36, 112.0), (44, 117.0), (56, 98.0)]),
        ("head_and_shoulders", "neckline", &[(0, 98.0), (10, 115.0), (16, 106.0), (26, 125.0), (36, 112.0), (44, 118.5), (56, 98.0)]),
        ("head_and_shoulders", "trend", &[(0, 106.5), (10, 115.0), (16, 108.0), (26, 125.0), (36, 108.5), (44, 115.3), (56, 98.0)]),
        ("ascending_triangle", "fit", &[(0, 95.0), (8, 120.0), (16, 104.0), (24, 115.0), (32, 110.0), (40, 120.0), (46, 115.0), (52, 126.0)]),
        ("symmetrical_triangle", "width", &[(0, 90.0), (8, 120.0), (16, 96.0), (24, 117.0), (32, 109.0), (40, 114.0), (50, 100.0)]),
        ("pennant", "pole", &[(0, 118.0), (12, 110.5), (18, 130.0), (26, 121.0), (34, 128.0), (42, 124.0), (58, 146.0)]),
        ("flag", "retraced", &[(0, 120.0), (6, 115.5), (18, 130.0), (24, 123.5), (30, 128.0), (36, 121.5), (48, 146.0)]),
        ("flag", "length", &[(0, 105.0), (6, 100.0), (13, 130.0), (23, 122.0), (33, 129.0), (43, 121.0), (52, 146.0)]),
        ("pennant", "width", &[(0, 105.0), (6, 100.0), (18, 130.0), (24, 118.0), (36, 124.0), (48, 121.5), (60, 146.0)]),
    ];
    for (shape, reason, vertices) in cases {
        let close = draw(vertices);
        assert_missed(&close, shape, reason);
        assert_missed(&turned(&close), twin(shape), reason);
    }
}

#[test]
fn every_rule_of_bowls_broken_alone_is_a_near_miss() {
    let straight = |x: f64| 1.0 - x.abs();
    let late = |x: f64| {
        let y = x - 0.55;
        let y = if y < 0.0 { y / 1.55 } else { y / 0.45 };
        1.0 - y * y
    };
    let saucer: &[Vertex] = &[(0, 100.0), (12, 112.0)];
    let deep: &[Vertex] = &[(0, 100.0), (5, 91.0), (20, 112.0)];
    let long: &[Vertex] = &[(0, 100.0), (23, 95.0), (40, 112.0)];
    let mut low = bowl(85.0, parabola, HANDLE);
    for (bar, price) in low.iter_mut().take(15).enumerate() {
        *price = 94.0 + 0.4 * bar as f64;
    }
    let cases = [
        ("cup_and_handle", "roundness", bowl(85.0, straight, HANDLE)),
        ("cup_and_handle", "centre", bowl(85.0, late, HANDLE)),
        ("cup_and_handle", "handle", bowl(85.0, parabola, deep)),
        ("cup_and_handle", "length", bowl(85.0, parabola, long)),
        ("cup_and_handle", "trend", low),
        ("rounding_bottom", "roundness", bowl(85.0, straight, saucer)),
        ("rounding_bottom", "centre", bowl(85.0, late, saucer)),
    ];
    for (shape, reason, close) in cases {
        assert_missed(&close, shape, reason);
        assert_missed(&turned(&close), twin(shape), reason);
    }
}

#[test]
fn nothing_is_found_where_nothing_moves_or_numbers_end() {
    let flat = vec![100.0; 500];
    assert!(run(&flat).patterns.is_empty());
    for scale in [0.0, -1.0, 1e-300, 1e306, f64::MAX / 130.0] {
        for (_, vertices, ..) in SHAPES {
            let close: Vec<f64> = draw(vertices).iter().map(|x| x * scale).collect();
            for pattern in run(&close).patterns {
                assert!(pattern.score.is_finite());
                assert!(pattern.targets[0].value.is_finite());
            }
        }
    }
}

/// Below zero the same shapes are found: only differences count.
#[test]
fn prices_may_be_negative() {
    for (shape, vertices, ..) in SHAPES {
        let close: Vec<f64> = draw(vertices).iter().map(|x| x - 256.0).collect();
        assert_eq!(only(&run(&close)).shape, *shape);
    }
}

/// Whatever came before, no more than one pattern of each kind waits.
#[test]
fn many_bars_are_searched_in_pieces_with_the_same_result() {
    let bars = Bars::walk(50_000, 8);
    let entry = find("price_patterns").unwrap();
    let params = Params::named(&entry.family, Profile::default(), []).unwrap();
    let inputs = bars.inputs(entry.family.inputs);
    let mut whole = Findings::default();
    Watch::new(entry, params)
        .extend(&inputs, &mut whole)
        .unwrap();
    let mut watch = Watch::new(entry, params);
    let mut found = Findings::default();
    for from in (0..50_000).step_by(617) {
        let to = if from + 617 < 50_000 {
            from + 617
        } else {
            50_000
        };
        let part: Vec<&[f64]> = inputs.iter().map(|column| &column[from..to]).collect();
        watch.extend(&part, &mut found).unwrap();
        assert!(watch.forming().len() <= 7);
    }
    assert!(found.patterns.len() > 100);
    assert_eq!(found.patterns, whole.patterns);
}
