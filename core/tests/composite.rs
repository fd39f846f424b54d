//! The composite signal: one sum over what every source says, whoever computes it and in which order.
#![expect(
    clippy::unwrap_used,
    reason = "in tests a panic is how a failure shows"
)]
use proptest::prelude::*;
use tvf_core::patterns::Direction;
use tvf_core::signals::{
    COLUMNS, Columns, Composite, Group, Request, Why, composite, signature, sources,
};
use tvf_core::{Arg, Code, Error, Job, Params, Profile};

/// A walk with a drift: open, high, low, close, volume, time.
fn bars(count: usize, drift: f64, seed: u64) -> [Vec<f64>; 6] {
    let mut state = seed;
    let mut noise = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(state >> 33).unwrap()) / f64::from(1_u32 << 31) - 0.5
    };
    let mut columns: [Vec<f64>; 6] = Default::default();
    let mut close = 100.0;
    for bar in 0..count {
        let open: f64 = close;
        close = open * (1.0 + drift + 0.02 * noise());
        let (top, bottom) = if open > close {
            (open, close)
        } else {
            (close, open)
        };
        let wick = 0.004 * open * (noise() + 0.5);
        let row = [
            open,
            top + wick,
            bottom - wick,
            close,
            1000.0 + 500.0 * noise(),
            60_000.0 * bar as f64,
        ];
        for (column, value) in columns.iter_mut().zip(row) {
            column.push(value);
        }
    }
    columns
}

fn params(named: &[(&str, f64)]) -> Params {
    let args = named
        .iter()
        .map(|&(name, value)| (name, Arg::Number(value)));
    Params::named(signature(), Profile::default(), args).unwrap()
}

fn request(weights: &[(&str, f64)], only: Option<&[&str]>) -> Result<Request, Error> {
    Request::new(weights, only, &params(&[]))
}

fn one_by_one(jobs: Vec<Job<'_>>) {
    for job in jobs {
        job();
    }
}

fn of(columns: &[Vec<f64>; 6], request: &Request) -> Result<Composite, Error> {
    let columns = Columns::new(columns.each_ref().map(Vec::as_slice))?;
    composite(request, &columns, one_by_one)
}

#[test]
fn the_sum_is_that_of_its_reasons() {
    for seed in 0..30 {
        let columns = bars(700, 0.0, seed);
        let request = request(&[], None).unwrap();
        let signal = of(&columns, &request).unwrap();
        let sum: f64 = signal
            .reasons
            .iter()
            .map(|reason| reason.contribution)
            .sum();
        assert!(
            (sum - signal.score).abs() < 1e-12,
            "{sum} is not {}",
            signal.score
        );
        assert!(signal.strength <= 1.0 && (0.0..=1.0).contains(&signal.confidence));
        let sorted = |a: &f64, b: &f64| a.abs() >= b.abs();
        assert!(
            signal
                .reasons
                .iter()
                .map(|r| r.contribution)
                .is_sorted_by(sorted)
        );
        assert_eq!(signal.bar, Some(699));
        assert_eq!(signal.silent, []);
    }
}

#[test]
fn by_hand_with_three_sources() {
    let columns = bars(300, 0.0, 4);
    let weights = [("rsi", 1.0), ("aroon", 2.0), ("psar", 1.0)];
    let signal = of(
        &columns,
        &request(&weights, Some(&["rsi", "aroon", "psar"])).unwrap(),
    )
    .unwrap();
    let all = sources();
    let vote = |id: &str| {
        signal
            .reasons
            .iter()
            .find(|r| all[r.source].id == id)
            .unwrap()
            .said
    };
    let [rsi, aroon, psar] = ["rsi", "aroon", "psar"].map(vote);
    let low = (30.0 - rsi.measured) / 15.0;
    let high = (70.0 - rsi.measured) / 15.0;
    let expected = if low > 0.0 {
        low
    } else if high < 0.0 {
        high
    } else {
        0.0
    };
    assert!((rsi.vote - expected).abs() < 1e-12, "{rsi:?}");
    assert_eq!(aroon.vote, aroon.measured / 100.0);
    assert_eq!(psar.vote.abs(), 1.0);
    let said = [2.0 * aroon.vote, psar.vote, rsi.vote];
    let (sum, size) = said
        .iter()
        .fold((0.0, 0.0), |(sum, size), v| (sum + v, size + v.abs()));
    assert_eq!(signal.score, sum / 4.0);
    let coverage = if rsi.vote == 0.0 { 0.75 } else { 1.0 };
    assert_eq!(signal.confidence, sum.abs() / size * coverage);
    assert_eq!(signal.reasons.len(), 3);
}

