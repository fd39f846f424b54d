//! What a chart asks of windows of bars, against twins that look at every bar.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use core::ops::Range;

use proptest::prelude::*;
use tvf_core::chart::{Candles, Columns, Leaves, Node, Tree, extremes, lttb, viewport};
use tvf_core::kernels::steps;

/// Numbers with what is missing, zeros of both signs and ties among them.
fn value() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => (-50_i32..50).prop_map(|x| f64::from(x) / 4.0),
        3 => -1e3_f64..1e3,
        1 => Just(f64::NAN),
        1 => prop_oneof![Just(f64::INFINITY), Just(f64::NEG_INFINITY), Just(-0.0), Just(0.0)],
    ]
}

fn column(most: usize) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(value(), 0..most)
}

fn bits(x: f64) -> u64 {
    if x.is_nan() { 0 } else { x.to_bits() }
}

fn all_bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|x| bits(*x)).collect()
}

fn tree_of(leaves: &Leaves<'_>) -> Tree {
    let mut tree = Tree::new();
    tree.follow(leaves).unwrap();
    tree
}

/// Least and greatest by looking at each; zeros have no sign.
fn slow_extent(low: &[f64], high: &[f64]) -> Option<(f64, f64)> {
    let mut least = low
        .iter()
        .filter(|x| x.is_finite())
        .map(|x| x + 0.0)
        .collect::<Vec<_>>();
    let mut greatest = high
        .iter()
        .filter(|x| x.is_finite())
        .map(|x| x + 0.0)
        .collect::<Vec<_>>();
    least.sort_by(f64::total_cmp);
    greatest.sort_by(f64::total_cmp);
    Some((*least.first()?, *greatest.last()?))
}

fn within(len: usize, (a, b): (f64, f64)) -> Range<usize> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "shares of a length"
    )]
    let place = |share: f64| (share * (len + 1) as f64) as usize;
    place(a).min(place(b)).min(len)..place(a).max(place(b)).min(len)
}

fn window() -> impl Strategy<Value = (f64, f64)> {
    (0.0..1.0_f64, 0.0..1.0_f64)
}

/// A quarter of what `PROPTEST_CASES` or proptest itself says: a case looks at thousands of bars.
fn quarter() -> ProptestConfig {
    ProptestConfig::with_cases(ProptestConfig::default().cases.div_ceil(4))
}

