//! Support and resistance on bars whose levels can be told by hand, and pivots against TradingView's.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::*;
use tvf_core::MAX_STATE_ROWS;
use tvf_core::kernels::{Highest, Levels, Lowest, Pivots, Touch};
use tvf_core::{Arg, Entry, Params, Profile, find};

fn entry() -> &'static Entry {
    find("support_resistance").unwrap()
}

fn params(args: &[(&str, f64)]) -> Params {
    let args = args.iter().map(|(name, x)| (*name, Arg::Number(*x)));
    Params::named(&entry().spec, Profile::default(), args).unwrap()
}

/// The levels of bars that trade at one price each, row by row.
fn levels(prices: &[f64], args: &[(&str, f64)]) -> Vec<[f64; 6]> {
    let mut bars = Bars::flat(prices.len(), 0.0);
    for column in bars.prices() {
        column.copy_from_slice(prices);
    }
    rows(&bars, &params(args))
}

fn rows(bars: &Bars, params: &Params) -> Vec<[f64; 6]> {
    let columns = run_batch(entry(), params, bars);
    let row = |i| core::array::from_fn(|c: usize| columns[c][i]);
    (0..columns[0].len()).map(row).collect()
}

const NEXT: [(&str, f64); 3] = [("left", 1.0), ("right", 1.0), ("atr_period", 1.0)];
/// Between 100 and 110; each step is the average true range.
const SWING: [f64; 11] = [
    105.0, 110.0, 105.0, 100.0, 105.0, 110.0, 105.0, 100.0, 105.0, 110.0, 105.0,
];

#[test]
fn a_market_between_two_prices_has_two_levels() {
    let expected = [
        [100.0, 2.0, 2.0, 3.0, 7.0, 1.0],
        [110.0, 3.0, 3.0, 1.0, 9.0, -1.0],
    ];
    assert_eq!(levels(&SWING, &NEXT), expected);
    // The third touch of 110 is known one bar after it.
    let before = [
        [100.0, 2.0, 2.0, 3.0, 7.0, 1.0],
        [110.0, 2.0, 2.0, 1.0, 5.0, 1.0],
    ];
    assert_eq!(levels(&SWING[..10], &NEXT), before);
}

#[test]
fn a_broken_resistance_becomes_a_support() {
    let prices = [&SWING[..10], &[118.0, 111.0, 118.0]].concat();
    let expected = [
        [100.0, 2.0, 2.0, 3.0, 7.0, 1.0],
        [331.0 / 3.0, 3.0, 3.0, 1.0, 11.0, 1.0],
    ];
    assert_eq!(levels(&prices, &NEXT), expected);
    let all = levels(&prices, &[&NEXT[..], &[("min_touches", 1.0)]].concat());
    assert_eq!(all[2], [118.0, 1.0, 1.0, 10.0, 10.0, 1.0]);
}

#[test]
fn of_two_equal_highs_the_later_one_counts() {
    let shown = [&NEXT[..], &[("min_touches", 1.0)]].concat();
    let expected = [[110.0, 1.0, 1.0, 2.0, 2.0, -1.0]];
    assert_eq!(levels(&[105.0, 110.0, 110.0, 105.0], &shown), expected);
}

#[test]
fn without_a_range_a_touch_has_no_strength_and_no_reach() {
    let mut args = [&NEXT[..], &[("min_touches", 1.0), ("tolerance", 100.0)]].concat();
    args[1].1 = 2.0;
    let prices = [105.0, 110.0, 105.0, 105.0, 105.0, 110.5, 105.0, 105.0];
    let expected = [
        [110.0, 1.0, 0.0, 1.0, 1.0, -1.0],
        [110.5, 1.0, 0.0, 5.0, 5.0, -1.0],
    ];
    assert_eq!(levels(&prices, &args), expected);
}

#[test]
fn a_missing_value_gives_no_pivot_in_its_window_and_no_level_without_a_range() {
    let count = |missing: usize, column: usize, atr_period: f64| {
        let mut bars = Bars::flat(SWING.len(), 0.0);
        for prices in bars.prices() {
            prices.copy_from_slice(&SWING);
        }
        bars.prices()[column][missing] = f64::NAN;
        let mut args = [&NEXT[..], &[("min_touches", 1.0)]].concat();
        args[2].1 = atr_period;
        let rows = rows(&bars, &params(&args));
        rows.iter().map(|row| row[1]).sum::<f64>()
    };
    // Five pivots at the bars 1, 3, .. 9, each in a window of three bars.
    for column in 1..4 {
        // The bar of a pivot; behind it the range is missing for one bar more.
        assert_eq!(count(5, column, 1.0), 4.0);
        // A bar between two pivots.
        assert_eq!(count(4, column, 1.0), 3.0);
        // A new seed has to be complete when the pivot is confirmed.
        assert_eq!(count(4, column, 3.0), 3.0);
        assert_eq!(count(4, column, 5.0), 1.0);
        assert_eq!(count(4, column, 7.0), 0.0);
    }
    assert_eq!(count(4, 0, 1.0), 5.0, "the open is not read");
}

