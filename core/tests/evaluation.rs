//! Metrics of strategies: by hand, by what must hold for any returns, and for whatever makes no sense.
//! `parity_tests/test_metrics.py` has the cases of others.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use tvf_core::evaluation::{
    GROUPS, Group, ReturnColumns, Settings, TradeColumns, forecast, probabilities, returns, trades,
};
use tvf_core::{Code, Error};

const NAN: f64 = f64::NAN;

/// Metrics by name.
struct Found(&'static Group, Vec<f64>);

impl Found {
    fn new(id: &str, numbers: Vec<f64>) -> Self {
        let group = GROUPS.iter().find(|group| group.id == id).unwrap();
        assert_eq!(group.metrics.len(), numbers.len());
        Self(group, numbers)
    }

    fn get(&self, id: &str) -> f64 {
        let place = self.0.metrics.iter().position(|about| about.id == id);
        self.1[place.unwrap_or_else(|| panic!("no metric {id}"))]
    }

    fn is(&self, id: &str, expected: f64) {
        let found = self.get(id);
        let scale = if expected.abs() > 1.0 {
            expected.abs()
        } else {
            1.0
        };
        let near = expected.is_finite() && (found - expected).abs() <= 1e-14 * scale;
        assert!(
            near || found == expected || (found.is_nan() && expected.is_nan()),
            "{id} is {found}, not {expected}"
        );
    }
}

fn settings() -> Settings {
    Settings::new(252.0, 0.95, 0.0, 1.0, NAN).unwrap()
}

fn columns<'a>(own: &'a [f64], benchmark: Option<&'a [f64]>) -> ReturnColumns<'a> {
    ReturnColumns {
        returns: own,
        benchmark,
        risk_free: &[0.0],
        required_return: &[0.0],
    }
}

fn of(own: &[f64]) -> Found {
    Found::new("returns", returns(&columns(own, None), settings()).unwrap())
}

fn beside(own: &[f64], benchmark: &[f64]) -> Found {
    let columns = columns(own, Some(benchmark));
    Found::new("returns", returns(&columns, settings()).unwrap())
}

fn traded(profit: &[f64], spans: &[[f64; 2]]) -> Found {
    let entry: Vec<f64> = spans.iter().map(|span| span[0]).collect();
    let exit: Vec<f64> = spans.iter().map(|span| span[1]).collect();
    let timed = !spans.is_empty();
    let columns = TradeColumns {
        profit,
        returns: None,
        entry: timed.then_some(&entry),
        exit: timed.then_some(&exit),
    };
    Found::new("trades", trades(&columns).unwrap())
}

#[test]
fn every_metric_has_a_definition_of_its_own() {
    for group in GROUPS {
        let ids: BTreeSet<&str> = group.metrics.iter().map(|about| about.id).collect();
        assert_eq!(ids.len(), group.metrics.len(), "{}", group.id);
        for about in group.metrics {
            let words = [about.title, about.formula, about.unit, about.source];
            assert!(words.iter().all(|text| !text.is_empty()), "{}", about.id);
            assert!(about.edge.ends_with('.'), "{}", about.id);
        }
    }
}

#[test]
fn growth_and_drawdowns_by_hand() {
    // The equity goes 1.1, 0.88, 0.88, 0.99, 1.188, 1.0692.
    let found = of(&[0.1, -0.2, 0.0, 0.125, 0.2, -0.1]);
    found.is("total_return", 0.0692);
    found.is("annual_return", libm::pow(1.0692, 42.0) - 1.0);
    assert_eq!(found.get("cagr"), found.get("annual_return"));
    found.is("max_drawdown", -0.2);
    found.is("max_drawdown_duration", 3.0);
    found.is("longest_drawdown", 3.0);
    found.is(
        "ulcer_index",
        (0.04_f64 * 2.0 + 0.01 + 0.01).sqrt() / 6_f64.sqrt(),
    );
    found.is("exposure", 5.0 / 6.0);
    found.is("win_rate", 0.6);
    found.is("profit_factor", 0.425 / 0.3);
    found.is("payoff", (0.425 / 3.0) / 0.15);
    found.is("expectancy", 0.025);
}

#[test]
fn a_drawdown_counts_from_the_first_price_and_to_the_end() {
    let found = of(&[-0.5, 0.5, 0.5, -0.25]);
    found.is("max_drawdown", -0.5);
    // 1.125 is above the beginning: what follows is another drawdown.
    found.is("max_drawdown_duration", 2.0);
    found.is("longest_drawdown", 2.0);
    let open = of(&[-0.01, 0.5, -0.5, 0.1, 0.1]);
    open.is("max_drawdown_duration", 3.0);
}

#[test]
fn risk_by_hand() {
    let own: Vec<f64> = (0..21).map(|i| f64::from(i) / 100.0 - 0.1).collect();
    let found = of(&own);
    found.is("var_historical", -0.09);
    found.is("cvar_historical", -0.095);
    let deviation = (0.077_f64 / 20.0).sqrt();
    found.is("volatility", deviation * 252_f64.sqrt());
    let (z, density) = (-1.644_853_626_951_472_7, 0.103_135_640_375_371_4);
    found.is("var_normal", z * deviation);
    found.is("cvar_normal", -density / 0.05 * deviation);
    // A flat distribution is symmetric and has short tails.
    found.is("skewness", 0.0);
    let k = found.get("kurtosis");
    assert!((-1.21..-1.2).contains(&k));
    found.is(
        "var_cornish_fisher",
        (z + (z * z * z - 3.0 * z) * k / 24.0) * deviation,
    );
    let bend = 1.0 + (z * z - 1.0) * k / 24.0;
    found.is("cvar_cornish_fisher", -density / 0.05 * bend * deviation);
}

#[test]
fn sharpe_tests_by_hand() {
    // As the papers' formula has it, with skewness 0 and kurtosis 1.
    let own = [0.03, -0.01];
    let sharpe = 0.01 / (2.0 * 0.02_f64 * 0.02).sqrt();
    let found = of(&own);
    found.is("sharpe", sharpe * 252_f64.sqrt());
    let half_erfc = |z: f64| 0.5 * libm::erfc(-z / 2_f64.sqrt());
    found.is("probabilistic_sharpe", half_erfc(sharpe));
    found.is("deflated_sharpe", half_erfc(sharpe));
    let many = |deviation| {
        let settings = Settings::new(252.0, 0.95, 2.0, 100.0, deviation).unwrap();
        Found::new("returns", returns(&columns(&own, None), settings).unwrap())
    };
    many(NAN).is("deflated_sharpe", NAN);
    many(NAN).is(
        "probabilistic_sharpe",
        half_erfc(sharpe - 2.0 / 252_f64.sqrt()),
    );
    // E[max of 100] is 2.5306 standard deviations by the paper's approximation.
    let best = (half_erfc(sharpe - 2.530_602_878_8 / 252_f64.sqrt())
        - many(1.0).get("deflated_sharpe"))
    .abs();
    assert!(best < 1e-9, "{best}");
}

#[test]
fn degenerate_returns_have_the_stated_answers() {
    let nothing = of(&[]);
    assert!(nothing.1.iter().all(|x| x.is_nan()));
    let rising = of(&[0.01, 0.01, 0.01]);
    for id in ["sharpe", "sortino", "profit_factor"] {
        rising.is(id, f64::INFINITY);
    }
    for id in [
        "calmar",
        "omega",
        "payoff",
        "average_loss",
        "skewness",
        "beta",
    ] {
        rising.is(id, NAN);
    }
    for id in ["volatility", "max_drawdown", "max_drawdown_duration"] {
        rising.is(id, 0.0);
    }
    for id in ["sharpe", "sortino", "profit_factor", "win_rate"] {
        of(&[0.0, 0.0]).is(id, NAN);
    }
    of(&[0.5, -1.0]).is("annual_return", -1.0);
    let beyond = of(&[-1.5, 0.1]);
    beyond.is("annual_return", NAN);
    beyond.is("total_return", -1.55);
    beyond.is("max_drawdown", -1.55);
}

#[test]
fn trades_by_hand() {
    let spans = [[0.0, 4.0], [2.0, 6.0], [8.0, 9.0], [9.0, 10.0]];
    let found = traded(&[10.0, -4.0, -4.0, 0.0], &spans);
    for (id, expected) in [
        ("trades", 4.0),
        ("net_profit", 2.0),
        ("gross_profit", 10.0),
        ("gross_loss", -8.0),
        ("win_rate", 0.25),
        ("average_win", 10.0),
        ("average_loss", -4.0),
        ("payoff", 2.5),
        ("profit_factor", 1.25),
        ("expectancy", 0.5),
        ("max_drawdown", -8.0),
        ("winning_streak", 1.0),
        ("losing_streak", 2.0),
        ("average_duration", 2.5),
        ("exposure", 0.8),
        ("total_return", NAN),
    ] {
        found.is(id, expected);
    }
    let returns = TradeColumns {
        profit: &[1.0, 1.0],
        returns: Some(&[0.5, -0.5]),
        entry: None,
        exit: None,
    };
    let found = Found::new("trades", trades(&returns).unwrap());
    found.is("total_return", -0.25);
    found.is("average_return", 0.0);
    found.is("exposure", NAN);
}

#[test]
fn probabilities_by_hand() {
    let (buy, sell, hold) = ([0.5, 0.2, 1.0], [0.25, 0.2, 0.0], [0.25, 0.6, 0.0]);
    let found = probabilities(&[&buy, &sell, &hold], &[0.0, 1.0, 0.0]).unwrap();
    let found = Found::new("probabilities", found);
    found.is("cross_entropy", (libm::log(2.0) + libm::log(5.0)) / 3.0);
    found.is("confidence", libm::cbrt(0.1));
    found.is("accuracy", 2.0 / 3.0);
    found.is("brier", (0.375 + 1.04) / 3.0);
    let wrong = probabilities(&[&[1.0], &[0.0]], &[1.0]).unwrap();
    assert_eq!(wrong[..2], [f64::INFINITY, 0.0]);
}

#[test]
fn forecasts_by_hand() {
    let found = forecast(&[1.0, 2.0, NAN], &[2.0, 5.0, 1.0]).unwrap();
    let found = Found::new("forecast", found);
    found.is("rmse", 5_f64.sqrt());
    found.is("mae", 2.0);
    found.is("bias", 2.0);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let one = [0.1];
    let short = |name: &'static str, columns: &ReturnColumns| {
        let error = returns(columns, settings()).unwrap_err();
        assert_eq!((error.code, error.name.as_str()), (Code::InputLength, name));
        assert_eq!((error.value.as_str(), error.bound.as_str()), ("2", "3"));
    };
    let (two, three) = ([0.0; 2], [0.0; 3]);
    short("benchmark", &columns(&three, Some(&two)));
    let rates = ReturnColumns {
        risk_free: &two,
        ..columns(&three, None)
    };
    short("risk_free", &rates);
    let set = |periods, confidence, target, trials, deviation| {
        Settings::new(periods, confidence, target, trials, deviation).unwrap_err()
    };
    let messages = [
        set(0.0, 0.95, 0.0, 1.0, NAN),
        set(NAN, 0.95, 0.0, 1.0, NAN),
        set(252.0, 1.0, 0.0, 1.0, NAN),
        set(252.0, NAN, 0.0, 1.0, NAN),
        set(252.0, 0.95, f64::INFINITY, 1.0, NAN),
        set(252.0, 0.95, 0.0, 0.5, NAN),
        set(252.0, 0.95, 0.0, f64::INFINITY, NAN),
        set(252.0, 0.95, 0.0, 2.0, -1.0),
        probabilities(&[&one], &one).unwrap_err(),
        probabilities(&[&one, &two], &one).unwrap_err(),
        probabilities(&[&[1.2], &[-0.2]], &[0.0]).unwrap_err(),
        probabilities(&[&[0.5], &[0.4]], &[0.0]).unwrap_err(),
        probabilities(&[&[0.5], &[0.5]], &[2.0]).unwrap_err(),
        probabilities(&[&[0.5], &[0.5]], &[0.5]).unwrap_err(),
        forecast(&one, &two).unwrap_err(),
        trades(&TradeColumns {
            profit: &one,
            returns: None,
            entry: Some(&[2.0]),
            exit: Some(&[1.0]),
        })
        .unwrap_err(),
        trades(&TradeColumns {
            profit: &three,
            returns: None,
            entry: None,
            exit: Some(&[5.0, NAN, 4.0]),
        })
        .unwrap_err(),
    ];
    let expected = [
        "periods 0 is not above 0",
        "periods NaN is not finite",
        "confidence 1 is not between 0 and 1",
        "confidence NaN is not between 0 and 1",
        "target_sharpe infinity is not finite",
        "trials 0.5 is below 1",
        "trials infinity is not finite",
        "trials_deviation -1 is below 0",
        "probabilities have 1 columns, and classes are at least 2",
        "input probabilities[1] has 2 bars but outcomes has 1",
        "probability 1.2 of row 0 is not between 0 and 1",
        "probabilities of row 0 are 0.9 together, not 1",
        "outcome 2 of row 0 is no class from 0 to 1",
        "outcome 0.5 of row 0 is no class from 0 to 1",
        "input predicted has 2 bars but actual has 1",
        "exit 1 of trade 0 is before its entry 2",
        "exit 4 of trade 2 is before that of an earlier one, 5: trades come in the order of their exits",
    ];
    assert_eq!(messages.each_ref().map(Error::message), expected);
}