proptest! {
    #![proptest_config(quarter())]

    #[test]
    fn a_window_is_what_its_bars_are(low in column(6000), high in column(6000), part in window()) {
        let n = low.len().min(high.len());
        let leaves = Leaves { low: &low[..n], high: &high[..n], volume: &[] };
        let range = within(n, part);
        let found = tree_of(&leaves).fold(&leaves, range.clone()).extent();
        let slow = slow_extent(&low[range.clone()], &high[range]);
        prop_assert_eq!(found.map(|(a, b)| (a.to_bits(), b.to_bits())), slow.map(|(a, b)| (a.to_bits(), b.to_bits())));
    }

    /// Bars that come one by one or in pieces, are replaced or taken away, leave the tree of all at once.
    #[test]
    fn following_is_building_anew(
        values in prop::collection::vec(value(), 1..900),
        acts in prop::collection::vec((0..4_u8, 0..300_usize, value()), 1..30),
        part in window(),
    ) {
        let mut line: Vec<f64> = Vec::new();
        let mut rest = values.into_iter().cycle();
        let mut tree = Tree::new();
        for (act, n, x) in acts {
            match act {
                0 => line.push(x),
                1 => line.extend(rest.by_ref().take(n)),
                2 => if let Some(last) = line.last_mut() { *last = x },
                _ => line.truncate(line.len().saturating_sub(n / 8)),
            }
            if n % 2 == 0 || act == 3 {
                tree.follow(&Leaves { volume: &line, ..Leaves::line(&line) }).unwrap();
            }
            // Not told of: a replacement and a bar after it.
            if n % 2 != 0 && act == 2 {
                line.push(x);
            }
        }
        let leaves = Leaves { volume: &line, ..Leaves::line(&line) };
        tree.follow(&leaves).unwrap();
        let range = within(line.len(), part);
        let found = tree.fold(&leaves, range.clone());
        let anew = tree_of(&leaves).fold(&leaves, range.clone());
        prop_assert_eq!(found, anew);
        prop_assert_eq!(tree.bars(), line.len());
        let sum: f64 = line[range].iter().filter(|x| x.is_finite()).sum();
        prop_assert!((anew.volume - sum).abs() < 1e-6);
    }

    #[test]
    fn a_log_scale_shows_what_is_above_zero(low in column(900), part in window()) {
        let high: Vec<f64> = low.iter().map(|x| x + 1.0).collect();
        let leaves = Leaves { low: &low, high: &high, volume: &[] };
        let range = within(low.len(), part);
        let found = tree_of(&leaves).positive(&leaves, range.clone());
        let lows: Vec<f64> = low[range.clone()].iter().copied().filter(|x| *x > 0.0).collect();
        let slow = slow_extent(&lows, &high[range]).filter(|(low, high)| low <= high);
        prop_assert_eq!(found, slow);
    }

    #[test]
    fn find_is_the_first(line in column(5000), part in window(), price in -60.0..60.0_f64) {
        let leaves = Leaves::line(&line);
        let range = within(line.len(), part);
        let found = tree_of(&leaves).find(&leaves, range.clone(), |node| node.high >= price);
        let slow = range.clone().find(|i| line[*i].is_finite() && line[*i] >= price);
        prop_assert_eq!(found, slow);
    }

    #[test]
    fn candles_are_what_their_bars_are(
        bars in prop::collection::vec([value(), value(), value(), value(), value()], 0..3000),
        part in window(),
        most in 1..400_usize,
    ) {
        let of = |i: usize| bars.iter().map(|bar| bar[i]).collect::<Vec<_>>();
        let [open, high, low, close, volume] = [0, 1, 2, 3, 4].map(of);
        let time: Vec<f64> = (0..bars.len()).map(|i| i as f64).collect();
        let columns = Columns { time: &time, open: &open, high: &high, low: &low, close: &close, volume: &volume };
        let tree = tree_of(&columns.leaves());
        let range = within(bars.len(), part);
        let mut candles = Candles::new();
        let found = candles.fill(&tree, &columns, range.clone(), most).unwrap();

        prop_assert!(found.step.is_power_of_two() && found.start.is_multiple_of(found.step));
        prop_assert!(found.count <= most + 1 && found.start <= range.start);
        prop_assert_eq!(range.len().div_ceil(found.step) <= most, true);
        prop_assert!(found.step == 1 || range.len().div_ceil(found.step / 2) > most, "no finer step would do");
        prop_assert_eq!(found.count == 0, range.is_empty());
        for i in 0..found.count {
            let from = found.start + i * found.step;
            let to = (from + found.step).min(bars.len());
            let first = |x: &[f64]| x[from..to].iter().copied().find(|x| x.is_finite()).unwrap_or(f64::NAN);
            let last = |x: &[f64]| x[from..to].iter().rev().copied().find(|x| x.is_finite()).unwrap_or(f64::NAN);
            let most_of = |x: &[f64]| slow_extent(x, x);
            prop_assert_eq!(bits(candles.time[i]), bits(time[from]));
            prop_assert_eq!(bits(candles.open[i]), bits(first(&open[..])));
            prop_assert_eq!(bits(candles.close[i]), bits(last(&close[..])));
            let (least, greatest) = (most_of(&low[from..to]), most_of(&high[from..to]));
            let least = least.map_or(f64::NAN, |x| x.0);
            let greatest = greatest.map_or(f64::NAN, |x| x.1);
            prop_assert_eq!(bits(candles.low[i] + 0.0), bits(least));
            prop_assert_eq!(bits(candles.high[i] + 0.0), bits(greatest));
            let sum: f64 = volume[from..to].iter().filter(|x| x.is_finite()).sum();
            let own = if candles.volume[i].is_nan() { 0.0 } else { candles.volume[i] };
            prop_assert!((own - sum).abs() < 1e-6);
        }
        let last = found.start + found.count * found.step;
        prop_assert!(range.is_empty() || last >= range.end);
    }

    /// Wherever the window is moved to, a bucket that is seen has the same bits.
    #[test]
    fn dragged_windows_do_not_flicker(line in column(4000), from in 0..3000_usize, by in 0..200_usize, most in 1..100_usize) {
        let columns = Columns { open: &line, high: &line, low: &line, close: &line, volume: &line, time: &[] };
        let tree = tree_of(&columns.leaves());
        let (mut one, mut other) = (Candles::new(), Candles::new());
        let width = 900;
        let a = one.fill(&tree, &columns, from..from + width, most).unwrap();
        let b = other.fill(&tree, &columns, from + by..from + by + width, most).unwrap();
        if from + by + width <= line.len() {
            prop_assert_eq!(a.step, b.step);
            let offset = (b.start - a.start) / a.step;
            for (one, other) in one.columns().into_iter().zip(other.columns()) {
                let shared = one.len().saturating_sub(offset).min(other.len());
                if shared > 0 {
                    prop_assert_eq!(all_bits(&one[offset..offset + shared]), all_bits(&other[..shared]));
                }
            }
        }
    }

    #[test]
    fn extremes_keep_the_extremes(line in column(4000), part in window(), most in 1..200_usize) {
        let leaves = Leaves::line(&line);
        let tree = tree_of(&leaves);
        let range = within(line.len(), part);
        let (mut at, mut values) = (Vec::new(), Vec::new());
        let found = extremes(&tree, &line, range, most, &mut at, &mut values).unwrap();
        prop_assert!(at.len() <= 2 * found.count && at.len() == values.len());
        prop_assert!(at.windows(2).all(|w| w[0] < w[1]));
        let mut slow = Vec::new();
        for i in 0..found.count {
            let from = found.start + i * found.step;
            let to = (from + found.step).min(line.len());
            let Some((low, high)) = slow_extent(&line[from..to], &line[from..to]) else {
                slow.push((from as f64, f64::NAN));
                continue;
            };
            let place = |x: f64| (from..to).find(|i| line[*i] == x).unwrap();
            let mut points = vec![(place(low) as f64, low), (place(high) as f64, high)];
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
            points.dedup_by_key(|point| point.0.to_bits());
            slow.extend(points);
        }
        let own: Vec<_> = at.iter().zip(&values).map(|(at, x)| (at.to_bits(), bits(*x))).collect();
        let slow: Vec<_> = slow.iter().map(|(at, x)| (at.to_bits(), bits(*x))).collect();
        prop_assert_eq!(own, slow);
    }

    #[test]
    fn lttb_takes_the_largest_triangles(y in column(900), most in 0..200_usize) {
        let x: Vec<f64> = (0..y.len()).map(|i| i as f64 * 3.0).collect();
        let chosen = lttb(&x, &y, most).unwrap();
        let points: Vec<usize> = (0..y.len()).filter(|i| y[*i].is_finite()).collect();
        prop_assert_eq!(chosen.len(), most.min(points.len()));
        prop_assert!(chosen.windows(2).all(|w| w[0] < w[1]));
        if most >= points.len() || most < 3 {
            return Ok(());
        }
        prop_assert_eq!((chosen[0], chosen[most - 1]), (points[0], *points.last().unwrap()));
        let edge = |b: usize| 1 + b * (points.len() - 2) / (most - 2);
        for b in 0..most - 2 {
            let next: Vec<usize> = if b == most - 3 { vec![*points.last().unwrap()] } else { points[edge(b + 1)..edge(b + 2)].to_vec() };
            let n = next.len() as f64;
            let mean = |column: &[f64]| next.iter().map(|i| column[*i]).sum::<f64>() / n;
            let (a, c) = (chosen[b], (mean(&x), mean(&y)));
            let area = |i: usize| ((x[a] - c.0) * (y[i] - y[a]) - (x[a] - x[i]) * (c.1 - y[a])).abs();
            let bucket = &points[edge(b)..edge(b + 1)];
            prop_assert!(bucket.contains(&chosen[b + 1]));
            let largest = bucket.iter().map(|i| area(*i)).fold(0.0, |m, x| if x > m { x } else { m });
            prop_assert!(area(chosen[b + 1]) >= largest * (1.0 - 1e-12));
        }
    }

    #[test]
    fn bars_between_moments(
        steps in prop::collection::vec(prop_oneof![8 => (0..3_u8).prop_map(f64::from), 3 => Just(f64::NAN)], 0..400),
        from in -5.0..500.0_f64,
        length in -5.0..300.0_f64,
        margin in 0..4_usize,
    ) {
        let mut now = 0.0;
        let times: Vec<f64> = steps.iter().map(|x| if x.is_nan() { *x } else { now += x; now }).collect();
        let to = from + length;
        let found = viewport::by_time(&times, from, to, margin).unwrap();
        let seen: Vec<usize> = (0..times.len()).filter(|i| times[*i] >= from && times[*i] <= to).collect();
        if let (Some(first), Some(last)) = (seen.first(), seen.last()) {
            prop_assert_eq!(found.start, first.saturating_sub(margin));
            // Behind the last that is seen there may be missing ones, which are between it and the next.
            let next = (last + 1..times.len()).find(|i| times[*i].is_finite()).unwrap_or(times.len());
            prop_assert_eq!(found.end, (next + margin).min(times.len()));
        } else {
            prop_assert!(found.len() <= 2 * margin);
        }
    }

    #[test]
    fn bars_between_places(bars in 0..50_usize, from in -20.0..70.0_f64, length in -3.0..40.0_f64, margin in 0..3_usize) {
        let found = viewport::by_index(bars, from, from + length, margin).unwrap();
        let overlaps = |i: &usize| (*i as f64) + 0.5 > from && (*i as f64) - 0.5 < from + length;
        let seen: Vec<usize> = (0..bars).filter(overlaps).collect();
        if let (Some(first), Some(last)) = (seen.first(), seen.last()) && length > 0.0 {
            prop_assert_eq!(found, first.saturating_sub(margin)..(last + 1 + margin).min(bars));
        } else if length <= 0.0 {
            prop_assert!(found.len() <= 1 + 2 * margin);
        } else {
            prop_assert!(found.len() <= 2 * margin);
        }
    }
}

