//! Series made by hand, for every shape and every rule.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use super::Td;
use crate::params::{Arg, Params, Profile};
use crate::patterns::family::{Bar, Detector, Family};
use crate::patterns::findings::Findings;
use crate::patterns::pattern::{Condition, Direction, Forming, Miss, Pattern};

static FAMILY: Family = Td::FAMILY;

/// Bars that reach one point above and below their closes, and open there.
#[derive(Clone)]
struct Series(Vec<Bar>);

impl Series {
    fn of(closes: &[f64]) -> Self {
        let bars = closes.iter().zip(0..).map(|(&close, index)| Bar {
            index,
            time: index as f64 * 1000.0,
            open: close,
            high: close + 1.0,
            low: close - 1.0,
            close,
            volume: f64::NAN,
        });
        Self(bars.collect())
    }

    /// Five closes up to 105, then down by one a bar: bar 1 of the setup is the sixth, bar 9 the
    /// fourteenth, at a close of 92.
    fn falling(bars: usize) -> Self {
        Self::of(&fall(bars))
    }

    fn low(mut self, bar: usize, low: f64) -> Self {
        self.0[bar].low = low;
        self
    }

    fn high(mut self, bar: usize, high: f64) -> Self {
        self.0[bar].high = high;
        self
    }

    fn open(mut self, bar: usize, open: f64) -> Self {
        self.0[bar].open = open;
        self
    }

    fn mirrored(&self) -> Self {
        let bars = self.0.iter().map(|bar| Bar {
            open: -bar.open,
            high: -bar.low,
            low: -bar.high,
            close: -bar.close,
            ..*bar
        });
        Self(bars.collect())
    }

    fn run(&self, variants: &[(&str, &str)]) -> (Findings, Td) {
        let args = variants.iter().map(|&(name, word)| (name, Arg::Text(word)));
        let params = Params::named(&FAMILY, Profile::default(), args).unwrap();
        let mut td = Td::new(&params);
        let mut found = Findings::with_misses();
        for bar in &self.0 {
            td.bar(bar, &mut found);
        }
        (found, td)
    }

    fn found(&self, shape: &str, variants: &[(&str, &str)]) -> Vec<Pattern> {
        let found = self.run(variants).0.patterns;
        found.into_iter().filter(|p| p.shape == shape).collect()
    }

    /// The bars that confirm patterns of a shape.
    fn bars(&self, shape: &str, variants: &[(&str, &str)]) -> Vec<u64> {
        let found = self.found(shape, variants);
        found.iter().filter_map(|p| p.confirmed).collect()
    }

    fn missed(&self, shape: &str, variants: &[(&str, &str)]) -> Vec<Miss> {
        let found = self.run(variants).0;
        let all = found.misses().iter();
        all.filter(|m| m.shape == shape).cloned().collect()
    }
}

fn fall(bars: usize) -> Vec<f64> {
    (0..bars)
        .map(|i| {
            if i < 6 {
                100.0 + i as f64
            } else {
                106.0 - i as f64
            }
        })
        .collect()
}

/// `bars` falling bars, and what comes then.
fn then(bars: usize, closes: &[f64]) -> Series {
    Series::of(&[&fall(bars), closes].concat())
}

fn at_most(name: &'static str, measured: f64, high: f64) -> Condition {
    Condition {
        name,
        measured,
        low: f64::NEG_INFINITY,
        high,
    }
}

fn exactly(name: &'static str, measured: f64, number: f64) -> Condition {
    Condition {
        name,
        measured,
        low: number,
        high: number,
    }
}

