//! The kernels against exact arithmetic, and against their simplest form.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may fail, and judges with what the kernels may not use"
)]

use proptest::prelude::*;
use tvf_core::Codec;
use tvf_core::MAX_STATE_ROWS;
use tvf_core::kernels::{
    Age, Autocorrelation, Cumulative, Delay, Fir, Frame, Highest, History, Kernel, Levels, Lowest,
    Mean, Moments, Pivots, Recurrence, Ring, Seed, Slope, Slots, Spread, Sum, Touch, Weighing,
    Weighted, WeightedMean, Window,
};

/// An exact sum of doubles: parts that do not overlap (J. R. Shewchuk, 1997).
#[derive(Default, Clone)]
struct Exact(Vec<f64>);

impl Exact {
    fn add(&mut self, mut x: f64) {
        let mut parts = Vec::new();
        for &part in &self.0 {
            let (sum, rest) = two_sum(x, part);
            if rest != 0.0 {
                parts.push(rest);
            }
            x = sum;
        }
        parts.push(x);
        self.0 = parts;
    }

    fn add_product(&mut self, a: f64, b: f64) {
        let product = a * b;
        self.add(product);
        self.add(a.mul_add(b, -product));
    }

    fn value(&self) -> f64 {
        self.0.iter().sum()
    }

    /// How far a number is from the exact value.
    fn distance(&self, x: f64) -> f64 {
        let mut apart = self.clone();
        apart.add(-x);
        apart.value().abs()
    }
}

fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let b_part = sum - a;
    (sum, (a - (sum - b_part)) + (b - b_part))
}

const UNIT: f64 = f64::EPSILON / 2.0;

fn run<K>(kernel: &mut K, x: &[f64], process: impl Fn(&mut K, &[f64], &mut [f64])) -> Vec<f64> {
    let mut out = vec![0.0; x.len()];
    process(kernel, x, &mut out);
    out
}

/// A price path that stays positive over any number of bars.
fn prices(n: usize) -> impl Iterator<Item = f64> {
    let mut bits = 1u64;
    let mut price: f64 = 100.0;
    (0..n).map(move |_| {
        bits = bits
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let unit = (bits >> 11) as f64 / (1u64 << 53) as f64;
        price = (price * (1.0 + 0.02 * (unit - 0.5))).clamp(1.0, 1e6);
        price
    })
}

fn check_sum(window: &[f64], ours: f64) {
    let mut exact = Exact::default();
    for x in window {
        exact.add(*x);
    }
    let bound = (window.len() - 1) as f64 * UNIT * exact.value();
    assert!(
        exact.distance(ours) <= bound,
        "sum of {} bars: {ours} is off by {:e}, bound {bound:e}",
        window.len(),
        exact.distance(ours)
    );
}

#[test]
fn sums_do_not_drift_over_ten_million_bars() {
    let x: Vec<f64> = prices(10_000_000).collect();
    for period in [2, 20, 200, 5000] {
        let out = run(&mut Window::<Sum>::new(period), &x, |k, x, out| {
            for (x, out) in x.chunks(1024).zip(out.chunks_mut(1024)) {
                k.process(x, out);
            }
        });
        for end in (x.len() - 40 * period / period.min(40)..x.len()).step_by(period.div_ceil(40)) {
            check_sum(&x[end + 1 - period..=end], out[end]);
        }
    }
}

