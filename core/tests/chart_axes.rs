//! Axes of a chart, and drawings on it: against the plain formula and cases worked out by hand.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use proptest::prelude::*;
use tvf_core::chart::hit::{self, Point, Reach};
use tvf_core::chart::{Kind, Padding, Scale, Unit, log_ticks, ticks, time_ticks};

const KINDS: [Kind; 4] = [Kind::Linear, Kind::Log, Kind::Percent, Kind::Indexed];

fn refused<T: core::fmt::Debug>(found: Result<T, tvf_core::Error>, name: &str, message: &str) {
    let error = found.unwrap_err();
    assert_eq!(
        (
            error.code.as_str(),
            error.name.as_str(),
            error.to_string().as_str()
        ),
        ("param_range", name, message)
    );
}

/// Anything a caller may hand over.
fn anything() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        -1e4_f64..1e4,
        prop::sample::select(vec![
            0.0,
            -0.0,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::MAX,
            f64::MIN,
            f64::MIN_POSITIVE,
            5e-324,
            1e-300,
            1.0,
            100.0,
        ]),
    ]
}

proptest! {
    #[test]
    fn a_pixel_leads_back_to_its_price(
        kind in prop::sample::select(KINDS.to_vec()),
        low in 0.01..500.0_f64,
        width in 0.01..500.0_f64,
        height in 1.0..2000.0_f64,
        base in prop_oneof![1.0..300.0_f64, -300.0..-1.0_f64],
        inverted: bool,
        part in -0.5..1.5_f64,
    ) {
        let scale = Scale::new(kind, (low, low + width), height, base, inverted).unwrap();
        let y = part * height;
        let price = scale.price(y);
        prop_assert!((scale.y(price) - y).abs() < 1e-6 * height);
        prop_assert!((scale.price_of(scale.shown(price)) - price).abs() <= 1e-9 * (1.0 + price.abs() + base.abs()));
        let (top, bottom) = if inverted { (low, low + width) } else { (low + width, low) };
        prop_assert_eq!((scale.y_of(top), scale.y_of(bottom)), (0.0, height));
        // A higher price is nearer to the top, whatever the base is.
        prop_assert_eq!(scale.y(price + width / 7.0) < y, !inverted);
    }

    #[test]
    fn no_axis_panics(
        kind in prop::sample::select(KINDS.to_vec()),
        ends in (anything(), anything()),
        height in anything(),
        base in anything(),
        price in anything(),
        room in (anything(), anything()),
        most in prop_oneof![0..30_usize, Just(usize::MAX)],
    ) {
        if let Ok(scale) = Scale::new(kind, ends, height, base, false) {
            for x in [scale.y(price), scale.price(price), scale.y(ends.0)] {
                prop_assert!(x.is_finite() || x.is_nan());
            }
        }
        let padding = Padding::new(room.0, room.1).unwrap_or_default();
        let sorted = ends.0.is_finite() && ends.1.is_finite() && ends.0 <= ends.1;
        if sorted && (kind != Kind::Log || ends.0 > 0.0) {
            let (low, high) = padding.around(kind, ends);
            prop_assert!(low < high && low.is_finite() && high.is_finite(), "{} {}", low, high);
            prop_assert!(kind != Kind::Log || low > 0.0);
            prop_assert!(kind == Kind::Log || (low <= ends.0 && high >= ends.1));
        }
        for found in [ticks(ends.0, ends.1, most, 0.0), ticks(ends.0, ends.1, most, price), log_ticks(ends.0, ends.1, most)] {
            let Ok(found) = found else { continue };
            prop_assert!(found.values.len() <= most + 1);
            prop_assert!(found.values.iter().all(|x| *x >= ends.0 && *x <= ends.1));
            prop_assert!(found.values.windows(2).all(|w| w[0] < w[1]));
        }
        if let Ok(found) = time_ticks(ends.0, ends.1, most, &[(0.0, 0.0), (price, base)]) {
            prop_assert!(found.times.len() <= most + 3);
        }
    }

    #[test]
    fn ticks_are_round_and_enough(low in -1e6_f64..1e6, width in 1e-6..1e6_f64, most in 1..30_usize) {
        let high = low + width;
        let found = ticks(low, high, most, 0.0).unwrap();
        let printed = format!("{:e}", found.step);
        prop_assert!(["1e", "2e", "5e"].iter().any(|digit| printed.starts_with(digit)), "{}", printed);
        prop_assert!(found.values.len() as f64 >= width / found.step - 1.0 - 1e-6);
        prop_assert!(width / found.step <= most as f64 * (1.0 + 1e-9));
        prop_assert!(width / found.step * 2.5 >= most as f64 * (1.0 - 1e-9), "a shorter step would do");
        for tick in &found.values {
            // It is the double nearest to what it prints.
            let decimals = found.decimals as usize;
            prop_assert_eq!(format!("{tick:.decimals$}").parse::<f64>().unwrap(), *tick);
        }
    }

    #[test]
    fn distances_are_those_of_many_points(
        at in (-50.0..50.0_f64, -50.0..50.0_f64),
        a in (-50.0..50.0_f64, -50.0..50.0_f64),
        b in (-50.0..50.0_f64, -50.0..50.0_f64),
    ) {
        let [at, a, b] = [at, a, b].map(|(x, y)| Point::new(x, y));
        let far = |p: Point| ((p.x - at.x) * (p.x - at.x) + (p.y - at.y) * (p.y - at.y)).sqrt();
        let along = |t: f64| Point::new(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t);
        let least = |from: i32, to: i32| {
            (from..=to).map(|i| far(along(f64::from(i) / 1000.0))).fold(f64::INFINITY, |m, x| if x < m { x } else { m })
        };
        let length = ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).sqrt();
        let near = length / 1000.0 + 1e-9;
        let segment = hit::line(at, a, b, Reach::Segment);
        prop_assert!(segment <= least(0, 1000) + 1e-9 && segment >= least(0, 1000) - near);
        let ray = hit::line(at, a, b, Reach::Ray);
        prop_assert!(ray <= least(0, 30_000) + 1e-9 && ray <= segment + 1e-9);
        let line = hit::line(at, a, b, Reach::Line);
        prop_assert!(line <= ray + 1e-9 && line <= hit::line(at, b, a, Reach::Ray) + 1e-9);
        prop_assert!((ray - line).abs() < 1e-9 || (hit::line(at, b, a, Reach::Ray) - line).abs() < 1e-9);
        // A rectangle is its four sides, and full inside.
        let corners = [a, Point::new(b.x, a.y), b, Point::new(a.x, b.y), a];
        let sides = corners.windows(2).map(|w| hit::line(at, w[0], w[1], Reach::Segment));
        let nearest = sides.fold(f64::INFINITY, |m, x| if x < m { x } else { m });
        prop_assert!((hit::rectangle(at, a, b, false) - nearest).abs() < 1e-9);
        let inside = (at.x - a.x) * (at.x - b.x) < 0.0 && (at.y - a.y) * (at.y - b.y) < 0.0;
        prop_assert_eq!(hit::rectangle(at, a, b, true) == 0.0, inside);
        let (x, y): (Vec<f64>, Vec<f64>) = corners.iter().map(|p| (p.x, p.y)).unzip();
        let (distance, part) = hit::polyline(at, &x, &y);
        prop_assert_eq!(distance, hit::line(at, corners[part], corners[part + 1], Reach::Segment));
        prop_assert!((distance - nearest).abs() < 1e-9);
    }

    #[test]
    fn no_drawing_panics(x in prop::array::uniform6(anything()), many in prop::collection::vec(anything(), 0..5)) {
        let [at, a, b] = [Point::new(x[0], x[1]), Point::new(x[2], x[3]), Point::new(x[4], x[5])];
        for reach in [Reach::Segment, Reach::Ray, Reach::Line] {
            let far = hit::line(at, a, b, reach);
            prop_assert!(far >= 0.0);
            prop_assert!(far == f64::INFINITY || x.iter().all(|x| x.is_finite()));
        }
        for filled in [false, true] {
            let far = hit::rectangle(at, a, b, filled);
            prop_assert!(far >= 0.0 && (far == f64::INFINITY || x.iter().all(|x| x.is_finite())));
        }
        prop_assert!(hit::polyline(at, &many, &x).0 >= 0.0);
        prop_assert!(hit::levels(at, x[2], x[3], &many, true).0 >= 0.0);
    }
}

