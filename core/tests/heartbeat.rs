//! The heartbeat on markets whose rhythm is known.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "small numbers; a test may fail, and judges with what the kernels may not use"
)]

mod common;

use common::*;
use tvf_core::{Arg, Entry, Params, Profile, Stream, find};

const INDEX: usize = 0;
const PIVOT: usize = 1;
const TIME: usize = 2;
const PRICE: usize = 3;
const DIRECTION: usize = 4;
const DURATION: usize = 5;
const AMPLITUDE: usize = 6;
const BEAT: usize = 7;
const REGULARITY: usize = 8;
const CYCLE: usize = 9;
const DUE_FROM: usize = 10;
const DUE_TO: usize = 11;
const CONFIDENCE: usize = 12;

fn heartbeat<'a>(args: &[(&'a str, Arg<'a>)]) -> (&'static Entry, Params) {
    let entry = find("heartbeat").unwrap();
    let args = args.iter().copied();
    let params = Params::named(&entry.spec, Profile::default(), args).unwrap();
    (entry, params)
}

/// Swings of 2 percent that count their bars from 0.
fn turns(high: &[f64], low: &[f64]) -> Values {
    let mut bars = Bars::walk(high.len(), 1);
    bars.high = high.to_vec();
    bars.low = low.to_vec();
    bars.close = high.iter().zip(low).map(|(h, l)| (h + l) / 2.0).collect();
    let (entry, params) = heartbeat(&[
        ("mult", Arg::Number(2.0)),
        ("threshold", Arg::Text("percent")),
    ]);
    run_batch(entry, &params, &bars)
}

/// A sine around 100, every price with noise of up to 1 percent.
fn sine(n: usize, period: f64, seed: u64) -> Bars {
    let mut bars = Bars::walk(n, seed);
    let mut random = Random(seed);
    let mut noise = || 1.0 + 0.01 * (2.0 * random.unit() - 1.0);
    for i in 0..n {
        let phase = i as f64 / period * core::f64::consts::TAU;
        let close = (100.0 + 20.0 * phase.sin()) * noise();
        bars.close[i] = close;
        bars.high[i] = close * 1.002;
        bars.low[i] = close * 0.998;
    }
    bars
}

#[test]
fn a_sine_beats_at_half_its_period() {
    let (entry, params) = heartbeat(&[]);
    for period in [10.0, 16.0, 24.0, 40.0, 60.0] {
        for seed in 1..=20 {
            let bars = sine(900, period, seed);
            let found = run_batch(entry, &params, &bars);
            let [beat, regularity, cycle, confidence] =
                [BEAT, REGULARITY, CYCLE, CONFIDENCE].map(|i| found[i][0]);
            let what = format!("period {period}, seed {seed}: {beat}, {cycle}");
            assert!((beat - period / 2.0).abs() <= 1.0, "{what}");
            assert!((cycle - period).abs() <= 1.0, "{what}");
            assert!(regularity > 0.6 && confidence > 0.6, "{what}");
            let last = *found[PIVOT].last().unwrap();
            let due = last + period / 2.0;
            assert!(found[DUE_FROM][0] <= due + 2.0 && found[DUE_TO][0] >= due - 2.0);
        }
    }
}

#[test]
fn a_random_walk_is_not_to_be_trusted() {
    let (entry, params) = heartbeat(&[]);
    let mean: f64 = (1..=40)
        .map(|seed| run_batch(entry, &params, &Bars::walk(900, seed))[CONFIDENCE][0])
        .sum::<f64>()
        / 40.0;
    assert!(mean < 0.4, "{mean}");
}

#[test]
fn turns_are_told_with_price_and_bar_when_they_are_certain() {
    //            0      1      2      3      4      5      6     7     8     9
    let high = [
        100.0, 104.0, 110.0, 110.0, 108.0, 106.0, 103.0, 104.0, 107.0, 111.0,
    ];
    let low = [
        99.0, 102.0, 109.0, 109.0, 107.0, 104.0, 101.0, 102.0, 105.0, 110.0,
    ];
    let found = turns(&high, &low);
    // The rise from bar 0 tells the direction. Of the equal highs at 2 and 3 the first counts.
    assert_eq!(found[INDEX], [4.0, 7.0]);
    assert_eq!(found[PIVOT], [2.0, 6.0]);
    assert_eq!(found[PRICE], [110.0, 101.0]);
    assert_eq!(found[DIRECTION], [1.0, -1.0]);
    assert_same(
        &vec![found[DURATION].clone(), found[AMPLITUDE].clone()],
        &vec![vec![f64::NAN, 4.0], vec![f64::NAN, 9.0]],
        "duration and amplitude",
    );
    assert_eq!(found[TIME], [1.7e12 + 1_800_000.0, 1.7e12 + 5_400_000.0]);
    assert_eq!(found[BEAT], [4.0]);
    assert!(found[REGULARITY][0].is_nan() && found[DUE_FROM][0].is_nan());
}

