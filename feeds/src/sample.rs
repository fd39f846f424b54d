//! Bars that are made up, so that everything can be tried without a server and without files.

use tvf_core::builder::Unit;
use tvf_core::cache::{Bars, Failure, Series, Source, Span};
use tvf_core::{Code, Error};

/// The first moment that has bars: the beginning of 2015.
const BEGIN: i64 = 1_420_070_400_000;
/// The most bars of an answer.
const MOST: i64 = 5_000_000;

/// Prices in cents that walk, told by symbol and time alone: whoever asks for a stretch gets the same
/// bars, whatever was asked before. From 2015 on, around the clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sample;

impl Source for Sample {
    fn name(&self) -> &'static str {
        "sample"
    }

    fn fetch(&self, series: &Series, span: Span) -> Result<Bars, Failure> {
        let step = match series.timeframe().unit() {
            // A month of the calendar has no fixed length; 30 days stand for it.
            Unit::Month => 30 * 86_400_000 * i64::from(series.timeframe().count()),
            _ => series.shortest_step(),
        };
        let step = step.max(1000);
        let first = span.start.max(BEGIN);
        let first = BEGIN + (first - BEGIN + step - 1) / step * step;
        let count = (span.end.saturating_sub(first) / step).saturating_add(1);
        if count > MOST {
            let (value, bound) = (count.to_string(), format!("at most {MOST} bars"));
            let why =
                format!("sample: {value} bars of {series} are asked for; it gives {bound} at once");
            let error = Error::new(Code::FetchFailed, "span", value, bound, why);
            return Err(Failure::lasting(error));
        }
        let seed = series
            .symbol()
            .bytes()
            .fold(0xCBF2_9CE4_8422_2325, |seed: u64, byte| {
                (seed ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3)
            });
        let mut bars = Bars::default();
        let mut time = first;
        while time <= span.end {
            push(&mut bars, seed, time, step);
            time += step;
        }
        Ok(bars)
    }
}

fn push(bars: &mut Bars, seed: u64, time: i64, step: i64) {
    let (open, close) = (cents(seed, time), cents(seed, time + step));
    let reach = |salt: u64| 1 + noise(seed ^ salt, time / step) % 25;
    let (above, below) = if open > close {
        (open, close)
    } else {
        (close, open)
    };
    bars.time.push(time);
    bars.open.push(price(open));
    bars.high.push(price(above + reach(1)));
    bars.low.push(price(below - reach(2)));
    bars.close.push(price(close));
    bars.volume
        .push((1000 + noise(seed ^ 3, time / step) % 9000) as f64);
}

fn price(cents: u64) -> f64 {
    cents as f64 / 100.0
}

/// The price at a moment: waves of many lengths, each of chance between two points that are joined.
fn cents(seed: u64, time: i64) -> u64 {
    const MINUTE: i64 = 60_000;
    let mut sum = 10_000.0 + (seed % 20_000) as f64;
    let (mut length, mut height) = (MINUTE, 4.0);
    for wave in 0..16_u64 {
        let at = time.div_euclid(length);
        let part = time.rem_euclid(length) as f64 / length as f64;
        let end = |i: i64| (noise(seed ^ (wave << 8), i) % 2001) as f64 / 1000.0 - 1.0;
        sum += height * (end(at) + (end(at + 1) - end(at)) * part);
        length *= 3;
        height *= 1.6;
    }
    // The waves reach 4 · (1.6^16 - 1) / 0.6 cents at most, 12,300: it stays above 50 cents.
    if sum < 50.0 { 50 } else { rounded(sum) }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "from 50 to 50,000"
)]
fn rounded(sum: f64) -> u64 {
    (sum + 0.5) as u64
}

fn noise(seed: u64, at: i64) -> u64 {
    let mut z = seed ^ at.cast_unsigned().wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_those_of_the_whole_and_bars_are_bars() {
        let series = Series::new("DEMO", "1h").unwrap();
        let span = |start, end| Span { start, end };
        let (from, to) = (1_700_000_000_000, 1_710_000_000_000);
        let whole = Sample.fetch(&series, span(from, to)).unwrap();
        let part = Sample
            .fetch(&series, span(from + 1_000_000_000, to))
            .unwrap();
        assert!(whole.time.ends_with(&part.time) && whole.close.ends_with(&part.close));
        assert!(whole.len() > 2000);
        for bar in 0..whole.len() {
            let (open, close) = (whole.open[bar], whole.close[bar]);
            assert!(whole.high[bar] > open && whole.high[bar] > close);
            assert!(whole.low[bar] < open && whole.low[bar] < close && whole.low[bar] > 0.0);
        }
        assert!(
            whole.close[..whole.len() - 1]
                .iter()
                .zip(&whole.open[1..])
                .all(|(a, b)| a == b)
        );
        assert!(
            Sample
                .fetch(&series, span(i64::MIN, BEGIN - 1))
                .unwrap()
                .is_empty()
        );
        let long = Sample.fetch(&series, span(i64::MIN, i64::MAX)).unwrap_err();
        assert!(long.error.message().contains("at most 5000000 bars"));
    }
}