proptest! {
    #[test]
    fn sums_keep_the_bound_of_adding_the_window_once(
        x in prop::collection::vec(1e-3..1e6f64, 1..600),
        period in 1..80usize,
    ) {
        let out = run(&mut Window::<Sum>::new(period), &x, Window::process);
        for end in 0..x.len() {
            if end + 1 < period {
                prop_assert!(out[end].is_nan());
            } else {
                check_sum(&x[end + 1 - period..=end], out[end]);
            }
        }
    }

    #[test]
    fn weighted_sums_keep_their_bound(
        x in prop::collection::vec(1e-3..1e6f64, 1..400),
        period in 1..60usize,
    ) {
        let out = run(&mut Window::<Weighted>::new(period), &x, Window::process);
        for end in period - 1..x.len() {
            let mut exact = Exact::default();
            for (i, x) in x[end + 1 - period..=end].iter().enumerate() {
                exact.add_product(*x, (i + 1) as f64);
            }
            let bound = 2.0 * period as f64 * UNIT * exact.value();
            prop_assert!(exact.distance(out[end]) <= bound, "{} of {bound:e}", exact.distance(out[end]));
        }
    }

    #[test]
    fn sums_with_any_weights_keep_their_bound(
        x in prop::collection::vec(1e-3..1e6f64, 1..400),
        taps in prop::collection::vec(-1.0..1.0f64, 1..60),
    ) {
        let out = run(&mut Fir::new(taps.clone()), &x, Fir::process);
        prop_assert!(out.iter().take(taps.len() - 1).all(|x| x.is_nan()));
        for (window, out) in x.windows(taps.len()).zip(out.iter().skip(taps.len() - 1)) {
            let (mut exact, mut size) = (Exact::default(), 0.0);
            for (x, tap) in window.iter().zip(&taps) {
                exact.add_product(*x, *tap);
                size += (x * tap).abs();
            }
            let bound = (taps.len() + 1) as f64 * UNIT * size;
            prop_assert!(exact.distance(*out) <= bound, "{} of {bound:e}", exact.distance(*out));
        }
    }

    /// Prices of a thousand million that move by thousandths.
    #[test]
    fn variance_is_right_to_1e_minus_10_however_large_the_price(
        moves in prop::collection::vec(-1e-3..1e-3f64, 2..300),
        period in 2..60usize,
    ) {
        let x: Vec<f64> = moves.iter().map(|m| 1e9 + m).collect();
        let out = run(&mut Window::<Moments>::new(period), &x, Window::process);
        for end in period - 1..x.len() {
            let window = &x[end + 1 - period..=end];
            // Σx² − (Σx)²/n of distances from one bar, which are exact.
            let mut sum = Exact::default();
            let mut squares = Exact::default();
            for x in window {
                let d = x - window[0];
                sum.add(d);
                squares.add_product(d, d);
            }
            let n = period as f64;
            let mut exact = squares.clone();
            for a in &sum.0 {
                for b in &sum.0 {
                    exact.add_product(*a / n, -*b);
                }
            }
            let exact = exact.value();
            let found = out[end] / n;
            prop_assert!((found - exact).abs() <= 1e-10 * exact, "{found} is not {exact}");
        }
    }

    #[test]
    fn extremes_are_those_of_the_window(
        x in prop::collection::vec(prop_oneof![8 => -5.0..5.0f64, 1 => Just(f64::NAN), 1 => Just(0.0), 1 => Just(-0.0), 1 => Just(f64::INFINITY)], 1..300),
        period in 1..40usize,
    ) {
        let highest = run(&mut Window::<Highest>::new(period), &x, Window::process);
        let lowest = run(&mut Window::<Lowest>::new(period), &x, Window::process);
        for end in 0..x.len() {
            let window = &x[(end + 1).saturating_sub(period)..=end];
            if end + 1 < period || window.iter().any(|x| !x.is_finite()) {
                prop_assert!(highest[end].is_nan() && lowest[end].is_nan());
                continue;
            }
            // +0.0 stands for both zeros.
            let top = window.iter().fold(f64::NEG_INFINITY, |a, b| a.max(*b)) + 0.0;
            let bottom = window.iter().fold(f64::INFINITY, |a, b| a.min(*b)) + 0.0;
            prop_assert_eq!(highest[end].to_bits(), top.to_bits());
            prop_assert_eq!(lowest[end].to_bits(), bottom.to_bits());
        }
    }

    #[test]
    fn ages_are_those_of_the_newest_highest_bar(
        x in prop::collection::vec(prop_oneof![20 => (0..9i32).prop_map(f64::from), 1 => Just(f64::NAN), 1 => Just(-0.0), 1 => Just(f64::INFINITY)], 1..300),
        period in 1..40usize,
    ) {
        let ages = run(&mut Window::<Age>::new(period), &x, Window::process);
        for end in 0..x.len() {
            let window = &x[(end + 1).saturating_sub(period)..=end];
            if end + 1 < period || window.iter().any(|x| !x.is_finite()) {
                prop_assert!(ages[end].is_nan());
                continue;
            }
            let highest = window.iter().fold(f64::NEG_INFINITY, |a, b| a.max(*b));
            let age = window.iter().rev().position(|x| *x == highest).unwrap();
            prop_assert_eq!(ages[end], age as f64);
        }
    }

    /// Prices of a thousand million that move by thousandths.
    #[test]
    fn slopes_are_right_to_1e_minus_10_of_the_moves_however_large_the_price(
        moves in prop::collection::vec(-1e-3..1e-3f64, 2..300),
        period in 2..60usize,
    ) {
        let x: Vec<f64> = moves.iter().map(|m| 1e9 + m).collect();
        let out = run(&mut Window::<Slope>::new(period), &x, Window::process);
        for end in period - 1..x.len() {
            let window = &x[end + 1 - period..=end];
            let mut exact = Exact::default();
            for (i, x) in window.iter().enumerate() {
                exact.add_product(i as f64 - (period - 1) as f64 / 2.0, x - window[0]);
            }
            let bound = 1e-10 * 1e-3 * (period * period) as f64;
            prop_assert!(exact.distance(out[end]) <= bound, "{} of {bound:e}", exact.distance(out[end]));
        }
    }

    #[test]
    fn spreads_are_mean_distances(
        x in prop::collection::vec(-1e3..1e3f64, 1..300),
        period in 1..40usize,
    ) {
        let mean = run(&mut Mean::new(period), &x, Mean::process);
        let out = run(&mut Spread::new(period), &x, |k, x, out| k.process(x, &mean, out));
        for end in 0..x.len() {
            if end + 1 < period {
                prop_assert!(out[end].is_nan());
                continue;
            }
            let mut exact = Exact::default();
            for x in &x[end + 1 - period..=end] {
                exact.add((x - mean[end]).abs());
            }
            let bound = 2.0 * period as f64 * UNIT * exact.value();
            prop_assert!(exact.distance(out[end] * period as f64) <= bound);
        }
    }

    #[test]
    fn pivots_are_surpassed_by_no_bar_before_and_reached_by_none_after(
        x in prop::collection::vec(prop_oneof![20 => (0..9i32).prop_map(f64::from), 1 => Just(f64::NAN), 1 => Just(-0.0), 1 => Just(f64::INFINITY)], 1..300),
        left in 1..6usize,
        right in 1..6usize,
    ) {
        let mut highest = vec![0.0; x.len()];
        let mut tops = vec![0.0; x.len()];
        Pivots::<Highest>::new(left, right).process(&x, &mut tops, &mut highest);
        let bottoms = run(&mut Pivots::<Lowest>::new(left, right), &x, |k, x, out| {
            k.process(x, out, &mut vec![0.0; x.len()]);
        });
        let same = |a: f64, b: f64| a == b || (a.is_nan() && b.is_nan());
        for end in 0..x.len() {
            let (mut top, mut bottom) = (f64::NAN, f64::NAN);
            if let Some(at) = (end + 1).checked_sub(right + 1).filter(|at| *at >= left) {
                let (before, after) = (&x[at - left..at], &x[at + 1..=end]);
                if x[at - left..=end].iter().all(|x| x.is_finite()) {
                    if before.iter().all(|b| *b <= x[at]) && after.iter().all(|a| *a < x[at]) {
                        top = x[at];
                    }
                    if before.iter().all(|b| *b >= x[at]) && after.iter().all(|a| *a > x[at]) {
                        bottom = x[at];
                    }
                }
                let most = x[at + 1..=end].iter().fold(f64::NEG_INFINITY, |a, b| a.max(*b));
                prop_assert!(highest[end] == most || x[at + 1..=end].iter().any(|x| !x.is_finite()));
            }
            prop_assert!(same(tops[end], top) && same(bottoms[end], bottom), "bar {end} of {x:?}");
        }
    }

    #[test]
    fn smoothing_is_the_textbook_recurrence(
        x in prop::collection::vec(1e-2..1e3f64, 1..500),
        period in 1..50usize,
    ) {
        let out = run(&mut Recurrence::ema(period), &x, Recurrence::process);
        let gain = 2.0 / (period as f64 + 1.0);
        let mut y = 0.0;
        for (i, x) in x.iter().enumerate() {
            if i + 1 < period {
                prop_assert!(out[i].is_nan());
                y += x;
                continue;
            }
            y = if i + 1 == period { (y + x) / period as f64 } else { y + gain * (x - y) };
            prop_assert!((out[i] - y).abs() <= 1e-13 * 1e3, "{} is not {y}", out[i]);
        }
    }

    #[test]
    fn running_sums_are_near_the_exact_ones(x in prop::collection::vec(-1e6..1e6f64, 1..500)) {
        let out = run(&mut Cumulative::new(0.0), &x, Cumulative::process);
        let mut exact = Exact::default();
        let mut size = 0.0;
        for i in 0..x.len() {
            exact.add(x[i]);
            size += x[i].abs();
            prop_assert!(exact.distance(out[i]) <= (i + 3) as f64 * UNIT * size);
        }
    }
}

