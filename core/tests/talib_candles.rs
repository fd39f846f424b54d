//! The official Rust port of TA-Lib as the judge of the candlestick patterns: the same integers.
//!
//! Prices are whole ticks of several sizes, so that ties are frequent: where a sum is off by its last
//! bit a comparison turns. `make soak` takes many more of them.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod common;

use common::{Bars, Random};
use ta_lib::{Core, OutRange, RetCode};
use tvf_core::patterns::candlestick::{ALL, Candlesticks, Options, Pattern};

/// Runs one of TA-Lib's functions over all bars; with a penetration those that take it.
type Judge = fn(&Core, &Bars, f64, &mut [i32]) -> Result<OutRange, RetCode>;

macro_rules! judges {
    ($($plain:ident)+; with a penetration: $($deep:ident)+;) => {
        const JUDGES: &[(&str, Judge)] = &[
            $((stringify!($plain), |core, b, _, out| {
                core.$plain(0, b.len() - 1, &b.open, &b.high, &b.low, &b.close, out)
            }),)+
            $((stringify!($deep), |core, b, share, out| {
                core.$deep(0, b.len() - 1, &b.open, &b.high, &b.low, &b.close, share, out)
            }),)+
        ];
    };
}

judges! {
    cdl2crows cdl3blackcrows cdl3inside cdl3linestrike cdl3outside cdl3starsinsouth
    cdl3whitesoldiers cdladvanceblock cdlbelthold cdlbreakaway cdlclosingmarubozu
    cdlconcealbabyswall cdlcounterattack cdldoji cdldojistar cdldragonflydoji cdlengulfing
    cdlgapsidesidewhite cdlgravestonedoji cdlhammer cdlhangingman cdlharami cdlharamicross
    cdlhighwave cdlhikkake cdlhikkakemod cdlhomingpigeon cdlidentical3crows cdlinneck
    cdlinvertedhammer cdlkicking cdlkickingbylength cdlladderbottom cdllongleggeddoji cdllongline
    cdlmarubozu cdlmatchinglow cdlonneck cdlpiercing cdlrickshawman cdlrisefall3methods
    cdlseparatinglines cdlshootingstar cdlshortline cdlspinningtop cdlstalledpattern
    cdlsticksandwich cdltakuri cdltasukigap cdlthrusting cdltristar cdlunique3river
    cdlupsidegap2crows cdlxsidegap3methods;
    with a penetration: cdlabandonedbaby cdldarkcloudcover cdleveningdojistar cdleveningstar
    cdlmathold cdlmorningdojistar cdlmorningstar;
}

/// What TA-Lib gives for every bar.
fn judged(pattern: &Pattern, bars: &Bars, penetration: Option<f64>) -> Vec<i32> {
    let name = |known: &str| known.strip_prefix("cdl") == Some(pattern.id);
    let (_, judge) = JUDGES.iter().find(|(known, _)| name(known)).unwrap();
    let share = penetration.or(pattern.penetration).unwrap_or_default();
    let mut out = vec![0; bars.len()];
    let range = judge(&Core::new(), bars, share, &mut out).unwrap();
    if range.count > 0 {
        assert_eq!(range.beg_idx, pattern.lookback, "{}", pattern.id);
        out.rotate_right(range.beg_idx);
    }
    out
}

fn detected(bars: &Bars, options: Options) -> Vec<Vec<i32>> {
    let ids = ALL.iter().map(|pattern| pattern.id);
    let mut detector = Candlesticks::new(ids, options).unwrap();
    let mut columns = vec![vec![0; bars.len()]; ALL.len()];
    let mut out: Vec<&mut [i32]> = columns.iter_mut().map(Vec::as_mut_slice).collect();
    let prices = [&bars.open, &bars.high, &bars.low, &bars.close];
    detector
        .process(prices.map(Vec::as_slice), &mut out)
        .unwrap();
    columns
}

/// Open, high, low and close, in ticks from the last close, of patterns that hardly come about.
const RARE: &[&[[i64; 4]]] = &[
    // Mat hold.
    &[
        [0, 12, 0, 12],
        [15, 15, 14, 14],
        [12, 12, 11, 11],
        [11, 11, 10, 10],
        [11, 18, 11, 18],
    ],
    // Three stars in the south.
    &[[20, 20, -15, 8], [15, 15, -10, 6], [3, 3, 2, 2]],
    // Concealing baby swallow.
    &[
        [40, 40, 28, 28],
        [28, 28, 17, 17],
        [12, 19, 8, 8],
        [20, 20, 5, 5],
    ],
    // Upside gap two crows.
    &[[0, 12, 0, 12], [16, 16, 14, 14], [17, 18, 13, 13]],
    // Two crows.
    &[[0, 12, 0, 12], [18, 18, 14, 14], [16, 16, 5, 6]],
    // Breakaway, down and up.
    &[
        [30, 31, 18, 18],
        [15, 15, 12, 13],
        [13, 14, 10, 11],
        [11, 12, 8, 9],
        [9, 17, 9, 16],
    ],
    &[
        [0, 12, 0, 12],
        [15, 18, 15, 17],
        [17, 20, 16, 19],
        [19, 22, 18, 21],
        [21, 21, 13, 14],
    ],
];

