//! Bars and stores to test with.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tvf_core::cache::{Bars, Cache, Note, Options, Series, Span};

pub const ALL: Span = Span {
    start: i64::MIN,
    end: i64::MAX,
};

/// A folder of its own that is gone afterwards.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("tvf-cache-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn file(&self) -> PathBuf {
        self.0.join("bars.redb")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// A clock that stands still, far in the future of all bars.
pub fn options() -> Options {
    Options {
        clock: Arc::new(|| 4_000_000_000_000),
        ..Options::default()
    }
}

pub fn series(symbol: &str, timeframe: &str) -> Series {
    Series::new(symbol, timeframe).unwrap()
}

/// Prices in cents that walk, told by the time alone, with another walk for another seed.
pub fn bars(times: impl IntoIterator<Item = i64>, seed: u64) -> Bars {
    let mut bars = Bars::default();
    for time in times {
        let noise = |salt: u64| {
            let mut z =
                (time.cast_unsigned() ^ (seed << 7) ^ salt).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            z ^= z >> 29;
            z = z.wrapping_mul(0xBF58_476D_1CE4_E5B9);
            f64::from(u16::try_from((z >> 40) & 0xFFF).unwrap())
        };
        let middle = 10_000.0 + noise(1) / 8.0;
        let middle = middle.floor();
        bars.time.push(time);
        bars.open.push((middle + (noise(2) / 64.0).floor()) / 100.0);
        bars.high.push((middle + 80.0) / 100.0);
        bars.low.push((middle - 80.0) / 100.0);
        bars.close
            .push((middle - (noise(3) / 64.0).floor()) / 100.0);
        bars.volume.push(noise(4) * 100.0);
    }
    bars
}

/// So many minutes of bars.
pub fn minutes(from: i64, count: i64, seed: u64) -> Bars {
    bars((from..from + count).map(|minute| minute * 60_000), seed)
}

pub fn put(cache: &Cache, series: &Series, bars: &Bars) {
    cache.put(series, bars.view(), Note::default()).unwrap();
}

/// Whether two are the same bit for bit.
pub fn same(a: &Bars, b: &Bars) -> bool {
    let bits = |bars: &Bars| -> Vec<Vec<u64>> {
        let column = |values: &Vec<f64>| values.iter().map(|v| v.to_bits()).collect();
        bars.values().into_iter().map(column).collect()
    };
    a.time == b.time && bits(a) == bits(b)
}