#[test]
fn a_buy_setup_has_its_bars_line_risk_and_parts() {
    let found = Series::falling(15).found("setup", &[]);
    assert_eq!(found.len(), 1);
    let setup = &found[0];
    assert_eq!(setup.direction, Direction::Bullish);
    assert_eq!((setup.detected, setup.confirmed), (14, Some(14)));
    let bars: Vec<_> = setup.points.iter().map(|p| p.bar).collect();
    assert_eq!(bars, [6, 7, 8, 9, 10, 11, 12, 13, 14]);
    assert_eq!((setup.points[0].role, setup.points[8].role), ("1", "9"));
    assert_eq!((setup.points[0].price, setup.points[8].price), (99.0, 91.0));
    assert_eq!(setup.points[8].time, 14_000.0);
    // The close before bar 1 is above its high.
    assert_eq!(setup.targets[0].value, 105.0);
    assert_eq!(setup.zone, [89.0, 91.0]);
    assert_eq!(setup.invalidation, 89.0);
    let parts: Vec<_> = setup.parts.iter().map(|p| (p.name, p.value)).collect();
    assert_eq!(parts, [("perfection", 1.0), ("steadiness", 1.0)]);
    assert_eq!(setup.score, 1.0);
}

#[test]
fn a_countdown_and_a_combo_follow() {
    let series = Series::falling(27);
    let countdown = &series.found("countdown", &[("recycling", "off")])[0];
    assert_eq!((countdown.detected, countdown.confirmed), (26, Some(26)));
    let bars: Vec<_> = countdown.points.iter().map(|p| p.bar).collect();
    assert_eq!(bars, (14..27).collect::<Vec<u64>>());
    assert_eq!(countdown.points[12].role, "13");
    assert_eq!(countdown.zone, [77.0, 79.0]);
    assert_eq!(countdown.targets[0].value, 105.0);
    assert_eq!(countdown.score, 1.0);
    let combo = &series.found("combo", &[])[0];
    assert_eq!(combo.confirmed, Some(18));
    let bars: Vec<_> = combo.points.iter().map(|p| p.bar).collect();
    assert_eq!(bars, (6..19).collect::<Vec<u64>>());
    assert_eq!(combo.invalidation, 85.0);
    assert!(series.found("combo", &[("combo", "off")]).is_empty());
}

#[test]
fn the_seller_sees_what_the_buyer_does_upside_down() {
    let series = then(25, &[106.0, 108.0, 90.0, 91.0, 92.0]).low(11, 80.0);
    let (buy, td) = series.run(&[]);
    let (sell, mirror) = series.mirrored().run(&[]);
    assert!(!buy.patterns.is_empty() && !buy.misses().is_empty());
    let forming = |td: &Td| {
        let mut forming = Vec::new();
        td.forming(&mut forming);
        forming.into_iter().map(|Forming(pattern)| pattern)
    };
    let all = |found: &Findings, td| {
        let found = found.patterns.clone();
        let mut all: Vec<_> = found.into_iter().chain(forming(td)).collect();
        all.sort_by_key(|p| (p.shape, p.confirmed, p.points.len()));
        all
    };
    let [bought, sold] = [all(&buy, &td), all(&sell, &mirror)];
    assert_eq!(bought.len(), sold.len());
    for (b, s) in bought.iter().zip(&sold) {
        assert_eq!(
            (b.shape, b.score, b.confirmed),
            (s.shape, s.score, s.confirmed)
        );
        assert_eq!(b.direction.sign(), -s.direction.sign());
        assert_eq!(b.invalidation, -s.invalidation);
        assert_eq!(b.zone, [-s.zone[1], -s.zone[0]]);
        assert_eq!(b.points[0].price, -s.points[0].price);
    }
    for (b, s) in buy.misses().iter().zip(sell.misses()) {
        assert_eq!((b.shape, b.bar), (s.shape, s.bar));
        let met = |miss: &Miss| {
            miss.conditions
                .iter()
                .map(Condition::met)
                .collect::<Vec<_>>()
        };
        assert_eq!(met(b), met(s));
    }
}

#[test]
fn a_setup_needs_a_price_flip() {
    let mut closes = fall(15);
    closes[5] = 101.0;
    let series = Series::of(&closes);
    assert!(series.found("setup", &[]).is_empty());
    let miss = &series.missed("setup", &[])[0];
    assert_eq!(miss.bar, 14);
    assert_eq!(
        (miss.conditions[0].name, miss.conditions[0].measured),
        ("flip", 0.0)
    );
    assert!(!miss.conditions[0].met() && miss.conditions[1].met());
    assert_eq!(series.bars("setup", &[("flip", "loose")]), [14]);
}