/// Returns of any size, and some that are missing.
fn any_returns() -> impl Strategy<Value = Vec<f64>> {
    let one = prop_oneof![
        12 => -0.2..0.2_f64,
        1 => Just(0.0),
        1 => Just(NAN),
        1 => prop_oneof![Just(f64::INFINITY), -2.0..2.0_f64],
    ];
    prop::collection::vec(one, 0..60)
}

proptest! {
    #[test]
    fn a_benchmark_is_even_with_itself(own in any_returns()) {
        let found = beside(&own, &own);
        let varies = found.get("volatility") > 0.0;
        if varies {
            found.is("beta", 1.0);
            prop_assert!(found.get("alpha").abs() < 1e-12);
            prop_assert!((found.get("correlation") - 1.0).abs() < 1e-12);
            found.is("tracking_error", 0.0);
        }
        for id in ["capture", "up_capture", "down_capture"] {
            let ratio = found.get(id);
            prop_assert!(ratio.is_nan() || ratio == 1.0, "{id} {ratio}");
        }
    }

    #[test]
    fn one_number_stands_for_all(own in any_returns(), rate in -0.01..0.01_f64) {
        let every = vec![rate; own.len()];
        let with = |rates: &[f64]| {
            let columns = ReturnColumns {
                returns: &own,
                benchmark: Some(rates),
                risk_free: rates,
                required_return: rates,
            };
            let found = returns(&columns, settings()).unwrap();
            found.into_iter().map(f64::to_bits).collect::<Vec<_>>()
        };
        prop_assert_eq!(with(&[rate]), with(&every));
    }

    #[test]
    fn only_time_passes_where_returns_are_missing(own in any_returns()) {
        let present: Vec<f64> = own.iter().copied().filter(|x| x.is_finite()).collect();
        let (found, dense) = (of(&own), of(&present));
        for (about, (x, y)) in found.0.metrics.iter().zip(found.1.iter().zip(&dense.1)) {
            let timed = ["annual_return", "cagr", "calmar", "total_return", "ulcer_index"];
            let timed = timed.contains(&about.id) || about.id.contains("drawdown");
            prop_assert!(timed || x.to_bits() == y.to_bits() || (x.is_nan() && y.is_nan()), "{}", about.id);
        }
    }

    #[test]
    fn bounds_hold(own in any_returns()) {
        let found = of(&own);
        for id in ["win_rate", "exposure", "probabilistic_sharpe", "deflated_sharpe"] {
            let share = found.get(id);
            prop_assert!(share.is_nan() || (0.0..=1.0).contains(&share), "{id} {share}");
        }
        for (less, more) in [
            ("cvar_historical", "var_historical"),
            ("cvar_normal", "var_normal"),
            ("max_drawdown", "total_return"),
            ("max_drawdown_duration", "longest_drawdown"),
        ] {
            // An equity below 0 lies further below 1 than below a higher peak, as a share.
            if less == "max_drawdown" && found.get("total_return") < -1.0 {
                continue;
            }
            let (less, more) = (found.get(less), found.get(more));
            prop_assert!(less.is_nan() || less <= more + 1e-12, "{less} {more}");
        }
    }

    #[test]
    fn covered_time_is_counted_once(spans in prop::collection::vec((0..50_u8, 0..9_u8), 1..12)) {
        let mut spans: Vec<[f64; 2]> = spans
            .iter()
            .map(|(entry, length)| [f64::from(*entry), f64::from(*entry) + f64::from(*length)])
            .collect();
        spans.sort_by(|a, b| a[1].total_cmp(&b[1]));
        let found = traded(&vec![1.0; spans.len()], &spans);
        let inside = |bar: f64| spans.iter().any(|[entry, exit]| *entry <= bar && bar < *exit);
        let covered = (0..60_u8).filter(|bar| inside(f64::from(*bar))).count();
        let first = spans.iter().map(|span| span[0]).fold(f64::INFINITY, |a, b| if b < a { b } else { a });
        let last = spans.iter().map(|span| span[1]).fold(0.0, |a, b| if b > a { b } else { a });
        if last > first {
            found.is("exposure", covered as f64 / (last - first));
        } else {
            found.is("exposure", NAN);
        }
    }
}