#[test]
fn windows_without_an_end_are_all_bars() {
    let times = [1.0, 2.0, f64::NAN, 4.0];
    let all = viewport::by_time(&times, f64::NEG_INFINITY, f64::INFINITY, 0).unwrap();
    assert_eq!(all, 0..4);
    assert_eq!(
        viewport::by_index(9, f64::NEG_INFINITY, f64::INFINITY, 3).unwrap(),
        0..9
    );
    assert_eq!(viewport::by_time(&[], 0.0, 1.0, 2).unwrap(), 0..0);
    assert_eq!(
        viewport::by_time(&[f64::NAN; 9], 0.0, 1.0, 0)
            .unwrap()
            .len(),
        0
    );
    let error = viewport::by_time(&times, f64::NAN, 1.0, 0).unwrap_err();
    assert_eq!(
        (error.code.as_str(), error.name.as_str()),
        ("param_range", "from")
    );
}

#[test]
fn nothing_is_seen_where_nothing_is() {
    let leaves = Leaves::line(&[]);
    let tree = tree_of(&leaves);
    assert_eq!(tree.fold(&leaves, 0..10), Node::NONE);
    assert_eq!(tree.fold(&leaves, Range { start: 5, end: 2 }), Node::NONE);
    let missing = [f64::NAN; 40];
    let leaves = Leaves::line(&missing);
    assert_eq!(tree_of(&leaves).fold(&leaves, 0..40).extent(), None);
    let mut candles = Candles::new();
    let columns = Columns {
        low: &missing,
        high: &missing,
        ..Columns::default()
    };
    let found = candles
        .fill(&tree_of(&leaves), &columns, 0..40, 10)
        .unwrap();
    assert_eq!((found.step, found.count), (4, 10));
    assert!(
        candles
            .columns()
            .iter()
            .all(|c| c.len() == 10 && c.iter().all(|x| x.is_nan()))
    );
}

