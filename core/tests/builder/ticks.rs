//! Ticks: late ones, wrong ones, and random ones for others to use.

use tvf_core::Code;
use tvf_core::builder::{BarBuilder, Event, Setup, Tick, Ticks};

use crate::common::Random;
use crate::zones::{JANUARY, MINUTE};

pub fn ticks(seed: u32, n: usize, from: f64, pace: f64) -> Vec<Tick> {
    let mut random = Random(seed.into());
    let mut time = from;
    let mut number = 0.0;
    (0..n)
        .map(|i| {
            // Often close together, seldom far apart, sometimes back.
            let scale = [0.0, 0.01, 0.1, 1.0, 20.0][random.below(5)];
            time += (random.below(1000) as f64 / 1000.0 * scale * pace).floor();
            let back = if random.below(6) == 0 {
                random.below(1000) as f64 / 500.0 * pace
            } else {
                0.0
            };
            number += [0.0, 1.0, 1.0, 3.0][random.below(4)];
            Tick {
                time: (time - back).floor(),
                price: 100.0 + random.below(2000) as f64 / 100.0,
                size: random.below(100) as f64 / 10.0,
                id: if seed.is_multiple_of(3) || i % 5 == 0 {
                    f64::NAN
                } else {
                    number
                },
            }
        })
        .collect()
}

#[test]
fn late_ticks() {
    let minute = |late| {
        let setup = Setup {
            late,
            ..Setup::default()
        };
        let mut builder = BarBuilder::new(&setup).unwrap();
        for (second, price) in [(10.0, 5.0), (30.0, 6.0)] {
            builder
                .tick(Tick::new(JANUARY + second * 1000.0, price))
                .unwrap();
        }
        builder
    };
    let at = |second: f64, price| Tick::new(JANUARY + second * 1000.0, price);
    let mut drops = minute("drop");
    assert_eq!(drops.tick(at(20.0, 9.0)), Ok(Event::Dropped));
    assert_eq!(
        (drops.dropped().late, drops.forming().unwrap().high),
        (1, 6.0)
    );

    let mut merges = minute("merge");
    assert_eq!(merges.tick(at(20.0, 9.0)), Ok(Event::Replace));
    assert_eq!(merges.tick(at(10.0, 3.0)), Ok(Event::Replace));
    let bar = merges.forming().unwrap();
    assert_eq!(
        [bar.open, bar.high, bar.low, bar.close, bar.volume],
        [5.0, 9.0, 3.0, 6.0, 4.0]
    );
    merges.tick(at(5.0, 4.0)).unwrap();
    assert_eq!(merges.forming().unwrap().open, 4.0);
    assert_eq!(merges.tick(at(-1.0, 1.0)), Ok(Event::Dropped));

    let mut refuses = minute("error");
    for second in [20.0, -1.0] {
        let before = refuses.snapshot().unwrap();
        let error = refuses.tick(at(second, 9.0)).unwrap_err();
        assert_eq!((error.code, error.name.as_str()), (Code::TimeOrder, "time"));
        assert_eq!(refuses.snapshot().unwrap(), before);
        let [time, price] = [[JANUARY + 31_000.0, JANUARY + second * 1000.0], [1.0; 2]];
        let columns = Ticks {
            time: &time,
            price: &price,
            size: None,
            id: None,
        };
        assert_eq!(refuses.ticks(&columns).unwrap_err().code, Code::TimeOrder);
        assert_eq!(refuses.snapshot().unwrap(), before, "all or none");
        assert_eq!(refuses.changes().count(), 0);
    }
}

#[test]
fn wrong_values_are_named_and_change_nothing() {
    let mut builder = BarBuilder::new(&Setup::default()).unwrap();
    builder.tick(Tick::new(JANUARY, -37.63)).unwrap();
    let before = builder.snapshot().unwrap();
    let good = Tick::new(JANUARY + 1.0, 1.0);
    for (name, tick) in [
        (
            "time",
            Tick {
                time: f64::NAN,
                ..good
            },
        ),
        (
            "time",
            Tick {
                time: f64::INFINITY,
                ..good
            },
        ),
        (
            "time",
            Tick {
                time: -1e300,
                ..good
            },
        ),
        (
            "price",
            Tick {
                price: f64::NAN,
                ..good
            },
        ),
        (
            "price",
            Tick {
                price: f64::NEG_INFINITY,
                ..good
            },
        ),
        (
            "size",
            Tick {
                size: f64::NAN,
                ..good
            },
        ),
        ("size", Tick { size: -1.0, ..good }),
        (
            "size",
            Tick {
                size: f64::INFINITY,
                ..good
            },
        ),
        ("id", Tick { id: 0.5, ..good }),
        ("id", Tick { id: 1e17, ..good }),
    ] {
        let error = builder.tick(tick).unwrap_err();
        assert_eq!((error.code, error.name.as_str()), (Code::InputRange, name));
        assert!(!error.value.is_empty() && !error.bound.is_empty());
        let columns = [good, tick];
        let column = |get: fn(&Tick) -> f64| columns.iter().map(get).collect::<Vec<_>>();
        let (size, id) = (column(|t| t.size), column(|t| t.id));
        let error = builder.ticks(&Ticks {
            time: &column(|t| t.time),
            price: &column(|t| t.price),
            size: Some(&size),
            id: Some(&id),
        });
        assert!(error.unwrap_err().message().contains("at row 1"));
        assert_eq!(builder.snapshot().unwrap(), before);
    }
    let error = builder.tick(Tick::new(JANUARY / 1000.0, 1.0)).unwrap_err();
    assert_eq!(error.code, Code::TimeUnit);
    let bar = builder.forming().unwrap();
    assert_eq!(builder.bar(bar).unwrap_err().code, Code::MixedFeed);
    builder.tick(Tick::new(JANUARY + MINUTE, 1.0)).unwrap();
    assert_eq!(builder.begin(bar).unwrap_err().code, Code::MixedFeed);
    assert_eq!(
        builder.changes().count(),
        0,
        "those of the call before are gone"
    );
    let short = Ticks {
        time: &[JANUARY],
        price: &[],
        size: None,
        id: None,
    };
    assert_eq!(builder.ticks(&short).unwrap_err().code, Code::InputLength);
    let zoned = Setup {
        zone: "Europe/Berlin",
        ..Setup::default()
    };
    let mut untold = BarBuilder::new(&zoned).unwrap();
    assert!(!untold.covers(JANUARY));
    assert_eq!(untold.tick(good).unwrap_err().code, Code::Session);
}
