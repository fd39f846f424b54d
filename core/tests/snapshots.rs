//! Bytes that are no snapshot, or no longer one.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::*;
use tvf_core::clock::Clock;
use tvf_core::session::Anchor;
use tvf_core::{ALL, Arg, Code, Params, Profile, Stream};

fn streams() -> impl Iterator<Item = Stream> {
    let defaults = ALL.iter().map(|entry| (entry, vec![]));
    let by_time = vec![
        ("period", Arg::Number(2.0)),
        ("by", Arg::Text("time_of_day")),
    ];
    let by_time = (tvf_core::find("rvol").unwrap(), by_time);
    defaults.chain([by_time]).map(|(entry, args)| {
        let params = Params::named(&entry.spec, Profile::default(), args).unwrap();
        let mut stream = Stream::new(entry, params);
        let mut bars = Bars::walk(230, 41);
        // Few times of day, so that each comes often.
        for (i, time) in bars.time.iter_mut().enumerate() {
            *time = 1.7e12 + (i / 5) as f64 * 86_400_000.0 + (i % 5) as f64 * 60_000.0;
        }
        for i in 0..bars.len() {
            stream.update(&bars.bar(entry.spec.inputs, i)).unwrap();
        }
        stream
    })
}

/// A bar was taken, unless an altered time lies behind it.
fn taken(result: Result<(), tvf_core::Error>) {
    assert!(matches!(
        result.map_err(|e| e.code),
        Ok(()) | Err(Code::TimeOrder)
    ));
}

fn restore(bytes: &[u8]) -> Result<Stream, Code> {
    Stream::restore(bytes).map_err(|e| e.code)
}

#[test]
fn foreign_newer_and_cut_bytes_are_told_apart() {
    for mut stream in streams() {
        let bytes = stream.snapshot().unwrap();
        assert_eq!(
            restore(b"not a snapshot").unwrap_err(),
            Code::SnapshotFormat
        );
        assert_eq!(restore(b"").unwrap_err(), Code::SnapshotFormat);
        let mut newer = bytes.clone();
        newer[4] = 3;
        assert_eq!(restore(&newer).unwrap_err(), Code::SnapshotVersion);
        for length in 4..bytes.len() {
            assert_eq!(
                restore(&bytes[..length]).unwrap_err(),
                Code::SnapshotDamaged,
                "cut to {length}"
            );
        }
        let longer = [&bytes[..], &[0]].concat();
        assert_eq!(restore(&longer).unwrap_err(), Code::SnapshotDamaged);
    }
}

#[test]
fn any_altered_byte_is_noticed() {
    for mut stream in streams() {
        let bytes = stream.snapshot().unwrap();
        for at in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[at] ^= 0x41;
            assert!(restore(&altered).is_err(), "byte {at}");
        }
    }
}

/// Bytes made by someone who knows the checksum: an error or a stream that goes on, never a panic.
#[test]
fn hostile_bytes_never_panic() {
    let mut random = Random(43);
    let bars = Bars::walk(400, 44);
    let mut accepted = 0;
    for mut stream in streams() {
        let inputs = stream.entry().spec.inputs;
        let bytes = stream.snapshot().unwrap();
        for _ in 0..400 {
            let mut hostile = bytes[..bytes.len() - 4].to_vec();
            for _ in 0..=random.below(4) {
                let at = 10 + random.below(hostile.len() - 10);
                let value = [0, 1, 2, 0x7f, 0x80, 0xff, random.below(256)][random.below(7)];
                hostile[at] = u8::try_from(value).unwrap();
            }
            hostile.extend(crc32fast::hash(&hostile).to_le_bytes());
            if let Ok(mut stream) = Stream::restore(&hostile) {
                accepted += 1;
                let _ = stream.replace(&bars.bar(inputs, 0));
                for i in 0..bars.len() {
                    taken(stream.peek(&bars.bar(inputs, i)));
                    taken(stream.update(&bars.bar(inputs, i)));
                }
                assert!(!stream.snapshot().unwrap().is_empty());
            }
        }
    }
    assert!(accepted > 0, "some altered numbers are still states");
}

/// A small file must not make a large window.
#[test]
fn a_large_period_needs_a_large_file() {
    let entry = tvf_core::find("sma").unwrap();
    let mut stream = Stream::new(
        entry,
        Params::named(&entry.spec, Profile::default(), []).unwrap(),
    );
    let mut bytes = stream.snapshot().unwrap();
    let period = 20f64.to_le_bytes();
    let at = bytes.windows(8).position(|w| w == period).unwrap();
    bytes[at..at + 8].copy_from_slice(&1e6f64.to_le_bytes());
    bytes.truncate(bytes.len() - 4);
    bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
    assert_eq!(restore(&bytes).unwrap_err(), Code::SnapshotDamaged);
}

