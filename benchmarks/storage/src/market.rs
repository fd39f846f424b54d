//! Bars to measure with: made ones that look like a market's, and real ones from CSV files.

use std::path::Path;

use tvf_core::cache::Bars;

/// A small generator of random numbers (Vigna, `SplitMix64`, 2015).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Between 0 and 1.
    pub fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Nearly normal: the sum of twelve uniform numbers.
    pub fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}

/// What made bars look like.
pub struct Kind {
    pub name: &'static str,
    /// Milliseconds between bars.
    pub step: i64,
    /// The smallest change of a price; 0 for adjusted prices, which have no such change.
    pub tick: f64,
    /// The typical move of a bar, a share of the price.
    pub move_of_bar: f64,
    /// Traded in pieces of this size.
    pub lot: f64,
}

pub const KINDS: [Kind; 5] = [
    Kind {
        name: "daily, cents",
        step: 86_400_000,
        tick: 0.01,
        move_of_bar: 0.015,
        lot: 100.0,
    },
    Kind {
        name: "minutes, cents",
        step: 60_000,
        tick: 0.01,
        move_of_bar: 0.000_6,
        lot: 1.0,
    },
    Kind {
        name: "minutes, 5 digits",
        step: 60_000,
        tick: 0.000_01,
        move_of_bar: 0.000_1,
        lot: 1.0,
    },
    Kind {
        name: "minutes, crypto",
        step: 60_000,
        tick: 0.01,
        move_of_bar: 0.000_8,
        lot: 0.000_01,
    },
    Kind {
        name: "daily, adjusted",
        step: 86_400_000,
        tick: 0.0,
        move_of_bar: 0.015,
        lot: 1.0,
    },
];

impl Kind {
    /// So many bars; those of days leave out two of seven.
    pub fn bars(&self, count: usize, seed: u64) -> Bars {
        let mut random = Random::new(seed);
        let mut bars = Bars::default();
        let mut time = 1_577_836_800_000;
        let mut close = 20.0 * (1.0 + 9.0 * random.uniform());
        if self.tick == 0.000_01 {
            close = 1.0 + 0.3 * random.uniform();
        }
        let round = |price: f64| {
            if self.tick == 0.0 {
                price
            } else {
                (price / self.tick).round() / (1.0 / self.tick).round()
            }
        };
        close = round(close);
        for bar in 0..count {
            time += self.step;
            if self.step == 86_400_000 && bar % 5 == 0 {
                time += 2 * self.step;
            }
            let spread = self.move_of_bar * (0.4 + random.uniform() + random.uniform());
            let open = round(close * (1.0 + 0.15 * spread * random.normal()));
            let next = round(open * (1.0 + spread * random.normal()));
            let high = round(open.max(next) * (1.0 + 0.5 * spread * random.normal().abs()));
            let low = round(open.min(next) * (1.0 - 0.5 * spread * random.normal().abs()));
            let busy = (1.0 + random.normal().abs()) * (1.0 + 4.0 * random.uniform().powi(4));
            let volume = if self.lot < 1.0 {
                (busy * 12.0 / self.lot).round() / (1.0 / self.lot).round()
            } else {
                (busy * 20_000.0 / self.lot).round() * self.lot
            };
            bars.time.push(time);
            bars.open.push(open);
            bars.high.push(high.max(open).max(next));
            bars.low.push(low.min(open).min(next));
            bars.close.push(next);
            bars.volume.push(volume);
            close = next;
        }
        bars
    }
}

/// The bars of a CSV file with a head line and the columns time (milliseconds), open, high, low, close, volume.
pub fn read_csv(path: &Path) -> std::io::Result<Bars> {
    let text = std::fs::read_to_string(path)?;
    let mut bars = Bars::default();
    for line in text.lines().skip(1) {
        let cells: Vec<f64> = line
            .split(',')
            .map(|cell| cell.parse().unwrap_or(f64::NAN))
            .collect();
        let [time, open, high, low, close, volume] = cells[..] else {
            continue;
        };
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds")]
        bars.time.push(time as i64);
        for (column, value) in bars
            .values_mut()
            .into_iter()
            .zip([open, high, low, close, volume])
        {
            column.push(value);
        }
    }
    Ok(bars)
}