#[test]
fn an_equal_close_ends_a_setup() {
    let series = then(14, &[96.0, 91.0]);
    assert!(series.found("setup", &[]).is_empty());
    let miss = &series.missed("setup", &[])[0];
    let close = at_most("close", 96.0, 96.0_f64.next_down());
    assert_eq!(miss.conditions, [close, exactly("count", 8.0, 9.0)]);
    assert_eq!((miss.bar, miss.points.len()), (14, 9));
}

#[test]
fn the_line_lies_at_the_extreme_or_at_bar_1() {
    let series = Series::falling(15).high(8, 120.0);
    assert_eq!(series.found("setup", &[])[0].targets[0].value, 120.0);
    let first = series.found("setup", &[("tdst", "first")]);
    assert_eq!(first[0].targets[0].value, 105.0);
}

#[test]
fn the_level_of_the_other_side_is_part_of_the_score() {
    // The seller's setup has its line at 95; the buyer's follows from 104 down.
    let up: Vec<f64> = fall(15).iter().map(|close| 200.0 - close).collect();
    for (step, level) in [(1.0, 1.0), (1.25, 0.0)] {
        let down = (0..9).map(|i| 104.0 - step * f64::from(i));
        let closes: Vec<f64> = up.iter().copied().chain(down).collect();
        let found = Series::of(&closes).found("setup", &[]);
        let [sell, buy] = &found[..] else {
            panic!("{found:?}");
        };
        assert_eq!((sell.confirmed, buy.confirmed), (Some(14), Some(23)));
        let part = buy.parts.iter().find(|p| p.name == "level").unwrap();
        assert_eq!(part.value, level);
    }
}

#[test]
fn perfection_may_come_later() {
    let series = Series::falling(21).low(11, 80.0).low(20, 80.0);
    let setup = &series.found("setup", &[])[0];
    assert_eq!(setup.parts[0].value, 0.5);
    let perfected = &series.found("perfected_setup", &[])[0];
    assert_eq!((perfected.detected, perfected.confirmed), (14, Some(20)));
    assert_eq!(perfected.parts[0].value, 9.0 / 15.0);
    let at_once = Series::falling(15).found("perfected_setup", &[]);
    assert_eq!(at_once[0].confirmed, Some(14));
    assert_eq!(at_once[0].parts[0].value, 1.0);
}

#[test]
fn perfection_is_not_awaited_for_ever() {
    let up = [97.0, 98.0, 99.0, 100.0, 101.0, 102.0, 103.0, 104.0, 104.5];
    let series = then(15, &up).low(11, 80.0);
    assert!(
        series
            .found("perfected_setup", &[])
            .iter()
            .all(|p| p.direction == Direction::Bearish)
    );
    let miss = &series.missed("perfected_setup", &[])[0];
    let unmet = [at_most("low_6", 91.0, 80.0), at_most("low_7", 91.0, 93.0)];
    assert_eq!((miss.bar, &miss.conditions[..]), (23, &unmet[..]));
    let beyond = then(15, &[110.0, 110.0]).low(11, 80.0);
    assert_eq!(beyond.missed("perfected_setup", &[])[0].bar, 16);
}

#[test]
fn bar_13_is_deferred() {
    let series = then(26, &[95.0, 95.0, 93.0, 84.0]);
    let variants = [("recycling", "off")];
    assert_eq!(series.bars("countdown", &variants), [29]);
    let miss = &series.missed("countdown", &variants)[0];
    assert_eq!(miss.bar, 28);
    let conditions = [at_most("price", 93.0, 94.0), at_most("bar_8", 92.0, 85.0)];
    assert_eq!(miss.conditions, conditions);
    let off = [("recycling", "off"), ("qualifier", "off")];
    assert_eq!(series.bars("countdown", &off), [28]);
}