/// Found by fuzzing: counts of bars and blocks near 2⁶⁴ overflowed with the next bars.
#[test]
fn counts_that_no_series_reaches_are_refused() {
    let bars = Bars::walk(400, 45);
    for mut stream in streams() {
        let inputs = stream.entry().spec.inputs;
        let bytes = stream.snapshot().unwrap();
        let body = &bytes[..bytes.len() - 4];
        for word in 0..body.len() / 8 {
            let mut hostile = body.to_vec();
            let at = hostile.len() - 8 * (word + 1);
            hostile[at..at + 8].copy_from_slice(&u64::MAX.to_le_bytes());
            hostile.extend(crc32fast::hash(&hostile).to_le_bytes());
            if let Ok(mut stream) = Stream::restore(&hostile) {
                for i in 0..bars.len() {
                    taken(stream.update(&bars.bar(inputs, i)));
                }
            }
        }
    }
}

/// A snapshot as format version 1 had it: without the clock and the latest times.
fn version_1(bytes: &[u8], state: usize) -> Vec<u8> {
    let body = &bytes[10..bytes.len() - 4];
    // An empty zone and two times lie before the state.
    let body = [
        &body[..body.len() - state - 17],
        &body[body.len() - state..],
    ]
    .concat();
    let mut old = [&bytes[..4], &1u16.to_le_bytes()[..]].concat();
    old.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
    old.extend(body);
    old.extend(crc32fast::hash(&old).to_le_bytes());
    old
}

fn vwap(anchor: &str) -> Stream {
    let entry = tvf_core::find("vwap").unwrap();
    let args = [("anchor", Arg::Text(anchor))];
    let params = Params::named(&entry.spec, Profile::default(), args).unwrap();
    Stream::new(entry, params)
}

#[test]
fn version_1_is_read_where_it_says_enough() {
    let head = |mut stream: Stream| {
        // Before the first bar all that differs is what follows the parameters and the flag.
        let bytes = stream.snapshot().unwrap();
        let flag = bytes.windows(4).rposition(|w| w == b"\x03nan").unwrap() + 4;
        version_1(&bytes, bytes.len() - 4 - (flag + 1) - 17)
    };
    let bars = Bars::walk(50, 46);
    let mut fresh = vwap("session");
    let mut old = Stream::restore(&head(vwap("session"))).unwrap();
    for i in 0..bars.len() {
        let bar = bars.bar(fresh.entry().spec.inputs, i);
        fresh.update(&bar).unwrap();
        old.update(&bar).unwrap();
    }
    assert_eq!(fresh.snapshot(), old.snapshot());
    assert_eq!(
        restore(&head(vwap("number"))).unwrap_err(),
        Code::SnapshotVersion
    );
}

#[test]
fn a_snapshot_goes_on_by_its_own_clock_only() {
    let clock = |zone, open, anchor| Clock::new(zone, open, anchor).unwrap();
    let own = clock("America/New_York", 570.0, Anchor::Session);
    let mut stream = vwap("number");
    stream.follow(own.clone());
    let stream = Stream::restore(&stream.snapshot().unwrap()).unwrap();
    assert!(stream.resume(Some(&own)).is_ok());
    let folded = clock("america/new_york", 570.0, Anchor::Session);
    assert!(stream.resume(Some(&folded)).is_ok());
    let known = "snapshot follows zone \"America/New_York\", open 570, anchor \"session\"";
    for (other, words) in [
        (None, ": restore it with the same"),
        (
            Some(clock("Europe/Berlin", 570.0, Anchor::Session)),
            ", not zone \"Europe/Berlin\", open 570, anchor \"session\"",
        ),
        (
            Some(clock("America/New_York", 0.0, Anchor::Session)),
            ", not zone \"America/New_York\", open 0, anchor \"session\"",
        ),
        (
            Some(clock("America/New_York", 570.0, Anchor::Minutes(60.0))),
            ", not zone \"America/New_York\", open 570, anchor 60",
        ),
    ] {
        let error = stream.resume(other.as_ref()).unwrap_err();
        assert_eq!((error.code, error.name.as_str()), (Code::Session, "zone"));
        assert_eq!(error.message(), format!("{known}{words}"));
    }
    let plain = vwap("number");
    assert!(plain.resume(None).is_ok());
    let error = plain.resume(Some(&own)).unwrap_err();
    let words = "does not suit the snapshot: its vwap was given its own numbers of sessions";
    assert_eq!(
        error.message(),
        format!("zone \"America/New_York\" {words}")
    );
    assert!(Clock::new("", 0.0, Anchor::Session).is_err());
    assert!(Clock::new(&"x".repeat(65), 0.0, Anchor::Session).is_err());
}
