//! One definition per metric: plain data beside its formula.

/// What a metric is, for people and for the hosts.
#[derive(Debug, Clone, Copy)]
pub struct About {
    /// Its name in code, such as `sharpe`.
    pub id: &'static str,
    /// Its name for people, such as `Sharpe ratio`.
    pub title: &'static str,
    /// The formula, in the words of the arguments and of other metrics.
    pub formula: &'static str,
    /// What it is counted in.
    pub unit: &'static str,
    /// The stated answer for degenerate input, one sentence.
    pub edge: &'static str,
    /// Who published it: author and year.
    pub source: &'static str,
}

/// A definition and its formula over what was given, made ready.
pub(super) struct Metric<T: 'static> {
    pub about: About,
    pub compute: fn(&T) -> f64,
}

/// Metrics that are computed from the same columns.
#[derive(Debug)]
pub struct Group {
    /// Its name in code, such as `returns`.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it tells, one sentence.
    pub summary: &'static str,
    /// The definitions, in the order of the numbers.
    pub metrics: &'static [About],
}

/// The formulas alone: a page that computes does not load the definitions.
pub(super) const fn formulas<T, const N: usize>(metrics: &[Metric<T>]) -> [fn(&T) -> f64; N] {
    let mut all = [metrics[0].compute; N];
    let mut i = 0;
    while i < N {
        all[i] = metrics[i].compute;
        i += 1;
    }
    all
}

/// The definitions alone.
pub(super) const fn abouts<T, const N: usize>(metrics: &[Metric<T>]) -> [About; N] {
    let mut all = [metrics[0].about; N];
    let mut i = 0;
    while i < N {
        all[i] = metrics[i].about;
        i += 1;
    }
    all
}

/// Units that several metrics have.
pub(super) const RATIO: &str = "ratio";
pub(super) const SHARE: &str = "share: 0.01 is one percent";
pub(super) const YEARLY: &str = "share a year: 0.01 is one percent";
pub(super) const PERIODS: &str = "periods";
pub(super) const CHANCE: &str = "probability, 0 to 1";