#[test]
fn a_trend_is_seen_and_a_flat_market_says_nothing() {
    let request = request(&[], None).unwrap();
    for (drift, direction) in [(0.004, Direction::Bullish), (-0.004, Direction::Bearish)] {
        let signal = of(&bars(600, drift, 1), &request).unwrap();
        let trend: f64 = signal
            .reasons
            .iter()
            .filter(|reason| request.sources()[reason.source].group == Group::Trend)
            .map(|reason| reason.contribution)
            .sum();
        assert_eq!(Direction::of(trend), direction);
    }
    let mut flat = bars(600, 0.0, 1);
    for column in &mut flat[..4] {
        column.fill(50.0);
    }
    let only = [
        "ema",
        "sma_cross",
        "macd",
        "adx",
        "roc",
        "rsi",
        "stoch",
        "cci",
        "bbands",
        "harmonic",
        "candlesticks",
    ];
    let signal = of(&flat, &self::request(&[("rsi", 0.0)], Some(&only)).unwrap()).unwrap();
    assert_eq!(
        (signal.direction, signal.strength, signal.confidence),
        (Direction::Neutral, 0.0, 0.0)
    );
}

#[test]
fn patterns_fade_by_half_lives() {
    let columns = bars(800, 0.0, 8);
    let request = |half_life| {
        let params = params(&[("half_life", half_life)]);
        Request::new(&[], Some(&["price_patterns", "candlesticks"]), &params).unwrap()
    };
    let slow = of(&columns, &request(10_000.0)).unwrap();
    let fast = of(&columns, &request(5.0)).unwrap();
    assert!(fast.reasons.len() < slow.reasons.len() && !fast.reasons.is_empty());
    for reason in &fast.reasons {
        let age = 799 - reason.said.bar;
        let family = sources()[reason.source].id == "price_patterns";
        let (size, half_life) = if family {
            (reason.said.measured, 5.0)
        } else {
            (1.0, 5.0 / 3.0)
        };
        let most = size * libm::exp2(-(age as f64) / half_life);
        assert!(reason.said.vote.abs() <= most && reason.said.vote.abs() >= 0.79 * most);
        assert!(age as f64 <= 6.0 * half_life);
    }
}

#[test]
fn what_cannot_speak_is_named_and_a_source_asked_for_by_name_must() {
    let mut columns = bars(300, 0.0, 3);
    columns[0].clear();
    columns[4].clear();
    let signal = of(&columns, &request(&[], None).unwrap()).unwrap();
    let all = sources();
    let silent: Vec<_> = signal
        .silent
        .iter()
        .map(|s| (all[s.source].id, s.why))
        .collect();
    let expected = [
        ("candlesticks", Why::Column("open")),
        ("mfi", Why::Column("volume")),
        ("cmf", Why::Column("volume")),
        ("obv", Why::Column("volume")),
    ];
    assert_eq!(silent, expected);
    for wanted in [
        request(&[], Some(&["rsi", "mfi"])),
        request(&[("mfi", 2.0)], None),
    ] {
        let error = of(&columns, &wanted.unwrap()).unwrap_err();
        assert_eq!(
            (error.code, error.name.as_str(), error.bound.as_str()),
            (Code::InputCount, "volume", "mfi")
        );
    }
    let short = bars(30, 0.0, 3);
    let signal = of(&short, &request(&[], Some(&["rsi", "sma_cross"])).unwrap()).unwrap();
    assert_eq!(signal.silent.len(), 1);
    assert_eq!(
        (all[signal.silent[0].source].id, signal.silent[0].why),
        ("sma_cross", Why::NoValue)
    );
    let mut missing = bars(300, 0.0, 3);
    missing[3][299] = f64::NAN;
    let signal = of(&missing, &request(&[], Some(&["rsi", "ema"])).unwrap()).unwrap();
    assert_eq!(
        (signal.silent.len(), signal.reasons.len(), signal.score),
        (2, 0, 0.0)
    );
}