/// Bars from a repertoire of bodies, shadows and openings, by which every pattern comes about. All are
/// whole ticks.
fn repertoire(n: usize, seed: u64, tick: f64) -> Bars {
    let mut random = Random(seed);
    let mut bars = Bars::flat(n, 0.0);
    let (mut open, mut close) = (4000_i64, 4000_i64);
    let mut white = true;
    let (mut scale, mut bare) = (1, 0);
    let mut planned: &[[i64; 4]] = &[];
    let mut base = 0;
    for i in 0..n {
        let mut pick = |of: &[i64]| of[random.below(of.len())];
        if i % 64 == 0 {
            // Some stretches have hardly any shadows: two marubozu in a row are rare elsewhere.
            (scale, bare) = (pick(&[1, 1, 2, 3]), pick(&[0, 0, 1]));
        }
        let (before, body_before) = (close, close - open);
        white ^= pick(&[0, 0, 1]) == 1;
        let away = if white { -1 } else { 1 };
        open = match pick(&[0, 0, 1, 2, 3, 4, 5]) {
            0 => before,
            1 => open,
            2 => before + away * pick(&[1, 2, 9]) * scale,
            3 => before - away * pick(&[1, 2, 9]) * scale,
            4 => before - body_before / 2,
            _ => before + pick(&[-3, -2, -1, 1, 2, 3]) * scale,
        };
        let length = scale * pick(&[0, 1, 2, 3, 3, 4, 6, 8, 12]);
        close = open + if white { length } else { -length };
        let mut shadow = || {
            if bare == 1 {
                pick(&[0, 0, 0, 1])
            } else {
                scale * pick(&[0, 0, 0, 1, 2, 4, 8])
            }
        };
        let (mut high, mut low) = (open.max(close) + shadow(), open.min(close) - shadow());
        if planned.is_empty() && random.below(40) == 0 {
            (planned, base) = (RARE[random.below(RARE.len())], before);
        }
        if let [next, rest @ ..] = planned {
            let prices = next.map(|ticks| base + ticks * 3);
            ([open, high, low, close], planned) = (prices, rest);
        }
        let drift = if close > 6000 {
            -1000
        } else if close < 2000 {
            1000
        } else {
            0
        };
        let price = |ticks: i64| (ticks + drift) as f64 * tick;
        (bars.open[i], bars.close[i]) = (price(open), price(close));
        (bars.high[i], bars.low[i]) = (price(high), price(low));
        (open, close) = (open + drift, close + drift);
    }
    bars
}

/// A walk whose prices are rounded to a tick, with gaps between its bars.
fn rounded(n: usize, seed: u64, tick: f64) -> Bars {
    let mut random = Random(seed ^ 0x5eed);
    let mut bars = Bars::walk(n, seed);
    for i in 0..n {
        let gap = if random.below(3) == 0 {
            random.unit() - 0.5
        } else {
            0.0
        };
        for column in bars.prices() {
            column[i] = ((column[i] + gap) / tick).round() * tick;
        }
    }
    bars
}

fn bars_of_each_series() -> usize {
    if std::env::var_os("TVF_SOAK").is_some() {
        1_000_000
    } else {
        60_000
    }
}

fn compare(bars: &Bars, options: Options, seen: &mut [usize]) {
    let columns = detected(bars, options);
    for ((pattern, column), seen) in ALL.iter().zip(&columns).zip(seen) {
        let judge = judged(pattern, bars, options.penetration);
        let apart = column.iter().zip(&judge).position(|(a, b)| a != b);
        if let Some(i) = apart {
            let number = column.iter().zip(&judge).filter(|(a, b)| a != b).count();
            let (own, theirs) = (column[i], judge[i]);
            panic!(
                "{}: bar {i} has {own}, TA-Lib {theirs}; {number} differ",
                pattern.id
            );
        }
        *seen += column.iter().filter(|&&value| value != 0).count();
    }
}

#[test]
fn every_pattern_appears_and_equals_talibs() {
    let n = bars_of_each_series();
    let mut seen = [0; ALL.len()];
    for (seed, tick) in [(1, 1.0), (2, 0.25), (3, 0.01), (4, 0.1), (5, 1.0 / 3.0)] {
        compare(&repertoire(n, seed, tick), Options::default(), &mut seen);
    }
    for (pattern, seen) in ALL.iter().zip(seen) {
        assert!(seen >= n / 4000, "{} appears {seen} times", pattern.id);
    }
}

#[test]
fn walks_equal_talibs() {
    let n = bars_of_each_series();
    let mut seen = [0; ALL.len()];
    compare(&Bars::walk(n, 11), Options::default(), &mut seen);
    for (seed, tick) in [(12, 0.01), (13, 0.25), (14, 1.0)] {
        compare(&rounded(n, seed, tick), Options::default(), &mut seen);
    }
}

#[test]
fn any_penetration_equals_talibs() {
    let n = bars_of_each_series() / 4;
    let mut seen = [0; ALL.len()];
    for (seed, penetration) in [(21, 0.0), (22, 0.1), (23, 1.0 / 3.0), (24, 0.7), (25, 1.5)] {
        let mut options = Options::default();
        options.penetration = Some(penetration);
        compare(&repertoire(n, seed, 0.01), options, &mut seen);
        compare(&repertoire(n, seed, 0.1), options, &mut seen);
    }
}
