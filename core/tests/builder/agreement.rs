//! The builder and its twin agree on any ticks, and a builder with itself in any cuts.

use proptest::prelude::*;
use tvf_core::builder::{Bar, BarBuilder, BarColumns, Event, Setup, Tick, Ticks};

use crate::list::follow;
use crate::ticks::ticks;
use crate::twin::{Case, buckets, twin};
use crate::zones::{DAY, HOUR, MINUTE, ZONES, builder};

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