/// Runs of bars, each with a base and an end at which the sums begin anew.
fn weigh(
    kernel: &mut Weighing,
    bars: &[(f64, f64)],
    resets: &[usize],
    at_once: bool,
) -> Vec<[f64; 3]> {
    let (x, weights): (Vec<f64>, Vec<f64>) = bars.iter().copied().unzip();
    let mut found = vec![[0.0; 3]; x.len()];
    let mut from = 0;
    for &to in resets.iter().chain([&x.len()]) {
        let frame = Frame {
            base: 100.0,
            shown: 100.0,
            mult: 2.0,
        };
        while from < to {
            let mut out = [(); 3].map(|()| vec![0.0; to - from]);
            let columns = out.each_mut().map(Vec::as_mut_slice);
            let range = from..to;
            let mut done = 0;
            if at_once {
                done = kernel.tiles(&frame, &x[range.clone()], &weights[range], columns);
            }
            for i in 0..done {
                found[from + i] = [out[0][i], out[1][i], out[2][i]];
            }
            from += done;
            if from < to {
                found[from] = kernel
                    .add(&frame, x[from], weights[from])
                    .unwrap_or([f64::NAN; 3]);
                from += 1;
            }
        }
        kernel.restart();
    }
    found
}

proptest! {
    #[test]
    fn weighed_means_are_the_textbook_ones_at_once_and_alone(
        bars in prop::collection::vec(
            (90.0..110.0f64, prop_oneof![1 => Just(0.0), 9 => 0.0..1e6f64]), 1..300,
        ),
        empty in 0..40usize,
        resets in prop::collection::btree_set(0..300usize, 0..3),
    ) {
        let mut bars = bars;
        bars.iter_mut().take(empty).for_each(|(_, weight)| *weight = 0.0);
        let resets: Vec<usize> = resets.into_iter().filter(|r| *r < bars.len()).collect();
        let found = weigh(&mut Weighing::default(), &bars, &resets, true);
        let alone = weigh(&mut Weighing::default(), &bars, &resets, false);
        let bits = |rows: &[[f64; 3]]| rows.iter().map(|row| row.map(f64::to_bits)).collect::<Vec<_>>();
        prop_assert_eq!(bits(&found), bits(&alone));
        let mut begun = 0;
        for i in 0..bars.len() {
            if resets.contains(&i) {
                begun = i;
            }
            let since = &bars[begun..=i];
            let total: f64 = since.iter().map(|(_, weight)| weight).sum();
            if total == 0.0 {
                prop_assert!(found[i].iter().all(|x| x.is_nan()));
                continue;
            }
            let mean = since.iter().map(|(x, weight)| x * weight).sum::<f64>() / total;
            let square = since.iter().map(|(x, weight)| weight * (x - mean).powi(2)).sum::<f64>() / total;
            prop_assert!((found[i][0] - mean).abs() <= 1e-12 * mean);
            let reach = found[i][1] - found[i][0];
            prop_assert!((reach.powi(2) / 4.0 - square).abs() <= 1e-11 * 100.0, "{reach}, {square}");
            prop_assert!((found[i][0] - found[i][2] - reach).abs() <= 1e-12 * mean);
        }
    }
}

