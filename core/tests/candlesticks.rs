//! The laws of the candlestick patterns: any split, any prefix, any revision; gaps; explanations.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::{Bars, Random};
use proptest::prelude::*;
use tvf_core::Code;
use tvf_core::patterns::candlestick::{
    ALL, Candlesticks, Condition, Kind, Options, Pattern, explain, find,
};

fn ids() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|pattern| pattern.id)
}

fn all(options: Options) -> Candlesticks {
    Candlesticks::new(ids(), options).unwrap()
}

fn prices(bars: &Bars) -> [&[f64]; 4] {
    [&bars.open, &bars.high, &bars.low, &bars.close].map(Vec::as_slice)
}

fn bar(bars: &Bars, i: usize) -> [f64; 4] {
    prices(bars).map(|column| column[i])
}

fn process(detector: &mut Candlesticks, bars: &Bars) -> Vec<Vec<i32>> {
    let mut columns = vec![vec![0; bars.len()]; detector.patterns().len()];
    let mut out: Vec<&mut [i32]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
    detector.process(prices(bars), &mut out).unwrap();
    columns
}

fn row(columns: &[Vec<i32>], i: usize) -> Vec<i32> {
    columns.iter().map(|column| column[i]).collect()
}

/// Small prices in whole ticks, so that patterns are frequent; some of them missing.
fn ticks(n: usize, seed: u64, gaps: bool) -> Bars {
    let mut random = Random(seed);
    let mut bars = Bars::flat(n, 0.0);
    let mut close = 200_i64;
    for i in 0..n {
        let mut some = |most: usize| i64::try_from(random.below(most)).unwrap();
        let open = close + [0, 0, 0, 2, -2, 1, -1, 5][usize::try_from(some(8)).unwrap()];
        close = open + (some(3) - 1) * some(9);
        close += (200 - close) / 50;
        let (high, low) = (open.max(close) + some(4), open.min(close) - some(4));
        let values = [open, high, low, close].map(|ticks| ticks as f64 * 0.05);
        for (column, value) in bars.prices().into_iter().zip(values) {
            column[i] = value;
        }
        if gaps && random.below(60) == 0 {
            let holes = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e308];
            bars.prices()[random.below(4)][i] = holes[random.below(4)];
        }
    }
    bars
}

fn some_options(choice: usize) -> Options {
    let mut options = Options::default();
    options.trend = [None, Some(1), Some(5), Some(40)][choice % 4];
    options.partial = !choice.is_multiple_of(3);
    options.penetration = choice.is_multiple_of(5).then_some(0.2);
    options
}

proptest! {
    #[test]
    fn any_split_gives_the_same(
        seed in 0_u64..1000,
        choice in 0_usize..60,
        cuts in prop::collection::vec(0_usize..900, 0..12),
    ) {
        let bars = ticks(900, seed, seed % 2 == 0);
        let whole = process(&mut all(some_options(choice)), &bars);
        let mut detector = all(some_options(choice));
        let mut cuts = cuts;
        cuts.extend([0, 900]);
        cuts.sort_unstable();
        for pair in cuts.windows(2) {
            let part = process(&mut detector, &bars.slice(pair[0], pair[1]));
            for (part, whole) in part.iter().zip(&whole) {
                prop_assert_eq!(&part[..], &whole[pair[0]..pair[1]]);
            }
        }
        prop_assert_eq!(detector.bars(), 900);
    }

    #[test]
    fn nothing_looks_ahead(seed in 0_u64..1000, cut in 0_usize..400) {
        let bars = ticks(400, seed, seed % 2 == 0);
        let whole = process(&mut all(Options::default()), &bars);
        let prefix = process(&mut all(Options::default()), &bars.slice(0, cut));
        for (prefix, whole) in prefix.iter().zip(&whole) {
            prop_assert_eq!(&prefix[..], &whole[..cut]);
        }
    }

    /// Any sequence of bars taken, tried, replaced, saved and resumed stands where the bars that remain
    /// would have led.
    #[test]
    fn revisions_leave_no_trace(
        seed in 0_u64..1000,
        choice in 0_usize..60,
        steps in prop::collection::vec(0_u8..7, 1..120),
    ) {
        let source = ticks(600, seed, seed % 3 == 0);
        let mut taken = source.slice(0, 0);
        let mut detector = all(some_options(choice));
        let mut next = 0;
        for step in steps {
            let forming = bar(&source, next);
            next += 1;
            let mut expected = taken.clone();
            let put = |to: &mut Bars, values: [f64; 4]| {
                to.prices().into_iter().zip(values).for_each(|(column, x)| column.push(x));
            };
            let got = match step {
                0..=2 => {
                    put(&mut expected, forming);
                    taken = expected.clone();
                    detector.update(forming)
                }
                3 => {
                    put(&mut expected, forming);
                    detector.peek(forming)
                }
                4 if taken.len() > 0 => {
                    for column in expected.prices() {
                        column.pop();
                    }
                    put(&mut expected, forming);
                    taken = expected.clone();
                    detector.replace(forming).unwrap()
                }
                5 => {
                    detector = Candlesticks::restore(&detector.snapshot().unwrap()).unwrap();
                    continue;
                }
                _ => {
                    let many = source.slice(next, next + 3);
                    for i in 0..3 {
                        put(&mut taken, bar(&many, i));
                    }
                    expected = taken.clone();
                    row(&process(&mut detector, &many), 2)
                }
            };
            let whole = process(&mut all(some_options(choice)), &pad(&expected));
            prop_assert_eq!(got, row(&whole, expected.len() - 1));
        }
    }

    /// Behind a gap all is as if the data began there.
    #[test]
    fn a_gap_begins_anew(seed in 0_u64..1000, gap in 1_usize..300, hole in 0_usize..4) {
        let mut bars = ticks(400, seed, false);
        bars.prices()[hole][gap] = f64::NAN;
        let whole = process(&mut all(Options::default()), &bars);
        let before = process(&mut all(Options::default()), &bars.slice(0, gap));
        let behind = process(&mut all(Options::default()), &bars.slice(gap + 1, 400));
        for (i, whole) in whole.iter().enumerate() {
            prop_assert_eq!(&whole[..gap], &before[i][..]);
            prop_assert_eq!(whole[gap], 0);
            prop_assert_eq!(&whole[gap + 1..], &behind[i][..]);
        }
    }

    /// Altered bytes are refused, or are a detector that works.
    #[test]
    fn damaged_snapshots_do_no_harm(seed in 0_u64..1000, at in 0_usize..8000, with in any::<u8>()) {
        let mut detector = all(some_options(usize::try_from(seed).unwrap()));
        process(&mut detector, &ticks(50, seed, true));
        let mut bytes = detector.snapshot().unwrap();
        let at = at % bytes.len();
        bytes[at] ^= with | 1;
        prop_assert!(Candlesticks::restore(&bytes).is_err());
        prop_assert!(Candlesticks::restore(&bytes[..at]).is_err());
    }
}

