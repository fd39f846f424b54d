//! Any numbers as what a strategy earned: refused, or metrics that do not depend on what is missing.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use tvf_core::Error;
use tvf_core::evaluation::{
    GROUPS, ReturnColumns, Settings, TradeColumns, forecast, probabilities, returns, trades,
};
use tvf_fuzz::{Number, assert_same};

#[derive(Arbitrary, Debug)]
struct Input {
    rows: Vec<[Number; 5]>,
    settings: [Number; 5],
    /// Optional columns that are left out; a bit for each.
    left_out: u8,
}

fuzz_target!(|input: Input| {
    let columns: [Vec<f64>; 5] =
        core::array::from_fn(|i| input.rows.iter().map(|row| row[i].get()).collect());
    let [a, b, c, d, e] = columns.each_ref().map(Vec::as_slice);
    let given = |bit: u8| input.left_out >> bit & 1 == 0;
    if let Some(settings) = checked(settings(&input)) {
        let of = |returned: &[f64]| {
            checked(returns(
                &ReturnColumns {
                    returns: returned,
                    benchmark: given(0).then_some(b),
                    risk_free: if given(1) { c } else { &[0.0] },
                    required_return: if given(2) { d } else { &[0.0] },
                },
                settings,
            ))
        };
        if let Some(metrics) = of(a) {
            expect(0, &metrics);
            // Whatever is missing is missing in one way.
            let other: Vec<f64> = a
                .iter()
                .map(|x| if x.is_finite() { *x } else { f64::NAN })
                .collect();
            let again = of(&other).expect("the same returns");
            assert_same(&vec![metrics], &vec![again], "returns");
        }
    }
    let of_trades = trades(&TradeColumns {
        profit: a,
        returns: given(3).then_some(b),
        entry: given(4).then_some(c),
        exit: given(5).then_some(d),
    });
    if let Some(metrics) = checked(of_trades) {
        expect(1, &metrics);
    }
    if let Some(metrics) = checked(probabilities(&[a, b, c], e)) {
        expect(2, &metrics);
    }
    if let Some(metrics) = checked(forecast(a, b)) {
        expect(3, &metrics);
    }
});

fn settings(input: &Input) -> Result<Settings, Error> {
    let [periods, confidence, target, trials, deviation] = input.settings.map(Number::get);
    Settings::new(periods, confidence, target, trials, deviation)
}

/// What was made, if it was not refused; a refusal says why.
fn checked<T>(made: Result<T, Error>) -> Option<T> {
    made.inspect_err(|error| assert!(!error.message().is_empty()))
        .ok()
}

/// One metric for each definition of a group.
fn expect(group: usize, metrics: &[f64]) {
    assert_eq!(
        metrics.len(),
        GROUPS[group].metrics.len(),
        "{}",
        GROUPS[group].id
    );
}
