//! Days, weeks and months by the sessions of a zone.

use tvf_core::builder::{Setup, Tick};

use crate::list::follow;
use crate::zones::{DAY, HOUR, JANUARY, ZONES, Zone, builder};

fn starts(zone: &Zone, setup: Setup<'_>, times: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut builder = builder(zone, setup);
    let mut list = Vec::new();
    for time in times {
        builder.tick(Tick::new(time, 1.0)).unwrap();
        follow(&mut list, &builder);
    }
    list.iter().map(|bar| bar.time).collect()
}

/// Days, weeks and months of two years by the calendar, which is written out here.
#[test]
fn calendar_bars_begin_with_their_sessions() {
    let zone = &ZONES[0];
    let setup = |timeframe| Setup {
        timeframe,
        open: Some(1080.0),
        ..Setup::default()
    };
    let hourly = |days: u32| (0..days * 24).map(|h| JANUARY + f64::from(h) * HOUR);
    // The evening before, 18:00 in New York.
    let evening = |day: f64| {
        // Clocks went forward on the 70th day, and back on the 308th.
        let summer = (70.0..308.0).contains(&day);
        JANUARY + day * DAY - if summer { 2.0 } else { 1.0 } * HOUR
    };
    let days = starts(zone, setup("1d"), hourly(366));
    let expected: Vec<f64> = (0..=366).map(|d| evening(f64::from(d))).collect();
    assert_eq!(days, expected);
    // 2024 began on a Monday; the last evening of its 53rd week lies in 2024.
    let weeks = starts(zone, setup("1w"), hourly(366));
    let expected: Vec<f64> = (0..53).map(|w| evening(f64::from(w * 7))).collect();
    assert_eq!(weeks, expected);
    let firsts = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366];
    let months = starts(zone, setup("1M"), hourly(366));
    assert_eq!(months, firsts.map(|d| evening(f64::from(d))));
    let quarters = starts(zone, setup("3M"), hourly(366));
    assert_eq!(
        quarters,
        [0, 91, 182, 274, 366].map(|d| evening(f64::from(d)))
    );
    let years = starts(zone, setup("12M"), hourly(366));
    assert_eq!(years, [0, 366].map(|d| evening(f64::from(d))));
}

#[test]
fn days_of_a_session_hold_its_hours_only() {
    let zone = &ZONES[0];
    let setup = Setup {
        timeframe: "1w",
        session: Some("09:30-16:00"),
        ..Setup::default()
    };
    let mut builder = builder(zone, setup);
    // 2024-01-08, a Monday: night, morning, evening of each day.
    for day in 7..12 {
        for hour in [3.0, 15.0, 22.0] {
            let time = JANUARY + f64::from(day) * DAY + hour * HOUR;
            builder.tick(Tick::new(time, hour)).unwrap();
        }
    }
    assert_eq!(builder.dropped().outside, 10);
    let forming = builder.forming().unwrap();
    assert_eq!((forming.high, forming.volume), (15.0, 5.0));
    assert_eq!(forming.time, JANUARY + 7.0 * DAY + 14.5 * HOUR);
    // It ends when Sunday's hours would.
    let end = JANUARY + 13.0 * DAY + 21.0 * HOUR;
    builder.close(Some(end - 1.0)).unwrap();
    assert!(builder.closed().is_empty());
    builder.close(Some(end)).unwrap();
    assert_eq!(builder.closed(), [forming]);
}