#[test]
fn scales_by_hand() {
    let linear = Scale::new(Kind::Linear, (100.0, 200.0), 400.0, f64::NAN, false).unwrap();
    assert_eq!(
        (linear.y(150.0), linear.y(250.0), linear.price(100.0)),
        (200.0, -200.0, 175.0)
    );
    let log = Scale::new(Kind::Log, (1.0, 100.0), 200.0, f64::NAN, false).unwrap();
    assert_eq!(log.y(10.0), 100.0);
    assert!(log.y(0.0).is_nan() && log.y(-5.0).is_nan() && log.y(f64::INFINITY).is_nan());
    assert!((log.price(100.0) - 10.0).abs() < 1e-12);
    let percent = Scale::new(Kind::Percent, (-10.0, 10.0), 100.0, 50.0, false).unwrap();
    assert_eq!(
        (
            percent.shown(55.0),
            percent.y(55.0),
            percent.y(50.0),
            percent.price(50.0)
        ),
        (10.0, 0.0, 50.0, 50.0)
    );
    let indexed = Scale::new(Kind::Indexed, (90.0, 110.0), 100.0, 50.0, true).unwrap();
    assert_eq!(
        (
            indexed.shown(55.0),
            indexed.y(55.0),
            indexed.price_of(100.0)
        ),
        (110.0, 100.0, 50.0)
    );
    let below = Scale::new(Kind::Percent, (-100.0, 100.0), 100.0, -40.0, false).unwrap();
    assert_eq!((below.shown(-20.0), below.price_of(50.0)), (50.0, -20.0));
    let closed = Scale::new(Kind::Linear, (0.0, 1.0), 0.0, f64::NAN, false).unwrap();
    assert_eq!(closed.y(0.5), 0.0);
    assert!(closed.price(0.0).is_nan());
}

