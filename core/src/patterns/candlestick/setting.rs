//! How long is long: the measures that candles are compared with.

/// A measure by the candles before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Setting {
    /// A real body above this is long.
    LongBody,
    /// A real body below this is short.
    ShortBody,
    /// A real body up to this makes a doji.
    Doji,
    /// A shadow above this is long.
    LongShadow,
    /// A shadow above this is very long.
    VeryLongShadow,
    /// A shadow below this is short.
    ShortShadow,
    /// A shadow below this is as good as none.
    VeryShortShadow,
    /// Prices this far apart are near each other.
    Near,
    /// Prices further apart than this are far from each other.
    Far,
    /// Prices this far apart count as equal.
    Equal,
}

/// What is averaged of the candles before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The length of the real body.
    Body,
    /// From low to high.
    Range,
    /// Half of both shadows together: the mean length of one.
    Shadow,
}

/// A row of the table: `factor` times the mean of the basis over the `period` candles before; a period
/// of 0 takes the candle itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// The setting.
    pub setting: Setting,
    /// Its name in a sentence.
    pub name: &'static str,
    /// What is averaged.
    pub basis: Basis,
    /// Over how many candles before.
    pub period: usize,
    /// How much of the mean.
    pub factor: f64,
}

/// The settings, which are those that TA-Lib starts with.
pub const MEASURES: [Measure; 10] = {
    use Basis::{Body, Range, Shadow};
    use Setting::{
        Doji, Equal, Far, LongBody, LongShadow, Near, ShortBody, ShortShadow, VeryLongShadow,
        VeryShortShadow,
    };
    [
        Measure::new(LongBody, "long body", Body, 10, 1.0),
        Measure::new(ShortBody, "short body", Body, 10, 1.0),
        Measure::new(Doji, "doji body", Range, 10, 0.1),
        Measure::new(LongShadow, "long shadow", Body, 0, 1.0),
        Measure::new(VeryLongShadow, "very long shadow", Body, 0, 2.0),
        Measure::new(ShortShadow, "short shadow", Shadow, 10, 1.0),
        Measure::new(VeryShortShadow, "very short shadow", Range, 10, 0.1),
        Measure::new(Near, "near", Range, 5, 0.2),
        Measure::new(Far, "far", Range, 5, 0.6),
        Measure::new(Equal, "equal", Range, 5, 0.05),
    ]
};

impl Measure {
    const fn new(
        setting: Setting,
        name: &'static str,
        basis: Basis,
        period: usize,
        factor: f64,
    ) -> Self {
        Self {
            setting,
            name,
            basis,
            period,
            factor,
        }
    }
}

impl Setting {
    /// Its row of the table.
    #[must_use]
    pub const fn measure(self) -> &'static Measure {
        &MEASURES[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_stands_where_its_setting_looks() {
        for measure in &MEASURES {
            assert_eq!(measure.setting.measure(), measure);
        }
    }
}
