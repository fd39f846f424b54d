//! Bars from ticks and from bars, against a twin that puts each tick into a list of buckets made by looking at every minute.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::unwrap_used,
    reason = "small numbers, and a test may fail"
)]

mod common;

use common::Random;
use proptest::prelude::*;
use tvf_core::builder::{
    Bar, BarBuilder, BarColumns, Dropped, Event, Hours, Offsets, Setup, Tick, Ticks,
};
use tvf_core::{Code, Params, Profile, Stream};

const MINUTE: f64 = 60_000.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;
/// 2024-01-01, a Monday.
const JANUARY: f64 = 1_704_067_200_000.0;

struct Zone {
    name: &'static str,
    /// The offset before the first change, in hours.
    before: f64,
    /// Moments (milliseconds UTC) and the offsets from each on, in hours.
    changes: [(f64, f64); 2],
}

/// The changes of 2024.
const ZONES: [Zone; 4] = [
    Zone {
        name: "America/New_York",
        before: -5.0,
        changes: [(1_710_054_000_000.0, -4.0), (1_730_613_600_000.0, -5.0)],
    },
    Zone {
        name: "Europe/Berlin",
        before: 1.0,
        changes: [(1_711_846_800_000.0, 2.0), (1_729_990_800_000.0, 1.0)],
    },
    Zone {
        name: "Australia/Sydney",
        before: 11.0,
        changes: [(1_712_419_200_000.0, 10.0), (1_728_144_000_000.0, 11.0)],
    },
    // Half an hour forward and back.
    Zone {
        name: "Australia/Lord_Howe",
        before: 11.0,
        changes: [(1_712_415_600_000.0, 10.5), (1_728_142_200_000.0, 11.0)],
    },
];

impl Zone {
    fn offsets(&self) -> Offsets {
        let first = (JANUARY - 1000.0 * DAY, self.before * HOUR);
        let more = self.changes.map(|(at, hours)| (at, hours * HOUR));
        let all = vec![first, more[0], more[1]];
        Offsets::new(all, JANUARY - 1000.0 * DAY, JANUARY + 1000.0 * DAY).unwrap()
    }

    fn local(&self, time: f64) -> f64 {
        let passed = self.changes.iter().rev().find(|c| c.0 <= time);
        time + passed.map_or(self.before, |c| c.1) * HOUR
    }
}

fn builder(zone: &Zone, setup: Setup<'_>) -> BarBuilder {
    let zoned = Setup {
        zone: zone.name,
        ..setup
    };
    let mut builder = BarBuilder::new(&zoned).unwrap();
    builder.tell(zone.offsets());
    builder
}

/// Where each bar begins and ends in a span of time, by walking over its minutes.
fn buckets(
    zone: &Zone,
    hours: &str,
    length: f64,
    keeps: bool,
    from: f64,
    to: f64,
) -> Vec<[f64; 3]> {
    let of_day = |text: &str| {
        let (h, m) = text.split_once(':').unwrap();
        h.parse::<f64>().unwrap() * HOUR + m.parse::<f64>().unwrap() * MINUTE
    };
    let (open, close) = hours.split_once('-').unwrap();
    let (open, close) = (of_day(open), of_day(close));
    let stays = if close > open {
        close - open
    } else {
        close - open + DAY
    };
    let closes = stays < DAY;
    // The first minute of which clocks show the opening of each day, or a later time.
    let mut sessions: Vec<[f64; 2]> = Vec::new();
    let first = (zone.local(from) / DAY).floor() - 2.0;
    let minutes = ((to - from) / MINUTE) as usize + 8 * 1440;
    let at = |m: usize| from - 4.0 * DAY + m as f64 * MINUTE;
    let mut m = 0;
    for day in 0.. {
        let nominal = (first + f64::from(day)) * DAY + open;
        while m < minutes && zone.local(at(m)) < nominal {
            m += 1;
        }
        if m == minutes {
            break;
        }
        let mut end = m;
        while end < minutes && zone.local(at(end)) < nominal + stays {
            end += 1;
        }
        sessions.push([at(m), at(end)]);
    }
    let mut found = Vec::new();
    for pair in sessions.windows(2) {
        let [[opens, shuts], [next, _]] = [pair[0], pair[1]];
        let ends = if closes && !keeps { shuts } else { next };
        let mut start = opens;
        while start < ends {
            let end = if start + length < ends {
                start + length
            } else {
                ends
            };
            let stays_open = if closes { end < shuts } else { true };
            found.push([start, end, f64::from(u8::from(stays_open))]);
            start += length;
        }
    }
    found
}

