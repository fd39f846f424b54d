//! From `Spec::converged` on, where the data begins no longer matters.
//!
//! Bars that are the same from one bar on, behind histories of every kind or none, give values that
//! agree to 1e-6 of the scale: the largest value that the indicator shows on either; for `macd`, a
//! difference of averages of prices, the largest price. A ratio of averages of movements (`rsi`,
//! `adx`) is 100 at most, but a history weighs in it by how much more it moved: its scale is 100
//! (of `tsi`, its own scale) times the largest true range over the least average of as many as it smooths; that of its place in
//! its own range is larger by how much of 100 the least of those ranges is. What is a percentage of
//! an average of prices has 100 times the largest price over the least as its scale.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::*;
use tvf_core::kernels::CONVERGED;
use tvf_core::{ALL, Arg, Entry, Params, Profile, Rows, find};

/// Bars before the common ones.
const BEFORE: usize = 300;
/// Bars that all have in common.
const COMMON: usize = 1500;

/// The common bars behind a history, and how the history is called.
fn histories(seed: u64) -> Vec<(&'static str, Bars)> {
    let common = Bars::walk(BEFORE + COMMON, seed);
    let behind = |history: &Bars| {
        let mut bars = common.clone();
        bars.volume[..BEFORE].copy_from_slice(&history.volume[..BEFORE]);
        let theirs = [&history.open, &history.high, &history.low, &history.close];
        for (ours, theirs) in bars.prices().into_iter().zip(theirs) {
            ours[..BEFORE].copy_from_slice(&theirs[..BEFORE]);
        }
        bars
    };
    let other = Bars::walk(BEFORE, !seed);
    let mut jump = other.clone();
    for column in jump.prices() {
        column[BEFORE - 20..].iter_mut().for_each(|x| *x *= 10.0);
    }
    jump.volume[BEFORE - 20..]
        .iter_mut()
        .for_each(|x| *x *= 10.0);
    vec![
        ("none", common.slice(BEFORE, BEFORE + COMMON)),
        ("another walk", behind(&other)),
        ("a jump", behind(&jump)),
        ("its own", common),
    ]
}

fn largest<'a>(values: impl IntoIterator<Item = &'a f64>) -> f64 {
    let sizes = values.into_iter().map(|x| x.abs());
    sizes.fold(0.0, |a, b| if b > a { b } else { a })
}

/// What a share of 1e-6 is taken of.
fn scale(entry: &Entry, params: &Params, [a, b]: [(&Bars, &Values); 2]) -> f64 {
    let bars = [a.0, b.0];
    match entry.spec.id {
        "macd" => largest(bars.into_iter().flat_map(|bars| &bars.close)),
        "ppo" | "trix" => {
            let closes = || bars.into_iter().flat_map(|bars| &bars.close);
            100.0 * largest(closes())
                / closes().fold(f64::INFINITY, |a, b| if *b < a { *b } else { a })
        }
        "chaikin_oscillator" => {
            let adl = find("adl").unwrap();
            let params = Params::named(&adl.spec, Profile::default(), []).unwrap();
            largest(
                bars.map(|bars| run_batch(adl, &params, bars))
                    .iter()
                    .flatten()
                    .flatten(),
            )
        }
        "stoch_rsi" => {
            let rsi = find("rsi").unwrap();
            let period = [("period", Arg::Number(params.number("period")))];
            let of_rsi = Params::named(&rsi.spec, Profile::default(), period).unwrap();
            let least = bars
                .into_iter()
                .flat_map(|bars| {
                    let index = run_batch(rsi, &of_rsi, bars).remove(0);
                    let windows = index[index.len() - COMMON / 2..].to_vec();
                    let ranges = windows.windows(params.period("range").max(2));
                    ranges.map(spread).collect::<Vec<_>>()
                })
                .fold(f64::INFINITY, |a, b| if b < a { b } else { a });
            100.0 / least * scale(rsi, &of_rsi, [a, b])
        }
        "rsi" | "adx" | "cmo" | "tsi" => {
            let smoothed = |period: usize| {
                let atr = find("atr").unwrap();
                let period = [("period", Arg::Number(period as f64))];
                let params = Params::named(&atr.spec, Profile::default(), period).unwrap();
                bars.map(|bars| run_batch(atr, &params, bars).remove(0))
            };
            let lengths = entry
                .spec
                .params
                .iter()
                .filter(|p| ["period", "di_period", "long", "short"].contains(&p.name));
            let shortest = lengths.map(|p| params.period(p.name)).min().unwrap();
            let least = smoothed(shortest)
                .into_iter()
                .flat_map(|ranges| ranges[ranges.len() - COMMON / 2..].to_vec())
                .fold(f64::INFINITY, |a, b| if b < a { b } else { a });
            let whole = if entry.spec.id == "tsi" {
                params.number("scale")
            } else {
                100.0
            };
            whole * largest(smoothed(1).iter().flatten()) / least
        }
        _ => largest([a.1, b.1].into_iter().flatten().flatten()),
    }
}

