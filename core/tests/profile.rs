//! Volume profiles that can be worked out by hand.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::*;
use tvf_core::kernels::{fullest, nodes, value_area};
use tvf_core::{Arg, Params, Profile, Stream, find};

/// High, low, close, volume.
type Bar = [f64; 4];

/// Rows, and point of control with the value area.
fn profile(bars: &[Bar], args: &[(&str, Arg<'_>)]) -> (Vec<[f64; 6]>, [f64; 3]) {
    let entry = find("volume_profile").unwrap();
    let params = Params::named(&entry.spec, Profile::default(), args.iter().copied()).unwrap();
    let mut all = Bars::flat(bars.len(), 0.0);
    for (i, [high, low, close, volume]) in bars.iter().enumerate() {
        all.high[i] = *high;
        all.low[i] = *low;
        all.close[i] = *close;
        all.volume[i] = *volume;
    }
    let result = run_batch(entry, &params, &all);
    let row = |i| core::array::from_fn(|c: usize| result[c][i]);
    (
        (0..result[0].len()).map(row).collect(),
        core::array::from_fn(|i| result[6 + i][0]),
    )
}

const FOUR: (&str, Arg<'_>) = ("bins", Arg::Number(4.0));
const AT_CLOSE: (&str, Arg<'_>) = ("spread", Arg::Text("close"));
const BARS: [Bar; 3] = [
    [104.0, 100.0, 103.0, 40.0],
    [103.0, 101.0, 101.0, 20.0],
    [102.0, 102.0, 102.0, 6.0],
];

#[test]
fn three_bars_by_hand() {
    let rows = [
        [100.0, 101.0, 10.0, 7.5, 2.5, 0.0],
        [101.0, 102.0, 20.0, 7.5, 12.5, 0.0],
        [102.0, 103.0, 26.0, 10.5, 15.5, 1.0],
        [103.0, 104.0, 10.0, 7.5, 2.5, 0.0],
    ];
    assert_eq!(
        profile(&BARS, &[FOUR]),
        (rows.to_vec(), [102.5, 100.0, 103.0])
    );
    let rows = [
        [100.0, 101.0, 0.0, 0.0, 0.0, 0.0],
        [101.0, 102.0, 20.0, 0.0, 20.0, 1.0],
        [102.0, 103.0, 6.0, 3.0, 3.0, -1.0],
        [103.0, 104.0, 40.0, 30.0, 10.0, 1.0],
    ];
    assert_eq!(
        profile(&BARS, &[FOUR, AT_CLOSE]),
        (rows.to_vec(), [103.5, 101.0, 104.0])
    );
}

#[test]
fn bars_that_are_none_are_passed_over() {
    let mut bars = BARS.to_vec();
    for at in 0..4 {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let mut bar = [200.0, 50.0, 60.0, 7.0];
            bar[at] = value;
            bars.insert(at.min(2), bar);
        }
    }
    bars.push([200.0, 50.0, 60.0, -7.0]);
    bars.push([50.0, 200.0, 60.0, 7.0]);
    assert_eq!(profile(&bars, &[FOUR]), profile(&BARS, &[FOUR]));
}

#[test]
fn a_close_outside_its_bar_counts_as_the_nearer_edge() {
    let (rows, _) = profile(
        &[[102.0, 100.0, 99.0, 8.0], [102.0, 100.0, 103.0, 2.0]],
        &[],
    );
    let sum = |column: usize| rows.iter().map(|row| row[column]).sum::<f64>();
    assert!((sum(3) - 2.0).abs() < 1e-12 && (sum(4) - 8.0).abs() < 1e-12);
}

#[test]
fn of_equal_pairs_the_upper_one_joins_the_value_area() {
    let bar = |price: f64, volume| [price, price, price, volume];
    let bars = [
        (100.0, 5.0),
        (101.0, 5.0),
        (102.0, 10.0),
        (103.0, 5.0),
        (104.0, 5.0),
    ];
    let bars = bars.map(|(price, volume)| bar(price, volume));
    let args = [("bins", Arg::Number(5.0)), ("value_area", Arg::Number(0.5))];
    let (rows, [poc, low, high]) = profile(&bars, &args);
    assert_eq!((poc, high), (102.0, 104.0));
    assert!((low - 101.6).abs() < 1e-12);
    assert_eq!(
        rows.iter().map(|r| r[2]).collect::<Vec<_>>(),
        [5.0, 5.0, 10.0, 5.0, 5.0]
    );
    assert_eq!(
        rows.iter().map(|r| r[5]).collect::<Vec<_>>(),
        [0.0, 0.0, 1.0, 0.0, 0.0]
    );
}

#[test]
fn a_flat_market_has_a_single_row() {
    let bars = [[50.0, 50.0, 50.0, 3.0]; 7];
    for args in [&[FOUR][..], &[AT_CLOSE], &[]] {
        let row = [50.0, 50.0, 21.0, 10.5, 10.5, 0.0];
        assert_eq!(profile(&bars, args), (vec![row], [50.0; 3]));
    }
}

#[test]
fn where_nothing_can_be_laid_out_there_are_no_rows() {
    let (rows, summary) = profile(&[], &[]);
    assert!(rows.is_empty() && summary.iter().all(|x| x.is_nan()));
    let wide = [[1e308, -1e308, 0.0, 1.0]];
    let (rows, summary) = profile(&wide, &[]);
    assert!(rows.is_empty() && summary.iter().all(|x| x.is_nan()));
    // Nothing traded: all rows are equally full.
    let (rows, summary) = profile(&[[104.0, 100.0, 103.0, 0.0]], &[FOUR]);
    assert_eq!((rows.len(), summary), (4, [101.5, 101.0, 102.0]));
}

#[test]
fn rows_are_read_as_an_auction() {
    assert_eq!(fullest(&[1.0, 1.0, 1.0, 1.0]), 1);
    assert_eq!(fullest(&[2.0, 1.0, 2.0, 1.0, 1.0]), 2);
    assert_eq!(fullest(&[2.0, 1.0, 1.0, 2.0, 1.0]), 3);
    let rows = [1.0, 4.0, 3.0, 9.0, 2.0, 4.0, 3.0];
    assert_eq!(value_area(&rows, 3, 0.0), 3..=3);
    // 4 + 3 below are more than 2 + 4 above.
    assert_eq!(value_area(&rows, 3, 0.5), 1..=3);
    assert_eq!(value_area(&rows, 3, 0.7), 1..=5);
    // A single row on either side stands for a pair, and the upper one of equal rows is more.
    assert_eq!(value_area(&rows, 3, 0.9), 1..=6);
    assert_eq!(value_area(&rows, 3, 1.0), 0..=6);
    let mark = |rows: &[f64]| {
        let mut marks = vec![7.0; rows.len()];
        nodes(rows, |row, node| marks[row] = node);
        marks
    };
    assert_eq!(mark(&[5.0]), [0.0]);
    assert_eq!(mark(&[5.0, 5.0]), [0.0, 0.0]);
    assert_eq!(mark(&[9.0, 1.0, 1.0, 9.0]), [1.0, -1.0, -1.0, 1.0]);
    assert_eq!(mark(&[1.0, 6.0, 6.0, 0.0]), [0.0, 1.0, 1.0, 0.0]);
    // Peaks below the mean and valleys above it are no nodes.
    assert_eq!(
        mark(&[0.0, 1.0, 0.0, 9.0, 8.0, 9.0]),
        [0.0, 0.0, -1.0, 1.0, 0.0, 1.0]
    );
}

/// Once the bars so far are in their bins, a look at a bar within the range lays that bar alone.
#[test]
fn a_bar_within_the_range_costs_the_same_however_many_came_before() {
    let entry = find("volume_profile").unwrap();
    let params = Params::named(&entry.spec, Profile::default(), []).unwrap();
    let cost = |n: usize| {
        let mut stream = Stream::new(entry, params);
        stream.update(&[200.0, 1.0, 60.0, 1.0]).unwrap();
        for i in 0..n {
            let price = 50.0 + (i % 7) as f64;
            stream.update(&[price + 1.0, price, price, 1.0]).unwrap();
        }
        assert!(!stream.rows().is_empty());
        let _ = tvf_core::kernels::steps::take();
        for _ in 0..5 {
            stream.peek(&[60.0, 55.0, 57.0, 2.0]).unwrap();
            stream.replace(&[60.0, 55.0, 57.0, 2.0]).unwrap();
            assert!(!stream.rows().is_empty());
        }
        tvf_core::kernels::steps::take().0
    };
    assert!(
        cost(5000) <= cost(50) + 10,
        "{} and {}",
        cost(5000),
        cost(50)
    );
}

/// In a trend every bar widens the range, and all bars would have to be laid out anew.
#[test]
fn bars_that_nobody_asks_about_cost_the_same_in_a_trend() {
    let entry = find("volume_profile").unwrap();
    let params = Params::named(&entry.spec, Profile::default(), []).unwrap();
    let bar = |i: usize| {
        let price = 50.0 + i as f64;
        [price + 1.0, price, price, 1.0]
    };
    let cost = |n: usize| {
        let mut stream = Stream::new(entry, params);
        (0..n).for_each(|i| stream.update(&bar(i)).unwrap());
        let _ = tvf_core::kernels::steps::take();
        (n..n + 100).for_each(|i| stream.update(&bar(i)).unwrap());
        tvf_core::kernels::steps::take().0
    };
    assert_eq!(cost(50), cost(5000));
    assert_eq!(cost(50), 100, "a step a bar: it is kept");
}

#[test]
fn a_summary_leaves_the_rows_that_were_peeked_at() {
    for id in ["volume_profile", "support_resistance"] {
        let entry = find(id).unwrap();
        let params = Params::named(&entry.spec, Profile::default(), []).unwrap();
        let bars = Bars::walk(300, 8);
        let mut stream = Stream::new(entry, params);
        for i in 0..bars.len() {
            stream.update(&bars.bar(entry.spec.inputs, i)).unwrap();
        }
        let taken = stream.rows().clone();
        let far = Bars::flat(1, 500.0).bar(entry.spec.inputs, 0);
        stream.peek(&far).unwrap();
        let peeked = stream.rows().clone();
        assert_ne!(taken, peeked, "{id}: the bar makes a difference");
        assert_eq!(stream.summary(), taken.summary(), "{id}");
        assert_eq!(*stream.rows(), peeked, "{id}");
        stream.replace(&far).unwrap();
        let mut twin = Stream::new(entry, params);
        let head = bars.slice(0, bars.len() - 1);
        for i in 0..head.len() {
            twin.update(&head.bar(entry.spec.inputs, i)).unwrap();
        }
        twin.update(&far).unwrap();
        assert_eq!(stream.rows(), twin.rows(), "{id}: replaced");
    }
}