#[test]
fn a_bar_that_extends_the_swing_does_not_end_it() {
    // Bar 2 makes the high and falls by more than 2 percent; bar 3 confirms.
    let high = [100.0, 104.0, 110.0, 108.0];
    let low = [99.0, 103.0, 100.0, 107.0];
    let found = turns(&high, &low);
    assert_eq!(found[INDEX], [3.0]);
    assert_eq!(found[PIVOT], [2.0]);
}

#[test]
fn a_quieter_market_alone_confirms_nothing() {
    // Bar 21 falls by less than two ranges of then; later the range shrinks while price rests.
    let mut bars = Bars::flat(60, 100.0);
    for i in 0..60 {
        let (close, reach) = match i {
            0..=20 => (100.0 + i as f64, 0.5),
            21 => (118.5, 0.5),
            _ => (118.1, 0.05),
        };
        (bars.high[i], bars.low[i], bars.close[i]) = (close + reach, close - reach, close);
    }
    let (entry, params) = heartbeat(&[("atr_period", Arg::Number(5.0))]);
    assert!(run_batch(entry, &params, &bars)[INDEX].is_empty());
    // A new low, however little below, confirms the top; it is the next bottom at once.
    bars.low[50] = 117.95;
    let found = run_batch(entry, &params, &bars);
    assert_eq!(found[INDEX], [50.0]);
    assert_eq!(found[PIVOT], [20.0]);
    bars.high[55] = 121.0;
    let found = run_batch(entry, &params, &bars);
    assert_eq!(found[PIVOT][..2], [20.0, 50.0]);
    assert_eq!(found[PRICE][..2], [120.5, 117.95]);
}

#[test]
fn rows_stay_and_turns_alternate() {
    for (threshold, mult) in [("atr", 2.0), ("atr", 0.3), ("percent", 1.0)] {
        let (entry, params) = heartbeat(&[
            ("mult", Arg::Number(mult)),
            ("threshold", Arg::Text(threshold)),
        ]);
        let mut bars = Bars::walk(900, 51);
        for i in [0, 100, 101, 500] {
            bars.close[i] = f64::NAN;
        }
        bars.high[300] = f64::INFINITY;
        let whole = run_batch(entry, &params, &bars);
        let n = whole[INDEX].len();
        assert!(n > 20, "{n} rows");
        for i in 1..n {
            assert_eq!(whole[DIRECTION][i], -whole[DIRECTION][i - 1]);
            assert!(whole[PIVOT][i] > whole[PIVOT][i - 1]);
            assert!(whole[INDEX][i] > whole[INDEX][i - 1]);
            assert!(whole[PIVOT][i] < whole[INDEX][i]);
            assert_eq!(whole[DURATION][i], whole[PIVOT][i] - whole[PIVOT][i - 1]);
            let apart = whole[PRICE][i] - whole[PRICE][i - 1];
            assert!(apart * whole[DIRECTION][i] > 0.0);
            // Nothing between two turns lies beyond them.
            for at in whole[PIVOT][i - 1] as usize + 1..whole[PIVOT][i] as usize {
                if (bars.high[at] + bars.low[at] + bars.close[at]).is_finite() {
                    let side = if whole[DIRECTION][i] > 0.0 {
                        &bars.high
                    } else {
                        &bars.low
                    };
                    assert!((whole[PRICE][i] - side[at]) * whole[DIRECTION][i] >= 0.0);
                }
            }
        }
        for cut in (0..900).step_by(13) {
            let part = run_batch(entry, &params, &bars.slice(0, cut));
            let known = whole[INDEX].iter().filter(|i| **i < cut as f64).count();
            let head: Values = whole[..BEAT].iter().map(|c| c[..known].to_vec()).collect();
            assert_same(&part[..BEAT].to_vec(), &head, &format!("first {cut} bars"));
        }
    }
}

#[test]
fn the_summary_is_told_when_asked_for() {
    let (entry, params) = heartbeat(&[]);
    let bars = sine(400, 16.0, 3);
    let mut stream = Stream::new(entry, params);
    assert!(stream.summary().iter().all(|x| x.is_nan()));
    for i in 0..bars.len() {
        stream.update(&bars.bar(entry.spec.inputs, i)).unwrap();
        assert!(stream.rows().summary().iter().all(|x| x.is_nan()));
    }
    let whole = run_batch(entry, &params, &bars);
    let asked: Values = stream.summary().iter().map(|x| vec![*x]).collect();
    assert_same(&asked, &whole[BEAT..].to_vec(), "summary");
}

#[test]
fn straight_and_flat_closes_have_no_cycle() {
    let (entry, params) = heartbeat(&[]);
    for slope in [0.0, 0.1, -1.0 / 3.0] {
        let mut bars = Bars::flat(600, 1000.0);
        for column in bars.prices() {
            for (i, x) in column.iter_mut().enumerate() {
                *x += slope * i as f64;
            }
        }
        assert!(
            run_batch(entry, &params, &bars)[CYCLE][0].is_nan(),
            "{slope}"
        );
    }
}