/// The columns that bars without volume and time lack.
fn pad(bars: &Bars) -> Bars {
    let mut bars = bars.clone();
    bars.volume.resize(bars.close.len(), 0.0);
    bars.time.resize(bars.close.len(), 0.0);
    bars
}

/// What the conditions of a pattern add up to.
fn verdict(pattern: &Pattern, conditions: &[Condition]) -> i32 {
    let holds = |sign: i32, whole: bool| {
        let of = || {
            conditions
                .iter()
                .filter(|c| c.sign == sign && c.whole == whole)
        };
        let must = of().filter(|c| c.branch.is_empty()).all(|c| c.met);
        must && branches(&of().collect::<Vec<_>>(), "")
    };
    if !holds(0, false) {
        return 0;
    }
    for sign in [100, -100] {
        let there = conditions.iter().any(|c| c.sign == sign);
        if there && holds(sign, false) {
            let partial = pattern.values().contains(&80) && !holds(sign, true);
            return if partial { sign / 100 * 80 } else { sign };
        }
    }
    0
}

/// Whether of each group of branches below one at least one holds.
fn branches(conditions: &[&Condition], below: &str) -> bool {
    let rest = conditions
        .iter()
        .filter_map(|c| c.branch.strip_prefix(below));
    let mut heads: Vec<&str> = rest.filter_map(|rest| rest.get(..2)).collect();
    heads.sort_unstable();
    heads.dedup();
    let mut groups: Vec<&str> = heads.iter().map(|head| &head[..1]).collect();
    groups.dedup();
    groups.iter().all(|group| {
        heads
            .iter()
            .filter(|head| head.starts_with(group))
            .any(|head| {
                let name = format!("{below}{head}");
                let own = conditions.iter().filter(|c| c.branch == name);
                own.into_iter().all(|c| c.met) && branches(conditions, &name)
            })
    })
}

#[test]
fn explanations_agree_with_what_is_found() {
    let bars = ticks(700, 3, true);
    for choice in [0, 1, 7, 30] {
        let options = some_options(choice);
        let whole = process(&mut all(options), &bars);
        let mut found = 0;
        for (pattern, column) in ALL.iter().zip(&whole) {
            for (i, &value) in column.iter().enumerate().step_by(3) {
                let conditions = explain(pattern, &options, prices(&bars), i).unwrap();
                let mut expected = verdict(pattern, &conditions);
                if !options.partial && expected.abs() == 80 {
                    expected = 0;
                }
                if value.abs() != 200 && i >= pattern.lookback {
                    assert_eq!(value, expected, "{} at {i}: {conditions:#?}", pattern.id);
                }
                found += usize::from(expected != 0);
            }
        }
        assert!(found > 100, "{found}");
    }
}