#[test]
fn bar_8_can_be_deferred() {
    // Seven are counted at bar 20; the close of the fifth is 88.
    let series = then(21, &[95.0, 95.0, 93.0, 85.0, 84.0, 83.0, 82.0, 81.0, 80.0]);
    let both = [("recycling", "off"), ("qualifier", "bars_5_and_8")];
    let miss = &series.missed("countdown", &both)[0];
    assert_eq!((miss.bar, miss.points.len()), (23, 8));
    assert_eq!(miss.conditions[1], at_most("bar_5", 92.0, 88.0));
    assert_eq!(series.bars("countdown", &both), [29]);
    assert_eq!(series.bars("countdown", &[("recycling", "off")]), [28]);
}

#[test]
fn a_countdown_can_wait_for_the_intersection() {
    let on = [("recycling", "off"), ("intersection", "on")];
    let series = Series::falling(40);
    assert!(series.found("countdown", &on).is_empty());
    let misses = series.missed("countdown", &on);
    assert_eq!((misses.len(), misses[0].bar), (1, 14));
    assert_eq!(misses[0].conditions[1].name, "intersection");
    assert_eq!(
        (
            misses[0].conditions[1].measured,
            misses[0].conditions[1].low
        ),
        (93.0, 94.0)
    );
    let crossing = series.high(20, 95.0);
    assert_eq!(crossing.bars("countdown", &on), [32]);
}

#[test]
fn a_countdown_can_use_lows_or_the_open_of_bar_13() {
    let deep = then(
        15,
        &[
            93.0, 92.0, 89.0, 88.0, 87.0, 86.0, 85.0, 84.0, 83.0, 82.0, 81.0, 80.0, 79.0,
        ],
    )
    .low(15, 90.0);
    let [plain, aggressive] = ["sequential", "aggressive"].map(|countdown| {
        let variants = [("recycling", "off"), ("countdown", countdown)];
        deep.found("countdown", &variants)
    });
    assert!(plain.is_empty());
    assert_eq!(aggressive[0].points[1].bar, 15);
    let opened = then(26, &[84.0]).open(26, 80.0);
    for (countdown, bars) in [("sequential", &[][..]), ("termination", &[26])] {
        let variants = [("recycling", "off"), ("countdown", countdown)];
        assert_eq!(opened.bars("countdown", &variants), bars);
    }
    // Without opens the close decides.
    let closed = Series::falling(27).open(26, f64::NAN);
    let variants = [("recycling", "off"), ("countdown", "termination")];
    assert_eq!(closed.bars("countdown", &variants), [26]);
}

#[test]
fn a_bar_beyond_the_line_ends_a_countdown() {
    let series = then(25, &[106.0, 108.0]);
    for (cancellation, bar, price) in [("true_low", 26, 106.0), ("close", 25, 106.0)] {
        let variants = [("recycling", "off"), ("cancellation", cancellation)];
        let miss = &series.missed("countdown", &variants)[0];
        assert_eq!(miss.bar, bar);
        let conditions = [
            exactly("count", 11.0, 13.0),
            at_most("tdst", price, 105.0),
            exactly("opposite", 0.0, 0.0),
            exactly("recycling", 0.0, 0.0),
        ];
        assert_eq!(miss.conditions, conditions);
    }
    let off = [("recycling", "off"), ("cancellation", "off")];
    assert!(series.missed("countdown", &off).is_empty());
}

#[test]
fn an_opposite_setup_ends_a_countdown() {
    let up: Vec<f64> = (87..96).map(f64::from).collect();
    let series = then(25, &up);
    let variants = [("recycling", "off")];
    assert!(series.found("countdown", &variants).is_empty());
    let miss = &series.missed("countdown", &variants)[0];
    assert_eq!(miss.bar, 33);
    assert_eq!(miss.conditions[2], exactly("opposite", 1.0, 0.0));
    assert!(miss.conditions[1].met());
}

/// Two setups of the buyer, at bars 14 and 24.
fn twice() -> Series {
    let closes = [97.0]
        .into_iter()
        .chain((0..24).map(|i| 90.0 - f64::from(i)));
    then(15, &closes.collect::<Vec<_>>())
}

