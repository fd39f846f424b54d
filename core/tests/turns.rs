//! The turns that families of patterns are built on.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use tvf_core::patterns::{Bar, Turn, Turns, find};
use tvf_core::{Arg, Params, Profile};

/// The search with its turns so far.
struct Run {
    search: Turns,
    found: Vec<Turn>,
}

/// Bars that reach half a point up and down from their closes.
fn run(close: &[f64], args: &[(&str, Arg<'_>)]) -> Run {
    let family = &find("price_patterns").unwrap().family;
    let args = args.iter().copied();
    let params = Params::named(family, Profile::default(), args).unwrap();
    let mut search = Turns::new(&params);
    let bars = close.iter().enumerate().map(|(index, &close)| Bar {
        index: index as u64,
        time: 1000.0 * index as f64,
        open: f64::NAN,
        high: close + 0.5,
        low: close - 0.5,
        close,
        volume: f64::NAN,
    });
    let found = bars.filter_map(|bar| search.next(&bar)).collect();
    Run { search, found }
}

/// One point a bar: up to a top, down to a bottom, up again.
fn zigzag(top: usize, bottom: usize, end: usize) -> Vec<f64> {
    let mut close = vec![100.0];
    for bar in 1..end {
        let step = if bar <= top || bar > bottom {
            1.0
        } else {
            -1.0
        };
        close.push(close[bar - 1] + step);
    }
    close
}

#[test]
fn the_first_bars_have_turns_too() {
    // The true range is 1 at first and 1.5 at every other bar, its mean so far 1.375 at bar 3 to
    // 1.46 at bar 12: the bar that lies more than two of them back is always the third.
    let close = zigzag(5, 10, 20);
    let Run { search, found } = run(&close, &[]);
    let expected = [(5, 105.5, true, 7), (10, 99.5, false, 12)];
    let turns: Vec<_> = found
        .iter()
        .map(|t| (t.bar, t.price, t.top, t.confirmed))
        .collect();
    assert_eq!(turns, expected);
    assert_eq!(found[0].time, 5000.0);
    let tip = search.tip().unwrap();
    assert_eq!((tip.bar, tip.price, tip.top), (19, 109.5, true));
}

/// A series that is long enough for the average from the start has the same turns as its end.
#[test]
fn the_warm_up_ends_where_the_average_begins() {
    for top in [12, 13, 14, 15, 16] {
        let found = run(&zigzag(top, top + 6, top + 12), &[]).found;
        let turns: Vec<_> = found.iter().map(|t| (t.bar, t.confirmed)).collect();
        let top = top as u64;
        assert_eq!(turns, [(top, top + 2), (top + 6, top + 8)]);
    }
}

#[test]
fn the_origin_is_where_the_first_move_began() {
    let mut close = vec![100.0, 99.8];
    close.extend(zigzag(5, 10, 20).iter().map(|x| x - 0.5));
    let origin = run(&close, &[]).search.origin().unwrap();
    assert_eq!((origin.bar, origin.price, origin.top), (2, 99.0, false));
    // A later low does not move it.
    close.extend([90.0, 80.0]);
    assert_eq!(run(&close, &[]).search.origin(), Some(origin));
    assert_eq!(run(&[100.0; 30], &[]).search.origin(), None);
    let bars = [("pivots", Arg::Text("bars"))];
    assert_eq!(run(&close, &bars).search.origin(), None);
}