proptest! {
    #[test]
    fn slots_give_the_mean_before_at_the_same_second(
        bars in prop::collection::vec((prop_oneof![
            9 => 0..12u32, 1 => Just(86_399), 1 => Just(86_400)
        ], prop_oneof![9 => 1e-3..1e6f64, 1 => Just(f64::NAN)]), 1..400),
        period in 1..9usize,
    ) {
        let x: Vec<f64> = bars.iter().map(|(_, x)| *x).collect();
        let seconds: Vec<f64> = bars.iter().map(|(second, _)| f64::from(*second)).collect();
        let out = run(&mut Slots::new(period), &x, |k, x, out| k.process(&seconds, x, out));
        for (i, (second, x)) in bars.iter().enumerate() {
            let before: Vec<f64> = bars[..i]
                .iter()
                .filter(|(s, x)| s == second && x.is_finite())
                .map(|(_, x)| *x)
                .collect();
            if *second == 86_400 || x.is_nan() || before.len() < period {
                prop_assert!(out[i].is_nan());
                continue;
            }
            let mut exact = Exact::default();
            for x in &before[before.len() - period..] {
                exact.add(*x);
            }
            let apart = (out[i] - exact.value() / period as f64).abs();
            prop_assert!(apart <= (period + 2) as f64 * UNIT * exact.value());
        }
    }
}

