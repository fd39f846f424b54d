//! Fibonacci levels: small cases worked out by hand, and what holds for all swings.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::Bars;
use tvf_core::patterns::fibonacci::{Anchor, FIBONACCI, Fibonacci, Request};
use tvf_core::{Arg, Code, Error, Params, Profile};

fn params(args: &[(&str, Arg<'_>)]) -> Params {
    Params::named(&FIBONACCI, Profile::default(), args.iter().copied()).unwrap()
}

fn points(given: &[(f64, f64)]) -> Vec<Anchor> {
    let anchor = |&(bar, price)| Anchor {
        bar,
        time: f64::NAN,
        price,
    };
    given.iter().map(anchor).collect()
}

fn drawn(
    kinds: &[&str],
    given: &[(f64, f64)],
    ratios: Option<&[f64]>,
    args: &[(&str, Arg<'_>)],
) -> Result<Fibonacci, Error> {
    let params = params(args);
    Fibonacci::of_points(
        &points(given),
        &Request {
            kinds,
            ratios,
            params: &params,
        },
    )
}

fn prices(kind: &str, given: &[(f64, f64)], ratios: &[f64]) -> Vec<f64> {
    let drawn = drawn(&[kind], given, Some(ratios), &[]).unwrap();
    drawn.levels.iter().map(|level| level.price).collect()
}

#[test]
fn levels_share_the_swing() {
    let swing = [(0.0, 100.0), (10.0, 200.0), (14.0, 150.0)];
    assert_eq!(
        prices("retracement", &swing[..2], &[0.0, 0.25, 1.0]),
        [200.0, 175.0, 100.0]
    );
    assert_eq!(
        prices("extension", &swing[..2], &[1.0, 1.5, 2.0]),
        [200.0, 250.0, 300.0]
    );
    assert_eq!(prices("projection", &swing, &[0.5, 1.0]), [200.0, 250.0]);
    let falling = [(0.0, 200.0), (10.0, 100.0)];
    assert_eq!(prices("retracement", &falling, &[0.25]), [125.0]);
    assert_eq!(prices("extension", &falling, &[1.5]), [50.0]);
}

#[test]
fn fans_arcs_and_zones_know_time() {
    let swing = [(10.0, 100.0), (20.0, 200.0)];
    let fan = drawn(&["fan"], &swing, Some(&[0.5]), &[]).unwrap().levels[0];
    assert_eq!((fan.price, fan.slope), (150.0, 5.0));
    let zones = drawn(&["time_zones"], &swing, None, &[]).unwrap();
    let bars: Vec<f64> = zones.levels.iter().take(4).map(|level| level.bar).collect();
    assert_eq!(bars, [20.0, 30.0, 40.0, 60.0]);
    assert!(zones.levels.iter().all(|level| level.price.is_nan()));
    // A swing of 3 by 4 in its unit is 5 long.
    let swing = [(0.0, 0.0), (8.0, 3.0)];
    let unit = [("unit", Arg::Number(0.5))];
    let arc = drawn(&["arcs"], &swing, Some(&[1.0]), &unit)
        .unwrap()
        .levels[0];
    assert_eq!((arc.price, arc.bar), (-2.0, 18.0));
}

#[test]
fn a_log_scale_shares_factors() {
    let log = [("scale", Arg::Text("log"))];
    let swing = [(0.0, 100.0), (5.0, 400.0)];
    let middle = drawn(&["retracement"], &swing, Some(&[0.5]), &log)
        .unwrap()
        .levels[0]
        .price;
    assert!((middle - 200.0).abs() < 1e-9);
    let error = drawn(&["retracement"], &[(0.0, 0.0), (1.0, 2.0)], None, &log).unwrap_err();
    assert_eq!(
        (error.code, error.name.as_str(), error.value.as_str()),
        (Code::InputRange, "price", "0")
    );
}

#[test]
fn several_swings_make_clusters() {
    // Half of the first swing and of the second meet at 150 and 150.5; its end is the start of the second.
    let swings = [(0.0, 100.0), (10.0, 200.0), (20.0, 101.0)];
    let found = drawn(
        &["retracement"],
        &swings,
        Some(&[0.0, 0.5, 1.0]),
        &[("tolerance", Arg::Number(0.5))],
    );
    let found = found.unwrap();
    let told: Vec<_> = found
        .clusters
        .iter()
        .map(|c| (c.low, c.high, c.swings, c.parts.len()))
        .collect();
    assert_eq!(told, [(150.0, 150.5, 2, 2), (200.0, 200.0, 2, 2)]);
    assert_eq!(found.clusters[1].score, 1.0);
    assert!((found.clusters[0].score - 0.5 * (1.0 + (1.0 - 0.5 / 0.75))).abs() < 1e-12);
    // One swing alone confirms nothing.
    let alone = drawn(
        &["retracement", "extension"],
        &swings[..2],
        None,
        &[("tolerance", Arg::Number(100.0))],
    );
    assert!(alone.unwrap().clusters.is_empty());
}

#[test]
fn swings_of_a_series_never_move() {
    let bars = Bars::walk(600, 4);
    for pivots in ["atr", "percent", "bars"] {
        let params = params(&[("swings", Arg::Number(4.0)), ("pivots", Arg::Text(pivots))]);
        let kinds: Vec<&str> = FIBONACCI.figures.iter().map(|figure| figure.name).collect();
        let request = Request {
            kinds: &kinds,
            ratios: None,
            params: &params,
        };
        let mut turns: Vec<Anchor> = Vec::new();
        for n in 0..=bars.len() {
            let columns = [
                &bars.high[..n],
                &bars.low[..n],
                &bars.close[..n],
                &bars.time[..n],
            ];
            let found = Fibonacci::of_bars(&columns, &request).unwrap();
            if let Some(last) = found
                .points
                .last()
                .filter(|last| turns.last() != Some(last))
            {
                turns.push(*last);
            }
            let known = turns.len().saturating_sub(6);
            assert_eq!(found.points, turns[known..], "{pivots} {n} bars");
            for cluster in &found.clusters {
                assert!(cluster.low <= cluster.high && cluster.swings >= 2);
                assert!((0.0..=1.0).contains(&cluster.score));
            }
        }
        assert!(turns.len() > 6, "{pivots}");
    }
}

#[test]
fn one_swing_of_a_series_is_the_last_one() {
    let close = [10.0, 11.0, 14.0, 20.0, 15.0, 12.0, 10.0, 14.0, 15.0];
    let args = [
        ("pivots", Arg::Text("percent")),
        ("reversal", Arg::Number(20.0)),
    ];
    let params = params(&args);
    let request = Request {
        kinds: &["retracement"],
        ratios: Some(&[0.5]),
        params: &params,
    };
    let found = Fibonacci::of_bars(&[&close, &close, &[], &[]], &request).unwrap();
    assert_eq!(found.levels.len(), 1);
    let level = found.levels[0];
    assert_eq!(
        (level.from.bar, level.to.bar, level.price),
        (3.0, 6.0, 15.0)
    );
    let none = Fibonacci::of_bars(&[&close[..3], &close[..3], &[], &[]], &request).unwrap();
    assert!(none.levels.is_empty());
}

#[test]
fn wrong_calls_are_errors() {
    let swing = [(0.0, 1.0), (1.0, 2.0)];
    let refused = |kinds: &[&str], given: &[(f64, f64)], ratios: Option<&[f64]>| {
        let error = drawn(kinds, given, ratios, &[]).unwrap_err();
        (error.code, error.name)
    };
    let kind = (Code::ParamChoice, "kind".to_string());
    assert_eq!(refused(&["circle"], &swing, None), kind);
    assert_eq!(refused(&[], &swing, None), kind);
    let points = (Code::InputLength, "points".to_string());
    assert_eq!(refused(&["projection"], &swing, None), points);
    assert_eq!(refused(&["fan"], &swing[..1], None), points);
    assert_eq!(
        refused(&["fan"], &[(0.0, 1.0); 2], None),
        (Code::InputRange, "bar".into())
    );
    assert_eq!(
        refused(&["fan"], &[(f64::NAN, 1.0), (2.0, 1.0)], None),
        (Code::InputRange, "bar".into())
    );
    assert_eq!(
        refused(&["fan"], &[(0.0, 1.0), (2.0, f64::INFINITY)], None),
        (Code::InputRange, "price".into())
    );
    let ratios = (Code::ParamRange, "ratios".to_string());
    for wrong in [&[][..], &[f64::NAN], &[1001.0], &[0.5; 65]] {
        assert_eq!(refused(&["fan"], &swing, Some(wrong)), ratios);
    }
}