#[test]
fn lttb_of_columns_that_differ_is_refused() {
    let error = lttb(&[1.0, 2.0], &[1.0], 5).unwrap_err();
    assert_eq!(error.to_string(), "input y has 1 bars but x has 2");
}

/// By the nodes and bars looked at, not by a clock: a tick and a window of a million bars cost what a page can spare.
#[test]
fn questions_cost_the_logarithm_of_the_bars() {
    let mut line: Vec<f64> = (0..1_000_000).map(|i| f64::from(i % 977)).collect();
    let mut tree = tree_of(&Leaves::line(&line));
    for _ in 0..300 {
        line.push(5.0);
        let _ = steps::take();
        tree.follow(&Leaves::line(&line)).unwrap();
        assert!(steps::take().0 <= 2 * 16 + 2 * 4, "a tick");
    }
    let leaves = Leaves::line(&line);
    for from in [0, 1, 17, 255, 4_095, 70_000, 999_999] {
        let _ = steps::take();
        let found = tree.fold(&leaves, from..line.len() - 3);
        assert!(found.extent().is_some());
        assert!(steps::take().0 <= 2 * 16 * 5, "a window");
    }
    let columns = Columns {
        open: &line,
        high: &line,
        low: &line,
        close: &line,
        ..Columns::default()
    };
    let mut candles = Candles::new();
    for seen in [2_001, 5_000, 77_777, 1_000_000] {
        let _ = steps::take();
        let found = candles
            .fill(&tree, &columns, 100..100 + seen, 2_000)
            .unwrap();
        assert!(
            steps::take().0 <= 16 * found.count as u64 + 16,
            "candles of {seen} bars"
        );
    }
}