#[test]
fn scales_that_cannot_be_are_refused() {
    let of = |kind, ends, height, base| Scale::new(kind, ends, height, base, false);
    refused(
        of(Kind::Linear, (2.0, 1.0), 9.0, 1.0),
        "low",
        "low 2 is above 1",
    );
    refused(
        of(Kind::Linear, (2.0, 2.0), 9.0, 1.0),
        "low",
        "low 2 is not below 2",
    );
    refused(
        of(Kind::Linear, (f64::NAN, 2.0), 9.0, 1.0),
        "low",
        "low NaN is not finite",
    );
    refused(
        of(Kind::Log, (0.0, 2.0), 9.0, 1.0),
        "low",
        "low 0 is not above 0, as a log scale needs it",
    );
    refused(
        of(Kind::Linear, (1.0, 2.0), -1.0, 1.0),
        "height",
        "height -1 is below 0",
    );
    refused(
        of(Kind::Linear, (1.0, 2.0), f64::INFINITY, 1.0),
        "height",
        "height infinity is not finite",
    );
    refused(
        of(Kind::Percent, (1.0, 2.0), 9.0, 0.0),
        "base",
        "base 0 is no base: nothing can be a share of it",
    );
    refused(
        of(Kind::Indexed, (1.0, 2.0), 9.0, f64::NAN),
        "base",
        "base NaN is not finite",
    );
    let words = Kind::CHOICES.iter().map(|word| Kind::parse(word).unwrap());
    assert_eq!(words.collect::<Vec<_>>(), KINDS);
    assert_eq!(
        Kind::parse("cubic").unwrap_err().code.as_str(),
        "param_choice"
    );
}

