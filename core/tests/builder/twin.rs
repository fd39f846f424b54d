//! A builder's twin: it finds sessions by looking at every minute, and puts each tick into a list.

use tvf_core::builder::{Bar, Dropped, Tick};

use crate::zones::{DAY, HOUR, MINUTE, Zone};

/// Where each bar begins and ends in a span of time, by walking over its minutes.
pub fn buckets(
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

pub struct Case<'a> {
    pub buckets: &'a [[f64; 3]],
    pub merges: bool,
    pub fill: Option<usize>,
}

/// What a list of ticks comes to: bars, and what was dropped.
pub fn twin(case: &Case<'_>, ticks: &[Tick]) -> (Vec<Bar>, Dropped, u64) {
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