#[test]
fn touches_are_final_and_first_never_changes() {
    for args in [
        &[("min_touches", 1.0)][..],
        &[
            ("left", 2.0),
            ("right", 3.0),
            ("tolerance", 1.5),
            ("min_touches", 1.0),
        ],
        &[("tolerance", 0.0), ("min_touches", 1.0), ("left", 1.0)],
    ] {
        let bars = Bars::walk(400, 21);
        let params = params(args);
        let mut before: Vec<[f64; 6]> = Vec::new();
        let mut most = 0.0;
        for n in 1..=bars.len() {
            let now = rows(&bars.slice(0, n), &params);
            for [price, touches, strength, first, last, _] in &before {
                let kept = now.iter().any(|row| {
                    let same = row[..5] == [*price, *touches, *strength, *first, *last];
                    same || (row[3] == *first && row[1] > *touches && row[4] > *last)
                });
                assert!(kept, "{n} bars: the level at {price} is gone");
            }
            for row in &now {
                let role = if row[0] <= bars.close[n - 1] {
                    1.0
                } else {
                    -1.0
                };
                assert_eq!(row[5], role);
                most = if row[1] > most { row[1] } else { most };
            }
            assert!(now.is_sorted_by(|a, b| a[0] <= b[0]));
            before = now;
        }
        assert!(before.len() > 10, "{args:?}: {} levels", before.len());
        assert!(most > 1.0 || args[0].1 == 0.0);
    }
}

fn touch(price: f64, reach: f64, bar: u64) -> [Option<Touch>; 2] {
    let strength = 1.0;
    let touch = Touch {
        price,
        reach,
        strength,
        bar,
    };
    [Some(touch), None]
}

#[test]
fn of_two_levels_equally_near_the_lower_one_takes_the_touch() {
    let mut levels = Levels::new();
    for (price, reach) in [(100.0, 1.0), (110.0, 1.0), (105.0, 5.0)] {
        levels.bar(touch(price, reach, 0));
    }
    let shown = levels.get().iter().map(|l| (l.price(), l.touches));
    assert_eq!(shown.collect::<Vec<_>>(), [(102.5, 2), (110.0, 1)]);
}

#[test]
fn the_level_with_the_fewest_and_oldest_touches_makes_room() {
    let mut levels = Levels::new();
    for bar in 0..MAX_STATE_ROWS as u64 {
        levels.bar(touch(bar as f64, 0.0, bar));
    }
    levels.bar(touch(0.0, 0.0, 2000));
    levels.bar(touch(0.5, 0.0, 2001));
    let prices = levels.get().iter().map(tvf_core::kernels::Level::price);
    let prices: Vec<f64> = prices.take(4).collect();
    assert_eq!(
        prices,
        [0.0, 0.5, 2.0, 3.0],
        "1 was the oldest with one touch"
    );
    assert_eq!(levels.get().len(), MAX_STATE_ROWS);
}

#[test]
fn pivots_are_those_of_trading_view() {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/references");
    let named = std::env::var("TVF_REFERENCES");
    let folder = named.as_deref().unwrap_or(beside);
    let text = match std::fs::read_to_string(format!("{folder}/tradingview/ta/pivot.csv")) {
        Ok(text) => text,
        // Who says where they are expects them; without that they are compared where they happen to be.
        Err(error) => {
            assert!(named.is_err(), "TVF_REFERENCES is {folder}: {error}");
            println!("skipped: no reference data beside the repository, and no TVF_REFERENCES");
            return;
        }
    };
    let mut lines = text.lines();
    // Only headers hold quoted commas, and their order is known.
    assert!(lines.next().unwrap().starts_with(
        "time,open,high,low,close,\"ta.pivothigh(10, 5)\",\"ta.pivothigh(close, 10, 5)\",\"ta.pivotlow(10, 5)\",\"ta.pivotlow(close, 10, 5)\""
    ));
    let rows = lines.map(|line| {
        let cells = line.split(',').map(|x| x.parse().unwrap_or(f64::NAN));
        cells.collect::<Vec<f64>>()
    });
    let rows: Vec<Vec<f64>> = rows.collect();
    let column = |c: usize| rows.iter().map(|row| row[c]).collect::<Vec<f64>>();
    let (mut out, mut rest) = (vec![0.0; rows.len()], vec![0.0; rows.len()]);
    let mut found = 0;
    for (source, theirs, high) in [(2, 5, true), (4, 6, true), (3, 7, false), (4, 8, false)] {
        let x = column(source);
        if high {
            Pivots::<Highest>::new(10, 5).process(&x, &mut out, &mut rest);
        } else {
            Pivots::<Lowest>::new(10, 5).process(&x, &mut out, &mut rest);
        }
        for (i, (a, b)) in out.iter().zip(column(theirs)).enumerate() {
            assert!(same(*a, b), "column {theirs}, row {i}: {a} is not {b}");
            found += usize::from(!b.is_nan());
        }
    }
    assert!(found > 40, "{found} pivots");
}