#[test]
fn room_by_hand() {
    let room = Padding::new(0.2, 0.3).unwrap();
    let (low, high) = room.around(Kind::Linear, (100.0, 200.0));
    assert!((low - 40.0).abs() < 1e-12 && (high - 240.0).abs() < 1e-12);
    assert_eq!(
        Padding::default().around(Kind::Percent, (3.0, 4.0)),
        (3.0, 4.0)
    );
    assert_eq!(
        Padding::default().around(Kind::Linear, (50.0, 50.0)),
        (49.5, 50.5)
    );
    assert_eq!(
        Padding::default().around(Kind::Linear, (0.0, 0.0)),
        (-1.0, 1.0)
    );
    let (low, high) = Padding::new(0.25, 0.25)
        .unwrap()
        .around(Kind::Log, (10.0, 1000.0));
    assert!((low - 1.0).abs() < 1e-12 && (high - 10_000.0).abs() < 1e-8);
    refused(Padding::new(-0.1, 0.0), "top", "top -0.1 is below 0");
    refused(
        Padding::new(0.5, 0.5),
        "top",
        "top 0.5 is too much beside bottom 0.5",
    );
}

#[test]
fn ticks_by_hand() {
    let of = |low, high, most, unit| {
        let found = ticks(low, high, most, unit).unwrap();
        (found.values, found.step, found.decimals)
    };
    assert_eq!(
        of(0.0, 1.0, 5, 0.0),
        (vec![0.0, 0.2, 0.4, 0.6, 0.8, 1.0], 0.2, 1)
    );
    assert_eq!(
        of(0.1, 0.7, 6, 0.0),
        (vec![0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], 0.1, 1)
    );
    assert_eq!(of(-7.0, 12.0, 4, 0.0), (vec![-5.0, 0.0, 5.0, 10.0], 5.0, 0));
    assert_eq!(
        of(100.1, 100.9, 4, 0.25),
        (vec![100.25, 100.5, 100.75], 0.25, 2)
    );
    assert_eq!(
        of(1.0, 1.4, 9, 0.05).0,
        [1.0, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3, 1.35, 1.4]
    );
    assert_eq!(
        of(100.0, 110.0, 3, 0.25),
        (vec![100.0, 105.0, 110.0], 5.0, 2)
    );
    assert_eq!(of(5.0, 5.0, 3, 0.0), (vec![5.0], 0.0, 0));
    assert_eq!(of(5.1, 5.1, 3, 0.25), (vec![], 0.0, 2));
    // Finer than doubles are there.
    let far = ticks(1e16, 1e16 + 4.0, 100, 0.0).unwrap();
    assert!(far.values.len() <= 3);
    refused(ticks(0.0, 1.0, 0, 0.0), "most", "most 0 is below 1");
    refused(
        ticks(0.0, 1.0, 10_001, 0.0),
        "most",
        "most 10001 is above 10000",
    );
    refused(ticks(0.0, 1.0, 5, -1.0), "unit", "unit -1 is below 0");
    refused(
        ticks(-1e308, 1e308, 5, 0.0),
        "high",
        "high 1e308 is too far above -1e308",
    );
}

#[test]
fn ticks_of_a_log_axis_by_hand() {
    let of = |low, high, most| log_ticks(low, high, most).unwrap().values;
    assert_eq!(
        of(1.0, 10.0, 20),
        [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]
    );
    assert_eq!(
        of(0.03, 20.0, 8),
        [0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0]
    );
    assert_eq!(of(0.03, 2000.0, 4), [0.1, 1.0, 10.0, 100.0, 1000.0]);
    assert_eq!(of(1e-12, 1e12, 4), [1e-10, 1e-5, 1.0, 1e5, 1e10]);
    assert_eq!(log_ticks(0.03, 20.0, 8).unwrap().decimals, 2);
    // Less than a power of ten: as on a linear axis.
    assert_eq!(of(20.0, 60.0, 4), [20.0, 30.0, 40.0, 50.0, 60.0]);
    refused(
        log_ticks(0.0, 1.0, 5),
        "low",
        "low 0 is not above 0, as a log scale needs it",
    );
}

