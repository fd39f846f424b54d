//! How a stream judges the times of its bars.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::*;
use tvf_core::{ALL, Code, Params, Profile, Stream};

const COUNT: f64 = 0.0;
const DATE: f64 = 1.7e12;
const SECONDS: f64 = 1.7e9;

/// A stream counts from 0 or has dates, as its first bar says: the one that stands, not the one that was corrected.
#[test]
fn a_corrected_first_bar_says_what_times_are() {
    let bars = Bars::walk(2, 51);
    let timed = ALL
        .iter()
        .filter_map(|entry| Some((entry, entry.spec.input_index("time")?)));
    for (entry, time) in timed {
        let at = |t: f64| {
            let mut bar = bars.bar(entry.spec.inputs, 0);
            bar[time] = t;
            bar
        };
        let code = |result: Result<(), tvf_core::Error>| result.map_err(|e| e.code);
        let params = Params::named(&entry.spec, Profile::default(), []).unwrap();
        let mut stream = Stream::new(entry, params);
        stream.update(&at(COUNT)).unwrap();
        assert_eq!(code(stream.replace(&at(SECONDS))), Err(Code::TimeUnit));
        stream.replace(&at(DATE)).unwrap();
        assert_eq!(code(stream.update(&at(SECONDS))), Err(Code::TimeUnit));
        stream.replace(&at(COUNT)).unwrap();
        assert_eq!(code(stream.update(&at(SECONDS))), Ok(()));
    }
}