/// How far the greatest and the least of some values are apart.
fn spread(values: &[f64]) -> f64 {
    let most = values
        .iter()
        .fold(f64::NEG_INFINITY, |a, b| if *b > a { *b } else { a });
    let least = values
        .iter()
        .fold(f64::INFINITY, |a, b| if *b < a { *b } else { a });
    most - least
}

/// Values of the common bars from one of them on; of a table, the rows that belong to them.
fn common(entry: &Entry, values: &Values, output: usize, from: usize, bars: &Bars) -> Vec<f64> {
    let begin = (bars.len() - COMMON) as f64;
    if !entry.spec.is_table() {
        return values[output][bars.len() - COMMON + from..].to_vec();
    }
    let rows = values[0].iter().position(|i| *i >= begin + from as f64);
    let rows = rows.unwrap_or(values[0].len());
    let mut columns: Vec<Vec<f64>> = values.iter().map(|c| c[rows..].to_vec()).collect();
    for (column, values) in entry.spec.table().iter().zip(&mut columns) {
        if is_index(column.kind) {
            for index in values {
                *index -= begin;
            }
        }
    }
    columns.concat()
}

/// How far two results are apart at most, and whether they have values and rows in the same places.
fn apart(a: &[f64], b: &[f64]) -> Option<f64> {
    let alike = a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is_nan() == b.is_nan());
    let distances: Vec<f64> = a.iter().zip(b).map(|(a, b)| a - b).collect();
    alike.then(|| largest(distances.iter().filter(|d| !d.is_nan())))
}

#[test]
fn the_start_of_the_data_no_longer_matters() {
    for entry in ALL {
        for params in param_sets(entry, 80) {
            let outputs = entry.spec.series().len().max(1);
            for seed in [31, 32] {
                let runs: Vec<_> = histories(seed)
                    .into_iter()
                    .map(|(name, bars)| (name, run_batch(entry, &params, &bars), bars))
                    .collect();
                let (_, own, own_bars) = runs.last().unwrap();
                for output in 0..outputs {
                    let Some(from) = (entry.spec.converged)(&params, output) else {
                        continue;
                    };
                    assert!(from + 100 < COMMON, "too few bars: {from}");
                    let right = common(entry, own, output, from, own_bars);
                    for (name, values, bars) in &runs {
                        let ours = common(entry, values, output, from, bars);
                        let allowed =
                            CONVERGED * scale(entry, &params, [(bars, values), (own_bars, own)]);
                        let apart = apart(&ours, &right);
                        assert!(
                            apart.is_some_and(|apart| apart <= allowed),
                            "{}: output {output} from bar {from} behind {name}: off by {apart:?}, {allowed:e} allowed",
                            describe(&params)
                        );
                    }
                }
            }
        }
    }
}

/// Half of the bars would not be enough: some history still shows.
#[test]
fn no_more_bars_than_needed() {
    // The scale of a place in a range is that of the narrowest, which few windows come near.
    let judged = |entry: &&Entry| !entry.spec.is_table() && entry.spec.id != "stoch_rsi";
    for entry in ALL.iter().filter(judged) {
        for params in param_sets(entry, 80) {
            for output in 0..entry.spec.series().len() {
                let warmup = (entry.spec.warmup)(&params, output);
                let Some(converged) = (entry.spec.converged)(&params, output) else {
                    continue;
                };
                assert!(converged >= warmup, "{}", describe(&params));
                let half = converged / 2;
                if converged == warmup || half < warmup {
                    continue;
                }
                let shows = (31..35)
                    .flat_map(histories_and_own)
                    .any(|(bars, own_bars)| {
                        let (values, own) = (
                            run_batch(entry, &params, &bars),
                            run_batch(entry, &params, &own_bars),
                        );
                        let apart = apart(
                            &common(entry, &values, output, half, &bars),
                            &common(entry, &own, output, half, &own_bars),
                        );
                        let allowed = CONVERGED
                            * scale(entry, &params, [(&bars, &values), (&own_bars, &own)]);
                        apart.is_none_or(|apart| apart > allowed)
                    });
                assert!(
                    shows,
                    "{}: output {output} has converged by bar {half}, not {converged}",
                    describe(&params)
                );
            }
        }
    }
}

fn histories_and_own(seed: u64) -> Vec<(Bars, Bars)> {
    let mut all = histories(seed);
    let (_, own) = all.pop().unwrap();
    all.into_iter()
        .map(|(_, bars)| (bars, own.clone()))
        .collect()
}

/// What never converges says so, and no table of states claims to.
#[test]
fn sums_and_states_never_converge() {
    for entry in ALL {
        let params = Params::named(&entry.spec, Profile::default(), []).unwrap();
        let converged = entry.spec.converged_from(&params);
        // Sums, and averages whose speed depends on the prices.
        let never = [
            "obv", "psar", "vwap", "kama", "vidya", "frama", "mcginley", "mama",
        ];
        if entry.spec.rows() == Rows::State || never.contains(&entry.spec.id) {
            assert_eq!(converged, None, "{}", entry.spec.id);
        }
    }
}