const HOUR: f64 = 3_600_000.0;

#[test]
fn time_ticks_by_hand() {
    let day = |n: i64| n * 86_400_000;
    // 2023-12-30 to 2024-01-03, UTC.
    let found = time_ticks(day(19_721) as f64, day(19_725) as f64, 4, &[]).unwrap();
    assert_eq!(
        found.times,
        [19_721, 19_722, 19_723, 19_724, 19_725].map(day)
    );
    assert_eq!(
        found.units,
        [Unit::Day, Unit::Day, Unit::Year, Unit::Day, Unit::Day]
    );
    // A quarter of a year by months, then by years.
    let found = time_ticks(day(19_700) as f64, day(19_800) as f64, 4, &[]).unwrap();
    assert_eq!(found.times, [19_723, 19_754, 19_783].map(day));
    let found = time_ticks(day(0) as f64, day(19_800) as f64, 6, &[]).unwrap();
    assert_eq!(
        found.times,
        [0, 3_652, 7_305, 10_957, 14_610, 18_262].map(day)
    );
    assert_eq!(found.units, [Unit::Year; 6]);
    // Weeks begin on Mondays.
    let found = time_ticks(day(19_723) as f64, day(19_745) as f64, 5, &[]).unwrap();
    assert_eq!(found.times, [19_723, 19_730, 19_737, 19_744].map(day));
    // In local time five and a half hours ahead.
    let found = time_ticks(0.0, 2.0 * 86_400_000.0, 2, &[(0.0, 5.5 * HOUR)]).unwrap();
    assert_eq!(found.times, [66_600_000, 153_000_000]);
    let found = time_ticks(10.0, 17.0, 9, &[]).unwrap();
    assert_eq!(found.times, [10, 11, 12, 13, 14, 15, 16, 17]);
    assert_eq!(
        (found.units[0], time_ticks(500.0, 499.9, 4, &[]).is_err()),
        (Unit::Millisecond, true)
    );
}

/// New York in 2024: clocks go forward on March 10 at 07:00 UTC and back on November 3 at 06:00 UTC.
#[test]
fn time_ticks_follow_clock_changes() {
    let (forward, back) = (1_710_054_000_000, 1_730_613_600_000);
    let (spring, autumn) = (forward as f64, back as f64);
    let changes = [
        (0.0, -5.0 * HOUR),
        (spring, -4.0 * HOUR),
        (autumn, -5.0 * HOUR),
    ];
    // Hours: 01:00, then 03:00 at the change, for 02:00 does not exist.
    let found = time_ticks(spring - HOUR, spring + 2.0 * HOUR, 3, &changes).unwrap();
    let hours = |at: i64, n: &[i64]| n.iter().map(|n| at + n * 3_600_000).collect::<Vec<_>>();
    assert_eq!(found.times, hours(forward, &[-1, 0, 1, 2]));
    // 01:00 twice.
    let found = time_ticks(autumn - HOUR, autumn + 2.0 * HOUR, 3, &changes).unwrap();
    assert_eq!(found.times, hours(back, &[-1, 0, 1, 2]));
    // Midnights are 23 and 25 hours apart.
    let found = time_ticks(spring - 9.0 * HOUR, spring + 45.0 * HOUR, 4, &changes).unwrap();
    assert_eq!(found.times, hours(forward, &[-2, 21, 45]));
    let found = time_ticks(autumn - 9.0 * HOUR, autumn + 45.0 * HOUR, 4, &changes).unwrap();
    assert_eq!(found.times, hours(back, &[-2, 23]));
    // Where midnight itself is left out, the day begins at the change: Cairo-like, at 00:00 local.
    let skipped = [(0.0, 0.0), (86_400_000.0, HOUR)];
    let found = time_ticks(3600.0, 3.0 * 86_400_000.0, 3, &skipped).unwrap();
    assert_eq!(
        found.times,
        [
            86_400_000,
            2 * 86_400_000 - 3_600_000,
            3 * 86_400_000 - 3_600_000
        ]
    );
    // Back from midnight to 23:00: one day begins, at the later of the two.
    let twice = [(0.0, HOUR), (86_400_000.0 - HOUR, 0.0)];
    let found = time_ticks(3600.0, 2.0 * 86_400_000.0, 2, &twice).unwrap();
    assert_eq!(found.times, [86_400_000, 2 * 86_400_000]);
    let wrong = time_ticks(0.0, 9.0, 2, &[(5.0, 0.0), (5.0, 1.0)]).unwrap_err();
    assert_eq!(wrong.code.as_str(), "session");
    refused(
        time_ticks(0.0, 1e16, 2, &[]),
        "to",
        "to 1e16 is beyond what a date can be",
    );
}

