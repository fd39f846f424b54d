//! Bars of a history, and bars that are missing, late or revised.

use tvf_core::Code;
use tvf_core::builder::{Bar, BarBuilder, Event, Setup, Tick};

use crate::zones::{JANUARY, MINUTE};

#[test]
fn begins_with_the_bar_of_a_history() {
    let mut builder = BarBuilder::new(&Setup {
        timeframe: "5m",
        ..Setup::default()
    })
    .unwrap();
    let last = Bar {
        time: JANUARY,
        open: 3.0,
        high: 4.0,
        low: 2.0,
        close: 3.5,
        volume: 10.0,
    };
    let off = Bar {
        time: JANUARY + MINUTE,
        ..last
    };
    assert_eq!(builder.begin(off).unwrap_err().code, Code::InputRange);
    builder.begin(last).unwrap();
    assert_eq!(builder.changes().count(), 0, "the list has it already");
    assert_eq!(
        builder.tick(Tick::new(JANUARY + MINUTE, 5.0)),
        Ok(Event::Replace)
    );
    let merged = Bar {
        high: 5.0,
        close: 5.0,
        volume: 11.0,
        ..last
    };
    assert_eq!(
        builder.changes().collect::<Vec<_>>(),
        [(Event::Replace, merged)]
    );
    assert_eq!(
        builder.tick(Tick::new(JANUARY + 5.0 * MINUTE, 5.0)),
        Ok(Event::Push)
    );
    assert_eq!(builder.closed(), [merged]);
}

#[test]
fn missing_late_and_revised_bars() {
    let mut builder = BarBuilder::new(&Setup {
        timeframe: "1h",
        ..Setup::default()
    })
    .unwrap();
    let bar = |minute: f64, price: f64, volume| Bar {
        time: JANUARY + minute * MINUTE,
        open: price,
        high: price + 1.0,
        low: price - 1.0,
        close: price,
        volume,
    };
    builder.bar(bar(0.0, 10.0, 1.0)).unwrap();
    builder.bar(bar(1.0, 20.0, f64::NAN)).unwrap();
    assert_eq!(builder.forming().unwrap().high, 21.0);
    assert_eq!(builder.bar(bar(1.0, 12.0, 4.0)), Ok(Event::Replace));
    let forming = builder.forming().unwrap();
    assert_eq!(
        [forming.high, forming.low, forming.close, forming.volume],
        [13.0, 9.0, 12.0, 5.0]
    );
    assert_eq!(builder.bar(bar(0.0, 99.0, 1.0)), Ok(Event::Dropped));
    let missing = Bar {
        time: JANUARY + 2.0 * MINUTE,
        ..bar(f64::NAN, f64::NAN, 1.0)
    };
    assert_eq!(builder.bar(missing), Ok(Event::Dropped));
    assert_eq!(builder.bar(bar(f64::NAN, 1.0, 1.0)), Ok(Event::Dropped));
    let half = Bar {
        low: f64::NAN,
        ..bar(3.0, 1.0, 1.0)
    };
    assert_eq!(builder.bar(half).unwrap_err().name, "low");
    // A time beyond the calendar is one even where nothing comes with it: the state could not be read again.
    let nowhere = Bar {
        time: 1e17,
        ..missing
    };
    assert_eq!(builder.bar(nowhere).unwrap_err().name, "time");
    assert_eq!(builder.forming(), Some(forming));
    let dropped = builder.dropped();
    assert_eq!((dropped.late, dropped.missing), (1, 2));
    builder.close(None).unwrap();
    assert_eq!(
        builder.bar(bar(1.0, 12.0, 4.0)),
        Ok(Event::Dropped),
        "closed for good"
    );
}
