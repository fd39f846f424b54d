//! Snapshots of strangers.

use tvf_core::builder::{BarBuilder, Setup};
use tvf_core::{Code, Params, Profile, Stream};

use crate::common::Random;
use crate::ticks::ticks;
use crate::zones::{HOUR, JANUARY, MINUTE, ZONES, builder};

/// Bytes made by someone who knows the checksum: an error or a builder that goes on, never a panic.
#[test]
fn hostile_snapshots_never_panic() {
    let setup = Setup {
        timeframe: "15m",
        session: Some("09:30-16:00"),
        fill: "previous",
        limit: 50.0,
        ..Setup::default()
    };
    let zone = &ZONES[0];
    let ticks = ticks(3, 60, JANUARY + 15.0 * HOUR, 15.0 * MINUTE);
    let mut random = Random(9);
    let mut fed = builder(zone, setup);
    let mut accepted = 0;
    for tick in &ticks {
        fed.tick(*tick).unwrap();
        let bytes = fed.snapshot().unwrap();
        for length in 0..bytes.len() {
            assert!(BarBuilder::restore(&bytes[..length]).is_err());
        }
        for _ in 0..200 {
            let mut hostile = bytes[..bytes.len() - 4].to_vec();
            for _ in 0..=random.below(3) {
                let at = 10 + random.below(hostile.len() - 10);
                let value = [0, 1, 2, 0x7f, 0x80, 0xff, random.below(256)][random.below(7)];
                hostile[at] = u8::try_from(value).unwrap();
            }
            hostile.extend(crc32fast::hash(&hostile).to_le_bytes());
            if let Ok(mut restored) = BarBuilder::restore(&hostile) {
                accepted += 1;
                restored.tell(zone.offsets());
                for tick in &ticks {
                    let _ = restored.close(Some(tick.time));
                    let _ = restored.tick(*tick);
                }
                assert!(!restored.snapshot().unwrap().is_empty());
            }
        }
    }
    assert!(accepted > 0, "some altered numbers are still states");
    let entry = tvf_core::find("sma").unwrap();
    let params = Params::named(&entry.spec, Profile::default(), []).unwrap();
    let mut stream = Stream::new(entry, params);
    let foreign = BarBuilder::restore(&stream.snapshot().unwrap()).unwrap_err();
    assert_eq!(foreign.code, Code::SnapshotFormat);
}