#[test]
fn drawings_by_hand() {
    let (a, b) = (Point::new(0.0, 0.0), Point::new(10.0, 0.0));
    let from = |x, y, reach| hit::line(Point::new(x, y), a, b, reach);
    assert_eq!(
        [Reach::Segment, Reach::Ray, Reach::Line].map(|r| from(13.0, 4.0, r)),
        [5.0, 4.0, 4.0]
    );
    assert_eq!(
        [Reach::Segment, Reach::Ray, Reach::Line].map(|r| from(-3.0, 4.0, r)),
        [5.0, 5.0, 4.0]
    );
    assert_eq!(hit::line(Point::new(3.0, 4.0), a, a, Reach::Line), 5.0);
    // Where anchors are far away, as on a chart that is zoomed in.
    assert_eq!(
        hit::line(
            Point::new(5.0, 5.0),
            a,
            Point::new(1e200, 0.0),
            Reach::Segment
        ),
        5.0
    );
    let levels = [10.0, 20.0, f64::NAN, 40.0];
    assert_eq!(
        hit::levels(Point::new(5.0, 18.0), 0.0, 10.0, &levels, false),
        (2.0, 1)
    );
    assert_eq!(
        hit::levels(Point::new(13.0, 44.0), 10.0, 0.0, &levels, false),
        (5.0, 3)
    );
    assert_eq!(
        hit::levels(Point::new(13.0, 44.0), 10.0, 0.0, &levels, true),
        (4.0, 3)
    );
    assert_eq!(hit::levels(a, 0.0, 1.0, &[], false), (f64::INFINITY, 0));
    assert_eq!(hit::fibonacci(100.0, 200.0, 0.5), 150.0);
    assert_eq!(
        hit::RATIOS.map(|r| hit::fibonacci(200.0, 100.0, r))[1],
        123.6
    );
    let gap = [0.0, 10.0, f64::NAN, 20.0, 30.0];
    assert_eq!(
        hit::polyline(Point::new(15.0, 0.0), &gap, &[0.0; 5]),
        (5.0, 0)
    );
    assert_eq!(
        hit::polyline(Point::new(24.0, 2.0), &gap, &[0.0; 5]),
        (2.0, 3)
    );
    assert_eq!(
        hit::polyline(Point::new(3.0, 4.0), &[0.0], &[0.0]),
        (5.0, 0)
    );
}

#[test]
fn units_far_beyond_a_range_or_below_it_end() {
    for (low, high, unit) in [
        (-5.696_793_311_381_688e-207, 0.0, f64::MAX),
        (0.0, 1e-280, 1e300),
        (0.0, 1e300, 5e-324),
        (-1e300, -1e299, 1e-20),
        (-1e307, 1e307, 1e-300),
        // Units too many to be counted at one end only.
        (1e-300, 16.55, 2.3e-308),
        (-5567.0, -0.0, 6.5e-306),
        (5544.0, 3.6e295, 829.0),
    ] {
        let found = ticks(low, high, 8, unit).unwrap();
        assert!(found.values.iter().all(|x| *x >= low && *x <= high));
    }
    // A step is a unit at least, however narrow the range is.
    assert_eq!(ticks(-0.1, 0.1, 8, 0.5).unwrap().values, [0.0]);
}