#[test]
fn windows_are_right_again_after_a_missing_value_and_a_spike() {
    for bad in [f64::NAN, f64::INFINITY, 1e17] {
        let clean: Vec<f64> = prices(600).collect();
        let mut x = clean.clone();
        x[300] = bad;
        for period in [1, 2, 3, 20, 64] {
            fn check<K: Kernel>(
                make: impl Fn() -> K,
                process: impl Fn(&mut K, &[f64], &mut [f64]),
                a: &[f64],
                b: &[f64],
                from: usize,
            ) {
                let (a, b) = (run(&mut make(), a, &process), run(&mut make(), b, &process));
                assert!(
                    a[from..]
                        .iter()
                        .zip(&b[from..])
                        .all(|(a, b)| a.to_bits() == b.to_bits())
                );
            }
            let from = 300 + period;
            check(
                || Window::<Sum>::new(period),
                Window::process,
                &clean,
                &x,
                from,
            );
            check(
                || Window::<Moments>::new(period),
                Window::process,
                &clean,
                &x,
                from,
            );
            check(
                || Window::<Weighted>::new(period),
                Window::process,
                &clean,
                &x,
                from,
            );
            check(
                || Window::<Highest>::new(period),
                Window::process,
                &clean,
                &x,
                from,
            );
            check(
                || Window::<Lowest>::new(period),
                Window::process,
                &clean,
                &x,
                from,
            );
            check(|| Mean::new(period), Mean::process, &clean, &x, from);
        }
    }
}

/// What may be done with a kernel between two looks at it.
#[derive(Debug, Clone)]
enum Act {
    Take(usize),
    Replace,
    Peek,
    Store,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    prop::collection::vec(
        prop_oneof![
            4 => (1..70usize).prop_map(Act::Take),
            3 => Just(Act::Take(1)),
            2 => Just(Act::Replace),
            2 => Just(Act::Peek),
            1 => Just(Act::Store),
        ],
        1..60,
    )
}

/// Any acts leave the kernel where a single call over the same bars leaves it.
fn obeys<K: Kernel>(
    make: impl Fn() -> K,
    process: impl Fn(&mut K, &[f64], &mut [f64]),
    acts: &[Act],
) {
    let x: Vec<f64> = prices(4000)
        .enumerate()
        .map(|(i, x)| if i % 97 == 60 { f64::NAN } else { x })
        .collect();
    let whole = run(&mut make(), &x, &process);
    let mut kernel = make();
    let mut at = 0;
    let same = |a: f64, b: f64| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
    for act in acts {
        match act {
            Act::Take(n) => {
                let out = run(&mut kernel, &x[at..at + n], &process);
                assert!(
                    out.iter().zip(&whole[at..]).all(|(a, b)| same(*a, *b)),
                    "take {n} at {at}"
                );
                at += n;
            }
            Act::Replace if at > 0 => {
                kernel.undo();
                run(&mut kernel, &[7e7], &process);
                kernel.undo();
                let out = run(&mut kernel, &x[at - 1..at], &process);
                assert!(same(out[0], whole[at - 1]), "replace at {at}");
            }
            Act::Peek => {
                kernel.park();
                let out = run(&mut kernel, &x[at..=at], &process);
                kernel.undo();
                kernel.unpark();
                assert!(same(out[0], whole[at]), "peek at {at}");
            }
            Act::Store => {
                let mut codec = Codec::Write(Vec::new());
                kernel.code(&mut codec).unwrap();
                let Codec::Write(bytes) = codec else {
                    unreachable!()
                };
                kernel = make();
                kernel.code(&mut Codec::Read(&bytes)).unwrap();
            }
            Act::Replace => {}
        }
    }
}