#[test]
fn no_bars_and_one_bar_are_no_signal() {
    let request = request(&[], None).unwrap();
    let none = of(&Default::default(), &request).unwrap();
    assert_eq!(
        (none.bar, none.direction, none.reasons.len()),
        (None, Direction::Neutral, 0)
    );
    let one = of(&bars(1, 0.0, 0), &request).unwrap();
    assert_eq!(
        (
            one.bar,
            one.reasons.iter().map(|r| r.contribution).sum::<f64>()
        ),
        (Some(0), one.score)
    );
}

#[test]
fn errors_carry_name_value_and_bound() {
    let error = request(&[("rsy", 1.0)], None).unwrap_err();
    assert_eq!(
        (error.code, error.value.as_str()),
        (Code::ParamChoice, "rsy")
    );
    assert!(error.bound.contains("harmonic") && error.bound.contains("obv"));
    assert_eq!(
        request(&[], Some(&["x"])).unwrap_err().code,
        Code::ParamChoice
    );
    for weight in [-1.0, f64::NAN, f64::INFINITY, 1e9] {
        let error = request(&[("rsi", weight)], None).unwrap_err();
        assert_eq!(
            (error.code, error.name.as_str()),
            (Code::ParamRange, "weights")
        );
    }
    let nobody = request(&[("rsi", 0.0)], Some(&["rsi"])).unwrap_err();
    assert_eq!(nobody.code, Code::ParamRange);
    let mut columns = bars(50, 0.0, 0);
    columns[1].pop();
    let error = of(&columns, &request(&[], None).unwrap()).unwrap_err();
    assert_eq!(
        (error.code, error.name.as_str()),
        (Code::InputLength, "high")
    );
    columns[1].clear();
    let error = of(&columns, &request(&[], None).unwrap()).unwrap_err();
    assert_eq!(
        (error.code, error.name.as_str()),
        (Code::InputCount, "high")
    );
    let mut back = bars(50, 0.0, 0);
    back[5][20] = 1.0;
    assert_eq!(
        of(&back, &request(&[], None).unwrap()).unwrap_err().code,
        Code::TimeOrder
    );
    assert_eq!(COLUMNS[3], "close");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whoever_does_the_jobs_the_result_is_the_same(seed in any::<u64>(), count in 1_usize..900, gap in 0_usize..900) {
        let mut columns = bars(count, 0.001, seed);
        if gap < count {
            columns[1][gap] = f64::NAN;
        }
        let request = request(&[], None).unwrap();
        let alone = of(&columns, &request).unwrap();
        let columns = Columns::new(columns.each_ref().map(Vec::as_slice)).unwrap();
        let backwards = composite(&request, &columns, |jobs| jobs.into_iter().rev().for_each(|job| job())).unwrap();
        let threads = composite(&request, &columns, |jobs| {
            std::thread::scope(|scope| {
                for job in jobs {
                    scope.spawn(job);
                }
            });
        });
        // As words, since a bar without a time has none.
        prop_assert_eq!(format!("{backwards:?}"), format!("{alone:?}"));
        prop_assert_eq!(format!("{:?}", threads.unwrap()), format!("{alone:?}"));
    }
}