#[test]
fn a_miss_says_why() {
    let mut bars = ticks(40, 1, false);
    for i in 0..40 {
        let [open, high, low, close] = [10.0, 11.0, 9.0, 10.5];
        (bars.open[i], bars.high[i], bars.low[i], bars.close[i]) = (open, high, low, close);
    }
    let found = explain(
        find("marubozu").unwrap(),
        &Options::default(),
        prices(&bars),
        30,
    )
    .unwrap();
    let sentences: Vec<&str> = found.iter().map(|c| c.sentence.as_str()).collect();
    assert_eq!(
        sentences[1],
        "body of the candle is 1.00 × the mean body of the 10 candles before, needs to be above 1 ×"
    );
    assert_eq!(
        found[1].text,
        "body of the candle is above the measure of a long body"
    );
    assert_eq!(
        (found[1].measured, found[1].relation, found[1].needed),
        (0.5, ">", 0.5)
    );
    assert!(!found[1].met && found[0].met);
    let early = explain(find("doji").unwrap(), &Options::default(), prices(&bars), 3).unwrap();
    assert_eq!(early.len(), 1);
    assert_eq!(
        (early[0].measured, early[0].needed, early[0].met),
        (3.0, 10.0, false)
    );
}

#[test]
fn reversals_need_the_trend_they_turn() {
    let bars = ticks(20_000, 9, false);
    let free = process(&mut all(Options::default()), &bars);
    let mut options = Options::default();
    options.trend = Some(20);
    let bound = process(&mut all(options), &bars);
    let mut kept = 0;
    for (pattern, (free, bound)) in ALL.iter().zip(free.iter().zip(&bound)) {
        if pattern.confirmed {
            continue;
        }
        for (i, (&free, &bound)) in free.iter().zip(bound).enumerate().skip(40) {
            let before = i - pattern.candles;
            let mean = bars.close[before - 19..=before].iter().sum::<f64>() / 20.0;
            let above = bars.close[before] - mean;
            if above.abs() < 1e-9 {
                continue;
            }
            let counts = match pattern.kind {
                Kind::Reversal => (free > 0) == (above < 0.0),
                Kind::Continuation => (free > 0) == (above > 0.0),
                _ => true,
            };
            let expected = if counts { free } else { 0 };
            assert_eq!(bound, expected, "{} at {i}", pattern.id);
            kept += usize::from(bound != 0);
        }
    }
    assert!(kept > 1000, "{kept}");
}

#[test]
fn without_partial_ones_only_whole_bodies_count() {
    let bars = ticks(5000, 4, false);
    let with = process(&mut all(Options::default()), &bars);
    let mut options = Options::default();
    options.partial = false;
    let without = process(&mut all(options), &bars);
    let mut dropped = 0;
    for (with, without) in with.iter().zip(&without) {
        for (&with, &without) in with.iter().zip(without) {
            assert_eq!(without, if with.abs() == 80 { 0 } else { with });
            dropped += usize::from(with.abs() == 80);
        }
    }
    assert!(dropped > 50, "{dropped}");
}

#[test]
fn values_are_those_that_the_definition_tells() {
    let bars = ticks(50_000, 5, true);
    for (pattern, column) in ALL.iter().zip(process(&mut all(Options::default()), &bars)) {
        let values = pattern.values();
        assert!(values.is_sorted(), "{}", pattern.id);
        assert!(
            column.iter().all(|x| *x == 0 || values.contains(x)),
            "{}",
            pattern.id
        );
    }
}

#[test]
fn what_is_wrong_is_said() {
    let code = |result: Result<Candlesticks, tvf_core::Error>| result.unwrap_err().code;
    assert_eq!(
        code(Candlesticks::new(["dojo"], Options::default())),
        Code::UnknownPattern
    );
    for penetration in [-0.1, f64::NAN, f64::INFINITY] {
        let mut options = Options::default();
        options.penetration = Some(penetration);
        assert_eq!(code(Candlesticks::new(ids(), options)), Code::ParamRange);
    }
    let mut options = Options::default();
    options.trend = Some(0);
    assert_eq!(code(Candlesticks::new(ids(), options)), Code::ParamRange);
    let mut detector = Candlesticks::new(["doji"], Options::default()).unwrap();
    assert_eq!(
        detector.replace([1.0; 4]).unwrap_err().code,
        Code::NothingToReplace
    );
    let (short, long) = ([1.0; 3], [1.0; 4]);
    let uneven = [&long[..], &long, &short, &long];
    let error = detector.process(uneven, &mut [&mut [0; 4]]).unwrap_err();
    assert_eq!(
        (error.code, error.name.as_str()),
        (Code::InputLength, "low")
    );
    let error = detector
        .process([&long; 4], &mut [&mut [0; 3]])
        .unwrap_err();
    assert_eq!(error.code, Code::InputLength);
    assert_eq!(
        detector.process([&long; 4], &mut []).unwrap_err().code,
        Code::InputCount
    );
    assert_eq!(detector.bars(), 0);
    let doji = find("doji").unwrap();
    let error = explain(doji, &Options::default(), [&long; 4], 4).unwrap_err();
    assert_eq!(
        (error.code, error.bound.as_str()),
        (Code::InputRange, "below 4")
    );
}