#[test]
fn a_later_setup_begins_the_count_anew() {
    let series = twice();
    assert_eq!(series.bars("setup", &[]), [14, 24]);
    assert_eq!(series.bars("countdown", &[("recycling", "off")]), [27]);
    for recycling in ["always", "size"] {
        let variants = [("recycling", recycling)];
        assert_eq!(series.bars("countdown", &variants), [36], "{recycling}");
        let miss = &series.missed("countdown", &variants)[0];
        assert_eq!((miss.bar, miss.conditions[0].measured), (24, 10.0));
        assert_eq!(miss.conditions[3], exactly("recycling", 1.0, 0.0));
    }
    // A range that is too small: 16 of 39; and one that is too great: 136 of 14.
    let size = [("recycling", "size")];
    assert_eq!(twice().high(6, 130.0).bars("countdown", &size), [27]);
    assert_eq!(twice().high(16, 217.0).bars("countdown", &size), [27]);
}

#[test]
fn a_setup_within_a_setup_is_passed_over() {
    // The first goes down to 80, the second to 81 and, with its high, up to 106.
    let series = twice().low(11, 80.0).high(16, 106.0);
    assert_eq!(
        series.bars("countdown", &[("recycling", "qualified")]),
        [27]
    );
    assert_eq!(series.bars("countdown", &[("recycling", "size")]), [36]);
}

#[test]
fn a_run_of_eighteen_begins_the_count_anew() {
    let series = Series::falling(36);
    assert_eq!(series.bars("countdown", &[("recycling", "extended")]), [35]);
    assert_eq!(series.bars("countdown", &[]), [35]);
    assert_eq!(series.bars("countdown", &[("recycling", "size")]), [26]);
    assert_eq!(series.bars("setup", &[]), [14]);
}

#[test]
fn combo_is_strict_or_not() {
    let series = Series::falling(20).low(16, 90.5);
    assert_eq!(series.bars("combo", &[]), [19]);
    assert_eq!(series.bars("combo", &[("combo", "version_2")]), [18]);
    let early = Series::falling(20).low(12, 96.0);
    assert_eq!(early.bars("combo", &[("combo", "version_2")]), [19]);
}

#[test]
fn counts_under_way_are_forming() {
    let (_, td) = Series::falling(12).run(&[]);
    let mut forming = Vec::new();
    td.forming(&mut forming);
    let [Forming(setup)] = &forming[..] else {
        panic!("{forming:?}");
    };
    assert_eq!(
        (setup.shape, setup.points.len(), setup.confirmed),
        ("setup", 6, None)
    );
    assert_eq!(setup.score, 6.0 / 9.0);
    let (_, td) = Series::falling(16).low(11, 80.0).run(&[]);
    let mut forming = Vec::new();
    td.forming(&mut forming);
    let counts: Vec<_> = forming
        .iter()
        .map(|Forming(p)| (p.shape, p.points.len()))
        .collect();
    // Bar 13 was not lower than the low two bars before it.
    assert_eq!(
        counts,
        [("perfected_setup", 9), ("countdown", 2), ("combo", 8)]
    );
    assert_eq!(forming[0].0.zone[1], 80.0);
}

#[test]
fn markets_that_do_not_move_have_no_patterns() {
    for price in [0.0, 5.0, -5.0] {
        let closes = vec![price; 60];
        let (found, td) = Series::of(&closes).run(&[("flip", "loose")]);
        let mut forming = Vec::new();
        td.forming(&mut forming);
        assert!(found.patterns.is_empty() && forming.is_empty());
    }
}

#[test]
fn it_remembers_some_dozens_of_bars() {
    let mut random = 1_u32;
    let closes = (0..50_000).scan(100.0, |close, _| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *close += f64::from(random >> 16) / 65_536.0 - 0.5;
        Some(*close)
    });
    let series = Series::of(&closes.collect::<Vec<_>>());
    let params = Params::named(&FAMILY, Profile::default(), []).unwrap();
    let mut td = Td::new(&params);
    let mut found = Findings::default();
    let mut most = 0;
    for bar in &series.0 {
        td.bar(bar, &mut found);
        most = most.max(td.buyer.remembered() + td.seller.remembered());
    }
    assert!(most <= 2 * (8 + 2 * 9 + 9 + 2 * 22), "{most}");
    assert!(most > 40 && found.patterns.len() > 1000);
}