struct Case<'a> {
    buckets: &'a [[f64; 3]],
    merges: bool,
    fill: Option<usize>,
}

/// What a list of ticks comes to: bars, and what was dropped.
fn twin(case: &Case<'_>, ticks: &[Tick]) -> (Vec<Bar>, Dropped, u64) {
    let mut groups: Vec<(usize, Vec<Tick>)> = Vec::new();
    let mut dropped = Dropped::default();
    let mut id = f64::NAN;
    for tick in ticks {
        if tick.id <= id {
            dropped.duplicate += 1;
            continue;
        }
        if !tick.id.is_nan() {
            id = tick.id;
        }
        let bucket = case
            .buckets
            .iter()
            .position(|b| b[0] <= tick.time && tick.time < b[1]);
        let last = groups.last_mut();
        let too_late = last
            .as_ref()
            .is_some_and(|(b, _)| tick.time < case.buckets[*b][0]);
        match (bucket, last) {
            _ if too_late => dropped.late += 1,
            (None, _) => dropped.outside += 1,
            (Some(b), Some((forming, group))) if b == *forming => {
                if !case.merges && group.iter().any(|t| t.time > tick.time) {
                    dropped.late += 1;
                } else {
                    group.push(*tick);
                }
            }
            (Some(b), _) => groups.push((b, vec![*tick])),
        }
    }
    let mut bars: Vec<Bar> = Vec::new();
    let mut gaps = 0;
    for (i, (b, group)) in groups.iter().enumerate() {
        if let (Some(limit), Some(before)) = (case.fill, i.checked_sub(1)) {
            let close = bars.last().unwrap().close;
            for (filled, bucket) in (groups[before].0 + 1..*b).enumerate() {
                if case.buckets[bucket - 1][2] == 0.0 {
                    break;
                }
                if filled == limit {
                    gaps += 1;
                    break;
                }
                bars.push(Bar {
                    time: case.buckets[bucket][0],
                    open: close,
                    high: close,
                    low: close,
                    close,
                    volume: 0.0,
                });
            }
        }
        let mut sorted = group.clone();
        sorted.sort_by(|a, b| a.time.total_cmp(&b.time));
        let mut prices: Vec<f64> = group.iter().map(|t| t.price).collect();
        prices.sort_by(f64::total_cmp);
        bars.push(Bar {
            time: case.buckets[*b][0],
            open: sorted[0].price,
            high: *prices.last().unwrap(),
            low: prices[0],
            close: sorted.last().unwrap().price,
            volume: group.iter().fold(0.0, |sum, t| sum + t.size),
        });
    }
    (bars, dropped, gaps)
}

/// Applies what a call did to a list of bars, as `Bars.push` and `Bars.replace` do.
fn follow(list: &mut Vec<Bar>, builder: &BarBuilder) {
    for (event, bar) in builder.changes() {
        match event {
            Event::Push => list.push(bar),
            Event::Replace => *list.last_mut().unwrap() = bar,
            Event::Dropped => panic!("nothing was to be done"),
        }
    }
}

