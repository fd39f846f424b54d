//! Zones whose clock changes are written out, and builders that know them.

use tvf_core::builder::{BarBuilder, Offsets, Setup};

pub const MINUTE: f64 = 60_000.0;
pub const HOUR: f64 = 60.0 * MINUTE;
pub const DAY: f64 = 24.0 * HOUR;
/// 2024-01-01, a Monday.
pub const JANUARY: f64 = 1_704_067_200_000.0;

pub struct Zone {
    pub name: &'static str,
    /// The offset before the first change, in hours.
    pub before: f64,
    /// Moments (milliseconds UTC) and the offsets from each on, in hours.
    pub changes: [(f64, f64); 2],
}

/// The changes of 2024.
pub const ZONES: [Zone; 4] = [
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
    pub fn offsets(&self) -> Offsets {
        let first = (JANUARY - 1000.0 * DAY, self.before * HOUR);
        let more = self.changes.map(|(at, hours)| (at, hours * HOUR));
        let all = vec![first, more[0], more[1]];
        Offsets::new(all, JANUARY - 1000.0 * DAY, JANUARY + 1000.0 * DAY).unwrap()
    }

    pub fn local(&self, time: f64) -> f64 {
        let passed = self.changes.iter().rev().find(|c| c.0 <= time);
        time + passed.map_or(self.before, |c| c.1) * HOUR
    }
}

pub fn builder(zone: &Zone, setup: Setup<'_>) -> BarBuilder {
    let zoned = Setup {
        zone: zone.name,
        ..setup
    };
    let mut builder = BarBuilder::new(&zoned).unwrap();
    builder.tell(zone.offsets());
    builder
}