/// One of many rows, which one is the bar's to tell: to look at all of them at every bar would take far longer than
/// what is tested.
fn any<T>(rows: &[T], x: f64) -> Option<&T> {
    let place = x.to_bits().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 33;
    rows.get(usize::try_from(place).ok()?.checked_rem(rows.len())?)
}

/// A quarter of what `PROPTEST_CASES` or proptest itself says: a case runs all kernels over many bars.
fn quarter() -> ProptestConfig {
    ProptestConfig::with_cases(ProptestConfig::default().cases.div_ceil(4))
}

proptest! {
    #![proptest_config(quarter())]
    #[test]
    fn every_kernel_is_split_undone_and_stored(acts in acts(), period in 1..70usize) {
        obeys(|| Window::<Sum>::new(period), Window::process, &acts);
        obeys(|| Window::<Weighted>::new(period), Window::process, &acts);
        obeys(|| Window::<Moments>::new(period), Window::process, &acts);
        obeys(|| Window::<Highest>::new(period), Window::process, &acts);
        obeys(|| Window::<Lowest>::new(period), Window::process, &acts);
        obeys(|| Window::<Age>::new(period), Window::process, &acts);
        obeys(|| Window::<Slope>::new(period), Window::process, &acts);
        obeys(|| Spread::new(period), |k, x, out| k.process(x, x, out), &acts);
        obeys(|| Mean::new(period), Mean::process, &acts);
        obeys(|| WeightedMean::new(period), WeightedMean::process, &acts);
        obeys(|| Fir::new(vec![0.5; period]), Fir::process, &acts);
        obeys(|| Delay::new(period), Delay::process, &acts);
        obeys(|| Pivots::<Highest>::new(period, 3), |k, x, out| k.process(x, out, &mut vec![0.0; x.len()]), &acts);
        obeys(|| Pivots::<Lowest>::new(2, period), |k, x, out| k.process(x, &mut vec![0.0; x.len()], out), &acts);
        // Far more levels than there is room for.
        obeys(Levels::new, |k, x, out| {
            for (x, out) in x.iter().zip(out) {
                let touch = |price| Touch { price, reach: 1e-3, strength: 1.0, bar: x.to_bits() % 1000 };
                k.bar([(x % 3.0 < 2.0).then(|| touch(*x)), (x % 5.0 < 4.0).then(|| touch(x * 2.0))]);
                *out = any(k.get(), *x).map_or(0.0, |l| l.price() * l.touches as f64 + l.last as f64);
            }
            assert!(k.get().len() <= MAX_STATE_ROWS && k.get().is_sorted_by(|a, b| a.price() <= b.price()));
        }, &acts);
        obeys(History::<2>::new, |k, x, out| {
            for (x, out) in x.iter().zip(out) {
                k.run(1, |_| (x % 3.0 < 2.0).then_some([*x, 1.0]));
                *out = any(k.rows(), *x).map_or(0.0, |[x, one]| x + one) + k.rows().len() as f64;
            }
        }, &acts);
        obeys(|| Slots::new(period % 5 + 1), |k, x, out| {
            let seconds: Vec<f64> = x.iter().map(|x| (x * 1e6).floor() % 31.0).collect();
            k.process(&seconds, x, out);
        }, &acts);
        obeys(|| Recurrence::ema(period), Recurrence::process, &acts);
        obeys(|| Recurrence::wilder(period, Seed { skip: 3, shown: false, ..Seed::mean(period) }), Recurrence::process, &acts);
        obeys(|| Cumulative::new(1.0), |k, x, out| {
            let finite: Vec<f64> = x.iter().map(|x| if x.is_nan() { 0.0 } else { *x }).collect();
            k.process(&finite, out);
        }, &acts);
        obeys(Weighing::default, |k, x, out| {
            let finite: Vec<f64> = x.iter().map(|x| if x.is_nan() { 1.0 } else { *x }).collect();
            let frame = Frame { base: 3.0, shown: 3.0, mult: 1.0 };
            let last = x.len() - 1;
            let (mut upper, mut lower) = (vec![0.0; last], vec![0.0; last]);
            let ahead = k.tiles(&frame, &finite[..last], &finite[..last], [&mut out[..last], &mut upper, &mut lower]);
            for i in ahead..x.len() {
                if i == last {
                    k.record();
                }
                out[i] = k.add(&frame, finite[i], finite[i]).map_or(f64::NAN, |[mean, ..]| mean);
            }
        }, &acts);
    }
}

