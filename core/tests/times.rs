//! How a stream judges the times of its bars.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::*;
use tvf_core::{ALL, Arg, Code, Entry, Params, Profile, Stream, batch, find};

const COUNT: f64 = 0.0;
const DATE: f64 = 1.7e12;
const SECONDS: f64 = 1.7e9;

/// Parameters with which an entry reads its time.
fn timed(entry: &'static Entry) -> Params {
    let by = entry.spec.param_index("by");
    let clock = by.map(|_| ("by", Arg::Text("time_of_day")));
    Params::named(&entry.spec, Profile::default(), clock).unwrap()
}

/// A stream counts from 0 or has dates, as its first bar says: the one that stands, not the one that was corrected.
#[test]
fn a_corrected_first_bar_says_what_times_are() {
    let bars = Bars::walk(2, 51);
    let entries = ALL
        .iter()
        .filter_map(|entry| Some((entry, entry.spec.input_index("time")?)));
    for (entry, time) in entries {
        let at = |t: f64| {
            let mut bar = bars.bar(entry.spec.inputs, 0);
            bar[time] = t;
            bar
        };
        let code = |result: Result<(), tvf_core::Error>| result.map_err(|e| e.code);
        let params = timed(entry);
        let mut stream = Stream::new(entry, params);
        stream.update(&at(COUNT)).unwrap();
        assert_eq!(code(stream.replace(&at(SECONDS))), Err(Code::TimeUnit));
        stream.replace(&at(DATE)).unwrap();
        assert_eq!(code(stream.update(&at(SECONDS))), Err(Code::TimeUnit));
        stream.replace(&at(COUNT)).unwrap();
        assert_eq!(code(stream.update(&at(SECONDS))), Ok(()));
    }
}

/// The first two bars of the table lie in order, the third before the second.
const BACK: [f64; 3] = [1.7e12, 1.7e12 + 60_000.0, 1.7e12 + 30_000.0];

#[test]
fn times_that_go_back_are_refused_wherever_a_time_is_used() {
    let why = "time goes back at bar 2: 1700000030000 after 1700000060000";
    let mut used = 0;
    for entry in ALL {
        let Some(time) = entry.spec.input_index("time") else {
            continue;
        };
        used += 1;
        let params = timed(entry);
        let mut columns = vec![vec![10.0; 3]; entry.spec.inputs.len()];
        columns[time] = BACK.to_vec();
        let inputs: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let mut whole = Ok(());
        collect(entry, 3, |mut sink| {
            whole = batch(entry, &params, &inputs, &mut sink);
        });
        assert_eq!(whole.unwrap_err().message(), why);
        let mut stream = Stream::new(entry, params);
        let bar = |i: usize| columns.iter().map(|c| c[i]).collect::<Vec<_>>();
        stream.update(&bar(0)).unwrap();
        stream.update(&bar(1)).unwrap();
        for _ in 0..2 {
            let mut restored = Stream::restore(&stream.snapshot().unwrap()).unwrap();
            for error in [
                stream.peek(&bar(2)),
                stream.update(&bar(2)),
                restored.update(&bar(2)),
            ] {
                let error = error.unwrap_err();
                assert_eq!((error.code, error.message()), (Code::TimeOrder, why));
            }
            assert_eq!(stream.bars(), 2);
            restored.replace(&bar(2)).unwrap();
            restored.update(&bar(1)).unwrap();
            assert_eq!(restored.replace(&bar(0)).unwrap_err().code, Code::TimeOrder);
        }
    }
    assert!(used >= 4, "{used}");
}

#[test]
fn a_time_that_is_not_read_may_be_anything() {
    for (id, name, word) in [("rvol", "by", "bars"), ("vwap", "anchor", "none")] {
        let entry = find(id).unwrap();
        let choice = [(name, Arg::Text(word))];
        let params = Params::named(&entry.spec, Profile::default(), choice).unwrap();
        let time = entry.spec.input_index("time").unwrap();
        let mut columns = vec![vec![10.0; 3]; entry.spec.inputs.len()];
        columns[time] = BACK.to_vec();
        let inputs: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        collect(entry, 3, |mut sink| {
            batch(entry, &params, &inputs, &mut sink).unwrap();
        });
    }
}
