//! Averages that fit their parameters.
#![expect(
    clippy::unwrap_used,
    reason = "in tests a panic is how a failure shows"
)]

use tvf_core::tuning::{End, KNOBS, Loss, Request, Tuned, knobs_of, signature, tune};
use tvf_core::{Arg, Code, Error, Params, Profile, find};

/// A slow wave with noise on it.
fn series(bars: usize, noise: f64) -> Vec<f64> {
    let mut state = 7_u64;
    let mut chance = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
    };
    (0..bars)
        .map(|t| 100.0 + 20.0 * libm::sin(t as f64 / 60.0) + noise * chance())
        .collect()
}

fn params(id: &str, given: &[(&str, f64)]) -> Params {
    let args = given
        .iter()
        .map(|&(name, value)| (name, Arg::Number(value)));
    Params::named(&find(id).unwrap().spec, Profile::default(), args).unwrap()
}

fn options(given: &[(&str, f64)]) -> Params {
    let args = given
        .iter()
        .map(|&(name, value)| (name, Arg::Number(value)));
    Params::named(signature(), Profile::default(), args).unwrap()
}

type Named<'a> = &'a [(&'a str, Option<(f64, f64)>)];

fn tuned(
    id: &str,
    given: &[(&str, f64)],
    named: Named<'_>,
    told: &[(&str, f64)],
) -> Result<Tuned, Error> {
    let request = Request::new(id, &params(id, given), named, &options(told))?;
    tune(&request, &series(1500, 8.0), (300, 1200))
}

#[test]
fn every_average_ends_lower_than_it_began_and_every_step_goes_down() {
    for (id, knobs) in KNOBS {
        let tuned = tuned(id, &[], &[], &[]).unwrap();
        assert!(tuned.after <= tuned.before, "{id}");
        assert!(
            tuned
                .steps
                .windows(2)
                .all(|pair| pair[1].loss < pair[0].loss),
            "{id}"
        );
        assert!(tuned.end != End::Flat && tuned.steps.len() <= 101, "{id}");
        for (knob, step) in knobs
            .iter()
            .flat_map(|knob| tuned.steps.iter().map(move |step| (knob, step)))
        {
            let place = tuned
                .knobs
                .iter()
                .position(|name| *name == knob.name)
                .unwrap();
            let value = step.values[place];
            assert!(
                knob.low <= value && value <= knob.high,
                "{id} {} {value}",
                knob.name
            );
        }
        // The loss that is told is that of the parameters.
        let bars = series(1500, 8.0);
        let loss = Loss::new(&bars, (300, 1200), 1, 1.0).unwrap();
        let again = loss
            .of(find(id).unwrap(), &tuned.params, &mut Vec::new())
            .unwrap();
        assert_eq!(again.to_bits(), tuned.after.to_bits(), "{id}");
    }
}

#[test]
fn the_best_period_of_all_is_found_where_there_is_one_valley() {
    for id in ["sma", "ema", "wma", "super_smoother"] {
        let bars = series(1500, 8.0);
        let loss = Loss::new(&bars, (300, 1200), 1, 1.0).unwrap();
        let of = |period: u32| {
            let params = params(id, &[("period", f64::from(period))]);
            loss.of(find(id).unwrap(), &params, &mut Vec::new())
                .unwrap()
        };
        let losses: Vec<f64> = (2..=200).map(of).collect();
        let best = losses
            .iter()
            .copied()
            .fold(f64::INFINITY, |a, b| if b < a { b } else { a });
        for start in [3.0, 20.0, 120.0] {
            let tuned = tuned(id, &[("period", start)], &[], &[]).unwrap();
            assert!(
                tuned.after <= best * 1.02,
                "{id} from {start}: {} of {best}",
                tuned.after
            );
        }
    }
}

#[test]
fn the_last_value_is_a_forecast_of_loss_one_and_a_wave_a_better_one() {
    let mut state = 3_u64;
    let walk: Vec<f64> = (0..5000)
        .scan(1000.0, |price, _| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            *price += (state >> 11) as f64 / (1_u64 << 53) as f64 - 0.5;
            Some(*price)
        })
        .collect();
    let loss = Loss::new(&walk, (100, 5000), 1, 0.0).unwrap();
    let last = loss
        .of(
            find("sma").unwrap(),
            &params("sma", &[("period", 1.0)]),
            &mut Vec::new(),
        )
        .unwrap();
    assert!((last - 1.0).abs() < 1e-3, "{last}");
    let request = Request::new(
        "ema",
        &params("ema", &[]),
        &[],
        &options(&[("smoothness", 0.0)]),
    )
    .unwrap();
    // Nothing is a better forecast of a walk than its last value: the shortest period wins.
    let tuned = tune(&request, &walk, (100, 5000)).unwrap();
    assert_eq!(tuned.params.number("period"), 2.0);
}

#[test]
fn what_comes_after_the_window_changes_nothing_and_twice_is_the_same() {
    let request = Request::new("kama", &params("kama", &[]), &[], &options(&[])).unwrap();
    let bars = series(1500, 8.0);
    let whole = tune(&request, &bars, (300, 1200)).unwrap();
    assert_eq!(tune(&request, &bars, (300, 1200)).unwrap(), whole);
    assert_eq!(tune(&request, &bars[..1200], (300, 1200)).unwrap(), whole);
    let mut other = bars;
    other[1200..].fill(f64::NAN);
    assert_eq!(tune(&request, &other, (300, 1200)).unwrap(), whole);
}

#[test]
fn only_what_is_named_moves_and_within_its_bounds() {
    let tuned = tuned(
        "alma",
        &[("period", 21.0)],
        &[("sigma", None), ("offset", Some((0.2, 0.4)))],
        &[],
    )
    .unwrap();
    assert_eq!(tuned.knobs, ["sigma", "offset"]);
    assert_eq!(tuned.params.number("period"), 21.0);
    let offset = tuned.params.number("offset");
    assert!((0.2..=0.4).contains(&offset));
    assert_eq!(tuned.steps[0].values[1], 0.4);
    let fixed = tuned_of_one_value();
    assert_eq!(
        (fixed.end, fixed.steps.len(), fixed.params.number("period")),
        (End::Flat, 1, 30.0)
    );
}

fn tuned_of_one_value() -> Tuned {
    tuned("sma", &[], &[("period", Some((30.0, 30.0)))], &[]).unwrap()
}

#[test]
fn a_limit_ends_it_early() {
    let tuned = tuned("kama", &[], &[], &[("iterations", 2.0)]).unwrap();
    assert_eq!((tuned.end, tuned.steps.len()), (End::Limit, 3));
}

#[test]
fn missing_values_are_left_out() {
    let mut bars = series(1500, 8.0);
    for t in (0..1500).step_by(97) {
        bars[t] = f64::NAN;
    }
    let request = Request::new("ema", &params("ema", &[]), &[], &options(&[])).unwrap();
    let tuned = tune(&request, &bars, (300, 1200)).unwrap();
    assert!(tuned.after.is_finite() && tuned.after <= tuned.before);
}

#[test]
fn what_cannot_be_tuned_is_told() {
    let code = |result: Result<Tuned, Error>| {
        let error = result.unwrap_err();
        assert!(!error.bound.is_empty());
        (error.code, error.name)
    };
    let request = |id: &str, named: Named<'_>| {
        Request::new(id, &params(id, &[]), named, &options(&[])).map(|_| ())
    };
    let error = request("rsi", &[]).unwrap_err();
    assert_eq!(error.code, Code::ParamChoice);
    assert!(
        error
            .message()
            .contains("rsi cannot be tuned; what can is alma, dema")
    );
    assert_eq!(
        Request::entry("nothing").unwrap_err().code,
        Code::UnknownIndicator
    );
    assert_eq!(
        request("ema", &[("sigma", None)]).unwrap_err().code,
        Code::UnknownParam
    );
    for bounds in [(0.0, 10.0), (10.0, 5.0), (5.0, 1e12), (f64::NAN, 5.0)] {
        assert_eq!(
            request("ema", &[("period", Some(bounds))])
                .unwrap_err()
                .code,
            Code::ParamRange
        );
    }
    let halves = [("period", Some((2.5, 10.0)))];
    assert_eq!(request("ema", &halves).unwrap_err().code, Code::ParamType);
    let plain = Request::new("ema", &params("ema", &[]), &[], &options(&[])).unwrap();
    let window = (Code::ParamRange, "window".to_string());
    for (from, to) in [(0, 1501), (5, 4), (0, 10)] {
        assert_eq!(code(tune(&plain, &series(1500, 1.0), (from, to))), window);
    }
    assert_eq!(code(tune(&plain, &[1.0; 100], (0, 100))), window);
    let long = Request::new(
        "sma",
        &params("sma", &[("period", 90.0)]),
        &[],
        &options(&[]),
    )
    .unwrap();
    assert_eq!(code(tune(&long, &series(100, 1.0), (0, 100))), window);
    assert!(knobs_of("rsi").is_none());
}