proptest! {
    #[test]
    fn a_ring_keeps_the_last_values(
        pieces in prop::collection::vec(1..9usize, 1..40),
        size in 1..12usize,
    ) {
        let x: Vec<f64> = prices(400).enumerate().map(|(i, x)| if i % 3 == 1 { f64::NAN } else { x }).collect();
        let last = |seen: &[f64]| -> Vec<f64> {
            let finite: Vec<f64> = seen.iter().copied().filter(|x| x.is_finite()).collect();
            finite[finite.len().saturating_sub(size)..].to_vec()
        };
        let mut ring = Ring::new(size);
        let mut at = 0;
        for n in pieces {
            ring.process(&x[at..at + n]);
            at += n;
            prop_assert_eq!(ring.pieces().concat(), last(&x[..at]));
            ring.park();
            ring.process(&[7e7]);
            ring.undo();
            ring.unpark();
            prop_assert_eq!(ring.pieces().concat(), last(&x[..at]));
            ring.undo();
            prop_assert_eq!(ring.pieces().concat(), last(&x[..at - 1]));
            ring.process(&[1.0]);
            let mut codec = Codec::Write(Vec::new());
            ring.code(&mut codec).unwrap();
            let Codec::Write(bytes) = codec else { unreachable!() };
            ring = Ring::new(size);
            ring.code(&mut Codec::Read(&bytes)).unwrap();
            ring.undo();
            ring.process(&x[at - 1..at]);
            prop_assert_eq!(ring.pieces().concat(), last(&x[..at]));
        }
    }
}

#[test]
fn autocorrelations_are_those_of_the_definition() {
    for n in [1, 2, 3, 7, 64, 255, 256] {
        for scale in [1.0, 1e-6, 1e9] {
            let x: Vec<f64> = prices(n).map(|x| x * scale + 1000.0 * scale).collect();
            let count = n as f64;
            let middle = (count - 1.0) / 2.0;
            let mean = x.iter().sum::<f64>() / count;
            let moment = |f: &dyn Fn(f64, f64) -> f64| -> f64 {
                x.iter()
                    .enumerate()
                    .map(|(i, x)| f(i as f64 - middle, *x))
                    .sum()
            };
            let slope = moment(&|t, x| t * (x - mean)) / moment(&|t, _| t * t);
            let y: Vec<f64> = (0..n)
                .map(|i| x[i] - mean - slope * (i as f64 - middle))
                .collect();
            let mut machine = Autocorrelation::default();
            let ours = machine.of([&x[..n / 3], &x[n / 3..]]);
            if n < 3 {
                assert!(ours.is_empty(), "a line has no correlations");
                continue;
            }
            assert_eq!(ours.len(), n / 2 + 1);
            for (lag, ours) in ours.iter().enumerate() {
                let pairs = || y[..n - lag].iter().zip(&y[lag..]);
                let product: f64 = pairs().map(|(a, b)| a * b).sum();
                let squares = pairs().fold((0.0, 0.0), |s, (a, b)| (s.0 + a * a, s.1 + b * b));
                let exact = product / (squares.0 * squares.1).sqrt();
                assert!(
                    (ours - exact).abs() < 1e-9,
                    "{n} values, lag {lag}: {ours}, {exact}"
                );
            }
        }
    }
}