fn ticks(seed: u32, n: usize, from: f64, pace: f64) -> Vec<Tick> {
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

const LENGTHS: [(&str, f64); 7] = [
    ("30s", 0.5 * MINUTE),
    ("1m", MINUTE),
    ("7m", 7.0 * MINUTE),
    ("15m", 15.0 * MINUTE),
    ("1h", HOUR),
    ("4h", 4.0 * HOUR),
    ("24h", DAY),
];
const HOURS: [&str; 6] = [
    "00:00-00:00",
    "09:30-16:00",
    "09:30-09:30",
    "02:30-02:30",
    "01:30-05:00",
    "08:15-19:45",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Any ticks, in any cuts of calls, with snapshots between them: what the twin says, and what a list that follows has.
    #[test]
    fn equals_the_twin(
        seed in 0_u32..10_000,
        zone in 0_usize..4,
        change in 0_usize..2,
        length in 0_usize..7,
        hours in 0_usize..6,
        keeps: bool,
        merges: bool,
        fill in prop::option::of(1_usize..40),
        cuts in prop::collection::vec(1_usize..60, 0..8),
    ) {
        let zone = &ZONES[zone];
        let (timeframe, length) = LENGTHS[length];
        let hours = HOURS[hours];
        let from = zone.changes[change].0 - 30.0 * HOUR;
        let pace = if length < 600_000.0 { length } else { HOUR };
        let ticks = ticks(seed, 240, from, pace);
        let last = ticks.iter().map(|t| t.time).fold(from, |a, b| if b > a { b } else { a });
        let buckets = buckets(zone, hours, length, keeps, from, last);
        let case = Case { buckets: &buckets, merges, fill };
        let (expected, dropped, gaps) = twin(&case, &ticks);
        let setup = Setup {
            timeframe,
            session: Some(hours),
            outside: if keeps { "keep" } else { "drop" },
            late: if merges { "merge" } else { "drop" },
            fill: if fill.is_some() { "previous" } else { "none" },
            limit: fill.unwrap_or(1) as f64,
            ..Setup::default()
        };

        let mut single = builder(zone, setup);
        let mut list = Vec::new();
        let mut closed = Vec::new();
        for tick in &ticks {
            let forming = single.forming();
            let event = single.tick(*tick).unwrap();
            let now = single.forming();
            match event {
                Event::Push => prop_assert_ne!(forming.map(|b| b.time), now.map(|b| b.time)),
                Event::Replace => prop_assert_eq!(forming.map(|b| b.time), now.map(|b| b.time)),
                Event::Dropped => prop_assert_eq!(forming, now),
            }
            closed.extend_from_slice(single.closed());
            follow(&mut list, &single);
        }
        prop_assert_eq!(&list, &expected);
        prop_assert_eq!(single.dropped(), dropped);
        prop_assert_eq!(single.gaps(), gaps);
        single.close(None).unwrap();
        closed.extend_from_slice(single.closed());
        follow(&mut list, &single);
        prop_assert_eq!(&closed, &expected);
        prop_assert_eq!(&list, &expected);

        let mut cut = builder(zone, setup);
        let mut list = Vec::new();
        let mut rest = &ticks[..];
        for size in cuts.iter().copied().chain([ticks.len()]) {
            let (now, later) = rest.split_at(size.min(rest.len()));
            rest = later;
            let column = |get: fn(&Tick) -> f64| now.iter().map(get).collect::<Vec<_>>();
            let (time, price) = (column(|t| t.time), column(|t| t.price));
            let (size, id) = (column(|t| t.size), column(|t| t.id));
            let columns = Ticks { time: &time, price: &price, size: Some(&size), id: Some(&id) };
            cut.ticks(&columns).unwrap();
            follow(&mut list, &cut);
            let bytes = cut.snapshot().unwrap();
            cut = BarBuilder::restore(&bytes).unwrap();
            cut.tell(zone.offsets());
            prop_assert_eq!(cut.snapshot().unwrap(), bytes);
            prop_assert_eq!(cut.changes().count(), 0);
        }
        prop_assert_eq!(&list, &expected);
        prop_assert_eq!(cut.dropped(), dropped);
    }

    /// Looking at the clock in between changes nothing, but that late ticks find their bar closed.
    #[test]
    fn closing_by_the_clock_gives_the_same_bars(
        seed in 0_u32..10_000,
        zone in 0_usize..4,
        hours in 0_usize..6,
        fill in prop::option::of(1_usize..40),
    ) {
        let zone = &ZONES[zone];
        let mut ticks = ticks(seed, 200, zone.changes[0].0 - 30.0 * HOUR, 15.0 * MINUTE);
        ticks.sort_by(|a, b| a.time.total_cmp(&b.time));
        let setup = Setup {
            timeframe: "15m",
            session: Some(HOURS[hours]),
            fill: if fill.is_some() { "previous" } else { "none" },
            limit: fill.unwrap_or(1) as f64,
            ..Setup::default()
        };
        let mut plain = builder(zone, setup);
        let mut clocked = plain.clone();
        let (mut expected, mut found) = (Vec::new(), Vec::new());
        for tick in &ticks {
            clocked.close(Some(tick.time)).unwrap();
            follow(&mut found, &clocked);
            clocked.tick(*tick).unwrap();
            follow(&mut found, &clocked);
            plain.tick(*tick).unwrap();
            follow(&mut expected, &plain);
        }
        let end = ticks.last().map(|t| t.time);
        for (builder, list) in [(&mut clocked, &mut found), (&mut plain, &mut expected)] {
            builder.close(end).unwrap();
            follow(list, builder);
        }
        prop_assert_eq!(found, expected);
        prop_assert_eq!(clocked.gaps(), plain.gaps());
        prop_assert_eq!(clocked.dropped(), plain.dropped());
    }

    /// Minutes to hours: revised minutes count as their last form, and hours of ticks agree but for the rounding of volumes.
    #[test]
    fn bars_of_bars_equal_bars_of_ticks(
        seed in 0_u32..10_000,
        zone in 0_usize..4,
        change in 0_usize..2,
        longer in prop::sample::select(vec!["5m", "1h", "4h", "1d", "1w", "1M"]),
        hours in 0_usize..6,
    ) {
        let zone = &ZONES[zone];
        let ticks = ticks(seed, 300, zone.changes[change].0 - 30.0 * HOUR, 10.0 * MINUTE);
        let setup = |timeframe| Setup {
            timeframe,
            session: Some(HOURS[hours]),
            ..Setup::default()
        };
        let mut minutes = builder(zone, setup("1m"));
        let mut live = builder(zone, setup(longer));
        let mut direct = live.clone();
        let (mut found, mut expected, mut shorter) = (Vec::new(), Vec::new(), Vec::new());
        for tick in &ticks {
            direct.tick(*tick).unwrap();
            follow(&mut expected, &direct);
            minutes.tick(*tick).unwrap();
            follow(&mut shorter, &minutes);
            for (_, bar) in minutes.changes() {
                live.bar(bar).unwrap();
                follow(&mut found, &live);
            }
        }
        // A tick may be too late for its minute, and in time for its hour.
        let late = minutes.dropped().late != direct.dropped().late;
        if !late {
            let plain = |bars: &[Bar]| bars.iter().map(|b| Bar { volume: 0.0, ..*b }).collect::<Vec<_>>();
            prop_assert_eq!(plain(&found), plain(&expected));
            for (a, b) in found.iter().zip(&expected) {
                prop_assert!((a.volume - b.volume).abs() <= 1e-12 * b.volume);
            }
        }
        // Only the last form of each minute matters, to the bit.
        let mut once = builder(zone, setup(longer));
        let column = |get: fn(&Bar) -> f64| shorter.iter().map(get).collect::<Vec<_>>();
        let volume = column(|b| b.volume);
        once.bars(&BarColumns {
            time: &column(|b| b.time),
            open: &column(|b| b.open),
            high: &column(|b| b.high),
            low: &column(|b| b.low),
            close: &column(|b| b.close),
            volume: Some(&volume),
        }).unwrap();
        let mut whole = Vec::new();
        follow(&mut whole, &once);
        prop_assert_eq!(whole, found);
        prop_assert_eq!(once.snapshot().unwrap(), live.snapshot().unwrap());
    }
}

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

#[test]
fn settings_are_judged() {
    let error = |setup: Setup<'_>| {
        let error = BarBuilder::new(&setup).unwrap_err();
        (error.code, error.name)
    };
    let setup = Setup::default();
    for (wrong, code, name) in [
        (
            Setup {
                timeframe: "1x",
                ..setup
            },
            Code::ParamChoice,
            "timeframe",
        ),
        (
            Setup {
                timeframe: "99h",
                ..setup
            },
            Code::ParamRange,
            "timeframe",
        ),
        (Setup { zone: "", ..setup }, Code::Session, "zone"),
        (
            Setup {
                open: Some(f64::NAN),
                ..setup
            },
            Code::Session,
            "open",
        ),
        (
            Setup {
                session: Some("nine"),
                ..setup
            },
            Code::Session,
            "session",
        ),
        (
            Setup {
                open: Some(0.0),
                session: Some("09:30-16:00"),
                ..setup
            },
            Code::Session,
            "session",
        ),
        (
            Setup {
                outside: "x",
                ..setup
            },
            Code::ParamChoice,
            "outside",
        ),
        (Setup { late: "", ..setup }, Code::ParamChoice, "late"),
        (
            Setup {
                fill: "zero",
                ..setup
            },
            Code::ParamChoice,
            "fill",
        ),
        (
            Setup {
                limit: 0.0,
                ..setup
            },
            Code::ParamRange,
            "limit",
        ),
        (
            Setup {
                limit: f64::NAN,
                ..setup
            },
            Code::ParamRange,
            "limit",
        ),
    ] {
        assert_eq!(error(wrong), (code, name.to_string()));
    }
    assert_eq!(
        Hours::parse("18:00-17:00").unwrap().to_string(),
        "18:00-17:00"
    );
}

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
